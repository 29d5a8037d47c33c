#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "core/store/writer.h"
#include "tests/core/store/fixtures/power_loss.h"
#include "tests/core/store/fixtures/taking.h"

namespace leadmail::store::tests {
namespace {

constexpr int kMails = 60;  // of one life of the book
constexpr double kImagesOfALife = 25;

/// What the disk may hold after a loss of power, and what had been acknowledged when it came.
struct Loss {
  std::map<std::string, std::string> files{};
  int acknowledged = 0;
};

int images_wanted() {
  const char* text = std::getenv("LEADMAIL_IMAGES");  // NOLINT(concurrency-mt-unsafe): one thread
  return text == nullptr ? 150 : std::stoi(text);
}

/// Takes mail while the power is lost at random changes of the files, as often as `rate` says.
class Life {
 public:
  Life(const std::string& path, int first, double rate, std::mt19937& random) : acknowledged_(first - 1) {
    PowerLoss disk;
    std::bernoulli_distribution strikes(rate);
    constexpr double kShares[] = {0.0, 0.02, 0.5, 0.9, 1.0};
    disk.before_change = [&] {
      ++changes_;
      if (!strikes(random)) return;
      const double kept = kShares[std::uniform_int_distribution<std::size_t>(0, std::size(kShares) - 1)(random)];
      losses_.push_back({.files = disk.image(kept, random), .acknowledged = acknowledged_});
    };
    PlainComposer composer;
    Writer writer(open_book(path), [](const Error& error) { ADD_FAILURE() << error.what; });
    for (int uid = first; uid < first + kMails; ++uid) {
      writer.submit(take_mail(uid, composer, [this, uid](const Result<void>& result) {
        EXPECT_TRUE(result) << result.error().what;
        acknowledged_ = uid;
      }));
      if (uid % 7 == 0) {
        while (writer.queued_jobs() > 0) std::this_thread::yield();  // so that batches are of every size
      }
    }
    writer.stop();
  }
  [[nodiscard]] const std::vector<Loss>& losses() const { return losses_; }
  [[nodiscard]] int changes() const { return changes_; }

 private:
  std::atomic<int> acknowledged_;
  int changes_ = 0;
  std::vector<Loss> losses_{};
};

void put_back(const Loss& loss, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  for (const auto& [name, bytes] : loss.files) {
    std::ofstream file(folder / name, std::ios::binary);
    file << bytes;
    ASSERT_TRUE(file.flush());
  }
}

// LEADMAIL_IMAGES says how many are looked at; 2,000 take some minutes.
TEST(PowerLoss, WhatWasAcknowledgedIsThereInEveryImageAndNothingIsHalfDone) {
  TemporaryFolder folder;
  std::mt19937 random(20260815);
  const int wanted = images_wanted();
  int seen = 0;
  int lives = 0;
  double rate = 1.0 / 50;  // of the first life; from then on by the changes of the one before
  int lost = 0;            // images in which something that was written but not yet acknowledged is gone
  for (int first = 1; seen < wanted; first += kMails, ++lives) {
    const auto path = folder / ("leadmail" + std::to_string(lives / 5) + ".db");  // a new one after each five lives
    if (lives % 5 == 0) first = 1;
    const Life life(path, first, rate, random);
    ASSERT_GT(life.losses().size(), 0U);
    rate = kImagesOfALife / life.changes();
    for (const auto& loss : life.losses()) {
      const std::filesystem::path image(folder / "image");
      std::filesystem::remove_all(image);
      put_back(loss, image);
      const auto file = (image / std::filesystem::path(path).filename()).string();
      {
        const auto book = Book::open(file);
        ASSERT_TRUE(book) << "image " << seen << ": " << book.error().what;
      }
      ASSERT_EQ(accounting(file), "") << "image " << seen;
      const int kept = std::stoi(ask(file, "SELECT count(*) FROM ledger"));
      ASSERT_GE(kept, loss.acknowledged) << "image " << seen;
      ASSERT_EQ(ask(file, "SELECT coalesce(max(uid), 0) FROM ledger"), std::to_string(kept)) << "image " << seen;
      lost += kept < first + kMails - 1;
      ++seen;
    }
  }
  std::printf("power loss: %d images of %d lives, %d with less than the whole\n", seen, lives, lost);
  EXPECT_GT(lost, seen / 2);
  EXPECT_LT(lost, seen);
}

TEST(PowerLoss, TheDiskLosesWhatWasNotSyncedAndKeepsTheRest) {
  std::mt19937 random(1);
  DiskFile file("");
  file.write(0, std::string(4096, 'a'));
  file.sync();
  file.write(0, std::string(4096, 'b'));
  EXPECT_EQ(file.after_loss(0.0, random), std::string(4096, 'a'));
  const auto half = file.after_loss(0.5, random);
  EXPECT_NE(half.find('a'), std::string::npos);
  EXPECT_NE(half.find('b'), std::string::npos);
  file.sync();
  EXPECT_EQ(file.after_loss(0.0, random), std::string(4096, 'b'));
}

}  // namespace
}  // namespace leadmail::store::tests
