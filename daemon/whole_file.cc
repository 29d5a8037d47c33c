#include "daemon/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "daemon/descriptor.h"

namespace leadmail::daemon {
namespace {

Error trouble(const std::string& path) { return {Next::retry, path + ": " + std::strerror(errno)}; }

Result<void> write_new(const std::string& path, std::string_view bytes, mode_t mode) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode));
  if (file.get() < 0 || ::fchmod(file.get(), mode) != 0) return trouble(path);
  while (!bytes.empty()) {
    const auto count = ::write(file.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return trouble(path);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::fsync(file.get()) != 0) return trouble(path);
  return {};
}

}  // namespace

Result<void> write_whole_file(const std::string& path, std::string_view bytes, mode_t mode) {
  const auto temporary = path + ".new";
  auto done = write_new(temporary, bytes, mode);
  if (done && ::rename(temporary.c_str(), path.c_str()) != 0) done = trouble(path);
  if (!done) ::unlink(temporary.c_str());
  return done;
}

}  // namespace leadmail::daemon
