// The first config and its secrets on disk.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "daemon/admin/setup.h"
#include "daemon/admin/state_folder.h"
#include "daemon/descriptor.h"

namespace leadmail::daemon::admin {
namespace {

namespace fs = std::filesystem;

Error trouble(const std::string& path) {
  return Error{Next::give_up, path + ": " + std::generic_category().message(errno)};
}

Result<void> write_all(int file, const std::string& path, const std::string& content) {
  std::size_t written = 0;
  while (written < content.size()) {
    const auto more = ::write(file, content.data() + written, content.size() - written);
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) return trouble(path);
    written += static_cast<std::size_t>(more);
  }
  if (::fsync(file) != 0) return trouble(path);
  return {};
}

Result<void> fill(const std::string& temporary, const NewFile& wanted) {
  const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (file.get() < 0) return trouble(temporary);
  if (const auto owner = service_owner()) {
    const auto user = wanted.is_secret ? owner->user : uid_t{0};
    if (::fchown(file.get(), user, owner->group) != 0) return trouble(temporary);
  }
  if (::fchmod(file.get(), wanted.mode) != 0) return trouble(temporary);
  return write_all(file.get(), temporary, wanted.content);
}

Result<void> sync_folder(const std::string& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0 || ::fsync(opened.get()) != 0) return trouble(folder);
  return {};
}

/// link(2) fails where something has the name already, which rename(2) would replace.
Result<void> make(const NewFile& wanted) {
  const auto folder = fs::path(wanted.path).parent_path().string();
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) return Error{Next::give_up, folder + ": " + failure.message()};
  const auto temporary = wanted.path + ".new-" + std::to_string(::getpid());
  auto done = fill(temporary, wanted);
  if (done && ::link(temporary.c_str(), wanted.path.c_str()) != 0) done = trouble(wanted.path);
  ::unlink(temporary.c_str());
  if (done) done = sync_folder(folder);
  return done;
}

}  // namespace

Result<void> write_new_files(const std::vector<NewFile>& files) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto done = make(files[i]);
    if (done) continue;
    for (std::size_t j = 0; j < i; ++j) ::unlink(files[j].path.c_str());
    return done;
  }
  return {};
}

}  // namespace leadmail::daemon::admin
