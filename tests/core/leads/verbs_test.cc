// The verbs that look into the book, make leads, put right and take back: what each asks, does and answers.
#include <memory>

#include "core/leads/asked.h"
#include "core/leads/execute.h"
#include "core/leads/zone.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

/// What the book answers: lead 7 with its story, 12 of somebody else's team, 13 of nobody.
Answered answers() {
  Answered answered{.is_read = true, .next_deed = 9, .next_repair = 3};
  answered.stories[LeadId{7}] = {lead(7), {}};
  auto other = lead(12);
  other.values["owner"] = "mei";
  answered.stories[LeadId{12}] = {other, {}};
  answered.mails[LeadId{12}] = {other, {}};
  return answered;
}

/// The world with a rep of another team.
Rules two_teams() {
  auto rules = world::rules();
  rules.users.push_back(User{.id = "mei", .name = "Mei", .addresses = {"mei@acme.example"}});
  rules.users.push_back(User{.id = "boss", .name = "Bo Ss", .addresses = {"boss@acme.example"}, .role = Role::manager});
  rules.teams.push_back(Team{.id = "asia", .members = {"mei"}, .lead = "mei"});
  return rules;
}

Decision mail(std::string text, const Answered& answered, const Lead& on = world::lead(),
              const Rules& rules = two_teams()) {
  auto known = knowing(on);
  known.answered = std::make_shared<Answered>(answered);
  return decide(answer_of_ana(std::move(text)), known, rules, now());
}

Ask asked(std::string text, const Rules& rules = two_teams()) {
  return ask(answer_of_ana(std::move(text)), knowing(world::lead()), rules, now());
}

/// A mail of Ana's that answers nothing.
Inquiry fresh_mail(std::string text) {
  auto mail = answer_of_ana(std::move(text));
  mail.to = {{"", "sales@acme.example"}};
  mail.in_reply_to.clear();
  mail.subject = "";
  return mail;
}

std::string refusal(const Decision& decision) {
  const auto result = letter(decision, LetterKind::result);
  EXPECT_TRUE(result.is_refusal) << describe(decision);
  return result.text;
}

TEST(New, ByAManagerIsGivenToWhomTheRulesSay) {
  const auto by_boss = [](std::string text) {
    auto mail = fresh_mail(std::move(text));
    mail.from = {"Bo Ss", "boss@acme.example"};
    Snapshot known;
    known.answered = std::make_shared<Answered>(Answered{.is_read = true, .next_deed = 9, .next_repair = 3});
    return decide(mail, known, two_teams(), now());
  };
  const auto made = by_boss("#new Marta Gil 55 1234 5678");
  EXPECT_EQ(made.outcome, Outcome::command);
  const std::string owner(after(Lead{}, made).owner());
  EXPECT_FALSE(owner.empty()) << describe(made);
  EXPECT_NE(owner, "boss");
  EXPECT_EQ(letter(made, LetterKind::notice).to_user, owner);
}

TEST(MaySee, OwnTeamOwnMailboxAndEverythingForManagers) {
  const auto rules = two_teams();
  auto lead = world::lead();
  const auto& ana = *rules.user("ana");
  const auto& mei = *rules.user("mei");
  EXPECT_TRUE(may_see(ana, lead, rules));
  EXPECT_TRUE(may_see(*rules.user("luis"), lead, rules)) << "of his team";
  EXPECT_FALSE(may_see(mei, lead, rules));
  EXPECT_TRUE(may_see(*rules.user("boss"), lead, rules));
  lead.values["owner"] = "";
  EXPECT_TRUE(may_see(ana, lead, rules)) << "nobody's yet, of a mailbox of her team";
  EXPECT_FALSE(may_see(mei, lead, rules));
  lead.values["offered"] = "asia";
  EXPECT_TRUE(may_see(mei, lead, rules));
}

TEST(ReadLead, AsPeopleWriteIt) {
  for (const auto* const text :
       {"L-12", "l-12", "12", "#12", "L12", "with L-12", "to L-12", "a L-12", "sang L-12.", " L‑12 "}) {
    EXPECT_EQ(read_lead(text), LeadId{12}) << text;
  }
  for (const auto* const text : {"", "L-", "twelve", "L-0", "-3", "12 13", "L-99999999999999999999"}) {
    EXPECT_EQ(read_lead(text), std::nullopt) << text;
  }
}

TEST(Ask, NamesWhatTheCommandsWillLookAt) {
  EXPECT_FALSE(asked("Hello").is_needed);
  EXPECT_EQ(asked("#show").stories, std::vector<LeadId>{LeadId{7}});
  EXPECT_EQ(asked("#show L-12").stories, std::vector<LeadId>{LeadId{12}});
  EXPECT_EQ(asked("#merge L-12").mails, (std::vector<LeadId>{LeadId{12}, LeadId{7}}));
  EXPECT_EQ(asked("#undo 4").deed, 4);
  EXPECT_TRUE(asked("#undo").undo);
  EXPECT_EQ(asked("#new Rosa <rosa@x.example>").addresses, std::vector<std::string>{"rosa@x.example"});
  const auto list = asked("#list open").lists.at(0);
  EXPECT_EQ(list.status, Status::open);
  EXPECT_EQ(list.visible, (std::vector<std::string>{"", "ana", "luis"}));
  auto stranger = answer_of_ana("#show L-12");
  stranger.from = {"X", "x@far.example"};
  EXPECT_FALSE(ask(stranger, knowing(world::lead()), two_teams(), now()).is_needed) << "a stranger asks nothing";
}

TEST(Show, GoesToTheUserAndToNobodyElse) {
  const auto decision = mail("#show", answers());
  const auto told = letter(decision, LetterKind::show);
  EXPECT_EQ(told.to_user, "ana");
  EXPECT_EQ(told.lead, LeadId{7});
  EXPECT_TRUE(is_quiet_outside(decision));
  EXPECT_FALSE(sends(decision, LetterKind::result)) << "one answer is enough";
  EXPECT_EQ(decision.outcome, Outcome::command);
}

TEST(Show, OfALeadThatIsNotHersSaysThatThereIsNone) {
  const auto others = refusal(mail("#show L-12", answers()));
  const auto nobodys = refusal(mail("#show L-99", answers()));
  EXPECT_NE(others.find("There is no such lead: L-12"), std::string::npos) << others;
  EXPECT_NE(nobodys.find("There is no such lead: L-99"), std::string::npos) << nobodys;
}

TEST(Show, NeedsNoTokenButThatTheServerVouchesForHer) {
  auto known = Snapshot{};
  known.answered = std::make_shared<Answered>(answers());
  const auto decision = decide(fresh_mail("#show L-7"), known, two_teams(), now());
  EXPECT_TRUE(sends(decision, LetterKind::show)) << describe(decision);
  auto forged = fresh_mail("#show L-7");
  forged.authenticated = false;
  EXPECT_EQ(decide(forged, known, two_teams(), now()).outcome, Outcome::unverified);
}

TEST(List, AnswersWhatWasFoundAndRefusesWhatNobodyUnderstands) {
  auto answered = answers();
  answered.lists = {{.leads = {lead(7), lead(8)}, .more = true}};
  const auto told = letter(mail("#list open", answered), LetterKind::list);
  EXPECT_EQ(told.leads.size(), 2U);
  EXPECT_TRUE(told.more);
  EXPECT_EQ(told.actions.at(1).command, "#show L-8");
  EXPECT_NE(refusal(mail("#list purple", answered)).find("purple"), std::string::npos);
}

TEST(New, IsALeadOfHersWithWhatStandsBelowAsANote) {
  auto known = Snapshot{};
  known.answered = std::make_shared<Answered>(answers());
  const auto decision = decide(
      fresh_mail(
          "#new John Smith <john@smith.example> 020 7946 0958, Smith Ltd\n#next tomorrow 10:00\n\nWants ten pumps."),
      known, two_teams(), now());
  const auto made = after(Lead{}, decision);
  EXPECT_EQ(made.value("name"), "John Smith");
  EXPECT_EQ(made.value("company"), "Smith Ltd");
  EXPECT_EQ(made.value("contact.1.emails"), "john@smith.example");
  EXPECT_EQ(made.owner(), "ana");
  EXPECT_TRUE(made.next());
  EXPECT_TRUE(is_quiet_outside(decision)) << "nobody writes to him because of that";
  EXPECT_NE(describe(decision).find("note on the new lead"), std::string::npos) << describe(decision);
  EXPECT_TRUE(letter(decision, LetterKind::result).about_new_lead);
}

TEST(New, WithoutAnAddressIsFineAndOurOwnIsNot) {
  auto known = Snapshot{};
  known.answered = std::make_shared<Answered>(answers());
  const auto call = decide(fresh_mail("#new Marta Gil 55 1234 5678"), known, two_teams(), now());
  EXPECT_EQ(after(Lead{}, call).value("phones"), "55 1234 5678");
  for (const auto* const text : {"#new", "#new luis@acme.example", "#new Marta <marta@>"}) {
    EXPECT_TRUE(letter(decide(fresh_mail(text), known, two_teams(), now()), LetterKind::result).is_refusal) << text;
  }
}

TEST(New, PointsOutLeadsWithTheSameAddressThatSheMaySee) {
  auto answered = answers();
  answered.same_people = {answered.stories[LeadId{7}].lead, answered.stories[LeadId{12}].lead};
  auto known = Snapshot{};
  known.answered = std::make_shared<Answered>(answered);
  const auto told =
      letter(decide(fresh_mail("#new Maria <maria@x.example>"), known, two_teams(), now()), LetterKind::result);
  EXPECT_NE(told.text.find("L-7"), std::string::npos) << told.text;
  EXPECT_EQ(told.text.find("L-12"), std::string::npos) << told.text;
}

TEST(Claim, TheFirstOneHasIt) {
  auto nobodys = lead();
  nobodys.values["owner"] = "";
  EXPECT_EQ(after(nobodys, mail("#claim", answers(), nobodys)).owner(), "ana");
  auto luis = lead();
  luis.values["owner"] = "luis";
  EXPECT_NE(refusal(mail("#claim", answers(), luis)).find("Luis Ortega"), std::string::npos);
}

TEST(EventCommand, InvitesHerAndThePersonOnlyWhenAsked) {
  const auto own = mail("#event meeting 2026-12-03 10:00 1h at their office", answers());
  const auto lead = after(world::lead(), own);
  EXPECT_EQ(lead.value("event.1.kind"), "meeting");
  EXPECT_EQ(lead.value("event.1.length"), "60");
  EXPECT_EQ(lead.value("event.1.place"), "their office");
  EXPECT_TRUE(is_quiet_outside(own));
  EXPECT_EQ(letter(own, LetterKind::meeting).to_user, "ana");
  const auto both = mail("#event call friday 15:00 90 min invite", answers());
  const auto all = letters(both);
  const auto to_guest = [](const Letter& one) { return one.kind == LetterKind::meeting && !one.to.empty(); };
  const auto guest = std::ranges::find_if(all, to_guest);
  ASSERT_NE(guest, all.end()) << describe(both);
  EXPECT_EQ(guest->to.front().address, "maria@x.example");
  EXPECT_EQ(guest->meeting->length, 90min);
}

TEST(EventCommand, OfThePastIsToldAndInvitesNobody) {
  const auto done = mail("#event call 2026-11-20 15:00 20 min", answers());
  EXPECT_EQ(after(world::lead(), done).value("event.1.length"), "20") << describe(done);
  EXPECT_FALSE(sends(done, LetterKind::meeting));
  EXPECT_TRUE(letter(mail("#event lunch friday", answers()), LetterKind::result).is_refusal);
  EXPECT_TRUE(letter(mail("#event meeting", answers()), LetterKind::result).is_refusal);
}

TEST(Away, NextWeekIsThatWeekFromMondayToSunday) {
  const auto decision = mail("#away next week", answers());
  const MarkAway* away = nullptr;
  for (const auto& effect : decision.effects) {
    if (const auto* const found = std::get_if<MarkAway>(&effect)) away = found;
  }
  ASSERT_NE(away, nullptr);
  EXPECT_EQ(to_text(away->from), "2026-11-30");
  EXPECT_EQ(to_text(away->until.value()), "2026-12-06");
}

TEST(Away, FromTodayUntilThatDay) {
  const auto decision = mail("#away until 2026-12-03", answers());
  const MarkAway* away = nullptr;
  for (const auto& effect : decision.effects) {
    if (const auto* const found = std::get_if<MarkAway>(&effect)) away = found;
  }
  ASSERT_NE(away, nullptr);
  EXPECT_EQ(away->user, "ana");
  using namespace std::chrono;
  EXPECT_EQ(away->from, 2026y / 11 / 24);
  EXPECT_EQ(away->until, 2026y / 12 / 3);
  EXPECT_TRUE(letter(mail("#away", answers()), LetterKind::result).is_refusal);
  EXPECT_TRUE(letter(mail("#away until 2026-11-01", answers()), LetterKind::result).is_refusal);
}

TEST(Repairs, StandAloneAndOnlyOnLeadsThatAreHers) {
  EXPECT_NE(refusal(mail("#merge L-12", answers())).find("no such lead"), std::string::npos);
  EXPECT_NE(refusal(mail("#merge L-7\n#note x", answers())).find("alone"), std::string::npos);
  EXPECT_NE(refusal(mail("#split\n\nHello", answers())).find("alone"), std::string::npos);
  EXPECT_NE(refusal(mail("#merge", answers())).find("#merge L-12"), std::string::npos);
}

TEST(Repairs, TheMailThatIsAnsweredIsTheOneThatGoes) {
  auto answered = answers();
  auto& own = answered.mails[LeadId{7}];
  own.lead = lead();
  own.mails = {
      {.id = MailId{1}, .message_id = "first@x.example", .from = {"María", "maria@x.example"}, .direction = "in"},
      {.id = MailId{2},
       .message_id = "second@x.example",
       .from = {"Eva", "eva@x.example"},
       .subject = "Something else",
       .direction = "in",
       .caused_ids = {token_for("ana") + ".0123456789abcdef@acme.example"}}};
  const auto decision = mail("#split", answered);
  EXPECT_NE(describe(decision).find("move mail 2 to the new lead"), std::string::npos) << describe(decision);
  EXPECT_EQ(describe(decision).find("move mail 1"), std::string::npos);
  EXPECT_EQ(letter(decision, LetterKind::result).deed, 9);
}

/// The deed that a mail made, as the book keeps it.
Deed deed_of(const Decision& decision, const Lead& before) {
  Deed deed{.number = 9, .by = "ana", .at = now()};
  auto lead = before;
  std::int64_t mail = 1;
  for (const auto& effect : decision.effects) {
    if (const auto* const keep = std::get_if<KeepDeed>(&effect)) deed.verbs = keep->verbs;
    if (const auto* const record = std::get_if<Record>(&effect)) {
      deed.done.push_back({before.id, record->event});
      fold(lead, record->event);
    }
    if (const auto* const send = std::get_if<SendLetter>(&effect)) {
      deed.mails.push_back({OutboxId{mail++}, std::string(name(send->letter.kind)), "somebody", true});
    }
  }
  deed.leads = {{before.id, lead}};
  return deed;
}

Decision undone(const Deed& deed, std::string text = "#undo 9") {
  auto answered = answers();
  answered.deed = deed;
  return mail(std::move(text), answered, deed.leads.begin()->second);
}

TEST(Undo, EveryCommandLeavesTheLeadAsItWas) {
  for (const auto* const text :
       {"#status interested", "#next tomorrow 10:00 call", "#assign luis", "#note called",
        "#event meeting friday 10:00", "#contact Eva Gil <eva@x.example>, decider", "#address Calle 5",
        "#set company Acme", "#tag vip", "#qualify budget yes", "#score 4 3 5 4 3", "#opportunity 12000 EUR",
        "#customer", "#dnc", "#next friday 10:00\n#status interested\n#tag vip"}) {
    const auto before = world::lead();
    const auto done = mail(text, answers());
    ASSERT_EQ(letter(done, LetterKind::result).deed, 9) << text << ": " << describe(done);
    const auto deed = deed_of(done, before);
    const auto decision = undone(deed);
    auto back = after(deed.leads.at(before.id), decision);
    std::erase_if(back.values, [](const auto& value) {
      return value.first.ends_with(".sequence") || value.first.ends_with(".uid");
    });
    EXPECT_EQ(back.values, before.values) << text << "\n" << describe(decision);
    EXPECT_NE(describe(decision).find("end deed 9"), std::string::npos) << text;
  }
}

TEST(Undo, CancelsWhatWaitsAndNamesWhatHasLeft) {
  const auto done = mail("#assign luis", answers());
  auto deed = deed_of(done, world::lead());
  EXPECT_NE(describe(undone(deed)).find("cancel mail 1"), std::string::npos) << describe(undone(deed));
  for (auto& one : deed.mails) one.waits = false;
  const auto late = undone(deed);
  EXPECT_EQ(describe(late).find("cancel mail"), std::string::npos);
  EXPECT_NE(letter(late, LetterKind::result).text.find("notice -> somebody"), std::string::npos);
}

TEST(Undo, OfANextContactCancelsTheInvitationThatHasLeft) {
  const auto before = world::lead();
  auto deed = deed_of(mail("#next tomorrow 10:00 call", answers()), before);
  for (auto& one : deed.mails) one.waits = false;
  const auto decision = undone(deed);
  EXPECT_NE(describe(decision).find("send invitation (cancel) to ana"), std::string::npos) << describe(decision);
  EXPECT_EQ(letter(decision, LetterKind::invitation).next->sequence, 1);
}

TEST(Undo, MovedBackItIsInvitedToAgainWithAHigherSequence) {
  const auto first = after(world::lead(), mail("#next tomorrow 10:00 call", answers()));
  auto deed = deed_of(mail("#next friday 11:00 call", answers(), first), first);
  for (auto& one : deed.mails) one.waits = false;
  const auto decision = undone(deed);
  const auto back = after(deed.leads.at(first.id), decision);
  EXPECT_EQ(back.next()->at, first.next()->at);
  EXPECT_EQ(letter(decision, LetterKind::invitation).next->sequence, 2);
  EXPECT_FALSE(letter(decision, LetterKind::invitation).cancels);
}

TEST(Undo, OfASnoozeThatCameAfterItsTimePutsTheCalendarAndTheEscalationBack) {
  auto past = world::lead();
  past.values["next.at"] = std::to_string(to_unix(now() - 1h));
  past.values["next.by"] = "ana";
  past.values["next.uid"] = "next.a@acme.example";
  past.values["next.sequence"] = "0";
  auto with = two_teams();
  with.escalate_after = 8h;
  auto deed = deed_of(mail("#snooze 3 days", answers(), past, with), past);
  for (auto& one : deed.mails) one.waits = false;
  auto answered = answers();
  answered.deed = deed;
  const auto decision = mail("#undo 9", answered, deed.leads.begin()->second, with);
  EXPECT_EQ(letter(decision, LetterKind::invitation).next->at, now() - 1h);
  EXPECT_EQ(letter(decision, LetterKind::invitation).next->sequence, 2);
  const auto text = describe(decision);
  EXPECT_NE(text.find("remind ana at 2026-11-24T15:00:00Z"), std::string::npos) << text;
  EXPECT_NE(text.find("escalate ana at 2026-11-24T23:00:00Z"), std::string::npos) << text;
}

TEST(Undo, OfWhatNoCalendarHasHeardOfTellsNone) {
  const auto first = after(world::lead(), mail("#next friday 11:00", answers()));
  const auto moved = mail("#next thursday 11:00", answers(), first);
  const auto back = undone(deed_of(moved, first));
  EXPECT_FALSE(sends(back, LetterKind::invitation)) << describe(back);
  EXPECT_NE(describe(back).find("remind ana at 2026-11-27T17:00:00Z"), std::string::npos) << describe(back);
}

TEST(Undo, LeavesNoEntryOfAnotherDeedStanding) {
  // Friday, then Thursday, which is taken back while nothing leaves; then Friday is.
  auto deed = deed_of(mail("#next friday 11:00", answers()), world::lead());
  auto& lead = deed.leads.at(LeadId{7});
  const Event later{.at = now(),
                    .type = EventType::undone,
                    .by = "ana",
                    .text = "#next",
                    .changes = {change(lead, "next.sequence", "2")}};
  fold(lead, later);
  deed.later = {{LeadId{7}, later}};
  const auto decision = undone(deed);
  const auto cancel = letter(decision, LetterKind::invitation);
  EXPECT_TRUE(cancel.cancels) << describe(decision);
  EXPECT_EQ(cancel.next->sequence, 3) << "above what still waits";
}

TEST(Undo, RefusesWhenSomethingLaterDependsOnItAndSaysWhat) {
  auto deed = deed_of(mail("#status interested", answers()), world::lead());
  auto& lead = deed.leads.at(LeadId{7});
  const Event later{.at = now(),
                    .type = EventType::status,
                    .by = "luis",
                    .text = "by hand",
                    .changes = {change(lead, "status", "opportunity")}};
  fold(lead, later);
  deed.later = {{LeadId{7}, later}};
  const auto why = refusal(undone(deed));
  EXPECT_NE(why.find("Status"), std::string::npos) << why;
  EXPECT_NE(why.find("Luis Ortega"), std::string::npos) << why;
}

TEST(Undo, ANewLeadWithAStoryStays) {
  auto known = Snapshot{};
  known.answered = std::make_shared<Answered>(answers());
  const auto made = decide(fresh_mail("#new Marta Gil 55 1234 5678"), known, two_teams(), now());
  auto deed = deed_of(made, Lead{.id = LeadId{7}});
  const auto gone = after(deed.leads.begin()->second, undone(deed));
  EXPECT_EQ(gone.value("withdrawn"), "yes");
  EXPECT_EQ(gone.value("name"), "");
  deed.later = {{LeadId{7}, Event{.at = now(), .type = EventType::mail_in, .by = "prospect", .text = "Hello"}}};
  EXPECT_NE(refusal(undone(deed)).find("Hello"), std::string::npos);
}

TEST(Undo, IsForWhoDidItAndForManagers) {
  auto deed = deed_of(mail("#tag vip", answers()), world::lead());
  deed.by = "luis";
  EXPECT_NE(refusal(undone(deed)).find("nothing of yours"), std::string::npos);
  deed.by = "ana";
  deed.undone = now();
  EXPECT_NE(refusal(undone(deed)).find("already"), std::string::npos);
  EXPECT_NE(refusal(mail("#undo", answers())).find("nothing of yours"), std::string::npos);
}

TEST(Confirm, TextToAnAddressThatNeverWroteWaitsForTheWordThenGoes) {
  auto by_hand = lead();
  by_hand.values["by_hand"] = "new@x.example";
  by_hand.values["contact.1.emails"] = "new@x.example";
  for (const auto* const field : {"last.in.from", "last.in.id", "last.in.name"}) by_hand.values.erase(field);
  const auto asks = mail("Here is our offer.", answers(), by_hand);
  EXPECT_EQ(asks.outcome, Outcome::held);
  EXPECT_TRUE(is_quiet_outside(asks)) << describe(asks);
  const auto question = letter(asks, LetterKind::result);
  const auto nonce = make_nonce("f2", "ana", two_teams().tokens);
  EXPECT_NE(question.text.find("#confirm " + nonce), std::string::npos) << question.text;
  EXPECT_EQ(question.to_user, "ana");

  auto again = answer_of_ana("Here is our offer.");
  again.is_confirmed = true;
  const auto goes = decide(again, knowing(by_hand), two_teams(), now());
  EXPECT_EQ(letter(goes, LetterKind::answer).to.front().address, "new@x.example");
  EXPECT_EQ(after(by_hand, goes).value("by_hand"), "") << "from now on he is known";
  EXPECT_FALSE(is_quiet_outside(mail("Hello", answers()))) << "who wrote to us needs no word";
}

TEST(Confirm, TheWordIsGoodOnceInTimeAndFromItsOwnerAlone) {
  auto answered = answers();
  answered.awaited = Awaited{.mark = "m", .user = "ana", .state = "waiting", .asked = now() - 14min};
  const auto right = mail("#confirm abcdefghijklmnop", answered);
  EXPECT_NE(describe(right).find("carry out what ana confirmed"), std::string::npos) << describe(right);
  answered.awaited->asked = now() - 16min;
  EXPECT_NE(refusal(mail("#confirm abcdefghijklmnop", answered)).find("expired"), std::string::npos);
  answered.awaited->asked = now();
  answered.awaited->user = "luis";
  EXPECT_NE(refusal(mail("#confirm abcdefghijklmnop", answered)).find("Nothing waits"), std::string::npos);
  answered.awaited->user = "ana";
  answered.awaited->state = "done";
  EXPECT_NE(refusal(mail("#confirm abcdefghijklmnop", answered)).find("Nothing waits"), std::string::npos);
  answered.awaited.reset();
  EXPECT_NE(refusal(mail("#confirm abcdefghijklmnop", answered)).find("Nothing waits"), std::string::npos);
}

TEST(Confirm, AKeyThatIsBeingReplacedStillHolds) {
  auto keys = two_teams().tokens;
  const auto nonce = make_nonce("f2", "ana", keys);
  const auto mark = nonce_marks(nonce, keys).front();
  keys.keys.insert(keys.keys.begin(), {2, std::string(32, 'n')});
  const auto marks = nonce_marks(nonce, keys);
  EXPECT_NE(std::ranges::find(marks, mark), marks.end());
  keys.keys.insert(keys.keys.begin(), {3, std::string(32, 'o')});
  const auto later = nonce_marks(nonce, keys);
  EXPECT_EQ(std::ranges::find(later, mark), later.end()) << "two keys are valid, not three";
}

}  // namespace
}  // namespace leadmail::leads
