// The holding list: what goes onto it, the daily mail about it, and what administrators decide. docs/overview.md, "Who
// may command"
#include <algorithm>

#include "core/leads/address.h"
#include "core/leads/authority.h"
#include "core/leads/deciding.h"
#include "core/leads/organisation.h"
#include "core/leads/phrases.h"
#include "core/leads/text.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

using State = HeldMail::State;

bool is_for_held(Verb verb) { return verb == Verb::accept || verb == Verb::block; }

/// The holding list's own token says who was asked; any administrator may answer it.
bool has_token(const Scene& scene, const User& who) {
  const auto holds = [&](std::string_view user) {
    const auto tokens = verified_tokens(scene.inquiry, user, scene.rules, scene.now);
    return std::ranges::any_of(tokens, [&](const VerifiedToken& verified) {
      return verified.token.purpose == Purpose::reply && verified.token.user == user;
    });
  };
  return holds(who.id) || holds(administrator_at({}, scene.rules).id);
}

/// He answers an alert, which names a lead that he has no part in, or none.
bool answers_alert(const Scene& scene) {
  const auto tokens = verified_tokens(scene.inquiry, {}, scene.rules, scene.now);
  return std::ranges::any_of(tokens, [&](const VerifiedToken& verified) {
    const auto* const lead = scene.known.named(verified.token.lead);
    return lead == nullptr || !is_participant(*lead, scene.inquiry.from.address);
  });
}

std::string shown(const HeldMail& mail) {
  auto text = mail.sender.empty() ? mail.from_address : mail.sender;
  if (!mail.subject.empty()) text += ", " + one_line(mail.subject, 80);
  return text;
}

/// Tells the administrator, at his configured address.
void answer(Plan& plan, const User& who, const std::string& text, bool is_refusal, bool is_unbelieved = false) {
  Letter letter{.kind = LetterKind::result, .text = text, .is_refusal = is_refusal, .is_unbelieved = is_unbelieved};
  if (plan.rules().user(who.id) != nullptr) {
    letter.to_user = who.id;
  } else {
    letter.kind = LetterKind::alert;
    letter.to = {Person{{}, who.addresses.front()}};
    letter.language = who.language;
    letter.subject = one_line(text, 60);
  }
  plan.send(std::move(letter));
}

Decision refuse(const Scene& scene, const User& who, Outcome outcome, const std::string& why) {
  auto plan = plan_for(scene);
  plan.saw("administrator", who.id + ": " + why, true);
  answer(plan, who, why, true);
  return plan.finish(outcome, "nothing done: " + why);
}

/// It may be anybody's mail: one warning an hour, at the configured address.
Decision distrust(const Scene& scene, const User& who, AuthorityRule rule) {
  auto plan = plan_for(scene);
  plan.saw("administrator", who.id + ": fails " + std::string(name(rule)), true);
  if (scene.known.refusals_to_writer_this_hour == 0) {
    answer(plan, who, say(Phrase::refused, who.language, {reason(rule, scene.inquiry, who.language)}), true, true);
  }
  return plan.finish(Outcome::unverified, "shows the address of an administrator, fails " + std::string(name(rule)));
}

/// Why nothing can be decided about this mail; empty when it can. Accepting takes a block back, nothing undoes a lead.
std::string obstacle(const HeldMail& mail, bool accepts, std::string_view language) {
  const auto number = std::to_string(mail.number);
  if (mail.state == State::waiting || (accepts && mail.state == State::blocked)) return {};
  auto state = std::string(name(mail.state));
  if (mail.lead) state += ", " + to_string(*mail.lead);
  return say(Phrase::held_decided, language, {number, state});
}

/// Adds the effects of one verdict. Empty: it is done, and `line` says what; else why not.
std::string carry_out(Plan& plan, HeldVerdict verdict, const HeldMail& mail, const User& who, std::string& line) {
  const auto number = std::to_string(mail.number);
  const bool accepts = verdict == HeldVerdict::accept;
  if (auto why = obstacle(mail, accepts, who.language); !why.empty()) return why;
  if (accepts) {
    plan.add(AcceptHeld{mail.number, who.id});
    line = say(Phrase::held_accepted, who.language, {number, shown(mail)});
    return {};
  }
  std::string why;
  const auto pattern = pattern_to_block(mail, verdict == HeldVerdict::block_domain, plan.rules(), who.language, why);
  if (!pattern) return why;
  plan.add(BlockHeld{mail.number, *pattern, who.id});
  line = say(Phrase::held_blocked, who.language, {number, *pattern});
  return {};
}

/// All wishes of one mail, all or none. Empty: `lines` says what was done.
std::string carry_out_all(Plan& plan, const Scene& scene, const User& who, const CommandText& read,
                          std::string& lines) {
  std::vector<std::int64_t> done;
  for (const auto& command : read.commands) {
    if (!is_for_held(command.verb)) return say(Phrase::held_alone, who.language);
    const auto verb = verb_name(command.verb, who.language);
    const auto wish = read_held_wish(command.arguments);
    if (!wish || (wish->whole_domain && command.verb == Verb::accept)) {
      return say(Phrase::needs_more, who.language, {verb, "#" + std::string(row_of(command.verb).example)});
    }
    const auto verdict = command.verb == Verb::accept ? HeldVerdict::accept
                         : wish->whole_domain         ? HeldVerdict::block_domain
                                                      : HeldVerdict::block;
    for (const auto number : wish->numbers) {
      const auto mail = std::ranges::find(scene.known.held, number, &HeldMail::number);
      if (mail == scene.known.held.end()) return say(Phrase::held_unknown, who.language, {std::to_string(number)});
      if (std::ranges::find(done, number) != done.end()) return say(Phrase::two_commands, who.language, {verb});
      done.push_back(number);
      std::string line;
      if (auto why = carry_out(plan, verdict, *mail, who, line); !why.empty()) return why;
      lines += (lines.empty() ? "" : "\n") + line;
    }
  }
  return {};
}

}  // namespace

bool is_about_held(const CommandText& read) {
  return std::ranges::any_of(read.commands, [](const Command& command) { return is_for_held(command.verb); });
}

Decision decide_held_commands(const Scene& scene, const User& administrator, const CommandText& read) {
  if (!is_administrator(scene.inquiry.from.address, scene.rules)) {
    const auto verb = verb_name(read.commands.front().verb, administrator.language);
    return refuse(scene, administrator, Outcome::command, say(Phrase::held_for_admins, administrator.language, {verb}));
  }
  const auto facts = facts_of(scene.inquiry, &administrator, has_token(scene, administrator),
                              scene.rules.mailbox(scene.inquiry.mailbox));
  if (const auto rule = first_failure(Action::log_own_mail, facts)) return distrust(scene, administrator, *rule);

  auto plan = plan_for(scene);
  std::string lines;
  if (auto why = carry_out_all(plan, scene, administrator, read, lines); !why.empty()) {
    return refuse(scene, administrator, Outcome::command, why);
  }
  plan.saw("administrator", administrator.id + " decides about held mail", true);
  answer(plan, administrator, lines, false);
  return plan.finish(Outcome::command, "held mail decided by " + administrator.id);
}

std::optional<Decision> decide_administrator(const Scene& scene) {
  const auto& inquiry = scene.inquiry;
  if (inquiry.is_history || scene.rules.user_with_address(inquiry.from.address) != nullptr) return std::nullopt;
  if (!is_administrator(inquiry.from.address, scene.rules)) return std::nullopt;
  const auto who = administrator_at(inquiry.from.address, scene.rules);
  const bool has_plain_text = !inquiry.command_text.empty();
  const auto read = read_commands(has_plain_text ? inquiry.command_text : inquiry.reply, who.language);
  if (is_about_held(read)) {
    if (has_plain_text && read.refused.empty()) return decide_held_commands(scene, who, read);
    // It may be anybody's mail: not even what is wrong with it is worth an answer of its own.
    const auto facts = facts_of(inquiry, &who, has_token(scene, who), scene.rules.mailbox(inquiry.mailbox));
    if (const auto rule = first_failure(Action::log_own_mail, facts)) return distrust(scene, who, *rule);
    const auto why = read.refused.empty() ? say(Phrase::not_plain_text, who.language) : read.refused;
    return refuse(scene, who, Outcome::command, why);
  }
  const bool answers_list = has_token(scene, who);
  if (!answers_list && !answers_alert(scene)) return std::nullopt;
  // What he answers to us makes him no lead, nor a stranger in somebody's.
  auto plan = plan_for(scene);
  plan.saw("administrator",
           answers_list ? "answers the holding list without #accept or #block" : "answers a mail to administrators",
           true);
  return plan.finish(Outcome::ignored, answers_list ? "an answer to the holding list that decides nothing"
                                                    : "an answer to a mail to administrators");
}

Decision hold(const Scene& scene, const Person& writer, const std::string& why) {
  auto plan = plan_for(scene);
  plan.saw("doubt", why, true);
  plan.add(Hold{writer.address.empty() ? scene.inquiry.from.address : writer.address});
  return plan.finish(Outcome::held, why);
}

Decision ignore_blocked(const Scene& scene) {
  auto plan = plan_for(scene);
  plan.saw("blocked", scene.known.blocked, true);
  return plan.finish(Outcome::ignored, "blocked by an administrator: " + scene.known.blocked);
}

Decision decide_holding_list(std::vector<HeldMail> mails, std::size_t of, const Rules& rules, Time slot, Time now) {
  const std::string mailbox = rules.mailboxes.empty() ? "" : rules.mailboxes.front().name;
  Plan plan(rules, Occasion{.now = now, .at = now, .key = "held", .cause = "clock", .mailbox = mailbox});
  if (mails.empty()) return plan.finish(Outcome::ignored, "nothing is held");
  // Of a date, so that a day has one such mail even when the hour is changed.
  const auto day_in_words = to_rfc3339(slot, offset_at(slot, rules.timezone)).substr(0, 10);
  Letter letter{.kind = LetterKind::held, .cause = "held:" + day_in_words};
  letter.language = rules.language;
  letter.subject = std::to_string(of);
  letter.held = std::move(mails);
  plan.send(std::move(letter));
  return plan.finish(Outcome::ignored, std::to_string(of) + " mails are held");
}

Result<Decision> decide_held(HeldVerdict verdict, const HeldMail& mail, const std::string& by, const Rules& rules,
                             Time now) {
  auto who = administrator_at({}, rules);
  who.language = "en";
  if (!by.empty()) who.id = by;
  Plan plan(rules, Occasion{.now = now, .at = now, .key = "tool", .cause = "tool held", .mailbox = mail.mailbox});
  std::string line;
  if (auto why = carry_out(plan, verdict, mail, who, line); !why.empty()) return Error{Next::give_up, why};
  return plan.finish(Outcome::command, line);
}

}  // namespace leadmail::leads
