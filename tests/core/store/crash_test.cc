#include <gtest/gtest.h>
#include <poll.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <future>
#include <random>

#include "core/store/writer.h"
#include "tests/core/store/fixtures/book.h"
#include "tests/core/store/fixtures/disk.h"
#include "tests/core/store/fixtures/taking.h"

namespace leadmail::store::tests {
namespace {

/// In a child: takes mail for ever and writes the uid of each acknowledged one to the pipe.
[[noreturn]] void take_for_ever(const std::string& path, int first, int acknowledged) {
  auto book = Book::open(path);
  if (!book) ::_exit(1);
  PlainComposer composer;
  Writer writer(std::move(*book), [](const Error&) { ::_exit(2); });
  for (int uid = first;; ++uid) {
    while (writer.queued_jobs() > 40) ::usleep(200);
    writer.submit(take_mail(uid, composer, [acknowledged, uid](const Result<void>& result) {
      if (!result || ::write(acknowledged, &uid, sizeof uid) != sizeof uid) ::_exit(3);
    }));
  }
}

// Whatever moment the process is killed at: what was acknowledged is there, and nothing is there by half.
TEST(Crash, NothingAcknowledgedIsLostAndNothingIsHalfDone) {
  TemporaryFolder folder;
  const auto path = folder / "leadmail.db";
  std::mt19937 random(20260101);
  int next = 1;
  for (int round = 0; round < 25; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) take_for_ever(path, next, ends[1]);
    ::close(ends[1]);
    int last = 0;
    const int enough = next + std::uniform_int_distribution(1, 60)(random);
    for (int uid = 0; last < enough && ::read(ends[0], &uid, sizeof uid) == sizeof uid;) last = uid;
    ASSERT_GE(last, enough) << "the child ended by itself";
    ::usleep(std::uniform_int_distribution<useconds_t>(0, 4000)(random));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    for (int uid = 0; ::read(ends[0], &uid, sizeof uid) == sizeof uid;) last = uid;
    ::close(ends[0]);

    ASSERT_TRUE(Book::open(path));
    ASSERT_EQ(accounting(path), "") << "round " << round;
    const int kept = std::stoi(ask(path, "SELECT count(*) FROM ledger"));
    ASSERT_EQ(ask(path, "SELECT max(uid) FROM ledger"), std::to_string(kept));
    ASSERT_EQ(ask(path, "SELECT last_uid FROM cursor"), std::to_string(kept));
    ASSERT_GE(kept, last);
    next = kept + 1;
  }
  EXPECT_GT(next, 100);
}

TEST(Crash, AKillBeforeEachWriteOfABatchLeavesAllOfItOrNothing) {
  TemporaryFolder folder;
  const auto path = folder / "leadmail.db";
  ASSERT_TRUE(Book::open(path));
  int kills = 0;
  int kept = 0;
  for (;; ++kills) {
    const int first = kept + 1;
    const auto ending = in_child([&] {
      auto book = Book::open(path);
      PlainComposer composer;
      auto transaction = begin(**book);
      Disk::calls_until_kill = kills;
      for (int uid = first; uid < first + 5; ++uid) {
        const auto inquiry = an_inquiry(uid);
        if (!transaction->apply(a_new_lead(inquiry), incoming(inquiry, uid), composer)) return false;
      }
      const bool committed = static_cast<bool>(transaction->commit());
      Disk::calls_until_kill = -1;
      return committed;
    });
    ASSERT_NE(ending, Ending::failed);
    ASSERT_TRUE(Book::open(path));
    ASSERT_EQ(accounting(path), "") << kills;
    kept = std::stoi(ask(path, "SELECT count(*) FROM ledger"));
    ASSERT_TRUE(kept == first - 1 || kept == first + 4) << kills;
    if (ending == Ending::finished) break;
  }
  EXPECT_EQ(kept % 5, 0);
  EXPECT_GT(kills, 5);
}

/// Takes mail until the disk is full and again when there is room; every message is acknowledged, or nowhere.
void fill_and_recover(const std::string& path, const std::function<void()>& make_room) {
  PlainComposer composer;
  std::vector<std::string> fatal;
  Writer writer(open_book(path), [&](const Error& error) { fatal.push_back(error.what); });
  const auto take_one = [&](int uid) {
    std::promise<Result<void>> ended;
    writer.submit(take_mail(uid, composer, [&](Result<void> result) { ended.set_value(std::move(result)); }));
    return ended.get_future().get();
  };
  int kept = 0;
  Result<void> result;
  for (int uid = 1; uid < 5000; ++uid) {
    result = take_one(uid);
    if (!result) break;
    ++kept;
  }
  ASSERT_FALSE(result) << "the disk never got full";
  EXPECT_EQ(result.error().next, Next::retry) << result.error().what;
  EXPECT_NE(result.error().what.find("disk full"), std::string::npos) << result.error().what;
  EXPECT_FALSE(take_one(kept + 1));

  make_room();
  const auto again = take_one(kept + 1);
  EXPECT_TRUE(again) << again.error().what;
  EXPECT_TRUE(fatal.empty());
  writer.stop();
  EXPECT_EQ(ask(path, "SELECT count(*) FROM ledger"), std::to_string(kept + 1));
  EXPECT_EQ(accounting(path), "");
}

/// A disk in memory, as long as the object lives; not there when we may not mount.
class SmallDisk {
 public:
  explicit SmallDisk(std::string path) : path_(std::move(path)) {
    std::filesystem::create_directory(path_);
    is_there_ = ::mount("tmpfs", path_.c_str(), "tmpfs", 0, "size=1500k") == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (is_there_) ::umount2(path_.c_str(), MNT_DETACH);
  }
  [[nodiscard]] bool is_there() const { return is_there_; }
  void grow() { EXPECT_EQ(::mount("tmpfs", path_.c_str(), "tmpfs", MS_REMOUNT, "size=50m"), 0); }

 private:
  std::string path_;
  bool is_there_ = false;
};

TEST(DiskFull, IntakePausesAndGoesOnWhenThereIsRoom) {
  TemporaryFolder folder;
  SmallDisk disk(folder / "disk");
  if (!disk.is_there()) GTEST_SKIP() << "needs the right to mount";
  fill_and_recover(folder / "disk/leadmail.db", [&] { disk.grow(); });
}

// The same without the right to mount: no file may grow beyond a limit.
TEST(DiskFull, AFileSizeLimitPausesIntakeToo) {
  TemporaryFolder folder;
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{.rlim_cur = 1'500'000, .rlim_max = before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  fill_and_recover(folder / "leadmail.db", [&] { ::setrlimit(RLIMIT_FSIZE, &before); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old);
}

}  // namespace
}  // namespace leadmail::store::tests
