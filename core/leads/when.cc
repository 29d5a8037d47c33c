#include "core/leads/when.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/leads/fold.h"
#include "core/leads/text.h"
#include "core/leads/when_reader.h"
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

minutes time_of(int part, minutes day_starts) {
  switch (part) {
    case noon: return hours{12};
    case afternoon: return hours{15};
    case evening: return hours{19};
    default: return day_starts;
  }
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

std::vector<Word> read_words(std::string_view text) {
  std::vector<Word> words;
  for (auto rest = trim(text); !rest.empty() && words.size() < kMostWords;) {
    const auto raw = take_word(rest);
    Word word{.folded = fold(raw.substr(0, 64)),
              .begin = static_cast<std::size_t>(raw.begin() - text.begin()),
              .end = static_cast<std::size_t>(raw.end() - text.begin())};
    word.is_capital = raw.front() >= 'A' && raw.front() <= 'Z';
    word.is_capitals = raw.size() > 1 &&
                       std::ranges::all_of(raw.substr(0, 2), [](char c) { return c >= 'A' && c <= 'Z'; }) &&
                       std::ranges::none_of(raw, [](char c) { return c >= 'a' && c <= 'z'; });
    word.ends_part = raw.ends_with(',') || raw.ends_with(';') || raw.ends_with(':');
    word.has_accents = std::ranges::any_of(raw, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    while (!word.folded.empty() && (word.folded.back() == ',' || word.folded.back() == ';')) word.folded.pop_back();
    // "Mon.", "dic.": an abbreviation; "a.m." has a dot within.
    const auto dot = word.folded.find('.');
    const bool is_letters = std::ranges::none_of(word.folded, [](char c) { return c >= '0' && c <= '9'; });
    if (is_letters && dot != std::string::npos && dot > 1 && dot + 1 == word.folded.size()) word.folded.pop_back();
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

std::optional<int> whole_number(std::string_view word, std::size_t most) {
  const auto value = take_number(word, most);
  return word.empty() ? value : std::nullopt;
}

WhenReader::WhenReader(std::string_view text, const WhenContext& context)
    : words_(read_words(text)), context_(context), local_now_(to_local(context.now, context.zone)) {}

std::size_t WhenReader::read() {
  std::size_t used = 0;
  for (;;) {
    position_ = used;
    while (!read_component()) {
      const auto filler = find(WordKind::filler);
      if (!filler) return said_.needs_day && said_.day == Said::Day::none ? 0 : used;
      position_ += filler->words;
    }
    used = position_;
  }
}

/// How many words the row's phrase covers at this position; 0 when it does not stand there.
std::size_t WhenReader::fits(std::size_t position, const DateWord& row) const {
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

std::optional<WhenReader::Hit> WhenReader::find_at(std::size_t position, WordKind kind) const {
  std::optional<Hit> best;
  for (const auto& row : date_words()) {
    if (row.kind != kind) continue;
    const auto count = fits(position, row);
    if (count > 0 && (!best || count > best->words)) best = Hit{&row, count};
  }
  return best;
}

bool WhenReader::read_component() {
  if (position_ >= words_.size() || said_.exact || said_.from_now) return false;
  if (said_.day == Said::Day::none && !said_.has_weekday) {
    if (!said_.clock && read_exact()) return true;
    if (read_numeric_date() || read_named_date() || read_duration() || read_relative_day() || read_weekday())
      return true;
  } else if (said_.day == Said::Day::none || said_.day == Said::Day::weekday) {
    if (read_numeric_date() || read_named_date()) return true;  // "tuesday 3 december"
    if (said_.day == Said::Day::weekday && read_day_of_month()) return true;
  } else if (said_.day == Said::Day::date && !said_.has_weekday && read_weekday()) {
    return true;
  }
  if (!said_.clock && read_clock()) return true;
  if (said_.part == 0 && read_part()) return true;
  return !said_.clock && said_.part == 0 && read_stray_number();
}

bool WhenReader::read_exact() {
  // Only with seconds and zone is a word an instant; "2026-12-03t10:00" is local time.
  if (const auto exact = parse_rfc3339(word())) {
    said_.exact = exact;
    return done(1);
  }
  return false;
}

bool WhenReader::read_relative_day() {
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
bool WhenReader::read_end_of_month() {
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

std::optional<int> WhenReader::read_number() {
  if (const auto digits = whole_number(word())) {
    ++position_;
    return digits;
  }
  const auto hit = find(WordKind::number);
  if (!hit) return std::nullopt;
  position_ += hit->words;
  return hit->word->value;
}

void WhenReader::set_duration(int count, int unit) {
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
bool WhenReader::read_duration() {
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
  if (said_.from_now && unit->word->value == hour && accept(WordKind::half)) *said_.from_now += minutes{30};
  return done(0);
}

/// "next", "próximo", "tuần sau", "this": which of the weekdays of that name.
Said::Which WhenReader::take_which(WordKind of_next_week) {
  if (accept(of_next_week)) return Said::Which::next_week;
  if (accept(WordKind::coming)) return Said::Which::coming;
  if (accept(WordKind::current)) return Said::Which::current;
  return Said::Which::plain;
}

bool WhenReader::read_weekday() {
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

/// Year or none: then the next such date, today included.
std::optional<local_days> WhenReader::resolve_calendar_date() const {
  const auto first = said_.year_part ? year{*said_.year_part} : year_month_day{today()}.year();
  constexpr int kLeapGap = 8;
  for (int ahead = 0; ahead <= (said_.year_part ? 0 : kLeapGap); ++ahead) {
    const year_month_day date{first + years{ahead}, month{said_.month_part}, std::chrono::day{said_.day_part}};
    if (date.ok() && (said_.year_part || local_days{date} >= today())) return local_days{date};
  }
  return std::nullopt;
}

std::optional<local_days> WhenReader::resolve_date(Phrase& wrong) const {
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

std::optional<Time> WhenReader::resolve(Phrase& wrong) const {
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
  const auto instant = [&](local_days day) {
    if (!said_.zone_offset) return to_utc(day + clock, context_.zone);
    return Time{(day + clock).time_since_epoch() - *said_.zone_offset};
  };
  const auto at = instant(*date);
  const bool is_time_alone = said_.day == Said::Day::none;
  return is_time_alone && at <= context_.now ? instant(*date + days{1}) : at;
}

int WhenReader::days_covered() const {
  constexpr int kWeek = 7;
  if (said_.day == Said::Day::week) return kWeek;
  if (said_.day != Said::Day::month) return 1;
  const auto next = year_month_day{today()} + months{1};
  return static_cast<int>(static_cast<unsigned>(year_month_day_last{next.year(), month_day_last{next.month()}}.day()));
}

Result<When> read_when(std::string_view text, const WhenContext& context) {
  WhenReader reader(text, context);
  const auto used = reader.read();
  if (used == 0) return say_error(Phrase::unknown_time, context, text);
  const auto end = reader.end_of(used);
  Phrase wrong = Phrase::unknown_time;
  const auto at = reader.resolve(wrong);
  if (!at) return say_error(wrong, context, text.substr(0, end));
  if (*at <= context.now && !context.is_date && !context.may_be_past)
    return say_error(Phrase::past_time, context, in_words(*at, context));
  if (*at > context.now + kFarthest) return say_error(Phrase::far_time, context, in_words(*at, context));
  const auto& said = reader.said();
  When when{.at = *at,
            .used = end,
            .length = said.length,
            .has_clock = said.clock || said.exact || said.from_now,
            .has_part = said.part != 0,
            .days = reader.days_covered()};
  if (said.length) {
    const auto begin = reader.begin_of(said.span_begin);
    when.span = text.substr(begin, reader.end_of(said.span_end) - begin);
  }
  return when;
}

Result<Time> parse_when(std::string_view text, const WhenContext& context) {
  auto when = read_when(text, context);
  if (!when) return std::move(when.error());
  if (when->length || !trim(text.substr(when->used)).empty()) return say_error(Phrase::unknown_time, context, text);
  return when->at;
}

}  // namespace leadmail::leads
