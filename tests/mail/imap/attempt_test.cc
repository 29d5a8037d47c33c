#include "mail/imap/attempt.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <deque>

namespace leadmail::mail::imap {
namespace {

using Stage = net::Attempt::Stage;
using Method = net::Login::Method;

/// A server that knows one secret.
class OneSecret : public net::Connector {
 public:
  explicit OneSecret(std::string secret) : secret_(std::move(secret)) {}

  net::awaitable<net::Attempt> connect(net::Server, net::Login login) override {
    seen.push_back(login.secret);
    net::Attempt attempt;
    attempt.stage = login.secret == secret_ ? Stage::connected : Stage::login;
    attempt.words = "NO [AUTHENTICATIONFAILED] no";
    attempt.error = {Next::retry, "refused"};
    co_return attempt;
  }

  std::vector<std::string> seen{};

 private:
  std::string secret_;
};

/// What get_in does with logins that are given in this order, and which of them were asked for afresh.
struct Try {
  explicit Try(std::deque<Result<net::Login>> logins) : given(std::move(logins)) {}

  Entry run() {
    boost::asio::io_context loop;
    Entry entry;
    const net::Server where{};  // GCC 12 can't make one inside a co_await expression
    const LoginSource source = [this](bool afresh) -> net::awaitable<Result<net::Login>> {
      asked.push_back(afresh);
      auto next = given.front();
      if (given.size() > 1) given.pop_front();
      co_return next;
    };
    boost::asio::co_spawn(
        loop, [&]() -> net::awaitable<void> { entry = co_await get_in(server, where, source, refused); },
        boost::asio::detached);
    loop.run();
    return entry;
  }

  std::deque<Result<net::Login>> given;
  OneSecret server{"good"};
  std::vector<bool> asked{};
  bool refused = false;
};

net::Login token(const char* secret) { return {Method::bearer, "sales", secret}; }
net::Login password(const char* secret) { return {Method::password, "sales", secret}; }

TEST(GetIn, ARefusedTokenIsReplacedOnceBeforeItIsTrouble) {
  Try attempt({token("stale"), token("good")});
  EXPECT_EQ(attempt.run().attempt.stage, Stage::connected);
  EXPECT_EQ(attempt.asked, (std::vector<bool>{false, true}));
  EXPECT_FALSE(attempt.refused);
}

TEST(GetIn, TwoRefusedTokensAreARefusedLogin) {
  Try attempt({token("stale"), token("other"), token("good")});
  EXPECT_EQ(attempt.run().diagnosis.trouble, Trouble::credentials);
  EXPECT_EQ(attempt.server.seen, (std::vector<std::string>{"stale", "other"}));
  EXPECT_TRUE(attempt.refused);
}

TEST(GetIn, TheSameTokenIsNotShownTwice) {
  Try attempt({token("stale")});
  EXPECT_EQ(attempt.run().diagnosis.trouble, Trouble::credentials);
  EXPECT_EQ(attempt.server.seen.size(), 1U);
}

TEST(GetIn, ARefusedPasswordIsTriedOnce) {
  Try attempt({password("wrong"), password("good")});
  EXPECT_EQ(attempt.run().diagnosis.trouble, Trouble::credentials);
  EXPECT_EQ(attempt.server.seen.size(), 1U) << "or the account is locked";
}

TEST(GetIn, ALoginThatCannotBeHadIsSortedByItsWords) {
  const auto trouble = [](Error error) { return Try({Result<net::Login>(std::move(error))}).run().diagnosis.trouble; };
  EXPECT_EQ(trouble({Next::retry, "the token server: HTTP status 503"}), Trouble::unreached);
  EXPECT_EQ(trouble({Next::give_up, "invalid_grant: run `leadmail login sales`"}), Trouble::revoked);
  EXPECT_EQ(trouble({Next::give_up, "invalid_client"}), Trouble::admin);
  EXPECT_EQ(trouble({Next::give_up, "/etc/leadmail/sales.pw: it is empty"}), Trouble::admin);
}

}  // namespace
}  // namespace leadmail::mail::imap
