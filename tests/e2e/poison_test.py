"""Mail at which the parser dies: ten among a thousand cost themselves alone. Each is tried twice, kept, named with a reason,
and a lead says that somebody may be waiting; all others are leads no later. With a parser that is mended they are read.

No mail is known at which ours dies; leadmaild_fragile (tests/faults) has one that does when it is asked to.
"""

import os
import pathlib
import shutil
import statistics
import time
import unittest

import accounting
import letters
from history import fill, maildir
from product import Leadmail, build_folder
from story import Story

COUNT = 1000
WAYS = ("abort", "wild", "end", "memory", "abort", "wild", "end", "abort", "wild", "hang")
SWIFT = ("abort", "wild", "end", "abort", "wild", "end", "abort", "wild", "end", "abort")  # the others cost what they may cost
ROUNDS = int(os.environ.get("LEADMAIL_POISON_ROUNDS", "0"))
SLOWER = 1.05


def mails(ways):
    """A thousand inquiries; as many as there are ways, spread among them, ask the parser to die."""
    poisoned = {(number + 1) * COUNT // (len(ways) + 1): way for number, way in enumerate(ways)}
    found = []
    for number in range(COUNT):
        headers = [("X-Poison", poisoned[number])] if number in poisoned else []
        found.append(letters.write((f"Ann Bell {number}", f"ann{number}@far{number}.example"), "sales@acme.example",
                                   f"Pumps, question {number}", f"What do {number} pumps cost?", headers=headers))
    return found


class Poison(Story):
    running, postfix = False, False

    def setUp(self):
        self.programs = self.mail.dir / f"programs-{self._testMethodName}"
        self.programs.mkdir()
        build = build_folder().resolve()
        (self.programs / "leadmail").symlink_to(build / "leadmail")
        self.use("leadmaild_fragile")

    def use(self, program):
        """From now on this is leadmaild."""
        daemon = self.programs / "leadmaild"
        daemon.unlink(missing_ok=True)
        daemon.symlink_to(build_folder().resolve() / program)

    def installation(self, name):
        # A parser that hangs is given up after a second, not after twenty.
        self.leadmail = Leadmail(self.mail, name, self.programs, limits='parse_time = "1s"')
        self.addCleanup(lambda leadmail=self.leadmail: leadmail.daemon and leadmail.stop())
        return self.leadmail

    def takes(self, leadmail, written):
        """Lays the mails into the mailbox and starts the daemon. The seconds until each has its row."""
        shutil.rmtree(maildir(self.mail), ignore_errors=True)
        fill(self.mail, [bytes(mail) for mail in written], COUNT)
        began = time.monotonic()
        leadmail.start()
        self.mail.wait_for(lambda: leadmail.one("status")["mailboxes"][0]["ledger"] >= COUNT, 120, "a thousand rows")
        return time.monotonic() - began

    def test_g10_ten_that_kill_the_parser_among_a_thousand(self):
        written = mails(WAYS)
        poisoned = {str(mail["Message-ID"]).strip("<>") for mail in written if mail["X-Poison"]}
        leadmail = self.installation("ten")
        self.takes(leadmail, written)
        self.settled(120)
        rows = leadmail.ledger()
        self.assertEqual(len(rows), COUNT)
        self.assertEqual(accounting.check(self.mail, leadmail), [])
        quarantined = [row for row in rows if row["outcome"] == "quarantined"]
        self.assertEqual({row["message_id"] for row in quarantined}, poisoned)
        self.assertEqual({row["outcome"] for row in rows if row not in quarantined}, {"lead"})
        for row in quarantined:
            self.assertIn("could not be read", str(leadmail.show(row["lead"])))
        reasons = [entry["reason"] for entry in leadmail.tool("failed", "list")]
        self.assertEqual(len(reasons), len(WAYS), reasons)
        self.assertTrue(all(reasons), reasons)
        # And when the parser is mended:
        leadmail.stop()
        self.use("leadmaild")
        leadmail.start()
        leadmail.tool("failed", "retry", "all")
        self.mail.wait_for(lambda: not leadmail.tool("failed", "list"), what="all ten read")
        self.settled()
        for mail in written:
            if mail["X-Poison"]:
                text = mail.get_content().strip()
                self.assertTrue([one for one in self.mail.inbox("ana") if text in one.text], f"nobody was told: {text}")
        self.assertEqual(accounting.check(self.mail, leadmail), [])
        for row in leadmail.ledger():
            if row["message_id"] in poisoned:
                self.assertEqual((row["outcome"], row["reason"]), ("threaded", accounting.READ_AT_LAST), row)
                self.assertIn("read at last: Pumps, question", str(leadmail.show(row["lead"])))
        leadmail.stop()

    @unittest.skipUnless(ROUNDS, "a ratio of times, for a machine that does nothing else: LEADMAIL_POISON_ROUNDS=7")
    def test_g10_the_others_are_hardly_slower(self):
        took = {"without": [], "with": []}
        for round_ in range(ROUNDS):
            for kind, ways in (("without", ()), ("with", SWIFT)):
                leadmail = self.installation(f"{kind}{round_}")
                took[kind].append(self.takes(leadmail, mails(ways)))
                leadmail.stop()
        without, with_ = statistics.median(took["without"]), statistics.median(took["with"])
        print(f"poison: {len(SWIFT)} among {COUNT}: {with_:.2f} s, without {without:.2f} s: {100 * (with_ / without - 1):+.1f} %")
        self.assertLessEqual(with_, without * SLOWER, took)


if __name__ == "__main__":
    unittest.main()
