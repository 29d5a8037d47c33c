"""Mail of ours that comes back, by a real Postfix; and what only says that it does."""

import unittest

import letters
from story import Story

DSN = """From: Mail Delivery System <MAILER-DAEMON@far.example>
To: sales@acme.example
Subject: Undelivered Mail Returned to Sender
Message-ID: {message_id}
Date: {date}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The mail system: user unknown
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.far.example

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: message/rfc822-headers

From: sales@acme.example
To: {recipient}
Message-ID: {original}
Subject: anything

--b--
"""

# RFC 5965: what a provider sends when its user has pressed "spam".
ARF = """From: Feedback <fbl@far.example>
To: sales@acme.example
Subject: FW: anything
Message-ID: {message_id}
Date: {date}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an email abuse report.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: FBL/1.0
Version: 1
Original-Rcpt-To: {recipient}

--b
Content-Type: message/rfc822

From: sales@acme.example
To: {recipient}
Message-ID: {original}
Subject: anything

It is 10 EUR.
--b--
"""


class Bounces(Story):
    def setUp(self):
        if not self.mail.with_postfix:
            self.skipTest("needs Postfix, and so root")
        self.addCleanup(self.mail.sink.no_faults)

    def answered(self, name, reply):
        """Ana answers, and the prospect's server refuses with `reply`."""
        address = f"{name.lower()}@{name.lower()}.example"
        mail, lead, notice = self.inquiry(name=name, address=address)
        self.mail.sink.fault(address, "rcpt", reply, times=-1)
        self.row(self.rep_answers("ana", notice, "It is 10 EUR.\n\nAna"))
        return mail, lead, notice, address

    def events(self, lead, text):
        return [event for event in self.leadmail.show(lead)["timeline"] if text in event["text"]]

    def forge(self, original, recipient, report=DSN):
        raw = report.format(
            message_id=letters.new_id(),
            date=letters.email.utils.formatdate(),
            original=original,
            recipient=recipient,
        )
        self.mail.outside("", ["sales@acme.example"], raw)
        return self.row(raw.split("Message-ID: ")[1].split("\n")[0])

    def test_an_address_that_does_not_exist_is_dead_until_its_owner_writes_again(self):
        mail, lead, notice, address = self.answered("Gone", "550 5.1.1 no such user")
        told = self.told("ana", lead, "bounced")
        self.assertIn("5.1.1", told.text)
        self.assertTrue(self.events(lead, "could not be delivered"))

        # A colleague joins: the owner is offered him, and the next answer goes there.
        colleague = letters.write(
            ("Colleague", f"colleague@gone.example"),
            "sales@acme.example",
            "Re: " + str(mail["Subject"]),
            "I take over.",
            headers=[("In-Reply-To", str(mail["Message-ID"]))],
        )
        self.assertEqual(self.row(self.prospect_writes(colleague))["lead"], lead)
        self.row(self.rep_answers("ana", notice, "Dear colleague.\n\nAna"))
        self.mail.wait_for(lambda: self.mail.sink.to("colleague@gone.example"), what="the answer to the colleague")

        self.mail.sink.no_faults()
        again = letters.write(
            ("Gone", address), "sales@acme.example", "Re: " + str(mail["Subject"]), "I am back.",
            headers=[("In-Reply-To", str(mail["Message-ID"]))],
        )
        self.row(self.prospect_writes(again))
        self.assertTrue(self.events(lead, "writes again"))
        self.row(self.rep_answers("ana", notice, "Welcome back.\n\nAna"))
        self.mail.wait_for(
            lambda: [one for one in self.mail.sink.to(address) if "Welcome back" in one.text], what="an answer to Gone"
        )

    def test_a_full_mailbox_is_told_and_counted_but_not_dead(self):
        _, lead, notice, address = self.answered("Full", "552 5.2.2 mailbox full")
        self.told("ana", lead, "bounced")
        self.mail.sink.no_faults()
        self.row(self.rep_answers("ana", notice, "Once more.\n\nAna"))
        self.mail.wait_for(
            lambda: [one for one in self.mail.sink.to(address) if "Once more" in one.text], what="the second answer"
        )

    def test_a_forged_bounce_does_nothing(self):
        mail, lead, notice = self.inquiry(name="Quiet", address="quiet@quiet.example")
        self.row(self.rep_answers("ana", notice, "It is 10 EUR.\n\nAna"))
        got = self.mail.wait_for(lambda: self.mail.sink.to("quiet@quiet.example"), what="the answer")[0]
        before = len(self.mail.inbox("ana"))
        for original in ("<made.up@acme.example>", str(mail["Message-ID"]), got.message_id.replace("a", "b", 1)):
            row = self.forge(original, "quiet@quiet.example")
            self.assertEqual((row["outcome"], row["lead"]), ("bounce", None), row)
        # A true Message-ID proves the mail, and says nothing of an address that it did not go to.
        self.assertEqual(self.forge(got.message_id, "quiet.boss@quiet.example")["lead"], lead)
        self.settled()
        self.row(self.rep_answers("ana", notice, "Still there?\n\nAna"))
        self.mail.wait_for(
            lambda: [one for one in self.mail.sink.to("quiet@quiet.example") if "Still there" in one.text],
            what="the next answer",
        )
        self.assertLessEqual(len(self.mail.inbox("ana")) - before, 1)

    def test_a_complaint_about_a_mail_of_ours_is_told_to_its_owner_and_a_forged_one_does_nothing(self):
        mail, lead, notice = self.inquiry(name="Cross", address="cross@cross.example")
        self.row(self.rep_answers("ana", notice, "It is 10 EUR.\n\nAna"))
        got = self.mail.wait_for(lambda: self.mail.sink.to("cross@cross.example"), what="the answer")[0]
        for original in ("<made.up@acme.example>", str(mail["Message-ID"])):
            row = self.forge(original, "cross@cross.example", report=ARF)
            self.assertEqual((row["kind"], row["lead"]), ("complaint", None), row)
        self.assertEqual(self.events(lead, "as spam"), [])
        row = self.forge(got.message_id, "cross@cross.example", report=ARF)
        self.assertEqual((row["kind"], row["lead"]), ("complaint", lead), row)
        self.assertTrue(self.events(lead, "as spam"), self.leadmail.show(lead)["timeline"])
        self.settled()
        self.assertEqual(self.mail.sink.to("fbl@far.example"), [], "a report is answered by nobody")


if __name__ == "__main__":
    unittest.main()
