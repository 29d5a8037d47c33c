// Local time in the zones people live in (IANA names, the system's own rules), and when they work. A zone that does not
// exist counts as UTC here: the config reader has refused it before. Where the system's own files cannot be read, twice
// in a row, std::runtime_error is thrown: no time would be right then.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "core/leads/rules.h"

namespace leadmail::leads {

/// Whether the system knows a zone of that name.
bool is_zone(std::string_view name);

/// Whether a zone is named after that place, folded: "paris", "new york", "ho chi minh".
bool is_place_of_zone(std::string_view folded);

/// What the clock on the wall shows.
std::chrono::local_seconds to_local(Time time, std::string_view zone);

/// The instant at which the clock shows that. A time that a change of the clock skips is read with the offset before
/// the change (02:30 becomes 03:30), of a time that comes twice the first is meant. RFC 5545 §3.3.5
Time to_utc(std::chrono::local_seconds local, std::string_view zone);

/// The offset of local time from UTC at that instant.
std::chrono::minutes offset_at(Time time, std::string_view zone);

/// The date on the wall.
std::chrono::year_month_day day_of(Time time, std::string_view zone);

/// "2026-12-03"
std::string to_text(std::chrono::year_month_day day);

/// Whether he is away all of that local day.
bool is_away(const User& user, std::chrono::year_month_day day);

/// Whether he works at all on that local day: a day of his week, no holiday.
bool is_working_day(const User& user, std::chrono::year_month_day day);

/// The same instant inside his working hours (their end included), else the next start of them. Unchanged when he never
/// works within a year.
Time into_working_hours(Time time, const User& user);

}  // namespace leadmail::leads
