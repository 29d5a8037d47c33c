#include <fcntl.h>

#include <filesystem>
#include <string>

#include "core/store/new_file.h"
#include "core/store/schema.h"
#include "core/store/sqlite.h"

namespace leadmail::store {
namespace {

/// The SQL and the number it leads to, or neither.
Result<void> run_step(Connection& db, const char* sql, int version) {
  auto done = db.run("BEGIN IMMEDIATE");
  if (!done) return done;
  done = db.run(sql);
  if (done) done = db.run(("PRAGMA application_id = " + std::to_string(kApplicationId)).c_str());
  if (done) done = db.run(("PRAGMA user_version = " + std::to_string(version)).c_str());
  if (done) done = db.run("COMMIT");
  if (!done && db.in_transaction()) static_cast<void>(db.run("ROLLBACK"));
  return done;
}

const Migration* step_to(const std::vector<Migration>& steps, int version) {
  for (const auto& step : steps) {
    if (step.version == version) return &step;
  }
  return nullptr;
}

/// The book as it stands, as a file of its own.
Result<void> copy_aside(Connection& db, const std::string& copy) {
  std::error_code ignored;
  if (std::filesystem::exists(copy, ignored)) return {};
  const NewFile part(copy + ".part");
  for (const char* const end : {"", "-journal", "-wal", "-shm"}) std::filesystem::remove(part.path() + end, ignored);
  auto done = part.make();
  if (done) done = db.copy_to(part.path(), [](std::int64_t, std::int64_t) {});
  if (done) done = sync_path(part.path(), O_RDONLY);
  return done ? rename_durably(part.path(), copy) : done;
}

}  // namespace

Result<void> migrate(Connection& db, const char* schema, const std::vector<Migration>& steps, int target) {
  auto found = db.number("PRAGMA user_version");
  if (!found) return std::move(found.error()).in("schema");
  if (*found > target) return Error{Next::stop, "the schema is newer than this program"};
  if (*found == 0) {
    auto done = run_step(db, schema, target);
    if (!done) return std::move(done.error()).in("making the schema");
    return {};
  }
  for (int version = static_cast<int>(*found) + 1; version <= target; ++version) {
    const auto* step = step_to(steps, version);
    if (!step) return Error{Next::stop, "no way to schema " + std::to_string(version)};
    if (auto done = run_step(db, step->sql, version); !done) {
      return std::move(done.error()).in("migrating to schema " + std::to_string(version));
    }
  }
  return {};
}

Result<void> upgrade(Connection& db, const std::string& path, const char* schema, const std::vector<Migration>& steps,
                     int target) {
  auto found = db.number("PRAGMA user_version");
  if (!found) return std::move(found.error()).in("schema");
  if (*found > 0 && *found < target) {
    if (auto copied = copy_aside(db, path + ".before-schema-" + std::to_string(target)); !copied) {
      return std::move(copied.error()).in("copying the book before it is migrated");
    }
  }
  return migrate(db, schema, steps, target);
}

}  // namespace leadmail::store
