// Service levels that have run out -> warnings, escalations, other owners. Clock-driven like reminders, in transactions
// of their own; what fell due while nobody ran is seen to at once, and each reader gets one mail about all of it.
#pragma once

#include "core/base/result.h"
#include "daemon/engine.h"

namespace leadmail::daemon {

/// Sees to every lead on which a term has run out by now, each once. Answers how many.
Result<int> see_to_late_leads(Engine& engine);

}  // namespace leadmail::daemon
