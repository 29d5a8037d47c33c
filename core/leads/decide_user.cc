// Mail by our own people: what it is, and who takes it further.
#include <algorithm>

#include "core/leads/address.h"
#include "core/leads/asked.h"
#include "core/leads/fold.h"
#include "core/leads/organisation.h"
#include "core/leads/phrases.h"
#include "core/leads/relay_text.h"
#include "core/leads/text.h"
#include "core/leads/user_mail.h"

namespace leadmail::leads {
namespace {

/// The reply to that.
Decision confirm(const UserMail& mail) {
  const auto* const answered = mail.scene.known.answered.get();
  const auto refused = [&](Phrase why) { return answer_with(mail, Outcome::command, say(why, mail.user.language)); };
  if (answered == nullptr || !answered->awaited) return refused(Phrase::not_confirmed);
  const auto& awaited = *answered->awaited;
  if (awaited.user != mail.user.id || awaited.state != "waiting") return refused(Phrase::not_confirmed);
  if (mail.scene.inquiry.received > awaited.asked + kNonceLife) return refused(Phrase::confirmed_late);
  auto plan = plan_for(mail.scene);
  plan.saw("confirmation", mail.user.id + " means it", true);
  plan.add(Confirm{awaited.mark, mail.user.id});
  return plan.finish(Outcome::command, "confirmed by " + mail.user.id);
}

/// The lead as a decision leaves it.
Lead lead_after(const Decision& decision, Lead lead) {
  for (const auto& effect : decision.effects) {
    if (const auto* const record = std::get_if<Record>(&effect)) fold(lead, record->event);
  }
  return lead;
}

/// "Ana", "- Ana López": he signs, and has nothing to say to the prospect.
bool is_only_his_name(std::string_view text, const User& user) {
  constexpr std::size_t kMostWords = 6;
  const auto bare = [](std::string_view word) {
    constexpr std::string_view kMarks = "-*_.,~!";
    while (!word.empty() && kMarks.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
    while (!word.empty() && kMarks.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
    return fold(word);
  };
  std::vector<std::string> names{fold(user.id)};
  for (const auto word : words_of(user.name)) names.push_back(bare(word));
  const auto words = words_of(text);
  return !words.empty() && words.size() <= kMostWords && std::ranges::all_of(words, [&](std::string_view word) {
    const auto said = bare(word);
    return said.empty() || said == "\u2013" || said == "\u2014" || std::ranges::find(names, said) != names.end();
  });
}

/// A rep forwards what somebody wrote to him: it is that person's inquiry. His commands are about the lead it makes.
Decision capture_forward(const UserMail& mail, const CommandText& read) {
  const auto& person = *mail.scene.inquiry.forwarded_from;
  auto inquiry = mail.scene.inquiry;
  inquiry.text = inquiry.forwarded_text.empty() ? inquiry.text : inquiry.forwarded_text;
  inquiry.reply = inquiry.text;
  if (!is_only_his_name(read.rest, mail.user)) inquiry.passed_on_with = trim(read.rest);
  const Scene scene{inquiry, mail.scene.known, mail.scene.rules, mail.scene.now};
  const auto weighed = match(inquiry, person, scene.known, scene.rules, scene.now);
  const auto& found = weighed.found;
  auto decision =
      with_evidence(found ? decide_reply(scene, person, *found) : decide_capture(scene, person), weighed.looked_at);
  decision.evidence.insert(decision.evidence.begin(),
                           {"user", mail.user.id + " forwards a mail of " + person.address, true});
  decision.reason = "forwarded by " + mail.user.id + ": " + decision.reason;
  const auto beside = enclosed_beside(inquiry, scene.rules);
  if (read.commands.empty() && inquiry.passed_on_with.empty() && beside.empty()) return decision;

  auto plan = plan_for(scene);
  plan.begin(lead_after(decision, found ? *found->lead : Lead{}));
  if (!inquiry.passed_on_with.empty()) {
    plan.record({.type = EventType::note,
                 .by = mail.user.id,
                 .cause = plan.occasion().cause,
                 .text = inquiry.passed_on_with,
                 .direction = "internal"});
  }
  Executed executed;
  if (!read.commands.empty()) {
    std::string nothing_below;
    executed = execute(read.commands, mail.user, plan, nothing_below, around(mail));
    if (!executed.refused.empty()) return answer_with(mail, Outcome::command, executed.refused);
    if (!executed.needs_confirmation.empty()) return ask_to_confirm(mail, executed.needs_confirmation);
  }
  if (!beside.empty()) {
    if (!executed.text.empty()) executed.text += "\n";
    executed.text += say(Phrase::encloses_more, mail.user.language, {beside});
  }
  if (!read.commands.empty() || !beside.empty()) send_result(plan, mail, std::move(executed));
  auto more = plan.finish(decision.outcome, {});
  std::ranges::move(more.effects, std::back_inserter(decision.effects));
  return decision;
}

bool has_token_for(const Scene& scene, const User& user) {
  const auto tokens = verified_tokens(scene.inquiry, user.id, scene.rules, scene.now);
  return std::ranges::any_of(tokens, [&](const VerifiedToken& verified) {
    return verified.token.purpose == Purpose::reply && verified.token.user == user.id;
  });
}

/// A mail that names no thread: a forward, a mail to a prospect, or something that we can't place.
Decision decide_without_thread(const UserMail& mail, const CommandText& read, const std::vector<Person>& outside) {
  if (const auto leads = leads_of_contacts(outside, mail.scene.known); !leads.empty()) {
    if (const auto rule = forbidden(mail, read, false)) return refuse(mail, *rule);
    return log_answer(mail, leads, read);
  }
  const auto& forwarded = mail.scene.inquiry.forwarded_from;
  if (outside.empty() && forwarded && is_outside(*forwarded, mail.scene.rules)) {
    if (const auto rule = first_failure(Action::simple_command, mail.facts)) return refuse(mail, *rule);
    if (const auto rule = forbidden(mail, read, false)) return refuse(mail, *rule);
    return capture_forward(mail, read);
  }
  // People of our own company that are no users are no prospects, whoever writes to them.
  const auto prospect = std::ranges::find_if(outside, [&](const Person& p) {
    return !is_own_company(p.address, mail.scene.rules) && !is_robot_address(p.address);
  });
  if (prospect != outside.end() && read.commands.empty()) return capture_recipient(mail, *prospect);
  if (read.commands.empty()) return answer_with(mail, Outcome::ignored, say(Phrase::no_lead, mail.user.language));
  if (const auto rule = forbidden(mail, read, would_relay(mail, read))) return refuse(mail, *rule);
  return carry_out(mail, read);
}

/// What a prospect wrote to the rep alone, forwarded to us without a word. Our own notice, forwarded, is not by anybody
/// outside.
bool is_passed_on(const UserMail& mail, const CommandText& read, const std::vector<Person>& outside) {
  const auto& forwarded = mail.scene.inquiry.forwarded_from;
  return outside.empty() && forwarded && is_outside(*forwarded, mail.scene.rules) && !mail.facts.reply_token &&
         read.commands.empty() && !mail.scene.inquiry.is_history && !first_failure(Action::simple_command, mail.facts);
}

/// Commands count only above every quote of the plain text (docs/overview.md); what is for the prospect is all that
/// is new, also what stands between the quoted lines. A command further down that is only our own notice, unmarked and
/// wrapped anew, forbids nothing.
CommandText read_text(const UserMail& mail) {
  const auto& inquiry = mail.scene.inquiry;
  const auto& language = mail.user.language;
  const auto& above = inquiry.command_text;
  // Old mail is history: who wrote what is kept, nothing is done again.
  if (inquiry.is_history) return CommandText{.rest = above.empty() ? inquiry.reply : above};
  auto whole = read_commands(inquiry.reply, language);
  if (above.empty()) {
    if (!whole.commands.empty() && whole.refused.empty()) whole.refused = say(Phrase::not_plain_text, language);
    return whole;
  }
  auto read = read_commands(above, language);
  if (!read.refused.empty()) return read;
  if (!std::ranges::equal(read.commands, whole.commands, {}, &Command::line, &Command::line)) return read;
  if (whole.refused.empty() || !mail.thread) return whole;
  const auto& ours = conversation(mail.scene.known, mail.thread->lead->id).our_words;
  auto theirs = without_our_words(whole.rest, ours, mail.scene.rules);
  const auto below = read_commands(theirs, language);
  if (!below.commands.empty() || !below.refused.empty()) return whole;
  return CommandText{.commands = std::move(whole.commands), .rest = std::move(theirs)};
}

}  // namespace

std::optional<Found> match_user_thread(const Scene& scene, const User& user) {
  if (auto found = match_thread(scene.inquiry, user.id, scene.known, scene.rules, scene.now)) return found;
  const auto tagged = lead_in_subject(scene.inquiry.subject, scene.rules.tokens);
  const auto* const lead = tagged ? scene.known.named(*tagged) : nullptr;
  if (lead == nullptr) return std::nullopt;
  return Found{.lead = lead, .step = "thread: subject tag", .what = to_string(*tagged)};
}

Decision decide_user(const Scene& scene, const User& user) {
  const auto& inquiry = scene.inquiry;
  const auto* const mailbox = scene.rules.mailbox(inquiry.mailbox);
  UserMail mail{.scene = scene,
                .user = user,
                .facts = facts_of(inquiry, &user, has_token_for(scene, user), mailbox),
                .thread = match_user_thread(scene, user)};
  // A lead that he may not see is none of his, unless we wrote to him about it.
  if (mail.thread && !mail.facts.reply_token && !may_see(user, *mail.thread->lead, scene.rules)) mail.thread.reset();
  // Without the first rules it may be anybody's mail: not even its commands are worth an answer of their own.
  if (const auto rule = first_failure(Action::log_own_mail, mail.facts)) return refuse(mail, *rule);

  // Old mail is history: who wrote what is kept, nothing is done again.
  const auto outside = outside_recipients(scene);
  auto read = read_text(mail);
  if (!read.refused.empty()) return answer_with(mail, Outcome::command, read.refused);
  if (inquiry.says_only_who || (!read.commands.empty() && is_only_his_name(read.rest, user))) read.rest.clear();
  if (is_about_held(read)) return decide_held_commands(scene, user, read);
  if (!read.commands.empty() && read.commands.front().verb == Verb::confirm && read.commands.size() == 1) {
    if (const auto rule = forbidden(mail, read, false)) return refuse(mail, *rule);
    return confirm(mail);
  }

  if (!mail.thread) return decide_without_thread(mail, read, outside);
  // Who has it from the rep himself does not get it from us once more.
  const bool has_gone = goes_to(*mail.thread->lead, outside) && !is_left_to_us(mail, outside);
  if (has_gone || (!outside.empty() && !mail.facts.reply_token)) {
    if (const auto rule = forbidden(mail, read, false)) return refuse(mail, *rule);
    return log_answer(mail, {mail.thread->lead}, read);
  }
  if (inquiry.is_encrypted && !inquiry.is_history)
    return answer_with(mail, Outcome::command, say(Phrase::answer_is_encrypted, user.language));
  if (inquiry.is_reaction && !inquiry.is_history)
    return answer_with(mail, Outcome::ignored, say(Phrase::nothing_to_do, user.language));
  if (is_passed_on(mail, read, outside)) return capture_forward(mail, read);
  if (inquiry.is_history) return log_answer(mail, {mail.thread->lead}, read);
  if (read.commands.empty() && read.rest.empty() && !would_relay(mail, read)) {
    return answer_with(mail, Outcome::ignored, say(Phrase::nothing_to_do, user.language));
  }
  if (const auto rule = forbidden(mail, read, would_relay(mail, read))) return refuse(mail, *rule);
  return carry_out(mail, read);
}

}  // namespace leadmail::leads
