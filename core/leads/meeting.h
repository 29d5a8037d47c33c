// Meetings, calls and visits that a lead keeps (#event): its values event.N.kind, .at, .length, .place, .by, .guest,
// .sequence, .uid, .answer and .guest_answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/leads/lead.h"
#include "core/leads/letter.h"

namespace leadmail::leads {

/// "event.3.at"
std::string meeting_field(int number, std::string_view part);

/// The meeting that the lead has under that number; nothing when it has none.
std::optional<Meeting> meeting_of(const Lead& lead, int number);

/// All of them, by number; those that were called off are none.
std::vector<Meeting> meetings_of(const Lead& lead);

/// Whether one of his is not over before `since`.
bool has_meeting_of(const Lead& lead, std::string_view user, Time since);

}  // namespace leadmail::leads
