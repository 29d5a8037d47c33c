"""What becomes of a mail when the server that should take it does not, or nobody knows. The exchange stands in for Postfix,
because faults between leadmaild and its server are the point."""

import datetime
import unittest

import accounting
import letters
from story import Story


class Sending(Story):
    settings = {"acknowledge": True}
    postfix = False

    def states(self, lead, kind):
        return [recipient["state"] for entry in self.sent(lead, kind).values() for recipient in entry["recipients"]]

    def state_becomes(self, lead, kind, state):
        self.mail.wait_for(lambda: self.states(lead, kind) == [state], what=f"{kind} of {lead} {state}")

    def after(self, **time):
        """leadmaild is stopped, does once what is due that much later, and goes on."""
        self.leadmail.stop()
        try:
            later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**time)
            self.leadmail.once(now=later.isoformat(timespec="seconds"))
        finally:
            self.leadmail.start()

    def inquire(self, name):
        mail = letters.write(
            (name, f"{name.lower()}@{name.lower()}.example"), "sales@acme.example", f"{name} asks", "Hello."
        )
        return self.row(self.prospect_writes(mail))["lead"], f"{name.lower()}@{name.lower()}.example"

    def copies(self, user, lead, kind):
        ids = self.sent(lead, kind)
        return [mail for mail in self.mail.inbox(user) if mail.message_id.strip("<>") in ids]

    def test_a_server_that_is_busy_is_tried_again_later(self):
        self.mail.exchange.fault("ana@acme.example", "rcpt", "451 4.3.0 try again later")
        lead, _ = self.inquire("Busy")
        self.state_becomes(lead, "notice", "deferred")
        self.after(hours=1)
        self.state_becomes(lead, "notice", "delivered")
        self.assertEqual(len(self.copies("ana", lead, "notice")), 1)

    def test_an_address_that_is_dead_is_told_to_the_owner(self):
        self.mail.exchange.fault("dead@dead.example", "rcpt", "550 5.1.1 no such user")
        lead, _ = self.inquire("Dead")
        self.state_becomes(lead, "ack", "failed")
        self.told("ana", lead, "bounced")

    def test_an_acknowledgement_whose_reply_was_cut_off_is_not_repeated(self):
        """C02"""
        self.mail.exchange.fault("cut@cut.example", "drop-before-reply")
        lead, address = self.inquire("Cut")
        self.state_becomes(lead, "ack", "unknown")
        self.after(minutes=20)
        self.assertEqual(len(self.mail.sink.to(address)), 1)

    def test_a_notice_whose_reply_was_cut_off_is_sent_once_more_with_the_same_bytes(self):
        """C02"""
        self.mail.exchange.fault("ana@acme.example", "drop-before-reply")
        lead, _ = self.inquire("Twice")
        self.state_becomes(lead, "notice", "unknown")
        self.assertEqual(len(self.mail.wait_for(lambda: self.copies("ana", lead, "notice"))), 1)
        self.after(minutes=20)
        self.after(minutes=60)
        copies = self.copies("ana", lead, "notice")
        self.assertEqual(len(copies), 2)
        self.assertEqual(*(accounting.bytes_of_author(copy.raw) for copy in copies))

    def test_a_notice_that_was_lost_with_its_reply_arrives_later(self):
        self.mail.exchange.fault("ana@acme.example", "lose")
        lead, _ = self.inquire("Lost")
        self.state_becomes(lead, "notice", "unknown")
        self.after(minutes=20)
        self.state_becomes(lead, "notice", "delivered")
        self.assertEqual(len(self.copies("ana", lead, "notice")), 1)

    def test_a_rep_is_asked_about_an_answer_whose_fate_nobody_knows(self):
        lead, address = self.inquire("Asked")
        notice = self.told("ana", lead, "notice")
        self.mail.wait_for(lambda: self.mail.sink.to(address), what="the acknowledgement")
        self.mail.exchange.fault(address, "lose")
        self.row(self.rep_answers("ana", notice, "It is 10 EUR."))
        self.state_becomes(lead, "answer", "unknown")
        before = len(self.mail.inbox("ana"))
        self.after(minutes=20)
        question = self.mail.wait_for(lambda: self.mail.inbox("ana")[before:], what="a question to Ana")[-1]
        self.assertIn("¿Llegó su respuesta?", str(question.message["Subject"]))
        self.assertIn("It is 10 EUR.", question.text)
        self.assertEqual(len(self.mail.sink.to(address)), 1)

        # She is not sure, and says it again: that goes out.
        self.row(self.rep_answers("ana", question, "Once more: 10 EUR."))
        self.mail.wait_for(lambda: len(self.mail.sink.to(address)) == 2, what="the answer that she sent again")
        self.assertIn("Once more: 10 EUR.", self.mail.sink.to(address)[1].text)
        self.assertNotIn("¿Llegó", self.mail.sink.to(address)[1].text)

    def test_an_answer_that_was_cut_off_but_came_back_as_our_own_copy_was_delivered(self):
        lead, address = self.inquire("Copied")
        notice = self.told("ana", lead, "notice")
        self.mail.exchange.fault(address, "drop-before-reply")
        self.row(self.rep_answers("ana", notice, "It is 20 EUR."))
        self.state_becomes(lead, "answer", "unknown")
        got = [mail for mail in self.mail.sink.to(address) if "20 EUR" in mail.text][0]
        self.mail.append("sales", "Sent", got.raw)  # the provider keeps what it has taken
        self.row(got.message_id)
        before = len(self.mail.inbox("ana"))
        self.after(minutes=1)
        self.state_becomes(lead, "answer", "delivered")
        self.assertEqual(len(self.mail.inbox("ana")), before, "nobody has to be asked")

    def test_a_mail_that_is_unknown_for_good_can_be_sent_by_the_administrator(self):
        self.mail.exchange.fault("settled@settled.example", "lose")
        lead, address = self.inquire("Settled")
        self.state_becomes(lead, "ack", "unknown")
        self.after(minutes=20)
        self.state_becomes(lead, "ack", "unknown")
        self.assertEqual(self.mail.sink.to(address), [])
        (entry,) = self.sent(lead, "ack").values()
        self.leadmail.tool("outbox", "retry", entry["id"])
        self.state_becomes(lead, "ack", "delivered")
        self.assertEqual(len(self.mail.sink.to(address)), 1)


if __name__ == "__main__":
    unittest.main()
