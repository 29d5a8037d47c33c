#include "core/leads/choose.h"

#include <algorithm>
#include <functional>

#include "core/leads/address.h"
#include "core/leads/availability.h"
#include "core/leads/execute.h"
#include "core/leads/text.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

using Strategy = AssignRule::Strategy;
using WhenAway = AssignRule::WhenAway;

/// Its people have no order among themselves.
bool gives_by_turns(Strategy strategy) {
  return strategy != Strategy::user && strategy != Strategy::sticky && strategy != Strategy::field &&
         strategy != Strategy::offer;
}

/// The people of one rule for one lead: who can, and what is said of the others.
struct Field {
  std::vector<const User*> able{};
  std::vector<const User*> away{};
  std::string passed_over{};
  bool is_narrowed = false;  ///< to those who prefer the lead's domain: no turn of theirs
};

void pass_over(Field& field, const User& user, const std::string& why) {
  field.passed_over += (field.passed_over.empty() ? "" : ", ") + user.id + " " + why;
}

bool prefers(const User& user, Fields& fields) {
  const auto& domains = fields.values("domain");
  return std::ranges::any_of(domains, [&](const std::string& domain) {
    const auto has = to_lower(domain);
    return std::ranges::any_of(user.domains,
                               [&](const std::string& wanted) { return has == wanted || has.ends_with("." + wanted); });
  });
}

/// Only those for whom it holds, if there are any; what is said of the others.
bool narrow(Field& field, const std::function<bool(const User&)>& holds, const std::string& why) {
  if (std::ranges::none_of(field.able, [&](const User* user) { return holds(*user); })) return false;
  bool narrowed = false;
  std::erase_if(field.able, [&](const User* user) {
    if (holds(*user)) return false;
    pass_over(field, *user, why);
    narrowed = true;
    return true;
  });
  return narrowed;
}

Field field_of(const std::vector<std::string>& ids, const AssignRule& rule, const AssignInput& input,
               const Rules& rules) {
  Field field;
  for (const auto& id : ids) {
    const auto* const user = rules.user(id);
    if (user == nullptr) continue;
    const auto why = obstacle(*user, input);
    if (why.empty()) {
      field.able.push_back(user);
    } else {
      pass_over(field, *user, why);
      if (absence_at(*user, input.now, input.absences)) field.away.push_back(user);
    }
  }
  const auto works = [&](const User& user) { return presence(user, input.now, input.absences) == Presence::working; };
  if (rule.hours == AssignRule::Hours::only &&
      std::ranges::none_of(field.able, [&](const User* u) { return works(*u); })) {
    for (const auto* const user : field.able) pass_over(field, *user, "not at work now");
    field.able.clear();
  } else if (rule.hours == AssignRule::Hours::prefer && gives_by_turns(rule.strategy)) {
    narrow(field, works, "not at work now");
  }
  return field;
}

std::string month_of(const AssignInput& input, const Rules& rules) {
  return to_text(day_of(input.now, rules.timezone)).substr(0, 7);
}

const Rotation& turn_of(const AssignInput& input, const std::string& key) {
  static const Rotation kNone{};
  if (input.rotations == nullptr) return kNone;
  const auto found = input.rotations->find(key);
  return found == input.rotations->end() ? kNone : found->second;
}

Rotation::Share share_of(const Rotation& turn, const User& user) {
  const auto found = turn.shares.find(user.id);
  return found == turn.shares.end() ? Rotation::Share{} : found->second;
}

/// The next of the list after the one who was last, passing over those who can't.
const User* next_in_turn(const std::vector<std::string>& ids, const Field& field, const Rotation& turn) {
  const auto had = turn.last.empty()
                       ? ids.end()
                       : std::ranges::find(ids, turn.last, [](const std::string& id) { return to_lower(id); });
  const auto start = had == ids.end() ? 0 : static_cast<std::size_t>(had - ids.begin()) + 1;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto id = to_lower(ids[(start + i) % ids.size()]);
    const auto able = std::ranges::find(field.able, id, [](const User* user) { return std::string_view(user->id); });
    if (able != field.able.end()) return *able;
  }
  return nullptr;
}

/// The one for whom `is_better` (of two) holds against all; among equals who waits longest, then their order.
template <typename Better>
const User* best_of(const std::vector<const User*>& able, const Rotation& turn, const Better& is_better) {
  const User* best = nullptr;
  for (const auto* const user : able) {
    const bool waits_longer =
        best != nullptr && !is_better(*best, *user) && share_of(turn, *user).last < share_of(turn, *best).last;
    if (best == nullptr || is_better(*user, *best) || waits_longer) best = user;
  }
  return best;
}

std::int64_t weight_of(const AssignRule& rule, const User& user) {
  const auto own = rule.shares.find(user.id);
  return own == rule.shares.end() ? user.weight : own->second;
}

/// "ana:3 luis:1": while this stays, shares are counted together.
std::string period_of(const AssignRule& rule, const std::vector<const User*>& able) {
  std::string period;
  for (const auto* const user : able) {
    period += (period.empty() ? "" : " ") + user->id + ":" + std::to_string(weight_of(rule, *user));
  }
  return period;
}

/// By the quota method (Balinski, Young): of those whose share of the leads so far, this one included, is not used up,
/// the one who is owed most. After each lead everybody is less than one away from his exact share.
const User* by_weight(const AssignRule& rule, const Field& field, const Rotation& turn, std::string& period) {
  std::vector<const User*> able;
  std::int64_t weights = 0;
  for (const auto* const user : field.able) {
    if (weight_of(rule, *user) <= 0) continue;
    weights += weight_of(rule, *user);
    able.push_back(user);
  }
  period = period_of(rule, able);
  const bool goes_on = turn.period == period;
  const auto given = [&](const User& user) { return goes_on ? share_of(turn, user).given : 0; };
  std::int64_t leads = 1;
  for (const auto* const user : able) leads += given(*user);
  std::erase_if(able, [&](const User* user) { return given(*user) * weights >= weight_of(rule, *user) * leads; });
  return best_of(able, turn, [&](const User& a, const User& b) {
    return weight_of(rule, a) * (given(b) + 1) > weight_of(rule, b) * (given(a) + 1);
  });
}

int open_of(const AssignInput& input, const User& user) {
  if (input.open_leads == nullptr) return 0;
  const auto found = input.open_leads->find(user.id);
  return found == input.open_leads->end() ? 0 : found->second;
}

const User* least_open(const Field& field, const AssignInput& input, const Rotation& turn) {
  return best_of(field.able, turn, [&](const User& a, const User& b) { return open_of(input, a) < open_of(input, b); });
}

/// Who has used the smallest part of his month, of those who have some left.
const User* by_quota(const AssignRule& rule, Field& field, const Rotation& turn, const std::string& month) {
  const auto quota = [&](const User& user) {
    const auto found = rule.shares.find(user.id);
    return found == rule.shares.end() ? std::int64_t{0} : std::int64_t{found->second};
  };
  const auto had = [&](const User& user) {
    const auto share = share_of(turn, user);
    return share.month == month ? share.in_month : 0;
  };
  std::erase_if(field.able, [&](const User* user) {
    if (had(*user) < quota(*user)) return false;
    pass_over(field, *user, "has had his " + std::to_string(quota(*user)) + " of the month");
    return true;
  });
  return best_of(field.able, turn, [&](const User& a, const User& b) { return had(a) * quota(b) < had(b) * quota(a); });
}

/// Whom the rule names for this lead, in its order.
std::vector<std::string> people_of(const AssignRule& rule, const AssignInput& input, const Rules& rules) {
  std::vector<std::string> ids;
  if (rule.strategy == Strategy::field) {
    for (const auto& value : input.fields->values(rule.field)) {
      const auto* user = rules.user_with_address(with_lower_domain(value));
      if (user == nullptr) user = read_user(value, rules);
      if (user != nullptr) ids.push_back(user->id);
    }
    return ids;
  }
  if (rule.strategy != Strategy::sticky) return rule.users;
  const auto is_meant = [&](const EarlierOwner& owner) {
    using SameAs = AssignRule::SameAs;
    const bool is_named = rule.users.empty() || std::ranges::any_of(rule.users, [&](const std::string& id) {
                            return to_lower(id) == to_lower(owner.user);
                          });
    if (rule.same_as == SameAs::person) return is_named && owner.is_same_person;
    if (rule.same_as == SameAs::organisation) return is_named && !owner.is_same_person;
    if (rule.same_as == SameAs::customer) return is_named && owner.was_customer;
    return is_named;
  };
  for (const bool same_person : {true, false}) {
    for (const auto& owner : input.earlier) {
      if (owner.is_same_person == same_person && is_meant(owner)) ids.push_back(to_lower(owner.user));
    }
  }
  return ids;
}

std::string nobody_because(const AssignRule& rule, const std::vector<std::string>& ids) {
  if (rule.strategy == Strategy::sticky && ids.empty()) return "nobody had this person or organisation before";
  if (rule.strategy == Strategy::field && ids.empty()) return rule.field + " names no user";
  return "nobody of it can take a lead now";
}

/// Everybody it names is away: what the rule says to do then.
bool stand_in(const AssignRule& rule, const Field& field, const AssignInput& input, const Rules& rules,
              Choice& choice) {
  if (rule.when_away == WhenAway::deputy) {
    for (const auto* const user : field.away) {
      const auto* const deputy = deputy_of(*user, rules, input.now, input.absences);
      if (deputy == nullptr || !obstacle(*deputy, input).empty()) continue;
      choice.user = deputy;
      choice.why = deputy->id + " is the deputy of " + user->id;
      return true;
    }
  }
  if (rule.when_away != WhenAway::wait) return false;
  for (const auto* const user : field.away) {
    if (user->id == input.not_to || !user->takes_leads) continue;
    const bool is_first = choice.waits_for == nullptr || returns_at(*user, input.now, input.absences) <
                                                             returns_at(*choice.waits_for, input.now, input.absences);
    if (is_first) choice.waits_for = user;
  }
  if (choice.waits_for != nullptr) choice.why = "waits for " + choice.waits_for->id;
  return choice.waits_for != nullptr;
}

/// How the strategy picked him, in words.
std::string how(Strategy strategy) {
  switch (strategy) {
    case Strategy::user: return "";
    case Strategy::round_robin: return "next in turn";
    case Strategy::weighted: return "next by weight";
    case Strategy::least_open: return "fewest open leads";
    case Strategy::quota: return "most of the month's quota left";
    case Strategy::field: return "named by the lead";
    case Strategy::branch: return "next in turn there";
    case Strategy::sticky: return "had them before";
    case Strategy::offer: return "";
  }
  return "";
}

const User* pick(const AssignRule& rule, Field& field, const std::vector<std::string>& ids, const AssignInput& input,
                 const Rotation& turn, Rotate& next) {
  switch (rule.strategy) {
    case Strategy::round_robin:
    case Strategy::branch: return next_in_turn(ids, field, turn);
    case Strategy::weighted: return by_weight(rule, field, turn, next.period);
    case Strategy::least_open: return least_open(field, input, turn);
    case Strategy::quota: return by_quota(rule, field, turn, next.month);
    case Strategy::user:
    case Strategy::field:
    case Strategy::sticky:
    case Strategy::offer: return field.able.empty() ? nullptr : field.able.front();
  }
  return nullptr;
}

std::vector<std::string> members_of(const std::string& team, const Rules& rules) {
  const auto found = std::ranges::find(rules.teams, team, &Team::id);
  return found == rules.teams.end() ? std::vector<std::string>{} : found->members;
}

void add_passed_over(Choice& choice, const Field& field) {
  if (!field.passed_over.empty()) choice.why += " (" + field.passed_over + ")";
}

}  // namespace

std::string obstacle(const User& user, const AssignInput& input) {
  if (user.id == input.not_to) return "has just had it";
  if (const auto absence = absence_at(user, input.now, input.absences)) return "away until " + to_text(absence->until);
  if (!user.takes_leads) return "takes no leads";
  const int open = open_of(input, user);
  if (user.capacity > 0 && open >= user.capacity) return "has " + std::to_string(open) + " open leads, his most";
  return {};
}

Choice choose(const AssignRule& rule, const AssignInput& input, const Rules& rules) {
  Choice choice;
  auto ids = people_of(rule, input, rules);
  std::string key = rule.name;
  if (rule.strategy == Strategy::branch) {
    const auto* const branch = nearest_branch(rule.branches, *input.fields, rules, choice.why);
    if (branch == nullptr) return choice;
    ids = members_of(branch->team, rules);
    key += "@" + branch->id;
  }
  if (rule.strategy == Strategy::offer) ids = members_of(rule.team, rules);
  auto field = field_of(ids, rule, input, rules);
  const bool by_turns = gives_by_turns(rule.strategy);
  if (by_turns) {
    field.is_narrowed = narrow(
        field, [&](const User& user) { return prefers(user, *input.fields); }, "does not know that domain");
  }
  if (rule.strategy == Strategy::offer && !field.able.empty()) {
    choice.team = rule.team;
    choice.why = "offered to team " + rule.team;
    add_passed_over(choice, field);
    return choice;
  }
  Rotate next{.rule = key, .month = month_of(input, rules)};
  choice.user = pick(rule, field, ids, input, turn_of(input, key), next);
  if (choice.user != nullptr) {
    const auto words = how(rule.strategy);
    choice.why += (choice.why.empty() ? "" : ": ") + choice.user->id + (words.empty() ? "" : ", " + words);
    if (field.is_narrowed) choice.why += ", knows that domain";
    next.user = choice.user->id;
    if (by_turns && !field.is_narrowed) choice.turn = std::move(next);
  } else if (!stand_in(rule, field, input, rules, choice)) {
    choice.why += (choice.why.empty() ? "" : ": ") + nobody_because(rule, ids);
  }
  add_passed_over(choice, field);
  return choice;
}

}  // namespace leadmail::leads
