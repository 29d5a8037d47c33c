#include "mail/net/redact.h"

#include <cstdint>

namespace leadmail::mail::net {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kStars = "***";

}  // namespace

std::string decode_base64(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const auto value = kAlphabet.find(c);
    if (value == std::string_view::npos) break;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>((bits >> count) & 0xFFU);
    bits &= (1U << count) - 1U;
  }
  return bytes;
}

std::string redact(std::string words, std::string_view secret) {
  if (secret.empty()) return words;
  for (auto at = words.find(secret); at != std::string::npos; at = words.find(secret, at + kStars.size())) {
    words.replace(at, secret.size(), kStars);
  }
  for (std::size_t at = 0; at < words.size();) {
    const auto start = words.find_first_of(kAlphabet, at);
    if (start == std::string::npos) break;
    const auto end = std::min(words.find_first_not_of(kAlphabet, start), words.size());
    if (decode_base64(std::string_view(words).substr(start, end - start)).find(secret) == std::string::npos) {
      at = end;
    } else {
      words.replace(start, end - start, kStars);
      at = start + kStars.size();
    }
  }
  return words;
}

}  // namespace leadmail::mail::net
