// The words of dates, folded, in the three languages. A word may stand in several rows: what it means depends on where
// it stands. Internal to when.cc.
#pragma once

#include <span>
#include <string_view>

namespace leadmail::leads {

enum class WordKind {
  day,      ///< days from today; `part` may say which part of that day
  weekday,  ///< 0 Monday … 6 Sunday
  month,    ///< 1 … 12
  unit,     ///< a Unit
  number,   ///< written out
  span,     ///< minutes: "half an hour"
  in,       ///< "in", before a number and a unit
  later,    ///< "from now", after them
  coming,   ///< after or before a weekday: the next one after today
  next,     ///< before a weekday: of next week
  current,  ///< "this"
  next_week,
  next_month,
  month_end,
  at,         ///< before a clock time
  hour_mark,  ///< after its number: "giờ", "h", "o'clock"
  half,       ///< after the hour
  quarter,
  am,
  pm,
  part,     ///< a DayPart
  unclear,  ///< "midnight": of which of two days?
  vague,    ///< more than a day, or nobody knows which: "next year", "the week after next"
  filler,
};

enum Unit { minute, hour, days_unit, week, month_unit, year_unit };
enum DayPart { morning = 1, noon, afternoon, evening };

struct DateWord {
  std::string_view phrase;
  WordKind kind;
  int value = 0;
  int part = 0;
  bool vietnamese_only = false;  ///< counts only with its accents or in the mail of somebody who writes Vietnamese
};

std::span<const DateWord> date_words();

}  // namespace leadmail::leads
