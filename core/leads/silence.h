// Leads that were answered and never heard of again: their owner is asked whether to close them.
#pragma once

#include "core/leads/decide.h"

namespace leadmail::leads {

/// Before when nothing may have happened on a lead in Replied, so that its owner is asked; nothing when nobody is to be
/// asked (close_after = "0d").
std::optional<Time> silent_since(const Rules& rules, Time now);

/// Asks the owner, or the team's lead, once for each silence: with one tap each to close it or to come back to it.
/// Leaves a note of it on the lead, so that the next question comes when it has rested as long again. Nothing but an
/// outcome when a next contact is planned, when it is not in Replied any more, or when nobody could be asked.
Decision decide_silent(const Lead& lead, const Rules& rules, Time now);

}  // namespace leadmail::leads
