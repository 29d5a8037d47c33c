#include "core/leads/dead_address.h"

#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace std::chrono_literals;
using world::lead;
using world::rules;

/// The lead after a failure at that time.
struct After {
  Lead known{};
  bool dead = false;
  bool marked = false;
};
After failed(const Lead& before, bool hard, Time at, const std::string& address = "maria@x.example") {
  const auto company = rules();
  Plan plan(company, Occasion{.now = at, .at = at, .key = "k", .cause = "test", .mailbox = "sales"});
  plan.begin(before);
  After after;
  after.dead = record_failed_delivery(plan, address, hard, address + ": no");
  after.known = plan.lead();
  for (const auto& effect : plan.finish(Outcome::bounce, "").effects)
    after.marked = after.marked || std::holds_alternative<MarkAddress>(effect);
  return after;
}

TEST(DeadAddress, AHardFailureOfAContactMakesItDead) {
  const auto after = failed(lead(), true, world::now());
  EXPECT_TRUE(after.dead);
  EXPECT_TRUE(after.marked);
  EXPECT_EQ(after.known.value("dead"), "maria@x.example");
}

TEST(DeadAddress, OneSoftFailureIsCountedAndTheFifthInARowIsOneTooMany) {
  auto known = lead();
  for (int i = 0; i < 4; ++i) {
    const auto after = failed(known, false, world::now() + i * 24h);
    EXPECT_FALSE(after.dead) << i;
    known = after.known;
  }
  EXPECT_EQ(known.value("dead"), "");
  EXPECT_TRUE(failed(known, false, world::now() + 96h).dead);
}

TEST(DeadAddress, SoftFailuresAreForgottenOneAWeek) {
  auto known = lead();
  for (int i = 0; i < 20; ++i) {
    const auto after = failed(known, false, world::now() + i * 8 * 24h);
    EXPECT_FALSE(after.dead) << i;
    known = after.known;
  }
}

TEST(DeadAddress, AStatusThatSaysNothingIsDeadOnlyByTheWords) {
  EXPECT_TRUE(says_that_it_is_dead("5.1.1", ""));
  EXPECT_TRUE(says_that_it_is_dead("5.0.0", "smtp; 550 User unknown"));
  EXPECT_TRUE(says_that_it_is_dead("", "550 No Such User Here"));
  EXPECT_FALSE(says_that_it_is_dead("5.0.0", "550 blocked using zen.example, see http://zen.example/q?192.0.2.1"));
  EXPECT_FALSE(says_that_it_is_dead("5.0.0", "550 Sender verify failed: user unknown"));
  EXPECT_FALSE(says_that_it_is_dead("5.7.1", "550 5.7.1 user unknown to this list")) << "a policy";
  EXPECT_FALSE(says_that_it_is_dead("5.2.2", "mailbox full"));
}

TEST(DeadAddress, AReplyIsReadByItsCodeAndElseByItsWords) {
  EXPECT_TRUE(reply_says_that_it_is_dead("550 5.1.1 <x@y.example>: Recipient address rejected"));
  EXPECT_TRUE(reply_says_that_it_is_dead("550 no such user"));
  EXPECT_TRUE(reply_says_that_it_is_dead("553 5.0.0 unknown user x"));
  EXPECT_FALSE(reply_says_that_it_is_dead("554 5.7.1 Service unavailable; client blocked"));
  EXPECT_FALSE(reply_says_that_it_is_dead("550 5.0.0 rejected: see http://blocked.example"));
  EXPECT_FALSE(reply_says_that_it_is_dead("450 4.1.1 user unknown in local table"));
  EXPECT_FALSE(reply_says_that_it_is_dead(""));
}

TEST(DeadAddress, AStrangersAddressIsNeverMarkedOnALead) {
  const auto after = failed(lead(), true, world::now(), "other@y.example");
  EXPECT_FALSE(after.dead);
  EXPECT_FALSE(after.marked);
}

TEST(DeadAddress, ARealMailClearsWhatWasCounted) {
  auto known = failed(lead(), false, world::now()).known;
  EXPECT_NE(known.value("soft"), "");
  auto mail = world::inquiry();
  mail.in_reply_to = {world::token_for("") + ".0123456789abcdef@acme.example"};
  known = failed(known, true, world::now()).known;
  auto snapshot = world::knowing(known);
  snapshot.by_message_id = {{.lead = known, .message_id = mail.in_reply_to.front()}};
  const auto decision = decide(mail, snapshot, rules(), world::now());
  EXPECT_NE(describe(decision).find("mark maria@x.example alive"), std::string::npos) << describe(decision);
  for (const auto& effect : decision.effects) {
    if (const auto* const record = std::get_if<Record>(&effect)) fold(known, record->event);
  }
  EXPECT_EQ(known.value("dead"), "");
  EXPECT_EQ(known.value("soft"), "");
}

}  // namespace
}  // namespace leadmail::leads
