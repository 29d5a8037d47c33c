// What servers and networks do to a mail on its way. The law of all of it: what we say and what the server holds agree.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "mail/smtp/session.h"
#include "tests/mail/smtp/sending.h"

namespace leadmail::mail::smtp {
namespace {

using fakes::ScriptedSmtpServer;
using fakes::SmtpNature;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// The outcome that the server's side of the story allows for.
void expect_agreement(const ScriptedSmtpServer& server, const Result<Sent>& sent, const std::string& where) {
  ASSERT_TRUE(sent) << where;
  const int held = server.count(kId);
  EXPECT_LE(held, 1) << where;
  for (const auto& one : sent->recipients) {
    if (one.outcome == Outcome::delivered) {
      EXPECT_EQ(held, 1) << where << ": delivered, but the server has nothing";
      EXPECT_EQ(one.reply.code, 250) << where;
    } else if (one.outcome != Outcome::unknown) {
      EXPECT_EQ(held, 0) << where << ": " << name(one.outcome) << ", but the server has the mail";
    }
  }
}

// The hard cut is the one after the final dot: the server has the mail and we don't know it. RFC 1047
TEST(SessionFault, OneMailOneMessageIdWhereverTheConnectionIsCut) {
  std::size_t heard = 0;
  std::size_t said = 0;
  {
    ScriptedSmtpServer server;
    ASSERT_EQ(summary(send_once(server)), "ann@example.com delivered 250");
    heard = server.heard().size();
    said = server.said();
  }
  int unknown = 0;
  int delivered = 0;
  const auto cut = [&](SmtpNature nature, const std::string& where) {
    ScriptedSmtpServer server(std::move(nature));
    bool marked = false;
    Session session(account_at(server));
    const auto sent = session.send(to({"ann@example.com"}), a_mail(), [&] { return marked = true; });
    expect_agreement(server, sent, where);
    const auto outcome = sent->recipients.at(0).outcome;
    unknown += outcome == Outcome::unknown ? 1 : 0;
    delivered += outcome == Outcome::delivered ? 1 : 0;
    EXPECT_TRUE(marked || outcome == Outcome::deferred) << where;
    EXPECT_TRUE(marked || server.times("dot") == 0) << where << ": the dot was not announced";
  };
  for (std::size_t at = 0; at <= heard; ++at) cut({.cut_after_heard = at}, "heard " + std::to_string(at));
  for (std::size_t at = 0; at <= said; ++at) cut({.cut_after_said = at}, "said " + std::to_string(at));
  // Most cuts are before the mail or after the reply; only those between them leave us in doubt.
  EXPECT_GT(unknown, 0);
  EXPECT_LT(unknown, static_cast<int>(a_mail().size()) + 60);
  EXPECT_GT(delivered, 1);
}

// O05, C02: the server has the mail, and the connection goes before we hear of it.
TEST(SessionFault, AMailWhoseReplyIsLostIsUnknown) {
  for (const char* end : {"dot: drop", "dot: reset", "dot: raw 25"}) {
    ScriptedSmtpServer server({.script = {"dot: keep", end, "dot: drop"}});
    EXPECT_EQ(summary(send_once(server)), "ann@example.com unknown") << end;
    EXPECT_EQ(server.count(kId), 1) << end;
  }
}

TEST(SessionFault, AMailWhoseReplyWasHeardIsDeliveredWhateverComesNext) {
  for (const char* end :
       {"dot: drop", "dot: reset", "dot: stall", "dot: say 554 5.0.0 changed my mind", "dot: endless x"}) {
    ScriptedSmtpServer server({.script = {"dot: usual", end}});
    EXPECT_EQ(summary(send_once(server)), "ann@example.com delivered 250") << end;
    EXPECT_EQ(server.count(kId), 1) << end;
  }
}

TEST(SessionFault, AReplyOfAMegabyteIsUnderstoodByItsFirstLine) {
  ScriptedSmtpServer kept(
      {.script = {"dot: keep", "dot: repeat 13000 250-2.0.0 " + std::string(64, 'x'), "dot: say 250 2.0.0 kept"}});
  EXPECT_EQ(summary(send_once(kept)), "ann@example.com delivered 250");
  ScriptedSmtpServer refused(
      {.script = {"dot: repeat 13000 554-5.7.1 " + std::string(64, 'x'), "dot: say 554 5.7.1 spam"}});
  const auto sent = send_once(refused);
  EXPECT_EQ(summary(sent), "ann@example.com failed 554 5.7.1");
  EXPECT_LE(sent->recipients[0].reply.text.size(), 512U);
}

TEST(SessionFault, ARefusalAfterTheMailIsTheMailsOrTheAccounts) {
  struct Case {
    const char* reply;
    const char* outcome;
  };
  for (const auto& c : {Case{"554 5.7.1 looks like spam", "ann@example.com failed 554 5.7.1"},
                        Case{"451 4.3.0 try later", "ann@example.com deferred 451 4.3.0"},
                        Case{"421 4.7.0 slow down", "ann@example.com deferred 421 4.7.0 | account"},
                        Case{"554 5.2.0 quota exceeded", "ann@example.com deferred 554 5.2.0 | account"}}) {
    ScriptedSmtpServer server({.script = {std::string("dot: say ") + c.reply}});
    EXPECT_EQ(summary(send_once(server)), c.outcome);
    EXPECT_EQ(server.count(kId), 0);
  }
}

TEST(SessionFault, A421AtAnyStepHoldsTheAccountAndLosesNothing) {
  for (const char* verb : {"greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot"}) {
    ScriptedSmtpServer server(
        {.script = {std::string(verb) + " 1: say 421 4.3.2 closing", std::string(verb) + " 1: drop"}});
    Session session(account_at(server));
    const auto sent = session.send(to({"ann@example.com"}), a_mail(), yes);
    EXPECT_EQ(summary(sent), "ann@example.com deferred 421 4.3.2 | account") << verb;
    const auto again = session.send(to({"ann@example.com"}), a_mail(), yes);
    EXPECT_EQ(summary(again), "ann@example.com delivered 250") << verb;
    EXPECT_EQ(server.count(kId), 1) << verb;
  }
}

TEST(SessionFault, AConnectionThatEndsBeforeTheMailDefersIt) {
  for (const char* verb : {"greeting", "EHLO", "MAIL", "RCPT", "DATA"}) {
    for (const char* how : {": drop", ": reset"}) {
      ScriptedSmtpServer server({.script = {std::string(verb) + how}});
      const auto sent = send_once(server);
      EXPECT_EQ(sent->recipients.at(0).outcome, Outcome::deferred) << verb << how;
      EXPECT_NE(sent->trouble, "") << verb << how;
    }
  }
  ScriptedSmtpServer after_354({.script = {"DATA: raw 354 go\\n", "DATA: drop"}});
  EXPECT_NE(send_once(after_354)->recipients.at(0).outcome, Outcome::delivered);
}

// O05: a server that says no to DATA though it took the recipients. RFC 5321 §3.3
TEST(SessionFault, ARefusedDataIsTheRecipientsReply) {
  ScriptedSmtpServer server({.script = {"RCPT 2: say 550 5.1.1 no", "DATA: say 554 5.5.1 no valid recipients"}});
  EXPECT_EQ(summary(send_once(server, {"a@x.example", "b@x.example"})),
            "a@x.example failed 554 5.5.1; b@x.example failed 550 5.1.1");
}

TEST(SessionFault, APlainServerOfFortyYearsAgoWillDo) {
  ScriptedSmtpServer server({.script = {"EHLO: say 502 what?"}, .capabilities = {}});
  EXPECT_EQ(summary(send_once(server)), "ann@example.com delivered 250");
  EXPECT_EQ(server.times("HELO"), 1);
}

TEST(SessionFault, ASizeThatIsRefusedAtMailFailsTheMailAlone) {
  ScriptedSmtpServer server({.script = {"MAIL 1: say 552 5.3.4 too large"}, .capabilities = {"SIZE"}});
  EXPECT_EQ(summary(send_once(server)), "ann@example.com failed 552 5.3.4");
}

// O08: bounded time and memory, and a line for the log that is one line.
TEST(SessionFault, NoiseInsteadOfAServerEndsSoon) {
  std::string noise;
  unsigned seed = 7;
  for (int i = 0; i < 5000; ++i) noise += static_cast<char>((seed = seed * 1103515245 + 12345) >> 16);
  std::erase(noise, '\\');
  for (const auto& script :
       std::vector<std::vector<std::string>>{{"greeting: raw " + noise, "greeting: drop"},
                                             {"greeting: endless " + noise},
                                             {"greeting: endless x"},
                                             {"greeting: endless 220-x\r\n"},
                                             {"EHLO: say " + noise, "EHLO: drop"},
                                             {"EHLO: repeat 100000 250-X" + std::string(20, 'Y'), "EHLO: say 250 end"},
                                             {"EHLO: endless 250-"},
                                             {"RCPT: endless 250-ok\r\n"}}) {
    ScriptedSmtpServer server({.script = script});
    const auto begun = steady_clock::now();
    const auto sent = send_once(server);
    EXPECT_LT(steady_clock::now() - begun, std::chrono::seconds{5}) << script[0].substr(0, 40);
    EXPECT_EQ(sent->recipients.at(0).outcome, Outcome::deferred) << script[0].substr(0, 40);
    EXPECT_LE(sent->trouble.size(), 600U);
    EXPECT_EQ(sent->trouble.find_first_of("\r\n\x1b"), std::string::npos);
  }
}

TEST(SessionFault, ASilentServerIsWaitedForAsLongAsPatienceLasts) {
  struct Case {
    const char* script;
    Outcome outcome;
  };
  for (const auto& c : {Case{"greeting: stall", Outcome::deferred}, Case{"RCPT: stall", Outcome::deferred},
                        Case{"dot: stall", Outcome::unknown}}) {
    ScriptedSmtpServer server({.script = {c.script}});
    Account account = account_at(server);
    account.patience.reply = milliseconds{1000};
    account.patience.connect = milliseconds{1000};
    const auto begun = steady_clock::now();
    {
      Session session(std::move(account));
      EXPECT_EQ(session.send(to({"ann@example.com"}), a_mail(), yes)->recipients.at(0).outcome, c.outcome) << c.script;
    }
    // libcurl alone would wait two minutes more, for the answer to its QUIT.
    EXPECT_LT(steady_clock::now() - begun, milliseconds{3500}) << c.script;
  }
}

TEST(SessionFault, AServerThatTakesNoBytesIsLeft) {
  ScriptedSmtpServer server({.script = {"DATA: raw 354 go\\n", "DATA: stall"}, .capabilities = {}});
  Account account = account_at(server);
  account.patience.stall = milliseconds{1000};
  std::string text;
  while (text.size() < 32'000'000) text += std::string(74, 'x') + "\r\n";
  Session session(std::move(account));
  const auto sent = session.send(to({"ann@example.com"}), a_mail(kId, text), yes);
  EXPECT_EQ(summary(sent), "ann@example.com deferred");
  EXPECT_EQ(sent->trouble, "the server does not take the mail (the mail)");
}

// A slow server is a good server: the reply comes late, and it counts.
TEST(SessionFault, ALateReplyIsAReply) {
  ScriptedSmtpServer server({.script = {"dot: wait", "dot: usual"}});
  std::thread late([&] {
    EXPECT_TRUE(server.await("dot"));
    std::this_thread::sleep_for(milliseconds{1500});  // longer than libcurl's steps of one second
    server.release();
  });
  EXPECT_EQ(summary(send_once(server)), "ann@example.com delivered 250");
  late.join();
}

// SMTP blocks; so a hung server must cost its own thread only, and hanging up must never wait.
TEST(SessionFault, HangingUpNeverWaitsForTheServer) {
  ScriptedSmtpServer server({.script = {"QUIT: stall"}});
  Session session(account_at(server));
  EXPECT_EQ(summary(session.send(to({"ann@example.com"}), a_mail(), yes)), "ann@example.com delivered 250");
  const auto begun = steady_clock::now();
  session.hang_up();
  EXPECT_LT(steady_clock::now() - begun, milliseconds{500});
  EXPECT_TRUE(server.await("QUIT"));
}

TEST(SessionFault, NobodyThereIsTroubleOfTheAccount) {
  std::uint16_t port = 0;
  {
    ScriptedSmtpServer gone;
    port = gone.port();
  }
  Account account;
  account.server = {.host = "127.0.0.1", .port = port, .security = net::Security::none};
  account.ehlo_name = "client.example";
  Session session(account);
  const auto sent = session.send(to({"ann@example.com"}), a_mail(), yes);
  EXPECT_EQ(summary(sent), "ann@example.com deferred | account");
  EXPECT_FALSE(sent->counts);
  EXPECT_NE(sent->trouble.find("127.0.0.1"), std::string::npos) << sent->trouble;
}

}  // namespace
}  // namespace leadmail::mail::smtp
