// SQLite as this folder uses it: one connection, statements prepared once and bound by name, every failure an Error
// that says what to do next. Internal to core/store; nothing of SQLite shows here.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/base/time.h"

struct sqlite3;
struct sqlite3_stmt;

namespace leadmail::store {

/// The text of one statement; declared at namespace scope beside the function that runs it.
class Sql {
 public:
  explicit Sql(const char* text) : text_(text), next_(head()) { head() = this; }
  Sql(const Sql&) = delete;
  Sql& operator=(const Sql&) = delete;
  ~Sql() = default;

  [[nodiscard]] const char* text() const { return text_; }
  /// All statements of the program, linked: a test reads the plan of each.
  static const Sql* first() { return head(); }
  [[nodiscard]] const Sql* next() const { return next_; }

 private:
  const char* text_;
  const Sql* next_;
  static const Sql*& head() {
    static const Sql* newest = nullptr;
    return newest;
  }
};

/// Bytes that are no text.
struct Blob {
  std::string_view bytes{};
};

class Connection;

/// One run of a statement. Texts and blobs that are bound must live until it is done; columns until the next step.
class Query {
 public:
  Query(Connection& connection, sqlite3_stmt* statement, bool* busy, Error error);
  Query(Query&& other) noexcept;
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  Query& operator=(Query&&) = delete;
  ~Query();

  Query& bind(const char* name, std::int64_t value);
  Query& bind(const char* name, std::string_view value);
  Query& bind(const char* name, Blob value);
  Query& bind(const char* name, std::nullptr_t);
  Query& bind(const char* name, std::integral auto value) { return bind(name, static_cast<std::int64_t>(value)); }
  Query& bind(const char* name, const char* value) { return bind(name, std::string_view(value)); }
  Query& bind(const char* name, const std::string& value) { return bind(name, std::string_view(value)); }
  Query& bind(const char* name, Time value) { return bind(name, to_unix(value)); }
  template <typename Tag>
  Query& bind(const char* name, Id<Tag> value) {
    return bind(name, value.value);
  }
  template <typename T>
  Query& bind(const char* name, const std::optional<T>& value) {
    return value ? bind(name, *value) : bind(name, nullptr);
  }

  /// True: there is a row to read. False: there are no more.
  Result<bool> step();
  /// Runs to the end; for statements that answer nothing.
  Result<void> run();

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string_view view(int column) const;  ///< text or blob
  [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
  [[nodiscard]] Time time(int column) const { return from_unix(integer(column)); }
  template <typename Id>
  [[nodiscard]] std::optional<Id> id(int column) const {
    if (is_null(column)) return std::nullopt;
    return Id{integer(column)};
  }

 private:
  int place_of(const char* name);
  void note(int code);

  Connection& connection_;
  sqlite3_stmt* statement_;
  bool* busy_;  ///< of the cached statement; nullptr: it is ours alone
  std::optional<Error> failed_{};
};

class Connection {
 public:
  enum class Mode { read, write };

  /// Opens the file, in `write` mode making it when it isn't there. Reads nothing of it, changes nothing in it, and
  /// until checkpoint_on_close() leaves it as it is when closed.
  static Result<std::unique_ptr<Connection>> open(const std::string& path, Mode mode);
  explicit Connection(sqlite3* handle) : handle_(handle) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  Query query(const Sql& sql);
  /// A statement whose text was made up at run time; not kept.
  Query query(const std::string& sql);
  /// Several statements without values.
  Result<void> run(const char* sql);
  /// The one number that a statement answers.
  Result<std::int64_t> number(const char* sql);

  /// Writes all of it, as it stands at one moment, into the empty file at `path`, which needs no log beside it then.
  /// `progress` is told pages done and all pages. Writers are not held up. https://www.sqlite.org/backup.html
  Result<void> copy_to(const std::string& path, const std::function<void(std::int64_t, std::int64_t)>& progress);

  [[nodiscard]] std::int64_t last_insert_id() const;
  [[nodiscard]] int changes() const;  ///< rows that the last INSERT, UPDATE or DELETE touched
  [[nodiscard]] bool in_transaction() const;
  /// While true, a statement outside a transaction fails instead of committing by itself: after a full disk SQLite may
  /// have rolled the whole transaction back.
  void require_transaction(bool required) { transaction_required_ = required; }
  /// From now on a failed read, write or fsync is `stop`. Until then, in `write` mode, it is `retry`: nothing has been
  /// acknowledged yet, and another start reads what is there.
  void has_begun() { begins_ = false; }
  void checkpoint_on_close(bool wanted);
  /// `changed` is told the table and rowid of each row that is added, changed or deleted from now on, also by an UPDATE
  /// that is rolled back later. https://sqlite.org/c3ref/update_hook.html
  void on_change(std::function<void(std::string_view table, std::int64_t row)> changed);
  /// From now on counts the pages in the write-ahead log, and moves them into the file when there are very many.
  void watch_log();
  /// Moves the log into the file when it holds more than `pages`; readers may keep part of it there.
  Result<void> shorten_log(int pages);
  /// Lets go of pages that are kept only to be read again. https://sqlite.org/c3ref/db_release_memory.html
  void release_memory();
  /// Writes the file anew without what was deleted and empties the log (Book::compact).
  /// https://sqlite.org/lang_vacuum.html
  Result<void> compact();
  /// Size of the file itself in bytes, without what the write-ahead log holds.
  [[nodiscard]] Result<std::int64_t> file_size() const;

  /// What a result code of SQLite means to the caller.
  [[nodiscard]] Error error(int code) const;

 private:
  friend class Query;
  struct Prepared {
    sqlite3_stmt* statement = nullptr;
    bool busy = false;
  };
  Query prepare(std::string_view text);
  static int on_commit(void* self, sqlite3* handle, const char* name, int pages);

  sqlite3* handle_;
  bool transaction_required_ = false;
  bool begins_ = false;
  int log_pages_ = 0;
  std::function<void(std::string_view, std::int64_t)> changed_{};
  std::unordered_map<const Sql*, Prepared> prepared_{};
};

}  // namespace leadmail::store
