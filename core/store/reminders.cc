// What falls due: planned once, done once.
#include "core/store/reminders.h"

#include "core/store/lead_row.h"
#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

// One that was cancelled because the next contact moved away waits again when it moves back; one that was done does
// not.
const Sql kPlan{
    "INSERT INTO reminder (lead, due, user, step, wake, state) VALUES (:lead, :due, :user, :step, :wake, 'waiting')"
    " ON CONFLICT DO UPDATE SET state = 'waiting', how = '', wake = excluded.wake WHERE state = 'cancelled'"};
const Sql kCancel{"UPDATE reminder SET state = 'cancelled' WHERE lead = :lead AND state = 'waiting'"};
const Sql kMove{
    "UPDATE OR REPLACE reminder SET lead = :to"
    " WHERE lead = :from AND due = :due AND user = :user AND state = 'waiting' AND lead <> :to"};
const Sql kDue{
    "SELECT lead, due, user, step FROM reminder WHERE state = 'waiting' AND wake <= :now"
    " ORDER BY wake, lead LIMIT :limit"};
const Sql kDone{
    "UPDATE reminder SET state = 'done', how = :how"
    " WHERE lead = :lead AND due = :due AND user = :user AND step = :step AND state = 'waiting'"};
const Sql kWaits{
    "UPDATE reminder SET wake = :wake"
    " WHERE lead = :lead AND due = :due AND user = :user AND step = :step AND state = 'waiting'"};
const Sql kNext{"SELECT min(wake) FROM reminder WHERE state = 'waiting'"};
const Sql kWaiting{
    "SELECT lead, due, user, step, wake FROM reminder WHERE (lead, due, user, step) > (:lead, :due, :user, :step)"
    " AND state = 'waiting' ORDER BY lead, due, user, step LIMIT :limit"};

std::string_view name(leads::ReminderStep step) {
  return step == leads::ReminderStep::escalate ? "escalate" : "remind";
}

leads::ReminderStep step_named(std::string_view name) {
  return name == "escalate" ? leads::ReminderStep::escalate : leads::ReminderStep::remind;
}

}  // namespace

Result<void> plan_reminder(Connection& db, LeadId lead, const leads::PlanReminder& wanted) {
  auto done = db.query(kPlan)
                  .bind(":lead", lead)
                  .bind(":due", wanted.due)
                  .bind(":user", wanted.user)
                  .bind(":step", name(wanted.step))
                  .bind(":wake", wanted.wake == Time{} ? wanted.due : wanted.wake)
                  .run();
  if (!done) return std::move(done.error()).in("planning a reminder of " + to_string(lead));
  return {};
}

Result<void> cancel_reminders(Connection& db, LeadId lead) {
  auto done = db.query(kCancel).bind(":lead", lead).run();
  if (!done) return std::move(done.error()).in("cancelling reminders of " + to_string(lead));
  return {};
}

Result<void> move_reminders(Connection& db, const leads::MoveReminders& moved, LeadId to) {
  auto done =
      db.query(kMove).bind(":from", moved.from).bind(":to", to).bind(":due", moved.due).bind(":user", moved.user).run();
  if (!done) return std::move(done.error()).in("moving reminders of " + to_string(moved.from));
  return {};
}

Result<std::vector<DueReminder>> BookTransaction::due_reminders(Time now, int limit) {
  std::vector<DueReminder> due;
  auto query = db().query(kDue);
  query.bind(":now", now).bind(":limit", limit);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("due reminders");
    if (!*row) return due;
    auto lead = read_lead(db(), LeadId{query.integer(0)});
    if (!lead) return std::move(lead.error()).in("due reminders");
    if (!*lead) continue;
    due.push_back(
        {.lead = std::move(**lead), .due = query.time(1), .user = query.text(2), .step = step_named(query.view(3))});
  }
}

Result<void> BookTransaction::reminder_done(const DueReminder& reminder, std::string_view how) {
  auto done = db().query(kDone)
                  .bind(":lead", reminder.lead.id)
                  .bind(":due", reminder.due)
                  .bind(":user", reminder.user)
                  .bind(":step", name(reminder.step))
                  .bind(":how", how)
                  .run();
  if (!done) return std::move(done.error()).in("a reminder of " + to_string(reminder.lead.id));
  return {};
}

Result<void> BookTransaction::reminder_waits(LeadId lead, Time due, const std::string& user, leads::ReminderStep step,
                                             Time wake) {
  auto done = db().query(kWaits)
                  .bind(":lead", lead)
                  .bind(":due", due)
                  .bind(":user", user)
                  .bind(":step", name(step))
                  .bind(":wake", wake)
                  .run();
  if (!done) return std::move(done.error()).in("a reminder of " + to_string(lead));
  return {};
}

Result<std::vector<WaitingReminder>> BookTransaction::waiting_reminders(const std::optional<WaitingReminder>& after,
                                                                        int limit) {
  std::vector<WaitingReminder> waiting;
  auto query = db().query(kWaiting);
  query.bind(":lead", after ? after->lead : LeadId{})
      .bind(":due", after ? after->due : Time{})
      .bind(":user", after ? std::string_view(after->user) : std::string_view{})
      .bind(":step", after ? name(after->step) : std::string_view{})
      .bind(":limit", limit);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("waiting reminders");
    if (!*row) return waiting;
    waiting.push_back({.lead = LeadId{query.integer(0)},
                       .due = query.time(1),
                       .user = query.text(2),
                       .step = step_named(query.view(3)),
                       .wake = query.time(4)});
  }
}

Result<std::optional<Time>> BookTransaction::next_due_reminder() {
  auto query = db().query(kNext);
  auto row = query.step();
  if (!row) return std::move(row.error()).in("the next reminder");
  if (!*row || query.is_null(0)) return std::optional<Time>{};
  return std::optional(query.time(0));
}

}  // namespace leadmail::store
