#include "mail/smtp/session.h"

#include <gtest/gtest.h>

#include <thread>

#include "mail/smtp/address.h"
#include "tests/mail/smtp/sending.h"

namespace leadmail::mail::smtp {
namespace {

using fakes::ScriptedSmtpServer;
using std::chrono::milliseconds;

TEST(Session, DeliversAMailByteForByte) {
  ScriptedSmtpServer server;
  EXPECT_EQ(summary(send_once(server, {"ann@example.com", "bob@example.org"})),
            "ann@example.com delivered 250; bob@example.org delivered 250");
  const auto mails = server.mails();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].mail_from, "sales@acme.example");
  EXPECT_EQ(mails[0].rcpt_to, (std::vector<std::string>{"ann@example.com", "bob@example.org"}));
  EXPECT_EQ(mails[0].bytes, a_mail());
  EXPECT_EQ(server.heard().substr(0, 21), "EHLO client.example\r\n");
}

TEST(Session, SendsFromTheNullReversePath) {
  ScriptedSmtpServer server;
  Session session(account_at(server));
  EXPECT_EQ(summary(session.send({"", {"ann@example.com"}}, a_mail(), yes)), "ann@example.com delivered 250");
  EXPECT_NE(server.heard().find("MAIL FROM:<>"), std::string::npos);
}

// Lines that begin with a dot, wherever libcurl's pieces of 64 KiB happen to end between them. RFC 5321 §4.5.2
TEST(Session, StuffsDotsWhereverAPieceEnds) {
  ScriptedSmtpServer server({.capabilities = {}});
  Session session(account_at(server));
  constexpr std::size_t kPiece = 65'536;
  for (std::size_t shift = 0; shift < 12; ++shift) {
    std::string mail = a_mail("<dots." + std::to_string(shift) + "@leadmail.example>", ".\r\n..\r\n.x\r\n\r\n.\r\n");
    while (mail.size() + 80 < kPiece - 6) mail += std::string(76, 'x') + "\r\n";
    mail += std::string(kPiece - mail.size() - 8 + shift, 'y') + "\r\n.\r\n..\r\n.\r\n";
    while (mail.size() < 2 * kPiece + 100) mail += ".\r\n";
    ASSERT_EQ(summary(session.send(to({"ann@example.com"}), mail, yes)), "ann@example.com delivered 250") << shift;
    ASSERT_TRUE(server.mails().back().bytes == mail) << shift;
  }
  const std::string first = ".begins with one\r\n.\r\n";
  ASSERT_EQ(summary(session.send(to({"ann@example.com"}), first, yes)), "ann@example.com delivered 250");
  EXPECT_EQ(server.mails().back().bytes, first);
}

TEST(Session, GivesEveryRecipientTheirOwnOutcome) {
  ScriptedSmtpServer server(
      {.script = {"RCPT 2: say 550-5.1.1 no such\\n550 5.1.1 user", "RCPT 3: say 450 4.2.0 greylisted"}});
  EXPECT_EQ(summary(send_once(server, {"a@x.example", "b@x.example", "c@x.example", "d@x.example"})),
            "a@x.example delivered 250; b@x.example failed 550 5.1.1; c@x.example deferred 450 4.2.0; d@x.example "
            "delivered 250");
  EXPECT_EQ(server.mails().at(0).rcpt_to, (std::vector<std::string>{"a@x.example", "d@x.example"}));
}

TEST(Session, SendsNothingWhenNobodyIsAccepted) {
  ScriptedSmtpServer server({.script = {"RCPT 1: say 550 5.1.1 no", "RCPT 2: say 451 4.3.0 later"}});
  const auto sent = send_once(server, {"a@x.example", "b@x.example"});
  EXPECT_EQ(summary(sent), "a@x.example failed 550 5.1.1; b@x.example deferred 451 4.3.0");
  EXPECT_EQ(sent->trouble, "") << "everybody has a reply of their own";
  EXPECT_EQ(server.times("DATA"), 0);
}

// One connection for many mails, and every mail gets its own replies.
TEST(Session, KeepsTheConnectionForTheNextMail) {
  ScriptedSmtpServer server({.script = {"RCPT 7: say 550 5.1.1 no"}});
  Account account = account_at(server);
  account.patience.mails = 50;
  Session session(std::move(account));
  for (int i = 1; i <= 120; ++i) {
    const std::string id = "<" + std::to_string(i) + "@leadmail.example>";
    EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail(id), yes)),
              i == 7 ? "ann@example.com failed 550 5.1.1" : "ann@example.com delivered 250");
    EXPECT_EQ(server.count(id), i == 7 ? 0 : 1);
  }
  EXPECT_EQ(server.connections(), 4) << "after the refusal, and after 50 mails each";
}

TEST(Session, LeavesAConnectionThatWasIdleForTooLong) {
  ScriptedSmtpServer server;
  Account account = account_at(server);
  account.patience.idle = milliseconds{0};
  Session session(std::move(account));
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail(), yes)), "ann@example.com delivered 250");
  EXPECT_EQ(server.connections(), 2);
}

// A server that ends an idle connection, with or without a word, costs a new connection and never an outcome.
TEST(Session, DoesNotNoticeThatTheKeptConnectionHasGoneStale) {
  for (const char* ending : {"MAIL 2: drop", "MAIL 2: reset", "MAIL 2: say 421 4.4.2 timeout", "dot 1: drop"}) {
    std::vector<std::string> script{ending};
    if (std::string_view(ending).starts_with("dot")) script = {"dot 1: usual", "dot 1: drop"};
    ScriptedSmtpServer server({.script = script});
    Session session(account_at(server));
    EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail("<1@x>"), yes)), "ann@example.com delivered 250");
    EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail("<2@x>"), yes)), "ann@example.com delivered 250")
        << ending;
    EXPECT_EQ(server.count("<1@x>") * 10 + server.count("<2@x>"), 11) << ending;
    EXPECT_EQ(server.connections(), 2) << ending;
  }
}

TEST(Session, LogsInAsTheConfigSays) {
  using Method = net::Login::Method;
  for (const auto method : {Method::password, Method::bearer}) {
    ScriptedSmtpServer server({.user = "sales@acme.example", .secret = "canary-secret"});
    Session session(with_login(account_at(server), {method, "sales@acme.example", "canary-secret"}));
    EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail(), yes)), "ann@example.com delivered 250");
    EXPECT_EQ(server.mails().at(0).as_whom, "sales@acme.example");
  }
}

TEST(Session, UsesTheLoginThatIsTrueNow) {
  ScriptedSmtpServer server({.script = {}, .user = "sales", .secret = "new"});
  Account account = account_at(server);
  std::string secret = "old";
  account.login = [&]() -> Result<net::Login> { return net::Login{.user = "sales", .secret = secret}; };
  Session session(std::move(account));
  EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail(), yes)),
            "ann@example.com deferred 535 5.7.8 | account");
  secret = "new";
  EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail(), yes)), "ann@example.com delivered 250");
}

TEST(Session, ATokenThatIsRefusedIsReplacedBeforeThereIsTrouble) {
  using Method = net::Login::Method;
  ScriptedSmtpServer server({.script = {}, .user = "sales", .secret = "new"});
  Account account = account_at(server);
  int asked = 0;
  account.login = [&]() -> Result<net::Login> {
    return net::Login{Method::bearer, "sales", asked == 0 ? "old" : "new"};
  };
  account.login_after_refusal = [&]() -> Result<net::Login> {
    ++asked;
    return net::Login{Method::bearer, "sales", "new"};
  };
  Session session(std::move(account));
  EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail(), yes)), "ann@example.com delivered 250");
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(server.mails().size(), 1U);
}

TEST(Session, ATokenThatStaysTheSameIsNotTriedAgain) {
  ScriptedSmtpServer server({.script = {}, .user = "sales", .secret = "right"});
  Account account = account_at(server);
  account.login = []() -> Result<net::Login> { return net::Login{net::Login::Method::bearer, "sales", "wrong"}; };
  account.login_after_refusal = account.login;
  Session session(std::move(account));
  const auto sent = session.send(to({"ann@example.com"}), a_mail(), yes);
  ASSERT_TRUE(sent);
  EXPECT_TRUE(sent->account_trouble && sent->login_refused);
  EXPECT_EQ(server.connections(), 1);
}

TEST(Session, WhatIsNoRefusedLoginIsNone) {
  ScriptedSmtpServer server({.script = {"RCPT 1: say 535 5.7.8 not you"}});
  Session session(account_at(server));
  const auto sent = session.send(to({"ann@example.com"}), a_mail(), yes);
  ASSERT_TRUE(sent);
  EXPECT_FALSE(sent->login_refused);
}

TEST(Session, ALoginIsTriedWithoutAMail) {
  ScriptedSmtpServer server({.script = {}, .user = "sales", .secret = "right"});
  const auto tried = [&](const char* secret) {
    return try_login(with_login(account_at(server), {net::Login::Method::bearer, "sales", secret}));
  };
  EXPECT_TRUE(tried("right").in);
  EXPECT_TRUE(tried("wrong").refused);
  EXPECT_EQ(tried("wrong").words, "535 5.7.8 who are you?");
  EXPECT_TRUE(server.mails().empty());
  Account nowhere = account_at(server);
  nowhere.server.port = 1;
  EXPECT_FALSE(try_login(nowhere).in || try_login(nowhere).refused);
}

TEST(Session, NeverTellsTheSecret) {
  for (const auto method : {net::Login::Method::password, net::Login::Method::bearer}) {
    ScriptedSmtpServer server({.user = "sales", .secret = "right"});
    Session session(with_login(account_at(server), {method, "sales", "canary-secret"}));
    const auto sent = session.send(to({"ann@example.com"}), a_mail(), yes);
    EXPECT_EQ(summary(sent), "ann@example.com deferred 535 5.7.8 | account");
    EXPECT_EQ(sent->trouble, "535 5.7.8 who are you?");
    EXPECT_EQ(describe(sent->recipients[0].reply).find("canary"), std::string::npos);
  }
}

// Also where a server repeats it after the login.
TEST(Session, HidesTheSecretInWhatAServerSaysOfAMail) {
  ScriptedSmtpServer server({.script = {"RCPT 1: say 550 5.7.1 hunter2 is no password for mail to strangers"}});
  Account account = account_at(server);
  account.login = [] { return net::Login{.user = "sales", .secret = "hunter2"}; };
  Session session(std::move(account));
  const auto sent = session.send(to({"a@x.example"}), a_mail(), yes);
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->recipients[0].reply.text, "*** is no password for mail to strangers");
}

TEST(Session, PassesOnWhyThereIsNoLogin) {
  ScriptedSmtpServer server;
  Account account = account_at(server);
  account.login = []() -> Result<net::Login> { return Error{Next::retry, "token endpoint: 503"}; };
  Session session(std::move(account));
  const auto sent = session.send(to({"ann@example.com"}), a_mail(), yes);
  EXPECT_EQ(summary(sent), "ann@example.com deferred | account");
  EXPECT_EQ(sent->trouble, "token endpoint: 503");
  EXPECT_FALSE(sent->counts);
  EXPECT_EQ(server.connections(), 0);
}

TEST(Session, AsksOnceBeforeTheFinalDotCanLeave) {
  ScriptedSmtpServer server;
  Session session(account_at(server));
  int asked = 0;
  const auto mark = [&] {
    ++asked;
    EXPECT_EQ(server.times("dot"), 0);
    return true;
  };
  std::string long_text;
  while (long_text.size() < 200'000) long_text += std::string(74, 'x') + "\r\n";
  EXPECT_EQ(summary(session.send(to({"a@x.example", "b@x.example"}), a_mail(kId, long_text), mark)),
            "a@x.example delivered 250; b@x.example delivered 250");
  EXPECT_EQ(asked, 1);
}

TEST(Session, DoesNotSendWhatCouldNotBeMarked) {
  ScriptedSmtpServer server;
  Session session(account_at(server));
  const auto no = [] { return false; };
  const auto broken = []() -> bool { throw std::runtime_error("disk"); };
  EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail(), no)), "ann@example.com deferred");
  EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail(), broken)), "ann@example.com deferred");
  EXPECT_EQ(server.times("dot"), 0);
  EXPECT_TRUE(server.mails().empty());
  EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail(), yes)), "ann@example.com delivered 250");
}

TEST(Session, RefusesAnAddressThatCouldSayMoreThanItself) {
  ScriptedSmtpServer server;
  Session session(account_at(server));
  using namespace std::string_literals;
  for (const auto& address : {"a@b\r\nRCPT TO:<evil@x>"s,
                              "<a@b>"s,
                              "a@b>"s,
                              "a b@c"s,
                              "a@b\0"s,
                              "a@"s,
                              "@b"s,
                              ""s,
                              "a"s,
                              "a@b@c"s,
                              "a\t@b"s,
                              "a@b c"s,
                              "a@b\n"s,
                              "\"a@b"s,
                              "\"a\"b\"@c"s,
                              "a@-b"s,
                              "a@b..c"s,
                              "a@b."s,
                              "a@[1.2"s,
                              "a\xFF@b"s,
                              "a\xE2\x80\xAE@b"s,
                              std::string(65, 'a') + "@b",
                              "a@" + std::string(256, 'b'),
                              "(x)a@b"s}) {
    EXPECT_TRUE(summary(session.send(to({address}), a_mail(), yes)).starts_with("error give-up")) << address;
    EXPECT_FALSE(is_addr_spec(address)) << address;
    if (address.empty()) continue;
    EXPECT_TRUE(summary(session.send({address, {"ann@example.com"}}, a_mail(), yes)).starts_with("error give-up"))
        << address;
  }
  EXPECT_EQ(server.connections(), 0);
  for (const char* address :
       {"a@b", "ann.o'brien+tag@example.com", "a..b.@docomo.example", "\"odd\\\"one\"@x.example", "a@[192.0.2.1]",
        "a@[IPv6:2001:db8::1]", "j\xC3\xBCrgen@example.com", "a@xn--bcher-kva.example"}) {
    EXPECT_TRUE(is_addr_spec(address)) << address;
  }
}

TEST(Session, ARecipientWhoIsNoAddressFailsAloneAndTheOthersGetTheMail) {
  ScriptedSmtpServer server({.capabilities = {"SIZE"}});
  const std::string evil = "a@b\r\nRCPT TO:<evil@x>";
  const std::string juergen = "j\xC3\xBCrgen@example.com";
  EXPECT_EQ(summary(send_once(server, {evil, "ann@example.com", juergen, "a b@c", "bob@example.com"})),
            evil + " failed; ann@example.com delivered 250; " + juergen +
                " failed; a b@c failed; bob@example.com delivered 250");
  ASSERT_EQ(server.mails().size(), 1U);
  EXPECT_EQ(server.mails().at(0).rcpt_to, (std::vector<std::string>{"ann@example.com", "bob@example.com"}));
  EXPECT_EQ(server.heard().find("evil"), std::string::npos);
}

TEST(Session, RefusesBytesThatASmtpServerMayMisread) {
  ScriptedSmtpServer server;
  Session session(account_at(server));
  using namespace std::string_literals;
  for (const auto& text : {"no end"s, "bare\nLF\r\n"s, "bare\rCR\r\n"s, "ends in CR\r"s, "caf\xC3\xA9\r\n"s,
                           "nul\0\r\n"s, std::string(999, 'x') + "\r\n"}) {
    EXPECT_TRUE(summary(session.send(to({"ann@example.com"}), a_mail(kId, text), yes)).starts_with("error give-up"));
  }
  EXPECT_TRUE(summary(session.send(to({"ann@example.com"}), "", yes)).starts_with("error give-up"));
  EXPECT_EQ(server.connections(), 0);
  EXPECT_TRUE(sendable(a_mail(kId, std::string(998, 'x') + "\r\n\r\n")));
}

TEST(Session, KeepsInternationalAddressesFromServersThatDoNotKnowThem) {
  const std::string juergen = "j\xC3\xBCrgen@example.com";
  ScriptedSmtpServer modern;
  EXPECT_EQ(summary(send_once(modern, {juergen})), juergen + " delivered 250");
  EXPECT_TRUE(modern.mails().at(0).utf8);

  ScriptedSmtpServer old({.capabilities = {"SIZE"}});
  EXPECT_EQ(summary(send_once(old, {juergen})), juergen + " failed");
  EXPECT_EQ(summary(send_once(old, {juergen, "ann@example.com", juergen, "bob@example.com"})),
            juergen + " failed; ann@example.com delivered 250; " + juergen + " failed; bob@example.com delivered 250");
  EXPECT_EQ(old.heard().find("\xC3\xBC"), std::string::npos);
  EXPECT_EQ(old.mails().size(), 1U);
}

TEST(Session, WritesAnInternationalDomainInAscii) {
  ScriptedSmtpServer server({.capabilities = {}});
  EXPECT_EQ(summary(send_once(server, {"a@b\xC3\xBC"
                                       "cher.example"})),
            "a@b\xC3\xBC"
            "cher.example delivered 250");
  EXPECT_EQ(server.mails().at(0).rcpt_to.at(0), "a@xn--bcher-kva.example");
}

TEST(Session, DoesNotOfferWhatIsTooLarge) {
  ScriptedSmtpServer server({.capabilities = {"SIZE 100"}});
  const auto sent = send_once(server);
  EXPECT_EQ(summary(sent), "ann@example.com failed");
  EXPECT_EQ(sent->trouble, "the server takes mails of at most 100 bytes");
  EXPECT_EQ(server.times("RCPT"), 0);
}

TEST(Session, CutsASendWithinASecondOfAStopRequest) {
  struct Case {
    const char* script;
    const char* until;
    const char* outcome;
  };
  for (const auto& c : {Case{"greeting: stall", "greeting", "ann@example.com deferred | account"},
                        Case{"RCPT: stall", "RCPT", "ann@example.com deferred"},
                        Case{"DATA: stall", "DATA", "ann@example.com deferred"},
                        Case{"dot: stall", "dot", "ann@example.com unknown"}}) {
    ScriptedSmtpServer server({.script = {c.script}});
    Session session(account_at(server));
    std::stop_source stop;
    std::thread stopper([&] {
      EXPECT_TRUE(server.await(c.until));
      stop.request_stop();
    });
    const auto sent = session.send(to({"ann@example.com"}), a_mail(), yes, stop.get_token());
    stopper.join();
    EXPECT_EQ(summary(sent), c.outcome) << c.script;
  }
}

TEST(Session, DoesNotBeginAfterAStopRequest) {
  ScriptedSmtpServer server;
  Session session(account_at(server));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail(), yes, stop.get_token())),
            "ann@example.com deferred | account");
  EXPECT_EQ(server.times("MAIL"), 0);
}

}  // namespace
}  // namespace leadmail::mail::smtp
