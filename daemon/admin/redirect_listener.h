// Waits on this machine for the browser that comes back from a login (RFC 8252 §7.3), or for somebody to type the
// address that it was sent to: on a server there often is no browser. A tiny server of one page, on loopback only, for
// one login.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "daemon/descriptor.h"

namespace leadmail::daemon::admin {

class RedirectListener {
 public:
  /// 0: any free port. Error (give_up): it can't be had.
  static Result<RedirectListener> open(std::uint16_t port);

  [[nodiscard]] std::uint16_t port() const { return port_; }

  /// The first address that `fits` takes: the path and query of a request, or a line of standard input where
  /// `from_input` says so. Others are answered and waited on. Error (retry): nothing came in time.
  Result<std::string> wait(const std::function<bool(std::string_view)>& fits, std::chrono::seconds patience,
                           bool from_input);

 private:
  explicit RedirectListener(std::uint16_t port) : port_(port) {}

  std::uint16_t port_;
  std::vector<Descriptor> sockets_{};  ///< 127.0.0.1 and, where there is one, ::1
};

/// "/?code=…" of "GET /?code=… HTTP/1.1"; empty for anything else.
std::string_view target_of(std::string_view request);

}  // namespace leadmail::daemon::admin
