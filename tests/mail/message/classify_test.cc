#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

Message a_mail(const std::vector<std::pair<std::string, std::string>>& fields,
               std::string text = "Please send us a quote for 40 pumps.") {
  std::string raw = "From: Bob Ray <bob@customer.example>\r\nTo: sales@acme.example\r\n";
  bool subject = false;
  for (const auto& [name, value] : fields) {
    raw += name + ": " + value + "\r\n";
    subject = subject || name == "Subject";
  }
  if (!subject) raw += "Subject: Pumps\r\n";
  raw += "\r\n" + text + "\r\n";
  Message message;
  message.identity = read_identity(raw);
  message.content.text = std::move(text);
  classify(message);
  return message;
}

std::string kind_of(const std::vector<std::pair<std::string, std::string>>& fields,
                    std::string text = "Please send us a quote for 40 pumps.") {
  return std::string(name(a_mail(fields, std::move(text)).kind));
}

TEST(Classify, AnInquiryIsAPersons) {
  EXPECT_EQ(kind_of({}), "person");
  EXPECT_EQ(a_mail({}).kind_reason, "no sign of a machine");
}

TEST(Classify, FieldsOfAnsweringMachines) {
  EXPECT_EQ(kind_of({{"Auto-Submitted", "auto-replied (vacation)"}}), "auto-reply");
  EXPECT_EQ(kind_of({{"Auto-Submitted", "auto-generated"}}), "auto-reply");
  EXPECT_EQ(kind_of({{"X-Autoreply", "yes"}}), "auto-reply");
  EXPECT_EQ(kind_of({{"X-Autorespond", "Re: Pumps"}}), "auto-reply");
  EXPECT_EQ(kind_of({{"Precedence", "auto_reply"}}), "auto-reply");
  EXPECT_EQ(kind_of({{"X-POST-MessageClass", "9; Autoresponder"}}), "auto-reply");
  EXPECT_EQ(kind_of({{"Return-Path", "<>"}}), "auto-reply");
  EXPECT_EQ(a_mail({{"Auto-Submitted", "auto-replied"}}).kind_reason, "Auto-Submitted: auto-replied");
}

// RFC 3834 §5: "no" says that a person wrote it; X-Auto-Response-Suppress asks others not to answer and says nothing of
// the writer.
TEST(Classify, WhatOnlyLooksAutomaticIsAPersons) {
  EXPECT_EQ(kind_of({{"Auto-Submitted", "no"}}), "person");
  EXPECT_EQ(kind_of({{"X-Auto-Response-Suppress", "All"}}), "person");
  EXPECT_EQ(kind_of({{"X-Autoreply", "no"}}), "person");
  EXPECT_EQ(kind_of({{"Subject", "Out of office chairs, need 40"}}), "person");
  EXPECT_EQ(kind_of({{"Subject", "Urlaub: Angebot für 4 Personen"}}), "person");
  EXPECT_EQ(kind_of({{"Subject", "Ticket prices"}, {"In-Reply-To", "<a@b.example>"}}), "person");
  EXPECT_EQ(kind_of({{"Subject", "Delivery failure of pump 7"}}, "The pump could not be delivered, please help."),
            "person");
}

TEST(Classify, SubjectsOfAnsweringMachinesInManyLanguages) {
  for (const std::string subject : {"Automatic reply: Pumps",
                                    "Out of Office: Pumps",
                                    "Out of Office AutoReply: Pumps",
                                    "Automatische Antwort: Pumpen",
                                    "Abwesenheitsnotiz: Pumpen",
                                    "Réponse automatique : Pompes",
                                    "Respuesta automática: Bombas",
                                    "Resposta automática: Bombas",
                                    "Risposta automatica: Pompe",
                                    "Automatisch antwoord: Pompen",
                                    "Autosvar: Pumpar",
                                    "Automatiskt svar: Pumpar",
                                    "Automatisk svar: Pumper",
                                    "Automaattinen vastaus: Pumput",
                                    "Odpowiedź automatyczna: Pompy",
                                    "Automatická odpověď: Čerpadla",
                                    "Automatikus válasz: Szivattyúk",
                                    "Răspuns automat: Pompe",
                                    "Автоматический ответ: Насосы",
                                    "Автоответ: Насосы",
                                    "Автоматична відповідь: Насоси",
                                    "Αυτόματη απάντηση: Αντλίες",
                                    "Otomatik yanıt: Pompa",
                                    "Trả lời tự động: Máy bơm",
                                    "Balasan otomatis: Pompa",
                                    "自動返信: ポンプ",
                                    "自动回复: 水泵",
                                    "自動回覆: 水泵",
                                    "자동 회신: 펌프",
                                    "מענה אוטומטי: משאבות",
                                    "رد تلقائي: مضخات",
                                    "ตอบกลับอัตโนมัติ: ปั๊ม",
                                    "Samodejni odgovor: Črpalke",
                                    "Automatinis atsakymas: Siurbliai"})
    EXPECT_EQ(kind_of({{"Subject", subject}}), "auto-reply") << subject;
}

TEST(Classify, AWeakSubjectNeedsASecondSign) {
  const std::string away = "I am out of the office until Monday and will answer then.";
  EXPECT_EQ(kind_of({{"Subject", "On vacation - Re: Pumps"}, {"In-Reply-To", "<a@b.example>"}}, away), "auto-reply");
  EXPECT_EQ(kind_of({{"Subject", "On vacation"}}, away), "person");
}

TEST(Classify, ListsAndNewslettersAreBulk) {
  EXPECT_EQ(kind_of({{"List-Id", "<news.example.com>"}}), "bulk");
  EXPECT_EQ(kind_of({{"Precedence", "bulk"}}), "bulk");
  EXPECT_EQ(kind_of({{"List-Unsubscribe", "<https://news.example.com/u>"}}), "bulk");
  // A salesman's tool marks what he writes in a conversation.
  EXPECT_EQ(kind_of({{"List-Unsubscribe", "<https://crm.example.com/u>"}, {"In-Reply-To", "<a@acme.example>"}}),
            "person");
  // A group address of the company that feeds the shared mailbox is no list.
  EXPECT_EQ(kind_of({{"List-Id", "<sales.acme.example>"},
                     {"X-Google-Group-Id", "12"},
                     {"Precedence", "list"},
                     {"List-Post", "<mailto:sales@acme.example>"}}),
            "person");
  EXPECT_EQ(kind_of({{"List-Id", "<x.googlegroups.com>"},
                     {"X-Google-Group-Id", "12"},
                     {"List-Post", "<mailto:x@googlegroups.com>"}}),
            "bulk");
}

TEST(Classify, ReportsOfTheBodyDecideFirst) {
  Message message = a_mail({{"Auto-Submitted", "auto-replied"}});
  message.content.bounce = Bounce{{{.address = "x@y.example", .action = "failed", .status = "5.1.1"}}, ""};
  classify(message);
  EXPECT_EQ(message.kind, Kind::bounce);
  EXPECT_EQ(message.kind_reason, "a delivery status notification: failed 5.1.1");
  message.content.bounce->recipients[0].action = "delivered";
  classify(message);
  EXPECT_EQ(message.kind, Kind::receipt);
  message.content.is_feedback_report = true;
  classify(message);
  EXPECT_EQ(message.kind, Kind::complaint);
}

TEST(Classify, ReceiptsWithoutAReportPartNeedTheirSentence) {
  const auto kind = [](const std::string& subject, const std::string& text) {
    return kind_of({{"Subject", subject}}, text);
  };
  const std::string head = "\n\n   To: Bob Ray\n   Subject: Pumps\n   Sent: Monday\n\n ";
  EXPECT_EQ(kind("Read: Pumps", "Your message" + head + "was read on Monday, June 1, 2026 10:20."), "receipt");
  EXPECT_EQ(kind("Not read: Pumps", "Your message" + head + "was deleted without being read on Monday."), "receipt");
  EXPECT_EQ(kind("Gelesen: Pumpen", "Ihre Nachricht" + head + "wurde am Montag gelesen."), "receipt");
  EXPECT_EQ(kind("Lu : Pompes", "Votre message" + head + "a été lu le lundi 1 juin."), "receipt");
  EXPECT_EQ(kind("Leído: Bombas", "El mensaje" + head + "fue leído el lunes."), "receipt");
  EXPECT_EQ(kind("Lida: Bombas", "A sua mensagem" + head + "foi lida na segunda-feira."), "receipt");
  EXPECT_EQ(kind("Letto: Pompe", "Il messaggio" + head + "è stato letto lunedì."), "receipt");
  EXPECT_EQ(kind("Gelezen: Pompen", "Uw bericht" + head + "is gelezen op maandag."), "receipt");
  EXPECT_EQ(kind("Läst: Pumpar", "Meddelandet" + head + "lästes den 1 juni."), "receipt");
  EXPECT_EQ(kind("Przeczytano: Pompy", "Wiadomość" + head + "została przeczytana w poniedziałek."), "receipt");
  EXPECT_EQ(kind("Прочитано: Насосы", "Сообщение" + head + "прочитано в понедельник."), "receipt");
  EXPECT_EQ(kind("開封済み: ポンプ", "メッセージ" + head + "は開封されました。"), "receipt");
  EXPECT_EQ(kind("已读: 水泵", "邮件" + head + "已于星期一阅读。"), "receipt");
  EXPECT_EQ(kind("Read: the new norm", "Dear Ann,\n\nthe norm was read on Monday; please send a quote.\n\nBob"),
            "person");
  EXPECT_EQ(kind("Read: the new norm", "Please read it and quote 40 pumps."), "person");
}

TEST(Classify, ComplaintsWithoutAReportPart) {
  EXPECT_EQ(kind_of({{"Subject", "complaint about message from 192.0.2.10"}}), "complaint");
  EXPECT_EQ(kind_of({{"Subject", "Email Feedback Report for IP 2001:db8::1"}}), "complaint");
  EXPECT_EQ(kind_of({{"Subject", "Abuse"}}, "A report.\n\nFeedback-Type: abuse\nUser-Agent: Desk/1.0\nVersion: 1"),
            "complaint");
  EXPECT_EQ(kind_of({{"Subject", "AWS Notification Message"}},
                    "{\"notificationType\":\"Complaint\",\"complaint\":{},\"mail\":{}}"),
            "complaint");
  EXPECT_EQ(kind_of({{"Subject", "Complaint about message from your salesman"}}), "person");
  EXPECT_EQ(
      kind_of({{"Subject", "What is this?"}}, "> Feedback-Type: abuse\n> User-Agent: Desk/1.0\n\nPlease explain."),
      "person");
}

TEST(Classify, AReportThatAPersonEnclosesIsThatPersonsMail) {
  const std::string top =
      "From: Ann <ann@customer.example>\r\nTo: sales@acme.example\r\nSubject: Fwd: a report\r\n"
      "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nLook at this, and send a quote.\r\n"
      "--a\r\nContent-Type: message/rfc822\r\n\r\n";
  for (const std::string type : {"feedback-report", "disposition-notification", "delivery-status"}) {
    const auto raw = top +
                     "From: x@isp.example\r\nSubject: Undelivered Mail\r\nContent-Type: multipart/report; "
                     "report-type=" +
                     type + "; boundary=b\r\n\r\n--b\r\nContent-Type: message/" + type +
                     "\r\n\r\nReporting-MTA: dns; a\r\n\r\nFinal-Recipient: rfc822; bob@customer.example\r\nAction: "
                     "failed\r\nFeedback-Type: abuse\r\n\r\n--b--\r\n--a--\r\n";
    Message message{.identity = read_identity(raw), .content = parse(raw)};
    classify(message);
    EXPECT_EQ(name(message.kind), "person") << type;
  }
}

TEST(Classify, AnswersToInvitationsAndFormsHaveTheirOwnKinds) {
  Message message = a_mail({});
  message.content.calendar = CalendarPart{.method = "REPLY"};
  classify(message);
  EXPECT_EQ(message.kind, Kind::calendar);
  message.content.calendar->method = "REQUEST";  // a person invites us
  classify(message);
  EXPECT_EQ(message.kind, Kind::person);
  message.content.form = {{"Name", "Bob"}, {"Email", "bob@customer.example"}};
  classify(message);
  EXPECT_EQ(message.kind, Kind::form);
}

TEST(Classify, TheReasonNeverHoldsControlCharacters) {
  const auto message = a_mail({{"X-Autoreply", "yes\x1b[31m\x07 \xe2\x80\xae"}});
  for (const char c : message.kind_reason) EXPECT_TRUE(c >= 0x20 && c < 0x7f);
}

}  // namespace
}  // namespace leadmail::mail::message
