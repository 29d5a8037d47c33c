// Dates inside a text, as people and mail programs of many languages write them: "3 March", "March 3rd, 2025",
// "03.03.", "3/3/25", "2025-03-03", "3 de marzo", "ngày 3 tháng 3", "2025年3月3日". Which of them matters is the
// caller's affair. The Date field of a mail is date.h's.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"

namespace leadmail::mail::message {

struct WrittenDay {
  int year = 0;  ///< 0: not written
  unsigned month = 0;
  unsigned day = 0;
  bool swappable = false;  ///< "03/04": month and day may stand the other way round
  std::size_t begin = 0;   ///< bytes of the folded text
  std::size_t end = 0;
};

/// The days in a text that went through fold_plain, at most `most` of them, in order. Linear time.
std::vector<WrittenDay> find_days(std::string_view folded, std::size_t most = 40);

/// Monday is 0; nothing when the folded word is no weekday. Names in full, and the short ones of English and German.
std::optional<int> weekday_named(std::string_view word);

/// When a mail was sent or read, to tell what a date without year, zone or order of day and month means.
struct DateContext {
  std::optional<Time> sent{};  ///< nothing when it is not known
  int offset = 0;              ///< the zone it was sent in, minutes east of UTC
};

/// The moment that a quoted header's date names: its own zone where one is written, else that of `context`, for mail
/// programs show the reader's time. "2026-03-09T14:30:00+01:00", or "2026-03-09" where no time stands; nothing when
/// there is no date or no year. At most 200 bytes of `written` are read.
std::optional<std::string> read_written_date(std::string_view written, const DateContext& context);

/// A real day of the calendar. RFC 3339 §5.6
std::string to_iso(std::chrono::year_month_day day);

}  // namespace leadmail::mail::message
