// JSON written as text, for what is written with every mail: a document in memory would cost more than all of its
// bytes.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::leads {

/// Appends the text to `json` as a string in quotes, without line feeds in it. What is no UTF-8 becomes U+FFFD.
void append_json(std::string& json, std::string_view text);

}  // namespace leadmail::leads
