"""The new text of a reply, in forty languages and the habits of as many clients: mail that we wrote in their manner."""

import json
import os
import pathlib
import tempfile
import unittest

import corpus
import reply_mails

BUILD = pathlib.Path(os.environ.get("LEADMAIL_BUILD", "build"))


class ReplyMails(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as scratch:
            parser = corpus.Parser(str(BUILD / "parse_tool"))
            sets = os.path.join(scratch, "sets")
            reply_mails.write(os.path.join(sets, corpus.OWN))
            cls.count, cls.figures, cls.wrong, _ = corpus.measure(sets, corpus.OWN, parser, scratch, set())
        with open(corpus.FIGURES, encoding="utf-8") as file:
            cls.committed = json.load(file)

    def test_no_fewer_are_read_rightly_than_ever_before(self):
        self.assertGreater(self.count, 2000)
        drops = corpus.drops({corpus.OWN: self.figures}, {corpus.OWN: self.committed[corpus.OWN]})
        self.assertEqual(drops, [], self.wrong[:20])

    def test_none_is_left_empty_where_the_author_wrote_something(self):
        right, stated = self.figures["reply_not_empty"]
        self.assertEqual(right, stated, [name for name, field in self.wrong if field == "reply_not_empty"])


if __name__ == "__main__":
    unittest.main()
