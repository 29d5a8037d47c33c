// Who gets a lead that nobody has, and who acts for an owner who is away.
#include <algorithm>

#include "core/leads/address.h"
#include "core/leads/asked.h"
#include "core/leads/availability.h"
#include "core/leads/calendar.h"
#include "core/leads/command.h"
#include "core/leads/deciding.h"
#include "core/leads/match.h"
#include "core/leads/organisation.h"
#include "core/leads/phrases.h"
#include "core/leads/reach.h"
#include "core/leads/reassign.h"
#include "core/leads/service_level.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"
#include "core/leads/user_mail.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

using WhenAway = AssignRule::WhenAway;

/// The rule takes the lead from an owner who is away and gives it to another one. False: there is none.
bool give_on(Plan& plan, const Scene& scene, const AssignRule& rule, const User& owner) {
  const auto lead = plan.lead();
  Fields fields(scene.inquiry, lead);
  auto input = input_for(fields, lead, scene.known, scene.rules, scene.now);
  input.not_to = owner.id;
  const auto chosen = assign_again(rule, input, scene.rules, plan.evidence());
  if (chosen.user.empty() && chosen.team.empty()) return false;
  record_assignment(plan, chosen, input, "rule",
                    [&](LetterKind kind, const std::string& user) { return letter_about(kind, scene, plan, user); });
  return true;
}

/// Where a person outside asks for answers, if not at the address that he writes from. Answers go to who wrote: anybody
/// may put anything into Reply-To. So it is shown. RFC 5322 section 3.6.2
std::optional<Person> answers_elsewhere(const Inquiry& inquiry, const Rules& rules) {
  const auto writer = writer_of(inquiry, rules);
  if (writer.address.empty() || writer.address != inquiry.from.address) return {};
  const auto own = to_lower(writer.address);
  const auto is_other = [&](const Person& p) { return is_outside(p, rules) && to_lower(p.address) != own; };
  const auto other = std::ranges::find_if(inquiry.reply_to, is_other);
  return other == inquiry.reply_to.end() ? std::optional<Person>{} : *other;
}

/// When, where and what a calendar's invitation says, by the reader's clock; nothing where it is none.
std::optional<std::string> invitation_of(const Inquiry& inquiry, const User& reader) {
  if (!inquiry.calendar) return {};
  const auto& said = *inquiry.calendar;
  if (said.method != "REQUEST" && said.method != "PUBLISH" && said.method != "ADD" && said.method != "CANCEL")
    return {};
  const auto at = instant(said.start, said.zone, reader.timezone);
  auto words = at ? local_words(*at, reader) : said.start;
  for (const auto* const more : {&said.place, &said.summary}) {
    if (!more->empty()) words += (words.empty() ? "" : ", ") + *more;
  }
  return words;
}

/// What is not in the words of a mail and its reader has to know.
void add_unseen(Letter& letter, const Inquiry& inquiry, const User& reader, const Rules& rules) {
  if (const auto words = invitation_of(inquiry, reader)) {
    const bool is_off = inquiry.calendar->method == "CANCEL";
    const auto phrase = is_off ? Phrase::calls_off_invitation : Phrase::sends_invitation;
    add_warning(letter, say(phrase, reader.language, {*words}));
  }
  if (inquiry.is_encrypted) add_warning(letter, say(Phrase::came_encrypted, reader.language));
  if (const auto more = enclosed_beside(inquiry, rules); !more.empty())
    add_warning(letter, say(Phrase::encloses_more, reader.language, {more}));
}

std::string with_speaker(const Person& speaker, std::string_view words) {
  const auto name = speaker.name.empty() ? speaker.address : one_line(speaker.name);
  return name + ":\n" + std::string(trim(words)) + "\n\n";
}

/// "x.example has other open leads: L-3 (Zed, Luis Ortega, Open). …"; "" where the reader may see none.
std::string colleagues_words(const Scene& scene, const User& reader) {
  std::string list;
  std::string_view domain;
  for (const auto& lead : scene.known.colleagues) {
    if (!may_see(reader, lead, scene.rules)) continue;
    domain = lead.value("domain");
    const auto* const owner = scene.rules.user(lead.owner());
    list += (list.empty() ? "" : ", ") + to_string(lead.id) + " (" + one_line(lead.value("name"), 60);
    if (owner != nullptr) list += ", " + owner->name;
    list += ", " + std::string(label(lead.status(), reader.language)) + ")";
  }
  return list.empty() ? list : say(Phrase::same_organisation, reader.language, {domain, list});
}

}  // namespace

std::string enclosed_beside(const Inquiry& inquiry, const Rules& rules) {
  constexpr std::size_t kMostNamed = 20;
  const auto& from = inquiry.from.address;
  if (!inquiry.forwarded_from || inquiry.forwarded_beside.empty() || inquiry.forwarded_from->address == from) return {};
  const bool is_by_user = rules.user_with_address(from) != nullptr;
  if (!is_by_user && writer_of(inquiry, rules).address != inquiry.forwarded_from->address) return {};
  std::string list;
  for (std::size_t i = 0; i < inquiry.forwarded_beside.size() && i <= kMostNamed; ++i)
    list += (list.empty() ? "" : "; ") + (i == kMostNamed ? std::string("…") : inquiry.forwarded_beside[i]);
  return list;
}

std::string text_to_show(const Inquiry& inquiry) {
  const bool is_forward = inquiry.forwarded_from && !trim(inquiry.forwarded_text).empty();
  const bool has_new_text = !trim(inquiry.reply).empty();
  const bool is_whole = !is_answer(inquiry) && !trim(inquiry.text).empty();
  if (!is_forward) return has_new_text && !is_whole ? inquiry.reply : inquiry.text;
  // Where a user passes it on, `reply` is what he passes on.
  const bool by_user = !inquiry.passed_on_with.empty() || inquiry.reply == inquiry.forwarded_text;
  const auto& above = by_user ? inquiry.passed_on_with : inquiry.reply;
  if (trim(above).empty()) return inquiry.forwarded_text;
  return with_speaker(inquiry.from, above) + with_speaker(*inquiry.forwarded_from, inquiry.forwarded_text);
}

void add_warning(Letter& letter, const std::string& warning) {
  if (!warning.empty()) letter.warning += (letter.warning.empty() ? "" : "\n") + warning;
}

void record_colleagues(Plan& plan, const Scene& scene) {
  if (scene.known.colleagues.empty() || scene.inquiry.is_history) return;
  std::string list;
  for (const auto& lead : scene.known.colleagues) list += (list.empty() ? "" : ", ") + to_string(lead.id);
  plan.record({.type = EventType::fields,
               .by = "rule",
               .text = "of the same organisation as " + list + " (" +
                       std::string(scene.known.colleagues.front().value("domain")) + ")"});
}

Letter letter_about(LetterKind kind, const Scene& scene, const Plan& plan, const std::string& user) {
  const auto& inquiry = scene.inquiry;
  Letter letter{.kind = kind,
                .to_user = user,
                .text = text_to_show(inquiry),
                .subject = inquiry.subject,
                .carries_attachments = !inquiry.attachments.empty()};
  const auto* const reader = scene.rules.user(user);
  if (const auto wish = opt_out_of(scene, plan.lead())) {
    const auto language = reader == nullptr ? scene.rules.language : reader->language;
    letter.warning = say(Phrase::asks_to_be_left_alone, language, {wish->sentence});
    letter.actions.push_back({{}, "#dnc"});
  }
  if (reader != nullptr) add_unseen(letter, inquiry, *reader, scene.rules);
  if (const auto elsewhere = answers_elsewhere(inquiry, scene.rules)) {
    const auto language = reader == nullptr ? scene.rules.language : reader->language;
    add_warning(letter, say(Phrase::wants_answers_at, language, {elsewhere->address, inquiry.from.address}));
  }
  if (const auto answered = answer_to(plan.lead()).address; reader != nullptr && is_robot_address(answered))
    add_warning(letter, say(Phrase::answers_a_robot, reader->language, {answered}));
  const bool is_of_new_lead = !plan.lead().id && (kind == LetterKind::notice || kind == LetterKind::offer);
  if (is_of_new_lead && reader != nullptr) add_warning(letter, colleagues_words(scene, *reader));
  return letter;
}

void tell_administrators(Plan& plan, Phrase why, std::initializer_list<std::string_view> arguments) {
  plan.send(Letter{.kind = LetterKind::alert, .text = say(why, plan.rules().language, arguments)});
}

void assign_owner(Plan& plan, const Scene& scene) {
  // A lead that waits for somebody is as good as his.
  const auto* const waits_for = scene.rules.user(plan.lead().value(sla::kWaitsFor));
  if (waits_for != nullptr) return plan.send(letter_about(LetterKind::copy, scene, plan, waits_for->id));
  const auto lead = plan.lead();
  Fields fields(scene.inquiry, lead);
  const auto input = input_for(fields, lead, scene.known, scene.rules, scene.now);
  const auto chosen = assign(input, scene.rules, plan.evidence());
  if (!chosen.is_decided() || chosen.is_last_resort)
    tell_administrators(plan, Phrase::nobody_is_there, {chosen.reason});
  record_assignment(plan, chosen, input, "rule",
                    [&](LetterKind kind, const std::string& user) { return letter_about(kind, scene, plan, user); });
}

void see_to_absence(Plan& plan, const Scene& scene, const User& owner, Letter copy) {
  const auto* const said = &scene.known.absences;
  const auto absence = absence_at(owner, scene.now, said);
  if (!absence) return;
  const auto* const rule = watching_rule(plan.lead(), scene.rules);
  const auto policy = rule == nullptr ? WhenAway::unsaid : rule->when_away;
  const auto until = to_text(absence->until);
  plan.saw("owner", owner.id + " is away until " + until);
  if (policy == WhenAway::wait) return;
  if (policy == WhenAway::reassign && give_on(plan, scene, *rule, owner)) return;
  const auto* who = deputy_of(owner, scene.rules, scene.now, said);
  if (who == nullptr) who = lead_above(owner.id, scene.rules, scene.now, said);
  if (who == nullptr) who = team_fallback(scene.rules.mailbox(scene.inquiry.mailbox), scene.rules, scene.now, said);
  if (who == nullptr || who->id == owner.id) return;
  copy.to_user = who->id;
  copy.cause.clear();
  copy.language.clear();
  add_warning(copy, say(Phrase::stands_in, who->language, {owner.name, until}));
  plan.send(std::move(copy));
}

}  // namespace leadmail::leads
