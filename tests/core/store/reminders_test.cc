#include <gtest/gtest.h>

#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

using std::chrono::hours;

struct RemindersTest : testing::Test {
  RemindersTest() {
    const auto inquiry = an_inquiry(1);
    lead = take(*book, a_new_lead(inquiry), inquiry, 1).lead.value();
  }

  void apply(std::vector<leads::Effect> effects) {
    auto transaction = begin(*book);
    EXPECT_TRUE(transaction->apply(only(std::move(effects)), kNow, composer));
    EXPECT_TRUE(transaction->commit());
  }
  std::vector<DueReminder> due(Time now) { return *begin(*book)->due_reminders(now, 10); }
  void done(Time when) {
    auto transaction = begin(*book);
    EXPECT_TRUE(transaction->reminder_done({.lead = {.id = lead}, .due = when, .user = "ana"}, "sent"));
    EXPECT_TRUE(transaction->commit());
  }

  TemporaryFolder folder{};
  std::unique_ptr<Book> book = open_book(folder / "leadmail.db");
  PlainComposer composer{};
  LeadId lead{};
  Time morning = kNow + hours{10};
};

TEST_F(RemindersTest, AReminderFallsDueOnceAndIsDoneOnce) {
  apply({leads::PlanReminder{{lead}, morning, "ana"}});
  apply({leads::PlanReminder{{lead}, morning, "ana"}});
  EXPECT_EQ(*begin(*book)->next_due_reminder(), morning);
  EXPECT_TRUE(due(morning - seconds{1}).empty());
  ASSERT_EQ(due(morning).size(), 1U);
  EXPECT_EQ(due(morning)[0].lead.value("name"), "María Pérez");
  EXPECT_EQ(due(morning)[0].user, "ana");

  done(morning);
  EXPECT_TRUE(due(morning).empty());
  EXPECT_FALSE(*begin(*book)->next_due_reminder());
  apply({leads::PlanReminder{{lead}, morning, "ana"}});
  EXPECT_TRUE(due(morning).empty());
}

TEST_F(RemindersTest, ACancelledOneIsGoneUnlessItIsPlannedAgain) {
  apply({leads::PlanReminder{{lead}, morning, "ana"}, leads::PlanReminder{{lead}, morning + hours{1}, "luis"}});
  apply({leads::CancelReminders{{lead}}, leads::PlanReminder{{lead}, morning + hours{2}, "ana"}});
  ASSERT_EQ(due(morning + hours{5}).size(), 1U);
  apply({leads::CancelReminders{{lead}}, leads::PlanReminder{{lead}, morning, "ana"}});
  ASSERT_EQ(due(morning + hours{5}).size(), 1U);
  EXPECT_EQ(due(morning + hours{5})[0].due, morning);
}

TEST_F(RemindersTest, WhatStillWaitsGoesWithItsNextContactToAnotherLead) {
  const auto inquiry = an_inquiry(2);
  const auto other = take(*book, a_new_lead(inquiry), inquiry, 2).lead.value();
  apply({leads::PlanReminder{{lead}, morning, "ana"}, leads::PlanReminder{{lead}, morning + hours{1}, "ana"},
         leads::PlanReminder{{other}, morning, "ana"}});
  done(morning);
  apply({leads::PlanReminder{{lead}, morning, "ana", morning + hours{8}, leads::ReminderStep::escalate}});
  apply({leads::CancelReminders{{other}}, leads::MoveReminders{lead, {other}, morning, "ana"}});
  const auto waiting = due(morning + hours{9});
  ASSERT_EQ(waiting.size(), 2U);
  EXPECT_EQ(waiting[0].lead.id, lead) << "another next contact stays";
  EXPECT_EQ(waiting[1].lead.id, other);
  EXPECT_EQ(waiting[1].step, leads::ReminderStep::escalate) << "what was said is not said again";
}

TEST_F(RemindersTest, AnAnswerOfTheProspectCancelsThem) {
  apply({leads::PlanReminder{{lead}, morning, "ana"}});
  const auto answer = an_inquiry(2);
  take(*book, threaded(answer, lead), answer, 2);
  EXPECT_TRUE(due(morning).empty());
}

}  // namespace
}  // namespace leadmail::store::tests
