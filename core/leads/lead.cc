#include "core/leads/lead.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/leads/address.h"

namespace leadmail::leads {
namespace {

constexpr std::array<std::string_view, 9> kStatusNames = {"lead",           "open",        "replied",
                                                          "interested",     "opportunity", "quotation",
                                                          "lost-quotation", "converted",   "do-not-contact"};
static_assert(kStatusNames.size() == static_cast<std::size_t>(Status::do_not_contact) + 1);

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

void set(Contact& contact, std::string_view part, const std::string& value) {
  if (part == "name") contact.name = value;
  if (part == "role") contact.role = value;
  if (part == "title") contact.title = value;
  if (part == "emails") contact.emails = lines_of(value);
  if (part == "phones") contact.phones = lines_of(value);
}

}  // namespace

std::string_view name(Status status) { return kStatusNames.at(static_cast<std::size_t>(status)); }

std::optional<Status> status_named(std::string_view name) {
  const auto* const found = std::ranges::find(kStatusNames, name);
  if (found == kStatusNames.end()) return std::nullopt;
  return static_cast<Status>(found - kStatusNames.begin());
}

std::string_view Lead::value(std::string_view field) const {
  const auto found = values.find(field);
  return found == values.end() ? std::string_view{} : found->second;
}

Status Lead::status() const { return status_named(value("status")).value_or(Status::lead); }

std::optional<NextContact> Lead::next() const {
  const auto at = number(value("next.at"));
  if (!at) return std::nullopt;
  return NextContact{.at = from_unix(*at),
                     .by = std::string(value("next.by")),
                     .note = std::string(value("next.note")),
                     .sequence = number(value("next.sequence")).value_or(0),
                     .uid = std::string(value("next.uid"))};
}

std::vector<Contact> Lead::contacts() const {
  constexpr std::string_view kPrefix = "contact.";
  std::map<std::int64_t, Contact> by_number;
  for (auto entry = values.lower_bound(kPrefix); entry != values.end() && entry->first.starts_with(kPrefix); ++entry) {
    const auto rest = std::string_view(entry->first).substr(kPrefix.size());
    const auto dot = rest.find('.');
    if (dot == std::string_view::npos) continue;
    const auto index = number(rest.substr(0, dot));
    if (index) set(by_number[*index], rest.substr(dot + 1), entry->second);
  }
  std::vector<Contact> contacts;
  contacts.reserve(by_number.size());
  for (auto& [index, contact] : by_number) contacts.push_back(std::move(contact));
  return contacts;
}

std::vector<std::string> Lead::emails() const {
  std::vector<std::string> emails;
  for (auto& contact : contacts()) {
    for (auto& email : contact.emails) {
      if (std::ranges::find(emails, email) == emails.end()) emails.push_back(std::move(email));
    }
  }
  return emails;
}

// Nobody's server tells Maria@ from maria@, and people write both. RFC 5321 §2.4
bool Lead::is_contact(std::string_view address) const {
  const auto wanted = to_lower(address);
  const auto known = emails();
  return !wanted.empty() &&
         std::ranges::any_of(known, [&](const std::string& email) { return to_lower(email) == wanted; });
}

std::optional<LeadId> lead_named(std::string_view text) {
  if (!text.starts_with("L-") && !text.starts_with("l-")) return std::nullopt;
  const auto value = number(text.substr(2));
  if (!value || *value <= 0) return std::nullopt;
  return LeadId{*value};
}

std::vector<std::string> lines_of(std::string_view value) {
  std::vector<std::string> lines;
  while (!value.empty()) {
    const auto end = std::min(value.find('\n'), value.size());
    if (end > 0) lines.emplace_back(value.substr(0, end));
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return lines;
}

}  // namespace leadmail::leads
