#include "core/store/book.h"

#include <sys/random.h>

#include <array>

#include "core/store/book_file.h"
#include "core/store/fold.h"
#include "core/store/schema.h"
#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

constexpr int kLogToShorten = 1000;  ///< pages: 4 MiB

const Sql kMeta{"SELECT value FROM meta WHERE name = :name"};
const Sql kSetMeta{"INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING"};

class SqliteBook final : public Book {
 public:
  SqliteBook(Lock lock, std::unique_ptr<Connection> db) : lock_(std::move(lock)) {
    desk_.db = std::move(db);
    desk_.leads.follow(*desk_.db);
  }

  /// Reads the instance's name, giving it one when the book is new.
  Result<void> learn_instance() {
    std::array<unsigned char, 16> random{};
    if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) {
      return Error{Next::stop, "no random bytes"};
    }
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string made;
    for (const auto byte : random) (made += kDigits[byte >> 4]) += kDigits[byte & 15];

    auto done = desk_.db->query(kSetMeta).bind(":name", "instance").bind(":value", made).run();
    if (done) {
      done = desk_.db->query(kSetMeta).bind(":name", "fold").bind(":value", std::to_string(kFoldVersion)).run();
    }
    if (!done) return done;
    auto query = desk_.db->query(kMeta);
    auto row = query.bind(":name", "instance").step();
    if (!row) return std::move(row.error());
    instance_ = query.text(0);
    return {};
  }

  Result<std::unique_ptr<Transaction>> begin() override { return BookTransaction::begin(desk_); }
  Result<void> tidy() override { return desk_.db->shorten_log(kLogToShorten); }
  Result<void> close() override {
    auto done = desk_.db->shorten_log(1);
    if (!done) leave();
    return done;
  }
  void leave() override { desk_.db->checkpoint_on_close(false); }
  void rest() override {
    desk_.leads.forget();
    desk_.db->release_memory();
  }
  Result<void> compact() override { return desk_.db->compact(); }
  [[nodiscard]] const std::string& instance() const override { return instance_; }

 private:
  Lock lock_;  // outlives the connection
  Desk desk_{};
  std::string instance_{};
};

/// Settings of the writing connection. secure_delete: what was erased is gone from the file, too.
constexpr const char* kSettings =
    "PRAGMA synchronous = FULL;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA mmap_size = 0;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -8000;"
    "PRAGMA journal_size_limit = 33554432;";

Result<void> prepare(Connection& db, const std::string& path) {
  auto content = look_at(db, path, kSchemaVersion);
  if (!content) return std::move(content.error());
  if (auto done = db.run("PRAGMA journal_mode = WAL"); !done) return std::move(done.error()).in(path);
  if (auto done = db.run(kSettings); !done) return std::move(done.error()).in(path);
  if (auto done = upgrade(db, path, kSchema, migrations(), kSchemaVersion); !done)
    return std::move(done.error()).in(path);
  db.watch_log();
  db.checkpoint_on_close(true);
  return {};
}

/// Whatever keeps the book from being opened, the caller can do nothing but end; after a full disk, or one that failed,
/// it is worth to begin again.
Error fatal(Error error) {
  const bool may_pass = error.next == Next::retry;
  return {may_pass ? Next::retry : Next::stop, std::move(error.what)};
}

}  // namespace

Result<std::unique_ptr<Book>> Book::open(const std::string& path) {
  auto lock = Lock::take(path + ".lock");
  if (!lock) return fatal(std::move(lock.error()));
  if (auto made = make_private_file(path); !made) return fatal(std::move(made.error()));
  auto db = Connection::open(path, Connection::Mode::write);
  if (!db) return fatal(std::move(db.error()));
  if (auto done = prepare(**db, path); !done) return fatal(std::move(done.error()));

  Connection& connection = **db;
  auto book = std::make_unique<SqliteBook>(std::move(*lock), std::move(*db));
  if (auto done = book->learn_instance(); !done) return fatal(std::move(done.error()).in(path));
  connection.has_begun();
  return std::unique_ptr<Book>(std::move(book));
}

}  // namespace leadmail::store
