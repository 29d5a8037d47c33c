// A folder of small secret files (keys/): closed to everybody else, each file whole or not there, whoever is killed
// when. Knows nothing of what is in them. Never follows a link, and never replaces a file that it could not have
// written.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "daemon/descriptor.h"

namespace leadmail::daemon {

class SecretFolder {
 public:
  /// Makes it (0700) when it is not there. Error (stop): others can open it, or it is none. What root makes belongs to
  /// the owner of the folder around it, as whom the daemon runs.
  static Result<SecretFolder> open(const std::string& path);

  /// Nobody else who asks for this holds it meanwhile, in any process; until this object is gone. Waits. flock(2)
  Result<void> lock();

  /// The content of a file, or nothing when there is none. Error (stop): others can read it, it is no regular file, or
  /// longer than `most` bytes.
  [[nodiscard]] Result<std::optional<std::string>> read(const std::string& name, std::size_t most) const;

  /// Puts it there (0600) so that after a crash there is the old file or the new one: temporary file, fsync, rename,
  /// fsync of the folder. Error (give_up): `name` is none.
  [[nodiscard]] Result<void> write(const std::string& name, std::string_view content) const;

  /// Names of all files; without half-written ones.
  [[nodiscard]] Result<std::vector<std::string>> names() const;

  /// Removes what writers of files with this beginning left half written when they were killed.
  void sweep(std::string_view beginning) const;

  [[nodiscard]] Result<void> remove(const std::string& name) const;

 private:
  SecretFolder(Descriptor folder, std::string path) : folder_(std::move(folder)), path_(std::move(path)) {}
  [[nodiscard]] Error failure(const std::string& name) const;
  [[nodiscard]] Error failure(const std::string& name, const std::string& what) const;
  [[nodiscard]] Result<std::vector<std::string>> all_names() const;

  Descriptor folder_;
  std::string path_;
};

}  // namespace leadmail::daemon
