// The header block of a message or of a part of one, line by line. read_header (parse.h) is the message's own; here is
// what the pre-pass needs besides: a part's block may be cut short by a delimiter.
#pragma once

#include <functional>
#include <string_view>

#include "mail/message/limits.h"
#include "mail/message/message.h"

namespace leadmail::mail::message {

/// Does this line (it begins with "--", its line break is off) delimit a part? Then the block ends before it.
using IsDelimiter = std::function<bool(std::string_view line)>;

/// The block at the start of `bytes`, which is a part: no mbox line is expected, and a blank line at once means no
/// fields.
Header read_part_header(std::string_view bytes, const Limits& limits, const IsDelimiter& is_delimiter);

/// The same where the message has used up its share of header: only the fields that say what the part is (Content-*),
/// at most 2 KiB of them.
Header read_part_content_fields(std::string_view bytes, const Limits& limits, const IsDelimiter& is_delimiter);

/// How many bytes before the first field are none of the message: a byte order mark, blank lines, mbox "From " lines.
std::size_t leading_junk(std::string_view raw);

}  // namespace leadmail::mail::message
