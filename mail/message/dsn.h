// What a delivery status notification says about our own mail: RFC 3464 fields where there are some, else the wordings
// of the mail systems that send prose. Says nothing about whether the notification is genuine: that needs our
// Message-ID or token.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "mail/message/message.h"

namespace leadmail::mail::message {

/// One leaf of the message, transfer encoding and charset undone. Of an enclosed message/rfc822 or text/rfc822-headers
/// part: its bytes, the header at least.
struct ReportPart {
  std::string_view type{};  ///< "message/delivery-status", lower case
  std::string_view text{};
  bool nested = false;  ///< inside an enclosed message: somebody else's words
};

/// What read_bounce looks at.
struct ReportSource {
  std::string_view report_type{};       ///< report-type of the top's Content-Type, lower case
  std::span<const ReportPart> parts{};  ///< all leaves in order; at most 100 are looked at
};

/// The recipients that a notification speaks of, or nothing when the mail is none. A "delayed", "delivered" or
/// "relayed" notice is given back too, with that action; of a complaint the original's Message-ID alone. Never an
/// address that the mail does not contain. At most 100 recipients; linear time.
std::optional<Bounce> read_bounce(const Identity& identity, const ReportSource& source);

}  // namespace leadmail::mail::message
