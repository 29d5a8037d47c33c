// The watcher on a real socket: libcurl logs in, we speak IMAP behind it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <csignal>

#include "mail/imap/watcher.h"
#include "mail/net/curl_connection.h"
#include "tests/fakes/fault_proxy.h"
#include "tests/fakes/scripted_imap_server.h"
#include "tests/mail/imap/fixtures/model_server.h"

namespace leadmail::mail::imap {
namespace {

using ::testing::ElementsAre;

const std::string kMail = "Subject: hello\r\n\r\nL9 OK done\r\n)\r\n";

const char* const kOneInTheInbox = R"(
  login
  C: EXAMINE "INBOX"
  S: * 1 EXISTS
  S: * OK [UIDVALIDITY 7] valid
  S: * OK [UIDNEXT 2] next
  S: {tag} OK [READ-ONLY] open
  C: UID FETCH 1:* (UID INTERNALDATE RFC822.SIZE)
  S: * 1 FETCH (UID 1 RFC822.SIZE 31 INTERNALDATE "17-Jul-2026 02:44:25 +0000")
  S: {tag} OK listed
  C: UID FETCH 1 (UID INTERNALDATE BODY.PEEK[])
  S>0
  S: {tag} OK fetched
)";

std::string fetched(int uid) {
  return "* " + std::to_string(uid) + " FETCH (UID " + std::to_string(uid) + " BODY[] {" +
         std::to_string(kMail.size()) + "}\r\n" + kMail + ")\r\n";
}

class SocketTest : public ::testing::Test {
 protected:
  SocketTest() { std::signal(SIGPIPE, SIG_IGN); }

  void make(std::uint16_t port, const std::string& ca) {
    WatchOptions options{.mailbox = "sales", .sent = ""};
    options.server = {.host = "localhost",
                      .port = port,
                      .security = ca.empty() ? net::Security::none : net::Security::implicit_tls,
                      .ca_file = ca};
    const LoginSource login = [](bool) -> awaitable<Result<net::Login>> {
      co_return net::Login{.user = "sales", .secret = "s3cret"};
    };
    watcher = std::make_unique<MailboxWatcher>(
        options, login, connector, clock, [] { return 0.0; }, intake);
  }

  boost::asio::io_context loop;
  net::LoopClock clock{loop.get_executor()};
  net::CurlConnector connector{loop.get_executor()};
  FakeIntake intake;
  std::unique_ptr<MailboxWatcher> watcher;
};

TEST_F(SocketTest, TakesTheInboxOverTlsOneOctetAtATime) {
  const fakes::Identity identity = fakes::make_identity();
  const fakes::TemporaryFile ca(identity.certificate);
  fakes::ScriptedImapServer server({{.lines = std::string(kOneInTheInbox) + "serve", .blocks = {fetched(1)}}},
                                   fakes::Tls{.identity = identity});
  fakes::FaultProxy proxy(server.port(), [](int) { return fakes::Fault{.chunk = 1}; });
  make(proxy.port(), ca.path());
  std::optional<Result<void>> done;
  boost::asio::co_spawn(
      loop, [&]() -> awaitable<void> { done = co_await watcher->once(); }, boost::asio::detached);
  loop.run();
  ASSERT_TRUE(done && *done) << (done ? done->error().what : "");
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1"));
  EXPECT_EQ(intake.arrivals[0].raw, kMail);
  EXPECT_EQ(server.broken(), "");
}

TEST_F(SocketTest, HearsOfNewMailInIdleAndFetchesItWithoutBeingAskedTwice) {
  fakes::ScriptedImapServer server({{.lines = std::string(kOneInTheInbox) + R"(
    C: IDLE
    S: + idling
    S: * 2 EXISTS
    C: DONE
    S: {tag} OK idled
    C: UID FETCH 2:* (UID INTERNALDATE RFC822.SIZE BODY.PEEK[])
    S>1
    S: {tag} OK fetched
    C: LOGOUT
    S: * BYE until then
    S: {tag} OK out
  )",
                                     .blocks = {fetched(1), fetched(2)},
                                     .capabilities = "IMAP4rev1 IDLE"}});
  make(server.port(), "");
  intake.on_take = [&] {
    if (intake.arrivals.size() == 2) watcher->stop();
  };
  boost::asio::co_spawn(loop, watcher->run(), boost::asio::detached);
  loop.run();
  EXPECT_THAT(intake.seen(), ElementsAre("INBOX 7/1", "INBOX 7/2"));
  EXPECT_EQ(intake.arrivals[1].raw, kMail);
  EXPECT_EQ(server.broken(), "");
}

}  // namespace
}  // namespace leadmail::mail::imap
