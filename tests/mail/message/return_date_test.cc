#include "mail/message/return_date.h"

#include <gtest/gtest.h>
#include <unicode/dtfmtsym.h>

#include <string>

#include "mail/message/fold.h"

namespace leadmail::mail::message {
namespace {

// Tuesday, 10 March 2026, 9:30 in Berlin.
std::string returns(std::string_view text, int offset = 60) {
  const auto day = read_return(text, {from_unix(1773131400), offset});
  return day ? to_iso(*day) : "";
}

TEST(ReturnDate, UntilADayIsThatDay) {
  EXPECT_EQ(returns("I am out of the office until Monday 16 March."), "2026-03-16");
  EXPECT_EQ(returns("Ich bin bis zum 16.3. nicht im Büro."), "2026-03-16");
  EXPECT_EQ(returns("Estaré fuera hasta el 16 de marzo."), "2026-03-16");
  EXPECT_EQ(returns("Away until Monday."), "2026-03-16");
  EXPECT_EQ(returns("out of office until 2026-03-16"), "2026-03-16");
}

TEST(ReturnDate, ADayOfAbsenceIsFollowedByTheReturn) {
  EXPECT_EQ(returns("Ich bin bis einschließlich 5. August abwesend."), "2026-08-06");
  EXPECT_EQ(returns("Je suis absente jusqu'au 20 mars inclus."), "2026-03-21");
  EXPECT_EQ(returns("Ik ben afwezig tot en met 20 maart."), "2026-03-21");
  EXPECT_EQ(returns("Tôi nghỉ phép đến hết ngày 15/03/2026."), "2026-03-16");
  EXPECT_EQ(returns("I am on leave from 9 March to 13 March."), "2026-03-14");
  EXPECT_EQ(returns("Vom 9.3. bis 13.3. bin ich im Urlaub."), "2026-03-14");
  EXPECT_EQ(returns("Sarò assente dal 9 al 13 marzo."), "2026-03-14");
}

TEST(ReturnDate, TheReturnItselfCountsMost) {
  EXPECT_EQ(returns("Closed until 13 March, back on Monday, March 16th."), "2026-03-16");
  EXPECT_EQ(returns("Bis 13.3. im Urlaub. Ab dem 16.3. bin ich wieder da."), "2026-03-16");
  EXPECT_EQ(returns("Je serai de retour le 16 mars."), "2026-03-16");
  EXPECT_EQ(returns("Starting 03/09/2026, I will not return until 03/17/2026."), "2026-03-17");
}

TEST(ReturnDate, TheNextSuchDayIsMeant) {
  EXPECT_EQ(returns("Back on January 7."), "2027-01-07");
  EXPECT_EQ(returns("I return on 3/12/2026."), "2026-03-12");
  EXPECT_EQ(returns("I return on 03/04/26."), "2026-04-03");
}

TEST(ReturnDate, NoDateIsBetterThanAWrongOne) {
  EXPECT_EQ(returns("Thank you for your mail of 9 March. We answer soon."), "");
  EXPECT_EQ(returns("I left the company on 1 February 2026."), "");
  EXPECT_EQ(returns("Our hours are 9-12 and 13-17."), "");
  EXPECT_EQ(returns("Back on 16 March 2019."), "");
  EXPECT_EQ(returns("Back on 31 February."), "");
  EXPECT_EQ(read_return("Back on 16 March.", {}), std::nullopt);
  EXPECT_EQ(returns(""), "");
}

// "тра" is a month, and ends the word for tomorrow.
TEST(ReturnDate, ADateInsideAWordDoesNoHarm) {
  EXPECT_EQ(returns("Вернусь завтра 9"), "2026-03-11");
  EXPECT_EQ(returns("завтра 2"), "");
  EXPECT_TRUE(find_days(fold_plain("завтра 9")).empty());
  EXPECT_EQ(find_days(fold_plain("тра 9")).size(), 1U);
  EXPECT_EQ(find_days(fold_plain("ב-9 במרץ")).size(), 1U);  // a preposition written onto the month
  EXPECT_EQ(returns("четвер 9"), "");
}

TEST(ReturnDate, HostileTextEndsSoon) {
  for (const std::string piece : {"1/", "until 1.", "march ", "9 march to ", "\xe5\xb9\xb4", "99999999", "- "}) {
    std::string text;
    while (text.size() < 100'000) text += piece;
    (void)returns(text);
  }
}

// The table is ours, for the confined worker can open no file of ICU's; what ICU knows of the names is the measure.
TEST(WrittenDate, TheNamesOfTheMonthsAreThoseOfIcu) {
  for (const auto* const locale :
       {"en", "es", "fr", "de", "pt", "it", "nl", "pl", "ru", "cs", "sv", "da", "nb", "fi", "hu", "ro", "tr", "uk"}) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(icu::Locale(locale), status);
    std::int32_t count = 0;
    const auto* const names = symbols.getMonths(count, icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::WIDE);
    ASSERT_EQ(count, 12) << locale;
    for (std::int32_t i = 0; i < count; ++i) {
      std::string name;
      names[i].toUTF8String(name);
      const auto days = find_days(fold_plain("9 " + name + " 2026"));
      ASSERT_EQ(days.size(), 1U) << locale << ' ' << name;
      EXPECT_EQ(days.front().month, static_cast<unsigned>(i) + 1) << locale << ' ' << name;
    }
  }
}

TEST(WrittenDate, AQuotedHeadersDateInManySpellings) {
  const DateContext context{from_unix(1773131400), 60};
  for (const std::string written :
       {"Mon, 9 Mar 2026 14:30:00 +0100", "Monday, March 9, 2026 2:30 PM", "lundi 9 mars 2026 à 14:30",
        "9. März 2026 um 14:30 Uhr", "09.03.2026 14:30", "9 tháng 3, 2026 vào lúc 14:30", "2026年3月9日(月) 14:30",
        "2026년 3월 9일 오후 2:30", "2026-03-09 14:30", "9 марта 2026 г., 14:30", "3/9/2026 2:30 PM",
        "2026. március 9. 14:30", "ma 9. maalisk. 2026 klo 14.30"})
    EXPECT_EQ(read_written_date(written, context), "2026-03-09T14:30:00+01:00") << written;
  EXPECT_EQ(read_written_date("9 March 2026", context), "2026-03-09");
  EXPECT_EQ(read_written_date("at noon", context), std::nullopt);
}

}  // namespace
}  // namespace leadmail::mail::message
