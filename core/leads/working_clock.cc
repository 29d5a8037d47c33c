#include "core/leads/working_clock.h"

#include <algorithm>

#include "core/leads/zone.h"

namespace leadmail::leads {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::year_month_day;

WorkingClock::WorkingClock(const User& user, Time from, Time until) {
  constexpr days kFurthest{3653};
  const auto last = floor<days>(to_local(until, user.timezone));
  const auto first = std::max(floor<days>(to_local(from, user.timezone)), last - kFurthest);
  seconds before{0};
  for (auto day = first; day <= last; day += days{1}) {
    if (!is_working_day(user, year_month_day{day})) continue;
    const auto begin = to_utc(day + user.hours.from, user.timezone);
    const auto end = std::max(begin, to_utc(day + user.hours.until, user.timezone));
    stretches_.push_back({begin, end, before});
    before += end - begin;
  }
}

seconds WorkingClock::passed_at(Time time) const {
  const auto behind = std::ranges::upper_bound(stretches_, time, {}, &Stretch::begin);
  if (behind == stretches_.begin()) return seconds{0};
  const auto& last = *std::prev(behind);
  return last.before + (std::min(time, last.end) - last.begin);
}

seconds WorkingClock::between(Time from, Time until) const {
  return until > from ? passed_at(until) - passed_at(from) : seconds{0};
}

}  // namespace leadmail::leads
