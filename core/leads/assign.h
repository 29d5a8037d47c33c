// Who gets a lead: the rules in their order, then the team of the mailbox. Every answer has its reason.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "core/leads/condition.h"
#include "core/leads/decide.h"

namespace leadmail::leads {

struct Assignment {
  std::string user{};    ///< empty: nobody can take it, the administrators must know
  std::string rule{};    ///< name of the rule; empty for the mailbox's team
  std::string reason{};  ///< one line for people
  bool rotates = false;  ///< a round robin rule: remember who had this one
};

/// What choosing looks at beside the rules.
struct AssignInput {
  Fields* fields = nullptr;
  const Mailbox* mailbox = nullptr;  ///< may be missing
  const std::map<std::string, std::string>* last_of_rotation = nullptr;
  std::vector<std::string> earlier_owners{};  ///< of leads of this person or organisation, newest first: for `sticky`
  Time now{};
  const Absences* absences = nullptr;  ///< that users said by mail
};

/// Never somebody who is away on his local day or no user any more. `evidence` receives one line per rule looked at.
Assignment assign(const AssignInput& input, const Rules& rules, std::vector<Evidence>& evidence);

/// Who hears of a lead that nobody owns: lead of the mailbox's team, then its members; nullptr when all are away.
const User* team_fallback(const Mailbox* mailbox, const Rules& rules, Time now, const Absences* said = nullptr);

}  // namespace leadmail::leads
