// Time as people count it who work: only their hours on their working days pass. Pure; every zone and every change of
// its clocks included, for hours begin and end by the clock on the wall and last as long as they really do.
#pragma once

#include <chrono>

#include "core/base/time.h"
#include "core/leads/rules.h"

namespace leadmail::leads {

/// The instant at which that much working time of `user` has passed since `from`; what ends with a day ends that day,
/// not the next morning. Absences count as working time: the prospect waits all the same. `from` + `within` of plain
/// time when he never works, or not for ten years.
Time after_working_time(Time from, std::chrono::seconds within, const User& user);

/// How much of it passes between the two; none when `until` is not behind `from`. Looks at ten years at most.
std::chrono::seconds working_time_between(Time from, Time until, const User& user);

/// Somebody with the company's zone, hours and holidays: for leads that nobody has.
User company_calendar(const Rules& rules);

}  // namespace leadmail::leads
