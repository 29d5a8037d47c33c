#include "daemon/reminder_loop.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/leads/reminding.h"
#include "core/leads/silence.h"
#include "daemon/calendar_files.h"
#include "daemon/digests.h"
#include "daemon/holding.h"
#include "daemon/late_leads.h"
#include "daemon/letters.h"
#include "daemon/log.h"
#include "daemon/retention.h"

namespace leadmail::daemon {
namespace {

constexpr int kAtOnce = 50;
constexpr int kPlannedAtOnce = 2000;
constexpr std::chrono::seconds kLongestWait{30};
constexpr std::chrono::hours kBetweenQuestions{1};

/// One that is to be said now.
struct Saying {
  store::DueReminder reminder{};
  std::string reader{};
  bool shares_mail = false;
};

/// What is due and may be said; the rest waits on for the working hours of its reader.
Result<std::vector<Saying>> sayings(store::Transaction& transaction, const leads::Rules& rules,
                                    const leads::Absences& said, std::vector<store::DueReminder> due, Time now) {
  std::vector<Saying> found;
  for (auto& one : due) {
    const auto when = leads::reminding_time(one.lead, one.due, one.user, one.step, rules, now, &said);
    if (when > now) {
      auto done = transaction.reminder_waits(one.lead.id, one.due, one.user, one.step, when);
      if (!done) return std::move(done.error());
      continue;
    }
    auto reader = leads::reminded_user(one.lead, one.user, one.step, rules, now, &said);
    found.push_back({std::move(one), std::move(reader), false});
  }
  return found;
}

/// Still about what its lead says, so that it will make a mail.
bool stands(const store::DueReminder& one) {
  const auto next = one.lead.next();
  return next && next->by == one.user && next->at <= one.due && one.step == leads::ReminderStep::remind;
}

/// Those that are late share a mail, when their reader has several.
std::map<std::string, std::vector<leads::Lead>> share(std::vector<Saying>& all, const leads::Rules& rules, Time now) {
  std::map<std::string, std::vector<leads::Lead>> shared;
  const auto is_late = [&](const Saying& one) {
    return stands(one.reminder) && !one.reader.empty() &&
           leads::is_late(one.reminder.due, one.reminder.user, rules, now);
  };
  for (const auto& one : all) {
    if (is_late(one)) shared[one.reader].push_back(one.reminder.lead);
  }
  std::erase_if(shared, [](const auto& entry) { return entry.second.size() < 2; });
  for (auto& one : all) one.shares_mail = is_late(one) && shared.contains(one.reader);
  return shared;
}

Result<void> say(store::Transaction& transaction, const leads::Rules& rules, const leads::Absences& said,
                 store::Composer& composer, const Saying& one, Time now) {
  const auto& due = one.reminder;
  const auto decision =
      leads::decide_reminder(due.lead, due.due, due.user, due.step, one.shares_mail, rules, now, &said);
  auto applied = transaction.apply(decision, now, composer);
  if (!applied) return std::move(applied.error()).in("reminding of " + to_string(due.lead.id));
  if (auto done = transaction.reminder_done(due, decision.reason); !done) return done;
  log("reminder", due.step == leads::ReminderStep::escalate ? "escalated" : "said",
      {{"LEAD", to_string(due.lead.id)}, {"USER", due.user}}, leads::describe(decision));
  return {};
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
    if (!decision.effects.empty()) log("silence-asked", "it rests", {{"LEAD", to_string(lead.id)}}, decision.reason);
  }
  return asked;
}

}  // namespace

Result<int> remind_some(store::Transaction& transaction, const leads::Rules& rules, store::Composer& composer,
                        Time now) {
  auto due = transaction.due_reminders(now, kMostReminders);
  if (!due) return std::move(due.error());
  const auto count = static_cast<int>(due->size());
  auto said = transaction.absences(now);
  if (!said) return std::move(said.error());
  auto all = sayings(transaction, rules, *said, std::move(*due), now);
  if (!all) return std::move(all.error());
  const auto shared = share(*all, rules, now);
  std::map<std::string, std::string> keys;
  for (const auto& one : *all) {
    if (auto done = say(transaction, rules, *said, composer, one, now); !done) return std::move(done.error());
    if (one.shares_mail)
      keys.try_emplace(one.reader, to_string(one.reminder.lead.id) + ":" + std::to_string(to_unix(one.reminder.due)));
  }
  for (const auto& [reader, leads] : shared) {
    const auto decision = leads::decide_catchup(reader, leads, keys[reader], rules, now);
    auto applied = transaction.apply(decision, now, composer);
    if (!applied) return std::move(applied.error()).in("late reminders of " + reader);
    log("reminder", std::to_string(leads.size()) + " together", {{"USER", reader}}, decision.reason);
  }
  return count;
}

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

Result<void> plan_some_anew(store::Transaction& transaction, const leads::Rules& rules,
                            std::optional<store::WaitingReminder>& last) {
  auto waiting = transaction.waiting_reminders(last, kPlannedAtOnce);
  if (!waiting) return std::move(waiting.error());
  last.reset();
  for (const auto& one : *waiting) {
    const auto wake = leads::wake_time(one.due, one.user, rules);
    if (one.step != leads::ReminderStep::remind || wake == one.wake) continue;
    if (auto done = transaction.reminder_waits(one.lead, one.due, one.user, one.step, wake); !done) return done;
  }
  if (waiting->size() == kPlannedAtOnce) last = waiting->back();
  return {};
}

Result<leads::Absences> said_absences(Engine& engine) {
  leads::Absences absences;
  auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
    auto said = transaction.absences(engine.now());
    if (!said) return std::move(said.error());
    absences = std::move(*said);
    return {};
  });
  if (!done) return std::move(done.error());
  return absences;
}

Result<void> plan_reminders_anew(Engine& engine) {
  const auto settings = engine.settings();
  std::optional<store::WaitingReminder> last;
  do {
    auto done = engine.write(
        [&](store::Transaction& transaction) { return plan_some_anew(transaction, settings->config.rules, last); });
    if (!done) return done;
  } while (last);
  return {};
}

Result<int> remind(Engine& engine) {
  int total = 0;
  for (;;) {
    int made = 0;
    auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
      const auto settings = engine.settings();
      const Time now = engine.now();
      LetterWriter letters(*settings, now);
      auto some = remind_some(transaction, settings->config.rules, letters, now);
      if (!some) return std::move(some.error());
      made = *some;
      return {};
    });
    if (!done) return std::move(done.error());
    total += made;
    if (made < kMostReminders) break;
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
  std::shared_ptr<const Settings> planned_with;
  leads::Absences planned_for;
  CalendarNews calendars;
  DailyPruning pruning(engine_);
  while (!stop.stop_requested()) {
    // What waits for its reader's morning was told when to wake by a clock that may have been wrong.
    const bool went_back = engine_.now() < std::exchange(looked_, engine_.now());
    // So was what waits until its reader is back: he may be there earlier than he has said.
    auto said = said_absences(engine_);
    if (!said) log("reminder-failed", said.error().what);
    const bool is_other_crew = said && *said != planned_for;
    if (auto settings = engine_.settings(); settings != planned_with || went_back || is_other_crew) {
      if (auto planned = plan_reminders_anew(engine_)) {
        planned_with = std::move(settings);
        if (said) planned_for = std::move(*said);
      } else {
        log("reminder-failed", planned.error().what);
      }
    }
    if (auto made = remind(engine_); !made) log("reminder-failed", made.error().what);
    if (auto seen = see_to_late_leads(engine_); !seen) log("late-failed", seen.error().what);
    if (engine_.now() - asked_ >= kBetweenQuestions) {
      if (auto asked = ask_about_silence(engine_); !asked) log("silence-failed", asked.error().what);
      asked_ = engine_.now();
    }
    if (const Time slot = holding_slot(engine_.settings()->config.rules, engine_.now()); slot != listed_) {
      if (auto sent = send_holding_list(engine_)) {
        listed_ = *sent;
      } else {
        log("held-list-failed", sent.error().what);
      }
    }
    if (auto sent = send_digests(engine_); !sent) log("digest-failed", sent.error().what);
    if (auto written = write_calendars(engine_, calendars); !written) log("calendar-failed", written.error().what);
    auto prunes_on = pruning.go_on();
    if (!prunes_on) log("prune-failed", prunes_on.error().what);
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
    if (prunes_on && *prunes_on) next = engine_.now();
    const auto wait = next ? std::clamp(*next - engine_.now(), std::chrono::seconds{1}, kLongestWait) : kLongestWait;
    std::unique_lock lock(mutex_);
    news_.wait_for(lock, stop, wait, [&] { return woken_; });
    woken_ = false;
  }
}

}  // namespace leadmail::daemon
