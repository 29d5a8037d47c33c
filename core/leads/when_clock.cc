// Times of the day as people write them, from when until when, and in which zone: parts of when_reader.h.
#include <algorithm>
#include <array>

#include "core/leads/fold.h"
#include "core/leads/text.h"
#include "core/leads/when_reader.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

using Half = ClockTime::Half;

constexpr minutes kDay = hours{24};
constexpr minutes kNoon = hours{12};

bool is_in(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "3 de la tarde", "8 tối", "12 trưa": twelve hours later, where that is what the words mean.
minutes in_part(minutes clock, int part) {
  const bool is_late = part == afternoon || part == evening || (part == noon && clock < hours{10});
  return is_late && clock < hours{12} ? clock + hours{12} : clock;
}

/// "12 at night", "10 in the afternoon", "15:00 in the morning": no such time, or midnight, of which of two days?
bool fits_part(minutes clock, int part, std::string_view language) {
  const bool is_twelve = clock >= kNoon && clock < kNoon + hours{1};
  switch (part) {
    case morning: return clock < kNoon || (is_twelve && language == "es");  // "las 12 de la mañana" is noon
    case noon: return clock < hours{4} || (clock >= hours{10} && clock < hours{16});
    case afternoon: return clock < hours{8} || (clock >= kNoon && clock < hours{20});
    case evening: return (clock >= hours{4} && clock < kNoon) || clock >= hours{16};
    default: return true;
  }
}

/// Nobody calls customers then.
bool sounds_like_night(minutes clock) { return clock >= hours{1} && clock < hours{7}; }

minutes in_half(minutes clock, Half half) {
  if (half == Half::am && clock >= kNoon && clock < kNoon + hours{1}) return clock - kNoon;
  if (half == Half::pm && clock < kNoon) return clock + kNoon;
  return clock;
}

/// "10:00", "10h30", "10h", "3pm", "3:30pm", "10g", "16" as one word; what is left of it may be a zone.
std::optional<ClockTime> clock_in(std::string_view word, std::string_view& left) {
  ClockTime time{.has_zero = word.starts_with('0')};
  auto rest = word;
  const auto hour_part = take_number(rest, 2);
  if (!hour_part || *hour_part > 24) return std::nullopt;
  if (rest == ".") rest = {};  // of the sentence
  int minute_part = 0;
  time.is_bare = rest.empty();
  time.is_soft = !time.has_zero;
  const bool has_minutes =
      take(rest, ":") || take(rest, "h") || take(rest, "g") || (rest.size() >= 3 && take(rest, "."));
  if (has_minutes && !rest.empty() && is_digit(rest.front())) {
    const auto value = take_number(rest, 2);
    if (!value || *value > 59) return std::nullopt;
    minute_part = *value;
    if (take(rest, ":") && !take_number(rest, 2)) return std::nullopt;  // seconds do not matter here
  }
  int hour_value = *hour_part;
  if (is_in(rest, {"am", "a", "a.m.", "a.m", "am."})) {
    time.half = Half::am;
    rest = {};
  } else if (is_in(rest, {"pm", "p", "p.m.", "p.m", "pm."})) {
    time.half = Half::pm;
    rest = {};
  } else if (is_in(rest, {"h", "hs", "hrs", "."})) {
    rest = {};
  }
  if (!rest.empty() && time.is_bare) return std::nullopt;
  if (hour_value > 23 || (hour_value == 0 && time.half == Half::pm)) return std::nullopt;
  time.at = in_half(hours{hour_value} + minutes{minute_part}, time.half);
  left = rest;
  return time;
}

/// A piece of a word that a dash may have parted: "10:00-11:30" is three.
struct Piece {
  std::string_view text{};
  std::size_t word = 0;
  bool is_last = false;  ///< of its word
};

constexpr std::array<std::string_view, 4> kDashes{"-", "\u2013", "\u2014", "\u2212"};

std::vector<Piece> pieces_of(const std::vector<Word>& words, std::size_t from) {
  constexpr std::size_t kMost = 14;
  std::vector<Piece> pieces;
  for (auto i = from; i < words.size() && i < from + kMost; ++i) {
    auto rest = std::string_view(words[i].folded);
    if (rest.empty()) pieces.push_back({rest, i, false});
    while (!rest.empty()) {
      std::size_t at = std::string_view::npos;
      std::size_t size = 0;
      for (const auto dash : kDashes) {
        if (const auto found = rest.find(dash); found < at) {
          at = found;
          size = dash.size();
        }
      }
      if (at > 0) pieces.push_back({rest.substr(0, at), i, false});
      if (at == std::string_view::npos) break;
      pieces.push_back({"-", i, false});
      rest.remove_prefix(at + size);
    }
    pieces.back().is_last = true;
  }
  return pieces;
}

/// Takes "10:00", "las 10 y media", "10 giờ 30", "3 pm" off the pieces.
std::optional<ClockTime> take_time(const std::vector<Piece>& pieces, std::size_t& at) {
  const auto text = [&](std::size_t i) { return i < pieces.size() ? pieces[i].text : std::string_view{}; };
  auto i = at;
  const bool is_a_las = text(i) == "a" && is_in(text(i + 1), {"las", "la"});
  if (is_a_las) ++i;
  const bool is_led = is_a_las || is_in(text(i), {"at", "las", "la", "luc", "@"});
  if (is_led) ++i;
  std::string_view left;
  auto time = i < pieces.size() ? clock_in(pieces[i].text, left) : std::nullopt;
  if (!time || !left.empty()) return std::nullopt;
  ++i;
  time->is_led = is_led;
  if (is_in(text(i), {"h", "hs", "hrs", "horas", "gio", "o'clock", "oclock"})) {
    ++i;
    const auto after = whole_number(text(i), 2);
    if (after && text(i).size() == 2 && *after <= 59 && time->is_bare) {  // "10 giờ 30"
      time->at += minutes{*after};
      ++i;
      if (text(i) == "phut") ++i;
    }
    time->is_bare = false;
  }
  if (text(i) == "ruoi" || (text(i) == "y" && text(i + 1) == "media")) {
    time->at += minutes{30};
    i += text(i) == "y" ? 2 : 1;
    time->is_bare = false;
  } else if (text(i) == "y" && text(i + 1) == "cuarto") {
    time->at += minutes{15};
    i += 2;
    time->is_bare = false;
  }
  if (time->half == Half::unsaid && is_in(text(i), {"am", "a.m.", "a.m", "pm", "p.m.", "p.m"})) {
    time->half = text(i).front() == 'a' ? Half::am : Half::pm;
    time->at = in_half(time->at, time->half);
    ++i;
  }
  time->is_bare = time->is_bare && time->half == Half::unsaid;
  at = i;
  return time;
}

/// Both ends on one day's clock: "10-11am", "11-1", "2-3 pm", "22:00-01:00". Nothing where they make no sense, or two.
struct Span {
  minutes begin{0};
  minutes length{0};
};

std::optional<Span> span_of(const ClockTime& from, const ClockTime& to, int part, bool is_led) {
  constexpr minutes kEvening = hours{18};
  constexpr minutes kMorning = hours{6};
  auto begin = from.at;
  auto end = to.at;
  const bool is_said = from.half != Half::unsaid || to.half != Half::unsaid;
  if (is_said) {
    if (from.half == Half::unsaid && to.half == Half::pm && begin < kNoon && begin + kNoon < end) begin += kNoon;
    if (to.half == Half::unsaid && end < kNoon && (end <= begin || (from.half == Half::pm && end + kNoon > begin)))
      end += kNoon;
  } else if (part != 0) {
    begin = in_part(begin, part);
    end = in_part(end, part);
    if (end <= begin && end < kNoon) end += kNoon;
  } else {
    const bool is_plain = from.is_soft || to.is_soft || from.is_led || to.is_led || is_led;
    const bool shifts = is_plain && !from.has_zero && sounds_like_night(begin);
    if (shifts) begin += kNoon;
    // "11-1", "12:00-1:30": past noon
    const bool goes_past_noon = begin <= kNoon && end < kMorning;
    if (end <= begin && end < kNoon && !to.has_zero && (shifts || goes_past_noon)) end += kNoon;
  }
  const bool is_over_night = begin >= kEvening && end <= kMorning;
  if (is_over_night) end += kDay;
  if (end <= begin || (end >= kDay && !is_over_night)) return std::nullopt;
  return Span{begin, end - begin};
}

/// Abbreviations that nothing else is written as; those of two letters only where nothing follows.
bool is_zone_name(std::string_view folded, bool is_capitals) {
  constexpr auto kAlways =
      std::to_array<std::string_view>({"est", "edt", "cst", "cdt", "pst", "pdt", "cet", "cest", "bst", "aest", "aedt",
                                       "akst", "akdt", "eest", "nzst", "nzdt"});
  constexpr auto kCapital =
      std::to_array<std::string_view>({"MST",  "MDT", "IST", "JST", "KST",  "HKT", "SGT",  "ICT",  "WIB", "WET",
                                       "WEST", "EET", "MSK", "BRT", "SAST", "HST", "AWST", "ACST", "PKT", "WAT"});
  if (std::ranges::find(kAlways, folded) != kAlways.end()) return true;
  return is_capitals && std::ranges::any_of(kCapital, [&](std::string_view name) { return fold(name) == folded; });
}

std::string with_underscores(std::string text) {
  std::ranges::replace(text, ' ', '_');
  return text;
}

std::string_view without_brackets(std::string_view word) {
  while (word.starts_with('(') || word.starts_with('[')) word.remove_prefix(1);
  while (word.ends_with(')') || word.ends_with(']') || word.ends_with('.')) word.remove_suffix(1);
  return word;
}

}  // namespace

std::optional<minutes> read_offset(std::string_view word) {
  const bool is_named = take(word, "utc") || take(word, "gmt") || take(word, "z");
  if (word.empty()) return is_named ? std::optional(minutes{0}) : std::nullopt;
  const bool is_behind = word.starts_with('-') || word.starts_with("\u2212");
  if (!is_behind && !word.starts_with('+')) return std::nullopt;
  word.remove_prefix(word.starts_with("\u2212") ? std::string_view("\u2212").size() : 1);
  int hour_part = 0;
  int minute_part = 0;
  if (const auto both = whole_number(word, 4); both && word.size() == 4) {
    hour_part = *both / 100;
    minute_part = *both % 100;
  } else {
    const auto hour_read = take_number(word, 2);
    if (!hour_read || (word.empty() && !is_named)) return std::nullopt;
    hour_part = *hour_read;
    if (take(word, ":")) {
      minute_part = whole_number(word, 2).value_or(99);
    } else if (!word.empty()) {
      return std::nullopt;
    }
  }
  constexpr int kFarthest = 14;  // Kiribati
  if (hour_part > kFarthest || minute_part > 59) return std::nullopt;
  const auto offset = hours{hour_part} + minutes{minute_part};
  return is_behind ? -offset : offset;
}

/// Whether what stands before this word is complete: an end, a dash, or a word that says what is done then.
bool WhenReader::stands_alone(std::size_t behind) const {
  if (behind >= words_.size() || words_[behind - 1].ends_part) return true;
  const auto& next = words_[behind].folded;
  if (next.empty() || is_in(next.substr(0, 3), {"-", "\u2013", "\u2014", "\u2022"})) return true;
  if (next == "-" || next.front() == '(') return true;
  for (const auto kind : {WordKind::weekday, WordKind::day, WordKind::in}) {
    if (next != "a" && find_at(behind, kind)) return true;
  }
  // "16 30 min": a length behind the hour.
  auto digits = std::string_view(next);
  if (const auto count = take_number(digits, 3); count) {
    const auto is_time_unit = [](std::string_view unit) {
      return is_in(unit, {"h", "hr", "hrs", "hour", "hours", "hora", "horas", "gio", "tieng", "m", "min", "mins",
                          "minutes", "minutos", "phut"});
    };
    if (is_time_unit(digits)) return true;
    return digits.empty() && behind + 1 < words_.size() && is_time_unit(words_[behind + 1].folded);
  }
  constexpr auto kDoings = std::to_array<std::string_view>(
      {"by",        "por",      "boi",       "with",    "con",         "voi",     "at",      "en",      "tai",
       "for",       "para",     "about",     "sobre",   "ve",          "re",      "call",    "calling", "phone",
       "ring",      "visit",    "meet",      "meeting", "demo",        "email",   "mail",    "send",    "ask",
       "check",     "discuss",  "follow",    "remind",  "talk",        "present", "confirm", "invite",  "llamar",
       "llamarle",  "llamarla", "llamada",   "visitar", "visita",      "reunion", "cita",    "enviar",  "mandar",
       "preguntar", "hablar",   "confirmar", "revisar", "seguimiento", "invitar", "no",      "do",      "don't",
       "without",   "sin",      "khong",     "goi",     "hop",         "gap",     "gui",     "hoi",     "tham",
       "nhac",      "trao",     "moi",       "utc",     "gmt",         "be",      "via"});
  return std::ranges::find(kDoings, next) != kDoings.end() ||
         is_zone_name(without_brackets(next), words_[behind].is_capitals);
}

/// "EST", "London time", "hora de Madrid": a zone that is not his, or may not be.
bool WhenReader::is_foreign_zone(std::size_t& used, bool is_marked) const {
  if (position_ >= words_.size() || words_[position_ - 1].ends_part) return false;
  const auto& first = words_[position_];
  const auto name = without_brackets(first.folded);
  used = 1;
  if (is_zone_name(name, first.is_capitals)) return true;
  const bool is_short = first.is_capitals && is_in(name, {"et", "pt", "ct", "mt"});
  if (is_short && (first.ends_part || position_ + 1 == words_.size())) return true;
  const bool is_named = first.is_capital || is_in(name, {"their", "his", "her", "your", "local"});
  for (used = 2; used <= 3; ++used) {
    if (is_named && word(used - 1) == "time") return true;
    if (!first.is_capital || position_ + 1 >= words_.size() || !words_[position_ + 1].is_capital) break;
  }
  if (is_place_of_time(used)) return true;
  used = 2;
  if (name == "hora" && position_ + 1 < words_.size()) {
    return words_[position_ + 1].is_capital || is_in(word(1), {"local", "de", "del", "peninsular", "central"});
  }
  return is_marked && name == "gio" && position_ + 1 < words_.size() &&
         (words_[position_ + 1].is_capital || words_[position_ + 1].folded == "dia");
}

/// "America/New_York", "Paris", "(New York)", "eastern" right behind a time and before nothing else: of another zone
/// than his. "in Paris" is a place.
bool WhenReader::is_place_of_time(std::size_t& used) const {
  const auto own = fold(context_.zone);
  const auto ends_at = [&](std::size_t count) {
    const auto last = position_ + count - 1;
    return last + 1 == words_.size() || words_[last].ends_part || words_[last].raw.ends_with(')');
  };
  used = 1;
  const auto first = without_brackets(word());
  if (first.find('/') != std::string_view::npos && words_[position_].is_capital) {
    auto name = words_[position_].raw;
    while (name.ends_with(',') || name.ends_with('.') || name.ends_with(')')) name.remove_suffix(1);
    return first != own && is_zone(name);
  }
  constexpr auto kParts = std::to_array<std::string_view>({"eastern", "pacific", "central", "mountain", "atlantic"});
  if (std::ranges::find(kParts, first) != kParts.end() && (ends_at(1) || is_in(word(1), {"time", "standard"})))
    return true;
  constexpr std::size_t kMostWords = 4;  // "Ho Chi Minh City"
  std::string place;
  for (used = 1; used <= kMostWords && position_ + used <= words_.size(); ++used) {
    const auto& next = words_[position_ + used - 1];
    const bool may_be_place = next.is_capital || next.raw.starts_with('(') || next.has_accents;
    if (!may_be_place) return false;
    place += (place.empty() ? "" : " ") + std::string(without_brackets(next.folded));
    const bool is_own = own.substr(own.rfind('/') + 1) == with_underscores(place);
    if (ends_at(used) && is_place_of_zone(place)) return !is_own;
  }
  return false;
}

/// Behind a time: "UTC", "GMT-5", "+02:00" is read, another zone is an error.
void WhenReader::read_zone(bool is_marked) {
  std::size_t used = 0;
  if (is_foreign_zone(used, is_marked)) {
    said_.wrong = Phrase::foreign_zone;
    position_ += used;
    return;
  }
  const auto first = without_brackets(word());
  if (is_in(first, {"my", "our"}) && word(1) == "time") position_ += 2;
  if (first.size() < 3 && !(first == "z" && words_[position_].is_capital)) return;
  const auto offset = read_offset(first);
  if (!offset) return;
  ++position_;
  said_.zone_offset = offset;
  if (!is_in(first, {"utc", "gmt"})) return;
  if (const auto more = read_offset("utc" + std::string(word())); more && !word().empty()) {  // "UTC +2"
    said_.zone_offset = more;
    ++position_;
  }
}

/// "10:00-11:30", "from 10 to 11", "de 10 a 11:30", "từ 10h đến 11h".
bool WhenReader::read_span() {
  const auto pieces = pieces_of(words_, position_);
  const auto text = [&](std::size_t i) { return i < pieces.size() ? pieces[i].text : std::string_view{}; };
  std::size_t i = 0;
  const bool is_between = is_in(text(0), {"between", "entre"});
  const bool is_led = is_between || is_in(text(0), {"from", "desde", "de", "del", "tu"});
  if (is_led) ++i;
  auto from = take_time(pieces, i);
  if (!from) return false;
  const auto sign = i;
  const bool is_dash = text(i) == "-";
  const bool is_word = is_in(text(i), {"to", "till", "until", "a", "al", "hasta", "den", "toi"}) ||
                       (is_between && is_in(text(i), {"and", "y", "va"}));
  if (!is_dash && !is_word) return false;
  ++i;
  auto to = take_time(pieces, i);
  if (!to || !pieces[i - 1].is_last) return false;
  const auto behind = pieces[i - 1].word + 1;
  const bool is_tight = is_dash && pieces[sign].word == pieces[sign - 1].word && !pieces[sign].is_last;

  const auto start = position_;
  position_ = behind;
  const auto part = find(WordKind::part);
  if (part) position_ += part->words;
  const auto part_said = part ? part->word->value : said_.part;
  if (to->is_bare && !part && !is_led && !stands_alone(behind)) {
    const bool may_be_count = from->is_bare || !is_tight;
    if (may_be_count && (!is_tight || said_.day == Said::Day::none)) {
      position_ = start;
      return false;
    }
    if (may_be_count) said_.wrong = Phrase::unclear_time;  // "10-12 pumps"
  }
  const auto span = span_of(*from, *to, part_said, is_led);
  if (!span) said_.wrong = Phrase::unclear_time;
  said_.clock = span ? span->begin : from->at;
  said_.length = span ? span->length : minutes{0};
  said_.needs_day = from->is_bare && to->is_bare && !is_led && !part;
  said_.span_begin = start;
  said_.span_end = position_;
  read_zone(!to->is_bare);
  return done(0);
}

/// "16", "10 30" behind a day. False: the number is something else.
bool WhenReader::read_bare_hour(minutes clock) {
  if (context_.is_date || said_.day == Said::Day::none) return false;
  const bool is_of_many = said_.day == Said::Day::week || said_.day == Said::Day::month ||
                          said_.day == Said::Day::month_end;  // "next month 15"
  if (is_of_many && stands_alone(position_)) said_.wrong = Phrase::unclear_time;
  const bool has_zero = words_[position_ - 1].folded.starts_with('0');
  if (sounds_like_night(clock) && !has_zero) clock += kNoon;
  const auto next = whole_number(word(), 2);
  if (next && word().size() == 2 && *next <= 59 && !words_[position_ - 1].ends_part && stands_alone(position_ + 1)) {
    auto unit = position_ + 1;
    const bool is_length = unit < words_.size() && find_at(unit, WordKind::unit);
    if (!is_length) {
      said_.clock = clock + minutes{*next};
      ++position_;
      read_zone(true);
      return true;
    }
  }
  if (!stands_alone(position_)) return false;
  // "friday 16": at four, or a date that is none?
  const bool may_be_date = said_.day == Said::Day::weekday && said_.which == Said::Which::plain && clock > minutes{0};
  if (may_be_date) said_.wrong = Phrase::unclear_time;
  said_.clock = clock;
  read_zone(false);
  return true;
}

/// "tomorrow 27", "friday 10-25": a number alone behind a day that is no time either.
bool WhenReader::read_stray_number() {
  if (context_.is_date || said_.day == Said::Day::none || position_ >= words_.size()) return false;
  const auto written = word();
  const bool is_number = !written.empty() && is_digit(written.front()) && written.size() <= 5 &&
                         std::ranges::all_of(written, [](char c) { return is_digit(c) || c == '-'; });
  if (!is_number || position_ == 0 || !stands_alone(position_ + 1)) return false;
  if (position_ + 1 < words_.size() && find_at(position_ + 1, WordKind::unit)) return false;
  said_.wrong = Phrase::no_such_date;
  return done(1);
}

/// "ten", "tres", "ba": an hour of the clock in words.
std::optional<int> WhenReader::take_hour_word() {
  const auto hit = find(WordKind::number);
  if (!hit || hit->word->value > 12 || is_in(hit->word->phrase, {"a", "an", "un"})) return std::nullopt;
  position_ += hit->words;
  return hit->word->value;
}

/// The hour in digits, or in words where they can be nothing else: "at ten", "a las tres", "ba giờ", "three pm".
std::optional<ClockTime> WhenReader::take_clock(bool is_at, std::string_view& left) {
  if (const auto time = clock_in(word(), left)) {
    ++position_;
    return time;
  }
  left = {};
  const auto start = position_;
  const auto value = take_hour_word();
  if (!value) return std::nullopt;
  bool is_hour = (is_at && stands_alone(position_)) || (word() == "y" || word() == "menos" || word() == "kem");
  for (const auto kind :
       {WordKind::hour_mark, WordKind::am, WordKind::pm, WordKind::part, WordKind::half, WordKind::quarter}) {
    is_hour = is_hour || find(kind).has_value();
  }
  // "dos horas" is as long as it may be late.
  const bool may_be_length = !is_at && is_in(word(), {"horas", "hrs", "h"});
  const bool is_spanish_one = words_[start].folded == "una" && !is_at;
  if (!is_hour || may_be_length || is_spanish_one) {
    position_ = start;
    return std::nullopt;
  }
  return ClockTime{.at = hours{*value}};
}

/// "half past two", "quarter to three pm", "ten past 3", "un cuarto para las tres".
std::optional<ClockTime> WhenReader::take_past_hour() {
  const auto start = position_;
  const auto nothing = [&] {
    position_ = start;
    return std::nullopt;
  };
  accept(WordKind::at);
  int count = 0;
  if (is_in(word(), {"a", "un"}) && is_in(word(1), {"quarter", "cuarto"})) ++position_;
  if (is_in(word(), {"half", "quarter", "cuarto"})) {
    count = word() == "half" ? 30 : 15;
    ++position_;
  } else if (const auto number = read_number(); number && *number > 0 && *number < 60) {
    count = *number;
    if (is_in(word(), {"minutes", "min", "minutos"})) ++position_;
  } else {
    return nothing();
  }
  const bool is_before = is_in(word(), {"to", "till", "before"}) || (word() == "para" && is_in(word(1), {"la", "las"}));
  if (!is_before && !is_in(word(), {"past", "after"})) return nothing();
  position_ += word() == "para" ? 2 : 1;
  auto hour = whole_number(word(), 2);
  if (hour) {
    ++position_;
  } else {
    hour = take_hour_word();
  }
  if (!hour || *hour < 1 || *hour > 23) return nothing();
  auto time = ClockTime{.at = hours{*hour}};
  accept(WordKind::hour_mark);
  if (accept(WordKind::am)) {
    time.half = Half::am;
  } else if (accept(WordKind::pm)) {
    time.half = Half::pm;
  }
  const auto part = find(WordKind::part);
  if (part) position_ += part->words;
  const auto said_part = part ? part->word->value : said_.part;
  if (time.half != Half::unsaid) {
    time.at = in_half(time.at, time.half);
  } else if (said_part != 0) {
    if (!fits_part(time.at, said_part, context_.language)) said_.wrong = Phrase::unclear_time;
    time.at = in_part(time.at, said_part);
  } else if (sounds_like_night(time.at)) {
    time.at += kNoon;
  }
  time.at += is_before ? -minutes{count} : minutes{count};
  if (time.at < minutes{0}) time.at += kDay;
  return time;
}

/// Behind the hour: "menos cuarto", "menos 10", "kém 15", "y diez".
void WhenReader::read_minutes_beside(minutes& clock, bool is_marked) {
  const auto start = position_;
  const bool is_before = is_in(word(), {"menos", "kem"});
  if (!is_before && !(is_marked && word() == "y")) return;
  ++position_;
  if (is_before && (accept(WordKind::quarter) || is_in(word(), {"cuarto"}))) {
    position_ += word() == "cuarto" ? 1 : 0;
    clock -= minutes{15};
  } else if (const auto count = read_number(); count && *count > 0 && *count < 60) {
    const bool is_unit = is_in(word(), {"minutos", "min", "phut"});
    if (!is_before && !is_unit && !stands_alone(position_) && !find(WordKind::part)) {
      position_ = start;  // "a las 10 y 3 bombas"
      return;
    }
    position_ += is_unit ? 1 : 0;
    clock += is_before ? -minutes{*count} : minutes{*count};
  } else {
    position_ = start;
    return;
  }
  if (clock < minutes{0}) clock += kDay;
}

bool WhenReader::read_clock() {
  const auto start = position_;
  if (find(WordKind::unclear) && said_.day != Said::Day::none) {
    said_.wrong = Phrase::unclear_time;
    said_.clock = minutes{0};
    return done(find(WordKind::unclear)->words);
  }
  if (!context_.is_date && read_span()) return true;
  if (const auto past = take_past_hour()) {
    said_.clock = past->at;
    read_zone(true);
    return done(0);
  }
  // "valid 30d 10.50 EUR": where a day is meant, that is an amount.
  const bool is_dotted = word().find('.') != std::string_view::npos && word().find(':') == std::string_view::npos;
  if (context_.is_date && is_dotted) return false;
  const bool is_at = accept(WordKind::at);
  std::string_view left;
  const bool is_in_words = word().empty() || !is_digit(word().front());
  auto time = take_clock(is_at, left);
  const auto offset = left.empty() ? std::nullopt : read_offset(left);
  if (!time || (!left.empty() && !offset)) {
    position_ = start;
    return false;
  }
  const auto written = words_[position_ - 1].folded;
  auto clock = time->at;
  bool is_marked = is_at || is_in_words || !time->is_bare;
  bool is_soft = is_at || is_in_words || (time->is_soft && !time->is_bare);  // what sounds like night is afternoon
  bool is_hours = false;
  bool is_oclock = false;
  if (const auto mark = find(WordKind::hour_mark)) {
    position_ += mark->words;
    is_marked = is_soft = true;
    is_hours = is_in(mark->word->phrase, {"horas", "hrs"});
    is_oclock = is_in(mark->word->phrase, {"o'clock", "oclock", "en punto"});
    const bool is_minutes = word().size() == 2 || word(1) == "phut" || stands_alone(position_ + 1);
    if (const auto after = whole_number(word(), 2); after && *after <= 59 && time->is_bare && is_minutes) {
      clock += minutes{*after};  // "10 giờ 30"
      ++position_;
      if (word() == "phut") ++position_;
    }
  }
  if (accept(WordKind::half)) {
    clock += minutes{30};
  } else if (accept(WordKind::quarter)) {
    clock += minutes{15};
  } else {
    read_minutes_beside(clock, is_marked);
  }

  bool has_half = time->half != Half::unsaid;
  if (!has_half && accept(WordKind::am)) {
    has_half = true;
    clock = in_half(clock, Half::am);
  } else if (!has_half && accept(WordKind::pm)) {
    has_half = true;
    clock = in_half(clock, Half::pm);
  } else if (const auto part = find(WordKind::part); !has_half && (part || said_.part != 0)) {
    has_half = true;
    position_ += part ? part->words : 0;
    const auto said_part = part ? part->word->value : said_.part;
    if (!fits_part(clock, said_part, context_.language)) said_.wrong = Phrase::unclear_time;
    clock = in_part(clock, said_part);
  }
  if (!is_marked && !has_half) {
    if (read_bare_hour(clock)) return true;
    position_ = start;
    return false;
  }
  if (!is_at && !has_half) note_dotted(written);
  if (is_soft && !has_half && !time->has_zero && sounds_like_night(clock)) {
    // "3h" alone: when, or for how long? "el viernes 2 horas" too.
    said_.may_be_length = !is_at && !is_oclock && written.find(':') == std::string::npos;
    const bool is_length = is_hours || (context_.language == "en" && written.ends_with('h'));
    if (is_length && !is_at) said_.wrong = Phrase::unclear_time;
    clock += kNoon;
  }
  said_.clock = clock;
  said_.zone_offset = offset;
  if (!offset) read_zone(!time->is_bare || is_soft);
  return done(0);
}

bool WhenReader::read_part() {
  const auto hit = find(WordKind::part);
  if (!hit || said_.clock) return false;
  said_.part = hit->word->value;
  return done(hit->words);
}

namespace {

/// "16:00", "4pm", "16h30" in itself; "4" only with a word beside it.
bool is_clock_word(std::string_view word, std::string_view language) {
  word = without_brackets(word);
  for (const auto dash : kDashes) word = word.substr(0, word.find(dash));
  std::string_view left;
  const auto time = clock_in(word, left);
  if (!time || !left.empty() || time->is_bare) return false;
  if (time->half != Half::unsaid) return word.back() != 'a' && word.back() != 'p';
  if (word.find(':') != std::string_view::npos) return word.size() > word.find(':') + 2;
  const bool has_minutes = is_digit(word.back());
  const bool is_decimal = word.find('.') != std::string_view::npos;
  // "2h" is as long as it may be late.
  return !is_decimal && (has_minutes || (language != "en" && time->at >= hours{7}));
}

}  // namespace

std::string_view clock_within(std::string_view text, std::string_view language, bool also_parts) {
  constexpr std::size_t kMostLooked = 64;
  std::vector<std::string_view> raw;
  for (auto rest = trim(text); !rest.empty() && raw.size() < kMostLooked;) raw.push_back(take_word(rest));
  std::vector<std::string> words;
  for (const auto word : raw) {
    auto folded = fold(word.substr(0, 64));
    while (folded.size() > 1 && std::string_view(",;!?").find(folded.back()) != std::string_view::npos)
      folded.pop_back();
    words.push_back(std::move(folded));
  }
  const auto at = [&](std::size_t i) { return i < words.size() ? std::string_view(words[i]) : std::string_view{}; };
  const auto said = [&](std::size_t from, std::size_t count) {
    const auto* const end =
        raw[std::min(from + count, raw.size()) - 1].data() + raw[std::min(from + count, raw.size()) - 1].size();
    return std::string_view(raw[from].data(), static_cast<std::size_t>(end - raw[from].data()));
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_clock_word(at(i), language)) return said(i, 1);
    const auto hour = whole_number(at(i), 2);
    const bool is_hour = hour && *hour < 24;
    if (is_hour && is_in(at(i + 1), {"am", "pm", "a.m.", "p.m.", "a.m", "p.m", "o'clock", "oclock"})) return said(i, 2);
    if (is_hour && *hour >= 7 && at(i + 1) == "gio") return said(i, 2);
    const bool is_led = is_hour && i > 0 && is_in(at(i - 1), {"at", "las", "luc", "@"});
    const bool is_last = i + 1 == words.size() || raw[i].back() == ',' || raw[i].back() == ';' || raw[i].back() == '.';
    if (is_led && (is_last || at(i - 1) == "las" || at(i - 1) == "luc")) return said(i - 1, 2);
    if (is_in(at(i), {"noon", "midday", "midnight", "mediodia", "medianoche"})) return said(i, 1);
    if (!also_parts) continue;
    for (const auto& row : date_words()) {
      if (row.kind != WordKind::part || row.phrase.find(' ') == std::string_view::npos) continue;
      const auto parts = words_of(row.phrase);
      bool stands = true;
      for (std::size_t k = 0; k < parts.size(); ++k) stands = stands && at(i + k) == parts[k];
      if (stands) return said(i, parts.size());
    }
  }
  return {};
}

}  // namespace leadmail::leads
