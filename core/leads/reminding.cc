#include "core/leads/reminding.h"

#include <algorithm>

#include "core/leads/assign.h"
#include "core/leads/deciding.h"
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

bool is_there(const User* user, Time now) { return user != nullptr && !is_away(*user, day_of(now, user->timezone)); }

/// The lead of a team that he is in; the team of the lead's mailbox first. Nothing: there is none but himself.
const User* above(const std::string& user, const Lead& lead, const Rules& rules, Time now) {
  const auto* const mailbox = rules.mailbox(mailbox_of(lead, rules));
  const auto first = mailbox == nullptr ? std::string{} : mailbox->team;
  const User* found = nullptr;
  for (const auto& team : rules.teams) {
    if (std::ranges::find(team.members, user) == team.members.end() || team.lead == user) continue;
    const auto* const head = rules.user(team.lead);
    if (!is_there(head, now)) continue;
    if (team.id == first) return head;
    if (found == nullptr) found = head;
  }
  return found;
}

/// Of the team, else a manager.
const User* told_of_neglect(const std::string& user, const Lead& lead, const Rules& rules, Time now) {
  if (const auto* const head = above(user, lead, rules, now)) return head;
  const auto fits = [&](const User& one) { return one.role == Role::manager && one.id != user && is_there(&one, now); };
  const auto manager = std::ranges::find_if(rules.users, fits);
  return manager == rules.users.end() ? nullptr : &*manager;
}

/// Who was to make it, else the owner, else the team's lead.
const User* meant(const Lead& lead, const std::string& user, const Rules& rules, Time now) {
  if (const auto* const found = rules.user(user)) return found;
  if (const auto* const owner = rules.user(lead.owner())) return owner;
  return team_fallback(rules.mailbox(mailbox_of(lead, rules)), rules, now);
}

/// Of somebody who is away his deputy, else the lead of his team, else himself: nobody is forgotten.
const User* reader_of(const Lead& lead, const std::string& user, ReminderStep step, const Rules& rules, Time now) {
  if (step == ReminderStep::escalate) return told_of_neglect(user, lead, rules, now);
  const auto* const who = meant(lead, user, rules, now);
  if (who == nullptr || is_there(who, now)) return who;
  const auto today = day_of(now, who->timezone);
  for (const auto& absence : who->away) {
    const auto* const deputy = rules.user(absence.deputy);
    if (absence.from <= today && today <= absence.until && is_there(deputy, now)) return deputy;
  }
  const auto* const head = above(who->id, lead, rules, now);
  return head == nullptr ? who : head;
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
void fall_due(Plan& plan, Time due, const std::string& user, const User* who) {
  plan.record(
      {.type = EventType::reminded, .by = "clock", .text = who == nullptr ? "nobody is left to remind" : who->id});
  plan.move_status("clock", status_after(plan.lead().status(), Status::open, Mover::clock), plan.lead().owed(),
                   "next contact is due");
  const auto patience = plan.rules().escalate_after;
  if (patience <= std::chrono::minutes{0} || who == nullptr) return;
  if (told_of_neglect(user, plan.lead(), plan.rules(), plan.now()) == nullptr) return;
  plan.add(
      PlanReminder{LeadRef{plan.lead().id}, due, user, after_work(plan.now(), patience, *who), ReminderStep::escalate});
}

/// It was left alone: whoever answers for him hears of it, once.
Decision escalate(Plan& plan, const NextContact& next, const std::string& key, const std::string& user) {
  const auto* const head = told_of_neglect(user, plan.lead(), plan.rules(), plan.now());
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
                    Time now) {
  const auto* const reader = reader_of(lead, user, step, rules, now);
  if (reader == nullptr) return now;
  const auto in_time = step == ReminderStep::remind ? into_working_hours(due, *reader) : now;
  if (now <= in_time + kGrace && step == ReminderStep::remind) return in_time;
  return into_working_hours(now, *reader);
}

std::string reminded_user(const Lead& lead, const std::string& user, ReminderStep step, const Rules& rules, Time now) {
  const auto* const reader = reader_of(lead, user, step, rules, now);
  return reader == nullptr ? std::string{} : reader->id;
}

bool is_late(Time due, const std::string& user, const Rules& rules, Time now) {
  return now > wake_time(due, user, rules) + kGrace;
}

Decision decide_reminder(const Lead& lead, Time due, const std::string& user, ReminderStep step, bool shares_mail,
                         const Rules& rules, Time now) {
  const auto key = key_of(lead, due, user);
  Plan plan(rules, Occasion{.now = now, .at = now, .key = key, .cause = "clock", .mailbox = mailbox_of(lead, rules)});
  plan.begin(lead);
  const auto next = lead.next();
  if (!next || next->by != user || next->at > due || is_out_of_reach(lead)) {
    plan.saw("reminder", "moved, cleared or answered meanwhile", true);
    return plan.finish(Outcome::ignored, "moved, cleared or answered meanwhile");
  }
  plan.saw("reminder", "due " + to_rfc3339(next->at), true);
  if (step == ReminderStep::escalate) return escalate(plan, *next, key, user);

  const auto* const who = reader_of(lead, user, step, rules, now);
  fall_due(plan, due, user, who);
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
