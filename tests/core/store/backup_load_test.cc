// Copies that are made one after another while mail is taken at full speed. LEADMAIL_BACKUPS=30 does so for thirty
// seconds, and holds the figure; without it, for one second, what a busy machine may need is allowed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <iostream>
#include <thread>

#include "core/store/backup.h"
#include "core/store/writer.h"
#include "tests/core/store/fixtures/book.h"
#include "tests/core/store/fixtures/taking.h"

namespace leadmail::store::tests {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::IsEmpty;

const Progress kNobody = [](std::int64_t, std::int64_t) {};

struct Load {
  int mails = 0;
  milliseconds longest{};  ///< from giving a mail to the writer to its commit
};

/// Takes one mail after another until it is told to stop.
Load take_until(Writer& writer, PlainComposer& composer, int first, const std::atomic<bool>& stop) {
  Load load;
  while (!stop) {
    std::promise<void> committed;
    const auto began = steady_clock::now();
    writer.submit(take_mail(first + load.mails, composer, [&](const Result<void>& done) {
      EXPECT_TRUE(done) << (done ? "" : done.error().what);
      committed.set_value();
    }));
    committed.get_future().wait();
    load.longest = std::max(load.longest, std::chrono::ceil<milliseconds>(steady_clock::now() - began));
    ++load.mails;
  }
  return load;
}

TEST(BackupLoad, EveryCopyIsSoundAndNobodyWaitsForIt) {
  const char* const asked = std::getenv("LEADMAIL_BACKUPS");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  const std::chrono::seconds time{asked == nullptr ? 1 : std::atoi(asked)};
  const milliseconds allowed{asked == nullptr ? 2000 : 200};
  TemporaryFolder folder;
  const auto path = folder / "leadmail.db";
  PlainComposer composer;
  Writer writer(open_book(path), [](const Error& error) { ADD_FAILURE() << error.what; });
  std::atomic<bool> stop = false;
  auto load = std::async(std::launch::async, [&] { return take_until(writer, composer, 1, stop); });

  int copies = 0;
  const auto end = steady_clock::now() + time;
  while (steady_clock::now() < end || copies < 3) {
    const auto copy = folder / "copy.db";
    const auto made = back_up(path, copy, kNobody);
    ASSERT_TRUE(made) << made.error().what;
    const auto faults = verify(copy, kNobody);
    ASSERT_TRUE(faults) << faults.error().what;
    EXPECT_THAT(*faults, IsEmpty());
    EXPECT_EQ(accounting(copy), "");
    std::filesystem::remove(copy);
    ++copies;
  }
  stop = true;
  const auto done = load.get();
  writer.stop();
  std::cout << "backups: " << copies << " copies, each sound, while " << done.mails
            << " mails were taken; the longest wait for a commit " << done.longest.count() << " ms\n";
  EXPECT_LE(done.longest, allowed);
  EXPECT_EQ(ask(path, "SELECT count(*) FROM ledger"), std::to_string(done.mails));
}

// The same of pruning: what is old goes in steps between the mails.
TEST(BackupLoad, NobodyWaitsForPruningEither) {
  TemporaryFolder folder;
  const auto path = folder / "leadmail.db";
  PlainComposer composer;
  {
    auto book = open_book(path);
    auto transaction = begin(*book);
    const std::string raw(4000, 'x');
    for (int uid = 1; uid <= 3000; ++uid) {
      const auto robot = an_inquiry(uid);
      const leads::Decision aside{.outcome = leads::Outcome::automatic, .reason = "a robot"};
      ASSERT_TRUE(transaction->apply(aside, incoming(robot, uid, raw), composer));
    }
    ASSERT_TRUE(transaction->commit());
  }
  Writer writer(open_book(path), [](const Error& error) { ADD_FAILURE() << error.what; });
  std::atomic<bool> stop = false;
  auto load = std::async(std::launch::async, [&] { return take_until(writer, composer, 10'000, stop); });
  std::int64_t pruned = 0;
  for (bool more = true; more;) {
    std::promise<Pruned> step;
    writer.submit({.work = [&](Transaction& transaction) -> Result<void> {
                     auto some = transaction.prune(Kept::automatic, kNow + std::chrono::hours{1});
                     if (!some) return some.error();
                     pruned += some->rows;
                     more = some->more;
                     return {};
                   },
                   .done =
                       [&](const Result<void>& done) {
                         EXPECT_TRUE(done);
                         if (!done) more = false;
                         step.set_value({});
                       }});
    step.get_future().wait();
  }
  stop = true;
  const auto done = load.get();
  writer.stop();
  std::cout << "pruning: " << pruned << " mails emptied while " << done.mails << " were taken; the longest wait "
            << done.longest.count() << " ms\n";
  EXPECT_EQ(pruned, 3000);
  EXPECT_LE(done.longest, milliseconds{std::getenv("LEADMAIL_BACKUPS") == nullptr ? 2000 : 200});  // NOLINT
}

}  // namespace
}  // namespace leadmail::store::tests
