// What the company keeps of a lead: [[field]], [lists], [qualification], [evaluation], [[step]], [[stage]],
// [[department]].
#include <algorithm>
#include <array>

#include "core/leads/address.h"
#include "core/leads/command.h"
#include "core/leads/fold.h"
#include "daemon/config_read.h"

namespace leadmail::daemon {
namespace {

using leads::RecordSpec;

leads::Labels labels_of(const TableReader& table, std::string_view name) {
  leads::Labels labels{{"en", std::string(name)}};
  if (const auto* const given = table.given("labels")) {
    for (const auto& member : given->members) labels.insert_or_assign(member.key, member.value.text);
  }
  return labels;
}

const Node* table_of(const Node& root, std::string_view section) {
  const auto tables = tables_of(root, section);
  return tables.empty() ? nullptr : tables.front();
}

/// Reads the sections of one config; what stands twice, or names what is not there, is reported.
class RecordReader {
 public:
  RecordReader(const ConfigTree& tree, leads::Rules& rules, ConfigReport& report)
      : tree_(tree), rules_(rules), record_(rules.record), report_(report) {}

  void read() {
    if (const auto* node = table_of(tree_.root, "company")) read_currency(TableReader("company", *node));
    read_lists();
    for (const auto* node : tables_of(tree_.root, "field")) read_field(TableReader("field", *node));
    if (const auto* node = table_of(tree_.root, "qualification"))
      read_qualification(TableReader("qualification", *node));
    if (const auto* node = table_of(tree_.root, "evaluation")) read_evaluation(*node);
    for (const auto* node : tables_of(tree_.root, "step")) read_step(TableReader("step", *node));
    for (const auto* node : tables_of(tree_.root, "stage")) read_stage(TableReader("stage", *node));
    for (const auto* node : tables_of(tree_.root, "department")) read_department(TableReader("department", *node));
    for (const auto* const key : {"source", "campaign"}) check_defaults(key);
  }

 private:
  void read_currency(const TableReader& company) {
    record_.currency = company.text("currency");
    constexpr std::size_t kLetters = 3;  // ISO 4217
    const bool is_code = record_.currency.size() == kLetters &&
                         std::ranges::all_of(record_.currency, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!record_.currency.empty() && !is_code) {
      report_.error(company.place("currency"), "a currency has three capital letters", "like EUR or MXN");
    }
  }

  void read_lists() {
    const auto* const node = table_of(tree_.root, "lists");
    if (node == nullptr) return;
    const TableReader table("lists", *node);
    for (const auto& member : node->members) record_.lists.insert_or_assign(member.key, table.texts(member.key));
  }

  void read_field(const TableReader& table) {
    leads::FieldSpec field;
    field.name = leads::to_lower(table.text("name"));
    if (field.name.empty() || !is_new("field", field.name, table.place("name"))) return;
    const auto everybodys = leads::settable_fields({});
    if (std::ranges::find(everybodys, field.name, &leads::FieldSpec::name) != everybodys.end()) {
      report_.error(table.place("name"), "every lead has a '" + field.name + "' already", "choose another name");
    }
    if (leads::is_reserved(field.name)) {
      report_.error(table.place("name"), "'" + field.name + "' is what a lead keeps by itself", "choose another name");
    }
    constexpr std::size_t kLongestName = 40;
    if (field.name.size() > kLongestName ||
        field.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") != std::string::npos) {
      report_.error(table.place("name"), "a field's name has at most 40 letters a to z, digits, _ and -",
                    "what people read of it stands in labels");
    }
    field.type = leads::field_type_named(table.text("type")).value_or(leads::FieldType::text);
    field.labels = labels_of(table, field.name);
    field.choices = table.texts("choices");
    field.required = table.boolean("required");
    field.custom = true;
    if (field.type == leads::FieldType::choice && field.choices.empty()) {
      report_.error(table.place("type"), "a choice needs its choices", "choices = [\"small\", \"large\"]");
    }
    record_.fields.push_back(std::move(field));
  }

  void read_qualification(const TableReader& table) {
    std::vector<std::string> known;
    for (const auto& question : leads::qualification()) known.push_back(question.name);
    for (auto& name : table.texts("required")) {
      if (std::ranges::find(known, name) == known.end()) {
        report_.error(table.place("required"), "there is no question '" + name + "'", suggest(name, known));
        continue;
      }
      record_.required_answers.push_back(std::move(name));
    }
  }

  void read_evaluation(const Node& node) {
    const TableReader table("evaluation", node);
    auto& evaluation = record_.evaluation;
    evaluation.scores = table.texts("scores");
    evaluation.lowest = table.integer("lowest");
    evaluation.highest = table.integer("highest");
    constexpr std::size_t kScores = 5;
    if (evaluation.scores.size() != kScores) report_.error(table.place("scores"), "an evaluation has five scores");
    if (evaluation.lowest >= evaluation.highest) {
      report_.error(table.place("lowest"), "the lowest score must be below the highest");
    }
    for (const auto* verdict : tables_of(node, "verdict")) {
      const TableReader row("evaluation.verdict", *verdict);
      evaluation.verdicts.push_back({row.integer("from"), row.text("text")});
    }
  }

  void read_step(const TableReader& table) {
    leads::StepSpec step{.id = leads::to_lower(table.text("id")), .after = table.duration("after")};
    if (step.id.empty() || !is_new("step", step.id, table.place("id"))) return;
    step.labels = labels_of(table, step.id);
    record_.steps.push_back(std::move(step));
  }

  void read_stage(const TableReader& table) {
    leads::StageSpec stage{.id = leads::to_lower(table.text("id")), .probability = table.integer("probability")};
    if (stage.id.empty() || !is_new("stage", stage.id, table.place("id"))) return;
    stage.labels = labels_of(table, stage.id);
    using Closed = leads::StageSpec::Closed;
    const auto closed = table.text("closed");
    stage.closed = closed == "won" ? Closed::won : closed == "lost" ? Closed::lost : Closed::no;
    if (!table.has("probability") && stage.closed == Closed::won) stage.probability = 100;
    if (stage.probability > 100) report_.error(table.place("probability"), "a probability is from 0 to 100 percent");
    record_.stages.push_back(std::move(stage));
  }

  /// A value that the list does not have could not be set again once it was changed.
  void check_defaults(std::string_view key) {
    const auto found = record_.lists.find(std::string{key});
    if (found == record_.lists.end() || found->second.empty()) return;
    const auto& allowed = found->second;
    for (const auto* node : tables_of(tree_.root, "mailbox")) {
      static const Node kNone{};
      const auto* const given = node->find("defaults");
      const TableReader defaults("mailbox.defaults",
                                 given == nullptr || given->kind != NodeKind::table ? kNone : *given);
      const auto value = defaults.text(key);
      const auto is_it = [&](const std::string& entry) { return leads::fold(entry) == leads::fold(value); };
      if (value.empty() || std::ranges::any_of(allowed, is_it)) continue;
      const auto place = defaults.has(key) ? defaults.place(key) : table_of(tree_.root, "lists")->member(key)->place;
      report_.warn(place,
                   "leads of mailbox '" + TableReader("mailbox", *node).text("name") + "' begin with the " +
                       std::string{key} + " '" + value + "', which [lists] " + std::string{key} + " does not have",
                   "add it there, or set another in defaults");
    }
  }

  void read_department(const TableReader& table) {
    leads::Department department{
        .id = leads::to_lower(table.text("id")), .addresses = table.texts("addresses"), .on = table.texts("on")};
    if (department.id.empty() || !is_new("department", department.id, table.place("id"))) return;
    if (department.addresses.empty() && table.texts("users").empty())
      report_.error(table.place("id"), "nobody is in department '" + department.id + "'", "set addresses or users");
    for (auto& address : department.addresses) address = leads::with_lower_domain(address);
    for (const auto& id : table.texts("users")) {
      const auto* const user = rules_.user(leads::to_lower(id));
      if (user == nullptr || user->addresses.empty()) {
        report_.error(table.place("users"), "there is no user '" + id + "'");
      } else {
        department.addresses.push_back(user->addresses.front());
      }
    }
    for (const auto& status : department.on) {
      if (!leads::status_named(status)) report_.error(table.place("on"), "there is no status '" + status + "'");
    }
    record_.departments.push_back(std::move(department));
  }

  bool is_new(const std::string& what, const std::string& name, Place place) {
    const auto entry = what + " '" + name + "'";
    if (std::ranges::find(seen_, entry) == seen_.end()) {
      seen_.push_back(entry);
      return true;
    }
    report_.error(place, entry + " stands twice");
    return false;
  }

  const ConfigTree& tree_;
  leads::Rules& rules_;
  RecordSpec& record_;
  ConfigReport& report_;
  std::vector<std::string> seen_{};
};

}  // namespace

void read_record(const ConfigTree& tree, leads::Rules& rules, ConfigReport& report) {
  RecordReader(tree, rules, report).read();
}

}  // namespace leadmail::daemon
