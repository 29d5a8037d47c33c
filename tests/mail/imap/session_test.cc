#include "mail/imap/session.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "tests/mail/imap/fixtures/model_server.h"

namespace leadmail::mail::imap {
namespace {

using std::chrono::minutes;

/// One session with a server in memory.
class SessionTest : public ::testing::Test {
 protected:
  /// Runs a coroutine to its end; fails the test when it does not end within an hour of the fake clock.
  template <typename T>
  T run(awaitable<T> work) {
    std::optional<T> result;
    boost::asio::co_spawn(
        loop,
        [](awaitable<T> inner, std::optional<T>& into) -> awaitable<void> { into.emplace(co_await std::move(inner)); }(
                                                           std::move(work), result),
        boost::asio::detached);
    time.pass(minutes(60));
    EXPECT_TRUE(result.has_value());
    return *std::move(result);
  }

  void begin(SessionOptions options = {}) {
    session = std::make_unique<Session>(std::make_unique<ModelConnection>(server, time, loop), time, options);
    ASSERT_TRUE(run(session->start()));
  }

  Opened open(const std::string& folder = "INBOX") {
    auto opened = run(session->examine(folder));
    EXPECT_TRUE(opened && *opened);
    return **opened;
  }

  Session::Taker keep() {
    return [this](Fetched fetched) -> awaitable<Result<void>> {
      fetched_.push_back(std::move(fetched));
      co_return Result<void>{};
    };
  }

  Result<void> fetch(const std::vector<std::uint32_t>& uids, std::uint64_t size = 100, bool head_only = false) {
    std::vector<Wanted> wanted;
    wanted.reserve(uids.size());
    for (const auto uid : uids) wanted.push_back({{.uid = uid, .size = size}, head_only});
    return run(session->fetch(std::move(wanted), keep()));
  }

  boost::asio::io_context loop;
  FakeTime time{loop};
  ModelServer server;
  std::unique_ptr<Session> session;
  std::vector<Fetched> fetched_;
};

const std::string kMail = "Subject: hello\r\n\r\nA1 OK done\r\n)\r\n";

TEST_F(SessionTest, BeginsWithANoopBecauseWhatCameBeforeMayBeLost) {
  begin();
  ASSERT_GE(server.commands.size(), 3U);
  EXPECT_EQ(server.commands[0], "NOOP");
  EXPECT_EQ(server.commands[1], "CAPABILITY");
  EXPECT_TRUE(server.commands[2].starts_with("ID (\"name\" \"leadmail\""));
  EXPECT_TRUE(session->can("IDLE"));
  EXPECT_FALSE(session->can("QRESYNC"));
}

TEST_F(SessionTest, OpensFoldersForReadingOnly) {
  server.mailboxes["Entw&APw-rfe"].uid_validity = 99;
  begin();
  const Opened opened = open("Entwürfe");
  EXPECT_EQ(opened.uid_validity, 99U);
  EXPECT_EQ(opened.uid_next, 1U);
  EXPECT_EQ(server.asked("EXAMINE \"Entw&APw-rfe\""), 1);
  EXPECT_EQ(server.asked("SELECT"), 0);
}

TEST_F(SessionTest, AFolderThatIsNotThereIsNoError) {
  begin();
  EXPECT_FALSE(*run(session->examine("Nothing")));
  EXPECT_FALSE(*run(session->examine("a\r\nL9 DELETE INBOX")));
  EXPECT_EQ(server.asked("EXAMINE"), 1);
  open();
}

TEST_F(SessionTest, AFolderThatIsInTroubleIsAnErrorWithItsClass) {
  begin();
  server.instead = [](const std::string&) { return "{tag} NO [UNAVAILABLE] Too many simultaneous connections\r\n"; };
  const auto opened = run(session->examine("INBOX"));
  ASSERT_FALSE(opened);
  EXPECT_EQ(session->diagnosis().trouble, Trouble::capacity);
  EXPECT_NE(opened.error().what.find("Too many simultaneous"), std::string::npos);
}

TEST_F(SessionTest, CondstoreIsUsedWhereOfferedAndDroppedWhereItIsNotUnderstood) {
  server.capabilities += " CONDSTORE";
  server.instead = [](const std::string& command) -> std::optional<std::string> {
    if (command.find("(CONDSTORE)") == std::string::npos) return std::nullopt;
    return "{tag} BAD what?\r\n";
  };
  begin();
  open();
  open();
  EXPECT_EQ(server.asked("EXAMINE \"INBOX\" (CONDSTORE)"), 1);
  EXPECT_EQ(server.asked("EXAMINE \"INBOX\""), 3);
}

// 163.com and Winmail don't tell it.
TEST_F(SessionTest, AMissingUidNextIsAskedFor) {
  server.mailboxes["INBOX"].tells_uid_next = false;
  begin();
  EXPECT_EQ(open().uid_next, 1U);
  server.deliver("INBOX", kMail);
  server.deliver("INBOX", kMail);
  EXPECT_EQ(open().uid_next, 3U);
}

// RFC 3501 §6.4.8: "4:*" names message 3 when that is the highest.
TEST_F(SessionTest, AListNeverHoldsWhatLiesBelowItsBeginning) {
  for (int i = 0; i < 3; ++i) server.deliver("INBOX", kMail);
  begin();
  open();
  EXPECT_TRUE(run(session->list(4))->messages.empty());
  EXPECT_EQ(run(session->list(2))->messages.size(), 2U);
  const auto some = run(session->list(3, {1, 77}));
  ASSERT_EQ(some->messages.size(), 2U);
  EXPECT_EQ(some->messages[0].uid, 1U);
  EXPECT_EQ(some->messages[0].size, kMail.size());
  EXPECT_EQ(some->messages[0].internal_date, parse_rfc3339("2026-07-17T02:44:25Z"));
}

TEST_F(SessionTest, NewsForOthersAmongTheAnswersChangesNothing) {
  for (int i = 0; i < 3; ++i) server.deliver("INBOX", kMail);
  begin();
  open();
  server.instead = [](const std::string& command) -> std::optional<std::string> {
    if (!command.starts_with("UID FETCH 1:*")) return std::nullopt;
    return "* 3 FETCH (RFC822.SIZE 3 UID 3)\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* 2 FETCH (UID 2 FLAGS ())\r\n"
           "+ what\r\nOLD7 OK late\r\n* 1 FETCH (UID 1 RFC822.SIZE 1)\r\n* 2 FETCH (UID 2 RFC822.SIZE 2 MODSEQ (5))\r\n"
           "* ID (\"x\" NIL)\r\n{tag} OK [APPENDUID 1 2] done\r\n";
  };
  const auto listing = run(session->list(1));
  ASSERT_EQ(listing->messages.size(), 3U);
  for (std::uint32_t uid = 1; uid <= 3; ++uid) EXPECT_EQ(listing->messages[uid - 1].size, uid);
}

TEST_F(SessionTest, FetchesEveryMessageOnceInOrderThroughAWindow) {
  std::vector<std::uint32_t> uids;
  uids.reserve(100);
  for (int i = 0; i < 100; ++i) uids.push_back(server.deliver("INBOX", kMail + std::to_string(i)));
  for (const std::size_t chunk : {std::size_t{1}, std::size_t{1000}}) {
    server.chunk = chunk;
    fetched_.clear();
    begin({.window_messages = 8});
    open();
    ASSERT_TRUE(fetch(uids));
    ASSERT_EQ(fetched_.size(), 100U);
    for (std::size_t i = 0; i < 100; ++i) {
      EXPECT_EQ(fetched_[i].uid, uids[i]);
      EXPECT_EQ(fetched_[i].raw, kMail + std::to_string(i));
    }
  }
  EXPECT_EQ(server.asked("UID FETCH 1 (UID INTERNALDATE BODY.PEEK[])"), 2);
}

TEST_F(SessionTest, TheWindowIsBoundedInOctetsToo) {
  std::vector<std::uint32_t> uids;
  uids.reserve(100);
  for (int i = 0; i < 10; ++i) uids.push_back(server.deliver("INBOX", kMail));
  begin({.window_messages = 32, .window_bytes = 1000});
  open();
  int most = 0;
  const auto count = [&](Fetched) -> awaitable<Result<void>> {
    most = std::max(most, server.asked("UID FETCH"));
    server.commands.clear();
    co_return Result<void>{};
  };
  std::vector<Wanted> wanted;
  wanted.reserve(uids.size());
  for (const auto uid : uids) wanted.push_back({{.uid = uid, .size = 400}, false});
  server.commands.clear();
  ASSERT_TRUE(run(session->fetch(wanted, count)));
  EXPECT_EQ(most, 2);
}

// I07
TEST_F(SessionTest, AMessageWithoutItsBodyIsToldAsSuch) {
  for (int i = 0; i < 6; ++i) server.deliver("INBOX", kMail);
  auto& messages = server.mailboxes["INBOX"].messages;
  messages[0].body_instead = "NIL";
  messages[1].body_instead = "\"a quoted body\"";
  messages[2].refusal = "NO [SERVERBUG] cannot read it";
  messages[3].size = 1;  // a lie, and of no consequence
  messages[4].body_instead = "{0}\r\n";
  begin();
  open();
  ASSERT_TRUE(fetch({1, 2, 3, 4, 5, 6, 77}));
  ASSERT_EQ(fetched_.size(), 7U);
  EXPECT_FALSE(fetched_[0].raw);
  EXPECT_EQ(fetched_[1].raw, "a quoted body");
  EXPECT_FALSE(fetched_[2].raw);
  EXPECT_EQ(fetched_[2].why, "NO [SERVERBUG] cannot read it");
  EXPECT_EQ(fetched_[3].raw, kMail);
  EXPECT_EQ(fetched_[4].raw, "");
  EXPECT_EQ(fetched_[5].raw, kMail);
  EXPECT_FALSE(fetched_[6].raw);
}

TEST_F(SessionTest, ARefusalBehindTheLiteralTakesItBack) {
  server.deliver("INBOX", kMail);
  begin();
  open();
  server.instead = [](const std::string& command) -> std::optional<std::string> {
    if (!command.starts_with("UID FETCH")) return std::nullopt;
    return "* 1 FETCH (UID 1 BODY[] {3}\r\nabc)\r\n{tag} NO [UNAVAILABLE] not really\r\n";
  };
  ASSERT_TRUE(fetch({1}));
  EXPECT_FALSE(fetched_.at(0).raw);
}

TEST_F(SessionTest, ThrottlingDuringAFetchIsNotTheFaultOfTheMessage) {
  server.deliver("INBOX", kMail);
  server.mailboxes["INBOX"].messages[0].refusal =
      "BAD Request is throttled. Suggested Backoff Time: 89117 milliseconds";
  begin();
  open();
  EXPECT_FALSE(fetch({1}));
  EXPECT_EQ(session->diagnosis(), (Diagnosis{Trouble::throttle, std::chrono::milliseconds(89117)}));
}

TEST_F(SessionTest, APartOrAWordIsNoMessage) {
  for (const char* const body : {"BODY[]<5> {2}\r\nab", "BODY[1] {2}\r\nab", "BODY[] ab", "BODY[] [2}"}) {
    server.instead = [body](const std::string& command) -> std::optional<std::string> {
      if (!command.starts_with("UID FETCH")) return std::nullopt;
      return "* 1 FETCH (UID 1 " + std::string(body) + ")\r\n{tag} OK fetched\r\n";
    };
    begin();
    open();
    fetched_.clear();
    ASSERT_TRUE(fetch({1}));
    EXPECT_FALSE(fetched_.at(0).raw) << body;
  }
}

TEST_F(SessionTest, OfALargeMessageOnlyTheHeadIsFetched) {
  server.deliver("INBOX", "Subject: big\r\n\r\n" + std::string(5000, 'x'));
  server.deliver("INBOX", "Subject: " + std::string(3000, 'y') + "\r\n\r\nz");
  begin({.head = 1000});
  open();
  ASSERT_TRUE(fetch({1, 2}, 6000, true));
  EXPECT_EQ(fetched_.at(0).raw->size(), 1000U);
  EXPECT_TRUE(fetched_.at(0).head_only);
  EXPECT_TRUE(fetched_.at(1).raw->ends_with("yyy\r\n\r\n"));  // the whole header, though longer
}

// I01
TEST_F(SessionTest, ABodyLargerThanAllowedCostsTheConnectionAndIsNamed) {
  server.deliver("INBOX", kMail);
  server.deliver("INBOX", std::string(5000, 'x'));
  begin({.max_message = 4000});
  open();
  EXPECT_FALSE(fetch({1, 2}));
  EXPECT_EQ(fetched_.size(), 1U);
  EXPECT_EQ(session->broken_at(), 2U);
}

// I03
TEST_F(SessionTest, AServerThatTalksWithoutEndIsLeft) {
  begin();
  open();
  std::string flood;
  for (int i = 0; i < 150'000; ++i) flood += "* " + std::to_string(i) + " EXISTS\r\n";
  server.instead = [&](const std::string&) { return flood; };
  const auto noop = run(session->noop());
  ASSERT_FALSE(noop);
  EXPECT_NE(noop.error().what.find("without end"), std::string::npos);
}

TEST_F(SessionTest, AMuteServerIsLeftWhenTheDeadlinePasses) {
  begin();
  open();
  server.mute = true;
  const net::Instant before = time.instant();
  std::optional<net::Instant> after;
  const auto ask = [&]() -> awaitable<Result<void>> {
    auto answered = co_await session->noop();
    after = time.instant();
    co_return answered;
  };
  EXPECT_FALSE(run(ask()));
  EXPECT_EQ(*after - before, std::chrono::seconds(30));
}

TEST_F(SessionTest, AGoodbyeIsBelievedAtOnce) {
  begin();
  server.instead = [](const std::string&) { return "* BYE [UNAVAILABLE] shutting down\r\n* BYE again\r\n"; };
  const auto noop = run(session->noop());
  ASSERT_FALSE(noop);
  EXPECT_NE(noop.error().what.find("shutting down"), std::string::npos);
}

TEST_F(SessionTest, IdleHearsExistsAndPassesOverTheRest) {
  begin();
  open();
  ASSERT_TRUE(*run(session->enter_idle()));
  server.tell("INBOX", "* OK Still here");
  server.tell("INBOX", "* 1 RECENT");
  EXPECT_EQ(*run(session->listen(time.instant() + minutes(9))), Session::Heard::deadline);
  server.deliver("INBOX", kMail);
  EXPECT_EQ(*run(session->listen(time.instant() + minutes(9))), Session::Heard::exists);
  EXPECT_EQ(session->expected_new(), 1U);
  EXPECT_TRUE(*run(session->leave_idle_and_fetch(0, keep())));
  EXPECT_EQ(fetched_.at(0).raw, kMail);
  EXPECT_EQ(server.asked("UID FETCH"), 1);
}

TEST_F(SessionTest, AnUndeliveredBodyBehindIdleIsNotForgotten) {
  begin();
  open();
  ASSERT_TRUE(*run(session->enter_idle()));
  server.deliver("INBOX", kMail);
  server.mailboxes["INBOX"].messages[0].body_instead = "NIL";
  EXPECT_EQ(*run(session->listen(time.instant() + minutes(9))), Session::Heard::exists);
  EXPECT_FALSE(*run(session->leave_idle_and_fetch(0, keep())));
  EXPECT_TRUE(fetched_.empty());
}

// I16
TEST_F(SessionTest, ARefusedIdleIsNotTriedAgain) {
  server.instead = [](const std::string& command) -> std::optional<std::string> {
    if (command != "IDLE") return std::nullopt;
    return "{tag} BAD no such command\r\n";
  };
  begin();
  open();
  EXPECT_FALSE(*run(session->enter_idle()));
  EXPECT_FALSE(*run(session->enter_idle()));
  EXPECT_EQ(server.asked("IDLE"), 1);
  EXPECT_TRUE(run(session->noop()));
}

// I06
TEST_F(SessionTest, AnEpochThatEndsUnderUsEndsTheSession) {
  begin();
  open();
  server.instead = [](const std::string&) { return "* OK [UIDVALIDITY 8] rebuilt\r\n{tag} OK done\r\n"; };
  const auto listing = run(session->list(1));
  ASSERT_FALSE(listing);
  EXPECT_NE(listing.error().what.find("UIDVALIDITY"), std::string::npos);
}

TEST_F(SessionTest, PutsACopyIntoAFolderAndFindsItByItsMessageId) {
  server.mailboxes["Sent"];
  begin();
  const std::string copy = "Message-ID: <one@leadmail.example>\r\n\r\nbye\r\n";
  const auto place = run(session->append("Sent", copy));
  ASSERT_TRUE(place);
  EXPECT_EQ(place->uid_validity, 7U);
  EXPECT_EQ(place->uid, 1U);
  EXPECT_EQ(server.mailboxes["Sent"].messages.at(0).raw, copy);
  open("Sent");
  EXPECT_EQ(*run(session->search_message_id("<one@leadmail.example>")), std::vector<std::uint32_t>{1});
  EXPECT_TRUE(run(session->search_message_id("<two@leadmail.example>"))->empty());
  EXPECT_FALSE(run(session->search_message_id("<x>\r\nL9 LOGOUT")));
}

TEST_F(SessionTest, ARefusedCopyLeavesTheSessionUsable) {
  begin();
  server.instead = [](const std::string& command) -> std::optional<std::string> {
    if (!command.starts_with("APPEND")) return std::nullopt;
    return "{tag} NO [TRYCREATE] no such folder\r\n";
  };
  EXPECT_FALSE(run(session->append("Sent", "x\r\n")));
  EXPECT_TRUE(run(session->noop()));
}

// I09
TEST_F(SessionTest, FoldersAreListedWithTheirUseAndTheirNames) {
  server.mailboxes["INBOX"];
  server.mailboxes["Entw&APw-rfe"].attributes = "\\Drafts";
  server.mailboxes["../../etc/x`"];
  server.capabilities += " LIST-EXTENDED";
  server.instead = [](const std::string& command) -> std::optional<std::string> {
    if (command.find("RETURN") == std::string::npos) return std::nullopt;
    return "{tag} BAD ProtonMail Bridge does not know that\r\n";
  };
  begin();
  const auto folders = run(session->folders());
  ASSERT_TRUE(folders);
  ASSERT_EQ(folders->size(), 3U);
  EXPECT_EQ((*folders)[0].name, "../../etc/x`");
  EXPECT_EQ((*folders)[1].name, "Entwürfe");
  EXPECT_EQ((*folders)[1].attributes, std::vector<std::string>{"\\Drafts"});
}

TEST_F(SessionTest, LogsOutEvenFromIdleAndNeverWaitsLong) {
  begin();
  open();
  ASSERT_TRUE(*run(session->enter_idle()));
  const auto leave = [&]() -> awaitable<bool> {
    co_await session->logout();
    co_return true;
  };
  EXPECT_TRUE(run(leave()));
  EXPECT_EQ(server.commands.at(server.commands.size() - 2), "DONE");
  EXPECT_EQ(server.commands.back(), "LOGOUT");
}

}  // namespace
}  // namespace leadmail::mail::imap
