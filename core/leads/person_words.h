// One person as a user writes him in a command: "María Pérez <maria@x.example> +52 55 1234 5678, purchasing, decider".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail::leads {

struct PersonWords {
  std::string name{};
  std::vector<std::string> emails{};  ///< addr-specs, domain in lower case
  std::vector<std::string> phones{};  ///< as written
  std::string role{};                 ///< advisor, user, decider, buyer
  std::vector<std::string> more{};    ///< the other pieces between commas: a title, a company
  std::string wrong{};                ///< what looks like an address and is none
};

/// Reads up to 20 pieces between commas. An address may stand in <> or bare, a phone needs five digits; what is left of
/// the first piece is the name.
PersonWords read_person(std::string_view text);

/// "decider", "decisor", "người quyết định": the role that the word means in any of the three languages.
std::optional<std::string> read_role(std::string_view word);

/// user@host without blanks, with a dot-free host allowed. RFC 5321 §4.1.2, the part that people use
bool is_plain_address(std::string_view text);

}  // namespace leadmail::leads
