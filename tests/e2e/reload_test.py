"""SIGHUP, again and again, while mail comes: the new config is in force or the old one stays, nothing is dropped, and no
descriptor or thread is left behind. LEADMAIL_RELOADS says how often (24); a fifth of the configs are broken. And mailboxes
that come, change and go while others stay as they are."""

import itertools
import os
import pathlib
import signal
import unittest

import letters
from mailsystem import MailSystem
from product import Leadmail
from story import Story
from world import World

RELOADS = int(os.environ.get("LEADMAIL_RELOADS", "24"))
BROKEN = (
    "this is no TOML\n",
    '[company]\nname = "Acme"\nname = "twice"\n',
    '[[assign]]\nname = "nobody knows him"\nto = { user = "nobody" }\n',
    "\ufeff[store\n",
    "[limits]\nno_such_key = 1\n",
)


class Reloading(Story):
    running = False

    def reload(self, config, expected):
        """Puts the config in place and tells the daemon; returns once it has said what it made of it."""
        before = self.said(expected)
        # As editors and configuration tools do it: nobody ever sees half a file.
        fresh = self.leadmail.config.with_suffix(".new")
        fresh.write_text(config, encoding="utf-8")
        fresh.rename(self.leadmail.config)
        self.leadmail.daemon.send_signal(signal.SIGHUP)
        self.mail.wait_for(lambda: self.said(expected) > before, what=f"{expected} in the log")

    def said(self, log_id):
        return self.leadmail.log.read_text(encoding="utf-8").count(f">{log_id}: ")

    def tearDown(self):
        if self.leadmail.daemon is not None:
            self.leadmail.stop()


class Reload(Reloading):
    settings = {"acknowledge": True}

    def test_nothing_is_dropped_and_nothing_left_behind(self):
        good = self.leadmail.config.read_text(encoding="utf-8")
        other = good.replace('name = "all to Ana"', 'name = "still all to Ana"')
        broken = itertools.cycle(BROKEN)
        self.leadmail.start()
        self.reload(other, "reloaded")
        # As much as it needs at most: workers are there, and a connection by which mail leaves.
        self.inquiry()
        before = self.leadmail.held()
        with World.writes(self) as world:
            for number in range(RELOADS):
                if number % 5 == 4:
                    self.reload(next(broken), "reload-refused")
                    self.assertIsNone(self.leadmail.daemon.poll(), "a broken config ended the daemon")
                else:
                    self.reload(good if number % 2 else other, "reloaded")
            self.reload(good, "reloaded")
        self.mail.wait_for(lambda: len(self.leadmail.leads()) > len(world.inquiries), 60, "all leads")
        self.settled()
        # Connections that mail needed close by themselves after a while.
        self.mail.wait_for(lambda: self.leadmail.held() <= before, 60, f"no more than {before}")
        after = self.leadmail.held()
        self.leadmail.stop()
        world.settle()
        world.check()
        print(f"reloads: {RELOADS} of which {RELOADS // 5} broken, {len(world.inquiries)} inquiries; descriptors and threads {before} -> {after}")


SUPPORT = """
[[mailbox]]
name = "support"
address = "support@{domain}"
imap = "{imap}"
smtp = "{smtp}"
tls_ca = "{ca}"
user = "support@{domain}"
password_file = "{password_file}"
baseline = "now"
acknowledge = false
trusted_authserv = ["mx.{domain}"]
{more}
"""


NUMBERS = itertools.count(1)


class Mailboxes(Reloading):
    @classmethod
    def setUpClass(cls):
        cls.mail = MailSystem(users=("sales", "support", "ana", "luis", "it"), postfix=cls.postfix).start()
        cls.addClassCleanup(cls.mail.stop)

    def setUp(self):
        self.leadmail = Leadmail(self.mail, f"installation{next(NUMBERS)}", baseline="now")
        self.alone = self.leadmail.config.read_text(encoding="utf-8")

    def support(self, more="", password_file=None, alone=None):
        mail = self.mail
        return (alone or self.alone) + SUPPORT.format(
            domain=mail.domain, imap=mail.imap_url, smtp=mail.smtp_url, ca=mail.ca, more=more,
            password_file=password_file or mail.password_file("support"))

    def logins(self, user):
        """How often anybody has logged in to that account over IMAP, ever."""
        log = (self.mail.dir / "log" / "dovecot.log").read_text(encoding="utf-8", errors="replace")
        return sum("imap-login" in line and "Login: user=<" + self.mail.address(user) + ">" in line for line in log.splitlines())

    def state(self, mailbox):
        found = [entry for entry in self.leadmail.one("status")["mailboxes"] if entry["name"] == mailbox]
        return found[0]["state"] if found else None

    def watched(self, mailbox):
        self.mail.wait_for(lambda: self.state(mailbox) == "ok", 30, f"{mailbox} under watch")

    def start(self):
        """Starts the daemon. Returns how often anybody has logged in to sales once both its folders are watched."""
        before = self.logins("sales")
        self.leadmail.start()
        self.watched("sales")
        self.mail.wait_for(lambda: self.logins("sales") == before + 2, 30, "a connection for the inbox and one for Sent")
        return before + 2

    def support_is_asked(self, name):
        """Somebody writes to support. Returns the lead once there is one."""
        mail = letters.write((name, f"{name.lower()}@far.example"), "support@acme.example", f"{name} asks", "What does a pump cost?")
        return self.row(self.prospect_writes(mail))["lead"]

    def test_a_mailbox_comes_changes_and_goes_and_the_other_keeps_its_connections(self):
        before = self.start()

        self.reload(self.support(), "reloaded")
        self.watched("support")
        first = self.support_is_asked("Eva")
        self.assertEqual(self.leadmail.show(first)["mailbox"], "support")

        with self.subTest("another folder"):
            own = self.logins("support")
            self.reload(self.support('sent = ""'), "reloaded")
            self.mail.wait_for(lambda: self.logins("support") == own + 1, 30, "one connection anew: the inbox")
            self.watched("support")
            second = self.support_is_asked("Ivan")
            self.assertNotEqual(first, second)

        with self.subTest("nothing that concerns a connection"):
            own = self.logins("support")
            self.reload(self.support('sent = ""').replace('name = "all to Ana"', 'name = "to Ana"'), "reloaded")
            self.reload(self.support('sent = ""'), "reloaded")
            self.assertEqual(self.state("support"), "ok")

        with self.subTest("gone"):
            self.reload(self.alone, "reloaded")
            self.mail.wait_for(lambda: self.said("mailbox-removed"), what="that it is watched no more")
            unseen = letters.write(("Olga", "olga@far.example"), "support@acme.example", "Olga asks", "And now?")
            self.prospect_writes(unseen)
            self.inquiry()  # that the other one is served
            self.assertIsNone(self.leadmail.row(str(unseen["Message-ID"])))
            self.assertEqual(self.leadmail.show(first)["mailbox"], "support", "its leads stay")

        with self.subTest("back again"):
            self.reload(self.support(), "reloaded")
            self.assertEqual(self.row(str(unseen["Message-ID"]))["outcome"], "lead", "it goes on where it was")

        self.assertEqual(self.logins("sales"), before, "the connections of sales were made anew")

    def test_mail_of_a_mailbox_that_is_gone_waits_and_is_told_of(self):
        closed = self.support().replace(self.mail.smtp_url, "smtps://127.0.0.1:1", 2).replace("smtps://127.0.0.1:1", self.mail.smtp_url, 1)
        self.leadmail.config.write_text(closed, encoding="utf-8")
        self.leadmail.start()
        self.watched("support")
        lead = self.support_is_asked("Nora")  # the notice to Ana can't leave
        self.mail.wait_for(lambda: self.sent(lead, "notice"), what="a notice that waits")
        self.reload(self.alone, "reloaded")
        self.mail.wait_for(lambda: self.said("mailbox-queue-left"), 30, what="that mail waits")
        self.assertEqual(self.leadmail.one("status")["outbox"]["left"], [{"mailbox": "support", "waiting": 1}])
        self.assertEqual(len(self.sent(lead, "notice")), 1)
        self.reload(self.support(), "reloaded")
        self.told("ana", lead, "notice")
        self.assertEqual(self.leadmail.one("status")["outbox"]["left"], [])

    def test_a_new_password_is_used_at_once(self):
        wrong = self.leadmail.folder / "support.pw"
        wrong.write_text("not it\n", encoding="ascii")
        wrong.chmod(0o600)
        self.leadmail.config.write_text(self.support(password_file=wrong), encoding="utf-8")
        before = self.start()
        self.mail.wait_for(lambda: self.state("support") not in ("ok", "starting", None), 30, "the refusal")
        wrong.write_text(pathlib.Path(self.mail.password_file("support")).read_text(encoding="ascii"), encoding="ascii")
        self.reload(self.support(password_file=wrong), "reloaded")
        self.watched("support")
        self.assertEqual(self.logins("sales"), before)

    def test_what_would_do_harm_is_refused_and_the_old_config_stays(self):
        before = self.start()
        self.reload(self.alone.replace('name = "sales"', 'name = "ventas"'), "reload-refused")
        self.reload(self.alone.replace('address = "sales@acme.example"', 'address = "hello@acme.example"'), "reload-refused")
        self.inquiry()
        self.assertEqual(self.state("sales"), "ok")
        self.assertEqual(self.logins("sales"), before)


if __name__ == "__main__":
    unittest.main()
