// The words and numbers of a report page, in the language of the company.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/leads/report.h"

namespace leadmail::daemon::admin {

struct ReportTongue {
  const leads::Rules& rules;

  [[nodiscard]] std::string say(std::string_view en, std::string_view es, std::string_view vi) const;
  /// "12 345": a narrow space parts thousands, which no language takes for a decimal mark.
  [[nodiscard]] static std::string count(std::int64_t number);
  /// "1,234.50 EUR", a line for each currency, the company's own first; "–" of nothing.
  [[nodiscard]] std::string money(const leads::Amounts& amounts) const;
  /// The same on one line, with " + " between.
  [[nodiscard]] std::string money_line(const leads::Amounts& amounts) const;
  /// Currencies with an amount, in that order.
  [[nodiscard]] std::vector<std::string> currencies(const leads::Amounts& amounts) const;
  /// "23%", "23 %"; "–" of nothing.
  [[nodiscard]] std::string percent(std::optional<double> share) const;
  /// "1 h 5 min" of working time; "–" where nobody was measured.
  [[nodiscard]] std::string length(const leads::Spread& spread, std::chrono::seconds leads::Spread::*which) const;
  [[nodiscard]] std::string stage(const std::string& id) const;
  /// The name, or "nobody".
  [[nodiscard]] std::string owner(const leads::ReportOwner& owner) const;
};

}  // namespace leadmail::daemon::admin
