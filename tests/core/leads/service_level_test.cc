// Terms that run out, and what follows: each once, in working time, for whoever has the lead.
#include "core/leads/service_level.h"

#include "core/leads/asked.h"
#include "core/leads/zone.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;
using namespace std::chrono;
using Strategy = AssignRule::Strategy;
using Then = ServiceLevel::Then;
using WhenAway = AssignRule::WhenAway;

/// Ana and Luis in turn; two hours to act, four to answer first, eight later.
Rules company(Then then = Then::escalate) {
  auto made = rules();
  made.teams.front().lead = "luis";
  made.assign = {{.name = "all",
                  .strategy = Strategy::round_robin,
                  .users = {"ana", "luis"},
                  .level = {.acknowledge = 2h, .first_answer = 4h, .answer = 8h, .then = then}}};
  return made;
}

/// A lead as it is after María's first mail at 09:00.
Lead captured(const Rules& with) {
  auto fresh = after({}, decide(inquiry(), {}, with, now()));
  fresh.id = LeadId{7};
  fresh.created = now();
  return fresh;
}

Lead late(const Lead& lead, const Rules& with, Time at, Decision* decision = nullptr, const Snapshot& known = {}) {
  auto decided = decide_late(lead, known, with, at);
  auto now_is = after(lead, decided);
  if (decision != nullptr) *decision = std::move(decided);
  return now_is;
}

std::string term(const Lead& lead) {
  const auto next = next_term(lead);
  return next ? to_rfc3339(*next) : "none";
}

std::string readers(const Decision& decision) {
  std::string text;
  for (const auto& one : letters(decision)) {
    text += std::string(name(one.kind)) + " to " + (one.to_user.empty() ? "admins" : one.to_user) +
            (one.is_escalation ? " (escalated)" : "") + "; ";
  }
  return text;
}

TEST(ServiceLevel, BeginsWithTheAssignmentInTheOwnersWorkingTime) {
  const auto fresh = captured(company());
  EXPECT_EQ(fresh.owner(), "ana");
  EXPECT_EQ(fresh.value(sla::kRule), "all");
  EXPECT_EQ(term(fresh), "2026-11-24T17:00:00Z");
  EXPECT_EQ(fresh.value(sla::kFirstAnswer), std::to_string(to_unix(now() + 4h)));
}

TEST(ServiceLevel, WithoutOneNothingIsKept) {
  auto plain = company();
  plain.assign.front().level = {};
  const auto fresh = captured(plain);
  EXPECT_TRUE(fresh.value(sla::kRule).empty());
  EXPECT_EQ(term(fresh), "none");
}

TEST(ServiceLevel, AnyCommandAcknowledgesAndOnlyAnAnswerAnswers) {
  const auto with = company();
  auto fresh = captured(with);
  CommandAnswer answer;
  fresh = after(fresh, decide_commands(fresh, "ana", "#note called them", with, now() + 10min, "c1", answer));
  EXPECT_TRUE(answer.refused.empty()) << answer.refused;
  EXPECT_TRUE(fresh.value(sla::kAcknowledge).empty());
  EXPECT_FALSE(fresh.value(sla::kFirstAnswer).empty());
  const auto answered = after(fresh, decide(answer_of_ana("Ten cost 500."), knowing(fresh), with, now() + 20min));
  EXPECT_EQ(term(answered), "none");
  EXPECT_EQ(answered.value(sla::kAnswered), "yes");
}

TEST(ServiceLevel, LaterMailsHaveTheirOwnTerm) {
  const auto with = company();
  auto lead =
      after(captured(with), decide(answer_of_ana("Ten cost 500."), knowing(captured(with)), with, now() + 20min));
  auto reply = inquiry();
  reply.fingerprint = "f3";
  reply.message_id = "second@x.example";
  reply.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  lead = after(lead, decide(reply, knowing(lead), with, now() + 1h));
  EXPECT_TRUE(lead.owed());
  EXPECT_EQ(term(lead), "2026-11-25T00:00:00Z") << "eight hours of work from 10:00 on";
  lead = after(lead, decide(reply, knowing(lead), with, now() + 2h));
  EXPECT_EQ(term(lead), "2026-11-25T00:00:00Z") << "who writes again does not wait anew";
}

TEST(ServiceLevel, ThatIsMissedIsToldToOwnerAndTeamLeadOnce) {
  const auto with = company();
  Decision decision;
  auto lead = late(captured(with), with, now() + 2h, &decision);
  EXPECT_EQ(readers(decision), "overdue to ana; overdue to luis (escalated); ");
  EXPECT_EQ(late_terms(lead), std::vector<std::string>{"acknowledge"});
  EXPECT_EQ(term(lead), "2026-11-24T19:00:00Z") << "the first answer";
  EXPECT_EQ(lead.owner(), "ana");
  lead = late(lead, with, now() + 4h, &decision);
  EXPECT_EQ(late_terms(lead), (std::vector<std::string>{"acknowledge", "first_answer"}));
  EXPECT_EQ(term(lead), "none");
  lead = late(lead, with, now() + 100h, &decision);
  EXPECT_TRUE(letters(decision).empty()) << describe(decision);
}

TEST(ServiceLevel, IsMadeGoodByAnAnswer) {
  const auto with = company();
  const auto lead = late(captured(with), with, now() + 5h);
  EXPECT_EQ(late_terms(lead).size(), 2U);
  const auto answered = after(lead, decide(answer_of_ana("Ten cost 500."), knowing(lead), with, now() + 6h));
  EXPECT_TRUE(late_terms(answered).empty());
}

TEST(ServiceLevel, OfNobodyAboveComesToTheAdministrators) {
  auto with = company();
  with.teams.front().lead = "ana";
  Decision decision;
  late(captured(with), with, now() + 2h, &decision);
  EXPECT_EQ(readers(decision), "overdue to ana; alert to admins; ");
}

TEST(ServiceLevel, WarnsTheOwnerAlone) {
  const auto with = company(Then::warn);
  Decision decision;
  late(captured(with), with, now() + 2h, &decision);
  EXPECT_EQ(readers(decision), "overdue to ana; ");
}

TEST(ServiceLevel, OfAnOwnerWhoIsAwayIsToldToWhoStandsInForHim) {
  Snapshot known;
  known.absences = {{"ana", {.from = 2026y / 11 / 24, .until = 2026y / 11 / 30}}};
  Decision decision;
  late(captured(company(Then::warn)), company(Then::warn), now() + 2h, &decision, known);
  EXPECT_EQ(readers(decision), "overdue to luis; ");
  EXPECT_EQ(letter(decision, LetterKind::overdue).warning,
            "Ana López no está hasta el 2026-11-30; por eso le llega a usted.");
  late(captured(company()), company(), now() + 2h, &decision, known);
  EXPECT_EQ(readers(decision), "overdue to luis (escalated); ") << "once, not also as her deputy";
  auto with = company();
  with.users.push_back(User{.id = "eva", .name = "Eva", .addresses = {"eva@acme.example"}});
  with.users[0].away = {{2026y / 11 / 24, 2026y / 11 / 25, "eva"}};
  late(captured(company()), with, now() + 2h, &decision, known);
  EXPECT_EQ(readers(decision), "overdue to eva; overdue to luis (escalated); ");
  known.absences.push_back({"luis", {.from = 2026y / 11 / 24, .until = 2026y / 11 / 30}});
  late(captured(company(Then::warn)), company(Then::warn), now() + 2h, &decision, known);
  EXPECT_EQ(readers(decision), "overdue to ana; ") << "nobody stands in: it lies there when she is back";
}

/// The owner is reminded half an hour of work before a term ends.
Rules careful(Then then = Then::escalate) {
  auto with = company(then);
  with.assign.front().level.warn_before = 30min;
  return with;
}

TEST(ServiceLevel, WarnsBeforeATermEndsWhenItsRuleAsksForIt) {
  const auto with = careful();
  auto lead = captured(with);
  EXPECT_EQ(term(lead), to_rfc3339(now() + 90min));
  EXPECT_EQ(due_term(lead), now() + 2h) << "a warning is no term";
  Decision decision;
  lead = late(lead, with, now() + 90min, &decision);
  EXPECT_EQ(readers(decision), "overdue to ana; ");
  const auto told = letter(decision, LetterKind::overdue);
  EXPECT_TRUE(told.is_early);
  EXPECT_EQ(told.text, "Nobody has acted on it yet; 30 min of working time are left.");
  EXPECT_TRUE(late_terms(lead).empty());
  EXPECT_EQ(term(lead), to_rfc3339(now() + 2h));
  lead = late(lead, with, now() + 2h, &decision);
  EXPECT_EQ(readers(decision), "overdue to ana; overdue to luis (escalated); ");
  EXPECT_FALSE(letter(decision, LetterKind::overdue).is_early);
  EXPECT_EQ(term(lead), to_rfc3339(now() + 3h + 30min)) << "of the first answer";
}

TEST(ServiceLevel, AWarningIsLeftOutWhenItsTermIsMetOrHasEnded) {
  const auto with = careful();
  const auto lead = captured(with);
  Decision decision;
  auto gone = late(lead, with, now() + 3h, &decision);
  EXPECT_FALSE(letter(decision, LetterKind::overdue).is_early) << "after an outage only what has happened is told";
  EXPECT_EQ(term(gone), to_rfc3339(now() + 3h + 30min));
  const auto answered = after(lead, decide(answer_of_ana("Ten cost 500."), knowing(lead), with, now() + 1h));
  EXPECT_EQ(term(answered), "none");
  auto ended = with;
  ended.assign.clear();
  EXPECT_EQ(term(late(lead, ended, now() + 90min)), "none");
}

TEST(ServiceLevel, AWarningGoesToWhoStandsInAndEndsWithTheOwner) {
  const auto with = careful(Then::reassign);
  Snapshot known;
  known.absences = {{"ana", {.from = 2026y / 11 / 24, .until = 2026y / 11 / 30}}};
  Decision decision;
  auto lead = late(captured(with), with, now() + 90min, &decision, known);
  EXPECT_EQ(readers(decision), "overdue to luis; ");
  lead = late(lead, with, now() + 2h, &decision, known);
  EXPECT_EQ(lead.owner(), "luis");
  EXPECT_EQ(term(lead), to_rfc3339(now() + 3h + 30min)) << "his own, counted from when he got it";
  // Of a lead that nobody has, nobody is warned.
  lead.values["owner"] = "";
  lead = late(lead, with, now() + 3h + 30min, &decision, known);
  EXPECT_EQ(readers(decision), "");
  EXPECT_EQ(term(lead), to_rfc3339(now() + 4h));
}

TEST(ServiceLevel, WarningsOfManyLeadsAreOneMailApartFromWhatIsLate) {
  const auto with = careful();
  std::vector<OverdueLetter> heap;
  for (int i = 0; i < 6; ++i) {
    auto lead = captured(with);
    lead.id = LeadId{100 + i};
    const auto at = i % 2 == 0 ? now() + 90min : now() + 2h;
    for (const auto& one : letters(decide_late(lead, {}, with, at))) heap.push_back({one, lead});
  }
  const auto told = letters(decide_overdue_mail(std::move(heap), with, now() + 2h));
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(std::ranges::count(told, true, &Letter::is_early), 1);
  for (const auto& one : told) EXPECT_EQ(one.leads.size(), 3U);
}

TEST(ServiceLevel, GivingOnLooksAtTheMailAsItWasTaken) {
  auto with = company(Then::reassign);
  with.users.push_back(User{.id = "eva", .name = "Eva", .addresses = {"eva@acme.example"}});
  with.assign.front().users = {"ana"};
  with.assign.push_back({.name = "pumps",
                         .when = {.op = Condition::Op::contains, .field = "text", .values = {"ten pumps"}},
                         .users = {"eva"}});
  const auto lead = captured(with);
  ASSERT_EQ(lead.owner(), "ana");
  const auto mail = inquiry();
  EXPECT_EQ(after(lead, decide_late(lead, {}, with, now() + 2h, &mail)).owner(), "eva");
}

TEST(ServiceLevel, GivesTheLeadToAnotherWithTermsOfHisOwn) {
  const auto with = company(Then::reassign);
  Decision decision;
  auto lead = late(captured(with), with, now() + 2h, &decision);
  EXPECT_EQ(lead.owner(), "luis");
  EXPECT_EQ(readers(decision), "notice to luis; overdue to ana; ");
  EXPECT_EQ(letter(decision, LetterKind::overdue).warning, "Luis Ortega has it now.");
  EXPECT_EQ(term(lead), "2026-11-24T19:00:00Z");
  EXPECT_EQ(lead.value(sla::kFirstAnswer), std::to_string(to_unix(now() + 6h)));
  // Not for ever from one to the other.
  for (int i = 0; i < 10 && next_term(lead); ++i) lead = late(lead, with, *next_term(lead), &decision);
  EXPECT_EQ(lead.value(sla::kRounds), "3");
  EXPECT_FALSE(next_term(lead)) << "the third one keeps it, and somebody above knows";
}

TEST(ServiceLevel, NeverGivesTheLeadToSomebodyAway) {
  auto with = company(Then::reassign);
  with.users[1].away = {{2026y / 11 / 24, 2026y / 11 / 30, ""}};
  with.teams.front().lead = "ana";
  Decision decision;
  const auto lead = late(captured(with), with, now() + 2h, &decision);
  EXPECT_EQ(lead.owner(), "ana");
  EXPECT_EQ(readers(decision), "overdue to ana; alert to admins; ");
}

TEST(ServiceLevel, OffersTheLeadToTheTeamAndTheFirstClaimEndsIt) {
  const auto with = company(Then::offer);
  Decision decision;
  auto lead = late(captured(with), with, now() + 2h, &decision);
  EXPECT_EQ(lead.owner(), "");
  EXPECT_EQ(lead.value("offered"), "mx");
  EXPECT_EQ(readers(decision), "offer to ana; offer to luis; overdue to ana; ");
  EXPECT_EQ(lead.value(sla::kAcknowledge), std::to_string(to_unix(now() + 4h))) << "in the company's working time";
  CommandAnswer answer;
  lead = after(lead, decide_commands(lead, "luis", "#claim", with, now() + 3h, "c1", answer));
  EXPECT_EQ(answer.refused, "");
  EXPECT_EQ(lead.owner(), "luis");
  EXPECT_TRUE(lead.value(sla::kAcknowledge).empty());
}

TEST(ServiceLevel, AnOfferThatNobodyTakesIsMadeAgainAndThenSomebodyAboveHears) {
  auto with = company(Then::offer);
  with.assign.front().strategy = Strategy::offer;
  with.assign.front().team = "mx";
  with.timezone = "America/Mexico_City";
  Decision decision;
  decision = decide(inquiry(), {}, with, now());
  EXPECT_EQ(readers(decision).substr(0, 31), "offer to ana; offer to luis; ac");
  auto lead = captured(with);
  int offers = 0;
  for (int i = 0; i < 10 && next_term(lead); ++i) {
    lead = late(lead, with, *next_term(lead), &decision);
    offers += sends(decision, LetterKind::offer) ? 1 : 0;
  }
  EXPECT_EQ(offers, 3);
  EXPECT_EQ(readers(decision), "overdue to luis (escalated); ");
}

TEST(ServiceLevel, AfterAnOutageEachReaderGetsOneMailAboutAll) {
  const auto with = company();
  std::vector<OverdueLetter> heap;
  for (int i = 0; i < 40; ++i) {
    auto lead = captured(with);
    lead.id = LeadId{100 + i};
    for (const auto& one : letters(decide_late(lead, {}, with, now() + 72h))) heap.push_back({one, lead});
  }
  EXPECT_EQ(heap.size(), 80U);
  const auto told = decide_overdue_mail(std::move(heap), with, now() + 72h);
  EXPECT_EQ(readers(told), "overdue to ana; overdue to luis (escalated); ");
  EXPECT_EQ(letters(told).front().leads.size(), 40U);
}

TEST(ServiceLevel, EndsWhenTheStoryDoesOrItsRuleIsGone) {
  const auto with = company();
  const auto lead = captured(with);
  CommandAnswer answer;
  EXPECT_EQ(term(after(lead, decide_commands(lead, "ana", "#dnc", with, now() + 1h, "c1", answer))), "none");
  auto without = with;
  without.assign.clear();
  Decision decision;
  EXPECT_EQ(term(late(lead, without, now() + 3h, &decision)), "none");
  EXPECT_TRUE(letters(decision).empty());
}

TEST(Rule, TakesTheLeadFromItsOwnerWhenItsConditionSaysSo) {
  auto with = company();
  with.assign.front().unassign_when = Condition{.op = Condition::Op::is, .field = "tags", .values = {"wrong"}};
  const auto lead = captured(with);
  CommandAnswer answer;
  const auto decision = decide_commands(lead, "ana", "#tag wrong", with, now() + 1h, "c1", answer);
  ASSERT_EQ(answer.refused, "");
  const auto left = after(lead, decision);
  EXPECT_EQ(left.owner(), "");
  EXPECT_EQ(left.value("offered"), "mx");
  EXPECT_EQ(term(left), "none");
  EXPECT_EQ(readers(decision), "offer to luis; ");
}

TEST(Rule, WhoeverTakesTheLeadAfterItWasTakenMakesItsNextContactToo) {
  auto with = company();
  with.assign.front().unassign_when = Condition{.op = Condition::Op::is, .field = "tags", .values = {"wrong"}};
  auto lead = captured(with);
  lead.values["next.at"] = std::to_string(to_unix(now() + 48h));
  lead.values["next.by"] = "ana";
  CommandAnswer answer;
  const auto left = after(lead, decide_commands(lead, "ana", "#tag wrong", with, now() + 1h, "c1", answer));
  ASSERT_EQ(left.owner(), "");
  const auto claimed = decide_commands(left, "luis", "#claim", with, now() + 2h, "c2", answer);
  ASSERT_EQ(answer.refused, "");
  const auto now_his = after(left, claimed);
  EXPECT_EQ(now_his.owner(), "luis");
  EXPECT_EQ(now_his.next()->by, "luis");

  auto of_third = left;
  of_third.values["next.by"] = "luis";
  const auto again = after(of_third, decide_commands(of_third, "ana", "#claim", with, now() + 2h, "c3", answer));
  EXPECT_EQ(again.next()->by, "luis") << "she had nothing to hand over";
}

TEST(Rule, ClosesTheLeadWhenItsConditionSaysSo) {
  auto with = company();
  with.assign.front().close_when = Condition{.op = Condition::Op::is, .field = "status", .values = {"interested"}};
  auto lead = captured(with);
  lead.values["next.at"] = std::to_string(to_unix(now() + 48h));
  lead.values["next.by"] = "ana";
  CommandAnswer answer;
  const auto closed = after(lead, decide_commands(lead, "ana", "#status interested", with, now() + 1h, "c1", answer));
  ASSERT_EQ(answer.refused, "");
  EXPECT_FALSE(closed.owed());
  EXPECT_FALSE(closed.next());
  EXPECT_EQ(term(closed), "none");
  EXPECT_EQ(closed.owner(), "ana");
}

TEST(WhenAway, ALeadWaitsForItsRepAndIsHisWhenHeIsBack) {
  auto with = company();
  with.assign.front() = {.name = "ana's", .users = {"ana"}, .when_away = WhenAway::wait};
  with.users[0].away = {{2026y / 11 / 23, 2026y / 11 / 25, "luis"}};
  auto lead = captured(with);
  EXPECT_EQ(lead.owner(), "");
  EXPECT_EQ(term(lead), "2026-11-26T15:00:00Z");
  Decision decision;
  auto longer = with;
  longer.users[0].away[0].until = 2026y / 11 / 26;
  const auto still = late(lead, longer, *next_term(lead), &decision);
  EXPECT_EQ(still.owner(), "");
  EXPECT_EQ(term(still), "2026-11-27T15:00:00Z");
  lead = late(lead, with, *next_term(lead), &decision);
  EXPECT_EQ(lead.owner(), "ana");
  EXPECT_EQ(readers(decision), "notice to ana; ");
  EXPECT_EQ(term(lead), "none");
}

TEST(WhenAway, WhomALeadWaitsForMayLeaveTheCompany) {
  auto with = company();
  with.assign.front() = {.name = "ana's", .users = {"ana"}, .when_away = WhenAway::wait};
  with.users[0].away = {{2026y / 11 / 23, 2026y / 11 / 25, "luis"}};
  const auto lead = captured(with);
  with.users.erase(with.users.begin());
  Decision decision;
  const auto given = late(lead, with, *next_term(lead), &decision);
  EXPECT_EQ(given.owner(), "luis") << "the lead of the mailbox's team";
  EXPECT_FALSE(next_term(given));
}

/// María answers on lead 7 of Ana, who is away.
Decision reply_while_away(Rules with, Lead lead) {
  with.users[0].away = {{2026y / 11 / 24, 2026y / 11 / 30, "luis"}};
  auto reply = inquiry();
  reply.fingerprint = "f3";
  reply.message_id = "second@x.example";
  reply.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  return decide(reply, knowing(lead), with, now());
}

TEST(WhenAway, TheDeputyHearsOfNewMailAndSeesTheLead) {
  auto with = company();
  const auto decision = reply_while_away(with, lead());
  EXPECT_EQ(readers(decision), "copy to ana; copy to luis; ");
  EXPECT_EQ(letters(decision).back().warning, "Ana López no está hasta el 2026-11-30; por eso le llega a usted.");
  with.teams.clear();
  EXPECT_FALSE(may_see(with.users[1], lead(), with));
  with.users[0].away = {{2026y / 11 / 24, 2026y / 11 / 30, "luis"}};
  EXPECT_TRUE(may_see(with.users[1], lead(), with));
}

TEST(WhenAway, ItsRuleMayGiveTheLeadOnOrLetItWait) {
  auto with = company();
  with.assign.front().when_away = WhenAway::reassign;
  auto ours = lead();
  ours.values[std::string(sla::kRule)] = "all";
  const auto given = reply_while_away(with, ours);
  EXPECT_EQ(after(ours, given).owner(), "luis");
  EXPECT_EQ(readers(given), "copy to ana; notice to luis; ");
  with.assign.front().when_away = WhenAway::wait;
  EXPECT_EQ(readers(reply_while_away(with, ours)), "copy to ana; ");
}

Inquiry out_of_office() {
  auto mail = answer_of_ana("I am on holiday until Monday.");
  mail.nature = Nature::auto_reply;
  mail.returns = 2026y / 11 / 30;
  return mail;
}

TEST(OutOfOffice, OfARepMarksHimAwayUntilTheDayBeforeHeIsBack) {
  const auto decision = decide(out_of_office(), knowing(lead()), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::automatic);
  ASSERT_EQ(decision.effects.size(), 1U) << describe(decision);
  const auto* const away = std::get_if<MarkAway>(&decision.effects.front());
  ASSERT_NE(away, nullptr);
  EXPECT_EQ(away->user, "ana");
  EXPECT_EQ(away->from, 2026y / 11 / 24);
  EXPECT_EQ(away->until, 2026y / 11 / 29);
  auto known = knowing(lead());
  known.absences = {{"ana", {away->from, *away->until, ""}}};
  EXPECT_TRUE(decide(out_of_office(), known, rules(), now()).effects.empty()) << "each notice is answered";
}

TEST(OutOfOffice, WithoutProofOrWithoutADayChangesNothing) {
  auto forged = out_of_office();
  forged.authenticated = false;
  EXPECT_TRUE(decide(forged, knowing(lead()), rules(), now()).effects.empty());
  for (const auto day : {2026y / 11 / 24, 2020y / 1 / 1, 2031y / 1 / 1}) {
    auto odd = out_of_office();
    odd.returns = day;
    EXPECT_TRUE(decide(odd, knowing(lead()), rules(), now()).effects.empty()) << to_text(day);
  }
  auto undated = out_of_office();
  undated.returns.reset();
  EXPECT_TRUE(decide(undated, knowing(lead()), rules(), now()).effects.empty());
}

}  // namespace
}  // namespace leadmail::leads
