// Which country a text names: people write "México", "Mexico", "MX" and "MEX" and mean the same. Refuses to guess: what
// names none, or two different ones, is no country, and a city tells nothing of where it lies.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leadmail::leads {

/// "México", "mexico", "MEX", "mx", "Mexico (México)" -> "MX", the two letters of ISO 3166-1; "" for no country. Knows
/// each country's name in its own languages and in those of much trade, the codes of two and three letters, and other
/// usual forms: "UK", "U.S.A.", "Holland". Case, accents and punctuation never matter. Linear; built at the first call.
std::string country_code(std::string_view text);

/// The English names, to suggest one.
std::vector<std::string> country_names();

}  // namespace leadmail::leads
