// A file that is there as a whole, and on disk, or not at all. Internal to core/store.
#pragma once

#include <string>

#include "core/base/result.h"

namespace leadmail::store {

/// What errno says of a file. Next::give_up
Error system_error(const std::string& path);
/// The bytes of the file, opened with these flags, are on disk.
Result<void> sync_path(const std::string& path, int flags);
/// `from` stands under the name `to`, and the folder has it on disk.
Result<void> rename_durably(const std::string& from, const std::string& to);

/// A database on its way: removed again, with its logs, unless it was renamed.
class NewFile {
 public:
  explicit NewFile(std::string path) : path_(std::move(path)) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();
  [[nodiscard]] const std::string& path() const { return path_; }
  /// Makes it, empty, for its owner alone. Error (give_up): it is there already.
  Result<void> make() const;

 private:
  std::string path_;
};

}  // namespace leadmail::store
