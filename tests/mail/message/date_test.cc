#include "mail/message/date.h"

#include <gtest/gtest.h>

#include <string>

namespace leadmail::mail::message {
namespace {

std::string describe(std::string_view value) {
  const auto date = read_date(value);
  return date ? to_rfc3339(date->time, std::chrono::minutes{date->offset}) : "none";
}

TEST(Date, IsReadAsItIsReallyWritten) {
  EXPECT_EQ(describe("Mon, 2 Feb 2026 10:11:12 +0530"), "2026-02-02T10:11:12+05:30");
  EXPECT_EQ(describe("2 Feb 2026 10:11 +0000"), "2026-02-02T10:11:00Z");
  EXPECT_EQ(describe("Mon, 02 Feb 26 10:11:12 EST"), "2026-02-02T10:11:12-05:00");
  EXPECT_EQ(describe("Mon,2 Feb 99 10:11:12 GMT"), "1999-02-02T10:11:12Z");
  EXPECT_EQ(describe("Mon, 2 Feb 2026 10:11:12 +0100 (CET)"), "2026-02-02T10:11:12+01:00");
  EXPECT_EQ(describe("Mon Feb  2 10:11:12 2026"), "2026-02-02T10:11:12Z");
  EXPECT_EQ(describe("Mon Feb  2 10:11:12 PST 2026"), "2026-02-02T10:11:12-08:00");
  EXPECT_EQ(describe("2026-02-02T10:11:12+01:00"), "2026-02-02T10:11:12+01:00");
  EXPECT_EQ(describe("2026-02-02 10:11:12"), "2026-02-02T10:11:12Z");
  EXPECT_EQ(describe("2-Feb-2026 10:11:12 -0300"), "2026-02-02T10:11:12-03:00");
  EXPECT_EQ(describe("Monday, February 2, 2026 10:11:12 PM"), "2026-02-02T22:11:12Z");
  EXPECT_EQ(describe("Mon, 2 Feb 2026 10:11:12 GMT+0200"), "2026-02-02T10:11:12+02:00");
  EXPECT_EQ(describe("Mon, 2 Feb 2026 10:11:60 Z"), "2026-02-02T10:11:59Z");
  EXPECT_EQ(describe("Thu, 02 Sept 2026 10:11:12 +0000"), "2026-09-02T10:11:12Z");
  EXPECT_EQ(describe("Mon, 2 Feb 2026 10(ten):   11  :  12 +0100"), "2026-02-02T10:11:12+01:00");
}

TEST(Date, ThatIsNonsenseIsNone) {
  for (const char* value :
       {"", "yesterday", "Mon, 30 Feb 2026 10:11:12 +0000", "2 Feb 2026", "Mon, 2 Feb 2026 25:11:12 +0000",
        "32 Jan 2026 10:00:00 +0000", "2026-02-30T10:11:12Z", "Feb 2026 10:11:12", "2 Feb 0001 10:11:12",
        "99999999999999999999 Feb 2026 10:11:12", "10:11:12", "1 2 3 4 5"}) {
    EXPECT_EQ(describe(value), "none") << value;
  }
}

TEST(Date, ZoneThatNobodyHasIsNoZone) {
  EXPECT_EQ(describe("Mon, 2 Feb 2026 10:11:12 +9999"), "2026-02-02T10:11:12Z");
  EXPECT_EQ(describe("Mon, 2 Feb 2026 10:11:12 XYZ"), "2026-02-02T10:11:12Z");
  EXPECT_EQ(describe("Mon, 2 Feb 2026 10:11:12 +123456789"), "2026-02-02T10:11:12Z");
}

}  // namespace
}  // namespace leadmail::mail::message
