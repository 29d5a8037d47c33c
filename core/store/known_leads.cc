#include "core/store/known_leads.h"

#include "core/store/lead_row.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

void KnownLeads::follow(Connection& db) {
  db.on_change([this](std::string_view table, std::int64_t row) {
    if (table == "lead") leads_.erase(row);
  });
}

Result<std::shared_ptr<const leads::Lead>> KnownLeads::read(Connection& db, LeadId id) {
  if (const auto known = leads_.find(id.value); known != leads_.end()) return std::shared_ptr(known->second);
  auto lead = read_lead(db, id);
  if (!lead) return std::move(lead.error());
  if (!*lead) return std::shared_ptr<const leads::Lead>{};
  if (leads_.size() >= kMost) leads_.clear();
  return std::shared_ptr(leads_[id.value] = std::make_shared<const leads::Lead>(std::move(**lead)));
}

}  // namespace leadmail::store
