// Days and months as people write them, in the languages of our mails and pages.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace leadmail::daemon {

/// "Thu 3 Dec 2026, 10:00" in the language's own words, in that zone.
std::string spell_time(Time time, std::string_view zone, std::string_view language);

/// "Thu 3 Dec 2026".
std::string spell_day(std::chrono::year_month_day day, std::string_view language);

/// "Dec 2026", and without its year "Dec".
std::string spell_month(std::chrono::year_month month, std::string_view language);
std::string spell_month(std::chrono::month month, std::string_view language);

}  // namespace leadmail::daemon
