#include "mail/message/transfer.h"

#include <mimetic/codec/base64.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "mail/message/ascii.h"
#include "mail/message/uuencode.h"

namespace leadmail::mail::message {
namespace {

constexpr std::size_t kPiece = std::size_t{48} * 1024;

/// What each byte stands for in base64; kNoLetter for what is no letter of it.
constexpr std::uint8_t kNoLetter = 0x80;
constexpr std::array<std::uint8_t, 256> base64_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoLetter);
  std::uint8_t value = 0;
  for (const char c : std::string_view{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"})
    values[static_cast<unsigned char>(c)] = value++;
  return values;
}
constexpr auto kValues = base64_values();

/// The same, where the letter stands in a group of four; what is no letter sets a bit above the three bytes of a group.
constexpr std::uint32_t kNoGroup = 0x1000000;
constexpr std::array<std::uint32_t, 256> shifted_values(unsigned bits) {
  std::array<std::uint32_t, 256> values{};
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = kValues[i] == kNoLetter ? kNoGroup : std::uint32_t{kValues[i]} << bits;
  return values;
}
constexpr std::array<std::array<std::uint32_t, 256>, 4> kGroups{shifted_values(18), shifted_values(12),
                                                                shifted_values(6), shifted_values(0)};

constexpr std::uint8_t value_of(char c) { return kValues[static_cast<unsigned char>(c)]; }
/// The three bytes of a group of four letters, the first in the highest place; kNoGroup or more when one is no letter.
constexpr std::uint32_t group_at(const char* four) {
  return kGroups[0][static_cast<unsigned char>(four[0])] | kGroups[1][static_cast<unsigned char>(four[1])] |
         kGroups[2][static_cast<unsigned char>(four[2])] | kGroups[3][static_cast<unsigned char>(four[3])];
}
constexpr bool is_letter(char c) { return value_of(c) != kNoLetter; }

/// A line of prose behind the base64 (a list's footer, a virus scanner's boast): no line of ours has blanks or such
/// signs in it.
bool is_prose(std::string_view line) {
  line = ascii::trim(line);
  if (line.empty()) return false;
  const auto letters = std::count_if(line.begin(), line.end(), is_letter);
  const auto padding = std::count(line.begin(), line.end(), '=');
  const auto strange = static_cast<std::ptrdiff_t>(line.size()) - letters - std::min<std::ptrdiff_t>(padding, 2);
  return strange > 1 && strange * 8 > static_cast<std::ptrdiff_t>(line.size());
}

/// Gathers letters in groups of four, and what they stand for in pieces. Groups are looked up here, because mimetic
/// takes letter by letter and four times as long; what is left of one before padding or at the end is mimetic's, which
/// is given letters only: its table is read one byte too far for "{" and its padding lies.
class Base64Sink {
 public:
  explicit Base64Sink(const Sink& sink) : sink_(sink) {}

  /// Letters and nothing else.
  void add(std::string_view letters) {
    while (pending_ > 0 && !letters.empty()) {
      group_[pending_++] = letters.front();
      letters.remove_prefix(1);
      if (pending_ == group_.size()) {
        add_groups({group_.data(), group_.size()});
        pending_ = 0;
      }
    }
    const std::size_t rest = letters.size() % group_.size();
    add_groups(letters.substr(0, letters.size() - rest));
    for (const char c : letters.substr(letters.size() - rest)) group_[pending_++] = c;
  }

  /// Takes the line at the start of `bytes` if it is nothing but whole groups, as nearly all are, and tells how long it
  /// is; otherwise takes nothing.
  std::size_t add_line(std::string_view bytes) {
    if (pending_ > 0) return 0;
    if (kPiece - size_ < kLine) pass_on();
    const std::size_t most = std::min(bytes.size(), kLine / 3 * 4);
    char* out = bytes_.data() + size_;
    std::size_t at = 0;
    for (; at + 4 <= most; at += 4, out += 3) {
      const auto group = group_at(bytes.data() + at);
      if (group >= kNoGroup) break;
      write_group(group, out);
    }
    if (at == bytes.size() || (bytes[at] != '\r' && bytes[at] != '\n')) return 0;
    size_ += at / 4 * 3;
    return at;
  }

  void flush() {
    end_group();
    pass_on();
  }

  /// Padding: the group ends here, whatever follows begins a new one. False when that cuts a byte in two.
  bool end_group() {
    const std::size_t left = std::exchange(pending_, 0);
    if (left < 2) return left == 0;  // one letter holds six bits: no byte
    if (bytes_.size() - size_ < group_.size()) pass_on();
    mimetic::Base64::Decoder decoder;
    char* out = bytes_.data() + size_;
    decoder.process(group_.data(), group_.data() + left, out);
    size_ += left - 1;
    return true;
  }

 private:
  static constexpr std::size_t kLine = 3072;  ///< bytes of the longest line that is taken as a whole

  static void write_group(std::uint32_t group, char* out) {
    out[0] = static_cast<char>(group >> 16U);
    out[1] = static_cast<char>(group >> 8U);
    out[2] = static_cast<char>(group);
  }

  void add_groups(std::string_view letters) {
    while (!letters.empty()) {
      const std::size_t count = std::min(letters.size() / 4, (bytes_.size() - size_) / 3);
      const char* in = letters.data();
      char* out = bytes_.data() + size_;
      for (std::size_t i = 0; i < count; ++i, in += 4, out += 3) write_group(group_at(in), out);
      size_ += count * 3;
      letters.remove_prefix(count * 4);
      if (bytes_.size() - size_ < 3) pass_on();
    }
  }

  void pass_on() {
    if (size_ > 0) sink_(std::string_view(bytes_.data(), size_));
    size_ = 0;
  }

  const Sink& sink_;
  std::array<char, 4> group_{};  ///< the letters of a group that is not whole yet
  std::size_t pending_ = 0;      ///< how many they are
  std::array<char, kPiece> bytes_;
  std::size_t size_ = 0;
};

std::size_t letters_run(std::string_view bytes) {
  std::size_t i = 0;
  for (; i + 4 <= bytes.size(); i += 4) {
    const auto any = value_of(bytes[i]) | value_of(bytes[i + 1]) | value_of(bytes[i + 2]) | value_of(bytes[i + 3]);
    if ((any & kNoLetter) != 0) break;
  }
  while (i < bytes.size() && is_letter(bytes[i])) ++i;
  return i;
}

/// What stands behind a padding on its line, looked at once a line; places of what is not there are 0.
struct RestOfLine {
  std::size_t end = 0;
  std::size_t last_blank = 0;
  std::size_t last_sign = 0;  ///< neither blank nor "="
};

RestOfLine line_from(std::string_view bytes, std::size_t at) {
  const std::size_t end = std::min(bytes.find_first_of("\r\n", at), bytes.size());
  const auto line = bytes.substr(at, end - at);
  const std::size_t blank = line.find_last_of(" \t");
  const std::size_t sign = line.find_last_not_of("= \t");
  return {end, blank == std::string_view::npos ? 0 : at + blank, sign == std::string_view::npos ? 0 : at + sign};
}

Decoded decode_base64(std::string_view bytes, const Sink& sink) {
  Decoded result{.trailing = bytes.size()};
  Base64Sink out(sink);
  bool padded = false;
  std::size_t at = 0;
  bool line_start = true;
  RestOfLine line;
  while (at < bytes.size()) {
    if (const std::size_t size = line_start && !padded ? out.add_line(bytes.substr(at)) : 0; size > 0) {
      at += size;
      line_start = false;
      continue;
    }
    if (const std::size_t run = letters_run(bytes.substr(at)); run > 0) {
      const std::size_t end = at + run;
      const bool whole_line = end == bytes.size() || bytes[end] == '\r' || bytes[end] == '\n' || bytes[end] == '=';
      if (line_start && at > 0 && (!whole_line || padded)) {
        const auto whole = bytes.substr(at, bytes.find_first_of("\r\n", end) - at);
        // Behind the padding there may be another encoded file, or the words of a footer.
        if (is_prose(whole) || (padded && whole_line && whole.size() % 4 != 0)) {
          result.trailing = at;
          result.clean = false;
          break;
        }
      }
      out.add(bytes.substr(at, run));
      at = end;
      line_start = false;
      continue;
    }
    const char c = bytes[at];
    if (c == '=') {
      if (!out.end_group()) result.clean = false;
      padded = true;
      // Words on the same line are nobody's.
      if (at >= line.end) line = line_from(bytes, at);
      if (line.last_blank > at && line.last_sign > at) {
        result.clean = false;
        at = line.end;
        continue;
      }
    } else if (c == '\n' || c == '\r') {
      line_start = true;
    } else if (!ascii::is_space(c)) {
      result.clean = false;
      const auto rest = line_start ? bytes.substr(at, bytes.find_first_of("\r\n", at) - at) : std::string_view{};
      if (line_start && (is_prose(rest) || rest.starts_with("--"))) {
        result.trailing = at;
        break;
      }
      line_start = false;
    }
    ++at;
  }
  out.flush();
  return result;
}

/// Our own: mimetic's drops line breaks after blanks, and control characters, and turns CRLF into LF in attachments.
class QuotedPrintable {
 public:
  explicit QuotedPrintable(const Sink& sink) : sink_(sink) { piece_.reserve(kPiece + 1024); }

  void line(std::string_view text, std::string_view line_break) {
    // Blanks at the end were added by a transport. RFC 2045 §6.7 (3)
    std::size_t end = text.size();
    while (end > 0 && ascii::is_blank(text[end - 1])) --end;
    const bool soft = end > 0 && text[end - 1] == '=';
    text = text.substr(0, soft ? end - 1 : end);
    add(text);
    if (!soft) piece_ += line_break;
    if (piece_.size() >= kPiece) flush();
  }
  void flush() {
    if (!piece_.empty()) sink_(piece_);
    piece_.clear();
  }
  [[nodiscard]] bool clean() const { return clean_; }

 private:
  void add(std::string_view text) {
    while (!text.empty()) {
      const std::size_t mark = std::min(text.find('='), text.size());
      for (auto plain = text.substr(0, mark); !plain.empty();) {
        const auto some = plain.substr(0, kPiece);
        piece_ += some;
        plain.remove_prefix(some.size());
        if (piece_.size() >= kPiece) flush();
      }
      text.remove_prefix(mark);
      if (text.empty()) return;
      const int high = text.size() > 2 ? ascii::hex_value(text[1]) : -1;
      const int low = high >= 0 ? ascii::hex_value(text[2]) : -1;
      if (low >= 0) {
        piece_.push_back(static_cast<char>(high * 16 + low));
        text.remove_prefix(3);
      } else {
        piece_.push_back('=');  // as it stands. RFC 2045 §6.7 note 2
        text.remove_prefix(1);
        clean_ = false;
      }
      if (piece_.size() >= kPiece) flush();
    }
  }

  const Sink& sink_;
  std::string piece_{};
  bool clean_ = true;
};

Decoded decode_quoted_printable(std::string_view bytes, const Sink& sink) {
  const std::size_t size = bytes.size();
  QuotedPrintable out(sink);
  while (!bytes.empty()) {
    const std::size_t lf = bytes.find('\n');
    const std::size_t next = lf == std::string_view::npos ? bytes.size() : lf + 1;
    std::size_t end = lf == std::string_view::npos ? bytes.size() : lf;
    while (end > 0 && end < next && bytes[end - 1] == '\r') --end;  // CR CR LF is a gateway's doing
    out.line(bytes.substr(0, end), bytes.substr(end, next - end));
    bytes.remove_prefix(next);
  }
  out.flush();
  return {.clean = out.clean(), .trailing = size};
}

Decoded decode_identity(std::string_view bytes, const Sink& sink) {
  for (std::size_t at = 0; at < bytes.size(); at += kPiece) sink(bytes.substr(at, kPiece));
  return {.clean = true, .trailing = bytes.size()};
}

}  // namespace

Encoding read_encoding(std::string_view value) {
  // "base64;", "\"base64\"", "(comment) quoted-printable" and "quoted printable" occur.
  value = ascii::trim(value);
  if (value.starts_with('(') && value.find(')') != std::string_view::npos)
    value = ascii::trim(value.substr(value.find(')') + 1));
  if (!value.empty() && value.front() == '"') value.remove_prefix(1);
  if (ascii::starts_with(value, "base64") || ascii::starts_with(value, "base-64")) return Encoding::base64;
  if (ascii::starts_with(value, "quoted-printable") || ascii::starts_with(value, "quoted printable") ||
      ascii::starts_with(value, "qp") || ascii::starts_with(value, "quotedprintable")) {
    return Encoding::quoted_printable;
  }
  for (const std::string_view name : {"x-uuencode", "uuencode", "x-uue", "uue"}) {
    if (ascii::starts_with(value, name)) return Encoding::uuencode;
  }
  return Encoding::identity;
}

bool is_plain_writing(std::string_view bytes) {
  bytes = ascii::trim(bytes.substr(0, 2048));
  // Below true base64 there may be words, a list's footer; above it there are none.
  const auto first = ascii::trim(bytes.substr(0, bytes.find('\n')));
  if (first.find(' ') == std::string_view::npos) return false;
  std::size_t blanks = 0;
  std::size_t strange = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    const bool between =
        i > 0 && i + 1 < bytes.size() && ascii::is_alpha(bytes[i - 1]) && !ascii::is_space(bytes[i + 1]);
    if (c == ' ' && between) ++blanks;
    if (!is_letter(c) && !ascii::is_space(c) && c != '=' && !ascii::is_control(c)) ++strange;
  }
  return blanks >= 2 && strange >= 1 && blanks * 14 > bytes.size();
}

bool is_known_encoding(std::string_view value) {
  value = ascii::trim(value);
  return value.empty() || read_encoding(value) != Encoding::identity || ascii::starts_with(value, "7bit") ||
         ascii::starts_with(value, "8bit") || ascii::starts_with(value, "binary") ||
         ascii::starts_with(value, "7-bit") || ascii::starts_with(value, "8-bit") ||
         ascii::starts_with(value, "7 bit") || ascii::starts_with(value, "8 bit");
}

Decoded decode(std::string_view bytes, Encoding encoding, const Sink& sink) {
  switch (encoding) {
    case Encoding::base64: return decode_base64(bytes, sink);
    case Encoding::quoted_printable: return decode_quoted_printable(bytes, sink);
    case Encoding::uuencode: {
      const std::string decoded = decode_uuencoded(bytes);
      decode_identity(decoded, sink);
      return {.clean = true, .trailing = bytes.size()};
    }
    case Encoding::identity: break;
  }
  return decode_identity(bytes, sink);
}

std::string decode(std::string_view bytes, Encoding encoding, std::size_t limit) {
  // Neither encoding makes more than one byte of one, nor less than one of five (blanks and line breaks included); give
  // up on the rest early, so that 50 MB of text cost what the first of it costs.
  if (limit < std::string::npos / 8) bytes = bytes.substr(0, limit * 5 + 1024);
  std::string result;
  if (encoding == Encoding::identity) return std::string(bytes.substr(0, limit));
  result.reserve(std::min(bytes.size(), limit));
  decode(bytes, encoding,
         [&](std::string_view piece) { result += piece.substr(0, limit - std::min(limit, result.size())); });
  return result;
}

std::string decode_base64(std::string_view text) {
  std::string letters;
  std::string result;
  const auto flush = [&] {
    const Sink sink = [&](std::string_view piece) { result += piece; };
    decode_base64(letters, sink);
    letters.clear();
  };
  // Two padded groups in one word are two encoded pieces.
  for (const char c : text) {
    if (c == '=') flush();
    if (is_letter(c)) letters.push_back(c);
    if (c == '-') letters.push_back('+');  // RFC 4648 §5, by mistake
    if (c == '_') letters.push_back('/');
  }
  flush();
  return result;
}

}  // namespace leadmail::mail::message
