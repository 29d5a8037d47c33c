"""Doubtful mail is held: nothing is done about it until an administrator says what it is, and then exactly once."""

import datetime
import sqlite3
import unittest

import letters
from story import Story

NEWSLETTER_LIKE = [("List-Unsubscribe", "<mailto:out@tool.example>")]


class Held(Story):
    settings = {"acknowledge": True}

    def doubtful(self, name, headers=NEWSLETTER_LIKE):
        """Somebody's first mail, sent through a sales tool. Returns its Message-ID, once it is held."""
        mail = letters.write(
            (name, f"{name}@far.example"),
            "sales@acme.example",
            f"Pumps for {name}",
            f"Hello,\n\nwhat do 20 pumps cost? See http://far.example/{name}\n#status won\n\n{name}",
            headers=headers,
        )
        row = self.row(self.prospect_writes(mail))
        self.assertEqual((row["outcome"], row["lead"]), ("held", None), row)
        return str(mail["Message-ID"])

    def number(self, message_id):
        bare = message_id.strip("<>")
        return next(row["id"] for row in self.leadmail.tool("held") if row["message_id"] == bare)

    def outcome(self, message_id, wanted):
        def look():
            row = self.leadmail.row(message_id)
            return row if row["outcome"] == wanted else None

        return self.mail.wait_for(look, what=f"{wanted} of {message_id}")

    def a_day_later(self, days=1):
        """The daemon as it is tomorrow at half past nine, company time."""
        self.leadmail.stop()
        when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
        now = when.replace(hour=15, minute=30, second=0, microsecond=0)
        self.leadmail.once(now=now.isoformat(timespec="seconds"))
        self.leadmail.start()

    def lists(self):
        return [mail for mail in self.mail.inbox("it") if mail.message_id.strip("<>") in self.list_ids()]

    def list_ids(self):
        return {entry["message_id"] for entry in self.leadmail.tool("outbox", "list") if entry["kind"] == "held"}

    def answer(self, notice, text, **how):
        reply = letters.answer(notice.message, "it@acme.example", text, **how)
        self.mail.submit("it", reply, [letters.recipient(reply)])
        return self.row(str(reply["Message-ID"]))

    def test_a_day_of_the_holding_list(self):
        first, second = self.doubtful("bianca"), self.doubtful("carlos", [("X-Spam-Flag", "YES")])
        third, fourth = self.doubtful("dora"), self.doubtful("emil")
        self.assertEqual(self.leadmail.one("status")["held"], 4)
        self.assertEqual(self.leadmail.leads(), [])
        self.assertEqual(self.quiet("bianca@far.example", "carlos@far.example"), [0, 0])

        self.a_day_later()
        (notice,) = self.mail.wait_for(self.lists, what="the holding list")
        text = notice.message.get_body(("plain",)).get_content()
        self.assertIn("bianca@far.example", text)
        self.assertNotIn("http://far.example", text)
        self.assertFalse([line for line in text.splitlines() if line.startswith("#")], text)
        self.a_day_later()
        self.settled()
        self.assertEqual(len(self.lists()), 1, "twice in a day")

        numbers = [self.number(message_id) for message_id in (first, second, third, fourth)]
        row = self.answer(notice, f"#accept {numbers[0]}-{numbers[1]}\n#block {numbers[2]}\n\nRegards")
        self.assertEqual(row["outcome"], "command", row)
        leads = [self.outcome(message_id, "lead")["lead"] for message_id in (first, second)]
        self.assertEqual(len(set(leads)), 2)
        self.assertEqual(self.outcome(third, "ignored")["lead"], None)
        self.told("ana", leads[0], "notice")
        shown = self.leadmail.show(leads[0])
        self.assertEqual((shown["status"], shown["emails"]), ("lead", ["bianca@far.example"]))
        self.assertEqual(len(self.leadmail.tool("held")), 1)
        self.assertEqual(self.quiet("bianca@far.example", "carlos@far.example"), [0, 0], "held mail is not acknowledged")

        # The same mail once more changes nothing; her next mail belongs to her lead, and the blocked one is ignored.
        self.assertEqual(self.answer(notice, f"#accept {numbers[0]}")["outcome"], "command")
        mail = letters.write("bianca@far.example", "sales@acme.example", "Pumps again", "And the freight?")
        self.assertEqual(self.row(self.prospect_writes(mail))["lead"], leads[0])
        mail = letters.write("dora@far.example", "sales@acme.example", "Hello", "Me again.")
        self.assertEqual(self.row(self.prospect_writes(mail))["outcome"], "ignored")
        self.assertEqual(len(self.leadmail.leads()), 2)

        # The tool does the same, and accepting takes a block back.
        (done,) = self.leadmail.tool("held", "accept", numbers[2])
        self.assertEqual(done["outcome"], "lead", done)
        self.leadmail.tool("held", "accept", numbers[2], expected=1)
        (done,) = self.leadmail.tool("held", "block", numbers[3])
        self.assertEqual(done["outcome"], "ignored", done)
        self.assertEqual(self.leadmail.tool("held"), [])
        self.a_day_later(2)
        self.settled()
        self.assertEqual(len(self.lists()), 1, "nothing is held, so nothing is asked")

    def test_a_forged_verdict(self):
        """A01: what shows the administrator's address decides nothing without our provider's word."""
        number = self.number(self.doubtful("gerd"))
        forged = letters.write("it@acme.example", "sales@acme.example", "Re: held", f"#accept {number}")
        for found in (None, "auth=pass smtp.auth=luis@acme.example", "spf=pass smtp.mailfrom=it@acme.example"):
            with self.subTest(found):
                del forged["Message-ID"]
                forged["Message-ID"] = letters.new_id()
                row = self.row(self.prospect_writes(forged, found, "x@far.example"))
                self.assertEqual(row["outcome"], "unverified", row)
        self.assertIn(number, [row["id"] for row in self.leadmail.tool("held")])
        self.assertFalse([lead for lead in self.leadmail.leads() if "gerd@far.example" in lead["emails"]])

    def test_an_acceptance_that_was_cut_off_is_carried_out_after_the_restart(self):
        message_id = self.doubtful("hugo")
        number = self.number(message_id)
        self.leadmail.stop()
        # As a crash between the verdict and the second reading leaves it.
        with sqlite3.connect(self.leadmail.folder / "leadmail.db") as book:
            book.execute("UPDATE held SET state = 'accepting' WHERE number = ?", (number,))
        book.close()
        self.leadmail.start()
        lead = self.outcome(message_id, "lead")["lead"]
        self.leadmail.stop()
        self.leadmail.start()
        self.settled()
        owners = [row for row in self.leadmail.ledger() if row["lead"] == lead]
        self.assertEqual(len(owners), 1)
        self.assertEqual(len(self.sent(lead, "notice")), 1)


if __name__ == "__main__":
    unittest.main()
