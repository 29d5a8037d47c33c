// Rules that can never fire.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/leads/condition.h"
#include "core/leads/fold.h"
#include "daemon/config_condition.h"

namespace leadmail::daemon {
namespace {

using leads::AssignRule;
using leads::Condition;
using Op = Condition::Op;

/// Fields with one value at most.
constexpr std::array<std::string_view, 9> kSingle{"status", "owner",   "mailbox",  "kind", "type",
                                                  "gender", "country", "language", "owed"};

std::set<std::string> folded(const Condition& condition) {
  std::set<std::string> words;
  for (const auto& value : condition.values) {
    words.insert(condition.op == Op::contains ? leads::fold(value) : leads::comparable(condition.field, value));
  }
  return words;
}

/// Two conditions with the same text mean the same.
std::string text_of(const Condition& condition) {
  const bool by_words = condition.op == Op::is || condition.op == Op::in || condition.op == Op::contains;
  const auto op = condition.op == Op::in ? Op::is : condition.op;
  std::string text = std::to_string(static_cast<int>(op)) + " " + condition.field + "(";
  std::set<std::string> parts;
  for (const auto& part : condition.parts) parts.insert(text_of(part));
  const auto values =
      by_words ? folded(condition) : std::set<std::string>(condition.values.begin(), condition.values.end());
  for (const auto& value : values) parts.insert(std::to_string(value.size()) + ":" + value);
  for (const auto& part : parts) text += part + ",";
  return text + ")";
}

bool is_word_comparison(const Condition& condition) { return condition.op == Op::is || condition.op == Op::in; }

std::string text_of(const Condition& comparison, const std::string& value) {
  return text_of(Condition{.op = Op::is, .field = comparison.field, .values = {value}});
}

/// Each of these alone makes the condition hold.
void add_sufficient(const Condition& condition, std::vector<std::string>& texts) {
  texts.push_back(text_of(condition));
  if (condition.op == Op::any || (condition.op == Op::all && condition.parts.size() == 1)) {
    for (const auto& part : condition.parts) add_sufficient(part, texts);
  }
  if (!is_word_comparison(condition)) return;
  for (const auto& value : condition.values) texts.push_back(text_of(condition, value));
}

/// Each of these holds when the condition does.
void add_necessary(const Condition& condition, std::vector<std::string>& texts) {
  texts.push_back(text_of(condition));
  if (condition.op == Op::all || (condition.op == Op::any && condition.parts.size() == 1)) {
    for (const auto& part : condition.parts) add_necessary(part, texts);
  }
}

bool excludes(const Condition& a, const Condition& b) {
  if (b.op == Op::none_of)
    return std::ranges::any_of(b.parts, [&](const Condition& part) { return text_of(part) == text_of(a); });
  if (a.op == Op::none_of) return excludes(b, a);
  if (a.field != b.field || !is_word_comparison(a) || !is_word_comparison(b)) return false;
  if (std::ranges::find(kSingle, a.field) == kSingle.end()) return false;
  const auto left = folded(a);
  return std::ranges::none_of(folded(b), [&](const std::string& value) { return left.contains(value); });
}

/// It can't hold, whatever comes.
bool contradicts_itself(const Condition& condition) {
  const auto& parts = condition.parts;
  if (condition.op == Op::any) return std::ranges::all_of(parts, contradicts_itself);
  if (condition.op != Op::all) return false;
  for (auto a = parts.begin(); a != parts.end(); ++a) {
    if (contradicts_itself(*a)) return true;
    if (std::any_of(a + 1, parts.end(), [&](const Condition& b) { return excludes(*a, b); })) return true;
  }
  return false;
}

/// Gives the lead to somebody whenever one of its people is there.
bool is_conclusive(const AssignRule& rule) {
  using Strategy = AssignRule::Strategy;
  const bool may_pass = rule.strategy == Strategy::sticky || rule.strategy == Strategy::field ||
                        rule.strategy == Strategy::branch || rule.strategy == Strategy::quota;
  return !may_pass && rule.hours != AssignRule::Hours::only;
}

}  // namespace

void warn_of_idle_rules(const std::vector<std::pair<AssignRule, Place>>& rules, ConfigReport& report) {
  std::map<std::string, std::string> taken;  // what makes an earlier rule hold -> its name
  std::string takes_all;
  for (const auto& [rule, place] : rules) {
    if (contradicts_itself(rule.when)) {
      report.warn(place, "rule '" + rule.name + "' can never fire: its condition contradicts itself");
      continue;
    }
    std::string by = takes_all;
    std::vector<std::string> needs;
    add_necessary(rule.when, needs);
    for (const auto& need : needs) {
      const auto found = taken.find(need);
      if (by.empty() && found != taken.end()) by = found->second;
    }
    if (!by.empty()) {
      report.warn(place, "rule '" + rule.name + "' stands behind '" + by + "', which fits all that it fits",
                  "give it a lower priority number; now it is asked only when nobody of that one is there");
    }
    if (!is_conclusive(rule)) continue;
    if (rule.when.op == Op::always && takes_all.empty()) takes_all = rule.name;
    std::vector<std::string> enough;
    add_sufficient(rule.when, enough);
    for (auto& text : enough) taken.emplace(std::move(text), rule.name);
  }
}

}  // namespace leadmail::daemon
