#include "mail/message/authentication_results.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

const std::vector<std::string> kTrusted{"mx.acme.example"};
const std::string kHop =
    "Received: from out.rep.example (out.rep.example [192.0.2.7]) by mx.acme.example with ESMTPS id 1;\r\n Mon, 2 Feb "
    "2026 10:00:00 +0000\r\n";
const std::string kForeignHop =
    "Received: from laptop by out.rep.example with ESMTPSA; Mon, 2 Feb 2026 10:00:00 +0000\r\n";
const std::string kFrom = "From: Rep <rep@acme.example>\r\n\r\n";

Authenticated judge(const std::string& header, const std::vector<std::string>& trusted = kTrusted,
                    const std::vector<std::string>& logins = {}) {
  return authenticate(read_identity(header), trusted, logins);
}

TEST(AuthenticationResults, TheSyntaxOfTheRfcIsRead) {
  const auto parsed = parse_authentication_results(
      " mx.acme.example (a (nested) comment) 1; dkim=pass (good; signature) header.d=acme.example "
      "header.i=@acme.example reason=\"all; fine\" header.b=\"a b\";\r\n spf/1=fail smtp.mailfrom=x@y.example; none");
  EXPECT_EQ(parsed.authserv_id, "mx.acme.example");
  ASSERT_EQ(parsed.results.size(), 2U);
  EXPECT_EQ(parsed.results[0].method, "dkim");
  EXPECT_EQ(parsed.results[0].result, "pass");
  EXPECT_EQ(parsed.results[0].reason, "all; fine");
  EXPECT_EQ(parsed.results[0].property("header.d"), "acme.example");
  EXPECT_EQ(parsed.results[0].property("header.b"), "a b");
  EXPECT_EQ(parsed.results[1].method, "spf");
  EXPECT_EQ(parsed.results[1].result, "fail");
}

TEST(AuthenticationResults, DamageAddsNoResult) {
  EXPECT_TRUE(parse_authentication_results("").results.empty());
  EXPECT_TRUE(parse_authentication_results("mx.acme.example; none").results.empty());
  EXPECT_TRUE(parse_authentication_results("mx.acme.example (open; dmarc=pass header.from=a.example").results.empty());
  EXPECT_TRUE(parse_authentication_results("mx.acme.example; \"dmarc=pass header.from=a.example").results.empty());
  EXPECT_EQ(parse_authentication_results(std::string(1'000'000, '(')).results.size(), 0U);
  std::string many = "a.example";
  for (int i = 0; i < 10'000; ++i) many += "; spf=pass";
  EXPECT_EQ(parse_authentication_results(many).results.size(), 64U);
}

TEST(Authenticate, DmarcDkimAndLoginSpeakForTheSender) {
  EXPECT_EQ(judge(kHop + "Authentication-Results: mx.acme.example; dmarc=pass header.from=acme.example\r\n" +
                  kForeignHop + kFrom)
                .how,
            "dmarc=pass header.from=acme.example by mx.acme.example");
  EXPECT_TRUE(
      judge("Authentication-Results: mx.acme.example; dkim=pass header.d=mail.acme.example\r\n" + kHop + kFrom).pass);
  EXPECT_TRUE(
      judge(kHop + "Authentication-Results: mx.acme.example; dkim=pass header.i=@acme.example\r\n" + kFrom).pass);
  EXPECT_TRUE(
      judge(kHop + "Authentication-Results: mx.acme.example; auth=pass smtp.auth=rep@acme.example\r\n" + kFrom).pass);
  EXPECT_TRUE(judge(kHop + "Authentication-Results: mx.acme.example; auth=pass smtp.auth=rlogin\r\n" + kFrom, kTrusted,
                    {"rlogin"})
                  .pass);
  EXPECT_FALSE(
      judge(kHop + "Authentication-Results: mx.acme.example; auth=pass smtp.auth=other@acme.example\r\n" + kFrom,
            kTrusted, {"rlogin"})
          .pass);
}

TEST(Authenticate, SpfAloneNeverDoes) {
  EXPECT_FALSE(
      judge(kHop + "Authentication-Results: mx.acme.example; spf=pass smtp.mailfrom=rep@acme.example\r\n" + kFrom)
          .pass);
}

// A01
TEST(Authenticate, AForgedFromWithoutTestimonyIsRefused) {
  const auto verdict = judge(kHop + kFrom);
  EXPECT_FALSE(verdict.pass);
  EXPECT_EQ(verdict.how, "no Authentication-Results of a trusted server");
}

// A02
TEST(Authenticate, AFieldBelowTheTrustedHopIsForged) {
  const std::string forged = "Authentication-Results: mx.acme.example; dmarc=pass header.from=acme.example\r\n";
  EXPECT_FALSE(judge(kHop + kForeignHop + forged + kFrom).pass);
  EXPECT_FALSE(judge(kForeignHop + forged + kFrom).pass);
  // The sender may write a Received field of our server, too.
  EXPECT_FALSE(judge(kHop + "Authentication-Results: mx.acme.example; dmarc=fail header.from=acme.example\r\n" + kHop +
                     forged + kFrom)
                   .pass);
  // Directly below our own field, with no hop between: ours speaks first.
  EXPECT_FALSE(
      judge(kHop + "Authentication-Results: mx.acme.example; dmarc=fail header.from=acme.example\r\n" + forged + kFrom)
          .pass);
  EXPECT_FALSE(judge(kHop +
                     "Authentication-Results: mx.acme.example.evil.example; dmarc=pass header.from=acme.example\r\n" +
                     kFrom)
                   .pass);
  EXPECT_FALSE(
      judge(kHop + "Authentication-Results: evil.example; dmarc=pass header.from=acme.example\r\n" + kFrom).pass);
  const auto verdict = judge(kHop + kForeignHop + forged + kFrom);
  ASSERT_EQ(verdict.seen.size(), 1U);
  EXPECT_EQ(verdict.seen[0], "Authentication-Results of mx.acme.example: below a foreign hop, may be forged");
}

// A03
TEST(Authenticate, APassForAnotherDomainIsRefused) {
  EXPECT_FALSE(
      judge(kHop + "Authentication-Results: mx.acme.example; dmarc=pass header.from=evil.example\r\n" + kFrom).pass);
  EXPECT_FALSE(
      judge(kHop + "Authentication-Results: mx.acme.example; dmarc=pass header.from=sub.acme.example\r\n" + kFrom)
          .pass);
}

// A11
TEST(Authenticate, AnotherDomainsOrAPartialSignatureIsRefused) {
  EXPECT_FALSE(
      judge(kHop + "Authentication-Results: mx.acme.example; dkim=pass header.d=other.example\r\n" + kFrom).pass);
  EXPECT_FALSE(judge(kHop + "Authentication-Results: mx.acme.example; dkim=pass header.d=example\r\n" + kFrom).pass);
  const std::string partial = "DKIM-Signature: v=1; a=rsa-sha256; d=acme.example; s=k1; l=120; bh=x; b=y\r\n";
  EXPECT_FALSE(
      judge(kHop + "Authentication-Results: mx.acme.example; dkim=pass header.d=acme.example\r\n" + partial + kFrom)
          .pass);
  EXPECT_FALSE(judge(kHop +
                     "Authentication-Results: mx.acme.example; dkim=pass header.d=acme.example; dmarc=pass "
                     "header.from=acme.example\r\n" +
                     partial + kFrom)
                   .pass);
  EXPECT_FALSE(judge(kHop +
                     "Authentication-Results: mx.acme.example; dkim=pass (l=120 of 4000) header.d=acme.example\r\n" +
                     kFrom)
                   .pass);
  // Aligned SPF carries DMARC without the signature.
  EXPECT_TRUE(judge(kHop +
                    "Authentication-Results: mx.acme.example; spf=pass smtp.mailfrom=rep@acme.example; dmarc=pass "
                    "header.from=acme.example\r\n" +
                    partial + kFrom)
                  .pass);
}

TEST(Authenticate, DomainsOfOnePublicSuffixAreNotAligned) {
  EXPECT_FALSE(
      judge(kHop +
            "Authentication-Results: mx.acme.example; dkim=pass header.d=evil.co.uk\r\nFrom: rep@acme.co.uk\r\n\r\n")
          .pass);
  EXPECT_TRUE(
      judge(
          kHop +
          "Authentication-Results: mx.acme.example; dkim=pass header.d=mail.acme.co.uk\r\nFrom: rep@acme.co.uk\r\n\r\n")
          .pass);
}

TEST(Authenticate, AFromThatIsNotOnePlainMailboxGivesNoIdentity) {
  const std::string pass = kHop + "Authentication-Results: mx.acme.example; dmarc=pass header.from=acme.example\r\n";
  EXPECT_FALSE(judge(pass + "From: rep@acme.example, other@evil.example\r\n\r\n").pass);
  EXPECT_FALSE(judge(pass + "From: rep@acme.example\r\nFrom: x@evil.example\r\n\r\n").pass);
  EXPECT_FALSE(judge(pass + "\r\n").pass);
}

TEST(Authenticate, TheBigProvidersFormsAreUnderstood) {
  const std::string gmail =
      "Delivered-To: sales@acme.example\r\nReceived: by 2002:a05:6a10:1234:b0:1:2:3 with SMTP id x; Mon, 2 Feb 2026 "
      "10:00:00 -0800 (PST)\r\n"
      "Return-Path: <rep@acme.example>\r\nReceived: from out.rep.example (out.rep.example. [192.0.2.7]) by "
      "mx.google.com with ESMTPS id y for <sales@acme.example>; Mon, 2 Feb 2026\r\n"
      "Authentication-Results: mx.google.com; dkim=pass header.i=@acme.example header.s=k header.b=abc; spf=pass "
      "(google.com: domain) smtp.mailfrom=rep@acme.example; dmarc=pass (p=REJECT sp=REJECT dis=NONE) "
      "header.from=acme.example\r\n";
  EXPECT_TRUE(judge(gmail + kForeignHop + kFrom, {"mx.google.com"}).pass);
  EXPECT_FALSE(judge(gmail + kForeignHop + kFrom).pass);
  // Microsoft 365 names no authserv-id; the hop above its field does.
  const std::string m365 =
      "Received: from AM0.eurprd.prod.outlook.com (2603::1) by DB9.eurprd.prod.outlook.com with HTTPS\r\n"
      "Received: from out.rep.example (192.0.2.7) by AM0FT.mail.protection.outlook.com (10.0.0.1) with SMTP\r\n"
      "Authentication-Results: spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=acme.example; dkim=pass "
      "header.d=acme.example;dmarc=pass action=none header.from=acme.example;compauth=pass reason=100\r\n";
  EXPECT_TRUE(judge(m365 + kForeignHop + kFrom, {"outlook.com"}).pass);
  EXPECT_FALSE(judge("Authentication-Results: dmarc=pass header.from=acme.example\r\n" + kFrom, {"outlook.com"}).pass);
  EXPECT_FALSE(
      judge(kForeignHop + "Authentication-Results: dmarc=pass header.from=acme.example\r\n" + kFrom, {"outlook.com"})
          .pass);
}

TEST(Authenticate, WithoutATrustedServerNothingPasses) {
  EXPECT_FALSE(
      judge(kHop + "Authentication-Results: mx.acme.example; dmarc=pass header.from=acme.example\r\n" + kFrom, {})
          .pass);
  EXPECT_FALSE(judge(kHop + "Authentication-Results: ; dmarc=pass header.from=acme.example\r\n" + kFrom, {""}).pass);
}

}  // namespace
}  // namespace leadmail::mail::message
