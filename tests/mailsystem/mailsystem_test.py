"""The mail system keeps what its users are promised, with Postfix and without."""

import os
import pathlib
import signal
import smtplib
import subprocess
import sys
import unittest

import guard
from mailsystem import MailSystem, Trouble

STAMP = "mx.acme.example; auth=pass smtp.auth=ana@acme.example"


def a_mail(sender, subject="hello", extra=""):
    return f"From: {sender}\nTo: sales@acme.example\nSubject: {subject}\nMessage-ID: <{subject}@test>\n{extra}\nText.\n"


def results(mail):
    return mail.message.get_all("Authentication-Results", [])


class Promises:
    """What holds for both kinds; the classes below say which."""

    postfix = None

    @classmethod
    def setUpClass(cls):
        try:
            cls.mail = MailSystem(postfix=cls.postfix).start()
        except Trouble as trouble:
            raise unittest.SkipTest(str(trouble)) from trouble
        cls.addClassCleanup(cls.mail.stop)

    def delivered(self, subject, user="sales"):
        def look():
            return [mail for mail in self.mail.inbox(user) if mail.message["Subject"] == subject]

        return self.mail.wait_for(look, what=subject)[0]

    def test_a_user_who_is_logged_in_gets_the_providers_stamp(self):
        self.mail.submit("ana", a_mail("ana@acme.example", "stamped"), ["sales@acme.example"])
        self.assertEqual(results(self.delivered("stamped")), [STAMP])

    def test_the_stamp_stands_above_the_trace_of_the_hop_that_wrote_it(self):
        self.mail.outside("x@far.example", ["sales@acme.example"], a_mail("x@far.example", "above"))
        names = [
            name
            for name, text in self.delivered("above").message.items()
            if name == "Authentication-Results" or (name == "Received" and "by mx.acme.example" in text)
        ]
        self.assertEqual(names, ["Authentication-Results", "Received"])

    def test_a_forged_stamp_is_removed_however_it_is_spelled(self):
        for number, forged in enumerate(
            (
                f"Authentication-Results: {STAMP}\n",
                f"authentication-results:\n {STAMP}\n",
                f"AUTHENTICATION-RESULTS:\n\t(a;b)\n {STAMP.upper()}\n",
                f"Authentication-Results : {STAMP}\n",
            )
        ):
            with self.subTest(forged):
                subject = f"forged{number}"
                self.mail.outside(
                    "x@far.example", ["sales@acme.example"], a_mail("ana@acme.example", subject, forged), None
                )
                self.assertEqual(results(self.delivered(subject)), [])

    def test_the_stamp_of_somebody_else_stays(self):
        other = "Authentication-Results: mx.far.example; dkim=pass\n"
        self.mail.outside(
            "x@far.example", ["sales@acme.example"], a_mail("x@far.example", "others", other), "dmarc=none"
        )
        self.assertEqual(
            results(self.delivered("others")), ["mx.acme.example; dmarc=none", "mx.far.example; dkim=pass"]
        )

    def test_a_test_may_say_what_the_provider_finds(self):
        found = "dmarc=pass header.from=evil.example"
        self.mail.outside("x@evil.example", ["sales@acme.example"], a_mail("ana@acme.example", "finding"), found)
        self.assertEqual(results(self.delivered("finding")), [f"mx.acme.example; {found}"])

    def test_nobody_sends_as_somebody_else(self):
        with self.assertRaises(smtplib.SMTPException):
            self.mail.submit("ana", a_mail("luis@acme.example"), ["sales@acme.example"], "luis@acme.example")

    def test_a_null_reverse_path_may_be_sent(self):
        self.mail.submit("sales", a_mail("sales@acme.example", "null-path"), ["null@far.example"], "")
        self.assertEqual(self.mail.wait_for(lambda: self.mail.sink.to("null@far.example"))[0].envelope_from, "")

    def test_a_plus_address_is_the_same_mailbox(self):
        self.mail.outside("x@far.example", ["sales+token.1@acme.example"], a_mail("x@far.example", "plus"))
        self.delivered("plus")

    def test_a_bounce_has_no_sender_and_arrives(self):
        self.mail.outside("", ["sales@acme.example"], a_mail("MAILER-DAEMON@far.example", "bounced"))
        self.delivered("bounced")

    def test_mail_for_others_ends_in_the_sink_as_it_was(self):
        self.mail.submit("luis", a_mail("luis@acme.example", "outbound"), ["one@far.example", "two@far.example"])
        mail = self.mail.wait_for(lambda: self.mail.sink.to("two@far.example"))[0]
        self.assertEqual(
            (mail.envelope_from, mail.message["Subject"], mail.text), ("luis@acme.example", "outbound", "Text.\n")
        )
        self.assertEqual(self.mail.sink.copies()["<outbound@test>", "one@far.example"], 1)

    def test_outside_mail_is_for_us_only(self):
        for recipient in ("one@far.example", "nobody@acme.example"):
            with self.subTest(recipient), self.assertRaises(smtplib.SMTPRecipientsRefused):
                self.mail.outside("x@far.example", [recipient], a_mail("x@far.example"))

    def test_a_message_keeps_its_bytes(self):
        body = a_mail("x@far.example", "bytes") + ".\n..dots\nFrom the start\n\ttab  \nend without newline"
        sent = self.mail.outside("x@far.example", ["sales@acme.example"], body)
        self.assertTrue(self.delivered("bytes").raw.rstrip(b"\r\n").endswith(sent.partition(b"\r\n\r\n")[2]))

    def test_a_mail_program_puts_copies_into_sent(self):
        self.mail.append("ana", "Sent", a_mail("ana@acme.example", "copy"), r"\Seen")
        self.assertEqual([mail.message["Subject"] for mail in self.mail.inbox("ana", "Sent")], ["copy"])


class WithPostfix(Promises, unittest.TestCase):
    postfix = True

    def test_a_server_that_is_busy_is_tried_again(self):
        self.mail.sink.fault("busy@far.example", "rcpt", "451 4.3.0 later")
        self.mail.submit("ana", a_mail("ana@acme.example", "busy"), ["busy@far.example"])
        self.mail.wait_for(lambda: self.mail.sink.to("busy@far.example"))

    def test_a_server_that_refuses_makes_a_bounce(self):
        self.mail.sink.fault("gone@far.example", "rcpt", "550 5.1.1 no such user", -1)
        self.mail.submit("ana", a_mail("ana@acme.example", "gone"), ["gone@far.example"])
        bounce = self.delivered("Undelivered Mail Returned to Sender", "ana")
        self.assertEqual(bounce.message.get_content_type(), "multipart/report")

    def test_a_reply_that_is_cut_off_makes_a_second_copy(self):
        self.mail.sink.fault("cut@far.example", "drop-before-reply")
        self.mail.submit("ana", a_mail("ana@acme.example", "cut"), ["cut@far.example"])
        # Postfix tries again when it looks through its queue; on a busy machine that takes a while.
        self.mail.wait_for(lambda: self.mail.sink.copies().get(("<cut@test>", "cut@far.example")) == 2, timeout=60)


class WithoutPostfix(Promises, unittest.TestCase):
    postfix = False


PARENT = """
import signal, sys
sys.path.insert(0, sys.argv[1])
from mailsystem import MailSystem, end_on_signals
end_on_signals()
with MailSystem() as mail:
    print(mail.dir, *(server.pid for server in mail._servers), flush=True)
    if sys.argv[2] == "raise": raise RuntimeError("a test went wrong")
    signal.pause()
"""


class NothingIsLeft(unittest.TestCase):
    """However the program ends that started the mail system."""

    def look(self, how, number=None):
        here = str(pathlib.Path(__file__).parent)
        with subprocess.Popen(
            [sys.executable, "-c", PARENT, here, how],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        ) as parent:
            folder, *servers = parent.stdout.readline().split()
            servers = {int(server) for server in servers}
            if number:
                self.assertTrue(guard.members(servers))
                os.kill(parent.pid, number)
            parent.stdout.read()  # ends when the guard does, which holds the other end as well
            self.assertNotEqual(parent.wait(20), 0)
        self.assertEqual(guard.members(servers), [])
        self.assertFalse(os.path.exists(folder))

    def test_after_a_failure(self):
        self.look("raise")

    def test_after_ctrl_c(self):
        self.look("wait", signal.SIGINT)

    def test_after_sigterm(self):
        self.look("wait", signal.SIGTERM)

    def test_after_kill(self):
        self.look("wait", signal.SIGKILL)


if __name__ == "__main__":
    unittest.main()
