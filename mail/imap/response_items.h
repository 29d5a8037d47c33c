// The inside of one complete response: text in which "{}" stands for a literal, and the literals. For response.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/response.h"

namespace leadmail::mail::imap {

/// `text` without its line end. Other for what makes no sense; an Error for lists nested too deeply and literals that
/// are none. The literals are moved from.
Result<Response> parse_response(std::string_view text, std::vector<std::string>& literals, int nesting);

/// An OK, NO, BAD, BYE or PREAUTH, with or without a tag, or a continuation: these hold text for people, so no literal.
bool is_for_people(std::string_view text);

}  // namespace leadmail::mail::imap
