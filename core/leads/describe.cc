#include <algorithm>
#include <array>

#include "core/leads/decide.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

constexpr std::array<std::string_view, 15> kOutcomeNames = {
    "lead", "threaded", "rep-answer", "command", "bounce",      "automatic", "calendar",  "list",
    "own",  "ignored",  "duplicate",  "held",    "quarantined", "baseline",  "unverified"};
static_assert(kOutcomeNames.size() == static_cast<std::size_t>(Outcome::unverified) + 1);

std::string of_lead(const LeadRef& lead) { return lead.id ? to_string(*lead.id) : std::string("the new lead"); }

const Change* find_change(const Event& event, std::string_view field) {
  const auto found = std::ranges::find(event.changes, field, &Change::field);
  return found == event.changes.end() ? nullptr : &*found;
}

std::string changed_to(const Event& event, std::string_view field) {
  const auto* const found = find_change(event, field);
  return found == nullptr || found->after.empty() ? std::string("nothing") : found->after;
}

std::string field_list(const Event& event) {
  std::string list;
  for (const auto& change : event.changes) list += (list.empty() ? "" : ", ") + change.field;
  return list;
}

std::string words_of_next(const Event& event) {
  const auto* const at = find_change(event, "next.at");
  if (at == nullptr || at->after.empty()) return "clear next contact";
  return "next contact " + to_rfc3339(from_unix(std::strtoll(at->after.c_str(), nullptr, 10)));
}

std::string words(const OpenLead& /*effect*/) { return "open lead"; }

std::string words(const Record& effect) {
  const auto& event = effect.event;
  switch (event.type) {
    case EventType::captured: return "capture " + field_list(event);
    case EventType::mail_in: return "append to " + of_lead(effect.lead);
    case EventType::mail_out: return "log answer on " + of_lead(effect.lead);
    case EventType::note: return "note on " + of_lead(effect.lead);
    case EventType::status: return "status " + changed_to(event, "status");
    case EventType::assigned: return "assign " + changed_to(event, "owner");
    case EventType::next: return words_of_next(event);
    case EventType::reminded: return "reminded";
    case EventType::contact: return "contact " + field_list(event);
    case EventType::fields: return "set " + field_list(event);
    case EventType::deal: return "deal " + field_list(event);
    case EventType::flagged: return "flag " + event.text;
    case EventType::repaired: return "repair " + of_lead(effect.lead) + ": " + event.text;
    case EventType::meeting: return "event on " + of_lead(effect.lead) + ": " + event.text;
    case EventType::undone: return "undo " + event.text;
  }
  return "record";
}

std::string words(const PlanReminder& effect) {
  return (effect.step == ReminderStep::escalate ? "escalate " : "remind ") + effect.user + " at " +
         to_rfc3339(effect.wake == Time{} ? effect.due : effect.wake);
}

std::string words(const CancelReminders& effect) { return "cancel reminders of " + of_lead(effect.lead); }

std::string words(const MoveReminders& effect) {
  return "move reminders of " + effect.user + " at " + to_rfc3339(effect.due) + " from " + to_string(effect.from) +
         " to " + of_lead(effect.to);
}

std::string words(const Rotate& effect) { return "rotate " + effect.rule + " to " + effect.user; }

std::string words(const MarkAddress& effect) { return "mark " + effect.address + (effect.dead ? " dead" : " alive"); }

std::string words(const KeepRepair& effect) {
  return "repair " + std::to_string(effect.number) + ": " + std::string(name(effect.verb)) + " " +
         to_string(effect.source) + " to " + of_lead(effect.target);
}

std::string words(const EndRepair& effect) { return "take back repair " + std::to_string(effect.number); }

std::string words(const MoveMail& effect) {
  return "move mail " + std::to_string(effect.mail.value) + " to " + of_lead(effect.to);
}

std::string words(const Learn& effect) {
  return "learn that \"" + effect.subject_key + "\" of " + effect.writer + " is of " + of_lead(effect.to) +
         ", not of " + to_string(effect.from);
}

std::string words(const SendLetter& effect) {
  const auto& letter = effect.letter;
  std::string to = letter.to_user;
  for (const auto& person : letter.to) to += (to.empty() ? "" : ", ") + person.address;
  std::string text = "send " + std::string(name(letter.kind));
  if (letter.cancels) text += " (cancel)";
  const bool is_to_admins = letter.kind == LetterKind::alert || letter.kind == LetterKind::held;
  text += " to " + (is_to_admins && to.empty() ? std::string("the administrators") : to);
  for (std::size_t i = 0; i < letter.cc.size(); ++i) text += (i == 0 ? ", copy to " : ", ") + letter.cc[i].address;
  return text;
}

std::string words(const NameAlias& effect) { return "alias <" + effect.alias + "> of <" + effect.message_id + ">"; }

std::string words(const KeepDeed& effect) { return "keep what " + effect.by + " did: " + effect.verbs; }

std::string words(const EndDeed& effect) { return "end deed " + std::to_string(effect.number); }

std::string words(const CancelMail& effect) { return "cancel mail " + std::to_string(effect.mail.value); }

std::string words(const MarkAway& effect) {
  return effect.until ? effect.user + " is away until " + to_text(*effect.until) : effect.user + " is back";
}

std::string words(const AwaitConfirmation& effect) { return "wait for " + effect.user + " to confirm"; }

std::string words(const Confirm& effect) { return "carry out what " + effect.user + " confirmed"; }

std::string words(const Hold& effect) { return "hold, of " + effect.sender; }

std::string words(const AcceptHeld& effect) { return "accept held " + std::to_string(effect.number); }

std::string words(const BlockHeld& effect) {
  return "block " + effect.pattern + " for held " + std::to_string(effect.number);
}

}  // namespace

std::string_view name(RepairVerb verb) {
  constexpr std::array<std::string_view, 3> kNames = {"split", "move", "merge"};
  return kNames.at(static_cast<std::size_t>(verb));
}

std::string_view name(Outcome outcome) { return kOutcomeNames.at(static_cast<std::size_t>(outcome)); }

std::optional<Outcome> outcome_named(std::string_view name) {
  const auto* const found = std::ranges::find(kOutcomeNames, name);
  if (found == kOutcomeNames.end()) return std::nullopt;
  return static_cast<Outcome>(found - kOutcomeNames.begin());
}

std::string describe(const Decision& decision) {
  std::string text;
  for (const auto& effect : decision.effects) {
    if (!text.empty()) text += "; ";
    text += std::visit([](const auto& one) { return words(one); }, effect);
  }
  if (text.empty()) return std::string(name(decision.outcome)) + ": " + decision.reason;
  return text;
}

}  // namespace leadmail::leads
