"""Newsletters, opt-out, import and export, as the people concerned see them."""

import email
import json
import mailbox
import pathlib
import unittest

import letters
from story import Story

TEMPLATE = """Subject: Primavera: {{name}}

Hola {{name}}:

las bombas de {{company}} cuestan menos este mes.
"""


class TradeTest(Story):
    settings = {
        "extra": """
[templates]
path = "templates"
[newsletter]
mailbox = "sales"
mails_a_minute = 600
unsubscribe_url = "https://acme.example/unsubscribe"
[[department]]
id = "billing"
addresses = ["it@acme.example"]
"""
    }

    running = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.leadmail.folder / "templates").mkdir()  # the check wants to see it
        cls.leadmail.start()
        cls.addClassCleanup(cls.leadmail.stop)

    def template(self, name, text=TEMPLATE):
        folder = self.leadmail.folder / "templates" / "es"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"newsletter-{name}.txt").write_text(text, encoding="utf-8")

    def got(self, address, subject):
        """Mails with that subject that the address outside was sent."""
        return [mail for mail in self.mail.sink.to(address) if subject in str(mail.message["Subject"])]

    def test_a_newsletter_reaches_whom_it_is_for_once_and_ends_with_one_mail(self):
        self.template("spring")
        _, wanted, _ = self.inquiry("Rosa", "rosa@far.example")
        _, never, _ = self.inquiry("Nico", "nico@far.example")
        _, other, _ = self.inquiry("Olga", "olga@far.example")
        for lead in (wanted, never):
            self.leadmail.tool("do", lead, "#tag fair")
        self.leadmail.tool("do", never, "#dnc")
        send = ("newsletter", "send", "--template", "spring", "--to", "tag=fair", "--campaign", "spring-2027")

        dry = self.leadmail.tool(*send, "--dry-run")
        self.assertEqual([row["lead"] for row in dry if row["address"]], [wanted], dry)
        self.assertIn("do not contact", [row["why"] for row in dry])
        self.leadmail.tool(*send)
        self.leadmail.tool(*send)  # given twice, sent once
        self.settled()
        found = self.mail.wait_for(lambda: self.got("rosa@far.example", "Primavera"), what="the newsletter")
        self.assertEqual(len(found), 1)
        self.assertEqual(self.got("nico@far.example", "Primavera"), [])
        self.assertEqual(self.got("olga@far.example", "Primavera"), [])
        mail = found[0].message
        self.assertEqual(str(mail["Precedence"]), "bulk")
        self.assertEqual(str(mail["List-Unsubscribe-Post"]), "List-Unsubscribe=One-Click")
        ways = str(mail["List-Unsubscribe"]).replace("\n", "").split(",")
        self.assertTrue(ways[0].startswith("<mailto:sales+"), ways)
        self.assertTrue(ways[1].strip().startswith("<https://acme.example/unsubscribe?u="), ways)
        self.assertIn("newsletter spring-2027", json.dumps(self.leadmail.show(wanted)["timeline"]))

        answer = letters.answer(mail, "rosa@far.example", "Sí, ¿cuánto cuestan doce?")
        self.assertEqual(self.row(self.prospect_writes(answer))["lead"], wanted)
        self.assertEqual(self.leadmail.show(wanted)["campaign"], "spring-2027")

        address = ways[0].removeprefix("<mailto:").split("?")[0]
        leave = letters.write("rosa@far.example", address, "unsubscribe", "unsubscribe")
        row = self.row(self.prospect_writes(leave))
        self.assertIn("ends newsletters", row["reason"])
        self.assertEqual(self.leadmail.show(wanted)["newsletter"], "no")
        again = self.leadmail.tool(*send[:-1], "summer-2027")
        self.assertEqual([mail for mail in again if mail["address"]], [], again)

    def test_who_asks_to_be_left_alone_is_put_before_the_owner_with_one_tap(self):
        mail, lead, _ = self.inquiry("Leo", "leo@far.example")
        asks = letters.write(
            "leo@far.example", "sales@acme.example", "Re: " + str(mail["Subject"]), "Por favor, no me escriban más.",
            headers=[("In-Reply-To", str(mail["Message-ID"]))],
        )
        self.assertEqual(self.row(self.prospect_writes(asks))["lead"], lead)
        told = self.told("ana", lead, "copy")
        self.assertIn("no me escriban mas", told.text)
        self.assertIn("%23dnc", told.message.get_body(("html",)).get_content())
        self.assertNotEqual(self.leadmail.show(lead)["status"], "do-not-contact")
        self.assertEqual(self.row(self.rep_answers("ana", told, "#dnc"))["outcome"], "command")
        self.assertEqual(self.leadmail.show(lead)["status"], "do-not-contact")
        self.assertEqual(self.quiet("leo@far.example"), [0])

    def test_what_is_exported_comes_back_and_mail_keeps_every_byte(self):
        _, lead, _ = self.inquiry("=Nguyễn, \"Ánh\"", "anh@far.example", text="Xin chào\n\nFrom here on\n>From there\n")
        folder = pathlib.Path(self.leadmail.folder)
        for form in ("csv", "json", "vcard"):
            file = folder / f"leads.{form}"
            self.leadmail.tool("export", "leads", "--format", form, "--output", str(file), "--lead", lead)
            again = self.leadmail.tool("import", "leads", str(file), "--dry-run")[0]
            self.assertEqual([row["lead"] for row in again["known"]], [lead], again)
            self.assertEqual((again["made"], again["bad"], again["applied"]), ([], [], False))
        file = folder / "mail.mbox"
        self.leadmail.tool("export", "mail", "--output", str(file), "--lead", lead)
        box = mailbox.mbox(file)
        self.assertEqual(len(box), 1)
        text = email.message_from_bytes(bytes(box[0])).get_payload(decode=True).decode("utf-8")
        self.assertIn(">From here on", text)  # as mboxrd quotes it; one ">" goes when it is read back

    def test_an_import_is_silent_idempotent_and_all_or_nothing(self):
        folder = pathlib.Path(self.leadmail.folder)
        file = folder / "fair.csv"
        file.write_text("Nombre,Correo,Talla\nEva,eva@far.example,42\nBad,not an address,\n", encoding="utf-8")
        refused = self.leadmail.tool("import", "leads", str(file), expected=1)[0]
        self.assertEqual(refused["bad"][0]["line"], 3)
        self.assertEqual(refused["unknown_columns"], ["Talla"])
        self.assertFalse(refused["applied"])
        done = self.leadmail.tool("import", "leads", str(file), "--skip-bad", "--map", "Talla=")[0]
        lead = done["made"][0]["lead"]
        self.assertEqual(self.leadmail.show(lead)["emails"], ["eva@far.example"])
        again = self.leadmail.tool("import", "leads", str(file), "--skip-bad", "--map", "Talla=")[0]
        self.assertEqual((again["made"], again["known"][0]["lead"]), ([], lead))
        self.settled()
        self.assertEqual(self.sent(lead), {})

    def test_a_department_hears_of_a_conversion(self):
        _, lead, _ = self.inquiry("Ines", "ines@far.example")
        self.leadmail.tool("do", lead, "#quote 12000 EUR\n#order 4711")
        told = self.told("it", lead, "conversion")
        self.assertIn("4711", told.text)
        self.assertRegex(told.text, r"12[.,]000 EUR")


if __name__ == "__main__":
    unittest.main()
