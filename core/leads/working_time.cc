#include "core/leads/working_time.h"

#include <algorithm>

#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::local_days;
using std::chrono::seconds;
using std::chrono::year_month_day;

constexpr days kFurthest{3653};

/// The part of that day's working hours that is not before `from`; nothing of a day off.
struct Stretch {
  Time begin{};
  Time end{};
};

Stretch stretch_of(local_days day, Time from, const User& user) {
  if (!is_working_day(user, year_month_day{day})) return {from, from};
  const auto begin = std::max(from, to_utc(day + user.hours.from, user.timezone));
  return {begin, std::max(begin, to_utc(day + user.hours.until, user.timezone))};
}

}  // namespace

Time after_working_time(Time from, seconds within, const User& user) {
  auto left = std::max(within, seconds{0});
  const auto first = floor<days>(to_local(from, user.timezone));
  for (auto day = first; day < first + kFurthest; day += days{1}) {
    const auto stretch = stretch_of(day, from, user);
    const auto length = stretch.end - stretch.begin;
    if (length >= left && length.count() > 0) return stretch.begin + left;
    left -= length;
  }
  return from + within;
}

seconds working_time_between(Time from, Time until, const User& user) {
  seconds passed{0};
  if (until <= from) return passed;
  const auto first = floor<days>(to_local(from, user.timezone));
  const auto last = std::min(floor<days>(to_local(until, user.timezone)), first + kFurthest);
  for (auto day = first; day <= last; day += days{1}) {
    const auto stretch = stretch_of(day, from, user);
    if (stretch.begin < until) passed += std::min(stretch.end, until) - stretch.begin;
  }
  return passed;
}

User company_calendar(const Rules& rules) {
  return User{.name = rules.company,
              .language = rules.language,
              .timezone = rules.timezone,
              .hours = rules.hours,
              .holidays = rules.holidays};
}

}  // namespace leadmail::leads
