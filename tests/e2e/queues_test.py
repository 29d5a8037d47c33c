"""What an administrator does with mail that is stuck: looks at it, tries it again, gives it up. What he does with a message
that could not be read is told in poison_test.py."""

import unittest

import letters
from story import Story


class Queues(Story):
    settings = {"acknowledge": True, "limits": 'parse_time = "1s"'}
    postfix = False

    def setUp(self):
        self.addCleanup(self.mail.exchange.no_faults)

    def entry(self, lead, kind):
        (entry,) = self.sent(lead, kind).values()
        return entry

    def state(self, lead, kind):
        return self.entry(lead, kind)["recipients"][0]["state"]

    def becomes(self, lead, kind, state):
        self.mail.wait_for(lambda: self.state(lead, kind) == state, what=f"{kind} of {lead} {state}")
        return self.entry(lead, kind)

    def inquire(self, name):
        address = f"{name.lower()}@{name.lower()}.example"
        mail = letters.write((name, address), "sales@acme.example", f"{name} asks", "Hello.")
        return self.row(self.prospect_writes(mail))["lead"], address

    def test_a_mail_that_failed_is_shown_and_tried_again_at_once(self):
        self.mail.exchange.fault("retry@retry.example", "rcpt", "550 5.7.1 not today")
        lead, address = self.inquire("Retry")
        entry = self.becomes(lead, "ack", "failed")
        shown = self.leadmail.one("outbox", "show", entry["id"])
        self.assertEqual(shown["recipients"][0]["state"], "failed")
        self.assertIn("not today", shown["recipients"][0]["reply"])
        self.leadmail.tool("outbox", "retry", entry["id"])
        self.becomes(lead, "ack", "delivered")
        self.assertEqual([mail.message_id.strip("<>") for mail in self.mail.sink.to(address)], [entry["message_id"]])

    def test_what_waits_can_be_cancelled_and_never_leaves(self):
        self.mail.exchange.fault("cancel@cancel.example", "rcpt", "451 4.3.0 later")
        lead, address = self.inquire("Cancel")
        entry = self.becomes(lead, "ack", "deferred")
        self.leadmail.tool("outbox", "cancel", entry["id"])
        self.becomes(lead, "ack", "cancelled")
        self.leadmail.tool("outbox", "retry", entry["id"], expected=1)
        self.settled()
        self.assertEqual(self.mail.sink.to(address), [])

    def test_there_is_nothing_to_retry_in_what_was_delivered(self):
        lead, address = self.inquire("Fine")
        entry = self.becomes(lead, "ack", "delivered")
        self.leadmail.tool("outbox", "retry", entry["id"], expected=1)
        self.leadmail.tool("outbox", "cancel", entry["id"], expected=1)
        self.leadmail.tool("outbox", "show", 999999, expected=1)
        self.assertEqual(len(self.mail.sink.to(address)), 1)


if __name__ == "__main__":
    unittest.main()
