"""What [retention] says is too old goes in the night, and nothing is forgotten that must not be: what was pruned is not taken
anew when the server counts the mailbox anew, and nobody is written to again."""

import datetime
import unittest

import letters
from story import Story

RETENTION = """
[retention]
automatic = "30d"
raw = "30d"
outbox = "30d"
audit = "30d"
"""
PLAN = b"%PDF-1.4 the plan of the pumping station\n" * 2000


class Prune(Story):
    settings = {"acknowledge": True, "extra": RETENTION}
    postfix = False

    def gone(self):
        """Rows that would go now, by what they are."""
        return {line["what"]: line["rows"] for line in self.leadmail.tool("prune", "--dry-run")}

    def once_in_the_night(self, days):
        night = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
        self.leadmail.once(now=night.strftime("%Y-%m-%dT12:00:00Z"))

    def test_bytes_go_after_their_time_and_the_text_of_the_lead_and_what_was_seen_stay(self):
        inquiry = letters.write(("Rosa Gil", "rosa@far.example"), "sales@acme.example", "Pumping station", "What does this one cost?\n\nRosa Gil")
        inquiry.add_attachment(PLAN, maintype="application", subtype="pdf", filename="plan.pdf")
        lead = self.row(self.prospect_writes(inquiry))["lead"]
        (file,) = self.leadmail.show(lead)["attachments"]
        robot = letters.write("robot@shop.example", "sales@acme.example", "Weekly report", "All is well.", headers=[("Auto-Submitted", "auto-generated")])
        self.assertEqual(self.row(self.prospect_writes(robot))["outcome"], "automatic")
        self.settled()
        self.assertEqual(set(self.gone().values()), {0}, "nothing is old on its first day")
        self.leadmail.stop()

        # A fortnight later everything is there still; after the life that was set, it is not.
        self.once_in_the_night(14)
        self.leadmail._run("leadmail", "export", "attachment", "--lead", lead, "--sha256", file["sha256"], "--output", str(self.mail.dir / "before.pdf"))
        self.assertEqual((self.mail.dir / "before.pdf").read_bytes(), PLAN)
        size = sum(path.stat().st_size for path in self.leadmail.folder.glob("leadmail.db"))
        self.once_in_the_night(45)

        shown = self.leadmail.show(lead)
        self.assertEqual([one["lead"] for one in self.leadmail.tool("find", "cost")], [lead], "its text stays")
        self.assertEqual(shown["status"], "lead")
        self.assertEqual([row["outcome"] for row in self.leadmail.ledger()].count("automatic"), 1, "that it was seen is kept")
        lost = self.leadmail._run("leadmail", "export", "attachment", "--lead", lead, "--sha256", file["sha256"], "--output", str(self.mail.dir / "after.pdf"))
        self.assertNotEqual(lost.returncode, 0)
        self.assertFalse((self.mail.dir / "after.pdf").exists(), "half a file is no file")
        self.assertTrue(lost.stderr.strip(), "and it is said why")
        self.leadmail.tool("prune", "--compact")
        self.assertLess(self.leadmail.folder.joinpath("leadmail.db").stat().st_size, size)

        # The server counts anew what lies there: all of it is known.
        sent, leads, rows = len(self.mail.sink.mails), len(self.leadmail.leads()), len(self.leadmail.ledger())
        self.mail.new_epoch("sales")
        self.once_in_the_night(46)
        self.assertEqual(len(self.leadmail.leads()), leads)
        again = self.leadmail.ledger()[rows:]
        self.assertEqual([row["outcome"] for row in again], ["duplicate"] * 2, again)
        self.assertEqual(len(self.mail.sink.mails), sent, "nobody is written to again")


if __name__ == "__main__":
    unittest.main()
