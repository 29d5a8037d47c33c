// One row of the ledger as it is written. Internal to core/store.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/leads/decide.h"
#include "core/store/book.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

struct LedgerRow {
  const Place& place;
  Time seen{};
  std::string_view kind{};
  leads::Outcome outcome = leads::Outcome::ignored;
  std::string_view reason{};
  std::optional<LeadId> lead{};
  std::optional<MailId> mail{};
  bool brings_mail = false;  ///< the mail was not in the book before
  std::vector<leads::Evidence> evidence{};
};

/// Adds it and keeps the sums. Error give_up: that place has a row already.
Result<LedgerId> add_ledger_row(Connection& db, const LedgerRow& row);

/// A row whose outcome is still `quarantined`.
struct QuarantinedRow {
  Place place{};
  Time seen{};
  std::optional<LeadId> lead{};
  std::optional<MailId> mail{};
};

/// Nothing when there is no such row, or it is quarantined no more.
Result<std::optional<QuarantinedRow>> quarantined_row(Connection& db, LedgerId id);
/// Gives a quarantined row its final outcome and keeps the sums. `had_mail`: it named a mail before.
Result<void> settle_quarantined(Connection& db, LedgerId id, const LedgerRow& row, bool had_mail);

}  // namespace leadmail::store
