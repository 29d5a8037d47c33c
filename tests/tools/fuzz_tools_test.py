"""What script/fuzz and its coverage are told of the parsers is true."""

import re
import unittest

import fuzz_coverage
import fuzz_words

TARGETS = sorted(path.stem for path in (fuzz_coverage.ROOT / "tests" / "fuzz").glob("*_fuzz.cc"))


class FuzzTools(unittest.TestCase):
    def test_each_target_has_parsers_and_words_of_them(self):
        self.assertGreater(len(TARGETS), 15)
        for target in TARGETS:
            with self.subTest(target):
                self.assertTrue(fuzz_coverage.parsers(target))
                lines = fuzz_words.dictionary(target).splitlines()
                self.assertGreater(len(lines), 8)
                wrong = [line for line in lines if not re.fullmatch(r'#.*|"(?:[^"\\]|\\x[0-9a-f]{2})+"|', line)]
                self.assertEqual(wrong, [])

    def test_a_word_is_what_the_source_means_and_a_comment_is_none(self):
        source = """#include "a.h"
        // "not this"
        const char c = '"';  /* nor "that" */
        f("plain", "a\\"b\\\\", "\\xC3\\xB1\\n", R"(one|t[wW]o three)", "\\u00e1");"""
        self.assertEqual(
            list(fuzz_words.words(source)), [b"plain", b'a"b\\', b"\xc3\xb1\n", b"one", b"three", "á".encode()]
        )

    def test_patterns_of_parsers_are_spread(self):
        self.assertEqual(
            list(fuzz_coverage.expanded("mail/imap/{pace,response_i*}.cc")),
            ["mail/imap/pace.cc", "mail/imap/response_items.cc"],
        )
        self.assertEqual(fuzz_coverage.ranges([3, 4, 5, 9]), [(3, 5), (9, 9)])


if __name__ == "__main__":
    unittest.main()
