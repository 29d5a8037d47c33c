#include "daemon/admin/report_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "daemon/admin/charts.h"
#include "daemon/admin/report_view.h"
#include "daemon/admin/report_words.h"
#include "tests/daemon/admin/fixtures/report_sample.h"

namespace leadmail::daemon::admin {
namespace {

using leadmail::tests::report_rules;
using leadmail::tests::sample_report;
using ::testing::HasSubstr;
using ::testing::Not;

/// Everything between "<svg" and its end, one after the other.
std::vector<std::string> charts_of(const std::string& page) {
  std::vector<std::string> charts;
  for (auto at = page.find("<svg class"); at != std::string::npos; at = page.find("<svg class", at + 1))
    charts.push_back(page.substr(at, page.find("</svg>\n<", at) - at));
  return charts;
}

int times(const std::string& text, const std::string& what) {
  int found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

TEST(ReportPage, NeedsNothingFromOutside) {
  for (const auto* language : {"en", "es", "vi"}) {
    const auto rules = report_rules(language);
    const auto page = report_page(sample_report(rules), rules);
    for (const auto* word :
         {"http://", "https://", "src=", "href=", "@import", "url(", "<script", "<link", "<img", "<form"}) {
      EXPECT_THAT(page, Not(HasSubstr(word))) << language;
    }
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
    EXPECT_THAT(page, HasSubstr("<html lang=\"" + std::string(language) + "\">"));
  }
}

TEST(ReportPage, EveryChartSaysInWordsWhatItShows) {
  const auto rules = report_rules("en");
  const auto charts = charts_of(report_page(sample_report(rules), rules));
  ASSERT_GE(charts.size(), 8U);
  std::set<std::string> ids;
  for (const auto& chart : charts) {
    EXPECT_THAT(chart, HasSubstr("role=\"img\""));
    EXPECT_THAT(chart, HasSubstr("<title id="));
    EXPECT_THAT(chart, HasSubstr("<desc id="));
    const auto id = chart.substr(chart.find("<title id=\"") + 11,
                                 chart.find("\">", chart.find("<title")) - chart.find("<title id=\"") - 11);
    EXPECT_TRUE(ids.insert(id).second) << id << " is there twice";
  }
}

TEST(ReportPage, IsMadeForDarkRoomsPhonesAndPaper) {
  const auto rules = report_rules("en");
  const auto page = report_page(sample_report(rules), rules);
  EXPECT_THAT(page, HasSubstr("prefers-color-scheme:dark"));
  EXPECT_THAT(page, HasSubstr("@media print"));
  EXPECT_THAT(page, HasSubstr("width=device-width"));
}

TEST(ReportPage, WhatPeopleTypedIsTextAndNeverMarkup) {
  auto rules = report_rules("en");
  rules.company = "<script>alert(1)</script> & Sons";
  rules.users[0].name = "\"><img src=x onerror=alert(2)>\u202Egnp";
  leads::ReportFacts facts;
  facts.origins = {{"</title><svg onload=x>", "</style><b>", leads::Status::open, 3}};
  facts.stages = {{"<i>stage</i>", "<u>", 1, 100, 50}};
  facts.held = {{"ana", leads::Status::open, 3}, {"<b>gone</b>", leads::Status::open, 3}};
  facts.months.resize(2);
  const auto report = leads::make_report({std::chrono::year{2026} / 10 / 1, std::chrono::year{2026} / 11 / 5}, facts,
                                         rules, from_unix(1794000000));
  const auto page = report_page(report, rules);
  for (const auto* markup : {"<script", "<img", "<svg onload", "</style><b>", "<i>", "<u>", "<b>", "\u202E"})
    EXPECT_THAT(page, Not(HasSubstr(markup)));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons"));
  EXPECT_EQ(times(page, "</style>"), 1);
  EXPECT_EQ(times(page, "</title>"), times(page, "<title"));
}

TEST(ReportPage, OfAnEmptyBookIsAPageToo) {
  const auto rules = report_rules("es");
  leads::ReportFacts facts;
  facts.months.resize(1);
  const auto report = leads::make_report({std::chrono::year{2026} / 11 / 1, std::chrono::year{2026} / 11 / 5}, facts,
                                         rules, from_unix(1794000000));
  const auto page = report_page(report, rules);
  EXPECT_THAT(page, HasSubstr("Nada en este periodo."));
  EXPECT_THAT(page, Not(HasSubstr("nan")));
  EXPECT_THAT(page, Not(HasSubstr("inf")));
}

TEST(ReportPage, StaysReadableWithHundredsOfSources) {
  const auto rules = report_rules("en");
  leads::ReportFacts facts;
  facts.months.resize(200);
  for (int n = 0; n < 500; ++n) facts.origins.push_back({"source " + std::to_string(n), "", leads::Status::open, 1});
  const auto report = leads::make_report({std::chrono::year{2010} / 4 / 1, std::chrono::year{2026} / 11 / 5}, facts,
                                         rules, from_unix(1794000000));
  const auto page = report_page(report, rules);
  EXPECT_THAT(page, HasSubstr("486 others"));
  EXPECT_LT(page.size(), 60'000U);
}

TEST(Charts, BarsAreAsLongAsTheirShareOfTheLongest) {
  const auto chart =
      bar_chart({.id = "x", .title = "T"}, {{"a", "10", 10}, {"b", "5", 5}, {"c", "0", 0}, {"d", "-", -3}});
  EXPECT_THAT(chart, HasSubstr("width=\"100.00%\" height=\"10\" rx=\"5\" class=\"c1\""));
  EXPECT_THAT(chart, HasSubstr("width=\"50.00%\" height=\"10\" rx=\"5\" class=\"c1\""));
  EXPECT_EQ(times(chart, "class=\"c1\""), 2) << "nothing has no bar";
  EXPECT_THAT(chart, HasSubstr("a: 10; b: 5; c: 0"));
}

TEST(Charts, LongNamesAreCutWhereACharacterEnds) {
  const auto chart = bar_chart({.id = "x", .title = "T"}, {{"Nguyễn Thị Hương và các đồng nghiệp ở Hà Nội", "1", 1}});
  EXPECT_THAT(chart, HasSubstr(">Nguyễn Thị Hương và các đồng…</text>"));
}

TEST(Charts, OneMonthOrNoneIsNoTrouble) {
  EXPECT_THAT(line_chart({.id = "x", .title = "T"}, {}), HasSubstr("<svg"));
  EXPECT_THAT(line_chart({.id = "x", .title = "T"}, {{"Nov", "2026", "0", 0}}), Not(HasSubstr("polyline")));
  EXPECT_THAT(column_chart({.id = "x", .title = "T"}, {}), HasSubstr("<svg"));
}

TEST(ReportWords, NumbersAreReadable) {
  EXPECT_EQ(ReportTongue::count(0), "0");
  EXPECT_EQ(ReportTongue::count(9999), "9999");
  EXPECT_EQ(ReportTongue::count(12345), "12\u202F345");
  EXPECT_EQ(ReportTongue::count(-1234567), "-1\u202F234\u202F567");
}

TEST(ReportJson, HasStableKeys) {
  const auto rules = report_rules("en");
  const auto json = report_json(sample_report(rules), rules);
  std::string keys;
  for (const auto& [key, value] : json.items()) keys += key + " ";
  EXPECT_EQ(
      keys,
      "company since until made_at leads pipeline statuses sources campaigns owners response owed late next_contacts "
      "won won_value lost months quotations ");
  EXPECT_EQ(json["since"], "2025-12-01");
  EXPECT_EQ(json["months"].size(), 12U);
  EXPECT_EQ(json["months"][11]["month"], "2026-11");
  EXPECT_EQ(json["pipeline"][1]["value"].dump(),
            R"([{"currency":"EUR","value":131250},{"currency":"MXN","value":385000.5}])");
  EXPECT_EQ(json["owners"].back()["owner"], nullptr);
}

TEST(ReportText, LinesUpAndIsColouredOnATerminalOnly) {
  const auto rules = report_rules("en");
  const auto text = report_text(sample_report(rules), rules, {});
  EXPECT_THAT(text, HasSubstr("Nguyễn Thị Hương    40     3        0      5"));
  EXPECT_THAT(text, Not(HasSubstr("\033")));
  EXPECT_THAT(report_text(sample_report(rules), rules, {.colours = true, .width = 100}), HasSubstr("\033[1m"));
}

}  // namespace
}  // namespace leadmail::daemon::admin
