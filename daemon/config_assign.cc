// [[assign]] and [[branch]]: who gets what, where, and what follows.
#include <algorithm>
#include <array>

#include "core/leads/address.h"
#include "core/leads/rule_index.h"
#include "daemon/config_condition.h"
#include "daemon/config_read.h"
#include "daemon/options.h"

namespace leadmail::daemon {
namespace {

using leads::AssignRule;
using Strategy = AssignRule::Strategy;
using SameAs = AssignRule::SameAs;

constexpr std::array<std::pair<std::string_view, Strategy>, 9> kStrategies{{{"user", Strategy::user},
                                                                            {"round_robin", Strategy::round_robin},
                                                                            {"weighted", Strategy::weighted},
                                                                            {"least_open", Strategy::least_open},
                                                                            {"quota", Strategy::quota},
                                                                            {"field", Strategy::field},
                                                                            {"branch", Strategy::branch},
                                                                            {"sticky", Strategy::sticky},
                                                                            {"offer", Strategy::offer}}};
constexpr std::array<std::pair<std::string_view, SameAs>, 4> kSameAs{{{"person", SameAs::person},
                                                                      {"organisation", SameAs::organisation},
                                                                      {"organization", SameAs::organisation},
                                                                      {"customer", SameAs::customer}}};

std::chrono::minutes minutes_of(const TableReader& table, std::string_view key) {
  return table.has(key) ? std::chrono::ceil<std::chrono::minutes>(table.duration(key)) : std::chrono::minutes{0};
}

leads::ServiceLevel::Then then_of(std::string_view word) {
  using Then = leads::ServiceLevel::Then;
  if (word == "warn") return Then::warn;
  if (word == "reassign") return Then::reassign;
  return word == "offer" ? Then::offer : Then::escalate;
}

AssignRule::WhenAway when_away_of(std::string_view word) {
  using WhenAway = AssignRule::WhenAway;
  if (word == "wait") return WhenAway::wait;
  if (word == "deputy") return WhenAway::deputy;
  return word == "reassign" ? WhenAway::reassign : WhenAway::unsaid;
}

AssignRule::Hours hours_of(std::string_view word) {
  if (word == "only") return AssignRule::Hours::only;
  return word == "ignore" ? AssignRule::Hours::ignore : AssignRule::Hours::prefer;
}

class AssignReader {
 public:
  AssignReader(const ConfigTree& tree, leads::Rules& rules, ConfigReport& report)
      : tree_(tree), rules_(rules), report_(report), fields_(known_fields(rules)) {}

  void read() {
    for (const auto* node : tables_of(tree_.root, "branch")) read_branch(TableReader("branch", *node));
    for (const auto* node : tables_of(tree_.root, "assign")) read_rule(TableReader("assign", *node));
    const auto priority = [](const auto& entry) { return entry.first.priority; };
    std::ranges::stable_sort(read_, {}, priority);
    if (!report_.failed()) warn_of_idle_rules(read_, report_);
    for (auto& [rule, place] : read_) rules_.assign.push_back(std::move(rule));
    leads::prepare_rules(rules_);
  }

 private:
  void read_branch(const TableReader& table) {
    leads::Branch branch{.id = leads::to_lower(table.text("id")), .team = leads::to_lower(table.text("team"))};
    if (branch.id.empty()) return;
    if (std::ranges::find(rules_.branches, branch.id, &leads::Branch::id) != rules_.branches.end())
      report_.error(table.place("id"), "branch '" + branch.id + "' stands twice");
    check_team(branch.team, table.place("team"), "nobody works in branch '" + branch.id + "'");
    if (const auto* node = table.given("territory")) {
      const TableReader territory("branch.territory", *node);
      branch.country = territory.text("country");
      if (territory.has("country")) check_country(branch.country, territory.place("country"), report_);
      branch.regions = territory.texts("region");
      branch.postal_prefixes = territory.texts("postal_prefix");
    }
    const auto* latitude = table.given("latitude");
    const auto* longitude = table.given("longitude");
    if (latitude != nullptr && longitude != nullptr) {
      branch.at = leads::Coordinates{latitude->number, longitude->number};
      if (std::abs(latitude->number) > 90 || std::abs(longitude->number) > 180)
        report_.error(latitude->place, "there is no such place: latitude is at most 90, longitude 180 degrees");
    } else if (latitude != nullptr || longitude != nullptr) {
      report_.error(table.place("id"), "latitude and longitude are given together");
    }
    rules_.branches.push_back(std::move(branch));
  }

  void read_rule(const TableReader& table) {
    AssignRule rule;
    rule.name = table.text("name");
    rule.priority = table.integer("priority");
    const auto is_it = [&](const auto& entry) { return entry.first.name == rule.name; };
    if (std::ranges::any_of(read_, is_it)) {
      // What the rule has given is remembered by this name.
      report_.error(table.place("name"), "rule '" + rule.name + "' stands twice");
    }
    if (const auto* when = table.given("when")) rule.when = read_condition(*when, fields_, rules_, report_);
    rule.unassign_when = later_condition(table, "unassign_when");
    rule.close_when = later_condition(table, "close_when");
    rule.hours = hours_of(table.text("hours"));
    rule.when_away = when_away_of(table.text("when_away"));
    rule.level = {.acknowledge = minutes_of(table, "acknowledge_within"),
                  .first_answer = minutes_of(table, "first_answer_within"),
                  .answer = minutes_of(table, "answer_within"),
                  .warn_before = minutes_of(table, "warn_before"),
                  .then = then_of(table.text("then"))};
    if (table.has("then") && !rule.level.is_set()) {
      report_.warn(table.place("then"), "nothing has to be done within a time, so nothing follows after it",
                   "set acknowledge_within, first_answer_within or answer_within");
    }
    check_warning(table, rule.level);
    if (const auto* to = table.given("to")) read_strategy(*to, rule);
    read_.emplace_back(std::move(rule), table.place("name"));
  }

  /// One that is looked at whenever something happens on the lead.
  std::optional<leads::Condition> later_condition(const TableReader& table, std::string_view key) {
    const auto* const when = table.given(key);
    if (when == nullptr) return std::nullopt;
    auto condition = read_condition(*when, fields_, rules_, report_);
    refuse_fields_of_mail(condition, table.place(key), rules_, report_);
    return condition;
  }

  /// A warning that could only come before its term has begun never comes.
  void check_warning(const TableReader& table, const leads::ServiceLevel& level) {
    if (level.warn_before.count() <= 0) return;
    const auto longest = std::max({level.acknowledge, level.first_answer, level.answer});
    if (level.warn_before < longest) return;
    report_.warn(table.place("warn_before"), "no term of the rule is as long as that, so nobody is ever warned before",
                 "take less than acknowledge_within, first_answer_within or answer_within");
  }

  void read_strategy(const Node& to, AssignRule& rule) {
    if (to.members.size() != 1) {
      report_.error(to.place, "`to` must name one strategy", "like { round_robin = [\"ana\"] }");
      return;
    }
    const auto& [key, place, value] = to.members.front();
    const auto* known = std::ranges::find(kStrategies, key, [](const auto& entry) { return entry.first; });
    if (known == kStrategies.end()) {
      const auto names = names_of(kStrategies, [](const auto& entry) { return entry.first; });
      report_.error(place, "unknown strategy '" + key + "'", suggest(key, names));
      return;
    }
    rule.strategy = known->second;
    switch (rule.strategy) {
      case Strategy::sticky: return read_sticky(value, rule);
      case Strategy::quota: return read_shares(value, rule);
      case Strategy::field: return read_field(value, rule);
      case Strategy::branch: return read_branches(value, rule);
      case Strategy::offer: return read_offer(value, rule);
      case Strategy::weighted:
        return value.kind == NodeKind::table ? read_shares(value, rule) : read_users(value, rule);
      case Strategy::user:
      case Strategy::round_robin:
      case Strategy::least_open: return read_users(value, rule);
    }
  }

  void read_sticky(const Node& value, AssignRule& rule) {
    if (value.kind == NodeKind::boolean && value.boolean) return;
    const auto* same = std::ranges::find(kSameAs, value.text, [](const auto& entry) { return entry.first; });
    if (value.kind == NodeKind::text && same != kSameAs.end()) {
      rule.same_as = same->second;
      return;
    }
    read_users(value, rule);
  }

  /// { ana = 3, luis = 1 }
  void read_shares(const Node& value, AssignRule& rule) {
    if (value.kind != NodeKind::table || value.members.empty()) {
      report_.error(value.place, "this must be a table of users with a number each", "like { ana = 20, luis = 10 }");
      return;
    }
    int sum = 0;
    for (const auto& member : value.members) {
      const auto id = leads::to_lower(member.key);
      if (!is_user(id, member.place)) continue;
      if (member.value.kind != NodeKind::integer || member.value.integer < 0 || member.value.integer > 1'000'000) {
        report_.error(member.value.place, "this must be a number from 0 to 1000000");
        continue;
      }
      rule.users.push_back(id);
      rule.shares[id] = static_cast<int>(member.value.integer);
      sum += rule.shares[id] > 0 ? 1 : 0;
    }
    if (sum == 0) report_.error(value.place, "nobody would get anything: all numbers are 0");
  }

  void read_field(const Node& value, AssignRule& rule) {
    rule.field = leads::to_lower(value.text);
    const bool is_known = std::ranges::find(fields_, rule.field, &KnownField::name) != fields_.end();
    if (value.kind == NodeKind::text && (is_known || rule.field.starts_with("form."))) return;
    report_.error(value.place, "no field '" + value.text + "'",
                  suggest(rule.field, names_of(fields_, &KnownField::name)));
  }

  void read_branches(const Node& value, AssignRule& rule) {
    if (rules_.branches.empty()) report_.error(value.place, "there is no [[branch]]");
    if (value.kind == NodeKind::boolean && value.boolean) return;
    std::vector<const Node*> names;
    if (value.kind == NodeKind::text) names.push_back(&value);
    for (const auto& item : value.items) names.push_back(&item);
    if (names.empty()) report_.error(value.place, "this must be true or a list of branches");
    const auto known = names_of(rules_.branches, &leads::Branch::id);
    for (const auto* node : names) {
      const auto id = leads::to_lower(node->text);
      if (std::ranges::find(known, id) == known.end())
        report_.error(node->place, "there is no branch '" + node->text + "'", suggest(id, known));
      rule.branches.push_back(id);
    }
  }

  void read_offer(const Node& value, AssignRule& rule) {
    rule.team = leads::to_lower(value.text);
    if (rule.team.empty()) {
      report_.error(value.place, "this must be a team");
      return;
    }
    check_team(rule.team, value.place, "team '" + rule.team + "' has no members");
  }

  void check_team(const std::string& id, Place place, const std::string& if_empty) {
    const auto team = std::ranges::find(rules_.teams, id, &leads::Team::id);
    const auto known = names_of(rules_.teams, &leads::Team::id);
    if (team == rules_.teams.end()) {
      report_.error(place, id.empty() ? if_empty : "there is no team '" + id + "'", suggest(id, known));
    } else if (team->members.empty()) {
      report_.error(place, if_empty);
    }
  }

  void read_users(const Node& value, AssignRule& rule) {
    std::vector<const Node*> names;
    if (value.kind == NodeKind::text) names.push_back(&value);
    for (const auto& item : value.items) names.push_back(&item);
    if (names.empty()) report_.error(value.place, "this must be a list of users or teams, like [\"ana\"]");
    for (const auto* node : names) {
      for (auto& id : people_named(*node)) {
        if (std::ranges::find(rule.users, id) == rule.users.end()) rule.users.push_back(std::move(id));
      }
    }
  }

  bool is_user(const std::string& id, Place place) {
    if (rules_.user(id) != nullptr) return true;
    report_.error(place, "there is no user '" + id + "'", suggest(id, names_of(rules_.users, &leads::User::id)));
    return false;
  }

  std::vector<std::string> people_named(const Node& node) {
    const auto id = leads::to_lower(node.text);
    if (rules_.user(id) != nullptr) return {id};
    const auto team = std::ranges::find(rules_.teams, id, &leads::Team::id);
    if (team != rules_.teams.end()) {
      if (team->members.empty()) report_.error(node.place, "team '" + id + "' has no members");
      return team->members;
    }
    std::vector<std::string> known;
    known.reserve(rules_.users.size() + rules_.teams.size());
    for (const auto& user : rules_.users) known.push_back(user.id);
    for (const auto& each : rules_.teams) known.push_back(each.id);
    report_.error(node.place, "there is no user and no team '" + node.text + "'", suggest(id, known));
    return {};
  }

  const ConfigTree& tree_;
  leads::Rules& rules_;
  ConfigReport& report_;
  std::vector<KnownField> fields_;
  std::vector<std::pair<AssignRule, Place>> read_{};
};

}  // namespace

void read_assignment(const ConfigTree& tree, leads::Rules& rules, ConfigReport& report) {
  AssignReader(tree, rules, report).read();
}

}  // namespace leadmail::daemon
