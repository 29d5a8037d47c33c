// What commands do, given through the tool and by mail.
#include "core/leads/execute.h"

#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

struct Done {
  Decision decision{};
  CommandAnswer answer{};
  Lead lead{};
};

Done run(std::string_view commands, const Lead& lead = world::lead(), const std::string& user = "ana") {
  Done done;
  done.decision = decide_commands(lead, user, commands, rules(), now(), "tool 1", done.answer);
  done.lead = after(lead, done.decision);
  return done;
}

std::string results(const Done& done) {
  std::string text;
  for (const auto& line : done.answer.results) text += line.field + ": " + line.before + " -> " + line.after + "; ";
  return text;
}

/// A lead with a next contact tomorrow at ten, made by Ana.
Lead with_next() { return run("#next tomorrow 10:00 call about the offer").lead; }

TEST(Next, SetsInvitesAndRemindsInHerZone) {
  const auto done = run("#next tomorrow 10:00 call about the offer");
  EXPECT_EQ(describe(done.decision),
            "next contact 2026-11-25T16:00:00Z; remind ana at 2026-11-25T16:00:00Z; send invitation to ana");
  EXPECT_EQ(done.lead.next()->note, "call about the offer");
  EXPECT_EQ(results(done), "next.at:  -> 1795622400; next.by:  -> ana; next.note:  -> call about the offer; ");
  const auto invitation = letter(done.decision, LetterKind::invitation);
  EXPECT_EQ(invitation.next->sequence, 0);
  EXPECT_FALSE(invitation.cancels);
}

TEST(Next, MovedIsTheSameInvitationWithAHigherSequence) {
  const auto done = run("#next friday 11:00", with_next());
  EXPECT_EQ(describe(done.decision),
            "next contact 2026-11-27T17:00:00Z; cancel reminders of L-7; remind ana at 2026-11-27T17:00:00Z; send "
            "invitation to ana");
  EXPECT_EQ(letter(done.decision, LetterKind::invitation).next->sequence, 1);
}

TEST(Next, ByAnotherUserCancelsTheOneAndInvitesTheOther) {
  for (const auto* const text : {"#next friday 11:00 by luis", "#next friday 11:00 by Luis Ortega",
                                 "#siguiente friday 11:00 por LUIS, llamar", "#next friday 11:00 bởi luis"}) {
    const auto done = run(text, with_next());
    ASSERT_EQ(done.answer.refused, "") << text;
    EXPECT_NE(describe(done.decision).find("send invitation (cancel) to ana; send invitation to luis"),
              std::string::npos)
        << describe(done.decision);
    EXPECT_EQ(done.lead.next()->by, "luis");
  }
}

TEST(Next, ClearedIsCancelledAndSetAgainRisesOn) {
  const auto cleared = run("#next none", with_next());
  EXPECT_EQ(describe(cleared.decision), "clear next contact; cancel reminders of L-7; send invitation (cancel) to ana");
  EXPECT_FALSE(cleared.lead.next());
  const auto again = run("#next tomorrow", cleared.lead);
  EXPECT_EQ(letter(again.decision, LetterKind::invitation).next->sequence, 2);
  EXPECT_NE(run("#next none").answer.refused, "");
}

TEST(Next, OutsideWorkingHoursTheReminderWaitsForThem) {
  const auto done = run("#next saturday 7:00");
  EXPECT_EQ(done.lead.next()->at, *parse_rfc3339("2026-11-28T13:00:00Z"));
  EXPECT_NE(describe(done.decision).find("remind ana at 2026-11-30T15:00:00Z"), std::string::npos);
}

TEST(Next, RefusesWhatItDoesNotUnderstand) {
  EXPECT_NE(run("#next").answer.refused, "");
  EXPECT_NE(run("#next soon").answer.refused, "");
  EXPECT_NE(run("#next tomorrow by nobody").answer.refused.find("ana, luis"), std::string::npos);
  EXPECT_EQ(run("#next tomorrow for the offer").lead.next()->note, "for the offer");
}

TEST(Snooze, MovesByADayAndKeepsWhoAndWhat) {
  const auto done = run("#snooze", with_next(), "luis");
  EXPECT_EQ(done.lead.next()->by, "ana");
  EXPECT_EQ(done.lead.next()->note, "call about the offer");
  EXPECT_EQ(done.lead.next()->at, *parse_rfc3339("2026-11-25T15:00:00Z")) << "tomorrow, when work begins";
  EXPECT_EQ(run("#snooze 2h", with_next()).lead.next()->at, now() + 2h);
}

TEST(StatusCommand, SetsAnyAndSaysBeforeAndAfter) {
  const auto done = run("#estado interesado");
  EXPECT_EQ(describe(done.decision), "status interested");
  EXPECT_EQ(results(done), "status: open -> interested; ");
  EXPECT_EQ(run("#status open").decision.effects.size(), 0U) << "nothing changed, nothing recorded";
  EXPECT_NE(run("#status great").answer.refused.find("Interested"), std::string::npos);
}

TEST(StatusCommand, DoNotContactStopsThePlans) {
  const auto done = run("#status do not contact", with_next());
  EXPECT_EQ(describe(done.decision),
            "status do-not-contact; clear next contact; cancel reminders of L-7; send invitation (cancel) to ana");
}

TEST(Assign, TellsTheNewOwner) {
  const auto done = run("#assign Luis");
  EXPECT_EQ(describe(done.decision), "assign luis; send notice to luis");
  EXPECT_EQ(results(done), "owner: ana -> luis; ");
  EXPECT_TRUE(run("#assign ana", world::lead(), "luis").decision.effects.empty()) << "hers already";
}

TEST(Assign, HandsOverTheNextContactThatTheOwnerWasToMake) {
  const auto done = run("#assign luis", with_next());
  EXPECT_EQ(done.lead.next()->by, "luis");
  EXPECT_EQ(done.lead.next()->note, "call about the offer");
  const auto text = describe(done.decision);
  EXPECT_NE(text.find("cancel reminders of L-7; remind luis at 2026-11-25T16:00:00Z; send invitation (cancel) to ana; "
                      "send invitation to luis"),
            std::string::npos)
      << text;
  EXPECT_NE(results(done).find("next.by: ana -> luis"), std::string::npos);
  EXPECT_NE(results(done).find("Planned: 2026-11-25 10:00 America/Mexico_City, Luis Ortega: call about the offer"),
            std::string::npos)
      << results(done);
  // What was given to a third one stays his, and is told.
  auto others = with_next();
  others.values["next.by"] = "luis";
  const auto back = run("#assign ana", [&] {
    auto lead = others;
    lead.values["owner"] = "eva";
    return lead;
  }());
  EXPECT_EQ(back.lead.next()->by, "luis");
  EXPECT_FALSE(sends(back.decision, LetterKind::invitation));
  EXPECT_NE(results(back).find("Luis Ortega"), std::string::npos);
  // One that is overdue is the new owner's at once.
  auto late = with_next();
  late.values["next.at"] = std::to_string(to_unix(now() - 24h));
  EXPECT_NE(describe(run("#assign luis", late).decision).find("remind luis at"), std::string::npos);
}

TEST(Next, IsRefusedWhereNobodyIsToBeContacted) {
  auto never = world::lead(7, Status::do_not_contact);
  for (const auto* const text : {"#next tomorrow 10:00 call", "#snooze 1d"}) {
    const auto done = run(text, never);
    EXPECT_NE(done.answer.refused.find("Do Not Contact"), std::string::npos) << text;
    EXPECT_TRUE(done.decision.effects.empty());
  }
  EXPECT_EQ(run("#status interested\n#next tomorrow 10:00", never).answer.refused, "");
}

TEST(Note, IsKeptWhole) {
  const auto done = run("#note She decides in May");
  const auto* const record = std::get_if<Record>(&done.decision.effects.at(0));
  ASSERT_NE(record, nullptr);
  EXPECT_EQ(record->event.text, "She decides in May");
  EXPECT_EQ(record->event.cause, "command #note in tool 1");
  EXPECT_EQ(record->event.by, "ana");
}

TEST(Commands, AllOrNone) {
  const auto done = run("#status interested\n#assign luis\n#next yesterday");
  EXPECT_TRUE(done.decision.effects.empty());
  EXPECT_TRUE(done.answer.results.empty());
  EXPECT_EQ(done.lead.values, world::lead().values);
}

TEST(Commands, OfTheTableCanAllBeDone) {
  for (const auto& row : verbs()) EXPECT_TRUE(row.can_be_done) << row.en;
}

TEST(Commands, SeveralSeeWhatTheOnesBeforeDid) {
  const auto done = run("#next tomorrow 10:00\n#snooze 3d\n#status interested\n#status open");
  EXPECT_EQ(done.lead.next()->sequence, 1);
  EXPECT_EQ(done.lead.status(), Status::open);
}

TEST(Commands, OfTheAdministratorAreHisOwn) {
  EXPECT_EQ(run("#next tomorrow 10:00", world::lead(), "").lead.next()->by, "ana") << "contacts are made by the owner";
  EXPECT_NE(run("#status open", world::lead(), "mallory").answer.refused, "");
  auto nobodys = world::lead();
  nobodys.values.erase("owner");
  EXPECT_NE(run("#next tomorrow 10:00", nobodys, "admin").answer.refused, "");
}

TEST(Commands, AboutNoLeadAreRefusedExceptHelp) {
  EXPECT_NE(run("#status open", Lead{}).answer.refused, "");
  EXPECT_EQ(run("#help", Lead{}).answer.results.at(0).field, "help");
}

// --- What falls due ---

TEST(Due, RemindsOnceAndReopensWhatMayBeReopened) {
  auto lead = with_next();
  lead.values["status"] = "replied";
  const auto at = lead.next()->at;
  const auto decision = decide_due(lead, at, "ana", rules(), at + 1min);
  EXPECT_EQ(describe(decision), "reminded; status open; send reminder to ana");
  const auto again = decide_due(lead, at, "ana", rules(), at + 24h);
  EXPECT_EQ(letter(again, LetterKind::reminder).cause, letter(decision, LetterKind::reminder).cause)
      << "the same cause never makes a second mail";
}

TEST(Due, WhatWasMovedMeanwhileIsNotRemindedOf) {
  const auto lead = with_next();
  const auto at = lead.next()->at;
  const auto moved = run("#next in 3 weeks", lead).lead;
  EXPECT_TRUE(decide_due(moved, at, "ana", rules(), at).effects.empty());
  EXPECT_TRUE(decide_due(run("#next none", lead).lead, at, "ana", rules(), at).effects.empty());
  EXPECT_TRUE(decide_due(run("#next tomorrow 10:00 by luis", lead).lead, at, "ana", rules(), at).effects.empty());
}

TEST(Due, OfSomebodyWhoLeftGoesToTheOwnerElseToTheTeam) {
  auto lead = with_next();
  lead.values["next.by"] = "gone";
  lead.values["owner"] = "luis";
  EXPECT_EQ(letter(decide_due(lead, lead.next()->at, "gone", rules(), now()), LetterKind::reminder).to_user, "luis");
  lead.values["owner"] = "gone";
  EXPECT_EQ(letter(decide_due(lead, lead.next()->at, "gone", rules(), now()), LetterKind::reminder).to_user, "ana");
}

TEST(AtTheTool, NobodyIsAwayAndNobodyClaimsWithoutAName) {
  EXPECT_NE(needs_a_name("#away until 2026-12-01", "en").find("--as"), std::string::npos);
  EXPECT_NE(needs_a_name("#note x\n#tomar", "es").find("--as"), std::string::npos);
  EXPECT_EQ(needs_a_name("#note x\n#status open", "en"), "");
}

TEST(AtTheTool, WhatIsNotDoneThereSaysWhere) {
  EXPECT_NE(run("#accept 3").answer.refused.find("leadmail held accept"), std::string::npos);
  EXPECT_NE(run("#block 3").answer.refused.find("leadmail held block"), std::string::npos);
  EXPECT_NE(run("#confirm abc").answer.refused.find("answers a mail"), std::string::npos);
  EXPECT_NE(run("#away until 2026-12-01", world::lead(), "").answer.refused.find("--as"), std::string::npos);
  EXPECT_NE(run("#status open", Lead{}).answer.refused.find("L-123"), std::string::npos);
  const auto note = run("#note hi\nhello customer");
  EXPECT_NE(note.answer.refused.find("hello customer"), std::string::npos);
  EXPECT_TRUE(note.decision.effects.empty());
  const auto kept = run("#note\nhe called,\nand wants ten");
  EXPECT_EQ(kept.answer.refused, "") << "a bare #note keeps what stands below";
  EXPECT_NE(describe(kept.decision).find("note"), std::string::npos);
}

}  // namespace
}  // namespace leadmail::leads
