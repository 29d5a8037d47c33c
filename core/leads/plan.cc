#include "core/leads/plan.h"

#include <algorithm>

#include "core/leads/service_level.h"
#include "core/leads/zone.h"

namespace leadmail::leads {

void Plan::open() {
  follow();
  lead_ = Lead{.created = occasion_.at};
  before_ = lead_;
  has_lead_ = true;
  decision_.lead = LeadRef{};
  decision_.effects.emplace_back(OpenLead{occasion_.mailbox});
}

void Plan::begin(const Lead& lead) {
  follow();
  lead_ = lead;
  before_ = lead;
  has_lead_ = true;
  decision_.lead = LeadRef{lead.id};
}

LeadRef Plan::ref() const { return lead_.id ? LeadRef{lead_.id} : LeadRef{}; }

void Plan::saw(std::string step, std::string found, bool decisive) {
  decision_.evidence.push_back({std::move(step), std::move(found), decisive});
}

void Plan::record(Event event, const Values& values) {
  if (event.at == Time{}) event.at = occasion_.at;
  if (event.cause.empty()) event.cause = occasion_.cause;
  for (const auto& [field, value] : values) {
    if (lead_.value(field) != value) event.changes.push_back(change(lead_, field, value));
  }
  const auto before = lead_.status();
  if (rules_.user(event.by) != nullptr) acted_.push_back(event.by);
  fold(lead_, event);
  if (lead_.status() != before) reached_.push_back(lead_.status());
  decision_.effects.emplace_back(Record{ref(), std::move(event)});
}

bool Plan::record_change(Event event, const Values& values) {
  const bool changes_something =
      std::ranges::any_of(values, [&](const auto& entry) { return lead_.value(entry.first) != entry.second; });
  if (changes_something) record(std::move(event), values);
  return changes_something;
}

void Plan::move_status(const std::string& by, Status wanted, bool owed, const std::string& why) {
  const auto status = std::string(name(status_after(lead_.status(), wanted)));
  const bool changes = lead_.value("status") != status;
  record_change({.type = changes ? EventType::status : EventType::fields, .by = by, .text = why},
                {{"status", status}, {"owed", owed ? "yes" : ""}});
}

void Plan::cancel_reminders() { decision_.effects.emplace_back(CancelReminders{ref()}); }

void Plan::plan_reminder(Time due, const User& user) {
  if (!occasion_.silent)
    decision_.effects.emplace_back(PlanReminder{ref(), due, user.id, into_working_hours(due, user)});
}

/// The rule that gave the lead watches what becomes of it.
void Plan::follow() {
  if (!has_lead_) return;
  const auto acted = std::exchange(acted_, {});
  follow_rule(*this, before_, acted);
}

void Plan::mark_address(const std::string& address, bool dead, const std::string& why) {
  decision_.effects.emplace_back(MarkAddress{address, dead, why});
}

void Plan::adopt(Decision decision) {
  for (auto& effect : decision.effects) {
    const auto* const record = std::get_if<Record>(&effect);
    if (record != nullptr && has_lead_ && record->lead.id == lead_.id && lead_.id) {
      if (rules_.user(record->event.by) != nullptr) acted_.push_back(record->event.by);
      fold(lead_, record->event);
    }
    decision_.effects.push_back(std::move(effect));
  }
}

void Plan::send_about(Letter letter) {
  if (occasion_.silent) return;
  if (letter.mailbox.empty()) letter.mailbox = occasion_.mailbox;
  if (letter.language.empty()) letter.language = language_for(letter);
  decision_.effects.emplace_back(SendLetter{std::move(letter)});
}

void Plan::send(Letter letter) {
  if (occasion_.silent) return;
  const bool is_to_admins = letter.kind == LetterKind::alert || letter.kind == LetterKind::held;
  if (is_to_admins && letter.to.empty() && rules_.admins.empty()) return;  // nobody to tell
  if (letter.cause.empty()) {
    letter.cause = std::string(name(letter.kind)) + ":" + occasion_.key;
    if (!letter.to_user.empty()) letter.cause += ":" + letter.to_user;
  }
  if (letter.mailbox.empty()) letter.mailbox = occasion_.mailbox;
  if (has_lead_) {
    if (lead_.id) letter.lead = lead_.id;
    letter.about_new_lead = !lead_.id;
  }
  if (letter.language.empty()) letter.language = language_for(letter);
  decision_.effects.emplace_back(SendLetter{std::move(letter)});
}

/// A user's own language; for people outside theirs.
std::string Plan::language_for(const Letter& letter) const {
  if (const auto* const user = rules_.user(letter.to_user)) return user->language;
  return letter.to.empty() ? rules_.language : language_outside(letter.mailbox);
}

std::string Plan::language_outside(const std::string& mailbox_name) const {
  const auto speaks = [](std::string_view language) {
    return language == "en" || language == "es" || language == "vi";
  };
  if (speaks(lead_.value("language"))) return std::string(lead_.value("language"));
  const auto* const mailbox = rules_.mailbox(mailbox_name);
  if (mailbox != nullptr && speaks(mailbox->language)) return mailbox->language;
  return rules_.language;
}

/// Once for each status that a [[department]] wants to hear of, about the lead as it is in the end.
void Plan::tell_departments() {
  for (const auto status : std::exchange(reached_, {})) {
    const auto wanted = std::string(leads::name(status));
    if (lead_.value("status") != wanted) continue;
    for (const auto& department : rules_.record.departments) {
      if (std::ranges::find(department.on, wanted) == department.on.end() || department.addresses.empty()) continue;
      Letter letter{.kind = LetterKind::conversion};
      letter.cause = "conversion:" + occasion_.key + ":" + to_string(lead_.id) + ":" + wanted + ":" + department.id;
      for (const auto& address : department.addresses) letter.to.push_back({department.id, address});
      letter.language = rules_.language;
      send(std::move(letter));
    }
  }
}

Decision Plan::finish(Outcome outcome, std::string reason) {
  follow();
  tell_departments();
  decision_.outcome = outcome;
  decision_.reason = std::move(reason);
  return std::exchange(decision_, {});
}

}  // namespace leadmail::leads
