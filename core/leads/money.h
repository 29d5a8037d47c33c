// Money and numbers as people write them: "12000 EUR", "$12,000.50", "12.000,50 €", "12k", "1,5 millones", "12 triệu".
// Amounts are kept as decimal text, never as binary fractions. ISO 4217 codes.
//
//   Two kinds of separator: the last one is the decimal mark. One kind: three digits behind it, or more than one of it,
//   and it groups thousands; else it is the decimal mark. Nobody writes money to a thousandth.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace leadmail::leads {

struct Money {
  std::string amount{};    ///< "12000", "12000.5": digits, at most two behind the point, no zeros at the end
  std::string currency{};  ///< three letters; "" when none is written and there is no usual one
  bool operator==(const Money&) const = default;
};

struct MoneyRead {
  Money money{};
  std::size_t used = 0;  ///< bytes of the text that said it
};

/// The amount at the beginning of `text`, with the currency before or behind it. Error (give_up) where no amount
/// stands, and for one above 10^15. Looks at 64 bytes.
Result<MoneyRead> read_money(std::string_view text, std::string_view usual_currency);

/// "12000 EUR", and back: nothing when the text is not of that form.
std::string to_text(const Money& money);
Money money_of(std::string_view text);

/// "12,000.50 EUR" in en, "12.000,50 EUR" in es and vi; in es pesos, dollars and other money of countries that write a
/// point as they do: "12,000.50 MXN".
std::string spell_money(const Money& money, std::string_view language);

/// "12000.5" -> 1200050; nothing for what is no amount, or too large a one to add up. And back: "12000.5".
std::optional<std::int64_t> cents_of(std::string_view amount);
std::string amount_of_cents(std::int64_t cents);

/// A number without a currency, by the same rules of separators: "1,234.5" -> "1234.5". Error as above.
Result<std::string> read_number(std::string_view text);

}  // namespace leadmail::leads
