"""No secret stands anywhere but in its file: canaries are looked for in the log at its most talkative, in arguments and
environments, in the database with its log, in what the tool prints, and in what a crash leaves. Logins fail on the way,
servers answer with the password they were told, and rules and templates fail."""

import base64
import os
import pathlib
import signal
import unittest

from product import Leadmail
from story import Story


class Secrets(Story):
    settings = {"acknowledge": True, "extra": '\n[daemon]\nlog_level = "debug"\n'}
    running = False
    postfix = False

    def canaries(self):
        """Each secret by name, in every form in which it could stand somewhere."""
        found = {}
        for user in ("sales", "ana"):
            password = self.mail.users[user]
            plain = f"\0{self.mail.address(user)}\0{password}".encode()
            found[f"password of {user}"] = [password.encode(), password.upper().encode(), password.encode().hex().encode()]
            found[f"password of {user} as sent"] = [base64.b64encode(plain).rstrip(b"="), base64.b64encode(password.encode()).rstrip(b"=")]
        for path in sorted(self.leadmail.folder.glob("keys/*")):
            raw = path.read_bytes().strip()
            forms = [raw, raw.hex().encode(), base64.b64encode(raw).rstrip(b"=")]
            try:
                bare = bytes.fromhex(raw.decode())
                forms += [bare, base64.b64encode(bare).rstrip(b"="), base64.urlsafe_b64encode(bare).rstrip(b"=")]
            except ValueError:
                pass
            found[f"key {path.name}"] = forms
        return found

    def test_no_canary_is_found_outside_its_file(self):
        places = {}
        self.leadmail.start()
        process = pathlib.Path(f"/proc/{self.leadmail.daemon.pid}")
        self.work()
        for entry in [process, *self.workers(process)]:
            for name in ("cmdline", "environ"):
                places[f"{name} of {entry.name}"] = (entry / name).read_bytes()
        places["what the tool prints"] = b"".join(
            self.leadmail._run("leadmail", *words).stdout.encode()
            for words in (("status",), ("outbox", "list"), ("ledger",), ("check",), ("--json", "status"), ("--json", "list"))
        )
        # A crash: no core may hold what memory holds.
        limits = (process / "limits").read_text(encoding="ascii")
        self.assertRegex(limits, r"Max core file size\s+0\s+0")
        daemon, self.leadmail.daemon = self.leadmail.daemon, None
        daemon.send_signal(signal.SIGABRT)
        _, status = os.waitpid(daemon.pid, 0)
        daemon.returncode = -os.WTERMSIG(status)
        self.assertFalse(os.WCOREDUMP(status))

        self.fail_to_log_in()
        for path in self.leadmail.folder.rglob("*"):
            if path.is_file() and path.parent.name != "keys":
                places[path.name] = path.read_bytes()
        places.update(self.unpacked())
        canaries = self.canaries()
        hits = [f"{what} in {where}" for where, content in places.items() for what, forms in canaries.items()
                if any(len(form) >= 8 and form in content for form in forms)]
        self.assertEqual(hits, [])
        self.assertGreaterEqual(len(canaries), 5)
        self.assertIn(b"smtp-deferred", places["leadmaild.log"])
        print(f"secrets: {len(canaries)} in {len(places)} places ({sum(map(len, places.values())) // 1024} KiB): 0 hits")

    def work(self):
        """Mail in and out, one of it refused by a server that repeats what it was told."""
        password = self.mail.users["sales"]
        self.mail.exchange.fault("maria@far.example", "rcpt", f"451 4.3.0 AUTH PLAIN with {password} is not enough")
        _, lead, notice = self.inquiry()
        self.rep_answers("ana", notice, "#note internal\n\nThey cost 10 EUR.\n\nAna")
        self.mail.wait_for(lambda: self.timeline(lead, "note"), what="the note")
        self.settled()

    @staticmethod
    def workers(process):
        for children in process.glob("task/*/children"):
            for child in children.read_text(encoding="ascii").split():
                yield pathlib.Path("/proc", child)

    def fail_to_log_in(self):
        """A password that is wrong by one letter: what the log says of it."""
        nearly = "x" + self.mail.users["sales"][1:]
        path = self.mail.dir / "secrets" / "wrong"
        path.write_text(nearly + "\n", encoding="ascii")
        path.chmod(0o600)
        other = Leadmail(self.mail, name="wrong", extra='\n[daemon]\nlog_level = "debug"\n')
        config = other.config.read_text(encoding="utf-8").replace(str(self.mail.password_file("sales")), str(path))
        other.config.write_text(config, encoding="utf-8")
        done = other._run("leadmaild", "--once")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertNotIn(nearly, done.stderr + done.stdout)

    def unpacked(self):
        """The mails that the database keeps are compressed: as the tool gives them back."""
        return {
            f"mail in {row['outcome']}": self.leadmail._run("leadmail", "explain", row["message_id"]).stdout.encode()
            for row in self.leadmail.ledger()
        }


if __name__ == "__main__":
    unittest.main()
