// The holding list on its way to people: when its daily mail goes out, and its words. What is held, and what a verdict
// does, stands in core/leads/held.h.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/leads/held.h"
#include "daemon/engine.h"
#include "daemon/wording.h"

namespace leadmail::daemon {

/// The latest instant not after `now` at which the clock of the company showed `held_at`.
Time holding_slot(const leads::Rules& rules, Time now);

/// Makes today's mail about what is held, once its time has come and if there is something; at most one a day. Answers
/// the slot that is done now, so that the caller need not ask again before the next one.
Result<Time> send_holding_list(Engine& engine);

/// What the template "held" names. Of what strangers wrote, no line begins with '#', no address of a page can be
/// followed by a tap, and no character moves others.
Words::Entry held_words(const leads::HeldMail& mail, std::string_view zone, std::string_view language);

/// "Accept 3", "Block 3" and the commands that they send, for the first few.
std::vector<std::pair<std::string, std::string>> held_actions(const std::vector<leads::HeldMail>& mails,
                                                              std::string_view language);

}  // namespace leadmail::daemon
