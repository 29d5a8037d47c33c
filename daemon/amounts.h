// Amounts of deals as people read them: the number with its currency, as the reader writes it, in one line instead of
// two.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/leads/lead.h"

namespace leadmail::daemon {

/// "quotation.2.total", "order.1.value".
bool is_amount(std::string_view field);
/// "quotation.2.currency" of "quotation.2.total".
std::string currency_of(std::string_view field);
/// "12,000 EUR"; "" of no amount.
std::string spell_amount(std::string_view amount, std::string_view currency, std::string_view language);
/// The same of whole cents.
std::string spell_cents(std::int64_t cents, std::string_view currency, std::string_view language);

/// Of lines with field, before and after: amounts are spelled with their currency, which has no line of its own then.
/// `lead` knows a currency that did not change.
template <typename Line>
void join_amounts(std::vector<Line>& lines, const leads::Lead* lead, std::string_view language) {
  std::vector<std::string> told;
  for (auto& line : lines) {
    if (!is_amount(line.field)) continue;
    const auto field = currency_of(line.field);
    const auto known = lead == nullptr ? std::string() : std::string(lead->value(field));
    const auto changed = std::ranges::find(lines, field, &Line::field);
    line.before = spell_amount(line.before, changed == lines.end() ? known : changed->before, language);
    line.after = spell_amount(line.after, changed == lines.end() ? known : changed->after, language);
    told.push_back(field);
  }
  std::erase_if(lines, [&](const Line& line) { return std::ranges::find(told, line.field) != told.end(); });
}

}  // namespace leadmail::daemon
