// Vietnamese words that a keyboard left as they were typed: in Telex "baos giaf" is "báo già". What is no Telex stays.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::leads {

/// "Trangj thais" -> "trạng thái": each word whose keys make a Vietnamese syllable, in small letters; other words as
/// they are. "w" alone is no letter here; words with accents of their own are finished and stay.
std::string telex_read(std::string_view text);

}  // namespace leadmail::leads
