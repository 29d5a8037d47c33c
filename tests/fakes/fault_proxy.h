// A TCP relay on loopback that breaks in the ways networks break: between our client and a real or a scripted server.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "tests/fakes/tcp_server.h"

namespace leadmail::fakes {

/// What happens to one connection. Both counts are of bytes in that direction.
struct Fault {
  enum class End { close, reset, half_close, stall };  ///< half_close: the client sees the end of what the server says

  std::optional<std::size_t> cut_to_client{};  ///< after so many bytes of the server
  std::optional<std::size_t> cut_to_server{};  ///< after so many bytes of the client
  End how = End::close;
  std::size_t chunk = 65536;           ///< at most so many bytes at a time; 1: byte by byte
  std::chrono::microseconds pause{0};  ///< between chunks
};

/// Relays each connection to 127.0.0.1:`target`; the fault of connection n is `faults(n)`.
class FaultProxy {
 public:
  using Faults = std::function<Fault(int number)>;

  FaultProxy(std::uint16_t target, Faults faults);

  std::uint16_t port() const { return server_->port(); }
  int connections() const { return server_->connections(); }

  /// Bytes that were relayed to clients, over all connections.
  std::size_t to_clients() const { return to_clients_.load(); }

 private:
  void relay(Peer& client, int number);

  std::uint16_t target_;
  Faults faults_;
  std::atomic<std::size_t> to_clients_{0};
  std::unique_ptr<TcpServer> server_{};
};

}  // namespace leadmail::fakes
