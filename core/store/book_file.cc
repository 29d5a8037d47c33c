#include "core/store/book_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "core/store/schema.h"

namespace leadmail::store {
namespace {

Error damaged(const std::string& path, std::string_view how) {
  return {Next::stop, path + " is no book of ours, or damaged: " + std::string(how)};
}

/// It could not be read, which is no word about the file where the machine is the trouble: a full disk, no descriptors.
Error unread(const std::string& path, Error why) {
  if (why.next == Next::retry) return std::move(why).in(path);
  return damaged(path, why.what);
}

/// From errno, when a file can't be made.
Error not_made(const std::string& path) {
  const bool may_pass = errno == ENOSPC || errno == EDQUOT || errno == EMFILE || errno == ENFILE;
  return {may_pass ? Next::retry : Next::stop, path + ": " + std::strerror(errno)};
}

std::uint32_t big_endian(const char* bytes) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

/// Which pages stand in the write-ahead log: https://sqlite.org/fileformat2.html#walformat. Its frames carry the salts
/// of its header; older ones are left over from before.
std::vector<bool> pages_in_log(const std::string& path, std::int64_t page_count, std::int64_t page_size) {
  std::vector<bool> pages(static_cast<std::size_t>(page_count) + 1);
  std::ifstream log(path + "-wal", std::ios::binary);
  std::array<char, 32> header{};
  if (!log.read(header.data(), header.size())) return pages;
  std::array<char, 24> frame{};
  while (log.read(frame.data(), frame.size())) {
    if (std::memcmp(frame.data() + 8, header.data() + 16, 8) != 0) break;
    const auto page = big_endian(frame.data());
    if (page < pages.size()) pages[page] = true;
    log.seekg(page_size, std::ios::cur);
  }
  return pages;
}

/// After a kill the newest pages may stand in the log alone. A file that is shorter than that was cut.
Result<void> expect_whole(Connection& db, const std::string& path) {
  auto page_size = db.number("PRAGMA page_size");
  auto page_count = db.number("PRAGMA page_count");
  auto size = db.file_size();
  if (!page_size || !page_count || !size) return damaged(path, "its size can't be read");
  const auto complete = *size / *page_size;
  if (complete >= *page_count) return {};

  const auto in_log = pages_in_log(path, *page_count, *page_size);
  for (auto page = complete + 1; page <= *page_count; ++page) {
    if (!in_log[static_cast<std::size_t>(page)]) return damaged(path, "it ends too early");
  }
  return {};
}

}  // namespace

Result<Lock> Lock::take(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return not_made(path);
  Lock lock(file);
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) return Error{Next::stop, "another process writes this book: " + path + " is locked"};
  return Error{Next::stop, path + ": " + std::strerror(errno)};
}

Lock::Lock(Lock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

Lock::~Lock() {
  if (file_ >= 0) ::close(file_);
}

Result<void> make_private_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
  if (file >= 0 || errno == EEXIST) return {};
  return not_made(path);
}

Result<Content> look_at(Connection& db, const std::string& path, int newest) {
  auto application = db.number("PRAGMA application_id");
  if (!application) return unread(path, std::move(application.error()));
  auto version = db.number("PRAGMA user_version");
  if (!version) return unread(path, std::move(version.error()));
  auto entries = db.number("SELECT count(*) FROM sqlite_schema");
  if (!entries) return unread(path, std::move(entries.error()));

  // A kill right after the file was made leaves it empty, or with nothing but SQLite's own header.
  if (*application == 0 && *version == 0 && *entries == 0) return Content::nothing;
  if (*application != kApplicationId) return damaged(path, "it belongs to another program");
  if (*version > newest) {
    return Error{Next::stop, path + " was written by a newer version (schema " + std::to_string(*version) +
                                 "; this program knows " + std::to_string(newest) + ")"};
  }
  if (auto whole = expect_whole(db, path); !whole) return std::move(whole.error());
  return Content::ours;
}

}  // namespace leadmail::store
