// What goes into calendars: the objects of invitation letters, and the calendar that a user may subscribe to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/leads/lead.h"
#include "core/leads/letter.h"
#include "core/leads/rules.h"
#include "mail/message/compose.h"

namespace leadmail::daemon {

/// The calendar object of an invitation or a meeting, with subject, text, From and first recipient of the draft;
/// nothing for all other letters. A REQUEST, a CANCEL, or where a proposed time is declined a DECLINECOUNTER.
struct CalendarObject {
  std::string method{};
  std::string uid{};
  std::string text{};  ///< empty: there is none
};
CalendarObject calendar_object(const leads::Letter& letter, const leads::Lead* lead, const mail::message::Draft& draft,
                               std::string_view zone, Time now);

/// A user's next contacts and meetings, for a program that reads them from a file. Nobody else's, and of a lead no more
/// than its number, name and company.
std::string user_calendar(const leads::User& user, const std::vector<leads::Lead>& leads, const leads::Rules& rules,
                          Time now);

}  // namespace leadmail::daemon
