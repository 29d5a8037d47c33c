#include "core/leads/assign.h"

#include <algorithm>

#include "core/leads/address.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

using Strategy = AssignRule::Strategy;

/// The user of that id if he is there today, else nullptr.
const User* available(std::string_view id, const Rules& rules, Time now, const Absences* said) {
  const auto* const user = rules.user(id);
  if (user == nullptr) return nullptr;
  const auto day = day_of(now, user->timezone);
  const auto covers = [&](const auto& absence) {
    return absence.first == user->id && absence.second.from <= day && day <= absence.second.until;
  };
  if (is_away(*user, day) || (said != nullptr && std::ranges::any_of(*said, covers))) return nullptr;
  return user;
}

const User* first_available(const std::vector<std::string>& ids, const Rules& rules, Time now, const Absences* said) {
  for (const auto& id : ids) {
    if (const auto* const user = available(id, rules, now, said)) return user;
  }
  return nullptr;
}

/// The next of the list after the one who was last, passing over those who are away.
const User* next_in_turn(const AssignRule& rule, const AssignInput& input, const Rules& rules) {
  const auto last = input.last_of_rotation->find(rule.name);
  const auto had = last == input.last_of_rotation->end() ? rule.users.end()
                                                         : std::ranges::find_if(rule.users, [&](const std::string& id) {
                                                             return to_lower(id) == to_lower(last->second);
                                                           });
  const auto start = had == rule.users.end() ? 0 : static_cast<std::size_t>(had - rule.users.begin()) + 1;
  for (std::size_t i = 0; i < rule.users.size(); ++i) {
    const auto& id = rule.users[(start + i) % rule.users.size()];
    if (const auto* const user = available(id, rules, input.now, input.absences)) return user;
  }
  return nullptr;
}

/// Who had this person or organisation before; of the rule's users, when it names some.
const User* earlier_owner(const AssignRule& rule, const AssignInput& input, const Rules& rules) {
  for (const auto& owner : input.earlier_owners) {
    const bool is_meant = rule.users.empty() || std::ranges::any_of(rule.users, [&](const std::string& id) {
                            return to_lower(id) == to_lower(owner);
                          });
    if (!is_meant) continue;
    if (const auto* const user = available(owner, rules, input.now, input.absences)) return user;
  }
  return nullptr;
}

const User* choose(const AssignRule& rule, const AssignInput& input, const Rules& rules) {
  switch (rule.strategy) {
    case Strategy::user: return first_available(rule.users, rules, input.now, input.absences);
    case Strategy::round_robin: return next_in_turn(rule, input, rules);
    case Strategy::sticky: return earlier_owner(rule, input, rules);
  }
  return nullptr;
}

std::string_view nobody_because(Strategy strategy) {
  return strategy == Strategy::sticky ? "nobody had this person or organisation before, or he is away"
                                      : "everybody it names is away";
}

/// Lower priority first, equal ones as they stand in the file.
std::vector<const AssignRule*> in_order(const std::vector<AssignRule>& rules) {
  std::vector<const AssignRule*> ordered;
  ordered.reserve(rules.size());
  for (const auto& rule : rules) ordered.push_back(&rule);
  std::ranges::stable_sort(ordered, {}, &AssignRule::priority);
  return ordered;
}

}  // namespace

const User* team_fallback(const Mailbox* mailbox, const Rules& rules, Time now, const Absences* said) {
  if (mailbox == nullptr) return nullptr;
  const auto team = std::ranges::find(rules.teams, mailbox->team, &Team::id);
  if (team == rules.teams.end()) return nullptr;
  if (const auto* const lead = available(team->lead, rules, now, said)) return lead;
  return first_available(team->members, rules, now, said);
}

Assignment assign(const AssignInput& input, const Rules& rules, std::vector<Evidence>& evidence) {
  for (const auto* const rule : in_order(rules.assign)) {
    Evidence line{.step = "rule " + rule->name, .found = {}, .decisive = false};
    if (!holds(rule->when, *input.fields, &line.found)) {
      evidence.push_back(std::move(line));
      continue;
    }
    const auto* const user = choose(*rule, input, rules);
    if (!line.found.empty()) line.found += ": ";
    line.found += user == nullptr ? std::string(nobody_because(rule->strategy)) : user->id;
    line.decisive = user != nullptr;
    evidence.push_back(std::move(line));
    if (user != nullptr) {
      return {user->id, rule->name, "rule " + rule->name, rule->strategy == Strategy::round_robin};
    }
  }
  const auto* const user = team_fallback(input.mailbox, rules, input.now, input.absences);
  if (user == nullptr) {
    evidence.push_back({"team", "no rule fits and nobody of the mailbox's team is there", true});
    return {
        .user = {}, .rule = {}, .reason = "no rule fits and nobody of the mailbox's team is there", .rotates = false};
  }
  evidence.push_back({"team", "no rule fits: " + input.mailbox->team + " -> " + user->id, true});
  return {user->id, {}, "no rule fits; team " + input.mailbox->team + " of mailbox " + input.mailbox->name, false};
}

}  // namespace leadmail::leads
