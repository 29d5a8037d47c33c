"""From nothing to the first lead: `leadmail init` against a real provider, then the daemon with the config it wrote."""

import json
import stat
import subprocess
import time
import unittest

import letters
from mailsystem import MailSystem
from product import Leadmail, build_folder

ANSWERS = """
company = "Acme"
timezone = "America/Mexico_City"
language = "es"
address = "sales@{domain}"
imap = "{imap}"
smtp = "{smtp}"
tls_ca = "{ca}"
password_from = "{password}"
admins = ["it@{domain}"]
store = "{store}"
team = ["Ana López <ana@{domain}>", "Luis Ortega <luis@{domain}>"]
"""

# A provider that files what its own users send, as Gmail does; and one whose plus-addresses lead nowhere.
KEEPS_SENT = """require ["fileinto", "copy", "mailbox"];
if address :is "from" "sales@acme.example" { fileinto :copy "Sent"; }
"""
NO_PLUS = """require ["envelope"];
if envelope :contains "to" "+" { discard; stop; }
"""


class Beginning(unittest.TestCase):
    sieve = None

    def setUp(self):
        self.mail = MailSystem(sieve=self.sieve).start()
        self.addCleanup(self.mail.stop)
        self.leadmail = Leadmail(self.mail)  # for its folder, its daemon and its tool; the config is init's own
        self.leadmail.config.unlink()

    def answers(self, extra="", **changed):
        words = {
            "domain": self.mail.domain,
            "imap": self.mail.imap_url,
            "smtp": self.mail.smtp_url,
            "ca": self.mail.ca,
            "password": self.mail.password_file("sales"),
            "store": self.leadmail.folder / "leadmail.db",
            **changed,
        }
        path = self.mail.dir / "answers.toml"
        path.write_text(ANSWERS.format(**words) + extra, encoding="utf-8")
        return path

    def init(self, *words, typed=None, expected=0):
        done = subprocess.run(
            [build_folder() / "leadmail", "--config", self.leadmail.config, *map(str, words)],
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        self.assertEqual(done.returncode, expected, done.stdout + done.stderr)
        return done

    def secret(self):
        return self.leadmail.folder / "sales.pw"

    def captures_a_lead(self):
        began = time.monotonic()
        with self.leadmail:
            self.mail.wait_for(lambda: self.leadmail.lag() == 0, what="the first look")  # what lies there then is history
            inquiry = letters.write("María Pérez <maria@far.example>", f"sales@{self.mail.domain}", "Bombas", "20 bombas")
            self.mail.outside("maria@far.example", f"sales@{self.mail.domain}", inquiry)
            # Not its notice: outside the working hours nobody is there who could have it.
            lead = self.mail.wait_for(self.leadmail.leads, what="the lead")[0]
            self.assertEqual((lead["lead"], lead["name"]), ("L-1", "María Pérez"))
        return time.monotonic() - began


class ByAnswers(Beginning):
    def test_the_written_config_captures_a_lead(self):
        began = time.monotonic()
        done = self.init("--json", "init", "--answers", self.answers(), "--wait", 20)
        told = json.loads(done.stdout)
        found = {finding["what"]: finding for finding in told["findings"]}
        for name in ("IMAP login", "SMTP login", "Mail to itself", "IDLE", "Plus-addresses", "Authentication-Results", "Sent"):
            self.assertEqual(found[name]["grade"], "ok", found[name])
        text = self.leadmail.config.read_text("utf-8")
        for line in ('trusted_authserv = ["mx.acme.example"]', "plus_addressing = true", 'sent = "Sent"'):
            self.assertIn(line, text)
        self.assertEqual(stat.S_IMODE(self.secret().stat().st_mode), 0o600)
        self.assertNotIn(self.mail.users["sales"], text + done.stdout + done.stderr)
        self.captures_a_lead()
        self.assertLess(time.monotonic() - began, 60)

    def test_nothing_of_the_trial_stays_in_the_mailbox(self):
        self.init("init", "--answers", self.answers(), "--wait", 20)
        maildir = self.mail.dir / "mail" / "sales" / "Maildir"
        left = [path for path in maildir.rglob("*") if path.parent.name in ("cur", "new") and path.is_file()]
        self.assertEqual(left, [])

    def test_what_is_there_is_never_overwritten(self):
        self.leadmail.config.write_text("# mine\n")
        self.init("init", "--answers", self.answers(), expected=1)
        self.assertEqual(self.leadmail.config.read_text(), "# mine\n")
        self.leadmail.config.unlink()
        self.secret().write_text("mine\n")
        self.secret().chmod(0o600)
        done = self.init("init", "--untried", "--answers", self.answers(), expected=1)
        self.assertIn("sales.pw", done.stderr)
        self.assertEqual((self.secret().read_text(), self.leadmail.config.exists()), ("mine\n", False))

    def test_a_wrong_password_is_named_and_nothing_is_written(self):
        wrong = self.mail.dir / "wrong"
        wrong.write_text("not it\n")
        wrong.chmod(0o600)
        done = self.init("init", "--answers", self.answers(password=wrong), expected=1)
        self.assertIn("IMAP login", done.stderr)
        self.assertIn("check user and password", done.stderr)
        self.assertNotIn("not it", done.stdout + done.stderr)
        self.assertFalse(self.leadmail.config.exists() or self.secret().exists())

    def test_a_server_that_is_not_there_is_named(self):
        done = self.init("init", "--answers", self.answers(smtp="smtps://localhost:1"), expected=1)
        self.assertIn("SMTP server", done.stderr)
        self.assertIn("localhost:1", done.stderr)
        self.assertFalse(self.leadmail.config.exists())

    def test_a_certificate_of_nobody_known_is_refused_before_the_password_leaves(self):
        path = self.answers()
        path.write_text("\n".join(line for line in path.read_text().splitlines() if not line.startswith("tls_ca")))
        done = self.init("init", "--answers", path, expected=1)
        self.assertIn("IMAP server", done.stderr)
        self.assertIn("tls_ca", done.stderr)

    def test_a_password_in_a_file_that_others_can_read_is_refused(self):
        path = self.answers()
        lines = [line for line in path.read_text().splitlines() if not line.startswith("password_from")]
        path.write_text("\n".join([*lines, f'password = "{self.mail.users["sales"]}"']))
        path.chmod(0o644)
        done = self.init("init", "--answers", path, expected=1)
        self.assertIn("chmod 600", done.stderr)
        path.chmod(0o600)
        self.init("init", "--answers", path, "--wait", 20)
        self.assertEqual(self.secret().read_text().strip(), self.mail.users["sales"])

    def test_every_mistake_of_the_answers_is_told(self):
        done = self.init("init", "--answers", self.answers("adress = 1\nprovider = \"x\"\n"), expected=3)
        self.assertIn("did you mean 'address'?", done.stderr)


class ByQuestions(Beginning):
    def test_they_lead_to_the_same(self):
        typed = [
            f"sales@{self.mail.domain}",
            self.mail.imap_url.replace("imaps", "imap").replace(str(self.mail.imaps_port), "nonsense"),  # asked again
            f"imap://127.0.0.1:{self.mail.imap_port}",
            f"smtps://127.0.0.1:{self.mail.submissions_port}",
            f"sales@{self.mail.domain}",
            "wrong",  # not written anywhere: the certificate is of a private authority
            "no",
        ]
        done = self.init("init", "--no-lookup", typed="\n".join(typed) + "\n", expected=1)
        self.assertIn("is no port", done.stdout)
        self.assertIn("tls_ca", done.stdout)
        self.assertFalse(self.leadmail.config.exists())

    def test_untried_they_make_a_config(self):
        typed = ["sales@acme.example", "", "", "", "secret word", "Acme SA", "Europe/Madrid", "es"]
        typed += ["nobody", "Ana López <ana@acme.example>", "", "", "yes"]
        done = self.init("init", "--no-lookup", "--untried", typed="\n".join(typed) + "\n")
        text = self.leadmail.config.read_text("utf-8")
        for line in ('name = "Acme SA"', 'imap = "imaps://imap.acme.example"', "acknowledge = true", 'addresses = ["ana@acme.example"]'):
            self.assertIn(line, text)
        self.assertEqual(self.secret().read_text(), "secret word\n")
        self.assertNotIn("secret word", done.stdout + done.stderr)
        self.assertEqual(self.leadmail._run("leadmail", "check").returncode, 0)

    def test_an_input_that_ends_writes_nothing(self):
        self.init("init", "--no-lookup", typed="sales@acme.example\n", expected=1)
        self.assertFalse(self.leadmail.config.exists())


class ServerThatKeepsWhatItSends(Beginning):
    sieve = {"sales": KEEPS_SENT}

    def test_is_seen_to(self):
        self.init("init", "--answers", self.answers(), "--wait", 20)
        self.assertIn('sent_copy = "never"', self.leadmail.config.read_text("utf-8"))
        self.assertEqual(self.mail.inbox("sales", "Sent"), [])


class ServerWithoutPlusAddresses(Beginning):
    sieve = {"sales": NO_PLUS}

    def test_is_taken_as_it_is(self):
        done = self.init("--json", "init", "--answers", self.answers(), "--wait", 3)
        self.assertIn("plus_addressing = false", self.leadmail.config.read_text("utf-8"))
        found = {finding["what"]: finding["grade"] for finding in json.loads(done.stdout)["findings"]}
        self.assertEqual((found["Plus-addresses"], found["Mail to itself"]), ("note", "ok"))
        self.captures_a_lead()


if __name__ == "__main__":
    unittest.main()
