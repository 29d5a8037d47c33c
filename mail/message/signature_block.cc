#include "mail/message/signature_block.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "mail/message/ascii.h"
#include "mail/message/reply_patterns.h"
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

// A sentence, such as no signature holds: nine words or more, or words that end like one.
bool is_prose(string_view body) {
  constexpr std::size_t kWords = 9;
  constexpr std::size_t kSentence = 5;
  if (body.find(" | ") != string_view::npos || body.find(" · ") != string_view::npos) return false;
  const auto words = word_count(body);
  return words >= kWords || (words > kSentence && (body.ends_with('.') || body.ends_with('?') || body.ends_with('!')));
}

// What stands between a line and the end, where disclaimers and footers begin. Grows as one looks upwards; when it is
// longer than a signature only the length still matters.
struct Below {
  std::size_t filled = 0;  // lines that are not blank
  std::size_t contacts = 0;
  bool prose = false;
  bool rule = false;
  string_view next{};  // the line right below, blank ones skipped

  void add(string_view body) {
    next = body;
    if (++filled > kLongestSignature) return;
    const bool contact = has_contact(body);
    contacts += contact ? 1 : 0;
    prose = prose || (!contact && is_prose(body));
    rule = rule || is_rule(body);
  }
};

bool is_dashes(const Line& line) {
  return line.body == "--" || line.body == "—" || line.body == "–" || line.body == "__";
}

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
bool begins_signature(std::span<const Line> lines, std::size_t i, const Below& below) {
  const auto& line = lines[i];
  const bool is_short = below.filled <= kLongestSignature;
  if (is_dashes(line))
    return is_short || (line.body == "--" && below.filled <= kLinesBelowDashes && line.text.starts_with("-- "));
  if (!is_short) return false;
  if (is_rule(line.body)) return !below.prose && !is_underline(lines, i);
  if (is_mobile_footer(line.body)) return !below.prose;
  if (is_dashed_name(lines, i, below)) return true;
  switch (sign_off(line.body)) {
    case SignOff::formal: return !below.prose;
    case SignOff::weak: return below.contacts > 0 && below.filled >= 3 && !below.prose;
    case SignOff::none: return false;
  }
  return false;
}

// "John Smith / Sales Manager / T: +1 555 123 4567 / www.example.com" below the text without any closing. What stands
// below a rule is another's footer.
bool is_bare_block(std::span<const Line> lines, std::size_t i, const Below& below) {
  constexpr std::size_t kNameWords = 5;
  constexpr std::size_t kLongestBlock = 10;
  if (below.contacts < 2 || below.filled > kLongestBlock || below.prose || below.rule) return false;
  const auto& line = lines[i];
  if (i == 0 || !lines[i - 1].blank || has_contact(line.body) || word_count(line.body) > kNameWords) return false;
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

}  // namespace

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

std::size_t signature_start(std::span<const Line> lines, bool more_above) {
  const auto notice = disclaimer_start(lines);
  const auto first = static_cast<std::size_t>(
      std::find_if(lines.begin(), lines.end(), [](const Line& l) { return !l.blank; }) - lines.begin());

  Below below;
  std::size_t start = notice;
  for (auto i = notice; i-- > first && below.filled <= kLinesBelowDashes + 1;) {
    if (lines[i].blank) continue;
    if (i == first && !more_above) break;
    if (begins_signature(lines, i, below) || is_bare_block(lines, i, below)) start = i;
    below.add(lines[i].body);
  }
  return start == first && !more_above ? lines.size() : start;
}

}  // namespace leadmail::mail::message
