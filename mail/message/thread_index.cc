#include "mail/message/thread_index.h"

#include <algorithm>
#include <cstdint>

#include "mail/message/ascii.h"
#include "mail/message/encode_body.h"
#include "mail/message/transfer.h"

namespace leadmail::mail::message {
namespace {

constexpr std::size_t kHeader = 22;  // reserved byte 1, five bytes of time, sixteen of GUID
constexpr std::size_t kTime = 6;     // reserved byte and time
constexpr std::size_t kChild = 5;
constexpr std::size_t kMostChildren = 200;

/// The bytes; nothing when they are no Thread-Index.
std::optional<std::string> bytes_of(std::string_view thread_index) {
  constexpr std::size_t kLongest = (kHeader + kMostChildren * kChild + 2) / 3 * 4;
  const auto text = ascii::trim(thread_index);
  if (text.empty() || text.size() > 2 * kLongest) return std::nullopt;
  auto bytes = decode_base64(text);
  if (bytes.size() < kHeader || (bytes.size() - kHeader) % kChild != 0 || bytes.front() != 1) return std::nullopt;
  if (bytes.size() > kHeader + kMostChildren * kChild) return std::nullopt;
  return bytes;
}

/// The time of the header in 100 ns since 1601. Older programs let the reserved byte, which is 1, stand for the highest
/// byte of the FILETIME as well; newer ones write that byte once more, with less behind it. Both are in the mail of
/// today.
std::uint64_t header_time(std::string_view bytes) {
  const auto upper_bytes = bytes[1] == 1 ? bytes.substr(1, kTime - 1) : bytes.substr(0, kTime);
  std::uint64_t ticks = 0;
  for (const char c : upper_bytes) ticks = ticks << 8 | static_cast<std::uint8_t>(c);
  return ticks << (8 * (sizeof ticks - upper_bytes.size()));
}

std::uint64_t file_time(Time time) {
  constexpr std::int64_t kFrom1601To1970 = 11'644'473'600;
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, to_unix(time) + kFrom1601To1970)) * 10'000'000U;
}

/// A bit that says which part of the time between is kept, and 31 bits of it. MS-OXOMSG §2.2.1.3
std::uint32_t time_between(std::uint64_t from, std::uint64_t to) {
  const std::uint64_t ticks = to > from ? to - from : 0;
  constexpr std::uint64_t kFar = std::uint64_t{1} << 49;  // 1.7 years
  if (ticks < kFar) return static_cast<std::uint32_t>(ticks >> 18) & 0x7FFFFFFFU;
  return 0x80000000U | (static_cast<std::uint32_t>(ticks >> 23) & 0x7FFFFFFFU);
}

}  // namespace

std::optional<std::string> conversation_of(std::string_view thread_index) {
  const auto bytes = bytes_of(thread_index);
  if (!bytes) return std::nullopt;
  const auto guid = std::string_view(*bytes).substr(kTime, kHeader - kTime);
  if (guid.find_first_not_of(guid.front()) == std::string_view::npos) return std::nullopt;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const char c : guid) {
    hex += kDigits[static_cast<std::uint8_t>(c) >> 4];
    hex += kDigits[static_cast<std::uint8_t>(c) & 15U];
  }
  return hex;
}

std::string extend_thread_index(std::string_view thread_index, Time now, std::uint8_t salt) {
  auto bytes = bytes_of(thread_index);
  if (!bytes || bytes->size() + kChild > kHeader + kMostChildren * kChild) return {};
  const auto between = time_between(header_time(*bytes), file_time(now));
  for (int shift = 24; shift >= 0; shift -= 8) *bytes += static_cast<char>(between >> shift & 0xFFU);
  *bytes += static_cast<char>(salt);
  auto text = encode_base64(*bytes);
  std::erase_if(text, ascii::is_space);
  return text;
}

}  // namespace leadmail::mail::message
