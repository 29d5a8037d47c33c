// RFC 2047 as it is really written: words inside quotes, glued to text, with blanks in them, cut off, in a charset they
// are not in, a character split between two words. Raw 8-bit text beside them is UTF-8 or windows-1252. Linear time.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// The header value as text: encoded words decoded, blanks between two of them dropped, valid UTF-8, one line, trimmed.
std::string decode_words(std::string_view value);

/// Is there anything in it that decode_words would decode?
bool has_encoded_word(std::string_view value);

/// Control characters (line breaks too) become one blank each run, ends are trimmed: what a header value may hold as
/// text.
std::string one_line(std::string_view text);

}  // namespace leadmail::mail::message
