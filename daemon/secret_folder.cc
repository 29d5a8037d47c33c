#include "daemon/secret_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace leadmail::daemon {
namespace {

constexpr std::string_view kTemporary = ".new-";

Error failed(const std::string& place, const std::string& what) { return Error{Next::stop, place + ": " + what}; }
Error failed(const std::string& place) { return failed(place, std::generic_category().message(errno)); }

/// What root makes for the daemon has to be the daemon's. The daemon itself may not even ask: its unit forbids
/// chown(2).
Result<void> give_to_owner_of(int file, const struct stat& owner, const std::string& place) {
  if (::geteuid() != 0) return {};
  struct stat now {};
  if (::fstat(file, &now) != 0) return failed(place);
  if (now.st_uid == owner.st_uid && now.st_gid == owner.st_gid) return {};
  if (::fchown(file, owner.st_uid, owner.st_gid) != 0) return failed(place);
  return {};
}

Result<void> write_all(int descriptor, std::string_view content, const std::string& place) {
  while (!content.empty()) {
    const auto written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed(place);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(descriptor) != 0) return failed(place);
  return {};
}

bool is_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos;
}

}  // namespace

Result<SecretFolder> SecretFolder::open(const std::string& path) {
  const bool made = ::mkdir(path.c_str(), 0700) == 0;
  if (!made && errno != EEXIST) return failed(path);
  Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0) return failed(path);
  struct stat status {};
  if (made) {
    const auto around = std::filesystem::path(path).parent_path();
    if (::stat(around.empty() ? "." : around.c_str(), &status) != 0) return failed(path);
    if (auto given = give_to_owner_of(folder.get(), status, path); !given) return std::move(given.error());
  }
  if (::fstat(folder.get(), &status) != 0) return failed(path);
  if ((status.st_mode & 077) != 0) return failed(path, "others can open this folder: chmod 700");
  return SecretFolder(std::move(folder), path);
}

Error SecretFolder::failure(const std::string& name) const { return failed(path_ + "/" + name); }

Error SecretFolder::failure(const std::string& name, const std::string& what) const {
  return failed(path_ + "/" + name, what);
}

Result<void> SecretFolder::lock() {
  while (::flock(folder_.get(), LOCK_EX) != 0) {
    if (errno != EINTR) return failed(path_);
  }
  return {};
}

Result<std::optional<std::string>> SecretFolder::read(const std::string& name, std::size_t most) const {
  const Descriptor file(::openat(folder_.get(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (file.get() < 0 && errno == ENOENT) return std::optional<std::string>{};
  if (file.get() < 0) return failure(name);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return failure(name);
  if (!S_ISREG(status.st_mode)) return failure(name, "a key must be a regular file");
  if ((status.st_mode & 077) != 0) return failure(name, "others can read this key: remove it, or chmod 600");
  std::string text(most + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const auto got = ::read(file.get(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failure(name);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > most) return failure(name, "longer than " + std::to_string(most) + " bytes");
  text.resize(size);
  return std::optional(std::move(text));
}

Result<void> SecretFolder::write(const std::string& name, std::string_view content) const {
  if (!is_name(name)) return Error{Next::give_up, name + ": no name of a file"};
  const auto temporary = std::string{kTemporary} + name + "-" + std::to_string(::getpid());
  Result<void> written;
  {
    const Descriptor file(
        ::openat(folder_.get(), temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() < 0) return failure(name);
    struct stat owner {};
    if (::fstat(folder_.get(), &owner) != 0) return failure(name);
    written = give_to_owner_of(file.get(), owner, path_ + "/" + name);
    if (written) written = write_all(file.get(), content, path_ + "/" + name);
  }
  if (written && ::renameat(folder_.get(), temporary.c_str(), folder_.get(), name.c_str()) != 0) {
    written = failure(name);
  }
  if (!written) {
    ::unlinkat(folder_.get(), temporary.c_str(), 0);
    return written;
  }
  if (::fsync(folder_.get()) != 0) return failure(name);
  return {};
}

Result<std::vector<std::string>> SecretFolder::all_names() const {
  const int copy = ::openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> listing(copy < 0 ? nullptr : ::fdopendir(copy), &::closedir);
  if (!listing) return failed(path_);
  std::vector<std::string> names;
  while (const auto* entry = ::readdir(listing.get())) {  // NOLINT(concurrency-mt-unsafe): a stream of our own
    names.emplace_back(entry->d_name);
  }
  return names;
}

Result<std::vector<std::string>> SecretFolder::names() const {
  auto names = all_names();
  if (names) std::erase_if(*names, [](const std::string& name) { return !is_name(name); });
  return names;
}

void SecretFolder::sweep(std::string_view beginning) const {
  const auto names = all_names();
  if (!names) return;
  const auto half_written = std::string{kTemporary} + std::string{beginning};
  for (const auto& name : *names) {
    if (name.starts_with(half_written)) ::unlinkat(folder_.get(), name.c_str(), 0);
  }
}

Result<void> SecretFolder::remove(const std::string& name) const {
  if (!is_name(name) || ::unlinkat(folder_.get(), name.c_str(), 0) != 0) return failure(name);
  return {};
}

}  // namespace leadmail::daemon
