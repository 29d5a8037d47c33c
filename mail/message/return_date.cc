#include "mail/message/return_date.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/fold.h"
#include "mail/message/word_index.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

// All in the spelling of fold_plain; a blank at an end means the end of a word.
// clang-format off
// Somebody comes back.
constexpr auto kBack = std::to_array<string_view>({
    " back", "return", "reopen", "re-open", "resume", "available again", "again from", "again on",
    " wieder", "zuruck", "erreichbar ab",
    "regres", "vuelvo", "volver", "retorn", "reincorpor", "de vuelta", "de nuevo", "reabri",
    "de retour", " retour", "reviens", "reviend", "rentre", "reprend", "rouvr",
    "voltarei", " volto", " voltar", "voltamos", "reabr",
    "rientr", " torno", "tornero", "ritorn", "riapr",
    " terug", " weer ", "hervat",
    " ater", "tillbaka", "tilbage", "tilbake", "takaisin", "palaan", "jalleen",
    "wroc", "wrac", "powrot", "powroc", "zpet", " vrat", "spat ", "вернусь", "вернемся", "возвращ", "выиду", "выхожу", "повернусь", "повертаюсь",
    "donece", "donus", "gelecegim", "vissza", " revin", "intorc", "επιστρ", "kembali",
    "tro lai", "quay lai", "di lam lai",
    "返回", "回来", "回來", "恢复", "恢復", "復帰", "出社", "戻り", "戻っ",
    "\u1107\u1169\u11a8\u1100\u1171", "\u1107\u1169\u11a8\u1100\u116f\u11ab",  // 복귀
});
// Somebody is away as far as the day that follows …
constexpr auto kUntil = std::to_array<string_view>({
    " until", " till", " til", " through", " thru", " bis", " bis zum", "hasta", "jusqu'au", "jusqu'a", "jusque", " ate", " fino al", " fino all'",
    " fino a", " sino al", " tot", " t/m", " tot en met", " t.o.m.", " t o m", " till och med", " til og med", " tom", " t.o.m", " do", " az do", " до",
    " по", " pana pe", " pana la", " pana", " pana in", " den het", " den het ngay", " cho den", "至", "到", "直到", " hingga", " sampai", " εωσ",
    " μεχρι", " עד", " עד ה", " حتى", " حتى يوم", " لغاية", "จนถงวนท", "จนถง", "ถงวนท", " fins al", " fins el", " fins", " up to", " up to and including", " ending", " pina pe", " do dnia", " den ngay", " toi ngay", " den het ngay",
});
// … or of the day before.
constexpr auto kUntilBehind = std::to_array<string_view>({
    "saakka", " saakka", " asti", "asti", "-ig", " tarihine kadar", "'e kadar", "'a kadar", " kadar", "まて", "\u1101\u1161\u110c\u1175",  // まで, 까지
});
// That day too is one of absence.
constexpr auto kIncluding = std::to_array<string_view>({
    "einschliesslich", "einschl.", "inkl", "inclus", "including", "incl.", "compres", " fino a tutto", "wlacznie", "включительно", "включно",
    "tot en met", "t/m", "t.o.m", "till och med", "til og med", "den het", "through", "thru", " vcetne", "まて", "\u1101\u1161\u110c\u1175", "dahil",
});
// A stretch of days begins.
constexpr auto kFrom = std::to_array<string_view>({
    "from", "between", " vom", " von", "desde", " del", " de", " du", " entre", " dal", " van", " tu ngay", " tu", " с", " з", " od", " fran", " fra", " starting",
    "从", "自", " ab ", " din",
});
// What stands between both ends of it.
constexpr auto kTo = std::to_array<string_view>({
    "to", "until", "till", "through", "thru", "-", "bis", "bis zum", "al", "hasta el", "hasta", "au", "a", "ao", "ate", "tot", "t/m", "tot en met", "den", "den ngay",
    "den het ngay", "по", "до", "do", "til", "till", "and", "und", "y el", "et le", "e", "al dia", "al giorno", "〜", "~", "到", "至",
});
constexpr auto kTomorrow = std::to_array<string_view>({"tomorrow", "manana", "ab morgen", "demain", "amanha", "domani", "ngay mai", "morgen", "завтра", "明日", "明天"});
// Articles and the like, which stand between a preposition and its date.
constexpr auto kFill = std::to_array<string_view>({
    "einschliesslich", "einschl", "inkl", "including", "inclusive", "the", "den", "dem", "der", "el", "le", "la", "dia", "ngay",
    "dnia", "o", "il", "lo", "de", "am", "on", "um", "pe", "het", "data", "date", "fecha", "giorno", "jour", "kl", "zum", "om", "ao",
    "τισ", "την", "proximo", "proxima", "next", "coming", "kommenden", "nachsten", "prochain", "prossimo",
});
// clang-format on

struct Candidate {
  std::optional<WrittenDay> day{};
  std::optional<int> weekday{};  // or the next day of that name
  bool tomorrow = false;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// "inkl." and the like, whose point ends no sentence.
bool is_short_word(string_view text) {
  constexpr auto kWords = std::to_array<string_view>({" inkl", " incl", " einschl", " approx", " ngay"});
  return std::any_of(kWords.begin(), kWords.end(), [&](string_view word) { return text.ends_with(word); });
}

/// The sentence so far, at most 90 bytes of it; with a blank in front, so that words can be told from their parts.
std::string before(string_view text, std::size_t at) {
  constexpr std::size_t kFar = 90;
  std::size_t from = at > kFar ? at - kFar : 0;
  for (auto i = from; i + 1 < at; ++i) {
    const bool point = (text[i] == '.' || text[i] == '!' || text[i] == '?') && ascii::is_space(text[i + 1]) && i > 3 &&
                       !ascii::is_digit(text[i - 1]) && text[i - 2] != ' ' && text[i - 3] != ' ' &&
                       !is_short_word(text.substr(0, i));
    if (point || (text[i] == '\n' && text[i + 1] == '\n')) from = i + 1;
    if (text.substr(i).starts_with("。")) from = i + string_view("。").size();
  }
  std::string result = " ";
  for (const char c : text.substr(from, at - from)) result += ascii::is_space(c) || c == '(' || c == '"' ? ' ' : c;
  return result;
}

/// The rest of the sentence, at most 40 bytes of it.
std::string after(string_view text, std::size_t at) {
  constexpr std::size_t kFar = 40;
  auto rest = text.substr(at, kFar);
  // "20 марта 2026 г. включительно": a letter alone ends no sentence.
  const auto skip = rest.starts_with(" г.") ? string_view(" г.").size() : 0;
  for (const auto end :
       {string_view(". "), string_view("!"), string_view("\n\n"), string_view("。"), string_view(".\n")})
    rest = rest.substr(0, rest.find(end, skip));
  std::string result(rest);
  for (char& c : result)
    if (ascii::is_space(c)) c = ' ';
  return result;
}

/// Without the articles and weekdays that stand between a preposition and its date: " until monday the" -> " until".
std::string bare_end(std::string text) {
  for (int turn = 0; turn < 6; ++turn) {
    while (!text.empty() && (text.back() == ' ' || text.back() == ',' || text.back() == '.' || text.back() == ':'))
      text.pop_back();
    const auto blank = text.rfind(' ');
    if (blank == std::string::npos) break;
    const auto word = string_view(text).substr(blank + 1);
    const bool fill = kTableOf<kFill>.has(word) || weekday_named(word) || word == "mo" || word == "di";
    if (!fill) break;
    text.resize(blank);
  }
  return text;
}

/// Between two days stands nothing but a word of kTo: "9 March to ", "9.3. - ".
bool joins(string_view between) {
  const auto is_joint = [](string_view text) {
    constexpr string_view kAround = " .,\n";
    const auto start = text.find_first_not_of(kAround);
    if (start == string_view::npos) return false;
    text = text.substr(start, text.find_last_not_of(kAround) + 1 - start);
    return kTableOf<kTo>.has(text);
  };
  return is_joint(between) || is_joint(bare_end(' ' + std::string(between)));
}

/// "9 to ", "del 9 al ", "9.-": the first of the stretch is a number by itself.
bool follows_number(string_view text) {
  const auto bare = bare_end(std::string(text));
  for (const auto word : kTo) {
    if (!string_view(bare).ends_with(word)) continue;
    auto head = string_view(bare).substr(0, bare.size() - word.size());
    while (!head.empty() && (head.back() == ' ' || head.back() == '.' || head.back() == ',')) head.remove_suffix(1);
    std::size_t digits = 0;
    while (digits < head.size() && ascii::is_digit(head[head.size() - 1 - digits])) ++digits;
    if (digits == 1 || digits == 2) return true;
  }
  return false;
}

class Reader {
 public:
  Reader(std::string text, sys_days sent) : text_(std::move(text)), sent_(sent) {}

  std::optional<year_month_day> read() {
    collect();
    std::optional<sys_days> until;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      const auto day = day_of(found_[i]);
      if (!day || *day < sent_ || *day > sent_ + days{366}) continue;
      const auto role = role_of(i);
      if (role == Role::back) return year_month_day{*day};
      if (role == Role::none || until) continue;
      until = role == Role::last_day ? *day + days{1} : *day;
    }
    if (!until) return {};
    return year_month_day{*until};
  }

 private:
  enum class Role { none, back, until, last_day };

  void collect() {
    for (const auto& day : find_days(text_)) found_.push_back({.day = day, .begin = day.begin, .end = day.end});
    add_ordinals();
    add_words();
    std::sort(found_.begin(), found_.end(), [](const Candidate& a, const Candidate& b) { return a.begin < b.begin; });
  }

  /// "the 18th" without its month: the next such day.
  void add_ordinals() {
    constexpr string_view kThe = "the ";
    for (auto at = text_.find(kThe); at != std::string::npos; at = text_.find(kThe, at + 1)) {
      std::size_t i = at + kThe.size();
      unsigned number = 0;
      while (i < text_.size() && i < at + kThe.size() + 2 && ascii::is_digit(text_[i]))
        number = number * 10 + static_cast<unsigned>(text_[i++] - '0');
      const auto end = string_view(text_).substr(i, 2);
      const bool ordinal = end == "st" || end == "nd" || end == "rd" || end == "th";
      const bool dated = std::any_of(found_.begin(), found_.end(),
                                     [&](const Candidate& c) { return c.day && c.begin < i + 2 && c.end > at; });
      if (!ordinal || dated || number < 1 || number > 31) continue;
      const auto today = year_month_day{sent_};
      for (auto month = today.year() / today.month(); month <= today.year() / today.month() + std::chrono::months{2};
           month += std::chrono::months{1}) {
        const auto day = month / std::chrono::day{number};
        if (!day.ok() || sys_days{day} < sent_) continue;
        const WrittenDay written{
            static_cast<int>(day.year()), static_cast<unsigned>(day.month()), number, false, at, i + 2};
        found_.push_back({.day = written, .begin = at + kThe.size(), .end = i + 2});
        break;
      }
    }
  }

  /// Weekdays and "tomorrow" that stand by themselves.
  void add_words() {
    constexpr std::size_t kMost = 40;
    for (std::size_t i = 0; i < text_.size() && found_.size() < kMost;) {
      const auto letter = [&](std::size_t k) {
        return ascii::is_alpha(text_[k]) || ascii::is_8bit(text_[k]) || text_[k] == '-';
      };
      if (!letter(i)) {
        ++i;
        continue;
      }
      auto end = i;
      while (end < text_.size() && letter(end)) ++end;
      const auto word = string_view(text_).substr(i, end - i);
      const auto weekday = weekday_named(word);
      const bool tomorrow = kTableOf<kTomorrow>.has(word);
      if ((weekday && word.size() > 3 && !belongs_to_date(end)) || tomorrow)
        found_.push_back({.weekday = weekday, .tomorrow = tomorrow, .begin = i, .end = end});
      i = end;
    }
  }

  [[nodiscard]] bool belongs_to_date(std::size_t end) const {
    constexpr std::size_t kNear = 12;
    return std::any_of(found_.begin(), found_.end(),
                       [&](const Candidate& c) { return c.day && c.begin >= end && c.begin <= end + kNear; });
  }

  /// The day itself; the next one where no year stands.
  [[nodiscard]] std::optional<sys_days> day_of(const Candidate& candidate) const {
    if (candidate.tomorrow) return sent_ + days{1};
    if (candidate.weekday) {
      const auto today = static_cast<int>(std::chrono::weekday{sent_}.iso_encoding()) - 1;
      return sent_ + days{(*candidate.weekday - today + 6) % 7 + 1};
    }
    auto day = next(*candidate.day);
    if (candidate.day->swappable) {
      auto other = *candidate.day;
      std::swap(other.day, other.month);
      const auto swapped = next(other);
      // Of both readings the one that comes first; what has passed is none.
      if (swapped && *swapped >= sent_ && (!day || *day < sent_ || *swapped < *day)) day = swapped;
    }
    return day;
  }

  [[nodiscard]] std::optional<sys_days> next(const WrittenDay& day) const {
    const auto in = [&](int year) {
      return year_month_day{std::chrono::year{year}, std::chrono::month{day.month}, std::chrono::day{day.day}};
    };
    if (day.year != 0) return in(day.year).ok() ? std::optional(sys_days{in(day.year)}) : std::nullopt;
    const int year = static_cast<int>(year_month_day{sent_}.year());
    constexpr days kLately{60};  // "from 9 February to …" tells of this year
    for (const int candidate : {year, year + 1})
      if (in(candidate).ok() && sys_days{in(candidate)} + kLately >= sent_) return sys_days{in(candidate)};
    return {};
  }

  [[nodiscard]] Role role_of(std::size_t i) const {
    const auto& one = found_[i];
    const auto start = i == 0 ? 0 : found_[i - 1].end;
    auto left = before(text_, one.begin);
    // What stands before the day before speaks of that one.
    if (i > 0 && one.begin - start < left.size()) left = ' ' + left.substr(left.size() - (one.begin - start));
    // Up to the next day, unless both stand in the same letters.
    const auto next = i + 1 < found_.size() ? std::max(found_[i + 1].begin, one.end) : text_.size();
    const auto right = after(string_view(text_).substr(0, next), one.end);
    const auto bare = bare_end(left);

    if (contains_one_of<kBack>(left)) return Role::back;
    const bool until = ends_with_one_of<kUntil>(bare) ||
                       ends_with_one_of<kUntil>(left.substr(0, left.find_last_not_of(' ') + 1)) ||
                       std::any_of(kUntilBehind.begin(), kUntilBehind.end(),
                                   [&](string_view word) { return right.starts_with(word); });
    const bool stretch =
        (i > 0 && joins(string_view(text_).substr(start, one.begin - start)) && begins_stretch(i - 1)) ||
        follows_number(left);
    const bool including = contains_one_of<kIncluding>(left) || contains_one_of<kIncluding>(right);
    // "16.03. wieder erreichbar", but not "bis 13.03. … wieder".
    const bool alone = i + 1 == found_.size() || found_[i + 1].begin > one.end + right.size();
    if (!until && !stretch && alone && contains_one_of<kBack>(' ' + right)) return Role::back;
    if (stretch || (until && including)) return Role::last_day;
    return until ? Role::until : Role::none;
  }

  [[nodiscard]] bool begins_stretch(std::size_t i) const {
    const auto left = bare_end(before(text_, found_[i].begin));
    const auto joined = string_view(text_).substr(found_[i].end, 3);
    return ends_with_one_of<kFrom>(left) || joined.find('-') != string_view::npos ||
           ends_with_one_of<kFrom>(before(text_, found_[i].begin));
  }

  std::string text_;
  sys_days sent_;
  std::vector<Candidate> found_{};
};

}  // namespace

std::optional<year_month_day> read_return(string_view text, const DateContext& context) {
  constexpr std::size_t kRead = 4000;
  if (!context.sent) return {};
  const auto local = *context.sent + std::chrono::minutes{context.offset};
  return Reader(fold_plain(utf8_prefix(text, kRead)), std::chrono::floor<days>(local)).read();
}

}  // namespace leadmail::mail::message
