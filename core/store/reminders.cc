// What falls due: planned once, done once.
#include "core/store/reminders.h"

#include "core/store/lead_row.h"
#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

// One that was cancelled because the next contact moved away waits again when it moves back; one that was done does
// not.
const Sql kPlan{
    "INSERT INTO reminder (lead, due, user, state) VALUES (:lead, :due, :user, 'waiting')"
    " ON CONFLICT DO UPDATE SET state = 'waiting', how = '' WHERE state = 'cancelled'"};
const Sql kCancel{"UPDATE reminder SET state = 'cancelled' WHERE lead = :lead AND state = 'waiting'"};
const Sql kDue{
    "SELECT lead, due, user FROM reminder WHERE state = 'waiting' AND due <= :now ORDER BY due, lead LIMIT :limit"};
const Sql kDone{
    "UPDATE reminder SET state = 'done', how = :how"
    " WHERE lead = :lead AND due = :due AND user = :user AND state = 'waiting'"};
const Sql kNext{"SELECT min(due) FROM reminder WHERE state = 'waiting'"};

}  // namespace

Result<void> plan_reminder(Connection& db, LeadId lead, Time due, std::string_view user) {
  auto done = db.query(kPlan).bind(":lead", lead).bind(":due", due).bind(":user", user).run();
  if (!done) return std::move(done.error()).in("planning a reminder of " + to_string(lead));
  return {};
}

Result<void> cancel_reminders(Connection& db, LeadId lead) {
  auto done = db.query(kCancel).bind(":lead", lead).run();
  if (!done) return std::move(done.error()).in("cancelling reminders of " + to_string(lead));
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
    if (*lead) due.push_back({.lead = std::move(**lead), .due = query.time(1), .user = query.text(2)});
  }
}

Result<void> BookTransaction::reminder_done(LeadId lead, Time due, const std::string& user, std::string_view how) {
  auto done = db().query(kDone).bind(":lead", lead).bind(":due", due).bind(":user", user).bind(":how", how).run();
  if (!done) return std::move(done.error()).in("a reminder of " + to_string(lead));
  return {};
}

Result<std::optional<Time>> BookTransaction::next_due_reminder() {
  auto query = db().query(kNext);
  auto row = query.step();
  if (!row) return std::move(row.error()).in("the next reminder");
  if (!*row || query.is_null(0)) return std::optional<Time>{};
  return std::optional(query.time(0));
}

}  // namespace leadmail::store
