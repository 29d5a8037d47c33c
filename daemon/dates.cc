#include "daemon/dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/leads/zone.h"

namespace leadmail::daemon {
namespace {

struct CalendarWords {
  std::string_view language;
  std::array<std::string_view, 7> days;  // from Sunday on
  std::array<std::string_view, 12> months;
};

// Abbreviated as CLDR has them. ICU would say the same, and keep 4 MiB of its tables resident for it. A day of the week
// that ends in a number must not run into the day of the month: "Th 5, 3 thg 12".
constexpr std::array<CalendarWords, 3> kCalendarWords{
    {{"en",
      {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
      {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}},
     {"es",
      {"dom", "lun", "mar", "mié", "jue", "vie", "sáb"},
      {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"}},
     {"vi",
      {"CN,", "Th 2,", "Th 3,", "Th 4,", "Th 5,", "Th 6,", "Th 7,"},
      {"thg 1", "thg 2", "thg 3", "thg 4", "thg 5", "thg 6", "thg 7", "thg 8", "thg 9", "thg 10", "thg 11",
       "thg 12"}}}};

const CalendarWords& words_in(std::string_view language) {
  const auto* const found = std::ranges::find(kCalendarWords, language, &CalendarWords::language);
  return found == kCalendarWords.end() ? kCalendarWords.front() : *found;
}

}  // namespace

std::string spell_time(Time time, std::string_view zone, std::string_view language) {
  const auto local = leads::to_local(time, zone);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::hh_mm_ss clock(local - day);
  return fmt::format("{}, {:02}:{:02}", spell_day(std::chrono::year_month_day{day}, language), clock.hours().count(),
                     clock.minutes().count());
}

std::string spell_day(std::chrono::year_month_day day, std::string_view language) {
  const auto& words = words_in(language);
  return fmt::format("{} {} {}", words.days.at(std::chrono::weekday(std::chrono::local_days{day}).c_encoding()),
                     static_cast<unsigned>(day.day()), spell_month(day.year() / day.month(), language));
}

std::string spell_month(std::chrono::year_month month, std::string_view language) {
  return fmt::format("{} {}", spell_month(month.month(), language), static_cast<int>(month.year()));
}

std::string spell_month(std::chrono::month month, std::string_view language) {
  return std::string(words_in(language).months.at(static_cast<unsigned>(month) - 1));
}

}  // namespace leadmail::daemon
