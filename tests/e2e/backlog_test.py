"""The server that takes our mail is down while inquiries come: leads are made at once, nothing overtakes, nothing starves.

LEADMAIL_BACKLOG says how many inquiries (80)."""

import datetime
import os
import pathlib
import tempfile
import time
import unittest

import letters
from story import Story

BACKLOG = int(os.environ.get("LEADMAIL_BACKLOG", "80"))


class Backlog(Story):
    settings = {"acknowledge": True}
    postfix = False

    def test_what_waited_for_the_server_leaves_in_the_order_in_which_it_came(self):
        """N06"""
        works, exchange = self.mail.exchange.refuse_sender, self.mail.exchange
        exchange.refuse_sender = lambda login, sender: "421 4.3.2 down for five minutes"
        with tempfile.TemporaryDirectory() as folder:
            for number in range(BACKLOG):
                sender = (f"Person {number}", f"person{number}@host{number}.example")
                mail = letters.write(sender, "sales@acme.example", f"Question {number}", "What do they cost?")
                (pathlib.Path(folder) / f"{number:06}.eml").write_bytes(bytes(mail))
            began = time.monotonic()
            self.leadmail.tool("ingest", "--mailbox", "sales", folder, timeout=60 + BACKLOG / 20)
            print(f"{BACKLOG} leads in {time.monotonic() - began:.1f} s while nothing could be sent")
        self.assertEqual(len(self.leadmail.leads()), BACKLOG)
        self.leadmail.stop()
        # Down again and again: the oldest is tried each time and keeps its place.
        for minutes in (1, 2, 3, 4):
            self.leadmail.once(now=self.later(minutes=minutes), timeout=60 + BACKLOG / 10)
        self.assertEqual(self.mail.sink.mails, [])
        exchange.refuse_sender = works
        began = time.monotonic()
        self.leadmail.once(now=self.later(minutes=5), timeout=60 + BACKLOG / 10)
        print(f"{2 * BACKLOG} mails left in {time.monotonic() - began:.1f} s")
        self.leadmail.start()
        self.settled(timeout=60 + BACKLOG / 20)

        order = {entry["message_id"]: entry["id"] for entry in self.leadmail.tool("outbox", "list")}
        left = [order[mail.message_id.strip("<>")] for mail in self.mail.sink.mails]
        self.assertEqual(len(left), BACKLOG)
        self.assertEqual(left, sorted(left))
        self.assertEqual(max(self.mail.sink.copies().values()), 1)

    @staticmethod
    def later(**time):
        now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**time)
        return now.isoformat(timespec="seconds")


if __name__ == "__main__":
    unittest.main()
