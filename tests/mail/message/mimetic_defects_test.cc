// What mimetic 0.9.8 does to real mail, one test a defect: none of it may reach us.
#include <gtest/gtest.h>

#include <string>

#include "mail/message/charset.h"
#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

constexpr std::string_view kTwoParts =
    "--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nwords\r\n--B\r\nContent-Type: application/pdf; "
    "name=a.pdf\r\n\r\nx\r\n--B--\r\n";

std::string summary(std::string_view raw) {
  const auto content = parse(raw);
  std::string text = content.text + "|";
  for (const auto& attachment : content.attachments) text += attachment.filename + ";";
  return text;
}

TEST(MimeticDefect, GroupsWithoutEndKillNobody) {  // row 1
  for (const char* to : {"undisclosed-recipients:", ": :", "a@b.example, g:", "g: a@b.example", "g: a@b.example;"}) {
    const std::string raw = "From: x@y.example\r\nTo: " + std::string(to) + "\r\n\r\nbody";
    const auto identity = read_identity(raw);
    EXPECT_LE(identity.to.size(), 1U) << to;
    if (!identity.to.empty()) {
      EXPECT_EQ(identity.to.front().address, "a@b.example") << to;
    }
  }
}

TEST(MimeticDefect, MessageIdIsNeverInvented) {  // row 2
  EXPECT_EQ(read_identity("From: x@y.example\r\n\r\nbody").message_id, "");
}

TEST(MimeticDefect, LineWithoutColonCostsNoField) {  // row 3
  const auto identity =
      read_identity("From x Mon Feb  2 2026\nSubject: s\nrubbish\nFrom: x@y.example\nTo: a@b.example\n\nbody");
  EXPECT_EQ(identity.from.at(0).address, "x@y.example");
  EXPECT_EQ(identity.to.at(0).address, "a@b.example");
}

TEST(MimeticDefect, PaddedDelimiterIsADelimiter) {  // row 4
  EXPECT_EQ(summary("Content-Type: multipart/mixed; boundary=B\r\n\r\n--B  \r\nContent-Type: "
                    "text/html\r\n\r\n<p>words\r\n--B-- \t\r\n"),
            "words\n|");
}

TEST(MimeticDefect, MixedLineEndsEndAHeader) {  // row 5
  EXPECT_EQ(summary("Content-Type: multipart/mixed; boundary=B\n\r\n" + std::string(kTwoParts)), "words|a.pdf;");
  EXPECT_EQ(summary("Content-Type: multipart/mixed; boundary=B\r\n\n\r\n" + std::string(kTwoParts)), "words|a.pdf;");
}

TEST(MimeticDefect, BoundaryThatNeverOccursLosesNoText) {  // row 7
  EXPECT_EQ(summary("Content-Type: multipart/mixed; boundary=never\r\n\r\nwords\r\n"), "words\n|");
}

TEST(MimeticDefect, MissingBoundaryDoesNotCutAtTheSignature) {  // row 8
  EXPECT_EQ(summary("Content-Type: multipart/mixed\r\n\r\nwords\r\n-- \r\nAnn\r\n"), "words\n-- \nAnn\n|");
}

TEST(MimeticDefect, Rfc2231NamesAreRead) {  // row 9
  EXPECT_EQ(summary("Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*0*=utf-8''caf; "
                    "filename*1*=%C3%A9.pdf\r\n\r\nx"),
            "|café.pdf;");
}

TEST(MimeticDefect, EncodedWordsAreDecoded) {  // row 10
  EXPECT_EQ(read_identity("Subject: =?utf-8?q?caf=C3=A9=2C_b?=\r\n\r\n").subject, "café, b");
}

TEST(MimeticDefect, TwoMailboxesAreTwo) {  // row 11
  const auto identity = read_identity("From: j@x.example, k@x.example\r\n\r\n");
  ASSERT_EQ(identity.from.size(), 2U);
  EXPECT_FALSE(identity.from_is_plain);
  EXPECT_EQ(read_identity("From: John Doe j@x.example\r\n\r\n").from.at(0), (Address{"John Doe", "j@x.example"}));
}

TEST(MimeticDefect, EveryOccurrenceIsKeptAndBytesBecomeText) {  // row 12
  const auto identity = read_identity("From: a@x.example\r\nFrom: b@x.example\r\nSubject: caf\xE9\r\n\r\n");
  EXPECT_EQ(identity.from_fields, 2U);
  EXPECT_EQ(identity.from.size(), 2U);
  EXPECT_EQ(identity.subject, "café");
}

TEST(MimeticDefect, EncodedMessageIsOpened) {  // row 13: From: b@p.example, Subject: Offer?
  const auto content = parse(
      "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
      "RnJvbTogYkBwLmV4YW1wbGUNClN1YmplY3Q6IE9mZmVyPw0KDQpUZW4sIHBsZWFzZS4=");
  ASSERT_TRUE(content.forwarded);
  EXPECT_EQ(content.forwarded->subject, "Offer?");
}

TEST(MimeticDefect, WordsBehindBase64AreNotDecoded) {  // row 14
  EXPECT_EQ(summary("Content-Transfer-Encoding: base64\r\n\r\nd29yZHM=\r\n--\r\nsig, of the list\r\n"),
            "words\n--\nsig, of the list\n|");
}

TEST(MimeticDefect, NonsenseDatesAreNone) {  // row 15
  EXPECT_FALSE(read_identity("Date: Mon, 45 Foo 2026\r\n\r\n").date);
  EXPECT_EQ(to_rfc3339(*read_identity("Date: 2026-02-02T10:00:00Z\r\n\r\n").date), "2026-02-02T10:00:00Z");
  EXPECT_EQ(read_identity("Date: 2 Feb 26 10:00:00 +0530\r\n\r\n").date_offset, 330);
}

TEST(MimeticDefect, QuotedBoundaryMayHoldASemicolon) {
  EXPECT_EQ(summary("Content-Type: multipart/mixed; boundary=\"a;b\"\r\n\r\n--a;b\r\n\r\nwords\r\n--a;b--\r\n"),
            "words|");
  EXPECT_EQ(summary("Content-Type: text/html ; charset=utf-8\r\n\r\n<p>words"), "words\n|");
}

TEST(MimeticDefect, BoundaryInTheMiddleOfALineIsText) {
  EXPECT_EQ(
      summary(
          "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\nthe line --B is text\r\n--Bee too\r\n--B--\r\n"),
      "the line --B is text\n--Bee too|");
}

TEST(MimeticDefect, InnerMultipartWithoutEndLeavesTheOuterItsParts) {
  EXPECT_EQ(summary("Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: multipart/alternative; "
                    "boundary=I\r\n\r\n--I\r\n"
                    "Content-Type: text/plain\r\n\r\nwords\r\n--B\r\nContent-Type: application/pdf; "
                    "name=a.pdf\r\n\r\nx\r\n--B--\r\n"),
            "words|a.pdf;");
}

TEST(MimeticDefect, OneBoundaryForTwoLevelsIsUnderstood) {
  EXPECT_EQ(summary("Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: multipart/alternative; "
                    "boundary=B\r\n\r\n--B\r\n"
                    "Content-Type: text/plain\r\n\r\nwords\r\n--B--\r\n--B\r\nContent-Type: application/pdf; "
                    "name=a.pdf\r\n\r\nx\r\n--B--\r\n"),
            "words|a.pdf;");
}

}  // namespace
}  // namespace leadmail::mail::message
