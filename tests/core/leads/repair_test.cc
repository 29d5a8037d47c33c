#include "core/leads/repair.h"

#include <gtest/gtest.h>

#include "core/leads/deals.h"
#include "core/leads/merge.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

KeptMail a_mail(std::int64_t n, const char* id, const char* from, const char* key, std::vector<std::string> refs) {
  return {.id = MailId{n},
          .message_id = id,
          .from = {"", from},
          .subject = key,
          .subject_key = key,
          .direction = "in",
          .received = now() - 48h + std::chrono::hours{n},
          .refers_to = std::move(refs)};
}

/// María's conversation about pumps; then Jorge of her company asked about valves, was put there by mistake, and
/// answered what we sent him.
LeadWithMails two_stories() {
  LeadWithMails whole{.lead = lead(7)};
  auto& values = whole.lead.values;
  values["contact.2.name"] = "Jorge";
  values["contact.2.emails"] = "jorge@x.example";
  values["last.in.from"] = "jorge@x.example";
  values["last.in.name"] = "Jorge";
  values["last.in.id"] = "fourth@x.example";
  whole.mails = {a_mail(1, "first@x.example", "maria@x.example", "pumps", {}),
                 a_mail(2, "second@x.example", "maria@x.example", "pumps", {"first@x.example"}),
                 a_mail(3, "third@x.example", "jorge@x.example", "valves", {}),
                 a_mail(4, "fourth@x.example", "jorge@x.example", "valves", {"ours@acme.example"})};
  whole.mails[2].caused_ids = {"ours@acme.example"};
  return whole;
}

Lead after_on(const Lead& before, const Decision& decision) {
  auto lead = before;
  for (const auto& effect : decision.effects) {
    const auto* const record = std::get_if<Record>(&effect);
    if (record != nullptr && record->lead.id.value_or(LeadId{}) == before.id) fold(lead, record->event);
  }
  return lead;
}

std::vector<Event> events_on(LeadId lead, const Decision& decision) {
  std::vector<Event> events;
  for (const auto& effect : decision.effects) {
    const auto* const record = std::get_if<Record>(&effect);
    if (record != nullptr && record->lead.id.value_or(LeadId{}) == lead) events.push_back(record->event);
  }
  return events;
}

struct RepairTest : testing::Test {
  Rules all = rules();
  RepairScene scene{.number = 3, .by = "admin", .rules = all, .now = now()};
};

TEST_F(RepairTest, AMailIsSplitOffWithAllThatAnswersIt) {
  const auto whole = two_stories();
  const auto decision = decide_split(scene, whole, MailId{3});
  ASSERT_TRUE(decision);
  const auto text = describe(*decision);
  EXPECT_NE(text.find("move mail 3 to the new lead; move mail 4 to the new lead"), std::string::npos) << text;
  EXPECT_EQ(text.find("move mail 2"), std::string::npos) << text;
  EXPECT_NE(text.find("learn that \"valves\" of jorge@x.example is of the new lead, not of L-7"), std::string::npos);
  EXPECT_TRUE(letters(*decision).empty());

  const auto fresh = after_on({}, *decision);
  EXPECT_TRUE(fresh.is_contact("jorge@x.example"));
  EXPECT_EQ(fresh.owner(), "ana");
  EXPECT_EQ(fresh.value("last.in.id"), "fourth@x.example");
  const auto left = after_on(whole.lead, *decision);
  EXPECT_FALSE(left.is_contact("jorge@x.example"));
  EXPECT_EQ(left.value("last.in.from"), "maria@x.example");
  EXPECT_EQ(left.value("last.in.id"), "second@x.example");
}

TEST_F(RepairTest, ASplitThatLeavesNothingIsRefused) {
  auto whole = two_stories();
  whole.mails.resize(2);
  EXPECT_FALSE(decide_split(scene, whole, MailId{1}));
  EXPECT_FALSE(decide_split(scene, whole, MailId{99}));
}

TEST_F(RepairTest, AMovedMailBringsItsWriterAlong) {
  const auto whole = two_stories();
  const auto other = lead(9);
  const auto decision = decide_move(scene, whole, MailId{3}, other);
  ASSERT_TRUE(decision);
  EXPECT_TRUE(after_on(other, *decision).is_contact("jorge@x.example"));
  EXPECT_EQ(after_on(other, *decision).value("last.in.from"), "jorge@x.example");
  EXPECT_FALSE(decide_move(scene, whole, MailId{3}, whole.lead)) << "it is there already";
}

TEST_F(RepairTest, ALeadWithNothingLeftBecomesPartOfTheOther) {
  auto whole = two_stories();
  whole.mails = {whole.mails[0]};
  const auto decision = decide_move(scene, whole, MailId{1}, lead(9));
  ASSERT_TRUE(decision);
  EXPECT_EQ(after_on(whole.lead, *decision).value("merged"), "L-9");
}

TEST_F(RepairTest, OfTwoLeadsOneKeepsWhatItKnowsAndLearnsTheRest) {
  auto whole = two_stories();
  whole.lead.values["company"] = "X SA";
  whole.lead.values["owner"] = "luis";
  auto into = lead(9);
  into.values["contact.1.emails"] = "pedro@y.example";
  const auto decision = decide_merge(scene, into, whole);
  ASSERT_TRUE(decision);
  const auto one = after_on(into, *decision);
  EXPECT_EQ(one.owner(), "ana");
  EXPECT_EQ(one.value("company"), "X SA");
  for (const char* address : {"maria@x.example", "jorge@x.example", "pedro@y.example"}) {
    EXPECT_TRUE(one.is_contact(address)) << address;
  }
  const auto gone = after_on(whole.lead, *decision);
  EXPECT_EQ(gone.value("merged"), "L-9");
  EXPECT_FALSE(gone.owed());
  EXPECT_FALSE(decide_merge(scene, into, {.lead = gone}));
  EXPECT_FALSE(decide_merge(scene, into, {.lead = into}));
}

/// Without the values that are empty: absent and empty are the same.
std::map<std::string, std::string> values_of(const Lead& lead) {
  std::map<std::string, std::string> values;
  for (const auto& [field, value] : lead.values) {
    if (!value.empty()) values[field] = value;
  }
  return values;
}

TEST_F(RepairTest, TakenBackALeadIsAsItWasButForWhatChangedSince) {
  const auto whole = two_stories();
  const auto into = lead(9);
  const auto merge = decide_merge(scene, into, whole);
  ASSERT_TRUE(merge);
  StandingRepair repair{.number = 3,
                        .verb = RepairVerb::merge,
                        .source = after_on(whole.lead, *merge),
                        .source_events = events_on(LeadId{7}, *merge),
                        .target = {.lead = after_on(into, *merge)},
                        .target_events = events_on(LeadId{9}, *merge),
                        .moved = {MailId{1}, MailId{2}}};
  repair.target.lead.values["status"] = "interested";
  const RepairScene later{.number = 4, .by = "ana", .rules = all, .now = now() + 1h};
  const auto back = decide_unrepair(later, repair);
  EXPECT_EQ(values_of(after_on(repair.source, back)), values_of(whole.lead));
  auto expected = into;
  expected.values["status"] = "interested";
  EXPECT_EQ(values_of(after_on(repair.target.lead, back)), values_of(expected));
  EXPECT_NE(describe(back).find("take back repair 3"), std::string::npos);
  // The next repair gets the number that this one has not used, and is taken back by its cause.
  for (const auto lead : {LeadId{7}, LeadId{9}}) {
    for (const auto& event : events_on(lead, back)) EXPECT_EQ(event.cause, "undo of repair 3");
  }
  EXPECT_NE(describe(back).find("move mail 1 to L-7; move mail 2 to L-7"), std::string::npos) << describe(back);
}

TEST_F(RepairTest, ASplitTakenBackBringsWhatCameSince) {
  const auto whole = two_stories();
  const auto split = decide_split(scene, whole, MailId{3});
  ASSERT_TRUE(split);
  auto fresh = after_on({}, *split);
  fresh.id = LeadId{11};
  const StandingRepair repair{
      .number = 3,
      .verb = RepairVerb::split,
      .source = after_on(whole.lead, *split),
      .source_events = events_on(LeadId{7}, *split),
      .target = {.lead = fresh, .mails = {KeptMail{.id = MailId{3}}, KeptMail{.id = MailId{8}}}},
      .moved = {MailId{3}}};
  const auto back = decide_unrepair(scene, repair);
  EXPECT_EQ(values_of(after_on(repair.source, back)), values_of(whole.lead));
  EXPECT_EQ(after_on(fresh, back).value("merged"), "L-7");
  EXPECT_NE(describe(back).find("move mail 8 to L-7"), std::string::npos);
}

// --- what a lead has beside its mails
// ---------------------------------------------------------------------------------

void plan_next(Lead& lead, Time at, const char* by, const char* uid, const char* sequence = "0") {
  lead.values["next.at"] = std::to_string(to_unix(at));
  lead.values["next.by"] = by;
  lead.values["next.note"] = "call";
  lead.values["next.uid"] = uid;
  lead.values["next.sequence"] = sequence;
}

void put(Lead& lead, const std::string& prefix, std::initializer_list<std::pair<const char*, std::string>> parts) {
  for (const auto& [part, value] : parts) lead.values[prefix + part] = value;
}

/// A lead that was worked on: next contact, meeting with a guest, quotation, scores, a person without an address.
Lead worked_on() {
  auto other = lead(8, Status::interested);
  other.values["owed"] = "";
  other.values["owner"] = "luis";
  other.values["company"] = "X SA";
  other.values["budget_year"] = "2027";
  other.values["tags"] = "vip";
  plan_next(other, now() + 48h, "luis", "next.a@acme.example", "3");
  put(other, "event.1.",
      {{"kind", "meeting"},
       {"at", std::to_string(to_unix(now() + 72h))},
       {"length", "60"},
       {"place", "HQ"},
       {"by", "luis"},
       {"guest", "maria@x.example"},
       {"sequence", "1"},
       {"uid", "event.a@acme.example"}});
  put(other, "opportunity.1.", {{"stage", "proposal"}, {"value", "500"}, {"currency", "EUR"}});
  put(other, "quotation.1.", {{"state", "open"}, {"total", "500"}, {"currency", "EUR"}, {"opportunity", "1"}});
  put(other, "evaluation.", {{"total", "19"}, {"scores", "4 3 5 4 3"}});
  put(other, "qualification.need.", {{"answer", "yes"}, {"note", "for May"}});
  put(other, "contact.2.", {{"name", "Eva Gil"}, {"phones", "+34 600 111 222"}, {"role", "buyer"}});
  return other;
}

struct MergeTest : RepairTest {
  Decision merged(const Lead& into, const Lead& from) {
    auto decision =
        decide_merge(scene, into, {.lead = from, .mails = {a_mail(1, "m1@x.example", "a@x.example", "k", {})}}, &told);
    EXPECT_TRUE(decision);
    return decision ? *decision : Decision{};
  }
  /// The merge as it stands now, when both have gone on as they say.
  Decision taken_back(const Lead& into, const Lead& from, const Decision& merge, const Lead& now_into,
                      const Lead& now_from) {
    const StandingRepair repair{.number = 3,
                                .verb = RepairVerb::merge,
                                .source = now_from,
                                .source_events = events_on(from.id, merge),
                                .target = {.lead = now_into},
                                .target_events = events_on(into.id, merge),
                                .moved = {MailId{1}}};
    return decide_unrepair({.number = 4, .by = "ana", .rules = all, .now = now() + 1h}, repair);
  }
  std::string sentences() const { return join(told.sentences, "\n"); }
  std::string line(std::string_view field) const {
    const auto found = std::ranges::find(told.results, field, &ResultLine::field);
    return found == told.results.end() ? "" : found->before + " -> " + found->after;
  }

  MergeTold told{};
  Lead kept = world::lead(7, Status::lead);
};

TEST_F(MergeTest, WhatTheKeptLeadDoesNotHaveComesOver) {
  const auto merge = merged(kept, worked_on());
  const auto one = after_on(kept, merge);
  EXPECT_EQ(one.status(), Status::interested);
  EXPECT_TRUE(one.owed());
  EXPECT_EQ(one.owner(), "ana");
  EXPECT_EQ(one.next()->at, now() + 48h);
  EXPECT_EQ(one.next()->by, "luis");
  EXPECT_EQ(one.next()->uid, "next.a@acme.example");
  EXPECT_EQ(one.next()->sequence, 3) << "its entry in the calendar stands as it is";
  EXPECT_EQ(one.value("event.1.uid"), "event.a@acme.example");
  EXPECT_EQ(one.value("event.1.guest"), "maria@x.example");
  EXPECT_EQ(one.value("quotation.1.total"), "500");
  EXPECT_EQ(one.value("evaluation.total"), "19");
  EXPECT_EQ(one.value("qualification.need.note"), "for May");
  EXPECT_EQ(one.value("budget_year"), "2027");
  EXPECT_EQ(one.value("tags"), "vip");
  EXPECT_EQ(one.value("contact.2.name"), "Eva Gil");
  EXPECT_EQ(one.value("contact.2.phones"), "+34 600 111 222");
  EXPECT_EQ(one.value("contact.2.role"), "buyer");
  EXPECT_EQ(one.value("contact.3.name"), "") << "María is known";
  EXPECT_TRUE(letters(merge).empty()) << "nothing in any calendar has changed: " << describe(merge);
  const auto text = describe(merge);
  EXPECT_NE(text.find("move reminders of luis at 2026-11-26T15:00:00Z from L-8 to L-7"), std::string::npos) << text;
  EXPECT_NE(text.find("remind luis at 2026-11-26T15:00:00Z"), std::string::npos) << text;
  const auto gone = after_on(worked_on(), merge);
  EXPECT_FALSE(gone.next());
  EXPECT_EQ(gone.value("event.1.kind"), "") << "it would stand in calendars twice";
  EXPECT_EQ(line("status"), "lead -> interested");
  EXPECT_EQ(line("quotation.1.total"), " -> 500");
  EXPECT_NE(sentences().find("Owner: luis"), std::string::npos) << sentences();
}

TEST_F(MergeTest, TakenBackEachHasItsOwnAgain) {
  const auto other = worked_on();
  const auto merge = merged(kept, other);
  const auto back = taken_back(kept, other, merge, after_on(kept, merge), after_on(other, merge));
  EXPECT_EQ(values_of(after_on(after_on(other, merge), back)), values_of(other));
  EXPECT_EQ(values_of(after_on(after_on(kept, merge), back)), values_of(kept));
  EXPECT_TRUE(letters(back).empty()) << describe(back);
  const auto text = describe(back);
  EXPECT_NE(text.find("move reminders of luis at 2026-11-26T15:00:00Z from L-7 to L-8"), std::string::npos) << text;
}

TEST_F(MergeTest, WhatWasDoneMeanwhileGoesBackWithIt) {
  const auto other = worked_on();
  const auto merge = merged(kept, other);
  auto since = after_on(kept, merge);
  plan_next(since, now() + 96h, "luis", "next.a@acme.example", "4");
  put(since, "event.1.", {{"at", std::to_string(to_unix(now() + 100h))}, {"sequence", "2"}});
  since.values["quotation.1.state"] = "accepted";
  put(since, "opportunity.2.", {{"stage", "proposal"}, {"value", "9"}});
  const auto back = taken_back(kept, other, merge, since, after_on(other, merge));
  const auto source = after_on(after_on(other, merge), back);
  EXPECT_EQ(source.next()->at, now() + 96h) << "as the calendar has it";
  EXPECT_EQ(source.next()->sequence, 4);
  EXPECT_EQ(source.value("event.1.at"), std::to_string(to_unix(now() + 100h)));
  EXPECT_EQ(source.value("quotation.1.state"), "accepted");
  const auto target = after_on(since, back);
  EXPECT_FALSE(target.next());
  EXPECT_EQ(target.value("event.1.at"), "");
  EXPECT_EQ(target.value("quotation.1.state"), "");
  EXPECT_EQ(target.value("opportunity.1.value"), "9") << "no gap, or nobody would see it";
  EXPECT_TRUE(letters(back).empty()) << describe(back);
}

TEST_F(MergeTest, OfTwoNextContactsTheFirstStandsAndTheOtherIsCancelled) {
  plan_next(kept, now() + 24h, "ana", "next.own@acme.example", "1");
  const auto other = worked_on();
  const auto merge = merged(kept, other);
  EXPECT_EQ(after_on(kept, merge).next()->at, now() + 24h);
  const auto cancel = letter(merge, LetterKind::invitation);
  EXPECT_TRUE(cancel.cancels);
  EXPECT_EQ(cancel.to_user, "luis");
  EXPECT_EQ(cancel.mailbox, "sales");
  EXPECT_EQ(cancel.next->uid, "next.a@acme.example");
  EXPECT_EQ(cancel.next->sequence, 4);
  EXPECT_NE(sentences().find("dropped and taken off the calendar: 2026-11-26"), std::string::npos) << sentences();
  EXPECT_NE(sentences().find("Luis Ortega: call"), std::string::npos) << sentences();

  const auto back = taken_back(kept, other, merge, after_on(kept, merge), after_on(other, merge));
  const auto again = letter(back, LetterKind::invitation);
  EXPECT_FALSE(again.cancels);
  EXPECT_EQ(again.to_user, "luis");
  EXPECT_EQ(again.next->sequence, 5);
  EXPECT_EQ(after_on(after_on(other, merge), back).next()->sequence, 5);
  EXPECT_EQ(after_on(after_on(kept, merge), back).next()->at, now() + 24h);
}

TEST_F(MergeTest, TheOtherOneMayBeTheFirst) {
  plan_next(kept, now() + 96h, "ana", "next.own@acme.example", "1");
  const auto other = worked_on();
  const auto merge = merged(kept, other);
  EXPECT_EQ(after_on(kept, merge).next()->at, now() + 48h);
  EXPECT_EQ(letter(merge, LetterKind::invitation).to_user, "ana");
  EXPECT_EQ(letter(merge, LetterKind::invitation).next->sequence, 2);
  const auto back = taken_back(kept, other, merge, after_on(kept, merge), after_on(other, merge));
  const auto own = after_on(after_on(kept, merge), back);
  EXPECT_EQ(own.next()->at, now() + 96h);
  EXPECT_EQ(own.next()->uid, "next.own@acme.example");
  EXPECT_EQ(letters(back).size(), 1U);
  EXPECT_EQ(letter(back, LetterKind::invitation).to_user, "ana");
  EXPECT_EQ(letter(back, LetterKind::invitation).next->sequence, 3);
  EXPECT_NE(describe(back).find("remind ana at 2026-11-30T15:00:00Z"), std::string::npos) << describe(back);
  // One that has passed comes after one that is still to come.
  plan_next(kept, now() - 24h, "ana", "next.own@acme.example", "1");
  EXPECT_EQ(after_on(kept, merged(kept, other)).next()->at, now() + 48h);
}

TEST_F(MergeTest, TwoDealsStandBesideEachOther) {
  put(kept, "opportunity.1.", {{"stage", "proposal"}, {"value", "900"}, {"currency", "EUR"}});
  const auto other = worked_on();
  const auto merge = merged(kept, other);
  const auto one = after_on(kept, merge);
  EXPECT_EQ(one.value("opportunity.1.value"), "900");
  EXPECT_EQ(one.value("opportunity.2.value"), "500");
  EXPECT_EQ(one.value("quotation.1.opportunity"), "2");
  EXPECT_NE(sentences().find("Opportunity 2: 500 EUR; Quotation: 500 EUR"), std::string::npos) << sentences();
  EXPECT_EQ(deals_of(one).size(), 3U);
}

TEST_F(MergeTest, ASaleWithoutAnOpportunityIsStillCounted) {
  auto lost = world::lead(8, Status::lost_quotation);
  lost.values["lost.reason"] = "price";
  const auto one = after_on(kept, merged(kept, lost));
  EXPECT_EQ(one.status(), Status::lead);
  ASSERT_EQ(deals_of(one).size(), 1U);
  EXPECT_EQ(deals_of(one)[0].state, "closed-lost");
  auto won = world::lead(8, Status::converted);
  put(won, "order.1.", {{"number", "4711"}, {"value", "120.5"}, {"currency", "EUR"}});
  auto alone = after_on(kept, merged(kept, won));
  EXPECT_EQ(alone.status(), Status::converted);
  EXPECT_EQ(alone.value("opportunity.1.stage"), "") << "its status tells it";
  put(kept, "opportunity.1.", {{"stage", "proposal"}});
  alone = after_on(kept, merged(kept, won));
  EXPECT_EQ(alone.value("opportunity.2.stage"), "closed-won");
  EXPECT_EQ(alone.value("opportunity.2.value"), "120.5");
}

TEST_F(MergeTest, DoNotContactStaysSoAndNobodyIsToCall) {
  const auto other = worked_on();
  auto never = world::lead(8, Status::do_not_contact);
  plan_next(kept, now() + 24h, "ana", "next.own@acme.example");
  const auto merge = merged(kept, never);
  const auto one = after_on(kept, merge);
  EXPECT_EQ(one.status(), Status::do_not_contact);
  EXPECT_FALSE(one.next());
  EXPECT_TRUE(letter(merge, LetterKind::invitation).cancels);
  EXPECT_NE(sentences().find("called off: 2026-11-25"), std::string::npos) << sentences();
  const auto back = taken_back(kept, never, merge, one, after_on(never, merge));
  EXPECT_EQ(after_on(one, back).next()->at, now() + 24h);
  EXPECT_EQ(after_on(one, back).status(), Status::lead);
  EXPECT_EQ(letter(back, LetterKind::invitation).next->sequence, 2);
  const auto into = world::lead(7, Status::do_not_contact);
  EXPECT_TRUE(letter(merged(into, other), LetterKind::invitation).cancels);
  EXPECT_EQ(after_on(into, merged(into, other)).status(), Status::do_not_contact);
}

TEST(StatusOfBoth, TheFurtherOneWins) {
  const auto both = [](Status one, Status other) { return status_of_both(lead(7, one), lead(8, other)); };
  const std::vector<Status> order{Status::lost_quotation, Status::lead,      Status::open,      Status::interested,
                                  Status::opportunity,    Status::quotation, Status::converted, Status::do_not_contact};
  for (std::size_t low = 0; low < order.size(); ++low) {
    for (std::size_t high = low; high < order.size(); ++high) {
      EXPECT_EQ(both(order[low], order[high]), order[high]);
      EXPECT_EQ(both(order[high], order[low]), order[high]);
    }
  }
  EXPECT_EQ(both(Status::lead, Status::replied), Status::open) << "one of them waits for us";
}

TEST_F(MergeTest, ASplitTakenBackBringsWhatWasPlannedOnIt) {
  const auto whole = two_stories();
  const auto split = decide_split(scene, whole, MailId{3});
  ASSERT_TRUE(split);
  auto fresh = after_on({}, *split);
  fresh.id = LeadId{11};
  plan_next(fresh, now() + 48h, "ana", "next.f@acme.example");
  put(fresh, "opportunity.1.", {{"stage", "proposal"}, {"value", "500"}});
  const StandingRepair repair{.number = 3,
                              .verb = RepairVerb::split,
                              .source = after_on(whole.lead, *split),
                              .source_events = events_on(LeadId{7}, *split),
                              .target = {.lead = fresh, .mails = {KeptMail{.id = MailId{3}}}},
                              .moved = {MailId{3}}};
  const auto back = decide_unrepair(scene, repair);
  const auto one = after_on(repair.source, back);
  EXPECT_EQ(one.next()->uid, "next.f@acme.example");
  EXPECT_EQ(one.value("opportunity.1.value"), "500");
  EXPECT_NE(describe(back).find("move reminders of ana at 2026-11-26T15:00:00Z from L-11 to L-7"), std::string::npos);
}

}  // namespace
}  // namespace leadmail::leads
