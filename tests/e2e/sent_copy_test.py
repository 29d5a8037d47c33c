"""A copy of an answer in the Sent folder: one, whoever puts it there; and a server that calls our mail by another name."""

import datetime
import unittest

import letters
from story import Story


class SentCopy(Story):
    settings = {"sent_copy": "auto"}
    postfix = False

    def after(self, **time):
        self.leadmail.stop()
        try:
            later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**time)
            self.leadmail.once(now=later.isoformat(timespec="seconds"))
        finally:
            self.leadmail.start()

    def answered(self, name):
        """Ana answers an inquiry. Returns the lead, the inquiry, and what the prospect got."""
        address = f"{name.lower()}@{name.lower()}.example"
        mail, lead, notice = self.inquiry(name=name, address=address)
        self.row(self.rep_answers("ana", notice, f"#note hush\n\nDear {name}, it is 10 EUR.\n\nAna"))
        got = self.mail.wait_for(lambda: self.mail.sink.to(address), what="the answer")
        self.settled()
        return lead, mail, got[0]

    def copies(self, text):
        return [mail for mail in self.mail.inbox("sales", "Sent") if text in mail.text]

    def test_a_server_that_keeps_nothing_gets_one_copy(self):
        _, _, got = self.answered("Uno")
        self.assertEqual(self.copies("Dear Uno"), [])
        for minutes in (2, 4, 8):
            self.after(minutes=minutes)
        (copy,) = self.copies("Dear Uno")
        self.assertEqual(copy.message_id, got.message_id)
        self.assertEqual(self.row(copy.message_id)["outcome"], "own")

    def test_a_server_that_keeps_what_it_sends_gets_no_second_copy(self):
        _, _, got = self.answered("Dos")
        self.mail.append("sales", "Sent", got.raw)
        for minutes in (2, 4):
            self.after(minutes=minutes)
        self.assertEqual(len(self.copies("Dear Dos")), 1)

    def test_a_copy_under_another_message_id_is_known_and_its_answers_find_the_lead(self):
        lead, _, got = self.answered("Tres")
        theirs = "<AM0PR01.renamed@prod.outlook.example>"
        renamed = got.raw.replace(got.message_id.encode(), theirs.encode(), 1)
        self.mail.append("sales", "Sent", renamed)
        row = self.row(theirs)
        self.assertEqual(row["outcome"], "own", row)
        self.after(minutes=2)
        self.assertEqual(len(self.copies("Dear Tres")), 1)
        reply = letters.write(
            ("Somebody", "assistant@elsewhere.example"),
            "sales@acme.example",
            "the offer",
            "Yes, please.",
            headers=[("In-Reply-To", theirs)],
        )
        row = self.row(self.prospect_writes(reply))
        self.assertEqual((row["outcome"], row["lead"]), ("threaded", lead), row)

    def test_what_somebody_writes_with_the_shared_login_and_itself_in_copy_is_an_answer_once(self):
        mail, lead, _ = self.inquiry(name="Cinco", address="cinco@cinco.example")
        answer = letters.answer(mail, ("Acme", "sales@acme.example"), "It is 10 EUR.", to="cinco@cinco.example")
        answer["Cc"] = "sales@acme.example"
        self.mail.append("sales", "INBOX", answer)
        self.assertEqual(self.row(str(answer["Message-ID"]))["outcome"], "own")
        for number in (2, 3):
            self.mail.append("sales", "Sent", answer)
            self.mail.wait_for(lambda: self.outcomes_of(answer, number), what=f"{number} sightings")
        self.assertEqual(self.outcomes_of(answer, 3), ["duplicate", "own", "rep-answer"])
        self.assertEqual(self.leadmail.show(lead)["status"], "replied")

    def outcomes_of(self, mail, count):
        bare = str(mail["Message-ID"]).strip("<>")
        found = sorted(row["outcome"] for row in self.leadmail.ledger() if row["message_id"] == bare)
        return found if len(found) == count else None

    def test_a_mail_from_outside_with_our_mark_and_another_name_is_no_mail_of_ours(self):
        _, _, got = self.answered("Cuatro")
        forged = letters.write(
            ("Mallory", "mallory@evil.example"),
            "sales@acme.example",
            "hello",
            "This is an inquiry of mine.",
            headers=[("X-Leadmail-Instance", str(got.message["X-Leadmail-Instance"]))],
        )
        self.assertEqual(self.row(self.prospect_writes(forged))["outcome"], "lead")


if __name__ == "__main__":
    unittest.main()
