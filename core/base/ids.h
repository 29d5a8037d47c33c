// Row numbers as types, so that a lead is never taken for an outbox row.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace leadmail {

/// The number of a row in one table. 0 means: not stored yet.
template <typename Tag>
struct Id {
  std::int64_t value = 0;

  explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

using LeadId = Id<struct LeadTag>;      ///< lead.id, shown to people as L-<value>
using MailId = Id<struct MailTag>;      ///< message.id: a mail we keep, in or out
using LedgerId = Id<struct LedgerTag>;  ///< ledger.id: one sighting of a message in a folder
using OutboxId = Id<struct OutboxTag>;  ///< outbox.id: a mail we promised to send

/// "L-123": how people and JSON name a lead.
inline std::string to_string(LeadId id) { return "L-" + std::to_string(id.value); }

}  // namespace leadmail
