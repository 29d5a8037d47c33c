// A real TCP server on loopback for tests: a port of its own, one thread for each connection, TLS from the first byte
// or later. It blocks, as a scripted peer may; its destructor cuts every connection and joins every thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "tests/fakes/certificate.h"

struct ssl_st;
struct ssl_ctx_st;

namespace leadmail::fakes {

/// One accepted connection, for the thread of its handler. Every call returns at once when the server is destroyed.
class Peer {
 public:
  Peer(int socket, ssl_ctx_st* tls);
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  /// The TLS handshake as a server; what was read before it and not yet taken is dropped. False when it failed.
  bool start_tls();

  /// Up to the next LF, without it and without a CR before it; nothing at the end of the stream.
  std::optional<std::string> read_line();

  /// Exactly `size` bytes; nothing when the stream ends first.
  std::optional<std::string> read_exactly(std::size_t size);

  /// What is there, at least one byte; empty at the end of the stream.
  std::string read_some();

  /// All of it, or false when the other side is gone.
  bool write(std::string_view bytes);

  /// Says that nothing more comes from here, and goes on reading.
  void half_close();

  /// Ends the connection in an orderly way; also done by the destructor.
  void close();

  /// Ends it with a TCP reset.
  void reset();

  /// Says and reads nothing until the other side or the server ends the connection.
  void stall();

  /// Cuts it from any thread: every call that waits returns.
  void cut();

  int socket() const { return socket_; }  ///< for code that polls; of no use with TLS
  bool encrypted() const { return ssl_ != nullptr; }

 private:
  std::ptrdiff_t receive(char* into, std::size_t room);
  bool fill();

  int socket_;
  ssl_ctx_st* tls_;
  ssl_st* ssl_ = nullptr;
  std::string buffer_{};
  std::mutex closing_{};  ///< cut() comes from another thread than close()
};

/// How a TcpServer speaks TLS. Without an identity it does not.
struct Tls {
  std::optional<Identity> identity{};
  bool from_the_start = true;  ///< false: only after Peer::start_tls()
  int highest_version = 0;     ///< TLS1_VERSION …; 0: whatever OpenSSL can
};

class TcpServer {
 public:
  using Handler = std::function<void(Peer& peer, int number)>;  ///< number counts the connections from 0

  /// Listens at once on 127.0.0.1 with a port that was free. Throws std::runtime_error when it cannot.
  explicit TcpServer(Handler handler, const Tls& tls = {});
  ~TcpServer();
  TcpServer(const TcpServer&) = delete;
  TcpServer& operator=(const TcpServer&) = delete;

  std::uint16_t port() const { return port_; }

  /// How many connections were accepted up to now.
  int connections() const { return accepted_.load(); }

 private:
  struct Conversation;
  void accept_all();

  Handler handler_;
  bool tls_from_the_start_;
  std::shared_ptr<ssl_ctx_st> tls_{};
  int listener_ = -1;
  int wake_[2] = {-1, -1};
  std::uint16_t port_ = 0;
  std::atomic<int> accepted_{0};
  std::list<std::unique_ptr<Conversation>> conversations_;  // no {}: that would want the complete type
  std::thread acceptor_{};
};

}  // namespace leadmail::fakes
