#include "core/store/writer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <future>
#include <thread>

#include "tests/core/store/fixtures/book.h"
#include "tests/core/store/fixtures/disk.h"

namespace leadmail::store::tests {
namespace {

struct WriterTest : testing::Test {
  ~WriterTest() override { Disk::sync_fails = false; }

  /// Notes one message in the ledger.
  static std::function<Result<void>(Transaction&)> note(int uid) {
    return [uid](Transaction& transaction) {
      return transaction.note(place_of(uid), kNow, leads::Outcome::baseline, "old");
    };
  }

  /// Keeps the writer busy until the promise is kept, so that what follows waits together.
  std::promise<void> hold() {
    std::promise<void> release;
    std::promise<void> started;
    auto has_started = started.get_future();
    writer->submit({.work = [gate = release.get_future().share(),
                             begun = std::make_shared<std::promise<void>>(std::move(started))](Transaction&) {
      begun->set_value();
      gate.wait();
      return Result<void>{};
    }});
    has_started.wait();
    return release;
  }

  Result<void> run(std::function<Result<void>(Transaction&)> work) {
    std::promise<Result<void>> ended;
    writer->submit({.work = std::move(work), .done = [&](Result<void> result) { ended.set_value(std::move(result)); }});
    return ended.get_future().get();
  }

  /// Whether the file itself, without its log, comes to that size while nothing is submitted.
  [[nodiscard]] bool grows_to(std::uintmax_t bytes) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (std::filesystem::file_size(path) < bytes) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return true;
  }

  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::vector<std::string> fatal{};
  std::unique_ptr<Writer> writer =
      std::make_unique<Writer>(open_book(path), [this](const Error& error) { fatal.push_back(error.what); });
};

TEST_F(WriterTest, ALoneJobIsCommittedAtOnce) {
  ASSERT_TRUE(run(note(1)));
  EXPECT_EQ(ask(path, "SELECT uid FROM ledger"), "1");
}

TEST_F(WriterTest, JobsThatWaitShareOneCommitAndKeepTheirOrder) {
  auto release = hold();
  std::vector<int> ended;
  for (int uid = 1; uid <= 50; ++uid) {
    writer->submit({.work = note(uid), .done = [&ended, uid](const Result<void>&) { ended.push_back(uid); }});
  }
  const int before = Disk::syncs;
  release.set_value();
  writer->stop();
  EXPECT_EQ(ask(path, "SELECT count(*) || ' ' || sum(id = uid) FROM ledger"), "50 50");
  ASSERT_EQ(ended.size(), 50U);
  EXPECT_TRUE(std::is_sorted(ended.begin(), ended.end()));
  // One for each of at most two commits, and those of the last checkpoint.
  EXPECT_LE(Disk::syncs - before, 6);
}

TEST_F(WriterTest, AJobThatFailsOrThrowsIsUndoneAlone) {
  auto release = hold();
  std::vector<std::string> results;
  const auto submit = [&](std::function<Result<void>(Transaction&)> work) {
    writer->submit({.work = std::move(work), .done = [&results](const Result<void>& result) {
                      results.push_back(result ? "done"
                                               : std::string(name(result.error().next)) + " " + result.error().what);
                    }});
  };
  submit(note(1));
  submit([](Transaction& transaction) -> Result<void> {
    EXPECT_TRUE(note(2)(transaction));
    return Error{Next::quarantine, "damaged"};
  });
  submit([](Transaction& transaction) -> Result<void> {
    EXPECT_TRUE(note(3)(transaction));
    throw std::runtime_error("a surprise");
  });
  submit(note(1));
  submit(note(4));
  release.set_value();
  writer->stop();
  ASSERT_EQ(results.size(), 5U);
  EXPECT_EQ(results[1], "quarantine damaged");
  EXPECT_EQ(results[2], "quarantine unexpected: a surprise");
  EXPECT_TRUE(results[3].starts_with("give-up a ledger row: constraint failed")) << results[3];
  EXPECT_EQ(results[0] + results[4], "donedone");
  EXPECT_EQ(ask(path, "SELECT uid FROM ledger ORDER BY uid"), "1; 4");
  EXPECT_TRUE(fatal.empty());
}

TEST_F(WriterTest, QueuedBytesAreThoseOfJobsThatAreNotDone) {
  auto release = hold();
  writer->submit({.work = note(1), .bytes = 1000});
  writer->submit({.work = note(2), .bytes = 500});
  EXPECT_EQ(writer->queued_bytes(), 1500U);
  EXPECT_EQ(writer->queued_jobs(), 2U);
  release.set_value();
  writer->stop();
  EXPECT_EQ(writer->queued_bytes(), 0U);
}

TEST_F(WriterTest, StopDoesWhatWasSubmittedAndThenRefuses) {
  int ended = 0;
  for (int uid = 1; uid <= 250; ++uid) {
    writer->submit({.work = note(uid), .done = [&](const Result<void>& result) { ended += result ? 1 : 0; }});
  }
  writer->stop();
  EXPECT_EQ(ended, 250);
  EXPECT_EQ(ask(path, "SELECT count(*) FROM ledger"), "250");
  std::string late;
  writer->submit({.work = note(999), .done = [&](const Result<void>& result) { late = name(result.error().next); }});
  EXPECT_EQ(late, "retry");
  EXPECT_TRUE(Book::open(path));  // the lock is free again
}

TEST_F(WriterTest, TheLogIsShortenedInQuietMoments) {
  for (int uid = 1; uid <= 3000; ++uid) {
    writer->submit({.work = [uid](Transaction& transaction) {
      Place place = place_of(uid);
      return transaction.note(place, kNow, leads::Outcome::baseline, std::string(5000, 'x'));
    }});
    if (uid % 1000 != 0) continue;
    ASSERT_TRUE(grows_to(uid * std::uintmax_t{5000}));
  }
  EXPECT_LT(std::filesystem::file_size(path + "-wal"), 16U << 20);
  EXPECT_GT(std::filesystem::file_size(path), 8U << 20);
}

// After a failed fsync the kernel may have thrown the pages away and the next fsync succeeds without them: nothing that
// was read since can be trusted.
TEST_F(WriterTest, AFailedSyncEndsAllWriting) {
  ASSERT_TRUE(run(note(1)));
  Disk::sync_fails = true;
  const auto failed = run(note(2));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().next, Next::stop);
  Disk::sync_fails = false;
  const auto later = run(note(3));
  ASSERT_FALSE(later);
  EXPECT_EQ(later.error().next, Next::stop);
  writer->stop();
  EXPECT_EQ(fatal.size(), 1U);
  EXPECT_EQ(ask(path, "SELECT count(*) FROM ledger WHERE uid = 3"), "0");
}

}  // namespace
}  // namespace leadmail::store::tests
