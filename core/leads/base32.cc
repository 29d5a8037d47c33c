#include "core/leads/base32.h"

namespace leadmail::leads {
namespace {

constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567";

constexpr std::uint32_t digit(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a');
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
  return static_cast<std::uint32_t>(c - '2') + 26;
}

}  // namespace

std::string to_base32(std::span<const std::uint8_t> bytes) {
  std::string text;
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (const auto byte : bytes) {
    buffer = buffer << 8 | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += kAlphabet[buffer >> (bits - 5) & 31U];
    buffer &= (1U << bits) - 1;
  }
  if (bits > 0) text += kAlphabet[buffer << (5 - bits) & 31U];
  return text;
}

std::optional<std::vector<std::uint8_t>> from_base32(std::string_view text) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(text.size() * 5 / 8);
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (const char c : text) {
    if (!is_base32(c)) return std::nullopt;
    buffer = buffer << 5 | digit(c);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<std::uint8_t>(buffer >> bits));
      buffer &= (1U << bits) - 1;
    }
  }
  if (bits >= 5 || buffer != 0) return std::nullopt;
  return bytes;
}

}  // namespace leadmail::leads
