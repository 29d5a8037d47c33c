// Who gets a lead: the rules in their order, then the team of the mailbox. Every answer has its reason. The same lead,
// rules, turns and time always give the same answer.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/leads/condition.h"
#include "core/leads/decide.h"

namespace leadmail::leads {

/// Who has, or had, a lead of the same person or organisation.
struct EarlierOwner {
  std::string user{};
  bool is_same_person = false;  ///< else only of the same organisation
  bool was_customer = false;
};

/// What choosing looks at beside the rules.
struct AssignInput {
  Fields* fields = nullptr;
  const Mailbox* mailbox = nullptr;      ///< may be missing
  const Rotations* rotations = nullptr;  ///< nothing: nobody has had a turn yet
  const std::map<std::string, int>* open_leads = nullptr;
  std::vector<EarlierOwner> earlier{};  ///< for `sticky`, newest first
  Time now{};
  const Absences* absences = nullptr;  ///< that users said by mail
  std::string not_to{};                ///< who has just been passed over, or has lost it
};

struct Assignment {
  std::string user{};    ///< empty: offered, waiting, or nobody can take it and the administrators must know
  std::string rule{};    ///< name of the rule; empty for the mailbox's team
  std::string reason{};  ///< one line for people
  std::optional<Rotate> turn{};
  std::string team{};           ///< it is offered to these
  std::string waits_for{};      ///< it waits for that user's return
  std::optional<Time> until{};  ///< which is then
  bool is_last_resort = false;  ///< nobody can take it: somebody who is away has it, and the administrators must know

  [[nodiscard]] bool is_decided() const { return !user.empty() || !team.empty() || !waits_for.empty(); }
};

/// Never somebody who takes no leads, has no room, or is no user any more; somebody who is away on his local day only
/// where nobody else can take it, for what nobody has, nobody answers: whoever of the mailbox's team or of the rules
/// that fit is back first. Where there are no administrators who could be told, any user rather than nobody. `evidence`
/// receives a line for each rule that was looked at, as far as they are told (at most 50 that did not fit, unless
/// Rules::explains; then also those behind the one that decided).
Assignment assign(const AssignInput& input, const Rules& rules, std::vector<Evidence>& evidence);

/// The same for a lead that the rule has had before: it is asked first, whatever its condition says now. Without the
/// last resort: whoever has it keeps it.
Assignment assign_again(const AssignRule& rule, const AssignInput& input, const Rules& rules,
                        std::vector<Evidence>& evidence);

/// The members of the team who may be offered a lead now.
std::vector<const User*> to_be_offered(const std::string& team, const AssignInput& input, const Rules& rules);

/// Who hears of a lead that nobody owns: lead of the mailbox's team, then its members; nullptr when all are away.
const User* team_fallback(const Mailbox* mailbox, const Rules& rules, Time now, const Absences* said = nullptr);

}  // namespace leadmail::leads
