// The way in: columns get their meaning, rows are checked.
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/leads/address.h"
#include "core/leads/command.h"
#include "core/leads/csv.h"
#include "core/leads/exchange.h"
#include "core/leads/exchange_fields.h"
#include "core/leads/fold.h"
#include "core/leads/organisation.h"
#include "core/leads/person_words.h"
#include "core/leads/text.h"
#include "core/leads/vcard.h"

namespace leadmail::leads {
namespace {

struct Alias {
  std::string_view heading;
  std::string_view field;
};

// What tables of other programs call these things; folded.
constexpr std::array kAliases{
    Alias{"email", "contact.1.emails"},
    Alias{"e-mail", "contact.1.emails"},
    Alias{"emails", "contact.1.emails"},
    Alias{"email address", "contact.1.emails"},
    Alias{"e-mail address", "contact.1.emails"},
    Alias{"mail", "contact.1.emails"},
    Alias{"correo", "contact.1.emails"},
    Alias{"correo electronico", "contact.1.emails"},
    Alias{"thu dien tu", "contact.1.emails"},
    Alias{"dia chi email", "contact.1.emails"},
    Alias{"phone", "phones"},
    Alias{"telephone", "phones"},
    Alias{"mobile", "phones"},
    Alias{"tel", "phones"},
    Alias{"telefono", "phones"},
    Alias{"dien thoai", "phones"},
    Alias{"so dien thoai", "phones"},
    Alias{"full name", "name"},
    Alias{"contact", "contact.1.name"},
    Alias{"contacto", "contact.1.name"},
    Alias{"organization", "company"},
    Alias{"organisation", "company"},
    Alias{"account", "company"},
    Alias{"job title", "title"},
    Alias{"zip", "postal_code"},
    Alias{"postcode", "postal_code"},
    Alias{"state", "region"},
    Alias{"address", "addresses"},
    Alias{"direccion", "addresses"},
    Alias{"dia chi", "addresses"},
    Alias{"etiquetas", "tags"},
    Alias{"owner", "owner"},
    Alias{"responsable", "owner"},
    Alias{"estado", "status"},
};

// Values that are no field of the record.
constexpr auto kWhole = std::to_array<std::string_view>(
    {"lead",   "created_at",       "status",  "owed",     "owner", "mailbox",  "phones",     "tags",    "addresses",
     "budget", "attachments",      "domain",  "related",  "dead",  "customer", "unreadable", "by_hand", "withdrawn",
     "soft",   "first_contact_at", "offered", "quantity", "merged"});

// The first part of those that have several: "next.at", "opportunity.2.value".
constexpr auto kHeads =
    std::to_array<std::string_view>({"contact", "next", "last", "opportunity", "quotation", "order", "step",
                                     "qualification", "evaluation", "lost", "customer", "event", "sla"});

constexpr std::size_t kLongestName = 100;

bool is_utf8(std::string_view text) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());  // NOLINT: ICU counts in bytes
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    if (c < 0) return false;
  }
  return true;
}

/// "at" of "next.at", "1.emails" of "contact.1.emails": what can stand behind the first part.
bool are_parts(std::string_view head, std::string_view rest) {
  const auto is_number = [](std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  const bool clean = std::ranges::none_of(rest, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  const auto point = rest.find('.');
  const bool whole = !rest.empty() && point != 0 && !rest.ends_with('.');
  return clean && whole && (head != "contact" || (point != std::string_view::npos && is_number(rest.substr(0, point))));
}

bool is_known_value(std::string_view field, const Rules& rules) {
  if (field.size() > kLongestName) return false;
  const auto settable = settable_fields(rules.record);
  if (std::ranges::find(settable, field, &FieldSpec::name) != settable.end()) return true;
  const auto point = field.find('.');
  if (point == std::string_view::npos) return std::ranges::find(kWhole, field) != kWhole.end();
  const auto head = field.substr(0, point);
  return std::ranges::find(kHeads, head) != kHeads.end() && are_parts(head, field.substr(point + 1));
}

/// Headings -> names of values.
class Columns {
 public:
  Columns(const ColumnMap& given, const Rules& rules) : given_(given), rules_(rules) {}

  /// "" for one that is left out or unknown; the latter are remembered.
  std::string field_for(std::string_view heading) {
    if (const auto known = known_.find(heading); known != known_.end()) return known->second;
    const auto field = find(heading);
    known_.emplace(heading, field);
    return field;
  }

  std::vector<std::string> unknown{};

 private:
  std::string find(std::string_view heading) {
    if (const auto wish = given_.find(heading); wish != given_.end()) return wish->second;
    if (is_known_value(heading, rules_)) return std::string(heading);
    const auto words = fold(trim(heading));
    const auto alias = std::ranges::find(kAliases, words, &Alias::heading);
    if (alias != kAliases.end()) return std::string(alias->field);
    const auto named = read_field(heading, rules_.record);
    if (named && trim(heading.substr(named->used)).empty()) return named->field.name;
    if (!words.empty() && unknown.size() < kMostCells) unknown.push_back(one_line(heading, kLongestName));
    return {};
  }

  const ColumnMap& given_;
  const Rules& rules_;
  std::map<std::string, std::string, std::less<>> known_{};
};

/// One row in the making; `wrong` ends it.
struct Draft {
  ExportRow values{};
  std::string wrong{};
};

void check_people(Draft& draft, const Rules& rules) {
  auto& values = draft.values;
  for (auto& [field, value] : values) {
    if (!field.starts_with("contact.") || !field.ends_with(".emails")) continue;
    std::string kept;
    auto listed = value;
    std::ranges::replace_if(
        listed, [](char c) { return c == ',' || c == ';'; }, '\n');
    for (const auto& line : lines_of(listed)) {
      const auto address = with_lower_domain(trim(line));
      if (address.empty()) continue;
      if (!is_plain_address(address)) draft.wrong = "no e-mail address: " + one_line(line, 60);
      if (rules.user_with_address(address) != nullptr || rules.mailbox_with_address(address) != nullptr)
        draft.wrong = address + " is one of our own addresses";
      kept += (kept.empty() ? "" : "\n") + address;
    }
    value = kept;
  }
  const auto value = [&](std::string_view field) {
    const auto found = values.find(field);
    return found == values.end() ? std::string{} : found->second;
  };
  const auto email = value("contact.1.emails");
  auto name = value("name");
  if (name.empty()) name = value("contact.1.name");
  if (name.empty()) name = value("company");
  if (name.empty()) name = std::string(local_part_of(email.substr(0, email.find('\n'))));
  if (name.empty()) name = value("phones");
  if (value("type") == "organization" && value("company").empty()) draft.wrong = "an organization needs a company name";
  if (email.empty() && name.empty()) draft.wrong = "it needs an e-mail address, a phone number or a name";
  values.try_emplace("name", name);
}

/// For rows that are no export of ours: what a lead cannot be without.
void complete(Draft& draft, const Rules& rules) {
  auto& values = draft.values;
  const auto emails = values.find("contact.1.emails");
  const auto email = emails == values.end() ? std::string{} : emails->second.substr(0, emails->second.find('\n'));
  values.try_emplace("status", "lead");
  values.try_emplace("type", "person");
  if (!rules.mailboxes.empty()) values.try_emplace("mailbox", rules.mailboxes.front().name);
  values.try_emplace("source", "import");
  values.try_emplace("contact.1.name", values.find("name")->second);
  if (const auto phones = values.find("phones"); phones != values.end())
    values.try_emplace("contact.1.phones", phones->second);
  if (auto domain = colleagues_domain(email); !domain.empty()) values.try_emplace("domain", std::move(domain));
}

void check_references(Draft& draft, const Rules& rules) {
  auto& values = draft.values;
  if (const auto status = values.find("status"); status != values.end()) {
    const auto read = status_named(status->second) ? status_named(status->second) : read_status(status->second);
    if (!read) draft.wrong = "no such status: " + one_line(status->second, 60);
    if (read) status->second = std::string(name(*read));
  }
  for (const auto* field : {"owner", "next.by"}) {
    const auto user = values.find(field);
    if (user == values.end()) continue;
    user->second = to_lower(user->second);
    if (rules.user(user->second) == nullptr) draft.wrong = "no such user: " + one_line(user->second, 60);
  }
  if (const auto mailbox = values.find("mailbox"); mailbox != values.end() && rules.mailbox(mailbox->second) == nullptr)
    draft.wrong = "no such mailbox: " + one_line(mailbox->second, 60);
}

/// Values of the company's own types, instants and yes or no; of a table that others made all types and lists.
void check_values(Draft& draft, const std::vector<FieldSpec>& fields, bool is_own, const Rules& rules, Time now) {
  const WhenContext context{.now = now, .zone = rules.timezone, .language = rules.language};
  for (auto& [field, value] : draft.values) {
    if (is_instant(field)) {
      const auto at = parse_rfc3339(value);
      std::int64_t seconds_of_utc = 0;
      const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), seconds_of_utc);
      const bool is_number = failed == std::errc{} && end == value.data() + value.size();
      if (!at && !is_number) draft.wrong = field + ": no time: " + one_line(value, 60);
      if (at) value = std::to_string(to_unix(*at));
      continue;
    }
    const auto spec = std::ranges::find(fields, field, &FieldSpec::name);
    const bool is_typed =
        spec != fields.end() && (!is_own || spec->custom || spec->name == "type" || spec->name == "newsletter");
    if (!is_typed || spec->type == FieldType::text) continue;
    // What we wrote ourselves is right as it is.
    auto read = read_value(*spec, value, context, rules.record);
    if (!read) draft.wrong = field + ": " + read.error().what;
    if (read) value = std::move(*read);
  }
}

/// Reads one file; the parts share columns, fields and what has been found.
class Import {
 public:
  Import(const ColumnMap& columns, const Rules& rules, Time now)
      : columns_(columns, rules), rules_(rules), now_(now), fields_(settable_fields(rules.record)) {}

  void read_table(std::string_view bytes) {
    CsvReader reader(bytes);
    const auto head = reader.next();
    if (!head) return;
    if (!head->wrong.empty()) return bad(head->line, head->wrong);
    while (const auto record = reader.next()) {
      if (!has_room(record->line)) return;
      if (!record->wrong.empty()) {
        bad(record->line, record->wrong);
        continue;
      }
      if (record->cells.size() > head->cells.size()) {
        bad(record->line, "more cells than there are columns");
        continue;
      }
      Draft draft;
      for (std::size_t i = 0; i < record->cells.size(); ++i) put(draft, head->cells[i], record->cells[i]);
      take(record->line, std::move(draft));
    }
  }

  /// A list of objects, or an object a line.
  void read_json(std::string_view bytes) {
    const auto whole = nlohmann::json::parse(bytes, nullptr, false);
    if (whole.is_array()) {
      std::size_t number = 0;
      for (const auto& object : whole) {
        if (!has_room(++number)) return;
        take_object(number, object);
      }
      return;
    }
    for (std::size_t line = 1; !bytes.empty(); ++line) {
      const auto end = std::min(bytes.find('\n'), bytes.size());
      const auto text = trim(bytes.substr(0, end));
      bytes.remove_prefix(std::min(end + 1, bytes.size()));
      if (text.empty()) continue;
      if (!has_room(line)) return;
      take_object(line, nlohmann::json::parse(text, nullptr, false));
    }
  }

  void read_cards(std::string_view bytes) {
    CardReader reader(bytes);
    while (const auto card = reader.next()) {
      if (!has_room(card->line)) return;
      if (!card->wrong.empty()) {
        bad(card->line, card->wrong);
        continue;
      }
      Draft draft;
      take_card(*card, draft);
      take(card->line, std::move(draft));
    }
  }

  ReadImport finish() {
    found_.unknown_columns = std::move(columns_.unknown);
    return std::move(found_);
  }

  void bad(std::size_t line, std::string reason) { found_.bad.push_back({line, std::move(reason)}); }

 private:
  bool has_room(std::size_t line) {
    if (found_.rows.size() + found_.bad.size() < kMostImportRows) return true;
    bad(line, "more than " + std::to_string(kMostImportRows) + " rows; this and all behind it are left out");
    return false;
  }

  void put(Draft& draft, std::string_view heading, std::string_view value) {
    if (value.empty()) return;
    const auto field = columns_.field_for(heading);
    if (field.empty()) return;
    if (!is_utf8(value)) draft.wrong = "column " + one_line(heading, 40) + " is not UTF-8";
    if (value.find('\0') != std::string_view::npos)
      draft.wrong = "column " + one_line(heading, 40) + " has a NUL in it";
    if (!is_known_value(field, rules_)) draft.wrong = "no such field: " + one_line(field, 60);
    auto& kept = draft.values[field];
    kept += (kept.empty() ? "" : "\n") + std::string(value);
  }

  void take_object(std::size_t line, const nlohmann::json& object) {
    if (!object.is_object()) return bad(line, "no JSON object");
    Draft draft;
    for (const auto& [key, value] : object.items()) {
      if (value.is_null()) continue;
      if (value.is_string()) {
        put(draft, key, value.get_ref<const std::string&>());
      } else if (value.is_boolean()) {
        put(draft, key, value.get<bool>() ? "yes" : "no");
      } else if (value.is_number()) {
        put(draft, key, value.dump());
      } else {
        draft.wrong = one_line(key, 40) + " is neither text, number nor yes or no";
      }
    }
    take(line, std::move(draft));
  }

  /// Our own cards say every value; of others we take what they have in common.
  void take_card(const Card& card, Draft& draft) {
    const auto is_ours = [](const CardProperty& property) { return property.name == "X-LEADMAIL"; };
    if (std::ranges::any_of(card.properties, is_ours)) {
      for (const auto& property : card.properties) {
        if (is_ours(property)) put(draft, property.parameter("X-FIELD"), property.value());
      }
      return;
    }
    for (const auto& property : card.properties) {
      const auto& value = property.value();
      if (property.name == "FN") put(draft, "name", one_line(value));
      if (property.name == "ORG") put(draft, "company", one_line(value));
      if (property.name == "TITLE") put(draft, "title", one_line(value));
      if (property.name == "EMAIL") put(draft, "contact.1.emails", one_line(value));
      if (property.name == "TEL")
        put(draft, "phones", one_line(value.starts_with("tel:") ? std::string_view(value).substr(4) : value));
      if (property.name == "URL") put(draft, "website", one_line(value));
      if (property.name == "LANG") put(draft, "language", one_line(value));
      if (property.name == "ADR") put(draft, "addresses", address_of(property));
      if (property.name == "CATEGORIES") put(draft, "tags", one_line(value));
      if (property.name == "KIND" && to_lower(value) == "org") put(draft, "type", "organization");
    }
  }

  static std::string address_of(const CardProperty& property) {
    std::string text;
    for (const auto& part : property.parts) {
      if (!part.empty()) text += (text.empty() ? "" : ", ") + one_line(part);
    }
    return text;
  }

  void take(std::size_t line, Draft draft) {
    ImportRow row{.line = line};
    const auto lead = draft.values.extract("lead");
    const auto created = draft.values.extract("created_at");
    if (!lead.empty()) row.old_lead = lead.mapped();
    if (!created.empty()) {
      const auto at = parse_rfc3339(created.mapped());
      if (!at) draft.wrong = "created_at: no time: " + one_line(created.mapped(), 60);
      if (at) row.created = *at;
    }
    // A row of our own tells all there is to say, even that there is nothing.
    const bool is_own = !row.old_lead.empty() && draft.values.contains("status");
    if (draft.wrong.empty()) check_values(draft, fields_, is_own, rules_, now_);
    if (draft.wrong.empty()) check_references(draft, rules_);
    if (draft.wrong.empty() && !is_own) check_people(draft, rules_);
    if (draft.wrong.empty() && !is_own) complete(draft, rules_);
    if (!draft.wrong.empty()) return bad(line, draft.wrong);
    std::erase_if(draft.values, [](const auto& entry) { return entry.second.empty(); });  // cells of odd blanks
    row.values = std::move(draft.values);
    found_.rows.push_back(std::move(row));
  }

  Columns columns_;
  const Rules& rules_;
  Time now_;
  std::vector<FieldSpec> fields_;
  ReadImport found_{};
};

}  // namespace

ReadImport read_import(std::string_view bytes, ImportFormat format, const ColumnMap& columns, const Rules& rules,
                       Time now) {
  Import import(columns, rules, now);
  if (bytes.size() > kMostImportBytes) {
    import.bad(1, "the file is larger than 64 MiB");
    return import.finish();
  }
  if (format == ImportFormat::csv) import.read_table(bytes);
  if (format == ImportFormat::json) import.read_json(bytes);
  if (format == ImportFormat::vcard) import.read_cards(bytes);
  return import.finish();
}

}  // namespace leadmail::leads
