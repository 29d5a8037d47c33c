#include <string>

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

}  // namespace leadmail::store
