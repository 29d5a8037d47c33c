"""A copy of the book made while the daemon runs, put back after a loss: every lead is there again, and nobody is told
anything twice."""

import datetime
import unittest

from story import Story


class Backup(Story):
    settings = {"acknowledge": True}
    running = False

    def test_a_lost_book_is_put_back_and_nothing_is_done_twice(self):
        leadmail = self.leadmail.start()
        for number in range(3):
            self.inquiry(f"Early {number}", f"early{number}@far.example")
        copy = leadmail.folder / "copy.db"
        self.assertEqual(leadmail.one("backup", copy)["file"], str(copy))
        self.assertEqual(leadmail.one("verify", copy)["faults"], [])
        for number in range(2):
            self.inquiry(f"Late {number}", f"late{number}@far.example")
        self.settled()
        leadmail.tool("restore", copy, expected=4)  # the daemon has the book
        leadmail.stop()
        sent = len(self.mail.sink.mails), len(self.mail.inbox("ana"))

        lost = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
        for path in leadmail.folder.glob("leadmail.db*"):
            path.unlink()
        told = leadmail.one("restore", copy, "--worked-until", lost)
        self.assertIsNone(told["kept_as"])
        self.assertEqual(len(leadmail.leads()), 3)
        leadmail.start()
        self.addCleanup(leadmail.stop)
        self.mail.wait_for(lambda: len(leadmail.leads()) == 5, what="the leads that came after the copy")
        self.settled()
        self.assertEqual((len(self.mail.sink.mails), len(self.mail.inbox("ana"))), sent)
        self.mail.wait_for(lambda: datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds") > lost)
        self.inquiry("After", "after@far.example")
        self.assertEqual(len(self.mail.sink.to("after@far.example")), 1)


if __name__ == "__main__":
    unittest.main()
