// What mail grammar needs of ASCII, without locale: cases, blanks, comparison. Bytes above 127 are left as they are.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace leadmail::mail::message::ascii {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }
constexpr bool is_8bit(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// C0 and DEL, the line breaks among them.
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// The value of a hexadecimal digit; -1 when it is none.
constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/// Length of the leading run of ASCII, eight bytes at a time: most mail is nothing else.
inline std::size_t run(std::string_view bytes) {
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes.data() + i, sizeof eight);
    if ((eight & 0x8080808080808080ULL) != 0) break;
  }
  while (i < bytes.size() && !is_8bit(bytes[i])) ++i;
  return i;
}

inline std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

/// Equal but for the case of letters.
constexpr bool same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

constexpr bool starts_with(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && same(text.substr(0, start.size()), start);
}

/// Does `text` hold `part`, whatever the case? For short parts: each place is tried.
constexpr bool contains(std::string_view text, std::string_view part) {
  if (part.empty() || part.size() > text.size()) return part.empty();
  const char small = lower(part.front());
  const char capital = upper(part.front());
  for (std::size_t i = 0; i + part.size() <= text.size(); ++i) {
    if ((text[i] == small || text[i] == capital) && same(text.substr(i + 1, part.size() - 1), part.substr(1)))
      return true;
  }
  return false;
}

constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// Some bytes, each looked up in one step; the library's find_first_of searches all of them anew for each place.
class Set {
 public:
  constexpr explicit Set(std::string_view bytes) {
    for (const char c : bytes) has_[static_cast<unsigned char>(c)] = true;
  }
  [[nodiscard]] constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }

  /// Where the first of them stands in `text` at or behind `from`; the size of `text` when there is none.
  [[nodiscard]] constexpr std::size_t first_in(std::string_view text, std::size_t from = 0) const {
    while (from < text.size() && !has(text[from])) ++from;
    return std::min(from, text.size());
  }

 private:
  std::array<bool, 256> has_{};
};

}  // namespace leadmail::mail::message::ascii
