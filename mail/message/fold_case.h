// Case folding of short texts in any script that keeps every byte where it was, so that places found in the folded text
// are places in the text itself.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// `text` with small letters, but for those that take a different number of bytes in UTF-8; they stay, as do damaged
/// bytes, and ASCII: compare it with ascii::same and its kin. `room` holds the result where it differs from `text`.
std::string_view fold_case(std::string_view text, std::string& room);

}  // namespace leadmail::mail::message
