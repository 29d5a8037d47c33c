#include "mail/smtp/schedule.h"

#include <gtest/gtest.h>

#include <limits>

namespace leadmail::mail::smtp {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

const Time kNoon = from_unix(1796299200);

TEST(Schedule, WaitsLongerAfterEachFailureAsRfc5321Asks) {
  const std::vector<seconds> expected{minutes{1}, minutes{5}, minutes{15}, minutes{30}, hours{1},
                                      hours{2},   hours{4},   hours{8},    hours{8}};
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(retry_delay(static_cast<int>(i) + 1, 0), expected[i]);
  EXPECT_EQ(retry_delay(std::numeric_limits<int>::max(), 0), hours{8});
  EXPECT_EQ(retry_delay(std::numeric_limits<int>::min(), 0), minutes{1});
}

TEST(Schedule, SpreadsAThousandMailsByUpToAQuarter) {
  EXPECT_EQ(retry_delay(1, 0.5), seconds{67});
  EXPECT_EQ(retry_delay(8, 1.0), hours{10});
  EXPECT_EQ(retry_delay(8, 17.0), hours{10}) << "chance out of range";
}

TEST(Schedule, EndsWhereTheMailExpires) {
  EXPECT_EQ(next_try(1, kNoon, kNoon + minutes{2}, 0), kNoon + minutes{1});
  EXPECT_EQ(next_try(1, kNoon, kNoon + minutes{1}, 0), std::nullopt);
  // Five days hold about 20 attempts, so that a server that is down for a weekend costs nobody a mail.
  int attempts = 0;
  for (std::optional<Time> now = kNoon; now; now = next_try(attempts, *now, kNoon + hours{120}, 0.5)) ++attempts;
  EXPECT_GT(attempts, 15);
  EXPECT_LT(attempts, 30);
}

TEST(Schedule, HoldsAnAccountInTroubleForAtMostAQuarterOfAnHour) {
  EXPECT_EQ(account_delay(1, 0), seconds{30});
  EXPECT_EQ(account_delay(2, 0), minutes{1});
  EXPECT_EQ(account_delay(6, 0), minutes{15});
  EXPECT_EQ(account_delay(1000, 0), minutes{15});
}

// N03
TEST(Schedule, TriesAServerThatWasNotReachedEachMinute) {
  EXPECT_EQ(account_delay(1, 0, false), seconds{30});
  EXPECT_EQ(account_delay(2, 0, false), minutes{1});
  EXPECT_EQ(account_delay(1000, 0, false), minutes{1});
}

TEST(TokenBucket, LetsABurstThroughAndThenTheRate) {
  TokenBucket bucket(30, 3);
  EXPECT_TRUE(bucket.take(kNoon) && bucket.take(kNoon) && bucket.take(kNoon));
  EXPECT_FALSE(bucket.take(kNoon));
  EXPECT_EQ(bucket.ready(kNoon), kNoon + seconds{2});
  EXPECT_FALSE(bucket.take(kNoon + milliseconds{1999}));
  EXPECT_TRUE(bucket.take(kNoon + seconds{2}));
  EXPECT_FALSE(bucket.take(kNoon + seconds{2}));
}

TEST(TokenBucket, KeepsItsRateForAnHour) {
  TokenBucket bucket(30, 1);
  int taken = 0;
  for (Instant now = kNoon; now < kNoon + hours{1}; now += milliseconds{100}) taken += bucket.take(now) ? 1 : 0;
  EXPECT_EQ(taken, 1800);
}

TEST(TokenBucket, IsNotConfusedByAClockThatIsSetBackOrFarAhead) {
  TokenBucket bucket(60, 1);
  EXPECT_TRUE(bucket.take(kNoon));
  EXPECT_FALSE(bucket.take(kNoon - hours{24}));
  EXPECT_TRUE(bucket.take(kNoon - hours{24} + seconds{1}));
  EXPECT_TRUE(bucket.take(kNoon + hours{24 * 365 * 100}));
  EXPECT_FALSE(bucket.take(kNoon + hours{24 * 365 * 100})) << "a century fills a bucket, not more";
}

TEST(TokenBucket, WithoutARateNeverSaysNo) {
  TokenBucket bucket(0, 0);
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(bucket.take(kNoon));
  EXPECT_EQ(bucket.ready(kNoon), Instant{kNoon});
}

TEST(CircuitBreaker, StopsAStormAtOneDomainAndLeavesTheOthers) {
  CircuitBreaker breaker(20, minutes{10}, hours{1});
  for (int i = 0; i < 20; ++i) EXPECT_EQ(breaker.ask("loop.example", kNoon + seconds{i}), CircuitBreaker::Answer::go);
  EXPECT_EQ(breaker.ask("loop.example", kNoon + seconds{20}), CircuitBreaker::Answer::tripped);
  EXPECT_EQ(breaker.ask("loop.example", kNoon + seconds{21}), CircuitBreaker::Answer::open);
  EXPECT_EQ(breaker.ask("calm.example", kNoon + seconds{21}), CircuitBreaker::Answer::go);
}

TEST(CircuitBreaker, SaysNoForAnHourHoweverOftenItIsAskedAndBeginsAnewThen) {
  CircuitBreaker breaker(1, minutes{10}, hours{1});
  Instant now = kNoon;
  EXPECT_EQ(breaker.ask("loop.example", now), CircuitBreaker::Answer::go);
  EXPECT_EQ(breaker.ask("loop.example", now += seconds{1}), CircuitBreaker::Answer::tripped);
  for (int i = 0; i < 59; ++i) EXPECT_EQ(breaker.ask("loop.example", now += minutes{1}), CircuitBreaker::Answer::open);
  ASSERT_TRUE(breaker.open(now).contains("loop.example"));
  EXPECT_EQ(breaker.open(now).find("loop.example")->second, now + minutes{1});
  EXPECT_EQ(breaker.ask("loop.example", now += minutes{1}), CircuitBreaker::Answer::go);
  EXPECT_TRUE(breaker.open(now).empty());
  EXPECT_EQ(breaker.ask("loop.example", now), CircuitBreaker::Answer::tripped);
  breaker.reset("loop.example");
  EXPECT_EQ(breaker.ask("loop.example", now), CircuitBreaker::Answer::go);
}

TEST(CircuitBreaker, WithoutALimitNeverTrips) {
  CircuitBreaker breaker(0);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(breaker.ask("x.example", kNoon), CircuitBreaker::Answer::go);
}

TEST(CircuitBreaker, LetsAnOrdinaryDaysMailThrough) {
  CircuitBreaker breaker;
  for (int i = 0; i < 500; ++i) {
    EXPECT_EQ(breaker.ask("customer.example", kNoon + seconds{31 * i}), CircuitBreaker::Answer::go) << i;
  }
}

}  // namespace
}  // namespace leadmail::mail::smtp
