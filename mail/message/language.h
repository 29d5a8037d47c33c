// In which language a text is written. By cld2.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// ISO 639-1 ("es", "vi"); "" when the text is too short or too mixed to tell. `text` is valid UTF-8. Its beginning
/// decides; where that leaves doubt, 64 KiB of it.
std::string read_language(std::string_view text);

}  // namespace leadmail::mail::message
