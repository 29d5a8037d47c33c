// RFC 2047 as it is really written: words inside quotes, glued to text, with blanks in them, cut off, in a charset they
// are not in, a character split between two words. Raw bytes beside them are UTF-8, or what the body is in, or a guess.
// Linear time.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// The header value as text: encoded words decoded, blanks between two of them dropped, valid UTF-8, one line, trimmed.
/// `hint` is the charset of the body: who writes raw bytes into a header writes them in that one too.
std::string decode_words(std::string_view value, std::string_view hint = {});

/// Raw bytes of a header as UTF-8, line breaks and control characters kept.
std::string raw_text(std::string_view bytes, std::string_view hint);

/// Is there anything in it that decode_words would decode?
bool has_encoded_word(std::string_view value);

/// Control characters (line breaks too) become one blank each run, ends are trimmed: what a header value may hold as
/// text.
std::string one_line(std::string_view text);

}  // namespace leadmail::mail::message
