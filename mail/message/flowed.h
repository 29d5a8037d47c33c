// format=flowed: soft line breaks undone, quote marks kept. RFC 3676
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// `text` (\n) with the lines that flow into one another joined; `delsp` says that the blank before a soft break goes
/// too. Linear time.
std::string unflow(std::string_view text, bool delsp);

}  // namespace leadmail::mail::message
