#include "mail/worker/protocol.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace leadmail::mail::worker {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Waits until the socket is ready. A worker never sets a deadline, so that it needs no poll(2).
Result<void> await_ready(int fd, short events, Deadline deadline) {
  if (deadline == Deadline::max()) return {};
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    if (left <= milliseconds{0}) return Error{Next::retry, "deadline passed"};
    pollfd entry{fd, events, 0};
    const int ready = poll(&entry, 1, static_cast<int>(std::min<std::int64_t>(left.count(), 60'000)));
    if (ready > 0) return {};
    if (ready < 0 && errno != EINTR) return Error{Next::give_up, std::string("poll: ") + std::strerror(errno)};
  }
}

Result<void> receive_all(int fd, char* data, std::size_t size, Deadline deadline) {
  while (size > 0) {
    if (auto ready = await_ready(fd, POLLIN, deadline); !ready) return ready;
    const ssize_t got = recv(fd, data, size, deadline == Deadline::max() ? 0 : MSG_DONTWAIT);
    if (got == 0) return Error{Next::give_up, "closed"};
    if (got < 0) {
      if (errno == EINTR || errno == EAGAIN) continue;
      return Error{Next::give_up, std::string("receive: ") + std::strerror(errno)};
    }
    data += got;
    size -= static_cast<std::size_t>(got);
  }
  return {};
}

}  // namespace

Result<void> send_all(int fd, std::string_view bytes, Deadline deadline) {
  while (!bytes.empty()) {
    if (auto ready = await_ready(fd, POLLOUT, deadline); !ready) return ready;
    const ssize_t sent =
        send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | (deadline == Deadline::max() ? 0 : MSG_DONTWAIT));
    if (sent < 0) {
      if (errno == EINTR || errno == EAGAIN) continue;
      return Error{Next::give_up, std::string("send: ") + std::strerror(errno)};
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

Result<void> send_frame(int fd, std::uint32_t flags, std::string_view body, Deadline deadline) {
  Head head;
  head.flags = flags;
  head.size = body.size();
  std::string bytes(sizeof head, '\0');
  std::memcpy(bytes.data(), &head, sizeof head);
  if (auto sent = send_all(fd, bytes, deadline); !sent) return sent;
  return send_all(fd, body, deadline);
}

Result<Frame> receive_frame(int fd, std::uint64_t cap, Deadline deadline) {
  std::string bytes(sizeof(Head), '\0');
  if (auto got = receive_all(fd, bytes.data(), bytes.size(), deadline); !got) return std::move(got.error());
  Head head;
  std::memcpy(&head, bytes.data(), sizeof head);
  if (head.magic != Head{}.magic) return Error{Next::give_up, "not a frame"};
  if (head.size > cap) return Error{Next::give_up, "frame larger than its cap"};
  Frame frame{head.flags, std::string(static_cast<std::size_t>(head.size), '\0')};
  if (auto got = receive_all(fd, frame.body.data(), frame.body.size(), deadline); !got) return std::move(got.error());
  return frame;
}

}  // namespace leadmail::mail::worker
