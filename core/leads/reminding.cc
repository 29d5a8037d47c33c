#include "core/leads/reminding.h"

#include <algorithm>

#include "core/leads/assign.h"
#include "core/leads/availability.h"
#include "core/leads/deciding.h"
#include "core/leads/service_level.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

constexpr std::chrono::minutes kGrace{30};  // said after its time, and still in time
constexpr std::size_t kMostInOneMail = 100;

std::string mailbox_of(const Lead& lead, const Rules& rules) {
  auto name = std::string(lead.value("mailbox"));
  if (rules.mailbox(name) != nullptr || rules.mailboxes.empty()) return name;
  return rules.mailboxes.front().name;
}

/// Who is there, as the config and the users themselves say.
struct Crew {
  const Rules& rules;
  Time now{};
  const Absences* said = nullptr;

  [[nodiscard]] bool is_there(const User* user) const { return user != nullptr && !absence_at(*user, now, said); }
  /// Himself, or while he is away his deputy. nullptr: neither is there.
  [[nodiscard]] const User* there_for(const User* user) const {
    if (user == nullptr || is_there(user)) return user;
    return deputy_of(*user, rules, now, said);
  }
};

/// The lead of a team that he is in, or who stands in for that one; the team of the lead's mailbox first. When none of
/// them is there, `away` is the first who will be back. Nobody of `but`.
const User* above(const std::string& user, const Lead& lead, const Crew& crew, std::string_view but,
                  const User** away = nullptr) {
  const auto* const mailbox = crew.rules.mailbox(mailbox_of(lead, crew.rules));
  const auto first = mailbox == nullptr ? std::string{} : mailbox->team;
  const User* found = nullptr;
  for (const auto& team : crew.rules.teams) {
    if (std::ranges::find(team.members, user) == team.members.end() || team.lead == user || team.lead == but) continue;
    const auto* const head = crew.rules.user(team.lead);
    const auto* const there = crew.there_for(head);
    if (there == nullptr && away != nullptr && *away == nullptr) *away = head;
    if (there == nullptr || there->id == user || there->id == but) continue;
    if (team.id == first) return there;
    if (found == nullptr) found = there;
  }
  return found;
}

/// Who was to make it, else the owner, else the team's lead. Not who lost the lead since.
const User* meant(const Lead& lead, const std::string& user, const Crew& crew) {
  const bool is_taken = lead.owner().empty() && lead.value(sla::kTakenFrom) == user;
  if (const auto* const found = is_taken ? nullptr : crew.rules.user(user)) return found;
  if (const auto* const owner = crew.rules.user(lead.owner())) return owner;
  return team_fallback(crew.rules.mailbox(mailbox_of(lead, crew.rules)), crew.rules, crew.now, crew.said);
}

/// Of somebody who is away his deputy, else the lead of his team, else himself when he is back: nobody is forgotten.
const User* reminded(const Lead& lead, const std::string& user, const Crew& crew) {
  const auto* const who = meant(lead, user, crew);
  if (const auto* const there = crew.there_for(who)) return there;
  const auto* const head = who == nullptr ? nullptr : above(who->id, lead, crew, {});
  return head == nullptr ? who : head;
}

/// Of the team, else a manager; when nobody of them is there, the lead of the team once he is back. Never who was
/// reminded himself.
const User* told_of_neglect(const std::string& user, const Lead& lead, const Crew& crew) {
  const auto* const reader = reminded(lead, user, crew);
  const std::string_view but = reader == nullptr ? std::string_view{} : std::string_view(reader->id);
  const User* away = nullptr;
  if (const auto* const head = above(user, lead, crew, but, &away)) return head;
  for (const auto& one : crew.rules.users) {
    if (one.role == Role::manager && one.id != user && one.id != but && crew.is_there(&one)) return &one;
  }
  return away;
}

const User* reader_of(const Lead& lead, const std::string& user, ReminderStep step, const Crew& crew) {
  return step == ReminderStep::escalate ? told_of_neglect(user, lead, crew) : reminded(lead, user, crew);
}

/// A lead that nobody is to get in touch with any more.
bool is_out_of_reach(const Lead& lead) {
  return lead.status() == Status::do_not_contact || !lead.value("merged").empty() || lead.value("withdrawn") == "yes";
}

/// The instant at which so much of his working time has passed.
Time after_work(Time from, std::chrono::minutes work, const User& user) {
  if (user.hours.until <= user.hours.from) return from + work;
  auto at = into_working_hours(from, user);
  auto left = std::chrono::seconds{work};
  for (int days = 0; days < 400; ++days) {
    const auto local = to_local(at, user.timezone);
    const auto end = to_utc(std::chrono::floor<std::chrono::days>(local) + user.hours.until, user.timezone);
    const auto here = std::max(std::chrono::seconds{0}, end - at);
    if (left <= here) return at + left;
    left -= here;
    at = into_working_hours(std::max(end, at) + seconds{1}, user);
  }
  return at;
}

std::string key_of(const Lead& lead, Time due, const std::string& user) {
  return to_string(lead.id) + ":" + std::to_string(to_unix(due)) + ":" + user;
}

/// What is due, without telling anybody yet.
void fall_due(Plan& plan, Time due, const std::string& user, const User* who, const Crew& crew) {
  plan.record(
      {.type = EventType::reminded, .by = "clock", .text = who == nullptr ? "nobody is left to remind" : who->id});
  plan.move_status("clock", status_after(plan.lead().status(), Status::open, Mover::clock), plan.lead().owed(),
                   "next contact is due");
  const auto patience = plan.rules().escalate_after;
  if (patience <= std::chrono::minutes{0} || who == nullptr) return;
  if (told_of_neglect(user, plan.lead(), crew) == nullptr) return;
  plan.add(
      PlanReminder{LeadRef{plan.lead().id}, due, user, after_work(plan.now(), patience, *who), ReminderStep::escalate});
}

/// It was left alone: whoever answers for him hears of it, once.
Decision escalate(Plan& plan, const NextContact& next, const std::string& key, const std::string& user,
                  const Crew& crew) {
  const auto* const head = told_of_neglect(user, plan.lead(), crew);
  if (head == nullptr) return plan.finish(Outcome::ignored, "nobody is there to hear of it");
  plan.record({.type = EventType::reminded, .by = "clock", .text = "left alone by " + user + ", told to " + head->id});
  Letter letter{.kind = LetterKind::escalation, .to_user = head->id, .on_behalf_of = user, .next = next};
  letter.cause = "escalation:" + key;
  letter.subject = std::string(plan.lead().value("last.in.subject"));
  plan.send(std::move(letter));
  return plan.finish(Outcome::threaded, "a reminder was left alone");
}

}  // namespace

Time wake_time(Time due, const std::string& user, const Rules& rules) {
  const auto* const who = rules.user(user);
  return who == nullptr ? due : into_working_hours(due, *who);
}

Time reminding_time(const Lead& lead, Time due, const std::string& user, ReminderStep step, const Rules& rules,
                    Time now, const Absences* said) {
  const Crew crew{rules, now, said};
  const auto* const reader = reader_of(lead, user, step, crew);
  if (reader == nullptr) return now;
  const auto in_time = step == ReminderStep::remind ? into_working_hours(due, *reader) : now;
  if (now < in_time) return in_time;
  if (!crew.is_there(reader)) return returns_at(*reader, now, said);
  if (now <= in_time + kGrace && step == ReminderStep::remind) return in_time;
  return into_working_hours(now, *reader);
}

std::string reminded_user(const Lead& lead, const std::string& user, ReminderStep step, const Rules& rules, Time now,
                          const Absences* said) {
  const auto* const reader = reader_of(lead, user, step, {rules, now, said});
  return reader == nullptr ? std::string{} : reader->id;
}

void remind_again(Plan& plan, const NextContact& next) {
  const LeadRef lead{plan.lead().id};
  plan.add(PlanReminder{lead, next.at, next.by, wake_time(next.at, next.by, plan.rules())});
  const auto patience = plan.rules().escalate_after;
  const auto* const who = plan.rules().user(next.by);
  if (next.at > plan.now() || patience <= std::chrono::minutes{0} || who == nullptr) return;
  plan.add(PlanReminder{lead, next.at, next.by, after_work(plan.now(), patience, *who), ReminderStep::escalate});
}

bool is_late(Time due, const std::string& user, const Rules& rules, Time now) {
  return now > wake_time(due, user, rules) + kGrace;
}

Decision decide_reminder(const Lead& lead, Time due, const std::string& user, ReminderStep step, bool shares_mail,
                         const Rules& rules, Time now, const Absences* said) {
  const auto key = key_of(lead, due, user);
  const Crew crew{rules, now, said};
  Plan plan(rules, Occasion{.now = now, .at = now, .key = key, .cause = "clock", .mailbox = mailbox_of(lead, rules)});
  plan.begin(lead);
  const auto next = lead.next();
  if (!next || next->by != user || next->at > due || is_out_of_reach(lead)) {
    plan.saw("reminder", "moved, cleared or answered meanwhile", true);
    return plan.finish(Outcome::ignored, "moved, cleared or answered meanwhile");
  }
  plan.saw("reminder", "due " + to_rfc3339(next->at), true);
  if (step == ReminderStep::escalate) return escalate(plan, *next, key, user, crew);

  const auto* const who = reminded(lead, user, crew);
  fall_due(plan, due, user, who, crew);
  Letter letter{.kind = LetterKind::reminder, .next = next};
  if (who != nullptr) {
    letter.to_user = who->id;
    if (who->id != user && rules.user(user) != nullptr) letter.on_behalf_of = user;
  } else {
    letter.kind = LetterKind::alert;
  }
  letter.cause = "reminder:" + key;
  letter.subject = std::string(lead.value("last.in.subject"));
  if (!shares_mail) plan.send(std::move(letter));
  return plan.finish(Outcome::threaded, "next contact is due");
}

Decision decide_due(const Lead& lead, Time due, const std::string& user, const Rules& rules, Time now) {
  return decide_reminder(lead, due, user, ReminderStep::remind, false, rules, now);
}

Decision decide_catchup(const std::string& reader, std::vector<Lead> leads, const std::string& key, const Rules& rules,
                        Time now) {
  const auto mailbox = leads.empty() ? std::string{} : mailbox_of(leads.front(), rules);
  Plan plan(rules, Occasion{.now = now, .at = now, .key = key, .cause = "clock", .mailbox = mailbox});
  if (leads.empty() || rules.user(reader) == nullptr) return plan.finish(Outcome::ignored, "nobody to remind");
  Letter letter{.kind = LetterKind::catchup, .to_user = reader};
  letter.cause = "catchup:" + reader + ":" + key;
  letter.subject = std::to_string(leads.size());
  std::ranges::stable_sort(leads, {}, [](const Lead& lead) { return lead.next() ? lead.next()->at : Time{}; });
  letter.more = leads.size() > kMostInOneMail;
  if (letter.more) leads.erase(leads.begin() + static_cast<std::ptrdiff_t>(kMostInOneMail), leads.end());
  letter.leads = std::move(leads);
  plan.send(std::move(letter));
  return plan.finish(Outcome::threaded, "reminders that could not come in time, for " + reader);
}

}  // namespace leadmail::leads
