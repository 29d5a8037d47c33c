// Mail made to hurt: each must be read within a second of processor time, and still say what it says.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <functional>
#include <string>

#include "mail/message/charset.h"
#include "mail/message/json.h"
#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

// Sanitizers and builds without optimisation are slower by their nature; the promise is about what is shipped.
#if defined(LEADMAIL_SANITIZED)
constexpr double kSeconds = 20;
#elif !defined(LEADMAIL_OPTIMISED)
constexpr double kSeconds = 10;
#else
constexpr double kSeconds = 1;
#endif

constexpr std::string_view kHead =
    "From: Ann <ann@client.example>\r\nTo: sales@us.example\r\nSubject: Question\r\nMessage-ID: "
    "<1@client.example>\r\nMIME-Version: 1.0\r\n";

std::string repeat(std::size_t times, const std::function<std::string(std::size_t)>& piece) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece(i);
  return text;
}

/// Everything that the daemon and its worker do with the bytes; the header must come out right whatever the body is.
Message read(const std::string& raw) {
  const std::clock_t start = std::clock();
  Message message{.identity = read_identity(raw), .content = parse(raw)};
  classify(message);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  EXPECT_LT(seconds, kSeconds);
  EXPECT_TRUE(is_valid_utf8(to_json(message, "x")));
  const auto back = deserialise(serialise(message.content));
  EXPECT_TRUE(back && back->text == message.content.text);
  return message;
}

Message read_mail(const std::string& rest) {
  auto message = read(std::string(kHead) + rest);
  EXPECT_EQ(message.identity.from.at(0).address, "ann@client.example");
  EXPECT_EQ(message.identity.message_id, "1@client.example");
  return message;
}

std::string nested(std::size_t levels) {
  return repeat(levels,
                [](std::size_t i) {
                  const auto b = std::to_string(i);
                  return "Content-Type: multipart/mixed; boundary=\"b" + b + "_\"\r\n\r\n--b" + b + "_\r\n";
                }) +
         "Content-Type: text/plain\r\n\r\nhello\r\n";
}

TEST(Hostile, M01NestingEndsAtTheLimit) {
  EXPECT_EQ(read_mail(nested(20)).content.text, "hello\n");
  EXPECT_FALSE(read_mail(nested(50000)).content.defects.empty());
  read_mail("Content-Type: multipart/mixed; boundary=x\r\n\r\n" +
            repeat(10000, [](std::size_t) { return "--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"; }));
}

TEST(Hostile, M01M07MessagesInMessagesEndAtTheLimit) {
  const auto message =
      read_mail(repeat(20000, [](std::size_t) { return "Content-Type: message/rfc822\r\n\r\n"; }) + "\r\nhi\r\n");
  EXPECT_FALSE(message.content.defects.empty());
  ASSERT_FALSE(message.content.attachments.empty());
  EXPECT_EQ(message.content.attachments.front().content_type, "application/octet-stream")
      << "nobody else has to read it";
}

TEST(Hostile, M01PartsEndAtTheLimit) {
  const auto message = read_mail("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nfirst words\r\n" +
                                 repeat(300000, [](std::size_t) { return "--x\r\n\r\n"; }));
  EXPECT_EQ(message.content.text.substr(0, 11), "first words");
  EXPECT_LE(message.content.attachments.size(), 1000U);
}

TEST(Hostile, M02OneEndlessFieldCostsOnlyItself) {
  EXPECT_EQ(
      read_mail("X-Long: " + repeat(20, [](std::size_t) { return std::string(1'000'000, 'a'); }) + "\r\n\r\nhi\r\n")
          .content.text,
      "hi\n");
  EXPECT_EQ(
      read_mail("X-Long: a\r\n" +
                repeat(300000, [](std::size_t) { return " bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n"; }) + "\r\nhi\r\n")
          .content.text,
      "hi\n");
}

TEST(Hostile, M02AMillionFieldsCostOnlyThemselves) {
  EXPECT_EQ(
      read_mail(repeat(1'000'000, [](std::size_t i) { return "X-" + std::to_string(i) + ": v\r\n"; }) + "\r\nhi\r\n")
          .content.text,
      "hi\n");
}

bool is_noted(const Message& message, std::string_view defect) {
  const auto& defects = message.content.defects;
  return std::find(defects.begin(), defects.end(), defect) != defects.end();
}

TEST(Hostile, M02TheHeadersOfAllPartsHaveOneShareAndTheirTextIsRead) {
  const auto message = read_mail("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nfirst words\r\n" +
                                 repeat(900,
                                        [](std::size_t i) {
                                          return "--x\r\nX-Long: " + std::string(20'000, '\xE9') +
                                                 "\r\nContent-Type: application/x-y; name=n" + std::to_string(i) +
                                                 ".bin\r\nContent-Disposition: attachment; filename=\"" +
                                                 std::string(i % 2 == 0 ? 0 : 60'000, '\xE9') + "\"\r\n\r\nx\r\n";
                                        }) +
                                 "--x\r\n\r\nlast words\r\n--x--\r\n");
  EXPECT_EQ(message.content.text, "first words\nlast words");
  ASSERT_EQ(message.content.attachments.size(), 900U);
  EXPECT_EQ(message.content.attachments.back().content_type, "application/x-y");
  EXPECT_EQ(message.content.attachments[898].filename, "n898.bin");
  EXPECT_TRUE(is_noted(message, "more header in the parts than we read"));
}

TEST(Hostile, WhatIsEncodedAsAWholeIsOpenedAsFarAsThereIsRoom) {
  const std::string level = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
  EXPECT_EQ(read_mail(level + "From: b@c.example\r\n\r\nten\r\n").content.attachments.size(), 1U);
  const auto message = read_mail(repeat(40, [&](std::size_t) -> std::string { return level; }) + "\r\n" +
                                 repeat(300'000, [](std::size_t) { return "some words, and again\r\n"; }));
  EXPECT_TRUE(is_noted(message, "more encoded messages than we read"));
}

TEST(Hostile, AttachmentsEndAtTheLimit) {
  const auto message = read_mail("\r\n" + repeat(90, [](std::size_t) { return "begin 644 a.txt\n#86)C\n`\nend\n"; }));
  EXPECT_EQ(message.content.attachments.size(), 90U);
  const auto more = read_mail("Content-Type: multipart/mixed; boundary=x\r\n\r\n" + repeat(20, [](std::size_t) {
                                return "--x\r\n\r\nwords\n" +
                                       repeat(90, [](std::size_t) { return "begin 644 a.txt\n#86)C\n`\nend\n"; });
                              }));
  EXPECT_EQ(more.content.attachments.size(), 1000U);
  EXPECT_TRUE(is_noted(more, "more attachments than we read"));
}

TEST(Hostile, M04AddressFieldsGiveWhatTheyHold) {
  const auto identity = read_identity("From: g: a@b.example;\r\nTo: g:\r\nCc: Undisclosed recipients:\r\n\r\n");
  EXPECT_FALSE(identity.from_is_plain);
  EXPECT_TRUE(identity.to.empty());
  EXPECT_TRUE(identity.cc.empty());
  EXPECT_TRUE(read_identity("From:\r\n\r\n").from.empty());
  EXPECT_FALSE(
      read_identity(repeat(10, [](std::size_t i) { return "From: u" + std::to_string(i) + "@x.example\r\n"; }) + "\r\n")
          .from_is_plain);
  read("From: " + repeat(20000, [](std::size_t) { return "a(((@b.example, \""; }) + "\r\nTo: c@d.example\r\n" +
       repeat(100000, [](std::size_t i) { return " ,u" + std::to_string(i) + "@x.example\r\n"; }) + "\r\nhi\r\n");
}

TEST(Hostile, M06M08BytesOfAnyKindBecomeText) {
  std::string bytes;
  for (int i = 0; i < 1'000'000; ++i) bytes.push_back(static_cast<char>(i * 31 + i / 256));
  for (const char* charset : {"utf-8", "utf-7", "iso-2022-jp", "gb18030", "utf-16", "nonsense"}) {
    EXPECT_TRUE(is_valid_utf8(
        read_mail("Content-Type: text/plain; charset=" + std::string(charset) + "\r\n\r\n" + bytes).content.text));
  }
  EXPECT_EQ(read_mail(std::string("\r\na\rb\nc\r\nd") + '\0' + "e").content.text, "a\nb\nc\nde");
}

TEST(Hostile, M06M08TextIsCutAtItsLimit) {
  EXPECT_LE(read_mail("\r\n" + repeat(30, [](std::size_t) { return std::string(1'000'000, 'x'); })).content.text.size(),
            Limits{}.text);
  std::string line = repeat(12, [](std::size_t) { return "=C3=A4"; }) + "=\r\n";
  EXPECT_LE(read_mail("Content-Transfer-Encoding: quoted-printable\r\n\r\n" +
                      repeat(300'000, [&](std::size_t) -> std::string { return line; }))
                .content.text.size(),
            Limits{}.text);
  read_mail("\r\n" + repeat(500'000, [](std::size_t) { return "> some quoted line, and again\r\n"; }));
  read_mail("\r\n" + repeat(200'000, [](std::size_t) { return "-- \r\n"; }));
}

TEST(Hostile, SignsThatEndSomethingCostOnlyThemselves) {
  const std::string base64 = "Content-Type: application/x; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  read_mail(base64 + std::string(8'000'000, '='));
  read_mail(base64 + repeat(4'000'000, [](std::size_t) { return "=A"; }));
  read_mail(base64 + "AAAA" + repeat(4'000'000, [](std::size_t) { return "-A"; }));
  read_mail("Cc: " + repeat(32'000, [](std::size_t) { return "a:"; }) + "\r\n\r\nhi\r\n");
  read_mail("Subject: " + repeat(6'000, [](std::size_t) { return "=?utf-8?Q?a?= "; }) + "\r\n\r\nhi\r\n");
  read_mail("\r\n" + repeat(300'000, [](std::size_t) { return "begin 644 a\n"; }));
  read_mail("\r\n" + repeat(100'000, [](std::size_t) { return "-----BEGIN PGP SIGNED MESSAGE-----\n"; }));
}

TEST(Hostile, M07ArchivesAreNeverUnpacked) {
  const auto message = read_mail(
      "Content-Type: application/zip; name=42.zip\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBBQAAAAI\r\n");
  ASSERT_EQ(message.content.attachments.size(), 1U);
  EXPECT_EQ(message.content.attachments.front().size, 9U);
}

TEST(Hostile, ReferencesAndParametersAreBounded) {
  const auto message = read_mail(
      "References:" + repeat(100000, [](std::size_t i) { return "\r\n <" + std::to_string(i) + "@x.example>"; }) +
      "\r\nContent-Type: text/plain" +
      repeat(100000, [](std::size_t i) { return ";\r\n p" + std::to_string(i) + "=v"; }) + "\r\n\r\nhi\r\n");
  EXPECT_LE(message.identity.references.size(), 1000U);
  EXPECT_EQ(message.content.text, "hi\n");
}

TEST(Hostile, BoundariesAreComparedInLinearTime) {
  const std::string open = "Content-Type: multipart/mixed; boundary=\"";
  read_mail(open + std::string(70, 'a') + "\"\r\n\r\n" + std::string(20 << 20, 'a'));
  read_mail(open + std::string(16384, 'a') + "\"\r\n\r\n" + std::string(4 << 20, 'a'));
  read_mail(open + "\"\r\n\r\n" + repeat(200000, [](std::size_t) { return "--\r\n"; }));
  read_mail(open + "=_b\"\r\n\r\n" +
            repeat(300000, [](std::size_t) { return "-- some text -- of a body --= without =_b\r\n"; }));
}

TEST(Hostile, M13HtmlIsReadInLinearTime) {
  const std::vector<std::string> pages = {
      repeat(100000, [](std::size_t i) { return "<p><b id=" + std::to_string(i) + "></p>"; }),
      repeat(300000, [](std::size_t) { return "<div>"; }),
      "<table>" + repeat(100000, [](std::size_t) { return "x<i>y</i>"; }),
      repeat(100000, [](std::size_t) { return "<table><tr><td>"; }),
      repeat(300000, [](std::size_t) { return "<!--"; }),
      repeat(300000, [](std::size_t) { return "<p a=\""; }),
      std::string(2'000'000, '<'),
      repeat(200000, [](std::size_t) { return "<script>"; }),
      repeat(100000, [](std::size_t) { return "<blockquote>"; }),
      repeat(400000, [](std::size_t) { return "x<br>"; }),
      repeat(60000, [](std::size_t) { return "<b><aside></b>"; }),
  };
  for (const auto& page : pages) read_mail("Content-Type: text/html\r\n\r\n" + page + "<p>words");
}

TEST(Hostile, M13HtmlReachesForNothing) {
  const auto message = read_mail(
      "Content-Type: text/html\r\n\r\n<script>steal()</script><img src=\"http://evil.example/x.png\">"
      "<form action=\"http://evil.example\"><p>I need ten.</p></form><a href=\"file:///etc/passwd\">here</a>");
  EXPECT_EQ(message.content.text, "I need ten.\n\nhere\n");
}

TEST(Hostile, TnefOfAnyBytesIsHarmless) {
  std::string bytes = "\x78\x9f\x3e\x22";
  for (int i = 0; i < 200'000; ++i) bytes.push_back(static_cast<char>(i * 7 + i / 100));
  read_mail("Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\n" + bytes);
}

// Every cut and many changed bytes of a mail that has everything.
TEST(Hostile, DamageAnywhereIsSurvived) {
  const std::string whole =
      std::string(kHead) +
      "Content-Type: multipart/mixed; boundary=\"=_1\"\r\n\r\n--=_1\r\nContent-Type: multipart/alternative; "
      "boundary=\"=_2\"\r\n\r\n--=_2\r\nContent-Type: text/plain; charset=\"iso-8859-1\"; format=flowed\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n\r\ncaf=E9 \r\nau lait\r\n--=_2\r\nContent-Type: "
      "text/html\r\n\r\n"
      "<p>caf&eacute;<blockquote>x</blockquote>\r\n--=_2--\r\n--=_1\r\nContent-Type: message/rfc822\r\n\r\n"
      "From: b@p.example\r\nSubject: =?utf-8?b?w6k=?=\r\n\r\nten\r\n--=_1\r\nContent-Type: text/calendar\r\n\r\n"
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=X:20261203T100000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--=_1\r\n"
      "Content-Type: application/x; name*0*=utf-8''%C3; name*1*=%A9\r\nContent-Transfer-Encoding: base64\r\n\r\n"
      "QUJDRA==\r\n--=_1--\r\n";
  for (std::size_t cut = 0; cut < whole.size(); cut += 3) parse(std::string_view(whole).substr(0, cut));
  std::uint32_t state = 7;
  for (int round = 0; round < 500; ++round) {
    std::string broken = whole;
    for (int change = 0; change < 5; ++change) {
      state = state * 1664525U + 1013904223U;
      broken[(state >> 8U) % broken.size()] = static_cast<char>(state >> 24U);
    }
    Message message{.identity = read_identity(broken), .content = parse(broken)};
    ASSERT_TRUE(is_valid_utf8(to_json(message, "x")));
  }
}

}  // namespace
}  // namespace leadmail::mail::message
