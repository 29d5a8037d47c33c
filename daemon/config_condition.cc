#include "daemon/config_condition.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "core/leads/address.h"
#include "core/leads/country.h"
#include "core/leads/inquiry.h"
#include "core/leads/lead.h"
#include "core/leads/money.h"
#include "daemon/config_read.h"
#include "daemon/config_values.h"
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

// Of a message; a lead keeps nothing of them.
constexpr std::string_view kOfMailAlone[]{"text", "to", "kind", "attachment", "received"};

/// What a condition may look at, beside the fields of one's own. The label of a form is written form.LABEL.
constexpr std::pair<std::string_view, FieldKind> kFields[]{{"email", FieldKind::address},
                                                           {"emails", FieldKind::address},
                                                           {"domain", FieldKind::host},
                                                           {"name", FieldKind::text},
                                                           {"from", FieldKind::address},
                                                           {"to", FieldKind::address},
                                                           {"cc", FieldKind::address},
                                                           {"subject", FieldKind::text},
                                                           {"text", FieldKind::text},
                                                           {"language", FieldKind::text},
                                                           {"mailbox", FieldKind::mailbox},
                                                           {"kind", FieldKind::nature},
                                                           {"attachment", FieldKind::text},
                                                           {"attachments", FieldKind::text},
                                                           {"received", FieldKind::moment},
                                                           {"phone", FieldKind::text},
                                                           {"phones", FieldKind::text},
                                                           {"company", FieldKind::text},
                                                           {"title", FieldKind::text},
                                                           {"website", FieldKind::host},
                                                           {"status", FieldKind::status},
                                                           {"owed", FieldKind::yes_no},
                                                           {"owner", FieldKind::user},
                                                           {"type", FieldKind::text},
                                                           {"gender", FieldKind::text},
                                                           {"salutation", FieldKind::text},
                                                           {"source", FieldKind::text},
                                                           {"campaign", FieldKind::text},
                                                           {"medium", FieldKind::text},
                                                           {"country", FieldKind::country},
                                                           {"region", FieldKind::text},
                                                           {"city", FieldKind::text},
                                                           {"postal_code", FieldKind::text},
                                                           {"territory", FieldKind::text},
                                                           {"latitude", FieldKind::number},
                                                           {"longitude", FieldKind::number},
                                                           {"timezone", FieldKind::text},
                                                           {"lead_type", FieldKind::text},
                                                           {"market_segment", FieldKind::text},
                                                           {"industry", FieldKind::text},
                                                           {"product", FieldKind::text},
                                                           {"quantity", FieldKind::text},
                                                           {"size", FieldKind::text},
                                                           {"employees", FieldKind::number},
                                                           {"branches", FieldKind::number},
                                                           {"potential", FieldKind::text},
                                                           {"tags", FieldKind::text},
                                                           {"customer", FieldKind::yes_no},
                                                           {"team", FieldKind::text},
                                                           {"next.at", FieldKind::moment},
                                                           {"next.by", FieldKind::user},
                                                           {"next.note", FieldKind::text},
                                                           {"last.at", FieldKind::moment},
                                                           {"first_contact_at", FieldKind::moment},
                                                           {"first_contact_place", FieldKind::text},
                                                           {"need", FieldKind::text},
                                                           {"budget", FieldKind::text},
                                                           {"authority", FieldKind::text},
                                                           {"timeframe", FieldKind::text},
                                                           {"heard_through", FieldKind::text},
                                                           {"was_customer", FieldKind::text}};

FieldKind kind_of(leads::FieldType type) {
  switch (type) {
    case leads::FieldType::text: return FieldKind::text;
    case leads::FieldType::number:
    case leads::FieldType::money: return FieldKind::number;
    case leads::FieldType::date: return FieldKind::moment;
    case leads::FieldType::choice: return FieldKind::choice;
    case leads::FieldType::boolean: return FieldKind::yes_no;
  }
  return FieldKind::text;
}

std::string_view words(FieldKind kind) {
  switch (kind) {
    case FieldKind::text: return "a text";
    case FieldKind::address: return "an address";
    case FieldKind::host: return "a domain";
    case FieldKind::moment: return "a time";
    case FieldKind::number: return "a number";
    case FieldKind::yes_no: return "yes or no";
    case FieldKind::status: return "a status";
    case FieldKind::user: return "a user";
    case FieldKind::mailbox: return "a mailbox";
    case FieldKind::nature: return "the kind of a mail";
    case FieldKind::choice: return "one of a list";
    case FieldKind::country: return "a country";
  }
  return "";
}

bool makes_sense(Op op, FieldKind kind) {
  const bool is_name = kind == FieldKind::text || kind == FieldKind::address || kind == FieldKind::host ||
                       kind == FieldKind::mailbox || kind == FieldKind::choice || kind == FieldKind::country;
  const bool is_measure = kind == FieldKind::moment || kind == FieldKind::number;
  switch (op) {
    case Op::contains:
    case Op::matches: return is_name;
    case Op::domain: return kind == FieldKind::address || kind == FieldKind::host;
    case Op::before:
    case Op::after: return is_measure;
    case Op::is:
    case Op::in: return kind != FieldKind::moment;
    default: return true;
  }
}

std::string what_does(FieldKind kind) {
  switch (kind) {
    case FieldKind::moment: return "use before or after";
    case FieldKind::number: return "use is, in, before or after";
    case FieldKind::address:
    case FieldKind::host: return "use is, in, contains, matches, domain or exists";
    case FieldKind::text:
    case FieldKind::mailbox:
    case FieldKind::choice:
    case FieldKind::country: return "use is, in, contains, matches or exists";
    default: return "use is, in or exists";
  }
}

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

bool is_number(const std::string& text) {
  const auto digits = text.starts_with('-') ? text.substr(1) : text;
  return !digits.empty() && digits.size() < 20 && digits.find_first_not_of("0123456789.") == std::string::npos;
}

std::vector<std::string> statuses() {
  std::vector<std::string> names;
  for (int i = 0; i <= static_cast<int>(leads::Status::do_not_contact); ++i) {
    names.emplace_back(leads::name(static_cast<leads::Status>(i)));
  }
  return names;
}

class ConditionReader {
 public:
  ConditionReader(const std::vector<KnownField>& fields, const leads::Rules& rules, ConfigReport& report)
      : fields_(fields), rules_(rules), report_(report) {}

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
    const Member* given = nullptr;
    for (const auto& member : node.members) {
      if (member.key == "field") continue;
      const auto* known = std::ranges::find(kComparisons, member.key, [](const auto& entry) { return entry.first; });
      if (known == kComparisons.end()) return fail_on(member);
      if (found != kComparisons.end())
        return fail(member.place, "only one comparison in a condition", "join two with `all`");
      found = known;
      given = &member;
    }
    if (given == nullptr) return fail(node.place, "this condition compares with nothing");
    const auto known = field_named(*field);
    if (!known) return {};
    if (!makes_sense(found->second, known->kind)) {
      return fail(given->place,
                  "'" + std::string{found->first} + "' can't compare '" + known->name + "', which is " +
                      std::string{words(known->kind)},
                  what_does(known->kind));
    }
    return read_values(found->second, *known, given->value);
  }

  Condition fail_on(const Member& member) {
    std::vector<std::string> known{"field"};
    for (const auto& [key, op] : kComparisons) known.emplace_back(key);
    for (const auto& [key, op] : kGroups) known.emplace_back(key);
    return fail(member.place, "unknown comparison '" + member.key + "'", suggest(member.key, known));
  }

  std::optional<KnownField> field_named(const Node& field) {
    const auto name = leads::to_lower(field.text);
    const auto found = std::ranges::find(fields_, name, &KnownField::name);
    if (found != fields_.end()) return *found;
    if (name.starts_with("form.") && name.size() > 5) return KnownField{.name = name};
    std::vector<std::string> names;
    names.reserve(fields_.size());
    for (const auto& known : fields_) names.push_back(known.name);
    auto suggestion = suggest(name, names);
    if (suggestion.empty()) suggestion = "the label of a form is written 'form." + field.text + "'";
    report_.error(field.place, "no field '" + field.text + "'", std::move(suggestion));
    return std::nullopt;
  }

  Condition read_values(Op op, const KnownField& field, const Node& node) {
    if (op == Op::exists) {
      if (node.kind != NodeKind::boolean) return fail(node.place, "exists must be true or false");
      Condition exists{.op = Op::exists, .field = field.name};
      if (node.boolean) return exists;
      return {.op = Op::none_of, .parts = {std::move(exists)}};
    }
    if (!holds_plain_values(node)) return fail(node.place, "this must be a value or a list of values");
    if (op == Op::in && node.kind != NodeKind::list)
      return fail(node.place, "in must be a list", "use `is` for one value");
    Condition comparison{.op = op, .field = field.name, .values = plain_texts(node)};
    if (op == Op::domain) read_domains(comparison.values, node.place);
    if (op == Op::matches) check_patterns(comparison.values, node.place);
    if (op == Op::is || op == Op::in) check_names(field, comparison.values, node.place);
    if (op == Op::before || op == Op::after) check_measures(field, comparison.values, node.place);
    // There is no "no" in the book: what is not so has no value.
    if (field.kind == FieldKind::yes_no && comparison.values == std::vector<std::string>{"no"})
      return {.op = Op::none_of, .parts = {{.op = Op::is, .field = field.name, .values = {"yes"}}}};
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

  /// A value that the field can never have makes a comparison that never holds.
  void check_names(const KnownField& field, std::vector<std::string>& values, Place place) {
    for (auto& value : values) {
      switch (field.kind) {
        case FieldKind::status: check_one_of(value, "status", statuses(), place); break;
        case FieldKind::user: check_one_of(value, "user", names_of(rules_.users, &leads::User::id), place); break;
        case FieldKind::mailbox:
          check_one_of(value, "mailbox", names_of(rules_.mailboxes, &leads::Mailbox::name), place);
          break;
        case FieldKind::nature:
          if (!leads::nature_named(leads::to_lower(value)))
            report_.error(place, "there is no kind of mail '" + value + "'", "like person, form, bulk");
          break;
        case FieldKind::choice:
          if (!field.choices.empty()) check_one_of(value, "choice of '" + field.name + "',", field.choices, place);
          break;
        case FieldKind::yes_no:
          if (value == "true") value = "yes";
          if (value == "false") value = "no";
          if (value != "yes" && value != "no") report_.error(place, "'" + field.name + "' is true or false");
          break;
        case FieldKind::number: check_number(field, value, place); break;
        case FieldKind::country: check_country(value, place, report_); break;
        case FieldKind::address: check_address(field, value, place); break;
        default: break;
      }
    }
  }

  /// "@gmail.com" is how people say which addresses they mean.
  void read_domains(std::vector<std::string>& values, Place place) {
    for (auto& value : values) {
      if (value.starts_with('@')) value.erase(0, 1);
      constexpr std::string_view kNever = "@* \t/<>,";
      const bool can_fit = !value.empty() && !value.starts_with('.') && !value.ends_with('.') &&
                           value.find_first_of(kNever) == std::string::npos;
      if (can_fit) continue;
      report_.error(place, "'" + value + "' is no domain", "like \"acme.example\", which means all below it too");
    }
  }

  /// Without an @ it fits no address.
  void check_address(const KnownField& field, const std::string& value, Place place) {
    if (value.find('@') != std::string::npos && !value.starts_with('@')) return;
    report_.error(place, "'" + value + "' is no address, and '" + field.name + "' is one",
                  "for all of a domain use `domain`");
  }

  void check_one_of(const std::string& value, const std::string& what, const std::vector<std::string>& known,
                    Place place) {
    const auto is_it = [&](const std::string& name) { return leads::to_lower(name) == leads::to_lower(value); };
    if (std::ranges::any_of(known, is_it)) return;
    report_.error(place, "there is no " + what + " '" + value + "'", suggest(leads::to_lower(value), known));
  }

  void check_number(const KnownField& field, const std::string& value, Place place) {
    if (is_number(value) || leads::read_money(value, "EUR")) return;
    report_.error(place, "'" + value + "' is no number, and '" + field.name + "' is one");
  }

  void check_measures(const KnownField& field, const std::vector<std::string>& values, Place place) {
    for (const auto& value : values) {
      if (field.kind == FieldKind::number) {
        check_number(field, value, place);
        continue;
      }
      const bool is_seconds =
          !value.empty() && value.size() < 16 && value.find_first_not_of("0123456789") == std::string::npos;
      if (is_seconds || parse_rfc3339(value) || parse_rfc3339(value + "T00:00:00Z")) continue;
      report_.error(place, "'" + value + "' is no date and no time", "like 2026-12-25");
    }
  }

  const std::vector<KnownField>& fields_;
  const leads::Rules& rules_;
  ConfigReport& report_;
};

}  // namespace

void check_country(const std::string& value, Place place, ConfigReport& report) {
  if (!leads::country_code(value).empty()) return;
  auto suggestion = suggest(value, leads::country_names());
  if (suggestion.empty()) suggestion = "its name, or two letters like MX. ISO 3166-1";
  report.error(place, "'" + value + "' is no country", std::move(suggestion));
}

std::vector<KnownField> known_fields(const leads::Rules& rules) {
  std::vector<KnownField> fields;
  fields.reserve(rules.record.fields.size() + std::size(kFields));
  // A field of the company's own with a name that everybody has is the company's.
  for (const auto& own : rules.record.fields) {
    fields.push_back({leads::to_lower(own.name), kind_of(own.type), own.choices});
  }
  for (const auto& [name, kind] : kFields) fields.push_back({std::string{name}, kind, {}});
  return fields;
}

Condition read_condition(const Node& node, const std::vector<KnownField>& fields, const leads::Rules& rules,
                         ConfigReport& report) {
  return ConditionReader(fields, rules, report).read(node);
}

void refuse_fields_of_mail(const Condition& condition, const Place& place, const leads::Rules& rules,
                           ConfigReport& report) {
  for (const auto& part : condition.parts) refuse_fields_of_mail(part, place, rules, report);
  const auto& field = condition.field;
  const auto is_own = [&](const leads::FieldSpec& own) { return leads::to_lower(own.name) == field; };
  const bool is_of_mail =
      field.starts_with("form.") || std::ranges::find(kOfMailAlone, field) != std::end(kOfMailAlone);
  if (!is_of_mail || std::ranges::any_of(rules.record.fields, is_own)) return;
  report.error(place, "'" + field + "' is known of a mail while it is taken, and this is looked at later too",
               "take a field that the lead keeps, or from, cc, domain or subject of the prospect's last mail");
}

}  // namespace leadmail::daemon
