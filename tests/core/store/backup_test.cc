#include "core/store/backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "core/store/sqlite.h"
#include "core/store/writer.h"
#include "tests/core/store/fixtures/book.h"
#include "tests/core/store/fixtures/taking.h"

namespace leadmail::store::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Progress kNobody = [](std::int64_t, std::int64_t) {};

/// A book with so many leads, each of whose notices waits in the outbox.
void write_book(const std::string& path, int mails) {
  auto book = open_book(path);
  for (int uid = 1; uid <= mails; ++uid) {
    const auto inquiry = an_inquiry(uid);
    take(*book, a_new_lead(inquiry), inquiry, uid);
  }
  auto transaction = begin(*book);
  ASSERT_TRUE(transaction->set_cursor("sales", "INBOX", {.uid_validity = 7, .last_uid = 3, .baseline_uid = 1}));
  ASSERT_TRUE(transaction->commit());
}

void change(const std::string& path, const std::string& sql) {
  auto db = Connection::open(path, Connection::Mode::write);
  ASSERT_TRUE(db);
  ASSERT_TRUE((*db)->run(("PRAGMA foreign_keys = OFF; " + sql).c_str()));
}

TEST(Backup, IsWholeWhileOthersWrite) {
  TemporaryFolder folder;
  const auto path = folder / "leadmail.db";
  PlainComposer composer;
  std::atomic<int> acknowledged = 0;
  Writer writer(open_book(path), [](const Error& error) { ADD_FAILURE() << error.what; });
  const auto write = [&](int from, int to) {
    for (int uid = from; uid < to; ++uid) {
      writer.submit(take_mail(uid, composer, [&acknowledged, uid](const Result<void>&) { acknowledged = uid; }));
    }
  };
  write(1, 300);
  while (acknowledged < 50) std::this_thread::yield();
  const int before = acknowledged;
  const auto copy = folder / "copy.db";
  ASSERT_TRUE(back_up(path, copy, kNobody));
  write(300, 310);
  writer.stop();

  struct stat status {};
  ASSERT_EQ(::stat(copy.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_FALSE(std::filesystem::exists(copy + "-wal"));
  EXPECT_FALSE(std::filesystem::exists(copy + ".part"));
  auto faults = verify(copy, kNobody);
  ASSERT_TRUE(faults) << faults.error().what;
  EXPECT_THAT(*faults, IsEmpty());
  EXPECT_EQ(accounting(copy), "");
  EXPECT_GE(std::stoi(ask(copy, "SELECT count(*) FROM ledger")), before);
}

TEST(Backup, NeverWritesOverAFileAndLeavesNothingHalfMade) {
  TemporaryFolder folder;
  write_book(folder / "leadmail.db", 1);
  std::ofstream(folder / "copy.db") << "precious";
  EXPECT_FALSE(back_up(folder / "leadmail.db", folder / "copy.db", kNobody));
  std::string text;
  std::getline(std::ifstream(folder / "copy.db") >> std::ws, text);
  EXPECT_EQ(text, "precious");
  EXPECT_FALSE(back_up(folder / "leadmail.db", folder / "no/such/folder.db", kNobody));
  EXPECT_FALSE(back_up(folder / "none.db", folder / "new.db", kNobody));
  EXPECT_FALSE(std::filesystem::exists(folder / "new.db"));
  EXPECT_FALSE(std::filesystem::exists(folder / "none.db"));
}

TEST(Verify, NamesWhatIsWrong) {
  TemporaryFolder folder;
  const auto path = folder / "leadmail.db";
  write_book(path, 3);
  ASSERT_THAT(*verify(path, kNobody), IsEmpty());
  change(path, "UPDATE lead SET fields = json_set(fields, '$.name', 'Somebody else') WHERE id = 2");
  EXPECT_THAT(*verify(path, kNobody), ElementsAre("L-2 is not what its events add up to"));
  change(path, "UPDATE raw SET bytes = x'00112233' WHERE id = 1");
  EXPECT_THAT(*verify(path, kNobody), ElementsAre(HasSubstr("L-2"), HasSubstr("bytes of mail 1 are damaged")));
  change(path, "UPDATE ledger_count SET sightings = sightings + 1");
  EXPECT_THAT((*verify(path, kNobody)).front(), HasSubstr("is not what the ledger has"));
  change(path, "DELETE FROM message WHERE id = 3");
  EXPECT_THAT((*verify(path, kNobody)).front(), HasSubstr("belongs to nothing in message"));
}

TEST(Verify, SaysWhenItIsNoBook) {
  TemporaryFolder folder;
  std::ofstream(folder / "text") << std::string(5000, 'x');
  EXPECT_FALSE(verify(folder / "text", kNobody));
  EXPECT_FALSE(verify(folder / "none", kNobody));
}

// What the copy promised may have left since, and what came since was seen: nothing of it is done twice.
TEST(Restore, PutsTheCopyInPlaceAndKnowsThatTheWorldHasGoneOn) {
  TemporaryFolder folder;
  const auto path = folder / "leadmail.db";
  write_book(path, 2);
  ASSERT_TRUE(back_up(path, folder / "copy.db", kNobody));
  {
    auto book = open_book(path);
    const auto later = an_inquiry(3);
    take(*book, a_new_lead(later), later, 3);
  }
  const auto lost = kNow + std::chrono::hours{5};
  const auto restored = restore(folder / "copy.db", path, lost, lost + std::chrono::hours{1}, kNobody);
  ASSERT_TRUE(restored) << restored.error().what;
  EXPECT_EQ(restored->worked_until, lost);
  EXPECT_EQ(restored->mails, 2);
  EXPECT_EQ(ask(restored->kept_as, "SELECT count(*) FROM lead"), "3");
  EXPECT_EQ(ask(path, "SELECT count(*) FROM lead"), "2");
  EXPECT_EQ(ask(path, "SELECT DISTINCT state FROM recipient"), "unknown");
  EXPECT_EQ(ask(path, "SELECT baseline_uid = 4294967295 AND first_epoch = 0 AND contact = " +
                          std::to_string(to_unix(lost)) + " FROM cursor"),
            "1");
  EXPECT_THAT(*verify(path, kNobody), IsEmpty());
  EXPECT_TRUE(Book::open(path));
}

// The copy holds them still; that they were erased is not forgotten with the book that is replaced.
TEST(Restore, RemembersWhoWasErasedSince) {
  TemporaryFolder folder;
  const auto path = folder / "leadmail.db";
  write_book(path, 1);
  change(path, "INSERT INTO erased (mark, at) VALUES ('before', 1)");
  ASSERT_TRUE(back_up(path, folder / "copy.db", kNobody));
  change(path, "INSERT INTO erased (mark, at) VALUES ('since', 2)");
  const auto restored = restore(folder / "copy.db", path, kNow, kNow, kNobody);
  ASSERT_TRUE(restored) << restored.error().what;
  EXPECT_EQ(restored->erased, 1);
  EXPECT_EQ(ask(path, "SELECT mark FROM erased ORDER BY at"), "before; since");
}

// Pages of another book would be read as its own.
TEST(Restore, NeverMeetsTheLogThatALostBookLeftBehind) {
  TemporaryFolder folder;
  const auto path = folder / "leadmail.db";
  write_book(path, 2);
  ASSERT_TRUE(back_up(path, folder / "copy.db", kNobody));
  std::filesystem::remove(path);
  std::ofstream(path + "-wal", std::ios::binary) << std::string(40'000, 'w');
  const auto restored = restore(folder / "copy.db", path, kNow, kNow, kNobody);
  ASSERT_TRUE(restored) << restored.error().what;
  EXPECT_EQ(restored->kept_as, "");
  EXPECT_FALSE(std::filesystem::exists(path + "-wal"));
  EXPECT_EQ(std::filesystem::file_size(path + ".before-restore-1-wal"), 40'000U);
  EXPECT_THAT(*verify(path, kNobody), IsEmpty());
}

TEST(Restore, RefusesWhatIsNotSoundAndABookInUse) {
  TemporaryFolder folder;
  const auto path = folder / "leadmail.db";
  write_book(path, 2);
  ASSERT_TRUE(back_up(path, folder / "copy.db", kNobody));
  {
    const auto book = open_book(path);
    EXPECT_FALSE(restore(folder / "copy.db", path, kNow, kNow, kNobody));
  }
  change(folder / "copy.db", "DELETE FROM event WHERE id = 1");
  const auto damaged = restore(folder / "copy.db", path, kNow, kNow, kNobody);
  ASSERT_FALSE(damaged);
  EXPECT_THAT(damaged.error().what, HasSubstr("is not sound"));
  EXPECT_EQ(ask(path, "SELECT count(*) FROM lead"), "2");
  EXPECT_EQ(ask(path, "SELECT DISTINCT state FROM recipient"), "waiting");
}

}  // namespace
}  // namespace leadmail::store::tests
