// What the book holds, as JSON with the keys of docs/json.md, and as text for people. Every key is always there: null
// or an empty list where nothing is known.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/leads/decide.h"
#include "core/store/reader.h"
#include "daemon/admin/print.h"

namespace leadmail::daemon::admin {

using Json = nlohmann::ordered_json;

/// One line, no exception: bytes that are no UTF-8 become U+FFFD.
std::string line_of(const Json& json);

/// "2026-12-03T10:00:00Z", or null for the epoch.
Json time_json(Time time);

/// The whole of `leadmail show`.
Json lead_json(const leads::Lead& lead, const std::vector<leads::Event>& timeline, const leads::RecordSpec& record);
/// Its parts that come in lists: scores, steps, opportunities, quotations, orders.
Json evaluation_json(const leads::Lead& lead, const leads::RecordSpec& record);
Json steps_json(const leads::Lead& lead, const leads::RecordSpec& record);
Json opportunities_json(const leads::Lead& lead);
Json quotations_json(const leads::Lead& lead);
Json orders_json(const leads::Lead& lead);
/// Meetings, calls and visits.
Json events_json(const leads::Lead& lead);
/// One of `leadmail list`: the keys of `show` that tell leads apart.
Json lead_line_json(const leads::Lead& lead);
Json event_json(const leads::Event& event);
Json ledger_json(const store::LedgerEntry& entry);
Json outbox_json(const store::OutboxEntry& entry);

/// How times are shown to people: in the company's zone.
struct Place {
  std::string zone{"UTC"};
  std::string language{"en"};
  leads::RecordSpec record{};  ///< how the company calls its own fields
};
std::string time_text(Time time, const Place& place);  ///< "2026-12-03 04:00"; "" for the epoch
std::string lead_text(const leads::Lead& lead, const std::vector<leads::Event>& timeline, const Place& place,
                      const Terminal& terminal);

/// The state of a mail: that of its recipients when they agree, else all of them.
std::string state_of(const store::OutboxEntry& entry);

Table lead_table();
void add_to(Table& table, const leads::Lead& lead, const Place& place, Time now);

}  // namespace leadmail::daemon::admin
