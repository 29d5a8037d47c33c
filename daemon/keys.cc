#include "daemon/keys.h"

#include <sys/random.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "daemon/secret_folder.h"

namespace leadmail::daemon {
namespace {

// A key is a file reply-token-<n>: n only ever rises, its lowest byte is the id that a token carries.
constexpr std::string_view kPrefix = "reply-token-";
constexpr std::size_t kKeySize = 32;
constexpr std::size_t kLongest = 2 * kKeySize + 1;  // its hex digits and a newline

Error failure(const std::string& place, const std::string& what) { return Error{Next::stop, place + ": " + what}; }

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
Result<std::vector<std::uint64_t>> key_numbers(const SecretFolder& folder) {
  folder.sweep(kPrefix);
  const auto names = folder.names();
  if (!names) return names.error();
  std::vector<std::uint64_t> numbers;
  for (const auto& name : *names) {
    if (const auto number = number_of(name)) numbers.push_back(*number);
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

Result<std::string> read_key(const SecretFolder& folder, const std::string& place, const std::string& name) {
  auto text = folder.read(name, kLongest + 1);
  if (!text) return std::move(text.error());
  if (!*text) return failure(place, "it is gone");
  if ((*text)->ends_with('\n')) (*text)->pop_back();
  auto key = from_hex(**text);
  if (!key) return failure(place, "damaged: restore it, or remove it and all tokens that it signed are void");
  return std::move(*key);
}

Result<void> add_named_key(const SecretFolder& folder, const std::string& name) {
  std::string bytes(kKeySize, '\0');
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    return failure("getrandom", "failed");
  }
  return folder.write(name, to_hex(bytes) + "\n");
}

Result<void> add_key(const SecretFolder& folder, std::uint64_t number) {
  return add_named_key(folder, key_name(number));
}

Result<leads::TokenKeys> read_keys(const SecretFolder& folder, const std::string& path,
                                   const std::vector<std::uint64_t>& numbers) {
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
  auto opened = SecretFolder::open(folder);
  if (!opened) return std::move(opened.error());
  auto numbers = key_numbers(*opened);
  if (!numbers) return std::move(numbers.error());
  if (numbers->empty()) {
    auto added = add_key(*opened, 1);
    if (!added) return std::move(added.error());
    numbers->push_back(1);
  }
  return read_keys(*opened, folder, *numbers);
}

Result<std::string> load_erasure_key(const std::string& folder) {
  const std::string name{"erased-people"};
  auto opened = SecretFolder::open(folder);
  if (!opened) return std::move(opened.error());
  if (auto locked = opened->lock(); !locked) return std::move(locked.error());
  auto known = opened->read(name, kLongest + 1);
  if (!known) return std::move(known.error());
  if (!*known) {
    if (auto added = add_named_key(*opened, name); !added) return std::move(added.error());
  }
  return read_key(*opened, folder + "/" + name, name);
}

Result<leads::TokenKeys> rotate_keys(const std::string& folder) {
  auto before = load_keys(folder);  // a damaged key must be looked at before it becomes the second one
  if (!before) return before;
  auto opened = SecretFolder::open(folder);
  if (!opened) return std::move(opened.error());
  auto numbers = key_numbers(*opened);
  if (!numbers) return std::move(numbers.error());
  const auto next = numbers->empty() ? 1 : numbers->front() + 1;
  auto added = add_key(*opened, next);
  if (!added) return std::move(added.error());
  numbers->insert(numbers->begin(), next);
  while (numbers->size() > kValidKeys) {
    if (auto removed = opened->remove(key_name(numbers->back())); !removed) return std::move(removed.error());
    numbers->pop_back();
  }
  return read_keys(*opened, folder, *numbers);
}

}  // namespace leadmail::daemon
