#include "daemon/sender_policy.h"

#include <gtest/gtest.h>

namespace leadmail::daemon {
namespace {

namespace smtp = mail::smtp;
using std::chrono::hours;
using std::chrono::minutes;

const Time kNow = from_unix(1796292000);  // 2026-12-03 10:00 UTC

/// "deferred in 300 s: 450 4.2.0 greylisted".
std::string after(smtp::Outcome outcome, const smtp::Reply& reply, const smtp::Sent& sent, const Standing& standing) {
  const auto written = after_attempt({"ann@example.com", outcome, reply}, sent, standing);
  const bool again = written.state == "deferred" || written.state == "waiting";
  return written.state + (again ? " in " + std::to_string((written.next_try - kNow).count()) + " s" : "") + ": " +
         written.reply;
}

const smtp::Sent kCounts{.counts = true};

TEST(SenderPolicy, TriesAgainByTheScheduleUntilTheMailExpires) {
  const smtp::Reply greylisted{450, "4.2.0", "greylisted"};
  const auto deferred = smtp::Outcome::deferred;
  EXPECT_EQ(after(deferred, greylisted, kCounts, {.attempts = 2, .now = kNow, .expires = kNow + hours{96}}),
            "deferred in 300 s: 450 4.2.0 greylisted");
  EXPECT_EQ(after(deferred, greylisted, kCounts, {.attempts = 2, .now = kNow, .expires = kNow + minutes{5}}),
            "failed: 450 4.2.0 greylisted");
}

TEST(SenderPolicy, KeepsTheOtherOutcomesAsTheyAre) {
  const Standing standing{.now = kNow, .expires = kNow + hours{96}};
  EXPECT_EQ(after(smtp::Outcome::delivered, {250, "2.0.0", "kept"}, kCounts, standing), "delivered: 250 2.0.0 kept");
  EXPECT_EQ(after(smtp::Outcome::failed, {550, "5.1.1", "nobody"}, kCounts, standing), "failed: 550 5.1.1 nobody");
  EXPECT_EQ(after(smtp::Outcome::unknown, {}, {.counts = true, .trouble = "cut"}, standing), "unknown: cut");
}

TEST(SenderPolicy, CountsNoAttemptThatNeverSpokeOfTheMail) {
  const smtp::Sent refused{.account_trouble = true, .counts = false, .trouble = "connection refused"};
  EXPECT_EQ(after(smtp::Outcome::deferred, {}, refused,
                  {.attempts = 9, .now = kNow, .expires = kNow + hours{96}, .pause_until = kNow + minutes{1}}),
            "waiting in 60 s: connection refused");
}

TEST(SenderPolicy, MovesOnWhereAMailAnswersWithTroubleOfTheAccount) {
  const smtp::Sent throttled{.account_trouble = true, .counts = true};
  EXPECT_EQ(after(smtp::Outcome::deferred, {421, "4.7.0", "slow down"}, throttled,
                  {.attempts = 3, .now = kNow, .expires = kNow + hours{96}, .pause_until = kNow + minutes{1}}),
            "deferred in 900 s: 421 4.7.0 slow down")
      << "else one mail could hold up the queue for ever";
}

TEST(SenderPolicy, TellsAPersonOfTroubleThatComesAgainAndStays) {
  EXPECT_FALSE(is_lasting(4, hours{1}));
  EXPECT_FALSE(is_lasting(5, minutes{4})) << "a server that is tried each minute may be away for a while";
  EXPECT_TRUE(is_lasting(5, minutes{5}));
}

TEST(SenderPolicy, LooksForAnUnknownMailForAQuarterOfAnHour) {
  const auto fate = [](std::string_view kind, minutes passed, bool seen = false, int times = 1) {
    return fate_of_unknown(kind, kNow, kNow + passed, kNow + hours{24}, seen, times);
  };
  EXPECT_EQ(fate("notice", minutes{14}), Fate::look_again);
  EXPECT_EQ(fate("notice", minutes{14}, true), Fate::delivered);
  EXPECT_EQ(fate("notice", minutes{15}), Fate::send_again);
  EXPECT_EQ(fate("notice", minutes{15}, false, 2), Fate::leave) << "once more, not for ever";
}

TEST(SenderPolicy, NeverDoublesAnAcknowledgementAndAsksBeforeItDoublesAPerson) {
  for (const char* kind : {"ack", "digest", "newsletter"}) {
    EXPECT_EQ(fate_of_unknown(kind, kNow, kNow + hours{1}, kNow + hours{24}, false, 1), Fate::leave) << kind;
  }
  for (const char* kind : {"notice", "copy", "reminder", "invitation", "result", "bounced", "alert"}) {
    EXPECT_EQ(fate_of_unknown(kind, kNow, kNow + hours{1}, kNow + hours{24}, false, 1), Fate::send_again) << kind;
  }
  EXPECT_EQ(fate_of_unknown("answer", kNow, kNow + hours{1}, kNow + hours{24}, false, 1), Fate::ask_the_rep);
  EXPECT_EQ(fate_of_unknown("reminder", kNow, kNow + hours{25}, kNow + hours{24}, false, 1), Fate::leave) << "stale";
}

TEST(SenderPolicy, GuardsStrangersFromTheMachineOnly) {
  EXPECT_EQ(guarded_domain("ack", "Ann@Example.COM"), "example.com");
  EXPECT_EQ(guarded_domain("answer", "ann@example.com"), std::nullopt);
  EXPECT_EQ(guarded_domain("reminder", "rep@acme.example"), std::nullopt);
}

}  // namespace
}  // namespace leadmail::daemon
