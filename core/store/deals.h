// The table of deals and the times of a lead, which follow its values and events. Internal to core/store.
#pragma once

#include "core/base/result.h"
#include "core/leads/event.h"
#include "core/leads/lead.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

/// Rows for what `after` offers and sells; a deal that comes into another state does so `now`.
Result<void> follow_deals(Connection& db, const leads::Lead* before, const leads::Lead& after, Time now);

/// When its prospect first wrote, when its owner first did something, when the first answer left: as this event of the
/// lead, which already holds it, tells.
Result<void> follow_times(Connection& db, const leads::Lead& lead, const leads::Event& event);

}  // namespace leadmail::store
