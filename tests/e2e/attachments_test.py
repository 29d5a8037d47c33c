"""What people attach: filed on the lead, found again byte for byte, and sent where a salesperson expects it to go; through
a real Postfix and a real Dovecot."""

import hashlib
import pathlib
import unittest

import letters
from story import Story

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(reversed(range(256))) * 20


def attach(mail, data, name, kind="application/pdf", **how):
    main, _, sub = kind.partition("/")
    mail.add_attachment(data, maintype=main, subtype=sub, filename=name, **how)
    return mail


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Attachments(Story):
    def submits(self, user, mail):
        self.mail.submit(user, mail, [letters.recipient(mail)])
        return self.row(str(mail["Message-ID"]))

    def answers(self, user, notice, text, *files, quote="below"):
        mail = letters.answer(notice.message, f"{user}@acme.example", text, quote=quote)
        for data, name, kind in files:
            attach(mail, data, name, kind)
        return self.submits(user, mail)

    def files(self, lead):
        return {file["filename"]: file for file in self.leadmail.show(lead)["attachments"]}

    def delivered(self, address, count=1):
        return self.mail.wait_for(lambda: self.mail.sink.to(address)[count - 1 :], what=f"mail to {address}")[0].message

    @staticmethod
    def attached(message):
        return {part.get_filename(): part.get_content() for part in message.iter_attachments()}

    def bytes_of(self, lead, file):
        path = pathlib.Path(self.leadmail.folder) / "found.bin"
        done = self.leadmail._run(
            "leadmail", "export", "attachment", "--lead", lead, "--sha256", file["sha256"], "--output", str(path)
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return path.read_bytes()

    def test_two_inquiries_forwarded_as_attachments_in_one_mail_are_not_one_and_silence(self):
        mail = letters.write("ana@acme.example", "sales@acme.example", "Fwd: two inquiries", "See attached.\n\nAna")
        for name, address, subject in (("Rosa", "rosa@beside.example", "Tubos"), ("Tom", "tom@beside.example", "Valves")):
            mail.add_attachment(letters.write((name, address), "ana@acme.example", subject, f"Please send a price. {name}"))
        row = self.submits("ana", mail)
        self.assertEqual(row["outcome"], "lead", row)
        self.assertEqual(self.leadmail.show(row["lead"])["emails"], ["rosa@beside.example"])
        self.assertIn("Tom <tom@beside.example>: Valves", self.told("ana", row["lead"], "result").text)
        self.assertIn("Tom <tom@beside.example>: Valves", self.told("ana", row["lead"], "notice").text)
        again = letters.write("ana@acme.example", "sales@acme.example", "Fwd: Valves", "Ana")
        again.add_attachment(list(mail.iter_attachments())[1].get_payload(0))
        row = self.submits("ana", again)
        self.assertEqual(self.leadmail.show(row["lead"])["emails"], ["tom@beside.example"])

    def test_what_comes_with_a_note_is_filed_and_found_again(self):
        _, lead, notice = self.inquiry("Nora", "nora@far.example")
        row = self.answers("ana", notice, "#note signed contract", (PDF, "contrato ñ.pdf", "application/pdf"))
        self.assertEqual(row["outcome"], "command", row)
        file = self.files(lead)["contrato ñ.pdf"]
        self.assertEqual(
            (file["content_type"], file["size"], file["sha256"], file["filed"]),
            ("application/pdf", len(PDF), sha256(PDF), True),
        )
        self.assertEqual(self.bytes_of(lead, file), PDF)
        note = self.timeline(lead, "note")[0]
        self.assertEqual([one["sha256"] for one in note["attachments"]], [sha256(PDF)])
        self.assertIn("contrato ñ.pdf", self.told("ana", lead, "result").text)
        # The same file once more is the same file; a bare #note over a photo is a note.
        self.answers("ana", notice, "#note again", (PDF, "contrato ñ.pdf", "application/pdf"))
        self.answers("ana", notice, "#note", (PHOTO, "site.png", "image/png"))
        self.assertEqual(sorted(self.files(lead)), ["contrato ñ.pdf", "site.png"])
        self.assertEqual(self.quiet("nora@far.example"), [0], "a note is internal, and so is what comes with it")

        shown = self.leadmail._run("leadmail", "show", lead).stdout
        self.assertIn(sha256(PDF), shown)
        self.answers("ana", self.told("ana", lead, "result", 2), "#undo")
        self.settled()
        self.assertIn("contrato ñ.pdf", self.files(lead), "what the first command filed is still filed")

    def test_what_comes_with_a_new_lead_is_filed(self):
        mail = letters.write("ana@acme.example", "sales@acme.example", "", "#new Pia Gil <pia@new.example> 55 1234 5678\n")
        attach(mail, PHOTO, "card.png", "image/png")
        row = self.submits("ana", mail)
        self.assertEqual(row["outcome"], "command", row)
        file = self.files(row["lead"])["card.png"]
        self.assertEqual((file["sha256"], file["filed"]), (sha256(PHOTO), True))
        self.assertEqual(self.bytes_of(row["lead"], file), PHOTO)
        self.assertEqual(self.quiet("pia@new.example"), [0])

    def test_what_the_prospect_sends_stands_on_the_timeline(self):
        mail = letters.write(("Ulf", "ulf@far.example"), "sales@acme.example", "plan", "Please see the plan.")
        attach(mail, PDF, "plan.pdf")
        lead = self.row(self.prospect_writes(mail))["lead"]
        file = self.files(lead)["plan.pdf"]
        self.assertEqual((file["sha256"], file["filed"]), (sha256(PDF), False))
        self.assertEqual(self.bytes_of(lead, file), PDF)
        self.assertEqual([one["filename"] for one in self.timeline(lead, "mail-in")[0]["attachments"]], ["plan.pdf"])

    def test_the_pdf_of_a_quotation_goes_to_the_prospect_with_what_the_rep_wrote(self):
        mail, lead, notice = self.inquiry("Quim", "quim@far.example")
        text = "#cotización 12000 EUR válida 30 días\n\nEstimado Quim:\n\nva la oferta.\n\nAna"
        row = self.answers("ana", notice, text, (PDF, "oferta.pdf", "application/pdf"))
        self.assertEqual(row["outcome"], "rep-answer", row)
        sent = self.delivered("quim@far.example")
        body = sent.get_body(("plain",)).get_content()
        self.assertIn("va la oferta", body)
        self.assertNotIn("#cotiz", body)
        self.assertEqual(self.attached(sent), {"oferta.pdf": PDF})
        self.assertEqual(str(sent["In-Reply-To"]), str(mail["Message-ID"]))
        shown = self.leadmail.show(lead)
        self.assertEqual(shown["status"], "quotation")
        self.assertEqual(shown["quotations"][0]["document"]["sha256"], sha256(PDF))
        self.assertEqual(self.bytes_of(lead, shown["quotations"][0]["document"]), PDF)
        self.assertIn("oferta.pdf", [one["filename"] for one in self.timeline(lead, "mail-out")[0]["attachments"]])
        self.assertIn("oferta.pdf", self.told("ana", lead, "result").text)

    def test_without_a_word_it_goes_with_ours_in_the_prospects_language(self):
        for name, language, text, words in (
            ("Ida", "en", "Good morning, what do twenty pumps cost, and when could you deliver them?", "our quotation"),
            ("Eva", "es", "Buenos días, ¿cuánto cuestan veinte bombas y cuándo las entregan?", "nuestra cotización"),
            ("Mai", "vi", "Kính gửi quý công ty, xin cho biết giá hai mươi máy bơm và thời gian giao hàng.", "báo giá"),
        ):
            with self.subTest(language):
                address = f"{name.lower()}@far.example"
                _, lead, notice = self.inquiry(name, address, text=text)
                self.assertEqual(self.leadmail.show(lead)["language"], language)
                row = self.answers("ana", notice, "#quote 900 EUR", (PDF, "q.pdf", "application/pdf"))
                self.assertEqual(row["outcome"], "rep-answer", row)
                sent = self.delivered(address)
                self.assertIn(words, sent.get_body(("plain",)).get_content())
                self.assertEqual(self.attached(sent), {"q.pdf": PDF})

    def test_a_file_alone_is_an_answer_and_a_logo_is_not(self):
        _, lead, notice = self.inquiry("Solo", "solo@far.example")
        row = self.answers("ana", notice, "", (PDF, "ficha.pdf", "application/pdf"))
        self.assertEqual(row["outcome"], "rep-answer", row)
        sent = self.delivered("solo@far.example")
        self.assertEqual(self.attached(sent), {"ficha.pdf": PDF})
        self.assertIn("ficha.pdf", sent.get_body(("plain",)).get_content())
        self.assertEqual(self.leadmail.show(lead)["status"], "replied")
        # Nothing but the picture of a signature: nothing to send.
        empty = letters.answer(notice.message, "ana@acme.example", "", quote="no")
        empty.add_alternative('<div><br></div><div>-- <br>Ana<img src="cid:logo"></div>', subtype="html")
        empty.get_payload()[1].add_related(PHOTO, "image", "png", cid="<logo>", filename="logo.png", disposition="inline")
        row = self.submits("ana", empty)
        self.assertEqual(row["outcome"], "ignored", row)
        self.assertEqual(self.quiet("solo@far.example"), [1])

    def test_a_file_under_other_commands_is_kept_inside(self):
        _, lead, notice = self.inquiry("Inge", "inge@far.example")
        row = self.answers("ana", notice, "#status interested", (PDF, "draft.pdf", "application/pdf"))
        self.assertEqual(row["outcome"], "command", row)
        self.assertTrue(self.files(lead)["draft.pdf"]["filed"])
        self.assertIn("draft.pdf", self.told("ana", lead, "result").text)
        self.assertEqual(self.quiet("inge@far.example"), [0])

    def test_a_stranger_with_a_file_and_a_forged_name_sends_nothing(self):
        _, lead, notice = self.inquiry("Fia", "fia@far.example")
        forged = letters.answer(notice.message, "ana@acme.example", "")
        attach(forged, PDF, "virus.pdf")
        row = self.row(self.prospect_writes(forged, found=None, envelope_from="x@far.example"))
        self.assertEqual(row["outcome"], "unverified", row)
        self.assertEqual(self.quiet("fia@far.example"), [0])
        self.assertEqual(self.files(lead), {})


class DoNotContact(Story):
    """Who must not be contacted on one lead is not written to from another one."""

    def test_an_answer_from_another_lead_is_withheld_and_its_writer_told_once(self):
        _, one, _ = self.inquiry("Dana", "dana@far.example", "first")
        self.leadmail.tool("do", one, "#dnc")
        _, two, notice = self.inquiry("Dan", "dan@far.example", "second")
        self.leadmail.tool("do", two, "#contact Dana <dana@far.example>")
        mail = letters.write(("Dan", "dan@far.example"), "sales@acme.example", "second", "One thing more, for us both.")
        mail["Cc"] = "dana@far.example"
        mail["In-Reply-To"] = str(notice.message["References"]).split()[-1]
        self.assertEqual(self.row(self.prospect_writes(mail))["lead"], two)
        copy = self.told("ana", two, "copy")
        self.row(self.rep_answers("ana", copy, "Twenty euro each."))
        self.mail.wait_for(lambda: self.mail.sink.to("dan@far.example"), what="the answer")
        self.settled()
        self.assertEqual(self.quiet("dana@far.example", "dan@far.example"), [0, 1])
        told = [mail for mail in self.mail.inbox("ana") if "dana@far.example" in mail.text and "no debe" in mail.text]
        self.assertEqual(len(told), 1)
        self.assertIn("do not contact", str(self.timeline(two, "flagged")))
        self.assertEqual(self.leadmail.show(two)["status"], "replied", "it reached the prospect, if not all in copy")

    def test_a_lead_whose_answer_could_not_leave_still_waits_for_one(self):
        _, one, _ = self.inquiry("Eva", "eva@far.example", "first")
        _, two, notice = self.inquiry("Ed", "ed@far.example", "second")
        before = self.leadmail.show(two)
        self.leadmail.tool("do", one, "#contact Ed <ed@far.example>")
        self.leadmail.tool("do", one, "#dnc")
        self.row(self.rep_answers("ana", notice, "Twenty euro each."))
        told = self.told("ana", two, "bounced")
        self.assertIn("no se envió", told.text)
        self.settled()
        self.assertEqual(self.quiet("ed@far.example"), [0])
        after = self.leadmail.show(two)
        self.assertEqual((after["status"], after["owed"]), (before["status"], True))


if __name__ == "__main__":
    unittest.main()
