#include "daemon/admin/redirect_listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>

namespace leadmail::daemon::admin {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLongestRequest = 16UL * 1024;
constexpr std::size_t kLongestLine = 16UL * 1024;
constexpr std::chrono::seconds kRequestTime{5};
constexpr int kMostRequests = 200;

constexpr std::string_view kDone =
    "<!doctype html><meta charset=utf-8><title>Leadmail</title><p>Leadmail has got the login. This page can be closed; "
    "the terminal tells whether it works.";
constexpr std::string_view kElse =
    "<!doctype html><meta charset=utf-8><title>Leadmail</title><p>Nothing is to be seen here.";

Error failure(const std::string& what) { return {Next::give_up, what + ": " + std::generic_category().message(errno)}; }

int milliseconds_until(Clock::time_point when) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(when - Clock::now()).count();
  return left <= 0 ? 0 : static_cast<int>(std::min<std::int64_t>(left, 60'000));
}

Result<Descriptor> listen_on(const sockaddr* address, socklen_t size) {
  Descriptor socket(::socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (socket.get() < 0) return failure("socket");
  const int on = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (address->sa_family == AF_INET6) ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  if (::bind(socket.get(), address, size) != 0) return failure("the port for the browser");
  if (::listen(socket.get(), 8) != 0) return failure("listen");
  return socket;
}

std::uint16_t port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

/// All of a request's head, or what came of it in time.
std::string read_request(int socket) {
  const auto deadline = Clock::now() + kRequestTime;
  std::string request;
  std::array<char, 4096> room{};
  while (request.size() < kLongestRequest && request.find("\r\n\r\n") == std::string::npos) {
    pollfd waiting{socket, POLLIN, 0};
    if (::poll(&waiting, 1, milliseconds_until(deadline)) <= 0) break;
    const auto got = ::recv(socket, room.data(), room.size(), 0);
    if (got <= 0) break;
    request.append(room.data(), static_cast<std::size_t>(got));
  }
  return request;
}

void answer(int socket, std::string_view page) {
  const auto text =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + std::to_string(page.size()) +
      "\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n" + std::string(page);
  // A page: it fits into the socket's buffer, and whether it arrives does not matter.
  (void)::send(socket, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  ::shutdown(socket, SHUT_WR);
}

/// Lines typed while we wait. Ends for good with the input.
class TypedLines {
 public:
  explicit TypedLines(bool wanted) : open_(wanted) {}
  [[nodiscard]] bool is_open() const { return open_; }

  /// Call it when there is something to read.
  void read() {
    std::array<char, 4096> room{};
    const auto got = ::read(STDIN_FILENO, room.data(), room.size());
    open_ = got > 0;
    if (!open_) return;
    text_.append(room.data(), static_cast<std::size_t>(got));
    if (text_.size() > kLongestLine) text_.clear();
  }

  /// A whole line that has come.
  std::optional<std::string> next() {
    const auto end = text_.find('\n');
    if (end == std::string::npos) return std::nullopt;
    auto line = text_.substr(0, end);
    text_.erase(0, end + 1);
    return line;
  }

 private:
  bool open_;
  std::string text_{};
};

std::string trimmed(std::string text) {
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.pop_back();
  const auto start = text.find_first_not_of(" \t");
  return start == std::string::npos ? std::string{} : text.substr(start);
}

}  // namespace

std::string_view target_of(std::string_view request) {
  constexpr std::string_view kGet{"GET "};
  if (!request.starts_with(kGet)) return {};
  request.remove_prefix(kGet.size());
  const auto end = request.find_first_of(" \r\n");
  if (end == std::string_view::npos || !request.substr(end).starts_with(" HTTP/1.")) return {};
  return request.starts_with('/') ? request.substr(0, end) : std::string_view{};
}

Result<RedirectListener> RedirectListener::open(std::uint16_t port) {
  sockaddr_in four{};
  four.sin_family = AF_INET;
  four.sin_port = htons(port);
  four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto first = listen_on(reinterpret_cast<const sockaddr*>(&four), sizeof four);
  if (!first) return std::move(first.error());
  RedirectListener listener(port_of(first->get()));
  listener.sockets_.push_back(std::move(*first));
  // A browser may take localhost for ::1.
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  six.sin6_port = htons(listener.port_);
  six.sin6_addr = in6addr_loopback;
  if (auto second = listen_on(reinterpret_cast<const sockaddr*>(&six), sizeof six)) {
    listener.sockets_.push_back(std::move(*second));
  }
  return listener;
}

Result<std::string> RedirectListener::wait(const std::function<bool(std::string_view)>& fits,
                                           std::chrono::seconds patience, bool from_input) {
  const auto deadline = Clock::now() + patience;
  TypedLines typed(from_input);
  for (int requests = 0; requests < kMostRequests && Clock::now() < deadline;) {
    std::vector<pollfd> waiting;
    waiting.reserve(sockets_.size());
    for (const auto& socket : sockets_) waiting.push_back({socket.get(), POLLIN, 0});
    if (typed.is_open()) waiting.push_back({STDIN_FILENO, POLLIN, 0});
    if (::poll(waiting.data(), waiting.size(), milliseconds_until(deadline)) < 0 && errno != EINTR) {
      return failure("waiting for the browser");
    }
    if (typed.is_open() && waiting.back().revents != 0) {
      typed.read();
      while (const auto line = typed.next()) {
        if (fits(trimmed(*line))) return trimmed(*line);
      }
    }
    for (std::size_t i = 0; i < sockets_.size(); ++i) {
      if (waiting[i].revents == 0) continue;
      const Descriptor browser(::accept4(waiting[i].fd, nullptr, nullptr, SOCK_CLOEXEC));
      if (browser.get() < 0) continue;
      ++requests;
      const auto request = read_request(browser.get());
      const std::string target(target_of(request));
      const bool is_it = !target.empty() && fits(target);
      answer(browser.get(), is_it ? kDone : kElse);
      if (is_it) return target;
    }
  }
  return Error{Next::retry, "nobody has logged in in time"};
}

}  // namespace leadmail::daemon::admin
