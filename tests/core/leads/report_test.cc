#include "core/leads/report.h"

#include <gtest/gtest.h>

#include <random>

#include "core/leads/deals.h"
#include "core/leads/money.h"
#include "core/leads/working_clock.h"
#include "core/leads/working_time.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

Time at(const char* text) { return *parse_rfc3339(text); }

Rules rules() {
  Rules rules;
  rules.timezone = "America/Mexico_City";
  rules.users = {User{.id = "ana", .name = "Ana López", .timezone = "America/Mexico_City"},
                 User{.id = "luis", .name = "Luis Ortega", .timezone = "America/Mexico_City"}};
  return rules;
}

const Time kNow = at("2026-11-25T18:00:00Z");  // a Wednesday, noon in Mexico
const ReportPeriod kPeriod{2026y / 9 / 10, 2026y / 11 / 25};

Lead lead_with(std::vector<std::pair<std::string, std::string>> values) {
  Lead lead{.id = LeadId{7}};
  for (auto& [field, value] : values) lead.values[field] = value;
  return lead;
}

std::string told(const std::vector<Deal>& deals) {
  std::string text;
  for (const auto& deal : deals) {
    text += std::string(name(deal.kind)) + " " + std::to_string(deal.number) + " " + deal.state + " " +
            (deal.cents ? amount_of_cents(*deal.cents) : "?") + deal.currency + " " + std::to_string(deal.percent) +
            "% " + deal.day + "; ";
  }
  return text;
}

TEST(Deals, AreReadFromTheValuesOfALead) {
  EXPECT_EQ(told(deals_of(lead_with({{"name", "María"}}))), "");
  EXPECT_EQ(told(deals_of(lead_with({{"opportunity.1.stage", "proposal"},
                                     {"opportunity.1.value", "12000.5"},
                                     {"opportunity.1.currency", "EUR"},
                                     {"opportunity.1.probability", "60"},
                                     {"opportunity.1.close", "2027-01-31"},
                                     {"opportunity.2.stage", "qualification"}}))),
            "opportunity 1 proposal 12000.5EUR 60% 2027-01-31; opportunity 2 qualification ? 0% ; ");
}

TEST(Deals, AnAcceptedQuotationSaysWhatItsOpportunityWasWorth) {
  EXPECT_EQ(told(deals_of(lead_with({{"opportunity.1.stage", "won"},
                                     {"opportunity.1.value", "12000"},
                                     {"opportunity.1.currency", "EUR"},
                                     {"quotation.1.state", "replaced"},
                                     {"quotation.1.total", "11000"},
                                     {"quotation.1.opportunity", "1"},
                                     {"quotation.2.state", "accepted"},
                                     {"quotation.2.total", "10500"},
                                     {"quotation.2.currency", "EUR"},
                                     {"quotation.2.opportunity", "1"}}))),
            "opportunity 1 won 10500EUR 0% ; quotation 1 replaced 11000 0% ; quotation 2 accepted 10500EUR 0% ; ");
}

TEST(Deals, ASaleNeedsNoOpportunity) {
  EXPECT_EQ(told(deals_of(lead_with({{"status", "converted"},
                                     {"order.1.number", "4711"},
                                     {"order.1.value", "99"},
                                     {"order.1.currency", "MXN"}}))),
            "sale 1 won 99MXN 0% ; ");
  EXPECT_EQ(told(deals_of(lead_with({{"status", "lost-quotation"}}))), "sale 1 lost ? 0% ; ");
  EXPECT_EQ(told(deals_of(lead_with({{"status", "converted"}, {"merged", "L-3"}}))), "") << "it counts there";
}

TEST(Deals, NonsenseIsNoAmount) {
  EXPECT_EQ(told(deals_of(lead_with({{"opportunity.1.stage", "x"},
                                     {"opportunity.1.value", "9999999999999999999"},
                                     {"opportunity.1.probability", "4000"}}))),
            "opportunity 1 x ? 100% ; ");
}

TEST(Money, CentsThereAndBack) {
  for (const auto* text : {"0", "12", "12.5", "12.05", "1000000000000000"})
    EXPECT_EQ(amount_of_cents(cents_of(text).value()), text);
  EXPECT_FALSE(cents_of(""));
  EXPECT_FALSE(cents_of("-3"));
  EXPECT_FALSE(
      cents_of("12."
               "x"));
  EXPECT_FALSE(cents_of("10000000000000000"));
}

TEST(WorkingClock, MeasuresAsServiceLevelsDo) {
  std::mt19937 random(7);
  for (const auto* zone : {"America/Mexico_City", "Europe/Madrid", "Asia/Ho_Chi_Minh", "Australia/Lord_Howe"}) {
    User user{.id = "x", .timezone = zone};
    user.holidays = {2026y / 3 / 30, 2026y / 12 / 25};
    const auto first = at("2026-01-01T00:00:00Z");
    const auto last = at("2027-01-01T00:00:00Z");
    const WorkingClock clock(user, first, last);
    std::uniform_int_distribution<std::int64_t> any(0, (last - first).count());
    for (int i = 0; i < 300; ++i) {
      const auto from = first + seconds{any(random)};
      const auto until = first + seconds{any(random)};
      EXPECT_EQ(clock.between(from, until), working_time_between(from, until, user))
          << zone << " " << to_rfc3339(from) << " " << to_rfc3339(until);
    }
  }
}

TEST(Report, AsksForWholeDaysOfTheCompany) {
  const auto ask = report_ask(kPeriod, rules(), kNow);
  EXPECT_EQ(to_rfc3339(ask.since), "2026-09-10T06:00:00Z");
  EXPECT_EQ(to_rfc3339(ask.until), "2026-11-26T06:00:00Z");
  ASSERT_EQ(ask.months.size(), 4U);
  EXPECT_EQ(ask.months.front(), ask.since);
  EXPECT_EQ(to_rfc3339(ask.months[1]), "2026-10-01T06:00:00Z");
  EXPECT_EQ(ask.months.back(), ask.until);
  EXPECT_EQ(ask.today, "2026-11-25");
  EXPECT_EQ(ask.soon, "2026-12-02");
  EXPECT_EQ(ask.ended, (std::vector<std::string>{"closed-won", "closed-lost"}));
}

TEST(Report, OfAnyPeriodHasAnEnd) {
  const auto ask = report_ask({1000y / 1 / 1, 2026y / 11 / 25}, rules(), kNow);
  EXPECT_LE(ask.months.size(), 1203U);
  const auto usual = usual_period(rules(), kNow);
  EXPECT_EQ(usual.first, 2025y / 12 / 1);
  EXPECT_EQ(usual.last, 2026y / 11 / 25);
}

TEST(Report, TheStagesOfThePipelineComeInTheirOrderAndEndedOnesAreNotInIt) {
  ReportFacts facts;
  facts.stages = {{"proposal", "EUR", 2, 300'00, 150'00},
                  {"proposal", "MXN", 1, 5'00, 1'00},
                  {"qualification", "", 3, 0, 0},
                  {"closed-won", "EUR", 9, 900'00, 900'00},
                  {"forgotten", "EUR", 1, 1'00, 0}};
  const auto report = make_report(kPeriod, facts, rules(), kNow);
  std::string text;
  for (const auto& stage : report.pipeline) {
    text += stage.id + " " + std::to_string(stage.deals);
    for (const auto& [currency, cents] : stage.value) text += " " + std::to_string(cents) + currency;
    text += "; ";
  }
  EXPECT_EQ(text, "qualification 3; proposal 3 30000EUR 500MXN; negotiation 0; forgotten 1 100EUR; ");
}

TEST(Report, SourcesHaveTheRateOfWhatBecameCustomers) {
  ReportFacts facts;
  facts.origins = {{"web", "spring", Status::converted, 2},
                   {"web", "", Status::open, 5},
                   {"web", "spring", Status::do_not_contact, 1},
                   {"", "", Status::lead, 4}};
  const auto report = make_report(kPeriod, facts, rules(), kNow);
  ASSERT_EQ(report.sources.size(), 2U);
  EXPECT_EQ(report.sources[0].name, "web");
  EXPECT_EQ(report.sources[0].leads, 8);
  EXPECT_EQ(report.sources[0].open, 5);
  EXPECT_EQ(report.sources[0].lost, 1);
  EXPECT_DOUBLE_EQ(*Report::rate(report.sources[0]), 0.25);
  EXPECT_EQ(report.campaigns[0].name, "");
  EXPECT_EQ(report.campaigns[0].leads, 9);
  EXPECT_EQ(report.all.leads, 12) << "counted once, not once for each list";
  EXPECT_FALSE(Report::rate({}));
}

TEST(Report, ResponseTimesRunInTheWorkingHoursOfWhoHasTheLead) {
  ReportFacts facts;
  const auto friday = at("2026-11-20T23:00:00Z");  // 17:00, an hour before the end
  for (int hour = 1; hour <= 10; ++hour) {
    facts.waits.push_back({"ana", friday, friday + 10min, at("2026-11-23T15:00:00Z") + hours{hour - 1}});
  }
  facts.waits.push_back({"luis", friday, std::nullopt, std::nullopt});
  facts.waits.push_back({"gone", friday, friday + 20min, std::nullopt});
  const auto report = make_report(kPeriod, facts, rules(), kNow);
  EXPECT_EQ(report.first_answer.leads, 10);
  EXPECT_EQ(report.first_answer.median, 5h) << "the weekend is nobody's time";
  EXPECT_EQ(report.first_answer.ninth, 9h);
  EXPECT_EQ(report.acknowledge.leads, 11);
  EXPECT_EQ(report.acknowledge.median, 10min);
  EXPECT_EQ(report.unanswered, 2);
  ASSERT_EQ(report.owners.size(), 3U);
  EXPECT_EQ(report.owners[0].name, "Ana López");
  EXPECT_EQ(report.owners[0].first_answer.leads, 10);
  EXPECT_EQ(report.owners[1].first_answer.leads, 0);
  EXPECT_EQ(report.owners[2].name, "gone") << "somebody who is no user any more keeps his id";
}

TEST(Report, WorkIsCountedByOwnerAndNobodyComesLast) {
  ReportFacts facts;
  facts.held = {
      {"", Status::lead, 4}, {"ana", Status::open, 3}, {"ana", Status::converted, 50}, {"max", Status::replied, 1}};
  facts.owed = {{"ana", 2}};
  facts.contacts = {{"luis", 5, 1, 2}};
  const auto report = make_report(kPeriod, facts, rules(), kNow);
  std::string text;
  for (const auto& owner : report.owners) {
    text += owner.user + " " + std::to_string(owner.open) + " " + std::to_string(owner.owed) + " " +
            std::to_string(owner.overdue) + " " + std::to_string(owner.today) + "; ";
  }
  EXPECT_EQ(text, "ana 3 2 0 0; luis 0 0 5 1; max 1 0 0 0;  4 0 0 0; ");
  EXPECT_EQ(report.overdue, 5);
  EXPECT_EQ(report.week, 2);
  ASSERT_EQ(report.statuses.size(), 9U);
  EXPECT_EQ(report.statuses[7].second, 50);
}

TEST(Report, MonthsTellWhatWasWonAndLost) {
  ReportFacts facts;
  facts.months.resize(3);
  facts.months[0].leads = 4;
  facts.months[2] = {
      .leads = 6,
      .ended = {{"closed-won", "EUR", 1, 100'00, 0}, {"closed-lost", "EUR", 2, 70'00, 0}, {"won", "", 1, 0, 0}}};
  const auto report = make_report(kPeriod, facts, rules(), kNow);
  ASSERT_EQ(report.months.size(), 3U);
  EXPECT_EQ(report.months[0].month, 2026y / 9);
  EXPECT_EQ(report.months[2].month, 2026y / 11);
  EXPECT_EQ(report.months[2].won, 2);
  EXPECT_EQ(report.months[2].won_value, (Amounts{{"EUR", 100'00}}));
  EXPECT_EQ(report.months[2].lost, 2);
  EXPECT_EQ(report.lost, 2);
}

}  // namespace
}  // namespace leadmail::leads
