"""The first day with a mailbox that is old already, and the day on which its server counts anew: history builds the book
and sends nothing, nothing comes twice, and whatever was cut is gone on with.

The whole forms (a history of 5,000 mails, an epoch change over 10,000) take minutes: LEADMAIL_WHOLE=1.
"""

import datetime
import os
import sqlite3
import time
import unittest

import letters
from history import fill, maildir, raws
from mailsystem import MailSystem
from product import Leadmail

WHOLE = os.environ.get("LEADMAIL_WHOLE") == "1"
HISTORY = 5000 if WHOLE else 300
EPOCH = 10000 if WHOLE else 300
PATIENCE = 3600 if WHOLE else 240


def figures(leadmail):
    ledger, leads = leadmail.ledger(), leadmail.leads()
    outcomes = {}
    for row in ledger:
        outcomes[row["outcome"]] = outcomes.get(row["outcome"], 0) + 1
    return {
        "ledger": len(ledger),
        "leads": len(leads),
        "outcomes": outcomes,
        "outbox": len(leadmail.tool("outbox", "list")),
        "owned": sum(1 for lead in leads if lead["owner"]),
    }


class FirstDay(unittest.TestCase):
    def setUp(self):
        self.mail = MailSystem(users=("sales", "ana", "luis", "it"), postfix=False).start()
        self.addCleanup(self.mail.stop)

    def run(self, result=None):
        failed = len(result.failures) + len(result.errors) if result else 0
        super().run(result)
        if result and len(result.failures) + len(result.errors) > failed:
            print(f"\n--- leadmaild\n{self.log_of_failure}", flush=True)

    log_of_failure = ""

    def keep_log(self, leadmail):
        self.log_of_failure = leadmail.log_tail(60)

    def installation(self, **settings):
        leadmail = Leadmail(self.mail, acknowledge=True, **settings)
        self.addCleanup(lambda: leadmail.daemon and leadmail.stop())
        self.addCleanup(self.keep_log, leadmail)
        return leadmail

    def history(self, count):
        mails = list(raws(count))
        fill(self.mail, mails, count)
        return mails

    def all_taken(self, leadmail, count):
        self.mail.wait_for(
            lambda: leadmail.lag() == 0 and leadmail.one("status")["mailboxes"][0]["ledger"] >= count, PATIENCE, "all rows"
        )

    def writes(self, name, leadmail):
        """A new prospect; her ledger row."""
        mail = letters.write(f"{name}@far.example", "sales@acme.example", f"Pumps {name}", "What do they cost?")
        self.mail.outside(f"{name}@far.example", ["sales@acme.example"], mail)
        return self.mail.wait_for(lambda: leadmail.row(str(mail["Message-ID"])), 60, "a ledger row")

    def nothing_was_sent(self):
        self.assertEqual(len(self.mail.sink.mails), 0)
        self.assertEqual([self.mail.inbox(user) for user in ("ana", "luis", "it")], [[], [], []])

    def test_now_leaves_history_unread(self):
        self.history(40)
        leadmail = self.installation(baseline="now")
        leadmail.start()
        self.all_taken(leadmail, 40)
        self.assertEqual(figures(leadmail)["outcomes"], {"baseline": 40})
        self.assertEqual(leadmail.one("status")["baseline"], 40)
        self.assertEqual(leadmail.leads(), [])
        self.assertEqual(self.writes("anne", leadmail)["outcome"], "lead")
        # Its server counts anew: what was not read then is not read now.
        leadmail.stop()
        self.mail.new_epoch("sales")
        leadmail.start()
        self.all_taken(leadmail, 82)
        self.assertEqual(figures(leadmail)["leads"], 1)
        self.assertEqual(figures(leadmail)["outcomes"], {"baseline": 80, "lead": 1, "duplicate": 1})

    def test_a_date_imports_silently_through_kills_and_once(self):
        self.history(HISTORY)
        since = (datetime.date.today() - datetime.timedelta(days=HISTORY // 24 + 30)).isoformat()
        leadmail = self.installation(baseline=since)
        began = time.monotonic()
        for part in (0.2, 0.5, 0.7):  # the import is killed three times on its way
            leadmail.start()
            self.mail.wait_for(lambda: leadmail.one("status")["messages"] >= HISTORY * part, PATIENCE, "a part")
            leadmail.kill()
        leadmail.start()
        self.all_taken(leadmail, HISTORY)
        took = time.monotonic() - began
        found = figures(leadmail)
        print(f"\n{HISTORY} mails imported in {took:.1f} s, with three kills: {found}", flush=True)
        self.assertEqual(found["ledger"], HISTORY)
        self.assertGreater(found["leads"], HISTORY // 20)
        self.assertEqual((found["outbox"], found["owned"]), (0, 0))
        self.assertNotIn("held", found["outcomes"])
        self.nothing_was_sent()

        # The second run changes nothing, and neither does the third.
        for _ in range(2):
            leadmail.stop()
            leadmail.start()
            self.all_taken(leadmail, HISTORY)
            self.assertEqual(figures(leadmail), found)
        self.nothing_was_sent()
        row = self.writes("berta", leadmail)
        self.assertEqual(row["outcome"], "lead")
        self.assertEqual(leadmail.show(row["lead"])["owner"], "ana")

    def test_g21_a_new_uidvalidity_brings_nothing_twice(self):
        self.history(EPOCH)
        leadmail = self.installation(baseline=(datetime.date.today() - datetime.timedelta(days=3000)).isoformat())
        leadmail.start()
        self.all_taken(leadmail, EPOCH)
        before = self.writes("clara", leadmail)
        self.mail.wait_for(lambda: self.mail.inbox("ana"), 60, "her notice")
        leads, sent = leadmail.leads(), len(leadmail.tool("outbox", "list"))
        doubles = figures(leadmail)["outcomes"].get("duplicate", 0)
        leadmail.stop()
        self.mail.new_epoch("sales")
        # While nobody looked somebody wrote: that is news, and nothing else is.
        time.sleep(1.1)  # INTERNALDATE counts seconds
        gap = letters.write("gap@far.example", "sales@acme.example", "In the gap", "Am I lost?")
        self.mail.outside("gap@far.example", ["sales@acme.example"], gap)
        began = time.monotonic()
        leadmail.start()
        # It is killed on its way through the folder as well.
        self.mail.wait_for(lambda: leadmail.one("status")["mailboxes"][0]["ledger"] > EPOCH * 1.3, PATIENCE, "a part")
        leadmail.kill()
        leadmail.start()
        self.all_taken(leadmail, 2 * EPOCH + 3)
        took = time.monotonic() - began
        found = figures(leadmail)
        print(f"\n{EPOCH} mails in a new epoch: {took:.1f} s, {found}", flush=True)
        row = leadmail.row(str(gap["Message-ID"]))
        self.assertEqual(row["outcome"], "lead", row)
        self.assertEqual(leadmail.show(row["lead"])["owner"], "ana")
        self.assertEqual(len(leadmail.leads()), len(leads) + 1)
        self.assertEqual(found["outcomes"]["duplicate"], EPOCH + 1 + doubles)
        again = [entry for entry in leadmail.tool("outbox", "list")[sent:] if entry["lead"] != row["lead"]]
        self.assertEqual(again, [])
        self.assertEqual(leadmail.show(before["lead"])["owner"], "ana")

    def test_a_restored_mailbox_with_dates_of_today_is_no_news(self):
        mails = self.history(60)
        leadmail = self.installation(baseline="now")
        leadmail.start()
        self.all_taken(leadmail, 60)
        leadmail.stop()
        # Copied to another server by a tool that keeps no dates.
        for path in (maildir(self.mail) / "cur").iterdir():
            path.unlink()
        self.mail.new_epoch("sales")
        time.sleep(1.1)
        for raw in mails:
            self.mail.append("sales", "INBOX", raw)
        leadmail.start()
        self.all_taken(leadmail, 120)
        found = figures(leadmail)
        self.assertEqual((found["outbox"], found["owned"]), (0, 0), found)
        self.nothing_was_sent()

    def test_what_is_delivered_again_is_the_same_mail(self):
        leadmail = self.installation(baseline="off")
        leadmail.start()
        mail = letters.write("dora@far.example", "sales@acme.example", "Pumps", "What do they cost?")
        for _ in range(3):
            self.mail.outside("dora@far.example", ["sales@acme.example"], mail)
        self.mail.wait_for(lambda: len(leadmail.ledger()) == 3, 60, "three rows")
        self.assertEqual(sorted(figures(leadmail)["outcomes"].items()), [("duplicate", 2), ("lead", 1)])
        with self.mail.imap("sales") as imap:
            imap.create("Elsewhere")
            imap.select("INBOX")
            imap.uid("MOVE", "1", "Elsewhere")
            imap.select("Elsewhere")
            imap.uid("MOVE", "1", "INBOX")
        self.mail.wait_for(lambda: len(leadmail.ledger()) == 4, 60, "a fourth row")
        self.assertEqual(figures(leadmail)["leads"], 1)
        self.mail.wait_for(lambda: self.mail.inbox("ana"), 60, "a notice")
        kinds = sorted(entry["kind"] for entry in leadmail.tool("outbox", "list"))
        self.assertEqual(kinds, ["ack", "notice"])


    def test_a_commit_that_fails_costs_no_mail_and_none_passes_it(self):
        """Somebody holds the book for a while: what could not be stored is looked for again, and so is what followed."""
        leadmail = self.installation(baseline="off", mailbox='sweep_time = "3s"')
        leadmail.start()
        self.assertEqual(self.writes("first", leadmail)["outcome"], "lead")
        mails = [
            letters.write(f"p{number}@far.example", "sales@acme.example", f"Pumps {number}", "What do they cost?")
            for number in range(5)
        ]
        other = sqlite3.connect(leadmail.folder / "leadmail.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        for mail in mails:
            self.mail.outside(letters.email.utils.parseaddr(str(mail["From"]))[1], ["sales@acme.example"], mail)
        failed = lambda: "database is locked" in leadmail.log.read_text("utf-8", "replace")
        try:
            self.mail.wait_for(failed, 60, "a commit that fails")
        finally:
            other.execute("ROLLBACK")
            other.close()
        ids = [str(mail["Message-ID"]) for mail in mails]
        self.mail.wait_for(lambda: all(leadmail.row(one) for one in ids), 120, "all rows")
        self.assertEqual([leadmail.row(one)["outcome"] for one in ids], ["lead"] * 5)
        self.assertEqual(len(leadmail.leads()), 6)


if __name__ == "__main__":
    unittest.main()
