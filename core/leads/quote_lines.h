// The lines of a quotation as a rep writes them behind #quote: "3 x Pump P-100 at 400 EUR, 1 x Freight 80". Reading,
// adding up, and the form in which the lead keeps them. No catalogue, no discounts: a total that is said holds.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace leadmail::leads {

struct QuoteLine {
  std::string quantity{};  ///< "3", "2.5": decimal text
  std::string price{};     ///< of one: decimal text, as in Money::amount
  std::string what{};      ///< may be empty
  bool operator==(const QuoteLine&) const = default;
};

struct QuoteLineRead {
  QuoteLine line{};
  std::string currency{};         ///< of its price
  bool is_currency_said = false;  ///< else it is the usual one
  bool is_marked = true;          ///< by a sign or unit; "3 pumps" is not
  bool has_price = false;         ///< else nothing but quantity and words was there
  std::size_t used = 0;           ///< bytes of the text that said it
};

/// The line at the beginning of `text`: a quantity, "x" or a unit or neither ("3 pumps"), words, the price of one. It
/// ends behind a comma or semicolon, before the next quantity, or before one of `ends` (folded words), once there is a
/// price. Nothing when no quantity begins here.
std::optional<QuoteLineRead> read_quote_line(std::string_view text, std::string_view usual_currency,
                                             const std::vector<std::string_view>& ends);

/// Quantities times prices, rounded to cents: decimal text. Error (give_up) above 9 * 10^13.
Result<std::string> total_of(const std::vector<QuoteLine>& lines);

/// "3 400 Pump P-100": one line of the lead's value, and back; nothing when the text is not of that form.
std::string to_text(const QuoteLine& line);
std::optional<QuoteLine> quote_line_of(std::string_view text);

/// "3 × Pump P-100, 400 EUR": for people.
std::string spell_quote_line(const QuoteLine& line, std::string_view currency, std::string_view language);

}  // namespace leadmail::leads
