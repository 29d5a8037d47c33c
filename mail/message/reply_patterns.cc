#include "mail/message/reply_patterns.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mail/message/ascii.h"
#include "mail/message/closing_words.h"
#include "mail/message/fold_case.h"
#include "mail/message/reply_words.h"
#include "mail/message/word_index.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

struct Label {
  string_view word{};
  HeaderLabel meaning = HeaderLabel::other;
};

// The columns of a row, in the order of LabelRow.
constexpr std::array kMeanings{HeaderLabel::from, HeaderLabel::date,    HeaderLabel::to,
                               HeaderLabel::cc,   HeaderLabel::subject, HeaderLabel::other};
constexpr std::array<string_view, kMeanings.size()> columns(const LabelRow& row) {
  return {row.from, row.date, row.to, row.cc, row.subject, row.other};
}

consteval std::size_t count_labels() {
  std::size_t count = 0;
  for (const auto& row : kLabels)
    for (const auto words : columns(row)) count += count_words_of(words);
  return count;
}

consteval auto split_labels() {
  std::array<Label, count_labels()> labels{};
  std::size_t next = 0;
  for (const auto& row : kLabels) {
    for (std::size_t column = 0; column < kMeanings.size(); ++column)
      for (auto words = columns(row)[column]; !words.empty();) labels[next++] = {next_word(words), kMeanings[column]};
  }
  return labels;
}

constexpr auto kLabelWords = split_labels();
constexpr auto kLabelIndex = index_words(kLabelWords, [](const Label& label) { return label.word.front(); });

constexpr bool is_word(char c) { return ascii::is_alnum(c) || ascii::is_8bit(c); }

// No-break, zero-width and ideographic spaces, and the byte order mark, as mail clients leave them around text.
constexpr auto kWideSpaces = std::to_array<string_view>({
    "\u00a0", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202f", "\u2003",
    "\u2002", "\u2009", "\u3000", "\ufeff", "\u00ad", "\u2060", "\u202a", "\u202b",
    "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069",
});

std::size_t blank_at_start(string_view text) {
  if (text.empty()) return 0;
  if (!ascii::is_8bit(text.front())) return ascii::is_space(text.front()) ? 1 : 0;
  for (const auto place : kByFirst<kWideSpaces>.at(text.front()))
    if (text.starts_with(kWideSpaces[place])) return kWideSpaces[place].size();
  return 0;
}

std::size_t blank_at_end(string_view text) {
  if (text.empty()) return 0;
  if (!ascii::is_8bit(text.back())) return ascii::is_space(text.back()) ? 1 : 0;
  for (const auto place : kByLast<kWideSpaces>.at(text.back()))
    if (text.ends_with(kWideSpaces[place])) return kWideSpaces[place].size();
  return 0;
}

// Dashes, stars, underscores and the like that clients draw around a marker.
string_view without_rule(string_view text) {
  const auto drawn = [](string_view t, bool front) -> std::size_t {
    constexpr string_view kDrawn = "-_*=~#>|";
    if (t.empty()) return 0;
    const char end = front ? t.front() : t.back();
    if (!ascii::is_8bit(end)) return ascii::is_space(end) || kDrawn.find(end) != string_view::npos ? 1 : 0;
    for (const auto dash : {string_view("—"), string_view("–"), string_view("―"), string_view("─")})
      if (front ? t.starts_with(dash) : t.ends_with(dash)) return dash.size();
    return front ? blank_at_start(t) : blank_at_end(t);
  };
  while (const auto n = drawn(text, true)) text.remove_prefix(n);
  while (const auto n = drawn(text, false)) text.remove_suffix(n);
  return text;
}

std::size_t count_words(string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    if (ascii::is_space(c)) {
      inside = false;
    } else if (!std::exchange(inside, true)) {
      ++words;
    }
  }
  return words;
}

string_view without_end(string_view text, string_view ends) {
  constexpr auto kWide = std::to_array<string_view>({"：", "，", "。", "、", "！"});
  for (bool again = true; again;) {
    again = false;
    text = trim_blank(text);
    while (!text.empty() && ends.find(text.back()) != string_view::npos) text.remove_suffix(1), again = true;
    if (text.empty() || !ascii::is_8bit(text.back())) continue;
    for (const auto wide : kWide)
      if (text.ends_with(wide)) text.remove_suffix(wide.size()), again = true;
  }
  return text;
}

// As much of a line's start or end as a word of the tables can be long, whole characters.
string_view start_of(string_view line) {
  constexpr std::size_t kLongest = 96;
  if (line.size() <= kLongest) return line;
  auto size = kLongest;
  while (size > 0 && (static_cast<unsigned char>(line[size]) & 0xC0U) == 0x80) --size;
  return line.substr(0, size);
}

string_view end_of(string_view line) {
  constexpr std::size_t kLongest = 96;
  if (line.size() <= kLongest) return line;
  auto start = line.size() - kLongest;
  while (start < line.size() && (static_cast<unsigned char>(line[start]) & 0xC0U) == 0x80) ++start;
  return line.substr(start);
}

// A rule is drawn around a marker, or a colon stands behind it; nor is a marker long.
bool may_be_marked(string_view line) {
  constexpr std::size_t kLongest = 160;
  static constexpr ascii::Set kDrawn{"-_*=~#>|: \t"};
  const auto drawn = [](char c) { return kDrawn.has(c) || ascii::is_8bit(c); };
  return !line.empty() && line.size() <= kLongest && (drawn(line.front()) || drawn(line.back()));
}

// What help desks draw, to cut the answer off there.
bool is_above_line(string_view inner) {
  constexpr std::size_t kWords = 12;
  std::string room;
  return count_words(inner) <= kWords && contains_one_of<kWordsOf<kAboveLines>>(fold_case(inner, room));
}

}  // namespace

string_view trim_blank(string_view text) {
  while (const auto n = blank_at_start(text)) text.remove_prefix(n);
  while (const auto n = blank_at_end(text)) text.remove_suffix(n);
  return text;
}

bool starts_with_fold(string_view text, string_view prefix) { return ascii::starts_with(text, prefix); }

bool contains_fold(string_view text, string_view part) { return ascii::contains(text, part); }

std::optional<LabelledLine> header_label(string_view line) {
  line = trim_blank(line);
  while (!line.empty() && (line.front() == '*' || line.front() == '_')) line.remove_prefix(1);
  constexpr std::size_t kLongestLabel = 48;
  auto colon = line.substr(0, kLongestLabel).find(':');
  std::size_t width = 1;
  if (const auto wide = line.substr(0, kLongestLabel).find("："); wide < colon)
    colon = wide, width = string_view("：").size();
  if (colon == string_view::npos) return std::nullopt;

  auto word = line.substr(0, colon);
  auto value = line.substr(colon + width);
  const auto stars = [](string_view t) {
    t = trim_blank(t);
    while (!t.empty() && (t.back() == '*' || t.back() == '_')) t.remove_suffix(1);
    return trim_blank(t);
  };
  word = stars(word);
  while (value.starts_with("*")) value.remove_prefix(1);
  if (word.empty()) return std::nullopt;
  // "收件人" may be spaced out: "收 件 人" is rare enough to be left alone.
  std::string room;
  const auto folded = fold_case(word, room);
  for (const auto place : kLabelIndex.at(folded.front())) {
    if (ascii::same(folded, kLabelWords[place].word))
      return LabelledLine{kLabelWords[place].meaning, trim_blank(value)};
  }
  return std::nullopt;
}

bool is_original_marker(string_view line) {
  if (!may_be_marked(line)) return false;
  const auto inner = without_rule(line);
  // "##- Please type your reply above this line -##"
  if (inner.size() + 3 < line.size() && is_above_line(inner)) return true;
  if (inner.size() == line.size()) return false;  // no rule drawn around: words of a sentence
  std::string room;
  return is_one_of<kWordsOf<kOriginals>>(fold_case(without_end(inner, ":"), room));
}

bool is_forward_marker(string_view line) {
  if (!may_be_marked(line)) return false;
  const auto inner = without_rule(line);
  std::string room;
  const auto words = fold_case(without_end(inner, ":"), room);
  const bool marked = inner.size() != line.size() || words.size() != inner.size();
  if (!marked || words.empty()) return false;
  // Lotus Notes: "----- Forwarded by Ann Bell/Acme on 02.02.2026 -----"
  return is_one_of<kWordsOf<kForwards>>(words) || starts_with_fold(words, "forwarded by ") ||
         starts_with_fold(words, "forwarded message from ");
}

std::optional<Found> find_quote_verb(string_view whole) {
  constexpr std::size_t kNearEnd = 240;  // a name and an address follow it at most
  const auto skipped = whole.size() - std::min(whole.size(), kNearEnd);
  std::string room;
  const auto text = fold_case(whole.substr(skipped), room);
  // A whole word, except in scripts that do not part words; "<a@b.example>wrote:" has no blank either.
  const auto stands_alone = [&](std::size_t at, string_view verb) {
    const auto after = at + verb.size();
    const bool before = at == 0 || !is_word(text[at - 1]) || ascii::is_8bit(verb.front());
    return before && (after >= text.size() || !is_word(text[after]) || ascii::is_8bit(verb.back()));
  };
  for (std::size_t at = text.size(); at-- > 0;) {
    std::size_t longest = 0;
    for (const auto place : kByFirst<kWordsOf<kVerbs>>.at(text[at])) {
      const auto verb = kWordsOf<kVerbs>[place];
      if (verb.size() > longest && starts_with_fold(text.substr(at), verb) && stands_alone(at, verb))
        longest = verb.size();
    }
    if (longest == 0) continue;
    // "het volgende geschreven" ends in "geschreven": the longest that ends there.
    const auto end = at + longest;
    for (const auto place : kByLast<kWordsOf<kVerbs>>.at(text[end - 1])) {
      const auto verb = kWordsOf<kVerbs>[place];
      if (verb.size() > longest && verb.size() <= end &&
          ascii::same(text.substr(end - verb.size(), verb.size()), verb) && stands_alone(end - verb.size(), verb))
        longest = verb.size();
    }
    return Found{skipped + end - longest, longest};
  }
  return std::nullopt;
}

bool ends_with_quote_verb(string_view text) {
  std::string room;
  return ends_with_one_of<kWordsOf<kVerbs>>(fold_case(end_of(text), room));
}

bool opens_attribution(string_view text) {
  std::string room;
  return begins_with_one_of<kWordsOf<kOpeners>>(fold_case(start_of(without_rule(trim_blank(text))), room));
}

bool opens_quoting(string_view text) {
  std::string room;
  return begins_with_one_of<kWordsOf<kQuoters>>(fold_case(start_of(without_rule(trim_blank(text))), room));
}

// "an AT&T 5G smartphone", and nothing more.
bool names_device(string_view text) {
  constexpr std::size_t kMostWords = 5;
  std::string room;
  const bool has_article = std::ranges::any_of(
      std::to_array<string_view>({"a ", "an ", "un ", "una ", "une ", "ein ", "eine ", "um ", "uma "}),
      [&](string_view article) { return text.starts_with(article); });
  return has_article && count_words(text) <= kMostWords && contains_one_of<kWordsOf<kDevices>>(fold_case(text, room));
}

bool is_mobile_footer(string_view line) {
  while (!line.empty() && (line.front() == '*' || line.front() == '_' || line.front() == '[' || line.front() == '('))
    line.remove_prefix(1);
  constexpr std::size_t kLongest = 300;  // a link may stand in it
  if (line.size() < 6 || line.size() > kLongest) return false;
  // "iOS용 Outlook 다운로드<https://aka.ms/o0ukef>"
  if (const auto link = line.find("<http"); link != string_view::npos && link > 0 && line.ends_with('>'))
    line = trim_blank(line.substr(0, link));
  std::string room;
  const auto folded = fold_case(line, room);
  constexpr std::size_t kWordsOfFooter = 14;
  if (!begins_with_one_of<kWordsOf<kFooterHeads>>(folded)) {
    return ends_with_one_of<kWordsOf<kFooterTails>>(folded) && contains_one_of<kWordsOf<kDevices>>(folded) &&
           count_words(line) <= kWordsOfFooter;
  }
  // "Sent from my desk, is much easier than my phone." goes on as a sentence: a comma, then a verb. Carriers name the
  // device once more behind it.
  if (const auto comma = line.find(", "); comma != string_view::npos && comma + 2 < line.size() &&
                                          line[comma + 2] >= 'a' && line[comma + 2] <= 'z' &&
                                          !contains_fold(line, "open source") && !names_device(line.substr(comma + 2)))
    return false;
  constexpr std::size_t kWordsWithoutDevice = 7;
  return count_words(line) <= (contains_one_of<kWordsOf<kDevices>>(folded) ? kWordsOfFooter : kWordsWithoutDevice) &&
         line.back() != ':' && line.back() != '?';
}

SignOff sign_off(string_view line) {
  // In two languages: "Mit freundlichen Grüßen / Best regards"
  if (const auto bar = line.find(" / "); bar != string_view::npos && bar > 0) {
    const auto first = sign_off(line.substr(0, bar));
    return first != SignOff::none && sign_off(line.substr(bar + 3)) != SignOff::none ? first : SignOff::none;
  }
  constexpr std::size_t kLongest = 90;
  if (line.size() > kLongest) return SignOff::none;
  while (!line.empty() && (line.front() == '*' || line.front() == '_' || line.front() == '-' || line.front() == ' '))
    line.remove_prefix(1);
  std::string room;
  const auto words = fold_case(without_end(line, ",.!*_-:;"), room);
  if (words.empty()) return SignOff::none;
  if (is_one_of<kWordsOf<kFormalSignOffs>>(words)) return SignOff::formal;
  if (is_one_of<kWordsOf<kWeakSignOffs>>(words)) return SignOff::weak;
  return SignOff::none;
}

bool is_greeting(string_view line) {
  line = trim_blank(line);
  constexpr std::size_t kLongest = 60;
  constexpr std::size_t kWords = 6;
  if (line.empty() || line.size() > kLongest || count_words(line) > kWords) return false;
  if (line.back() == '?' || line.back() == '.') return false;
  std::string room;
  const auto folded = fold_case(line, room);
  const auto places = kByFirst<kWordsOf<kGreetings>>.at(folded.front());
  return std::any_of(places.begin(), places.end(), [&](auto place) {
    const auto greeting = kWordsOf<kGreetings>[place];
    return starts_with_fold(folded, greeting) &&
           (folded.size() == greeting.size() || !is_word(folded[greeting.size()]));
  });
}

bool points_below(string_view line) {
  constexpr std::size_t kLongest = 120;
  constexpr std::size_t kWords = 12;
  if (line.size() > kLongest || count_words(line) > kWords) return false;
  std::string room;
  const auto folded = ascii::lower(fold_case(line, room));
  return contains_one_of<kWordsOf<kBelow>>(folded);
}

bool opens_disclaimer(string_view line) {
  // A scanner's picture, as text: "<https://…> Virus-free."
  if (starts_with_fold(line, "<http")) line = trim_blank(line.substr(std::min(line.size(), line.find('>') + 1)));
  while (!line.empty() && (line.front() == '*' || line.front() == '_' || line.front() == '[' || line.front() == '('))
    line.remove_prefix(1);
  std::string room;
  return begins_with_one_of<kWordsOf<kDisclaimers>>(fold_case(start_of(line), room));
}

std::size_t digit_at(string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (!ascii::is_8bit(text[at])) return ascii::is_digit(text[at]) ? 1 : 0;
  struct Digits {
    string_view lead;  // UTF-8 but for its last byte
    unsigned char zero;
  };
  // Arabic, Persian, Devanagari, Bengali, Thai, full width.
  static constexpr auto kScripts = std::to_array<Digits>(
      {{"\xD9", 0xA0}, {"\xDB", 0xB0}, {"\xE0\xA5", 0xA6}, {"\xE0\xA7", 0xA6}, {"\xE0\xB9", 0x90}, {"\xEF\xBC", 0x90}});
  const auto rest = text.substr(at);
  for (const auto& [lead, zero] : kScripts) {
    if (rest.size() <= lead.size() || !rest.starts_with(lead)) continue;
    const auto last = static_cast<unsigned char>(rest[lead.size()]);
    if (last >= zero && last < zero + 10) return lead.size() + 1;
  }
  return 0;
}

bool has_year(string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t digits = 0, width = digit_at(text, i);
    if (width == 0) {
      ++i;
      continue;
    }
    for (; width > 0; width = digit_at(text, i)) i += width, ++digits;
    if (digits == 4) return true;
    // "2/2/26"
    const auto rest = text.substr(i);
    if (digits == 2 && i >= 4 && !rest.starts_with(':') && (text[i - 3] == '/' || text[i - 3] == '.')) return true;
  }
  return false;
}

bool has_date(string_view text) {
  constexpr string_view kBetween = ":./-h";
  for (std::size_t i = 0; i < text.size();) {
    std::size_t digits = 0, width = digit_at(text, i);
    if (width == 0) {
      ++i;
      continue;
    }
    const auto start = i;
    for (; width > 0; width = digit_at(text, i)) i += width, ++digits;
    // 19.., 20.. and, of other calendars, 14.. and 25..; figures of other scripts are dates more often than prices.
    const auto century = text.substr(start, 2);
    if (digits == 4 && (century == "19" || century == "20" || century == "25" || ascii::is_8bit(text[start])))
      return true;
    if (digits <= 2 && i < text.size() && kBetween.find(text[i]) != string_view::npos && digit_at(text, i + 1) > 0)
      return true;
    if (digits <= 4 &&
        (text.substr(i).starts_with("年") || text.substr(i).starts_with("月") || text.substr(i).starts_with("년")))
      return true;
  }
  return false;
}

bool has_time(string_view text) {
  const bool dated = has_year(text);  // or "17.14" may be the day and the month
  for (std::size_t i = 0; i < text.size();) {
    const auto start = i;
    std::size_t digits = 0, width = digit_at(text, i);
    if (width == 0) {
      ++i;
      continue;
    }
    for (; width > 0; width = digit_at(text, i)) i += width, ++digits;
    const auto rest = text.substr(i);
    if (digits > 2) continue;
    for (const string_view sign : {"時", "时", "點", "点", "시"})
      if (rest.starts_with(sign) || rest.starts_with(' ' + std::string(sign))) return true;
    if (rest.empty() || string_view(":.h").find(rest.front()) == string_view::npos) continue;
    const bool inside = start > 0 && string_view(".:/-").find(text[start - 1]) != string_view::npos;
    auto end = i + 1;
    std::size_t minutes = 0;
    for (width = digit_at(text, end); width > 0; width = digit_at(text, end)) end += width, ++minutes;
    const bool goes_on =
        end < text.size() && string_view("./-").find(text[end]) != string_view::npos && digit_at(text, end + 1) > 0;
    if (minutes == 2 && (rest.front() != '.' || (dated && !inside && !goes_on))) return true;
  }
  return false;
}

bool has_address(string_view text) {
  for (auto at = text.find('@'); at != string_view::npos; at = text.find('@', at + 1)) {
    if (at > 0 && at + 1 < text.size() && is_word(text[at - 1]) && is_word(text[at + 1])) return true;
  }
  return false;
}

}  // namespace leadmail::mail::message
