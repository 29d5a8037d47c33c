// Tells the administrators what keeps the daemon from its work, and when that is over. Looks when a part shows trouble,
// and each minute. What is told comes from health.h; here is the way it takes: `[admin] alert_smtp` where there is one,
// for it needs neither the book nor a mailbox that works; else the outbox; and when the book can't be written, or soon
// can't because the disk is filling, an account of ours directly. One of them, once.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "core/base/result.h"
#include "daemon/engine.h"
#include "daemon/health.h"

namespace leadmail::daemon {

/// What the administrators are told, by the outbox and another mailbox than `mailbox` where there is one: that may be
/// the trouble. Once for a cause, for ever; nothing when there are no administrators.
Result<void> tell_admins(Engine& engine, const std::string& mailbox, const std::string& cause, const AlarmText& words);

class AlarmLoop {
 public:
  /// All references outlive it.
  AlarmLoop(Engine& engine, const WatchBoard& board, const SenderBoard& senders);
  ~AlarmLoop();
  AlarmLoop(const AlarmLoop&) = delete;
  AlarmLoop& operator=(const AlarmLoop&) = delete;

  /// Something may be wrong, or right again: look now.
  void wake();
  /// What stands now; from any thread.
  [[nodiscard]] std::vector<Fault> faults() const;

 private:
  void run(const std::stop_token& stop);
  void look(const std::stop_token& stop);
  Facts facts() const;
  Result<void> tell(const Alarm& alarm, const std::stop_token& stop);

  Engine& engine_;
  const WatchBoard& board_;
  const SenderBoard& senders_;
  Time started_;
  std::string memory_path_;
  ToldFaults told_{};  ///< of the thread
  mutable std::mutex mutex_{};
  std::condition_variable_any news_{};
  bool woken_ = false;
  std::jthread thread_{};
};

}  // namespace leadmail::daemon
