#include "core/leads/calendar.h"

#include <algorithm>

#include "core/leads/address.h"
#include "core/leads/merge.h"
#include "core/leads/service_level.h"
#include "core/leads/token.h"
#include "core/leads/turn.h"

namespace leadmail::leads {

std::string calendar_uid(const Plan& plan, std::string_view what, std::string_view which) {
  const auto& rules = plan.rules();
  const auto* mailbox = rules.mailbox(plan.occasion().mailbox);
  if (mailbox == nullptr && !rules.mailboxes.empty()) mailbox = &rules.mailboxes.front();
  const auto cause = to_string(plan.lead().id) + ":" + std::string(which) + ":" + plan.occasion().key + ":" +
                     std::to_string(to_unix(plan.now()));
  return make_calendar_uid(what, cause, mailbox == nullptr ? Mailbox{} : *mailbox, rules.tokens);
}

void send_invitation(Plan& plan, const NextContact& next, bool cancels) {
  if (plan.rules().user(next.by) == nullptr) return;
  Letter letter{.kind = LetterKind::invitation, .to_user = next.by, .next = next, .cancels = cancels};
  // With its name: merged leads may have had one each, and their SEQUENCEs count apart.
  letter.cause = "invitation:" + to_string(plan.lead().id) + ":" + next.uid + ":" + std::to_string(next.sequence) +
                 ":" + next.by + (cancels ? ":cancel" : "");
  if (!plan.lead().id) letter.cause += ":" + plan.occasion().key;
  plan.send(std::move(letter));
}

NextContact set_next_contact(Plan& plan, NextContact next, Event why) {
  const auto before = plan.lead().next();
  const auto last_sequence = plan.lead().value("next.sequence");
  next.sequence = last_sequence.empty() ? 0 : std::stoll(std::string(last_sequence)) + 1;
  next.uid = plan.lead().value("next.uid");
  if (next.uid.empty()) next.uid = calendar_uid(plan, "next", {});

  why.type = EventType::next;
  plan.record(std::move(why), {{"next.at", std::to_string(to_unix(next.at))},
                               {"next.by", next.by},
                               {"next.note", next.note},
                               {"next.sequence", std::to_string(next.sequence)},
                               {"next.uid", next.uid},
                               {"next.answer", ""}});
  if (before) plan.cancel_reminders();
  if (const auto* const who = plan.rules().user(next.by)) plan.plan_reminder(next.at, *who);
  if (before && before->by != next.by) {
    auto cancelled = *before;
    cancelled.sequence = next.sequence;
    send_invitation(plan, cancelled, true);
  }
  send_invitation(plan, next, false);
  return next;
}

bool hand_over_next(Plan& plan, std::string_view before, const User& owner, Event why) {
  auto next = plan.lead().next();
  if (before.empty()) before = plan.lead().value(sla::kTakenFrom);
  if (!next || before.empty() || next->by != before || before == owner.id || plan.occasion().silent) return false;
  next->by = owner.id;
  why.text = "handed over with the lead: " + next_words(*next, owner, plan.rules());
  set_next_contact(plan, *std::move(next), std::move(why));
  return true;
}

std::optional<Person> guest_of_meeting(const Lead& lead, int number) {
  const auto address = std::string(lead.value(meeting_field(number, "guest")));
  if (address.empty()) return std::nullopt;
  for (const auto& contact : lead.contacts()) {
    const auto is_his = [&](const std::string& email) { return to_lower(email) == to_lower(address); };
    if (std::ranges::any_of(contact.emails, is_his)) return Person{contact.name, address};
  }
  return Person{{}, address};
}

void send_meeting(Plan& plan, const Meeting& meeting, const Person* guest, bool cancels) {
  Letter letter{.kind = LetterKind::meeting, .cancels = cancels, .meeting = meeting};
  const auto about = plan.lead().id ? to_string(plan.lead().id) : plan.occasion().key;
  const auto cause = "meeting:" + about + ":" + std::to_string(meeting.number) + ":" + meeting.uid + ":" +
                     std::to_string(meeting.sequence) + (cancels ? ":cancel" : "");
  if (plan.rules().user(meeting.by) != nullptr) {
    auto own = letter;
    own.to_user = meeting.by;
    own.cause = cause + ":" + meeting.by;
    plan.send(std::move(own));
  }
  if (guest == nullptr) return;
  letter.to = {*guest};
  letter.on_behalf_of = meeting.by;
  letter.subject = std::string(plan.lead().value("last.in.subject"));
  letter.cause = cause + ":guest";
  plan.send(std::move(letter));
}

void move_meeting(Plan& plan, Meeting meeting, Event why) {
  const auto n = meeting.number;
  ++meeting.sequence;
  if (meeting.uid.empty()) meeting.uid = calendar_uid(plan, "event", std::to_string(n));
  why.type = EventType::meeting;
  const auto guest = guest_of_meeting(plan.lead(), n);
  plan.record(std::move(why), {{meeting_field(n, "at"), std::to_string(to_unix(meeting.at))},
                               {meeting_field(n, "length"), std::to_string(meeting.length.count())},
                               {meeting_field(n, "place"), meeting.place},
                               {meeting_field(n, "sequence"), std::to_string(meeting.sequence)},
                               {meeting_field(n, "uid"), meeting.uid},
                               {meeting_field(n, "answer"), ""},
                               {meeting_field(n, "guest_answer"), ""},
                               {meeting_field(n, "proposed"), ""}});
  send_meeting(plan, meeting, guest ? &*guest : nullptr, false);
}

void call_off_meeting(Plan& plan, Meeting meeting, Event why) {
  const auto n = meeting.number;
  ++meeting.sequence;
  why.type = EventType::meeting;
  const auto guest = guest_of_meeting(plan.lead(), n);
  Values values{{meeting_field(n, "sequence"), std::to_string(meeting.sequence)}};
  for (const auto* part : {"kind", "at", "length", "place", "by", "guest", "answer", "guest_answer", "proposed"}) {
    values.emplace_back(meeting_field(n, part), "");
  }
  plan.record(std::move(why), values);
  send_meeting(plan, meeting, guest ? &*guest : nullptr, true);
}

}  // namespace leadmail::leads
