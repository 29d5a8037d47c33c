#include "mail/message/dsn_text.h"

#include <algorithm>
#include <array>
#include <set>

#include "mail/message/address.h"
#include "mail/message/ascii.h"
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
constexpr auto kUndelivered = std::to_array<string_view>({
    "could not be delivered", "couldn't be delivered", "cannot be delivered", "can not be delivered", "can't be delivered", "not delivered",
    "unable to deliver", "wasn't able to deliver", "was not able to deliver", "was unable to deliver", "could not deliver", "cannot deliver",
    "undeliverable", "undelivered", "delivery failed", "delivery failure", "delivery has failed", "failed to deliver", "failed permanently",
    "failed recipient", "message delivery", "not yet been delivered", "has been delayed", "delivery is delayed", "delayed mail",
    "address(es) failed", "address failed", "addresses failed", "addresses had", "did not reach the following", "returned to sender",
    "returned message", "returned mail", "transcript of session", "unknown user", "user unknown", "no such user", "recipient rejected",
    "recipient address rejected", "mailbox unavailable", "mailbox unknown", "mailbox full", "mailbox is full", "over quota", "quota exceeded",
    "unrouteable address", "unknown address", "invalid user address", "invalid recipient", "invalid address", "invalid final delivery",
    "permanent error", "permanent fatal error", "fatal error", "delivery error", "delivery to the following", "delevery to the following",
    "message rejected", "was rejected", "were rejected", "rejected by", "has been blocked", "was blocked", "returning message to sender",
    "not a member of", "you tried to contact", "host unknown", "host not found", "domain not found", "failure reasons", "failure notice",
    "giving up", "i'm afraid i wasn't", "unable to relay", "relaying denied", "wird zurückgesandt", "nicht zugestellt",
    "unzustellbar", "no se pudo entregar", "no se ha podido entregar", "n'a pas pu être", "non remis", "não foi possível entregar",
    "impossibile recapitare", "non è stato possibile", "送信できません", "送信に失敗", "配信できません", "届けることができません", "無法傳送", "无法投递", "退信",
    "배달되지", "не доставлено", "не может быть доставлено", "không gửi được", "không thể gửi",
});
constexpr auto kSubjects = std::to_array<string_view>({
    "undelivered mail", "undeliverable", "undeliverable:", "returned mail", "failure notice", "delivery status notification", "delivery failure",
    "delivery failed", "delivery notification", "delivery error", "delivery status", "mail delivery", "message delivery", "mail system error",
    "mail failure", "message status", "warning: could not send", "warning: message", "non delivery", "non-delivery", "nondeliverable",
    "returned to sender", "mail could not be delivered", "message undeliverable", "undeliverable message", "rejected mail", "delayed mail",
    "mail not delivered", "unzustellbar", "nicht zugestellt", "zustellung", "no se puede entregar", "no entregado", "non remis", "échec de",
    "non recapitabile", "mancato recapito", "onbestelbaar", "niet bezorgd", "olevererbart", "kan ikke leveres", "nedoručitelné", "не доставлено",
    "недоставленное", "không gửi được", "退信", "无法投递", "無法傳遞", "配信不能", "送信エラー", "배달 실패", "postmaster notify", "failed mail",
    "email delivery", "mail returned", "message not delivered", "[bounce]", "bounce", "transient failure",
});
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
    "received", "envelope-from", "return-path", "references", "in-reply-to", "dear ", "date:", "by ",
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
    if (between == "<" && end < line.size() && line[end] == '>')
      found.erase(found.begin() + static_cast<std::ptrdiff_t>(i));
    else
      ++i;
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
    if (begin < at && end > at + 1) found.push_back({normal_address(line.substr(begin, end - begin)), begin, end});
  }
  drop_display_names(line, found);
  return found;
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
      if (!contains_fold(body, "was received at") && !contains_fold(body, "session follows")) return i;
    }
    if (is_header_line(body) && i + 2 < lines.size() && is_header_line(lines[i + 1].body) &&
        is_header_line(lines[i + 2].body) && !lines[i].text.starts_with(' '))
      return i;
  }
  return lines.size();
}

// How much the place of an address on its line speaks for it being the failed one; 0: not at all.
int weight(string_view line, const Spotted& spotted) {
  const auto before = trim_blank(line.substr(0, spotted.at));
  const auto bare_before = [&] {
    auto t = before;
    while (!t.empty() && string_view("<>*-\"'( \t=:[").find(t.back()) != string_view::npos) t.remove_suffix(1);
    return trim_blank(t);
  }();
  if (contains_fold(before, "rcpt to") || contains_fold(before, "recipient") || contains_fold(before, "unknown user") ||
      contains_fold(before, "user unknown") || contains_fold(before, "invalid final delivery") ||
      contains_fold(before, "delivery to") || contains_fold(before, "failed address"))
    return 5;
  if (bare_before.empty()) return 6;  // alone, or first on its line
  const bool other = std::any_of(kNotRecipient.begin(), kNotRecipient.end(), [&](string_view w) {
    const auto end = before.size() > 40 ? before.substr(before.size() - 40) : before;
    return contains_fold(end, w);
  });
  if (other) return 0;
  if (bare_before.ends_with("550") || bare_before.ends_with("554") || contains_fold(bare_before, "user") ||
      contains_fold(bare_before, " to"))
    return 4;
  if (starts_with_fold(before, "to:") || starts_with_fold(before, "to ")) return 3;
  return 2;
}

bool stands_alone(const std::vector<Line>& lines, std::size_t end, string_view address) {
  constexpr int kAlone = 6;
  for (std::size_t i = 0; i < end; ++i) {
    for (const auto& spotted : addresses_in(lines[i].body))
      if (ascii::same(spotted.address, address) && weight(lines[i].body, spotted) == kAlone) return true;
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
  if (told.size() > kDiagnostic) told.resize(kDiagnostic);
  return told;
}

}  // namespace

bool says_undelivered(string_view text) {
  text = text.substr(0, kNotice);
  return std::any_of(kUndelivered.begin(), kUndelivered.end(), [&](string_view w) { return contains_fold(text, w); });
}

bool is_bounce_subject(string_view subject) {
  subject = trim_blank(subject);
  return std::any_of(kSubjects.begin(), kSubjects.end(), [&](string_view w) { return starts_with_fold(subject, w); });
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

std::vector<Bounce::Recipient> read_bounce_text(string_view text, const std::vector<std::string>& not_these) {
  const auto lines = read_lines(text);
  const auto end = notice_end(lines);
  struct Candidate {
    Bounce::Recipient recipient;
    int weight = 0;
  };
  std::vector<Candidate> candidates;
  std::set<std::string, std::less<>> seen;
  for (std::size_t i = 0; i < end && candidates.size() < kRecipients; ++i) {
    for (const auto& spotted : addresses_in(lines[i].body)) {
      const auto w = weight(lines[i].body, spotted);
      const auto address = ascii::lower(spotted.address);
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
          {{spotted.address, "", "", diagnostic_for(lines, end, i, lines[i].body.substr(spotted.end))}, w});
    }
  }
  // The one who is told may have written to himself.
  if (candidates.empty() && !not_these.empty()) {
    auto again = read_bounce_text(text.substr(0, kNotice), {});
    std::erase_if(again,
                  [&](const Bounce::Recipient& recipient) { return !stands_alone(lines, end, recipient.address); });
    return again;
  }
  int best = 0;
  for (const auto& candidate : candidates) best = std::max(best, candidate.weight);
  std::vector<Bounce::Recipient> recipients;
  constexpr int kAlone = 4;  // several may fail; a weak sign beside a strong one is another address of the prose
  for (auto& candidate : candidates) {
    if (candidate.weight == best || (best > kAlone && candidate.weight > kAlone))
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
