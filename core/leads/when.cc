#include "core/leads/when.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "core/leads/fold.h"
#include "core/leads/phrases.h"
#include "core/leads/text.h"
#include "core/leads/when_words.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::month_day_last;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::year_month_day_last;
using std::chrono::years;

constexpr std::size_t kMostWords = 16;
constexpr years kFarthest{20};

struct Word {
  std::string folded{};  ///< without punctuation at its end
  std::size_t end = 0;   ///< offset behind it in the text
  bool has_accents = false;
};

std::vector<Word> read_words(std::string_view text) {
  std::vector<Word> words;
  for (auto rest = trim(text); !rest.empty() && words.size() < kMostWords;) {
    const auto raw = take_word(rest);
    Word word{.folded = fold(raw.substr(0, 64)), .end = static_cast<std::size_t>(raw.end() - text.begin())};
    word.has_accents = std::ranges::any_of(raw, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    while (!word.folded.empty() && (word.folded.back() == ',' || word.folded.back() == ';')) word.folded.pop_back();
    words.push_back(std::move(word));
  }
  return words;
}

/// Takes a number of one to `most` digits off the front.
std::optional<int> take_number(std::string_view& rest, std::size_t most) {
  std::size_t size = 0;
  while (size < rest.size() && size <= most && rest[size] >= '0' && rest[size] <= '9') ++size;
  if (size == 0 || size > most) return std::nullopt;
  int value = 0;
  std::from_chars(rest.data(), rest.data() + size, value);
  rest.remove_prefix(size);
  return value;
}

bool take(std::string_view& rest, std::string_view expected) {
  if (!rest.starts_with(expected)) return false;
  rest.remove_prefix(expected.size());
  return true;
}

std::optional<int> whole_number(std::string_view word, std::size_t most = 4) {
  const auto value = take_number(word, most);
  return word.empty() ? value : std::nullopt;
}

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
  months ahead{0};                    ///< "in 3 months"
  std::optional<minutes> from_now{};  ///< "in 2 hours": an instant
  std::optional<minutes> clock{};
  int part = 0;  ///< DayPart
  std::optional<Time> exact{};
  std::optional<Phrase> wrong{};
};

class Reader {
 public:
  Reader(std::string_view text, const WhenContext& context)
      : words_(read_words(text)), context_(context), local_now_(to_local(context.now, context.zone)) {}

  /// Reads components as long as they are some. Words used, 0 for none.
  std::size_t read() {
    std::size_t used = 0;
    for (;;) {
      position_ = used;
      while (!read_component()) {
        const auto filler = find(WordKind::filler);
        if (!filler) return used;
        position_ += filler->words;
      }
      used = position_;
    }
  }

  [[nodiscard]] std::size_t end_of(std::size_t words) const { return words == 0 ? 0 : words_[words - 1].end; }
  [[nodiscard]] const Said& said() const { return said_; }
  /// The instant, or which sentence says what is wrong.
  [[nodiscard]] std::optional<Time> resolve(Phrase& wrong) const;

 private:
  struct Hit {
    const DateWord* word = nullptr;
    std::size_t words = 0;
  };

  bool read_component();
  bool read_exact();
  bool read_end_of_month();
  bool read_relative_day();
  bool read_duration();
  bool read_weekday();
  Said::Which take_which(WordKind of_next_week);
  bool read_numeric_date();
  bool read_named_date();
  bool read_clock();
  bool read_part();
  std::optional<int> read_number();
  void set_duration(int count, int unit);
  bool take_clock_word(bool& is_bare, minutes& clock);
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

  [[nodiscard]] std::optional<local_days> resolve_date(Phrase& wrong) const;
  [[nodiscard]] std::optional<local_days> resolve_calendar_date() const;
  [[nodiscard]] local_days today() const { return std::chrono::floor<days>(local_now_); }

  std::vector<Word> words_;
  const WhenContext& context_;
  std::chrono::local_seconds local_now_;
  std::size_t position_ = 0;
  Said said_{};
};

/// How many words the row's phrase covers at this position; 0 when it does not stand there.
std::size_t Reader::fits(std::size_t position, const DateWord& row) const {
  auto phrase = row.phrase;
  std::size_t count = 0;
  bool has_accents = false;
  while (!phrase.empty()) {
    if (position + count >= words_.size()) return 0;
    const auto space = std::min(phrase.find(' '), phrase.size());
    const auto& word = words_[position + count];
    if (word.folded != phrase.substr(0, space)) return 0;
    has_accents = has_accents || word.has_accents;
    phrase.remove_prefix(std::min(space + 1, phrase.size()));
    ++count;
  }
  return row.vietnamese_only && !has_accents && context_.language != "vi" ? 0 : count;
}

std::optional<Reader::Hit> Reader::find_at(std::size_t position, WordKind kind) const {
  std::optional<Hit> best;
  for (const auto& row : date_words()) {
    if (row.kind != kind) continue;
    const auto count = fits(position, row);
    if (count > 0 && (!best || count > best->words)) best = Hit{&row, count};
  }
  return best;
}

bool Reader::read_component() {
  if (position_ >= words_.size() || said_.exact || said_.from_now) return false;
  if (said_.day == Said::Day::none && !said_.has_weekday) {
    if (!said_.clock && read_exact()) return true;
    if (read_numeric_date() || read_named_date() || read_duration() || read_relative_day() || read_weekday())
      return true;
  } else if (said_.day == Said::Day::none || said_.day == Said::Day::weekday) {
    if (read_numeric_date() || read_named_date()) return true;  // "tuesday 3 december"
  } else if (said_.day == Said::Day::date && !said_.has_weekday && read_weekday()) {
    return true;
  }
  if (!said_.clock && read_clock()) return true;
  return said_.part == 0 && read_part();
}

bool Reader::read_exact() {
  // Only with seconds and zone is a word an instant; "2026-12-03t10:00" is local time.
  if (const auto exact = parse_rfc3339(word())) {
    said_.exact = exact;
    return done(1);
  }
  return false;
}

bool Reader::read_relative_day() {
  if (const auto hit = find(WordKind::day)) {
    said_.day = Said::Day::offset;
    said_.offset = hit->word->value;
    said_.part = hit->word->part;
    return done(hit->words);
  }
  if (const auto hit = find(WordKind::next_week)) {
    said_.day = Said::Day::week;
    position_ += hit->words;
    if (const auto weekday = find(WordKind::weekday)) {  // "next week monday"
      said_.day = Said::Day::weekday;
      said_.has_weekday = true;
      said_.which = Said::Which::next_week;
      said_.weekday = static_cast<unsigned>(weekday->word->value);
      position_ += weekday->words;
    }
    return done(0);
  }
  if (const auto hit = find(WordKind::next_month)) {
    said_.day = Said::Day::month;
    return done(hit->words);
  }
  if (read_end_of_month()) return true;
  if (const auto hit = find(WordKind::month_end)) {
    said_.day = Said::Day::month_end;
    return done(hit->words);
  }
  return false;
}

/// "end of January", "fin de enero", "cuối tháng 1": its last day, this year or next.
bool Reader::read_end_of_month() {
  const bool is_end = (word() == "end" && word(1) == "of") || word(1) == "de" || word() == "cuoi";
  constexpr std::array<std::string_view, 5> kEnd{"end", "fin", "fines", "finales", "cuoi"};
  if (!is_end || std::ranges::find(kEnd, word()) == kEnd.end()) return false;
  const auto start = position_;
  position_ += word() == "cuoi" ? 1 : 2;
  unsigned which = 0;
  if (const auto hit = find(WordKind::month)) {
    which = static_cast<unsigned>(hit->word->value);
    position_ += hit->words;
  } else if (const auto number = word() == "thang" ? whole_number(word(1), 2) : std::nullopt) {
    which = static_cast<unsigned>(*number);
    position_ += 2;
  }
  if (which < 1 || which > 12) {
    position_ = start;
    return false;
  }
  const year_month_day now{today()};
  const auto y = month{which} < now.month() ? now.year() + years{1} : now.year();
  said_.day = Said::Day::date;
  said_.year_part = static_cast<int>(y);
  said_.month_part = which;
  said_.day_part = static_cast<unsigned>(year_month_day_last{y, month_day_last{month{which}}}.day());
  return done(0);
}

std::optional<int> Reader::read_number() {
  if (const auto digits = whole_number(word())) {
    ++position_;
    return digits;
  }
  const auto hit = find(WordKind::number);
  if (!hit) return std::nullopt;
  position_ += hit->words;
  return hit->word->value;
}

void Reader::set_duration(int count, int unit) {
  switch (unit) {
    case minute: said_.from_now = minutes{count}; break;
    case hour: said_.from_now = hours{count}; break;
    case days_unit: said_.offset = count; break;
    case week: said_.offset = count * 7; break;
    case month_unit: said_.ahead = months{count}; break;
    case year_unit: said_.ahead = months{count * 12}; break;
    default: break;
  }
  if (!said_.from_now) said_.day = Said::Day::offset;
}

/// "in 3 days", "3 days from now", "2w", "half an hour". A number of hours without "in" may be a clock time.
bool Reader::read_duration() {
  const auto start = position_;
  const bool is_said = accept(WordKind::in);
  if (const auto hit = find(WordKind::span)) {
    said_.from_now = minutes{hit->word->value};
    position_ += hit->words;
    accept(WordKind::later);
    return done(0);
  }
  auto compact = word();
  const auto count_of_compact = take_number(compact, 4);
  if (count_of_compact && !compact.empty()) {  // "2d", "90min"
    const auto row = std::ranges::find_if(
        date_words(), [&](const DateWord& w) { return w.kind == WordKind::unit && w.phrase == compact; });
    const bool may_be_clock = compact == "h" && !is_said && !context_.is_duration && context_.language != "en";
    if (row != date_words().end() && !may_be_clock) {
      set_duration(*count_of_compact, row->value);
      ++position_;
      accept(WordKind::later);
      return done(0);
    }
    position_ = start;
    return false;
  }
  auto count = read_number();
  if (!count && is_said) {  // "sáu ngày": the word for "after" is also a number
    position_ = start;
    count = read_number();
  }
  const auto unit = count ? find(WordKind::unit) : std::nullopt;
  if (!unit) {
    position_ = start;
    return false;
  }
  position_ += unit->words;
  const bool is_month_of_date = unit->word->phrase == "thang" && whole_number(word(), 2).has_value();
  const bool is_later = accept(WordKind::later);
  const bool is_clock = unit->word->value == hour && (unit->word->phrase == "gio" || unit->word->phrase == "h") &&
                        !is_said && !is_later && !context_.is_duration;
  if (is_month_of_date || is_clock) {
    position_ = start;
    return false;
  }
  set_duration(*count, unit->word->value);
  return done(0);
}

/// "next", "próximo", "tuần sau", "this": which of the weekdays of that name.
Said::Which Reader::take_which(WordKind of_next_week) {
  if (accept(of_next_week)) return Said::Which::next_week;
  if (accept(WordKind::coming)) return Said::Which::coming;
  if (accept(WordKind::current)) return Said::Which::current;
  return Said::Which::plain;
}

bool Reader::read_weekday() {
  const auto start = position_;
  auto which = take_which(WordKind::next);
  const auto weekday = find(WordKind::weekday);
  if (!weekday) {
    position_ = start;
    return false;
  }
  position_ += weekday->words;
  if (which == Said::Which::plain) which = take_which(WordKind::next_week);
  if (said_.day == Said::Day::none) said_.day = Said::Day::weekday;
  said_.has_weekday = true;
  said_.weekday = static_cast<unsigned>(weekday->word->value);
  said_.which = which;
  return done(0);
}

/// Which of the two is the month: told by the language, or by the only way that makes a date.
void Reader::set_ambiguous_date(int first, int second, std::optional<int> y) {
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
bool Reader::read_numeric_date() {
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
bool Reader::set_iso_date(int y, int m, int d, std::string_view clock) {
  if (!clock.empty()) {
    if (!take(clock, "t")) return false;
    const auto hour_part = take_number(clock, 2);
    if (!hour_part || !take(clock, ":")) return false;
    const auto minute_part = take_number(clock, 2);
    if (!minute_part || *hour_part > 23 || *minute_part > 59) return false;
    said_.clock = hours{*hour_part} + minutes{*minute_part};
  }
  said_.year_part = y;
  said_.month_part = static_cast<unsigned>(m);
  said_.day_part = static_cast<unsigned>(d);
  said_.day = Said::Day::date;
  return done(1);
}

/// "3 december 2026", "dec 3rd", "3 de diciembre", "3 tháng 12 năm 2026".
bool Reader::read_named_date() {
  const auto start = position_;
  const auto take_day = [&]() -> std::optional<int> {
    auto rest = word();
    const auto value = take_number(rest, 2);
    if (!value || (!rest.empty() && rest != "st" && rest != "nd" && rest != "rd" && rest != "th" && rest != "o"))
      return std::nullopt;
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
  auto day = take_day();
  while (day && accept(WordKind::filler)) {}
  const auto which_month = take_month();
  if (which_month && !day) day = take_day();
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
  if (y && *y >= 1900) {
    said_.year_part = *y;
    ++position_;
  } else {
    position_ = before_year;
  }
  return done(0);
}

/// One word that holds a time: "10:00", "10h30", "10h", "3pm", "3:30pm", "10g". A bare number is left to the caller.
bool Reader::take_clock_word(bool& is_bare, minutes& clock) {
  auto rest = word();
  const auto hour_part = take_number(rest, 2);
  if (!hour_part || *hour_part > 24) return false;
  int minute_part = 0;
  is_bare = rest.empty();
  const bool has_minutes =
      take(rest, ":") || take(rest, "h") || take(rest, "g") || (rest.size() >= 3 && take(rest, "."));
  if (has_minutes && !rest.empty() && rest.front() >= '0' && rest.front() <= '9') {
    const auto value = take_number(rest, 2);
    if (!value || *value > 59) return false;
    minute_part = *value;
    if (take(rest, ":")) take_number(rest, 2);  // seconds do not matter here
  }
  int hour_value = *hour_part;
  if (rest == "am" || rest == "a" || rest == "a.m.") {
    if (hour_value == 12) hour_value = 0;
  } else if (rest == "pm" || rest == "p" || rest == "p.m.") {
    if (hour_value < 12) hour_value += 12;
  } else if (!rest.empty() && rest != "h" && rest != "hs" && rest != "hrs") {
    return false;
  }
  if (hour_value > 23) return false;
  clock = hours{hour_value} + minutes{minute_part};
  ++position_;
  return true;
}

/// "3 de la tarde", "8 tối", "12 trưa": twelve hours later, where that is what the words mean.
minutes in_part(minutes clock, int part) {
  const bool is_late = part == afternoon || part == evening || (part == noon && clock < hours{10});
  return is_late && clock < hours{12} ? clock + hours{12} : clock;
}

bool Reader::read_clock() {
  const auto start = position_;
  const bool is_at = accept(WordKind::at);
  const bool has_zero = word().starts_with('0');
  bool is_bare = false;
  minutes clock{0};
  if (!take_clock_word(is_bare, clock)) {
    position_ = start;
    return false;
  }
  bool is_marked = is_at || !is_bare;
  if (accept(WordKind::hour_mark)) {
    is_marked = true;
    if (const auto after = whole_number(word(), 2); after && *after <= 59 && is_bare) {  // "10 giờ 30"
      clock += minutes{*after};
      ++position_;
      if (word() == "phut") ++position_;
    }
  }
  if (accept(WordKind::half)) {
    clock += minutes{30};
  } else if (accept(WordKind::quarter)) {
    clock += minutes{15};
  }

  bool has_half = false;
  if (accept(WordKind::am)) {
    has_half = true;
    if (clock >= hours{12} && clock < hours{13}) clock -= hours{12};
  } else if (accept(WordKind::pm)) {
    has_half = true;
    if (clock < hours{12}) clock += hours{12};
  } else if (const auto part = find(WordKind::part); part || said_.part != 0) {
    has_half = true;
    position_ += part ? part->words : 0;
    clock = in_part(clock, part ? part->word->value : said_.part);
  }
  if (!is_marked && !has_half) {
    position_ = start;
    return false;
  }
  const bool sounds_like_night = clock >= hours{1} && clock < hours{7};
  if (is_at && !has_half && !has_zero && sounds_like_night) clock += hours{12};
  said_.clock = clock;
  return done(0);
}

bool Reader::read_part() {
  const auto hit = find(WordKind::part);
  if (!hit || said_.clock) return false;
  said_.part = hit->word->value;
  return done(hit->words);
}

/// Year or none: then the next such date, today included.
std::optional<local_days> Reader::resolve_calendar_date() const {
  const auto first = said_.year_part ? year{*said_.year_part} : year_month_day{today()}.year();
  constexpr int kLeapGap = 8;
  for (int ahead = 0; ahead <= (said_.year_part ? 0 : kLeapGap); ++ahead) {
    const year_month_day date{first + years{ahead}, month{said_.month_part}, std::chrono::day{said_.day_part}};
    if (date.ok() && (said_.year_part || local_days{date} >= today())) return local_days{date};
  }
  return std::nullopt;
}

std::optional<local_days> Reader::resolve_date(Phrase& wrong) const {
  const auto weekday_now = std::chrono::weekday{today()}.iso_encoding() - 1;
  const auto monday = today() - days{weekday_now};
  switch (said_.day) {
    case Said::Day::none: return today();
    case Said::Day::offset: {
      const year_month_day from{today() + days{said_.offset}};
      const auto moved = from + said_.ahead;
      return moved.ok() ? local_days{moved} : local_days{moved.year() / moved.month() / std::chrono::last};
    }
    case Said::Day::weekday: {
      if (said_.which == Said::Which::next_week) return monday + days{7 + said_.weekday};
      if (said_.which == Said::Which::current) return monday + days{said_.weekday};
      const auto ahead = (said_.weekday + 7 - weekday_now) % 7;
      return today() + days{ahead == 0 ? 7 : ahead};
    }
    case Said::Day::week: return monday + days{7};
    case Said::Day::month: {
      const auto next = year_month_day{today()} + months{1};
      return local_days{next.year() / next.month() / 1};
    }
    case Said::Day::month_end: {
      const year_month_day now{today()};
      return local_days{now.year() / now.month() / std::chrono::last};
    }
    case Said::Day::date: break;
  }
  const auto date = resolve_calendar_date();
  const bool fits_weekday =
      date && (!said_.has_weekday || std::chrono::weekday{*date}.iso_encoding() - 1 == said_.weekday);
  if (!fits_weekday) {
    wrong = Phrase::no_such_date;
    return std::nullopt;
  }
  return date;
}

minutes time_of(int part, minutes day_starts) {
  switch (part) {
    case noon: return hours{12};
    case afternoon: return hours{15};
    case evening: return hours{19};
    default: return day_starts;
  }
}

std::optional<Time> Reader::resolve(Phrase& wrong) const {
  if (said_.wrong) {
    wrong = *said_.wrong;
    return std::nullopt;
  }
  if (said_.exact) return said_.exact;
  if (said_.from_now) return context_.now + *said_.from_now;
  const auto date = resolve_date(wrong);
  if (!date) return std::nullopt;
  const bool is_today = said_.day == Said::Day::offset && said_.offset == 0 && said_.ahead == months{0};
  if (is_today && !said_.clock && said_.part == 0 && !context_.is_date) {
    wrong = Phrase::needs_time;
    return std::nullopt;
  }
  const auto clock = said_.clock.value_or(time_of(said_.part, context_.day_starts));
  const auto at = to_utc(*date + clock, context_.zone);
  const bool is_time_alone = said_.day == Said::Day::none;
  if (is_time_alone && at <= context_.now) return to_utc(*date + days{1} + clock, context_.zone);
  return at;
}

Error say_error(Phrase phrase, const WhenContext& context, std::string_view text) {
  return {Next::give_up, say(phrase, context.language, {one_line(text, 60)})};
}

std::string in_words(Time at, const WhenContext& context) {
  auto text = to_rfc3339(at, offset_at(at, context.zone)).substr(0, 16);
  std::ranges::replace(text, 'T', ' ');
  return text;
}

}  // namespace

Result<When> read_when(std::string_view text, const WhenContext& context) {
  Reader reader(text, context);
  const auto used = reader.read();
  if (used == 0) return say_error(Phrase::unknown_time, context, text);
  const auto end = reader.end_of(used);
  Phrase wrong = Phrase::unknown_time;
  const auto at = reader.resolve(wrong);
  if (!at) return say_error(wrong, context, text.substr(0, end));
  if (*at <= context.now && !context.is_date) return say_error(Phrase::past_time, context, in_words(*at, context));
  if (*at > context.now + kFarthest) return say_error(Phrase::far_time, context, in_words(*at, context));
  return When{*at, end};
}

Result<Time> parse_when(std::string_view text, const WhenContext& context) {
  auto when = read_when(text, context);
  if (!when) return std::move(when.error());
  if (!trim(text.substr(when->used)).empty()) return say_error(Phrase::unknown_time, context, text);
  return when->at;
}

}  // namespace leadmail::leads
