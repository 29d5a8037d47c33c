#include "mail/imap/watcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "tests/mail/imap/fixtures/model_server.h"

namespace leadmail::mail::imap {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Health = MailboxState::Health;
using Stage = net::Attempt::Stage;

const std::string kMail = "Subject: hello\r\n\r\nhello\r\n";
constexpr std::string_view kDrop("\0drop", 5);

/// One mailbox under watch, its server in memory, its clock in our hand.
class WatcherTest : public ::testing::Test {
 protected:
  void make() {
    const LoginSource login = [this](bool refused) -> awaitable<Result<net::Login>> {
      refused_logins += refused ? 1 : 0;
      co_return net::Login{.user = "sales", .secret = "s3cret"};
    };
    watcher = std::make_unique<MailboxWatcher>(
        options, login, connector, time, [] { return 0.5; }, intake,
        [this] { return std::exchange(login_changed, false); });
  }

  /// A folder in which the second message shows up only when it stands far below what was seen last.
  ModelServer::Message start_without_the_second() {
    for (int i = 0; i < 301; ++i) server.deliver("INBOX", kMail);
    auto& messages = server.mailboxes["INBOX"].messages;
    auto late = messages[1];
    messages.erase(messages.begin() + 1);
    start();
    EXPECT_EQ(intake.arrivals.size(), 300U);
    return late;
  }

  void start() {
    make();
    boost::asio::co_spawn(
        loop,
        [this]() -> awaitable<void> {
          co_await watcher->run();
          returned = true;
        },
        boost::asio::detached);
    time.pass(milliseconds(1));
  }

  Result<void> once() {
    make();
    std::optional<Result<void>> result;
    boost::asio::co_spawn(
        loop, [&]() -> awaitable<void> { result = co_await watcher->once(); }, boost::asio::detached);
    time.pass(hours(1));
    EXPECT_TRUE(result.has_value());
    return result.value_or(Error{});
  }

  void TearDown() override {
    if (!watcher || returned) return;
    watcher->stop();
    time.pass(minutes(2));
  }

  int looks() const { return server.asked("UID FETCH"); }

  boost::asio::io_context loop;
  FakeTime time{loop};
  ModelServer server;
  ModelConnector connector{server, time, loop};
  FakeIntake intake;
  WatchOptions options{.mailbox = "sales", .sent = ""};
  std::unique_ptr<MailboxWatcher> watcher;
  bool returned = false;
  int refused_logins = 0;
  bool login_changed = false;
};

TEST_F(WatcherTest, TakesWhatIsThereAndThenWhatComes) {
  server.deliver("INBOX", kMail);
  server.deliver("INBOX", kMail + "2");
  start();
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1", "INBOX 7/2"));
  server.deliver("INBOX", kMail + "3");
  time.pass(milliseconds(0));
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1", "INBOX 7/2", "INBOX 7/3"));
  EXPECT_EQ(intake.arrivals[2].raw, kMail + "3");
  EXPECT_EQ(intake.arrivals[2].internal_date, parse_rfc3339("2026-07-17T02:44:25Z"));
  EXPECT_EQ(intake.states.back().health, Health::ok);
  EXPECT_EQ(intake.states.back().last_uid, 3U);
}

TEST_F(WatcherTest, NothingStandsBetweenExistsAndTheMail) {
  start();
  const net::Instant then = time.instant();
  server.commands.clear();
  server.deliver("INBOX", kMail);
  time.pass(milliseconds(0));
  ASSERT_EQ(intake.arrivals.size(), 1U);
  EXPECT_EQ(intake.arrivals[0].exists_instant, then);
  EXPECT_THAT(server.commands, ElementsAre("DONE", "UID FETCH 1:* (UID INTERNALDATE RFC822.SIZE BODY.PEEK[])", "IDLE"));
}

TEST_F(WatcherTest, TouchesNothingInTheMailbox) {
  server.deliver("INBOX", kMail);
  start();
  server.deliver("INBOX", kMail);
  time.pass(hours(1));
  for (const std::string& command : server.commands) {
    for (const char* verb : {"SELECT", "STORE", "EXPUNGE", "CLOSE", "COPY", "MOVE", "BODY[", "ENABLE"}) {
      EXPECT_EQ(command.find(verb), std::string::npos) << command;
    }
  }
}

TEST_F(WatcherTest, WhatTheBaselineLeavesOutIsNotFetched) {
  for (int i = 0; i < 5; ++i) server.deliver("INBOX", kMail);
  intake.baseline = 4;
  start();
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/5"));
}

TEST_F(WatcherTest, AThousandAtOnceAreAllTakenInOrder) {
  start();
  for (int i = 0; i < 1000; ++i) server.deliver("INBOX", kMail + std::to_string(i));
  time.pass(milliseconds(0));
  ASSERT_EQ(intake.arrivals.size(), 1000U);
  for (std::size_t i = 0; i < 1000; ++i) EXPECT_EQ(intake.arrivals[i].raw, kMail + std::to_string(i));
}

// The mail comes while we fetch, so IDLE will not announce it.
TEST_F(WatcherTest, MailThatComesDuringTheLookIsSeenBeforeIdle) {
  server.deliver("INBOX", kMail);
  bool more = true;
  intake.on_take = [&] {
    if (!std::exchange(more, false)) return;
    server.deliver("INBOX", kMail);
    server.tell("INBOX", "* 2 EXISTS");
  };
  start();
  EXPECT_EQ(intake.arrivals.size(), 2U);
}

TEST_F(WatcherTest, IdleIsRenewedBeforeTheNatForgetsUs) {
  options.sweep = hours(10);
  start();
  time.pass(hours(1));
  EXPECT_GE(server.asked("IDLE"), 7);
  EXPECT_LE(server.asked("IDLE"), 8);
  EXPECT_EQ(server.logins, 1);
}

// Office 365 stops pushing and says nothing. mjs/imapclient#349
TEST_F(WatcherTest, AServerThatNeverPushesCostsFiveMinutes) {
  server.quiet_idle = true;
  start();
  server.deliver("INBOX", kMail);
  time.pass(minutes(4));
  EXPECT_THAT(intake.seen(), IsEmpty());
  time.pass(minutes(2));
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1"));
}

// I16, N03: DONE is our question; no answer to it is the answer.
TEST_F(WatcherTest, ADeadConnectionIsNoticedSoonAfterDone) {
  start();
  server.mute = true;
  time.pass(minutes(5) + std::chrono::seconds(40));
  EXPECT_EQ(intake.states.back().health, Health::back_off);
  server.mute = false;
  server.deliver("INBOX", kMail);
  time.pass(minutes(1));
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1"));
}

// I16
TEST_F(WatcherTest, WithoutIdleTheFolderIsOpenedAgainEveryMinute) {
  server.capabilities = "IMAP4REV1";
  start();
  server.deliver("INBOX", kMail);
  time.pass(std::chrono::seconds(61));
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1"));
  time.pass(hours(1));
  EXPECT_EQ(server.asked("IDLE"), 0);
  EXPECT_GE(server.asked("EXAMINE"), 60);
  EXPECT_GE(server.asked("UID FETCH 1:*"), 12);  // sweeps look below the cursor too
}

TEST_F(WatcherTest, MailThatAServerShowsLateIsFoundByASweep) {
  for (int i = 0; i < 3; ++i) server.deliver("INBOX", kMail);
  auto& messages = server.mailboxes["INBOX"].messages;
  const ModelServer::Message late = messages[1];
  messages.erase(messages.begin() + 1);
  start();
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1", "INBOX 7/3"));
  messages.insert(messages.begin() + 1, late);
  time.pass(minutes(6));
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1", "INBOX 7/3", "INBOX 7/2"));
}

TEST_F(WatcherTest, ASweepAsksForTheSizesOfNewMailAlone) {
  options.session.max_message = 5000;
  options.session.head = 1000;
  for (int i = 0; i < 3; ++i) server.deliver("INBOX", kMail);
  auto& messages = server.mailboxes["INBOX"].messages;
  messages[1].raw = "Subject: late\r\n\r\n" + std::string(9000, 'x');
  const ModelServer::Message late = messages[1];
  messages.erase(messages.begin() + 1);
  start();
  const auto sizes = [&] {
    return std::ranges::count_if(server.commands, [](const std::string& command) {
      return command.starts_with("UID FETCH") && command.find("RFC822.SIZE)") != std::string::npos;
    });
  };
  server.commands.clear();
  time.pass(minutes(20));
  EXPECT_GT(looks(), 0);
  EXPECT_EQ(sizes(), 0) << "all was known";
  messages.insert(messages.begin() + 1, late);
  time.pass(minutes(6));
  EXPECT_EQ(intake.seen().back(), "INBOX 7/2");
  EXPECT_EQ(sizes(), 1);
  EXPECT_EQ(intake.arrivals.back().body, Body::head) << "its size is known before it is fetched";
}

TEST_F(WatcherTest, OnceADayTheWholeFolderIsComparedAndWhatWasMissedIsTaken) {
  const auto late = start_without_the_second();
  auto& messages = server.mailboxes["INBOX"].messages;
  messages.insert(messages.begin() + 1, late);
  time.pass(minutes(50));
  EXPECT_EQ(intake.arrivals.size(), 300U) << "sweeps look only a little way back";
  EXPECT_FALSE(intake.states.back().count);
  time.pass(minutes(20));
  EXPECT_EQ(intake.seen().back(), "INBOX 7/2");
  ASSERT_TRUE(intake.states.back().count);
  EXPECT_EQ(intake.states.back().count->on_server, 301U);
  EXPECT_EQ(intake.states.back().count->missed, 1U);
  time.pass(hours(23));
  EXPECT_EQ(intake.states.back().count->missed, 1U) << "not counted again yet";
  time.pass(hours(2));
  EXPECT_EQ(intake.states.back().count->missed, 0U);
  EXPECT_EQ(intake.arrivals.size(), 301U);
}

TEST_F(WatcherTest, AFolderThatCanNotBeListedWholeIsWatchedAllTheSame) {
  start_without_the_second();
  server.commands.clear();
  server.instead = [](const std::string& command) {
    const bool is_count = command.starts_with("UID FETCH 1:*");
    return is_count ? std::optional(std::string("{tag} NO [LIMIT] too much\r\n")) : std::nullopt;
  };
  time.pass(hours(6));
  EXPECT_EQ(server.asked("UID FETCH 1:*"), 1);
  server.deliver("INBOX", kMail + "new");
  time.pass(milliseconds(0));
  EXPECT_EQ(intake.arrivals.back().raw, kMail + "new");
}

// I06
TEST_F(WatcherTest, AFolderThatWasMadeAnewIsTakenAsANewOne) {
  server.deliver("INBOX", kMail);
  start();
  server.mailboxes["INBOX"] = {.uid_validity = 8};
  server.deliver("INBOX", kMail + "other");
  time.pass(minutes(6));
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1", "INBOX 8/1"));
  EXPECT_EQ(intake.openings.size(), 2U);
  EXPECT_FALSE(intake.states.back().alert);
}

// I06: numbers that were given out already come again after a restore.
TEST_F(WatcherTest, NumbersThatAreGivenOutAgainAreLookedAt) {
  intake.baseline = 0;
  auto& box = server.mailboxes["INBOX"];
  box.uid_next = 1000;
  server.deliver("INBOX", kMail);
  start();
  box.messages.clear();
  box.uid_next = 500;
  server.deliver("INBOX", kMail);
  time.pass(minutes(6));
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1000", "INBOX 7/500"));
}

TEST_F(WatcherTest, AUidValidityThatNeverStaysIsAnAlert) {
  start();
  for (std::uint32_t epoch = 8; epoch < 16; ++epoch) {
    server.mailboxes["INBOX"].uid_validity = epoch;
    time.pass(minutes(5) + std::chrono::seconds(1));
  }
  EXPECT_TRUE(intake.states.back().alert);
  EXPECT_NE(intake.states.back().trouble_text.find("UIDVALIDITY"), std::string::npos);
  time.pass(minutes(6));
  EXPECT_FALSE(intake.states.back().alert);
}

// I07
TEST_F(WatcherTest, AMessageThatIsNotGivenOutIsReportedAndTheNextOneIsTaken) {
  for (int i = 0; i < 3; ++i) server.deliver("INBOX", kMail);
  server.mailboxes["INBOX"].messages[1].body_instead = "NIL";
  start();
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1", "INBOX 7/3", "INBOX 7/2"));
  EXPECT_EQ(intake.arrivals[2].body, Body::missing);
  EXPECT_NE(intake.arrivals[2].why.find("does not give it out"), std::string::npos);
  EXPECT_EQ(server.asked("UID FETCH 2 (UID INTERNALDATE BODY.PEEK[])"), 3);
  time.pass(hours(1));
  EXPECT_EQ(intake.arrivals.size(), 3U);
}

TEST_F(WatcherTest, AServerThatRefusesEverythingIsInTroubleAndNotTheMessages) {
  for (int i = 0; i < 3; ++i) server.deliver("INBOX", kMail);
  for (auto& message : server.mailboxes["INBOX"].messages) message.refusal = "NO [UNAVAILABLE] UID FETCH Server error";
  start();
  EXPECT_THAT(intake.seen(), IsEmpty());
  EXPECT_EQ(intake.states.back().health, Health::back_off);
  for (auto& message : server.mailboxes["INBOX"].messages) message.refusal.clear();
  time.pass(minutes(1));
  EXPECT_EQ(intake.arrivals.size(), 3U);
  EXPECT_EQ(intake.arrivals[0].body, Body::whole);
}

// imapsync#119: the one message that Yahoo can't read; it must not hold up the mailbox for ever.
TEST_F(WatcherTest, ALoneMessageThatIsAlwaysRefusedIsReportedInTheEnd) {
  server.deliver("INBOX", kMail);
  server.mailboxes["INBOX"].messages[0].refusal = "NO [UNAVAILABLE] UID FETCH Server error";
  start();
  time.pass(hours(1));
  ASSERT_EQ(intake.arrivals.size(), 1U);
  EXPECT_EQ(intake.arrivals[0].body, Body::missing);
  EXPECT_EQ(intake.states.back().health, Health::ok);
}

TEST_F(WatcherTest, AMessageThatVanishesBetweenListAndFetchIsNobodysFault) {
  server.deliver("INBOX", kMail);
  server.instead = [&](const std::string& command) -> std::optional<std::string> {
    if (command.starts_with("UID FETCH 1 (")) server.mailboxes["INBOX"].messages.clear();
    return std::nullopt;
  };
  start();
  EXPECT_THAT(intake.seen(), IsEmpty());
  EXPECT_EQ(intake.states.back().health, Health::ok);
}

// I01
TEST_F(WatcherTest, OfAMessageThatIsTooLargeTheHeadIsTaken) {
  options.session.max_message = 5000;
  options.session.head = 1000;
  server.deliver("INBOX", "Subject: honest\r\n\r\n" + std::string(9000, 'x'));
  server.deliver("INBOX", "Subject: liar\r\n\r\n" + std::string(9000, 'x'));
  server.mailboxes["INBOX"].messages[1].size = 10;
  server.deliver("INBOX", kMail);
  start();
  time.pass(minutes(10));
  ASSERT_EQ(intake.arrivals.size(), 3U);
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1", "INBOX 7/2", "INBOX 7/3"));
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_EQ(intake.arrivals[i].body, Body::head);
    EXPECT_EQ(intake.arrivals[i].raw.size(), 1000U);
  }
  EXPECT_EQ(intake.arrivals[2].body, Body::whole);
}

TEST_F(WatcherTest, AMessageThatBreaksEveryConnectionDoesNotStopTheNext) {
  server.deliver("INBOX", kMail);
  server.deliver("INBOX", kMail + "2");
  server.instead = [&](const std::string& command) -> std::optional<std::string> {
    if (command.starts_with("UID FETCH 1 (UID INTERNALDATE BODY")) return std::string(kDrop);
    return std::nullopt;
  };
  start();
  time.pass(hours(2));
  ASSERT_THAT(intake.seen(), ElementsAre("INBOX 7/2", "INBOX 7/1"));
  EXPECT_EQ(intake.arrivals[1].body, Body::missing);
}

// After three cuts only its head is asked for, and of a small mail that is all of it.
TEST_F(WatcherTest, ASmallMailAtWhichTheConnectionBrokeIsWholeOnceItComes) {
  server.deliver("INBOX", kMail);
  server.deliver("INBOX", std::string(500'000, 'x'));
  int cuts = 0;
  server.instead = [&](const std::string& command) -> std::optional<std::string> {
    const bool whole = command.ends_with("(UID INTERNALDATE BODY.PEEK[])");
    return whole && ++cuts <= 12 ? std::optional(std::string(kDrop)) : std::nullopt;
  };
  start();
  time.pass(hours(3));
  ASSERT_THAT(intake.seen(), ElementsAre("INBOX 7/1", "INBOX 7/2"));
  EXPECT_EQ(intake.arrivals[0].raw, kMail);
  EXPECT_EQ(intake.arrivals[0].body, Body::whole);
  EXPECT_EQ(intake.arrivals[1].raw.size(), 262144U);
  EXPECT_EQ(intake.arrivals[1].body, Body::head);
}

TEST_F(WatcherTest, ComesBackAfterADropAndMissesNothing) {
  start();
  for (int i = 0; i < 5; ++i) {
    server.drop_all();
    server.deliver("INBOX", kMail);
    time.pass(minutes(3));
  }
  EXPECT_EQ(intake.arrivals.size(), 5U);
  EXPECT_EQ(server.logins, 6);
}

// A server that lets us in and drops us at once.
TEST_F(WatcherTest, LoginThenDropIsAtMostTwentyLoginsAnHour) {
  server.instead = [](const std::string& command) -> std::optional<std::string> {
    if (command == "IDLE") return std::string(kDrop);
    return std::nullopt;
  };
  options.sent = "Sent";
  server.mailboxes["Sent"];
  start();
  time.pass(hours(1));
  EXPECT_LE(server.logins, 40);  // for two connections
  EXPECT_TRUE(intake.states.back().alert);
}

// I11
TEST_F(WatcherTest, RefusedLoginsAreFewAnAlertAndNoLockOut) {
  connector.refuse = [] {
    return std::pair(Stage::login, std::string("NO [AUTHENTICATIONFAILED] Invalid credentials"));
  };
  options.sent = "Sent";
  server.mailboxes["Sent"];
  start();
  time.pass(hours(1));
  EXPECT_LE(connector.attempts.size(), 12U);
  EXPECT_GE(refused_logins, 1);
  EXPECT_EQ(intake.states.back().health, Health::auth_failed);
  EXPECT_TRUE(intake.states.back().alert);
  EXPECT_NE(intake.states.back().trouble_text.find("Invalid credentials"), std::string::npos);
  connector.refuse = {};
  time.pass(minutes(70));
  EXPECT_EQ(intake.states.back().health, Health::ok);
}

TEST_F(WatcherTest, ANewPasswordIsTriedWithinHalfAMinute) {
  connector.refuse = [] { return std::pair(Stage::login, std::string("NO [AUTHENTICATIONFAILED] no")); };
  start();
  time.pass(hours(2));
  const auto tries = connector.attempts.size();
  connector.refuse = {};
  login_changed = true;
  time.pass(std::chrono::seconds(31));
  EXPECT_EQ(connector.attempts.size(), tries + 1);
  EXPECT_EQ(intake.states.back().health, Health::ok);
}

TEST_F(WatcherTest, AWaitAfterTroubleEndsWhenSomebodyThinksThatItIsOver) {
  connector.refuse = [] { return std::pair(Stage::network, std::string("connection refused")); };
  start();
  time.pass(hours(2));
  connector.refuse = {};
  watcher->try_now();
  time.pass(milliseconds(1));
  EXPECT_EQ(intake.states.back().health, Health::ok);
}

TEST_F(WatcherTest, AStatedPauseIsKeptToTheMillisecond) {
  bool once = true;
  connector.refuse = [&]() -> std::optional<std::pair<Stage, std::string>> {
    if (!std::exchange(once, false)) return std::nullopt;
    return std::pair(Stage::login, std::string("NO Request is throttled. Suggested Backoff Time: 89117 milliseconds"));
  };
  start();
  time.pass(minutes(5));
  ASSERT_EQ(connector.attempts.size(), 2U);
  const auto waited = connector.attempts[1] - connector.attempts[0];
  EXPECT_GE(waited, milliseconds(89117));
  EXPECT_LE(waited, milliseconds(98029));
}

TEST_F(WatcherTest, TwoHoursWithoutAServerHealByThemselves) {
  connector.refuse = [] { return std::pair(Stage::network, std::string()); };
  start();
  time.pass(hours(2));
  EXPECT_TRUE(intake.states.back().alert);
  connector.refuse = {};
  server.deliver("INBOX", kMail);
  time.pass(std::chrono::seconds(31));
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1"));
  EXPECT_FALSE(intake.states.back().alert);
}

TEST_F(WatcherTest, SentHasAConnectionOfItsOwnAndIsFoundByItsUse) {
  options.sent = "Sent";
  server.mailboxes["Gesendete Objekte"].attributes = "\\Sent";
  start();
  server.deliver("Gesendete Objekte", kMail);
  server.deliver("INBOX", kMail);
  time.pass(minutes(1));
  EXPECT_THAT(intake.seen(), ::testing::UnorderedElementsAre("Gesendete Objekte 7/1", "INBOX 7/1"));
  EXPECT_EQ(server.logins, 2);
}

TEST_F(WatcherTest, AMissingSentFolderDoesNotDisturbTheInbox) {
  options.sent = "Sent";
  start();
  time.pass(minutes(30));
  server.deliver("INBOX", kMail);
  time.pass(milliseconds(0));
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1"));
  EXPECT_LE(server.logins, 6);
}

TEST_F(WatcherTest, StopsAtOnceWithALogoutOnEveryConnection) {
  options.sent = "Sent";
  server.mailboxes["Sent"];
  start();
  time.pass(minutes(1));
  watcher->stop();
  time.pass(milliseconds(0));
  EXPECT_TRUE(returned);
  EXPECT_EQ(server.asked("LOGOUT"), 2);
  EXPECT_EQ(intake.states.back().health, Health::stopped);
}

TEST_F(WatcherTest, StopsWithinSecondsWhenTheServerHangs) {
  server.mute = true;
  start();
  watcher->stop();
  time.pass(std::chrono::seconds(5));
  EXPECT_TRUE(returned);
}

TEST_F(WatcherTest, AnIntakeThatFailsEndsTheConnectionAndNothingIsLost) {
  server.deliver("INBOX", kMail);
  intake.failure = Error{Next::retry, "disk full"};
  start();
  EXPECT_EQ(intake.states.back().health, Health::back_off);
  EXPECT_EQ(intake.states.back().trouble_text, "disk full");
  intake.failure.reset();
  time.pass(minutes(1));
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1"));
}

TEST_F(WatcherTest, WhatTurnsOutNotToBeKeptIsToldAtOnceAndFetchedAgain) {
  start();
  server.deliver("INBOX", kMail);
  time.pass(milliseconds(1));
  ASSERT_THAT(intake.seen(), ElementsAre("INBOX 7/1"));
  intake.arrivals.clear();
  watcher->not_kept("INBOX", {Next::retry, "disk full"});
  time.pass(milliseconds(1));
  EXPECT_EQ(intake.states.back().health, Health::back_off);
  EXPECT_EQ(intake.states.back().trouble_text, "disk full");
  time.pass(minutes(1));
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1"));
  EXPECT_EQ(intake.states.back().health, Health::ok);
  watcher->not_kept("Another", {Next::retry, "disk full"});
  time.pass(milliseconds(1));
  EXPECT_EQ(intake.states.back().health, Health::ok);
}

TEST_F(WatcherTest, OnceTakesAllOfBothFoldersAndReturns) {
  options.sent = "Sent";
  server.deliver("INBOX", kMail);
  server.deliver("Sent", kMail);
  server.deliver("Sent", kMail);
  EXPECT_TRUE(once());
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1", "Sent 7/1", "Sent 7/2"));
  EXPECT_EQ(server.logins, 1);
  EXPECT_EQ(server.asked("LOGOUT"), 1);
  EXPECT_EQ(server.asked("IDLE"), 0);
}

TEST_F(WatcherTest, OnceSaysWhyAMailboxCouldNotBeRead) {
  connector.refuse = [] { return std::pair(Stage::login, std::string("NO [AUTHENTICATIONFAILED] wrong")); };
  const auto result = once();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().what, "sales: model: NO [AUTHENTICATIONFAILED] wrong");
}

// N01: the connection is cut behind each octet of the server in turn; all of it is taken exactly once all the same.
TEST_F(WatcherTest, WhereverTheConnectionIsCutEachMessageComesOnce) {
  for (std::size_t cut = 0; cut < 2000; cut += 7) {
    boost::asio::io_context own_loop;
    FakeTime own_time{own_loop};
    ModelServer own_server;
    own_server.cut_first_connection_at = cut;
    ModelConnector own_connector{own_server, own_time, own_loop};
    FakeIntake own_intake;
    for (int i = 0; i < 10; ++i) own_server.deliver("INBOX", kMail + std::to_string(i));
    const LoginSource login = [](bool) -> awaitable<Result<net::Login>> { co_return net::Login{}; };
    MailboxWatcher own(
        options, login, own_connector, own_time, [] { return 0.5; }, own_intake);
    boost::asio::co_spawn(own_loop, own.run(), boost::asio::detached);
    own_time.pass(minutes(1));
    own_server.deliver("INBOX", kMail);
    own_time.pass(minutes(1));
    own.stop();
    own_time.pass(minutes(1));
    auto seen = own_intake.seen();
    std::sort(seen.begin(), seen.end());
    ASSERT_EQ(seen.size(), 11U) << "cut at " << cut;
    ASSERT_EQ(std::unique(seen.begin(), seen.end()), seen.end()) << "cut at " << cut;
    for (const Arrival& arrival : own_intake.arrivals) ASSERT_EQ(arrival.body, Body::whole) << "cut at " << cut;
  }
}

}  // namespace
}  // namespace leadmail::mail::imap
