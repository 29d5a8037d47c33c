// The file itself: whose it is, whether it is whole, and that one process has it. Internal to core/store.
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

/// Held by the one process that writes; let go when that process ends, however it ends.
class Lock {
 public:
  /// Error stop: another process holds it, or the file can't be made.
  static Result<Lock> take(const std::string& path);
  Lock(Lock&& other) noexcept;
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  Lock& operator=(Lock&&) = delete;
  ~Lock();

 private:
  explicit Lock(int file) : file_(file) {}
  int file_;
};

/// Makes an empty file that only we may read, unless there is a file. Call it before SQLite opens the file: closing it
/// would drop SQLite's locks.
Result<void> make_private_file(const std::string& path);

enum class Content { nothing, ours };

/// Reads what the open file is, changing nothing. Error: no book of ours (another program's, damaged, cut short), or of
/// a newer version than `newest`.
Result<Content> look_at(Connection& db, const std::string& path, int newest);

}  // namespace leadmail::store
