"""The generated mail is what its truth says, as Python's own reader sees it."""

import email
import email.policy
import unittest

from inbox_generator import Corpus


class Truth(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mails = Corpus(seed=7).mails(800)

    def test_the_same_seed_gives_the_same_mail(self):
        self.assertEqual(self.mails, Corpus(seed=7).mails(800))
        self.assertNotEqual(self.mails[0], Corpus(seed=8).mails(800)[0])

    def test_each_mail_reads_as_its_truth(self):
        for raw, truth in self.mails:
            with self.subTest(truth["message_id"]):
                message = email.message_from_bytes(raw, policy=email.policy.default)
                (sender,) = message["From"].addresses
                self.assertEqual(sender.addr_spec, truth["from"])
                # Python 3.11 leaves the fold between two encoded words in a display name.
                self.assertEqual(sender.display_name.replace(" ", ""), truth["name"].replace(" ", ""))
                self.assertEqual(message["Subject"], truth["subject"])
                self.assertEqual((message["Message-ID"] or "").strip() or None, truth["message_id"])
                if truth["kind"] != "bounce":
                    self.assertEqual(
                        [part.get_filename() for part in message.iter_attachments()],
                        [file["name"] for file in truth["attachments"]],
                    )
                self.assertFalse(message.defects)

    def test_every_kind_of_mail_is_there(self):
        self.assertEqual(
            {truth["kind"] for _, truth in self.mails}, {"inquiry", "reply", "auto-reply", "bounce", "newsletter"}
        )
        self.assertEqual(
            {truth["link"] for _, truth in self.mails},
            {"new", "references", "in-reply-to", "subject", "dsn-embedded", "duplicate"},
        )


if __name__ == "__main__":
    unittest.main()
