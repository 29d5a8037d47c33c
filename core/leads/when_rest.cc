// What stands beside a date and says more of it: "in two weeks" of "friday in two weeks". Who has written that means
// another day than the one that was read.
#include <algorithm>
#include <array>

#include "core/leads/fold.h"
#include "core/leads/text.h"
#include "core/leads/when_reader.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kMostLooked = 16;

bool is_in(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string plain(std::string_view word) {
  while (!word.empty() && std::string_view("([\"'").find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  while (!word.empty() && std::string_view(",.;:!?)]\"'").find(word.back()) != std::string_view::npos)
    word.remove_suffix(1);
  return fold(word.substr(0, 64));
}

/// "15th", "1er", "3/12", "15.12", "10:30", "2026-12-03".
bool is_numeral_of_date(std::string_view word) {
  if (word.empty() || !is_digit(word.front())) return false;
  auto rest = word;
  const auto first = take_number(rest, 4);
  if (!first || rest.empty()) return false;
  if (is_in(rest, {"st", "nd", "rd", "th", "ro", "er", "°", "º"})) return *first <= 31;
  const char mark = rest.front();
  if (mark != '/' && mark != '-' && mark != ':' && mark != '.') return false;
  rest.remove_prefix(1);
  const auto digits = rest.size();
  const auto second = take_number(rest, 4);
  if (!second) return false;
  const bool has_third = !rest.empty() && rest.front() == mark;
  const auto has_two = digits - rest.size() == 2;
  if (mark == ':') return *first < 25 && has_two;
  if (mark == '.') return has_third || (has_two && rest.empty() && *first <= 31 && *second <= 59);
  if (mark == '-') return has_third && (*first <= 31 || *first >= 1900);
  return has_third || (rest.empty() && *first <= 31 && *second <= 31);
}

/// Words of dates that nothing else is called by, in themselves.
bool is_word_of_dates(std::string_view word) {
  constexpr auto kMore = std::to_array<std::string_view>(
      {"last",     "pasado",     "pasada",   "fortnight",  "quincena", "quarter", "trimestre",    "christmas",
       "xmas",     "easter",     "navidad",  "nochebuena", "pascua",   "noel",    "thanksgiving", "weekday",
       "workday",  "weekdays",   "workdays", "nachsten",   "nachster", "nachste", "montag",       "dienstag",
       "mittwoch", "donnerstag", "freitag",  "samstag",    "sonntag",  "morgen",  "ubermorgen",   "demain",
       "lundi",    "mardi",      "mercredi", "jeudi",      "vendredi", "samedi",  "dimanche",     "amanha"});
  return std::ranges::find(kMore, word) != kMore.end();
}

/// Rows whose words people also write for other things, or are too short to be sure of: not looked at alone.
bool is_doubtful(std::string_view phrase) {
  return phrase.size() < 3 || is_in(phrase, {"mar", "may", "sun", "sat", "dom", "thu", "thang", "ngay", "nam", "gio",
                                             "hom", "tuan", "mai", "phut", "tieng", "ano", "min", "hora"});
}

/// A weekday, month or day of one word, a unit, "next".
bool is_row_word(std::string_view word) {
  return !is_doubtful(word) && std::ranges::any_of(date_words(), [&](const DateWord& row) {
    return row.phrase == word &&
           (row.kind == WordKind::day || row.kind == WordKind::weekday || row.kind == WordKind::month ||
            row.kind == WordKind::unit || row.kind == WordKind::vague || row.kind == WordKind::next ||
            (row.kind == WordKind::coming && row.phrase != "toi"));
  });
}

/// "week", "days", "semana": one behind a weekday moves it.
bool is_unit_word(std::string_view word) {
  return word.size() > 2 && std::ranges::any_of(date_words(), [&](const DateWord& row) {
           return row.kind == WordKind::unit && row.phrase == word && row.value >= days_unit && word != "nam" &&
                  word != "ngay";
         });
}

bool is_number_word(std::string_view word) {
  return !is_in(word, {"a", "an", "un", "una", "mot", "once"}) &&
         std::ranges::any_of(date_words(),
                             [&](const DateWord& row) { return row.kind == WordKind::number && row.phrase == word; });
}

/// Words that join two parts of a date.
bool is_joint(std::string_view word) {
  return is_in(
      word, {"and",    "or",     "y",      "o",    "e",     "u",  "va",  "hoac",  "of",     "de",     "del",   "the",
             "el",     "la",     "on",     "from", "desde", "tu", "a",   "to",    "until",  "till",   "hasta", "den",
             "-",      "\u2013", "\u2014", "/",    "&",     "en", "in",  "after", "before", "around", "about", "sobre",
             "khoang", "every",  "each",   "cada", "moi",   "or", "not", "no",    "except", "salvo",  "nhung"});
}

/// What a note leads a date in with that is its own: "before friday", "antes del lunes".
bool is_of_note(std::string_view word) {
  return is_in(word, {"before", "about", "of",    "by",    "for",   "since", "until", "till",  "from",
                      "re",     "de",    "del",   "sobre", "antes", "para",  "hasta", "desde", "por",
                      "cua",    "ve",    "truoc", "cho",   "den",   "tu",    "than",  "vs",    "the"});
}

std::string_view said(const std::vector<std::string_view>& raw, std::size_t from, std::size_t count) {
  const auto last = std::min(from + count, raw.size()) - 1;
  return {raw[from].data(), static_cast<std::size_t>(raw[last].data() + raw[last].size() - raw[from].data())};
}

/// How many words a date takes that begins with the first of `text`; 0: none does.
std::size_t words_read(std::string_view text, const WhenContext& context, bool& is_clock_alone) {
  WhenReader reader(text, context);
  const auto used = reader.read();
  const auto& said = reader.said();
  is_clock_alone = used != 0 && said.day == Said::Day::none && !said.exact && !said.from_now && !said.wrong;
  return used;
}

}  // namespace

bool is_date_word(std::string_view word, const WhenContext& context) {
  const auto folded = plain(word);
  if (std::ranges::any_of(folded, is_digit)) return true;
  // "T2" is Monday in Vietnamese alone; it has a digit. "CN" is Sunday.
  if (context.language == "vi" && folded == "cn") return true;
  return is_word_of_dates(folded) || is_row_word(folded) || is_unit_word(folded);
}

std::string_view stray_date(std::string_view rest, const When& when, const WhenContext& context) {
  rest = trim(rest);
  std::vector<std::string_view> raw;
  for (auto text = rest; !text.empty() && raw.size() < kMostLooked;) raw.push_back(take_word(text));
  if (raw.empty()) return {};
  const auto at = [&](std::size_t i) { return i < raw.size() ? plain(raw[i]) : std::string{}; };
  const auto text_from = [&](std::size_t i) {
    return rest.substr(static_cast<std::size_t>(raw[i].data() - rest.data()));
  };
  const auto is_mark = [&](std::size_t i) { return at(i).empty() || at(i) == "-"; };

  // What begins the rest. Behind a dash or comma too: telephones put them anywhere.
  auto plain_context = context;
  plain_context.is_date = false;
  std::size_t first = 0;
  while (first < raw.size() && is_mark(first)) ++first;
  for (auto i = first; i < raw.size() && i <= first + 2; ++i) {
    bool is_clock_alone = false;
    const auto used = words_read(text_from(i), plain_context, is_clock_alone);
    const auto word = at(i);
    // "10:00 at 12 High Street": a house, where the time is said already.
    const bool may_be_place = is_clock_alone && when.has_clock && i == first && !is_numeral_of_date(word);
    if (used != 0 && !may_be_place) return said(raw, first, i - first + used);
    const bool stands_last = i + 1 >= raw.size();
    const bool is_number = is_number_word(word) && (stands_last || (i > first && i + 2 >= raw.size()));
    const bool is_half = (is_in(word, {"half", "quarter"}) && is_in(at(i + 1), {"past", "to", "an"})) ||
                         (i > first && is_in(word, {"half", "media"})) || (i == 0 && word == "ruoi");
    const bool is_hour_word = is_in(word, {"at", "las", "luc"}) && is_number_word(at(i + 1));
    const bool is_later = is_in(word, {"later", "nua"}) || (word == "from" && at(i + 1) == "now");
    const bool is_bare_hour = stands_last && i > first && whole_number(word, 2).has_value() &&
                              is_in(at(i - 1), {"to", "a", "until", "till", "hasta", "den", "en", "or", "o"});
    const bool moves = is_unit_word(word) && (stands_last || is_in(word, {"week", "weeks", "semana", "semanas"}));
    const bool is_last_one = word != "last" || stands_last || is_row_word(at(i + 1)) || is_unit_word(at(i + 1));
    if (is_numeral_of_date(word) || moves || (is_word_of_dates(word) && is_last_one) || is_number || is_half ||
        is_hour_word || is_later || is_bare_hour || (is_row_word(word) && !is_unit_word(word)))
      return said(raw, first, i - first + 1);
    if (!is_joint(word)) break;
  }

  // What ends it: words that are a day as a whole. Of a long note the beginning was looked at alone.
  auto end = rest;
  constexpr std::size_t kMostBytes = 160;
  if (end.size() > kMostBytes) {
    const auto space = end.find(' ', end.size() - kMostBytes);
    end = space == std::string_view::npos ? std::string_view{} : trim(end.substr(space));
  }
  raw.clear();
  for (auto text = end; !text.empty();) raw.push_back(take_word(text));
  constexpr std::size_t kLongest = 6;
  for (auto i = raw.size() > kLongest ? raw.size() - kLongest : 1; i < raw.size(); ++i) {
    const auto tail = end.substr(static_cast<std::size_t>(raw[i].data() - end.data()));
    bool is_clock_alone = false;
    const auto used = words_read(tail, plain_context, is_clock_alone);
    const bool ends_so = used != 0 && i + used == raw.size();
    const bool is_alone = i + 1 == raw.size();
    const auto word = at(i);
    const bool is_count =
        is_digit(word.empty() ? ' ' : word.front()) && used <= 2;  // "30 days", "2h": how long, not when
    const bool is_name = is_alone && (is_doubtful(word) || (word == "mai" && raw[i].front() == 'M'));
    if (!ends_so || is_clock_alone || is_name || (is_count && !is_numeral_of_date(word))) {
      const bool is_vague = i + 2 == raw.size() && word == "after" && at(i + 1) == "next";
      if (!is_vague) continue;
    }
    const bool is_own = when.has_day && (is_of_note(word) || (i > 0 && is_of_note(at(i - 1))));
    if (is_own) return {};
    return said(raw, i, raw.size() - i);
  }
  return {};
}

}  // namespace leadmail::leads
