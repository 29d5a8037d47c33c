// What of a rep's text may go outside: his words, and the prospect's own between which he wrote; never what we told the
// rep alone. A last line of defence: usually the quote was cut off before.
#pragma once

#include <string>
#include <string_view>

#include "core/leads/rules.h"

namespace leadmail::leads {

/// `text` without the lines that came from our own mails to users (`words`, one line each) and without those that hold
/// our signed addresses or tags; at most one empty line where some were. Linear in the text for given words.
std::string without_our_words(std::string_view text, std::string_view words, const Rules& rules);

}  // namespace leadmail::leads
