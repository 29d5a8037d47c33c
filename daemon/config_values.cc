#include "daemon/config_values.h"

#include <arpa/inet.h>
#include <date/tz.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>
#include <vector>

#include "core/base/time.h"
#include "core/leads/address.h"
#include "daemon/options.h"

namespace leadmail::daemon {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Digits off the front of `rest`, at most 15 of them: no sum of them overflows.
std::optional<std::uint64_t> take_number(std::string_view& rest) {
  std::size_t count = 0;
  while (count < rest.size() && is_digit(rest[count])) ++count;
  if (count == 0 || count > 15) return std::nullopt;
  std::uint64_t value = 0;
  std::from_chars(rest.data(), rest.data() + count, value);
  rest.remove_prefix(count);
  return value;
}

std::optional<int> two_digits(std::string_view text) {
  if (text.size() != 2 || !is_digit(text[0]) || !is_digit(text[1])) return std::nullopt;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

bool is_ip(std::string_view text) {
  std::array<unsigned char, 16> bytes{};
  const std::string copy{text};
  return ::inet_pton(AF_INET, copy.c_str(), bytes.data()) == 1 ||
         ::inet_pton(AF_INET6, copy.c_str(), bytes.data()) == 1;
}

std::uint16_t default_port(std::string_view scheme) {
  if (scheme == "imaps") return 993;
  if (scheme == "imap") return 143;
  return scheme == "smtps" ? 465 : 587;  // RFC 8314 §3.3: mail is submitted there, never on 25
}

}  // namespace

std::optional<std::chrono::seconds> duration_from(std::string_view text) {
  constexpr std::array<std::pair<char, std::uint64_t>, 5> kUnits{
      {{'w', 604800}, {'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}}};
  constexpr std::uint64_t kLongest = 100ULL * 366 * 86400;
  if (text.empty()) return std::nullopt;
  std::uint64_t sum = 0;
  auto unit = kUnits.begin();
  while (!text.empty()) {
    const auto count = take_number(text);
    if (!count || *count > kLongest || text.empty()) return std::nullopt;
    unit = std::find_if(unit, kUnits.end(), [&](const auto& known) { return known.first == text.front(); });
    if (unit == kUnits.end()) return std::nullopt;
    text.remove_prefix(1);
    sum += *count * unit->second;
    if (sum > kLongest) return std::nullopt;
    ++unit;
  }
  return std::chrono::seconds{static_cast<std::int64_t>(sum)};
}

std::optional<std::uint64_t> size_from(std::string_view text) {
  const auto count = take_number(text);
  if (!count) return std::nullopt;
  if (text.starts_with(' ')) text.remove_prefix(1);
  std::uint64_t unit = 1;
  if (!text.empty() && text != "B") {
    constexpr std::string_view kPrefixes = "kMGT";
    const auto power = kPrefixes.find(text.front() == 'K' ? 'k' : text.front());
    if (power == std::string_view::npos) return std::nullopt;
    text.remove_prefix(1);
    const bool binary = text.starts_with('i');
    if (binary) text.remove_prefix(1);
    if (!text.empty() && text != "B") return std::nullopt;
    for (std::size_t i = 0; i <= power; ++i) unit *= binary ? 1024 : 1000;
  }
  constexpr std::uint64_t kLargest = 1ULL << 50;
  if (*count > kLargest / unit) return std::nullopt;
  return *count * unit;
}

std::optional<std::chrono::minutes> time_of_day_from(std::string_view text) {
  if (text.size() != 5 && text.size() != 8) return std::nullopt;
  const auto hour = two_digits(text.substr(0, 2));
  const auto minute = two_digits(text.substr(3, 2));
  if (!hour || !minute || text[2] != ':' || *hour > 24 || *minute > 59) return std::nullopt;
  if (text.size() == 8 && text.substr(5) != ":00") return std::nullopt;
  if (*hour == 24 && *minute != 0) return std::nullopt;
  return std::chrono::minutes{*hour * 60 + *minute};
}

std::optional<std::chrono::year_month_day> date_from(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  const auto instant = parse_rfc3339(std::string{text} + "T00:00:00Z");
  if (!instant) return std::nullopt;
  return std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(*instant)};
}

bool is_host(std::string_view text) {
  if (text.empty() || text.size() > 253 || text.front() == '.' || text.front() == '-') return false;
  if (is_ip(text)) return true;
  const auto fits = [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_'; };
  return std::ranges::all_of(text, fits) && text.find("..") == std::string_view::npos && text.back() != '.';
}

bool is_address(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) return false;
  const auto local = text.substr(0, at);
  constexpr std::string_view kSpecials = "()<>[]:;@\\,\" ";
  const auto fits = [&](char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7f && kSpecials.find(c) == std::string_view::npos;
  };
  if (!std::ranges::all_of(local, fits) || local.front() == '.' || local.back() == '.') return false;
  return local.find("..") == std::string_view::npos && is_host(text.substr(at + 1));
}

bool is_loopback(std::string_view host) {
  const auto lower = leads::to_lower(host);
  if (lower == "localhost" || lower.ends_with(".localhost")) return true;  // RFC 6761 §6.3
  return (lower.starts_with("127.") && is_ip(lower)) || lower == "::1";
}

bool is_id(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '.' || c == '_' || c == '-'; };
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, fits);
}

std::optional<mail::net::Server> server_from(std::string_view url, std::string_view service, std::string& why) {
  const auto colon = url.find("://");
  const auto scheme = leads::to_lower(url.substr(0, colon == std::string_view::npos ? 0 : colon));
  if (scheme != service && scheme != std::string{service} + "s") {
    why = "it must begin with " + std::string{service} + "s:// or " + std::string{service} + "://";
    return std::nullopt;
  }
  auto rest = url.substr(colon + 3);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.find('@') != std::string_view::npos) {
    why = "a login does not belong into a URL: use `user` and `password_file`";
    return std::nullopt;
  }

  mail::net::Server server;
  server.security =
      scheme.ends_with('s') ? mail::net::Security::implicit_tls : mail::net::Security::starttls;  // RFC 8314 §3
  server.port = default_port(scheme);
  auto port = std::string_view{};
  if (rest.starts_with('[')) {
    const auto end = rest.find(']');
    if (end == std::string_view::npos) {
      why = "']' is missing";
      return std::nullopt;
    }
    server.host = rest.substr(1, end - 1);
    port = rest.substr(end + 1);
  } else {
    const auto end = std::min(rest.find(':'), rest.size());
    server.host = rest.substr(0, end);
    port = rest.substr(end);
  }
  if (!is_host(server.host)) {
    why = "'" + server.host + "' is no host";
    return std::nullopt;
  }
  if (port.empty()) return server;
  unsigned number = 0;
  const auto [end, error] = std::from_chars(port.data() + 1, port.data() + port.size(), number);
  if (port.front() != ':' || error != std::errc{} || end != port.data() + port.size() || number == 0 ||
      number > 65535) {
    why = "'" + std::string{port} + "' is no port";
    return std::nullopt;
  }
  server.port = static_cast<std::uint16_t>(number);
  return server;
}

std::string nearest_zone(std::string_view name) {
  try {
    std::vector<std::string> zones;
    for (const auto& zone : date::get_tzdb().zones) zones.push_back(zone.name());
    if (auto found = nearest(name, zones); !found.empty()) return found;
    // "Mexico_City" alone: the part behind the last slash is what people remember.
    const auto wanted = leads::to_lower(name);
    for (const auto& zone : zones) {
      if (leads::to_lower(zone).ends_with("/" + wanted)) return zone;
    }
  } catch (const std::exception&) {
    return {};  // no time zones on this machine: nothing to suggest
  }
  return {};
}

}  // namespace leadmail::daemon
