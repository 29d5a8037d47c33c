#include "mail/message/date.h"

#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "mail/message/ascii.h"

namespace leadmail::mail::message {
namespace {

/// One more sign of a date. Blanks around a colon were allowed once: "09 : 55 : 06". RFC 5322 §4.3
void add(char c, std::string& date) {
  const bool blank = c == ',' || ascii::is_space(c) || c == '"';
  if (c == ':') date.resize(ascii::trim(date).size());
  if (!blank) {
    date.push_back(c);
  } else if (!date.empty() && date.back() != ':') {
    date.push_back(' ');
  }
}

/// Words, numbers and signs of a date, comments left out.
std::vector<std::string_view> tokens(std::string_view value, std::string& buffer) {
  std::size_t depth = 0;
  for (const char c : value.substr(0, 200)) {
    if (c == '(') ++depth;
    if (depth == 0) add(c, buffer);
    if (c == ')' && depth > 0) --depth;
  }
  std::vector<std::string_view> result;
  std::string_view rest = buffer;
  while (!(rest = ascii::trim(rest)).empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    result.push_back(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  return result;
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || !ascii::is_digit(text[0]) || error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

/// 1..12 for a name in full or its first three letters, "Sept" and a full stop behind it; 0 when it is none.
int month(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kNames{"january",   "february", "march",    "april",
                                                           "may",       "june",     "july",     "august",
                                                           "september", "october",  "november", "december"};
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.size() < 3) return 0;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (text.size() <= kNames[i].size() && ascii::same(text, kNames[i].substr(0, text.size())))
      return static_cast<int>(i) + 1;
  }
  return 0;
}

bool is_weekday(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  static constexpr std::array<std::string_view, 7> kNames{"monday", "tuesday",  "wednesday", "thursday",
                                                          "friday", "saturday", "sunday"};
  for (const auto name : kNames) {
    if (text.size() >= 3 && text.size() <= name.size() && ascii::same(text, name.substr(0, text.size()))) return true;
  }
  return false;
}

/// Two digits are 2000 to 2049 or 1950 to 1999, three are counted from 1900. RFC 5322 §4.3
int full_year(std::string_view text, int value) {
  if (text.size() == 2) return value < 50 ? 2000 + value : 1900 + value;
  if (text.size() == 3) return 1900 + value;
  return value;
}

struct Clock {
  int hour = -1;
  int minute = 0;
  int second = 0;
};

/// "10:11", "10:11:12", "10:11:12.345", "10.11.12"; hour -1 when it is none.
Clock read_clock(std::string_view text) {
  const char separator = text.find(':') != std::string_view::npos ? ':' : '.';
  const std::size_t first = text.find(separator);
  if (first == std::string_view::npos || first == 0 || first > 2) return {};
  const std::size_t second = text.find(separator, first + 1);
  const auto hour = number(text.substr(0, first));
  const auto minute =
      number(text.substr(first + 1, (second == std::string_view::npos ? text.size() : second) - first - 1));
  auto seconds = second == std::string_view::npos ? std::string_view{"0"} : text.substr(second + 1);
  seconds = seconds.substr(0, seconds.find_first_of(".,"));
  const auto value = number(seconds);
  if (!hour || !minute || !value || (separator == '.' && second == std::string_view::npos)) return {};
  return {*hour, *minute, *value};
}

/// "+0530", "-5:00", "+02": minutes east of UTC. Beyond a day it is nonsense, and then no zone is known.
std::optional<int> numeric_zone(std::string_view text) {
  if (text.size() < 2 || (text[0] != '+' && text[0] != '-')) return {};
  std::string digits;
  for (const char c : text.substr(1)) {
    if (!ascii::is_digit(c) && c != ':') return {};
    if (c != ':') digits.push_back(c);
  }
  if (digits.size() <= 2) digits += "00";
  if (digits.size() > 4) return 0;
  const int value = number(digits).value_or(0);
  const int minutes = value / 100 * 60 + value % 100;
  if (value % 100 >= 60 || minutes >= 24 * 60) return 0;
  return text[0] == '-' ? -minutes : minutes;
}

/// Names of zones, the obsolete ones among them; unknown letters mean UTC. RFC 5322 §4.3
std::optional<int> named_zone(std::string_view text) {
  struct Zone {
    std::string_view name;
    int minutes;
  };
  static constexpr std::array<Zone, 28> kZones{
      {{"UT", 0},     {"GMT", 0},    {"UTC", 0},    {"Z", 0},      {"EST", -300}, {"EDT", -240}, {"CST", -360},
       {"CDT", -300}, {"MST", -420}, {"MDT", -360}, {"PST", -480}, {"PDT", -420}, {"WET", 0},    {"WEST", 60},
       {"BST", 60},   {"CET", 60},   {"MET", 60},   {"CEST", 120}, {"MEST", 120}, {"MESZ", 120}, {"MEZ", 60},
       {"EET", 120},  {"EEST", 180}, {"MSK", 180},  {"JST", 540},  {"KST", 540},  {"HST", -600}, {"AKST", -540}}};
  for (const auto& zone : kZones) {
    if (ascii::same(text, zone.name)) return zone.minutes;
  }
  // "GMT+0200", "UTC-05:00"
  if (text.size() > 3 && (ascii::starts_with(text, "GMT") || ascii::starts_with(text, "UTC"))) {
    return numeric_zone(text.substr(3));
  }
  return {};
}

struct Parts {
  int year = -1;
  int month = 0;
  int day = 0;
  Clock clock{};
  std::optional<int> offset{};
};

std::optional<WrittenDate> assemble(const Parts& parts) {
  const auto& clock = parts.clock;
  if (parts.year < 1900 || parts.year > 9999 || clock.hour < 0 || clock.hour > 23 || clock.minute < 0 ||
      clock.minute > 59 || clock.second < 0 || clock.second > 60) {
    return {};
  }
  const std::chrono::year_month_day day{std::chrono::year{parts.year},
                                        std::chrono::month{static_cast<unsigned>(parts.month)},
                                        std::chrono::day{static_cast<unsigned>(parts.day)}};
  if (!day.ok()) return {};
  const int offset = parts.offset.value_or(0);
  const Time local = std::chrono::sys_days{day} + std::chrono::hours{clock.hour} + std::chrono::minutes{clock.minute} +
                     std::chrono::seconds{std::min(clock.second, 59)};
  return WrittenDate{local - std::chrono::minutes{offset}, offset};
}

/// "2026-02-02T10:11:12+01:00", also with a blank for the T and without a zone.
std::optional<WrittenDate> read_iso(std::string_view value) {
  const auto dash = [&](std::size_t at) { return value[at] == '-' || value[at] == '/'; };
  if (value.size() < 16 || !dash(4) || !dash(7) || (value[10] != 'T' && value[10] != 't' && value[10] != ' ')) {
    return {};
  }
  Parts parts{.year = number(value.substr(0, 4)).value_or(-1),
              .month = number(value.substr(5, 2)).value_or(0),
              .day = number(value.substr(8, 2)).value_or(0)};
  const auto time = value.substr(11);
  const std::size_t end = std::min(time.find_first_of("+-Zz "), time.size());
  parts.clock = read_clock(time.substr(0, end));
  const auto zone = ascii::trim(time.substr(end));
  parts.offset = numeric_zone(zone);
  if (!parts.offset) parts.offset = named_zone(zone);
  return assemble(parts);
}

/// "2-Feb-2026" is three tokens.
std::vector<std::string_view> split_dashes(const std::vector<std::string_view>& words) {
  std::vector<std::string_view> result;
  for (const auto word : words) {
    const std::size_t first = word.find('-');
    const std::size_t second = first == std::string_view::npos ? first : word.find('-', first + 1);
    if (second != std::string_view::npos && first > 0 && ascii::is_digit(word[0])) {
      result.insert(result.end(),
                    {word.substr(0, first), word.substr(first + 1, second - first - 1), word.substr(second + 1)});
    } else {
      result.push_back(word);
    }
  }
  return result;
}

/// What one word adds to the date; false when the word makes the date doubtful.
void take(std::string_view word, Parts& parts) {
  if (is_weekday(word) && parts.month == 0 && parts.day == 0) return;
  if (const int named = parts.month == 0 ? month(word) : 0; named != 0) {
    parts.month = named;
    return;
  }
  if (parts.clock.hour < 0) {
    // "10:11:12+0100" has its zone glued on.
    const std::size_t sign = word.find_first_of("+-");
    const bool glued = sign != std::string_view::npos && sign > 2;
    const Clock clock = read_clock(glued ? word.substr(0, sign) : word);
    if (clock.hour >= 0) {
      parts.clock = clock;
      if (glued) parts.offset = numeric_zone(word.substr(sign));
      return;
    }
  }
  if (const auto value = number(word)) {
    if (parts.day == 0 && word.size() <= 2) {
      parts.day = *value;
    } else if (parts.year < 0) {
      parts.year = full_year(word, *value);
    }
    return;
  }
  const bool afternoon = ascii::same(word, "pm");
  if ((afternoon || ascii::same(word, "am")) && parts.clock.hour >= 1 && parts.clock.hour <= 12) {
    parts.clock.hour = parts.clock.hour % 12 + (afternoon ? 12 : 0);
    return;
  }
  const auto numeric = numeric_zone(word);
  const auto zone = numeric ? numeric : named_zone(word);
  // "GMT +0200" and "+0200 CEST": the figures say it.
  if (zone && (!parts.offset || (numeric && parts.offset == 0))) parts.offset = zone;
}

}  // namespace

std::optional<WrittenDate> read_date(std::string_view value) {
  value = ascii::trim(value);
  if (const auto date = read_iso(value)) return date;

  std::string buffer;
  Parts parts;
  for (const auto word : split_dashes(tokens(value, buffer))) take(word, parts);
  if (parts.month == 0 || parts.day == 0) return {};
  return assemble(parts);
}

std::optional<int> read_zone(std::string_view text) {
  const auto numeric = numeric_zone(text);
  return numeric ? numeric : named_zone(text);
}

}  // namespace leadmail::mail::message
