// In which charset bytes are whose label is missing or wrong: escape sequences, the pairs of East Asian text, the
// letters that a language uses most. What is not beyond doubt is Western European. Reads a bounded sample; linear.
#pragma once

#include <string_view>

namespace leadmail::mail::message {

/// The charset of `bytes`, which are no UTF-8: a name of charset_label.h. "windows-1252" when nothing speaks for
/// another.
std::string_view guess_charset(std::string_view bytes);

/// "iso-2022-jp", "iso-2022-kr" or "iso-2022-cn" when the bytes hold its escape sequences, else "". ISO 2022; RFC 1468,
/// RFC 1557, RFC 1922
std::string_view escape_charset(std::string_view bytes);

/// "utf-16le" or "utf-16be" when the bytes begin with its mark or have NUL in every other place, else "".
std::string_view wide_charset(std::string_view bytes);

}  // namespace leadmail::mail::message
