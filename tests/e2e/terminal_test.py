"""What an administrator sees in a terminal: lines that fit, colours only where they are borne, nothing of a stranger that
moves the cursor; and how far long work is. Through a real pseudo-terminal."""

import fcntl
import mailbox
import os
import pty
import re
import struct
import subprocess
import termios
import unicodedata
import unittest

import letters
from mailsystem import MailSystem
from product import Leadmail

NAMES = (
    ("Nguyễn Thị Thùy Dương của Công ty Cổ phần Bơm Công nghiệp", "duong@far.example"),
    ("王美玲 水泵有限公司与合伙人技术服务部", "mei@far.example"),
    ("Ana \x1b[31mRed\x1b]0;owned\x07 \u202egnp", "ana@far.example"),
    ("Fuß 🚀 & Söhne", "fuss@far.example"),
)
ESCAPE = re.compile(r"\x1b\[[0-9;]*[mK]")


def columns(line):
    """Columns of a terminal that the text takes. UAX #11"""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in line)
    return wide + sum(not unicodedata.combining(c) for c in line)


class Terminal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mail = MailSystem(users=("sales", "ana", "luis", "it")).start()
        cls.addClassCleanup(cls.mail.stop)
        cls.leadmail = Leadmail(cls.mail)
        cls.files = cls.mail.dir / "letters"
        cls.files.mkdir()
        for number, (name, address) in enumerate(NAMES):
            mail = letters.write((name, address), "sales@acme.example", f"Inquiry {number}", "What do ten pumps cost?\n\n" + "A long story. " * 30)
            (cls.files / f"{number}.eml").write_bytes(mail.as_bytes())
        cls.leadmail.tool("ingest", cls.files)

    def see(self, *words, width=60, **environment):
        """What `leadmail WORDS` writes to a terminal of that width, with its carriage returns."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        command = [self.leadmail.build / "leadmail", "--config", self.leadmail.config, *map(str, words)]
        process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
                                   env={"PATH": os.environ["PATH"], "TERM": "xterm", **environment})
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other side is closed
                break
            if not piece:
                break
            seen += piece
        os.close(ours)
        self.assertEqual(process.wait(), 0, seen)
        return seen.decode("utf-8")

    def piped(self, *words):
        done = self.leadmail._run("leadmail", *map(str, words))
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_lines_fit_and_nothing_moves_the_cursor(self):
        for words in (("list",), ("find", "pumps"), ("status",), ("outbox", "list"), ("ledger",), ("failed", "list"), ("held", "list")):
            for width in (60, 100):
                with self.subTest(words=words, width=width):
                    seen = self.see(*words, width=width)
                    plain = ESCAPE.sub("", seen)
                    self.assertNotRegex(plain, "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
                    if words[0] in ("list", "find", "ledger", "outbox") and width == 100:
                        self.assertLessEqual(max(map(columns, plain.splitlines())), width, plain)

    def test_what_is_cut_says_so_and_what_is_piped_is_whole(self):
        self.assertIn("…", self.see("list", width=90))
        piped = self.piped("list")
        self.assertIn(NAMES[0][0], piped)
        self.assertNotIn("…", piped)
        self.assertNotIn("\x1b", piped)

    def test_colours_are_for_terminals_that_bear_them(self):
        self.assertIn("\x1b[", self.see("list"))
        self.assertNotIn("\x1b", self.see("list", NO_COLOR="1"))
        self.assertNotIn("\x1b", self.see("list", TERM="dumb"))

    def test_a_lead_is_wrapped_between_words(self):
        lead = self.leadmail.leads()[0]["lead"]
        for line in ESCAPE.sub("", self.see("show", lead, width=72)).splitlines():
            if len(max(line.split() or [""], key=len)) < 40:
                self.assertLessEqual(columns(line), 72, line)

    def test_a_report_fits_a_desk(self):
        seen = ESCAPE.sub("", self.see("report", width=110))
        self.assertLessEqual(max(map(columns, seen.splitlines())), 110, seen)
        self.assertNotIn("\x1b", self.piped("report"))

    def test_long_work_tells_how_far_it_is_on_a_terminal_only(self):
        box = mailbox.mbox(self.mail.dir / "many.mbox")
        for number in range(400):
            mail = letters.write((f"Person {number}", f"p{number}@far.example"), "sales@acme.example", f"Many {number}", "What does one cost?")
            box.add(mail)
        box.close()
        seen = self.see("ingest", self.mail.dir / "many.mbox", width=80)
        self.assertRegex(seen, r"\r\x1b\[K[0-9\u202f]+ mails   [0-9]+ %")
        self.assertTrue(seen.rstrip().endswith("400 mails taken"), seen[-200:])
        for words in (("verify",), ("backup", self.mail.dir / "copy.db")):
            self.assertNotIn("%", self.piped(*words))
        self.assertNotIn("%", self.see("--quiet", "verify"))


if __name__ == "__main__":
    unittest.main()
