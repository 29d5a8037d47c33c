// Dates as people write them: the parts of when_reader.h that look into a word.
#include <algorithm>
#include <array>

#include "core/leads/when_reader.h"

namespace leadmail::leads {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::months;
using std::chrono::year_month_day;
using std::chrono::years;

/// What stands behind the digits of "3rd", "1ro", "1º"; nothing does too.
bool is_ordinal_mark(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMarks{"", "st", "nd", "rd", "th", "o", "ro", "do", "er", "ero", "°", "."};
  return std::ranges::find(kMarks, text) != kMarks.end();
}

}  // namespace

/// Which of the two is the month: told by the language, or by the only way that makes a date.
void WhenReader::set_ambiguous_date(int first, int second, std::optional<int> y) {
  const bool day_first = context_.language != "en";
  if (!day_first && first <= 12 && second <= 12 && first != second) {
    said_.wrong = Phrase::ambiguous_date;
  }
  const bool swapped = !day_first && second > 12;
  said_.day_part = static_cast<unsigned>(swapped ? second : first);
  said_.month_part = static_cast<unsigned>(swapped ? first : second);
  if (y) said_.year_part = *y < 100 ? 2000 + *y : *y;
  said_.day = Said::Day::date;
}

/// "2026-12-03", with "t10:00" behind it or not; "3.12.2026", "3/12", "3-12-26". "10.30" is a time.
bool WhenReader::read_numeric_date() {
  auto rest = word();
  const auto first = take_number(rest, 4);
  if (!first || rest.empty()) return false;
  const char separator = rest.front();
  if (separator != '-' && separator != '/' && separator != '.') return false;
  rest.remove_prefix(1);
  const auto second = take_number(rest, 2);
  if (!second) return false;
  const bool has_third = !rest.empty() && rest.front() == separator;
  if (has_third) rest.remove_prefix(1);
  const auto third = has_third ? take_number(rest, 4) : std::nullopt;

  if (*first > 31) return third && set_iso_date(*first, *second, *third, rest);
  if (!rest.empty() || (has_third && !third && separator != '.') || (!has_third && separator != '/')) return false;
  set_ambiguous_date(*first, *second, third);
  return done(1);
}

/// `clock` is what stands behind the date: nothing, or "t10:00".
bool WhenReader::set_iso_date(int y, int m, int d, std::string_view clock) {
  if (!clock.empty()) {
    if (!take(clock, "t")) return false;
    const auto hour_part = take_number(clock, 2);
    if (!hour_part || !take(clock, ":")) return false;
    const auto minute_part = take_number(clock, 2);
    if (!minute_part || *hour_part > 23 || *minute_part > 59) return false;
    if (take(clock, ":") && !take_number(clock, 2)) return false;
    const auto offset = clock.empty() ? std::nullopt : read_offset(clock);
    if (!clock.empty() && !offset) return false;
    said_.zone_offset = offset;
    said_.clock = hours{*hour_part} + minutes{*minute_part};
  }
  said_.year_part = y;
  said_.month_part = static_cast<unsigned>(m);
  said_.day_part = static_cast<unsigned>(d);
  said_.day = Said::Day::date;
  return done(1);
}

/// "friday 20", "el viernes 20": the next month in which that day is one; a number that makes none is something else.
bool WhenReader::read_day_of_month() {
  auto rest = word();
  const auto day = take_number(rest, 2);
  if (!day || *day < 1 || !is_ordinal_mark(rest) || rest == "." || said_.which != Said::Which::plain) return false;
  const auto after = position_ + 1;
  if (rest.empty() && (find_at(after, WordKind::hour_mark) || find_at(after, WordKind::am) ||
                       find_at(after, WordKind::pm) || find_at(after, WordKind::unit)))
    return false;
  constexpr int kMonths = 2;  // this one and the next: who means a later one says which
  const auto now = year_month_day{today()};
  for (int ahead = 0; ahead < kMonths; ++ahead) {
    const auto month_meant = now.year() / now.month() + months{ahead};
    const year_month_day date{month_meant / std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok() || local_days{date} < today()) continue;
    if (std::chrono::weekday{local_days{date}}.iso_encoding() - 1 != said_.weekday) continue;
    said_.day = Said::Day::date;
    said_.year_part = static_cast<int>(date.year());
    said_.month_part = static_cast<unsigned>(date.month());
    said_.day_part = static_cast<unsigned>(*day);
    return done(1);
  }
  return false;
}

/// "mar 24" of somebody who writes Spanish is martes 24, where it is one; "24 mar" is a day of March.
bool WhenReader::is_spanish_tuesday(int day) const {
  for (int ahead = 0; ahead < 2; ++ahead) {
    const auto now = year_month_day{today()};
    const auto month_meant = now.year() / now.month() + months{ahead};
    const year_month_day date{month_meant / std::chrono::day{static_cast<unsigned>(day)}};
    if (date.ok() && local_days{date} >= today() && std::chrono::weekday{local_days{date}} == std::chrono::Tuesday)
      return true;
  }
  return false;
}

/// Behind a day of the month: "of next month", "de este mes", "tháng sau". How many months from now.
std::optional<int> WhenReader::take_relative_month(bool is_led) {
  if (word() == "thang" && !is_led) return std::nullopt;  // "15 tháng sau": after 15 months?
  if (accept(WordKind::next_month)) return 1;
  constexpr auto kNow = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"this", "month"}, {"este", "mes"}, {"thang", "nay"}});
  for (const auto& [first, second] : kNow) {
    if (word() != first || word(1) != second) continue;
    position_ += 2;
    return 0;
  }
  return std::nullopt;
}

/// "3 december 2026", "dec 3rd", "3 de diciembre", "3 tháng 12 năm 2026".
bool WhenReader::read_named_date() {
  const auto start = position_;
  const auto take_day = [&]() -> std::optional<int> {
    auto rest = word();
    const auto value = take_number(rest, 2);
    if (!value || !is_ordinal_mark(rest)) return std::nullopt;
    ++position_;
    return value;
  };
  const auto take_month = [&]() -> std::optional<int> {
    if (const auto hit = find(WordKind::month)) {
      position_ += hit->words;
      return hit->word->value;
    }
    const auto numbered = word() == "thang" ? whole_number(word(1), 2) : std::nullopt;
    if (numbered) position_ += 2;
    return numbered;
  };
  const bool is_led = start > 0 && words_[start - 1].folded == "ngay";
  auto day = take_day();
  while (day && accept(WordKind::filler)) {}
  if (const auto ahead = day ? take_relative_month(is_led) : std::nullopt) {
    const auto meant = year_month_day{today()}.year() / year_month_day{today()}.month() + months{*ahead};
    said_.day = Said::Day::date;
    said_.year_part = static_cast<int>(meant.year());
    said_.month_part = static_cast<unsigned>(meant.month());
    said_.day_part = static_cast<unsigned>(*day);
    return done(0);
  }
  const bool may_be_tuesday = !day && word() == "mar" && context_.language == "es" && !said_.has_weekday;
  const auto which_month = take_month();
  if (which_month && !day) day = take_day();
  if (may_be_tuesday && day) {
    auto behind = position_;
    while (const auto filler = find_at(behind, WordKind::filler)) behind += filler->words;
    if (is_spanish_tuesday(*day) || find_at(behind, WordKind::month)) {
      position_ = start;
      return false;
    }
    said_.wrong = Phrase::ambiguous_date;
  }
  if (!day || !which_month) {
    position_ = start;
    return false;
  }
  said_.day = Said::Day::date;
  said_.day_part = static_cast<unsigned>(*day);
  said_.month_part = static_cast<unsigned>(*which_month);
  const auto before_year = position_;
  if (word() == "de" || word() == "del" || word() == "nam" || word() == "of") ++position_;
  const auto y = whole_number(word());
  if (y && *y >= 1900 && *y < 2200) {
    said_.year_part = *y;
    ++position_;
  } else {
    position_ = before_year;
  }
  return done(0);
}

/// "15.12" is a time; keeps what it would be as a date.
void WhenReader::note_dotted(std::string_view word) {
  const auto first = take_number(word, 2);
  if (!first || !take(word, ".")) return;
  const auto second = take_number(word, 2);
  if (second && word.empty() && *first >= 1 && *second >= 1 && *second <= 12) said_.dotted = {*first, *second};
}

/// Whether "15.12" may as well be the day that nothing else says for sure.
bool WhenReader::is_dotted_date() const {
  if (!said_.dotted) return false;
  switch (said_.day) {
    case Said::Day::none:
    case Said::Day::week:
    case Said::Day::month:
    case Said::Day::month_end: return true;
    case Said::Day::offset:
    case Said::Day::date: return false;
    case Said::Day::weekday: break;
  }
  for (int ahead = 0; ahead < 2; ++ahead) {
    const year_month_day date{year_month_day{today()}.year() + years{ahead},
                              std::chrono::month{static_cast<unsigned>(said_.dotted->second)},
                              std::chrono::day{static_cast<unsigned>(said_.dotted->first)}};
    if (date.ok() && std::chrono::weekday{local_days{date}}.iso_encoding() - 1 == said_.weekday) return true;
  }
  return false;
}

}  // namespace leadmail::leads
