#include "daemon/metrics_server.h"

#include <fmt/format.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <set>
#include <utility>

#include "daemon/exposition.h"
#include "mail/net/unwaited.h"

namespace leadmail::daemon {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;

namespace {

/// After an error of accepting, which may be that we have no descriptor left: looking again at once would only burn.
constexpr std::chrono::seconds kAfterTrouble{1};

/// One connection. Touched on the loop alone.
struct Visit {
  Visit(asio::io_context& loop, tcp::socket connected)
      : socket(std::move(connected)), deadline(loop), page_is_there(loop, asio::steady_timer::time_point::max()) {}

  void close() {
    boost::system::error_code ignored;
    socket.close(ignored);
    deadline.cancel();
    page_is_there.cancel();
  }

  tcp::socket socket;
  asio::steady_timer deadline;
  asio::steady_timer page_is_there;  ///< never rings: is cancelled
  std::string page{};
};

std::string answer_to(const HttpVerdict& verdict, const std::string& page) {
  const bool is_page = verdict.status == 200;
  const std::string body = is_page ? page : fmt::format("{} {}\n", verdict.status, verdict.reason);
  return fmt::format(
      "HTTP/1.1 {} {}\r\n{}Content-Type: {}\r\nContent-Length: {}\r\nX-Content-Type-Options: nosniff\r\n"
      "Connection: close\r\n\r\n{}",
      verdict.status, verdict.reason, verdict.field,
      is_page ? kExpositionType : std::string_view("text/plain; charset=utf-8"), body.size(), body);
}

/// http://host/metrics is the same as /metrics. RFC 9112 §3.2.2
std::string_view path_of(std::string_view target) {
  if (target.starts_with("http://")) {
    const auto slash = target.find('/', 7);
    target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
  }
  return target.substr(0, target.find('?'));
}

}  // namespace

HttpVerdict judge_request(std::string_view head) {
  const auto line = head.substr(0, head.find("\r\n"));
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return {400, "Bad Request"};
  const auto method = line.substr(0, first);
  const auto target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (method.empty() || target.empty() || target.find_first_of(" \t") != std::string_view::npos) {
    return {400, "Bad Request"};
  }
  if (!version.starts_with("HTTP/")) return {400, "Bad Request"};
  if (!version.starts_with("HTTP/1.")) return {505, "HTTP Version Not Supported"};
  if (path_of(target) != "/metrics") return {404, "Not Found"};
  if (method != "GET") return {405, "Method Not Allowed", "Allow: GET\r\n"};
  return {};
}

struct MetricsServer::Server : std::enable_shared_from_this<Server> {
  Server(asio::io_context& loop_to_use, PageSource page_to_use, Limits limits_to_use)
      : loop(loop_to_use),
        acceptor(loop_to_use),
        pause(loop_to_use),
        page(std::move(page_to_use)),
        limits(limits_to_use) {}

  awaitable<void> accept();
  awaitable<void> serve(std::shared_ptr<Visit> visit);
  awaitable<HttpVerdict> read_request(std::shared_ptr<Visit> visit);
  awaitable<void> fetch_page(std::shared_ptr<Visit> visit);
  void stop();

  asio::io_context& loop;
  tcp::acceptor acceptor;
  asio::steady_timer pause;
  PageSource page;
  Limits limits;
  std::set<std::shared_ptr<Visit>> visits{};
};

awaitable<void> MetricsServer::Server::accept() {
  const auto self = shared_from_this();
  while (acceptor.is_open()) {
    boost::system::error_code error;
    tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::operation_aborted) co_return;
    if (error) {
      pause.expires_after(kAfterTrouble);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    if (visits.size() >= static_cast<std::size_t>(limits.connections)) continue;  // closed with its socket
    auto visit = std::make_shared<Visit>(loop, std::move(socket));
    visits.insert(visit);
    visit->deadline.expires_after(limits.patience);
    visit->deadline.async_wait([visit](const boost::system::error_code& ended) {
      if (!ended) visit->close();
    });
    asio::co_spawn(loop, serve(visit), mail::net::or_leave);
  }
}

/// Up to the empty line; what a request carries behind it is not looked at.
awaitable<HttpVerdict> MetricsServer::Server::read_request(std::shared_ptr<Visit> visit) {
  std::string request;
  std::array<char, 2048> room{};
  boost::system::error_code error;
  while (true) {
    const auto size =
        co_await visit->socket.async_read_some(asio::buffer(room), asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return HttpVerdict{0, ""};
    const auto looked = request.size() < 3 ? 0 : request.size() - 3;
    request.append(room.data(), size);
    if (const auto end = request.find("\r\n\r\n", looked); end != std::string::npos) {
      co_return judge_request(std::string_view(request).substr(0, end));
    }
    if (request.size() >= limits.request_bytes) co_return HttpVerdict{431, "Request Header Fields Too Large"};
  }
}

awaitable<void> MetricsServer::Server::fetch_page(std::shared_ptr<Visit> visit) {
  // A page may be there before this returns: then there is nothing to wait for.
  page([visit](std::string text) {
    visit->page = std::move(text);
    visit->page_is_there.cancel();
  });
  if (!visit->page.empty()) co_return;
  boost::system::error_code ignored;
  co_await visit->page_is_there.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

awaitable<void> MetricsServer::Server::serve(std::shared_ptr<Visit> visit) {
  const auto self = shared_from_this();
  const auto verdict = co_await read_request(visit);
  if (verdict.status == 200) co_await fetch_page(visit);
  if (verdict.status != 0 && visit->socket.is_open()) {
    const auto answer = answer_to(verdict, visit->page);
    boost::system::error_code ignored;
    co_await asio::async_write(visit->socket, asio::buffer(answer), asio::redirect_error(asio::use_awaitable, ignored));
    visit->socket.shutdown(tcp::socket::shutdown_send, ignored);
  }
  visit->close();
  visits.erase(visit);
}

void MetricsServer::Server::stop() {
  boost::system::error_code ignored;
  acceptor.close(ignored);
  pause.cancel();
  for (const auto& visit : visits) visit->close();
}

Result<std::unique_ptr<MetricsServer>> MetricsServer::open(asio::io_context& loop, const std::string& address,
                                                           std::uint16_t port, PageSource page, Limits limits) {
  const auto place = address + " port " + std::to_string(port);
  const auto failed = [&](const boost::system::error_code& error) {
    return Error{Next::retry, "listening at " + place + ": " + error.message()};
  };
  boost::system::error_code error;
  const auto numeric = asio::ip::make_address(address, error);
  if (error) return failed(error);
  auto server = std::make_shared<Server>(loop, std::move(page), limits);
  const tcp::endpoint endpoint(numeric, port);
  server->acceptor.open(endpoint.protocol(), error);
  if (!error) server->acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) server->acceptor.bind(endpoint, error);
  if (!error) server->acceptor.listen(limits.connections, error);
  if (error) return failed(error);
  asio::co_spawn(loop, server->accept(), mail::net::or_end);
  return std::unique_ptr<MetricsServer>(new MetricsServer(std::move(server)));
}

MetricsServer::~MetricsServer() { stop(); }
void MetricsServer::stop() { server_->stop(); }

std::uint16_t MetricsServer::port() const {
  boost::system::error_code ignored;
  return server_->acceptor.local_endpoint(ignored).port();
}

}  // namespace leadmail::daemon
