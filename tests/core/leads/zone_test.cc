#include "core/leads/zone.h"

#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;
using namespace std::chrono;

std::string working(const char* time, const User& user) {
  const auto at = into_working_hours(*parse_rfc3339(time), user);
  return to_rfc3339(at, offset_at(at, user.timezone)).substr(0, 16);
}

TEST(Zone, KnowsTheNamesOfTheSystem) {
  EXPECT_TRUE(is_zone("America/Mexico_City"));
  EXPECT_TRUE(is_zone("Asia/Ho_Chi_Minh"));
  EXPECT_FALSE(is_zone("America/Atlantis"));
  EXPECT_FALSE(is_zone("../../etc/passwd"));
  EXPECT_FALSE(is_zone(""));
  EXPECT_EQ(to_utc(local_days{2026y / 1 / 1}, "Nowhere/At_All"), sys_days{2026y / 1 / 1});
}

TEST(Zone, HasTheRulesOfToday) {
  // Mexico gave up summer time in October 2022; older tables are an hour off.
  EXPECT_EQ(offset_at(*parse_rfc3339("2026-07-01T12:00:00Z"), "America/Mexico_City"), -6h);
  EXPECT_EQ(offset_at(*parse_rfc3339("2026-07-01T12:00:00Z"), "Europe/Madrid"), 2h);
}

TEST(Zone, ThereAndBackIsTheSameInstantAllYear) {
  for (const auto* const zone : {"Europe/Madrid", "America/New_York", "Asia/Ho_Chi_Minh", "Australia/Lord_Howe"}) {
    for (auto at = sys_seconds{sys_days{2026y / 1 / 1}}; at < sys_days{2028y / 1 / 1}; at += 7h + 13min) {
      const auto back = to_utc(to_local(at, zone), zone);
      EXPECT_TRUE(back == at || back < at) << zone << " " << to_rfc3339(at);
      EXPECT_EQ(to_local(back, zone), to_local(at, zone)) << "only the second of a doubled time differs";
    }
  }
}

TEST(Zone, TheDateIsThatOnTheWall) {
  EXPECT_EQ(day_of(*parse_rfc3339("2026-11-25T03:00:00Z"), "America/Mexico_City"), 2026y / 11 / 24);
  EXPECT_EQ(day_of(*parse_rfc3339("2026-11-24T18:00:00Z"), "Asia/Ho_Chi_Minh"), 2026y / 11 / 25);
}

TEST(WorkingHours, ATimeOutsideMovesToTheirStart) {
  User ana = rules().users[0];  // Monday to Friday, 9 to 18, Mexico City
  EXPECT_EQ(working("2026-11-25T16:00:00Z", ana), "2026-11-25T10:00") << "inside";
  EXPECT_EQ(working("2026-11-25T13:00:00Z", ana), "2026-11-25T09:00") << "before";
  EXPECT_EQ(working("2026-11-26T00:00:00Z", ana), "2026-11-25T18:00") << "the end counts";
  EXPECT_EQ(working("2026-11-26T00:01:00Z", ana), "2026-11-26T09:00") << "after";
  EXPECT_EQ(working("2026-11-28T16:00:00Z", ana), "2026-11-30T09:00") << "Saturday";
  ana.holidays = {2026y / 11 / 30};
  EXPECT_EQ(working("2026-11-28T16:00:00Z", ana), "2026-12-01T09:00") << "and Monday is a holiday";
}

TEST(WorkingHours, StartAtNineOnTheWallAcrossAChangeOfTheClock) {
  User user = rules().users[0];
  user.timezone = "Europe/Madrid";
  EXPECT_EQ(working("2027-03-26T20:00:00Z", user), "2027-03-29T09:00");
  EXPECT_EQ(to_rfc3339(into_working_hours(*parse_rfc3339("2027-03-26T20:00:00Z"), user)), "2027-03-29T07:00:00Z");
}

TEST(WorkingHours, OfSomebodyWhoNeverWorksAreEveryHour) {
  User user = rules().users[0];
  user.hours.days = {};
  EXPECT_EQ(working("2026-11-28T16:00:00Z", user), "2026-11-28T10:00");
}

TEST(Away, BothEndsAreIncluded) {
  User user = rules().users[0];
  user.away = {{2026y / 12 / 22, 2027y / 1 / 7, "luis"}};
  EXPECT_FALSE(is_away(user, 2026y / 12 / 21));
  EXPECT_TRUE(is_away(user, 2026y / 12 / 22));
  EXPECT_TRUE(is_away(user, 2027y / 1 / 7));
  EXPECT_FALSE(is_away(user, 2027y / 1 / 8));
}

}  // namespace
}  // namespace leadmail::leads
