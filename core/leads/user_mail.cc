#include "core/leads/user_mail.h"

#include <algorithm>

#include "core/leads/address.h"
#include "core/leads/asked.h"
#include "core/leads/phrases.h"

namespace leadmail::leads {
namespace {

/// What asked for nothing may be a robot's that says so nowhere, and answers what we answer: of one lead, or of none,
/// he is told once in five minutes.
std::string cause_of_hint(const UserMail& mail) {
  const auto slot = std::chrono::floor<std::chrono::minutes>(mail.scene.now).time_since_epoch().count() / 5;
  const auto about = mail.thread ? to_string(mail.thread->lead->id) : std::string("none");
  return "hint:" + mail.user.id + ":" + about + ":" + std::to_string(slot);
}

}  // namespace

bool is_outside(const Person& person, const Rules& rules) {
  return !person.address.empty() && rules.user_with_address(person.address) == nullptr &&
         rules.mailbox_with_address(person.address) == nullptr;
}

std::vector<Person> outside_recipients(const Scene& scene) {
  std::vector<Person> people;
  for (const auto* list : {&scene.inquiry.to, &scene.inquiry.cc}) {
    for (const auto& person : *list) {
      if (is_outside(person, scene.rules)) people.push_back(person);
    }
  }
  return people;
}

bool holds_address(const std::vector<Person>& people, std::string_view address) {
  const auto wanted = to_lower(address);
  return std::ranges::any_of(people, [&](const Person& person) { return to_lower(person.address) == wanted; });
}

Letter result_letter(const User& user) { return Letter{.kind = LetterKind::result, .to_user = user.id}; }

Decision refuse(const UserMail& mail, AuthorityRule rule) {
  auto plan = plan_for(mail.scene);
  const auto why = reason(rule, mail.scene.inquiry, mail.user.language);
  plan.saw("user", mail.user.id + ": fails " + std::string(name(rule)), true);
  if (mail.thread) {
    plan.begin(*mail.thread->lead);
    plan.record({.type = EventType::flagged,
                 .by = "rule",
                 .text = "a mail that shows the address of " + mail.user.id +
                         " was not carried out: " + std::string(name(rule)),
                 .message_id = mail.scene.inquiry.message_id});
  }
  // What is proven to be his, and only lacks the token or the right date, he is told of each time. A robot of his that
  // answers our telling has the token.
  const bool is_his = mail.facts.transport && (rule == AuthorityRule::reply_token || rule == AuthorityRule::fresh);
  if (is_his || mail.scene.known.refusals_to_writer_this_hour == 0) {
    auto letter = result_letter(mail.user);
    const auto hour = std::chrono::floor<std::chrono::hours>(mail.scene.now).time_since_epoch().count();
    const auto once = is_his ? plan.occasion().key : std::to_string(hour);
    letter.cause = "refusal:" + mail.user.id + ":" + once;
    letter.text = say(Phrase::refused, mail.user.language, {why});
    letter.is_refusal = true;
    letter.is_unbelieved = !is_his;
    plan.send(std::move(letter));
  }
  return plan.finish(Outcome::unverified,
                     "shows the address of " + mail.user.id + ", fails " + std::string(name(rule)));
}

Decision answer_with(const UserMail& mail, Outcome outcome, const std::string& why) {
  auto plan = plan_for(mail.scene);
  plan.saw("user", mail.user.id + ": " + why, true);
  if (mail.thread) plan.begin(*mail.thread->lead);
  auto letter = result_letter(mail.user);
  letter.text = why;
  letter.is_refusal = true;
  letter.subject = mail.scene.inquiry.subject;
  if (outcome == Outcome::ignored) letter.cause = cause_of_hint(mail);
  plan.send(std::move(letter));
  return plan.finish(outcome, "nothing done: " + why);
}

std::vector<std::string> thread_ids(const Snapshot& known, LeadId lead) {
  const auto found = known.thread_ids.find(lead);
  return found == known.thread_ids.end() ? std::vector<std::string>{} : found->second;
}

const Conversation& conversation(const Snapshot& known, LeadId lead) {
  static const Conversation kNothingSaid{};
  const auto found = known.conversations.find(lead);
  return found == known.conversations.end() ? kNothingSaid : found->second;
}

std::optional<AuthorityRule> forbidden(const UserMail& mail, const CommandText& read, bool relays) {
  for (const auto& command : read.commands) {
    const auto action = row_of(command.verb).is_simple ? Action::simple_command : Action::other_command;
    if (const auto rule = first_failure(action, mail.facts)) return rule;
  }
  return relays ? first_failure(Action::relay, mail.facts) : std::nullopt;
}

Circumstances around(const UserMail& mail) {
  const auto& inquiry = mail.scene.inquiry;
  Circumstances around{.answered = mail.scene.known.answered.get(),
                       .message_ids = inquiry.in_reply_to,
                       .attachments = shown_files(inquiry.attachments),
                       .is_confirmed = inquiry.is_confirmed};
  around.message_ids.insert(around.message_ids.end(), inquiry.references.rbegin(), inquiry.references.rend());
  return around;
}

Decision ask_to_confirm(const UserMail& mail, const std::string& address) {
  const auto& keys = mail.scene.rules.tokens;
  const auto nonce = make_nonce(mail.scene.inquiry.fingerprint, mail.user.id, keys);
  const auto marks = nonce_marks(nonce, keys);
  if (marks.empty()) return answer_with(mail, Outcome::command, say(Phrase::not_confirmed, mail.user.language));
  auto plan = plan_for(mail.scene);
  plan.saw("confirmation", "mail to " + address + ", who never wrote to us", true);
  if (mail.thread) plan.begin(*mail.thread->lead);
  plan.add(AwaitConfirmation{marks.front(), mail.user.id});
  auto letter = result_letter(mail.user);
  letter.text = say(Phrase::please_confirm, mail.user.language, {address, nonce});
  letter.cause = "confirm:" + mail.scene.inquiry.fingerprint;
  letter.is_refusal = true;
  letter.subject = mail.scene.inquiry.subject;
  letter.actions = {{verb_name(Verb::confirm, mail.user.language), "#confirm " + nonce}};
  letter.expires = mail.scene.now + kNonceLife;
  plan.send(std::move(letter));
  return plan.finish(Outcome::held, "waits for " + mail.user.id + " to confirm " + address);
}

void send_result(Plan& plan, const UserMail& mail, Executed executed) {
  const bool only_looked = executed.looks > 0 && executed.results.empty() && executed.text.empty();
  if (only_looked) return;
  auto letter = result_letter(mail.user);
  letter.results = std::move(executed.results);
  letter.text = std::move(executed.text);
  letter.subject = mail.scene.inquiry.subject;
  letter.deed = executed.deed;
  if (plan.has_lead()) letter.actions = usual_steps(plan.lead(), mail.user.language);
  if (executed.deed != 0) letter.actions.push_back(undo_step(executed.deed, mail.user.language));
  plan.send(std::move(letter));
}

}  // namespace leadmail::leads
