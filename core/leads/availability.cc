#include "core/leads/availability.h"

#include <algorithm>
#include <set>

#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::year_month_day;

}  // namespace

std::optional<Absence> absence_on(const User& user, year_month_day day, const Absences* said) {
  std::optional<Absence> longest;
  const auto look_at = [&](const Absence& absence) {
    if (absence.from > day || absence.until < day) return;
    // A deputy that the config names stands in also when he has said by mail that it takes longer.
    const auto deputy = longest && absence.deputy.empty() ? longest->deputy : absence.deputy;
    if (!longest || absence.until > longest->until) {
      longest = absence;
      longest->deputy = deputy;
    } else if (longest->deputy.empty()) {
      longest->deputy = absence.deputy;
    }
  };
  for (const auto& absence : user.away) look_at(absence);
  if (said == nullptr) return longest;
  for (const auto& [id, absence] : *said) {
    if (id == user.id) look_at(absence);
  }
  return longest;
}

std::optional<Absence> absence_at(const User& user, Time now, const Absences* said) {
  return absence_on(user, day_of(now, user.timezone), said);
}

Presence presence(const User& user, Time now, const Absences* said) {
  if (absence_at(user, now, said)) return Presence::away;
  return into_working_hours(now, user) == now ? Presence::working : Presence::off;
}

Time returns_at(const User& user, Time now, const Absences* said) {
  constexpr int kMostAbsences = 730;
  auto day = day_of(now, user.timezone);
  Time back = now;
  for (int i = 0; i < kMostAbsences; ++i) {
    const auto absence = absence_on(user, day, said);
    if (!absence) return back;
    const auto morning = local_days{absence->until} + days{1};
    back = into_working_hours(to_utc(morning, user.timezone), user);
    // Weekends and holidays behind an absence may lead into the next one.
    day = day_of(back, user.timezone);
  }
  return back;
}

const User* deputy_of(const User& user, const Rules& rules, Time now, const Absences* said) {
  std::set<std::string> asked{user.id};
  auto absence = absence_at(user, now, said);
  while (absence && !absence->deputy.empty()) {
    const auto* const deputy = rules.user(absence->deputy);
    if (deputy == nullptr || !asked.insert(deputy->id).second) return nullptr;
    absence = absence_at(*deputy, now, said);
    if (!absence) return deputy;
  }
  return nullptr;
}

const User* lead_above(std::string_view user, const Rules& rules, Time now, const Absences* said) {
  const User* away = nullptr;
  for (const auto& team : rules.teams) {
    const bool is_in = std::ranges::find(team.members, user) != team.members.end();
    const auto* const lead = rules.user(team.lead);
    if (!is_in || lead == nullptr || lead->id == user) continue;
    if (!absence_at(*lead, now, said)) return lead;
    if (const auto* const deputy = deputy_of(*lead, rules, now, said); deputy != nullptr && deputy->id != user)
      return deputy;
    if (away == nullptr) away = lead;
  }
  return away;
}

const User* stand_in(const User& user, const Rules& rules, Time now, const Absences* said) {
  if (!absence_at(user, now, said)) return nullptr;
  if (const auto* const deputy = deputy_of(user, rules, now, said)) return deputy;
  const auto* const lead = lead_above(user.id, rules, now, said);
  return lead != nullptr && !absence_at(*lead, now, said) ? lead : nullptr;
}

}  // namespace leadmail::leads
