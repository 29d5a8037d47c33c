#include "tests/fakes/fault_proxy.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace leadmail::fakes {
namespace {

int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return socket;
  ::close(socket);
  return -1;
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

/// Counts bytes down to a cut.
class Budget {
 public:
  explicit Budget(std::optional<std::size_t> left) : left_(left) {}
  std::string_view take(std::string_view bytes) {
    if (!left_) return bytes;
    bytes = bytes.substr(0, *left_);
    *left_ -= bytes.size();
    return bytes;
  }
  bool spent() const { return left_ && *left_ == 0; }

 private:
  std::optional<std::size_t> left_;
};

void end(Peer& client, Fault::End how) {
  switch (how) {
    case Fault::End::close: client.close(); break;
    case Fault::End::reset: client.reset(); break;
    case Fault::End::half_close:
      client.half_close();
      client.stall();
      break;
    case Fault::End::stall: client.stall(); break;
  }
}

}  // namespace

FaultProxy::FaultProxy(std::uint16_t target, Faults faults) : target_(target), faults_(std::move(faults)) {
  server_ = std::make_unique<TcpServer>([this](Peer& client, int number) { relay(client, number); });
}

void FaultProxy::relay(Peer& client, int number) {
  const Fault fault = faults_(number);
  const int server = connect_to(target_);
  if (server < 0) return;
  Budget to_client(fault.cut_to_client);
  Budget to_server(fault.cut_to_server);
  std::array<char, 65536> room{};
  const std::size_t chunk = std::min(std::max<std::size_t>(fault.chunk, 1), room.size());
  std::array<pollfd, 2> sides{{{client.socket(), POLLIN, 0}, {server, POLLIN, 0}}};

  bool going = true;
  while (going && !to_client.spent() && !to_server.spent() && ::poll(sides.data(), sides.size(), -1) > 0) {
    if (sides[0].revents != 0) {
      const auto got = ::recv(client.socket(), room.data(), chunk, 0);
      if (got > 0) {
        going = send_all(server, to_server.take({room.data(), static_cast<std::size_t>(got)}));
      } else {
        ::shutdown(server, SHUT_WR);
        sides[0].fd = -1;
      }
    }
    if (going && sides[1].revents != 0) {
      const auto got = ::recv(server, room.data(), chunk, 0);
      const auto bytes = to_client.take({room.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))});
      going = got > 0 && send_all(client.socket(), bytes);
      to_clients_ += bytes.size();
      if (fault.pause.count() > 0) std::this_thread::sleep_for(fault.pause);
    }
  }
  ::close(server);
  if (to_client.spent() || to_server.spent()) end(client, fault.how);
}

}  // namespace leadmail::fakes
