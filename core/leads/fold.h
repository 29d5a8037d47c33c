// Words as they are compared: case and accents never matter, for commands, rules and the full-text index alike.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::leads {

/// "Trạng Thái ĐÃ BÁN" -> "trang thai da ban": compatibility forms and case folded, Latin, Greek and Cyrillic accents
/// dropped, đ = d, ł = l, ø = o. Other scripts keep their marks. Damaged UTF-8 becomes U+FFFD. Linear time.
std::string fold(std::string_view text);

}  // namespace leadmail::leads
