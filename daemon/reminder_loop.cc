#include "daemon/reminder_loop.h"

#include <algorithm>

#include "core/leads/decide.h"
#include "core/leads/silence.h"
#include "daemon/holding.h"
#include "daemon/late_leads.h"
#include "daemon/letters.h"
#include "daemon/log.h"

namespace leadmail::daemon {
namespace {

constexpr int kAtOnce = 50;
constexpr std::chrono::seconds kLongestWait{30};
constexpr std::chrono::hours kBetweenQuestions{1};

Result<int> remind_some(Engine& engine, store::Transaction& transaction) {
  const auto settings = engine.settings();
  const Time now = engine.now();
  auto due = transaction.due_reminders(now, kAtOnce);
  if (!due) return std::move(due.error());
  for (const auto& reminder : *due) {
    const auto decision = leads::decide_due(reminder.lead, reminder.due, reminder.user, settings->config.rules, now);
    LetterWriter letters(*settings, now);
    auto applied = transaction.apply(decision, now, letters);
    if (!applied) return std::move(applied.error()).in("reminding of " + to_string(reminder.lead.id));
    if (auto done = transaction.reminder_done(reminder.lead.id, reminder.due, reminder.user, decision.reason); !done)
      return std::move(done.error());
    log(Level::info, "reminder", leads::describe(decision),
        {{"LEAD", to_string(reminder.lead.id)}, {"USER", reminder.user}});
  }
  return static_cast<int>(due->size());
}

/// Leads in Replied that rest too long: their owners are asked. A page at a time; who was asked is not found again.
Result<int> ask_some(Engine& engine, store::Transaction& transaction) {
  const auto settings = engine.settings();
  const Time now = engine.now();
  const auto since = leads::silent_since(settings->config.rules, now);
  if (!since) return 0;
  auto silent = transaction.silent_leads(*since, kAtOnce);
  if (!silent) return std::move(silent.error());
  int asked = 0;
  for (const auto& lead : *silent) {
    const auto decision = leads::decide_silent(lead, settings->config.rules, now);
    LetterWriter letters(*settings, now);
    auto applied = transaction.apply(decision, now, letters);
    if (!applied) return std::move(applied.error()).in("asking about " + to_string(lead.id));
    asked += decision.effects.empty() ? 0 : 1;
    if (!decision.effects.empty()) log(Level::info, "silent", decision.reason, {{"LEAD", to_string(lead.id)}});
  }
  return asked;
}

}  // namespace

Result<int> ask_about_silence(Engine& engine) {
  int total = 0;
  for (int asked = kAtOnce; asked == kAtOnce; total += asked) {
    auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
      auto some = ask_some(engine, transaction);
      if (!some) return std::move(some.error());
      asked = *some;
      return {};
    });
    if (!done) return std::move(done.error());
  }
  if (total > 0) engine.tell_news();
  return total;
}

Result<int> remind(Engine& engine) {
  int total = 0;
  for (;;) {
    int made = 0;
    auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
      auto some = remind_some(engine, transaction);
      if (!some) return std::move(some.error());
      made = *some;
      return {};
    });
    if (!done) return std::move(done.error());
    total += made;
    if (made < kAtOnce) break;
  }
  if (total > 0) engine.tell_news();
  return total;
}

ReminderLoop::ReminderLoop(Engine& engine)
    : engine_(engine), thread_([this](const std::stop_token& stop) { run(stop); }) {}

ReminderLoop::~ReminderLoop() {
  thread_.request_stop();
  thread_.join();
}

void ReminderLoop::wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  news_.notify_all();
}

void ReminderLoop::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (auto made = remind(engine_); !made) log(Level::error, "reminder-failed", made.error().what);
    if (auto seen = see_to_late_leads(engine_); !seen) log(Level::error, "late", seen.error().what);
    if (engine_.now() - asked_ >= kBetweenQuestions) {
      if (auto asked = ask_about_silence(engine_); !asked) log(Level::error, "silent", asked.error().what);
      asked_ = engine_.now();
    }
    if (const Time slot = holding_slot(engine_.settings()->config.rules, engine_.now()); slot != listed_) {
      if (auto sent = send_holding_list(engine_)) {
        listed_ = *sent;
      } else {
        log(Level::error, "held", sent.error().what);
      }
    }
    std::optional<Time> next;
    (void)engine_.write([&](store::Transaction& transaction) -> Result<void> {
      auto due = transaction.next_due_reminder();
      if (!due) return std::move(due.error());
      next = *due;
      auto term = transaction.next_term();
      if (!term) return std::move(term.error());
      if (*term && (!next || **term < *next)) next = *term;
      return {};
    });
    const auto wait = next ? std::clamp(*next - engine_.now(), std::chrono::seconds{1}, kLongestWait) : kLongestWait;
    std::unique_lock lock(mutex_);
    news_.wait_for(lock, stop, wait, [&] { return woken_; });
    woken_ = false;
  }
}

}  // namespace leadmail::daemon
