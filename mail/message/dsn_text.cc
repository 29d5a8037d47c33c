#include "mail/message/dsn_text.h"

#include <algorithm>
#include <array>
#include <set>

#include "mail/message/address.h"
#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/dsn_notice.h"
#include "mail/message/message_ids.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/text_lines.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kRecipients = 100;
constexpr std::size_t kDiagnostic = 500;
constexpr std::size_t kNotice = 64 * 1024;  // bytes; nobody explains longer

// clang-format off
// Where the notice ends and the original begins.
constexpr auto kOriginalBelow = std::to_array<string_view>({
    "below this line is a copy", "this is a copy of", "original message follows", "original message", "unsent message", "message header follows",
    "returned message", "header of the original message", "message headers follow", "message header", "copy of the message", "original headers",
    "undelivered message", "body of the original", "header of your message", "the original message", "received message", "message is attached",
    "message text follows", "start of returned", "your message follows", "copy of your message",
});
// What stands before an address that did not fail: the one who asks, and places to ask for help.
constexpr auto kNotRecipient = std::to_array<string_view>({
    "from:", "from <", "mail from", "sender", "from ", "reply-to", "message-id", "contact", "hello ", "postmaster", "mailto:", "<<< ", "cc:",
    "received", "envelope-from", "return-path", "references", "in-reply-to", "dear ", "date:", "by ", "try ", "mail to ", "write to ", "call ",
    "question", "fragen", "kontakt", "hilfe", "help", "dudas", "consult", "ayuda", "domande", "contatt", "assisten", "vragen",
    "assistance", "support", "e-mail:", "von:", "reporting-mta",
});
// clang-format on

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_address_char(char c) {
  return ascii::is_alnum(c) || string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != string_view::npos;
}

struct Spotted {
  std::string address;  // lower-cased domain
  std::size_t at = 0;   // where in the line
  std::size_t end = 0;
};

// "ann@a.example <bob@b.example>": the first is only the name of the second. RFC 5322 §3.4
void drop_display_names(string_view line, std::vector<Spotted>& found) {
  for (std::size_t i = 0; i + 1 < found.size();) {
    const auto between = trim_blank(line.substr(found[i].end, found[i + 1].at - found[i].end));
    const auto end = found[i + 1].end;
    if ((between == "<" || between == "\" <") && end < line.size() && line[end] == '>') {
      found[i + 1].at = found[i].at;
      found.erase(found.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
}

// All user@host of a line, in order. A quoted local part is taken with its quotes.
std::vector<Spotted> addresses_in(string_view line) {
  constexpr std::size_t kOfLine = 20;
  std::vector<Spotted> found;
  for (auto at = line.find('@'); at != string_view::npos && found.size() < kOfLine; at = line.find('@', at + 1)) {
    auto begin = at;
    if (begin > 0 && line[begin - 1] == '"') {
      const auto open = begin >= 2 ? line.rfind('"', begin - 2) : string_view::npos;
      if (open != string_view::npos) begin = open;
    } else {
      while (begin > 0 && is_address_char(line[begin - 1])) --begin;
    }
    auto end = at + 1;
    while (end < line.size() &&
           (ascii::is_alnum(line[end]) || line[end] == '-' || line[end] == '.' || line[end] == '_'))
      ++end;
    while (end > at + 1 && (line[end - 1] == '.' || line[end - 1] == '-')) --end;
    while (begin < at && (line[begin] == '.' || line[begin] == '\'' || line[begin] == '=')) ++begin;
    // "c=US;a= ;p=Acme;dda:SMTP=ann@a.example": Exchange of old names people as X.400 does.
    if (starts_with_fold(line.substr(begin, at - begin), "smtp=")) begin += string_view("smtp=").size();
    if (begin < at && end > at + 1) found.push_back({normal_address(line.substr(begin, end - begin)), begin, end});
  }
  drop_display_names(line, found);
  return found;
}

// The next line that is not blank.
string_view line_after(const std::vector<Line>& lines, std::size_t i) {
  constexpr std::size_t kFar = 4;
  for (auto next = i + 1; next < lines.size() && next <= i + kFar; ++next)
    if (!lines[next].blank) return lines[next].body;
  return {};
}

// "> ann@a.example", "<ann@a.example>", and nothing else.
bool is_only_an_address(string_view line) {
  const auto found = addresses_in(line);
  if (found.size() != 1) return false;
  const auto rest = std::string(line.substr(0, found.front().at)) + std::string(line.substr(found.front().end));
  return rest.find_first_not_of("<>\"'()[]*-:;,. \t") == std::string::npos;
}

bool is_header_line(string_view line) {
  constexpr auto kNames =
      std::to_array<string_view>({"received:", "return-path:", "message-id:", "mime-version:", "content-type:", "date:",
                                  "from:", "x-mailer:", "dkim-signature:", "delivered-to:", "to:", "subject:"});
  return std::any_of(kNames.begin(), kNames.end(), [&](string_view name) { return starts_with_fold(line, name); });
}

// The lines that tell what happened: those before the copy of the original.
std::size_t notice_end(const std::vector<Line>& lines) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto body = lines[i].body;
    bytes += lines[i].text.size() + 1;
    if (bytes > kNotice) return i;
    if (i == 0) continue;
    if (starts_with_fold(body, "received: from") || starts_with_fold(body, "received: (") ||
        starts_with_fold(body, "received: by"))
      return i;
    if (starts_with_fold(body, "return-path:") && i + 1 < lines.size() && is_header_line(lines[i + 1].body)) return i;
    const bool drawn = body.starts_with("--") || body.starts_with("==") || body.starts_with("**") ||
                       body.ends_with(':') || body.ends_with('.') || body.ends_with("--");
    if (drawn && body.size() < 120 && std::any_of(kOriginalBelow.begin(), kOriginalBelow.end(), [&](string_view w) {
          return contains_fold(body, w);
        })) {
      // "The original message was received at …" tells, and copies nothing.
      // "The following did not receive a copy of your message:" goes on with those.
      if (!contains_fold(body, "was received at") && !contains_fold(body, "session follows") &&
          !is_only_an_address(line_after(lines, i)))
        return i;
    }
    if (is_header_line(body) && i + 2 < lines.size() && is_header_line(lines[i + 1].body) &&
        is_header_line(lines[i + 2].body) && !lines[i].text.starts_with(' '))
      return i;
  }
  return lines.size();
}

// "… if you know that\nann@a.example moved, tell us": an address that only happens to begin a line.
bool is_wrapped(string_view previous, string_view rest) {
  if (previous.empty() || rest.size() < 2 || rest[0] != ' ' || !ascii::is_alpha(rest[1])) return false;
  if (rest[1] != ascii::lower(rest[1])) return false;
  return ascii::is_alnum(previous.back()) || previous.back() == ',' || ascii::is_8bit(previous.back());
}

bool ends_with_word(string_view text, string_view word) {
  if (text.size() < word.size() || !ascii::same(text.substr(text.size() - word.size()), word)) return false;
  return text.size() == word.size() || !ascii::is_alpha(text[text.size() - word.size() - 1]);
}

bool ends_with_to(string_view text) {
  constexpr auto kTo = std::to_array<string_view>({"to", "an", "a", "à", "para", "voor", "til", "till", "do", "đến"});
  return std::any_of(kTo.begin(), kTo.end(), [&](string_view w) { return ends_with_word(text, w); });
}

bool names_another(string_view before) {
  constexpr std::size_t kNear = 40;
  const auto near = std::string(before.size() > kNear ? before.substr(before.size() - kNear) : before) + ' ';
  return std::any_of(kNotRecipient.begin(), kNotRecipient.end(), [&](string_view w) { return contains_fold(near, w); });
}

// "… please write to\nann@a.example"
bool ends_naming_another(string_view line) {
  return std::any_of(kNotRecipient.begin(), kNotRecipient.end(), [&](string_view w) {
    w = trim_blank(w);
    return ascii::is_alpha(w.back()) && ends_with_word(line, w);
  });
}

// Places of an address, by how much they speak for it being the failed one.
constexpr int kWrapped = 1;  // a word of running text that begins a line
constexpr int kOnlyMentioned = 2;
constexpr int kListed = 3;    // "To: ann@a.example", "(generated from ann@a.example)"
constexpr int kLabelled = 4;  // "… to ann@a.example", "Delivery failed: ann@a.example"
constexpr int kNamed = 5;     // "RCPT TO:<ann@a.example>"
constexpr int kAlone = 6;     // first on its line

// The colon of a Chinese or Japanese label.
constexpr string_view kWideColon = "：";

string_view without_marks(string_view text) {
  if (text.ends_with(kWideColon)) text.remove_suffix(kWideColon.size());
  while (!text.empty() && string_view("<>*-\"'( \t=:[").find(text.back()) != string_view::npos) text.remove_suffix(1);
  return trim_blank(text);
}

bool names_origin(string_view line, const Spotted& spotted) {
  const auto before = without_marks(trim_blank(line.substr(0, spotted.at)));
  return ends_with_word(before, "generated from") || ends_with_word(before, "expanded from");
}

// `previous`: the line right above.
int weight(string_view line, const Spotted& spotted, string_view previous) {
  const auto before = trim_blank(line.substr(0, spotted.at));
  const auto bare_before = without_marks(before);
  if (ends_with_word(bare_before, "from")) return names_origin(line, spotted) ? kListed : 0;
  constexpr auto kSure = std::to_array<string_view>(
      {"rcpt to",        "recipient", "unknown user", "user unknown", "invalid final delivery",
       "failed address", "empfänger", "destinataire", "destinatario", "destinatário",
       "ontvanger",      "odbiorc",   "получател",    "адресат",      "người nhận",
       "收件人",         "宛先",      "받는사람",     "받는 사람",    "수신자"});
  constexpr auto kLikely =
      std::to_array<string_view>({"delivery to", "deliver message to", "delivered to", "unable to deliver to"});
  constexpr std::size_t kNear = 48;
  const auto near = before.substr(before.size() > kNear ? before.size() - kNear : 0);
  const auto says = [&](string_view words) { return contains_fold(near, words); };
  if (std::any_of(kSure.begin(), kSure.end(), says)) return kNamed;
  if (std::any_of(kLikely.begin(), kLikely.end(), says)) return kLabelled;
  const auto rest = line.substr(spotted.end);
  if (bare_before.empty()) {
    if (ends_naming_another(previous)) return 0;
    return is_wrapped(previous, rest) ? kWrapped : kAlone;
  }
  if (names_another(before)) return 0;
  if (bare_before.ends_with("550") || bare_before.ends_with("554") || contains_fold(bare_before, "user") ||
      ends_with_to(bare_before) ||
      ((before.find(':') != string_view::npos || before.ends_with(kWideColon)) && without_marks(rest).empty()))
    return starts_with_fold(before, "to:") ? kListed : kLabelled;
  return starts_with_fold(before, "to:") || starts_with_fold(before, "to ") ? kListed : kOnlyMentioned;
}

string_view line_above(const std::vector<Line>& lines, std::size_t i) {
  return i > 0 ? lines[i - 1].body : string_view{};
}

string_view below(const std::vector<Line>& lines, std::size_t end) {
  if (end >= lines.size()) return {};
  const char* const begin = lines[end].text.data();
  const auto& last = lines.back().text;
  return {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
}

bool stands_alone(const std::vector<Line>& lines, std::size_t end, string_view address) {
  for (std::size_t i = 0; i < end; ++i) {
    for (const auto& spotted : addresses_in(lines[i].body)) {
      if (ascii::same(spotted.address, address) && weight(lines[i].body, spotted, line_above(lines, i)) == kAlone)
        return true;
    }
  }
  return false;
}

bool is_reply_code(string_view text, std::size_t at) {
  return at + 3 <= text.size() && (text[at] == '4' || text[at] == '5') && is_digit(text[at + 1]) &&
         is_digit(text[at + 2]) && (at == 0 || !is_digit(text[at - 1])) &&
         (at + 3 == text.size() || text[at + 3] == ' ' || text[at + 3] == '-' || text[at + 3] == ':' ||
          text[at + 3] == '.');
}

bool tells_reason(string_view line) {
  for (std::size_t i = 0; i + 3 <= line.size() && i < 200; ++i)
    if (is_reply_code(line, i)) return true;
  return !find_status(line).empty();
}

// The words beside the address, or the line with a reply code nearest below it.
std::string diagnostic_for(const std::vector<Line>& lines, std::size_t end, std::size_t at, string_view rest) {
  constexpr std::size_t kBelow = 12;
  while (!rest.empty() && string_view("<>:;,.)]\"' \t-").find(rest.front()) != string_view::npos) rest.remove_prefix(1);
  std::string told(trim_blank(rest));
  if (told.size() < 8 || !tells_reason(told)) {
    for (auto i = at + 1; i < end && i <= at + kBelow; ++i) {
      if (lines[i].blank) continue;
      if (told.size() < 8 || tells_reason(lines[i].body)) {
        if (!told.empty()) told += ' ';
        told += lines[i].body;
        if (tells_reason(lines[i].body)) break;
      }
    }
  }
  told.resize(utf8_prefix(told, kDiagnostic).size());
  return told;
}

// An announcement, "could not be delivered to:", stands at most so many lines above.
constexpr std::size_t kBelowAnnouncement = 8;
constexpr std::size_t kAnnouncing = 200;  // lines in which one is looked for

bool announces(const std::vector<Line>& lines, std::size_t i, std::size_t end) {
  std::string text(lines[i].body);
  if (i + 1 < end && !lines[i + 1].blank) (text += ' ') += lines[i + 1].body;  // the words may be wrapped
  return says_undelivered(text);
}

}  // namespace

string_view notice_of(string_view text) {
  const auto lines = read_lines(text.substr(0, kNotice));
  const auto end = notice_end(lines);
  return end < lines.size() ? text.substr(0, static_cast<std::size_t>(lines[end].text.data() - text.data())) : text;
}

bool quotes_server(string_view text) {
  if (!find_status(text).empty()) return true;
  for (const auto& line : read_lines(text, kAnnouncing)) {
    auto body = line.body;
    while (!body.empty() && (body.front() == '<' || body.front() == '>' || body.front() == ' ')) body.remove_prefix(1);
    if (is_reply_code(body, 0) || contains_fold(body, "rcpt to:")) return true;
  }
  return false;
}

bool names_who_failed(string_view text, const std::vector<std::string>& not_these, bool plainly) {
  const int enough = plainly ? kNamed : kLabelled;
  const auto lines = read_lines(text.substr(0, kNotice));
  const auto end = std::min(notice_end(lines), kAnnouncing);
  std::size_t told_until = 0;   // one past the last line that an announcement reaches
  std::size_t named_until = 0;  // the same for a name that waits for its announcement
  for (std::size_t i = 0; i < end; ++i) {
    if (lines[i].blank) continue;
    if (announces(lines, i, end)) {
      if (i < named_until) return true;
      told_until = i + 1 + kBelowAnnouncement;
    }
    for (const auto& spotted : addresses_in(lines[i].body)) {
      if (std::find(not_these.begin(), not_these.end(), ascii::lower(spotted.address)) != not_these.end()) continue;
      const auto told = weight(lines[i].body, spotted, line_above(lines, i));
      if (told >= enough && i < told_until) return true;
      if (told > kLabelled && tells_reason(lines[i].body.substr(spotted.end))) return true;
      if (told > kLabelled) named_until = i + 1 + kBelowAnnouncement / 2;
    }
  }
  return false;
}

std::vector<std::string> addressees(string_view copy) {
  constexpr std::size_t kLines = 300;
  constexpr std::size_t kMost = 50;
  std::vector<std::string> found;
  for (const auto& line : read_lines(copy.substr(0, kNotice), kLines)) {
    auto body = line.body;
    while (!body.empty() && (body.front() == '>' || body.front() == ' ' || body.front() == '|')) body.remove_prefix(1);
    if (!starts_with_fold(body, "to:") && !starts_with_fold(body, "cc:")) {
      const auto clause = starts_with_fold(body, "for ") ? 0 : body.find(" for ");
      if (clause == string_view::npos) continue;
      body.remove_prefix(clause);
    }
    for (const auto& spotted : addresses_in(body))
      if (found.size() < kMost) found.push_back(ascii::lower(spotted.address));
  }
  return found;
}

int status_worth(string_view code) {
  if (code.empty()) return 0;
  if (code.ends_with(".0.0")) return 1;
  return code.ends_with(".4.7") || code.ends_with(".5.0") || code == "5.1.0" ? 2 : 3;
}

std::string find_status(string_view text) {
  std::string best;
  int best_rank = -1;
  for (std::size_t i = 0; i + 4 < text.size(); ++i) {
    if ((text[i] != '4' && text[i] != '5') || text[i + 1] != '.' || !is_digit(text[i + 2])) continue;
    if (i > 0 && (is_digit(text[i - 1]) || text[i - 1] == '.' || ascii::is_alpha(text[i - 1]))) continue;
    if (i > 1 && text[i - 1] == '-' && !is_digit(text[i - 2])) continue;
    auto end = i + 2;
    const auto digits = [&] {
      const auto start = end;
      while (end < text.size() && is_digit(text[end]) && end - start < 3) ++end;
      return end > start;
    };
    // Subjects are 0 to 7. RFC 3463 §3
    if (!digits() || end != i + 3 || text[i + 2] > '7' || end >= text.size() || text[end] != '.') continue;
    ++end;
    if (!digits()) continue;
    // An IP address or a version goes on.
    if (end < text.size() &&
        (is_digit(text[end]) || (text[end] == '.' && end + 1 < text.size() && is_digit(text[end + 1]))))
      continue;
    const auto code = text.substr(i, end - i);
    // "550 5.1.1", "550-'5.1.1", "(#5.1.1)"
    const bool after_reply = (i >= 4 && is_reply_code(text, i - 4)) || (i >= 5 && is_reply_code(text, i - 5)) ||
                             (i >= 1 && text[i - 1] == '#');
    const int rank = 2 * status_worth(code) + (after_reply ? 1 : 0);
    if (rank > best_rank) {
      best = code;
      best_rank = rank;
    }
    i = end - 1;
  }
  return best;
}

std::string find_original_id(string_view text) {
  for (const auto& line : read_lines(text)) {
    auto body = line.body;
    while (!body.empty() && (body.front() == '>' || body.front() == ' ' || body.front() == '|')) body.remove_prefix(1);
    if (!starts_with_fold(body, "message-id:")) continue;
    if (auto id = read_message_id(body.substr(string_view("message-id:").size())); !id.empty()) return id;
  }
  return {};
}

std::string find_original_recipient(string_view text) {
  for (const auto& line : read_lines(text)) {
    auto body = line.body;
    while (!body.empty() && (body.front() == '>' || body.front() == ' ')) body.remove_prefix(1);
    if (!starts_with_fold(body, "to:")) continue;
    if (const auto found = addresses_in(body); !found.empty()) return found.front().address;
  }
  return {};
}

std::vector<Bounce::Recipient> read_bounce_text(string_view text, const std::vector<std::string>& not_these,
                                                const std::vector<std::string>& written_to) {
  const auto lines = read_lines(text);
  const auto end = notice_end(lines);
  auto addressed = addressees(below(lines, end));
  addressed.insert(addressed.end(), written_to.begin(), written_to.end());
  std::size_t told_until = 0;
  struct Candidate {
    Bounce::Recipient recipient;
    int weight = 0;
  };
  std::vector<Candidate> candidates;
  std::set<std::string, std::less<>> seen;
  for (std::size_t i = 0; i < end && candidates.size() < kRecipients; ++i) {
    const auto spots = addresses_in(lines[i].body);
    // "(generated from ann@a.example)" below the one who failed: the alias that we wrote to.
    if (!candidates.empty() && spots.size() == 1 && names_origin(lines[i].body, spots.front())) {
      candidates.back().recipient.written_to = spots.front().address;
      continue;
    }
    if (i < kAnnouncing && (!spots.empty() || lines[i].body.ends_with(':')) && announces(lines, i, end))
      told_until = i + 1 + kBelowAnnouncement;
    for (const auto& spotted : spots) {
      const auto address = ascii::lower(spotted.address);
      auto w = weight(lines[i].body, spotted, line_above(lines, i));
      if (w > 0 && !starts_with_fold(lines[i].body, "to")) {
        // Below "could not be delivered to:", or the one that the copy is addressed to.
        if (i < told_until && w > kWrapped && w < kLabelled) w = std::min(w + 2, kLabelled);
        if (w < kNamed && std::find(addressed.begin(), addressed.end(), address) != addressed.end())
          w = std::min(w + 3, kNamed);
      }
      if (w == 0 || std::find(not_these.begin(), not_these.end(), address) != not_these.end()) continue;
      const auto known = std::find_if(candidates.begin(), candidates.end(),
                                      [&](const Candidate& c) { return ascii::same(c.recipient.address, address); });
      if (known != candidates.end()) {
        known->weight = std::max(known->weight, w);
        if (known->recipient.diagnostic.empty() || !tells_reason(known->recipient.diagnostic)) {
          auto told = diagnostic_for(lines, end, i, lines[i].body.substr(spotted.end));
          if (tells_reason(told) || known->recipient.diagnostic.empty()) known->recipient.diagnostic = std::move(told);
        }
        continue;
      }
      candidates.push_back(
          {{.address = spotted.address, .diagnostic = diagnostic_for(lines, end, i, lines[i].body.substr(spotted.end))},
           w});
    }
  }
  // The one who is told may have written to himself.
  if (candidates.empty() && !not_these.empty()) {
    auto again = read_bounce_text(text.substr(0, kNotice), {}, written_to);
    std::erase_if(again,
                  [&](const Bounce::Recipient& recipient) { return !stands_alone(lines, end, recipient.address); });
    return again;
  }
  int best = 0;
  for (const auto& candidate : candidates) best = std::max(best, candidate.weight);
  std::vector<Bounce::Recipient> recipients;
  if (best <= kOnlyMentioned) return {};
  // Several may fail; a weak sign beside a strong one is another address of the prose.
  for (auto& candidate : candidates) {
    if (candidate.weight == best || (best > kLabelled && candidate.weight > kLabelled))
      recipients.push_back(std::move(candidate.recipient));
  }
  for (auto& recipient : recipients) recipient.status = find_status(recipient.diagnostic);
  if (recipients.size() == 1 && recipients[0].status.empty()) {
    for (std::size_t i = 0; i < end && recipients[0].status.empty(); ++i)
      recipients[0].status = find_status(lines[i].body);
  }
  return recipients;
}

}  // namespace leadmail::mail::message
