// A ZIP archive that is there as a whole or not at all, readable by its owner alone.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/time.h"

namespace leadmail::daemon::admin {

class ZipFile {
 public:
  /// Error (give_up): there is a file of that name, or it can't be made.
  static Result<std::unique_ptr<ZipFile>> make(const std::string& path);
  ZipFile(const ZipFile&) = delete;
  ZipFile& operator=(const ZipFile&) = delete;
  /// Removes what was not closed.
  ~ZipFile();

  /// `name` is ours, never a stranger's: "mails/0001.eml".
  Result<void> add(const std::string& name, std::string_view content, Time at);
  /// All of it is on disk under its name.
  Result<void> close();

 private:
  struct State;
  explicit ZipFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace leadmail::daemon::admin
