#include "core/leads/working_time.h"

#include <gtest/gtest.h>

#include <random>

#include "core/leads/availability.h"
#include "core/leads/zone.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

Time at(const char* text) { return *parse_rfc3339(text); }

User in_mexico() { return User{.id = "ana", .timezone = "America/Mexico_City"}; }

std::string after(const char* from, seconds within, const User& user = in_mexico()) {
  return to_rfc3339(after_working_time(at(from), within, user));
}

TEST(WorkingTime, PassesOnlyWhileTheyWork) {
  EXPECT_EQ(after("2026-11-24T15:00:00Z", 2h), "2026-11-24T17:00:00Z") << "Tuesday 09:00, two hours on";
  EXPECT_EQ(after("2026-11-24T23:00:00Z", 2h), "2026-11-25T16:00:00Z") << "one hour is left of the day";
  EXPECT_EQ(after("2026-11-27T23:00:00Z", 2h), "2026-11-30T16:00:00Z") << "Friday to Monday";
  EXPECT_EQ(after("2026-11-28T12:00:00Z", 0s), "2026-11-30T15:00:00Z") << "nothing to do, but nobody is there";
  EXPECT_EQ(after("2026-11-24T15:00:00Z", 9h), "2026-11-25T00:00:00Z") << "a whole day ends with the day";
}

TEST(WorkingTime, SkipsHolidaysAndNeverStopsForAbsences) {
  auto ana = in_mexico();
  ana.holidays = {2026y / 12 / 25};
  ana.away = {{2026y / 12 / 21, 2026y / 12 / 24, ""}};
  EXPECT_EQ(after("2026-12-23T23:00:00Z", 2h, ana), "2026-12-24T16:00:00Z") << "the prospect waits all the same";
  EXPECT_EQ(after("2026-12-24T23:00:00Z", 2h, ana), "2026-12-28T16:00:00Z");
}

TEST(WorkingTime, OfNobodyWhoWorksIsPlainTime) {
  User never{.id = "x", .hours = {.days = {}}};
  EXPECT_EQ(after_working_time(at("2026-11-24T15:00:00Z"), 2h, never), at("2026-11-24T17:00:00Z"));
  EXPECT_EQ(working_time_between(at("2026-11-24T15:00:00Z"), at("2027-11-24T15:00:00Z"), never), 0s);
}

/// Minute by minute: slow, and plainly right.
Time counted(Time from, minutes within, const User& user) {
  auto left = within;
  auto now = from;
  const auto works = [&](Time minute) {
    const auto local = to_local(minute, user.timezone);
    const auto day = floor<days>(local);
    return is_working_day(user, year_month_day{day}) && minute >= to_utc(day + user.hours.from, user.timezone) &&
           minute < to_utc(day + user.hours.until, user.timezone);
  };
  while (left > 0min) {
    if (works(now)) --left;
    now += 1min;
  }
  return now;
}

TEST(WorkingTime, IsWhatCountingMinutesGivesOverChangesOfTheClock) {
  std::mt19937 random(11);  // NOLINT: the same times every run
  const char* zones[] = {"America/Mexico_City", "Europe/Madrid",  "America/New_York", "Asia/Ho_Chi_Minh",
                         "Australia/Lord_Howe", "Africa/Cairo",   "America/Santiago", "Pacific/Apia",
                         "Asia/Kathmandu",      "Europe/Chisinau"};
  for (const auto* const zone : zones) {
    for (int i = 0; i < 12; ++i) {
      User user{.id = "u", .timezone = zone};
      for (auto& day : user.hours.days) day = random() % 3 != 0;
      user.hours.days[random() % 7] = true;
      user.hours.from = minutes{static_cast<int>(random() % 12) * 60};
      user.hours.until = user.hours.from + minutes{60 + static_cast<int>(random() % 11) * 60};
      const auto year = sys_days{2025y / 1 / 1} + days{static_cast<int>(random() % 700)};
      user.holidays = {year_month_day{year + days{2}}};
      const Time from = Time{year} + minutes{static_cast<int>(random() % 1440)};
      const minutes within{1 + static_cast<int>(random() % 1500)};
      const auto end = after_working_time(from, within, user);
      EXPECT_EQ(end, counted(from, within, user)) << zone << " " << to_rfc3339(from) << " " << within.count();
      EXPECT_EQ(working_time_between(from, end, user), within) << zone << " " << to_rfc3339(from);
    }
  }
}

TEST(WorkingTime, NeverRunsBackwards) {
  const auto user = User{.id = "u", .timezone = "Europe/Madrid"};
  auto last = after_working_time(at("2026-10-23T00:00:00Z"), 3h, user);
  for (auto from = at("2026-10-23T00:00:00Z"); from < at("2026-10-28T00:00:00Z"); from += 17min) {
    const auto end = after_working_time(from, 3h, user);
    EXPECT_GE(end, last);
    EXPECT_GE(end, from + 3h);
    last = end;
  }
}

TEST(Availability, TellsAfterHoursFromAway) {
  auto ana = in_mexico();
  EXPECT_EQ(presence(ana, at("2026-11-24T15:00:00Z"), nullptr), Presence::working);
  EXPECT_EQ(presence(ana, at("2026-11-24T08:00:00Z"), nullptr), Presence::off);
  EXPECT_EQ(presence(ana, at("2026-11-28T15:00:00Z"), nullptr), Presence::off) << "Saturday";
  const Absences said{{"ana", {2026y / 11 / 24, 2026y / 11 / 27, ""}}};
  EXPECT_EQ(presence(ana, at("2026-11-24T15:00:00Z"), &said), Presence::away);
}

TEST(Availability, ReturnsWhenWorkBeginsBehindAllAbsences) {
  auto ana = in_mexico();
  ana.away = {{2026y / 11 / 23, 2026y / 11 / 27, "luis"}, {2026y / 11 / 30, 2026y / 12 / 1, ""}};
  EXPECT_EQ(to_rfc3339(returns_at(ana, at("2026-11-24T15:00:00Z"), nullptr)), "2026-12-02T15:00:00Z")
      << "the weekend between them is no return";
  EXPECT_EQ(returns_at(ana, at("2026-11-20T15:00:00Z"), nullptr), at("2026-11-20T15:00:00Z")) << "he is there";
}

TEST(Availability, DeputiesStandInForEachOtherButNeverInACircle) {
  auto rules = world::rules();
  rules.users.push_back(User{.id = "eva", .addresses = {"eva@acme.example"}, .timezone = "America/Mexico_City"});
  const auto day = 2026y / 11 / 24;
  rules.users[0].away = {{day, day, "luis"}};
  const auto deputy = [&] {
    const auto* const user = deputy_of(rules.users[0], rules, world::now(), nullptr);
    return user == nullptr ? std::string("nobody") : user->id;
  };
  EXPECT_EQ(deputy(), "luis");
  rules.users[1].away = {{day, day, "eva"}};
  EXPECT_EQ(deputy(), "eva");
  rules.users[2].away = {{day, day, "ana"}};
  EXPECT_EQ(deputy(), "nobody");
  rules.users[0].away = {{day, day, ""}};
  EXPECT_EQ(deputy(), "nobody");
}

TEST(Availability, WhoSaysThatItTakesLongerKeepsTheDeputyOfTheConfig) {
  auto ana = in_mexico();
  ana.away = {{2026y / 11 / 23, 2026y / 11 / 27, "luis"}};
  const Absences said{{"ana", {2026y / 11 / 24, 2026y / 12 / 4, ""}}};
  const auto absence = absence_at(ana, at("2026-11-24T15:00:00Z"), &said);
  ASSERT_TRUE(absence);
  EXPECT_EQ(absence->deputy, "luis");
  EXPECT_EQ(absence->until, 2026y / 12 / 4);
}

}  // namespace
}  // namespace leadmail::leads
