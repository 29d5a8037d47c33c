#include "core/leads/condition.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <unordered_map>

#include "core/leads/address.h"
#include "core/leads/country.h"
#include "core/leads/fold.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

using Op = Condition::Op;

constexpr std::size_t kMostText = 65536;  // of a body that rules look at

/// The pattern, compiled once per thread. The same text always means the same, so remembering it changes no answer.
const RE2& compiled(const std::string& pattern) {
  thread_local std::unordered_map<std::string, std::unique_ptr<RE2>> known;
  constexpr std::size_t kMost = 20000;
  if (known.size() >= kMost) known.clear();
  auto& entry = known[pattern];
  if (!entry) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(1 << 20);
    entry = std::make_unique<RE2>(pattern, options);
  }
  return *entry;
}

bool matches(const std::string& value, const std::string& pattern) {
  const auto& expression = compiled(pattern);
  return expression.ok() && RE2::PartialMatch(value, expression);
}

/// "acme.example" for itself and all below it.
bool is_in_domain(std::string_view value, std::string_view domain) {
  const auto has = value.find('@') == std::string_view::npos ? to_lower(value) : domain_of(value);
  const auto wanted = to_lower(domain);
  return has == wanted ||
         (has.size() > wanted.size() && has.ends_with(wanted) && has[has.size() - wanted.size() - 1] == '.');
}

/// A number, or an amount with its currency.
std::optional<double> as_number(std::string_view text) {
  double value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{}) return std::nullopt;
  if (end == text.data() + text.size()) return value;
  const auto rest = std::string_view(end, static_cast<std::size_t>(text.data() + text.size() - end));
  return rest.size() == 4 && rest.front() == ' ' ? std::optional(value) : std::nullopt;
}

/// An instant in seconds: RFC 3339, a date, or a number as it stands.
std::optional<double> as_moment(std::string_view text) {
  if (const auto number = as_number(text)) return number;
  if (const auto time = parse_rfc3339(text)) return static_cast<double>(to_unix(*time));
  if (const auto day = parse_rfc3339(std::string(text) + "T00:00:00Z")) return static_cast<double>(to_unix(*day));
  return std::nullopt;
}

bool is_before(std::string_view value, std::string_view limit) {
  const auto left = as_moment(value);
  const auto right = as_moment(limit);
  return left && right && *left < *right;
}

/// Of comparisons that work on words: case and accents never matter.
bool compare_words(const Condition& condition, const std::vector<std::string>& has) {
  const bool is_prepared = condition.folded.size() == condition.values.size();
  const auto fits = [&](const std::string& wanted) {
    return std::ranges::any_of(has, [&](const std::string& value) {
      return condition.op == Op::contains ? value.find(wanted) != std::string::npos : value == wanted;
    });
  };
  if (is_prepared) return std::ranges::any_of(condition.folded, fits);
  const bool is_part = condition.op == Op::contains;
  return std::ranges::any_of(condition.values, [&](const std::string& wanted) {
    return fits(is_part ? fold(wanted) : comparable(condition.field, wanted));
  });
}

bool compare_values(Op op, const std::vector<std::string>& has, const std::vector<std::string>& wanted) {
  return std::ranges::any_of(has, [&](const std::string& value) {
    return std::ranges::any_of(wanted, [&](const std::string& text) {
      switch (op) {
        case Op::matches: return matches(value, text);
        case Op::domain: return is_in_domain(value, text);
        case Op::before: return is_before(value, text);
        case Op::after: return is_before(text, value);
        default: return false;
      }
    });
  });
}

std::string_view word(Op op) {
  switch (op) {
    case Op::always: return "always";
    case Op::all: return "all";
    case Op::any: return "any";
    case Op::none_of: return "not";
    case Op::is: return "is";
    case Op::in: return "in";
    case Op::contains: return "contains";
    case Op::matches: return "matches";
    case Op::domain: return "domain";
    case Op::before: return "before";
    case Op::after: return "after";
    case Op::exists: return "exists";
  }
  return "";
}

void note(std::string* saw, const Condition& condition, const std::vector<std::string>& has, bool result) {
  constexpr std::size_t kLongest = 60;
  if (saw == nullptr) return;
  if (!saw->empty()) *saw += "; ";
  *saw += condition.field + " " + std::string(word(condition.op));
  for (const auto& value : condition.values) *saw += " " + value;
  *saw += has.empty() ? ": saw nothing" : ": saw \"" + one_line(has.front(), kLongest) + "\"";
  *saw += result ? ", yes" : ", no";
}

bool compare(const Condition& condition, Fields& fields, std::string* saw) {
  const auto& has = fields.values(condition.field);
  bool result = false;
  switch (condition.op) {
    case Op::exists: result = !has.empty(); break;
    case Op::is:
    case Op::in: result = compare_words(condition, fields.comparable(condition.field)); break;
    case Op::contains: result = compare_words(condition, fields.folded(condition.field)); break;
    default: result = compare_values(condition.op, has, condition.values); break;
  }
  note(saw, condition, has, result);
  return result;
}

std::vector<std::string> one(std::string_view value) {
  if (value.empty()) return {};
  return {std::string(value)};
}

std::vector<std::string> addresses(const std::vector<Person>& people) {
  std::vector<std::string> list;
  list.reserve(people.size());
  for (const auto& person : people) list.push_back(person.address);
  return list;
}

}  // namespace

const std::vector<std::string>& Fields::values(const std::string& field) {
  auto found = values_.find(field);
  if (found == values_.end()) found = values_.emplace(field, read(field)).first;
  return found->second;
}

const std::vector<std::string>& Fields::folded(const std::string& field) {
  auto found = folded_.find(field);
  if (found == folded_.end()) {
    std::vector<std::string> list;
    for (const auto& value : values(field)) list.push_back(fold(value));
    found = folded_.emplace(field, std::move(list)).first;
  }
  return found->second;
}

const std::vector<std::string>& Fields::comparable(const std::string& field) {
  if (field != "country") return folded(field);  // what the mail says of others is a plain word already
  auto found = comparable_.find(field);
  if (found == comparable_.end()) {
    std::vector<std::string> list;
    for (const auto& value : values(field)) list.push_back(leads::comparable(field, value));
    found = comparable_.emplace(field, std::move(list)).first;
  }
  return found->second;
}

std::string comparable(std::string_view field, std::string_view value) {
  if (field == "domain" && value.starts_with('@')) value.remove_prefix(1);
  auto country = field == "country" ? country_code(value) : std::string{};
  return country.empty() ? fold(value) : to_lower(country);
}

std::vector<std::string> Fields::read(std::string_view field) const {
  if (field == "email" || field == "emails") {
    auto list = lead_.emails();
    if (list.empty()) list = one(inquiry_.from.address);
    return list;
  }
  if (field == "phone") return lines_of(lead_.value("phones"));
  if (const auto value = lead_.value(field); !value.empty()) return lines_of(value);
  if (const auto answer = lead_.value("qualification." + std::string(field) + ".answer"); !answer.empty())
    return {std::string(answer)};
  return read_message(field);
}

std::vector<std::string> Fields::read_message(std::string_view field) const {
  if (field == "domain") return one(domain_of(inquiry_.from.address));
  if (field == "name") return one(inquiry_.from.name);
  if (field == "from") return one(inquiry_.from.address);
  if (field == "subject") return one(inquiry_.subject);
  if (field == "text") return one(std::string_view(inquiry_.text).substr(0, kMostText));
  if (field == "language") return one(inquiry_.language);
  if (field == "mailbox") return one(inquiry_.mailbox);
  if (field == "kind") return one(leads::name(inquiry_.nature));
  if (field == "to") return addresses(inquiry_.to);
  if (field == "cc") return addresses(inquiry_.cc);
  if (field == "attachment") {
    std::vector<std::string> names;
    names.reserve(inquiry_.attachments.size());
    for (const auto& file : inquiry_.attachments) names.push_back(file.name);
    return names;
  }
  if (field == "received") return {std::to_string(to_unix(inquiry_.received))};
  const auto wanted = fold(field.starts_with("form.") ? field.substr(5) : field);
  std::vector<std::string> list;
  for (const auto& [label, value] : inquiry_.form) {
    if (fold(label) == wanted) list.push_back(value);
  }
  return list;
}

bool holds(const Condition& condition, Fields& fields, std::string* saw) {
  const auto part_holds = [&](const Condition& part) { return holds(part, fields, saw); };
  switch (condition.op) {
    case Op::always: return true;
    case Op::all: return std::ranges::all_of(condition.parts, part_holds);
    case Op::any: return std::ranges::any_of(condition.parts, part_holds);
    case Op::none_of: return std::ranges::none_of(condition.parts, part_holds);
    default: return compare(condition, fields, saw);
  }
}

}  // namespace leadmail::leads
