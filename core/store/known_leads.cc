#include "core/store/known_leads.h"

#include "core/store/lead_row.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

void KnownLeads::follow(Connection& db) {
  db.on_change([this](std::string_view table, std::int64_t row) {
    if (table == "lead") leads_.erase(row);
  });
}

Result<std::optional<leads::Lead>> KnownLeads::read(Connection& db, LeadId id) {
  if (const auto known = leads_.find(id.value); known != leads_.end()) return std::optional(known->second);
  auto lead = read_lead(db, id);
  if (!lead || !*lead) return lead;
  if (leads_.size() >= kMost) leads_.clear();
  leads_.emplace(id.value, **lead);
  return lead;
}

}  // namespace leadmail::store
