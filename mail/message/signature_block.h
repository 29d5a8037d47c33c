// Where the signature at the end of a text begins: below "-- ", a formal closing, a device's footer, or a block of
// contact data.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "mail/message/text_lines.h"

namespace leadmail::mail::message {

/// Index of the first line of the signature in `lines` (the author's own text, no quotes); lines.size() when there is
/// none. The whole text is taken for a signature only when `more_above` says that it is not all he wrote.
std::size_t signature_start(std::span<const Line> lines, bool more_above);

/// Where the author goes on below his signature: a postscript, a list or a part with a heading of its own.
/// lines.size() when he does not.
std::size_t continuation_start(std::span<const Line> lines);

/// A sentence, such as no signature holds: nine words or more, or words that end like one.
bool is_prose(std::string_view body);

/// A phone number, an address of mail or web, or a label of one stands in the line.
bool has_contact(std::string_view body);

}  // namespace leadmail::mail::message
