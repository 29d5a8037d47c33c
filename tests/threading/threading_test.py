"""The right lead for every mail: the figures on conversations whose truth is known, and what a person puts right."""

import os
import pathlib
import sys
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent)]
import measure  # noqa: E402

BUILD = os.environ.get("LEADMAIL_BUILD", "build")


def mail(message_id, sender, subject, *, refs=(), words="How much are ten pumps?"):
    lines = [f"From: {sender}", "To: sales@acme.example", f"Subject: {subject}", "Date: Tue, 24 Nov 2026 09:00:00 +0000"]
    lines.append(f"Message-ID: <{message_id}>")
    if refs:
        lines += [f"In-Reply-To: <{refs[-1]}>", "References: " + " ".join(f"<{i}>" for i in refs)]
    return ("\r\n".join(lines) + f"\r\n\r\n{words}\r\n").encode()


class Figures(unittest.TestCase):
    def test_right_lead_for_almost_every_mail(self):
        figures, conversations = measure.measure(BUILD, seed=1)
        self.assertGreaterEqual(figures.mails, 2000)
        self.assertGreaterEqual(conversations, 500)
        self.assertLessEqual(figures.wrong_rate, 0.001, [bad.conversation for bad in figures.bad][:20])
        self.assertGreaterEqual(figures.recall, 0.98)
        self.assertGreater(figures.strangers, 50)
        self.assertEqual(figures.got_in, 0)


class Repairs(unittest.TestCase):
    def setUp(self):
        folder = measure.scratch()
        self.addCleanup(folder.cleanup)
        self.book = measure.Book(folder.name, BUILD)
        self.leads = {}

    def take(self, *args, **kw):
        path = self.book.keep(mail(*args, **kw))
        row = self.book.ingest("sales", False, [path])[path]
        return row["lead"]

    def lead_of(self, message_id):
        return self.book.rows("ledger")[[row["message_id"] for row in self.book.rows("ledger")].index(message_id)]["lead"]

    def show(self, lead):
        return self.book.rows("show", lead)[0]

    def test_split_is_remembered_and_can_be_taken_back(self):
        maria = "Maria <maria@x.example>"
        one = self.take("a1@x.example", maria, "Pumps")
        self.assertEqual(one, self.take("a2@x.example", maria, "Valves", words="And valves?"))
        before = self.show(one)
        answer = self.book.rows("split", "a2@x.example")[0]
        two = answer["lead"]
        self.assertNotEqual(one, two)
        self.assertEqual(self.lead_of("a2@x.example"), two)
        self.assertEqual(self.take("a3@x.example", maria, "Re: Valves", refs=["a2@x.example"], words="So?"), two)
        self.assertEqual(self.take("a4@x.example", maria, "Re: Valves", words="Well?"), two, "headers lost")
        self.assertEqual(self.take("a5@x.example", maria, "Re: Pumps", refs=["a1@x.example"], words="Pumps?"), one)

        self.assertEqual(self.take("a6@x.example", maria, "Re: Valves", refs=["a1@x.example"], words="Oh?"), two, "wrong mail answered")

        explained = self.book.rows("explain", "a6@x.example")[0]
        self.assertIn("repair 1", str(explained["recorded"]["evidence"]))
        self.assertEqual([repair["verb"] for repair in explained["repairs"]], ["split"])
        whole = self.book.rows("explain", two)[0]
        self.assertEqual(len(whole["messages"]), 4)

        self.book.run("undo", "1")
        self.assertEqual(self.lead_of("a2@x.example"), one)
        self.assertEqual(self.lead_of("a4@x.example"), one)
        self.assertEqual(self.show(two)["merged"], one)
        self.assertEqual(self.show(one)["contacts"], before["contacts"])
        self.assertEqual(self.take("a7@x.example", maria, "Re: Valves", words="Hello?"), one)
        with self.assertRaises(AssertionError):
            self.book.run("undo", "1")

    def test_move_takes_answers_along(self):
        one = self.take("b1@x.example", "Maria <maria@x.example>", "Pumps")
        two = self.take("b2@y.example", "Pedro <pedro@y.example>", "Valves")
        self.take("b3@x.example", "Jorge <jorge@x.example>", "Re: Pumps", refs=["b1@x.example"])
        self.take("b4@x.example", "Jorge <jorge@x.example>", "Re: Pumps", refs=["b1@x.example", "b3@x.example"], words="Hm?")
        moved = self.book.rows("move", "<b3@x.example>", two)[0]
        self.assertEqual((moved["lead"], moved["moved"]), (two, 2))
        self.assertIn("jorge@x.example", self.show(two)["emails"])
        self.assertNotIn("jorge@x.example", self.show(one)["emails"])
        self.assertEqual(self.take("b5@x.example", "Jorge <jorge@x.example>", "Re: Pumps", refs=["b4@x.example"], words="!"), two)

    def test_merge_and_back(self):
        one = self.take("c1@x.example", "Maria <maria@x.example>", "Pumps")
        two = self.take("c2@y.example", "Pedro <pedro@y.example>", "Valves")
        before = self.show(one), self.show(two)
        self.book.run("merge", one, two)
        self.assertEqual([row["lead"] for row in self.book.rows("list")], [one])
        self.assertEqual(self.take("c3@y.example", "Pedro <pedro@y.example>", "Something else", words="Hello?"), one)
        number = str(self.book.rows("explain", one)[0]["repairs"][0]["repair"])
        self.book.run("undo", number)
        after = self.show(one), self.show(two)
        self.assertEqual(after[1]["owner"], before[1]["owner"])
        self.assertEqual(after[1]["status"], before[1]["status"])
        self.assertEqual(after[0]["contacts"], before[0]["contacts"])
        self.assertIsNone(after[1]["merged"])

    def test_what_can_not_be_done_is_said(self):
        one = self.take("d1@x.example", "Maria <maria@x.example>", "Pumps")
        for words in (["split", "d1@x.example"], ["split", "no@where"], ["move", "d1@x.example", one], ["merge", one, one], ["undo", "7"]):
            with self.assertRaises(AssertionError):
                self.book.run(*words)

    def test_replay_tells_what_another_config_would_have_made(self):
        one = self.take("e1@x.example", "Maria <maria@x.example>", "Pumps")
        self.take("e2@x.example", "Maria <maria@x.example>", "Valves", words="And valves?")
        self.take("e3@y.example", "Pedro <pedro@y.example>", "Hoses")
        book = self.book.folder / "leadmail.db"
        before = book.read_bytes()
        self.assertEqual(self.book.rows("replay", "--new-config", str(self.book.config)), [])
        other = self.book.folder / "other.toml"
        config = self.book.config.read_text(encoding="utf-8").replace('known_sender = "join"', 'known_sender = "new"')
        other.write_text(config, encoding="utf-8")
        told = self.book.rows("replay", "--new-config", str(other))
        self.assertEqual(told, self.book.rows("replay", "--new-config", str(other)), "the same twice")
        by_id = {row["message_id"]: row for row in told}
        self.assertEqual(by_id["e2@x.example"]["before"]["lead"], one)
        self.assertEqual(by_id["e2@x.example"]["before"]["outcome"], "threaded")
        self.assertEqual(by_id["e2@x.example"]["after"]["outcome"], "lead")
        self.assertNotIn("e1@x.example", by_id)
        self.assertEqual(book.read_bytes(), before, "nothing was written")
        path = self.book.keep(mail("e9@z.example", "Zoe <zoe@z.example>", "Tanks"))
        self.assertEqual(self.book.rows("replay", "--new-config", str(other), path), [])


if __name__ == "__main__":
    unittest.main()
