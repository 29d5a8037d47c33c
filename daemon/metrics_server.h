// As much of HTTP/1.1 as Prometheus needs: `GET /metrics` on an address of our own, one answer a connection. Few
// connections at a time, each with little room and little time, so that whoever connects keeps nothing of the daemon
// from its work. Knows nothing of what is on the page.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace leadmail::daemon {

/// What a request asks for: 200 is the page; any other status is answered with its reason alone.
struct HttpVerdict {
  int status = 200;
  std::string_view reason = "OK";
  std::string_view field{};  ///< a header field that belongs to the status
};

/// `head` is what came up to the empty line. RFC 9112 §3
HttpVerdict judge_request(std::string_view head);

class MetricsServer {
 public:
  /// Makes a page and hands it to the function that it is given, once, on the event loop.
  using PageSource = std::function<void(std::function<void(std::string)>)>;

  struct Limits {
    int connections = 8;                         ///< more of them are closed at once
    std::size_t request_bytes = 8192;            ///< RFC 9112 §3 wants at least 8000 for the first line
    std::chrono::milliseconds patience{10'000};  ///< from connecting to the last byte of the answer
  };

  /// Listens at a numeric address; port 0: any. Error (retry): it is taken, or not of this machine.
  static Result<std::unique_ptr<MetricsServer>> open(boost::asio::io_context& loop, const std::string& address,
                                                     std::uint16_t port, PageSource page, Limits limits);
  ~MetricsServer();
  /// Closes everything; the event loop can run out of work.
  void stop();
  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Server;
  explicit MetricsServer(std::shared_ptr<Server> server) : server_(std::move(server)) {}
  std::shared_ptr<Server> server_;
};

}  // namespace leadmail::daemon
