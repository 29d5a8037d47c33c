#include "daemon/amounts.h"

#include "core/leads/money.h"

namespace leadmail::daemon {

bool is_amount(std::string_view field) {
  const bool is_deal =
      field.starts_with("opportunity.") || field.starts_with("quotation.") || field.starts_with("order.");
  return is_deal && (field.ends_with(".value") || field.ends_with(".total"));
}

std::string currency_of(std::string_view field) { return std::string(field.substr(0, field.rfind('.'))) + ".currency"; }

std::string spell_amount(std::string_view amount, std::string_view currency, std::string_view language) {
  if (amount.empty()) return {};
  return leads::spell_money({std::string(amount), std::string(currency)}, language);
}

std::string spell_cents(std::int64_t cents, std::string_view currency, std::string_view language) {
  return spell_amount(leads::amount_of_cents(cents), currency, language);
}

}  // namespace leadmail::daemon
