// What is written when a next contact or a meeting is set, moved or called off, whoever does it: the lead's values, the
// reminder, and the invitations with the same UID and a higher SEQUENCE. Internal to the deciding files. RFC 5546
// §2.1.4
#pragma once

#include <optional>
#include <string>

#include "core/leads/meeting.h"
#include "core/leads/plan.h"

namespace leadmail::leads {

/// Sets or moves the next contact. `why` is its event: who, by what cause, in what words. Another user's calendar gets
/// a CANCEL. Answers it with its UID and SEQUENCE.
NextContact set_next_contact(Plan& plan, NextContact next, Event why);

/// The instant that a calendar wrote (CalendarAnswer::start): with its offset, or by the clock of the zone it names,
/// else of its writer. Nothing for a day without a time.
std::optional<Time> instant(std::string_view written, std::string_view zone, std::string_view own_zone);

/// A new owner makes the next contact that the one before him was to make: CANCEL to that one, REQUEST, reminder and
/// all that follows from it to him. Who had the lead before a rule took it counts as the one before. What a third one
/// is to make stays his. False: nothing was handed over.
bool hand_over_next(Plan& plan, std::string_view before, const User& owner, Event why);

/// The guest of a meeting with his name; nothing when nobody was invited.
std::optional<Person> guest_of_meeting(const Lead& lead, int number);

/// To the time, length and place that `meeting` says; everybody who was invited hears of it.
void move_meeting(Plan& plan, Meeting meeting, Event why);

/// Takes it off the lead and off all calendars.
void call_off_meeting(Plan& plan, Meeting meeting, Event why);

}  // namespace leadmail::leads
