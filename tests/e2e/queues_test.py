"""What an administrator does with mail that is stuck: looks at it, tries it again, gives it up; and with a message that
could not be read."""

import contextlib
import os
import pathlib
import signal
import threading
import unittest

import letters
from story import Story


def workers(pid):
    """The parser processes of a daemon; not one that is still on its way to become one."""
    for children in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            with contextlib.suppress(OSError):
                if b"--worker" in pathlib.Path(f"/proc/{child}/cmdline").read_bytes():
                    yield int(child)


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

    def test_a_message_that_could_not_be_read_completes_its_lead_when_it_is_tried_again(self):
        over = threading.Event()

        def freeze():
            while not over.wait(0.01):
                for worker in workers(self.leadmail.daemon.pid):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(worker, signal.SIGSTOP)

        frost = threading.Thread(target=freeze)
        frost.start()
        try:
            mail = letters.write(
                ("Frozen", "frozen@frozen.example"), "sales@acme.example", "Frozen asks", "Do you sell thermometers?"
            )
            row = self.row(self.prospect_writes(mail))
        finally:
            over.set()
            frost.join()
            for worker in workers(self.leadmail.daemon.pid):
                os.kill(worker, signal.SIGCONT)
        self.assertEqual(row["outcome"], "quarantined", row)
        lead = row["lead"]
        self.assertEqual(self.leadmail.show(lead)["emails"], ["frozen@frozen.example"])
        self.assertEqual(self.mail.sink.to("frozen@frozen.example"), [])
        (failed,) = [entry for entry in self.leadmail.tool("failed", "list") if entry.get("lead") == lead]
        self.leadmail.tool("failed", "retry", "all")
        row = self.leadmail.row(str(mail["Message-ID"]))
        self.assertNotEqual(row["outcome"], "quarantined", (row, failed))
        self.assertEqual(row["lead"], lead)
        self.mail.wait_for(
            lambda: [one for one in self.mail.inbox("ana") if "thermometers" in one.text], what="the text for Ana"
        )
        self.assertEqual(len(self.leadmail.leads()), len({entry["lead"] for entry in self.leadmail.leads()}))


if __name__ == "__main__":
    unittest.main()
