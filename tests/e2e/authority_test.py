"""Nobody who is not a rep makes the daemon act. Through a real Postfix, which writes what it found about each sender;
the names in brackets are the rows of hostile cases that a test stands for."""

import email.utils
import time
import unittest

import letters
from story import Story


class Authority(Story):
    def unchanged(self, lead, *addresses):
        """The lead has the status it was captured with, and nothing went to these addresses."""
        counts = self.quiet(*addresses)
        shown = self.leadmail.show(lead)
        self.assertEqual(
            (shown["status"], shown["owner"], shown["next_contact"], self.timeline(lead, "note")),
            ("lead", "ana", None, []),
        )
        self.assertEqual(counts, [0] * len(addresses))

    def forged(
        self,
        notice,
        text="#status interested\n\nGive her a discount of 90 %.",
        sender="ana@acme.example",
        headers=(),
        **how,
    ):
        return letters.answer(notice.message, sender, text, headers=headers, **how)

    def test_genuine_commands_are_obeyed(self):
        _, lead, notice = self.inquiry("Genuine", "genuine@far.example", "genuine")
        self.assertEqual(self.row(self.rep_answers("ana", notice, "#status interested"))["outcome"], "command")
        self.assertEqual(self.leadmail.show(lead)["status"], "interested")

    def test_a_from_without_a_finding_of_our_provider(self):
        """A01: and the rep is told, at the address of the config."""
        _, lead, notice = self.inquiry("A01", "a01@far.example", "a01")
        forged = self.forged(notice)
        row = self.row(self.prospect_writes(forged, found=None, envelope_from="x@far.example"))
        self.assertEqual(row["outcome"], "unverified", row)
        self.unchanged(lead, "a01@far.example", "x@far.example")
        # Of what may be a forger's at most once an hour, so perhaps for an earlier one of these forgeries.
        refusals = lambda: [mail for mail in self.mail.inbox("ana") if "no se hizo" in str(mail.message["Subject"])]
        told = lambda: [mail for mail in refusals() if "no confirma al remitente" in mail.text]
        self.assertEqual(len(self.mail.wait_for(told, 10)), 1)

    def test_a_finding_that_the_sender_wrote_himself(self):
        """A02: above is removed by the provider; below, inside a forwarded part or under another name it counts nothing."""
        for number, (found, headers) in enumerate(
            (
                (None, [("Authentication-Results", "mx.acme.example; auth=pass smtp.auth=ana@acme.example")]),
                (None, [("Authentication-Results", "MX.ACME.EXAMPLE; dmarc=pass header.from=acme.example")]),
                (
                    "dmarc=fail header.from=acme.example",
                    [("Authentication-Results", "mx.acme.example; dmarc=pass header.from=acme.example")],
                ),
                (None, [("Authentication-Results", "mx.far.example; dmarc=pass header.from=acme.example")]),
                (None, [("X-Authentication-Results", "mx.acme.example; dmarc=pass header.from=acme.example")]),
            )
        ):
            with self.subTest(headers):
                name = f"a02-{number}@far.example"
                _, lead, notice = self.inquiry("A02", name, f"a02 {number}")
                row = self.row(self.prospect_writes(self.forged(notice, headers=headers), found, "x@far.example"))
                self.assertEqual(row["outcome"], "unverified", row)
                self.unchanged(lead, name, "x@far.example")

    def test_a_finding_below_the_trusted_hop(self):
        """A02: what stands under the Received of a stranger's server was written by strangers."""
        _, lead, notice = self.inquiry("A02b", "a02b@far.example", "a02b")
        now = email.utils.formatdate()
        mail = self.forged(notice)
        # Put there by a delivery that our Postfix did not see, so that nobody removed it.
        trace = (
            f"Received: from mail.far.example by mx.acme.example with ESMTP; {now}\n"
            f"Received: from laptop by mail.far.example with ESMTP; {now}\n"
            "Authentication-Results: mx.acme.example; auth=pass smtp.auth=ana@acme.example\n"
        )
        self.mail.append("sales", "INBOX", trace.encode() + bytes(mail))
        self.assertEqual(self.row(str(mail["Message-ID"]))["outcome"], "unverified")
        self.unchanged(lead, "a02b@far.example")

    def test_a_pass_for_another_domain(self):
        """A03, A11: dmarc, dkim and auth only speak for the domain or user that they name."""
        for number, found in enumerate(
            (
                "dmarc=pass header.from=evil.example",
                "dkim=pass header.d=other.example header.i=@other.example",
                "auth=pass smtp.auth=luis@acme.example",
                "auth=pass smtp.auth=ana@evil.example",
                "spf=pass smtp.mailfrom=ana@acme.example",
                "dmarc=fail (dmarc=pass) header.from=acme.example",
                'dmarc=none reason="dmarc=pass header.from=acme.example"',
                "auth=none; dmarc=pass header.from=acme.example.evil.example",
            )
        ):
            with self.subTest(found):
                name = f"a03-{number}@far.example"
                _, lead, notice = self.inquiry("A03", name, f"a03 {number}")
                row = self.row(self.prospect_writes(self.forged(notice), found, "x@evil.example"))
                self.assertEqual(row["outcome"], "unverified", row)
                self.unchanged(lead, name, "x@evil.example")

    def test_a_pass_for_our_own_domain_is_believed(self):
        _, lead, notice = self.inquiry("Road", "road@far.example", "from the road")
        row = self.row(
            self.prospect_writes(self.forged(notice), "dmarc=pass header.from=acme.example", "ana@acme.example")
        )
        self.assertEqual(row["outcome"], "rep-answer", row)

    def test_the_token_of_another_rep(self):
        """A05: a token is worth nothing in anybody else's mail, be it an authenticated rep's."""
        _, lead, notice = self.inquiry("A05", "a05@far.example", "a05")
        stolen = letters.answer(notice.message, "luis@acme.example", "#status interested\n\nHello from Luis.")
        self.mail.submit("luis", stolen, [letters.recipient(stolen)])
        self.row(str(stolen["Message-ID"]))
        self.unchanged(lead, "a05@far.example")

    def test_the_token_of_a_rep_from_a_customer(self):
        """A05"""
        _, lead, notice = self.inquiry("A05c", "a05c@far.example", "a05c")
        stolen = letters.answer(notice.message, "a05c@far.example", "#status interested\n#note mine")
        self.row(self.prospect_writes(stolen))
        shown = self.leadmail.show(lead)
        self.assertNotEqual(shown["status"], "interested")
        self.assertEqual(self.timeline(lead, "note"), [])

    def test_only_from_says_who_wrote(self):
        """A07"""
        _, lead, notice = self.inquiry("A07", "a07@far.example", "a07")
        mail = letters.answer(
            notice.message,
            "a07@far.example",
            "#status interested",
            headers=[
                ("Reply-To", "ana@acme.example"),
                ("Sender", "ana@acme.example"),
                ("Resent-From", "ana@acme.example"),
            ],
        )
        row = self.row(self.prospect_writes(mail, "dmarc=pass header.from=far.example"))
        self.assertEqual(row["outcome"], "threaded", row)
        self.assertNotEqual(self.leadmail.show(lead)["status"], "interested")

    def test_two_authors_are_nobody(self):
        _, lead, notice = self.inquiry("Two", "two@far.example", "two")
        mail = bytes(self.forged(notice)).replace(
            b"From: ana@acme.example", b"From: ana@acme.example, x@far.example", 1
        )
        again = mail.replace(b"\nSubject:", b"\nFrom: x@far.example\nSubject:", 1).replace(b", x@far.example", b"", 1)
        for number, raw in enumerate((mail, again)):
            with self.subTest(number):
                message_id = letters.new_id()
                raw = self.with_id(raw, message_id)
                self.mail.outside(
                    "x@far.example", [self.reply_address(notice)], raw, "dmarc=pass header.from=acme.example"
                )
                row = self.row(message_id)
                self.assertEqual(row["outcome"], "unverified", "the rep's doubtful mail, not the prospect's answer")
                self.unchanged(lead, "two@far.example")

    @staticmethod
    def with_id(raw, message_id):
        lines = raw.split(b"\n")
        return b"\n".join(
            b"Message-ID: " + message_id.encode() if line.startswith(b"Message-ID:") else line for line in lines
        )

    @staticmethod
    def reply_address(notice):
        return letters.recipient(letters.answer(notice.message, "ana@acme.example", ""))

    def test_a_stranger_at_a_reply_address(self):
        """A08: learns nothing and changes nothing."""
        _, lead, notice = self.inquiry("A08", "a08@far.example", "a08")
        events = len(self.leadmail.show(lead)["timeline"])
        stranger = letters.write("stranger@else.example", self.reply_address(notice), "hello", "What is going on?")
        guess = letters.write(
            "stranger@else.example", "sales+AAAAAAAAAAAAAAAAAAAAAAAA@acme.example", "hello again", "Hm?"
        )
        for mail in (stranger, guess):
            row = self.row(self.prospect_writes(mail))
            self.assertIn(row["outcome"], ("lead", "threaded", "unverified"), row)
        self.assertEqual(self.quiet("stranger@else.example"), [0])
        shown = self.leadmail.show(lead)
        self.assertEqual((shown["status"], shown["emails"]), ("lead", ["a08@far.example"]))
        self.assertLessEqual(len(shown["timeline"]), events + 2)

    def test_a_command_is_obeyed_once(self):
        """A11: a replay, word for word, does nothing."""
        _, lead, notice = self.inquiry("A11", "a11@far.example", "a11")
        genuine = self.forged(notice, "#status interested\n\nOnly once.")
        self.mail.submit("ana", genuine, [letters.recipient(genuine)])
        self.row(str(genuine["Message-ID"]))
        self.mail.wait_for(lambda: self.mail.sink.to("a11@far.example"), what="the answer")
        self.leadmail.tool("do", lead, "#status open")
        received = next(mail for mail in self.mail.inbox("sales") if mail.message_id == genuine["Message-ID"])
        self.mail.append("sales", "INBOX", received.raw)
        self.mail.submit("ana", genuine, [letters.recipient(genuine)])
        bare = str(genuine["Message-ID"]).strip("<>")
        self.mail.wait_for(
            lambda: [row["message_id"] for row in self.leadmail.ledger()].count(bare) == 3, what="three rows"
        )
        self.assertEqual(self.quiet("a11@far.example"), [1])
        self.assertEqual(self.leadmail.show(lead)["status"], "open")

    def test_a_command_of_last_month_or_of_tomorrow(self):
        """A11"""
        _, lead, notice = self.inquiry("A11d", "a11d@far.example", "a11d")
        for seconds in (-8 * 86400, 2 * 3600):
            with self.subTest(seconds):
                mail = self.forged(notice)
                mail.replace_header("Date", email.utils.formatdate(time.time() + seconds))
                self.mail.submit("ana", mail, [letters.recipient(mail)])
                self.row(str(mail["Message-ID"]))
                self.unchanged(lead, "a11d@far.example")

    def test_commands_of_a_customer_that_a_rep_quotes(self):
        """A13: however it is quoted."""
        for number, how in enumerate(("below", "above", "outlook")):
            with self.subTest(how):
                name = f"a13-{number}@far.example"
                _, lead, notice = self.inquiry(
                    "A13", name, f"a13 {how}", "#status lost\n#note hacked\n\nHello, a price please."
                )
                self.assertFalse([line for line in notice.text.splitlines() if line.startswith("#status")])
                self.row(self.rep_answers("ana", notice, "Thank you, it is 10 EUR.", quote=how))
                self.settled()
                self.assertIn(self.leadmail.show(lead)["status"], ("lead", "replied"))
                self.assertEqual(self.timeline(lead, "note"), [])

    def test_commands_of_a_customer_in_html_that_a_rep_quotes(self):
        """A13"""
        _, lead, notice = self.inquiry("A13h", "a13h@far.example", "a13 html", "#status lost\n\nHello, a price please.")
        reply = letters.answer(notice.message, "ana@acme.example", "unused", quote="no")
        reply.set_content(
            "<div>Thank you, it is 10 EUR.</div><div class=gmail_quote><div>On Monday, A13h wrote:</div>"
            "<blockquote>#status lost<br>#note hacked</blockquote></div>",
            subtype="html",
        )
        self.mail.submit("ana", reply, [letters.recipient(reply)])
        self.row(str(reply["Message-ID"]))
        self.settled()
        self.assertIn(self.leadmail.show(lead)["status"], ("lead", "replied"))
        self.assertEqual(self.timeline(lead, "note"), [])

    def test_commands_below_text_are_text_for_nobody(self):
        _, lead, notice = self.inquiry("Below", "below@far.example", "below")
        self.row(self.rep_answers("ana", notice, "Dear Below,\n\n#status interested\n\nAna"))
        self.settled()
        self.assertNotEqual(self.leadmail.show(lead)["status"], "interested")


if __name__ == "__main__":
    unittest.main()
