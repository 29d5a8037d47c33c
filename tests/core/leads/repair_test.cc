#include "core/leads/repair.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace leadmail::leads
