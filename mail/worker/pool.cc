#include "mail/worker/pool.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <list>
#include <mutex>
#include <utility>

#include "mail/message/json.h"
#include "mail/worker/protocol.h"

namespace leadmail::mail::worker {
namespace {

using std::chrono::steady_clock;

/// Text, quotes and HTML of a mail are each bounded; attachments come back only when asked for.
constexpr std::uint64_t kLargestAnswer = 64ULL << 20;

/// One confined process and our end of the socket to it.
class Process {
 public:
  static Result<Process> start();
  Process(Process&& other) noexcept
      : pid_(std::exchange(other.pid_, -1)), socket_(std::exchange(other.socket_, -1)), used_(other.used_) {}
  Process& operator=(Process&&) = delete;
  ~Process() { end(); }

  [[nodiscard]] std::size_t used() const { return used_; }

  Result<message::Content> parse(const ParseRequest& request, Deadline deadline) {
    ++used_;
    const std::uint32_t flags = request.attachment_content ? kAttachmentContent : 0;
    if (auto sent = send_frame(socket_, flags, request.raw, deadline); !sent) return std::move(sent.error());
    const std::uint64_t cap = kLargestAnswer + (request.attachment_content ? request.raw.size() * 2 : 0);
    auto answer = receive_frame(socket_, cap, deadline);
    if (!answer) return std::move(answer.error());
    return message::deserialise(answer->body);
  }

 private:
  Process(pid_t pid, int socket) : pid_(pid), socket_(socket) {}

  void end() {
    if (socket_ >= 0) close(socket_);
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {}
  }

  pid_t pid_;
  int socket_;
  std::size_t used_ = 0;
};

/// Descriptors from `first` on stay behind: the worker has one, its socket. A sanitizer also needs somewhere to report
/// to.
#ifdef LEADMAIL_SANITIZED
constexpr int kFirstClosed = 3;
#else
constexpr int kFirstClosed = 1;
#endif

Result<Process> Process::start() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return Error{Next::retry, std::string("socketpair: ") + std::strerror(errno)};
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, kFirstClosed);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
  char self[] = "/proc/self/exe";
  char flag[] = "--worker";
  char* const arguments[] = {self, flag, nullptr};
  char* const environment[] = {nullptr};
  pid_t pid = -1;
  const int failed = posix_spawn(&pid, self, &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  close(ends[1]);
  if (failed != 0) {
    close(ends[0]);
    return Error{Next::retry, std::string("starting a parser worker: ") + std::strerror(failed)};
  }
  return Process(pid, ends[0]);
}

}  // namespace

/// `idle_` holds what nobody uses now: one that has worked, and one spare that has seen no mail.
class Pool::Impl {
 public:
  explicit Impl(PoolOptions options) : options_(options) {}

  Result<message::Content> parse(const ParseRequest& request) {
    auto content = try_once(request, request.fresh ? Which::spare : Which::used);
    if (content || content.error().next == Next::retry) return content;
    // The worker may have died of something else while it waited; one that is started now dies of this message only.
    auto again = try_once(request, Which::started_now);
    if (!again && again.error().next == Next::quarantine) return std::move(again.error()).in("parser died twice");
    return again;
  }

  void rest() {
    std::list<Process> dropped;
    const std::lock_guard lock(mutex_);
    drop_surplus(at_rest(), dropped);
  }

  [[nodiscard]] PoolFigures figures() const {
    return {started_.load(), died_.load(), too_slow_.load(), parsed_.figures()};
  }

 private:
  enum class Which { used, spare, started_now };

  Result<message::Content> try_once(const ParseRequest& request, Which which) {
    auto process = acquire(which);
    if (!process) return std::move(process.error());
    const auto began = steady_clock::now();
    auto content = process->parse(request, began + options_.deadline);
    const auto took = steady_clock::now() - began;
    if (content) {
      parsed_.note(took);
      release(std::move(*process), request);
      return content;
    }
    ++(took < options_.deadline ? died_ : too_slow_);
    drop(std::move(*process));
    return Error{Next::quarantine, std::move(content.error().what)};
  }

  Result<Process> acquire(Which which) {
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [&] { return busy_ < options_.workers; });
    ++busy_;
    if (which != Which::started_now) {
      const bool spare = which == Which::spare;
      auto chosen = std::ranges::find_if(idle_, [&](const Process& p) { return is_spare(p) == spare; });
      if (chosen == idle_.end() && !spare && !idle_.empty()) chosen = idle_.begin();
      if (chosen != idle_.end()) {
        Process process = std::move(*chosen);
        idle_.erase(chosen);
        return process;
      }
    }
    lock.unlock();
    auto process = start();
    if (!process) leave();
    return process;
  }

  /// Keeps the worker for the next message, and sees to it that a spare without memories stands ready. At rest one
  /// worker and the spare are enough. One that has read a user's mail reads no other: what stands in it is
  /// for no stranger's mail to find.
  void release(Process process, const ParseRequest& request) {
    std::list<Process> dropped;
    bool spare_wanted = false;
    {
      const std::lock_guard lock(mutex_);
      const bool is_worn = process.used() >= options_.messages;
      (request.fresh || is_worn ? dropped : idle_).push_back(std::move(process));
      drop_surplus(request.more_follow ? options_.workers : at_rest(), dropped);
      spare_wanted = !is_spare_starting_ && std::ranges::none_of(idle_, is_spare);
      is_spare_starting_ = is_spare_starting_ || spare_wanted;
    }
    leave();
    if (!spare_wanted) return;
    auto spare = start();
    const std::lock_guard lock(mutex_);
    is_spare_starting_ = false;
    if (spare) idle_.push_back(std::move(*spare));
  }

  static bool is_spare(const Process& process) { return process.used() == 0; }

  /// How many that have worked are kept while nothing is to be done.
  [[nodiscard]] std::size_t at_rest() const { return options_.workers - 1; }

  /// Of those that have worked, no more than so many stay.
  void drop_surplus(std::size_t most, std::list<Process>& dropped) {
    std::size_t kept = 0;
    for (auto at = idle_.begin(); at != idle_.end();) {
      const auto here = at++;
      if (!is_spare(*here) && ++kept > most) dropped.splice(dropped.end(), idle_, here);
    }
  }

  Result<Process> start() {
    auto process = Process::start();
    if (process) ++started_;
    return process;
  }

  void drop(Process process) {
    { const Process dead = std::move(process); }
    leave();
  }

  void leave() {
    const std::lock_guard lock(mutex_);
    --busy_;
    freed_.notify_one();
  }

  const PoolOptions options_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t busy_ = 0;
  bool is_spare_starting_ = false;  ///< by a thread that was here first: one is enough
  std::list<Process> idle_;
  std::atomic<std::uint64_t> started_{};
  std::atomic<std::uint64_t> died_{};
  std::atomic<std::uint64_t> too_slow_{};
  Histogram parsed_{};
};

Pool::Pool(PoolOptions options) : impl_(std::make_unique<Impl>(options)) {}
Pool::~Pool() = default;
Result<message::Content> Pool::parse(const ParseRequest& request) { return impl_->parse(request); }
void Pool::rest() { impl_->rest(); }
PoolFigures Pool::figures() const { return impl_->figures(); }

}  // namespace leadmail::mail::worker
