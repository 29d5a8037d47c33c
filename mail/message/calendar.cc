#include "mail/message/calendar.h"

#include <charconv>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "mail/message/address.h"
#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/encoded_word.h"

namespace leadmail::mail::message {
namespace {

constexpr std::size_t kMost = std::size_t{1024} * 1024;
constexpr std::size_t kLongestLine = std::size_t{16} * 1024;

/// name;param=value;…:value. RFC 5545 §3.1
struct Property {
  std::string name{};  ///< upper case
  std::string_view parameters{};
  std::string_view value{};
};

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = ascii::upper(c);
  return result;
}

Property read_property(std::string_view line) {
  Property property;
  bool in_quotes = false;
  std::size_t colon = 0;
  for (; colon < line.size() && (in_quotes || line[colon] != ':'); ++colon) {
    if (line[colon] == '"') in_quotes = !in_quotes;
  }
  const auto left = line.substr(0, colon);
  property.value = colon < line.size() ? ascii::trim(line.substr(colon + 1)) : std::string_view{};
  const std::size_t semicolon = std::min(left.find(';'), left.size());
  property.name = upper(ascii::trim(left.substr(0, semicolon)));
  property.parameters = left.substr(semicolon);
  return property;
}

/// The value of ";NAME=value" among the parameters; quotes taken off.
std::string_view parameter(std::string_view parameters, std::string_view name) {
  while (!parameters.empty()) {
    parameters.remove_prefix(1);
    const std::size_t equals = std::min(parameters.find('='), parameters.size());
    const bool wanted = ascii::same(ascii::trim(parameters.substr(0, equals)), name);
    parameters.remove_prefix(std::min(equals + 1, parameters.size()));
    std::size_t end = 0;
    for (bool in_quotes = false; end < parameters.size() && (in_quotes || parameters[end] != ';'); ++end) {
      if (parameters[end] == '"') in_quotes = !in_quotes;
    }
    auto value = parameters.substr(0, end);
    if (wanted) {
      if (value.size() > 1 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
      return value;
    }
    parameters.remove_prefix(end);
  }
  return {};
}

std::string without_mailto(std::string_view value) {
  if (ascii::starts_with(value, "mailto:")) value.remove_prefix(7);
  return normal_address(value);
}

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  if (at + count > text.size()) return {};
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + count, value);
  if (error != std::errc{} || end != text.data() + at + count || value < 0) return {};
  return value;
}

/// "20261203T100000" as wall-clock seconds; nothing when it is none.
std::optional<Time> wall_clock(std::string_view value) {
  const auto year = digits(value, 0, 4);
  const auto month = digits(value, 4, 2);
  const auto day = digits(value, 6, 2);
  if (!year || !month || !day) return {};
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return {};
  if (value.size() == 8) return Time{std::chrono::sys_days{date}};
  const auto hour = digits(value, 9, 2);
  const auto minute = digits(value, 11, 2);
  const auto second = digits(value, 13, 2);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return {};
  return std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         seconds{std::min(*second, 59)};
}

/// One STANDARD or DAYLIGHT of a VTIMEZONE: since when, by which yearly rule, and what is added to UTC. RFC 5545 §3.6.5
struct Observance {
  Time start{};
  int offset = 0;      ///< minutes east of UTC
  unsigned month = 0;  ///< of the yearly rule; 0: only once, at start
  int week = 0;        ///< 1..4, or -1 for the last
  unsigned weekday = 0;
};

struct Zone {
  std::string name{};
  std::vector<Observance> observances{};
};

int utc_offset(std::string_view value) {
  if (value.size() < 5) return 0;
  const int minutes = digits(value, 1, 2).value_or(0) * 60 + digits(value, 3, 2).value_or(0);
  return value.front() == '-' ? -minutes : minutes;
}

void read_rule(std::string_view rule, Observance& observance) {
  static constexpr std::string_view kDays = "SUMOTUWETHFRSA";
  if (!ascii::contains(rule, "FREQ=YEARLY")) return;
  while (!rule.empty()) {
    const std::size_t end = std::min(rule.find(';'), rule.size());
    const auto item = rule.substr(0, end);
    rule.remove_prefix(std::min(end + 1, rule.size()));
    if (ascii::starts_with(item, "BYMONTH=")) {
      observance.month = static_cast<unsigned>(digits(item, 8, item.size() - 8).value_or(0));
    } else if (ascii::starts_with(item, "BYDAY=") && item.size() >= 9) {
      const auto value = item.substr(6);
      const bool negative = value.front() == '-';
      const int week = digits(value, negative || value.front() == '+' ? 1 : 0, 1).value_or(0);
      const std::size_t day = kDays.find(upper(value.substr(value.size() - 2)));
      observance.week = negative ? -week : week;
      observance.weekday = day == std::string_view::npos ? 0 : static_cast<unsigned>(day / 2);
    }
  }
  if (observance.month > 12 || observance.week == 0 || observance.week > 4 || observance.week < -1)
    observance.month = 0;
}

/// When the observance last began at or before `local`; nothing when it had not begun yet.
std::optional<Time> last_onset(const Observance& observance, Time local) {
  using namespace std::chrono;
  if (local < observance.start) return {};
  if (observance.month == 0) return observance.start;
  const auto time_of_day = observance.start - floor<days>(observance.start);
  year_month_day today{floor<days>(local)};
  for (int back = 0; back < 2; ++back) {
    const auto y = today.year() - years{back};
    const auto m = month{observance.month};
    const sys_days day = observance.week < 0
                             ? sys_days{y / m / weekday{observance.weekday}[last]}
                             : sys_days{y / m / weekday{observance.weekday}[static_cast<unsigned>(observance.week)]};
    const Time onset = day + time_of_day;
    if (onset <= local) return std::max(onset, observance.start);
  }
  return observance.start;
}

std::optional<int> offset_at(const Zone& zone, Time local) {
  std::optional<Time> latest;
  std::optional<int> offset;
  for (const auto& observance : zone.observances) {
    const auto onset = last_onset(observance, local);
    if (onset && (!latest || *onset >= *latest)) {
      latest = onset;
      offset = observance.offset;
    }
  }
  if (!offset && !zone.observances.empty()) offset = zone.observances.front().offset;
  return offset;
}

/// A DTSTART or DTEND as it stands.
struct Written {
  std::string value{};
  std::string zone{};  ///< TZID
};

/// "\\n", "\\,", "\\;" and "\\\\" of a text. RFC 5545 §3.3.11
std::string plain_text(std::string_view value) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool escapes = value[i] == '\\' && i + 1 < value.size();
    const char c = escapes ? value[++i] : value[i];
    text += escapes && (c == 'n' || c == 'N') ? ' ' : c;
  }
  return text;
}

class Reader {
 public:
  std::optional<CalendarPart> read(std::string_view text) {
    text = utf8_prefix(text, kMost);
    if (!ascii::contains(text.substr(0, 4096), "BEGIN:VCALENDAR")) return {};
    while (!text.empty()) {
      const std::size_t lf = std::min(text.find('\n'), text.size());
      auto line = text.substr(0, lf);
      text.remove_prefix(std::min(lf + 1, text.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!line.empty() && ascii::is_blank(line.front())) {
        // Folding. RFC 5545 §3.1
        if (line_.size() < kLongestLine) line_ += line.substr(1);
        continue;
      }
      take();
      line_ = std::string(utf8_prefix(line, kLongestLine));
    }
    take();
    finish();
    return std::move(result_);
  }

 private:
  void take() {
    if (line_.empty()) return;
    const Property property = read_property(line_);
    if (property.name == "BEGIN") return begin(upper(property.value));
    if (property.name == "END") return end(upper(property.value));
    if (component_ == "VCALENDAR" && property.name == "METHOD") result_.method = upper(property.value);
    if ((component_ == "VEVENT" || component_ == "VTODO") && events_ == 1) event(property);
    if (component_ == "VTIMEZONE" && property.name == "TZID" && zones_.size() < 50)
      zones_.push_back({std::string(property.value), {}});
    if (component_ == "STANDARD" || component_ == "DAYLIGHT") observance(property);
  }

  void begin(std::string name) {
    if (name == "VEVENT" || name == "VTODO") ++events_;
    if (name == "STANDARD" || name == "DAYLIGHT") observance_ = {};
    if (stack_.size() < 10) stack_.push_back(component_);
    component_ = std::move(name);
  }

  void end(const std::string& name) {
    if ((name == "STANDARD" || name == "DAYLIGHT") && !zones_.empty() && zones_.back().observances.size() < 100) {
      zones_.back().observances.push_back(observance_);
    }
    if (stack_.empty()) return;
    component_ = stack_.back();
    stack_.pop_back();
  }

  void event(const Property& property) {
    if (property.name == "UID") {
      result_.uid = one_line(utf8_prefix(property.value, 1000));
    } else if (property.name == "SEQUENCE") {
      std::from_chars(property.value.data(), property.value.data() + property.value.size(), result_.sequence);
    } else if (property.name == "ATTENDEE") {
      attendee(property);
    } else if (property.name == "DTSTART") {
      start_ = {std::string(property.value), std::string(parameter(property.parameters, "TZID"))};
    } else if (property.name == "DTEND") {
      end_ = {std::string(property.value), std::string(parameter(property.parameters, "TZID"))};
    } else if (property.name == "COMMENT" && result_.comment.empty()) {
      result_.comment = one_line(plain_text(utf8_prefix(property.value, 1000)));
    } else if (property.name == "SUMMARY" && result_.summary.empty()) {
      result_.summary = one_line(plain_text(utf8_prefix(property.value, 300)));
    } else if (property.name == "LOCATION" && result_.place.empty()) {
      result_.place = one_line(plain_text(utf8_prefix(property.value, 300)));
    }
  }

  /// An answer holds one attendee: who answers. A request holds all; then the first who has answered counts. RFC 5546
  /// §3.2.3
  void attendee(const Property& property) {
    const auto status = upper(parameter(property.parameters, "PARTSTAT"));
    const bool answers = !status.empty() && status != "NEEDS-ACTION";
    if (answered_ || (!answers && !result_.attendee.empty())) return;
    answered_ = answers;
    result_.attendee = without_mailto(property.value);
    result_.partstat = status;
  }

  void observance(const Property& property) {
    if (property.name == "DTSTART") {
      observance_.start = wall_clock(property.value).value_or(Time{});
    } else if (property.name == "TZOFFSETTO") {
      observance_.offset = utc_offset(property.value);
    } else if (property.name == "RRULE") {
      read_rule(property.value, observance_);
    }
  }

  /// As an instant where the object says what its zone does, else as the clock shows it, or as a day.
  [[nodiscard]] std::string finished(const Written& written) const {
    const auto local = wall_clock(written.value);
    if (!local) return {};
    if (written.value.size() == 8) return to_rfc3339(*local).substr(0, 10);
    if (written.value.ends_with('Z')) return to_rfc3339(*local);
    for (const Zone& zone : zones_) {
      const auto offset = zone.name == written.zone ? offset_at(zone, *local) : std::nullopt;
      if (!offset) continue;
      const std::chrono::minutes east{*offset};
      return to_rfc3339(*local - east, east);
    }
    return to_rfc3339(*local).substr(0, 19);
  }

  void finish() {
    result_.start = finished(start_);
    result_.end = finished(end_);
    if (result_.start.size() == 19) result_.zone = one_line(utf8_prefix(start_.zone, 100));
  }

  CalendarPart result_{};
  std::string line_{};
  std::string component_{};
  std::vector<std::string> stack_{};
  std::vector<Zone> zones_{};
  Observance observance_{};
  Written start_{};
  Written end_{};
  std::size_t events_ = 0;
  bool answered_ = false;
};

}  // namespace

std::optional<CalendarPart> read_calendar(std::string_view text) { return Reader().read(text); }

}  // namespace leadmail::mail::message
