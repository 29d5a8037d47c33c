// Lines of a quotation: what adds up, and what comes back as it was kept.
#include "core/leads/quote_lines.h"

#include <gtest/gtest.h>

namespace leadmail::leads {
namespace {

TEST(QuoteLines, AreKeptAsOneLineOfTextAndComeBack) {
  for (const auto& line : {QuoteLine{"3", "400", "Pump P-100"}, QuoteLine{"2.5", "99.99", "hours 3 4"},
                           QuoteLine{"1", "0", ""}, QuoteLine{"1", "12", "đầu bơm"}}) {
    EXPECT_EQ(quote_line_of(to_text(line)), line) << to_text(line);
  }
  EXPECT_FALSE(quote_line_of("three 400 pumps"));
  EXPECT_FALSE(quote_line_of("3"));
  EXPECT_FALSE(quote_line_of(""));
}

TEST(QuoteLines, AddUpToTheCent) {
  EXPECT_EQ(*total_of({{"3", "0.1", ""}, {"1", "0.7", ""}}), "1");
  EXPECT_EQ(*total_of({{"0.333", "100", ""}}), "33.3");
  EXPECT_EQ(*total_of({{"1.5", "0.03", ""}}), "0.05") << "half a cent counts";
  EXPECT_EQ(*total_of({}), "0");
}

TEST(QuoteLines, NeverOverflow) {
  EXPECT_FALSE(total_of({{"999999999999", "1000000000000000", ""}}));
  EXPECT_FALSE(total_of({{"99999999999999999999", "1", ""}}));
  EXPECT_FALSE(total_of({{"1", "9300000000000000", ""}}));
  EXPECT_FALSE(total_of({{"1", "9000000000000", ""}, {"1", "9000000000000000", ""}}));
  EXPECT_FALSE(total_of({{"1", "four", ""}}));
}

TEST(QuoteLines, ReadInTimeThatGrowsWithTheLine) {
  std::string text = "3 x ";
  for (int i = 0; i < 120; ++i) text += "1 2 ";
  EXPECT_TRUE(read_quote_line(text, "EUR", {}).has_value());
}

TEST(QuoteLines, AreReadableInEachLanguage) {
  const QuoteLine line{"3", "1200.5", "Pump"};
  EXPECT_EQ(spell_quote_line(line, "EUR", "en"), "3 × Pump, 1,200.50 EUR");
  EXPECT_EQ(spell_quote_line(line, "EUR", "es"), "3 × Pump, 1.200,50 EUR");
  EXPECT_EQ(spell_quote_line({"3", "12", ""}, "", "en"), "3 × 12");
}

}  // namespace
}  // namespace leadmail::leads
