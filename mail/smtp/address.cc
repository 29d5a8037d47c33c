#include "mail/smtp/address.h"

#include <idn2.h>

#include <algorithm>

#include "mail/smtp/reply.h"

namespace leadmail::mail::smtp {
namespace {

constexpr std::size_t kLongestLocalPart = 64, kLongestDomain = 255;  // RFC 5321 §4.5.3.1.1, §4.5.3.1.2

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/// atext of RFC 5322 §3.2.3, the dot, and UTF-8 (RFC 6532 §3.2).
bool is_local_character(char c) {
  return is_alphanumeric(c) || !is_ascii(c) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

/// Quoted string without spaces, `<` and `>`: they may be there, but no server we know makes such addresses.
bool is_quoted_local(std::string_view local) {
  if (local.size() < 3 || local.front() != '"' || local.back() != '"') return false;
  const auto inner = local.substr(1, local.size() - 2);
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] == '"') return false;
    if (inner[i] == '\\' && ++i == inner.size()) return false;
  }
  return true;
}

bool is_domain(std::string_view domain) {
  if (domain.empty() || domain.size() > kLongestDomain) return false;
  const bool literal = domain.size() > 2 && domain.front() == '[' && domain.back() == ']';
  if (literal) domain = domain.substr(1, domain.size() - 2);
  if (domain.front() == '.' || domain.front() == '-' || domain.back() == '.') return false;
  if (domain.find("..") != std::string_view::npos) return false;
  return std::all_of(domain.begin(), domain.end(), [&](char c) {
    return is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || (literal ? c == ':' : !is_ascii(c));
  });
}

}  // namespace

bool is_addr_spec(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > kLongestLocalPart) return false;
  // One spelling of a character, so that what a log shows is what a server got.
  if (address.size() > 512 || printable(address) != address) return false;
  if (address.find_first_of(" <>") != std::string_view::npos || address.find('@') != at) return false;
  const auto local = address.substr(0, at);
  const bool plain = std::all_of(local.begin(), local.end(), is_local_character);
  return (plain || is_quoted_local(local)) && is_domain(address.substr(at + 1));
}

std::optional<std::string> wire_address(std::string_view address) {
  if (!is_addr_spec(address)) return std::nullopt;
  const auto domain = address.substr(address.rfind('@') + 1);
  if (std::all_of(domain.begin(), domain.end(), is_ascii)) return std::string(address);

  const std::string unicode(domain);
  char* ascii = nullptr;
  const int failed = idn2_to_ascii_8z(unicode.c_str(), &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
  if (failed != IDN2_OK) return std::nullopt;
  const std::string host(ascii);
  idn2_free(ascii);
  // The mapping of UTS 46 makes a blank of U+00A0, and other marks of their wide forms: those are no host names.
  if (!is_domain(host) || !std::all_of(host.begin(), host.end(), is_ascii)) return std::nullopt;
  return std::string(address.substr(0, address.size() - domain.size())) + host;
}

}  // namespace leadmail::mail::smtp
