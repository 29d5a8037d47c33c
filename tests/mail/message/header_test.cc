#include <gtest/gtest.h>

#include <string>

#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

std::string describe(const Header& header) {
  std::string text;
  for (const auto& field : header.fields) text += "[" + field.name + "|" + field.value + "]";
  return text;
}

std::string body_of(std::string_view raw) { return std::string(raw.substr(read_header(raw).body_offset)); }

TEST(Header, IsUnfoldedAndKeepsEveryOccurrence) {
  const auto header = read_header("Subject: a\r\n b\r\n\tc\r\nReceived: 1\r\nRECEIVED: 2\r\n\r\nbody");
  EXPECT_EQ(describe(header), "[Subject|a b\tc][Received|1][RECEIVED|2]");
  EXPECT_EQ(header.first("received"), "1");
  EXPECT_EQ(header.all("Received").size(), 2U);
  EXPECT_FALSE(header.has("Date"));
  EXPECT_TRUE(header.defects.empty());
}

TEST(Header, DropsWhatIsNoFieldAndGoesOn) {
  EXPECT_EQ(describe(read_header("From ann Mon Feb  2 10:11:12 2026\r\nFrom: a@b\r\n\r\n")), "[From|a@b]");
  EXPECT_EQ(describe(read_header(">From ann Mon Feb  2 10:11:12 2026\nFrom: a@b\n\n")), "[From|a@b]");
  EXPECT_EQ(describe(read_header("From: a@b\r\nthis line is no field\r\nTo: c@d\r\n\r\n")), "[From|a@b][To|c@d]");
  EXPECT_EQ(describe(read_header("\xEF\xBB\xBF"
                                 "From: a@b\r\n\r\n")),
            "[From|a@b]");
  EXPECT_EQ(describe(read_header("\r\n\r\nFrom: a@b\r\n\r\n")), "[From|a@b]");
  EXPECT_EQ(describe(read_header(" From: a@b\r\nTo: c@d\r\n\r\n")), "[From|a@b][To|c@d]");
  EXPECT_EQ(describe(read_header("From  : a@b\r\n\r\n")), "[From|a@b]");
  EXPECT_EQ(describe(read_header(std::string_view("From: a\0@b\r\n\r\n", 14))), "[From|a@b]");
}

TEST(Header, EndsWhereTheBodyBegins) {
  EXPECT_EQ(body_of("A: b\r\n\r\nbody"), "body");
  EXPECT_EQ(body_of("A: b\n\nbody"), "body");
  EXPECT_EQ(body_of("A: b\r\rbody"), "body");
  EXPECT_EQ(body_of("A: b\n\r\nbody"), "body");
  EXPECT_EQ(body_of("A: b\r\n"), "");
  EXPECT_EQ(body_of("A: b\r\nHello, no blank line here\r\nbye\r\n"), "Hello, no blank line here\r\nbye\r\n");
  EXPECT_EQ(body_of("just text, no header at all\n\nmore"), "just text, no header at all\n\nmore");
  EXPECT_EQ(body_of(""), "");
}

TEST(Header, HasLimitsAndSaysSo) {
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "X-" + std::to_string(i) + ": v\r\n";
  const auto header = read_header(many + "\r\nbody");
  EXPECT_EQ(header.fields.size(), 1000U);
  EXPECT_FALSE(header.defects.empty());
  EXPECT_EQ(body_of(many + "\r\nbody"), "body");

  const auto wide = read_header("X: " + std::string(1 << 20, 'a') + "\r\nFrom: a@b\r\n\r\n");
  EXPECT_LE(wide.fields.at(0).value.size(), 64U * 1024);
  EXPECT_EQ(wide.first("From"), "a@b");
}

TEST(Identity, IsReadFromTheHeaderAlone) {
  const auto identity = read_identity(
      "Return-Path: <>\r\nDelivered-To: Sales@Us.example\r\nReceived: one\r\nReceived: two\r\n"
      "Authentication-Results: mx.us.example; dkim=pass\r\n"
      "From: =?utf-8?Q?Jos=C3=A9?= <jose@Client.Example>\r\nTo: a@b.example, g: c@d.example;\r\nCc:\r\n"
      "Subject: =?utf-8?B?T2ZlcnRh?= 5\r\nDate: Mon, 2 Feb 2026 10:11:12 -0600\r\nMessage-ID: <1@client.example>\r\n"
      "In-Reply-To: <0@us.example>\r\nReferences: <a@us.example> <0@us.example>\r\n\r\nbody\r\n");
  ASSERT_EQ(identity.from.size(), 1U);
  EXPECT_EQ(identity.from.front(), (Address{"José", "jose@client.example"}));
  EXPECT_TRUE(identity.from_is_plain);
  EXPECT_EQ(identity.to.size(), 2U);
  EXPECT_EQ(identity.subject, "Oferta 5");
  EXPECT_EQ(to_rfc3339(*identity.date, std::chrono::minutes{identity.date_offset}), "2026-02-02T10:11:12-06:00");
  EXPECT_EQ(identity.message_id, "1@client.example");
  EXPECT_EQ(identity.in_reply_to, std::vector<std::string>{"0@us.example"});
  EXPECT_EQ(identity.references, (std::vector<std::string>{"a@us.example", "0@us.example"}));
  EXPECT_EQ(identity.delivered_to, std::vector<std::string>{"sales@us.example"});
  EXPECT_EQ(identity.received, 2U);
  EXPECT_EQ(identity.return_path, "<>");
  EXPECT_EQ(identity.authentication_results.size(), 1U);
}

TEST(Identity, IsPlainOnlyWhenNothingHadToBeGuessed) {
  EXPECT_FALSE(read_identity("From: <@evil.example:ana@acme.example>\r\n\r\n").from_is_plain);
  EXPECT_FALSE(read_identity("From: A < @evil.example:ana@acme.example>\r\n\r\n").from_is_plain);
  const auto is_plain = [](const std::string& header) { return read_identity(header + "\r\n\r\n").from_is_plain; };
  EXPECT_TRUE(is_plain("From: Ana <ana@us.example>"));
  EXPECT_TRUE(is_plain("From: \"rep@us.example\" <evil@x.example>")) << "the mailbox is the evil one";
  EXPECT_FALSE(is_plain("From: ana@us.example\r\nFrom: evil@x.example"));
  EXPECT_FALSE(is_plain("From: ana@us.example, evil@x.example"));
  EXPECT_FALSE(is_plain("From: Team: ana@us.example;"));
  EXPECT_FALSE(is_plain("From: <=?utf-8?Q?ana?=@us.example>"));
  EXPECT_FALSE(is_plain("From: <ana@us.example"));
  EXPECT_FALSE(is_plain("From: <ana@us.example>evil@x.example"));
  EXPECT_FALSE(is_plain("From: Ana <>"));
  EXPECT_FALSE(is_plain("From:"));
  EXPECT_FALSE(is_plain("Sender: ana@us.example"));
}

TEST(Identity, WithoutAMessageIdHasNone) {
  const std::string raw = "From: a@b.example\r\nDate: nonsense\r\n\r\nbody";
  EXPECT_EQ(read_identity(raw).message_id, "");
  EXPECT_FALSE(read_identity(raw).date);
}

TEST(Fingerprint, SurvivesAnotherRouteAndNothingElse) {
  const std::string mail =
      "From: A@B.example\r\nMessage-ID: <1@b.example>\r\nDate: Mon, 2 Feb 2026 10:11:12 +0000\r\n\r\nbody";
  const auto of = [](const std::string& raw) { return fingerprint(read_identity(raw), raw); };
  EXPECT_EQ(of(mail).size(), 64U);
  EXPECT_EQ(of(mail), of("Received: by other\r\nX-Spam: no\r\n" + mail));
  EXPECT_NE(of(mail), of(mail + "!"));
  EXPECT_NE(
      of(mail),
      of("From: other@b.example\r\nMessage-ID: <1@b.example>\r\nDate: Mon, 2 Feb 2026 10:11:12 +0000\r\n\r\nbody"));
}

}  // namespace
}  // namespace leadmail::mail::message
