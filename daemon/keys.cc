#include "daemon/keys.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "daemon/descriptor.h"

namespace leadmail::daemon {
namespace {

// A key is a file reply-token-<n>: n only ever rises, its lowest byte is the id that a token carries.
constexpr std::string_view kPrefix = "reply-token-";
constexpr std::string_view kTemporary = ".new-";
constexpr std::size_t kKeySize = 32;

Error failure(const std::string& place, const std::string& what) { return Error{Next::stop, place + ": " + what}; }
Error failure(const std::string& place) { return failure(place, std::generic_category().message(errno)); }

/// The folder, made when it is not there; refused when others may write into it or look around.
Result<Descriptor> open_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return failure(path);
  Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0) return failure(path);
  struct stat status {};
  if (::fstat(folder.get(), &status) != 0) return failure(path);
  if ((status.st_mode & 077) != 0) return failure(path, "others can open this folder: chmod 700");
  return folder;
}

std::string key_name(std::uint64_t number) { return std::string{kPrefix} + std::to_string(number); }

std::optional<std::uint64_t> number_of(std::string_view name) {
  if (!name.starts_with(kPrefix)) return std::nullopt;
  name.remove_prefix(kPrefix.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc{} || end != name.data() + name.size() || number == 0 || number > (1ULL << 53)) {
    return std::nullopt;
  }
  return number;
}

/// Numbers of all keys, newest first. What a crash left half written is removed.
Result<std::vector<std::uint64_t>> key_numbers(int folder, const std::string& path) {
  const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> listing(copy < 0 ? nullptr : ::fdopendir(copy), &::closedir);
  if (!listing) return failure(path);
  std::vector<std::uint64_t> numbers;
  while (const auto* entry = ::readdir(listing.get())) {  // NOLINT(concurrency-mt-unsafe): a stream of our own
    const std::string_view name{entry->d_name};
    if (const auto number = number_of(name)) numbers.push_back(*number);
    if (name.starts_with(kTemporary)) ::unlinkat(folder, entry->d_name, 0);
  }
  std::ranges::sort(numbers, std::greater{});
  return numbers;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    text += kDigits[static_cast<unsigned char>(byte) >> 4U];
    text += kDigits[static_cast<unsigned char>(byte) & 15U];
  }
  return text;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() != 2 * kKeySize) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data() + i, text.data() + i + 2, value, 16);
    if (error != std::errc{} || end != text.data() + i + 2) return std::nullopt;
    bytes += static_cast<char>(value);
  }
  return bytes;
}

Result<std::string> read_key(int folder, const std::string& place, const std::string& name) {
  const Descriptor file(::openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (file.get() < 0) return failure(place);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return failure(place);
  if (!S_ISREG(status.st_mode)) return failure(place, "a key must be a regular file");
  if ((status.st_mode & 077) != 0) return failure(place, "others can read this key: remove it, or chmod 600");
  std::string text(2 * kKeySize + 2, '\0');
  const auto size = ::read(file.get(), text.data(), text.size());
  if (size < 0) return failure(place);
  text.resize(static_cast<std::size_t>(size));
  if (text.ends_with('\n')) text.pop_back();
  auto key = from_hex(text);
  if (!key) return failure(place, "damaged: restore it, or remove it and all tokens that it signed are void");
  return std::move(*key);
}

Result<void> write_all(int descriptor, std::string_view content, const std::string& place) {
  while (!content.empty()) {
    const auto written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failure(place);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> write_into(int folder, const std::string& path, const std::string& name, const std::string& content) {
  const auto place = path + "/" + name;
  const auto temporary = std::string{kTemporary} + name + "-" + std::to_string(::getpid());
  {
    const Descriptor file(
        ::openat(folder, temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() < 0) return failure(place);
    auto written = write_all(file.get(), content, place);
    if (written && ::fsync(file.get()) != 0) written = failure(place);
    if (!written) {
      ::unlinkat(folder, temporary.c_str(), 0);
      return written;
    }
  }
  if (::renameat(folder, temporary.c_str(), folder, name.c_str()) != 0) return failure(place);
  if (::fsync(folder) != 0) return failure(place);
  return {};
}

Result<void> add_key(int folder, const std::string& path, std::uint64_t number) {
  std::string bytes(kKeySize, '\0');
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return failure("getrandom");
  return write_into(folder, path, key_name(number), to_hex(bytes) + "\n");
}

Result<leads::TokenKeys> read_keys(int folder, const std::string& path, const std::vector<std::uint64_t>& numbers) {
  leads::TokenKeys keys;
  for (const auto number : numbers) {
    if (keys.keys.size() == kValidKeys) break;
    auto secret = read_key(folder, path + "/" + key_name(number), key_name(number));
    if (!secret) return std::move(secret.error());
    keys.keys.push_back({static_cast<std::uint8_t>(number & 0xFFU), std::move(*secret)});
  }
  return keys;
}

}  // namespace

Result<leads::TokenKeys> load_keys(const std::string& folder) {
  auto opened = open_folder(folder);
  if (!opened) return std::move(opened.error());
  auto numbers = key_numbers(opened->get(), folder);
  if (!numbers) return std::move(numbers.error());
  if (numbers->empty()) {
    auto added = add_key(opened->get(), folder, 1);
    if (!added) return std::move(added.error());
    numbers->push_back(1);
  }
  return read_keys(opened->get(), folder, *numbers);
}

Result<leads::TokenKeys> rotate_keys(const std::string& folder) {
  auto before = load_keys(folder);  // a damaged key must be looked at before it becomes the second one
  if (!before) return before;
  auto opened = open_folder(folder);
  if (!opened) return std::move(opened.error());
  auto numbers = key_numbers(opened->get(), folder);
  if (!numbers) return std::move(numbers.error());
  const auto next = numbers->empty() ? 1 : numbers->front() + 1;
  auto added = add_key(opened->get(), folder, next);
  if (!added) return std::move(added.error());
  numbers->insert(numbers->begin(), next);
  while (numbers->size() > kValidKeys) {
    if (::unlinkat(opened->get(), key_name(numbers->back()).c_str(), 0) != 0) return failure(folder);
    numbers->pop_back();
  }
  return read_keys(opened->get(), folder, *numbers);
}

Result<void> write_secret(const std::string& folder, const std::string& name, const std::string& content) {
  if (name.empty() || name.front() == '.' || name.find('/') != std::string::npos)
    return failure(name, "no name of a file");
  auto opened = open_folder(folder);
  if (!opened) return std::move(opened.error());
  return write_into(opened->get(), folder, name, content);
}

}  // namespace leadmail::daemon
