#include "core/base/time.h"

#include <gtest/gtest.h>

namespace leadmail {
namespace {

TEST(Time, IsSpelledAsRfc3339SaysWithTheOffsetOfThePlace) {
  const Time time = from_unix(1796292000);
  EXPECT_EQ(to_rfc3339(time), "2026-12-03T10:00:00Z");
  EXPECT_EQ(to_rfc3339(time, std::chrono::minutes{-360}), "2026-12-03T04:00:00-06:00");
  EXPECT_EQ(to_rfc3339(time, std::chrono::minutes{330}), "2026-12-03T15:30:00+05:30");
}

TEST(Time, IsReadBackFromEverySpellingOfTheSameInstant) {
  for (const char* text : {"2026-12-03T10:00:00Z", "2026-12-03t10:00:00z", "2026-12-03 10:00:00Z",
                           "2026-12-03T04:00:00-06:00", "2026-12-03T10:00:00.123+00:00"}) {
    const auto time = parse_rfc3339(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(to_unix(*time), 1796292000) << text;
  }
}

TEST(Time, ThatIsNotOneIsRefused) {
  for (const char* text : {"", "2026-12-03", "2026-12-03T10:00:00", "2026-02-30T10:00:00Z", "2026-12-03T24:00:00Z",
                           "2026-12-03T10:00:00Zx", "2026-12-03T10:00:00.Z", "2026-12-03T10:00:00+25:00"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

}  // namespace
}  // namespace leadmail
