#include "core/leads/zone.h"

#include <date/tz.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/leads/fold.h"

namespace leadmail::leads {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::year_month_day;

/// What the machine could not read a moment ago it may read now; if not, the library's word for it is passed on.
template <typename Work>
auto twice(const Work& work) {
  try {
    return work();
  } catch (const std::runtime_error&) {
    return work();
  }
}

/// The zone, read from its file; nullptr when there is none of that name.
const date::time_zone* find_zone(std::string_view name) {
  twice([] { return &date::get_tzdb(); });  // so that what follows fails for an unknown name alone
  const date::time_zone* zone = nullptr;
  try {
    zone = date::locate_zone(std::string(name));
  } catch (const std::runtime_error&) {
    return nullptr;
  }
  twice([zone] { return zone->get_info(date::sys_seconds{}); });  // its file is read when it is first asked
  return zone;
}

}  // namespace

bool is_zone(std::string_view name) { return !name.empty() && find_zone(name) != nullptr; }

bool is_place_of_zone(std::string_view folded) {
  static const auto places = [] {
    std::vector<std::string> names;
    for (const auto& zone : twice([] { return &date::get_tzdb(); })->zones) {
      const std::string_view name = zone.name();
      const auto slash = name.rfind('/');
      if (slash == std::string_view::npos || name.starts_with("Etc/")) continue;
      auto place = fold(name.substr(slash + 1));
      std::ranges::replace(place, '_', ' ');
      names.push_back(std::move(place));
    }
    std::ranges::sort(names);
    return names;
  }();
  return std::ranges::binary_search(places, folded);
}

std::chrono::minutes offset_at(Time time, std::string_view zone) {
  const auto* const found = find_zone(zone);
  if (found == nullptr) return std::chrono::minutes{0};
  return floor<std::chrono::minutes>(found->get_info(time).offset);
}

local_seconds to_local(Time time, std::string_view zone) {
  const auto* const found = find_zone(zone);
  const auto offset = found == nullptr ? std::chrono::seconds{0} : found->get_info(time).offset;
  return local_seconds{time.time_since_epoch() + offset};
}

Time to_utc(local_seconds local, std::string_view zone) {
  const auto* const found = find_zone(zone);
  if (found == nullptr) return Time{local.time_since_epoch()};
  const auto info = found->get_info(date::local_seconds{local.time_since_epoch()});
  return Time{local.time_since_epoch() - info.first.offset};
}

year_month_day day_of(Time time, std::string_view zone) { return year_month_day{floor<days>(to_local(time, zone))}; }

std::string to_text(year_month_day day) { return to_rfc3339(std::chrono::sys_days{day}).substr(0, 10); }

bool is_away(const User& user, year_month_day day) {
  return std::ranges::any_of(user.away,
                             [&](const Absence& absence) { return absence.from <= day && day <= absence.until; });
}

bool is_working_day(const User& user, year_month_day day) {
  const auto weekday = std::chrono::weekday{local_days{day}}.iso_encoding() - 1;
  return user.hours.days.at(weekday) && std::ranges::find(user.holidays, day) == user.holidays.end();
}

Time into_working_hours(Time time, const User& user) {
  if (user.hours.until <= user.hours.from) return time;
  const auto local = to_local(time, user.timezone);
  const auto today = floor<days>(local);
  for (days ahead{0}; ahead < days{366}; ++ahead) {
    const auto day = today + ahead;
    if (!is_working_day(user, year_month_day{day})) continue;
    // A beginning that comes twice means its first time, which may have passed; nobody is early.
    if (local <= day + user.hours.from) return std::max(time, to_utc(day + user.hours.from, user.timezone));
    if (local <= day + user.hours.until) return time;
  }
  return time;
}

}  // namespace leadmail::leads
