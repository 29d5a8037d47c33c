#include "mail/smtp/throttle.h"

#include <gtest/gtest.h>

namespace leadmail::mail::smtp {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Instant kNoon = from_unix(1796299200);

Throttle::Question answer_to(std::string domain) { return {.domains = {std::move(domain)}}; }
Throttle::Question automatic_to(const std::string& domain) { return {.domains = {domain}, .guarded = domain}; }

TEST(Throttle, ADomainThatHasHadItsShareWaitsAndTheOthersDoNot) {
  Throttle throttle({.account = 0, .domain = 2, .storm = 0});
  EXPECT_TRUE(throttle.ask(answer_to("x.example"), kNoon).go);
  EXPECT_TRUE(throttle.ask(answer_to("x.example"), kNoon).go);
  const auto third = throttle.ask(answer_to("x.example"), kNoon);
  EXPECT_FALSE(third.go);
  EXPECT_EQ(third.again, kNoon + seconds{30});
  EXPECT_TRUE(throttle.ask(answer_to("y.example"), kNoon).go);
  EXPECT_EQ(throttle.slow(kNoon).size(), 1U);
  EXPECT_TRUE(throttle.ask(answer_to("x.example"), kNoon + seconds{30}).go);
}

TEST(Throttle, AMailToTwoDomainsCountsForNeitherWhenOneOfThemHasToWait) {
  Throttle throttle({.account = 0, .domain = 1, .storm = 0});
  EXPECT_TRUE(throttle.ask(answer_to("x.example"), kNoon).go);
  EXPECT_FALSE(throttle.ask({.domains = {"y.example", "x.example"}}, kNoon).go);
  EXPECT_TRUE(throttle.ask(answer_to("y.example"), kNoon).go);
}

TEST(Throttle, AStormOfAutomaticMailEndsAndWhatPeopleWriteStillGoes) {
  Throttle throttle({.account = 0, .domain = 0, .storm = 20});
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(throttle.ask(automatic_to("loop.example"), kNoon).go);
  const auto first = throttle.ask(automatic_to("loop.example"), kNoon);
  EXPECT_FALSE(first.go);
  EXPECT_TRUE(first.storm_began);
  EXPECT_EQ(first.again, kNoon + minutes{60});
  EXPECT_FALSE(throttle.ask(automatic_to("loop.example"), kNoon + minutes{1}).storm_began);
  EXPECT_TRUE(throttle.ask(answer_to("loop.example"), kNoon).go);
  EXPECT_EQ(throttle.storms(kNoon).count("loop.example"), 1U);
}

TEST(Throttle, WhatLeftBeforeARestartCountsAfterIt) {
  Throttle throttle({.account = 3, .domain = 2, .storm = 20});
  throttle.remember(answer_to("x.example"), kNoon - seconds{2});
  throttle.remember(answer_to("x.example"), kNoon - seconds{1});
  EXPECT_FALSE(throttle.ask(answer_to("x.example"), kNoon).go);
  EXPECT_TRUE(throttle.ask(answer_to("y.example"), kNoon).go);
  EXPECT_TRUE(throttle.take_account(kNoon));
  EXPECT_FALSE(throttle.take_account(kNoon));
  EXPECT_TRUE(throttle.ask(answer_to("x.example"), kNoon + seconds{30}).go);
}

TEST(Throttle, AStormGoesOnAfterARestartWithItsNextMail) {
  Throttle throttle({.account = 0, .domain = 0, .storm = 3});
  for (int i = 0; i < 5; ++i) throttle.remember(automatic_to("loop.example"), kNoon - seconds{50 - i});
  EXPECT_TRUE(throttle.storms(kNoon).empty()) << "nothing was refused yet";
  EXPECT_TRUE(throttle.ask(automatic_to("loop.example"), kNoon).storm_began);
  EXPECT_TRUE(throttle.ask(automatic_to("calm.example"), kNoon).go);
}

TEST(Throttle, MailOfLongAgoIsNoStorm) {
  Throttle throttle({.account = 0, .domain = 0, .storm = 2});
  for (int i = 0; i < 2; ++i) throttle.remember(automatic_to("loop.example"), kNoon - minutes{10});
  EXPECT_TRUE(throttle.ask(automatic_to("loop.example"), kNoon).go);
}

TEST(Throttle, RemembersNoMoreDomainsThanItMust) {
  Throttle throttle({.account = 0, .domain = 60, .storm = 20});
  for (int i = 0; i < 100'000; ++i) {
    EXPECT_TRUE(throttle.ask(answer_to("d" + std::to_string(i) + ".example"), kNoon + seconds{i}).go);
  }
  EXPECT_LE(throttle.slow(kNoon + seconds{100'000}).size(), 1U);
}

}  // namespace
}  // namespace leadmail::mail::smtp
