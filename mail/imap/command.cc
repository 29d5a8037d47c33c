#include "mail/imap/command.h"

#include <algorithm>

namespace leadmail::mail::imap {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
constexpr char32_t kReplacement = 0xFFFD;

bool is_printable_ascii(char c) { return c >= 0x20 && c < 0x7F; }

/// Takes one character off the front; U+FFFD and one octet where there is none.
char32_t take_utf8(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t size = first < 0x80   ? 1
                           : first < 0xC2 ? 0
                           : first < 0xE0 ? 2
                           : first < 0xF0 ? 3
                           : first < 0xF5 ? 4
                                          : 0;
  char32_t code = size == 1 ? first : first & (0xFFU >> (size + 1));
  bool sound = size > 0 && text.size() >= size;
  for (std::size_t i = 1; sound && i < size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    sound = (next & 0xC0U) == 0x80;
    code = (code << 6U) | (next & 0x3FU);
  }
  sound = sound && !(size == 3 && code < 0x800) && !(size == 4 && code < 0x10000) && code <= 0x10FFFF &&
          !(code >= 0xD800 && code < 0xE000);
  text.remove_prefix(sound ? size : 1);
  return sound ? code : kReplacement;
}

void append_utf8(std::string& text, char32_t code) {
  const auto tail = [&](unsigned shift) { text += static_cast<char>(0x80U | ((code >> shift) & 0x3FU)); };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0U | (code >> 6U));
    tail(0);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0U | (code >> 12U));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0U | (code >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

/// A run of UTF-16 units as "&…-".
void append_shifted(std::string& name, std::u16string_view units) {
  name += '&';
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char16_t unit : units) {
    bits = (bits << 16U) | unit;
    for (count += 16; count >= 6; count -= 6) name += kBase64[(bits >> (count - 6)) & 0x3FU];
    bits &= (1U << count) - 1U;
  }
  if (count > 0) name += kBase64[(bits << (6 - count)) & 0x3FU];
  name += '-';
}

/// The text of what stands between & and -; nothing when it is not the one encoding of it.
std::optional<std::string> unshifted(std::string_view shifted) {
  std::u16string units;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : shifted) {
    const auto value = kBase64.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 16) continue;
    count -= 16;
    units += static_cast<char16_t>(bits >> count);
    bits &= (1U << count) - 1U;
  }
  if (count >= 6 || bits != 0) return std::nullopt;

  std::string text;
  for (std::size_t i = 0; i < units.size(); ++i) {
    char32_t code = units[i];
    if (code >= 0xD800 && code < 0xDC00 && i + 1 < units.size() && units[i + 1] >= 0xDC00 && units[i + 1] < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10U) + (units[++i] - 0xDC00U);
    } else if (code >= 0xD800 && code < 0xE000) {
      return std::nullopt;
    }
    append_utf8(text, code);
  }
  return text;
}

}  // namespace

std::optional<std::string> quoted(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), is_printable_ascii)) return std::nullopt;
  std::string all = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') all += '\\';
    all += c;
  }
  return all += '"';
}

std::string to_modified_utf7(std::string_view utf8) {
  std::string name;
  std::u16string units;
  const auto end_shift = [&] {
    if (!units.empty()) append_shifted(name, units);
    units.clear();
  };
  while (!utf8.empty()) {
    const char32_t code = take_utf8(utf8);
    if (code >= 0x20 && code < 0x7F) {
      end_shift();
      name += static_cast<char>(code);
      if (code == '&') name += '-';
    } else if (code < 0x10000) {
      units += static_cast<char16_t>(code);
    } else {
      units += static_cast<char16_t>(0xD800 + ((code - 0x10000) >> 10U));
      units += static_cast<char16_t>(0xDC00 + ((code - 0x10000) & 0x3FFU));
    }
  }
  end_shift();
  return name;
}

std::string from_modified_utf7(std::string_view name) {
  std::string text;
  while (!name.empty()) {
    const auto end = name.front() == '&' ? name.find('-') : std::string_view::npos;
    const auto inside = end == std::string_view::npos ? std::string_view{} : name.substr(1, end - 1);
    const auto plain = end == 1 ? std::optional<std::string>("&") : inside.empty() ? std::nullopt : unshifted(inside);
    if (plain) {
      text += *plain;
      name.remove_prefix(end + 1);
    } else {
      append_utf8(text, take_utf8(name));
    }
  }
  return text;
}

std::optional<std::string> folder_argument(std::string_view utf8) {
  if (utf8.empty() || utf8.size() > 500) return std::nullopt;
  const bool control = std::any_of(utf8.begin(), utf8.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  return control ? std::nullopt : quoted(to_modified_utf7(utf8));
}

std::vector<std::string> uid_sets(std::span<const std::uint32_t> uids, std::size_t octets) {
  std::vector<std::string> sets;
  for (std::size_t i = 0; i < uids.size();) {
    std::size_t last = i;
    while (last + 1 < uids.size() && uids[last + 1] == uids[last] + 1) ++last;
    std::string range = std::to_string(uids[i]);
    if (last > i) range += ":" + std::to_string(uids[last]);
    if (sets.empty() || sets.back().size() + 1 + range.size() > octets) {
      sets.push_back(std::move(range));
    } else {
      sets.back() += "," + range;
    }
    i = last + 1;
  }
  return sets;
}

}  // namespace leadmail::mail::imap
