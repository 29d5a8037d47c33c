#include "core/store/sqlite.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <new>
#include <utility>

namespace leadmail::store {
namespace {

constexpr int kLongestLog = 8000;  ///< pages of 4 KiB

/// SQLite takes a disk that is full for a passing trouble, but a quota or a file size limit for a broken disk, and
/// keeps the reason to itself. To us all three are the same.
ssize_t write_at(int file, const void* bytes, std::size_t size, off64_t offset) {
  const auto written = ::pwrite64(file, bytes, size, offset);
  if (written < 0 && (errno == EDQUOT || errno == EFBIG)) errno = ENOSPC;
  return written;
}

/// Once, before SQLite is first used. Its sums of memory in use cost a lock for every allocation, and nobody reads
/// them.
void configure() {
  static const bool is_configured = [] {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    auto* const vfs = sqlite3_vfs_find(nullptr);
    const auto call = reinterpret_cast<sqlite3_syscall_ptr>(&write_at);
    const bool is_set = vfs != nullptr && vfs->xSetSystemCall(vfs, "pwrite64", call) == SQLITE_OK;
    if (!is_set) throw std::bad_alloc();  // nothing else can be the matter
    return true;
  }();
  static_cast<void>(is_configured);
}

bool is_full(int code, int system_error) {
  return (code & 0xff) == SQLITE_FULL || ((code & 0xff) == SQLITE_IOERR && system_error == ENOSPC);
}

Next next_after(int code, int system_error) {
  if (is_full(code, system_error)) return Next::retry;
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT: return Next::retry;
    case SQLITE_CANTOPEN: return system_error == EMFILE || system_error == ENFILE ? Next::retry : Next::stop;
    case SQLITE_TOOBIG: return Next::quarantine;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
    case SQLITE_ERROR: return Next::give_up;
    default: return Next::stop;  // a failed read, write or fsync, damage: what the file holds is not known any more
  }
}

}  // namespace

Query::Query(Connection& connection, sqlite3_stmt* statement, bool* busy, Error error)
    : connection_(connection), statement_(statement), busy_(busy) {
  if (!statement_) failed_ = std::move(error);
}

Query::Query(Query&& other) noexcept
    : connection_(other.connection_),
      statement_(std::exchange(other.statement_, nullptr)),
      busy_(std::exchange(other.busy_, nullptr)),
      failed_(std::move(other.failed_)) {}

Query::~Query() {
  if (!statement_) return;
  if (!busy_) {
    sqlite3_finalize(statement_);
    return;
  }
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  *busy_ = false;
}

int Query::place_of(const char* name) {
  if (!statement_) return 0;
  const int place = sqlite3_bind_parameter_index(statement_, name);
  assert(place > 0 && "no such parameter in the statement");
  return place;
}

void Query::note(int code) {
  if (code != SQLITE_OK && !failed_) failed_ = connection_.error(code);
}

Query& Query::bind(const char* name, std::int64_t value) {
  if (const int place = place_of(name)) note(sqlite3_bind_int64(statement_, place, value));
  return *this;
}

Query& Query::bind(const char* name, std::string_view value) {
  const char* bytes = value.data() ? value.data() : "";
  if (const int place = place_of(name)) {
    note(sqlite3_bind_text64(statement_, place, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8));
  }
  return *this;
}

Query& Query::bind(const char* name, Blob value) {
  const char* bytes = value.bytes.data() ? value.bytes.data() : "";
  if (const int place = place_of(name)) {
    note(sqlite3_bind_blob64(statement_, place, bytes, value.bytes.size(), SQLITE_STATIC));
  }
  return *this;
}

Query& Query::bind(const char* name, std::nullptr_t) {
  if (const int place = place_of(name)) note(sqlite3_bind_null(statement_, place));
  return *this;
}

Result<bool> Query::step() {
  if (failed_) return *failed_;
  if (connection_.transaction_required_ && !connection_.in_transaction()) {
    return Error{Next::retry, "the transaction was rolled back"};
  }
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  failed_ = connection_.error(code);
  return *failed_;
}

Result<void> Query::run() {
  while (true) {
    auto row = step();
    if (!row) return std::move(row.error());
    if (!*row) return {};
  }
}

bool Query::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }

double Query::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string_view Query::view(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  if (!bytes) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, Mode mode) {
  configure();
  sqlite3* handle = nullptr;
  const int flags = (mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
                    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  auto connection = std::make_unique<Connection>(handle);
  connection->begins_ = mode == Mode::write;  // SQLite has read the head of the file already
  if (code != SQLITE_OK) return connection->error(code).in(path);

  sqlite3_busy_timeout(handle, 10'000);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  // Otherwise a statement that may use a partial index is prepared anew for each value bound to it.
  // https://sqlite.org/c3ref/c_dbconfig_defensive.html
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  return connection;
}

Connection::~Connection() {
  for (auto& [sql, prepared] : prepared_) sqlite3_finalize(prepared.statement);
  sqlite3_close_v2(handle_);
}

Query Connection::prepare(std::string_view text) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(handle_, text.data(), static_cast<int>(text.size()), &statement, nullptr);
  return {*this, statement, nullptr, code == SQLITE_OK ? Error{} : error(code)};
}

Query Connection::query(const Sql& sql) {
  auto& cached = prepared_[&sql];
  // Asked for again while it still answers: the second one gets a statement of its own.
  if (cached.busy) return prepare(sql.text());
  if (!cached.statement) {
    const int code = sqlite3_prepare_v3(handle_, sql.text(), -1, SQLITE_PREPARE_PERSISTENT, &cached.statement, nullptr);
    if (code != SQLITE_OK) return {*this, nullptr, nullptr, error(code)};
  }
  cached.busy = true;
  return {*this, cached.statement, &cached.busy, Error{}};
}

Query Connection::query(const std::string& sql) { return prepare(sql); }

Result<void> Connection::run(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error(code);
  return {};
}

Result<std::int64_t> Connection::number(const char* sql) {
  auto query = prepare(sql);
  auto row = query.step();
  if (!row) return std::move(row.error());
  return *row ? query.integer(0) : 0;
}

Result<void> Connection::copy_to(const std::string& path,
                                 const std::function<void(std::int64_t, std::int64_t)>& progress) {
  constexpr int kPages = 2000;  // at a time
  auto target = open(path, Mode::write);
  if (!target) return std::move(target.error());
  // What is read from now on is of this moment, however long it takes.
  if (auto begun = run("BEGIN"); !begun) return begun;
  auto pinned = number("SELECT count(*) FROM sqlite_schema");
  int code = SQLITE_OK;
  if (auto* const backup = sqlite3_backup_init((*target)->handle_, "main", handle_, "main")) {
    do {
      code = sqlite3_backup_step(backup, kPages);
      const int all = sqlite3_backup_pagecount(backup);
      progress(all - sqlite3_backup_remaining(backup), all);
    } while (code == SQLITE_OK);
    code = sqlite3_backup_finish(backup);
  } else {
    code = sqlite3_errcode((*target)->handle_);
  }
  const auto ended = run("ROLLBACK");
  if (!pinned) return std::move(pinned.error());
  if (code != SQLITE_OK) return (*target)->error(code);
  if (!ended) return ended;
  return (*target)->run("PRAGMA journal_mode = DELETE");
}

std::int64_t Connection::last_insert_id() const { return sqlite3_last_insert_rowid(handle_); }

int Connection::changes() const { return sqlite3_changes(handle_); }

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

void Connection::checkpoint_on_close(bool wanted) {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, wanted ? 0 : 1, nullptr);
}

int Connection::on_commit(void* self, sqlite3* handle, const char* name, int pages) {
  static_cast<Connection*>(self)->log_pages_ = pages;
  // A failure is met again, and told, when the log is shortened in a quiet moment; this commit is safe already.
  if (pages >= kLongestLog) sqlite3_wal_checkpoint_v2(handle, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  return SQLITE_OK;
}

void Connection::on_change(std::function<void(std::string_view, std::int64_t)> changed) {
  changed_ = std::move(changed);
  const auto tell = [](void* self, int, const char*, const char* table, sqlite3_int64 row) {
    static_cast<Connection*>(self)->changed_(table, row);
  };
  sqlite3_update_hook(handle_, tell, this);
}

void Connection::watch_log() { sqlite3_wal_hook(handle_, &Connection::on_commit, this); }

Result<void> Connection::shorten_log(int pages) {
  if (log_pages_ < pages) return {};
  const int code = sqlite3_wal_checkpoint_v2(handle_, "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (code != SQLITE_OK && code != SQLITE_BUSY) return error(code).in("checkpoint");
  log_pages_ = 0;
  release_memory();  // what a burst needed is not kept for the quiet after it
  return {};
}

void Connection::release_memory() { sqlite3_db_release_memory(handle_); }

Result<void> Connection::compact() {
  for (auto& [sql, prepared] : prepared_) {
    if (prepared.busy) return Error{Next::give_up, "the book is being read"};
  }
  // The new file is built beside the book, where there is room for it, and never in memory; it has no name there.
  const auto folder = std::filesystem::path(sqlite3_db_filename(handle_, "main")).parent_path().string();
  sqlite3_temp_directory = sqlite3_mprintf("%s", folder.empty() ? "." : folder.c_str());
  auto done = run("PRAGMA temp_store = FILE; VACUUM;");
  const auto back = run("PRAGMA temp_store = MEMORY;");
  sqlite3_free(std::exchange(sqlite3_temp_directory, nullptr));
  if (!done) return std::move(done.error()).in("compacting");
  if (!back) return back;
  const int code = sqlite3_wal_checkpoint_v2(handle_, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) return error(code).in("emptying the log");
  log_pages_ = 0;
  return {};
}

Result<std::int64_t> Connection::file_size() const {
  sqlite3_file* file = nullptr;
  int code = sqlite3_file_control(handle_, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file));
  if (code != SQLITE_OK || !file || !file->pMethods) return error(code == SQLITE_OK ? SQLITE_CANTOPEN : code);
  sqlite3_int64 size = 0;
  code = file->pMethods->xFileSize(file, &size);
  if (code != SQLITE_OK) return error(code);
  return size;
}

Error Connection::error(int code) const {
  const int system_error = handle_ ? sqlite3_system_errno(handle_) : 0;
  std::string what = is_full(code, system_error) ? "disk full" : sqlite3_errstr(code & 0xff);
  // The message names tables and columns, never values.
  if ((code & 0xff) == SQLITE_CONSTRAINT || (code & 0xff) == SQLITE_ERROR) {
    what += std::string(" (") + sqlite3_errmsg(handle_) + ")";
  }
  if ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN) {
    what += " (code " + std::to_string(code) + ", " + std::strerror(system_error) + ")";
  }
  const bool may_pass = begins_ && (code & 0xff) == SQLITE_IOERR;
  return {may_pass ? Next::retry : next_after(code, system_error), std::move(what)};
}

}  // namespace leadmail::store
