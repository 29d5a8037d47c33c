// Content-Type and Content-Disposition: a value and its parameters, as really written: RFC 2231 pieces in any order,
// RFC 2047 words and raw 8-bit in a value, quotes that do not close, a semicolon forgotten. RFC 2045 §5.1, RFC 2231,
// RFC 5987
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadmail::mail::message {

struct Parameters {
  std::string value{};  ///< before the first ";", lower case, without blanks and comments
  std::vector<std::pair<std::string, std::string>> all{};  ///< name in lower case, value decoded: valid UTF-8, one line
  bool truncated = false;                                  ///< there were more than the limit

  /// The value of the first parameter of that name (lower case), or "".
  [[nodiscard]] std::string_view get(std::string_view name) const;
};

/// Reads one field value; at most `limit` parameters, the first of a name counts. Linear time.
Parameters read_parameters(std::string_view field, std::size_t limit = 64);

/// One parameter as bytes, pieces joined and percents decoded, charset and encoded words not: for what is compared and
/// not shown. "" when there is none.
std::string raw_parameter(std::string_view field, std::string_view name, std::size_t limit = 64);

}  // namespace leadmail::mail::message
