"""A thousand mails of a generated sales inbox: every one accounted for, every conversation one lead."""

import collections
import concurrent.futures
import unittest

import accounting
from inbox_generator import Corpus
from story import Story

COUNT = 1000


class Thousand(Story):
    settings = {"acknowledge": True, "limits": "acknowledgements_a_day = 10000"}

    def test_every_mail_has_a_row_and_every_conversation_one_lead(self):
        mails = Corpus(seed=11).mails(COUNT)
        # In order within a conversation, several conversations at a time.
        lanes = collections.defaultdict(list)
        for raw, truth in mails:
            lanes[truth["conversation"] % 4].append((raw, truth))
        with concurrent.futures.ThreadPoolExecutor(len(lanes)) as pool:
            list(pool.map(self.deliver, lanes.values()))
        self.mail.wait_for(lambda: len(self.leadmail.ledger()) >= COUNT and self.leadmail.lag() == 0, 120, "all rows")
        self.settled()
        self.assertEqual(len(self.leadmail.ledger()), COUNT)
        self.assertEqual(accounting.check(self.mail, self.leadmail), [])

        rows = collections.defaultdict(list)
        for row in self.leadmail.ledger():
            rows[row["message_id"]].append(row)
        leads = collections.defaultdict(set)
        for _, truth in mails:
            if truth["message_id"] is None:
                continue
            outcomes = {row["outcome"] for row in rows[truth["message_id"].strip("<>")]}
            with self.subTest(truth):
                if truth["kind"] in ("auto-reply", "bounce", "newsletter"):
                    self.assertFalse(outcomes & {"lead"})
                else:
                    self.assertTrue(outcomes <= {"lead", "threaded", "duplicate"}, outcomes)
                    leads[truth["conversation"]] |= {row["lead"] for row in rows[truth["message_id"].strip("<>")]} - {
                        None
                    }
        self.assertEqual({number: found for number, found in leads.items() if len(found) != 1}, {})
        self.assertEqual(len(set.union(*leads.values())), len(leads), "two conversations in one lead")
        robots = [truth["from"] for _, truth in mails if truth["kind"] in ("bounce", "newsletter")]
        self.assertEqual([address for address in robots if self.mail.sink.to(address)], [])

    def deliver(self, mails):
        for raw, truth in mails:
            sender = "" if truth["kind"] == "bounce" else truth["from"]
            self.mail.outside(sender, ["sales@acme.example"], raw)


if __name__ == "__main__":
    unittest.main()
