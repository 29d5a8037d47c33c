// Dates and times as people write them, in English, Spanish and Vietnamese: "tomorrow 10:00", "el lunes", "in 3 days",
// "mañana a las 10", "thứ hai tuần sau", "2026-12-03 10:00", "2d". What can mean two days is an error, not a guess.
//
//   A weekday alone is the next one after today; "next tuesday" and "tuần sau" mean the week after this one.
//   A day without a time is that day's beginning of work. A time alone is the next such time.
//   "at 3", "a las tres", "3 o'clock", "3h", "3:00" without more is 15:00: nobody calls customers at night. "03:00" is
//   what it says. An hour alone is one behind a day and before what ends it or says what is done then: "tomorrow 16,
//   call"; in "tomorrow 3 pumps" it is not. "10-11", "de 10 a 11:30" is from when until when. Times are in the zone of
//   who says them; "10:00 UTC+2" is read as it is, "10:00 EST" is an error.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/time.h"

namespace leadmail::leads {

/// Who says it, and when.
struct WhenContext {
  Time now{};                            ///< from when "tomorrow" counts
  Time taken{};                          ///< when it is read, where that is later: what has passed by then is past
  std::string zone{"UTC"};               ///< IANA name
  std::string language{"en"};            ///< 3/12 is 3 December in es and vi, an error in en
  std::chrono::minutes day_starts{540};  ///< since local midnight: the time of a day without one
  bool is_duration = false;              ///< "2h" is in two hours, not at two
  bool is_date = false;                  ///< a day is meant: it may be past, and today needs no time
  bool may_be_past = false;
  bool is_done = false;     ///< it has been: "20 nov" and "friday" are the last ones
  bool needs_year = false;  ///< a date that without its year is more than nine months ahead is refused
};

struct When {
  Time at{};
  std::size_t used = 0;                          ///< bytes of the text that said it
  std::optional<std::chrono::minutes> length{};  ///< where an end was said: "10:00-11:30"
  std::string_view span{};                       ///< the words of the text that said from when until when
  bool has_clock = false;                        ///< the time of day was said, not only its part or none
  bool has_part = false;                         ///< "in the morning"
  bool has_day = false;                          ///< a day was said, or how long it is until then
  bool is_weekday = false;                       ///< the day is a weekday and nothing else
  bool is_count = false;                         ///< "2 weeks"
  bool is_from_now = false;                      ///< "in 2 weeks"
  int days = 1;                                  ///< that the words cover: 7 for "next week"
};

/// The longest date or time at the beginning of `text`. Error (give_up): a sentence in the user's language: nothing
/// readable, ambiguous, no such date, past, or more than 20 years ahead. Times that a change of the clock skips or
/// repeats: see to_utc. Linear; looks at the first 16 words.
Result<When> read_when(std::string_view text, const WhenContext& context);

/// Whether a date or time begins here, be it one that read_when refuses.
bool begins_date(std::string_view text, const WhenContext& context);

/// Whether people say dates with this word: it has a digit, or is a day, a month, a unit, "next", "last", "christmas" …
bool is_date_word(std::string_view word, const WhenContext& context);

/// Words at the beginning or end of what is left behind a date that say more of dates: "in two weeks" of "friday in two
/// weeks". In the midst of a note they are part of it. Empty: there are none. Linear; looks at 16 words at each end.
std::string_view stray_date(std::string_view rest, const When& when, const WhenContext& context);

/// The first words of `text` that say a time of day wherever they stand: "4pm", "16:00", "a las 4"; with `also_parts`
/// "in the afternoon" too. Empty: there are none.
std::string_view clock_within(std::string_view text, std::string_view language, bool also_parts);

/// The same as read_when for a text that is to be one time as a whole; one with an end is none.
Result<Time> parse_when(std::string_view text, const WhenContext& context);

}  // namespace leadmail::leads
