#include "daemon/looks.h"

#include <algorithm>
#include <array>

#include "core/leads/text.h"
#include "daemon/amounts.h"
#include "daemon/deal_words.h"
#include "daemon/labels.h"

namespace leadmail::daemon {
namespace {

constexpr std::size_t kLongestText = 400;  ///< of one entry of a timeline

std::string join_lines(std::string_view value) {
  std::string text;
  for (const auto& line : leads::lines_of(value)) text += (text.empty() ? "" : ", ") + line;
  return text;
}

std::string user_name(const leads::Rules& rules, std::string_view id) {
  const auto* const user = rules.user(id);
  return user == nullptr ? std::string(id) : user->name;
}

/// What the daemon keeps for itself, and what stands elsewhere in the answer.
bool is_told_elsewhere(std::string_view field) {
  constexpr std::array<std::string_view, 14> kNot{"name",   "mailbox", "type",       "domain", "dead",
                                                  "owed",   "by_hand", "withdrawn",  "merged", "related",
                                                  "status", "owner",   "unreadable", "offered"};
  return field.starts_with("last.") || field.starts_with("sla.") || field.ends_with(".sequence") ||
         field.starts_with("next.") || field.starts_with("contact.") || std::ranges::find(kNot, field) != kNot.end();
}

std::string shown_value(std::string_view field, std::string_view value, const leads::Rules& rules,
                        std::string_view language, std::string_view zone) {
  const bool is_list_of_files = field == "attachments";
  const auto plain = is_list_of_files ? std::string(value) : join_lines(value);
  return leads::one_line(spell_value(field, plain, language, zone, &rules.record), kLongestText);
}

/// One line of the timeline: what happened, by whom, and each value before and after.
std::string event_line(const leads::Event& event, const leads::Rules& rules, std::string_view language,
                       std::string_view zone) {
  auto text = spell_happened(leads::one_line(event.text, kLongestText), language);
  const auto mark = event.direction == "in" ? "← " : event.direction == "out" ? "→ " : "";
  text = mark + text;
  auto changes = event.changes;
  join_amounts(changes, nullptr, language);
  for (const auto& change : changes) {
    const auto label = leads::value_label(change.field, language, rules.record);
    if (label.empty() || is_told_elsewhere(change.field)) {
      if (change.field != "status" && change.field != "owner" && !change.field.starts_with("next.")) continue;
      if (label.empty() || change.field.ends_with(".sequence")) continue;
    }
    if (!text.empty()) text += "; ";
    text += label + ": ";
    if (!change.before.empty()) text += shown_value(change.field, change.before, rules, language, zone) + " → ";
    text += shown_value(change.field, change.after, rules, language, zone);
  }
  if (!event.files.empty()) {
    text += (text.empty() ? "" : "; ") + leads::value_label("attachments", language, rules.record) + ": " +
            leads::one_line(leads::names_of(event.files), kLongestText);
  }
  return text.empty() ? std::string(leads::name(event.type)) : text;
}

void add_show(Words& words, const leads::Letter& letter, const leads::Rules& rules, std::string_view language,
              std::string_view zone) {
  auto& timeline = words.lists["timeline"];
  for (auto event = letter.timeline.rbegin(); event != letter.timeline.rend(); ++event) {
    auto line = event_line(*event, rules, language, zone);
    timeline.push_back({{"at", spell_time(event->at, zone, language)},
                        {"by", spell_actor(user_name(rules, event->by), language)},
                        {"line", std::move(line)}});
  }
}

void add_list(Words& words, const leads::Letter& letter, const leads::Rules& rules, std::string_view language,
              std::string_view zone) {
  auto& entries = words.lists["entries"];
  for (const auto& lead : letter.leads) {
    const auto next = lead.next();
    auto who = std::string(lead.value("name"));
    if (const auto company = lead.value("company"); !company.empty())
      who += (who.empty() ? "" : ", ") + std::string(company);
    auto more = label_of(lead.status(), language);
    if (!lead.owner().empty()) more += ", " + user_name(rules, lead.owner());
    if (next) more += ", " + spell_time(next->at, zone, language);
    entries.push_back({{"number", to_string(lead.id)},
                       {"who", leads::one_line(who, 120)},
                       {"line", more},
                       {"command", "#show " + to_string(lead.id)}});
  }
  words.values["count"] = std::to_string(letter.leads.size());
  if (letter.leads.empty()) words.values["none"] = "yes";
}

void add_meeting(Words& words, const leads::Meeting& meeting, const leads::Rules& rules, std::string_view language,
                 std::string_view zone) {
  words.values["kind"] = spell_value("event.1.kind", meeting.kind, language, zone);
  words.values["event_at"] = spell_time(meeting.at, zone, language);
  words.values["length"] = std::to_string(meeting.length.count());
  words.values["place"] = meeting.place;
  words.values["who"] = user_name(rules, meeting.by);
}

}  // namespace

namespace {

/// Of the values, what people look for first.
constexpr std::array<std::string_view, 7> kFirstTold{"company",   "title",   "phones", "website",
                                                     "addresses", "product", "tags"};

/// What the label says of it alone: "done" of "Demo: done".
std::string part_of_label(std::string_view field, std::string_view language, const leads::RecordSpec& record) {
  const auto label = leads::value_label(field, language, record);
  const auto colon = label.rfind(": ");
  return colon == std::string::npos ? label : label.substr(colon + 2);
}

/// Each step of the procedure, planned, done or neither.
void add_steps(const leads::Lead& lead, const leads::RecordSpec& record, std::string_view language,
               std::vector<Words::Entry>& entries) {
  for (const auto& step : record.steps) {
    std::string text;
    for (const std::string_view part : {".planned", ".done_at"}) {
      const auto field = "step." + step.id + std::string(part);
      if (lead.value(field).empty()) continue;
      text +=
          (text.empty() ? "" : ", ") + part_of_label(field, language, record) + " " + std::string(lead.value(field));
    }
    const auto label = leads::value_label("step." + step.id, language, record);
    entries.push_back({{"label", label}, {"value", text.empty() ? "–" : text}});
  }
}

bool is_known_step(std::string_view field, const leads::RecordSpec& record) {
  return std::ranges::any_of(record.steps,
                             [&](const leads::StepSpec& step) { return field.starts_with("step." + step.id + "."); });
}

bool is_of_deal(std::string_view field) {
  return field.starts_with("opportunity.") || field.starts_with("quotation.") || field.starts_with("order.");
}

std::string shown_or_nothing(const leads::Lead& lead, std::string_view field, const leads::Rules& rules,
                             std::string_view language, std::string_view zone) {
  const auto value = lead.value(field);
  return value.empty() ? std::string() : shown_value(field, value, rules, language, zone);
}

}  // namespace

std::vector<Words::Entry> all_facts(const leads::Lead& lead, const leads::Rules& rules, std::string_view language,
                                    std::string_view zone) {
  std::vector<Words::Entry> entries;
  const auto add = [&](const std::string& label, const std::string& value) {
    if (!label.empty() && !value.empty()) entries.push_back({{"label", label}, {"value", value}});
  };
  const auto label = [&](std::string_view field) { return label_of(field, language, rules.record); };
  add(label("status"), label_of(lead.status(), language));
  add(label("owner"), user_name(rules, lead.owner()));
  if (lead.owed()) add(label("owed"), spell_value("owed", "yes", language, zone));
  if (const auto next = lead.next()) {
    auto text = spell_time(next->at, zone, language) + ", " + user_name(rules, next->by);
    if (!next->note.empty()) text += ": " + leads::one_line(next->note, kLongestText);
    add(label("next.at"), text);
  }
  for (const auto& contact : lead.contacts()) {
    auto text = contact.name;
    for (const auto* list : {&contact.emails, &contact.phones}) {
      for (const auto& one : *list) text += (text.empty() ? "" : ", ") + one;
    }
    for (const auto* one : {&contact.title, &contact.role}) {
      if (!one->empty()) text += ", " + *one;
    }
    const auto name = leads::value_label("contact.1.name", language, rules.record);
    add(name.substr(0, name.find(": ")), text);
  }
  for (const auto field : kFirstTold) {
    add(leads::value_label(field, language, rules.record), shown_or_nothing(lead, field, rules, language, zone));
  }
  std::ranges::move(deal_words(lead, rules.record, language, zone), std::back_inserter(entries));
  add_steps(lead, rules.record, language, entries);
  for (const auto& [field, value] : lead.values) {
    const bool is_told = std::ranges::find(kFirstTold, field) != kFirstTold.end() || is_of_deal(field) ||
                         is_known_step(field, rules.record);
    if (is_told || is_told_elsewhere(field)) continue;
    add(leads::value_label(field, language, rules.record), shown_value(field, value, rules, language, zone));
  }
  return entries;
}

void add_look(Words& words, const leads::Letter& letter, const leads::Lead* lead, const leads::Rules& rules,
              std::string_view language, std::string_view zone) {
  using leads::LetterKind;
  for (const auto& action : letter.actions) {
    const auto label = action.label.empty() ? label_of_command(action.command, language) : action.label;
    words.lists["actions"].push_back({{"label", label}, {"command", action.command}});
  }
  if (letter.deed != 0) words.values["undo"] = "#undo " + std::to_string(letter.deed);
  if (letter.more) words.values["more"] = "yes";
  if (letter.kind == LetterKind::show) add_show(words, letter, rules, language, zone);
  if (letter.kind == LetterKind::show && lead != nullptr)
    words.lists["facts"] = all_facts(*lead, rules, language, zone);
  const bool is_heap = letter.kind == LetterKind::overdue && !letter.leads.empty();
  if (letter.kind == LetterKind::list || is_heap) add_list(words, letter, rules, language, zone);
  if (letter.meeting) add_meeting(words, *letter.meeting, rules, language, zone);
  if (letter.kind == LetterKind::meeting && letter.to_user.empty()) {
    words.values["guest"] = "yes";
    words.lists["facts"].clear();  // what is known of him is not told to him
    words.values.erase("status");
    words.values.erase("owner_name");
    words.values.erase("tag");
    words.values.erase("lead");
    std::erase_if(words.values, [](const auto& value) { return value.first.starts_with("field."); });
  }
}

}  // namespace leadmail::daemon
