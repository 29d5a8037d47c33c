// What has fallen due, and the daily list of held mail -> outbox. Looks whenever the next reminder is due, and at least
// twice a minute, so that a clock that jumps or a machine that slept is noticed.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "core/base/result.h"
#include "daemon/engine.h"

namespace leadmail::daemon {

/// All of them.
Result<void> plan_reminders_anew(Engine& engine);

/// So many reminders in one transaction: what is late for one reader is to be in one mail.
inline constexpr int kMostReminders = 1000;

/// Of the reminders that are due at `now`, up to kMostReminders, in this transaction. Answers how many were looked at.
Result<int> remind_some(store::Transaction& transaction, const leads::Rules& rules, store::Composer& composer,
                        Time now);

/// Looks anew, by the hours and zones of these rules, when reminders that wait are to be said: a page of those behind
/// `last`, which then is the last one of it, or nothing when there are no more.
Result<void> plan_some_anew(store::Transaction& transaction, const leads::Rules& rules,
                            std::optional<store::WaitingReminder>& last);

/// Makes the reminders that are due now and whose readers are at work, each once; those that could not come in time
/// share one mail for each reader. Answers how many were looked at.
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
  Time looked_{};  ///< what the clock showed last; of the thread
  Time asked_{};   ///< when silent leads were looked for; of the thread
  Time listed_{};  ///< the time of day whose holding list is done; of the thread
  std::jthread thread_{};
};

}  // namespace leadmail::daemon
