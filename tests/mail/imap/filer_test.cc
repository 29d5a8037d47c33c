#include "mail/imap/filer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "tests/mail/imap/fixtures/model_server.h"

namespace leadmail::mail::imap {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kDrop("\0drop", 5);

/// A queue as the book keeps it.
class FakeChores : public Chores {
 public:
  awaitable<Result<std::vector<Chore>>> next() override { co_return left; }
  awaitable<Result<void>> step(Chore chore, Chore::Step step) override {
    for (Chore& one : left) {
      if (one.uid == chore.uid) one.step = step;
    }
    co_return Result<void>{};
  }
  awaitable<Result<void>> done(std::vector<Chore> chores) override {
    for (const Chore& chore : chores) {
      std::erase_if(left, [&](const Chore& one) { return one.uid == chore.uid; });
    }
    co_return Result<void>{};
  }
  void report(const std::string& trouble) override { told = trouble; }

  std::vector<Chore> left{};
  std::string told{};
};

class FilerTest : public ::testing::Test {
 protected:
  void start() {
    const LoginSource login = [](bool) -> awaitable<Result<net::Login>> {
      co_return net::Login{.user = "sales", .secret = "s3cret"};
    };
    filer = std::make_unique<Filer>(
        FilerOptions{}, login, connector, time, [] { return 0.5; }, chores);
    boost::asio::co_spawn(
        loop, [this]() -> awaitable<void> { co_await filer->run(); }, boost::asio::detached);
    time.pass(seconds(2));
  }

  void TearDown() override {
    if (!filer) return;
    filer->stop();
    time.pass(minutes(2));
  }

  static Chore chore(std::uint32_t uid, const std::string& target = {}) {
    return {.folder = "INBOX",
            .uid_validity = 7,
            .uid = uid,
            .target = target,
            .message_id = "m" + std::to_string(uid) + "@x.example"};
  }

  /// What was asked of the server, without the greetings.
  std::vector<std::string> asked() const {
    std::vector<std::string> all;
    for (const std::string& command : server.commands) {
      const bool is_greeting = command == "NOOP" || command == "CAPABILITY" || command.starts_with("ID ");
      if (!is_greeting) all.push_back(command);
    }
    return all;
  }

  /// The server answers commands that begin so in another way.
  void answer(const std::string& start, const std::string& words) {
    server.instead = [start, words](const std::string& command) -> std::optional<std::string> {
      if (!command.starts_with(start)) return std::nullopt;
      return words;
    };
  }

  boost::asio::io_context loop;
  FakeTime time{loop};
  ModelServer server;
  ModelConnector connector{server, time, loop};
  FakeChores chores;
  std::unique_ptr<Filer> filer;
};

TEST_F(FilerTest, WithoutAnythingToDoItDoesNotConnect) {
  start();
  time.pass(minutes(10));
  EXPECT_EQ(server.logins, 0);
}

TEST_F(FilerTest, MailIsMarkedTogetherAndTheConnectionLetGo) {
  chores.left = {chore(1), chore(2), chore(5)};
  start();
  EXPECT_THAT(asked(), ElementsAre("SELECT \"INBOX\"", "UID STORE 1:2,5 +FLAGS.SILENT (\\Seen)", "LOGOUT"));
  EXPECT_THAT(chores.left, IsEmpty());
  EXPECT_EQ(chores.told, "");
}

TEST_F(FilerTest, MailIsMovedIntoAFolderThatIsMadeWhenItIsMissing) {
  server.capabilities += " MOVE UIDPLUS";
  chores.left = {chore(1, "Erledigt & fertig")};
  bool made = false;
  server.instead = [&](const std::string& command) -> std::optional<std::string> {
    made = made || command.starts_with("CREATE");
    if (command.starts_with("UID MOVE") && !made) return "{tag} NO [TRYCREATE] no such folder\r\n";
    return std::nullopt;
  };
  start();
  EXPECT_THAT(asked(), ElementsAre("SELECT \"INBOX\"", "UID MOVE 1 \"Erledigt &- fertig\"",
                                   "CREATE \"Erledigt &- fertig\"", "UID MOVE 1 \"Erledigt &- fertig\"", "LOGOUT"));
  EXPECT_THAT(chores.left, IsEmpty());
}

TEST_F(FilerTest, WithoutMoveItCopiesAndRemovesThatOneMessage) {
  server.capabilities += " UIDPLUS";
  chores.left = {chore(1, "Done"), chore(2, "Done")};
  start();
  EXPECT_THAT(asked(), ElementsAre("SELECT \"INBOX\"", "UID COPY 1 \"Done\"", "UID STORE 1 +FLAGS.SILENT (\\Deleted)",
                                   "UID EXPUNGE 1", "UID COPY 2 \"Done\"", "UID STORE 2 +FLAGS.SILENT (\\Deleted)",
                                   "UID EXPUNGE 2", "LOGOUT"));
  EXPECT_THAT(chores.left, IsEmpty());
}

// I16, and docs/security.md: nobody else's mail is expunged.
TEST_F(FilerTest, WhereNeitherIsOfferedMailIsMarkedOnlyAndThatIsSaid) {
  chores.left = {chore(1, "Done")};
  start();
  EXPECT_THAT(asked(), ElementsAre("SELECT \"INBOX\"", "UID STORE 1 +FLAGS.SILENT (\\Seen)", "LOGOUT"));
  EXPECT_THAT(chores.left, IsEmpty());
  EXPECT_NE(chores.told.find("neither MOVE nor UID EXPUNGE"), std::string::npos);
}

TEST_F(FilerTest, AnExpungeThatIsRefusedLeavesTheMailMarked) {
  server.capabilities += " UIDPLUS";
  chores.left = {chore(1, "Done")};
  answer("UID EXPUNGE", "{tag} BAD what?\r\n");
  start();
  EXPECT_THAT(chores.left, IsEmpty());
  EXPECT_NE(chores.told.find("refuses UID EXPUNGE"), std::string::npos);
}

TEST_F(FilerTest, ACopyThatWasCutOffIsLookedForBeforeAnotherIsMade) {
  server.capabilities += " UIDPLUS";
  chores.left = {chore(1, "Done")};
  server.mailboxes["Done"].messages = {{.uid = 9, .raw = "Message-ID: <m1@x.example>\r\n\r\nhello\r\n"}};
  chores.left.front().step = Chore::Step::copying;
  start();
  EXPECT_EQ(server.asked("UID COPY"), 0);
  EXPECT_EQ(server.asked("UID SEARCH"), 1);
  EXPECT_EQ(server.asked("UID EXPUNGE 1"), 1);
  EXPECT_THAT(chores.left, IsEmpty());
}

TEST_F(FilerTest, ACopyThatWasNeverMadeIsMade) {
  server.capabilities += " UIDPLUS";
  chores.left = {chore(1, "Done")};
  chores.left.front().step = Chore::Step::copying;
  start();
  EXPECT_EQ(server.asked("UID COPY 1"), 1);
  EXPECT_THAT(chores.left, IsEmpty());
}

TEST_F(FilerTest, ConnectionsThatAreCutAnywhereLoseNoChoreAndMakeOneCopy) {
  server.capabilities += " UIDPLUS";
  chores.left = {chore(1, "Done")};
  int cuts = 0;
  server.instead = [&](const std::string& command) -> std::optional<std::string> {
    const bool breaks = command.starts_with("UID") && cuts++ < 3;
    if (breaks && command.starts_with("UID COPY")) {
      // The copy was made; only its answer is lost.
      server.mailboxes["Done"].messages.push_back({.uid = 9, .raw = "Message-ID: <m1@x.example>\r\n\r\nhello\r\n"});
    }
    return breaks ? std::optional(std::string(kDrop)) : std::nullopt;
  };
  start();
  EXPECT_FALSE(chores.left.empty());
  time.pass(minutes(30));
  EXPECT_THAT(chores.left, IsEmpty());
  EXPECT_EQ(server.mailboxes["Done"].messages.size(), 1U);
  EXPECT_EQ(chores.told, "");
}

TEST_F(FilerTest, UidsOfAnotherEpochAreNobodysAndNothingIsTouched) {
  server.mailboxes["INBOX"].uid_validity = 8;
  chores.left = {chore(1, "Done")};
  start();
  EXPECT_THAT(asked(), ElementsAre("SELECT \"INBOX\"", "LOGOUT"));
  EXPECT_THAT(chores.left, IsEmpty());
}

TEST_F(FilerTest, TroubleIsToldAndTriedAgainWithPatience) {
  answer("UID STORE", "{tag} NO [UNAVAILABLE] later\r\n");
  chores.left = {chore(1)};
  start();
  EXPECT_NE(chores.told.find("later"), std::string::npos);
  time.pass(minutes(60));
  EXPECT_LE(server.logins, 20);
  EXPECT_GE(server.logins, 4);
  server.instead = {};
  time.pass(minutes(11));
  EXPECT_THAT(chores.left, IsEmpty());
  EXPECT_EQ(chores.told, "");
}

// The one never says EXPUNGE without a UID, nor CLOSE.
TEST_F(FilerTest, NeverExpungesUnscopedNorCloses) {
  for (const char* offered : {"", " UIDPLUS", " MOVE UIDPLUS", " MOVE"}) {
    server.capabilities = std::string("IMAP4REV1 ID") + offered;
    chores.left = {chore(1, "Done"), chore(2)};
    if (!filer) start();
    filer->ring();
    time.pass(minutes(3));
    EXPECT_THAT(chores.left, IsEmpty()) << offered;
  }
  for (const std::string& command : server.commands) {
    EXPECT_FALSE(command.starts_with("EXPUNGE") || command.starts_with("CLOSE") || command.starts_with("UNSELECT"))
        << command;
  }
}

}  // namespace
}  // namespace leadmail::mail::imap
