// The row of a lead and what hangs on it: addresses, tags, counts. Internal to core/store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/leads/event.h"
#include "core/leads/lead.h"
#include "core/store/search.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

Result<std::optional<leads::Lead>> read_lead(Connection& db, LeadId id);
/// A new number, with a row that says nothing yet.
Result<LeadId> add_lead(Connection& db, Time now);
/// Brings the row, its addresses, its tags and the counts from `before` (nothing: just added) to `after`.
Result<void> write_lead(Connection& db, const leads::Lead* before, const leads::Lead& after, Time now);

/// Adds one event to the timeline, and its words to those that wait for the full-text index.
Result<void> add_event(Connection& db, PendingWords& words, LeadId lead, const leads::Event& event);
/// The text of an event that is looked for; a mail's text stands in the index by itself.
std::string searched_text(const leads::Event& event);
/// The events of a lead in their order; of those up to `until` only, if it is given.
Result<std::vector<leads::Event>> read_events(Connection& db, LeadId lead, std::optional<Time> until);

/// Columns id, created, fields of a query that selects kLeadColumns first.
Result<leads::Lead> lead_of(const Query& row);

}  // namespace leadmail::store
