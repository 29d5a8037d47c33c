// Whom a reminder reaches and when: of somebody who is away, by the config or by his own word, his deputy, else the
// lead of his team, else himself when he is back.
#include "core/leads/reminding.h"

#include "core/leads/service_level.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;
using namespace std::chrono;

/// Luis leads the team; nobody else.
Rules company() {
  auto made = rules();
  made.teams.front().lead = "luis";
  made.escalate_after = 8h;
  return made;
}

/// Ana is to call at 10:00 today.
Time due() { return now() + 1h; }

Lead with_next() {
  auto lead = world::lead();
  lead.values["next.at"] = std::to_string(to_unix(due()));
  lead.values["next.by"] = "ana";
  return lead;
}

Absences said(std::string user, year_month_day until, year_month_day from = 2026y / 11 / 20) {
  return {{std::move(user), {.from = from, .until = until}}};
}

std::string reader(const Rules& with, const Absences& absences, ReminderStep step = ReminderStep::remind) {
  return reminded_user(with_next(), "ana", step, with, due(), &absences);
}

std::string when(const Rules& with, const Absences& absences, Time at, ReminderStep step = ReminderStep::remind) {
  return to_rfc3339(reminding_time(with_next(), due(), "ana", step, with, at, &absences));
}

TEST(Reminding, OfSomebodyThereIsHisOwnAtItsTime) {
  EXPECT_EQ(reader(company(), {}), "ana");
  EXPECT_EQ(when(company(), {}, now()), to_rfc3339(due()));
}

TEST(Reminding, WhatARepSaysByMailOfHisAbsenceCountsAsTheConfigDoes) {
  const auto away = said("ana", 2026y / 12 / 4);
  EXPECT_EQ(reader(company(), away), "luis") << "the lead of the team";
  EXPECT_EQ(when(company(), away, due()), to_rfc3339(due())) << "nobody waits for who is away";
  auto with = company();
  with.users.push_back(User{.id = "eva", .name = "Eva", .addresses = {"eva@acme.example"}});
  with.users[0].away = {{2026y / 11 / 20, 2026y / 11 / 21, ""}, {2026y / 11 / 22, 2026y / 12 / 1, "eva"}};
  EXPECT_EQ(reader(with, {}), "eva") << "her deputy";
  EXPECT_EQ(reader(with, away), "eva") << "also when she says that it takes longer";
  auto both = away;
  both.push_back(said("eva", 2026y / 12 / 2).front());
  EXPECT_EQ(reader(with, both), "luis") << "a deputy who is away himself stands in for nobody";
  EXPECT_EQ(reader(company(), said("ana", 2026y / 11 / 23)), "ana") << "she is back";
  EXPECT_EQ(reader(company(), said("ana", 2026y / 12 / 4, 2026y / 11 / 25)), "ana") << "she goes tomorrow";
}

TEST(Reminding, WhoLostTheLeadToARuleIsNotRemindedOfIt) {
  auto lead = with_next();
  lead.values["owner"] = "";
  lead.values["sla.taken_from"] = "ana";
  EXPECT_EQ(reminded_user(lead, "ana", ReminderStep::remind, company(), due(), nullptr), "luis");
  lead.values["owner"] = "ana";
  EXPECT_EQ(reminded_user(lead, "ana", ReminderStep::remind, company(), due(), nullptr), "ana") << "she took it back";
}

TEST(Reminding, WhoStandsInIsToldForWhom) {
  const auto away = said("ana", 2026y / 12 / 4);
  const auto decision =
      decide_reminder(with_next(), due(), "ana", ReminderStep::remind, false, company(), due(), &away);
  const auto told = letter(decision, LetterKind::reminder);
  EXPECT_EQ(told.to_user, "luis");
  EXPECT_EQ(told.on_behalf_of, "ana");
}

TEST(Reminding, WithNobodyToStandInItWaitsUntilHeIsBackAndWorks) {
  auto away = said("ana", 2026y / 12 / 4);
  away.push_back(said("luis", 2026y / 11 / 30).front());
  // The fourth is a Friday; on Monday she works again at nine. Until the thirtieth Luis is away too.
  EXPECT_EQ(reader(company(), away), "ana");
  EXPECT_EQ(when(company(), away, due()), "2026-12-07T15:00:00Z");
  const auto back = *parse_rfc3339("2026-12-07T15:00:00Z");
  EXPECT_EQ(when(company(), {}, back), "2026-12-07T15:00:00Z");
  EXPECT_TRUE(is_late(due(), "ana", company(), back)) << "so that all of them share a mail";
}

TEST(Reminding, LeftAloneByWhoStandsInGoesToSomebodyElse) {
  auto with = company();
  const auto away = said("ana", 2026y / 12 / 4);
  EXPECT_EQ(reader(with, away, ReminderStep::escalate), "") << "Luis was reminded himself";
  const auto alone = decide_reminder(with_next(), due(), "ana", ReminderStep::remind, false, with, due(), &away);
  const auto is_plan = [](const Effect& effect) { return std::holds_alternative<PlanReminder>(effect); };
  EXPECT_TRUE(std::ranges::none_of(alone.effects, is_plan));
  with.users.push_back(User{.id = "boss", .name = "Boss", .addresses = {"boss@acme.example"}, .role = Role::manager});
  EXPECT_EQ(reader(with, away, ReminderStep::escalate), "boss");
  EXPECT_EQ(reader(with, {}, ReminderStep::escalate), "luis");
  const auto decision = decide_reminder(with_next(), due(), "ana", ReminderStep::remind, false, with, due(), &away);
  EXPECT_TRUE(std::ranges::any_of(decision.effects, is_plan));
}

TEST(Reminding, AnEscalationWaitsForTheTeamsLeadWhenNobodyElseIsThere) {
  const auto away = said("luis", 2026y / 11 / 25);
  EXPECT_EQ(reader(company(), away, ReminderStep::escalate), "luis");
  EXPECT_EQ(when(company(), away, due() + 8h, ReminderStep::escalate), "2026-11-26T15:00:00Z");
  auto with = company();
  with.users[1].away = {{2026y / 11 / 24, 2026y / 11 / 25, "boss"}};
  with.users.push_back(User{.id = "boss", .name = "Boss", .addresses = {"boss@acme.example"}, .hours = {.from = 0h}});
  EXPECT_EQ(reader(with, {}, ReminderStep::escalate), "boss") << "who stands in for him";
}

TEST(Reminding, LeftAloneIsToldToTheLeadOfTheTeamOnceAfterSoMuchWork) {
  const auto said_to_ana = decide_reminder(with_next(), due(), "ana", ReminderStep::remind, false, company(), due());
  const auto found = std::ranges::find_if(
      said_to_ana.effects, [](const Effect& effect) { return std::holds_alternative<PlanReminder>(effect); });
  ASSERT_NE(found, said_to_ana.effects.end());
  const auto& second = std::get<PlanReminder>(*found);
  EXPECT_EQ(second.step, ReminderStep::escalate);
  EXPECT_EQ(to_rfc3339(second.wake), "2026-11-25T00:00:00Z") << "eight hours of work from ten on";

  const auto left = decide_reminder(with_next(), due(), "ana", ReminderStep::escalate, false, company(), second.wake);
  const auto told = letter(left, LetterKind::escalation);
  EXPECT_EQ(told.to_user, "luis");
  EXPECT_EQ(told.on_behalf_of, "ana");
  const auto again = decide_reminder(with_next(), due(), "ana", ReminderStep::escalate, false, company(), now() + 99h);
  EXPECT_EQ(letter(again, LetterKind::escalation).cause, told.cause) << "the same cause never makes a second mail";

  CommandAnswer answer;
  const auto moved =
      after(with_next(), decide_commands(with_next(), "ana", "#snooze 1h", company(), due(), "c", answer));
  ASSERT_EQ(answer.refused, "");
  const auto quiet = decide_reminder(moved, due(), "ana", ReminderStep::escalate, false, company(), second.wake);
  EXPECT_TRUE(letters(quiet).empty()) << "one tap is enough";
}

}  // namespace
}  // namespace leadmail::leads
