// What a text/calendar part says: the few facts of its first event that an answer to an invitation carries. RFC 5545,
// RFC 5546
#pragma once

#include <optional>
#include <string_view>

#include "mail/message/message.h"

namespace leadmail::mail::message {

/// The first event (or task) of an iCalendar object, or nothing when the text is none. At most 1 MB of it is read.
/// Local times are turned into instants by the object's own VTIMEZONE; without one they are given as written, without
/// zone.
std::optional<CalendarPart> read_calendar(std::string_view text);

}  // namespace leadmail::mail::message
