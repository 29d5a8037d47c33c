"""kill -9 at fifty points while mail comes and goes: nothing is lost and nothing is done twice.

The points are spread over start, intake and sending by a fixed seed. Which system call each one hits differs from run to
run; what has to be true afterwards does not.
"""

import datetime
import random
import threading
import time
import unittest

import accounting
import letters
from story import Story

KILLS = 50


class Kill(Story):
    settings = {"acknowledge": True}
    running = False

    def test_nothing_is_lost_or_doubled(self):
        dice, stop = random.Random(50), threading.Event()
        self.inquiries, self.answered, self.notes = [], set(), {}
        world = threading.Thread(target=self.the_world_writes, args=(stop,))
        world.start()
        try:
            for number in range(KILLS):
                self.leadmail.launch()
                # Every second time the daemon gets as far as working, else it dies while it starts.
                time.sleep(dice.uniform(0.0, 0.15) if number % 2 else dice.uniform(0.15, 1.0))
                self.leadmail.kill()
        finally:
            stop.set()
            world.join()
        self.leadmail.start()
        self.addCleanup(self.leadmail.stop)
        self.mail.wait_for(lambda: len(self.leadmail.leads()) >= len(self.inquiries), 60, "all leads")
        self.settled()
        # What was cut off in its last step is looked for, and after a quarter of an hour sent again or given up.
        self.leadmail.stop()
        later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=20)
        for _ in range(2):
            self.leadmail.once(now=later.isoformat(timespec="seconds"))
        self.leadmail.start()
        self.settled()

        self.assertGreater(len(self.inquiries), KILLS)
        self.assertGreater(len(self.answered), 5)
        outbox = self.leadmail.tool("outbox", "list")
        self.assertEqual(accounting.check(self.mail, self.leadmail, self.inquiries), [])
        self.assertEqual(accounting.check_nothing_unasked(self.mail, outbox), [])
        for message_id, note in self.notes.items():
            row = self.leadmail.row(message_id)
            with self.subTest(note):
                self.assertEqual(row["outcome"], "rep-answer", row)
                self.assertEqual(
                    len([event for event in self.timeline(row["lead"], "note") if note in event["text"]]), 1
                )

    def the_world_writes(self, stop):
        """About twenty prospects a second; Ana answers some of the notices she gets, with a note for herself."""
        number = 0
        while not stop.is_set():
            number += 1
            mail = letters.write(
                (f"Prospect {number}", f"p{number}@far.example"),
                "sales@acme.example",
                f"Inquiry {number}",
                f"Hello, what do {number} pumps cost?",
            )
            self.inquiries.append(self.prospect_writes(mail))
            if number % 5 == 0:
                self.ana_answers_one()
            stop.wait(0.05)

    def ana_answers_one(self):
        for notice in self.mail.inbox("ana"):
            if notice.message_id in self.answered or not notice.message["X-Leadmail-Lead"]:
                continue
            self.answered.add(notice.message_id)
            note = f"noted {len(self.answered)}."
            self.notes[self.rep_answers("ana", notice, f"#note {note}\n\nThey cost 10 EUR each.\n\nAna")] = note
            return


if __name__ == "__main__":
    unittest.main()
