#include "mail/smtp/reply.h"

#include <algorithm>
#include <charconv>

namespace leadmail::mail::smtp {
namespace {

constexpr std::size_t kKeptText = 512;
constexpr std::size_t kReplyLimit = 65'536;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether `text` begins with `word` in any case and a space or the end after it.
bool begins_with_word(std::string_view text, std::string_view word) {
  if (text.size() < word.size() || (text.size() > word.size() && text[word.size()] != ' ')) return false;
  return std::equal(word.begin(), word.end(), text.begin(),
                    [](char a, char b) { return a == (b >= 'a' && b <= 'z' ? b - 'a' + 'A' : b); });
}

std::string_view without_line_end(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

/// The length of "5.1.1" at the front of `text`, when a space or the end follows; else 0. RFC 3463 §2
std::size_t enhanced_code_size(std::string_view text) {
  if (text.size() < 5 || (text[0] != '2' && text[0] != '4' && text[0] != '5')) return 0;
  std::size_t at = 1;
  for (int part = 0; part < 2; ++part) {
    if (at >= text.size() || text[at] != '.') return 0;
    const std::size_t first = ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == first || at - first > 3) return 0;
  }
  return at == text.size() || text[at] == ' ' ? at : 0;
}

/// The length of the UTF-8 character at the front of `text`, and 0 when there is none or it must not reach a log:
/// controls, line and paragraph separators, marks of direction. RFC 3629 §4
std::size_t harmless_character(std::string_view text) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  if (byte(0) < 0x80) return byte(0) >= 0x20 && byte(0) != 0x7F ? 1 : 0;
  if (byte(0) >= 0xC2 && byte(0) < 0xE0) return tail(1) && (byte(0) != 0xC2 || byte(1) >= 0xA0) ? 2 : 0;
  if (byte(0) >= 0xE0 && byte(0) < 0xF0) {
    if (!tail(1) || !tail(2)) return 0;
    const unsigned code = (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    const bool steers = (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
                        (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF;
    return code >= 0x800 && (code < 0xD800 || code > 0xDFFF) && !steers ? 3 : 0;
  }
  if (byte(0) < 0xF0 || byte(0) > 0xF4 || !tail(1) || !tail(2) || !tail(3)) return 0;
  return (byte(0) != 0xF0 || byte(1) >= 0x90) && (byte(0) != 0xF4 || byte(1) < 0x90) ? 4 : 0;
}

void append_printable(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = harmless_character(text);
    if (out.size() + std::max<std::size_t>(size, 1) > kKeptText) return;
    if (size == 0) out += '?';
    out.append(text.substr(0, size));
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
}

}  // namespace

std::string printable(std::string_view words) {
  std::string out;
  append_printable(out, words);
  return out;
}

std::string describe(const Reply& reply) {
  std::string words = reply.code == 0 ? "no reply" : std::to_string(reply.code);
  if (!reply.enhanced.empty()) words += " " + reply.enhanced;
  if (!reply.text.empty()) words += (reply.code == 0 ? ": " : " ") + reply.text;
  return words;
}

std::optional<ReplyLine> parse_reply_line(std::string_view line) {
  line = without_line_end(line);
  if (line.size() < 3 || line[0] < '2' || line[0] > '5' || !is_digit(line[1]) || !is_digit(line[2]))
    return std::nullopt;
  const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  if (line.size() == 3) return ReplyLine{code, true, {}};
  if (line[3] != ' ' && line[3] != '-') return std::nullopt;
  return ReplyLine{code, line[3] == ' ', line.substr(4)};
}

ReplyReader::Got ReplyReader::add(std::string_view line) {
  const auto parsed = parse_reply_line(line);
  if (!parsed || (inside_ && parsed->code != reply_.code)) return Got::nonsense;
  if (!inside_) {
    reply_ = Reply{.code = parsed->code};
    size_ = 0;
  }
  size_ += line.size();

  // Every line of a reply may repeat the enhanced code (RFC 2034 §4); a person wants to read it once.
  std::string_view text = parsed->text;
  if (const auto size = enhanced_code_size(text)) {
    if (reply_.enhanced.empty()) reply_.enhanced = text.substr(0, size);
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  if (!reply_.text.empty() && !text.empty() && reply_.text.size() < kKeptText) reply_.text += ' ';
  append_printable(reply_.text, text);

  inside_ = !parsed->last;
  if (!inside_) return Got::reply;
  return size_ > kReplyLimit ? Got::too_long : Got::more;
}

void Transcript::connected() {
  *this = Transcript{};
  step_ = Step::greeting;
  awaiting_ = true;
}

void Transcript::next_mail() {
  const Capabilities known = capabilities_;
  *this = Transcript{};
  capabilities_ = known;
}

void Transcript::sent(std::string_view command) {
  awaiting_ = true;
  // What follows a 334 is a response of SASL, whatever it looks like. RFC 4954 §4
  if (step_ == Step::auth && auth_ && auth_->code == 334) return;

  command = without_line_end(command);
  if (begins_with_word(command, "EHLO") || begins_with_word(command, "HELO")) {
    step_ = Step::hello;
    offered_ = {};
    hello_.reset();
  } else if (begins_with_word(command, "STARTTLS")) {
    step_ = Step::starttls;
  } else if (begins_with_word(command, "AUTH")) {
    step_ = Step::auth;
  } else if (begins_with_word(command, "MAIL")) {
    step_ = Step::mail;
  } else if (begins_with_word(command, "RCPT")) {
    step_ = Step::rcpt;
    if (!mail_) mail_ = Reply{.code = 250};  // not seen, but RCPT follows nothing else
  } else if (begins_with_word(command, "DATA")) {
    step_ = Step::data;
  } else if (begins_with_word(command, "QUIT")) {
    step_ = Step::quit;
  } else {
    step_ = after_unseen();
  }
}

Transcript::Step Transcript::after_unseen() const {
  if (step_ == Step::greeting) return Step::hello;
  if (step_ == Step::connecting) return Step::mail;  // on a connection that is used again
  if (step_ == Step::mail && mail_ && mail_->positive()) return Step::rcpt;
  return step_;  // RCPT or DATA: the reply tells. Whatever comes before MAIL concerns no recipient.
}

void Transcript::end_of_mail() {
  step_ = Step::final;
  awaiting_ = true;
}

bool Transcript::received(std::string_view line) {
  if (nonsense_) return false;
  if (step_ == Step::quit) return true;  // nobody minds how a server says goodbye

  const bool first_line = !reader_.inside();
  const auto got = awaiting_ ? reader_.add(line) : ReplyReader::Got::nonsense;
  if (got == ReplyReader::Got::nonsense) {
    nonsense_ = true;
    final_.reset();  // a reply that contradicts itself says nothing
    return false;
  }
  // The first line of an EHLO reply greets and names the host; it is no capability. RFC 5321 §4.1.1.1
  if (step_ == Step::hello && !first_line) take_capability(parse_reply_line(line).value_or(ReplyLine{}).text);
  if (step_ == Step::final) final_ = reader_.reply();
  if (got == ReplyReader::Got::too_long) {
    nonsense_ = true;
    return false;
  }
  if (got == ReplyReader::Got::reply) note(reader_.reply());
  return true;
}

void Transcript::note(const Reply& reply) {
  awaiting_ = false;
  if (reply.code >= 400) last_refusal_ = reply;
  switch (step_) {
    case Step::greeting: greeting_ = reply; break;
    case Step::hello:
      hello_ = reply;
      if (reply.positive()) capabilities_ = offered_;
      break;
    case Step::starttls: starttls_ = reply; break;
    case Step::auth: auth_ = reply; break;
    case Step::mail: mail_ = reply; break;
    case Step::rcpt:
      if (reply.code != 354) {
        recipients_.push_back(reply);
        break;
      }
      [[fallthrough]];  // DATA was not seen. RFC 5321 §4.3.2
    case Step::data:
      data_ = reply;
      if (reply.code == 354) step_ = Step::body;
      break;
    case Step::final: final_ = reply; break;
    case Step::connecting:
    case Step::body:
    case Step::quit: break;
  }
}

void Transcript::take_capability(std::string_view line) {
  if (begins_with_word(line, "STARTTLS")) offered_.starttls = true;
  if (begins_with_word(line, "AUTH")) offered_.auth = true;
  if (begins_with_word(line, "PIPELINING")) offered_.pipelining = true;
  if (begins_with_word(line, "8BITMIME")) offered_.eight_bit_mime = true;
  if (begins_with_word(line, "SMTPUTF8")) offered_.smtputf8 = true;
  if (begins_with_word(line, "SIZE") && line.size() > 5) {
    const std::string_view digits = line.substr(5);
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (error == std::errc{} && end == digits.data() + digits.size()) offered_.size = size;
  }
}

}  // namespace leadmail::mail::smtp
