// Answers of calendars: who is believed, what is noted, moved, turned down and sent again, and that it ends.
#include "core/leads/calendar.h"

#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

constexpr auto kUid = "next-abcdefghijklmnopqrstuvwxyz@acme.example";
constexpr auto kEventUid = "event-abcdefghijklmnopqrstuvwxyz@acme.example";

Time at_ten() { return now() + 25h; }  // tomorrow 10:00

Lead with_next() {
  auto lead = world::lead();
  lead.values["next.at"] = std::to_string(to_unix(at_ten()));
  lead.values["next.by"] = "ana";
  lead.values["next.note"] = "call";
  lead.values["next.sequence"] = "2";
  lead.values["next.uid"] = kUid;
  return lead;
}

Lead with_meeting() {
  auto lead = world::lead();
  for (const auto& [part, value] : Values{{"kind", "meeting"},
                                          {"at", std::to_string(to_unix(at_ten()))},
                                          {"length", "60"},
                                          {"place", "their office"},
                                          {"by", "ana"},
                                          {"guest", "maria@x.example"},
                                          {"sequence", "0"},
                                          {"uid", kEventUid}})
    lead.values[meeting_field(1, part)] = value;
  return lead;
}

/// Ana's program answers.
Inquiry answer(std::string method, std::string uid = kUid) {
  auto mail = inquiry();
  mail.fingerprint = "cal";
  mail.nature = Nature::calendar;
  mail.from = {"Ana López", "ana@acme.example"};
  mail.message_id = "cal@acme.example";
  mail.subject = "Accepted: Next contact";
  mail.text = mail.reply = "";
  mail.authenticated = true;
  mail.calendar = CalendarAnswer{.method = std::move(method), .uid = std::move(uid), .sequence = 2};
  mail.calendar->attendee = "ana@acme.example";
  return mail;
}

Inquiry reply(std::string partstat, std::string uid = kUid) {
  auto mail = answer("REPLY", std::move(uid));
  mail.calendar->partstat = std::move(partstat);
  return mail;
}

Inquiry counter(std::string start, std::string uid = kUid) {
  auto mail = answer("COUNTER", std::move(uid));
  mail.calendar->start = std::move(start);
  return mail;
}

Inquiry of_guest(Inquiry mail) {
  mail.from = {"María Pérez", "maria@x.example"};
  mail.calendar->attendee = "maria@x.example";
  mail.calendar->sequence = 0;
  return mail;
}

Decision decided(const Inquiry& mail, const Lead& lead, Time when = now()) {
  Snapshot known;
  known.by_message_id = {{.lead = lead, .message_id = mail.calendar->uid, .only_referred = true}};
  return decide(mail, known, rules(), when);
}

TEST(Calendar, WhatARepAnswersIsNotedOnTheNextContact) {
  for (const auto& [partstat, word] :
       Values{{"ACCEPTED", "accepted"}, {"DECLINED", "declined"}, {"TENTATIVE", "tentative"}}) {
    const auto decision = decided(reply(partstat), with_next());
    EXPECT_EQ(decision.outcome, Outcome::calendar);
    EXPECT_EQ(after(with_next(), decision).value("next.answer"), word);
    EXPECT_TRUE(is_quiet_outside(decision));
  }
}

TEST(Calendar, TheSameAnswerAgainIsNothingNew) {
  const auto lead = after(with_next(), decided(reply("ACCEPTED"), with_next()));
  EXPECT_TRUE(decided(reply("ACCEPTED"), lead).effects.empty());
}

TEST(Calendar, ADeclinedNextContactStaysAndItsOwnerHearsOfIt) {
  const auto decision = decided(reply("DECLINED"), with_next());
  EXPECT_EQ(letter(decision, LetterKind::rsvp).to_user, "ana");
  EXPECT_EQ(letter(decision, LetterKind::rsvp).text, "declined");
  EXPECT_EQ(after(with_next(), decision).next()->at, at_ten());
}

TEST(Calendar, AnAnswerToATimeThatWasMovedSinceChangesNothing) {
  auto mail = reply("ACCEPTED");
  mail.calendar->sequence = 1;
  mail.calendar->start = to_rfc3339(at_ten() - 48h);
  EXPECT_EQ(after(with_next(), decided(mail, with_next())).value("next.answer"), "");
  mail.calendar->start = to_rfc3339(at_ten());  // a program that forgets SEQUENCE
  EXPECT_EQ(after(with_next(), decided(mail, with_next())).value("next.answer"), "accepted");
}

TEST(Calendar, AnotherTimeOfTheRepMovesTheNextContactUnderTheSameUidWithAHigherSequence) {
  const auto decision = decided(counter(to_rfc3339(at_ten() + 2h)), with_next());
  const auto lead = after(with_next(), decision);
  EXPECT_EQ(lead.next()->at, at_ten() + 2h);
  EXPECT_EQ(lead.next()->note, "call");
  const auto request = letter(decision, LetterKind::invitation);
  EXPECT_EQ(request.next->uid, kUid);
  EXPECT_EQ(request.next->sequence, 3);
  EXPECT_FALSE(request.cancels);
  EXPECT_FALSE(request.counter);
  EXPECT_NE(describe(decision).find("cancel reminders of L-7; remind ana at"), std::string::npos) << describe(decision);
}

TEST(Calendar, ATimeWithoutZoneIsTheWritersOwn) {
  const auto there = after(with_next(), decided(counter("2026-11-26T08:30:00"), with_next())).next()->at;
  EXPECT_EQ(to_rfc3339(there), "2026-11-26T14:30:00Z");
  auto named = counter("2026-11-26T08:30:00");
  named.calendar->zone = "Europe/Madrid";
  EXPECT_EQ(to_rfc3339(after(with_next(), decided(named, with_next())).next()->at), "2026-11-26T07:30:00Z");
}

TEST(Calendar, WhatCantBeIsTurnedDown) {
  for (const auto* const start : {"2026-11-20T10:00:00Z", "2026-11-27", "2099-01-01T10:00:00Z", ""}) {
    const auto decision = decided(counter(start), with_next());
    const auto declined = letter(decision, LetterKind::invitation);
    EXPECT_TRUE(declined.counter) << start;
    EXPECT_EQ(after(with_next(), decision).next()->at, at_ten()) << start;
  }
}

TEST(Calendar, WhoLostTheInvitationGetsItAsItStands) {
  const auto decision = decided(answer("REFRESH"), with_next());
  const auto request = letter(decision, LetterKind::invitation);
  EXPECT_EQ(request.next->sequence, 2);
  EXPECT_EQ(request.next->uid, kUid);
  EXPECT_EQ(request.to_user, "ana");
}

TEST(Calendar, NothingIsBelievedThatTheTransportDoesNotConfirm) {
  for (auto mail : {reply("ACCEPTED"), counter(to_rfc3339(at_ten() + 2h)), answer("REFRESH")}) {
    mail.authenticated = false;
    const auto decision = decided(mail, with_next());
    EXPECT_EQ(decision.outcome, Outcome::unverified);
    EXPECT_EQ(after(with_next(), decision).values, with_next().values) << describe(decision);
    EXPECT_FALSE(sends(decision, LetterKind::invitation));
    EXPECT_EQ(letter(decision, LetterKind::rsvp).text, "unproven");
  }
}

TEST(Calendar, NobodyAnswersForSomebodyElse) {
  auto luis = counter(to_rfc3339(at_ten() + 2h));
  luis.from = {"Luis", "luis@acme.example"};
  EXPECT_EQ(after(with_next(), decided(luis, with_next())).next()->at, at_ten());
  auto named = counter(to_rfc3339(at_ten() + 2h));
  named.calendar->attendee = "luis@acme.example";
  EXPECT_EQ(after(with_next(), decided(named, with_next())).next()->at, at_ten());
  auto stranger = counter(to_rfc3339(at_ten() + 2h));
  stranger.from = {"", "eve@far.example"};
  EXPECT_EQ(after(with_next(), decided(stranger, with_next())).next()->at, at_ten());
  EXPECT_FALSE(sends(decided(stranger, with_next()), LetterKind::invitation));
}

TEST(Calendar, AGuestsAnswerIsToldToTheRep) {
  const auto decision = decided(of_guest(reply("ACCEPTED", kEventUid)), with_meeting());
  EXPECT_EQ(after(with_meeting(), decision).value("event.1.guest_answer"), "accepted");
  EXPECT_EQ(letter(decision, LetterKind::rsvp).to_user, "ana");
  EXPECT_TRUE(is_quiet_outside(decision));
}

TEST(Calendar, AGuestsAnswerToARepWhoIsAwayIsToldToWhoStandsInForHim) {
  auto with = rules();
  with.users[0].away = {{std::chrono::year{2026} / 11 / 20, std::chrono::year{2026} / 11 / 30, "luis"}};
  Snapshot known;
  const auto mail = of_guest(counter("2026-11-26T17:00:00Z", kEventUid));
  known.by_message_id = {{.lead = with_meeting(), .message_id = kEventUid, .only_referred = true}};
  const auto told = letter(decide(mail, known, with, now()), LetterKind::rsvp);
  EXPECT_EQ(told.to_user, "luis");
  EXPECT_EQ(told.on_behalf_of, "ana");
  EXPECT_EQ(told.actions.size(), 2U);
}

TEST(Calendar, AGuestsOtherTimeIsPutToTheRepWithOneTapForEachAnswer) {
  const auto decision = decided(of_guest(counter("2026-11-26T17:00:00Z", kEventUid)), with_meeting());
  const auto told = letter(decision, LetterKind::rsvp);
  EXPECT_EQ(told.to_user, "ana");
  ASSERT_EQ(told.actions.size(), 2U);
  EXPECT_EQ(told.actions[0].command, "#event 1 2026-11-26 11:00 60 min");
  EXPECT_EQ(told.actions[1].command, "#event 1 keep");
  const auto lead = after(with_meeting(), decision);
  EXPECT_EQ(meeting_of(lead, 1)->at, at_ten());
  EXPECT_TRUE(is_quiet_outside(decision));

  CommandAnswer answered;
  const auto accepted = decide_commands(lead, "ana", told.actions[0].command, rules(), now(), "tool", answered);
  EXPECT_EQ(answered.refused, "");
  EXPECT_EQ(to_rfc3339(meeting_of(after(lead, accepted), 1)->at), "2026-11-26T17:00:00Z");
  std::vector<Letter> requests = letters(accepted);
  ASSERT_EQ(requests.size(), 2U) << describe(accepted);
  for (const auto& request : requests) {
    EXPECT_EQ(request.meeting->uid, kEventUid);
    EXPECT_EQ(request.meeting->sequence, 1);
    EXPECT_FALSE(request.counter);
  }
  const auto kept = decide_commands(lead, "ana", told.actions[1].command, rules(), now(), "tool", answered);
  EXPECT_EQ(answered.refused, "");
  const auto declined = letter(kept, LetterKind::meeting);
  ASSERT_TRUE(declined.counter);
  EXPECT_EQ(to_rfc3339(*declined.counter), "2026-11-26T17:00:00Z");
  EXPECT_EQ(declined.to.at(0).address, "maria@x.example");
  EXPECT_EQ(after(lead, kept).value("event.1.proposed"), "");
}

TEST(Calendar, AGuestsOtherTimeIsTakenOverAtOnceWhereTheCompanyWantsItAndTheRepWorks) {
  auto with = rules();
  with.accepts_guest_times = true;
  const auto moved_to = [&](const std::string& start, const std::string& end, const Snapshot& more = {}) {
    auto mail = of_guest(counter(start, kEventUid));
    mail.calendar->end = end;
    auto known = more;
    known.by_message_id = {{with_meeting(), kEventUid, true}};
    const auto decision = decide(mail, known, with, now());
    const auto at = meeting_of(after(with_meeting(), decision), 1)->at;
    EXPECT_EQ(sends(decision, LetterKind::rsvp), at == at_ten()) << "he is asked, or it is done";
    EXPECT_EQ(letters(decision).size(), at == at_ten() ? 1U : 2U) << "REQUEST to both";
    return to_rfc3339(at);
  };
  const auto stays = to_rfc3339(at_ten());
  EXPECT_EQ(moved_to("2026-11-26T17:00:00Z", "2026-11-26T18:00:00Z"), "2026-11-26T17:00:00Z");
  EXPECT_EQ(moved_to("2026-11-26T23:30:00Z", "2026-11-27T00:30:00Z"), stays) << "longer than his day";
  EXPECT_EQ(moved_to("2026-11-28T17:00:00Z", "2026-11-28T18:00:00Z"), stays) << "a Saturday";
  Snapshot away;
  away.absences = {{"ana", {.from = std::chrono::year{2026} / 11 / 26, .until = std::chrono::year{2026} / 11 / 27}}};
  EXPECT_EQ(moved_to("2026-11-26T17:00:00Z", "2026-11-26T18:00:00Z", away), stays);
}

TEST(Calendar, TheRepsOtherTimeMovesTheMeetingForEverybody) {
  auto mail = counter("2026-11-26T17:00:00Z", kEventUid);
  mail.calendar->sequence = 0;
  mail.calendar->end = "2026-11-26T18:30:00Z";
  const auto decision = decided(mail, with_meeting());
  const auto moved = *meeting_of(after(with_meeting(), decision), 1);
  EXPECT_EQ(to_rfc3339(moved.at), "2026-11-26T17:00:00Z");
  EXPECT_EQ(moved.length, 90min);
  EXPECT_EQ(letters(decision).size(), 2U);
}

TEST(Calendar, AnEventIsMovedAndCalledOffByItsNumber) {
  CommandAnswer answered;
  const auto moved = decide_commands(with_meeting(), "ana", "#event 1 friday 12:00", rules(), now(), "tool", answered);
  EXPECT_EQ(answered.refused, "");
  EXPECT_EQ(letters(moved).size(), 2U) << describe(moved);
  const auto lead = after(with_meeting(), moved);
  const auto off = decide_commands(lead, "ana", "#event 1 cancel", rules(), now(), "tool", answered);
  EXPECT_EQ(answered.refused, "");
  EXPECT_FALSE(meeting_of(after(lead, off), 1));
  for (const auto& one : letters(off)) {
    EXPECT_TRUE(one.cancels);
    EXPECT_EQ(one.meeting->sequence, 2);
    EXPECT_EQ(one.meeting->uid, kEventUid);
  }
  const auto anew =
      decide_commands(after(lead, off), "ana", "#event call monday 10:00", rules(), now(), "tool", answered);
  EXPECT_NE(letter(anew, LetterKind::meeting).meeting->uid, kEventUid) << "another event is another entry";
}

TEST(Calendar, TwoCalendarsThatAnswerEachOtherComeToAnEnd) {
  auto lead = with_next();
  int sent = 0;
  for (int round = 0; round < 50; ++round) {
    auto mail = counter(to_rfc3339(at_ten() + std::chrono::minutes{30 + round}));
    mail.calendar->sequence = lead.next()->sequence;
    mail.fingerprint = "round " + std::to_string(round);
    const auto decision = decided(mail, lead);
    sent += static_cast<int>(letters(decision).size());
    lead = after(lead, decision);
    auto refresh = answer("REFRESH");
    refresh.fingerprint = "again " + std::to_string(round);
    const auto again = decided(refresh, lead);
    sent += static_cast<int>(letters(again).size());
    lead = after(lead, again);
  }
  EXPECT_LE(sent, 6);
  EXPECT_GT(sent, 0);
}

TEST(Calendar, HistoryAndForeignUidsMoveNothing) {
  auto old = counter(to_rfc3339(at_ten() + 2h));
  old.is_history = true;
  EXPECT_EQ(after(with_next(), decided(old, with_next())).next()->at, at_ten());
  const auto foreign =
      decided(counter(to_rfc3339(at_ten() + 2h), "040000008200E00074C5B7101A82E008@outlook.example"), with_next());
  EXPECT_EQ(foreign.outcome, Outcome::calendar);
  EXPECT_EQ(after(with_next(), foreign).next()->at, at_ten());
}

TEST(Calendar, AUidCannotBeGuessedAndStaysTheSameOverMovesAndKeys) {
  CommandAnswer answered;
  auto lead = after(world::lead(),
                    decide_commands(world::lead(), "ana", "#next tomorrow 10:00", rules(), now(), "t", answered));
  const auto uid = lead.next()->uid;
  EXPECT_TRUE(uid.starts_with("next-")) << uid;
  EXPECT_EQ(uid.find("ana"), std::string::npos);
  auto rotated = rules();
  rotated.tokens.keys = {{2, std::string(32, 'z')}};
  lead = after(lead, decide_commands(lead, "ana", "#next friday 10:00", rotated, now() + 1h, "t", answered));
  EXPECT_EQ(lead.next()->uid, uid);
  EXPECT_EQ(lead.next()->sequence, 1);
}

// What a person writes beside the answer of his calendar is mail as any other.
TEST(CalendarWords, OfAGuestReachWhoMeetsHim) {
  auto mail = of_guest(reply("ACCEPTED", kEventUid));
  mail.reply = "Please send me the price of 40 valves before.";
  const auto decision = decided(mail, with_meeting());
  EXPECT_EQ(letter(decision, LetterKind::rsvp).quoted, mail.reply);

  const auto accepted = after(with_meeting(), decision);
  mail.reply = "And of 20 pumps.";
  const auto again = decided(mail, accepted);
  EXPECT_EQ(letter(again, LetterKind::copy).text, mail.reply) << "the same answer, but not the same words";
  mail.reply = "María Pérez has accepted this invitation.";
  EXPECT_TRUE(letters(decided(mail, accepted)).empty()) << "as each calendar program writes it";
}

TEST(CalendarWords, ToAnInvitationThatIsNoneOfOursAreNotLost) {
  auto mail = of_guest(reply("ACCEPTED", "elsewhere@x.example"));
  EXPECT_EQ(decide(mail, {}, rules(), now()).outcome, Outcome::calendar) << "no words";
  mail.reply = "We need 500 turbines by March, please bring prices.";
  EXPECT_EQ(decide(mail, {}, rules(), now()).outcome, Outcome::held);
  mail.was_held = true;
  EXPECT_EQ(decide(mail, {}, rules(), now()).outcome, Outcome::lead);
  mail.was_held = false;
  Snapshot known;
  known.by_address = {lead()};
  const auto decision = decide(mail, known, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::threaded);
  EXPECT_EQ(letter(decision, LetterKind::copy).text, mail.reply);
}

}  // namespace
}  // namespace leadmail::leads
