#include "daemon/retention.h"

#include <gtest/gtest.h>

#include <set>

#include "core/store/reader.h"
#include "tests/daemon/folder.h"

namespace leadmail::daemon {
namespace {

using namespace std::chrono;

constexpr Time kMonday = sys_days{year{2026} / 11 / 23} + hours{12};  // in UTC

Config a_config(const tests::Folder& folder) {
  Config config;
  config.store_path = folder.path("leadmail.db");
  config.keys_path = folder.path("keys");
  config.rules.timezone = "America/Mexico_City";
  config.retention.at(static_cast<std::size_t>(store::Kept::automatic)) = days{90};
  return config;
}

/// A daemon that lives at one moment.
std::unique_ptr<Engine> engine_at(const tests::Folder& folder, Time now) {
  auto engine = Engine::open(a_config(folder), now);
  EXPECT_TRUE(engine) << (engine ? "" : engine.error().what);
  return engine ? std::move(*engine) : nullptr;
}

class NoLetters : public store::Composer {
 public:
  Result<store::Outgoing> compose(const leads::Letter&, const leads::Lead*) override {
    return Error{Next::give_up, "none"};
  }
};

void take_robot(Engine& engine, std::uint32_t uid) {
  const auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
    leads::Inquiry inquiry;
    inquiry.mailbox = "sales";
    inquiry.fingerprint = "f" + std::to_string(uid);
    inquiry.message_id = inquiry.fingerprint + "@robot.example";
    inquiry.subject = "I am away";
    const store::Incoming incoming{.place = {"sales", "INBOX", 7, uid, ""},
                                   .seen = engine.now(),
                                   .inquiry = &inquiry,
                                   .raw = "From: robot@x.example\r\n\r\nI am away\r\n"};
    NoLetters letters;
    auto applied = transaction.apply({.outcome = leads::Outcome::automatic, .reason = "a robot"}, incoming, letters);
    return applied ? Result<void>{} : Result<void>(applied.error());
  });
  ASSERT_TRUE(done) << done.error().what;
}

std::int64_t would_go(const tests::Folder& folder, Time now) {
  auto reader = store::Reader::open(folder.path("leadmail.db"));
  EXPECT_TRUE(reader);
  const auto before = prune_before(a_config(folder).retention, store::Kept::automatic, now);
  const auto found = (*reader)->prunable(store::Kept::automatic, *before);
  EXPECT_TRUE(found);
  return found->rows;
}

TEST(Retention, ANightBeginsAtThreeByTheCompanysClock) {
  leads::Rules rules;
  rules.timezone = "America/Mexico_City";  // six hours behind, all year
  const auto three = [](int day) { return Time{sys_days{year{2026} / 11 / day} + hours{9}}; };
  EXPECT_EQ(prune_slot(rules, three(23)), three(23));
  EXPECT_EQ(prune_slot(rules, three(23) - seconds{1}), three(22));
  EXPECT_EQ(prune_slot(rules, three(23) + hours{23}), three(23));
}

// 02:00 to 03:00 comes twice there in November and not at all in March.
TEST(Retention, TheNightOfAClockChangeComesOnce) {
  leads::Rules rules;
  rules.timezone = "America/New_York";
  for (const auto day : {sys_days{year{2026} / 3 / 8}, sys_days{year{2026} / 11 / 1}}) {
    std::set<Time> slots;
    for (auto now = Time{day - days{1}}; now < day + days{2}; now += minutes{10}) {
      const auto slot = prune_slot(rules, now);
      EXPECT_LE(slot, now);
      slots.insert(slot);
    }
    EXPECT_EQ(slots.size(), 4U);
  }
}

TEST(Retention, EachNightOnceWhatIsTooOldGoes) {
  const tests::Folder folder;
  {
    const auto engine = engine_at(folder, kMonday);
    take_robot(*engine, 1);
    DailyPruning pruning(*engine);
    EXPECT_EQ(*pruning.go_on(), false);
  }
  const auto ninety_days_later = kMonday + days{90};
  EXPECT_EQ(would_go(folder, ninety_days_later), 0);
  {
    const auto engine = engine_at(folder, ninety_days_later);
    take_robot(*engine, 2);
    DailyPruning pruning(*engine);
    EXPECT_EQ(*pruning.go_on(), false);
  }
  // The next moment it is too old; but it goes at night.
  const auto by_day = ninety_days_later + seconds{1};
  {
    const auto engine = engine_at(folder, by_day);
    DailyPruning pruning(*engine);
    EXPECT_EQ(*pruning.go_on(), false);
    EXPECT_EQ(would_go(folder, by_day), 1);
  }
  const auto engine = engine_at(folder, by_day + days{1});
  DailyPruning pruning(*engine);
  EXPECT_EQ(*pruning.go_on(), false);
  EXPECT_EQ(would_go(folder, by_day + days{1}), 0);
}

TEST(Retention, MuchIsDoneALittleAtATime) {
  const tests::Folder folder;
  {
    const auto engine = engine_at(folder, kMonday);
    for (std::uint32_t uid = 1; uid <= 450; ++uid) take_robot(*engine, uid);
  }
  const auto engine = engine_at(folder, kMonday + days{100});
  const auto first = prune_for(*engine, store::Kept::automatic, milliseconds{0});
  ASSERT_TRUE(first) << first.error().what;
  EXPECT_EQ(first->rows, 200);
  EXPECT_TRUE(first->more);
  DailyPruning pruning(*engine);
  int turns = 1;
  for (auto more = pruning.go_on(); more && *more; more = pruning.go_on()) ++turns;
  EXPECT_LT(turns, 100);
  EXPECT_EQ(would_go(folder, kMonday + days{100}), 0);
}

TEST(Retention, WithoutALifeAllIsKeptForEver) {
  const store::Retention none{};
  for (const auto what : store::kAllKept) EXPECT_EQ(prune_before(none, what, kMonday), std::nullopt);
}

}  // namespace
}  // namespace leadmail::daemon
