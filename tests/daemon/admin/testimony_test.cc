#include "daemon/admin/testimony.h"

#include <gtest/gtest.h>

#include "mail/message/parse.h"

namespace leadmail::daemon::admin {
namespace {

using mail::message::Identity;

/// A mail as it lies in the inbox: `results` are the Authentication-Results that our server put on top, `with` what the
/// sender wrote himself.
Identity mail_from(const std::string& domain, const std::string& results, const std::string& with = "",
                   const std::string& by = "mx.acme.example") {
  return mail::message::read_identity(
      "Return-Path: <x@" + domain + ">\r\n" + (results.empty() ? "" : "Authentication-Results: " + results + "\r\n") +
      "Received: from out." + domain + " by " + by + " with ESMTPS; Sat, 21 Nov 2026 10:00:00 +0000\r\n" +
      (with.empty() ? "" : "Authentication-Results: " + with + "\r\n") + "From: x@" + domain +
      "\r\nTo: sales@acme.example\r\nSubject: pumps\r\n\r\n");
}

std::string pass(const std::string& server, const std::string& domain) {
  return server + "; dmarc=pass header.from=" + domain;
}

std::vector<Identity> usual(const std::string& server = "mx.acme.example") {
  std::vector<Identity> mails;
  for (const std::string domain : {"a.example", "b.example", "c.example", "d.example", "e.example"}) {
    mails.push_back(mail_from(domain, pass(server, domain), "", server));
  }
  return mails;
}

TEST(Testimony, TheNameOnTopOfNearlyEveryMailIsTheServers) {
  const auto found = who_testifies(usual(), "acme.example", "");
  EXPECT_EQ(found.trusted, std::vector<std::string>{"mx.acme.example"});
  EXPECT_EQ(found.from_outside, 5U);
  EXPECT_EQ(found.confirmed, 5U);
}

TEST(Testimony, AForgedNameBelowTheServersOwnIsNeverTaken) {
  auto mails = usual();
  for (int i = 0; i < 20; ++i) {
    mails.push_back(mail_from("evil.example", "mx.acme.example; dmarc=none", pass("mx.evil.example", "acme.example")));
  }
  EXPECT_EQ(who_testifies(mails, "acme.example", "").trusted, std::vector<std::string>{"mx.acme.example"});
}

TEST(Testimony, WhereTheServerWritesNoneTheNamesOfStrangersAreNotTaken) {
  std::vector<Identity> mails;
  for (const std::string domain : {"a.example", "b.example", "c.example", "d.example"})
    mails.push_back(mail_from(domain, ""));
  for (int i = 0; i < 12; ++i) mails.push_back(mail_from("evil.example", "", pass("mx.evil.example", "acme.example")));
  const auto found = who_testifies(mails, "acme.example", "");
  EXPECT_TRUE(found.trusted.empty());
  EXPECT_EQ(found.why_none, "only 12 of 16 mails bear one of evil.example: it may be forged");
  const auto alone = who_testifies(std::span(mails).last(12), "acme.example", "");
  EXPECT_TRUE(alone.trusted.empty());
  EXPECT_EQ(alone.why_none, "there is mail of too few senders to tell");
}

TEST(Testimony, SeveralHostsOfOneProviderAreAllNamedTheMostFrequentFirst) {
  auto mails = usual("mx1.provider.example");
  for (const std::string domain : {"f.example", "g.example"}) {
    mails.push_back(mail_from(domain, pass("mx2.provider.example", domain), "", "mx2.provider.example"));
  }
  const auto found = who_testifies(mails, "acme.example", "");
  EXPECT_EQ(found.trusted, (std::vector<std::string>{"mx1.provider.example", "mx2.provider.example"}));
  EXPECT_EQ(found.confirmed, 7U);
}

TEST(Testimony, WhatIsKnownOfTheProviderNeedsNoMail) {
  EXPECT_EQ(who_testifies({}, "acme.example", "mx.google.com").trusted, std::vector<std::string>{"mx.google.com"});
  EXPECT_EQ(who_testifies({}, "acme.example", "").why_none, "there is no mail from outside yet");
}

TEST(Testimony, MailAmongColleaguesTellsNothing) {
  const std::vector<Identity> mails(10, mail_from("acme.example", ""));
  EXPECT_EQ(who_testifies(mails, "acme.example", "").from_outside, 0U);
}

TEST(Testimony, OnOurOwnMailEveryNameIsTheProviders) {
  const auto own = mail_from("acme.example", "mx.acme.example; auth=pass smtp.auth=sales@acme.example",
                             "relay.acme.example; dkim=none");
  EXPECT_EQ(testified_on(own), (std::vector<std::string>{"mx.acme.example", "relay.acme.example"}));
  EXPECT_TRUE(testified_on(mail_from("acme.example", "")).empty());
}

}  // namespace
}  // namespace leadmail::daemon::admin
