// Who really wrote a mail that somebody forwarded: inline, as the usual clients and languages mark it, or attached.
// Says only what stands there; whether to believe it is the caller's affair (only a rep's forward names a prospect).
#pragma once

#include <optional>
#include <string_view>

#include "mail/message/message.h"

namespace leadmail::mail::message {

/// The outermost inline forward in `text`, or nothing. A header block that a reply may carry too (Outlook) counts as a
/// forward only when `subject` (decoded) says so: "Fwd:", "WG:", "RV:", 转发 …
std::optional<Forwarded> read_forwarded(std::string_view subject, std::string_view text);

/// The same from an attached message/rfc822: its own header and its text.
std::optional<Forwarded> read_forwarded(const Identity& attached, std::string_view text);

}  // namespace leadmail::mail::message
