"""Who becomes a lead, and who does not."""

import unittest

import letters
from story import Story

DSN = """From: Mail Delivery System <MAILER-DAEMON@far.example>
To: sales@acme.example
Subject: Undelivered Mail Returned to Sender
Message-ID: {id}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.far.example

Final-Recipient: rfc822; gone@far.example
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: <somebody.elses@nowhere.example>
Subject: hello
--b--
"""


class Capture(Story):
    settings = {"acknowledge": True}

    def test_an_inquiry_becomes_a_lead_with_an_owner_who_is_told(self):
        mail, lead, notice = self.inquiry(text="Hola, necesito 20 bombas para Puebla.\n\nMaría Pérez\n+52 55 1234 5678")
        shown = self.leadmail.show(lead)
        self.assertEqual(
            (shown["lead"], shown["name"], shown["emails"], shown["owner"], shown["status"], shown["source"]),
            (lead, "María Pérez", ["maria@far.example"], "ana", "lead", "mail"),
        )
        self.assertTrue(shown["owed"])
        self.assertIn("20 bombas", notice.text)
        self.assertEqual(notice.message["X-Leadmail-Lead"], lead)
        self.assertIn(str(mail["Message-ID"]).strip("<>"), [event.get("message_id") for event in shown["timeline"]])

    def test_whoever_has_an_address_that_few_servers_take_is_a_lead_and_his_rep_hears_what_becomes_of_the_answer(self):
        for number, address in enumerate(("jörg@far.example", "x" * 300 + "@far.example", "e@far.example.")):
            with self.subTest(address[:20]):
                raw = f"From: Odd {number} <{address}>\nTo: sales@acme.example\nSubject: Pumps\nMessage-ID: <odd{number}@far.example>\n"
                raw += "Date: Mon, 2 Nov 2026 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\nWhat do they cost?\n"
                self.mail.outside("odd@far.example", ["sales@acme.example"], raw.encode())
                row = self.row(f"<odd{number}@far.example>")
                self.assertEqual((row["outcome"], bool(row["lead"])), ("lead", True), row)
                notice = self.told("ana", row["lead"], "notice")
                self.row(self.rep_answers("ana", notice, "They cost 400 EUR.\n\nAna"))
                self.mail.wait_for(lambda lead=row["lead"], to=address: self.fate_of_answer(lead, to.removesuffix(".")), what="the answer, or why not")

    def fate_of_answer(self, lead, address):
        told = [mail for mail in self.mail.inbox("ana") if mail.message_id.strip("<>") in self.sent(lead, "bounced")]
        return [mail for mail in self.mail.sink.to(address) + told if "400 EUR" in mail.text]

    def test_the_prospect_gets_one_acknowledgement_that_echoes_nothing(self):
        _, lead, _ = self.inquiry("Eve Spam", "eve@far.example", "buy cheap pills", "see http://spam.example/pills")
        ack = self.mail.wait_for(lambda: self.mail.sink.to("eve@far.example"), what="an acknowledgement")[0]
        self.assertEqual((ack.envelope_from, ack.message["Auto-Submitted"]), ("sales@acme.example", "auto-replied"))
        for word in ("pills", "spam", "Spam"):
            self.assertNotIn(word, ack.raw.decode())
        self.assertEqual([entry["kind"] for entry in self.sent(lead).values()].count("ack"), 1)

    def test_a_second_mail_the_same_day_is_not_acknowledged_again(self):
        self.inquiry("Iris", "iris@far.example", "first")
        again = letters.write("iris@far.example", "sales@acme.example", "something else", "And another thing.")
        self.assertEqual(self.row(self.prospect_writes(again))["outcome"], "threaded")
        self.assertEqual(self.quiet("iris@far.example"), [1])

    def test_the_mailbox_is_left_as_it_was(self):
        self.inquiry("Otto", "otto@far.example")
        with self.mail.imap("sales") as imap:
            imap.select("INBOX", readonly=True)
            _, (seen,) = imap.search(None, "SEEN")
        self.assertEqual(seen, b"")

    def test_mail_that_nobody_wrote_makes_no_lead_and_gets_no_answer(self):
        def automatic(name, *headers, **more):
            return letters.write(
                f"{name}@far.example", "sales@acme.example", f"about {name}", "text", headers=headers, **more
            )

        cases = {
            "automatic": [
                automatic("vacation", ("Auto-Submitted", "auto-replied")),
                automatic("outlook", ("X-Auto-Response-Suppress", "All"), ("X-Autoreply", "yes")),
                automatic("cron", ("Auto-Submitted", "auto-generated")),
            ],
            "list": [
                automatic(
                    "weekly", ("List-Id", "<weekly.far.example>"), ("List-Unsubscribe", "<mailto:u@far.example>")
                ),
                automatic("bulk", ("Precedence", "bulk"), ("List-Unsubscribe", "<https://far.example/u>")),
            ],
        }
        before = len(self.leadmail.leads())
        for outcome, mails in cases.items():
            for mail in mails:
                with self.subTest(mail["Subject"]):
                    row = self.row(self.prospect_writes(mail))
                    self.assertEqual((row["outcome"], row["lead"]), (outcome, None), row)
                    self.assertTrue(row["reason"])
        self.assertEqual(len(self.leadmail.leads()), before)
        self.assertEqual(
            self.quiet(
                "vacation@far.example",
                "outlook@far.example",
                "cron@far.example",
                "weekly@far.example",
                "bulk@far.example",
            ),
            [0] * 5,
        )

    def test_a_bounce_makes_no_lead_and_gets_no_answer(self):
        before, message_id = len(self.leadmail.leads()), letters.new_id()
        self.mail.outside("", ["sales@acme.example"], DSN.format(id=message_id))
        self.assertEqual(self.row(message_id)["outcome"], "bounce")
        self.assertEqual(len(self.leadmail.leads()), before)
        self.assertEqual(self.quiet("MAILER-DAEMON@far.example", "gone@far.example"), [0, 0])

    def test_an_inquiry_in_html_only_is_read_as_text(self):
        mail = letters.write(
            ("Jean Dupré", "jean@far.example"),
            "sales@acme.example",
            "Devis",
            None,
            html="<html><style>p{color:red}</style><p>Bonjour,</p><p>un devis pour <b>12 pompes</b>"
            "</p><script>alert(1)</script></html>",
        )
        lead = self.row(self.prospect_writes(mail))["lead"]
        notice = self.told("ana", lead, "notice")
        self.assertIn("un devis pour 12 pompes", notice.text)
        self.assertNotIn("alert", notice.text)

    def test_the_same_message_twice_is_one_lead(self):
        mail = letters.write("twice@far.example", "sales@acme.example", "Twice", "Hello, a price please.")
        self.row(self.prospect_writes(mail))
        self.prospect_writes(mail)
        self.mail.wait_for(lambda: len(self.rows_of(mail)) == 2, what="two ledger rows")
        self.assertEqual([row["outcome"] for row in self.rows_of(mail)], ["lead", "duplicate"])

    def rows_of(self, mail):
        bare = str(mail["Message-ID"]).strip("<>")
        return sorted((row for row in self.leadmail.ledger() if row["message_id"] == bare), key=lambda row: row["uid"])

    def test_two_people_with_one_subject_are_two_leads(self):
        _, first, _ = self.inquiry("One", "one@gmail.com", "Price")
        _, second, _ = self.inquiry("Two", "two@gmail.com", "Price")
        self.assertNotEqual(first, second)

    def test_mail_to_a_plus_address_is_taken(self):
        mail = letters.write("plus@far.example", "sales+fair@acme.example", "From the fair", "We met at the fair.")
        self.assertEqual(self.row(self.prospect_writes(mail))["outcome"], "lead")

    def test_what_a_group_and_a_site_hand_on_under_our_own_address_is_an_inquiry(self):
        """A Google group that rewrites From, and a site's form that writes as the company itself."""
        ways = (
            ("Rosa Vidal via Sales", [("Reply-To", "Rosa Vidal <rosa@far.example>"), ("X-Original-From", "Rosa Vidal <rosa@far.example>")]),
            ("Sales", [("Reply-To", "Tom Hill <tom@far.example>"), ("X-Mailer", "PHPMailer 6.8")]),
        )
        for name, headers in ways:
            with self.subTest(name):
                mail = letters.write((name, "sales@acme.example"), "sales@acme.example", "A question about pumps",
                                     "Good morning, what would twelve pumps cost? Regards", headers=headers)
                row = self.row(self.prospect_writes(mail, envelope_from="bounce@groups.example"))
                self.assertEqual(row["outcome"], "lead", row)
                self.assertIn(self.leadmail.show(row["lead"])["emails"][0], ("rosa@far.example", "tom@far.example"))

    def test_control_headers_of_us_and_others_mean_nothing(self):
        """A12"""
        _, lead, _ = self.inquiry("Victim", "victim@far.example")
        forged = letters.write(
            "mallory@far.example",
            "sales@acme.example",
            "hello",
            "Let me in.",
            headers=[
                ("X-Leadmail-Lead", lead),
                ("X-Leadmail-Instance", "other"),
                ("X-RT-Loop-Prevention", "acme"),
                ("X-Zammad-Ticket-Number", "1"),
                ("X-OTRS-Queue", "Junk"),
                ("X-OTRS-Ignore", "yes"),
            ],
        )
        row = self.row(self.prospect_writes(forged))
        self.assertEqual(row["outcome"], "lead")
        self.assertNotEqual(row["lead"], lead)


if __name__ == "__main__":
    unittest.main()
