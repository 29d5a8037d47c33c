// The Date field as it is really written: obsolete zones, two-digit years, ctime and ISO 8601 order, missing seconds or
// zone, names in full. Nonsense is no date: a wrong date is worse than none. RFC 5322 §3.3, §4.3
#pragma once

#include <optional>
#include <string_view>

#include "core/base/time.h"

namespace leadmail::mail::message {

struct WrittenDate {
  Time time{};
  int offset = 0;  ///< minutes east of UTC; 0 when the zone is missing or unknown
};

/// The instant that `value` names, in 1900 to 9999; nothing when a part is missing or out of its range. Second 60
/// counts as 59.
std::optional<WrittenDate> read_date(std::string_view value);

/// A zone by itself, in minutes east of UTC: "+0100", "GMT+1", "CEST"; nothing when it is none that we know.
std::optional<int> read_zone(std::string_view text);

}  // namespace leadmail::mail::message
