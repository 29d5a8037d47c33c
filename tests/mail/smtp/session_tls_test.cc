// Rows T01 and T02 of the hostile cases, for SMTP: no certificate, no password.
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "mail/smtp/session.h"
#include "tests/fakes/certificate.h"
#include "tests/mail/smtp/sending.h"

namespace leadmail::mail::smtp {
namespace {

using fakes::Identity;
using fakes::make_identity;
using fakes::ScriptedSmtpServer;
using fakes::SmtpNature;
using fakes::TemporaryFile;
using std::chrono::hours;

const std::string kCanary = "canary-password";

/// An authority of our own, and servers that it has signed for.
class SessionTls : public testing::Test {
 protected:
  Identity signed_for(std::vector<std::string> names, hours until = hours{24}) const {
    return make_identity(
        {.names = std::move(names), .valid_from = hours{-48}, .valid_until = until, .issuer = &authority_});
  }

  static SmtpNature nature(Identity identity, bool from_the_start) {
    SmtpNature nature{.user = "sales", .secret = kCanary, .offers_starttls = !from_the_start};
    nature.tls = {.identity = std::move(identity), .from_the_start = from_the_start};
    return nature;
  }

  Account account(const ScriptedSmtpServer& server, net::Security security) const {
    Account account = with_login(account_at(server), {.user = "sales", .secret = kCanary});
    account.server.host = "localhost";
    account.server.security = security;
    account.server.ca_file = ca_file_.path();
    return account;
  }

  Result<Sent> send(const ScriptedSmtpServer& server, net::Security security) const {
    Session session(account(server, security));
    return session.send(to({"ann@example.com"}), a_mail(), yes);
  }

  /// No mail, no AUTH, the trouble named, and the password on no wire and in no word.
  static void expect_refusal(const ScriptedSmtpServer& server, const Result<Sent>& sent, const std::string& why) {
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->recipients.at(0).outcome, Outcome::deferred);
    EXPECT_TRUE(sent->account_trouble);
    EXPECT_FALSE(sent->counts);
    EXPECT_NE(sent->trouble.find(why), std::string::npos) << sent->trouble;
    EXPECT_EQ(sent->trouble.find(kCanary), std::string::npos) << sent->trouble;
    EXPECT_EQ(server.times("AUTH"), 0);
    EXPECT_EQ(server.times("MAIL"), 0);
    EXPECT_EQ(server.heard().find("AUTH"), std::string::npos);
  }

  const Identity authority_ = make_identity({.names = {"authority.example"}, .valid_from = hours{-48}});
  const TemporaryFile ca_file_{authority_.certificate};
};

TEST_F(SessionTls, SendsAndLogsInBehindTls) {
  for (const bool from_the_start : {true, false}) {
    ScriptedSmtpServer server(nature(signed_for({"localhost"}), from_the_start));
    EXPECT_EQ(summary(send(server, from_the_start ? net::Security::implicit_tls : net::Security::starttls)),
              "ann@example.com delivered 250");
    EXPECT_EQ(server.mails().at(0).as_whom, "sales");
  }
}

TEST_F(SessionTls, KeepsImplicitTlsForTheNextMailAndStarttlsNever) {
  for (const bool from_the_start : {true, false}) {
    ScriptedSmtpServer server(nature(signed_for({"localhost"}), from_the_start));
    Session session(account(server, from_the_start ? net::Security::implicit_tls : net::Security::starttls));
    for (int i = 0; i < 3; ++i)
      EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail(), yes)), "ann@example.com delivered 250");
    EXPECT_EQ(server.connections(), from_the_start ? 1 : 3);
    EXPECT_EQ(server.times("QUIT"), from_the_start ? 0 : 3);
  }
}

// T01
TEST_F(SessionTls, SaysNothingToAServerWhoseCertificateDoesNotFit) {
  const Identity stranger = make_identity();
  struct Case {
    Identity identity;
    const char* why;
  };
  for (const auto& c : {Case{stranger, "certificate"}, Case{signed_for({"other.example"}), "localhost"},
                        Case{signed_for({"localhost"}, hours{-24}), "expired"}}) {
    ScriptedSmtpServer at_once(nature(c.identity, true));
    expect_refusal(at_once, send(at_once, net::Security::implicit_tls), c.why);
    ScriptedSmtpServer later(nature(c.identity, false));
    expect_refusal(later, send(later, net::Security::starttls), c.why);
  }
}

TEST_F(SessionTls, TakesNoTlsOfTheLastCentury) {
  auto old = nature(signed_for({"localhost"}), true);
  old.tls.highest_version = TLS1_1_VERSION;
  ScriptedSmtpServer server(std::move(old));
  expect_refusal(server, send(server, net::Security::implicit_tls), "");
}

TEST_F(SessionTls, RefusesAServerThatHidesStarttls) {
  for (const auto& script : {std::vector<std::string>{"EHLO: say 250-mail.example\\n250 AUTH PLAIN LOGIN"},
                             std::vector<std::string>{"EHLO: say 502 no", "HELO: say 250 hi"},
                             std::vector<std::string>{"STARTTLS: say 454 4.7.0 not now"},
                             std::vector<std::string>{"STARTTLS: say 502 5.5.1 what?"}}) {
    auto stripped = nature(signed_for({"localhost"}), false);
    stripped.script = script;
    ScriptedSmtpServer server(std::move(stripped));
    expect_refusal(server, send(server, net::Security::starttls), "");
  }
}

// T02: what a man in the middle adds to the plain text must not become part of the safe conversation. RFC 3207 §6
TEST_F(SessionTls, DropsAConversationWithBytesAfterTheStarttlsReply) {
  for (const char* glued : {"250-mail.example\\n250 AUTH PLAIN", "220 again", "x"}) {
    auto injecting = nature(signed_for({"localhost"}), false);
    injecting.script = {std::string("STARTTLS: say 220 go\\n") + glued, "STARTTLS: tls"};
    ScriptedSmtpServer server(std::move(injecting));
    expect_refusal(server, send(server, net::Security::starttls), "");
    EXPECT_TRUE(server.mails().empty());
  }
}

TEST_F(SessionTls, SpeaksWithoutTlsOnlyToThisMachine) {
  ScriptedSmtpServer server;
  Account outside = with_login(account_at(server), {.user = "sales", .secret = kCanary});
  outside.server.host = "mail.example";
  Session session(outside);
  expect_refusal(server, session.send(to({"ann@example.com"}), a_mail(), yes), "without TLS");
}

TEST_F(SessionTls, LosesNoMailWhenTheServerEndsTheIdleConnection) {
  auto moody = nature(signed_for({"localhost"}), true);
  moody.script = {"dot 1: usual", "dot 1: say 421 4.4.2 idle for too long", "dot 1: drop"};
  ScriptedSmtpServer server(std::move(moody));
  Session session(account(server, net::Security::implicit_tls));
  EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail("<1@x>"), yes)), "ann@example.com delivered 250");
  EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail("<2@x>"), yes)), "ann@example.com delivered 250");
  EXPECT_EQ(server.count("<1@x>") * 10 + server.count("<2@x>"), 11);
}

}  // namespace
}  // namespace leadmail::mail::smtp
