// Dates in commands: what is meant is done, and what can't be read is refused, never passed over. Said on Tuesday, 24
// November 2026, 09:00 in Mexico City.
#include "core/leads/execute.h"
#include "core/leads/zone.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

struct Done {
  Decision decision{};
  CommandAnswer answer{};
  Lead lead{};
};

Done run(std::string_view commands, const std::string& language = "en", const Lead& lead = world::lead()) {
  auto rules = world::rules();
  for (auto& user : rules.users) user.language = language;
  rules.record.steps = {StepSpec{.id = "demo"}, StepSpec{.id = "visit"}};
  Done done;
  done.decision = decide_commands(lead, "ana", commands, rules, now(), "tool 1", done.answer);
  done.lead = after(lead, done.decision);
  return done;
}

std::string local(Time at) {
  auto text = to_rfc3339(at, offset_at(at, "America/Mexico_City")).substr(0, 16);
  text[10] = ' ';
  return text;
}

/// "2026-11-25 10:00 60 their office", or why it was refused.
std::string event(std::string_view commands, const std::string& language = "en") {
  const auto done = run(commands, language);
  if (!done.answer.refused.empty()) return "refused: " + done.answer.refused;
  const auto at = from_unix(std::stoll(std::string(done.lead.value("event.1.at"))));
  const auto place = std::string(done.lead.value("event.1.place"));
  return local(at) + " " + std::string(done.lead.value("event.1.length")) + (place.empty() ? "" : " " + place);
}

std::string next(std::string_view commands, const std::string& language = "en") {
  const auto done = run(commands, language);
  if (!done.answer.refused.empty()) return "refused: " + done.answer.refused;
  const auto next = done.lead.next();
  return local(next->at) + " " + next->by + (next->note.empty() ? "" : ": " + next->note);
}

/// "2026-11-27 – 2026-11-27"
std::string away(std::string_view commands, const std::string& language = "en") {
  const auto done = run(commands, language);
  if (!done.answer.refused.empty()) return "refused: " + done.answer.refused;
  for (const auto& effect : done.decision.effects) {
    if (const auto* const found = std::get_if<MarkAway>(&effect))
      return to_text(found->from) + (found->until ? " – " + to_text(*found->until) : "");
  }
  return "nothing";
}

bool is_refused(const std::string& told) { return told.starts_with("refused: "); }

std::string text_of(const Done& done) {
  std::string text;
  for (const auto& line : done.answer.results) {
    if (line.field == "help") text += line.after;
  }
  return text;
}

TEST(EventDates, ADateThatCannotBeReadIsNeverPassedOver) {
  for (const auto* const text : {"meeting 3.12.2026 10:00 1h at their office invite",
                                 "call tuesday 1/12 15:00, invite",
                                 "meeting 3/12 10:00",
                                 "meeting 31 november 10:00",
                                 "meeting 29 feb 2027 10:00",
                                 "meeting 15-dec-2026 10:00",
                                 "meeting christmas 10:00",
                                 "meeting week after next 10:00",
                                 "meeting in 3 working days 10:00",
                                 "meeting on the 15th 10:00",
                                 "meeting tuesday 30 november 10:00",
                                 "meeting friday 13 november 10:00",
                                 "meeting nächsten Dienstag 15:00",
                                 "visit last friday 10:00",
                                 "visit mid december 10:00",
                                 "visit friday in two weeks 10:00",
                                 "visit friday 10:00 next week",
                                 "visit friday 10:00 or 11:00",
                                 "call with María nächsten Dienstag",
                                 "visit 20 nov 10:00",
                                 "visit 20/11 10:00",
                                 "meeting lundi 10:00",
                                 "visit at 12 High Street friday 10:00",
                                 "meeting 1h friday 10:00"}) {
    EXPECT_TRUE(is_refused(event("#event " + std::string(text))))
        << text << ": " << event("#event " + std::string(text));
  }
  for (const auto* const text : {"reunión el 15 a las 10", "reunión 12/15 10:00", "visita el viernes pasado 10:00",
                                 "reunión navidad 10:00", "visita el 31 de noviembre 10:00"}) {
    EXPECT_TRUE(is_refused(event("#evento " + std::string(text), "es")))
        << text << event("#evento " + std::string(text), "es");
  }
  for (const auto* const text : {"họp ngày 15 lúc 10h", "họp 31/11 10h", "họp ngày 32 tháng 12 10h"})
    EXPECT_TRUE(is_refused(event("#event " + std::string(text), "vi"))) << text;
}

TEST(EventDates, WordsBetweenTheKindAndTheTimeArePartOfIt) {
  EXPECT_EQ(event("#event call with María tomorrow 15:00"), "2026-11-25 15:00 30 with María");
  EXPECT_EQ(event("#event call with María 15:00"), "2026-11-24 15:00 30 with María");
  EXPECT_EQ(event("#event meeting online friday 10:00"), "2026-11-27 10:00 60 online");
  EXPECT_EQ(event("#event meeting in the main office friday 10:00"), "2026-11-27 10:00 60 in the main office");
  EXPECT_EQ(event("#evento visita con el cliente mañana a las diez", "es"), "2026-11-25 10:00 60 con el cliente");
  EXPECT_EQ(event("#event call 2026-11-20 15:00 20 min"), "2026-11-20 15:00 20");
  EXPECT_EQ(event("#event call yesterday 15:00"), "2026-11-23 15:00 30");
}

TEST(EventDates, ALengthIsReadWholeOrRefused) {
  EXPECT_EQ(event("#event meeting friday 10:00 1 hour 30 minutes"), "2026-11-27 10:00 90");
  EXPECT_EQ(event("#event meeting friday 10:00 1h 30m at HQ"), "2026-11-27 10:00 90 HQ");
  EXPECT_EQ(event("#event meeting friday 10:00 1 hour and 30 minutes at HQ"), "2026-11-27 10:00 90 HQ");
  EXPECT_EQ(event("#evento visita mañana a las 10 durante 2 horas y media", "es"), "2026-11-25 10:00 150");
  EXPECT_EQ(event("#event meeting friday 10:00 2h at 12 High Street"), "2026-11-27 10:00 120 12 High Street");
  for (const auto* const text : {"visit friday all day", "visit friday 2 days", "visit friday 10:00 all day",
                                 "visit friday 10:00 30h", "visit friday 10:00 for 2 days"}) {
    EXPECT_TRUE(is_refused(event("#event " + std::string(text)))) << text << event("#event " + std::string(text));
  }
  EXPECT_TRUE(is_refused(event("#evento visita el viernes todo el día", "es")));
}

TEST(NextDates, WhatIsLeftOfADateIsNoNote) {
  for (const auto* const text :
       {"friday in two weeks", "tuesday in a month", "monday week", "a week from tomorrow call", "friday 2 weeks call",
        "10:00 call on friday", "tomorrow 10:00 or 11:00", "20 nov 10:00", "tomorrow 3pm Paris", "monday and tuesday",
        "tomorrow at ten or eleven", "friday 10:00 next week call"}) {
    EXPECT_TRUE(is_refused(next("#next " + std::string(text)))) << text << ": " << next("#next " + std::string(text));
  }
  const auto told = next("#next friday in two weeks");
  EXPECT_NE(told.find("\"in two weeks\""), std::string::npos) << told;
  EXPECT_EQ(next("#next tomorrow 10:00 call about the monday delivery"),
            "2026-11-25 10:00 ana: call about the monday delivery");
  EXPECT_EQ(next("#next tomorrow 10:00 30 min call"), "2026-11-25 10:00 ana: 30 min call");
  EXPECT_EQ(next("#next tomorrow 10:00 last call"), "2026-11-25 10:00 ana: last call");
  EXPECT_EQ(next("#next tomorrow 10:00 day rate offer"), "2026-11-25 10:00 ana: day rate offer");
  EXPECT_EQ(next("#next tomorrow 10:00 call 555-12-34"), "2026-11-25 10:00 ana: call 555-12-34");
  EXPECT_EQ(next("#next in 2h 30m call"), "2026-11-24 11:30 ana: call");
}

TEST(NextDates, WhoMakesTheContactMayStandAtTheEnd) {
  EXPECT_EQ(next("#next thursday 11:00 visit by luis"), "2026-11-26 11:00 luis: visit");
  EXPECT_EQ(next("#next thursday 11:00 visit, by Luis Ortega."), "2026-11-26 11:00 luis: visit");
  EXPECT_EQ(next("#siguiente jueves 11:00 visita por luis", "es"), "2026-11-26 11:00 luis: visita");
  EXPECT_EQ(next("#next thursday 11:00 stand by them"), "2026-11-26 11:00 ana: stand by them");
}

TEST(NextDates, WhereTheReminderComesLaterTheAnswerSaysWhen) {
  EXPECT_NE(text_of(run("#next tomorrow 22:00")).find("2026-11-26 09:00"), std::string::npos)
      << text_of(run("#next tomorrow 22:00"));
  EXPECT_EQ(text_of(run("#next tomorrow 10:00")), "");
}

TEST(AwayDates, ADayIsThatDayAlone) {
  for (const auto* const text : {"#away friday", "#away on friday", "#away this friday", "#away 27 nov"})
    EXPECT_EQ(away(text), "2026-11-27 – 2026-11-27") << text;
  EXPECT_EQ(away("#away tomorrow"), "2026-11-25 – 2026-11-25");
  EXPECT_EQ(away("#away today"), "2026-11-24 – 2026-11-24");
  EXPECT_EQ(away("#ausente el viernes", "es"), "2026-11-27 – 2026-11-27");
  EXPECT_EQ(away("#vắng thứ sáu", "vi"), "2026-11-27 – 2026-11-27");
  EXPECT_EQ(away("#away until friday"), "2026-11-24 – 2026-11-27");
  EXPECT_EQ(away("#away 2 weeks"), "2026-11-24 – 2026-12-08");
  EXPECT_EQ(away("#away next week"), "2026-11-30 – 2026-12-06");
  for (const auto* const text : {"#away friday afternoon", "#away in 2 weeks", "#away until 18:00",
                                 "#away friday 10:00", "#away friday and monday"})
    EXPECT_TRUE(is_refused(away(text))) << text << away(text);
}

TEST(AwayDates, TheEndIsCountedFromTheBeginning) {
  EXPECT_EQ(away("#away from tuesday to wednesday"), "2026-12-01 – 2026-12-02");
  EXPECT_EQ(away("#away from monday to friday"), "2026-11-30 – 2026-12-04");
  EXPECT_EQ(away("#away monday to wednesday"), "2026-11-30 – 2026-12-02");
  EXPECT_EQ(away("#ausente del lunes al viernes", "es"), "2026-11-30 – 2026-12-04");
  EXPECT_EQ(away("#away from friday for 2 weeks"), "2026-11-27 – 2026-12-10");
  EXPECT_EQ(away("#away from 24 dec to 2 jan"), "2026-12-24 – 2027-01-02");
  for (const auto* const text :
       {"#away from friday", "#away from 2026-12-03 to 2026-12-01", "#away from friday to next week"})
    EXPECT_TRUE(is_refused(away(text))) << text << away(text);
}

TEST(StepDates, WhatIsDoneWasTheLastSuchDay) {
  EXPECT_EQ(run("#step demo done 20 nov").lead.value("step.demo.done_at"), "2026-11-20");
  EXPECT_EQ(run("#step demo done friday").lead.value("step.demo.done_at"), "2026-11-20");
  EXPECT_FALSE(run("#step demo done 2026-12-03").answer.refused.empty()) << "that is to come";
  EXPECT_FALSE(run("#step visit planned 15.12").answer.refused.empty());
  EXPECT_EQ(run("#step visit planned 15.12.").lead.value("step.visit.planned"), "2026-12-15");
}

TEST(DealDates, ADayIsReadWhole) {
  for (const auto* const text : {"#opportunity 100 EUR close friday in two weeks", "#quote 100 EUR valid 15.12",
                                 "#quote 100 EUR valid friday next week or later", "#set first contact 15.12"}) {
    EXPECT_FALSE(run(text).answer.refused.empty()) << text;
  }
  EXPECT_EQ(run("#quote valid 30d 10.50 EUR").lead.value("quotation.1.total"), "10.5");
  EXPECT_EQ(run("#quote valid friday 2 weeks of support 500 EUR").lead.value("quotation.1.valid_until"), "2026-11-27");
}

TEST(Deals, AnAmountWithoutACurrencyKeepsThatOfTheDeal) {
  const auto lead = run("#opportunity 1000000 VND").lead;
  const auto changed = run("#opportunity 2000000", "en", lead).lead;
  EXPECT_EQ(changed.value("opportunity.1.value"), "2000000");
  EXPECT_EQ(changed.value("opportunity.1.currency"), "VND");
  EXPECT_EQ(run("#opportunity 2000 EUR", "en", lead).lead.value("opportunity.1.currency"), "EUR");
}

TEST(Deals, AYearBehindTheOrdersNumberIsNoAmount) {
  EXPECT_FALSE(run("#order 12 of 2026").answer.refused.empty());
  EXPECT_EQ(run("#order 4711, 2000 EUR").lead.value("order.1.number"), "4711");
  EXPECT_EQ(run("#order 4711, 2000 EUR").lead.value("order.1.value"), "2000");
  EXPECT_EQ(run("#order 4711 for 2000").lead.value("order.1.value"), "2000");
}

TEST(Deals, WhatIsNotToBeDoneIsNotDone) {
  for (const auto* const text :
       {"#customer no", "#customer not yet", "#won not yet", "#order no", "#lost no", "#lost not yet"})
    EXPECT_FALSE(run(text).answer.refused.empty()) << text;
  for (const auto* const text :
       {"#dnc until march", "#dnc for 6 months", "#dnc 2027-03-01", "#dnc wants no calls until january"})
    EXPECT_NE(run(text).answer.refused.find("no end"), std::string::npos) << text << run(text).answer.refused;
  EXPECT_EQ(run("#dnc asked us to stop").lead.status(), Status::do_not_contact);
  EXPECT_EQ(run("#customer").lead.status(), Status::converted);
}

TEST(Answers, SayThatNothingChanged) {
  const auto lead = run("#tag vip, hot").lead;
  EXPECT_EQ(text_of(run("#tag vip, hot", "en", lead)), "#tag changed nothing: it was so already.");
  EXPECT_EQ(text_of(run("#tag cold", "en", lead)), "");
}

/// A mail of Ana's, written on Friday at 16:00 and taken on Monday morning.
Decision late_mail(std::string text) {
  auto mail = answer_of_ana(std::move(text));
  mail.date = *parse_rfc3339("2026-11-20T22:00:00Z");
  mail.received = *parse_rfc3339("2026-11-23T12:00:00Z");
  return decide(mail, knowing(world::lead()), world::rules(), *parse_rfc3339("2026-11-23T12:00:05Z"));
}

TEST(LateMail, CountsFromWhenItWasWritten) {
  const auto next = [](std::string text) {
    const auto decision = late_mail(std::move(text));
    const auto lead = after(world::lead(), decision);
    return lead.next() ? local(lead.next()->at) : letter(decision, LetterKind::result).text;
  };
  EXPECT_EQ(next("#next monday 10:00"), "2026-11-23 10:00");
  EXPECT_EQ(next("#next friday 10:00"), "2026-11-27 10:00");
  EXPECT_EQ(next("#next in 4 days"), "2026-11-24 09:00");
  for (const auto* const text : {"#next tomorrow 10:00", "#next today 17:00", "#next in 2 hours", "#snooze 2h",
                                 "#event call tomorrow 10:00 invite", "#away tomorrow"}) {
    const auto told = next(text);
    EXPECT_NE(told.find("2026-11-2"), std::string::npos) << text << ": " << told;
    EXPECT_TRUE(letter(late_mail(text), LetterKind::result).is_refusal) << text;
  }
  EXPECT_NE(next("#next tomorrow 10:00").find("2026-11-21 10:00"), std::string::npos) << next("#next tomorrow 10:00");
}

// A clock that is an hour ahead or a week behind is refused before (authority.h).
TEST(LateMail, ADateBehindItsReceiptCountsFromTheReceipt) {
  auto mail = answer_of_ana("#next in 2 hours");
  mail.received = *parse_rfc3339("2026-11-23T12:00:00Z");
  mail.date = mail.received + 30min;
  const auto decision = decide(mail, knowing(world::lead()), world::rules(), mail.received);
  const auto next = after(world::lead(), decision).next();
  ASSERT_TRUE(next) << describe(decision);
  EXPECT_EQ(next->at, mail.received + 2h);
}

}  // namespace
}  // namespace leadmail::leads
