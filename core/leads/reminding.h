// When somebody is reminded, who that is, and what follows when a reminder is left alone. Pure. A reminder is about one
// next contact (lead, time, person) and is said once; what was missed is said when work begins, all in one mail.
#pragma once

#include <string>
#include <vector>

#include "core/leads/decide.h"
#include "core/leads/plan.h"

namespace leadmail::leads {

/// When to look at a reminder of that user: the due time, in his working hours.
Time wake_time(Time due, const std::string& user, const Rules& rules);

/// When it is to be said, seen from `now`, by the hours of whoever will read it: `now` or before means at once. A time
/// that has passed by more than half an hour is said within working hours; of somebody who is away and for whom nobody
/// stands in, when he is back. `said`: absences that users said by mail, here and below.
Time reminding_time(const Lead& lead, Time due, const std::string& user, ReminderStep step, const Rules& rules,
                    Time now, const Absences* said = nullptr);

/// Who reads it; "" when nobody does. Of somebody who is away his deputy, else the lead of his team, else himself when
/// he is back.
std::string reminded_user(const Lead& lead, const std::string& user, ReminderStep step, const Rules& rules, Time now,
                          const Absences* said = nullptr);

/// Of a next contact that stands again on the plan's lead, also on a silent occasion. What was said is not said again;
/// one that is past and was left alone is told of when as much work has gone by once more.
void remind_again(Plan& plan, const NextContact& next);

/// Whether it could not be said in its time, so that it may share a mail with others.
bool is_late(Time due, const std::string& user, const Rules& rules, Time now);

/// What a reminder does: the same as decide_due for `remind`; `shares_mail`: everything but its letter, which
/// decide_catchup sends. For `escalate`: the lead of the team hears of it, when it still stands.
Decision decide_reminder(const Lead& lead, Time due, const std::string& user, ReminderStep step, bool shares_mail,
                         const Rules& rules, Time now, const Absences* said = nullptr);

/// One mail for several reminders of the same reader that are late; `key` is the first one's, so that it is sent once.
Decision decide_catchup(const std::string& reader, std::vector<Lead> leads, const std::string& key, const Rules& rules,
                        Time now);

}  // namespace leadmail::leads
