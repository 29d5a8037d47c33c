// What #show, #list and #find answer, and what an event's invitation says: the words that their templates name.
#pragma once

#include <string_view>

#include "core/leads/letter.h"
#include "core/leads/rules.h"
#include "daemon/wording.h"

namespace leadmail::daemon {

/// Adds to `words` what a letter of kind show, list, meeting or result has beside the usual: "entries", "timeline",
/// "more", "kind", "event_at", "length", "place", "who", "undo", "actions". `lead` may be missing.
void add_look(Words& words, const leads::Letter& letter, const leads::Lead* lead, const leads::Rules& rules,
              std::string_view language, std::string_view zone);

/// Everything that is known of the lead and worth telling, line by line.
std::vector<Words::Entry> all_facts(const leads::Lead& lead, const leads::Rules& rules, std::string_view language,
                                    std::string_view zone);

}  // namespace leadmail::daemon
