#include "core/leads/assign.h"

#include <algorithm>
#include <utility>

#include "core/leads/address.h"
#include "core/leads/availability.h"
#include "core/leads/choose.h"
#include "core/leads/rule_index.h"

namespace leadmail::leads {
namespace {

using Strategy = AssignRule::Strategy;

constexpr std::size_t kMostTold = 50;  // rules that did not fit, in the evidence of every mail

/// The user of that id if he is there today, else nullptr.
const User* available(std::string_view id, const Rules& rules, Time now, const Absences* said) {
  const auto* const user = rules.user(id);
  return user == nullptr || absence_at(*user, now, said) ? nullptr : user;
}

/// The rules that may fit: lower priority first, equal ones as they stand in the file.
std::vector<const AssignRule*> worth_asking(const Rules& rules, Fields& fields) {
  std::vector<const AssignRule*> ordered;
  const bool is_indexed = rules.index != nullptr && rules.index->size() == rules.assign.size();
  // Of few rules all can be told.
  if (is_indexed && !rules.explains && rules.assign.size() > kMostTold) {
    for (const auto place : rules.index->candidates(fields)) ordered.push_back(&rules.assign[place]);
    return ordered;
  }
  ordered.reserve(rules.assign.size());
  for (const auto& rule : rules.assign) ordered.push_back(&rule);
  std::ranges::stable_sort(ordered, {}, &AssignRule::priority);
  return ordered;
}

/// Asks the rules one after the other, and tells what each saw.
class Asking {
 public:
  Asking(const AssignInput& input, const Rules& rules, std::vector<Evidence>& evidence)
      : input_(input), rules_(rules), evidence_(evidence) {}

  Assignment run(bool has_last_resort) {
    const auto worth = worth_asking(rules_, *input_.fields);
    for (const auto* const rule : worth) {
      if (result_.is_decided() && !rules_.explains) break;
      ask(*rule);
    }
    if (!result_.is_decided()) tell_unfit(rules_.assign.size() - asked_ + untold_);
    if (!result_.is_decided()) ask_team();
    if (!result_.is_decided() && has_last_resort) ask_whoever_is_back_first();
    return std::move(result_);
  }

  /// Its condition held once.
  void ask_again(const AssignRule& rule) { take(rule, {}); }
  [[nodiscard]] const Assignment& result() const { return result_; }

 private:
  void ask(const AssignRule& rule) {
    ++asked_;
    const bool is_told = rules_.explains || told_ < kMostTold;
    std::string saw;
    const bool fits = holds(rule.when, *input_.fields, is_told ? &saw : nullptr);
    if (!fits && !is_told) {
      ++untold_;
    } else if (result_.is_decided()) {
      saw += std::string(saw.empty() ? "" : ": ") + (fits ? "fits; " : "") + "not asked, rule " + result_.rule +
             " decided";
      evidence_.push_back({"rule " + rule.name, std::move(saw), false});
    } else if (!fits) {
      ++told_;
      evidence_.push_back({"rule " + rule.name, std::move(saw), false});
    } else {
      take(rule, std::move(saw));
    }
  }

  void take(const AssignRule& rule, std::string saw) {
    auto choice = choose(rule, input_, rules_);
    if (!saw.empty()) saw += ": ";
    evidence_.push_back({"rule " + rule.name, saw + choice.why, choice.is_made()});
    if (!choice.is_made()) {
      unable_.insert(unable_.end(), rule.users.begin(), rule.users.end());
      for (const auto& id : members(rule.team)) unable_.push_back(id);
      return;
    }
    result_ = {.user = choice.user == nullptr ? std::string{} : choice.user->id,
               .rule = rule.name,
               .reason = "rule " + rule.name + ": " + choice.why,
               .turn = std::move(choice.turn),
               .team = std::move(choice.team)};
    if (choice.waits_for == nullptr) return;
    result_.waits_for = choice.waits_for->id;
    result_.until = returns_at(*choice.waits_for, input_.now, input_.absences);
  }

  void tell_unfit(std::size_t count) {
    if (count > 0) evidence_.push_back({"rules", std::to_string(count) + " more do not fit", false});
  }

  void ask_team() {
    const auto* const user = of_team();
    if (user == nullptr || user->id == input_.not_to) {
      result_.reason = "no rule fits and nobody of the mailbox's team is there";
      evidence_.push_back({"team", result_.reason, true});
      return;
    }
    evidence_.push_back({"team", "no rule fits: " + input_.mailbox->team + " -> " + user->id, true});
    result_.user = user->id;
    result_.reason = "no rule fits; team " + input_.mailbox->team + " of mailbox " + input_.mailbox->name;
  }

  /// Who may have one before who has enough or takes none: somebody has to have it.
  [[nodiscard]] const User* of_team() const {
    if (input_.mailbox == nullptr) return nullptr;
    const auto team = std::ranges::find(rules_.teams, input_.mailbox->team, &Team::id);
    if (team == rules_.teams.end()) return nullptr;
    const auto* const lead = rules_.user(team->lead);
    if (lead != nullptr && obstacle(*lead, input_).empty()) return lead;
    const auto able = to_be_offered(team->id, input_, rules_);
    if (!able.empty()) return able.front();
    return team_fallback(input_.mailbox, rules_, input_.now, input_.absences);
  }

  /// Those who would have it, were they there. Where no administrator hears of it either, anybody.
  void ask_whoever_is_back_first() {
    std::vector<std::string> all;
    if (rules_.admins.empty()) {
      for (const auto& user : rules_.users) all.push_back(user.id);
    }
    const auto team = input_.mailbox == nullptr ? std::vector<std::string>{} : members(input_.mailbox->team);
    const auto& unable = std::as_const(unable_);
    const auto& everybody = std::as_const(all);
    for (const auto* const ids : {&team, &unable, &everybody}) {
      const auto* const user = first_back(*ids, ids != &everybody);
      if (user == nullptr) continue;
      result_.user = user->id;
      result_.is_last_resort = true;
      result_.reason += "; " + user->id + " has it";
      if (const auto back = returns(*user); back > input_.now) result_.reason += " and is back " + to_rfc3339(back);
      evidence_.push_back({"last resort", result_.reason, true});
      return;
    }
  }

  [[nodiscard]] std::vector<std::string> members(std::string_view id) const {
    const auto team = std::ranges::find(rules_.teams, id, &Team::id);
    return id.empty() || team == rules_.teams.end() ? std::vector<std::string>{} : team->members;
  }

  [[nodiscard]] Time returns(const User& user) const { return returns_at(user, input_.now, input_.absences); }

  [[nodiscard]] const User* first_back(const std::vector<std::string>& ids, bool is_away) const {
    const User* first = nullptr;
    for (const auto& id : ids) {
      const auto* const user = rules_.user(id);
      if (user == nullptr || !user->takes_leads || user->id == input_.not_to) continue;
      if (is_away && !absence_at(*user, input_.now, input_.absences)) continue;
      if (first == nullptr || returns(*user) < returns(*first)) first = user;
    }
    return first;
  }

  const AssignInput& input_;
  const Rules& rules_;
  std::vector<Evidence>& evidence_;
  std::vector<std::string> unable_{};  ///< of rules that fit and of which nobody can take it
  Assignment result_{};
  std::size_t asked_ = 0;
  std::size_t told_ = 0;
  std::size_t untold_ = 0;
};

}  // namespace

const User* team_fallback(const Mailbox* mailbox, const Rules& rules, Time now, const Absences* said) {
  if (mailbox == nullptr) return nullptr;
  const auto team = std::ranges::find(rules.teams, mailbox->team, &Team::id);
  if (team == rules.teams.end()) return nullptr;
  if (const auto* const lead = available(team->lead, rules, now, said)) return lead;
  for (const auto& id : team->members) {
    if (const auto* const user = available(id, rules, now, said)) return user;
  }
  return nullptr;
}

std::vector<const User*> to_be_offered(const std::string& team, const AssignInput& input, const Rules& rules) {
  std::vector<const User*> users;
  const auto found = std::ranges::find(rules.teams, team, &Team::id);
  if (found == rules.teams.end()) return users;
  for (const auto& id : found->members) {
    const auto* const user = rules.user(id);
    if (user != nullptr && obstacle(*user, input).empty()) users.push_back(user);
  }
  return users;
}

Assignment assign(const AssignInput& input, const Rules& rules, std::vector<Evidence>& evidence) {
  return Asking(input, rules, evidence).run(true);
}

Assignment assign_again(const AssignRule& rule, const AssignInput& input, const Rules& rules,
                        std::vector<Evidence>& evidence) {
  Asking first(input, rules, evidence);
  first.ask_again(rule);
  return first.result().is_decided() ? first.result() : Asking(input, rules, evidence).run(false);
}

}  // namespace leadmail::leads
