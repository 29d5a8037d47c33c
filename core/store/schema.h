// The schema as text, and the steps that lead to it from older files. schema.sql is always the newest; a file of an
// older version takes migrations/NNNN_what.sql, one transaction each. Internal to core/store.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace leadmail::store {

class Connection;

/// "Lmai": tells our files from every other SQLite file. PRAGMA application_id.
constexpr int kApplicationId = 0x4c6d6169;

/// Which version of the schema this program writes. PRAGMA user_version.
constexpr int kSchemaVersion = 1;

/// One step: leads from `version` - 1 to `version`.
struct Migration {
  int version = 0;
  const char* sql = "";
};

extern const char* const kSchema;
const std::vector<Migration>& migrations();

/// Brings the open file from its version to `target`: an empty file takes `schema` at once, an older one every step of
/// `steps` in turn, each in one transaction with its new version number, so that a kill leaves the old or the new one.
/// Error stop: the file is newer than `target`, or a step is missing or fails.
Result<void> migrate(Connection& db, const char* schema, const std::vector<Migration>& steps, int target);

/// migrate(), but a file of an older version is first copied to `path`.before-schema-<target>: whole and on disk, or
/// not at all. A copy that is there already, of a start that was killed, is as good.
Result<void> upgrade(Connection& db, const std::string& path, const char* schema, const std::vector<Migration>& steps,
                     int target);

}  // namespace leadmail::store
