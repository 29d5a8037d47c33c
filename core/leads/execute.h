// What commands do to a lead. All of one mail or none: the first that can't be done stops everything.
#pragma once

#include <string>
#include <vector>

#include "core/leads/command.h"
#include "core/leads/letter.h"
#include "core/leads/plan.h"

namespace leadmail::leads {

/// How a mail's commands ended.
struct Executed {
  std::vector<ResultLine> results{};  ///< before -> after of each thing that changed
  std::string text{};                 ///< what #help says
  std::string refused{};              ///< why nothing is to be done; the plan is then to be thrown away
};

/// Carries the commands out on the plan's lead, in order. `below` is the text under them: what a bare #note keeps, and
/// then empties. Nothing is sent to the prospect here.
Executed execute(const std::vector<Command>& commands, const User& user, Plan& plan, std::string& below);

/// The user that somebody wrote: id, full name, or first name if only one has it; case and accents do not matter.
const User* read_user(std::string_view text, const Rules& rules);

/// "ana, luis": the ids, for people who wrote a wrong one.
std::string user_list(const Rules& rules);

}  // namespace leadmail::leads
