// Mail by our own people: answers to relay, commands, mail to log, forwards to capture; and what is refused.
#include <algorithm>
#include <charconv>

#include "core/leads/address.h"
#include "core/leads/asked.h"
#include "core/leads/authority.h"
#include "core/leads/deciding.h"
#include "core/leads/execute.h"
#include "core/leads/organisation.h"
#include "core/leads/phrases.h"
#include "core/leads/reach.h"
#include "core/leads/relay_text.h"
#include "core/leads/text.h"
#include "core/leads/token.h"

namespace leadmail::leads {
namespace {

/// Everything that the parts below need to know about a mail by a user.
struct UserMail {
  const Scene& scene;
  const User& user;
  Facts facts{};
  std::optional<Found> thread{};
};

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

bool goes_to(const Lead& lead, const std::vector<Person>& people) {
  return std::ranges::any_of(people, [&](const Person& person) { return is_participant(lead, person.address); });
}

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

/// All leads that are written to, the newest open one of each person: a mail may go to people of several.
std::vector<const Lead*> leads_of_contacts(const std::vector<Person>& people, const Snapshot& known) {
  std::vector<const Lead*> found;
  for (const auto& person : people) {
    const auto* const lead = lead_of_contacts({person}, known);
    if (lead != nullptr && std::ranges::find(found, lead) == found.end()) found.push_back(lead);
  }
  return found;
}

Letter result_letter(const User& user) { return Letter{.kind = LetterKind::result, .to_user = user.id}; }

/// Tells the user at his configured address, at most once an hour, and leaves a trace on the lead. Nothing else.
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
  if (mail.scene.known.refusals_to_writer_this_hour == 0) {
    auto letter = result_letter(mail.user);
    const auto hour = std::chrono::floor<std::chrono::hours>(mail.scene.now).time_since_epoch().count();
    letter.cause = "refusal:" + mail.user.id + ":" + std::to_string(hour);
    letter.text = say(Phrase::refused, mail.user.language, {why});
    letter.is_refusal = true;
    letter.is_unbelieved = true;
    plan.send(std::move(letter));
  }
  return plan.finish(Outcome::unverified,
                     "shows the address of " + mail.user.id + ", fails " + std::string(name(rule)));
}

/// What asked for nothing may be a robot's that says so nowhere, and answers what we answer: of one lead, or of none,
/// he is told once in five minutes.
std::string cause_of_hint(const UserMail& mail) {
  const auto slot = std::chrono::floor<std::chrono::minutes>(mail.scene.now).time_since_epoch().count() / 5;
  const auto about = mail.thread ? to_string(mail.thread->lead->id) : std::string("none");
  return "hint:" + mail.user.id + ":" + about + ":" + std::to_string(slot);
}

/// The user is who he says; something in his mail can't be done. He is told what to do; nothing of it is executed.
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

std::vector<Person> kept_participants(const Lead& lead, const Rules& rules) {
  std::vector<Person> people;
  for (const auto& line : lines_of(lead.value("last.in.cc"))) {
    auto rest = std::string_view(line);
    Person person{.address = std::string(take_word(rest))};
    person.name = std::string(rest);
    if (is_outside(person, rules)) people.push_back(std::move(person));
  }
  return people;
}

/// The addresses that a command put there, without one that its writer has vouched for.
std::string by_hand_without(const Lead& lead, std::string_view address) {
  std::string left;
  for (const auto& line : lines_of(lead.value("by_hand"))) {
    if (to_lower(line) != to_lower(address)) left += (left.empty() ? "" : "\n") + line;
  }
  return left;
}

/// Why the rep's text can't go to the prospect; empty when it can.
std::string obstacle(const Lead& lead, const User& user) {
  const auto to = answer_to(lead).address;
  const auto dead = lines_of(lead.value("dead"));
  if (lead.status() == Status::do_not_contact)
    return say(Phrase::must_not_contact, user.language, {to_string(lead.id)});
  if (to.empty()) return say(Phrase::no_address, user.language, {to_string(lead.id)});
  if (std::ranges::find(dead, to) != dead.end()) return say(Phrase::dead_address, user.language, {to});
  return {};
}

/// The rep's words with what he signs them with. A signature in which a line begins with '#' may be a command that
/// slipped down: it stays inside.
std::string signed_words(const std::string& text, const std::string& signature) {
  const bool is_suspicious = signature.starts_with('#') || signature.find("\n#") != std::string::npos;
  return signature.empty() || is_suspicious ? text : text + "\n\n" + signature;
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

/// What of the rep's text is for the prospect, with what he signs it with.
std::string words_for_prospect(const UserMail& mail, const Lead& lead, const std::string& text) {
  const auto& ours = conversation(mail.scene.known, lead.id).our_words;
  const auto words = without_our_words(text, ours, mail.scene.rules);
  if (words.empty()) return {};
  return signed_words(words, without_our_words(mail.scene.inquiry.signature, ours, mail.scene.rules));
}

/// The participants who have the text not yet from the rep himself.
std::vector<Person> people_in_copy(const UserMail& mail, const Lead& lead) {
  auto people = kept_participants(lead, mail.scene.rules);
  const auto has_it = outside_recipients(mail.scene);
  std::erase_if(people, [&](const Person& person) { return holds_address(has_it, person.address); });
  return people;
}

/// He answers a mail of ours and has put others in copy, but not the one whom he answers: that is left to us.
bool is_left_to_us(const UserMail& mail, const std::vector<Person>& outside) {
  const auto is_ours = [&](const Person& person) {
    return mail.scene.rules.mailbox_with_address(person.address) != nullptr;
  };
  return mail.facts.reply_token && std::ranges::any_of(mail.scene.inquiry.to, is_ours) &&
         !holds_address(outside, answer_to(*mail.thread->lead).address);
}

constexpr int kMostOfTheSame = 2;

/// What of the lead tells that its last answers said the same: "HASH COUNT". White space does not matter.
std::string hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  return std::to_string(hash);
}

/// How many answers in a row, up to the last one, said just this.
int times_said(const Lead& lead, std::string_view text) {
  const auto known = std::string(lead.value("last.out.same"));
  std::string_view rest = known;
  if (take_word(rest) != hash_of(text)) return 0;
  int count = 0;
  std::from_chars(rest.data(), rest.data() + rest.size(), count);
  return std::clamp(count, 0, kMostOfTheSame);
}

/// The rep's words to the prospect, as one conversation: his last mail is answered and quoted, all of his are referred
/// to.
void relay(Plan& plan, const UserMail& mail, const std::string& text) {
  const auto& lead = plan.lead();
  const auto& said = conversation(mail.scene.known, lead.id);
  Letter letter{.kind = LetterKind::answer,
                .to = {answer_to(lead)},
                .cc = people_in_copy(mail, lead),
                .on_behalf_of = mail.user.id,
                .text = text,
                .subject = std::string(lead.value("last.in.subject")),
                .references = thread_ids(mail.scene.known, lead.id),
                .thread_index = std::string(lead.value("last.in.index")),
                .carries_attachments = !mail.scene.inquiry.attachments.empty(),
                .quoted = said.last_text,
                .quoted_from = {std::string(lead.value("last.in.name")), std::string(lead.value("last.in.from"))},
                .quoted_at = said.last_at,
                .as_html = mail.scene.inquiry.has_html};
  const Values said_now{{"last.out.same", hash_of(text) + " " + std::to_string(times_said(lead, text) + 1)}};
  const auto last = std::string(lead.value("last.in.id"));
  if (!last.empty()) {
    letter.in_reply_to = {last};
    std::erase(letter.references, last);
    letter.references.push_back(last);
  }
  plan.send(std::move(letter));
  plan.record_change({.type = EventType::contact, .by = mail.user.id, .text = "confirmed"},
                     {{"by_hand", by_hand_without(lead, answer_to(lead).address)}});
  record_answer(plan,
                Event{.type = EventType::mail_out, .by = mail.user.id, .text = one_line(text), .direction = "out"},
                said_now);
}

/// What commands and text together need.
std::optional<AuthorityRule> forbidden(const UserMail& mail, const CommandText& read, bool relays) {
  for (const auto& command : read.commands) {
    const auto action = row_of(command.verb).is_simple ? Action::simple_command : Action::other_command;
    if (const auto rule = first_failure(action, mail.facts)) return rule;
  }
  return relays ? first_failure(Action::relay, mail.facts) : std::nullopt;
}

/// What the commands look at, and what came with them.
Circumstances around(const UserMail& mail) {
  const auto& inquiry = mail.scene.inquiry;
  Circumstances around{.answered = mail.scene.known.answered.get(),
                       .message_ids = inquiry.in_reply_to,
                       .attachments = inquiry.attachments,
                       .is_confirmed = inquiry.is_confirmed};
  around.message_ids.insert(around.message_ids.end(), inquiry.references.rbegin(), inquiry.references.rend());
  return around;
}

/// Nothing is done before the writer has said once more that he means this address.
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

/// Text below the commands that is for the prospect: not what a bare #note or a #new keeps.
bool would_relay(const CommandText& read) {
  const auto keeps = [](const Command& command) {
    return command.verb == Verb::create || (command.verb == Verb::note && trim(command.arguments).empty());
  };
  return !read.rest.empty() && std::ranges::none_of(read.commands, keeps);
}

void send_result(Plan& plan, const UserMail& mail, Executed executed) {
  const bool only_looked = executed.looks > 0 && executed.results.empty() && executed.text.empty();
  if (only_looked) return;
  auto letter = result_letter(mail.user);
  letter.results = std::move(executed.results);
  letter.text = std::move(executed.text);
  letter.subject = mail.scene.inquiry.subject;
  letter.deed = executed.deed;
  if (executed.deed != 0) {
    const auto undo = "#undo " + std::to_string(executed.deed);
    letter.actions.push_back({verb_name(Verb::undo, mail.user.language).substr(1), undo});
  }
  if (plan.has_lead())
    std::ranges::move(usual_steps(plan.lead(), mail.user.language), std::back_inserter(letter.actions));
  plan.send(std::move(letter));
}

/// The lead as a decision leaves it.
Lead lead_after(const Decision& decision, Lead lead) {
  for (const auto& effect : decision.effects) {
    if (const auto* const record = std::get_if<Record>(&effect)) fold(lead, record->event);
  }
  return lead;
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

/// The rep wrote to the prospect himself, with the shared address in copy: logged, never sent again.
Decision log_answer(const UserMail& mail, const std::vector<const Lead*>& leads, const CommandText& read) {
  auto plan = plan_for(mail.scene);
  log_on_all(plan, leads, outside_recipients(mail.scene),
             Event{.type = EventType::mail_out,
                   .by = mail.user.id,
                   .text = headline(mail.scene.inquiry),
                   .message_id = mail.scene.inquiry.message_id,
                   .direction = "out"});
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

/// A mail to us: commands, and text for the prospect.
Decision carry_out(const UserMail& mail, const CommandText& read) {
  auto plan = plan_for(mail.scene);
  if (mail.thread) {
    plan.begin(*mail.thread->lead);
    plan.saw(mail.thread->step, mail.thread->what + " -> " + to_string(mail.thread->lead->id), true);
  }
  std::string text = read.rest;
  auto executed = execute(read.commands, mail.user, plan, text, around(mail));
  if (!executed.refused.empty()) return answer_with(mail, Outcome::command, executed.refused);
  if (!executed.needs_confirmation.empty()) return ask_to_confirm(mail, executed.needs_confirmation);

  const bool relays = !text.empty();
  if (relays) {
    const auto why = plan.has_lead() ? obstacle(plan.lead(), mail.user) : say(Phrase::no_lead, mail.user.language);
    if (!why.empty()) return answer_with(mail, plan.has_lead() ? Outcome::command : Outcome::ignored, why);
    text = words_for_prospect(mail, plan.lead(), text);
    if (text.empty()) return answer_with(mail, Outcome::ignored, say(Phrase::nothing_to_do, mail.user.language));
    if (mail.scene.inquiry.attachments_left_out)
      return answer_with(mail, Outcome::command, say(Phrase::too_large, mail.user.language));
    // Two robots that say nowhere that they are some, one of them the rep's: it ends here. RFC 3834 §2
    const bool is_bare = read.commands.empty() && mail.scene.inquiry.attachments.empty();
    if (is_bare && times_said(plan.lead(), text) >= kMostOfTheSame)
      return answer_with(mail, Outcome::ignored, say(Phrase::same_again, mail.user.language));
    const auto to = answer_to(plan.lead()).address;
    if (!mail.scene.inquiry.is_confirmed && !is_proven(plan.lead(), to)) return ask_to_confirm(mail, to);
    relay(plan, mail, text);
  }
  if (!read.commands.empty()) send_result(plan, mail, std::move(executed));
  return plan.finish(relays ? Outcome::rep_answer : Outcome::command,
                     relays ? "answer of " + mail.user.id + " relayed" : "commands of " + mail.user.id);
}

/// A rep forwards what somebody wrote to him: it is that person's inquiry. His commands are about the lead it makes.
Decision capture_forward(const UserMail& mail, const CommandText& read) {
  const auto& person = *mail.scene.inquiry.forwarded_from;
  auto inquiry = mail.scene.inquiry;
  inquiry.text = inquiry.forwarded_text.empty() ? inquiry.text : inquiry.forwarded_text;
  inquiry.reply = inquiry.text;
  const Scene scene{inquiry, mail.scene.known, mail.scene.rules, mail.scene.now};
  const auto weighed = match(inquiry, person, scene.known, scene.rules, scene.now);
  const auto& found = weighed.found;
  auto decision =
      with_evidence(found ? decide_reply(scene, person, *found) : decide_capture(scene, person), weighed.looked_at);
  decision.evidence.insert(decision.evidence.begin(),
                           {"user", mail.user.id + " forwards a mail of " + person.address, true});
  decision.reason = "forwarded by " + mail.user.id + ": " + decision.reason;
  if (read.commands.empty()) return decision;

  auto plan = plan_for(scene);
  plan.begin(lead_after(decision, found ? *found->lead : Lead{}));
  std::string nothing_below;
  auto executed = execute(read.commands, mail.user, plan, nothing_below, around(mail));
  if (!executed.refused.empty()) return answer_with(mail, Outcome::command, executed.refused);
  if (!executed.needs_confirmation.empty()) return ask_to_confirm(mail, executed.needs_confirmation);
  send_result(plan, mail, std::move(executed));
  auto more = plan.finish(decision.outcome, {});
  std::ranges::move(more.effects, std::back_inserter(decision.effects));
  return decision;
}

/// A rep writes to somebody new with the shared address in copy: a lead of his, answered already.
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
  record_answer(plan, Event{.type = EventType::mail_out,
                            .by = mail.user.id,
                            .text = headline(mail.scene.inquiry),
                            .message_id = mail.scene.inquiry.message_id,
                            .direction = "out"});
  return plan.finish(Outcome::lead, mail.user.id + " wrote to somebody new");
}

/// People of our own company that are no users: no prospects, whoever writes to them.
bool is_own_company(const Person& person, const Rules& rules) {
  const auto organisation = organisation_domain(person.address);
  if (organisation.empty() || is_free_mail(person.address)) return false;
  const auto same = [&](const std::string& address) { return organisation_domain(address) == organisation; };
  return std::ranges::any_of(rules.mailboxes, [&](const Mailbox& m) { return same(m.address); }) ||
         std::ranges::any_of(rules.users, [&](const User& u) { return std::ranges::any_of(u.addresses, same); });
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
  const auto prospect = std::ranges::find_if(
      outside, [&](const Person& p) { return !is_own_company(p, mail.scene.rules) && !is_robot_address(p.address); });
  if (prospect != outside.end() && read.commands.empty()) return capture_recipient(mail, *prospect);
  if (read.commands.empty()) return answer_with(mail, Outcome::ignored, say(Phrase::no_lead, mail.user.language));
  if (const auto rule = forbidden(mail, read, would_relay(read))) return refuse(mail, *rule);
  return carry_out(mail, read);
}

/// What a prospect wrote to the rep alone, forwarded to us without a word. Our own notice, forwarded, is not by anybody
/// outside.
bool is_passed_on(const UserMail& mail, const CommandText& read, const std::vector<Person>& outside) {
  const auto& forwarded = mail.scene.inquiry.forwarded_from;
  return outside.empty() && forwarded && is_outside(*forwarded, mail.scene.rules) && !mail.facts.reply_token &&
         read.commands.empty() && !mail.scene.inquiry.is_history && !first_failure(Action::simple_command, mail.facts);
}

/// Commands count only above every quote of the plain text (quality.md section 5); what is for the prospect is all that
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

bool is_proven(const Lead& lead, std::string_view address) {
  const auto same = [&](std::string_view other) { return to_lower(other) == to_lower(address); };
  if (same(lead.value("last.in.from"))) return true;
  return lead.is_contact(address) && std::ranges::none_of(lines_of(lead.value("by_hand")), same);
}

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
  const auto read = read_text(mail);
  if (!read.refused.empty()) return answer_with(mail, Outcome::command, read.refused);
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
  if (is_passed_on(mail, read, outside)) return capture_forward(mail, read);
  if (inquiry.is_history) return log_answer(mail, {mail.thread->lead}, read);
  if (read.commands.empty() && read.rest.empty()) {
    return answer_with(mail, Outcome::ignored, say(Phrase::nothing_to_do, user.language));
  }
  if (const auto rule = forbidden(mail, read, would_relay(read))) return refuse(mail, *rule);
  return carry_out(mail, read);
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
  log_on_all(plan, leads, outside,
             Event{.type = EventType::mail_out,
                   .by = by,
                   .text = headline(inquiry),
                   .message_id = inquiry.message_id,
                   .direction = "out"});
  auto decision = plan.finish(Outcome::rep_answer, "answered from the mailbox itself");
  decision.is_of_one_lead = leads.size() == 1;
  return decision;
}

}  // namespace leadmail::leads
