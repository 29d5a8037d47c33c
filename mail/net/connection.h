// A stream of bytes to a server that has already let us in, for coroutines of one event loop; and who makes one. Knows
// nothing of what the bytes mean. Every wait has a deadline.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "mail/net/account.h"
#include "mail/net/clock.h"

namespace leadmail::mail::net {

/// What ended a read. Only `closed` ends the stream: after `deadline` and `woken` the next read goes on.
struct Received {
  enum class By { bytes, closed, deadline, woken };
  By by = By::closed;
  std::size_t size = 0;  ///< bytes put into the room; 0 unless `by` is bytes
};

/// One reader and one writer at a time. Errors are Next::retry: the connection is then of no more use.
class Connection {
 public:
  virtual ~Connection() = default;

  /// What is there, at least one byte, or why there is none. `room` stays valid until it returns.
  virtual awaitable<Result<Received>> read(std::span<char> room, Instant deadline) = 0;

  /// All of `bytes`, which stay valid until it returns; a deadline that passes is an Error.
  virtual awaitable<Result<void>> write(std::string_view bytes, Instant deadline) = 0;

  /// Ends the read that is going on, or else the next one, with `woken`.
  virtual void wake() = 0;

  /// Cuts the connection at once, without a word to the server. Reads and writes that wait end with an Error.
  virtual void close() = 0;
};

/// What came of trying to connect and log in.
struct Attempt {
  enum class Stage { connected, network, tls, login, refused };  ///< how far it came; `refused` is by our own rules
  Stage stage = Stage::network;
  std::unique_ptr<Connection> connection{};  ///< set when `stage` is connected
  bool heard = false;                        ///< the server said something, be it nonsense
  std::string words{};                       ///< what the server said last: one line, without control characters
  Error error{};                             ///< why there is no connection; holds `words`, never a secret
};

/// Makes connections: TCP, TLS, greeting, STARTTLS, login. RFC 3501 §6.2, RFC 4616, RFC 7628
class Connector {
 public:
  virtual ~Connector() = default;
  virtual awaitable<Attempt> connect(Server server, Login login) = 0;
};

}  // namespace leadmail::mail::net
