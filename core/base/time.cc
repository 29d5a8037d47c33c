#include "core/base/time.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace leadmail {
namespace {

using namespace std::chrono;

/// Takes exactly `count` digits off the front of `rest`.
std::optional<int> take_digits(std::string_view& rest, std::size_t count) {
  if (rest.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (rest[i] < '0' || rest[i] > '9') return std::nullopt;
    value = value * 10 + (rest[i] - '0');
  }
  rest.remove_prefix(count);
  return value;
}

bool take(std::string_view& rest, char expected) {
  if (rest.empty() || (rest.front() | 0x20) != (expected | 0x20)) return false;
  rest.remove_prefix(1);
  return true;
}

std::optional<minutes> take_offset(std::string_view& rest) {
  if (take(rest, 'z')) return minutes{0};
  if (rest.empty() || (rest.front() != '+' && rest.front() != '-')) return std::nullopt;
  const int sign = rest.front() == '-' ? -1 : 1;
  rest.remove_prefix(1);
  const auto hour = take_digits(rest, 2);
  if (!hour || !take(rest, ':')) return std::nullopt;
  const auto minute = take_digits(rest, 2);
  if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
  return minutes{sign * (*hour * 60 + *minute)};
}

}  // namespace

std::string to_rfc3339(Time time, minutes offset) {
  const Time lowest = sys_days{year{0} / 1 / 1};
  const Time highest = sys_days{year{9999} / 12 / 31} + hours{23} + minutes{59} + seconds{59};
  const auto local = std::clamp(time + offset, lowest, highest);
  const auto day = floor<days>(local);
  const year_month_day date{day};
  const hh_mm_ss clock{local - day};
  std::array<char, 48> buffer{};
  int size = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                           static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                           static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                           static_cast<int>(clock.seconds().count()));
  std::string text(buffer.data(), static_cast<std::size_t>(size));
  if (offset == minutes{0}) return text + "Z";
  const auto distance = abs(offset);
  size = std::snprintf(buffer.data(), buffer.size(), "%c%02d:%02d", offset < minutes{0} ? '-' : '+',
                       static_cast<int>(distance.count() / 60), static_cast<int>(distance.count() % 60));
  return text.append(buffer.data(), static_cast<std::size_t>(size));
}

std::optional<Time> parse_rfc3339(std::string_view text) {
  auto rest = text;
  const auto y = take_digits(rest, 4);
  if (!y || !take(rest, '-')) return std::nullopt;
  const auto m = take_digits(rest, 2);
  if (!m || !take(rest, '-')) return std::nullopt;
  const auto d = take_digits(rest, 2);
  if (!d || !(take(rest, 't') || take(rest, ' '))) return std::nullopt;
  const auto hour = take_digits(rest, 2);
  if (!hour || !take(rest, ':')) return std::nullopt;
  const auto minute = take_digits(rest, 2);
  if (!minute || !take(rest, ':')) return std::nullopt;
  const auto second = take_digits(rest, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  if (take(rest, '.')) {
    if (!take_digits(rest, 1)) return std::nullopt;
    while (take_digits(rest, 1)) {}
  }
  const auto offset = take_offset(rest);
  if (!offset || !rest.empty()) return std::nullopt;
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
  if (!date.ok()) return std::nullopt;
  return sys_days{date} + hours{*hour} + minutes{*minute} + seconds{std::min(*second, 59)} - *offset;
}

}  // namespace leadmail
