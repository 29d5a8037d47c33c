// What is offered to a lead and sold to it, read from its values: opportunities, quotations, and sales that were made
// or lost without either. Pure; what is no deal (a number without a stage, an amount that is none) is left out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/leads/lead.h"

namespace leadmail::leads {

struct Deal {
  enum class Kind { opportunity, quotation, sale };
  Kind kind = Kind::opportunity;
  int number = 1;
  std::string state{};  ///< id of a stage; "open", "accepted" … of a quotation; "won" or "lost" of a sale
  std::string currency{};
  std::optional<std::int64_t> cents{};
  int percent = 0;    ///< how likely an opportunity is
  std::string day{};  ///< 2026-12-22: expected close, or last day of validity
  bool operator==(const Deal&) const = default;
};

std::string_view name(Deal::Kind kind);

/// In the order of kind and number; none of a lead that is gone. An opportunity whose quotation was accepted is worth
/// what was accepted.
std::vector<Deal> deals_of(const Lead& lead);

/// Part of another lead now, or taken back by who made it: it counts no more.
bool is_gone(const Lead& lead);

}  // namespace leadmail::leads
