"""A busy day, whatever happens to the daemon meanwhile: prospects write, and a rep answers some of the notices he gets
with a note for himself. Afterwards everything has to be accounted for."""

import contextlib
import datetime
import smtplib
import threading

import accounting
import letters


class World:
    """Writes from its construction on until it is ended, in a thread of its own."""

    def __init__(self, story, mails_a_second=20.0, answers_each=5):
        self.story, self.pause, self.answers_each = story, 1 / mails_a_second, answers_each
        self.inquiries, self.answered, self.notes, self.troubles = [], set(), {}, []
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._write)
        self._thread.start()

    @classmethod
    @contextlib.contextmanager
    def writes(cls, story, **how):
        world = cls(story, **how)
        try:
            yield world
        finally:
            world.end()

    def end(self):
        self._end.set()
        self._thread.join()
        if self.troubles:
            raise self.troubles[0]

    def _write(self):
        try:
            number = 0
            while not self._end.wait(self.pause):
                number += 1
                mail = letters.write(
                    (f"Prospect {number}", f"p{number}@far.example"),
                    "sales@acme.example",
                    f"Inquiry {number}",
                    f"Hello, what do {number} pumps cost?",
                )
                self.inquiries.append(self.story.prospect_writes(mail))
                if self.answers_each and number % self.answers_each == 0:
                    self._ana_answers_one()
        except Exception as trouble:  # told when the day ends: a thread of its own fails no test
            self.troubles.append(trouble)

    def _ana_answers_one(self):
        for notice in self.story.mail.inbox("ana"):
            if notice.message_id in self.answered or not notice.message["X-Leadmail-Lead"]:
                continue
            self.answered.add(notice.message_id)
            note = f"noted {len(self.answered)}."
            reply = f"#note {note}\n\nThey cost 10 EUR each.\n\nAna"
            # Her program tells her when the server does not take it; she lets it be.
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self.notes[self.story.rep_answers("ana", notice, reply)] = note
            return

    # --- afterwards -------------------------------------------------------------------------------------------------
    def settle(self):
        """The daemon runs undisturbed: all leads are made, and what was cut off in its last step is looked for and, after
        a quarter of an hour, sent again or given up."""
        story, leadmail = self.story, self.story.leadmail
        leadmail.start()
        story.mail.wait_for(lambda: len(leadmail.leads()) >= len(self.inquiries), 120, "all leads")
        story.settled()
        leadmail.stop()
        later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=20)
        for _ in range(2):
            leadmail.once(now=later.isoformat(timespec="seconds"))
        leadmail.start()
        story.addCleanup(leadmail.stop)
        story.settled()

    def check(self):
        """Nothing is lost, nothing is there twice, and every note stands on its lead once."""
        story, leadmail = self.story, self.story.leadmail
        story.assertEqual(accounting.check(story.mail, leadmail, self.inquiries), [])
        story.assertEqual(accounting.check_nothing_unasked(story.mail, leadmail.tool("outbox", "list")), [])
        rows = {row["message_id"]: row for row in leadmail.ledger()}
        for message_id, note in self.notes.items():
            row = rows[message_id.strip("<>")]
            with story.subTest(note):
                story.assertEqual(row["outcome"], "rep-answer", row)
                said = [event for event in story.timeline(row["lead"], "note") if note in event["text"]]
                story.assertEqual(len(said), 1)
