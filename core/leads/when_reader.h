// Reads a date or time word by word. Internal to when.cc and when_dates.cc.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/leads/phrases.h"
#include "core/leads/when.h"
#include "core/leads/when_words.h"

namespace leadmail::leads {

/// One word of the text.
struct Word {
  std::string folded{};  ///< without punctuation at its end
  std::string_view raw{};
  std::size_t begin = 0;  ///< offset in the text
  std::size_t end = 0;    ///< offset behind it
  bool has_accents = false;
  bool is_capital = false;   ///< begins with a capital letter
  bool is_capitals = false;  ///< two letters or more, all of them capital
  bool ends_part = false;    ///< a comma, colon or semicolon stands behind it
};

/// Takes a number of one to `most` digits off the front.
std::optional<int> take_number(std::string_view& rest, std::size_t most);
bool take(std::string_view& rest, std::string_view expected);
std::optional<int> whole_number(std::string_view word, std::size_t most = 4);

/// "z", "utc", "gmt+2", "+05:30", "-0500": what local time there is ahead of UTC.
std::optional<std::chrono::minutes> read_offset(std::string_view word);

/// One time of day, as it was written.
struct ClockTime {
  enum class Half { unsaid, am, pm };
  std::chrono::minutes at{0};
  bool is_bare = true;  ///< nothing but the hour
  bool is_soft = true;  ///< without a zero before the hour: "3h", "3:00"
  bool is_led = false;  ///< "at", "a las" stands before it
  bool has_zero = false;
  Half half = Half::unsaid;
  int part = 0;  ///< DayPart
};

std::vector<Word> read_words(std::string_view text);

/// What was said, before it is put together.
struct Said {
  enum class Day { none, offset, weekday, date, week, month, month_end };
  enum class Which { plain, coming, current, next_week };
  Day day = Day::none;
  int offset = 0;        ///< days from today
  unsigned weekday = 0;  ///< 0 Monday
  bool has_weekday = false;
  Which which = Which::plain;
  std::optional<int> year_part{};
  unsigned month_part = 0;
  unsigned day_part = 0;
  std::chrono::months ahead{0};                    ///< "in 3 months"
  std::optional<std::chrono::minutes> from_now{};  ///< "in 2 hours": an instant
  std::optional<std::chrono::minutes> clock{};
  std::optional<std::chrono::minutes> length{};  ///< of "10:00-11:30"
  std::size_t span_begin = 0;                    ///< words that say from when until when
  std::size_t span_end = 0;
  bool needs_day = false;                             ///< "10-11" alone is no time
  bool may_be_length = false;                         ///< "3h" alone may be as long as it may be late
  bool is_count = false;                              ///< "2 weeks"
  bool is_led_count = false;                          ///< "in 2 weeks"
  std::optional<std::pair<int, int>> dotted{};        ///< "15.12" was read as a time, and may be a date
  std::optional<std::chrono::minutes> zone_offset{};  ///< the time is not one of his zone
  int part = 0;                                       ///< DayPart
  std::optional<Time> exact{};
  std::optional<Phrase> wrong{};
};

/// Takes the words as components of a date: a day, a time, a span.
class WhenReader {
 public:
  WhenReader(std::string_view text, const WhenContext& context);

  /// Reads components as long as they are some. Words used, 0 for none.
  std::size_t read();

  [[nodiscard]] std::size_t end_of(std::size_t words) const { return words == 0 ? 0 : words_[words - 1].end; }
  [[nodiscard]] std::size_t begin_of(std::size_t word) const { return words_[word].begin; }
  [[nodiscard]] const Said& said() const { return said_; }
  /// The day that was said by its date, where it makes one.
  [[nodiscard]] std::optional<std::chrono::local_days> calendar_date() const { return resolve_calendar_date(); }
  /// How many words there are.
  [[nodiscard]] std::size_t size() const { return words_.size(); }
  /// How many days the words cover: 7 for "next week".
  [[nodiscard]] int days_covered() const;
  /// The instant, or which sentence says what is wrong.
  [[nodiscard]] std::optional<Time> resolve(Phrase& wrong) const;

 private:
  struct Hit {
    const DateWord* word = nullptr;
    std::size_t words = 0;
  };
  struct Amount {
    int count = 0;
    const DateWord* unit = nullptr;
  };

  bool read_component();
  bool read_exact();
  bool read_end_of_month();
  bool read_relative_day();
  bool read_duration();
  bool read_hours_and_minutes(bool is_said);
  std::optional<Amount> take_amount();
  void read_more_amounts(int unit);
  bool read_vague();
  bool read_weekday();
  Said::Which take_which(WordKind of_next_week);
  bool read_numeric_date();
  bool read_named_date();
  [[nodiscard]] bool is_spanish_tuesday(int day) const;
  std::optional<int> take_relative_month(bool is_led);
  bool read_day_of_month();
  bool read_clock();
  std::optional<ClockTime> take_clock(bool is_at, std::string_view& left);
  std::optional<ClockTime> take_past_hour();
  std::optional<int> take_hour_word();
  void read_minutes_beside(std::chrono::minutes& clock, bool is_marked);
  void note_dotted(std::string_view word);
  [[nodiscard]] bool is_dotted_date() const;
  bool read_span();
  bool read_bare_hour(std::chrono::minutes clock);
  bool read_stray_number();
  void read_zone(bool is_marked);
  [[nodiscard]] bool is_foreign_zone(std::size_t& used, bool is_marked) const;
  [[nodiscard]] bool is_place_of_time(std::size_t& used) const;
  [[nodiscard]] bool stands_alone(std::size_t behind) const;
  bool read_part();
  std::optional<int> read_number();
  void set_duration(int count, int unit);
  void set_ambiguous_date(int first, int second, std::optional<int> y);
  bool set_iso_date(int y, int m, int d, std::string_view clock);

  [[nodiscard]] std::optional<Hit> find_at(std::size_t position, WordKind kind) const;
  [[nodiscard]] std::optional<Hit> find(WordKind kind) const { return find_at(position_, kind); }
  bool accept(WordKind kind) {
    const auto hit = find(kind);
    if (hit) position_ += hit->words;
    return hit.has_value();
  }
  [[nodiscard]] std::string_view word(std::size_t ahead = 0) const {
    return position_ + ahead < words_.size() ? std::string_view(words_[position_ + ahead].folded) : std::string_view{};
  }
  [[nodiscard]] std::size_t fits(std::size_t position, const DateWord& row) const;
  bool done(std::size_t words) {
    position_ += words;
    return true;
  }

  [[nodiscard]] std::optional<std::chrono::local_days> resolve_date(Phrase& wrong) const;
  [[nodiscard]] std::optional<std::chrono::local_days> resolve_calendar_date() const;
  [[nodiscard]] std::chrono::local_days today() const { return std::chrono::floor<std::chrono::days>(local_now_); }

  std::vector<Word> words_;
  const WhenContext& context_;
  std::chrono::local_seconds local_now_;
  std::size_t position_ = 0;
  bool has_accents_ = false;  ///< any word of the text
  Said said_{};
};

}  // namespace leadmail::leads
