#include "daemon/metrics_server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <thread>

#include "daemon/descriptor.h"

namespace leadmail::daemon {
namespace {

namespace asio = boost::asio;
using testing::HasSubstr;
using testing::StartsWith;

Descriptor connected_to(std::uint16_t port) {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  return socket;
}

std::string read_all(const Descriptor& socket) {
  std::string all;
  char room[4096];
  for (ssize_t size = 0; (size = ::read(socket.get(), room, sizeof room)) > 0;) {
    all.append(room, static_cast<std::size_t>(size));
  }
  return all;
}

struct MetricsServerTest : testing::Test {
  ~MetricsServerTest() override {
    asio::post(loop, [this] { server.reset(); });
    guard.reset();
    thread.join();
  }

  std::uint16_t open(MetricsServer::Limits limits = {}) {
    auto opened = MetricsServer::open(
        loop, "127.0.0.1", 0,
        [this](const std::function<void(std::string)>& done) {
          ++asked;
          asio::post(loop, [done] { done("leadmail_build_info 1\n"); });
        },
        limits);
    EXPECT_TRUE(opened) << opened.error().what;
    server = std::move(*opened);
    const auto port = server->port();
    thread = std::thread([this] { loop.run(); });
    return port;
  }

  static std::string ask(std::uint16_t port, const std::string& request) {
    const auto socket = connected_to(port);
    EXPECT_EQ(::send(socket.get(), request.data(), request.size(), MSG_NOSIGNAL), static_cast<ssize_t>(request.size()));
    return read_all(socket);
  }

  asio::io_context loop{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard{loop.get_executor()};
  std::unique_ptr<MetricsServer> server{};
  std::thread thread{};
  int asked = 0;
};

TEST_F(MetricsServerTest, AnswersPrometheus) {
  const auto answer = ask(open(),
                          "GET /metrics HTTP/1.1\r\nHost: localhost:9464\r\nUser-Agent: Prometheus/3.0.1\r\n"
                          "Accept: application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5\r\n"
                          "Accept-Encoding: gzip\r\nX-Prometheus-Scrape-Timeout-Seconds: 10\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nContent-Length: 22\r\n"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\nleadmail_build_info 1\n")) << answer;
}

TEST_F(MetricsServerTest, AnswersNothingElse) {
  const auto port = open();
  EXPECT_THAT(ask(port, "GET / HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(ask(port, "GET /metrics/../etc/passwd HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 404 "));
  const auto refused = ask(port, "POST /metrics HTTP/1.1\r\n\r\n");
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 405 "));
  EXPECT_THAT(refused, HasSubstr("\r\nAllow: GET\r\n"));
  EXPECT_THAT(ask(port, "\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(ask(port, "EHLO x\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(ask(port, "GET /metrics HTTP/2.0\r\n\r\n"), StartsWith("HTTP/1.1 505 "));
  EXPECT_EQ(asked, 0) << "no page was made for any of them";
}

TEST_F(MetricsServerTest, ARequestThatComesInPiecesIsOne) {
  const auto port = open();
  const auto socket = connected_to(port);
  for (const char c : std::string("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")) {
    ASSERT_EQ(::send(socket.get(), &c, 1, MSG_NOSIGNAL), 1);
  }
  EXPECT_THAT(read_all(socket), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(MetricsServerTest, ARequestWithoutEndIsRefusedAtItsLimit) {
  const auto port = open({.request_bytes = 8192});
  const auto answer = ask(port, "GET /metrics HTTP/1.1\r\nX: " + std::string(8192, 'x'));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 431 "));
}

TEST_F(MetricsServerTest, WhoSaysNothingIsLeftAfterAWhile) {
  const auto port = open({.patience = std::chrono::milliseconds{50}});
  const auto socket = connected_to(port);
  EXPECT_EQ(read_all(socket), "") << "closed by the server, or this would wait for ever";
}

TEST_F(MetricsServerTest, ManyWhoSayNothingKeepNobodyOutForLong) {
  const auto port = open({.connections = 2, .patience = std::chrono::milliseconds{50}});
  std::vector<Descriptor> silent;
  silent.reserve(6);
  for (int i = 0; i < 6; ++i) silent.push_back(connected_to(port));
  for (const auto& socket : silent) EXPECT_EQ(read_all(socket), "");
  EXPECT_THAT(ask(port, "GET /metrics HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(MetricsServerTest, AnAddressThatIsTakenIsToldAndMayBeFreeLater) {
  const auto port = open();
  const auto second = MetricsServer::open(loop, "127.0.0.1", port, {}, {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().next, Next::retry);
  EXPECT_THAT(second.error().what, HasSubstr("127.0.0.1 port "));
}

TEST(JudgeRequest, KnowsTheFormsOfATarget) {
  EXPECT_EQ(judge_request("GET /metrics HTTP/1.0").status, 200);
  EXPECT_EQ(judge_request("GET /metrics?collect%5B%5D=x HTTP/1.1\r\nHost: x").status, 200);
  EXPECT_EQ(judge_request("GET http://localhost:9464/metrics HTTP/1.1").status, 200);
  EXPECT_EQ(judge_request("GET http://localhost:9464 HTTP/1.1").status, 404);
  EXPECT_EQ(judge_request("GET  /metrics HTTP/1.1").status, 400);
  EXPECT_EQ(judge_request("get /metrics HTTP/1.1").status, 405) << "methods have their case";
}

}  // namespace
}  // namespace leadmail::daemon
