// Reminders as effects write them. Internal to core/store.
#pragma once

#include <string_view>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

/// The same lead, instant and user is planned once; what was done is not planned again.
Result<void> plan_reminder(Connection& db, LeadId lead, Time due, std::string_view user);
/// All of the lead that still wait.
Result<void> cancel_reminders(Connection& db, LeadId lead);

}  // namespace leadmail::store
