"""Robots that answer robots: two installations that acknowledge each other, with a vacation responder on both sides."""

import os
import pathlib
import tempfile
import threading
import time
import unittest

import letters
from mailsystem import MailSystem, _Box
from product import ALL_TO_ANA, Leadmail
from story import Story

FORGED = int(os.environ.get("LEADMAIL_FORGED", "200"))


class Responder(threading.Thread):
    """Answers every mail that comes into a mailbox, up to `most` to one address, and says nowhere that it is a robot: no
    Auto-Submitted, no References, a subject of its own."""

    def __init__(self, mail, user, most=4):
        super().__init__(daemon=True)
        self.mail, self.user, self.most = mail, user, most
        self.over, self.answered, self.counts = threading.Event(), set(), {}

    def run(self):
        box = _Box(self.mail.imap(self.user), "INBOX")  # of its own: a connection belongs to one thread
        while not self.over.wait(0.1):
            for mail in box.read():
                sender = letters.email.utils.parseaddr(str(mail.message["From"]))[1]
                if mail.message_id in self.answered or sender == self.mail.address(self.user):
                    continue
                self.answered.add(mail.message_id)
                self.counts[sender] = self.counts.get(sender, 0) + 1
                if self.counts[sender] > self.most:
                    continue
                number = sum(self.counts.values())
                answer = letters.write(
                    (self.user.title(), self.mail.address(self.user)),
                    sender,
                    f"Gracias por su mensaje {number}",
                    "Estamos de feria hasta el lunes y leeremos su mensaje a la vuelta.",
                )
                self.mail.submit(self.user, answer, [sender])
        box.close()


# RFC 5230: the responder of real mail servers. `:seconds 0` answers everybody each time, as a careless one does.
VACATION = """require ["vacation", "vacation-seconds"];
keep;
vacation :seconds 0 :addresses ["{address}"] :subject "Estamos de feria" "Leeremos su mensaje el lunes.";
"""


class Twins(unittest.TestCase):
    USERS = ("sales", "ventas", "ana", "luis", "it")

    def start(self, **how):
        mail = MailSystem(users=self.USERS, **how).start()
        self.addCleanup(mail.stop)
        twins = []
        for user in ("sales", "ventas"):
            twin = Leadmail(mail, name=user, user=user, acknowledge=True, assign=ALL_TO_ANA)
            twin.start()
            self.addCleanup(twin.stop)
            twins.append(twin)
        return mail, twins

    def until_nothing_more_comes(self, mail, twins):
        still, seen = 0, -1
        while still < 40:  # two seconds
            now = sum(len(mail.inbox(user)) for user in ("sales", "ventas", "ana"))
            lag = sum(twin.lag() or 0 for twin in twins)
            still, seen = (still + 1, seen) if now == seen and lag == 0 and mail.idle() else (0, now)
            time.sleep(0.05)

    def automatic(self, mail):
        return [
            one
            for user in ("sales", "ventas")
            for one in mail.inbox(user)
            if one.message["X-Leadmail-Instance"] and one.message["Auto-Submitted"]
        ]

    def one_acknowledgement_at_most(self, twins):
        for twin in twins:
            acks = [entry for entry in twin.tool("outbox", "list") if entry["kind"] == "ack"]
            self.assertLessEqual(len(acks), 1, acks)

    def test_two_installations_with_the_vacation_of_their_mail_servers_stop_after_two_automatic_mails(self):
        """L02: a Sieve responder in each mailbox, without its own memory of whom it has answered."""
        mail, twins = self.start(
            sieve={user: VACATION.format(address=f"{user}@acme.example") for user in ("sales", "ventas")}
        )
        first = letters.write(("Sales", "sales@acme.example"), "ventas@acme.example", "Pumps", "What do pumps cost?")
        mail.submit("sales", first, ["ventas@acme.example"])
        person = letters.write(("María", "maria@acme.example"), "sales@acme.example", "Bombas", "¿Qué cuestan?")
        mail.outside("ventas@acme.example", ["sales@acme.example"], person)
        self.until_nothing_more_comes(mail, twins)
        away = [
            one
            for user in ("sales", "ventas")
            for one in mail.inbox(user)
            if "Estamos de feria" in str(one.message["Subject"])
        ]
        self.assertGreaterEqual(len(away), 1, "a responder did answer")
        self.assertLessEqual(len(self.automatic(mail)), 2)
        self.one_acknowledgement_at_most(twins)
        for twin in twins:
            for row in twin.tool("ledger"):
                if row["message_id"] in {one.message_id for one in away}:
                    self.assertEqual(row["outcome"], "automatic", row)

    def test_two_installations_with_vacation_responders_stop_after_two_automatic_mails(self):
        """L02: responders that say nowhere that they are robots"""
        mail, twins = self.start()
        responders = [Responder(mail, user) for user in ("sales", "ventas")]
        for responder in responders:
            responder.start()
        first = letters.write(("Sales", "sales@acme.example"), "ventas@acme.example", "Pumps", "What do pumps cost?")
        mail.submit("sales", first, ["ventas@acme.example"])

        self.until_nothing_more_comes(mail, twins)
        for responder in responders:
            responder.over.set()
            responder.join()

        automatic = self.automatic(mail)
        talk = {user: len(mail.inbox(user)) for user in ("sales", "ventas")}
        print(f"mails that came: {talk}, of them automatic ones of ours: {len(automatic)}")
        self.assertGreaterEqual(sum(responder.counts.get(f"{other}@acme.example", 0) for responder, other in
                                    zip(responders, ("ventas", "sales"))), 4, "the responders did talk")
        self.assertLessEqual(len(automatic), 2)
        self.one_acknowledgement_at_most(twins)


class Loops(Story):
    settings = {"acknowledge": True}
    postfix = False

    def test_what_a_responder_says_to_our_acknowledgement_is_recorded_and_no_more(self):
        """L01"""
        for number, headers in enumerate(
            (
                [("Auto-Submitted", "auto-replied")],
                [("X-Auto-Response-Suppress", "All"), ("Auto-Submitted", "auto-generated")],
                [("Precedence", "bulk"), ("X-Autoreply", "yes")],
                [("Precedence", "auto_reply")],
                [("X-Autorespond", "yes")],
            )
        ):
            with self.subTest(headers):
                address = f"vacation{number}@vacation{number}.example"
                mail, lead, notice = self.inquiry(name=f"Vacation {number}", address=address)
                ack = self.mail.wait_for(lambda: self.mail.sink.to(address), what="the acknowledgement")[0]
                self.row(self.rep_answers("ana", notice, "It is 10 EUR."))
                self.mail.wait_for(lambda: self.leadmail.show(lead)["status"] == "replied", what="an answered lead")
                answer = letters.answer(ack.message, address, "I am away.", subject="Away", headers=headers,
                                        to="sales@acme.example")
                row = self.row(self.prospect_writes(answer))
                self.assertEqual((row["outcome"], row["lead"]), ("automatic", lead), row)
                self.settled()
                self.assertEqual(self.leadmail.show(lead)["status"], "replied")
                self.assertEqual([one.message_id for one in self.mail.sink.to(address) if "Auto-Submitted" in one.message],
                                 [ack.message_id])

    def test_our_own_mail_coming_back_is_known_and_not_answered(self):
        """L04"""
        from_us = letters.write(("Acme", "sales@acme.example"), "sales@acme.example", "Loop", "Hello?")
        self.assertEqual(self.row(self.prospect_writes(from_us, envelope_from="x@far.example"))["outcome"], "own")
        mail, lead, notice = self.inquiry(name="Echo", address="echo@echo.example")
        ack = self.mail.wait_for(lambda: self.mail.sink.to("echo@echo.example"), what="the acknowledgement")[0]
        self.mail.outside("echo@echo.example", ["sales@acme.example"], ack.raw)
        self.assertEqual(self.row(ack.message_id)["outcome"], "own")
        hops = [("Received", f"from a{n} by b{n}; Thu, 3 Dec 2026 10:00:00 +0000") for n in range(60)]
        far = letters.write(("Far", "far@around.example"), "sales@acme.example", "Round", "Hello?", headers=hops)
        self.row(self.prospect_writes(far))
        self.settled()
        self.assertEqual(self.mail.sink.to("far@around.example"), [])

    def test_an_acknowledgement_holds_nothing_of_what_the_sender_wrote(self):
        """L06"""
        links = "http://spam.example/buy"
        mail = letters.write(
            (f"Win {links}", "victim@victim.example"), "sales@acme.example", f"CHEAP {links}", f"Click {links} now", html=f"<a href='{links}'>spam</a>"
        )
        self.row(self.prospect_writes(mail))
        ack = self.mail.wait_for(lambda: self.mail.sink.to("victim@victim.example"), what="the acknowledgement")[0]
        for trace in (b"spam", b"CHEAP", b"Click", b"Win http"):
            self.assertNotIn(trace, ack.raw)


class Forged(Story):
    settings = {"acknowledge": True, "limits": "acknowledgements_a_day = 30\nstorm_mails = 20"}
    postfix = False

    def ingest(self, senders):
        """Forged inquiries as fast as they can be handed over, with the envelope of nobody in particular."""
        with tempfile.TemporaryDirectory() as folder:
            for number, sender in enumerate(senders):
                mail = letters.write(("Victim", sender), "sales@acme.example", f"Offer {number} {sender}", f"Text {number}")
                (pathlib.Path(folder) / f"{number:06}.eml").write_bytes(bytes(mail))
            self.leadmail.tool("ingest", "--mailbox", "sales", folder, timeout=60 + FORGED / 20)

    def acks(self):
        return [mail for mail in self.mail.sink.mails if mail.message["Auto-Submitted"]]

    def test_thousands_of_forged_inquiries_reach_their_victim_once_and_the_budget_holds(self):
        """L05"""
        self.ingest(["one.victim@victim.example"] * FORGED)
        self.settled(timeout=60 + FORGED / 20)
        self.assertLessEqual(len(self.mail.sink.to("one.victim@victim.example")), 1)
        self.ingest([f"victim{number}@host{number}.example" for number in range(FORGED)])
        self.settled(timeout=60 + FORGED / 20)
        print(f"{2 * FORGED} forged inquiries: {len(self.acks())} acknowledgements")
        self.assertLessEqual(len(self.acks()), 30)
        self.assertGreater(len(self.acks()), 20)


if __name__ == "__main__":
    unittest.main()
