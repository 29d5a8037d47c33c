#include "mail/message/forwarded.h"

#include <gtest/gtest.h>

#include <string>

#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

std::string describe(const std::optional<Forwarded>& forwarded) {
  if (!forwarded) return "none";
  return forwarded->from.name + '|' + forwarded->from.address + '|' + forwarded->date + '|' + forwarded->subject + '|' +
         forwarded->text;
}

TEST(Forwarded, TheMarkersOfTheUsualClients) {
  EXPECT_EQ(describe(read_forwarded(
                {"Fwd: Pumps"},
                "FYI\n\n---------- Forwarded message ---------\nFrom: Bob Ray <bob@customer.example>\nDate: Mon, 2 Feb "
                "2026 10:00:00 +0100\nSubject: Pumps\nTo: <sales@acme.example>\n\n\nWe need 40.\n")),
            "Bob Ray|bob@customer.example|2026-02-02T10:00:00+01:00|Pumps|We need 40.");
  EXPECT_EQ(describe(read_forwarded({"Fwd: Pumps"},
                                    "See below\n\n> Begin forwarded message:\n>\n> From: \"Bob Ray\" "
                                    "<bob@customer.example>\n> Date: 1. August 2026 23:28:15 GMT-07:00\n> To: "
                                    "\"Sales\" <sales@acme.example>\n> Subject: Pumps\n>\n> We need 40.\n\nMine\n")),
            "Bob Ray|bob@customer.example|2026-08-01T23:28:15-07:00|Pumps|We need 40.");
  EXPECT_EQ(describe(read_forwarded({"FW: Pumps"},
                                    "From: Bob Ray [mailto:bob@customer.example]\nSent: Monday, February 2, 2026 10:00 "
                                    "AM\nTo: Sales\nSubject: Pumps\n\nWe need 40.\n"))
                .substr(0, 29),
            "Bob Ray|bob@customer.example|");
  EXPECT_EQ(describe(read_forwarded(
                {"Fwd: Pumps"},
                "-------- Forwarded Message --------\nSubject: \tPumps\nDate: \tMon, 2 Feb 2026 10:00:00 +0100\nFrom: "
                "\tBob Ray <bob@customer.example>\nTo: \tsales@acme.example\n\nWe need 40.\n")),
            "Bob Ray|bob@customer.example|2026-02-02T10:00:00+01:00|Pumps|We need 40.");
  EXPECT_EQ(describe(read_forwarded({"Fw: Pumps"},
                                    "----- Forwarded Message -----\nFrom: bob@customer.example "
                                    "<bob@customer.example>\nTo: \"sales@acme.example\" <sales@acme.example>\nSent: "
                                    "Monday, 2 February 2026, 10:00\nSubject: Pumps\n\nWe need 40."))
                .substr(0, 22),
            "|bob@customer.example|");
}

TEST(Forwarded, TheMarkersOfManyLanguages) {
  const auto from = [](const std::string& marker, const std::string& f, const std::string& d, const std::string& s) {
    const auto forwarded = read_forwarded(
        {""}, marker + "\n" + f + ": Bob <bob@customer.example>\n" + d + ": 2026-02-02\n" + s + ": Pumps\n\nText");
    return forwarded ? forwarded->from.address + ' ' + forwarded->subject : "none";
  };
  const std::string want = "bob@customer.example Pumps";
  EXPECT_EQ(from("-------- Mensaje reenviado --------", "De", "Fecha", "Asunto"), want);
  EXPECT_EQ(from("---------- Thư được chuyển tiếp ---------", "Từ", "Ngày", "Chủ đề"), want);
  EXPECT_EQ(from("-------- Message transféré --------", "De ", "Date ", "Sujet "), want);
  EXPECT_EQ(from("Début du message réexpédié :", "De", "Date", "Objet"), want);
  EXPECT_EQ(from("-------- Weitergeleitete Nachricht --------", "Von", "Datum", "Betreff"), want);
  EXPECT_EQ(from("Anfang der weitergeleiteten Nachricht:", "Von", "Datum", "Betreff"), want);
  EXPECT_EQ(from("---------- Mensagem encaminhada ---------", "De", "Data", "Assunto"), want);
  EXPECT_EQ(from("---------- Messaggio inoltrato ---------", "Da", "Data", "Oggetto"), want);
  EXPECT_EQ(from("---------- Doorgestuurd bericht ---------", "Van", "Datum", "Onderwerp"), want);
  EXPECT_EQ(from("---------- Wiadomość przekazana ---------", "Od", "Data", "Temat"), want);
  EXPECT_EQ(from("-------- Пересылаемое сообщение --------", "От кого", "Дата", "Тема"), want);
  EXPECT_EQ(from("---------- Vidarebefordrat meddelande ----------", "Från", "Datum", "Ämne"), want);
  EXPECT_EQ(from("---------- Videresendt meddelelse ---------", "Fra", "Dato", "Emne"), want);
  EXPECT_EQ(from("---------- Välitetty viesti ---------", "Lähettäjä", "Päivämäärä", "Aihe"), want);
  EXPECT_EQ(from("---------- Yönlendirilen ileti ---------", "Kimden", "Tarih", "Konu"), want);
  EXPECT_EQ(from("---------- 転送されたメッセージ ---------", "差出人", "日時", "件名"), want);
  EXPECT_EQ(from("---------- 转发的邮件 ---------", "发件人", "日期", "主题"), want);
  EXPECT_EQ(from("---------- 전달된 메시지 ---------", "보낸사람", "날짜", "제목"), want);
}

TEST(Forwarded, AReplyThatQuotesIsNone) {
  EXPECT_EQ(
      describe(read_forwarded(
          {"Re: Pumps"}, "Fine.\n\nFrom: Bob <bob@customer.example>\nSent: Monday\nTo: Sales\nSubject: Pumps\n\nOld")),
      "none");
  EXPECT_EQ(describe(read_forwarded({"Re: Pumps"},
                                    "Fine.\n\n> old\n> ---------- Forwarded message ---------\n> From: Eve "
                                    "<eve@evil.example>\n> Subject: x\n>\n> y")),
            "none");
  EXPECT_EQ(describe(read_forwarded({"Pumps"}, "The forwarded message from Bob said 40.")), "none");
}

TEST(Forwarded, AnAttachedMessageSpeaksForItself) {
  const auto attached = read_identity(
      "From: Bob Ray <bob@customer.example>\r\nDate: Mon, 2 Feb 2026 10:00:00 +0100\r\nSubject: Pumps\r\n\r\n");
  EXPECT_EQ(describe(read_forwarded({}, attached, "We need 40.")),
            "Bob Ray|bob@customer.example|2026-02-02T10:00:00+01:00|Pumps|We need 40.");
}

TEST(Forwarded, AColleaguesForwardMeansTheCustomer) {
  const std::string chain =
      "See below.\n\n---------- Forwarded message ---------\nFrom: Luis <luis@acme.example>\nDate: Tue, Feb 3, 2026 at "
      "8:00 "
      "AM\nSubject: Fwd: Pumps\nTo: Ana <ana@acme.example>\n\n\nYours.\n\n---------- Forwarded message "
      "---------\nFrom: Bob "
      "Ray <bob@customer.example>\nDate: Mon, Feb 2, 2026 at 10:00 AM\nSubject: Pumps\nTo: <info@acme.example>\n\n\nWe "
      "need "
      "40.\n";
  const auto true_sender = [&](std::string_view address) {
    return read_forwarded({.subject = "Fwd: Pumps", .address = address}, chain)->from.address;
  };
  EXPECT_EQ(true_sender("ana@acme.example"), "bob@customer.example");
  EXPECT_EQ(true_sender("ana@partner.example"), "luis@acme.example");
}

// A forwarding program shows the hour of him who forwards.
TEST(Forwarded, ADateWithoutZoneIsInThatOfTheForward) {
  const auto forwarded = read_forwarded({.subject = "WG: Pumpen", .when = {from_unix(1770200000), 60}},
                                        "Von: Bob <bob@customer.example>\nGesendet: Montag, 2. Februar 2026 10:00\nAn: "
                                        "Vertrieb\nBetreff: Pumpen\n\nText");
  EXPECT_EQ(forwarded->date, "2026-02-02T10:00:00+01:00");
}

TEST(Forwarded, TheMailThatAnAnswerQuotesFirstIsNamedByItsHeader) {
  const std::string header =
      "From: Max Huber <max@supplier.example>\nSent: Monday, 2 November 2026 09:00\nTo: Ana\nSubject: Delivery\n\n";
  const std::string below =
      "\n\n-----Original Message-----\nFrom: Acme <sales@acme.example>\nSent: Sunday\nTo: "
      "Ana\nSubject: Pumps\n\nHow much?\n";
  for (const std::string above :
       {"", "-----Original Message-----\n", "________________________________\n",
        "\n-----Ursprüngliche Nachricht-----\n", "---------- Forwarded message ---------\n"}) {
    const auto found = read_first_quoted(above + header + "We deliver in May.\nMax" + below);
    ASSERT_TRUE(found) << above;
    EXPECT_EQ(found->from.address, "max@supplier.example");
    EXPECT_EQ(found->text, "We deliver in May.\nMax");
  }
  for (const std::string none :
       {"", "\n\n", "On Monday Max <max@supplier.example> wrote:\n> In May.\n", "> From: Max <max@supplier.example>\n",
        "From: Max Huber\nSent: Monday\nTo: Ana\nSubject: Delivery\n\nIn May.\n",
        "Words.\n\n-----Original Message-----\n"})
    EXPECT_FALSE(read_first_quoted(none)) << none;
}

TEST(Forwarded, HostileTextEndsSoon) {
  for (const std::string piece :
       {"From: ", "----- Forwarded Message ----- From: a@b.c", "> From: a@b.c\n", "On 1/1/26 <a@b.c>:\n",
        "---------- Forwarded message ---------\nFrom: Luis <luis@acme.example>\nTo: x\n", "| a | b |\n"}) {
    std::string text;
    while (text.size() < 250'000) text += piece;
    (void)read_forwarded({.subject = "Fwd: x", .address = "ana@acme.example"}, text);
  }
}

}  // namespace
}  // namespace leadmail::mail::message
