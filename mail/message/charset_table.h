// The charsets that occur in mail and that ICU does not bring: Vietnamese, Armenian, Georgian, Kazakh, Tajik, Romanian,
// some of the old Macintosh. One byte is one character in all of them.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// Is it one of ours? Names as charset_label.h gives them.
bool has_table(std::string_view name);

/// `bytes` in the charset `name`, which has a table, as valid UTF-8; what means nothing becomes U+FFFD.
std::string convert_by_table(std::string_view bytes, std::string_view name);

}  // namespace leadmail::mail::message
