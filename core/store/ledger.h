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

/// A row whose outcome is not the last word: `quarantined` or `held`.
struct OpenRow {
  Place place{};
  leads::Outcome outcome = leads::Outcome::quarantined;
  Time seen{};
  std::optional<LeadId> lead{};
  std::optional<MailId> mail{};
};

/// Nothing when there is no such row, or its outcome is final.
Result<std::optional<OpenRow>> open_row(Connection& db, LedgerId id);
/// Gives an open row its final outcome and keeps the sums.
Result<void> settle_row(Connection& db, LedgerId id, const OpenRow& before, const LedgerRow& row);
/// The outcome and reason of a row change, and nothing else of it: a held mail whose sender is blocked, or not any
/// more.
Result<void> change_outcome(Connection& db, LedgerId id, leads::Outcome before, leads::Outcome after,
                            std::string_view reason);
/// A row whose mail is taken out of the book: its outcome becomes `ignored` for that reason, and the sums follow.
Result<void> set_aside_row(Connection& db, LedgerId id, std::string_view reason);

}  // namespace leadmail::store
