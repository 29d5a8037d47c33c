"""Login by token: from a person's login to the first lead, and through what tokens meet: they end, they are exchanged,
they are revoked, and their server is away. Real Dovecot, which asks the token server about each token."""

import datetime
import json
import os
import pathlib
import re
import subprocess
import threading
import unittest
import urllib.request

import letters
from mailsystem import MailSystem
from product import Leadmail, build_folder

CONFIG = """[mailbox.oauth2]
provider = "generic"
client_id = "leadmail-test"
token_endpoint = "{token}"
tls_ca = "{ca}"
"""
SECOND = """
[[mailbox]]
name = "it"
address = "it-desk@{domain}"
imap = "{imap}"
smtp = "{smtp}"
tls_ca = "{ca}"
user = "it@{domain}"
password_file = "{password}"
sent = ""
transport_auth = "none"
mails_a_minute = 0
"""


class Tokens(unittest.TestCase):
    postfix = False
    grant = 'device_endpoint = "{device}"\n'

    def setUp(self):
        self.mail = MailSystem(users=("sales", "ana", "luis", "it"), postfix=self.postfix, tokens=True).start()
        self.addCleanup(self.mail.stop)
        self.tokens = self.mail.tokens
        self.tokens.approve("sales@acme.example")
        self.number = 0
        self.leadmail = Leadmail(self.mail, login=self.login_lines(), extra='\n[daemon]\nlog_level = "debug"\n')

    def login_lines(self):
        words = {name: self.tokens.url(name) for name in ("token", "device", "authorize")}
        lines = (CONFIG + self.grant).format(ca=self.mail.ca, folder=self.mail.dir, **words).splitlines()[1:]
        return f"oauth2 = {{ {', '.join(lines)} }}"

    def run(self, result=None):
        failed = len(result.failures) + len(result.errors) if result else 0
        super().run(result)
        if result and len(result.failures) + len(result.errors) > failed:
            print(f"\n--- leadmaild\n{self.log()}", flush=True)

    def log(self):
        return self.leadmail.log_tail(60)

    def login(self, *words, expected=0):
        done = self.leadmail._run("leadmail", "login", "sales", *words)
        self.assertEqual(done.returncode, expected, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def start(self):
        self.leadmail.start()
        self.addCleanup(self.leadmail.stop)

    def key_file(self):
        return self.leadmail.folder / "keys" / "oauth2-sales"

    def inquiry(self):
        """A prospect writes, and Ana is told: mail comes in and goes out with a token."""
        self.number += 1
        mail = letters.write(f"María {self.number} <m{self.number}@far.example>", "sales@acme.example", f"Bombas {self.number}", "20 bombas")
        self.mail.outside(f"m{self.number}@far.example", ["sales@acme.example"], mail)
        return self.number

    def told(self, count, timeout=30):
        self.mail.wait_for(lambda: len(self.mail.inbox("ana")) >= count, timeout, f"{count} notices")
        self.assertEqual(len(self.leadmail.leads()), count)

    def mailbox(self):
        return self.leadmail.one("status")["mailboxes"][0]

    def wait_for_log(self, words, timeout=30):
        self.mail.wait_for(lambda: words in self.leadmail.log.read_text("utf-8"), timeout, words)


class ByDevice(Tokens):
    def test_a_login_by_code_makes_the_first_lead(self):
        told = self.login()
        self.assertIn("WDJB-MJHT", told)
        self.assertIn("IMAP login", told)
        self.assertIn("SMTP login", told)
        self.assertEqual(self.key_file().stat().st_mode & 0o777, 0o600)
        self.start()
        self.inquiry()
        self.told(1)
        self.assertEqual(self.leadmail.one("status")["mailboxes"][0]["state"], "ok")

    def test_a_person_who_takes_his_time_is_waited_for_at_the_pace_that_is_asked(self):
        self.tokens.approved, self.tokens.pending_first = None, 1
        threading.Timer(7, self.tokens.approve, ["sales@acme.example"]).start()
        self.login()
        polls = [path for path, _ in self.tokens.requests if path == "token"]
        self.assertLessEqual(len(polls), 4, "slow_down was not heeded")

    def test_a_person_who_says_no_or_nothing_is_told_so(self):
        self.tokens.decline()
        self.assertIn("declined", self.login(expected=1))
        self.tokens.approved, self.tokens.declined, self.tokens.code_life = None, False, 31
        self.tokens.devices.clear()
        self.tokens.interval = 16
        self.assertIn("in time", self.login(expected=1))
        self.assertFalse(self.key_file().exists())

    def test_the_login_of_somebody_else_is_not_kept(self):
        self.login()
        before = self.key_file().read_bytes()
        self.tokens.approve("ana@acme.example")
        told = self.login(expected=1)
        self.assertIn("IMAP login", told)
        self.assertIn("not kept", told)
        self.assertEqual(self.key_file().read_bytes(), before)

    def test_a_token_that_ends_is_replaced_before_anybody_notices(self):
        self.tokens.life = 6
        self.login()
        self.start()
        self.inquiry()
        self.told(1)
        first = self.key_file().read_bytes()
        self.mail.wait_for(lambda: self.key_file().read_bytes() != first, 20, "the exchanged token")
        self.mail.end_sessions("sales")  # as providers do when a token has run out
        self.inquiry()
        self.told(2)
        self.assertNotIn("invalid_grant", self.leadmail.log.read_text("utf-8"))

    def test_a_token_that_the_mail_server_refuses_early_is_fetched_afresh(self):
        self.login()
        self.start()
        self.inquiry()
        self.told(1)
        self.mail.wait_for(lambda: self.mailbox()["state"] == "ok" and self.leadmail.lag() == 0, what="both folders")
        self.tokens.expire_access()
        self.mail.end_sessions("sales")
        self.inquiry()
        self.told(2, timeout=120)

    def test_an_exchanged_token_survives_kill_9_at_any_moment(self):
        self.tokens.life = 5
        self.login()
        for _ in range(4):
            self.leadmail.start()
            before = self.key_file().read_bytes()
            self.mail.wait_for(lambda was=before: self.key_file().read_bytes() != was, 20, "the exchanged token")
            self.leadmail.kill()
        self.tokens.life = 3600
        self.start()
        self.inquiry()
        self.told(1)
        kept = json.loads(self.key_file().read_text())["refresh_token"]
        self.assertIn(kept, self.tokens.refresh, "the token that is kept is the one that is good")

    def test_a_token_server_that_is_away_loses_nothing(self):
        self.login()
        self.tokens.failure = "busy"
        self.leadmail.start()
        self.addCleanup(self.leadmail.stop)
        self.inquiry()
        self.wait_for_log("the token server: HTTP status 503")
        self.assertEqual(self.mailbox()["state"], "back-off")
        self.tokens.failure = "flood"
        self.wait_for_log("its answer is too large")
        self.tokens.failure = "garbage"
        self.wait_for_log("nothing that is a token")
        self.tokens.failure = None
        self.told(1, timeout=120)

    def test_a_token_server_that_hangs_keeps_nobody_from_stopping(self):
        self.login()
        self.tokens.failure = "silent"
        self.leadmail.start()
        self.mail.wait_for(lambda: any(fields.get("grant_type") == "refresh_token" for _, fields in self.tokens.requests), what="the question")
        self.assertLess(self.leadmail.stop(), 5)


class Revoked(Tokens):
    def setUp(self):
        super().setUp()
        with open(self.leadmail.config, "a", encoding="utf-8") as config:
            config.write(SECOND.format(domain=self.mail.domain, imap=self.mail.imap_url, smtp=self.mail.smtp_url, ca=self.mail.ca, password=self.mail.password_file("it")))

    def test_a_login_that_is_revoked_is_told_and_a_new_one_goes_on_without_a_restart(self):
        self.login()
        self.start()
        self.inquiry()
        self.told(1)
        self.tokens.revoke("sales@acme.example")
        self.leadmail.stop()
        self.leadmail.start()
        self.inquiry()
        self.mail.wait_for(lambda: self.mailbox()["state"] == "auth-failed", what="auth-failed")
        self.assertIn("leadmail login sales", self.mailbox()["trouble"])
        self.assertEqual(len(self.leadmail.leads()), 1)
        self.login()
        self.told(2, timeout=60)
        self.mail.wait_for(lambda: self.mailbox()["state"] == "ok", what="all well again")


class ByBrowser(Tokens):
    grant = 'authorization_endpoint = "{authorize}"\n'

    def browse(self, url):
        """What a browser does: opens the address, and follows where it is sent."""
        context = __import__("ssl").create_default_context(cafile=self.mail.ca)
        with urllib.request.urlopen(url, context=context, timeout=20) as page:
            return page.read().decode()

    def begin(self):
        process = subprocess.Popen(
            [build_folder() / "leadmail", "--config", self.leadmail.config, "--json", "login", "sales"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.kill)
        return process, json.loads(process.stdout.readline())

    def end(self, process, expected=0):
        rest, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, expected, rest)
        return rest

    def test_the_browser_comes_back_with_the_login(self):
        process, task = self.begin()
        with self.assertRaises(Exception):
            self.browse(re.sub(r"state=[^&]*", "state=forged", task["url"]).replace("code_challenge_method=S256", ""))
        self.assertIn("can be closed", self.browse(task["url"]))
        self.assertIn('"stored":true', self.end(process))
        self.start()
        self.inquiry()
        self.told(1)

    def test_an_answer_to_another_login_is_not_taken(self):
        process, task = self.begin()
        port = re.search(r"127\.0\.0\.1%3A(\d+)", task["url"])[1]
        for path in ("/?code=evil&state=evil", "/favicon.ico", "/"):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as page:
                self.assertNotIn("can be closed", page.read().decode())
        self.browse(task["url"])
        self.end(process)

    def test_without_a_browser_on_this_machine_the_address_is_typed(self):
        process, task = self.begin()
        where = self.tokens.authorize(dict(__import__("urllib.parse").parse.parse_qsl(task["url"].partition("?")[2])))
        process.stdin.write("what?\n" + where + "\n")
        process.stdin.flush()
        self.end(process)
        self.assertTrue(self.key_file().exists())

    def test_who_declines_is_heard(self):
        self.tokens.decline()
        process, task = self.begin()
        self.browse(task["url"])
        self.assertIn("access_denied", self.end(process, expected=1))


class FromNothing(Tokens):
    """`leadmail init` with a login by token: questions of the provider are answered while it runs."""

    ANSWERS = """
company = "Acme"
address = "sales@acme.example"
provider = "own"
imap = "{imap}"
smtp = "{smtp}"
tls_ca = "{ca}"
store = "{store}"
team = ["Ana López <ana@acme.example>"]
[oauth2]
provider = "generic"
client_id = "leadmail-test"
token_endpoint = "{token}"
device_endpoint = "{device}"
tls_ca = "{ca}"
{more}
"""

    def init(self, *words, more="", expected=0):
        self.leadmail.config.unlink(missing_ok=True)
        answers = self.mail.dir / "answers.toml"
        answers.write_text(
            self.ANSWERS.format(
                imap=self.mail.imap_url,
                smtp=self.mail.smtp_url,
                ca=self.mail.ca,
                store=self.leadmail.folder / "leadmail.db",
                token=self.tokens.url("token"),
                device=self.tokens.url("device"),
                more=more,
            ),
            encoding="utf-8",
        )
        done = self.leadmail._run("leadmail", "init", "--answers", str(answers), "--wait", "20", *words)
        self.assertEqual(done.returncode, expected, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_the_written_config_captures_a_lead(self):
        told = self.init()
        self.assertIn("WDJB-MJHT", told)
        self.assertIn("[mailbox.oauth2]", self.leadmail.config.read_text("utf-8"))
        self.assertEqual(self.key_file().stat().st_mode & 0o777, 0o600)
        self.assertFalse(list(self.leadmail.folder.glob("*.pw")))
        self.start()
        self.mail.wait_for(lambda: self.leadmail.lag() == 0, what="the first look")
        self.inquiry()
        self.mail.wait_for(self.leadmail.leads, what="the lead")

    def test_untried_it_says_what_is_still_to_be_done(self):
        self.assertIn("leadmail login sales", self.init("--untried"))
        self.assertFalse(self.key_file().exists())
        self.login()

    def test_mistakes_are_told_as_for_a_config(self):
        self.assertIn("did you mean 'client_secret_file'?", self.init(more='client_sekret_file = "x"', expected=3))
        self.assertIn("grant", self.init(more='grant = "password"', expected=3))

    def test_a_login_that_does_not_open_the_mailbox_writes_nothing(self):
        self.tokens.approve("ana@acme.example")
        self.assertIn("IMAP login", self.init(expected=1))
        self.assertFalse(self.leadmail.config.exists() or self.key_file().exists())


class WithoutAPerson(Tokens):
    def make_key(self):
        """A key with its certificate, as an administrator makes them."""
        key, certificate = self.mail.dir / "robot.key", self.mail.dir / "robot.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "20", "-subj", "/CN=robot", "-keyout", key, "-out", certificate],
            check=True,
            capture_output=True,
        )
        key.chmod(0o600)
        self.tokens.public_key = subprocess.run(["openssl", "x509", "-in", certificate, "-pubkey", "-noout"], check=True, capture_output=True).stdout
        return key, certificate

    def configure(self, oauth2):
        text = self.leadmail.config.read_text("utf-8")
        self.leadmail.config.write_text(re.sub(r"oauth2 = \{.*\}", f"oauth2 = {{ {oauth2}, tls_ca = \"{self.mail.ca}\" }}", text), "utf-8")

    def works(self):
        self.assertIn("IMAP login", self.login())
        self.start()
        self.inquiry()
        self.told(1)
        self.assertFalse(self.key_file().exists())

    def test_a_program_with_a_secret_gets_in(self):
        self.tokens.users, self.tokens.client_secret = {"sales@acme.example"}, "hush hush"
        soon = datetime.date.today() + datetime.timedelta(days=20)
        secret = self.mail.dir / "client"
        secret.write_text("hush hush\n")
        secret.chmod(0o600)
        self.configure(f'provider = "generic", grant = "client_credentials", client_id = "leadmail-test", client_secret_file = "{secret}", secret_expires = "{soon}", token_endpoint = "{self.tokens.url("token")}"')
        self.works()
        warned = self.mail.wait_for(lambda: [mail for mail in self.mail.inbox("it") if "caduca el secreto" in mail.message["Subject"]], what="the warning")
        self.assertIn(str(soon), warned[0].text)
        secret.write_text("something else\n")
        told = self.login(expected=1)
        self.assertIn("do not fit together", told)
        self.assertNotIn("something else", told)

    def test_a_program_with_a_certificate_gets_in(self):
        self.tokens.users = {"sales@acme.example"}
        key, certificate = self.make_key()
        for provider in ("generic", "microsoft"):
            tenant = ', tenant = "acme.example"' if provider == "microsoft" else ""
            self.configure(
                f'provider = "{provider}", grant = "client_credentials", client_id = "leadmail-test", key_file = "{key}", '
                f'certificate_file = "{certificate}", token_endpoint = "{self.tokens.url("token")}"{tenant}'
            )
            self.login()
            self.assertEqual(self.tokens.last_header["alg"], "PS256" if tenant else "RS256")
            self.assertIn("x5t#S256", self.tokens.last_header)
        self.works()

    def test_a_service_account_acts_for_the_mailbox(self):
        key, _ = self.make_key()
        self.tokens.service_account = "robot@project.example"
        account = self.mail.dir / "robot.json"
        account.write_text(json.dumps({"type": "service_account", "client_email": "robot@project.example", "private_key": key.read_text(), "private_key_id": "k1"}))
        account.chmod(0o600)
        self.configure(f'provider = "google", grant = "service_account", key_file = "{account}", token_endpoint = "{self.tokens.url("token")}"')
        self.works()


class NothingLeaks(Tokens):
    def test_no_token_is_found_outside_its_file(self):
        self.tokens.life = 5
        told = self.login()
        self.start()
        process = pathlib.Path(f"/proc/{self.leadmail.daemon.pid}")
        self.inquiry()
        self.told(1)
        first = self.key_file().read_bytes()
        self.mail.wait_for(lambda: self.key_file().read_bytes() != first, 20, "the exchanged token")
        places = {name: (process / name).read_bytes() for name in ("cmdline", "environ")}
        self.tokens.revoke("sales@acme.example")  # whose words repeat the token
        self.mail.end_sessions("sales")
        self.wait_for_log("expired or revoked")
        places["what login prints"] = told.encode() + self.login(expected=0).encode()
        places["what status prints"] = json.dumps(self.leadmail.one("status")).encode()
        self.leadmail.stop()
        for path in self.leadmail.folder.rglob("*"):
            if path.is_file() and path.parent.name != "keys":
                places[path.name] = path.read_bytes()
        self.assertGreater(len(self.tokens.all_tokens), 8)
        hits = [(where, token[:6]) for where, content in places.items() for token in self.tokens.all_tokens if token.encode() in content]
        self.assertEqual(hits, [])
        self.assertTrue(os.listdir(self.leadmail.folder / "keys"))


if __name__ == "__main__":
    unittest.main()
