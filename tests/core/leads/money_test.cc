// Amounts as people write them.
#include "core/leads/money.h"

#include <gtest/gtest.h>

namespace leadmail::leads {
namespace {

std::string read(std::string_view text, std::string_view usual = "") {
  const auto money = read_money(text, usual);
  if (!money) return "?";
  return to_text(money->money) + "|" + std::string(text.substr(money->used));
}

TEST(Money, IsReadInTheUsualNotations) {
  EXPECT_EQ(read("12000 EUR 60%"), "12000 EUR| 60%");
  EXPECT_EQ(read("12,000.50 USD"), "12000.5 USD|");
  EXPECT_EQ(read("12.000,50 €"), "12000.5 EUR|");
  EXPECT_EQ(read("€12.000"), "12000 EUR|");
  EXPECT_EQ(read("US$ 1,234,567"), "1234567 USD|");
  EXPECT_EQ(read("12 000 eur"), "12000 EUR|");
  EXPECT_EQ(read("12\xC2\xA0"
                 "000,5 EUR"),
            "12000.5 EUR|");
  EXPECT_EQ(read("CHF 12'000.--"), "12000 CHF|.--");
  EXPECT_EQ(read("12,50 EUR"), "12.5 EUR|");
  EXPECT_EQ(read("1.234 EUR"), "1234 EUR|");
}

TEST(Money, MayBeWrittenShort) {
  EXPECT_EQ(read("12k EUR close"), "12000 EUR| close");
  EXPECT_EQ(read("$12k", "MXN"), "12000 MXN|");
  EXPECT_EQ(read("1.5m usd"), "1500000 USD|");
  EXPECT_EQ(read("12 mil euros"), "12000 EUR|");
  EXPECT_EQ(read("1,5 millones de pesos", "MXN"), "1500000 MXN|");
  EXPECT_EQ(read("12 triệu đồng"), "12000000 VND|");
  EXPECT_EQ(read("1,5 tỷ", "VND"), "1500000000 VND|");
  EXPECT_EQ(read("500 nghìn ₫"), "500000 VND|");
  EXPECT_EQ(read("12.000.000đ"), "12000000 VND|");
}

TEST(Money, WithoutACurrencyIsInTheUsualOne) {
  EXPECT_EQ(read("5000", "EUR"), "5000 EUR|");
  EXPECT_EQ(read("5000"), "5000|");
  EXPECT_EQ(read("5000 try again", "EUR"), "5000 EUR| try again");
  EXPECT_EQ(read("5000 TRY"), "5000 TRY|");
  EXPECT_EQ(read("5000 valid 30d", "EUR"), "5000 EUR| valid 30d");
}

TEST(Money, IsNotInvented) {
  for (const auto* const text :
       {"", "EUR", "much", "60%", "-5 EUR", "L-12", "9999999999999999 EUR", "12.345,678 EUR"}) {
    EXPECT_EQ(read(text, "EUR"), "?") << text;
  }
}

TEST(Money, IsSpelledAsTheReaderWritesIt) {
  EXPECT_EQ(spell_money({"1234567.5", "EUR"}, "en"), "1,234,567.50 EUR");
  EXPECT_EQ(spell_money({"1234567.5", "EUR"}, "es"), "1.234.567,50 EUR");
  EXPECT_EQ(spell_money({"12000000", "VND"}, "vi"), "12.000.000 VND");
  EXPECT_EQ(spell_money({"12000.5", "MXN"}, "es"), "12,000.50 MXN");
  EXPECT_EQ(spell_money({"12000", "USD"}, "es"), "12,000 USD") << "beside pesos it must not be read as twelve";
  EXPECT_EQ(money_of(to_text({"12.5", "EUR"})), (Money{"12.5", "EUR"}));
  EXPECT_EQ(money_of("7"), (Money{"7", ""}));
}

TEST(Number, IsReadWhole) {
  EXPECT_EQ(*read_number("1,234.5"), "1234.5");
  EXPECT_EQ(*read_number(" -12 "), "-12");
  EXPECT_EQ(*read_number("0007"), "7");
  EXPECT_FALSE(read_number("12 people"));
  EXPECT_FALSE(read_number(""));
}

}  // namespace
}  // namespace leadmail::leads
