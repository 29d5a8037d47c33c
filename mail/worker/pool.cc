#include "mail/worker/pool.h"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <iterator>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

#include "mail/message/json.h"
#include "mail/worker/nursery.h"
#include "mail/worker/protocol.h"

namespace leadmail::mail::worker {
namespace {

using std::chrono::steady_clock;

/// Text, quotes and HTML of a mail are each bounded; attachments come back only when asked for.
constexpr std::uint64_t kLargestAnswer = 64ULL << 20;
constexpr std::chrono::milliseconds kMoment{50};

/// One confined process and our end of the socket to it.
class Process {
 public:
  static Result<Process> start(Nursery& nursery);
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

Result<Process> Process::start(Nursery& nursery) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return Error{Next::retry, std::string("socketpair: ") + std::strerror(errno)};
  }
  auto pid = nursery.worker(ends[1]);
  close(ends[1]);
  if (!pid) {
    close(ends[0]);
    return std::move(pid.error());
  }
  return Process(*pid, ends[0]);
}

}  // namespace

/// `idle_` holds those that have worked and wait for more. Each has seen mail of strangers only.
class Pool::Impl {
 public:
  explicit Impl(PoolOptions options) : options_(options) {}

  Result<message::Content> parse(const ParseRequest& request) {
    auto content = try_once(request, request.fresh);
    if (!content && content.error().next == Next::retry) {
      // No process or descriptor to be had: there may be one in a moment, and then mail keeps its order.
      std::this_thread::sleep_for(kMoment);
      content = try_once(request, request.fresh);
    }
    if (content || content.error().next == Next::retry) return content;
    // The worker may have died of something else while it waited; one that is started now dies of this message only.
    auto again = try_once(request, true);
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
  Result<message::Content> try_once(const ParseRequest& request, bool in_new_one) {
    auto process = acquire(in_new_one);
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

  Result<Process> acquire(bool new_one) {
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [&] { return busy_ < options_.workers; });
    ++busy_;
    if (!new_one && !idle_.empty()) {
      Process process = std::move(idle_.front());
      idle_.pop_front();
      return process;
    }
    lock.unlock();
    auto process = Process::start(nursery_);
    if (process) ++started_;
    if (!process) leave();
    return process;
  }

  /// Keeps the worker for the next message. One that has read a user's mail reads no other: what stands in it is for no
  /// stranger's mail to find.
  void release(Process process, const ParseRequest& request) {
    std::list<Process> dropped;
    {
      const std::lock_guard lock(mutex_);
      const bool is_worn = process.used() >= options_.messages;
      (request.fresh || is_worn ? dropped : idle_).push_front(std::move(process));
      drop_surplus(request.more_follow ? options_.workers : at_rest(), dropped);
    }
    dropped.clear();  // before another may be started in its place
    leave();
  }

  /// How many are kept while nothing is to be done.
  [[nodiscard]] std::size_t at_rest() const { return options_.workers - 1; }

  /// Of those that wait, no more than so many stay.
  void drop_surplus(std::size_t most, std::list<Process>& dropped) {
    while (idle_.size() > most) dropped.splice(dropped.end(), idle_, std::prev(idle_.end()));
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
  Nursery nursery_{};
  std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t busy_ = 0;
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
