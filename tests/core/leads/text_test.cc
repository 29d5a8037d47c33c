#include "core/leads/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace leadmail::leads {
namespace {

using testing::ElementsAre;

TEST(Text, WordsStandBetweenSpacesOfAllKinds) {
  EXPECT_THAT(words_of("  ten\tpumps\r\n10\xC2\xA0"
                       "EUR 9\xE2\x80\xAF"
                       "AM \xC2\xA0\xE2\x80\xAF x \xC2\xA0"),
              ElementsAre("ten", "pumps", "10", "EUR", "9", "AM", "x"));
  EXPECT_THAT(words_of("\xC2 \xA0 \xE2\x80 \xAF"), ElementsAre("\xC2", "\xA0", "\xE2\x80", "\xAF"))
      << "damage is no space";
  EXPECT_TRUE(words_of(" \xC2\xA0 ").empty());
}

TEST(Text, WordsOfALongTextAreFoundInOneWalk) {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "a ";
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(words_of(text).size(), 1'000'000U);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{20})
      << "minutes, were each to look at the rest";
}

}  // namespace
}  // namespace leadmail::leads
