"""A form of one's own site: one notification teaches the config, and the next one is a lead with its fields."""

import subprocess
import unittest

import letters
from story import Story

# Labels that stand in no dictionary.
ODD = """Who: {who}
Where to: {where}
Line: {line}
Colour: {colour}
Story: {story}
"""
SITE = ("Site", "www@site.example")


def notification(**typed):
    return letters.write(SITE, "sales@acme.example", f"New request of {typed['who']}", ODD.format(**typed))


class Forms(Story):
    running = False

    def learned(self, sample):
        """The config that `leadmail form learn` makes of a mail."""
        file = self.leadmail.folder / "sample.eml"
        file.write_bytes(bytes(sample))
        done = subprocess.run(
            [self.leadmail.build / "leadmail", "form", "learn", file], capture_output=True, text=True, check=True
        )
        return done.stdout

    def test_one_notification_teaches_the_form_and_the_next_becomes_a_lead_with_its_fields(self):
        sample = notification(
            who="Eva Sample",
            where="eva@sample.example",
            line="+52 55 1111 2222",
            colour="blue",
            story="We would like to know what twenty pumps cost, and when you could deliver them.",
        )
        config = self.learned(sample)
        self.assertNotIn("eva@sample.example", config)
        self.assertIn('"Where to" = "email"', config)
        config = config.replace('"Who" = "ignore"', '"Who" = "name"')  # what its administrator knows
        folder = self.leadmail.folder / "conf.d"
        folder.mkdir()
        (folder / "form.toml").write_text(config)
        self.leadmail.tool("check")
        self.leadmail.start()
        self.addCleanup(self.leadmail.stop)

        next_one = notification(
            who="María Pérez", where="maria@far.example", line="+52 55 1234 5678", colour="red", story="¿Precio de 20 bombas?"
        )
        row = self.row(self.prospect_writes(next_one))
        self.assertEqual((row["outcome"], row["kind"]), ("lead", "form"), row)
        shown = self.leadmail.show(row["lead"])
        self.assertEqual((shown["name"], shown["emails"]), ("María Pérez", ["maria@far.example"]))
        self.assertIn("+525512345678", "".join(shown["phones"]).replace(" ", ""))
        notice = self.told("ana", row["lead"], "notice")
        self.assertIn("¿Precio de 20 bombas?", notice.text)

        # What a rep answers goes to the visitor and not to the site.
        self.rep_answers("ana", notice, "Cuestan 10 pesos.")
        self.mail.wait_for(lambda: self.mail.sink.to("maria@far.example"), what="the answer to the visitor")
        self.assertEqual(self.mail.sink.to("www@site.example"), [])

        other = letters.write(SITE, "sales@acme.example", "Invoice 12", "Please pay.\n\nSite")
        self.assertNotEqual(self.row(self.prospect_writes(other))["kind"], "form")


if __name__ == "__main__":
    unittest.main()
