// What the clock makes of leads that wait too long.
#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <tuple>

#include "core/leads/availability.h"
#include "core/leads/phrases.h"
#include "core/leads/plan.h"
#include "core/leads/reassign.h"
#include "core/leads/service_level.h"
#include "core/leads/working_time.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

using Then = ServiceLevel::Then;

constexpr int kMostRounds = 3;  // of giving it on; then somebody above has to look

struct Term {
  std::string_view field;
  std::string_view warning;
  Phrase phrase;
  Phrase before;
  std::chrono::minutes ServiceLevel::*within;
};
constexpr std::array<Term, 3> kTerms{
    {{sla::kAcknowledge, sla::kWarnAcknowledge, Phrase::late_acknowledge, Phrase::soon_acknowledge,
      &ServiceLevel::acknowledge},
     {sla::kFirstAnswer, sla::kWarnFirstAnswer, Phrase::late_first_answer, Phrase::soon_first_answer,
      &ServiceLevel::first_answer},
     {sla::kAnswer, sla::kWarnAnswer, Phrase::late_answer, Phrase::soon_answer, &ServiceLevel::answer}}};

std::optional<Time> instant(const Lead& lead, std::string_view field) {
  const auto text = lead.value(field);
  std::int64_t seconds = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (text.empty() || failed != std::errc{}) return std::nullopt;
  return from_unix(seconds);
}

bool has_run_out(const Lead& lead, std::string_view field, Time now) {
  const auto at = instant(lead, field);
  return at && *at <= now;
}

int rounds_of(const Lead& lead) {
  const auto text = lead.value(sla::kRounds);
  int rounds = 0;
  std::from_chars(text.data(), text.data() + text.size(), rounds);
  return rounds;
}

std::string mailbox_of(const Lead& lead, const Rules& rules) {
  auto name = std::string(lead.value("mailbox"));
  if (rules.mailbox(name) != nullptr || rules.mailboxes.empty()) return name;
  return rules.mailboxes.front().name;
}

/// One lead on which a term has run out.
class Late {
 public:
  Late(Plan& plan, const Snapshot& known, const AssignRule& rule, const Inquiry* mail)
      : plan_(plan),
        known_(known),
        rule_(rule),
        owner_(plan.owner()),
        mail_(mail == nullptr ? remembered_mail(plan.lead()) : *mail) {}

  void act(const std::vector<const Term*>& terms) {
    terms_ = terms;
    note();
    const auto then = rounds_of(plan_.lead()) >= kMostRounds ? Then::escalate : rule_.level.then;
    switch (then) {
      case Then::warn: return warn_only();
      case Then::escalate: return escalate();
      case Then::reassign: return reassign();
      case Then::offer: return offer();
    }
  }

  /// A term is about to run out: its owner may still be in time. Who is away can't be.
  void warn_before(const std::vector<const Term*>& terms) {
    Values values;
    for (const auto* const term : terms) values.emplace_back(term->warning, "");
    if (owner_ == nullptr) {
      plan_.record({.type = EventType::fields, .by = "clock", .text = "nobody has it to be warned"}, values);
      return;
    }
    plan_.record({.type = EventType::reminded,
                  .by = "clock",
                  .cause = "rule " + rule_.name,
                  .text = sentence_before(terms, "en")},
                 values);
    const auto* const acts = stand_in(*owner_, plan_.rules(), plan_.now(), &known_.absences);
    const auto& reader = acts == nullptr ? *owner_ : *acts;
    auto early = letter(LetterKind::overdue, reader.id);
    early.is_early = true;
    early.text = sentence_before(terms, reader.language);
    if (acts != nullptr) early.warning = instead_of_owner(reader);
    plan_.send(std::move(early));
  }

  /// Whom the lead has waited for is back, or is away for longer.
  void give_to(const std::string& user) {
    const auto* const who = plan_.rules().user(user);
    if (who == nullptr) {
      plan_.record({.type = EventType::fields, .by = "clock", .text = user + " is no user any more"},
                   {{std::string(sla::kWaitsFor), ""}, {std::string(sla::kBack), ""}});
      return reassign();
    }
    if (absence_at(*who, plan_.now(), &known_.absences)) {
      const auto back = returns_at(*who, plan_.now(), &known_.absences);
      plan_.record({.type = EventType::fields, .by = "clock", .text = who->id + " stays away longer"},
                   {{std::string(sla::kBack), std::to_string(to_unix(back))}});
      return;
    }
    plan_.record({.type = EventType::assigned,
                  .by = "clock",
                  .cause = "rule " + rule_.name,
                  .text = "rule " + rule_.name + ": " + who->id + " is back"},
                 {{"owner", who->id}});
    plan_.send(letter(LetterKind::notice, who->id));
  }

 private:
  [[nodiscard]] std::string sentence(std::string_view language) const {
    std::string text;
    if (terms_.empty()) return say(Phrase::no_owner, language, {"rule " + rule_.name});
    for (const auto* const term : terms_) {
      text += (text.empty() ? "" : " ") + say(term->phrase, language, {spell_minutes(rule_.level.*(term->within))});
    }
    return text;
  }

  [[nodiscard]] std::string sentence_before(const std::vector<const Term*>& terms, std::string_view language) const {
    std::string text;
    for (const auto* const term : terms) {
      const auto end = instant(plan_.lead(), term->field).value_or(plan_.now());
      const auto left = working_time_between(plan_.now(), end, *owner_);
      const auto minutes = std::chrono::ceil<std::chrono::minutes>(left);
      text += (text.empty() ? "" : " ") + say(term->before, language, {spell_minutes(minutes)});
    }
    return text;
  }

  [[nodiscard]] std::string instead_of_owner(const User& reader) const {
    const auto absence = absence_at(*owner_, plan_.now(), &known_.absences);
    return absence ? say(Phrase::stands_in, reader.language, {owner_->name, to_text(absence->until)}) : std::string{};
  }

  void note() {
    std::string late(plan_.lead().value(sla::kLate));
    Values values;
    for (const auto* const term : terms_) {
      values.emplace_back(term->field, "");
      values.emplace_back(term->warning, "");
      const auto name = std::string(term->field.substr(4));
      const auto known = lines_of(late);
      if (std::ranges::find(known, name) == known.end()) late += (late.empty() ? "" : "\n") + name;
    }
    values.emplace_back(sla::kLate, late);
    plan_.record({.type = EventType::reminded, .by = "clock", .cause = "rule " + rule_.name, .text = sentence("en")},
                 values);
  }

  [[nodiscard]] Letter letter(LetterKind kind, const std::string& user) const {
    Letter letter{.kind = kind, .to_user = user, .subject = std::string(plan_.lead().value("last.in.subject"))};
    letter.cause = std::string(name(kind)) + ":" + plan_.occasion().key + ":" + user;
    return letter;
  }

  void tell(const User& reader, bool is_escalation, const std::string& more) {
    auto overdue = letter(LetterKind::overdue, reader.id);
    overdue.text = sentence(reader.language);
    overdue.warning = more;
    overdue.is_escalation = is_escalation;
    plan_.send(std::move(overdue));
  }

  void warn_only() {
    if (owner_ == nullptr) return escalate();
    const auto* const acts = stand_in(*owner_, plan_.rules(), plan_.now(), &known_.absences);
    if (acts == nullptr) return tell(*owner_, false, {});
    tell(*acts, false, instead_of_owner(*acts));
  }

  /// Of an owner who is away his deputy is told in his place; without one it is enough that somebody above hears of it.
  void tell_owner() {
    const bool is_away = absence_at(*owner_, plan_.now(), &known_.absences).has_value();
    const auto* const deputy = deputy_of(*owner_, plan_.rules(), plan_.now(), &known_.absences);
    const auto* const head = lead_above(owner_->id, plan_.rules(), plan_.now(), &known_.absences);
    if (!is_away) return tell(*owner_, false, {});
    if (deputy != nullptr && deputy != head) tell(*deputy, false, instead_of_owner(*deputy));
  }

  void escalate() {
    if (owner_ != nullptr) tell_owner();
    const auto& rules = plan_.rules();
    const auto* above = owner_ == nullptr ? team_lead() : lead_above(owner_->id, rules, plan_.now(), &known_.absences);
    if (above != nullptr) {
      plan_.saw("escalation", "to " + above->id, true);
      return tell(*above, true, owner_ == nullptr ? std::string{} : instead_of_owner(*above));
    }
    plan_.saw("escalation", "nobody is above: to the administrators", true);
    Letter alert{.kind = LetterKind::alert, .text = sentence(rules.language)};
    alert.cause = "alert:" + plan_.occasion().key;
    plan_.send(std::move(alert));
  }

  /// Of the team that it was offered to, else of its mailbox.
  [[nodiscard]] const User* team_lead() const {
    const auto& rules = plan_.rules();
    const auto team = std::ranges::find(rules.teams, plan_.lead().value("offered"), &Team::id);
    const auto* const lead = team == rules.teams.end() ? nullptr : rules.user(team->lead);
    if (lead != nullptr) return lead;
    return team_fallback(rules.mailbox(plan_.lead().value("mailbox")), rules, plan_.now(), &known_.absences);
  }

  void reassign() {
    const auto lead = plan_.lead();
    Fields fields(mail_, lead);
    auto input = input_for(fields, lead, known_, plan_.rules(), plan_.now());
    input.not_to = owner_ == nullptr ? std::string{} : owner_->id;
    const auto chosen = assign_again(rule_, input, plan_.rules(), plan_.evidence());
    if (!chosen.is_decided()) return escalate();
    count_round();
    record_assignment(plan_, chosen, input, "clock", [&](LetterKind kind, const std::string& user) {
      auto made = letter(kind, user);
      const auto* const reader = plan_.rules().user(user);
      if (owner_ != nullptr && reader != nullptr)
        made.warning = say(Phrase::had_it_before, reader->language, {owner_->name});
      return made;
    });
    if (owner_ == nullptr) return;
    const auto* const now_his = plan_.rules().user(chosen.user);
    tell(*owner_, false,
         now_his != nullptr     ? say(Phrase::has_it_now, owner_->language, {now_his->name})
         : !chosen.team.empty() ? say(Phrase::offered_again, owner_->language, {chosen.team})
                                : std::string{});
  }

  void offer() {
    const auto team = team_to_offer();
    const auto lead = plan_.lead();
    Fields fields(mail_, lead);
    auto input = input_for(fields, lead, known_, plan_.rules(), plan_.now());
    if (to_be_offered(team, input, plan_.rules()).empty()) return escalate();
    count_round();
    record_assignment(plan_,
                      {.rule = rule_.name, .reason = "rule " + rule_.name + ": offered to team " + team, .team = team},
                      input, "clock", [&](LetterKind kind, const std::string& user) { return letter(kind, user); });
    if (owner_ != nullptr) tell(*owner_, false, say(Phrase::offered_again, owner_->language, {team}));
  }

  [[nodiscard]] std::string team_to_offer() const {
    if (!rule_.team.empty()) return rule_.team;
    const auto& rules = plan_.rules();
    if (owner_ != nullptr) {
      for (const auto& team : rules.teams) {
        if (std::ranges::find(team.members, owner_->id) != team.members.end()) return team.id;
      }
    }
    const auto* const mailbox = rules.mailbox(plan_.lead().value("mailbox"));
    return mailbox == nullptr ? std::string{} : mailbox->team;
  }

  /// The terms begin anew: whoever has it now has his own time.
  void count_round() {
    plan_.record({.type = EventType::fields, .by = "clock", .cause = "rule " + rule_.name, .text = "given on"},
                 {{std::string(sla::kRounds), std::to_string(rounds_of(plan_.lead()) + 1)},
                  {std::string(sla::kAcknowledge), ""},
                  {std::string(sla::kFirstAnswer), ""},
                  {std::string(sla::kAnswer), ""},
                  {std::string(sla::kWarnAcknowledge), ""},
                  {std::string(sla::kWarnFirstAnswer), ""},
                  {std::string(sla::kWarnAnswer), ""}});
  }

  Plan& plan_;
  const Snapshot& known_;
  const AssignRule& rule_;
  const User* owner_;
  Inquiry mail_;
  std::vector<const Term*> terms_{};
};

}  // namespace

Decision decide_late(const Lead& lead, const Snapshot& known, const Rules& rules, Time now, const Inquiry* mail) {
  const auto due = next_term(lead).value_or(now);
  const auto key = to_string(lead.id) + ":" + std::to_string(to_unix(due));
  Plan plan(rules, Occasion{.now = now, .at = now, .key = key, .cause = "clock", .mailbox = mailbox_of(lead, rules)});
  plan.begin(lead);
  const auto* const rule = watching_rule(lead, rules);
  if (rule == nullptr) return plan.finish(Outcome::ignored, "no rule watches over it");
  std::vector<const Term*> terms;
  std::vector<const Term*> soon;
  for (const auto& term : kTerms) {
    if (has_run_out(lead, term.field, now)) {
      terms.push_back(&term);
    } else if (has_run_out(lead, term.warning, now)) {
      soon.push_back(&term);
    }
  }
  Late late(plan, known, *rule, mail);
  if (!terms.empty()) late.act(terms);
  if (!soon.empty() && terms.empty()) late.warn_before(soon);
  if (has_run_out(lead, sla::kBack, now) && plan.lead().owner().empty())
    late.give_to(std::string(lead.value(sla::kWaitsFor)));
  return plan.finish(Outcome::threaded, !terms.empty()  ? "a term has run out"
                                        : !soon.empty() ? "a term is about to run out"
                                                        : "whom it waits for is looked at");
}

Decision decide_overdue_mail(std::vector<OverdueLetter> letters, const Rules& rules, Time now) {
  Plan plan(rules, Occasion{.now = now, .at = now, .key = "overdue", .cause = "clock"});
  const auto reason = std::to_string(letters.size()) + " letters about what is late";
  std::map<std::tuple<std::string, std::string, bool>, std::vector<OverdueLetter>> by_reader;
  for (auto& one : letters) {
    auto key = std::tuple(one.letter.to_user, one.letter.mailbox, one.letter.is_early);
    by_reader[std::move(key)].push_back(std::move(one));
  }
  for (auto& [reader, heap] : by_reader) {
    if (heap.size() == 1) {
      plan.add(SendLetter{std::move(heap.front().letter)});
      continue;
    }
    const auto& [user, mailbox, is_early] = reader;
    Letter all{.kind = LetterKind::overdue, .mailbox = mailbox, .to_user = user, .is_early = is_early};
    all.cause = "overdue:" + std::to_string(heap.size()) + ":" + heap.front().letter.cause;
    all.is_escalation = std::ranges::any_of(heap, [](const OverdueLetter& one) { return one.letter.is_escalation; });
    for (auto& one : heap) {
      const bool is_known = std::ranges::find(all.leads, one.lead.id, &Lead::id) != all.leads.end();
      if (!is_known) all.leads.push_back(std::move(one.lead));
    }
    plan.send_about(std::move(all));
  }
  return plan.finish(Outcome::threaded, reason);
}

}  // namespace leadmail::leads
