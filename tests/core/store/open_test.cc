#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <random>

#include "core/store/schema.h"
#include "core/store/sqlite.h"
#include "tests/core/store/fixtures/book.h"
#include "tests/core/store/fixtures/disk.h"

namespace leadmail::store::tests {
namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

struct OpenTest : testing::Test {
  /// Opens, and tells why not; "" when it opened.
  [[nodiscard]] std::string why_not() const {
    auto book = Book::open(path);
    if (book) return "";
    EXPECT_EQ(book.error().next, Next::stop);
    return book.error().what;
  }

  /// A refused file stays as it was, byte for byte.
  void expect_refused(const std::string& bytes, std::string_view why) {
    write_file(path, bytes);
    const auto said = why_not();
    EXPECT_NE(said.find(why), std::string::npos) << said;
    EXPECT_TRUE(bytes_of(path) == bytes);
  }

  void fill() {
    const auto book = open_book(path);
    for (int n = 1; n <= 50; ++n) {
      const auto inquiry = an_inquiry(n);
      take(*book, a_new_lead(inquiry), inquiry, n);
    }
  }

  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
};

/// While it lives, SQLite's reads fail as those of a dying disk do.
class DyingDisk {
 public:
  DyingDisk() { vfs_->xSetSystemCall(vfs_, "pread64", reinterpret_cast<sqlite3_syscall_ptr>(&fail)); }
  ~DyingDisk() { vfs_->xSetSystemCall(vfs_, "pread64", nullptr); }
  DyingDisk(const DyingDisk&) = delete;
  DyingDisk& operator=(const DyingDisk&) = delete;

 private:
  static ssize_t fail(int /*file*/, void* /*room*/, std::size_t /*size*/, off64_t /*from*/) {
    errno = EIO;
    return -1;
  }
  sqlite3_vfs* vfs_ = sqlite3_vfs_find(nullptr);
};

TEST_F(OpenTest, ADiskThatFailsIsNoWordAboutTheBook) {
  fill();
  const auto bytes = bytes_of(path);
  {
    const DyingDisk dying;
    auto book = Book::open(path);
    ASSERT_FALSE(book);
    EXPECT_EQ(book.error().next, Next::retry)
        << "systemd begins again after status 1, and not after 4: " << book.error().what;
    EXPECT_EQ(book.error().what.find("no book of ours"), std::string::npos) << book.error().what;
  }
  EXPECT_TRUE(bytes_of(path) == bytes);
  EXPECT_EQ(why_not(), "");
}

TEST_F(OpenTest, ANewBookIsMadeForItsOwnerAlone) {
  std::string instance;
  {
    const auto book = open_book(path);
    instance = book->instance();
  }
  EXPECT_EQ(instance.size(), 32U);
  EXPECT_EQ(open_book(path)->instance(), instance);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  EXPECT_NE(open_book(folder / "other.db")->instance(), instance);
}

TEST_F(OpenTest, OnlyOneProcessWrites) {
  const auto book = open_book(path);
  EXPECT_NE(why_not().find("another process writes this book"), std::string::npos);
  EXPECT_EQ(in_child([&] { return !Book::open(path); }), Ending::finished);
}

TEST_F(OpenTest, TheLockEndsWithItsProcess) {
  EXPECT_EQ(in_child([&] {
              const auto book = Book::open(path);
              return book && ::raise(SIGKILL) == 0;
            }),
            Ending::killed);
  EXPECT_EQ(why_not(), "");
}

TEST_F(OpenTest, WhatIsNoBookIsRefusedAndNotTouched) {
  std::mt19937 random(4711);
  std::string noise(200'000, '\0');
  for (auto& byte : noise) byte = static_cast<char>(random());
  expect_refused(noise, "is no book of ours, or damaged");
  expect_refused(noise.substr(0, 40), "is no book of ours, or damaged");
  expect_refused(std::string(8192, '\0'), "is no book of ours, or damaged");
  expect_refused("From: maria@x.example\r\n\r\nHello\r\n", "is no book of ours, or damaged");
}

TEST_F(OpenTest, AnotherProgramsDatabaseIsRefusedAndNotTouched) {
  {
    auto db = *Connection::open(path, Connection::Mode::write);
    ASSERT_TRUE(db->run("CREATE TABLE bookmarks (url TEXT); PRAGMA user_version = 3;"));
  }
  expect_refused(bytes_of(path), "it belongs to another program");
}

TEST_F(OpenTest, ATruncatedBookIsRefusedAndNotTouched) {
  fill();
  const auto whole = bytes_of(path);
  ASSERT_GT(whole.size(), 100'000U);
  for (const auto size :
       {whole.size() / 2, whole.size() - 4096, whole.size() - 1, std::size_t{4096}, std::size_t{60}}) {
    expect_refused(whole.substr(0, size), "damaged");
  }
  write_file(path, whole);
  EXPECT_EQ(why_not(), "");
}

// With a log beside it SQLite itself does not see that the file was cut, and would write the damage down.
TEST_F(OpenTest, ATruncatedBookIsRefusedAlsoWithALogBesideIt) {
  fill();
  ASSERT_EQ(in_child([&] {
              const auto book = Book::open(path);
              const auto inquiry = an_inquiry(99);
              take(**book, a_new_lead(inquiry), inquiry, 99);
              return ::raise(SIGKILL) == 0;
            }),
            Ending::killed);
  const auto whole = bytes_of(path);
  const auto log = bytes_of(path + "-wal");
  ASSERT_FALSE(log.empty());
  expect_refused(whole.substr(0, whole.size() / 2), "damaged");
  expect_refused(whole.substr(0, whole.size() - 40'960), "it ends too early");
  EXPECT_TRUE(bytes_of(path + "-wal") == log);

  write_file(path, whole);
  EXPECT_EQ(why_not(), "");
  EXPECT_EQ(ask(path, "SELECT count(*) FROM ledger WHERE uid = 99"), "1");
}

// Before its first checkpoint a young book stands in the log, and its file is shorter than it says.
TEST_F(OpenTest, ABookWhosePagesStandInTheLogIsWhole) {
  ASSERT_EQ(in_child([&] {
              const auto book = Book::open(path);
              for (int n = 1; n <= 10; ++n) {
                const auto inquiry = an_inquiry(n);
                take(**book, a_new_lead(inquiry), inquiry, n);
              }
              return ::raise(SIGKILL) == 0;
            }),
            Ending::killed);
  EXPECT_LT(bytes_of(path).size(), 50'000U);
  EXPECT_EQ(why_not(), "");
  EXPECT_EQ(ask(path, "SELECT count(*) FROM ledger"), "10");
}

TEST_F(OpenTest, ANewerBookIsRefusedAndNotTouched) {
  fill();
  {
    auto db = *Connection::open(path, Connection::Mode::write);
    db->checkpoint_on_close(true);
    ASSERT_TRUE(db->run("PRAGMA user_version = 900"));
  }
  expect_refused(bytes_of(path), "was written by a newer version (schema 900");
  const auto reader = Reader::open(path);
  ASSERT_FALSE(reader);
  EXPECT_NE(reader.error().what.find("has schema 900"), std::string::npos);
}

TEST_F(OpenTest, AFolderThatIsNotThereIsAnError) {
  path = folder / "missing/leadmail.db";
  EXPECT_NE(why_not().find("No such file or directory"), std::string::npos);
}

const std::vector<Migration> kSteps = {
    {2, "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO b SELECT x FROM a; DROP TABLE a;"},
    {3, "ALTER TABLE b RENAME TO c; ALTER TABLE c ADD COLUMN y TEXT NOT NULL DEFAULT '';"}};
constexpr const char* kOldSchema =
    "CREATE TABLE a (x INTEGER) STRICT;"
    "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000) INSERT INTO a SELECT x FROM n;";

/// Opens and migrates as Book::open does.
Result<void> migrate_file(const std::string& path, int target) {
  auto db = Connection::open(path, Connection::Mode::write);
  if (!db) return db.error();
  auto done = (*db)->run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  if (done) done = upgrade(**db, path, kOldSchema, kSteps, target);
  (*db)->checkpoint_on_close(true);
  return done;
}

TEST_F(OpenTest, AMigrationThatIsKilledAnywhereLeavesTheOldOrTheNewSchema) {
  const auto old = folder / "old.db";
  ASSERT_TRUE(migrate_file(old, 1));
  const std::map<std::string, std::string> tables = {{"1", "a"}, {"2", "b"}, {"3", "c"}};
  int kills = 0;
  std::set<std::string> seen;
  for (;; ++kills) {
    const auto copy = path + ".before-schema-3";
    for (const auto* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
    std::filesystem::remove(copy);
    std::filesystem::copy_file(old, path);
    const auto ending = in_child([&] {
      Disk::calls_until_kill = kills;
      return static_cast<bool>(migrate_file(path, 3));
    });
    if (ending == Ending::finished) break;
    ASSERT_EQ(ending, Ending::killed);
    const auto version = ask(path, "PRAGMA user_version");
    seen.insert(version);
    ASSERT_EQ(ask(path, "SELECT name FROM sqlite_schema WHERE type = 'table'"), tables.at(version)) << kills;
    ASSERT_EQ(ask(path, "SELECT count(*) FROM " + tables.at(version)), "1000") << kills;
    // No step is taken before the copy is whole.
    const bool is_copied = std::filesystem::exists(copy);
    ASSERT_TRUE(is_copied || version == "1") << kills;
    if (is_copied) {
      ASSERT_EQ(ask(copy, "PRAGMA integrity_check"), "ok") << kills;
      ASSERT_EQ(ask(copy, "SELECT count(*) FROM a"), "1000") << kills;
    }
    ASSERT_TRUE(migrate_file(path, 3)) << kills;
    ASSERT_EQ(ask(path, "SELECT count(y) FROM c"), "1000") << kills;
    ASSERT_EQ(ask(path, "PRAGMA integrity_check"), "ok") << kills;
    ASSERT_EQ(ask(copy, "SELECT count(*) FROM a"), "1000") << kills;
    ASSERT_FALSE(std::filesystem::exists(copy + ".part")) << kills;
  }
  EXPECT_GT(kills, 20);
  EXPECT_EQ(seen, (std::set<std::string>{"1", "2", "3"}));
}

TEST_F(OpenTest, ABookWhoseMakingIsKilledIsMadeNextTime) {
  int kills = 0;
  for (;; kills += kills < 20 ? 1 : 5) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal", ".lock"}) std::filesystem::remove(path + suffix);
    const auto ending = in_child([&] {
      Disk::calls_until_kill = kills;
      return static_cast<bool>(Book::open(path));
    });
    ASSERT_EQ(why_not(), "") << kills;
    ASSERT_EQ(ask(path, "SELECT length(value) FROM meta WHERE name = 'instance'"), "32") << kills;
    if (ending == Ending::finished) break;
    ASSERT_EQ(ending, Ending::killed);
  }
  EXPECT_GT(kills, 10);
}

TEST_F(OpenTest, AStepThatFailsOrIsMissingChangesNothing) {
  ASSERT_TRUE(migrate_file(path, 1));
  auto db = *Connection::open(path, Connection::Mode::write);
  EXPECT_FALSE(migrate(*db, kOldSchema, {{2, "CREATE TABLE b (x INTEGER); nonsense"}}, 2));
  EXPECT_FALSE(migrate(*db, kOldSchema, {kSteps[1]}, 3));
  EXPECT_EQ(ask(path, "SELECT name FROM sqlite_schema"), "a");
  EXPECT_EQ(ask(path, "PRAGMA user_version"), "1");
}

}  // namespace
}  // namespace leadmail::store::tests
