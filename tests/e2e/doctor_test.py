"""What an administrator sees at three in the morning: faults of every kind, each named by `leadmail doctor` or told by mail,
with what to do; and gone from there when it is mended."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import unittest

import letters
from front import Front, make_certificate
from mailsystem import MailSystem, free_ports
from product import ROOT, Leadmail, build_folder, build_option
from smtp_server import SmtpServer, tls_context

WAIT = 6  # seconds for a mail on this machine


class Trouble(unittest.TestCase):
    mail_settings = {}

    @classmethod
    def setUpClass(cls):
        cls.mail = cls.enterClassContext(MailSystem(("sales", "ana", "luis", "it"), **cls.mail_settings))
        cls.leadmail = Leadmail(cls.mail)
        cls.whole = cls.leadmail.config.read_text("utf-8")

    def tearDown(self):
        self.leadmail.config.write_text(self.whole, encoding="utf-8")

    def change(self, *pairs):
        """The config with other words in it."""
        text = self.whole
        for old, new in pairs:
            self.assertIn(old, text)
            text = text.replace(old, new)
        self.leadmail.config.write_text(text, encoding="utf-8")

    def doctor(self, *words, env=None, before=()):
        """What it found, by name, and its exit status."""
        done = subprocess.run(
            [*before, self.leadmail.build / "leadmail", "--config", self.leadmail.config, "--json", "doctor",
             "--wait", str(WAIT), *words],
            capture_output=True, text=True, check=False, timeout=120, env=env,
        )
        self.status, self.told = done.returncode, done.stdout + done.stderr
        return {line["name"]: line for line in map(json.loads, done.stdout.splitlines()) if line["name"]}

    def assert_found(self, name, *, state="failed", words=None, probe=True, **how):
        found = self.doctor(*([] if probe else ["--no-probe"]), **how)
        self.assertIn(name, found, self.told)
        self.assertEqual(found[name]["state"], state, self.told)
        self.assertTrue(found[name]["advice"], name)
        if words is not None:
            self.assertRegex(found[name]["words"], words)
        if state == "failed":
            self.assertEqual(self.status, 1, self.told)
        return found

    def imap(self, port, host="localhost"):
        return (self.mail.imap_url, f"imaps://{host}:{port}")

    def front(self, **how):
        return self.enterContext(Front(self.mail, self.mail.imaps_port, **how))


class Doctor(Trouble):
    def test_finds_nothing_where_all_is_well_and_leaves_no_mail_behind(self):
        with self.leadmail:
            self.mail.wait_for(lambda: self.leadmail.lag() == 0, what="the first look")
            found = self.doctor()
            self.assertEqual({name for name in found if found[name]["state"] == "failed"}, set(), self.told)
            self.assertEqual(self.status, 0, self.told)
            self.assertIn("took it", self.told)
            self.assertEqual(self.mail.inbox("sales"), [])
            self.assertEqual(self.leadmail.leads(), [])

    # --- the account ------------------------------------------------------------------------------------------------
    def test_finds_a_wrong_password(self):
        wrong = self.mail.dir / "secrets" / "wrong"
        wrong.write_text("not this one\n", encoding="ascii")
        wrong.chmod(0o600)
        self.change((str(self.mail.password_file("sales")), str(wrong)))
        self.assert_found("login-refused")

    def test_finds_a_login_that_only_smtp_refuses(self):
        tls = tls_context(self.mail.dir / "tls" / "cert.pem", self.mail.dir / "tls" / "key.pem")
        server = SmtpServer(name="mx.acme.example", tls=tls, logins={"somebody@acme.example": "else"})
        self.addCleanup(server.stop)
        self.change((self.mail.smtp_url, f"smtps://localhost:{server.port}"))
        found = self.assert_found("login-refused")
        self.assertEqual(found["login-refused"]["check"], "SMTP login")

    def test_finds_a_password_file_that_is_not_there(self):
        self.change((str(self.mail.password_file("sales")), str(self.mail.dir / "secrets" / "gone")))
        self.assert_found("secret-missing", probe=False)

    def test_finds_a_password_file_that_everybody_can_read(self):
        open_to_all = self.mail.dir / "open.pw"
        shutil.copy(self.mail.password_file("sales"), open_to_all)
        open_to_all.chmod(0o644)
        self.change((str(self.mail.password_file("sales")), str(open_to_all)))
        found = self.doctor()
        self.assertIn("config-wrong", found)
        self.assertIn("chmod 600", self.told)
        self.assertEqual(self.status, 3)

    def test_finds_a_key_that_nobody_knows(self):
        self.change(("trusted_authserv", "trusted_autserv"))
        self.assertIn("config-wrong", self.doctor())
        self.assertIn("trusted_authserv", self.told)
        self.assertEqual(self.status, 3)

    def test_finds_that_the_provider_takes_no_mail_of_this_address(self):
        self.change(('address = "sales@', 'address = "other@'))
        self.assert_found("mail-refused")

    # --- the way to the servers ---------------------------------------------------------------------------------------
    def test_finds_a_name_that_dns_does_not_know(self):
        self.change(self.imap(993, "imap.nowhere.invalid"))
        self.assert_found("name-unknown", words="imap.nowhere.invalid", probe=False)

    def test_finds_a_port_on_which_nobody_listens(self):
        (port,) = free_ports(1)
        self.change(self.imap(port))
        self.assert_found("server-unreachable", words=str(port), probe=False)

    def test_finds_an_smtp_port_on_which_nobody_listens(self):
        (port,) = free_ports(1)
        self.change((self.mail.smtp_url, f"smtps://localhost:{port}"))
        found = self.assert_found("server-unreachable", words=str(port), probe=False)
        self.assertEqual(found["server-unreachable"]["check"], "SMTP server")

    def test_finds_a_server_that_never_says_a_word(self):
        self.change(self.imap(self.front(silent=True).port))
        self.assert_found("server-silent", probe=False)

    def test_finds_a_server_that_sends_us_away(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:

            def send_away():
                with contextlib.suppress(OSError):
                    client, _ = listener.accept()
                    client.sendall(b"554 5.3.2 not today\r\n")
                    client.close()

            threading.Thread(target=send_away, daemon=True).start()
            self.change((self.mail.smtp_url, f"smtp://localhost:{listener.getsockname()[1]}"))
            self.assert_found("server-wrong", probe=False)

    def test_finds_a_server_without_tls(self):
        server = SmtpServer(name="plain.example")
        self.addCleanup(server.stop)
        self.change((self.mail.smtp_url, f"smtp://localhost:{server.port}"))
        self.assert_found("tls-missing", probe=False)

    # --- certificates -------------------------------------------------------------------------------------------------
    def certificate(self, name="localhost", **how):
        self.change(self.imap(self.front(certificate=make_certificate(self.mail.dir / "tls", name, **how)).port))

    def test_finds_a_certificate_of_an_unknown_authority(self):
        self.certificate()
        self.assert_found("certificate-refused", probe=False)

    def test_finds_a_certificate_for_another_name(self):
        self.certificate("imap.other.example", authority=self.mail.dir / "tls")
        self.assert_found("certificate-refused", words="name", probe=False)

    def test_finds_a_certificate_that_has_ended(self):
        self.certificate(days=-1, authority=self.mail.dir / "tls")
        self.assert_found("certificate-refused", words="expired", probe=False)

    def test_finds_a_certificate_that_will_end_soon(self):
        self.certificate(days=10, authority=self.mail.dir / "tls")
        self.assert_found("certificate-ending", state="note", probe=False)

    # --- how the provider treats mail ---------------------------------------------------------------------------------
    def test_finds_a_server_that_does_not_tell_of_new_mail(self):
        self.change(self.imap(self.front(mute=True).port))
        found = self.doctor()
        self.assertIn("idle-mute", found, self.told)

    def test_finds_that_another_server_testifies_than_the_one_we_believe(self):
        self.change(('trusted_authserv = ["mx.acme.example"]', 'trusted_authserv = ["mx.other.example"]'))
        self.assert_found("authserv-unknown", words="mx.acme.example")

    def test_finds_a_folder_that_is_not_there(self):
        self.change(('sent_copy = "never"', 'sent_copy = "never"\nprocessed = "move:Nowhere"'))
        self.assert_found("folder-missing", words="Nowhere")

    # --- this machine -------------------------------------------------------------------------------------------------
    @unittest.skipIf(shutil.which("faketime") is None, "faketime is not installed")
    @unittest.skipIf(build_option("LEADMAIL_SANITIZE"), "a sanitizer wants to be loaded before faketime")
    def test_finds_a_clock_that_is_wrong(self):
        env = {**os.environ, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        self.assert_found("clock-wrong", words="2 hours|1[12]. minutes", before=("faketime", "-f", "+2h"), env=env)

    @unittest.skipUnless(os.geteuid() == 0, "only root can mount")
    def test_finds_a_disk_that_is_nearly_full(self):
        small = self.mail.dir / "small"
        small.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m,mode=700", "tmpfs", small], check=True)
        self.addCleanup(subprocess.run, ["umount", "-l", small], check=True)
        self.change((f"{self.leadmail.folder}/leadmail.db", f"{small}/leadmail.db"))
        self.assert_found("disk-low", probe=False)

    def test_finds_a_database_that_is_none(self):
        broken = self.mail.dir / "broken"
        broken.mkdir(mode=0o700)
        (broken / "leadmail.db").write_bytes(os.urandom(65536))
        self.change((f"{self.leadmail.folder}/leadmail.db", f"{broken}/leadmail.db"))
        self.assert_found("database-unreadable", probe=False)

    # --- the daemon ---------------------------------------------------------------------------------------------------
    def test_finds_that_the_daemon_does_not_run(self):
        self.assert_found("daemon-stopped", probe=False)

    def test_finds_a_daemon_that_hangs(self):
        with self.leadmail:
            self.leadmail.daemon.send_signal(signal.SIGSTOP)
            try:
                self.assert_found("daemon-silent", probe=False)
            finally:
                self.leadmail.daemon.send_signal(signal.SIGCONT)

    def test_finds_that_nobody_is_told_of_trouble(self):
        self.change(('addresses = ["it@acme.example"]', "addresses = []"))
        self.assert_found("alarms-unheard", state="note", probe=False)

    def test_finds_a_second_route_that_leads_nowhere(self):
        (port,) = free_ports(1)
        self.change(("[admin]", f'[admin]\nalert_smtp = "smtps://localhost:{port}"\nalert_tls_ca = "{self.mail.ca}"'))
        found = self.assert_found("server-unreachable", probe=False)
        self.assertEqual(found["server-unreachable"]["check"], "Alerts")


class WithoutPlusAddresses(Trouble):
    mail_settings = {"sieve": {"sales": 'require ["envelope"];\nif envelope :contains "to" "+" { discard; stop; }\n'}}

    def test_is_found(self):
        self.assert_found("plus-addresses-off")

    def test_is_fine_where_the_config_says_so(self):
        self.change(('sent_copy = "never"', 'sent_copy = "never"\nplus_addressing = false'))
        self.assertNotIn("plus-addresses-off", self.doctor())


class WithoutTestimony(Trouble):
    mail_settings = {"testifies": False}

    def test_is_found(self):
        self.assert_found("no-authentication-results", state="note")


class WhereMailDisappears(Trouble):
    mail_settings = {"sieve": {"sales": "discard;\n"}}

    def test_is_found(self):
        self.assert_found("mail-does-not-arrive", state="note")


class Alarms(unittest.TestCase):
    """What the daemon itself tells."""

    def setUp(self):
        self.mail = self.enterContext(MailSystem(("sales", "ana", "luis", "it", "alarms")))

    def second_route(self):
        return (
            f'alert_smtp = "{self.mail.smtp_url}"\nalert_user = "alarms@acme.example"\n'
            f'alert_password_file = "{self.mail.password_file("alarms")}"\nalert_tls_ca = "{self.mail.ca}"\n'
        )

    def faults(self, leadmail):
        return {fault["name"] for fault in leadmail.one("status")["faults"]}

    @staticmethod
    def fill(folder):
        with contextlib.suppress(OSError), open(folder / f"ballast{time.monotonic_ns()}", "wb", buffering=0) as ballast:
            while True:
                ballast.write(bytes(4096))

    @staticmethod
    def empty(folder):
        for ballast in folder.glob("ballast*"):
            ballast.unlink()

    @staticmethod
    def ends_at_start(leadmail):
        leadmail.launch()
        try:
            return leadmail.daemon.wait(30)
        finally:
            leadmail.daemon = None

    def alarms(self):
        return [mail for mail in self.mail.inbox("it") if mail.message["Subject"].startswith("Leadmail: ")]

    def test_a_mailbox_that_can_not_be_read_is_told_by_the_second_route_once_and_is_over_when_it_can(self):
        front = Front(self.mail, self.mail.imaps_port)
        leadmail = Leadmail(self.mail, admin='silent_after = "10s"\n' + self.second_route())
        text = leadmail.config.read_text("utf-8")
        leadmail.config.write_text(
            text.replace(self.mail.imap_url, f"imaps://localhost:{front.port}"), encoding="utf-8"
        )
        port = front.port
        with front, leadmail:
            self.mail.wait_for(lambda: leadmail.lag() == 0, what="the first look")
            self.assertEqual(self.faults(leadmail), set())
            front.__exit__()
            (alarm,) = self.mail.wait_for(self.alarms, 60, "an alarm")
            self.assertIn("sales", alarm.message["Subject"])
            self.assertIn("alarms@acme.example", alarm.message["From"])
            self.assertEqual(alarm.message["Auto-Submitted"], "auto-generated")
            self.assertIn("leadmail doctor", alarm.text)
            self.assertEqual(self.faults(leadmail), {"mailbox-silent"})
            again = Front(self.mail, self.mail.imaps_port, port=port)
            with again:
                leadmail.daemon.send_signal(signal.SIGHUP)  # it need not wait for its next try
                self.mail.wait_for(lambda: self.faults(leadmail) == set(), 60, "the end of the fault")
            self.assertEqual(len(self.alarms()), 1)

    def test_a_new_password_is_tried_without_anybody_starting_anything(self):
        wrong = self.mail.dir / "secrets" / "changing"
        wrong.write_text("not this one\n", encoding="ascii")
        wrong.chmod(0o600)
        leadmail = Leadmail(self.mail)
        text = leadmail.config.read_text("utf-8")
        leadmail.config.write_text(text.replace(str(self.mail.password_file("sales")), str(wrong)), encoding="utf-8")
        with leadmail:
            self.mail.wait_for(
                lambda: any("refused" in str(box.get("trouble", "")).lower() or box["state"] == "back-off"
                            for box in leadmail.one("status")["mailboxes"]), 30, "a refused login"
            )
            fresh = wrong.with_suffix(".new")
            fresh.write_text(self.mail.users["sales"] + "\n", encoding="ascii")
            fresh.chmod(0o600)
            fresh.rename(wrong)
            self.mail.wait_for(lambda: leadmail.lag() == 0, 60, "the first look")

    @unittest.skipUnless(os.geteuid() == 0, "only root can mount")
    def test_a_disk_that_is_full_is_told_although_the_book_can_not_be_written(self):
        small = self.mail.dir / "small"
        small.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", small], check=True)
        self.addCleanup(subprocess.run, ["umount", "-l", small], check=True)
        leadmail = Leadmail(self.mail)  # no second route: an account of ours has to do
        text = leadmail.config.read_text("utf-8")
        leadmail.config.write_text(
            text.replace(f"{leadmail.folder}/leadmail.db", f"{small}/leadmail.db"), encoding="utf-8"
        )
        leadmail.once()
        self.fill(small)
        self.assertEqual(self.ends_at_start(leadmail), 1, "4 would keep systemd from starting it again")
        self.empty(small)
        with leadmail:
            self.fill(small)
            mail = letters.write("maria@far.example", "sales@acme.example", "Pumps", "20 pumps, please" + 9000 * " x")
            self.mail.outside("maria@far.example", "sales@acme.example", mail)
            (alarm,) = self.mail.wait_for(self.alarms, 90, "an alarm")
            self.assertRegex(alarm.message["Subject"], "disco|disk|full")
            self.assertEqual(self.faults(leadmail), {"disk-low"})
            self.assertEqual(leadmail.leads(), [])
            self.empty(small)
            leadmail.daemon.send_signal(signal.SIGHUP)
            self.mail.wait_for(leadmail.leads, 60, "the lead that waited")


class Documentation(unittest.TestCase):
    def test_has_a_section_for_each_thing_that_can_be_wrong(self):
        tool = build_folder() / "leadmail"
        done = subprocess.run([tool, "--json", "doctor", "--names"], capture_output=True, text=True, check=True)
        names = {json.loads(line)["name"] for line in done.stdout.splitlines()}
        page = (ROOT / "docs" / "troubleshooting.md").read_text("utf-8")
        self.assertEqual(names, set(re.findall(r"^## ([a-z]+(?:-[a-z]+)+)$", page, re.MULTILINE)))
