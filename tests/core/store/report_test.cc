#include <gtest/gtest.h>

#include "core/leads/deals.h"
#include "core/leads/zone.h"
#include "core/store/reader.h"
#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

using std::chrono::days;
using std::chrono::hours;

struct ReportTest : testing::Test {
  /// A lead that its prospect began.
  LeadId add(std::vector<leads::Change> changes = {}) {
    const auto inquiry = an_inquiry(++mails);
    auto decision = a_new_lead(inquiry);
    for (auto& effect : decision.effects) {
      auto* const record = std::get_if<leads::Record>(&effect);
      if (record && record->event.type == leads::EventType::captured) record->event.by = "prospect";
    }
    const auto lead = take(*book, decision, inquiry, mails).lead.value();
    if (!changes.empty()) happen(lead, kNow, leads::EventType::fields, "rule", std::move(changes));
    return lead;
  }

  void happen(LeadId lead, Time at, leads::EventType type, std::string by, std::vector<leads::Change> changes,
              std::string direction = "") {
    auto event = an_event(type, std::move(changes));
    event.at = at;
    event.by = std::move(by);
    event.direction = std::move(direction);
    auto transaction = begin(*book);
    EXPECT_TRUE(transaction->apply(only({leads::Record{{lead}, event}}), at, composer));
    EXPECT_TRUE(transaction->commit());
  }

  leads::ReportFacts facts(Time now = kNow) {
    leads::Rules rules;
    const auto today = leads::day_of(now, "UTC");
    const leads::ReportPeriod period{.first = (today.year() / today.month()) / 1, .last = today};
    auto read = open_reader(path)->report(leads::report_ask(period, rules, now));
    EXPECT_TRUE(read) << (read ? "" : read.error().what);
    return read ? std::move(*read) : leads::ReportFacts{};
  }

  static std::string told(const std::vector<leads::DealSum>& sums) {
    std::string text;
    for (const auto& sum : sums) {
      text += sum.state + " " + std::to_string(sum.deals) + " " + std::to_string(sum.cents) + sum.currency + " " +
              std::to_string(sum.expected) + "; ";
    }
    return text;
  }

  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
  PlainComposer composer{};
  int mails = 0;
};

std::vector<leads::Change> opportunity(std::string stage, std::string value, std::string probability) {
  return {{"opportunity.1.stage", "", std::move(stage)},
          {"opportunity.1.value", "", std::move(value)},
          {"opportunity.1.currency", "", "EUR"},
          {"opportunity.1.probability", "", std::move(probability)}};
}

TEST_F(ReportTest, AnEmptyBookHasNothingToTell) {
  const auto read = facts();
  EXPECT_TRUE(read.stages.empty() && read.origins.empty() && read.waits.empty() && read.held.empty());
  ASSERT_EQ(read.months.size(), 1U);
  EXPECT_EQ(read.months[0].leads, 0);
}

TEST_F(ReportTest, ThePipelineFollowsTheLeads) {
  const auto first = add(opportunity("proposal", "100", "50"));
  add(opportunity("proposal", "20.5", "100"));
  EXPECT_EQ(told(facts().stages), "proposal 2 12050EUR 7050; ");
  happen(first, kNow, leads::EventType::deal, "ana", {{"opportunity.1.stage", "proposal", "negotiation"}});
  EXPECT_EQ(told(facts().stages), "negotiation 1 10000EUR 5000; proposal 1 2050EUR 2050; ");
  happen(first, kNow, leads::EventType::repaired, "ana", {{"merged", "", "L-2"}});
  EXPECT_EQ(told(facts().stages), "proposal 1 2050EUR 2050; ");
  happen(first, kNow, leads::EventType::repaired, "ana", {{"merged", "L-2", ""}});
  EXPECT_EQ(told(facts().stages), "negotiation 1 10000EUR 5000; proposal 1 2050EUR 2050; ");
}

TEST_F(ReportTest, ADealEndsInTheMonthInWhichItCameToItsLastStage) {
  const auto lead = add(opportunity("proposal", "100", "50"));
  happen(lead, kNow + hours{1}, leads::EventType::deal, "ana", {{"opportunity.1.stage", "proposal", "closed-won"}});
  // What is written later on a lead that is won does not win it once more.
  happen(lead, kNow + days{60}, leads::EventType::deal, "ana", {{"opportunity.1.value", "100", "90"}});
  EXPECT_EQ(told(facts().months[0].ended), "closed-won 1 9000EUR 0; ");
  EXPECT_EQ(told(facts(kNow + days{60}).months[0].ended), "");
  happen(lead, kNow + days{61}, leads::EventType::undone, "ana", {{"opportunity.1.stage", "closed-won", "proposal"}});
  EXPECT_EQ(told(facts().months[0].ended), "") << "taken back, it was not won";
}

TEST_F(ReportTest, ASaleWithoutAnOpportunityIsWonToo) {
  const auto lead = add();
  happen(lead, kNow, leads::EventType::deal, "ana",
         {{"status", "lead", "converted"}, {"order.1.number", "", "1"}, {"order.1.value", "", "7"}});
  EXPECT_EQ(told(facts().months[0].ended), "won 1 700 0; ");
}

TEST_F(ReportTest, OpenQuotationsAreSortedByTheirLastDay) {
  const auto quote = [](const char* day) {
    return std::vector<leads::Change>{
        {"quotation.1.state", "", "open"}, {"quotation.1.total", "", "10"}, {"quotation.1.valid_until", "", day}};
  };
  ASSERT_EQ(leads::to_text(leads::day_of(kNow, "UTC")), "2027-01-15");
  add(quote("2027-01-14"));
  add(quote("2027-01-15"));
  add(quote("2027-01-22"));
  add(quote("2027-01-23"));
  const auto lost = add(quote("2027-01-23"));
  happen(lost, kNow, leads::EventType::deal, "ana", {{"quotation.1.state", "open", "lost"}});
  EXPECT_EQ(told(facts().quotations), "lapsed 1 1000 0; open 1 1000 0; soon 2 2000 0; ");
}

TEST_F(ReportTest, ALeadWaitsUntilItsOwnerActsAndUntilSomebodyAnswers) {
  const auto lead = add();
  happen(lead, kNow + hours{1}, leads::EventType::note, "luis", {});
  happen(lead, kNow + hours{1}, leads::EventType::mail_out, "rule", {}, "out");
  EXPECT_FALSE(facts(kNow + hours{5}).waits.at(0).acted) << "neither another user nor the machine is its owner";
  happen(lead, kNow + hours{2}, leads::EventType::note, "ana", {});
  happen(lead, kNow + hours{3}, leads::EventType::mail_out, "luis", {}, "out");
  happen(lead, kNow + hours{4}, leads::EventType::mail_out, "ana", {}, "out");
  const auto wait = facts(kNow + hours{5}).waits.at(0);
  EXPECT_EQ(wait.owner, "ana");
  EXPECT_EQ(wait.asked, kNow);
  EXPECT_EQ(wait.acted, kNow + hours{2});
  EXPECT_EQ(wait.answered, kNow + hours{3});
}

TEST_F(ReportTest, ALeadThatARepMadeDoesNotWaitForAnAnswer) {
  const auto inquiry = an_inquiry(1);
  take(*book, a_new_lead(inquiry), inquiry, 1);  // captured by somebody else than the prospect
  EXPECT_TRUE(facts().waits.empty());
  EXPECT_EQ(facts().months[0].leads, 1);
}

TEST_F(ReportTest, SourcesAndWorkAreCounted) {
  add({{"source", "", "web"}, {"campaign", "", "spring"}});
  add({{"source", "", "web"}, {"status", "lead", "converted"}, {"owed", "yes", ""}});
  add({{"merged", "", "L-1"}, {"owner", "ana", ""}, {"owed", "yes", ""}});
  add({{"next.at", "", std::to_string(to_unix(kNow - hours{1}))}, {"next.by", "", "luis"}});
  add({{"next.at", "", std::to_string(to_unix(kNow + hours{1}))}, {"next.by", "", "luis"}});
  add({{"next.at", "", std::to_string(to_unix(kNow + days{9}))}, {"next.by", "", "luis"}});
  const auto read = facts();
  std::string origins;
  for (const auto& origin : read.origins) {
    origins += origin.source + "/" + origin.campaign + " " + std::string(leads::name(origin.status)) + " " +
               std::to_string(origin.leads) + "; ";
  }
  EXPECT_EQ(origins, "/ lead 3; web/ converted 1; web/spring lead 1; ");
  EXPECT_EQ(read.owed, (std::map<std::string, std::int64_t>{{"ana", 4}}));
  ASSERT_EQ(read.contacts.size(), 1U);
  EXPECT_EQ(read.contacts[0].user, "luis");
  EXPECT_EQ(read.contacts[0].overdue, 1);
  EXPECT_EQ(read.contacts[0].today, 1);
  EXPECT_EQ(read.contacts[0].week, 1);
  std::int64_t held = 0;
  for (const auto& one : read.held) held += one.leads;
  EXPECT_EQ(held, 5) << "what is part of another lead counts there";
}

TEST_F(ReportTest, AmountsThatNobodyCanAddUpDoNoHarm) {
  for (int i = 0; i < 120; ++i) add(opportunity("proposal", "1000000000000000", "100"));
  const auto read = facts();
  ASSERT_EQ(read.stages.size(), 1U);
  EXPECT_GT(read.stages[0].cents, 0);
}

}  // namespace
}  // namespace leadmail::store::tests
