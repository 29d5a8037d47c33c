// Reminders as effects write them. Internal to core/store.
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/leads/decide.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

/// The same lead, instant, user and step is planned once; what was done is not planned again.
Result<void> plan_reminder(Connection& db, LeadId lead, const leads::PlanReminder& wanted);
/// All of the lead that still wait.
Result<void> cancel_reminders(Connection& db, LeadId lead);
/// Those of one next contact that still wait are of the other lead from now on, and wait on.
Result<void> move_reminders(Connection& db, const leads::MoveReminders& moved, LeadId to);

}  // namespace leadmail::store
