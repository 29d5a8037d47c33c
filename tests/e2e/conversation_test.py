"""From the inquiry to the reminder: everything a rep does is done by mail."""

import datetime
import email
import email.policy
import unittest

import letters
from story import Story


class Conversation(Story):
    def test_a_reps_reply_reaches_the_prospect_as_one_conversation(self):
        mail, lead, notice = self.inquiry("Pedro Páramo", "pedro@far.example", "Cotización")
        row = self.row(
            self.rep_answers("ana", notice, "#status interested\n\nBuenos días Pedro:\n\nson 400 pesos cada una.\nAna")
        )
        self.assertEqual((row["outcome"], row["lead"]), ("rep-answer", lead), row)
        got = self.mail.wait_for(lambda: self.mail.sink.to("pedro@far.example"), what="the answer")[0]
        self.assertIn("son 400 pesos cada una.", got.text)
        for inside in ("#status", "interested", "ana@acme.example", "L-"):
            self.assertNotIn(inside, got.text)
        sender = email.utils.parseaddr(str(got.message["From"]))
        self.assertEqual(
            (sender[1].partition("+")[0].partition("@")[0], got.message["To"].addresses[0].addr_spec),
            ("sales", "pedro@far.example"),
        )
        self.assertEqual(got.message["In-Reply-To"], mail["Message-ID"])
        self.assertIn(str(mail["Message-ID"]), str(got.message["References"]))
        self.assertNotIn("Received: from laptop", got.raw.decode("utf-8", "replace"))
        shown = self.leadmail.show(lead)
        self.assertEqual((shown["status"], shown["owed"]), ("interested", False))

    def test_a_reply_without_commands_is_the_reps_answer(self):
        _, lead, notice = self.inquiry("Ulla", "ulla@far.example", "Anfrage")
        row = self.row(self.rep_answers("ana", notice, "Guten Tag Ulla, gerne.\n\nAna"))
        self.assertEqual((row["outcome"], row["lead"]), ("rep-answer", lead), row)
        self.mail.wait_for(lambda: self.mail.sink.to("ulla@far.example"), what="the answer")
        self.assertEqual(self.leadmail.show(lead)["status"], "replied")

    def test_who_signs_and_writes_nothing_sends_nothing_and_is_told(self):
        _, lead, notice = self.inquiry("Selma", "selma@far.example", "Rohre")
        row = self.row(self.rep_answers("ana", notice, "Ana López\nAcme"))
        self.assertEqual(row["outcome"], "ignored", row)
        self.assertEqual(self.quiet("selma@far.example"), [0])
        self.assertTrue(self.leadmail.show(lead)["owed"])

    def test_the_prospects_answer_is_threaded_and_its_owner_gets_a_copy(self):
        _, lead, notice = self.inquiry("Rosa", "rosa@far.example", "Tubos")
        self.row(self.rep_answers("ana", notice, "¿De qué diámetro?\n\nAna"))
        question = self.mail.wait_for(lambda: self.mail.sink.to("rosa@far.example"), what="the question")[0]
        reply = letters.answer(question.message, ("Rosa", "rosa@far.example"), "De 40 mm, por favor.")
        row = self.row(self.prospect_writes(reply))
        self.assertEqual((row["outcome"], row["lead"]), ("threaded", lead), row)
        self.assertIn("De 40 mm, por favor.", self.told("ana", lead, "copy").text)
        shown = self.leadmail.show(lead)
        self.assertEqual((shown["status"], shown["owed"]), ("open", True))
        # The copy may be answered like the notice, for as long as the conversation lasts.
        self.row(self.rep_answers("ana", self.told("ana", lead, "copy"), "Son 90 pesos el metro.\n\nAna"))
        self.mail.wait_for(lambda: len(self.mail.sink.to("rosa@far.example")) == 2, what="the second answer")

    def test_our_words_below_an_answer_are_not_the_prospects_though_no_client_marked_them(self):
        ours = "the pump is 400 euros.\n\nYou do not want to hear from us any more?\nPlease stop emailing me.\n\nAna"
        for name, own, taken_for_a_wish in (
            ("Vera", "Then we order three of them.", False),
            ("Willem", "Please stop emailing me.\n\nThen we order none.", True),
        ):
            with self.subTest(own):
                address = f"{name.lower()}@far.example"
                _, lead, notice = self.inquiry(name, address, f"Pumps for {name}")
                self.row(self.rep_answers("ana", notice, f"Dear {name},\n\n{ours}"))
                offer = self.mail.wait_for(lambda to=address: self.mail.sink.to(to), what="the offer")[0]
                below = offer.message.get_body(("plain",)).get_content()
                reply = letters.answer(offer.message, (name, address), f"{own}\n\n{below}", quote="not")
                row = self.row(self.prospect_writes(reply))
                self.assertEqual((row["outcome"], row["lead"]), ("threaded", lead), row)
                copy = self.told("ana", lead, "copy").text
                self.assertIn(own.splitlines()[0], copy)
                self.assertEqual("#dnc" in copy, taken_for_a_wish, copy)

    def test_a_colleague_of_the_prospect_is_threaded_by_references(self):
        mail, lead, _ = self.inquiry("Tom", "tom@corp.example", "Pumps")
        colleague = letters.answer(
            mail, ("Ann", "ann@corp.example"), "Ann here, adding the drawings.", to="sales@acme.example"
        )
        row = self.row(self.prospect_writes(colleague))
        self.assertEqual((row["outcome"], row["lead"]), ("threaded", lead), row)

    def test_next_sends_an_invitation_and_the_reminder_comes_when_it_is_due(self):
        _, lead, notice = self.inquiry("Nadia", "nadia@far.example", "Precios")
        self.row(self.rep_answers("ana", notice, "#next tomorrow 10:00 llamar por el descuento\n"))
        due = datetime.datetime.fromisoformat(self.leadmail.show(lead)["next_contact"]["at"])
        self.assertEqual(self.leadmail.show(lead)["next_contact"]["by"], "ana")
        self.assertEqual(self.leadmail.show(lead)["next_contact"]["note"], "llamar por el descuento")
        calendar = self.calendar(self.told("ana", lead, "invitation"))
        for line in ("METHOD:REQUEST", "SEQUENCE:0", "llamar por el descuento"):
            self.assertIn(line, calendar)
        self.assertEqual(self.quiet("nadia@far.example"), [0])  # a command is no answer

        self.leadmail.stop()
        try:
            early, late = due - datetime.timedelta(minutes=1), due + datetime.timedelta(minutes=1)
            self.leadmail.once(now=early.isoformat())
            self.assertEqual(self.sent(lead, "reminder"), {})
            self.leadmail.once(now=late.isoformat())
            self.leadmail.once(now=late.isoformat())
        finally:
            self.leadmail.start()
        reminder = self.told("ana", lead, "reminder")
        self.assertIn("Nadia", reminder.text)
        self.assertEqual(len(self.sent(lead, "reminder")), 1)
        self.assertEqual(self.leadmail.show(lead)["status"], "open")

    def test_an_invitation_that_moves_keeps_its_uid(self):
        _, lead, notice = self.inquiry("Kim", "kim@far.example", "Kim asks")
        self.row(self.rep_answers("ana", notice, "#next tomorrow 10:00"))
        first = self.calendar(self.told("ana", lead, "invitation"))
        self.row(self.rep_answers("ana", notice, "#next tomorrow 16:00"))
        second = self.calendar(self.told("ana", lead, "invitation", 2))
        self.assertEqual(self.field(first, "UID"), self.field(second, "UID"))
        self.assertGreater(int(self.field(second, "SEQUENCE")), int(self.field(first, "SEQUENCE")))

    def test_a_lead_that_is_given_away_is_told_to_its_new_owner(self):
        _, lead, notice = self.inquiry("Lea", "lea@far.example", "Lea asks")
        self.row(self.rep_answers("ana", notice, "#assign luis\n#note a friend of his"))
        self.assertEqual(self.leadmail.show(lead)["owner"], "luis")
        self.told("luis", lead, "notice")
        result = self.told("ana", lead, "result")
        self.assertIn("Ana López → Luis Ortega", result.text)

    def test_an_unknown_command_changes_nothing_and_says_what_was_meant(self):
        _, lead, notice = self.inquiry("Max", "max@far.example", "Max asks")
        self.row(self.rep_answers("ana", notice, "#statsu interested\n#note hello\n\nText for Max."))
        self.assertIn("#status", self.told("ana", lead, "result").text)
        self.assertEqual(self.leadmail.show(lead)["status"], "lead")
        self.assertEqual(self.timeline(lead, "note"), [])
        self.assertEqual(self.quiet("max@far.example"), [0])

    def test_a_list_of_what_nobody_knows_is_asked_about_and_nothing_is_done(self):
        _, lead, notice = self.inquiry("Lena", "lena@far.example", "Pumps")
        row = self.row(self.rep_answers("ana", notice, "#status interested\n#list purple\n"))
        self.assertEqual((row["outcome"], row["lead"]), ("command", lead), row)
        self.assertIn("purple", self.told("ana", lead, "result").text)
        self.assertEqual(self.leadmail.show(lead)["status"], "lead")

    def test_the_tool_speaks_the_same_language(self):
        _, lead, _ = self.inquiry("Zoe", "zoe@far.example", "Zoe asks")
        self.leadmail.tool("do", lead, "#status interested", "--as", "ana")
        self.assertEqual(self.leadmail.show(lead)["status"], "interested")
        self.assertIn(lead, [found["lead"] for found in self.leadmail.tool("find", "zoe")])

    @staticmethod
    def calendar(mail):
        (part,) = [part for part in mail.message.walk() if part.get_content_type() == "text/calendar"][:1]
        return part.get_content().replace("\r\n", "\n").replace("\n ", "")

    @staticmethod
    def field(calendar, name):
        return next(line.partition(":")[2] for line in calendar.splitlines() if line.partition(":")[0] == name)


if __name__ == "__main__":
    unittest.main()
