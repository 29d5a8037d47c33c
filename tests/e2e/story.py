"""What every story needs: a mail system, an installation of ours that runs, and words for what people do."""

import unittest

import letters
from mailsystem import MailSystem
from product import Leadmail


class Story(unittest.TestCase):
    settings = {}  # of Leadmail
    running = True
    postfix = None  # where it can run

    @classmethod
    def setUpClass(cls):
        cls.mail = MailSystem(users=("sales", "ana", "luis", "it"), postfix=cls.postfix).start()
        cls.addClassCleanup(cls.mail.stop)
        cls.leadmail = Leadmail(cls.mail, **cls.settings)
        if cls.running:
            cls.leadmail.start()
            cls.addClassCleanup(cls.leadmail.stop)

    def run(self, result=None):
        failed = len(result.failures) + len(result.errors) if result else 0
        super().run(result)
        if result and len(result.failures) + len(result.errors) > failed:
            print(f"\n--- leadmaild\n{self.leadmail.log_tail()}\n{self.mail.log(15)}", flush=True)

    # --- prospects --------------------------------------------------------------------------------------------------
    def prospect_writes(self, mail, found="dmarc=none", envelope_from=None):
        """Hands the mail to our provider. Returns its Message-ID."""
        sender = letters.email.utils.parseaddr(str(mail["From"]))[1] if envelope_from is None else envelope_from
        self.mail.outside(sender, ["sales@acme.example"] if not mail["To"] else [letters.recipient(mail)], mail, found)
        return str(mail["Message-ID"])

    def row(self, message_id):
        """The ledger row of a message, waited for."""
        return self.mail.wait_for(lambda: self.leadmail.row(message_id), what=f"a ledger row of {message_id}")

    def inquiry(
        self,
        name="María Pérez",
        address="maria@far.example",
        subject=None,
        text="Buenos días, ¿cuánto cuestan 20 bombas?\n\nMaría Pérez",
    ):
        """A new prospect writes. Returns her mail, her lead and the notice that Ana got."""
        mail = letters.write((name, address), "sales@acme.example", subject or f"Precio de bombas, {name}", text)
        row = self.row(self.prospect_writes(mail))
        self.assertEqual(row["outcome"], "lead", row)
        return mail, row["lead"], self.told("ana", row["lead"], "notice")

    # --- reps -------------------------------------------------------------------------------------------------------
    def told(self, user, lead, kind, count=1):
        """The newest mail of that kind about the lead in the user's inbox, once there are `count`."""

        def look():
            found = [mail for mail in self.mail.inbox(user) if mail.message_id.strip("<>") in self.sent(lead, kind)]
            return found if len(found) >= count else None

        return self.mail.wait_for(look, what=f"{kind} of {lead} for {user}")[-1]

    def sent(self, lead, kind=None):
        """Message-IDs of our mails about a lead."""
        return {
            entry["message_id"]: entry
            for entry in self.leadmail.tool("outbox", "list")
            if entry["lead"] == lead and kind in (None, entry["kind"])
        }

    def rep_answers(self, user, mail, text, **how):
        """The user replies to a mail of ours. Returns the Message-ID of what he wrote."""
        reply = letters.answer(mail.message, f"{user}@acme.example", text, **how)
        self.mail.submit(user, reply, [letters.recipient(reply)])
        return str(reply["Message-ID"])

    def timeline(self, lead, kind):
        return [event for event in self.leadmail.show(lead)["timeline"] if event["type"] == kind]

    def quiet(self, *addresses):
        """Once the mail in flight has settled: how many mails each address outside was sent."""
        self.settled()
        return [len(self.mail.sink.to(address)) for address in addresses]

    def settled(self, timeout=60):
        """Waits until everything has been taken, everything that was due has been sent, and all of it has arrived."""

        def done():
            # It counts what is deferred too; but while there are many, a long list need not be read each time.
            if self.leadmail.one("status")["outbox"]["waiting"] > 200:
                return False
            states = {
                recipient["state"]
                for entry in self.leadmail.tool("outbox", "list")
                for recipient in entry["recipients"]
            }
            waiting = states & {"waiting", "sending", "sending-final"}
            return not waiting and self.leadmail.lag() == 0 and self.mail.idle()

        self.mail.wait_for(done, timeout=timeout, what="an empty outbox and no lag")
