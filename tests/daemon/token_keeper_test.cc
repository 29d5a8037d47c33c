#include "daemon/token_keeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <deque>
#include <filesystem>
#include <thread>

#include "mail/imap/attempt.h"
#include "tests/daemon/folder.h"

namespace leadmail::daemon {
namespace {

using mail::net::HttpAnswer;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Standing = LoginState::Standing;
using ::testing::HasSubstr;
using ::testing::Not;

std::string token(const std::string& access, const std::string& refresh = "", int life = 3600) {
  return R"({"access_token":")" + access + R"(","token_type":"Bearer","expires_in":)" + std::to_string(life) +
         (refresh.empty() ? "" : R"(,"refresh_token":")" + refresh + "\"") + "}";
}

/// A keeper with a clock and a token server of the test's own.
class TokenKeeperTest : public ::testing::Test {
 protected:
  TokenKeeperTest() {
    mailbox.name = "sales";
    mailbox.user = "sales@acme.example";
    mailbox.oauth2 = OAuth2Config{
        .grant = OAuth2Config::Grant::device, .client_id = "client", .token_endpoint = "https://login.example/token"};
    log_in("first");
    make();
  }

  void make() {
    keeper = std::make_unique<TokenKeeper>(
        "sales", keys(),
        KeeperWorld{.post = [this](const mail::net::FormPost& post) { return answer(post); },
                    .now = [this] { return now; },
                    .chance = [] { return 0.0; },
                    .is_stopped = [] { return false; }});
  }

  Result<HttpAnswer> answer(const mail::net::FormPost& post) {
    const std::lock_guard lock(mutex);
    for (const auto& [name, value] : post.fields) {
      if (name == "refresh_token") asked.push_back(value);
    }
    if (on_ask) on_ask();
    if (answers.empty()) return Error{Next::retry, "login.example: no route"};
    auto next = answers.front();
    answers.pop_front();
    return next;
  }

  void log_in(const std::string& refresh) {
    ASSERT_TRUE(store_login_token(keys(), "sales", {refresh, "client", "https://login.example/token", now, {}}));
  }
  std::string keys() const { return folder.path("keys"); }
  std::string kept() const { return read_login_token(keys(), "sales")->value().refresh_token; }

  /// The token, or the error's words.
  std::string login(bool refused = false) {
    const auto got = keeper->login(mailbox, refused);
    return got ? got->secret : got.error().what;
  }

  const tests::Folder folder;
  Time now = from_unix(1'790'000'000);
  MailboxConfig mailbox;
  std::mutex mutex;
  std::deque<HttpAnswer> answers;
  std::vector<std::string> asked;
  std::function<void()> on_ask;
  std::unique_ptr<TokenKeeper> keeper;
};

TEST_F(TokenKeeperTest, OneTokenServesEverybodyUntilItsLastMinute) {
  answers = {{200, token("a1"), {}}};
  EXPECT_FALSE(keeper->ready(mailbox, false));
  EXPECT_EQ(login(), "a1");
  EXPECT_EQ(keeper->ready(mailbox, false)->user, "sales@acme.example");
  now += minutes{58};
  EXPECT_EQ(login(), "a1");
  now += minutes{1};
  EXPECT_THAT(login(), HasSubstr("no route")) << "in its last minute a new one is asked for";
  EXPECT_EQ(asked.size(), 2U);
}

TEST_F(TokenKeeperTest, TheNextOneIsFetchedAtFourFifthsOfItsLife) {
  answers = {{200, token("a1"), {}}, {200, token("a2"), {}}};
  login();
  now += minutes{47};
  keeper->tend(mailbox);
  EXPECT_EQ(login(), "a1");
  now += minutes{1};
  keeper->tend(mailbox);
  EXPECT_EQ(login(), "a2");
  EXPECT_EQ(keeper->state().tokens, 2U);
}

TEST_F(TokenKeeperTest, AServerThatIsDownMeanwhileIsNoticedByNobody) {
  answers = {{200, token("a1"), {}}};
  login();
  now += minutes{48};
  for (int i = 0; i < 10; ++i, now += minutes{1}) keeper->tend(mailbox);
  EXPECT_EQ(login(), "a1");
  EXPECT_EQ(keeper->state().standing, Standing::good);
  EXPECT_THAT(keeper->state().trouble, HasSubstr("no route"));
  EXPECT_LE(asked.size(), 12U) << "asked once a minute";
  answers = {{200, token("a2"), {}}};
  now += minutes{1};
  EXPECT_FALSE(keeper->tend(mailbox)) << "nobody had to wait, so nobody has to be told";
  EXPECT_EQ(keeper->state().trouble, "");
}

TEST_F(TokenKeeperTest, AnExchangedTokenIsOnTheDiskBeforeItsAccessTokenIsUsed) {
  on_ask = [this] { EXPECT_EQ(kept(), "first") << "not before the server has exchanged it"; };
  answers = {{200, token("a1", "second"), {}}};
  EXPECT_EQ(login(), "a1");
  EXPECT_EQ(kept(), "second");
  make();  // killed and started again
  on_ask = {};
  answers = {{200, token("a2", "third"), {}}};
  EXPECT_EQ(login(), "a2");
  EXPECT_EQ(asked, (std::vector<std::string>{"first", "second"}));
}

TEST_F(TokenKeeperTest, WhatTheDiskDoesNotTakeIsNeitherUsedNorLost) {
  answers = {{200, token("a1", "second"), {}}, {200, token("a2", "third"), {}}};
  // A folder stands where the new file is written: nobody can, not even root.
  const auto in_the_way = keys() + "/.new-oauth2-sales-" + std::to_string(::getpid());
  std::filesystem::create_directory(in_the_way);
  EXPECT_THAT(login(), HasSubstr("not kept"));
  std::filesystem::remove(in_the_way);
  now += seconds{10};
  EXPECT_EQ(login(), "a2");
  EXPECT_EQ(asked, (std::vector<std::string>{"first", "second"}));
  EXPECT_EQ(kept(), "third");
}

TEST_F(TokenKeeperTest, ALoginThatIsOverIsSaidAtOnceAndAskedAboutRarely) {
  answers = {{400, R"({"error":"invalid_grant","error_description":"Token has been expired or revoked: first"})", {}}};
  const auto error = keeper->login(mailbox, false).error();
  EXPECT_EQ(error.next, Next::give_up);
  EXPECT_THAT(error.what, HasSubstr("leadmail login sales"));
  EXPECT_THAT(error.what, Not(HasSubstr("first"))) << "the server repeats the token; we do not";
  EXPECT_EQ(mail::imap::diagnose_login(error).trouble, mail::imap::Trouble::revoked);
  EXPECT_EQ(keeper->state().standing, Standing::revoked);
  for (int i = 0; i < 100; ++i) login();
  EXPECT_EQ(asked.size(), 1U);
  now += minutes{31};
  login();
  EXPECT_EQ(asked.size(), 2U) << "providers have been wrong about it";
}

TEST_F(TokenKeeperTest, ANewLoginIsTakenWithoutARestart) {
  answers = {{400, R"({"error":"invalid_grant"})", {}}};
  login();
  EXPECT_FALSE(keeper->tend(mailbox));
  log_in("fresh");
  EXPECT_TRUE(keeper->tend(mailbox)) << "whoever waits is told";
  EXPECT_FALSE(keeper->tend(mailbox)) << "once";
  answers = {{200, token("a2"), {}}};
  EXPECT_EQ(login(), "a2");
  EXPECT_EQ(asked.back(), "fresh");
}

TEST_F(TokenKeeperTest, NeitherWriterUndoesWhatTheOtherHasWritten) {
  on_ask = [this] { log_in("of a person"); };  // while the server is asked with the first one
  answers = {{200, token("a1", "second"), {}}};
  EXPECT_EQ(login(), "a1");
  EXPECT_EQ(kept(), "of a person");
  on_ask = {};
  answers = {{200, token("a2"), {}}};
  EXPECT_EQ(login(), "a2") << "and it is taken at once";
  EXPECT_EQ(asked.back(), "of a person");
}

TEST_F(TokenKeeperTest, ARefusedTokenIsReplacedOnceAndNotWithoutEnd) {
  answers = {{200, token("a1"), {}}, {200, token("a2"), {}}};
  login();
  EXPECT_EQ(login(true), "a2");
  for (int i = 0; i < 50; ++i) EXPECT_EQ(login(true), "a2") << "all connections are refused at about the same time";
  EXPECT_EQ(asked.size(), 2U);
  now += minutes{1};
  EXPECT_THAT(login(true), HasSubstr("no route"));
}

TEST_F(TokenKeeperTest, NobodyHasLoggedInYetIsSaidAsWhatItIs) {
  std::filesystem::remove(token_path(keys(), "sales"));
  make();
  EXPECT_THAT(login(), HasSubstr("nobody has logged in yet: run `leadmail login sales`"));
  EXPECT_EQ(keeper->state().standing, Standing::missing);
  EXPECT_TRUE(asked.empty());
}

TEST_F(TokenKeeperTest, ALoginOfAnotherClientIsNotShownToThisOne) {
  mailbox.oauth2->token_endpoint = "https://evil.example/token";
  EXPECT_THAT(login(), HasSubstr("another client_id or token_endpoint"));
  EXPECT_TRUE(asked.empty());
}

TEST_F(TokenKeeperTest, TroubleOfTheServerIsToBeWaitedFor) {
  answers = {{503, "<html>", {}}};
  EXPECT_EQ(keeper->login(mailbox, false).error().next, Next::retry);
  EXPECT_EQ(keeper->state().standing, Standing::waiting);
  answers = {{200, token("a1"), {}}};
  now += seconds{5};
  EXPECT_EQ(login(), "a1");
  EXPECT_TRUE(keeper->tend(mailbox)) << "others may be waiting";
}

TEST_F(TokenKeeperTest, HowLongToWaitIsHeard) {
  answers = {{429, R"({"error":"slow"})", seconds{120}}, {200, token("a1"), {}}};
  login();
  now += seconds{119};
  EXPECT_THAT(login(), HasSubstr("slow"));
  EXPECT_EQ(asked.size(), 1U);
  now += seconds{1};
  EXPECT_EQ(login(), "a1");
}

TEST_F(TokenKeeperTest, AWrongClientNeedsAPersonButNotTheLogin) {
  answers = {{401, R"({"error":"invalid_client","error_description":"AADSTS7000222: expired"})", {}}};
  const auto error = keeper->login(mailbox, false).error();
  EXPECT_EQ(mail::imap::diagnose_login(error).trouble, mail::imap::Trouble::admin);
  EXPECT_THAT(error.what, HasSubstr("make a new one"));
  EXPECT_EQ(keeper->state().standing, Standing::misconfigured);
}

TEST_F(TokenKeeperTest, ManyWhoAskAtOnceAreOneRequest) {
  answers = {{200, token("a1", "second"), {}}};
  std::vector<std::jthread> threads;
  threads.reserve(8);
  std::atomic<int> same = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      if (login() == "a1") ++same;
    });
  }
  threads.clear();
  EXPECT_EQ(same, 8);
  EXPECT_EQ(asked.size(), 1U);
}

// Otherwise the warning that it ends could come an hour late.
TEST_F(TokenKeeperTest, TheEndOfTheSecretIsKnownWhileTheFirstTokenIsFetched) {
  const auto end = std::chrono::floor<std::chrono::days>(now) + std::chrono::days{20};
  mailbox.oauth2->secret_expires = end;
  answers = {{200, token("a1"), {}}};
  std::optional<Time> known;
  on_ask = [&] {
    std::jthread([&] { EXPECT_FALSE(keeper->tend(mailbox)); }).join();
    known = keeper->state().secret_ends;
  };
  EXPECT_EQ(login(), "a1");
  ASSERT_TRUE(known);
  EXPECT_EQ(std::chrono::floor<std::chrono::days>(*known), end);
}

TEST_F(TokenKeeperTest, TheEndOfTheLoginIsKnownUnlessEachExchangeMovesIt) {
  const auto log_in_until = [this](Time end) {
    ASSERT_TRUE(store_login_token(keys(), "sales", {"first", "client", "https://login.example/token", now, end}));
  };
  log_in_until(now + days{7});
  answers = {{200, token("a1"), {}}};
  login();
  EXPECT_EQ(keeper->state().login_ends, now + days{7});
  now += hours{1};
  const std::string exchanged =
      R"({"access_token":"a2","expires_in":3600,"refresh_token":"second","refresh_token_expires_in":)";
  answers = {{200, exchanged + std::to_string(7 * 86'400 - 3600) + "}", {}}};
  login();
  EXPECT_EQ(keeper->state().login_ends, now + days{7} - hours{1}) << "it stays where it was";
  now += hours{2};
  answers = {{200, exchanged.substr(0, exchanged.find("second")) + "third\",\"refresh_token_expires_in\":604800}", {}}};
  login();
  EXPECT_FALSE(keeper->state().login_ends);
  EXPECT_FALSE(read_login_token(keys(), "sales")->value().ends);
}

TEST(TokenFile, IsClosedToOthersAndRefusedWhereItIsNot) {
  const tests::Folder folder;
  const auto keys = folder.path("keys");
  EXPECT_FALSE(read_login_token(keys, "sales")->has_value());
  const StoredLogin login{"secret", "client", "https://l.example/t", from_unix(1'790'000'000),
                          from_unix(1'790'600'000)};
  ASSERT_TRUE(store_login_token(keys, "sales", login));
  EXPECT_EQ(**read_login_token(keys, "sales"), login);
  struct stat status {};
  ASSERT_EQ(::stat(token_path(keys, "sales").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ::chmod(token_path(keys, "sales").c_str(), 0640);
  EXPECT_THAT(read_login_token(keys, "sales").error().what, HasSubstr("others can read this key"));
  folder.write("keys/oauth2-other", "{\"refresh_token\":7}", 0600);
  EXPECT_THAT(read_login_token(keys, "other").error().what, HasSubstr("damaged"));
}

TEST(TokenFile, WhatAKilledWriterLeftIsRemovedAndNothingElse) {
  const tests::Folder folder;
  folder.write("keys/.new-oauth2-sales-77", "half", 0600);
  folder.write("keys/.new-reply-token-1-77", "half", 0600);
  std::filesystem::permissions(folder.path("keys"), std::filesystem::perms::owner_all);
  ASSERT_TRUE(store_login_token(folder.path("keys"), "sales", {"r", "c", "e", {}, {}}));
  EXPECT_FALSE(std::filesystem::exists(folder.path("keys/.new-oauth2-sales-77")));
  EXPECT_TRUE(std::filesystem::exists(folder.path("keys/.new-reply-token-1-77")));
}

}  // namespace
}  // namespace leadmail::daemon
