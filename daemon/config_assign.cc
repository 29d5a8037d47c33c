// [[assign]]: conditions and strategies.
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "core/leads/address.h"
#include "daemon/config_read.h"
#include "daemon/options.h"

namespace leadmail::daemon {
namespace {

using leads::Condition;
using Op = Condition::Op;

constexpr std::array<std::pair<std::string_view, Op>, 8> kComparisons{{{"is", Op::is},
                                                                       {"in", Op::in},
                                                                       {"contains", Op::contains},
                                                                       {"matches", Op::matches},
                                                                       {"domain", Op::domain},
                                                                       {"before", Op::before},
                                                                       {"after", Op::after},
                                                                       {"exists", Op::exists}}};
constexpr std::array<std::pair<std::string_view, Op>, 3> kGroups{
    {{"all", Op::all}, {"any", Op::any}, {"not", Op::none_of}}};

/// What a condition may look at, beside the fields of one's own. Anything else is the label of a form.
constexpr std::array<std::string_view, 54> kFields{"email",
                                                   "emails",
                                                   "domain",
                                                   "name",
                                                   "from",
                                                   "to",
                                                   "cc",
                                                   "subject",
                                                   "text",
                                                   "language",
                                                   "mailbox",
                                                   "kind",
                                                   "attachment",
                                                   "received",
                                                   "phone",
                                                   "phones",
                                                   "company",
                                                   "title",
                                                   "website",
                                                   "status",
                                                   "owed",
                                                   "owner",
                                                   "type",
                                                   "gender",
                                                   "salutation",
                                                   "source",
                                                   "campaign",
                                                   "medium",
                                                   "country",
                                                   "region",
                                                   "city",
                                                   "postal_code",
                                                   "timezone",
                                                   "lead_type",
                                                   "market_segment",
                                                   "industry",
                                                   "product",
                                                   "size",
                                                   "employees",
                                                   "branches",
                                                   "potential",
                                                   "tags",
                                                   "customer",
                                                   "team",
                                                   "next.at",
                                                   "next.by",
                                                   "next.note",
                                                   "first_contact_at",
                                                   "first_contact_place",
                                                   "need",
                                                   "budget",
                                                   "authority",
                                                   "timeframe",
                                                   "heard_through"};

/// Strategies of interface.md that this version does not know yet.
constexpr std::array<std::string_view, 6> kLater{"weighted", "least_open", "quota", "field", "branch", "offer"};

bool holds_plain_values(const Node& node) {
  const auto is_plain = [](const Node& item) { return item.kind != NodeKind::table && item.kind != NodeKind::list; };
  return node.kind == NodeKind::list ? !node.items.empty() && std::ranges::all_of(node.items, is_plain)
                                     : is_plain(node);
}

std::string plain_text(const Node& node) {
  switch (node.kind) {
    case NodeKind::integer: return std::to_string(node.integer);
    case NodeKind::number: return std::to_string(node.number);
    case NodeKind::boolean: return node.boolean ? "yes" : "no";
    default: return node.text;
  }
}

std::vector<std::string> plain_texts(const Node& node) {
  if (node.kind != NodeKind::list) return {plain_text(node)};
  std::vector<std::string> found;
  found.reserve(node.items.size());
  for (const auto& item : node.items) found.push_back(plain_text(item));
  return found;
}

class ConditionReader {
 public:
  ConditionReader(const std::vector<std::string>& fields, ConfigReport& report) : fields_(fields), report_(report) {}

  /// The depth is bounded by the reader of TOML.
  Condition read(const Node& node) {
    if (node.kind != NodeKind::table) return fail(node.place, "a condition must be a table");
    for (const auto& [key, op] : kGroups) {
      if (node.find(key) == nullptr) continue;
      if (node.members.size() != 1) return fail(node.place, "'" + std::string{key} + "' must stand alone in its table");
      return read_group(op, *node.find(key));
    }
    return read_comparison(node);
  }

 private:
  Condition fail(Place place, std::string message, std::string suggestion = {}) {
    report_.error(place, std::move(message), std::move(suggestion));
    return {};
  }

  Condition read_group(Op op, const Node& node) {
    Condition group{.op = op};
    if (op == Op::none_of && node.kind == NodeKind::table) {
      group.parts.push_back(read(node));
      return group;
    }
    if (node.kind != NodeKind::list || node.items.empty()) return fail(node.place, "this must be a list of conditions");
    for (const auto& item : node.items) group.parts.push_back(read(item));
    return group;
  }

  Condition read_comparison(const Node& node) {
    const auto* field = node.find("field");
    if (field == nullptr || field->kind != NodeKind::text || field->text.empty()) {
      return fail(node.place, "this condition has no field", "like { field = \"country\", is = \"MX\" }");
    }
    const auto* found = kComparisons.end();
    for (const auto& member : node.members) {
      if (member.key == "field") continue;
      const auto* known = std::ranges::find(kComparisons, member.key, [](const auto& entry) { return entry.first; });
      if (known == kComparisons.end()) return fail_on(member);
      if (found != kComparisons.end())
        return fail(member.place, "only one comparison in a condition", "join two with `all`");
      found = known;
    }
    if (found == kComparisons.end()) return fail(node.place, "this condition compares with nothing");
    check_field(*field);
    return read_values(found->second, leads::to_lower(field->text), *node.find(found->first));
  }

  Condition fail_on(const Member& member) {
    std::vector<std::string> known{"field"};
    for (const auto& [key, op] : kComparisons) known.emplace_back(key);
    for (const auto& [key, op] : kGroups) known.emplace_back(key);
    return fail(member.place, "unknown comparison '" + member.key + "'", suggest(member.key, known));
  }

  void check_field(const Node& field) {
    const auto name = leads::to_lower(field.text);
    if (std::ranges::find(fields_, name) != fields_.end() || name.starts_with("form.")) return;
    report_.warn(field.place, "no field '" + field.text + "': taken as the label of a form", suggest(name, fields_));
  }

  Condition read_values(Op op, std::string field, const Node& node) {
    if (op == Op::exists) {
      if (node.kind != NodeKind::boolean) return fail(node.place, "exists must be true or false");
      Condition exists{.op = Op::exists, .field = std::move(field)};
      if (node.boolean) return exists;
      return {.op = Op::none_of, .parts = {std::move(exists)}};
    }
    if (!holds_plain_values(node)) return fail(node.place, "this must be a value or a list of values");
    if (op == Op::in && node.kind != NodeKind::list)
      return fail(node.place, "in must be a list", "use `is` for one value");
    Condition comparison{.op = op, .field = std::move(field), .values = plain_texts(node)};
    if (op == Op::matches) check_patterns(comparison.values, node.place);
    if (op == Op::before || op == Op::after) check_moments(comparison.values, node.place);
    return comparison;
  }

  void check_patterns(const std::vector<std::string>& patterns, Place place) {
    for (const auto& pattern : patterns) {
      RE2::Options options;
      options.set_log_errors(false);
      options.set_max_mem(1 << 20);
      const RE2 compiled(pattern, options);
      if (!compiled.ok()) report_.error(place, "not a regular expression: " + compiled.error(), "the syntax is RE2's");
    }
  }

  void check_moments(const std::vector<std::string>& moments, Place place) {
    for (const auto& moment : moments) {
      const bool is_number =
          !moment.empty() && moment.size() < 16 && moment.find_first_not_of("0123456789") == std::string::npos;
      if (is_number || parse_rfc3339(moment) || parse_rfc3339(moment + "T00:00:00Z")) continue;
      report_.error(place, "'" + moment + "' is no date, no time and no number", "like 2026-12-25");
    }
  }

  const std::vector<std::string>& fields_;
  ConfigReport& report_;
};

class AssignReader {
 public:
  AssignReader(const ConfigTree& tree, leads::Rules& rules, ConfigReport& report)
      : tree_(tree), rules_(rules), report_(report) {
    fields_.assign(kFields.begin(), kFields.end());
    for (const auto* node : tables_of(tree.root, "field")) {
      fields_.push_back(leads::to_lower(TableReader("field", *node).text("name")));
    }
  }

  void read() {
    for (const auto* node : tables_of(tree_.root, "assign")) read_rule(TableReader("assign", *node));
    std::ranges::stable_sort(rules_.assign, {}, &leads::AssignRule::priority);
  }

 private:
  void read_rule(const TableReader& table) {
    leads::AssignRule rule;
    rule.name = table.text("name");
    rule.priority = table.integer("priority");
    if (std::ranges::find(rules_.assign, rule.name, &leads::AssignRule::name) != rules_.assign.end()) {
      // The round robin remembers by this name who was last.
      report_.error(table.place("name"), "rule '" + rule.name + "' stands twice");
    }
    if (const auto* when = table.given("when")) rule.when = ConditionReader(fields_, report_).read(*when);
    for (const auto* later : {"unassign_when", "close_when"}) {
      if (const auto* when = table.given(later)) ConditionReader(fields_, report_).read(*when);
    }
    if (const auto* to = table.given("to")) read_strategy(*to, rule);
    rules_.assign.push_back(std::move(rule));
  }

  void read_strategy(const Node& to, leads::AssignRule& rule) {
    if (to.members.size() != 1) {
      report_.error(to.place, "`to` must name one strategy", "like { round_robin = [\"ana\"] }");
      return;
    }
    const auto& [key, place, value] = to.members.front();
    using Strategy = leads::AssignRule::Strategy;
    if (key == "user") {
      rule.strategy = Strategy::user;
    } else if (key == "round_robin") {
      rule.strategy = Strategy::round_robin;
    } else if (key == "sticky") {
      rule.strategy = Strategy::sticky;
    } else {
      report_unknown(key, place);
      return;
    }
    if (key == "sticky" && value.kind == NodeKind::boolean && value.boolean) return;
    read_users(value, rule);
  }

  void report_unknown(const std::string& key, Place place) {
    if (std::ranges::find(kLater, key) != kLater.end()) {
      report_.error(place, "the strategy '" + key + "' is not in this version", "use user, round_robin or sticky");
      return;
    }
    report_.error(place, "unknown strategy '" + key + "'", suggest(key, {"user", "round_robin", "sticky"}));
  }

  void read_users(const Node& value, leads::AssignRule& rule) {
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
  std::vector<std::string> fields_{};
};

}  // namespace

void read_assignment(const ConfigTree& tree, leads::Rules& rules, ConfigReport& report) {
  AssignReader(tree, rules, report).read();
}

}  // namespace leadmail::daemon
