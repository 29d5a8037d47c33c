#include "mail/net/curl_connection.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <csignal>

#include "mail/net/redact.h"
#include "tests/fakes/fault_proxy.h"
#include "tests/fakes/scripted_imap_server.h"

namespace leadmail::mail::net {
namespace {

using fakes::Identity;
using fakes::ScriptedImapServer;
using fakes::TemporaryFile;
using fakes::Tls;
using Script = ScriptedImapServer::Script;
using Stage = Attempt::Stage;

const char* const kGreeting = R"(
  S: * OK ready
  C: CAPABILITY
  S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN
  S: {tag} OK told
)";

/// A real event loop with a connector, against servers on loopback.
class CurlConnectionTest : public ::testing::Test {
 protected:
  CurlConnectionTest() { std::signal(SIGPIPE, SIG_IGN); }

  template <typename T>
  T run(awaitable<T> work) {
    std::optional<T> result;
    boost::asio::co_spawn(
        loop,
        [](awaitable<T> inner, std::optional<T>& into) -> awaitable<void> { into.emplace(co_await std::move(inner)); }(
                                                           std::move(work), result),
        boost::asio::detached);
    loop.restart();
    loop.run();
    EXPECT_TRUE(result.has_value());
    return *std::move(result);
  }

  Attempt connect(std::uint16_t port, Security security, const std::string& ca = "",
                  const std::string& host = "localhost") {
    Server server{.host = host, .port = port, .security = security, .ca_file = ca};
    return run(connector.connect(std::move(server), login));
  }

  /// All up to the end of the stream, `room` octets a read.
  std::string read_all(Connection& connection, std::size_t room = 65536) {
    std::string all;
    std::vector<char> into(room);
    for (;;) {
      const auto got = run(connection.read(into, deadline()));
      if (!got || got->by != Received::By::bytes) return all;
      all.append(into.data(), got->size);
    }
  }

  static Instant deadline() { return std::chrono::steady_clock::now() + std::chrono::seconds(10); }

  boost::asio::io_context loop;
  CurlConnector connector{loop.get_executor(), {.connect = std::chrono::seconds(5), .answer = std::chrono::seconds(5)}};
  Login login{.user = "sales@acme.example", .secret = "correct horse battery"};
};

/// Nothing that was said gives the password away, plainly or in base64.
void expect_no_secret(const std::vector<std::string>& heard) {
  for (const std::string& line : heard) {
    EXPECT_EQ(line.find("AUTHENTICATE"), std::string::npos) << line;
    EXPECT_EQ(line.find("LOGIN"), std::string::npos) << line;
    EXPECT_EQ(redact(line, "correct horse battery"), line);
  }
}

TEST_F(CurlConnectionTest, LogsInOverTlsAndThenOnlyCarriesBytes) {
  const Identity identity = fakes::make_identity();
  const TemporaryFile ca(identity.certificate);
  const std::string body(100'000, 'x');
  ScriptedImapServer server({Script{.lines = std::string(kGreeting) + R"(
    C: AUTHENTICATE PLAIN
    S: {tag} OK in
    C: NOOP
    S>0
    S: {tag} OK done
    close
  )",
                                    .blocks = {body}}},
                            Tls{.identity = identity});
  auto attempt = connect(server.port(), Security::implicit_tls, ca.path());
  ASSERT_EQ(attempt.stage, Stage::connected) << attempt.error.what;
  ASSERT_TRUE(run(attempt.connection->write("X1 NOOP\r\n", deadline())));
  EXPECT_EQ(read_all(*attempt.connection), body + "X1 OK done\r\n");
  EXPECT_EQ(server.broken(), "");
}

// TLS holds more than the socket shows: who waits for the socket with octets left in TLS waits for ever.
TEST_F(CurlConnectionTest, ReadsWhatTlsHoldsBeforeItWaits) {
  const Identity identity = fakes::make_identity();
  const TemporaryFile ca(identity.certificate);
  const std::string body(20'000, 'y');
  ScriptedImapServer server(
      {Script{.lines = std::string(kGreeting) + "C: AUTHENTICATE\nS: {tag} OK in\nC: NOOP\nS>0\nstall",
              .blocks = {body}}},
      Tls{.identity = identity});
  auto attempt = connect(server.port(), Security::implicit_tls, ca.path());
  ASSERT_EQ(attempt.stage, Stage::connected) << attempt.error.what;
  ASSERT_TRUE(run(attempt.connection->write("X1 NOOP\r\n", deadline())));
  std::string all;
  std::array<char, 1> octet{};
  while (all.size() < body.size()) {
    const auto got = run(attempt.connection->read(octet, deadline()));
    ASSERT_TRUE(got && got->by == Received::By::bytes) << all.size();
    all += octet[0];
  }
  EXPECT_EQ(all, body);
}

TEST_F(CurlConnectionTest, StarttlsComesBeforeTheLogin) {
  const Identity identity = fakes::make_identity();
  const TemporaryFile ca(identity.certificate);
  ScriptedImapServer server({Script{.lines = R"(
    S: * OK ready
    C: CAPABILITY
    S: * CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED
    S: {tag} OK told
    C: STARTTLS
    S: {tag} OK go on
    tls
    C: CAPABILITY
    S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN
    S: {tag} OK told
    C: AUTHENTICATE PLAIN
    S: {tag} OK in
    stall
  )"}},
                            Tls{.identity = identity, .from_the_start = false});
  const auto attempt = connect(server.port(), Security::starttls, ca.path());
  EXPECT_EQ(attempt.stage, Stage::connected) << attempt.error.what;
  EXPECT_EQ(server.broken(), "");
}

// T01
TEST_F(CurlConnectionTest, ACertificateThatDoesNotFitSeesNoPassword) {
  const Identity authority = fakes::make_identity({.names = {"Test Authority"}});
  const TemporaryFile ca(authority.certificate);
  struct Row {
    const char* what;
    Identity identity;
    int highest = 0;
  };
  const Row rows[] = {
      {"expired",
       fakes::make_identity(
           {.valid_from = std::chrono::hours(-48), .valid_until = std::chrono::hours(-24), .issuer = &authority})},
      {"not yet valid",
       fakes::make_identity(
           {.valid_from = std::chrono::hours(24), .valid_until = std::chrono::hours(48), .issuer = &authority})},
      {"signed by itself", fakes::make_identity()},
      {"of another name", fakes::make_identity({.names = {"mail.other.example"}, .issuer = &authority})},
      {"with TLS 1.0", fakes::make_identity({.issuer = &authority}), TLS1_VERSION},
      {"with TLS 1.1", fakes::make_identity({.issuer = &authority}), TLS1_1_VERSION},
  };
  for (const Row& row : rows) {
    ScriptedImapServer server({Script{.lines = std::string(kGreeting) + "C: x\n"}},
                              Tls{.identity = row.identity, .highest_version = row.highest});
    const auto attempt = connect(server.port(), Security::implicit_tls, ca.path());
    EXPECT_EQ(attempt.stage, Stage::tls) << row.what;
    EXPECT_FALSE(attempt.error.what.empty()) << row.what;
    server.finish();
    EXPECT_TRUE(server.heard().empty()) << row.what;
  }
  // The same authority and the right name: that the refusals above mean something.
  ScriptedImapServer server({Script{.lines = std::string(kGreeting) + "C: AUTH\nS: {tag} OK in\nstall"}},
                            Tls{.identity = fakes::make_identity({.issuer = &authority})});
  EXPECT_EQ(connect(server.port(), Security::implicit_tls, ca.path()).stage, Stage::connected);
}

// A man in the middle who strips STARTTLS.
TEST_F(CurlConnectionTest, WithoutStarttlsThereIsNoLogin) {
  ScriptedImapServer server(std::string(kGreeting) + "serve");
  const auto attempt = connect(server.port(), Security::starttls);
  EXPECT_EQ(attempt.stage, Stage::tls) << attempt.error.what;
  server.finish();
  expect_no_secret(server.heard());
}

// T02
TEST_F(CurlConnectionTest, OctetsGluedBehindStarttlsAreNeverUsed) {
  const Identity identity = fakes::make_identity();
  const TemporaryFile ca(identity.certificate);
  ScriptedImapServer server(
      {Script{.lines = R"(
    S: * OK ready
    C: CAPABILITY
    S: * CAPABILITY IMAP4rev1 STARTTLS
    S: {tag} OK told
    C: STARTTLS
    S>0
    tls
    serve
  )",
              .blocks = {"A002 OK go on\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA003 OK told\r\n"}}},
      Tls{.identity = identity, .from_the_start = false});
  const auto attempt = connect(server.port(), Security::starttls, ca.path());
  EXPECT_NE(attempt.stage, Stage::connected);
  server.finish();
  expect_no_secret(server.heard());
}

// T04
TEST_F(CurlConnectionTest, AServerThatLetsUsInWithoutALoginIsRefused) {
  const Identity identity = fakes::make_identity();
  const TemporaryFile ca(identity.certificate);
  for (const bool tls : {true, false}) {
    ScriptedImapServer server({Script{.lines = "S: * PREAUTH welcome\nserve"}},
                              tls ? Tls{.identity = identity} : Tls{});
    const auto attempt = connect(server.port(), tls ? Security::implicit_tls : Security::starttls, ca.path());
    EXPECT_NE(attempt.stage, Stage::connected);
    server.finish();
    expect_no_secret(server.heard());
  }
}

// T04, I10
TEST_F(CurlConnectionTest, AGreetingThatIsNoneIsAnError) {
  for (const char* greeting :
       {"S: SSH-2.0-OpenSSH_9.2", "S: * BYE [UNAVAILABLE] too busy", "S: HTTP/1.1 400 Bad", "close", "reset"}) {
    ScriptedImapServer server(std::string(greeting) + "\nclose");
    const auto attempt = connect(server.port(), Security::none);
    EXPECT_EQ(attempt.stage, Stage::network) << greeting;
    EXPECT_FALSE(attempt.error.what.empty());
  }
}

TEST_F(CurlConnectionTest, ARefusedLoginIsToldInTheServersWords) {
  ScriptedImapServer server(std::string(kGreeting) + R"(
    C: AUTHENTICATE PLAIN
    S: {tag} NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)
    serve
  )");
  const auto attempt = connect(server.port(), Security::none);
  EXPECT_EQ(attempt.stage, Stage::login);
  EXPECT_EQ(attempt.words, "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)");
  EXPECT_NE(attempt.error.what.find("Invalid credentials"), std::string::npos);
  EXPECT_EQ(server.connections(), 1);  // not tried again in another way
}

TEST_F(CurlConnectionTest, AServerThatRepeatsThePasswordDoesNotBringItIntoTheLog) {
  // base64 of NUL sales@acme.example NUL correct horse battery
  ScriptedImapServer server(std::string(kGreeting) + R"(
    C: AUTHENTICATE PLAIN
    S: {tag} BAD [ALERT] what is AHNhbGVzQGFjbWUuZXhhbXBsZQBjb3JyZWN0IGhvcnNlIGJhdHRlcnk= or correct horse battery
    serve
  )");
  const auto attempt = connect(server.port(), Security::none);
  EXPECT_EQ(attempt.words, "BAD [ALERT] what is ***= or ***");
  EXPECT_EQ(redact(attempt.error.what, login.secret), attempt.error.what);
}

TEST_F(CurlConnectionTest, ATokenIsRefusedWithTheExplanationInTheChallenge) {
  login.method = Login::Method::bearer;
  login.secret = "ya29.token";
  ScriptedImapServer server(R"(
    S: * OK ready
    C: CAPABILITY
    S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2
    S: {tag} OK told
    C: AUTHENTICATE XOAUTH2
    S: + eyJzdGF0dXMiOiI0MDAifQ==
    serve
  )");
  const auto attempt = connect(server.port(), Security::none);
  EXPECT_EQ(attempt.stage, Stage::login);
  EXPECT_EQ(attempt.words, "NO [AUTHENTICATIONFAILED] {\"status\":\"400\"}");
}

// RFC 7628 §3.2.3: the client answers the challenge, and only then is the login refused.
TEST_F(CurlConnectionTest, ARefusedOauthbearerIsAcknowledgedAndBothAnswersAreTold) {
  login.method = Login::Method::bearer;
  login.secret = "ya29.token";
  ScriptedImapServer server(R"(
    S: * OK ready
    C: CAPABILITY
    S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=OAUTHBEARER AUTH=XOAUTH2
    S: {tag} OK told
    C: AUTHENTICATE OAUTHBEARER
    S: + eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=
    C: AQ==
    S: {tag} NO [AUTHENTICATIONFAILED] no
    serve
  )");
  const auto attempt = connect(server.port(), Security::none);
  EXPECT_EQ(attempt.stage, Stage::login);
  EXPECT_EQ(attempt.words, "NO [AUTHENTICATIONFAILED] no {\"status\":\"invalid_token\"}");
  EXPECT_EQ(server.broken(), "");
}

TEST_F(CurlConnectionTest, ATokenWaitsForTheServersWordWithoutSaslIr) {
  login.method = Login::Method::bearer;
  login.secret = "ya29.token";
  ScriptedImapServer server(R"(
    S: * OK ready
    C: CAPABILITY
    S: * CAPABILITY IMAP4rev1 AUTH=XOAUTH2
    S: {tag} OK told
    C: AUTHENTICATE XOAUTH2
    S: + go
    C: dXNlcj1zYWxlc0BhY21lLmV4YW1wbGUBYXV0aD1CZWFyZXIgeWEyOS50b2tlbgEB
    S: {tag} OK in
    stall
  )");
  EXPECT_EQ(connect(server.port(), Security::none).stage, Stage::connected);
  EXPECT_EQ(server.broken(), "");
}

TEST_F(CurlConnectionTest, ATokenIsSaidToNobodyWhoOffersNoLoginByToken) {
  login.method = Login::Method::bearer;
  login.secret = "ya29.token";
  ScriptedImapServer server({Script{.lines = R"(
    S: * OK ready
    C: CAPABILITY
    S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=LOGIN
    S: {tag} OK told
    serve
  )"}});
  EXPECT_EQ(connect(server.port(), Security::none).stage, Stage::login);
  EXPECT_EQ(server.connections(), 1) << "nor as a password, on a second try";
}

TEST_F(CurlConnectionTest, AServerWithoutSaslIsLoggedInToWithThePlainCommand) {
  const char* const script = R"(
    S: * OK ready
    C: CAPABILITY
    S: * CAPABILITY IMAP4rev1
    S: {tag} OK told
    C: LOGIN
    S: {tag} OK in
    stall
  )";
  // On the first connection we ask for mechanisms that are not offered, and say nothing; the second one uses LOGIN.
  ScriptedImapServer server({Script{.lines = script}});
  EXPECT_EQ(connect(server.port(), Security::none).stage, Stage::connected);
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(CurlConnectionTest, WithoutTlsOnlyLoopbackIsTalkedTo) {
  for (const char* host : {"192.0.2.1", "imap.acme.example", "127.0.0.1.acme.example", ""}) {
    EXPECT_EQ(connect(1, Security::none, "", host).stage, Stage::refused) << host;
  }
}

TEST_F(CurlConnectionTest, AClosedPortIsANetworkError) {
  std::uint16_t port = 0;
  { port = ScriptedImapServer("close").port(); }
  const auto attempt = connect(port, Security::none);
  EXPECT_EQ(attempt.stage, Stage::network);
  EXPECT_EQ(attempt.words, "");
}

TEST_F(CurlConnectionTest, AServerThatHangsDelaysNobodyElseAndCanBeGivenUp) {
  ScriptedImapServer hangs("stall");
  ScriptedImapServer works(std::string(kGreeting) + "C: AUTH\nS: {tag} OK in\nstall");
  std::optional<Attempt> hung;
  std::optional<Attempt> worked;
  const auto start = [&](std::uint16_t port, std::optional<Attempt>& into) -> awaitable<void> {
    Server server{.host = "localhost", .port = port, .security = Security::none};
    into.emplace(co_await connector.connect(server, login));
    if (&into == &worked) connector.give_up();
  };
  const auto before = std::chrono::steady_clock::now();
  boost::asio::co_spawn(loop, start(hangs.port(), hung), boost::asio::detached);
  boost::asio::co_spawn(loop, start(works.port(), worked), boost::asio::detached);
  loop.run();
  ASSERT_TRUE(hung && worked);
  EXPECT_EQ(worked->stage, Stage::connected);
  EXPECT_EQ(hung->stage, Stage::network);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(4));
}

TEST_F(CurlConnectionTest, AReadEndsAtItsDeadlineOrWhenWoken) {
  ScriptedImapServer server(std::string(kGreeting) + "C: AUTH\nS: {tag} OK in\nC: NOOP\nS: hello\nstall");
  auto attempt = connect(server.port(), Security::none);
  ASSERT_EQ(attempt.stage, Stage::connected) << attempt.error.what;
  Connection& connection = *attempt.connection;
  std::array<char, 100> room{};

  const auto soon = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
  EXPECT_EQ(run(connection.read(room, soon))->by, Received::By::deadline);
  connection.wake();
  EXPECT_EQ(run(connection.read(room, deadline()))->by, Received::By::woken);

  std::optional<Received> woken;
  const auto read = [&]() -> awaitable<void> { woken = *co_await connection.read(room, deadline()); };
  const auto wake = [&]() -> awaitable<void> {
    connection.wake();
    co_return;
  };
  loop.restart();
  boost::asio::co_spawn(loop, read(), boost::asio::detached);
  boost::asio::co_spawn(loop, wake(), boost::asio::detached);
  loop.run();
  EXPECT_EQ(woken->by, Received::By::woken);

  // None of this harmed the stream.
  ASSERT_TRUE(run(connection.write("X1 NOOP\r\n", deadline())));
  const auto got = run(connection.read(room, deadline()));
  EXPECT_EQ(std::string(room.data(), got->size), "hello\r\n");
}

TEST_F(CurlConnectionTest, ClosingEndsAReadThatWaitsAndDoesNotBlock) {
  ScriptedImapServer server(std::string(kGreeting) + "C: AUTH\nS: {tag} OK in\nstall");
  auto attempt = connect(server.port(), Security::none);
  ASSERT_EQ(attempt.stage, Stage::connected) << attempt.error.what;
  std::array<char, 100> room{};
  bool failed = false;
  const auto read = [&]() -> awaitable<void> { failed = !co_await attempt.connection->read(room, deadline()); };
  const auto close = [&]() -> awaitable<void> {
    attempt.connection->close();
    co_return;
  };
  const auto before = std::chrono::steady_clock::now();
  loop.restart();
  boost::asio::co_spawn(loop, read(), boost::asio::detached);
  boost::asio::co_spawn(loop, close(), boost::asio::detached);
  loop.run();
  EXPECT_TRUE(failed);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(2));
  EXPECT_FALSE(run(attempt.connection->write("x", deadline())));
}

// N01: by a reset, by half a close, in small pieces.
TEST_F(CurlConnectionTest, ACutIsAnEndOrAnErrorAndNeverAHang) {
  ScriptedImapServer server({Script{.lines = std::string(kGreeting) + "C: AUTH\nS: {tag} OK in\nC: NOOP\nS>0\nstall",
                                    .blocks = {std::string(1000, 'z')}}});
  for (const auto how : {fakes::Fault::End::close, fakes::Fault::End::reset, fakes::Fault::End::half_close}) {
    fakes::FaultProxy proxy(server.port(),
                            [&](int) { return fakes::Fault{.cut_to_client = 600, .how = how, .chunk = 1}; });
    auto attempt = connect(proxy.port(), Security::none);
    ASSERT_EQ(attempt.stage, Stage::connected) << attempt.error.what;
    ASSERT_TRUE(run(attempt.connection->write("X1 NOOP\r\n", deadline())));
    const std::string all = read_all(*attempt.connection);
    EXPECT_LT(all.size(), 1000U);
    EXPECT_EQ(all, std::string(all.size(), 'z'));
  }
}

TEST(Redact, TakesTheSecretOutWhereverItStands) {
  EXPECT_EQ(redact("LOGIN sales hunter2 failed", "hunter2"), "LOGIN sales *** failed");
  EXPECT_EQ(redact("got aHVudGVyMg== there", "hunter2"), "got ***== there");
  EXPECT_EQ(redact("nothing here", "hunter2"), "nothing here");
  EXPECT_EQ(redact("nothing here", ""), "nothing here");
  EXPECT_EQ(decode_base64("aGVsbG8="), "hello");
}

}  // namespace
}  // namespace leadmail::mail::net
