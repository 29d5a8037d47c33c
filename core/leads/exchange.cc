// The way out.
#include "core/leads/exchange.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/leads/exchange_fields.h"
#include "core/leads/text.h"
#include "core/leads/vcard.h"

namespace leadmail::leads {
namespace {

// In the order in which people look for them.
constexpr std::array<std::string_view, 40> kColumns{"lead",
                                                    "name",
                                                    "company",
                                                    "title",
                                                    "contact.1.emails",
                                                    "phones",
                                                    "status",
                                                    "owner",
                                                    "owed",
                                                    "type",
                                                    "source",
                                                    "campaign",
                                                    "medium",
                                                    "product",
                                                    "country",
                                                    "region",
                                                    "city",
                                                    "postal_code",
                                                    "addresses",
                                                    "website",
                                                    "language",
                                                    "timezone",
                                                    "salutation",
                                                    "gender",
                                                    "lead_type",
                                                    "market_segment",
                                                    "industry",
                                                    "employees",
                                                    "size",
                                                    "branches",
                                                    "potential",
                                                    "tags",
                                                    "next.at",
                                                    "next.by",
                                                    "next.note",
                                                    "created_at",
                                                    "first_contact_at",
                                                    "first_contact_place",
                                                    "mailbox",
                                                    "newsletter"};

void add(std::vector<CardProperty>& card, std::string name, std::string_view value) {
  if (!value.empty()) card.push_back({.name = std::move(name), .parts = {std::string(value)}});
}

void add_person(std::vector<CardProperty>& card, const Contact& contact) {
  add(card, "TITLE", contact.title);
  add(card, "ROLE", contact.role);
  for (const auto& email : contact.emails) add(card, "EMAIL", email);
  for (const auto& phone : contact.phones) add(card, "TEL", phone);
}

std::string name_of(const Lead& lead, const Contact& contact) {
  if (!contact.name.empty()) return contact.name;
  if (!lead.value("name").empty()) return std::string(lead.value("name"));
  if (!contact.emails.empty()) return contact.emails.front();
  return lead.value("company").empty() ? to_string(lead.id) : std::string(lead.value("company"));
}

}  // namespace

bool is_instant(std::string_view field) {
  return field == "first_contact_at" || field == "next.at" || field == "last.at";
}

ExportRow export_row(const Lead& lead) {
  ExportRow row;
  for (const auto& [field, value] : lead.values) {
    std::int64_t at = 0;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), at);
    const bool is_time = is_instant(field) && failed == std::errc{} && end == value.data() + value.size();
    // Only what comes back as it was.
    const auto text = is_time ? to_rfc3339(from_unix(at)) : std::string{};
    const auto again = is_time ? parse_rfc3339(text) : std::nullopt;
    row.emplace(field, again && std::to_string(to_unix(*again)) == value ? text : value);
  }
  row.insert_or_assign("lead", to_string(lead.id));
  row.insert_or_assign("created_at", to_rfc3339(lead.created));
  return row;
}

std::vector<std::string> export_columns(const std::vector<std::string>& names) {
  std::vector<std::string> columns;
  for (const auto column : kColumns) {
    if (std::ranges::find(names, column) != names.end()) columns.emplace_back(column);
  }
  auto rest = names;
  std::ranges::sort(rest);
  for (auto& name : rest) {
    if (std::ranges::find(columns, name) == columns.end()) columns.push_back(std::move(name));
  }
  return columns;
}

std::string export_card(const Lead& lead) {
  std::vector<CardProperty> card;
  const auto contacts = lead.contacts();
  const auto first = contacts.empty() ? Contact{} : contacts.front();
  const bool is_organization = lead.value("type") == "organization";
  add(card, "KIND", is_organization ? "org" : "individual");
  add(card, "FN", name_of(lead, first));
  add(card, "ORG", lead.value("company"));
  add_person(card, first);
  if (first.phones.empty()) {
    for (const auto& phone : lines_of(lead.value("phones"))) add(card, "TEL", phone);
  }
  add(card, "URL", lead.value("website"));
  add(card, "LANG", lead.value("language"));
  for (const auto& tag : lines_of(lead.value("tags"))) add(card, "CATEGORIES", tag);
  for (const auto& [field, value] : export_row(lead)) {
    card.push_back({.name = "X-LEADMAIL", .parameters = {{"X-FIELD", field}}, .parts = {value}});
  }
  return card_text(card);
}

std::vector<ExportRow> contact_rows(const Lead& lead) {
  std::vector<ExportRow> rows;
  const auto contacts = lead.contacts();
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    const auto& contact = contacts[i];
    rows.push_back({{"lead", to_string(lead.id)},
                    {"number", std::to_string(i + 1)},
                    {"company", std::string(lead.value("company"))},
                    {"name", contact.name},
                    {"role", contact.role},
                    {"title", contact.title},
                    {"emails", join(contact.emails, "\n")},
                    {"phones", join(contact.phones, "\n")}});
  }
  return rows;
}

std::string contact_cards(const Lead& lead) {
  std::string text;
  for (const auto& contact : lead.contacts()) {
    std::vector<CardProperty> card;
    add(card, "FN", name_of(lead, contact));
    add(card, "ORG", lead.value("company"));
    add_person(card, contact);
    add(card, "NOTE", to_string(lead.id));
    text += card_text(card);
  }
  return text;
}

ImportFormat guess_format(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const auto begin = bytes.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return ImportFormat::csv;
  bytes.remove_prefix(begin);
  if (bytes.starts_with("BEGIN:VCARD") || bytes.starts_with("begin:vcard")) return ImportFormat::vcard;
  return bytes.starts_with('{') || bytes.starts_with('[') ? ImportFormat::json : ImportFormat::csv;
}

}  // namespace leadmail::leads
