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

/// What folding makes alike and is no word of dates: "tôi" (I) beside "tối" (evening). Composed and decomposed.
bool is_other_word(std::string_view raw) {
  constexpr auto kOthers =
      std::to_array<std::string_view>({"tôi",       "Tôi", "TÔI", "to\u0302i", "To\u0302i", "TO\u0302I", "đem",
                                       "Đem",       "ĐEM", "bây", "Bây",       "BÂY",       "ba\u0302y", "Ba\u0302y",
                                       "BA\u0302Y", "bà",  "Bà",  "BÀ",        "ba\u0300",  "Ba\u0300",  "BA\u0300"});
  return std::ranges::find(kOthers, raw) != kOthers.end();
}

bool is_coming_in_vietnamese(std::string_view raw) {
  constexpr auto kComing =
      std::to_array<std::string_view>({"tới", "Tới", "TỚI", "to\u031b\u0301i", "To\u031b\u0301i", "TO\u031b\u0301I"});
  while (raw.ends_with(',') || raw.ends_with('.') || raw.ends_with(';') || raw.ends_with(':')) raw.remove_suffix(1);
  return std::ranges::find(kComing, raw) != kComing.end();
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
              .raw = raw,
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
    : words_(read_words(text)),
      context_(context),
      local_now_(to_local(context.now, context.zone)),
      has_accents_(std::ranges::any_of(words_, &Word::has_accents)) {}

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
    if (word.folded != phrase.substr(0, space) || (word.has_accents && is_other_word(word.raw))) return 0;
    has_accents = has_accents || word.has_accents;
    phrase.remove_prefix(std::min(space + 1, phrase.size()));
    ++count;
  }
  // Short words of English and Spanish bear no accents in Vietnamese text: "3 máy" (pumps) is no 3 May.
  constexpr auto kForeign =
      std::to_array<std::string_view>({"may", "mon", "sat", "sun", "dom", "tue", "thu", "mar", "jan", "jun", "sep",
                                       "dec", "lun", "en", "in", "on", "at"});
  const bool is_foreign = std::ranges::find(kForeign, row.phrase) != kForeign.end();
  if (is_foreign && has_accents && context_.language == "vi") return 0;
  // "tới" (coming), "tối" (evening); without accents "toi" is no "later": "8 gio toi" is at eight.
  if (row.phrase == "toi" && (has_accents || row.kind == WordKind::later)) {
    const bool is_coming = is_coming_in_vietnamese(words_[position].raw);
    if ((row.kind == WordKind::later || row.kind == WordKind::coming) != is_coming) return 0;
  }
  if (row.phrase == "once" && context_.language == "en") return 0;  // "at once"
  // Who writes accents writes "sáng": "sang" is "over to".
  if (row.phrase == "sang" && !has_accents && has_accents_) return 0;
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
  if (read_vague()) return true;
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

/// "next year", "friday the week after next": more than one day, or one that nobody can be sure of.
bool WhenReader::read_vague() {
  const auto hit = find(WordKind::vague);
  if (!hit) return false;
  said_.wrong = Phrase::stray_date;
  return done(hit->words);
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
    if (hit->word->part != 0) {
      if (said_.part != 0 && said_.part != hit->word->part) said_.wrong = Phrase::unclear_time;
      said_.part = hit->word->part;
    }
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
    case minute: said_.from_now = said_.from_now.value_or(minutes{0}) + minutes{count}; break;
    case hour: said_.from_now = said_.from_now.value_or(minutes{0}) + hours{count}; break;
    case days_unit: said_.offset += count; break;
    case week: said_.offset += count * 7; break;
    case month_unit: said_.ahead += months{count}; break;
    case year_unit: said_.ahead += months{count * 12}; break;
    default: break;
  }
  if (unit != minute && unit != hour) said_.day = Said::Day::offset;
  said_.is_count = true;
}

/// "3 days", "2d", "three days".
std::optional<WhenReader::Amount> WhenReader::take_amount() {
  const auto start = position_;
  auto compact = word();
  if (const auto count = take_number(compact, 4); count && !compact.empty()) {
    const auto row = std::ranges::find_if(
        date_words(), [&](const DateWord& w) { return w.kind == WordKind::unit && w.phrase == compact; });
    if (row == date_words().end()) return std::nullopt;
    ++position_;
    return Amount{*count, &*row};
  }
  const auto count = read_number();
  const auto unit = count ? find(WordKind::unit) : std::nullopt;
  if (!unit) {
    position_ = start;
    return std::nullopt;
  }
  position_ += unit->words;
  return Amount{*count, unit->word};
}

/// "2h 30m", "1 hour and 30 minutes", "one month and 2 days": what is added has a smaller unit.
void WhenReader::read_more_amounts(int unit) {
  for (;;) {
    const auto start = position_;
    if (const auto joint = word(); joint == "and" || joint == "y" || joint == "va" || joint == "con") ++position_;
    const auto more = take_amount();
    const bool is_smaller = more && more->unit->value < unit;
    if (!is_smaller) {
      position_ = start;
      return;
    }
    // Days end at midnight, hours do not: nobody knows which of them is counted first.
    const bool is_mixed = (unit >= days_unit) != (more->unit->value >= days_unit);
    if (is_mixed) said_.wrong = Phrase::unclear_time;
    set_duration(more->count, more->unit->value);
    unit = more->unit->value;
  }
}

/// "1h30", "in 1h30m".
bool WhenReader::read_hours_and_minutes(bool is_said) {
  auto rest = word();
  const auto whole = take_number(rest, 3);
  if (!whole || !take(rest, "h")) return false;
  const auto part = take_number(rest, 2);
  if (!part || *part > 59 || !(rest.empty() || rest == "m" || rest == "min")) return false;
  if (!is_said && !context_.is_duration) {
    // As "2h" is a length in English and a time elsewhere.
    if (context_.language != "en" || said_.part != 0 || *whole > 12) return false;
    said_.may_be_length = true;
    return false;
  }
  set_duration(*whole, hour);
  set_duration(*part, minute);
  ++position_;
  accept(WordKind::later);
  return true;
}

/// "in 3 days", "3 days from now", "2w", "half an hour", "1 hour 30 minutes". A number of hours without "in" may be a
/// clock time.
bool WhenReader::read_duration() {
  const auto start = position_;
  const auto before = said_;
  const bool is_said = accept(WordKind::in);
  const auto give_back = [&] {
    position_ = start;
    said_ = before;
    return false;
  };
  if (const auto hit = find(WordKind::span)) {
    said_.from_now = minutes{hit->word->value};
    position_ += hit->words;
    accept(WordKind::later);
    return done(0);
  }
  if (read_hours_and_minutes(is_said)) return true;
  if (said_.may_be_length) {
    position_ = start;
    return false;
  }
  const bool is_compact = !word().empty() && word().back() >= 'a' && word().front() <= '9';
  auto amount = take_amount();
  if (!amount && is_said && !is_compact) {  // "sáu ngày": the word for "after" is also a number
    position_ = start;
    amount = take_amount();
  }
  if (!amount) return give_back();
  const auto* const unit = amount->unit;
  const bool is_month_of_date =
      unit->phrase == "thang" && (whole_number(word(), 2) || word() == "sau" || word() == "toi" || word() == "nay");
  bool is_later = accept(WordKind::later);
  if (is_month_of_date) {
    if (whole_number(word(), 2)) return give_back();
    said_.wrong = Phrase::unclear_time;  // "15 tháng sau": the 15th, or after 15 months?
    said_.day = Said::Day::offset;
    return done(is_later ? 0 : 1);
  }
  set_duration(amount->count, unit->value);
  if (unit->value == hour && accept(WordKind::half)) *said_.from_now += minutes{30};
  if (!is_later) read_more_amounts(unit->value);
  is_later = is_later || accept(WordKind::later);
  if (!is_later && word() == "sau" && position_ + 1 == words_.size()) {  // "2 tuần sau"
    is_later = true;
    ++position_;
  }
  const bool may_be_clock = unit->value == hour && !is_said && !is_later && !context_.is_duration;
  const bool is_clock = may_be_clock && (is_compact ? unit->phrase == "h" && context_.language != "en"
                                                    : unit->phrase == "gio" || unit->phrase == "h");
  if (is_clock) return give_back();
  said_.is_led_count = is_said || is_later;
  return done(0);
}

/// "next", "próximo", "tuần sau", "this": which of the weekdays of that name.
Said::Which WhenReader::take_which(WordKind of_next_week) {
  if (find(WordKind::vague)) return Said::Which::plain;  // "thứ sáu tuần sau nữa"
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

/// Year or none: then the next such date, of what has been the last one, today included.
std::optional<local_days> WhenReader::resolve_calendar_date() const {
  const auto first = said_.year_part ? year{*said_.year_part} : year_month_day{today()}.year();
  constexpr int kLeapGap = 8;
  for (int ahead = 0; ahead <= (said_.year_part ? 0 : kLeapGap); ++ahead) {
    const auto y = context_.is_done ? first - years{ahead} : first + years{ahead};
    const year_month_day date{y, month{said_.month_part}, std::chrono::day{said_.day_part}};
    if (!date.ok()) continue;
    const bool is_near = context_.is_done ? local_days{date} <= today() : local_days{date} >= today();
    if (said_.year_part || is_near) return local_days{date};
  }
  return std::nullopt;
}

std::optional<local_days> WhenReader::resolve_date(Phrase& wrong) const {
  const auto weekday_now = std::chrono::weekday{today()}.iso_encoding() - 1;
  const auto monday = today() - days{weekday_now};
  switch (said_.day) {
    case Said::Day::none: return today();
    case Said::Day::offset: {
      const auto moved = year_month_day{today()} + said_.ahead;
      const auto day = moved.ok() ? local_days{moved} : local_days{moved.year() / moved.month() / std::chrono::last};
      return day + days{said_.offset};
    }
    case Said::Day::weekday: {
      if (said_.which == Said::Which::next_week) return monday + days{7 + said_.weekday};
      if (said_.which == Said::Which::current) return monday + days{said_.weekday};
      const auto ahead = (said_.weekday + 7 - weekday_now) % 7;
      if (context_.is_done && ahead == 0) wrong = Phrase::unclear_time;  // today, or a week ago?
      if (context_.is_done && ahead == 0) return std::nullopt;
      if (context_.is_done) return today() + days{ahead} - days{7};
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
    // "friday 13 november" a week later: that was one.
    const year_month_day last{year_month_day{today()}.year(), month{said_.month_part},
                              std::chrono::day{said_.day_part}};
    const bool was_one = !said_.year_part && last.ok() && local_days{last} < today() &&
                         std::chrono::weekday{local_days{last}}.iso_encoding() - 1 == said_.weekday;
    wrong = was_one ? Phrase::past_time : Phrase::no_such_date;
    return std::nullopt;
  }
  constexpr days kNear{274};  // nine months: who says a date beyond them without its year may mean the one that was
  const bool is_far = context_.is_done ? *date < today() - kNear : *date > today() + kNear;
  if (context_.needs_year && !said_.year_part && is_far) {
    wrong = Phrase::needs_year;
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
  const bool is_time_alone = said_.day == Said::Day::none;
  const bool is_unclear = is_dotted_date() || (said_.may_be_length && is_time_alone);
  if (is_unclear) wrong = Phrase::unclear_time;
  const bool needs_day = context_.is_date && is_time_alone && !said_.from_now;
  if (needs_day) wrong = Phrase::needs_day;
  if (is_unclear || needs_day) return std::nullopt;
  // A mail is on its way for some minutes: "in an hour" is then one from when it is read.
  constexpr minutes kOnItsWay{5};
  const bool is_just_written = context_.taken > context_.now && context_.taken - context_.now <= kOnItsWay;
  if (said_.from_now) return (is_just_written ? context_.taken : context_.now) + *said_.from_now;
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
  if (!at && wrong == Phrase::needs_year) {
    const auto would_be = reader.calendar_date().value_or(local_days{});
    return Error{Next::give_up,
                 say(wrong, context.language, {one_line(text.substr(0, end), 60), to_text(year_month_day{would_be})})};
  }
  if (!at) return say_error(wrong, context, text.substr(0, end));
  const bool has_passed = *at <= std::max(context.now, context.taken) && !context.is_date && !context.may_be_past;
  if (has_passed && *at > context.now) {
    return Error{Next::give_up,
                 say(Phrase::past_since, context.language, {in_words(*at, context), in_words(context.now, context)})};
  }
  if (has_passed) return say_error(Phrase::past_time, context, in_words(*at, context));
  if (*at > context.now + kFarthest) return say_error(Phrase::far_time, context, in_words(*at, context));
  const auto& said = reader.said();
  When when{.at = *at,
            .used = end,
            .length = said.length,
            .has_clock = said.clock || said.exact || said.from_now,
            .has_part = said.part != 0,
            .has_day = said.day != Said::Day::none || said.exact || said.from_now,
            .is_weekday = said.day == Said::Day::weekday,
            .is_count = said.is_count,
            .is_from_now = said.is_led_count,
            .days = reader.days_covered()};
  if (said.length) {
    const auto begin = reader.begin_of(said.span_begin);
    when.span = text.substr(begin, reader.end_of(said.span_end) - begin);
  }
  return when;
}

bool begins_date(std::string_view text, const WhenContext& context) { return WhenReader(text, context).read() != 0; }

Result<Time> parse_when(std::string_view text, const WhenContext& context) {
  auto when = read_when(text, context);
  if (!when) return std::move(when.error());
  if (when->length || !trim(text.substr(when->used)).empty()) return say_error(Phrase::unknown_time, context, text);
  return when->at;
}

}  // namespace leadmail::leads
