#include "mail/message/armour.h"

#include <algorithm>

#include "mail/message/ascii.h"

namespace leadmail::mail::message {
namespace {

constexpr std::string_view kSigned = "-----BEGIN PGP SIGNED MESSAGE-----";
constexpr std::string_view kSignature = "-----BEGIN PGP SIGNATURE-----";
constexpr std::string_view kEnd = "-----END PGP SIGNATURE-----";

std::size_t find_line(std::string_view text, std::string_view line, std::size_t from) {
  std::size_t at = text.find(line, from);
  while (at != std::string_view::npos && at > 0 && text[at - 1] != '\n') at = text.find(line, at + 1);
  return at;
}

std::size_t next_line(std::string_view text, std::size_t at) {
  const std::size_t lf = text.find('\n', at);
  return lf == std::string_view::npos ? text.size() : lf + 1;
}

/// Behind the armour's own fields ("Hash: SHA256") and the blank line below them.
std::size_t begin_of_text(std::string_view text, std::size_t at) {
  for (int fields = 0; at < text.size() && fields < 10; ++fields) {
    const std::size_t next = next_line(text, at);
    const auto line = ascii::trim(text.substr(at, next - at));
    if (line.empty()) return next;
    if (line.find(": ") == std::string_view::npos) return at;
    at = next;
  }
  return at;
}

/// "- -- " was "-- ". RFC 4880 §7.1
void append_unescaped(std::string& result, std::string_view text) {
  while (!text.empty()) {
    const std::size_t next = next_line(text, 0);
    result += text.substr(text.starts_with("- ") ? 2 : 0, text.starts_with("- ") ? next - 2 : next);
    text.remove_prefix(next);
  }
}

}  // namespace

bool take_off_armour(std::string& text) {
  const std::size_t begin = find_line(text, kSigned, 0);
  if (begin == std::string::npos) return false;
  const std::size_t from = begin_of_text(text, next_line(text, begin));
  const std::size_t signature = std::min(find_line(text, kSignature, from), text.size());
  const std::size_t end = std::min(find_line(text, kEnd, signature), text.size());
  std::string result = text.substr(0, begin);
  append_unescaped(result, std::string_view(text).substr(from, signature - from));
  if (end < text.size()) result.append(text, next_line(text, end), std::string::npos);
  text = std::move(result);
  return true;
}

bool has_encrypted_armour(std::string_view text) {
  return find_line(text, "-----BEGIN PGP MESSAGE-----", 0) != std::string_view::npos;
}

}  // namespace leadmail::mail::message
