#include "mail/message/attribution.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "mail/message/ascii.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/text_lines.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kNoNumber = 1000;

// Words before the first number that stands by itself: few in a date, while digits inside an address say nothing.
std::size_t words_before_number(string_view text) {
  constexpr string_view kBeforeNumber = " (\"'[*,";
  std::size_t words = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool apart = i == 0 || kBeforeNumber.find(text[i - 1]) != string_view::npos || ascii::is_8bit(text[i - 1]);
    if (apart && digit_at(text, i) > 0) return words;
    if (text[i] != ' ' && (i == 0 || text[i - 1] == ' ')) ++words;
  }
  return kNoNumber;
}

// Dashes, stars and blanks that clients draw around the words.
string_view undrawn(string_view text) {
  while (!text.empty() && string_view("-*_ ").find(text.front()) != string_view::npos) text.remove_prefix(1);
  while (!text.empty() && string_view("-*_ ").find(text.back()) != string_view::npos) text.remove_suffix(1);
  return trim_blank(text);
}

// Digits in an address are no date.
std::string without_addresses(string_view text) {
  std::string rest;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    if (word.find('@') == string_view::npos) (rest += word) += ' ';
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
  return rest;
}

// What can be seen of a text before its meaning is weighed.
struct Looks {
  explicit Looks(string_view text);

  string_view core{};  ///< without drawn marks and without the colon
  bool drawn = false;  ///< "---- Ann wrote ----"
  bool colon = false;
  bool dated = false;
  bool dated_fully = false;  ///< with a year
  bool addressed = false;
  bool starts = false;
  bool quotes = false;  ///< "Quoting Ann"
  std::size_t words = 0;
  std::optional<Found> verb{};

  [[nodiscard]] string_view before_verb() const { return core.substr(0, verb->at); }
  [[nodiscard]] string_view behind_verb() const { return trim_blank(core.substr(verb->at + verb->length)); }
  [[nodiscard]] bool ends_in_address() const {
    return core.ends_with('>') || core.ends_with(')') || has_address(core.substr(core.rfind(' ') + 1));
  }
};

Looks::Looks(string_view text) {
  text = trim_blank(text);
  drawn = text.starts_with("--") && text.ends_with("--");
  core = undrawn(text);
  for (const string_view mark : {string_view(":"), string_view("：")}) {
    if (colon || !core.ends_with(mark)) continue;
    core.remove_suffix(mark.size());
    colon = true;
  }
  core = undrawn(core);
  addressed = has_address(core);
  const auto words_only = addressed ? without_addresses(core) : std::string(core);
  dated = has_date(words_only);
  dated_fully = has_year(words_only);
  starts = starts_attribution(core);
  quotes = opens_quoting(core);
  words = word_count(core);
  verb = find_quote_verb(core);
  // "Ann skrev: (2 februari 2026)"
  if (verb && !colon) colon = core.substr(verb->at + verb->length).starts_with(':');
}

// "Ann Bell wrote:" says little: the quote must follow, or dashes stand around.
bool is_name_and_verb(const Looks& looks, bool quote_below) {
  constexpr std::size_t kNameWords = 7;
  if (looks.words > kNameWords || !(looks.drawn || (looks.colon && quote_below))) return false;
  return looks.quotes || (looks.verb && looks.behind_verb().empty() && looks.verb->at > 0);
}

bool has_verb_inside(const Looks& looks, bool quote_below) {
  constexpr std::size_t kWords = 18;
  if (!looks.colon || !looks.dated || looks.words > kWords) return false;
  // "Am 1.5.2024 schrieb Ann:"
  constexpr std::size_t kNameWords = 9;
  const bool date_first =
      looks.starts && has_date(looks.before_verb()) && word_count(looks.behind_verb()) <= kNameWords;
  // "Anna <anna@example.com> ezt írta (időpont: 2026. febr. 2.):", "Анна писал(а) 2026-02-02 17:14:"
  constexpr std::size_t kFewWords = 7;
  const bool name_first = looks.words <= kFewWords && looks.verb->at > 0 && has_date(looks.behind_verb());
  return date_first || name_first || looks.addressed || quote_below;
}

bool is_attribution(const Looks& looks, bool quote_below) {
  if (looks.core.empty()) return false;
  if (!looks.dated && !looks.addressed) return is_name_and_verb(looks, quote_below);
  // Who tells a story says "I": "On 3 March I went to town and wrote:"
  if (!looks.addressed && looks.core.find(" I ") != string_view::npos) return false;

  constexpr std::size_t kWordsOfQuoting = 18;
  if (looks.quotes && looks.colon && looks.words <= kWordsOfQuoting) return true;
  if (looks.verb && looks.behind_verb().empty()) return looks.addressed || looks.drawn || looks.starts || quote_below;
  if (looks.verb && has_verb_inside(looks, quote_below)) return true;

  // No verb that we know, but all that such a line tells.
  constexpr std::size_t kWords = 20;
  if (looks.dated && looks.addressed && looks.colon && quote_below && looks.words <= kWords) return true;
  if (looks.dated && looks.addressed && looks.starts && looks.ends_in_address())
    return looks.colon || (quote_below && (looks.core.ends_with('>') || looks.core.ends_with(')')));
  // "2. Feb. 2026, 17:14 von ann@acme.example:", and in another order "Ann Bell, 02.02.2026 17:14:"
  constexpr std::size_t kFewWords = 7;
  return looks.dated && looks.colon && quote_below && looks.starts && looks.words <= kFewWords;
}

}  // namespace

bool starts_attribution(string_view line) {
  constexpr std::size_t kWordsBeforeDate = 3;
  const auto words = words_before_number(line);
  return words <= kWordsBeforeDate || (words < kNoNumber && opens_attribution(line));
}

bool may_end_attribution(string_view line) {
  return line.ends_with(':') || line.ends_with("：") || line.ends_with('>') || line.ends_with('-') ||
         line.ends_with('*') || line.ends_with(')') || ends_with_quote_verb(line);
}

Attribution read_attribution(string_view text, bool quote_below) {
  const Looks looks(text);
  if (!is_attribution(looks, quote_below)) return Attribution::none;
  constexpr std::size_t kFewestWords = 4;
  const bool named = looks.verb && looks.verb->at > 0 && looks.words >= kFewestWords;
  const bool whole =
      looks.quotes || (!looks.dated && !looks.addressed) || (looks.dated_fully && (looks.addressed || named));
  return whole && !looks.core.starts_with('<') && !looks.core.starts_with('>') ? Attribution::whole : Attribution::part;
}

}  // namespace leadmail::mail::message
