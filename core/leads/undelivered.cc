// A mail of ours that was given up: recorded on its lead, and told to whom it concerns.
#include <algorithm>

#include "core/leads/dead_address.h"
#include "core/leads/decide.h"
#include "core/leads/phrases.h"
#include "core/leads/plan.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

Letter told(const Undelivered& mail, LetterKind kind) {
  Letter letter;
  letter.kind = kind;
  letter.cause = "undelivered:" + mail.cause;
  letter.mailbox = mail.mailbox;
  letter.is_question = mail.state == "unknown";
  const bool server_spoke = !letter.is_question || kind == LetterKind::alert;  // else the template says what is known
  letter.text = mail.rcpt_to + (server_spoke ? "\n" + mail.reply : std::string());
  letter.quoted = mail.text;
  letter.quoted_from = {{}, mail.rcpt_to};
  letter.subject = mail.kind;
  return letter;
}

/// The lead counted as answered by a mail that never left: it stands as it stood before, unless more happened since.
void take_back_answer(Plan& plan, const std::string& letter, const std::vector<std::string>& addresses) {
  const auto& lead = plan.lead();
  if (letter.empty() || lead.value("last.out.cause") != letter) return;
  if (std::ranges::find(addresses, lead.value("last.out.to")) == addresses.end()) return;
  auto was = lead.value("last.out.was");
  const auto status = std::string(take_word(was));
  Values values{{"last.out.cause", ""}, {"last.out.to", ""}, {"last.out.was", ""}, {"last.out.same", ""}};
  if (lead.status() == Status::replied && status_named(status)) values.emplace_back("status", status);
  if (was == "owed") values.emplace_back("owed", "yes");
  plan.record_change({.type = EventType::status, .by = "rule", .text = "the answer did not leave"}, values);
}

void tell_admins(Plan& plan, const Undelivered& mail) {
  const auto& rules = plan.rules();
  Letter letter = told(mail, LetterKind::alert);
  letter.language = rules.language;
  for (const auto& address : rules.admins) {
    if (address != mail.rcpt_to) letter.to.push_back({"", address});
  }
  if (!letter.to.empty()) plan.send(std::move(letter));
}

}  // namespace

Decision decide_undelivered(const Undelivered& mail, const Lead* lead, const Rules& rules, Time now) {
  const auto reason = mail.kind + " to " + mail.rcpt_to + " given up: " + mail.reply;
  Plan plan(rules, Occasion{.now = now, .at = now, .key = mail.cause, .cause = "outbox", .mailbox = mail.mailbox});
  // Telling that a telling failed could go on for ever.
  const bool tells_of_failure = mail.kind == name(LetterKind::bounced) || mail.kind == name(LetterKind::alert);
  if (tells_of_failure) return plan.finish(Outcome::bounce, reason);

  const bool is_ours = rules.user_with_address(mail.rcpt_to) != nullptr;
  const bool is_known = mail.state != "unknown";  // nobody knows whether it arrived: nothing is said of the address
  if (lead != nullptr) plan.begin(*lead);
  if (lead != nullptr && is_known) take_back_answer(plan, mail.letter, {mail.rcpt_to});
  if (lead != nullptr && is_known && !is_ours) {
    const bool hard = reply_says_that_it_is_dead(mail.reply);
    const bool dead = record_failed_delivery(plan, mail.rcpt_to, hard, mail.rcpt_to + ": " + reason);
    if (hard && !dead) plan.mark_address(mail.rcpt_to, true, mail.reply);
  } else if (lead != nullptr) {
    plan.record({.type = EventType::flagged, .by = "server", .text = reason});
  } else if (is_known && !is_ours && reply_says_that_it_is_dead(mail.reply)) {
    plan.mark_address(mail.rcpt_to, true, mail.reply);
  }

  const auto* const owner = plan.has_lead() ? plan.owner() : nullptr;
  if (is_ours || owner == nullptr) {
    tell_admins(plan, mail);
  } else {
    auto letter = told(mail, LetterKind::bounced);
    letter.to_user = owner->id;
    plan.send(std::move(letter));
  }
  return plan.finish(Outcome::bounce, reason);
}

Decision decide_withheld(const Withheld& mail, const Lead* lead, const Rules& rules, Time now) {
  const auto list = join(mail.addresses, ", ");
  const auto reason = mail.kind + " not sent to " + list + ": do not contact";
  const auto row = "outbox " + std::to_string(mail.number.value);
  Plan plan(rules, Occasion{.now = now, .at = now, .key = row, .cause = row, .mailbox = mail.mailbox});
  if (lead != nullptr) {
    plan.begin(*lead);
    plan.record({.type = EventType::flagged, .by = "rule", .text = reason});
    take_back_answer(plan, mail.letter, mail.addresses);
  }
  if (const auto* const user = rules.user(mail.author)) {
    plan.send({.kind = LetterKind::bounced,
               .cause = "withheld:" + row,
               .to_user = user->id,
               .text = say(Phrase::withheld, user->language, {list}),
               .subject = mail.kind,
               .is_refusal = true,
               .quoted_from = {{}, list}});
  }
  return plan.finish(Outcome::ignored, reason);
}

}  // namespace leadmail::leads
