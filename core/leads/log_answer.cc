// What a rep wrote to a prospect himself: logged as his answer, never sent again.
#include <algorithm>

#include "core/leads/address.h"
#include "core/leads/organisation.h"
#include "core/leads/text.h"
#include "core/leads/user_mail.h"

namespace leadmail::leads {
namespace {

/// The open lead that one of these is a contact of, else a lead whose story is over; newest first.
const Lead* lead_of_contacts(const std::vector<Person>& people, const Snapshot& known) {
  const Lead* over = nullptr;
  for (const auto& lead : known.by_address) {
    if (!std::ranges::any_of(people, [&](const Person& p) { return lead.is_contact(p.address); })) continue;
    if (!is_over(lead)) return &lead;
    if (over == nullptr) over = &lead;
  }
  return over;
}

/// All whom the mail goes to in `other` take part in `lead` too.
bool is_among(const Lead& other, const Lead& lead, const std::vector<Person>& people) {
  return std::ranges::all_of(people, [&](const Person& person) {
    return !other.is_contact(person.address) || is_participant(lead, person.address);
  });
}

/// The answer on each of the leads; the first one is the mail's own. Those in copy take part from now on.
void log_on_all(Plan& plan, const std::vector<const Lead*>& leads, const std::vector<Person>& people,
                const Event& event) {
  for (auto lead = leads.rbegin(); lead != leads.rend(); ++lead) {
    plan.begin(**lead);
    plan.saw("answer", "goes to a contact of " + to_string((*lead)->id), true);
    record_answer(plan, event);
    if (leads.size() > 1) continue;
    const auto with = with_participants(**lead, people, plan.rules());
    plan.record_change({.type = EventType::contact, .by = event.by, .text = "in copy"}, {{"last.participants", with}});
  }
}

/// One event for all ways in which an answer is seen.
Event answer_seen(const Inquiry& inquiry, std::string by) {
  return {.type = EventType::mail_out,
          .by = std::move(by),
          .text = headline(inquiry),
          .message_id = inquiry.message_id,
          .direction = "out",
          .files = shown_files(inquiry.attachments)};
}

}  // namespace

bool goes_to(const Lead& lead, const std::vector<Person>& people) {
  return std::ranges::any_of(people, [&](const Person& person) { return is_participant(lead, person.address); });
}

std::vector<const Lead*> leads_of_contacts(const std::vector<Person>& people, const Snapshot& known) {
  std::vector<const Lead*> found;
  for (const auto& person : people) {
    const auto* const lead = lead_of_contacts({person}, known);
    if (lead != nullptr && std::ranges::find(found, lead) == found.end()) found.push_back(lead);
  }
  return found;
}

Decision log_answer(const UserMail& mail, const std::vector<const Lead*>& leads, const CommandText& read) {
  auto plan = plan_for(mail.scene);
  log_on_all(plan, leads, outside_recipients(mail.scene), answer_seen(mail.scene.inquiry, mail.user.id));
  if (read.commands.empty()) {
    auto decision = plan.finish(Outcome::rep_answer, mail.user.id + " wrote to the prospect himself");
    decision.is_of_one_lead = leads.size() == 1;
    return decision;
  }

  std::string below = read.rest;
  auto executed = execute(read.commands, mail.user, plan, below, around(mail));
  if (!executed.refused.empty()) return answer_with(mail, Outcome::command, executed.refused);
  if (!executed.needs_confirmation.empty()) return ask_to_confirm(mail, executed.needs_confirmation);
  send_result(plan, mail, std::move(executed));
  return plan.finish(Outcome::rep_answer, mail.user.id + " wrote to the prospect himself, with commands");
}

Decision capture_recipient(const UserMail& mail, const Person& person) {
  auto plan = plan_for(mail.scene);
  plan.saw("user", mail.user.id + " writes to " + person.address + ", whom nobody knows", true);
  plan.open();
  const auto name = person.name.empty() ? std::string(local_part_of(person.address)) : one_line(person.name);
  plan.record({.type = EventType::captured, .by = mail.user.id, .text = headline(mail.scene.inquiry)},
              {{"mailbox", mail.scene.inquiry.mailbox},
               {"status", "lead"},
               {"type", "person"},
               {"name", name},
               {"contact.1.name", name},
               {"contact.1.emails", person.address},
               {"owner", mail.user.id},
               {"last.in.subject", one_line(mail.scene.inquiry.subject, 500)},
               {"first_contact_at", std::to_string(to_unix(mail.scene.inquiry.received))}});
  record_answer(plan, answer_seen(mail.scene.inquiry, mail.user.id));
  return plan.finish(Outcome::lead, mail.user.id + " wrote to somebody new");
}

Decision decide_sent(const Scene& scene) {
  const auto& inquiry = scene.inquiry;
  auto plan = plan_for(scene);
  const auto outside = outside_recipients(scene);
  const auto* const user = scene.rules.user_with_address(inquiry.from.address);
  const auto by = user == nullptr ? "mailbox " + inquiry.mailbox : user->id;
  const auto found = match_thread(inquiry, {}, scene.known, scene.rules, scene.now);
  auto leads = leads_of_contacts(outside, scene.known);
  if (found && goes_to(*found->lead, outside)) {
    std::erase_if(leads, [&](const Lead* lead) { return is_among(*lead, *found->lead, outside); });
    leads.insert(leads.begin(), found->lead);
  }
  if (leads.empty()) {
    plan.saw("sent", "to nobody we know", true);
    return plan.finish(Outcome::ignored, "sent from the mailbox itself to nobody we know");
  }
  log_on_all(plan, leads, outside, answer_seen(inquiry, by));
  auto decision = plan.finish(Outcome::rep_answer, "answered from the mailbox itself");
  decision.is_of_one_lead = leads.size() == 1;
  return decision;
}

}  // namespace leadmail::leads
