#include "mail/message/signature_block.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/fold_case.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/signature_words.h"
#include "mail/message/word_index.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kLongestSignature = 14;  // lines that are not blank, below a drawn rule or a closing
constexpr std::size_t kLinesBelowDashes = 40;  // below "-- ", which means it. RFC 3676 §4.3
constexpr std::size_t kDisclaimerWithin = 60;  // lines from the end in which a notice may begin

constexpr auto kContactLabels = std::to_array<string_view>({
    "tel:",     "tel.",     "phone:",  "mobile:", "mob:",     "cell:",      "fax:",     "email:", "e-mail:",  "web:",
    "skype:",   "t:",       "m:",      "f:",      "p:",       "e:",         "w:",       "tél",    "teléfono", "telefon",
    "telefone", "telefono", "móvil",   "celular", "whatsapp", "điện thoại", "đt:",      "sđt:",   "电话",     "電話",
    "전화",     "direct:",  "office:", "ph:",     "mail:",    "www.",       "linkedin",
});

// "PS: and two valves", "P.S. …", "NB: …"
bool is_postscript(string_view body) {
  constexpr auto kMarked = std::to_array<string_view>({"p.s.", "p.p.s.", "n.b.", "p.d.", "υ.γ.", "υγ.", "з.ы."});
  constexpr auto kWords =
      std::to_array<string_view>({"ps",       "p.s",           "pps",        "p.p.s",         "nb",      "n.b",
                                  "pd",       "p.d",           "postscript", "post scriptum", "posdata", "postdata",
                                  "nachtrag", "post-scriptum", "зы",         "постскриптум",  "тб",      "tb",
                                  "t.b",      "tái bút",       "追伸",       "附言",          "又及",    "추신",
                                  "υγ",       "utóirat",       "ui",         "u.i",           "dopisek", "dodatek",
                                  "dipnot"});
  while (!body.empty() && (body.front() == '*' || body.front() == '_')) body.remove_prefix(1);
  // Most lines begin with none of their letters.
  static constexpr ascii::Set kFirst{"pPnNdDuUtT"};
  if (body.empty() || (!ascii::is_8bit(body.front()) && !kFirst.has(body.front()))) return false;
  std::string room;
  const auto folded = fold_case(utf8_prefix(body, 60), room);
  if (std::any_of(kMarked.begin(), kMarked.end(), [&](string_view word) { return starts_with_fold(folded, word); }))
    return true;
  return std::any_of(kWords.begin(), kWords.end(), [&](string_view word) {
    if (!starts_with_fold(folded, word)) return false;
    const auto rest = folded.substr(word.size());
    return rest.starts_with(':') || rest.starts_with(" :") || rest.starts_with("：") || rest.starts_with("*:") ||
           rest.starts_with(" - ") || rest.starts_with(" – ") || rest.starts_with(". ");
  });
}

// What follows the sign that begins a point of a list: "- flow", "• head", "1. pumps", "b) valves".
string_view list_item(string_view body) {
  for (const string_view sign : {"- ", "* ", "• ", "+ ", "– ", "· ", "○ ", "■ "})
    if (body.starts_with(sign)) return trim_blank(body.substr(sign.size()));
  constexpr std::size_t kMostDigits = 3;
  std::size_t i = 0;
  while (i < kMostDigits && i < body.size() && ascii::is_digit(body[i])) ++i;
  if (i == 0 && !body.empty() && ascii::is_alpha(body[0])) i = 1;
  const bool marked = i > 0 && i + 1 < body.size() && (body[i] == ')' || (body[i] == '.' && ascii::is_digit(body[0])));
  return marked && body[i + 1] == ' ' ? trim_blank(body.substr(i + 2)) : string_view{};
}

// "10000 EUR", "€ 25": an amount, but not the capital that a company's law wants told. Of a line with digits.
bool has_price(string_view body) {
  constexpr auto kCapital = std::to_array<string_view>({"capital", "kapital", "capitale", "kapitał"});
  constexpr auto kCurrencies = std::to_array<string_view>(
      {"€", "$", "£", "¥", "₫", "₽", "₺", "₹", "EUR", "USD", "GBP", "CHF", "VND", "MXN", "PLN", "CNY", "RMB", "JPY"});
  return std::any_of(kCurrencies.begin(), kCurrencies.end(),
                     [&](string_view word) { return body.find(word) != string_view::npos; }) &&
         std::none_of(kCapital.begin(), kCapital.end(), [&](string_view word) { return contains_fold(body, word); });
}

// "20 pumps", "5x valve": a number and, small, what there are so many of. Streets and towns are written with capitals.
bool has_count(string_view body) {
  for (std::size_t i = 0; i + 1 < body.size(); ++i) {
    if (!ascii::is_digit(body[i])) continue;
    const bool apart = i == 0 || body[i - 1] == ' ' || body[i - 1] == '(';
    auto end = i;
    while (end < body.size() && (ascii::is_digit(body[end]) || body[end] == '.' || body[end] == ',')) ++end;
    auto rest = body.substr(end);
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    std::size_t letters = 0;
    while (letters < rest.size() && rest[letters] >= 'a' && rest[letters] <= 'z') ++letters;
    const auto word = rest.substr(0, letters);
    const bool whole = letters == rest.size() || !ascii::is_8bit(rest[letters]);
    // "20 de mayo", "9 am", "3rd floor"
    if (apart && whole && (letters > 2 || word == "x" || word == "m" || word == "kg" || word == "mm") &&
        word != "rue" && word != "bis" && word != "ter" && word != "uhr")
      return true;
    i = end;
  }
  return false;
}

// "Pos 1: 20 pumps", "Delivery: Friday": what it is about, and then what it says.
bool has_label(string_view body) {
  const auto colon = body.find(':');
  return colon != string_view::npos && colon > 0 && !body.substr(colon).starts_with("://");
}

// No signature has such a line, whoever's it is. Contact data, which has digits too, is looked for last.
bool is_content(string_view body) {
  constexpr std::size_t kLongest = 500;  // longer ones are sentences, or nothing that anybody wrote
  if (body.size() > kLongest) return false;
  const auto is_street = [&] {
    return std::any_of(kStreets.begin(), kStreets.end(),
                       [&](string_view street) { return contains_fold(body, street); });
  };
  const auto counts = [&] {
    if (std::none_of(body.begin(), body.end(), ascii::is_digit)) return false;
    const auto item = list_item(body);
    return std::any_of(item.begin(), item.end(), ascii::is_digit) || has_price(body) ||
           (has_count(body) && !is_street());
  };
  return (body.ends_with('?') || is_postscript(body) || counts()) && !has_contact(body);
}

/// What a line is by itself, read once.
struct Facts {
  explicit Facts(string_view line)
      : body(line),
        rule(is_rule(line)),
        contact(!rule && has_contact(line)),
        footer(is_mobile_footer(line)),
        closing(sign_off(line)) {}

  string_view body{};
  bool rule = false;
  bool contact = false;
  bool footer = false;
  SignOff closing = SignOff::none;
};

// A line that signatures have too, but that may as well say something.
bool is_doubtful(const Facts& line) {
  if (line.contact || line.footer || line.closing != SignOff::none) return false;
  const auto body = line.body;
  const auto digits = std::count_if(body.begin(), body.end(), ascii::is_digit);
  const bool small = body.front() >= 'a' && body.front() <= 'z' && word_count(body) > 1;
  const bool may_say =
      small || has_label(body) || !list_item(body).empty() || (digits > 0 && !(digits == 4 && has_year(body)));
  return may_say && !opens_disclaimer(body);
}

// What stands between a line and the end, where disclaimers and footers begin. Grows as one looks upwards; when it is
// longer than a signature only the length still matters.
struct Below {
  std::size_t filled = 0;  // lines that are not blank
  std::size_t contacts = 0;
  bool prose = false;
  bool content = false;  // what no signature has
  bool rule = false;
  bool empty = true;  // down to the next rule, as are the three below
  bool doubtful = false;
  bool sure = false;   // contact data or the like
  bool bare = true;    // nothing but footers
  bool cut = true;     // from the next rule on it is a signature; there may be none
  string_view next{};  // the line right below, blank ones skipped

  /// Is none of what is below read any more, but for "-- "?
  [[nodiscard]] bool is_settled() const { return filled > kLongestSignature || content; }

  void add(const Facts& line) {
    next = line.body;
    if (++filled > kLongestSignature) return;
    contacts += line.contact ? 1 : 0;
    prose = prose || (!line.contact && !line.footer && is_prose(line.body));
    content = content || (!line.footer && is_content(line.body));
    rule = rule || line.rule;
    if (line.rule) return;
    empty = false;
    doubtful = doubtful || is_doubtful(line);
    sure = sure || line.contact || line.footer || line.closing == SignOff::formal;
    bare = bare && line.footer;
  }
  // A part of its own begins below the rule; `is_signature`: from there on it is one.
  void end_part(bool is_signature) {
    doubtful = sure = false, bare = empty = true;
    cut = is_signature;
  }
};

bool is_dashes(const Line& line) {
  return line.body == "--" || line.body == "—" || line.body == "–" || line.body == "__";
}

// Of dashes or underscores, as people draw it above their names.
bool is_drawn_line(string_view body) { return body.find_first_of("*=~#+") == string_view::npos; }

// "-Ann Example" at the end, with at most a footer below; not the last point of a list.
bool is_dashed_name(std::span<const Line> lines, std::size_t i, const Below& below) {
  constexpr std::size_t kNameWords = 3;
  const auto body = lines[i].body;
  if (body.size() < 3 || body[0] != '-' || body[1] == ' ' || body[1] == '-' || (body[1] >= '0' && body[1] <= '9'))
    return false;
  if (word_count(body) > kNameWords || body.find_first_of(":;!?/,") != string_view::npos) return false;
  for (auto k = i; k-- > 0;) {
    if (lines[k].blank) continue;
    if (lines[k].body.starts_with('-') || lines[k].body.ends_with(':')) return false;
    break;
  }
  return below.filled == 0 || is_mobile_footer(below.next) || is_rule(below.next);
}

// Dashes as long as the words above them make those a heading.
bool is_underline(std::span<const Line> lines, std::size_t i) {
  if (i == 0 || lines[i - 1].blank || is_rule(lines[i - 1].body)) return false;
  constexpr std::size_t kOff = 3;
  const auto above = lines[i - 1].body.size(), drawn = lines[i].body.size();
  return drawn >= above && drawn <= above + kOff;
}

// Whether the signature may begin at line `i`, which is not blank, by what stands there and below.
// `paired`: rows of two dashes stand around something.
bool begins_signature(std::span<const Line> lines, std::size_t i, const Facts& facts, const Below& below, bool paired) {
  const auto& line = lines[i];
  // People draw rules around lists and figures: what stands below one of several has to look like a signature.
  const bool plain = below.cut && (below.sure || below.empty || !(below.doubtful || below.rule || paired));
  if (is_dashes(line)) return plain;
  if (facts.rule) {
    const bool apart = i == 0 || lines[i - 1].blank || line.body == "---";
    const bool around = !below.sure && !below.bare && !(apart && is_drawn_line(line.body));
    return plain && !around && !below.prose && !is_underline(lines, i);
  }
  if (facts.footer) return !below.prose && below.cut && (below.sure || below.bare);
  if (is_dashed_name(lines, i, below)) return true;
  switch (facts.closing) {
    case SignOff::formal: return !below.prose;
    case SignOff::weak: return below.contacts > 0 && below.filled >= 3 && !below.prose;
    case SignOff::none: return false;
  }
  return false;
}

// "John Smith / Sales Manager / T: +1 555 123 4567 / www.example.com" below the text without any closing. What stands
// below a rule is another's footer.
bool is_bare_block(std::span<const Line> lines, std::size_t i, const Facts& facts, const Below& below) {
  constexpr std::size_t kNameWords = 5;
  constexpr std::size_t kLongestBlock = 10;
  if (below.contacts < 2 || below.filled > kLongestBlock || below.prose || below.rule) return false;
  const auto& line = lines[i];
  if (i == 0 || !lines[i - 1].blank || facts.contact || word_count(line.body) > kNameWords) return false;
  if (line.body.ends_with(':') || line.body.ends_with('?') || line.body.ends_with('.') || line.body.ends_with(','))
    return false;
  return std::none_of(line.body.begin(), line.body.end(), ascii::is_digit);
}

// "https://…" or "www.…": colons and full stops are few, and are looked for first.
bool has_link(string_view body) {
  for (auto at = body.find("://"); at != string_view::npos; at = body.find("://", at + 1)) {
    const auto scheme = body.substr(0, at);
    if (at >= 4 && ascii::same(scheme.substr(at - 4), "http")) return true;
    if (at >= 5 && ascii::same(scheme.substr(at - 5), "https")) return true;
  }
  for (auto at = body.find('.'); at != string_view::npos; at = body.find('.', at + 1))
    if (at >= 3 && ascii::same(body.substr(at - 3, 3), "www")) return true;
  return false;
}

std::size_t disclaimer_start(std::span<const Line> lines) {
  std::size_t seen = 0, start = lines.size();
  for (auto i = lines.size(); i-- > 0 && seen < kDisclaimerWithin;) {
    if (lines[i].blank) continue;
    ++seen;
    const bool apart = i == 0 || lines[i - 1].blank || is_rule(lines[i - 1].body);
    if (apart && opens_disclaimer(lines[i].body)) start = i;
  }
  return start;
}

// More than one rule, and something between them.
bool draws_around(std::span<const Line> lines) {
  bool drawn = false, filled = false;
  for (const auto& line : lines) {
    if (line.blank) continue;
    if (!is_rule(line.body)) {
      filled = drawn;
    } else if (filled) {
      return true;
    } else {
      drawn = true;
    }
  }
  return false;
}

}  // namespace

bool is_prose(string_view body) {
  constexpr std::size_t kWords = 9;
  constexpr std::size_t kSentence = 5;
  if (body.find(" | ") != string_view::npos || body.find(" · ") != string_view::npos) return false;
  const auto words = word_count(body);
  return words >= kWords || (words > kSentence && (body.ends_with('.') || body.ends_with('?') || body.ends_with('!')));
}

bool has_contact(string_view body) {
  if (has_address(body) || has_link(body) || begins_with_one_of<kContactLabels>(body)) return true;
  constexpr std::size_t kPhoneDigits = 7;
  static constexpr ascii::Set kBetween{"+()-./ x"};
  std::size_t digits = 0, others = 0;
  for (const char c : body) {
    digits += ascii::is_digit(c) ? 1 : 0;
    others += ascii::is_digit(c) || kBetween.has(c) ? 0 : 1;
  }
  return digits >= kPhoneDigits && digits >= others;
}

std::size_t continuation_start(std::span<const Line> lines) {
  constexpr std::size_t kHeadingWords = 8;
  std::size_t from = lines.size();
  bool below_signature = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto body = lines[i].body;
    if (lines[i].blank) continue;
    if (sign_off(body) == SignOff::formal || is_dashes(lines[i])) {
      below_signature = true;
      continue;
    }
    if (!below_signature || is_rule(body) || has_contact(body) || opens_disclaimer(body)) continue;
    const bool apart = lines[i - 1].blank;
    const auto next = lines.subspan(i + 1);
    const auto below = std::find_if(next.begin(), next.end(), [](const Line& line) { return !line.blank; });
    const bool has_more = below != next.end() && !has_contact(below->body) && !is_rule(below->body);
    const bool heads = apart && body.ends_with(':') && word_count(body) <= kHeadingWords && has_more &&
                       (is_content(below->body) || !list_item(below->body).empty() || has_label(below->body));
    const bool lists =
        apart && !list_item(body).empty() && (is_content(body) || (has_more && !list_item(below->body).empty()));
    const bool counts = apart && is_content(body);
    if (is_postscript(body) || heads || lists || counts) {
      from = i;
      below_signature = false;
    }
  }
  return from;
}

std::size_t signature_start(std::span<const Line> lines, bool more_above) {
  const auto notice = disclaimer_start(lines);
  const auto first = static_cast<std::size_t>(
      std::find_if(lines.begin(), lines.end(), [](const Line& l) { return !l.blank; }) - lines.begin());

  const bool paired = draws_around(lines.subspan(first));
  Below below;
  std::size_t start = notice;
  for (auto i = notice; i-- > first && below.filled <= kLinesBelowDashes + 1;) {
    if (lines[i].blank) continue;
    if (i == first && !more_above) break;
    // "-- " means it. RFC 3676 §4.3
    const bool dashes = lines[i].body == "--" && lines[i].text.starts_with("-- ") && below.filled <= kLinesBelowDashes;
    if (dashes) start = i;
    if (below.is_settled()) {
      ++below.filled;
      continue;
    }
    const Facts facts(lines[i].body);
    if (begins_signature(lines, i, facts, below, paired) || is_bare_block(lines, i, facts, below)) start = i;
    const bool last = below.filled == 0;
    below.add(facts);
    if (facts.rule) below.end_part(last || start == i);
  }
  return start == first && !more_above ? lines.size() : start;
}

}  // namespace leadmail::mail::message
