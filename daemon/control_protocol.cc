#include "daemon/control_protocol.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "daemon/descriptor.h"

namespace leadmail::daemon {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kAnswerFactor = 64;

std::string reason(int error) { return std::generic_category().message(error); }

/// A name of the socket that fits into sockaddr_un however long the path is, while `folder` is open.
struct Name {
  Descriptor folder{};
  std::string file{};
  sockaddr_un address{};
};

Result<Name> name_of(const std::string& path) {
  const auto slash = path.rfind('/');
  const auto parent = slash == std::string::npos ? std::string{"."} : path.substr(0, std::max<std::size_t>(slash, 1));
  Name name;
  name.file = slash == std::string::npos ? path : path.substr(slash + 1);
  name.folder = Descriptor(::open(parent.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (name.folder.get() < 0) {
    const int error = errno;
    return Error{error == ENOENT ? Next::retry : Next::give_up, parent + ": " + reason(error)};
  }
  const auto full = "/proc/self/fd/" + std::to_string(name.folder.get()) + "/" + name.file;
  if (name.file.empty() || full.size() >= sizeof(name.address.sun_path)) {
    return Error{Next::give_up, path + ": no name for a socket"};
  }
  name.address.sun_family = AF_UNIX;
  std::memcpy(name.address.sun_path, full.c_str(), full.size() + 1);
  return name;
}

Result<Descriptor> open_socket(int more_flags) {
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | more_flags, 0));
  if (socket.get() < 0) return Error{Next::stop, "cannot make a socket: " + reason(errno)};
  return socket;
}

/// 0, or the errno of the attempt.
int connect_to(int socket, const sockaddr_un& address) {
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);  // NOLINT: the socket API wants it so
  return ::connect(socket, generic, sizeof(address)) == 0 ? 0 : errno;
}

Result<void> wait_for(int socket, short events, Clock::time_point deadline) {
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return Error{Next::give_up, "the daemon does not answer"};
    pollfd wanted{.fd = socket, .events = events, .revents = 0};
    const int ready = ::poll(&wanted, 1, static_cast<int>(std::min<long long>(left, 1'000'000)));
    if (ready > 0) return {};
    if (ready < 0 && errno != EINTR) return Error{Next::give_up, reason(errno)};
  }
}

Result<void> send_all(int socket, std::string_view bytes, std::chrono::seconds patience) {
  while (!bytes.empty()) {
    auto ready = wait_for(socket, POLLOUT, Clock::now() + patience);
    if (!ready) return ready;
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (sent < 0) return Error{Next::give_up, "the daemon hung up: " + reason(errno)};
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

/// Nobody listens behind a socket file that refuses: then it is removed, so that bind can make it anew.
Result<void> make_room(const Name& name, const std::string& path) {
  struct stat status {};
  if (::fstatat(name.folder.get(), name.file.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return {};
  if (!S_ISSOCK(status.st_mode)) return Error{Next::stop, path + ": there is something that is no socket"};
  auto probe = open_socket(SOCK_NONBLOCK);
  if (!probe) return std::move(probe.error());
  const int answer = connect_to(probe->get(), name.address);
  if (answer != ECONNREFUSED) return Error{Next::stop, path + ": another daemon listens there"};
  if (::unlinkat(name.folder.get(), name.file.c_str(), 0) != 0) return Error{Next::stop, path + ": " + reason(errno)};
  return {};
}

/// "bytes" of a request: how many follow its line; nothing when it says nothing of the kind.
Result<std::size_t> bytes_wanted(const std::string& line, const ControlLimits& limits) {
  const auto request = nlohmann::json::parse(line, nullptr, false);
  if (!request.is_object()) return std::size_t{0};
  const auto bytes = request.find("bytes");
  if (bytes == request.end()) return std::size_t{0};
  if (!bytes->is_number_unsigned()) return Error{Next::give_up, "\"bytes\" must be a size"};
  const auto wanted = bytes->get<std::uint64_t>();
  if (wanted > limits.bytes) return Error{Next::give_up, "\"bytes\" is more than is taken"};
  return static_cast<std::size_t>(wanted);
}

}  // namespace

Result<void> ControlReader::feed(std::string_view input) {
  while (!input.empty()) {
    if (missing_ > 0) {
      const auto taken = input.substr(0, missing_);
      open_.bytes += taken;
      missing_ -= taken.size();
      input.remove_prefix(taken.size());
      if (missing_ == 0) finish();
      continue;
    }
    const auto end = input.find('\n');
    if (open_.json.size() + std::min(end, input.size()) > limits_.line) {
      return Error{Next::give_up, "the request is too long"};
    }
    open_.json += input.substr(0, end);
    if (end == std::string_view::npos) return {};
    input.remove_prefix(end + 1);
    auto wanted = bytes_wanted(open_.json, limits_);
    if (!wanted) return std::move(wanted.error());
    missing_ = *wanted;
    if (missing_ == 0) finish();
  }
  return {};
}

void ControlReader::finish() {
  ready_.push_back(std::move(open_));
  open_ = {};
}

std::optional<ControlRequest> ControlReader::next() {
  if (ready_.empty()) return std::nullopt;
  auto request = std::move(ready_.front());
  ready_.pop_front();
  return request;
}

Result<DaemonConnection> DaemonConnection::open(const std::string& path, int timeout_seconds) {
  auto name = name_of(path);
  if (!name) return std::move(name.error());
  auto socket = open_socket(0);
  if (!socket) return std::move(socket.error());
  if (const int error = connect_to(socket->get(), name->address); error != 0) {
    const bool nobody = error == ENOENT || error == ECONNREFUSED;
    return Error{nobody ? Next::retry : Next::give_up,
                 path + ": " + (nobody ? "no daemon listens there" : reason(error))};
  }
  return DaemonConnection(std::move(*socket), timeout_seconds);
}

Result<void> DaemonConnection::send(std::string_view request_json, std::string_view bytes) {
  const std::chrono::seconds patience{timeout_seconds_};
  std::string line{request_json};
  std::ranges::replace(line, '\n', ' ');
  line += '\n';
  if (auto sent = send_all(socket_.get(), line, patience); !sent) return sent;
  return send_all(socket_.get(), bytes, patience);
}

Result<std::string> DaemonConnection::receive() {
  constexpr std::size_t kMost = kAnswerFactor * ControlLimits{}.line;
  std::string chunk(64UL * 1024, '\0');
  const auto deadline = Clock::now() + std::chrono::seconds(timeout_seconds_);
  for (std::size_t looked = 0; received_.size() <= kMost;) {
    if (const auto end = received_.find('\n', looked); end != std::string::npos) {
      auto line = received_.substr(0, end);
      received_.erase(0, end + 1);
      return line;
    }
    looked = received_.size();
    if (auto ready = wait_for(socket_.get(), POLLIN, deadline); !ready) return std::move(ready.error());
    const auto got = ::recv(socket_.get(), chunk.data(), chunk.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) return Error{Next::give_up, "the daemon hung up: " + reason(errno)};
    if (got == 0) return Error{Next::give_up, "the daemon hung up before it answered"};
    received_.append(chunk, 0, static_cast<std::size_t>(got));
  }
  return Error{Next::give_up, "the daemon's answer is too long"};
}

Result<std::string> ask_daemon(const std::string& path, std::string_view request_json, std::string_view bytes,
                               int timeout_seconds) {
  auto connection = DaemonConnection::open(path, timeout_seconds);
  if (!connection) return std::move(connection.error());
  auto sent = connection->send(request_json, bytes);
  // A daemon that refuses a request hangs up early: its answer says why.
  auto answer = connection->receive();
  if (!answer && !sent) return std::move(sent.error());
  return answer;
}

Result<int> listen_control(const std::string& path) {
  auto name = name_of(path);
  if (!name) return Error{Next::stop, name.error().what};
  auto room = make_room(*name, path);
  if (!room) return std::move(room.error());
  auto socket = open_socket(SOCK_NONBLOCK);
  if (!socket) return std::move(socket.error());
  // Until the mode is right nobody can connect: the socket does not listen yet. fchmod before bind sets what bind gives
  // it.
  if (::fchmod(socket->get(), 0660) != 0) return Error{Next::stop, path + ": " + reason(errno)};
  const auto* generic = reinterpret_cast<const sockaddr*>(&name->address);  // NOLINT: the socket API wants it so
  if (::bind(socket->get(), generic, sizeof(name->address)) != 0) return Error{Next::stop, path + ": " + reason(errno)};
  if (::fchmodat(name->folder.get(), name->file.c_str(), 0660, 0) != 0) {
    return Error{Next::stop, path + ": " + reason(errno)};
  }
  if (::listen(socket->get(), 64) != 0) return Error{Next::stop, path + ": " + reason(errno)};
  return socket->release();
}

}  // namespace leadmail::daemon
