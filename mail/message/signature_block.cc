#include "mail/message/signature_block.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "mail/message/reply_patterns.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kLongestSignature = 14;  // lines that are not blank, below a drawn rule or a closing
constexpr std::size_t kLinesBelowDashes = 40;  // below "-- ", which means it. RFC 3676 §4.3
constexpr std::size_t kDisclaimerWithin = 60;  // lines from the end in which a notice may begin

// A sentence, such as no signature holds: nine words or more, or words that end like one.
bool is_prose(string_view body) {
  constexpr std::size_t kWords = 9;
  constexpr std::size_t kSentence = 5;
  if (body.find(" | ") != string_view::npos || body.find(" · ") != string_view::npos || has_contact(body)) return false;
  const auto words = word_count(body);
  return words >= kWords || (words > kSentence && (body.ends_with('.') || body.ends_with('?') || body.ends_with('!')));
}

struct Tail {
  std::span<const Line> lines;
  std::size_t end = 0;  // disclaimers and footers stand below

  [[nodiscard]] std::size_t filled_after(std::size_t i) const {
    std::size_t filled = 0;
    for (++i; i < end; ++i) filled += !lines[i].blank;
    return filled;
  }
  [[nodiscard]] bool prose_after(std::size_t i) const {
    return std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                       lines.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const Line& line) { return is_prose(line.body); });
  }
  [[nodiscard]] std::size_t contacts_after(std::size_t i) const {
    std::size_t contacts = 0;
    for (++i; i < end; ++i) contacts += has_contact(lines[i].body);
    return contacts;
  }
};

bool is_dashes(const Line& line) {
  return line.body == "--" || line.body == "—" || line.body == "–" || line.body == "__";
}

// "-Ann Example" at the end, with at most a footer below; not the last point of a list.
bool is_dashed_name(const Tail& tail, std::size_t i) {
  constexpr std::size_t kNameWords = 3;
  const auto body = tail.lines[i].body;
  if (body.size() < 3 || body[0] != '-' || body[1] == ' ' || body[1] == '-' || (body[1] >= '0' && body[1] <= '9'))
    return false;
  if (word_count(body) > kNameWords || body.find_first_of(":;!?/,") != string_view::npos) return false;
  for (auto k = i; k-- > 0;) {
    if (tail.lines[k].blank) continue;
    if (tail.lines[k].body.starts_with('-') || tail.lines[k].body.ends_with(':')) return false;
    break;
  }
  for (auto k = i + 1; k < tail.end; ++k)
    if (!tail.lines[k].blank) return is_mobile_footer(tail.lines[k].body) || is_rule(tail.lines[k].body);
  return true;
}

// Whether the signature may begin at line `i`, by what stands there and below.
bool begins_signature(const Tail& tail, std::size_t i) {
  const auto& line = tail.lines[i];
  if (line.blank) return false;
  const auto below = tail.filled_after(i);
  if (is_dashes(line)) {
    return below <= kLongestSignature ||
           (line.body == "--" && below <= kLinesBelowDashes && line.text.starts_with("-- "));
  }
  if (is_rule(line.body)) return below <= kLongestSignature && !tail.prose_after(i);
  if (below > kLongestSignature) return false;
  if (is_mobile_footer(line.body)) return !tail.prose_after(i);
  if (is_dashed_name(tail, i)) return true;
  switch (sign_off(line.body)) {
    case SignOff::formal: return !tail.prose_after(i);
    case SignOff::weak: return tail.contacts_after(i) > 0 && below >= 3 && !tail.prose_after(i);
    case SignOff::none: return false;
  }
  return false;
}

// "John Smith / Sales Manager / T: +1 555 123 4567 / www.example.com" below the text without any closing.
bool is_bare_block(const Tail& tail, std::size_t i) {
  constexpr std::size_t kNameWords = 5;
  const auto& line = tail.lines[i];
  if (line.blank || i == 0 || !tail.lines[i - 1].blank || has_contact(line.body) || word_count(line.body) > kNameWords)
    return false;
  if (line.body.ends_with(':') || line.body.ends_with('?') || line.body.ends_with('.') || line.body.ends_with(','))
    return false;
  for (auto k = i + 1; k < tail.end; ++k)
    if (is_rule(tail.lines[k].body)) return false;  // what stands below a rule is another's footer
  return tail.contacts_after(i) >= 2 && tail.filled_after(i) <= 10 && !tail.prose_after(i) &&
         std::none_of(line.body.begin(), line.body.end(), [](char c) { return c >= '0' && c <= '9'; });
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
  constexpr auto kLabels = std::to_array<string_view>({
      "tel:",     "tel.",       "phone:",   "mobile:", "mob:",     "cell:",    "fax:",  "email:",
      "e-mail:",  "web:",       "skype:",   "t:",      "m:",       "f:",       "p:",    "e:",
      "w:",       "tél",        "teléfono", "telefon", "telefone", "telefono", "móvil", "celular",
      "whatsapp", "điện thoại", "đt:",      "sđt:",    "电话",     "電話",     "전화",  "direct:",
      "office:",  "ph:",        "mail:",    "www.",    "linkedin",
  });
  if (has_address(body) || contains_fold(body, "http://") || contains_fold(body, "https://") ||
      contains_fold(body, "www."))
    return true;
  if (std::any_of(kLabels.begin(), kLabels.end(), [&](string_view label) { return starts_with_fold(body, label); }))
    return true;
  constexpr std::size_t kPhoneDigits = 7;
  std::size_t digits = 0, others = 0;
  for (const char c : body) {
    if (c >= '0' && c <= '9') {
      ++digits;
    } else if (string_view("+()-./ x").find(c) == string_view::npos) {
      ++others;
    }
  }
  return digits >= kPhoneDigits && digits >= others;
}

std::size_t signature_start(std::span<const Line> lines, bool more_above) {
  const auto notice = disclaimer_start(lines);
  const Tail tail{lines, notice};
  const auto first = static_cast<std::size_t>(
      std::find_if(lines.begin(), lines.end(), [](const Line& l) { return !l.blank; }) - lines.begin());

  std::size_t seen = 0, start = notice;
  for (auto i = notice; i-- > first && seen <= kLinesBelowDashes + 1;) {
    if (lines[i].blank) continue;
    ++seen;
    if (i == first && !more_above) break;
    if (begins_signature(tail, i) || (seen <= kLongestSignature && is_bare_block(tail, i))) start = i;
  }
  return start == first && !more_above ? lines.size() : start;
}

}  // namespace leadmail::mail::message
