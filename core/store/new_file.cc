#include "core/store/new_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace leadmail::store {

namespace fs = std::filesystem;

Error system_error(const std::string& path) { return {Next::give_up, path + ": " + std::strerror(errno)}; }

Result<void> sync_path(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return system_error(path);
  const int failed = ::fsync(file);
  const int error = errno;
  ::close(file);
  errno = error;
  return failed == 0 ? Result<void>{} : Result<void>(system_error(path));
}

Result<void> rename_durably(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return system_error(to);
  const auto folder = fs::path(to).parent_path().string();
  return sync_path(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

NewFile::~NewFile() {
  std::error_code ignored;
  for (const char* const end : {"", "-journal", "-wal", "-shm"}) fs::remove(path_ + end, ignored);
}

Result<void> NewFile::make() const {
  const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return system_error(path_);
  ::close(file);
  return {};
}

}  // namespace leadmail::store
