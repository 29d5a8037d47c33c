// What has fallen due, and the daily list of held mail -> outbox. Looks whenever the next reminder is due, and at least
// twice a minute, so that a clock that jumps or a machine that slept is noticed.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "core/base/result.h"
#include "daemon/engine.h"

namespace leadmail::daemon {

/// Makes the reminders that are due now, each once, in transactions of up to 50. Answers how many.
Result<int> remind(Engine& engine);

/// Asks the owners of leads that rest in Replied for longer than the config says. Answers how many.
Result<int> ask_about_silence(Engine& engine);

class ReminderLoop {
 public:
  explicit ReminderLoop(Engine& engine);
  ~ReminderLoop();
  /// A next contact may have been set: look at the times again.
  void wake();

 private:
  void run(const std::stop_token& stop);

  Engine& engine_;
  std::mutex mutex_{};
  std::condition_variable_any news_{};
  bool woken_ = false;
  Time asked_{};   ///< when silent leads were looked for; of the thread
  Time listed_{};  ///< the time of day whose holding list is done; of the thread
  std::jthread thread_{};
};

}  // namespace leadmail::daemon
