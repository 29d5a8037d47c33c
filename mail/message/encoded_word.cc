#include "mail/message/encoded_word.h"

#include <optional>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/charset_guess.h"
#include "mail/message/charset_label.h"
#include "mail/message/transfer.h"

namespace leadmail::mail::message {
namespace {

struct Word {
  std::string_view charset{};
  char encoding = 'q';
  std::string_view text{};
  std::size_t end = 0;  ///< behind its "?="
};

/// Where the text of a word ends. "?=" inside a Q word that goes on with a hex pair ("a?=20b?=") is not its end.
std::size_t find_end(std::string_view value, std::size_t from, char encoding) {
  std::size_t end = value.find("?=", from);
  while (encoding == 'q' && end != std::string_view::npos && end + 3 < value.size() &&
         ascii::hex_value(value[end + 2]) >= 0 && ascii::hex_value(value[end + 3]) >= 0) {
    const std::size_t next = value.find("?=", end + 2);
    const std::size_t word = value.find("=?", end + 2);
    if (next == std::string_view::npos || word < next) break;
    end = next;
  }
  return end;
}

/// The encoded word that begins at `at` ("=?"). A word that is never closed ends with the value. RFC 2047 §2
std::optional<Word> read_word(std::string_view value, std::size_t at) {
  const std::size_t charset = at + 2;
  const std::size_t mark = value.find('?', charset);
  if (mark == std::string_view::npos || mark - charset > 60 || mark + 2 >= value.size() || value[mark + 2] != '?')
    return {};
  const auto label = value.substr(charset, mark - charset);
  if (label.find_first_of(" \t<>@") != std::string_view::npos) return {};
  const char encoding = ascii::lower(value[mark + 1]);
  if (encoding != 'q' && encoding != 'b') return {};

  const std::size_t text = mark + 3;
  const std::size_t end = find_end(value, text, encoding);
  if (end == std::string_view::npos) {
    auto rest = value.substr(text);
    if (rest.ends_with('?')) rest.remove_suffix(1);
    return Word{label, encoding, rest, value.size()};
  }
  return Word{label, encoding, value.substr(text, end - text), end + 2};
}

/// "_" is a blank, "=XX" a byte, anything else itself. RFC 2047 §4.2
std::string decode_q(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '=' && i + 2 < text.size() ? ascii::hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? ascii::hex_value(text[i + 2]) : -1;
    if (low >= 0) {
      result.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      result.push_back(text[i] == '_' ? ' ' : text[i]);
    }
  }
  return result;
}

/// "utf8" and "UTF-8*en" are one charset.
bool is_same_charset(std::string_view a, std::string_view b) {
  if (ascii::same(a, b)) return true;
  const auto name = charset_name(a);
  return !name.empty() && name == charset_name(b);
}

/// Do the bytes end between two escape sequences, and the next ones not begin with one? Then the encoder has cut a text
/// of ISO-2022 without returning to ASCII, as RFC 1468 demands.
bool goes_on(std::string_view bytes, std::string_view next) {
  const std::size_t escape = bytes.rfind('\x1b');
  return escape != std::string_view::npos && !bytes.substr(escape).starts_with("\x1b(") && !next.starts_with('\x1b');
}

/// Collects what comes; bytes of neighbouring words of one charset are joined before they are converted, because
/// encoders cut inside characters. Not so where the charset keeps state: there each word starts anew. RFC 2047 §5 (3)
class Text {
 public:
  explicit Text(std::string_view hint) : hint_(hint) {}

  void add_raw(std::string_view bytes) {
    flush();
    if (!bytes.empty()) result_ += raw_text(bytes, hint_);
  }
  void add_word(const Word& word) {
    auto bytes = word.encoding == 'b' ? decode_base64(word.text) : decode_q(word.text);
    if (!is_same_charset(word.charset, charset_) || (is_stateful(charset_) && !goes_on(pending_, bytes))) flush();
    charset_ = word.charset;
    pending_ += bytes;
  }
  std::string take() {
    flush();
    return std::move(result_);
  }

 private:
  void flush() {
    if (!pending_.empty()) result_ += to_utf8(pending_, charset_);
    pending_.clear();
  }

  std::string result_{};
  std::string pending_{};
  std::string_view charset_{};
  std::string_view hint_;
};

bool is_blank_only(std::string_view text) { return ascii::trim(text).empty(); }

}  // namespace

std::string raw_text(std::string_view bytes, std::string_view hint) {
  if (is_valid_utf8(bytes) && escape_charset(bytes).empty()) return repair_utf8(bytes);
  // "utf-8" is no help for what is none, and Latin-1 is what is said by those who know nothing.
  const auto name = charset_name(hint);
  if (name.empty() || name == "utf-8" || name == "windows-1252") return guess_utf8(bytes);
  return to_utf8(bytes, hint);
}

std::string decode_words(std::string_view value, std::string_view hint) {
  Text text(hint);
  std::size_t done = 0;
  bool after_word = false;
  for (std::size_t at = value.find("=?"); at != std::string_view::npos; at = value.find("=?", at)) {
    const auto word = read_word(value, at);
    if (!word) {
      ++at;
      continue;
    }
    const auto between = value.substr(done, at - done);
    if (!after_word || !is_blank_only(between)) text.add_raw(between);
    text.add_word(*word);
    after_word = true;
    done = at = word->end;
  }
  text.add_raw(value.substr(done));
  return one_line(text.take());
}

bool has_encoded_word(std::string_view value) {
  for (std::size_t at = value.find("=?"); at != std::string_view::npos; at = value.find("=?", at + 1)) {
    if (read_word(value, at)) return true;
  }
  return false;
}

std::string one_line(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool gap = false;
  for (const char c : text) {
    if (ascii::is_control(c)) {
      gap = true;
      continue;
    }
    if (gap && !result.empty() && result.back() != ' ' && c != ' ') result.push_back(' ');
    gap = false;
    result.push_back(c);
  }
  return std::string(ascii::trim(result));
}

}  // namespace leadmail::mail::message
