// How long a lead may wait, and for whom: terms that begin with an assignment or a prospect's mail, run in the working
// time of the owner, and end with what he does. They stand on the lead as values (sla.*), so that whatever changes it,
// a mail, a command, a merge, takes them along, and the book finds what has run out by one column.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/leads/assign.h"
#include "core/leads/decide.h"

namespace leadmail::leads {

class Plan;

/// Values of Lead::values; instants as seconds of UTC.
namespace sla {
inline constexpr std::string_view kRule = "sla.rule";                 ///< which rule gave the lead, if that one watches
inline constexpr std::string_view kAcknowledge = "sla.acknowledge";   ///< until when its owner has to act
inline constexpr std::string_view kFirstAnswer = "sla.first_answer";  ///< until when the prospect has his first answer
inline constexpr std::string_view kAnswer = "sla.answer";             ///< until when he has a later one
inline constexpr std::string_view kAnswered = "sla.answered";         ///< yes: he has had one
inline constexpr std::string_view kLate = "sla.late";             ///< what has run out: names of the above, as lines
inline constexpr std::string_view kRounds = "sla.rounds";         ///< how often it was given on because of that
inline constexpr std::string_view kWaitsFor = "sla.waits_for";    ///< nobody has it until this user is back
inline constexpr std::string_view kTakenFrom = "sla.taken_from";  ///< who had it before a rule took it from him
inline constexpr std::string_view kBack = "sla.back";             ///< which is then
/// When the owner is reminded of the term of that name.
inline constexpr std::string_view kWarnAcknowledge = "sla.warn.acknowledge";
inline constexpr std::string_view kWarnFirstAnswer = "sla.warn.first_answer";
inline constexpr std::string_view kWarnAnswer = "sla.warn.answer";
inline constexpr std::array<std::string_view, 12> kAll{
    kRule,   kAcknowledge, kFirstAnswer, kAnswer,          kAnswered,        kLate,
    kRounds, kWaitsFor,    kBack,        kWarnAcknowledge, kWarnFirstAnswer, kWarnAnswer};
}  // namespace sla

/// Which rule the lead came from, if it watches over it; nullptr: none does.
const AssignRule* watching_rule(const Lead& lead, const Rules& rules);

/// Whether a rule has anything to say about a lead once it is given.
bool watches(const AssignRule& rule);

/// The first instant at which the clock has something to do on this lead; nothing: it has not.
std::optional<Time> next_term(const Lead& lead);

/// "acknowledge", "first_answer", "answer": what of the lead has run out and is not made good yet.
std::vector<std::string> late_terms(const Lead& lead);

/// The latest that an answer or a sign of the owner is due; nothing when no term runs. What has run out does not count.
std::optional<Time> due_term(const Lead& lead);

/// Terms begin and end by what a plan did to its lead, of which `acted` did something themselves; a rule's close_when
/// and unassign_when are looked at. Called by Plan before it turns to another lead, and at its end.
void follow_rule(Plan& plan, const Lead& before, const std::vector<std::string>& acted);

/// What has run out on this lead by now, and what its rule says to do: the owner is warned, before or after, his team's
/// lead told, the lead given on or offered. A lead that waits for somebody who is back is his. Each once: the terms are
/// gone after it.
/// `mail`: the prospect's last one as the book keeps it, for rules that look at mail; without it what the lead
/// remembers.
Decision decide_late(const Lead& lead, const Snapshot& known, const Rules& rules, Time now,
                     const Inquiry* mail = nullptr);

/// A letter of kind overdue with the lead that it is about.
struct OverdueLetter {
  Letter letter{};
  Lead lead{};
};

/// The overdue letters of several such decisions, one for each reader: after an outage nobody gets a heap.
Decision decide_overdue_mail(std::vector<OverdueLetter> letters, const Rules& rules, Time now);

/// The prospect's last mail as far as the lead remembers it, for rules when no mail is at hand.
Inquiry remembered_mail(const Lead& lead);

/// "2 h", "1 h 30 min" as people read it, in any language.
std::string spell_minutes(std::chrono::minutes length);

}  // namespace leadmail::leads
