"""From a first inquiry to a customer with a quotation, in each language: five mails of a rep, nothing but mail; through a
real Postfix and a real Dovecot."""

import unittest

import letters
from story import Story

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 12 + b"\n%%EOF\n"

SETTINGS = """
[[department]]
id = "billing"
addresses = ["billing@far.example"]
"""
REP = """
[[user]]
id = "{id}"
name = "{name}"
address = "it@acme.example"
language = "{language}"
timezone = "{zone}"
"""


class Sale:
    """One sale, told as the prospect and the rep live it. Subclasses say it in their language."""

    def test_from_the_first_inquiry_to_the_customer(self):
        self.wrote = 0  # mails of the rep
        first = letters.write((self.prospect, self.address), "sales@acme.example", self.subject, self.inquiry_text)
        row = self.row(self.prospect_writes(first))
        self.assertEqual(row["outcome"], "lead", row)
        self.lead = row["lead"]
        notice = self.told(self.account, self.lead, "notice")
        self.assertIn(self.prospect, notice.text)

        # 1: answers, knows what she needs, and will call.
        self.answers(notice, *self.answer_1)
        shown = self.leadmail.show(self.lead)
        self.assertEqual(shown["status"], "replied")
        self.assertEqual(shown["qualification"]["need"]["answer"], "yes")
        self.assertEqual(shown["next_contact"]["by"], self.rep)
        invitation = self.told(self.account, self.lead, "invitation").message
        self.assertIn("METHOD:REQUEST", "".join(str(part) for part in invitation.walk()))
        copy = self.prospect_answers(self.reply_1)
        self.assertEqual(self.leadmail.show(self.lead)["status"], "open", "an answer is owed again")

        # 2: a chance worth money.
        self.answers(copy, *self.answer_2)
        shown = self.leadmail.show(self.lead)
        self.assertEqual(shown["status"], "opportunity")
        deal = shown["opportunities"][0]
        self.assertEqual((deal["value"], deal["currency"], deal["probability"]), (12000, "EUR", 60))
        copy = self.prospect_answers(self.reply_2)
        self.assertEqual(self.leadmail.show(self.lead)["status"], "opportunity", "a mail lowers nothing")

        # 3: the quotation, with its document.
        self.answers(copy, *self.answer_3, document=self.document)
        shown = self.leadmail.show(self.lead)
        self.assertEqual(shown["status"], "quotation")
        quotation = shown["quotations"][0]
        self.assertEqual((quotation["total"], quotation["state"]), (11500, "open"))
        self.assertEqual(quotation["document"]["filename"], self.document)
        self.assertEqual([part.get_content() for part in self.got(3).iter_attachments()], [PDF])
        copy = self.prospect_answers(self.reply_3)

        # 4: the order.
        self.answers(copy, *self.answer_4)
        shown = self.leadmail.show(self.lead)
        self.assertEqual((shown["status"], shown["customer"]), ("converted", "yes"))
        self.assertEqual(shown["quotations"][0]["state"], "accepted")
        self.assertEqual((shown["orders"][0]["number"], shown["orders"][0]["value"]), ("4711", 11500))
        told = self.mail.wait_for(lambda: self.mail.sink.to("billing@far.example"), what="the department's mail")
        self.assertIn("4711", told[0].message.get_body(("plain",)).get_content())

        # 5: what only the team is to know, and a look at all of it.
        result = self.told(self.account, self.lead, "result", 4)
        self.answers(result, *self.answer_5, relayed=False)
        story = self.told(self.account, self.lead, "show").text
        for word in (self.prospect, "4711", self.note):
            self.assertIn(word, story)
        self.assertIn(self.note, [event["text"] for event in self.timeline(self.lead, "note")])

        self.assertEqual(self.wrote, 5)
        self.one_conversation(first)
        self.later()

    def answers(self, mail, commands, text, document=None, relayed=True):
        reply = letters.answer(mail.message, "it@acme.example", commands + ("\n\n" + text if text else ""))
        if document:
            reply.add_attachment(PDF, maintype="application", subtype="pdf", filename=document)
        self.mail.submit(self.account, reply, [letters.recipient(reply)])
        self.wrote += 1
        row = self.row(str(reply["Message-ID"]))
        self.assertEqual(row["outcome"], "rep-answer" if relayed else "command", row)
        self.settled()

    def got(self, count):
        """The prospect's mail of that number."""
        return self.mail.wait_for(lambda: self.mail.sink.to(self.address)[count - 1 :], what=f"mail {count}")[0].message

    def prospect_answers(self, text):
        """To the last mail; returns the rep's copy."""
        last = self.mail.sink.to(self.address)[-1].message
        mail = letters.answer(last, self.address, text)
        copies = len(self.sent(self.lead, "copy"))
        row = self.row(self.prospect_writes(mail))
        self.assertEqual((row["outcome"], row["lead"]), ("threaded", self.lead), row)
        return self.told(self.account, self.lead, "copy", copies + 1)

    def one_conversation(self, first):
        """Four mails, one thread, from one address, without a word of ours that is not for him."""
        mails = [mail.message for mail in self.mail.sink.to(self.address)]
        self.assertEqual(len(mails), 4)
        for mail, words in zip(mails, (self.answer_1, self.answer_2, self.answer_3, self.answer_4)):
            body = mail.get_body(("plain",)).get_content()
            self.assertIn("sales@acme.example", str(mail["From"]))
            self.assertIn(str(first["Message-ID"]), str(mail["References"]))
            self.assertIn(" ".join(words[1].split()), " ".join(body.split()))
            self.assertIn(self.wrote_word, body, "what he answers stands below, in his language")
            self.assertFalse([line for line in body.splitlines() if line.lstrip("> ").startswith("#")], body)
            self.assertNotIn(self.lead, body + str(mail["Subject"]))

    def later(self):
        """A customer who asks again is known as one."""
        again = letters.write((self.prospect, self.address), "sales@acme.example", self.subject + " 2", self.inquiry_text)
        row = self.row(self.prospect_writes(again))
        self.assertEqual(row["outcome"], "lead", row)
        self.assertNotEqual(row["lead"], self.lead)
        shown = self.leadmail.show(row["lead"])
        self.assertEqual(shown["owner"], self.rep)
        self.assertEqual(shown["qualification"]["was_customer"]["answer"], "yes")
        self.assertIn(self.lead, str(shown["qualification"]["was_customer"]["note"]))


def settings(rep, name, language, zone):
    return {
        "assign": f'\n[[assign]]\nname = "all"\nto = {{ user = "{rep}" }}\n',
        "extra": SETTINGS + REP.format(id=rep, name=name, language=language, zone=zone),
    }


class InEnglish(Sale, Story):
    settings = settings("beth", "Beth Clarke", "en", "Europe/London")
    account, rep = "it", "beth"
    prospect, address, subject = "Mary Parker", "mary@farms.example", "Twelve pumps"
    inquiry_text = "Good morning,\n\nwe need twelve pumps for our irrigation. What would they cost, and when could you deliver?\n\nMary Parker"
    answer_1 = ("#next tomorrow 10:00 call about the site\n#qualify need yes", "Dear Mary,\n\nthank you. May I call you tomorrow about the site?\n\nBeth")
    reply_1 = "Yes, please call. We have about 12,000 euro for it."
    answer_2 = ("#opportunity 12000 EUR 60% close 2027-03-31\n#next none", "Dear Mary,\n\nthat is enough for our series C. Shall I send you a quotation?\n\nBeth")
    reply_2 = "Please do."
    answer_3 = ("#quote 11500 EUR valid 30d", "Dear Mary,\n\nyou find the quotation attached.\n\nBeth")
    document = "quotation.pdf"
    reply_3 = "We accept. Our order number is 4711."
    answer_4 = ("#order 4711", "Dear Mary,\n\nthank you for your order. We deliver in March.\n\nBeth")
    note = "pays within ten days, likes to be called"
    answer_5 = (f"#note {note}\n#show", "")
    wrote_word = "wrote:"


class InSpanish(Sale, Story):
    settings = settings("paco", "Paco Ruiz", "es", "America/Mexico_City")
    account, rep = "it", "paco"
    prospect, address, subject = "María Pérez", "maria@riegos.example", "Doce bombas"
    inquiry_text = "Buenos días:\n\nnecesitamos doce bombas para nuestro riego. ¿Cuánto cuestan y cuándo las entregan?\n\nMaría Pérez"
    answer_1 = ("#próximo mañana a las 10 llamar por el terreno\n#calificar necesidad sí", "Estimada María:\n\ngracias. ¿Puedo llamarla mañana por el terreno?\n\nPaco")
    reply_1 = "Sí, llámeme. Tenemos unos 12.000 euros para esto."
    answer_2 = ("#oportunidad 12.000 EUR 60% cierre 2027-03-31\n#próximo ninguno", "Estimada María:\n\nalcanza para nuestra serie C. ¿Le envío una cotización?\n\nPaco")
    reply_2 = "Sí, por favor."
    answer_3 = ("#cotización 11.500 EUR válida 30 días", "Estimada María:\n\nle adjunto la cotización.\n\nPaco")
    document = "cotización.pdf"
    reply_3 = "La aceptamos. Nuestro pedido es el 4711."
    answer_4 = ("#pedido 4711", "Estimada María:\n\ngracias por su pedido. Entregamos en marzo.\n\nPaco")
    note = "paga en diez días, prefiere que la llamen"
    answer_5 = (f"#nota {note}\n#ver", "")
    wrote_word = "escribió:"


class InVietnamese(Sale, Story):
    settings = settings("linh", "Trần Linh", "vi", "Asia/Ho_Chi_Minh")
    account, rep = "it", "linh"
    prospect, address, subject = "Nguyễn Thị Mai", "mai@nongtrai.example", "Mười hai máy bơm"
    inquiry_text = "Kính gửi quý công ty,\n\nchúng tôi cần mười hai máy bơm cho hệ thống tưới. Xin cho biết giá và thời gian giao hàng.\n\nNguyễn Thị Mai"
    answer_1 = ("#tiếp theo mai 10:00 gọi hỏi về mặt bằng\n#đánh giá nhu cầu có", "Chào chị Mai,\n\ncảm ơn chị. Ngày mai tôi gọi cho chị được không?\n\nLinh")
    reply_1 = "Được, anh gọi nhé. Chúng tôi có khoảng 12.000 euro cho việc này."
    answer_2 = ("#cơ hội 12.000 EUR 60% chốt 2027-03-31\n#tiếp theo xóa", "Chào chị Mai,\n\nsố đó đủ cho dòng C của chúng tôi. Tôi gửi báo giá cho chị nhé?\n\nLinh")
    reply_2 = "Vâng, anh gửi giúp."
    answer_3 = ("#báo giá 11.500 EUR hiệu lực 30 ngày", "Chào chị Mai,\n\ntôi gửi kèm báo giá.\n\nLinh")
    document = "báo giá.pdf"
    reply_3 = "Chúng tôi đồng ý. Đơn hàng của chúng tôi là số 4711."
    answer_4 = ("#đơn hàng 4711", "Chào chị Mai,\n\ncảm ơn chị đã đặt hàng. Chúng tôi giao trong tháng ba.\n\nLinh")
    note = "trả tiền trong mười ngày, thích được gọi điện"
    answer_5 = (f"#ghi chú {note}\n#xem", "")
    wrote_word = "đã viết:"


if __name__ == "__main__":
    unittest.main()
