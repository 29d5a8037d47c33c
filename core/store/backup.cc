#include "core/store/backup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "core/leads/lead.h"
#include "core/store/book.h"
#include "core/store/book_file.h"
#include "core/store/lead_row.h"
#include "core/store/new_file.h"
#include "core/store/pack.h"
#include "core/store/reader.h"
#include "core/store/schema.h"
#include "core/store/sqlite.h"

namespace leadmail::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFaults = 100;  // told; behind so many a book is of no use anyway
constexpr std::int64_t kTellEach = 1000;  // rows

constexpr const char* kAllLeads = "SELECT id FROM lead ORDER BY id";
constexpr const char* kAllRaw = "SELECT mail, bytes FROM raw ORDER BY id";
constexpr const char* kOrphans =
    "SELECT 'outbox row ' || o.id || ' is for nobody' FROM outbox o"
    " WHERE NOT EXISTS (SELECT 1 FROM recipient r WHERE r.outbox = o.id)";
constexpr const char* kSums =
    "SELECT 'what is counted of ' || mailbox || ', ' || outcome || ' is not what the ledger has' FROM ledger_count c"
    " WHERE c.sightings <> (SELECT count(*) FROM ledger l WHERE l.mailbox = c.mailbox AND l.outcome = c.outcome)";
constexpr const char* kForeign =
    "SELECT \"table\" || ' row ' || rowid || ' belongs to nothing in ' || parent FROM pragma_foreign_key_check";
constexpr Time kEver = from_unix(253'402'300'799);  // the year 9999

Result<std::unique_ptr<Connection>> open_ours(const std::string& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return Error{Next::give_up, path + ": there is no such file"};
  auto db = Connection::open(path, Connection::Mode::read);
  if (!db) return std::move(db.error());
  auto content = look_at(**db, path, kSchemaVersion);
  if (!content) return std::move(content.error());
  if (*content == Content::nothing) return Error{Next::give_up, path + " is empty"};
  return db;
}

/// Collects what is wrong.
class Faults {
 public:
  void add(std::string what) {
    if (found_.size() < kMostFaults) found_.push_back(std::move(what));
  }
  [[nodiscard]] bool enough() const { return found_.size() >= kMostFaults; }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  std::vector<std::string> found_{};
};

/// The first column of each row is a fault, but for "ok".
Result<void> take_sentences(Query query, Faults& faults, std::string_view before) {
  while (!faults.enough()) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return {};
    if (query.view(0) != "ok") faults.add(std::string(before) + query.text(0));
  }
  return {};
}

Result<void> check_leads(Connection& db, Reader& reader, Faults& faults, const Progress& progress, std::int64_t all) {
  auto query = db.query(std::string(kAllLeads));
  for (std::int64_t seen = 1; !faults.enough(); ++seen) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return {};
    if (seen % kTellEach == 0) progress(seen, all);
    const LeadId id{query.integer(0)};
    auto kept = reader.lead(id);
    auto sum = reader.lead_at(id, kEver);
    if (!kept || !sum) {
      faults.add(to_string(id) + ": " + (kept ? sum.error().what : kept.error().what));
    } else if (!*kept || !*sum || !((*kept)->values == (*sum)->values)) {
      faults.add(to_string(id) + " is not what its events add up to");
    }
  }
  return {};
}

Result<void> check_mails(Connection& db, Faults& faults, const Progress& progress, std::int64_t all) {
  auto query = db.query(std::string(kAllRaw));
  Packer packer;
  std::string bytes;
  for (std::int64_t seen = 1; !faults.enough(); ++seen) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return {};
    if (seen % kTellEach == 0) progress(seen, all);
    bytes.clear();
    if (!packer.unpack(query.view(1), bytes)) {
      faults.add("the bytes of mail " + std::to_string(query.integer(0)) + " are damaged");
    }
  }
  return {};
}

/// When the file or its log was last written.
std::optional<Time> last_written(const std::string& path) {
  std::optional<Time> latest;
  for (const char* const end : {"", "-wal"}) {
    struct stat status {};
    if (::stat((path + end).c_str(), &status) != 0 || status.st_size == 0) continue;
    const auto at = from_unix(status.st_mtim.tv_sec);
    if (!latest || at > *latest) latest = at;
  }
  return latest;
}

/// Tells a copy that the world has gone on without it. See restore().
Result<std::int64_t> catch_up(const std::string& path, Time worked_until, Time now) {
  auto db = Connection::open(path, Connection::Mode::write);
  if (!db) return std::move(db.error());
  if (auto begun = (*db)->run("PRAGMA synchronous = FULL; BEGIN IMMEDIATE"); !begun) return std::move(begun.error());
  auto mails = (*db)->query(
      std::string("UPDATE recipient SET state = 'unknown', unknowns = unknowns + 1, changed = :now, next_try = :now,"
                  " reply = 'the book was put back from a copy' WHERE state IN ('waiting', 'sending', 'sending-final', "
                  "'deferred')"));
  if (auto done = mails.bind(":now", now).run(); !done) return std::move(done.error());
  const auto changed = (*db)->changes();
  // As after a change of UIDVALIDITY: what came until then is history, what came later is news.
  auto cursors = (*db)->query(
      std::string("UPDATE cursor SET baseline_uid = :next, first_epoch = 0, contact = max(contact, :until)"));
  if (auto done = cursors.bind(":until", worked_until).bind(":next", kNextUid).run(); !done)
    return std::move(done.error());
  if (auto done = (*db)->run("COMMIT"); !done) return std::move(done.error());
  return changed;
}

/// Who was erased in the book that is replaced is remembered; answers how many of these marks the copy did not have. A
/// book that can't be read any more has nothing to tell.
Result<std::int64_t> keep_erased(const std::string& old_book, const std::string& path) {
  auto old = Connection::open(old_book, Connection::Mode::read);
  if (!old) return 0;
  auto db = Connection::open(path, Connection::Mode::write);
  if (!db) return std::move(db.error());
  if (auto begun = (*db)->run("PRAGMA synchronous = FULL; BEGIN IMMEDIATE"); !begun) return std::move(begun.error());
  std::int64_t kept = 0;
  auto marks = (*old)->query(std::string("SELECT mark, at FROM erased"));
  for (auto row = marks.step(); row && *row; row = marks.step()) {
    auto insert = (*db)->query(std::string("INSERT INTO erased (mark, at) VALUES (:mark, :at) ON CONFLICT DO NOTHING"));
    auto done = insert.bind(":mark", marks.view(0)).bind(":at", marks.integer(1)).run();
    if (!done) return std::move(done.error());
    kept += (*db)->changes();
  }
  if (auto done = (*db)->run("COMMIT"); !done) return std::move(done.error());
  return kept;
}

/// Moves the book aside, with its log; answers where to, "" when there was no more than a log.
Result<std::string> set_aside(const std::string& path) {
  std::string aside;
  std::error_code ignored;
  for (int number = 1; aside.empty() || fs::exists(aside, ignored); ++number) {
    aside = path + ".before-restore-" + std::to_string(number);
  }
  // The log first: a book without its newest pages is an older book, a log without its book is nothing.
  for (const char* const end : {"-wal", "-shm"}) {
    if (fs::exists(path + end, ignored) && ::rename((path + end).c_str(), (aside + end).c_str()) != 0) {
      return system_error(path + end);
    }
  }
  if (!fs::exists(path, ignored)) return std::string();  // only its log was left
  if (::link(path.c_str(), aside.c_str()) != 0) return system_error(aside);
  return aside;
}

}  // namespace

Result<void> back_up(const std::string& path, const std::string& target, const Progress& progress) {
  auto db = open_ours(path);
  if (!db) return std::move(db.error());
  std::error_code ignored;
  if (fs::exists(target, ignored)) return Error{Next::give_up, target + ": there is a file of that name"};
  const NewFile part(target + ".part");
  if (auto made = part.make(); !made) return made;
  if (auto copied = (*db)->copy_to(part.path(), progress); !copied) return std::move(copied.error()).in(target);
  if (auto synced = sync_path(part.path(), O_RDONLY); !synced) return synced;
  return rename_durably(part.path(), target);
}

Result<std::vector<std::string>> verify(const std::string& path, const Progress& progress) {
  auto db = open_ours(path);
  if (!db) return std::move(db.error());
  Faults faults;
  if (auto done = take_sentences((*db)->query(std::string("PRAGMA integrity_check(100)")), faults, "the file: "); !done)
    return std::move(done.error());
  if (auto done = take_sentences((*db)->query(std::string(kForeign)), faults, ""); !done)
    return std::move(done.error());
  // What is built on damaged pages is not worth looking at.
  if (auto found = faults.take(); !found.empty()) return found;
  for (const char* const sql : {kOrphans, kSums}) {
    if (auto done = take_sentences((*db)->query(std::string(sql)), faults, ""); !done) return std::move(done.error());
  }
  auto reader = Reader::open(path);
  if (!reader) return std::move(reader.error());
  const auto leads = (*db)->number("SELECT count(*) FROM lead");
  const auto mails = (*db)->number("SELECT count(*) FROM raw");
  if (!leads || !mails) return Error{Next::give_up, path + " can't be counted"};
  if (auto done = check_leads(**db, **reader, faults, progress, *leads + *mails); !done) return std::move(done.error());
  const Progress behind = [&](std::int64_t done, std::int64_t all) { progress(*leads + done, all); };
  if (auto done = check_mails(**db, faults, behind, *leads + *mails); !done) return std::move(done.error());
  return faults.take();
}

Result<Restored> restore(const std::string& source, const std::string& path, std::optional<Time> worked_until, Time now,
                         const Progress& progress) {
  auto lock = Lock::take(path + ".lock");
  if (!lock) return std::move(lock.error());
  auto faults = verify(source, progress);
  if (!faults) return std::move(faults.error());
  if (!faults->empty()) return Error{Next::give_up, source + " is not sound: " + faults->front()};

  const auto written = last_written(path);
  Restored restored;
  restored.worked_until = worked_until.value_or(written.value_or(last_written(source).value_or(now)));
  const NewFile part(path + ".restored");
  auto db = open_ours(source);
  if (!db) return std::move(db.error());
  if (auto made = part.make(); !made) return std::move(made.error());
  if (auto copied = (*db)->copy_to(part.path(), progress); !copied) return std::move(copied.error()).in(path);
  auto mails = catch_up(part.path(), restored.worked_until, now);
  if (!mails) return std::move(mails.error());
  restored.mails = *mails;
  if (written) {
    auto erased = keep_erased(path, part.path());
    if (!erased) return std::move(erased.error());
    restored.erased = *erased;
  }
  if (auto synced = sync_path(part.path(), O_RDONLY); !synced) return std::move(synced.error());
  if (written) {
    auto aside = set_aside(path);
    if (!aside) return std::move(aside.error());
    restored.kept_as = std::move(*aside);
  }
  if (auto renamed = rename_durably(part.path(), path); !renamed) return std::move(renamed.error());
  return restored;
}

}  // namespace leadmail::store
