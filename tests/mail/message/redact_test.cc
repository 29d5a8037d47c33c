#include "mail/message/redact.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "mail/message/encode_body.h"
#include "mail/message/parse.h"
#include "mail/message/sha256.h"

namespace leadmail::mail::message {
namespace {

/// Finds "maria@x.example" and "BLUE PUMPS", in any case and over any blanks.
std::vector<Cut> find_her(std::string_view text) {
  std::string lower(text);
  for (auto& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c == '\n' || c == '\r' ? ' ' : c;
  std::vector<Cut> cuts;
  for (const auto& [what, instead] :
       {std::pair<std::string_view, std::string_view>{"maria@x.example", "erased@erased.invalid"},
        {"blue pumps", "[erased]"},
        {"maría pérez", "[erased]"}}) {
    for (auto at = lower.find(what); at != std::string::npos; at = lower.find(what, at + what.size())) {
      cuts.push_back({at, at + what.size(), instead});
    }
  }
  std::ranges::sort(cuts, {}, &Cut::begin);
  return cuts;
}

const Redaction kHer{.find = find_her};

std::string redacted(std::string_view raw) {
  const auto found = redact(raw, kHer);
  return found.value_or("(unchanged)");
}

TEST(Redact, WhatDoesNotSpeakOfHerStaysByteForByte) {
  EXPECT_EQ(redacted("From: a@b.example\r\nSubject: x\r\n\r\nHello\r\n"), "(unchanged)");
  EXPECT_EQ(redacted(""), "(unchanged)");
  EXPECT_EQ(redacted("no header at all"), "(unchanged)");
}

TEST(Redact, HeaderAndTextLoseHer) {
  const auto mail = redacted(
      "From: Pedro <pedro@y.example>\r\nCc: =?utf-8?q?Mar=C3=ADa_P=C3=A9rez?= <Maria@x.example>,\r\n "
      "luis@acme.example\r\n"
      "Subject: =?utf-8?b?UmU6IGJsdWUgcHVtcHM=?=\r\n\r\nAs she said: blue pumps.\r\nPedro\r\n");
  const auto message = parse(mail);
  const auto identity = read_identity(mail);
  EXPECT_EQ(identity.from.front().address, "pedro@y.example");
  ASSERT_EQ(identity.cc.size(), 2U);
  EXPECT_EQ(identity.cc[0].address, "erased@erased.invalid");
  EXPECT_EQ(identity.cc[1].address, "luis@acme.example");
  EXPECT_EQ(identity.subject, "erased");
  EXPECT_EQ(message.text, "As she said: [erased].\nPedro\n");
}

TEST(Redact, EveryTransferEncodingIsReadAndWrittenAnew) {
  const auto text = "Señora, blue pumps, y más.\r\n";
  const auto of = [&](const std::string& encoding, const std::string& body) {
    return parse(redacted("From: p@y.example\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                          "Content-Transfer-Encoding: " +
                          encoding + "\r\n\r\n" + body))
        .text;
  };
  EXPECT_EQ(of("base64", encode_base64(text)), "Señora, [erased], y más.\n");
  EXPECT_EQ(of("quoted-printable", "Se=C3=B1ora, blue=20pu=\r\nmps, y m=C3=A1s.\r\n"), "Señora, [erased], y más.\n");
  EXPECT_EQ(of("8bit", text), "Señora, [erased], y más.\n");
}

TEST(Redact, OtherCharsetsBecomeUtf8) {
  const auto mail =
      parse(redacted("From: p@y.example\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n"
                     "Se\xf1ora: blue pumps\r\n"));
  EXPECT_EQ(mail.text, "Señora: [erased]\n");
}

TEST(Redact, ControlCharactersDoNotHideHer) {
  const auto mail = redacted("Subject: x\r\n\r\nFrom bl\x01ue pu\x02mps, maria@x.exa\x1bmple.\r\nPedro\r\n");
  EXPECT_EQ(parse(mail).text, "From [erased], erased@erased.invalid.\nPedro\n");
  EXPECT_FALSE(redact(mail, kHer));
}

TEST(Redact, AFileNamedByHerInTwoWaysHasNoName) {
  const auto mail = redacted(
      "Content-Type: application/x-y; name=\"blue pumps\"\r\nContent-Disposition: attachment; filename=\"blue pumps\"; "
      "filename*0*=utf-8''%62lue; filename*1=\" pumps\"\r\n\r\nbytes\r\n");
  EXPECT_EQ(mail.find("pumps"), std::string::npos) << mail;
  EXPECT_FALSE(redact(mail, kHer));
}

TEST(Redact, AMultipartNamedByHerKeepsItsParts) {
  const auto mail = redacted(
      "Content-Type: multipart/mixed; boundary=b; name*0*=utf-8''%62lue; name*1=\" pumps\"\r\n\r\n--b\r\n\r\nHello\r\n"
      "--b--\r\n");
  EXPECT_EQ(mail.find("pumps"), std::string::npos) << mail;
  EXPECT_EQ(parse(mail).text, "Hello");
  EXPECT_FALSE(redact(mail, kHer));
}

TEST(Redact, InHtmlTagsAndEntitiesDoNotHideHer) {
  const FindCuts find = find_her;
  const std::string html =
      "<p>a BL<b>UE</b> pum&#112;s b <a href=\"mailto:maria&#64;x.example\">m</a> mar&iacute;a p&eacute;rez</p>";
  EXPECT_EQ(apply_cuts(html, find_in_html(html, find)),
            "<p>a [erased]<b></b> b <a href=\"mailto:maria&#64;x.example\">m</a> [erased]</p>");
  EXPECT_TRUE(find_in_html("<p>blue</p><p>shoes</p>", find).empty());
  EXPECT_EQ(find_in_html("<!-- maria@x.example -->", find).size(), 1U);
}

constexpr std::string_view kMixed =
    "From: p@y.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n"
    "--b\r\nContent-Type: text/plain\r\n\r\nmine\r\n"
    "--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Maria <maria@x.example>\r\nSubject: hers\r\n\r\nsecret words\r\n"
    "--b\r\nContent-Type: application/pdf; name=\"blue pumps.pdf\"\r\nContent-Disposition: attachment; filename=\"blue "
    "pumps.pdf\"\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\nQUJDREVG\r\n"
    "--b\r\nContent-Type: application/octet-stream; name=\"a.bin\"\r\nContent-Transfer-Encoding: "
    "base64\r\n\r\nc2Vjb25k\r\n"
    "--b--\r\n";

TEST(Redact, MailsInsideOfHersAndFilesGoAndTheRestStays) {
  const auto mail = redacted(kMixed);
  const auto message = parse(mail);
  EXPECT_EQ(mail.find("secret words"), std::string::npos);
  EXPECT_EQ(mail.find("blue pumps"), std::string::npos);
  EXPECT_NE(mail.find("QUJDREVG"), std::string::npos) << "the file does not name her, only its name did";
  EXPECT_NE(mail.find("c2Vjb25k"), std::string::npos);
  EXPECT_NE(message.text.find("mine"), std::string::npos);
}

TEST(Redact, AFileThatSheSentGoesByItsHash) {
  Redaction with_file = kHer;
  with_file.is_his_file = [](const std::string& hash) { return hash == sha256_hex("second"); };
  const auto mail = redact(kMixed, with_file);
  ASSERT_TRUE(mail);
  EXPECT_EQ(mail->find("c2Vjb25k"), std::string::npos);
  EXPECT_NE(mail->find("QUJDREVG"), std::string::npos);
}

TEST(Redact, AMailInsideInBase64IsOpened) {
  const auto inner = encode_base64("From: luis@acme.example\r\nSubject: fw\r\n\r\nblue pumps\r\n");
  const auto mail = redacted(
      "From: p@y.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
      "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
      inner + "--b--\r\n");
  ASSERT_NE(mail, "(unchanged)");
  EXPECT_EQ(redact(mail, kHer), std::nullopt);
}

// What is left after a redaction does not speak of her any more, whatever the bytes were.
TEST(Redact, OnceIsEnoughForAnyBytes) {
  std::uint32_t random = 1;
  const auto next = [&] { return random = random * 1664525U + 1013904223U; };
  for (int round = 0; round < 400; ++round) {
    std::string raw(kMixed);
    raw += "<p>blue pumps</p> maria@x.example";
    for (int change = 0; change < 12; ++change) raw[next() % raw.size()] = static_cast<char>(next() >> 24U);
    const auto once = redact(raw, kHer);
    if (!once) continue;
    EXPECT_TRUE(find_her(*once).empty()) << round;
  }
}

TEST(Redact, HostileMailCostsLinearTime) {
  std::string nested = "From: a@b.example\r\n";
  for (int i = 0; i < 3000; ++i)
    nested +=
        "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n--b" + std::to_string(i) + "\r\n";
  nested += "\r\nblue pumps";
  EXPECT_TRUE(find_her(redacted(nested)).empty());
  EXPECT_TRUE(
      find_her(redacted("Subject: " + std::string(500'000, '=') + "?\r\n\r\nblue pumps" + std::string(500'000, '<')))
          .empty());
}

}  // namespace
}  // namespace leadmail::mail::message
