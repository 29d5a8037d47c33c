#include <algorithm>

#include "core/leads/decide.h"

namespace leadmail::leads {
namespace {

/// "550 5.1.1 no such user": the enhanced code says that the address itself is wrong. RFC 3463 §3.2
bool names_a_dead_address(std::string_view reply) {
  for (const std::string_view code : {"5.1.1 ", "5.1.2 ", "5.1.3 ", "5.1.6 ", "5.1.10 "}) {
    if (reply.find(code) != std::string_view::npos) return true;
  }
  return false;
}

Letter told(const Undelivered& mail, LetterKind kind) {
  Letter letter;
  letter.kind = kind;
  letter.cause = "undelivered:" + mail.cause;
  letter.mailbox = mail.mailbox;
  letter.text = mail.rcpt_to + "\n" + mail.reply;
  letter.subject = mail.kind;
  return letter;
}

void tell_admins(Decision& decision, const Undelivered& mail, const Rules& rules) {
  if (rules.admins.empty()) return;
  Letter letter = told(mail, LetterKind::alert);
  letter.language = rules.language;
  for (const auto& address : rules.admins) {
    if (address != mail.rcpt_to) letter.to.push_back({"", address});
  }
  if (!letter.to.empty()) decision.effects.emplace_back(SendLetter{std::move(letter)});
}

void tell_owner(Decision& decision, const Undelivered& mail, const Lead& lead, const User& owner) {
  Letter letter = told(mail, LetterKind::bounced);
  letter.to_user = owner.id;
  letter.language = owner.language;
  letter.lead = lead.id;
  decision.effects.emplace_back(SendLetter{std::move(letter)});
}

}  // namespace

Decision decide_undelivered(const Undelivered& mail, const Lead* lead, const Rules& rules, Time now) {
  Decision decision;
  decision.outcome = Outcome::bounce;
  decision.reason = mail.kind + " to " + mail.rcpt_to + " given up: " + mail.reply;
  // Telling that a telling failed could go on for ever.
  if (mail.kind == name(LetterKind::bounced) || mail.kind == name(LetterKind::alert)) return decision;

  if (lead != nullptr) {
    Event event;
    event.at = now;
    event.type = EventType::flagged;
    event.by = "server";
    event.cause = "outbox";
    event.text = decision.reason;
    decision.effects.emplace_back(Record{{lead->id}, std::move(event)});
    decision.lead = LeadRef{lead->id};
  }
  const bool is_ours = rules.user_with_address(mail.rcpt_to) != nullptr;
  if (!is_ours && names_a_dead_address(mail.reply))
    decision.effects.emplace_back(MarkAddress{mail.rcpt_to, true, mail.reply});

  const User* owner = lead == nullptr ? nullptr : rules.user(lead->owner());
  if (is_ours || owner == nullptr) {
    tell_admins(decision, mail, rules);
  } else {
    tell_owner(decision, mail, *lead, *owner);
  }
  return decision;
}

}  // namespace leadmail::leads
