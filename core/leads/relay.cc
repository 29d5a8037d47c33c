// A mail of a user to us: his commands, and what of it goes to the prospect.
#include <algorithm>
#include <charconv>

#include "core/leads/address.h"
#include "core/leads/organisation.h"
#include "core/leads/phrases.h"
#include "core/leads/reach.h"
#include "core/leads/relay_text.h"
#include "core/leads/text.h"
#include "core/leads/user_mail.h"

namespace leadmail::leads {
namespace {

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

/// What of the rep's text is for the prospect, with what he signs it with.
std::string words_for_prospect(const UserMail& mail, const Lead& lead, const std::string& text) {
  const auto& ours = conversation(mail.scene.known, lead.id).our_words;
  const auto words = without_our_words(text, ours, mail.scene.rules);
  if (words.empty()) return {};
  return signed_words(words, without_our_words(mail.scene.inquiry.signature, ours, mail.scene.rules));
}

/// "Mark as Interested<mailto:sales@acme.example?…>", as programs write the links of a page: the words alone.
std::string without_links(std::string line) {
  constexpr std::string_view kBegin = "<mailto:";
  for (auto at = line.find(kBegin); at != std::string::npos; at = line.find(kBegin, at)) {
    const auto end = line.find('>', at);
    line.erase(at, end == std::string::npos ? end : end + 1 - at);
  }
  return line;
}

/// What he may have written below the quotation of our notice, in one line; nothing of it goes outside.
std::string words_below_quote(const UserMail& mail, const Lead& lead) {
  constexpr std::size_t kShown = 400;
  std::string quoted;
  for (const auto& line : lines_of(mail.scene.inquiry.below_quote)) quoted += "> " + without_links(line) + "\n";
  const auto left = without_our_words(quoted, conversation(mail.scene.known, lead.id).our_words, mail.scene.rules);
  std::string words;
  for (const auto& line : lines_of(left)) words += line.substr(std::min<std::size_t>(line.size(), 2)) + "\n";
  return one_line(trim(words), kShown);
}

/// Whether that address takes part in the conversation, or is of the organisation that it is with.
bool takes_part(const Lead& lead, const Rules& rules, const std::string& address) {
  return lead.is_contact(address) || holds_address(kept_participants(lead, rules), address) ||
         (!lead.value("domain").empty() && colleagues_domain(address) == lead.value("domain"));
}

/// Whether the beginning of `said` stands in `text`, however its lines were broken or marked.
bool goes_along(std::string_view said, std::string_view text) {
  constexpr std::size_t kCompared = 400;
  const auto letters_of = [](std::string_view from) {
    std::string letters;
    for (const char c : from) {
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != '>') letters += c;
    }
    return letters;
  };
  return letters_of(text).find(letters_of(said.substr(0, kCompared))) != std::string::npos;
}

/// Somebody else's mail that he put below his text, and that does not go with `text`: who wrote it, and how it begins.
std::string mail_below(const UserMail& mail, const Lead& lead, std::string_view text) {
  constexpr std::size_t kShown = 300;
  const auto& from = mail.scene.inquiry.quoted_from;
  const auto said = trim(mail.scene.inquiry.quoted_mail);
  if (said.empty() || goes_along(said, text)) return {};
  if (!is_outside(from, mail.scene.rules) || is_own_company(from.address, mail.scene.rules)) return {};
  if (takes_part(lead, mail.scene.rules, from.address)) return {};
  return from.address + ": " + one_line(said, kShown);
}

/// What he has to know of the text that went out: that something below it did not. "" where nothing did.
std::string what_stayed(const UserMail& mail, const Lead& lead, const std::string& text) {
  const auto to = answer_to(lead).address;
  const auto quoted = mail_below(mail, lead, text);
  if (!quoted.empty()) return say(Phrase::quoted_mail_stays_here, mail.user.language, {to, quoted});
  const auto words = words_below_quote(mail, lead);
  return words.empty() ? std::string() : say(Phrase::below_stays_here, mail.user.language, {to, words});
}

/// The participants who have the text not yet from the rep himself.
std::vector<Person> people_in_copy(const UserMail& mail, const Lead& lead) {
  auto people = kept_participants(lead, mail.scene.rules);
  const auto has_it = outside_recipients(mail.scene);
  std::erase_if(people, [&](const Person& person) { return holds_address(has_it, person.address); });
  return people;
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
  letter.cause = std::string(name(letter.kind)) + ":" + plan.occasion().key;
  // What stands again when this mail can't leave after all.
  const auto stands = std::string(name(lead.status())) + (lead.owed() ? " owed" : "");
  const Values said_now{{"last.out.same", hash_of(text) + " " + std::to_string(times_said(lead, text) + 1)},
                        {"last.out.cause", letter.cause},
                        {"last.out.to", letter.to.front().address},
                        {"last.out.was", stands}};
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
                Event{.type = EventType::mail_out,
                      .by = mail.user.id,
                      .text = one_line(text),
                      .direction = "out",
                      .files = shown_files(mail.scene.inquiry.attachments)},
                said_now);
}

/// What goes to the prospect of a mail whose commands are done.
struct Outward {
  std::string text{};
  bool is_sent = false;
  std::string refused{};  ///< why nothing of the mail is done
  Outcome outcome = Outcome::command;
};

/// Our own short words over files that come without any, in the prospect's language.
std::string cover_for(const Plan& plan, const std::vector<Attachment>& files, bool is_quotation) {
  const auto language = plan.language_of_prospect();
  return is_quotation ? say(Phrase::cover_quotation, language) : say(Phrase::cover_files, language, {names_of(files)});
}

/// Why these words can't go: the same for files alone.
std::string obstacle(const UserMail& mail, const Plan& plan, const Outward& outward, bool is_bare) {
  if (mail.scene.inquiry.attachments_left_out) return say(Phrase::too_large, mail.user.language);
  // Two robots that say nowhere that they are some, one of them the rep's: it ends here. RFC 3834 §2
  const bool repeats = is_bare && times_said(plan.lead(), outward.text) >= kMostOfTheSame;
  return repeats ? say(Phrase::same_again, mail.user.language) : std::string();
}

/// Nothing but "-- " and a name: he says nothing by it.
bool is_signature_alone(std::string_view text) { return trim(text.substr(0, text.find('\n'))) == "--"; }

/// The text below the commands; without any, our cover over the quotation's document or over files that came alone.
Outward read_outward(const UserMail& mail, const CommandText& read, const Plan& plan, const Executed& executed,
                     const std::string& below) {
  const auto files = attached_files(mail.scene.inquiry.attachments);
  const bool has_files_alone = read.commands.empty() && !files.empty();
  Outward outward;
  if (below.empty() && !has_files_alone && !executed.sends_document) return outward;
  if (!plan.has_lead()) {
    outward.refused = say(Phrase::no_lead, mail.user.language);
    outward.outcome = Outcome::ignored;
    return outward;
  }
  // A quotation may be given by hand: its document is kept, though there is no address for it.
  if (below.empty() && executed.sends_document && answer_to(plan.lead()).address.empty()) return outward;
  outward.refused = obstacle(plan.lead(), mail.user);
  if (!outward.refused.empty()) return outward;
  const bool says_nothing = is_signature_alone(below);
  if (!says_nothing) outward.text = words_for_prospect(mail, plan.lead(), below);
  if (outward.text.empty() && (has_files_alone || executed.sends_document)) {
    const auto cover = cover_for(plan, files, executed.sends_document);
    outward.text = words_for_prospect(mail, plan.lead(), says_nothing ? cover + "\n\n" + below : cover);
  }
  const bool is_bare = read.commands.empty() && mail.scene.inquiry.attachments.empty();
  outward.refused =
      outward.text.empty() ? say(Phrase::nothing_to_do, mail.user.language) : obstacle(mail, plan, outward, is_bare);
  if (!outward.refused.empty() && !mail.scene.inquiry.attachments_left_out) outward.outcome = Outcome::ignored;
  outward.is_sent = outward.refused.empty();
  return outward;
}

/// What came with commands that have no use for it is kept on the lead, and its writer is told that nobody else got it.
void keep_files(Plan& plan, const UserMail& mail, Executed& executed) {
  const auto files = attached_files(mail.scene.inquiry.attachments);
  const bool only_looked = executed.looks > 0 && executed.results.empty() && executed.text.empty();
  if (files.empty() || !plan.has_lead() || only_looked) return;
  auto& text = executed.text;
  if (!text.empty()) text += "\n";
  if (executed.sends_document) {
    text += say(Phrase::document_not_sent, mail.user.language, {to_string(plan.lead().id), names_of(files)});
  }
  if (executed.keeps_files) return;
  plan.record_change({.type = EventType::fields, .by = mail.user.id, .text = "attached", .files = files},
                     {{"attachments", with_files(plan.lead().value("attachments"), files)}});
  text += say(Phrase::filed_not_sent, mail.user.language, {names_of(files)});
}

/// A lead that a manager or administrator made and gave to nobody: the rules say whose it is.
void assign_new_lead(Plan& plan, const UserMail& mail, Executed& executed) {
  if (!plan.has_lead() || plan.lead().id || !plan.lead().owner().empty()) return;
  const auto emails = plan.lead().emails();
  Inquiry inquiry;
  inquiry.mailbox = plan.occasion().mailbox;
  inquiry.received = plan.occasion().at;
  inquiry.from = {std::string(plan.lead().value("name")), emails.empty() ? std::string() : emails.front()};
  inquiry.nature_reason = "made by hand";
  assign_owner(plan, Scene{inquiry, mail.scene.known, mail.scene.rules, mail.scene.now});
  const auto owner = std::string(plan.lead().owner());
  if (!owner.empty()) executed.results.push_back({"owner", {}, owner});
}

}  // namespace

bool is_left_to_us(const UserMail& mail, const std::vector<Person>& outside) {
  const auto is_ours = [&](const Person& person) {
    return mail.scene.rules.mailbox_with_address(person.address) != nullptr;
  };
  return mail.facts.reply_token && std::ranges::any_of(mail.scene.inquiry.to, is_ours) &&
         !holds_address(outside, answer_to(*mail.thread->lead).address);
}

bool would_relay(const UserMail& mail, const CommandText& read) {
  const auto keeps = [](const Command& command) {
    return command.verb == Verb::create || (command.verb == Verb::note && trim(command.arguments).empty());
  };
  if (read.rest.empty()) return read.commands.empty() && !attached_files(mail.scene.inquiry.attachments).empty();
  return std::ranges::none_of(read.commands, keeps);
}

Decision carry_out(const UserMail& mail, const CommandText& read) {
  auto plan = plan_for(mail.scene);
  if (mail.thread) {
    plan.begin(*mail.thread->lead);
    plan.saw(mail.thread->step, mail.thread->what + " -> " + to_string(mail.thread->lead->id), true);
  }
  std::string below = read.rest;
  auto executed = execute(read.commands, mail.user, plan, below, around(mail));
  if (!executed.refused.empty()) return answer_with(mail, Outcome::command, executed.refused);
  if (!executed.needs_confirmation.empty()) return ask_to_confirm(mail, executed.needs_confirmation);

  assign_new_lead(plan, mail, executed);
  const auto outward = read_outward(mail, read, plan, executed, below);
  bool has_to_be_told = !read.commands.empty();
  if (!outward.refused.empty()) return answer_with(mail, outward.outcome, outward.refused);
  if (outward.is_sent) {
    const auto to = answer_to(plan.lead()).address;
    if (!mail.scene.inquiry.is_confirmed && !is_proven(plan.lead(), to)) return ask_to_confirm(mail, to);
    relay(plan, mail, outward.text);
    const auto stayed = what_stayed(mail, plan.lead(), outward.text);
    has_to_be_told = has_to_be_told || !stayed.empty();
    if (!executed.text.empty()) executed.text += "\n";
    executed.text += stayed.empty() ? say(Phrase::text_goes_to, mail.user.language, {to}) : stayed;
  } else {
    keep_files(plan, mail, executed);
  }
  if (has_to_be_told) send_result(plan, mail, std::move(executed));
  return plan.finish(outward.is_sent ? Outcome::rep_answer : Outcome::command,
                     outward.is_sent ? "answer of " + mail.user.id + " relayed" : "commands of " + mail.user.id);
}

bool is_proven(const Lead& lead, std::string_view address) {
  const auto same = [&](std::string_view other) { return to_lower(other) == to_lower(address); };
  if (same(lead.value("last.in.from"))) return true;
  return lead.is_contact(address) && std::ranges::none_of(lines_of(lead.value("by_hand")), same);
}

}  // namespace leadmail::leads
