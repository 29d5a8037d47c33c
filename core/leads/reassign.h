// Giving a lead to somebody, and on to somebody else. Internal to the deciding files.
#pragma once

#include <functional>
#include <string>

#include "core/leads/assign.h"
#include "core/leads/plan.h"

namespace leadmail::leads {

/// Makes the letter to a new owner (notice), or to one of a team (offer).
using MakeLetter = std::function<Letter(LetterKind kind, const std::string& user)>;

/// What choosing looks at, of what was read of the book.
AssignInput input_for(Fields& fields, const Lead& lead, const Snapshot& known, const Rules& rules, Time now);

/// Writes what was chosen: whose it is now, by which rule and why, whose turn that was, and tells them. Nothing when
/// nobody was chosen.
void record_assignment(Plan& plan, const Assignment& chosen, const AssignInput& input, const std::string& by,
                       const MakeLetter& make_letter);

/// unassign_when holds: nobody's any more, and offered to the team of its mailbox when somebody still has to act.
void take_from_owner(Plan& plan, const AssignRule& rule);

}  // namespace leadmail::leads
