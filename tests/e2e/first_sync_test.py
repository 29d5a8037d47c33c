"""The first sync of a large mailbox: each mail that stands there is fetched and read and has one row with a final outcome,
and it costs no more memory than a small one. LEADMAIL_FIRST_SYNC says how many mails (1500)."""

import collections
import os
import time
import unittest

import accounting
import history
import memory
from mailsystem import MailSystem
from product import Leadmail, build_option

MAILS = int(os.environ.get("LEADMAIL_FIRST_SYNC", "1500"))
GOAL = 150  # MiB
PATIENCE = 120 + MAILS / 25  # seconds


class FirstSync(unittest.TestCase):
    def test_every_mail_is_read_once_and_memory_stays_small(self):
        mail = self.enterContext(MailSystem(users=("sales", "ana", "luis", "it"), postfix=False))
        history.fill(mail, history.raws(MAILS), MAILS)
        # Everything is history: it builds leads and conversations, and nobody is written to.
        leadmail = Leadmail(mail, baseline="1990-01-01", extra='\n[daemon]\nlog_level = "warning"\n')
        began = time.monotonic()
        leadmail.start()
        self.addCleanup(lambda: leadmail.daemon and leadmail.stop())
        pid = leadmail.daemon.pid

        def taken():
            time.sleep(0.2)  # to ask costs as well
            return leadmail.one("status")["mailboxes"][0]["ledger"] >= MAILS and leadmail.lag() == 0

        with memory.Watch(pid) as watch:
            mail.wait_for(taken, PATIENCE, f"{MAILS} rows in the ledger")
            took = time.monotonic() - began
        daemon = memory.highest(pid) / 1024

        ledger = leadmail.ledger()
        outcomes = collections.Counter(row["outcome"] for row in ledger)
        self.assertEqual(set(outcomes) - accounting.FINAL, set())
        self.assertNotIn("baseline", outcomes, "it was not read")
        places = collections.Counter((row["mailbox"], row["folder"], row["uid"]) for row in ledger)
        self.assertEqual(len(places), MAILS)
        self.assertEqual(max(places.values()), 1)
        self.assertEqual(accounting.check_folders(mail, "sales", ("INBOX",), places), [])
        self.assertEqual(mail.sink.mails, [])
        told = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common(4))
        print(
            f"first sync: {len(places)} of {MAILS} mails in {took:.0f} s ({told}); most memory: {watch.most('Pss'):.0f} MiB"
            f" with the workers, shared pages once; {daemon:.0f} MiB the daemon alone; sum of Rss {watch.most('Rss'):.0f} MiB"
        )
        if build_option("LEADMAIL_SANITIZE"):
            self.skipTest("a sanitizer has memory of its own")
        self.assertLessEqual(watch.most("Pss"), GOAL)
        self.assertLessEqual(daemon, GOAL)


if __name__ == "__main__":
    unittest.main()
