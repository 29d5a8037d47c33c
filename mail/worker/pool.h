// Parses foreign bytes in confined processes that can be killed and replaced at any moment. A parser that dies, hangs
// or answers nonsense costs one message, never the daemon. What comes back is data about content, never about identity.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "core/base/histogram.h"
#include "core/base/result.h"
#include "mail/message/message.h"

namespace leadmail::mail::worker {

struct PoolOptions {
  std::size_t workers = 2;                     ///< processes that may parse at once
  std::chrono::milliseconds deadline{20'000};  ///< for one message; beyond it the worker is killed
  std::size_t messages = 500;                  ///< after so many a worker is replaced, whatever it may have gathered
};

struct ParseRequest {
  std::string_view raw{};
  bool attachment_content = false;
  bool more_follow = false;  ///< other mail is on its way: all workers stay until rest()
  bool fresh = false;  ///< in a worker that sees no other mail, before or after: for mail that claims to be a user's
};

/// What the pool has seen since it was made.
struct PoolFigures {
  std::uint64_t started = 0;    ///< processes
  std::uint64_t died = 0;       ///< over a message, or answered nonsense
  std::uint64_t too_slow = 0;   ///< killed at the deadline
  Histogram::Figures parsed{};  ///< how long messages took that were understood, without waiting for a worker
};

/// Thread-safe; a call waits while all workers are busy. Workers end with the thread that made the pool.
class Pool {
 public:
  explicit Pool(PoolOptions options = {});
  ~Pool();  ///< kills the workers; nobody may be inside parse() any more
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// The content of the message, by a worker. A worker that dies is replaced and the message tried once more in a fresh
  /// one; Error: quarantine when that dies too or runs into the deadline; retry when no process can be started.
  Result<message::Content> parse(const ParseRequest& request);
  /// No mail is on its way any more: workers beyond the one that is kept for the next mail end.
  void rest();
  [[nodiscard]] PoolFigures figures() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// True when this process was started to be the nursery of workers (nursery.h); then main() calls worker_main() first
/// of all and returns its status.
bool is_worker(int argc, char** argv);

/// Loads what parsing needs, confines itself (confinement.h) and makes workers, each of which confines itself for good,
/// then reads messages from its descriptor 0 and answers until that is closed.
int worker_main();

}  // namespace leadmail::mail::worker
