#include "daemon/admin/view.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "core/leads/service_level.h"
#include "core/leads/zone.h"
#include "daemon/deal_words.h"
#include "daemon/labels.h"

namespace leadmail::daemon::admin {
namespace {

/// Values of a lead that stand in its JSON as they are, in the order of the contract (docs/json.md); null when they are
/// not known.
constexpr std::array<std::string_view, 23> kPlain{
    "website",        "language",    "timezone",         "source",
    "campaign",       "medium",      "country",          "region",
    "city",           "postal_code", "territory",        "lead_type",
    "market_segment", "industry",    "product",          "employees",
    "size",           "branches",    "first_contact_at", "first_contact_place",
    "potential",      "newsletter",  "customer"};
/// What has a place of its own there.
constexpr std::array<std::string_view, 17> kPlaced{
    "merged",  "domain", "mailbox", "offered",    "status", "owed", "owner",     "type",       "name",
    "company", "title",  "gender",  "salutation", "phones", "tags", "addresses", "attachments"};
constexpr std::array<std::string_view, 7> kQualification{"need",    "budget",        "authority",   "timeframe",
                                                         "product", "heard_through", "was_customer"};

Json text_json(std::string_view text) { return text.empty() ? Json(nullptr) : Json(std::string{text}); }
Json value_json(const leads::Lead& lead, std::string_view field) { return text_json(lead.value(field)); }

Json list_json(const leads::Lead& lead, std::string_view field) { return Json(leads::lines_of(lead.value(field))); }

std::optional<Time> time_of(std::string_view value) {
  std::int64_t seconds_of_utc = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds_of_utc);
  if (error != std::errc{} || end != value.data() + value.size()) return std::nullopt;
  return from_unix(seconds_of_utc);
}

Json plain_json(const leads::Lead& lead, std::string_view field) {
  if (field != "first_contact_at") return value_json(lead, field);
  const auto time = time_of(lead.value(field));
  return time ? time_json(*time) : value_json(lead, field);
}

Json contacts_json(const leads::Lead& lead) {
  Json list = Json::array();
  for (const auto& contact : lead.contacts()) {
    list.push_back(Json{{"name", text_json(contact.name)},
                        {"role", text_json(contact.role)},
                        {"title", text_json(contact.title)},
                        {"emails", contact.emails},
                        {"phones", contact.phones}});
  }
  return list;
}

Json next_json(const leads::Lead& lead) {
  const auto next = lead.next();
  if (!next) return nullptr;
  return Json{{"at", time_json(next->at)}, {"by", text_json(next->by)}, {"note", text_json(next->note)}};
}

Json qualification_json(const leads::Lead& lead) {
  Json all = Json::object();
  for (const auto topic : kQualification) {
    const auto field = "qualification." + std::string{topic};
    const auto answer = lead.value(field + ".answer");
    all[std::string{topic}] =
        Json{{"answer", answer.empty() ? "unknown" : std::string{answer}}, {"note", value_json(lead, field + ".note")}};
  }
  return all;
}

/// Everything that has no key of its own: fields that the company made.
Json custom_json(const leads::Lead& lead) {
  Json custom = Json::object();
  const auto is_in = [](const auto& list, std::string_view field) {
    return std::ranges::find(list, field) != list.end();
  };
  for (const auto& [field, value] : lead.values) {
    if (is_in(kPlain, field) || is_in(kPlaced, field) || field.find('.') != std::string::npos) continue;
    if (leads::is_reserved(field)) continue;
    custom[field] = value;
  }
  return custom;
}

/// Until when its owner has to act or answer.
Json term_json(const leads::Lead& lead) {
  const auto due = leads::due_term(lead);
  return due ? time_json(*due) : Json(nullptr);
}

/// The keys that a list and the whole share, in their order.
Json head_json(const leads::Lead& lead) {
  return Json{{"lead", to_string(lead.id)},
              {"status", std::string{leads::name(lead.status())}},
              {"owed", lead.owed()},
              {"owner", value_json(lead, "owner")},
              {"offered", lead.owner().empty() ? value_json(lead, "offered") : Json(nullptr)},
              {"late", leads::late_terms(lead)},
              {"due_at", term_json(lead)}};
}

Json file_json(const leads::Attachment& file) {
  return Json{{"filename", text_json(file.name)},
              {"content_type", text_json(file.type)},
              {"size", file.sha256.empty() ? Json(nullptr) : Json(file.size)},
              {"sha256", text_json(file.sha256)}};
}

Json files_json(const std::vector<leads::Attachment>& files) {
  Json list = Json::array();
  for (const auto& file : files) list.push_back(file_json(file));
  return list;
}

/// What is filed on the lead, then what else came and went with its mail; each once.
Json attachments_json(const leads::Lead& lead, const std::vector<leads::Event>& timeline) {
  Json list = Json::array();
  std::set<std::string> known;
  const auto add = [&](const leads::Attachment& file, bool is_filed) {
    if (!known.insert(file.sha256.empty() ? file.name : file.sha256).second) return;
    list.push_back(file_json(file));
    list.back()["filed"] = is_filed;
  };
  for (const auto& line : leads::lines_of(lead.value("attachments"))) add(leads::read_attachment(line), true);
  for (const auto& event : timeline) {
    for (const auto& file : event.files) add(file, false);
  }
  return list;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string change_text(const leads::Change& change, const Place& place) {
  const auto spell = [&](const std::string& value) {
    return spell_value(change.field, value, place.language, place.zone);
  };
  return label_of(change.field, place.language, place.record) + ": " + spell(change.before) + " → " +
         spell(change.after);
}

/// Values that the daemon keeps for itself: they tell a person nothing that the event has not told.
bool is_bookkeeping(std::string_view field) {
  return field.starts_with("last.") || field.starts_with("sla.") || field == "domain" || field == "first_contact_at" ||
         field == "next.sequence";
}

bool is_own_field(std::string_view field, const leads::RecordSpec& record) {
  return std::ranges::find(record.fields, field, &leads::FieldSpec::name) != record.fields.end();
}

std::string event_text(const leads::Event& event, const Place& place, const Terminal& terminal) {
  constexpr std::size_t kIndent = 6;
  const auto when = "  " + time_text(event.at, place) + "  ";
  std::string said(leads::name(event.type));
  if (!event.by.empty()) said += " by " + event.by;
  if (!event.text.empty()) said += ": " + event.text;
  auto lines = wrapped(shown(said), width_of(when), terminal);
  const auto type = shown(leads::name(event.type));
  std::string text = when + coloured(type, Colour::bold, terminal) + lines.substr(type.size()) + "\n";
  const auto add = [&](const std::string& line, Colour colour) {
    text += std::string(kIndent, ' ') + coloured(wrapped(shown(line), kIndent, terminal), colour, terminal) + "\n";
  };
  for (const auto& file : event.files) {
    add(file.name + " (" + file.type + ", " + std::to_string(file.size) + " bytes, sha256 " + file.sha256 + ")",
        Colour::none);
  }
  for (const auto& change : event.changes) {
    if (!is_bookkeeping(change.field)) add(change_text(change, place), Colour::none);
  }
  if (!event.cause.empty()) add("because of " + event.cause, Colour::dim);
  return text;
}

void add_line(std::string& text, std::string_view label, std::string_view value, const Terminal& terminal) {
  if (value.empty()) return;
  constexpr std::size_t kWidth = 24;
  const auto shown_label = shown(label);
  text += "  " + coloured(shown_label, Colour::dim, terminal);
  text.append(kWidth - std::min(kWidth - 1, width_of(shown_label)), ' ');
  text += wrapped(shown(value), kWidth + 2, terminal) + "\n";
}

}  // namespace

std::string line_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json time_json(Time time) { return time == Time{} ? Json(nullptr) : Json(to_rfc3339(time)); }

Json event_json(const leads::Event& event) {
  Json changes = Json::array();
  for (const auto& change : event.changes) {
    changes.push_back(
        Json{{"field", change.field}, {"before", text_json(change.before)}, {"after", text_json(change.after)}});
  }
  return Json{{"at", time_json(event.at)},
              {"type", std::string{leads::name(event.type)}},
              {"by", text_json(event.by)},
              {"cause", text_json(event.cause)},
              {"text", text_json(event.text)},
              {"message_id", text_json(event.message_id)},
              {"direction", text_json(event.direction)},
              {"attachments", files_json(event.files)},
              {"changes", std::move(changes)}};
}

Json lead_json(const leads::Lead& lead, const std::vector<leads::Event>& timeline, const leads::RecordSpec& record) {
  Json json = head_json(lead);
  for (const auto* field : {"type", "salutation", "gender", "name", "company", "title"})
    json[field] = value_json(lead, field);
  json["emails"] = lead.emails();
  json["phones"] = list_json(lead, "phones");
  for (const auto field : kPlain) {
    if (field != "customer") json[std::string{field}] = plain_json(lead, field);
  }
  json["mailbox"] = value_json(lead, "mailbox");
  json["merged"] = value_json(lead, "merged");
  json["created_at"] = time_json(lead.created);
  json["contacts"] = contacts_json(lead);
  json["addresses"] = list_json(lead, "addresses");
  json["qualification"] = qualification_json(lead);
  json["evaluation"] = evaluation_json(lead, record);
  json["steps"] = steps_json(lead, record);
  json["opportunities"] = opportunities_json(lead);
  json["quotations"] = quotations_json(lead);
  json["orders"] = orders_json(lead);
  json["customer"] = value_json(lead, "customer");
  json["customer_since"] = value_json(lead, "customer.since");
  json["lost_reason"] = value_json(lead, "lost.reason");
  json["events"] = events_json(lead);
  json["next_contact"] = next_json(lead);
  json["custom"] = custom_json(lead);
  json["tags"] = list_json(lead, "tags");
  json["attachments"] = attachments_json(lead, timeline);
  json["timeline"] = Json::array();
  for (const auto& event : timeline) json["timeline"].push_back(event_json(event));
  return json;
}

Json lead_line_json(const leads::Lead& lead) {
  Json json = head_json(lead);
  json["name"] = value_json(lead, "name");
  json["company"] = value_json(lead, "company");
  json["emails"] = lead.emails();
  json["phones"] = list_json(lead, "phones");
  json["mailbox"] = value_json(lead, "mailbox");
  json["source"] = value_json(lead, "source");
  json["created_at"] = time_json(lead.created);
  json["next_contact"] = next_json(lead);
  json["tags"] = list_json(lead, "tags");
  return json;
}

Json ledger_json(const store::LedgerEntry& entry) {
  const bool is_file = !entry.file.empty();
  return Json{{"id", entry.id.value},
              {"message_id", text_json(entry.message_id)},
              {"mailbox", entry.mailbox},
              {"folder", text_json(entry.folder)},
              {"uidvalidity", is_file ? Json(nullptr) : Json(entry.uid_validity)},
              {"uid", is_file ? Json(nullptr) : Json(entry.uid)},
              {"file", text_json(entry.file)},
              {"at", time_json(entry.at)},
              {"kind", text_json(entry.kind)},
              {"outcome", entry.outcome},
              {"lead", entry.lead ? Json(to_string(*entry.lead)) : Json(nullptr)},
              {"reason", text_json(entry.reason)}};
}

Json outbox_json(const store::OutboxEntry& entry) {
  Json recipients = Json::array();
  for (const auto& recipient : entry.recipients) {
    recipients.push_back(Json{{"address", recipient.rcpt_to},
                              {"state", recipient.state},
                              {"attempts", recipient.attempts},
                              {"times_unknown", recipient.times_unknown},
                              {"next_try", time_json(recipient.next_try)},
                              {"reply", text_json(recipient.reply)}});
  }
  return Json{{"id", entry.id.value},
              {"kind", entry.kind},
              {"cause", entry.cause},
              {"mailbox", entry.mailbox},
              {"message_id", entry.message_id},
              {"lead", entry.lead ? Json(to_string(*entry.lead)) : Json(nullptr)},
              {"due", time_json(entry.due)},
              {"expires", time_json(entry.expires)},
              {"recipients", std::move(recipients)}};
}

std::string time_text(Time time, const Place& place) {
  if (time == Time{}) return {};
  auto text = to_rfc3339(time, leads::offset_at(time, place.zone)).substr(0, 16);
  text[10] = ' ';
  return text;
}

std::string lead_text(const leads::Lead& lead, const std::vector<leads::Event>& timeline, const Place& place,
                      const Terminal& terminal) {
  const auto value = [&](std::string_view field) { return lead.value(field); };
  auto title = to_string(lead.id) + "  " + std::string{value("name")};
  if (!value("company").empty()) title += ", " + std::string{value("company")};
  std::string text = coloured(shown(title), Colour::bold, terminal) + "\n";
  auto status = label_of(lead.status(), place.language);
  if (lead.owed()) status += leads::late_terms(lead).empty() ? " (an answer is owed)" : " (an answer is owed, late)";
  const auto label = [&](std::string_view field) { return label_of(field, place.language, place.record); };
  add_line(text, label("status"), status, terminal);
  add_line(text, label("owner"), value("owner"), terminal);
  add_line(text, label("email"), joined(lead.emails()), terminal);
  add_line(text, label("phones"), joined(leads::lines_of(value("phones"))), terminal);
  for (const auto field : kPlain) {
    if (value(field).empty() || is_bookkeeping(field)) continue;
    add_line(text, label(field), spell_value(field, value(field), place.language, place.zone), terminal);
  }
  for (const auto& [field, value_text] : lead.values) {
    const bool is_told =
        field.starts_with("step.") || field.starts_with("qualification.") || field == "evaluation.total";
    if (is_told || is_own_field(field, place.record)) {
      add_line(text, label(field), spell_value(field, value_text, place.language, place.zone, &place.record), terminal);
    }
  }
  for (const auto& deal : deal_words(lead, place.record, place.language, place.zone))
    add_line(text, deal.at("label"), deal.at("value"), terminal);
  add_line(text, label("tags"), joined(leads::lines_of(value("tags"))), terminal);
  if (const auto files = value("attachments"); !files.empty())
    add_line(text, label("attachments"), spell_value("attachments", files, place.language, place.zone), terminal);
  if (const auto next = lead.next()) {
    auto line = time_text(next->at, place);
    if (!next->by.empty()) line += " by " + next->by;
    if (!next->note.empty()) line += ": " + next->note;
    add_line(text, label("next.at"), line, terminal);
  }
  for (const auto& event : timeline) text += event_text(event, place, terminal);
  return text;
}

std::string state_of(const store::OutboxEntry& entry) {
  std::set<std::string> states;
  for (const auto& recipient : entry.recipients) states.insert(recipient.state);
  return joined({states.begin(), states.end()});
}

Table lead_table() {
  return Table({"LEAD", "STATUS", "OWED", "DUE", "OWNER", "NEXT CONTACT", "NAME", "COMPANY", "E-MAIL"});
}

void add_to(Table& table, const leads::Lead& lead, const Place& place, Time now) {
  const auto next = lead.next();
  const auto emails = lead.emails();
  const bool is_due = next && next->at <= now;
  const bool is_late = !leads::late_terms(lead).empty();
  const auto term = leads::due_term(lead);
  table.add({{to_string(lead.id), Colour::bold},
             {label_of(lead.status(), place.language), Colour::none},
             {is_late       ? "late"
              : lead.owed() ? "yes"
                            : "",
              is_late ? Colour::red : Colour::yellow},
             {term ? time_text(*term, place) : "", Colour::none},
             {std::string{lead.value("owner")}, Colour::none},
             {next ? time_text(next->at, place) : "", is_due ? Colour::red : Colour::none},
             {std::string{lead.value("name")}, Colour::none},
             {std::string{lead.value("company")}, Colour::none},
             {emails.empty() ? "" : emails.front(), Colour::none}});
}

}  // namespace leadmail::daemon::admin
