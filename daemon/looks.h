// What #show, #list and #find answer, and what an event's invitation says: the words that their templates name.
#pragma once

#include <string_view>

#include "core/leads/letter.h"
#include "core/leads/rules.h"
#include "daemon/wording.h"
#include "mail/message/compose.h"

namespace leadmail::daemon {

/// Adds to `words` what a letter of kind show, list, meeting or result has beside the usual: "entries", "timeline",
/// "more", "kind", "event_at", "length", "place", "who", "undo", "actions". `lead` may be missing.
void add_look(Words& words, const leads::Letter& letter, const leads::Lead* lead, const leads::Rules& rules,
              std::string_view language, std::string_view zone);

/// Everything that is known of the lead and worth telling, line by line.
std::vector<Words::Entry> all_facts(const leads::Lead& lead, const leads::Rules& rules, std::string_view language,
                                    std::string_view zone);

/// The calendar object of a meeting's letter; organizer and attendee as in the draft.
mail::message::Invitation invitation_to(const leads::Meeting& meeting, bool cancels, const leads::Lead& lead,
                                        const mail::message::Draft& draft, std::string_view zone, Time now);

}  // namespace leadmail::daemon
