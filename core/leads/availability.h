// Who is there: working days and hours, holidays, absences of the config and those that users said by mail. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/time.h"
#include "core/leads/rules.h"

namespace leadmail::leads {

enum class Presence {
  working,  ///< on a working day, within his hours
  off,      ///< after hours, on a weekend or a holiday: back soon
  away,     ///< for days
};

Presence presence(const User& user, Time now, const Absences* said);

/// What keeps him away on that instant's local day; of several the one that lasts longest.
std::optional<Absence> absence_at(const User& user, Time now, const Absences* said);

/// The same of one of his days.
std::optional<Absence> absence_on(const User& user, std::chrono::year_month_day day, const Absences* said);

/// When he works again: the first instant of his working hours behind all absences that follow on each other, `now`
/// where he is not away. Absences are looked at for two years.
Time returns_at(const User& user, Time now, const Absences* said);

/// Who stands in for somebody away: whom his absence names, or the deputy of that one. Nobody who is away himself.
/// nullptr: nobody.
const User* deputy_of(const User& user, const Rules& rules, Time now, const Absences* said);

/// Who is above him: the lead of the first team that he is in and does not lead, when that one is there, else the lead
/// all the same. nullptr: nobody.
const User* lead_above(std::string_view user, const Rules& rules, Time now, const Absences* said);

/// Who acts for somebody away: his deputy, else who is above him and there. nullptr: he is there himself, or nobody is.
const User* stand_in(const User& user, const Rules& rules, Time now, const Absences* said);

}  // namespace leadmail::leads
