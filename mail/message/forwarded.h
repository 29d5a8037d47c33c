// Who really wrote a mail that somebody forwarded: inline, as the usual clients and languages mark it, or attached.
// Says only what stands there; whether to believe it is the caller's affair (only a rep's forward names a prospect).
#pragma once

#include <optional>
#include <string_view>

#include "mail/message/message.h"
#include "mail/message/written_date.h"

namespace leadmail::mail::message {

/// The mail that carries the forward.
struct ForwardedIn {
  std::string_view subject{};  ///< decoded
  std::string_view address{};  ///< of its author, who is not the one we look for, nor are his colleagues
  DateContext when{};          ///< a quoted date without a zone is his local time
};

/// The inline forward in `text`, or nothing. A header block that a reply may carry too (Outlook) counts as a forward
/// only when the subject says so: "Fwd:", "WG:", "RV:", 转发 … Of a forward within a forward the outermost counts whose
/// author is no colleague of the forwarding address (same domain; free mail providers have no colleagues): a rep who
/// passes on what another rep passed to him means the customer.
std::optional<Forwarded> read_forwarded(const ForwardedIn& outer, std::string_view text);

/// The same from an attached message/rfc822: its own header and its text, or the forward within it when a colleague
/// sent it.
std::optional<Forwarded> read_forwarded(const ForwardedIn& outer, const Identity& attached, std::string_view text);

/// The mail that an answer quotes first, as the header block says that a client put above it; `quoted` is what was cut
/// off (ReplyParts). Without what that mail quotes in its turn. Nothing where there is no such block, or no address in
/// it. At most 64 KiB are looked at.
std::optional<Forwarded> read_first_quoted(std::string_view quoted);

/// Could there be a forward in this text if its lines were broken otherwise? False only when nothing in it can name who
/// wrote what was forwarded.
bool may_hold_forward(std::string_view text);

}  // namespace leadmail::mail::message
