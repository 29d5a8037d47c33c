#include "mail/worker/pool.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>
#include <vector>

#include "fixtures/children.h"
#include "fixtures/lying_worker.h"

namespace leadmail::mail::worker {
namespace {

constexpr std::string_view kMail =
    "From: Ana <ana@x.example>\r\nSubject: bombas\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nQuisiera doce "
    "bombas.\r\n";

TEST(Pool, AnswersWhatTheMailSays) {
  Pool pool;
  const auto content = pool.parse({kMail});
  ASSERT_TRUE(content) << content.error().what;
  EXPECT_EQ(content->reply, "Quisiera doce bombas.");
}

TEST(Pool, LosesNoMessageWhenAWorkerIsKilled) {
  Pool pool;
  for (int i = 0; i < 20; ++i) {
    for (const pid_t worker : workers()) kill(worker, SIGKILL);
    const auto content = pool.parse({kMail});
    ASSERT_TRUE(content) << content.error().what;
  }
}

TEST(Pool, QuarantinesWhatTakesLongerThanTheDeadline) {
  PoolOptions options;
  options.deadline = std::chrono::milliseconds{0};
  Pool pool(options);
  const auto content = pool.parse({kMail});
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().next, Next::quarantine);
  EXPECT_TRUE(workers().empty()) << "a worker over its deadline must be gone";
}

TEST(Pool, ParsesForManyThreadsAtOnce) {
  Pool pool;
  std::vector<std::jthread> threads;
  std::atomic<int> right{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) {
        const auto content = pool.parse({.raw = kMail, .fresh = i % 5 == 0});
        if (content && content->reply == "Quisiera doce bombas.") ++right;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(right, 100);
  EXPECT_LE(workers().size(), 2U);
}

TEST(Pool, KeepsNoMoreThanOneWorkerHoweverManyAskedAtOnce) {
  Pool pool;
  std::size_t most = 0;
  for (int round = 0; round < 40; ++round) {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 2; ++t) threads.emplace_back([&] { EXPECT_TRUE(pool.parse({.raw = kMail, .fresh = true})); });
    for (int t = 0; t < 2; ++t) threads.emplace_back([&] { EXPECT_TRUE(pool.parse({kMail})); });
    threads.clear();
    most = std::max(most, workers().size());
  }
  EXPECT_LE(most, 1U);
}

TEST(Pool, KeepsItsWorkersWhileMoreMailFollowsAndLetsThemGoAtRest) {
  Pool pool;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) EXPECT_TRUE(pool.parse({.raw = kMail, .more_follow = true}));
    });
  }
  threads.clear();
  EXPECT_LE(pool.figures().started, 2U);
  pool.rest();
  EXPECT_LE(workers().size(), 1U);
  EXPECT_TRUE(pool.parse({kMail}));
}

TEST(Pool, TakesANewWorkerForMailThatClaimsToBeFromAUser) {
  Pool pool;
  for (std::uint64_t i = 1; i <= 3; ++i) {
    ASSERT_TRUE(pool.parse({.raw = kMail, .fresh = true}));
    EXPECT_EQ(pool.figures().started, i);
    EXPECT_TRUE(workers().empty()) << "nor does it read any other afterwards";
  }
}

TEST(Pool, LosesNoMessageWhenTheNurseryIsKilled) {
  Pool pool;
  for (int i = 0; i < 10; ++i) {
    for (const pid_t process : nurseries()) kill(process, SIGKILL);
    const auto content = pool.parse({.raw = kMail, .fresh = i % 2 == 0});
    ASSERT_TRUE(content) << content.error().what;
  }
  EXPECT_LE(nurseries().size(), 1U);
}

TEST(Pool, ReplacesAWorkerAfterSoManyMails) {
  Pool pool({.workers = 2, .messages = 3});
  std::set<pid_t> all;
  for (int i = 0; i < 9; ++i) {
    ASSERT_TRUE(pool.parse({kMail}));
    for (const pid_t worker : workers()) all.insert(worker);
    EXPECT_LE(workers().size(), 1U);
  }
  EXPECT_GE(all.size(), 3U);
}

TEST(Pool, QuarantinesAMailOfWhichTheParserDiesTwiceAndReadsTheNextOne) {
  Pool pool;
  ASSERT_TRUE(pool.parse({kMail}));
  const std::string more_than_a_worker_takes(std::size_t{513} << 20U, 'a');
  const auto content = pool.parse({more_than_a_worker_takes});
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().next, Next::quarantine);
  EXPECT_NE(content.error().what.find("parser died twice"), std::string::npos) << content.error().what;
  for (int i = 0; i < 3; ++i) {
    const auto next = pool.parse({kMail});
    ASSERT_TRUE(next) << next.error().what;
    EXPECT_EQ(next->reply, "Quisiera doce bombas.");
  }
}

/// In a folder where the workers are liars, until the end of the test.
class AmongLiars : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("leadmail-liars-" + std::to_string(getpid()));
    std::filesystem::create_directory(folder_);
    std::ofstream(folder_ / kLyingWorker) << "so it does";
    std::filesystem::current_path(folder_);
  }
  void TearDown() override {
    std::filesystem::current_path(before_);
    std::filesystem::remove_all(folder_);
  }

 private:
  std::filesystem::path before_ = std::filesystem::current_path();
  std::filesystem::path folder_{};
};
using HostileWorker = AmongLiars;

TEST_F(HostileWorker, CostsTheMailThatItLiesAboutAndNoOther) {
  Pool pool({.workers = 2, .deadline = std::chrono::milliseconds{300}});
  for (const char* lie : {"nonsense", "too much", "half", "nothing", "death"}) {
    const auto content = pool.parse({"answer: " + std::string(lie)});
    ASSERT_FALSE(content) << lie;
    EXPECT_EQ(content.error().next, Next::quarantine) << lie;
    const auto next = pool.parse({kMail});
    ASSERT_TRUE(next) << "after " << lie << ": " << next.error().what;
  }
}

TEST_F(HostileWorker, RemembersNothingWhenItReadsMailThatClaimsToBeFromAUser) {
  Pool pool;
  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(pool.parse({kMail}));
    const auto content = pool.parse({.raw = kMail, .fresh = true});
    ASSERT_TRUE(content) << content.error().what;
    EXPECT_EQ(content->reply, "mails seen before: 0");
  }
}

TEST_F(HostileWorker, ThatHasReadAUsersMailReadsNoOther) {
  Pool pool({.workers = 4});
  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(pool.parse({.raw = kMail, .fresh = true}));
    ASSERT_TRUE(pool.parse({.raw = kMail, .fresh = true}));
    const auto content = pool.parse({kMail});
    ASSERT_TRUE(content) << content.error().what;
    EXPECT_EQ(content->reply, "mails seen before: " + std::to_string(i)) << "those of strangers alone";
  }
}

#ifndef LEADMAIL_SANITIZED
TEST(Pool, AWorkerAndItsNurseryHaveOneDescriptorAndNoEnvironment) {
  ASSERT_EQ(setenv("LEADMAIL_CANARY", "secret", 1), 0);
  Pool pool;
  ASSERT_TRUE(pool.parse({kMail}));
  ASSERT_FALSE(workers().empty());
  auto processes = workers();
  processes.push_back(nurseries().at(0));
  for (const pid_t process : processes) {
    const auto folder = std::filesystem::path("/proc") / std::to_string(process);
    EXPECT_EQ(read_file(folder / "environ"), "");
    std::error_code error;
    int descriptors = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "fd", error)) {
      (void)entry;
      ++descriptors;
    }
    if (error) continue;  // not ours to look at
    EXPECT_EQ(descriptors, 1);
  }
}
#endif

}  // namespace
}  // namespace leadmail::mail::worker
