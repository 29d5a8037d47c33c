"""What leadmaild does not start with, and leaves as it is: damaged books, configs that cannot be meant; and a disk that is
full, on which it waits for room."""

import contextlib
import ctypes
import os
import time
import unittest

import letters
from story import Story

BAD_DATABASE, BAD_CONFIG = 4, 3


class Refusals(Story):
    running = False
    postfix = False

    def test_d03_a_book_of_random_bytes_or_cut_in_half_is_refused_and_left_alone(self):
        self.leadmail.start()
        self.inquiry()
        self.settled()
        self.leadmail.stop()
        book = self.leadmail.folder / "leadmail.db"
        whole = book.read_bytes()
        for what, content in (("random bytes", os.urandom(len(whole))), ("the first half", whole[: len(whole) // 2]), ("forty bytes", whole[:40])):
            with self.subTest(what):
                for beside in self.leadmail.folder.glob("leadmail.db-*"):
                    beside.unlink()
                book.write_bytes(content)
                done = self.leadmail.once(expected=BAD_DATABASE)
                self.assertIn("leadmail.db", done.stderr)
                self.assertTrue(book.read_bytes() == content, "the file was written to")
        book.write_bytes(whole)
        with self.leadmail:
            self.assertEqual(len(self.leadmail.leads()), 1)

    def test_r03_a_config_that_cannot_be_meant_ends_with_its_place(self):
        path = self.leadmail.config
        good = path.read_text(encoding="utf-8")
        self.addCleanup(path.write_text, good, encoding="utf-8")
        self.addCleanup(os.chmod, self.mail.password_file("sales"), 0o600)
        lines = good.count("\n")
        cases = {
            "an unknown key": (good + "\n[daemon]\nlog_levle = 1\n", f":{lines + 3}:"),
            "a key twice": (good + '\n[daemon]\nlog_level = "info"\nlog_level = "info"\n', f":{lines + 4}:"),
            "a byte that is no UTF-8": (good.encode() + b'\n[daemon]\nlog_level = "\xff"\n', f":{lines + 3}:"),
            "a hundred megabytes": (b"# " + b"x" * (100 << 20), "leadmail.toml"),
        }
        for what, (content, place) in cases.items():
            with self.subTest(what):
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
                began = time.monotonic()
                self.assertIn(place, self.leadmail.once(expected=BAD_CONFIG).stderr)
                self.assertLess(time.monotonic() - began, 10)

        path.write_text(good, encoding="utf-8")
        os.chmod(self.mail.password_file("sales"), 0o644)
        self.assertIn("chmod 600", self.leadmail.once(expected=BAD_CONFIG).stderr)
        os.chmod(self.mail.password_file("sales"), 0o600)

        path.unlink()
        self.assertIn("leadmail.toml", self.leadmail.once(expected=BAD_CONFIG).stderr)
        path.write_bytes(b"\xef\xbb\xbf" + good.replace("\n", "\r\n").encode())
        self.leadmail.once()


@unittest.skipUnless(os.geteuid() == 0, "a disk of one's own needs the right to mount")
class FullDisk(Story):
    running = False
    postfix = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.libc = ctypes.CDLL(None, use_errno=True)
        folder = str(cls.leadmail.folder).encode()
        config = cls.leadmail.config.read_bytes()
        if cls.libc.mount(b"leadmail", folder, b"tmpfs", 0, b"size=24m,mode=0700") != 0:
            raise unittest.SkipTest("nothing can be mounted here")
        cls.addClassCleanup(cls.libc.umount2, folder, 2)
        cls.leadmail.config.write_bytes(config)

    def test_d01_intake_pauses_while_the_disk_is_full_and_goes_on(self):
        self.leadmail.start()
        self.addCleanup(lambda: self.leadmail.daemon and self.leadmail.stop())
        self.inquiry()
        self.settled()
        filler = self.leadmail.folder / "filler"
        with open(filler, "wb", 0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(1 << 16))
        sent = [self.large(number) for number in range(10)]
        self.mail.wait_for(lambda: "full" in self.leadmail.log_tail(400), 60, "a word about the disk")
        # Living and waiting; what is on the server stays there as it was.
        self.assertIsNone(self.leadmail.daemon.poll(), self.leadmail.log_tail())
        with self.mail.imap("sales") as imap:
            imap.select("INBOX", readonly=True)
            self.assertEqual(imap.search(None, "SEEN")[1], [b""])
        self.mail.wait_for(lambda: "full" in str(self.leadmail.one("status")["mailboxes"]), 60, "the reason in the status")
        sent.append(self.large(10))
        filler.unlink()
        for message_id in sent:
            row = self.mail.wait_for(lambda: self.leadmail.row(message_id), 120, "a row")
            self.assertEqual(row["outcome"], "lead", row)
        self.settled()
        self.assertEqual(len(self.leadmail.leads()), 1 + len(sent))

    def large(self, number):
        mail = letters.write((f"P {number}", f"p{number}@far.example"), "sales@acme.example", f"Full {number}", "Pumps?")
        mail.add_attachment(os.urandom(300_000), maintype="image", subtype="png", filename="a.png")
        return self.prospect_writes(mail)


if __name__ == "__main__":
    unittest.main()
