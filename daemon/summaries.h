// The words of the mails about what waits: digests, late reminders, reminders that were left alone, and answers of
// calendars.
#pragma once

#include <string_view>

#include "core/leads/letter.h"
#include "core/leads/rules.h"
#include "daemon/wording.h"

namespace leadmail::daemon {

/// Adds to `words` what a letter of kind digest, catchup, escalation, reminder, invitation, meeting or rsvp has beside
/// the usual.
void add_summary(Words& words, const leads::Letter& letter, const leads::Rules& rules, std::string_view language,
                 std::string_view zone);

}  // namespace leadmail::daemon
