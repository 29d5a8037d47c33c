#include "mail/message/parameter.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/charset_guess.h"
#include "mail/message/encoded_word.h"

namespace leadmail::mail::message {
namespace {

struct Piece {
  std::string name{};    ///< without "*", lower case
  unsigned section = 0;  ///< RFC 2231 §3
  bool sectioned = false;
  bool extended = false;  ///< RFC 2231 §4: percent-encoded, the first section names the charset
  std::string value{};
};

/// Reads names and values one after another. What makes no sense is skipped to the next semicolon.
class Reader {
 public:
  explicit Reader(std::string_view field) : rest_(field) {}

  std::string value() {
    std::string result;
    // "filename=a.pdf" and nothing before it: the value was forgotten.
    if (begins_parameter()) return result;
    while (!rest_.empty() && rest_.front() != ';') {
      if (rest_.front() == '(') {
        skip_comment();
        continue;
      }
      // "text/plain charset=utf-8": a blank, a word and "=" begin the parameters although the semicolon is missing.
      if (ascii::is_space(rest_.front()) && !result.empty() && begins_parameter()) return result;
      if (!ascii::is_space(rest_.front()) && rest_.front() != '"') result.push_back(ascii::lower(rest_.front()));
      rest_.remove_prefix(1);
    }
    return result;
  }

  std::optional<Piece> next() {
    while (!rest_.empty()) {
      skip_separators();
      const std::size_t end = rest_.find_first_of("=; \t(\"");
      if (end == std::string_view::npos) return {};
      std::string_view name = rest_.substr(0, end);
      rest_.remove_prefix(end);
      skip_blanks();
      if (name.empty() || rest_.empty() || rest_.front() != '=') {
        if (name.empty() && !rest_.empty() && rest_.front() != ';') rest_.remove_prefix(1);
        continue;
      }
      rest_.remove_prefix(1);
      skip_blanks();
      return piece(name, text());
    }
    return {};
  }

 private:
  [[nodiscard]] bool begins_parameter() const {
    const auto word = ascii::trim(rest_.substr(0, 80));
    const std::size_t end = word.find_first_of("= \t;/(\"");
    return end != std::string_view::npos && end > 0 && word[end] == '=';
  }

  void skip_blanks() {
    while (!rest_.empty() && (ascii::is_space(rest_.front()) || rest_.front() == '(')) {
      if (rest_.front() == '(') {
        skip_comment();
      } else {
        rest_.remove_prefix(1);
      }
    }
  }

  void skip_separators() {
    do {
      if (!rest_.empty() && (rest_.front() == ';' || rest_.front() == ',')) rest_.remove_prefix(1);
      skip_blanks();
    } while (!rest_.empty() && (rest_.front() == ';' || rest_.front() == ','));
  }

  void skip_comment() {
    std::size_t depth = 0;
    while (!rest_.empty()) {
      const char c = rest_.front();
      rest_.remove_prefix(c == '\\' && rest_.size() > 1 ? 2 : 1);
      if (c == '(') ++depth;
      if (c == ')' && --depth == 0) return;
    }
  }

  /// A quoted string or whatever stands before the next semicolon. RFC 2045 §5.1
  std::string text() {
    if (!rest_.empty() && rest_.front() == '"') return quoted();
    std::size_t end = std::min(rest_.find(';'), rest_.size());
    // An unquoted file name with blanks is one name; "charset=utf-8 format=flowed" are two parameters.
    for (std::size_t blank = rest_.find_first_of(" \t"); blank < end; blank = rest_.find_first_of(" \t", blank + 1)) {
      const auto saved = rest_;
      rest_.remove_prefix(blank);
      const bool parameter = begins_parameter();
      rest_ = saved;
      if (parameter || rest_[blank + 1 < rest_.size() ? blank + 1 : blank] == '(') {
        end = blank;
        break;
      }
    }
    std::string result(ascii::trim(rest_.substr(0, end)));
    rest_.remove_prefix(end);
    return result;
  }

  std::string quoted() {
    const auto saved = rest_;
    rest_.remove_prefix(1);
    std::string result;
    while (!rest_.empty() && rest_.front() != '"') {
      // "C:\Users\x.doc" is written with single backslashes by those who do not know that they escape.
      const bool escape = rest_.front() == '\\' && rest_.size() > 1 && (rest_[1] == '"' || rest_[1] == '\\');
      if (escape) rest_.remove_prefix(1);
      result.push_back(rest_.front());
      rest_.remove_prefix(1);
    }
    if (!rest_.empty()) {
      rest_.remove_prefix(1);
      return result;
    }
    // Never closed: it ends where the next parameter begins.
    rest_ = saved.substr(1);
    const std::size_t end = std::min(rest_.find(';'), rest_.size());
    result = std::string(ascii::trim(rest_.substr(0, end)));
    rest_.remove_prefix(end);
    return result;
  }

  static Piece piece(std::string_view name, std::string value) {
    Piece result{.value = std::move(value)};
    if (name.ends_with('*')) {
      result.extended = true;
      name.remove_suffix(1);
    }
    const std::size_t star = name.find('*');
    if (star != std::string_view::npos) {
      const auto number = name.substr(star + 1);
      unsigned section = 0;
      const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), section);
      if (error == std::errc{} && end == number.data() + number.size() && section < 1000) {
        result.sectioned = true;
        result.section = section;
        name = name.substr(0, star);
      }
    }
    result.name = ascii::lower(name);
    return result;
  }

  std::string_view rest_;
};

std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? ascii::hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? ascii::hex_value(text[i + 2]) : -1;
    if (low >= 0) {
      result.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      result.push_back(text[i]);
    }
  }
  return result;
}

/// charset'language'text; the quotes are forgotten by some. RFC 2231 §4
std::pair<std::string_view, std::string_view> split_charset(std::string_view value) {
  const std::size_t first = value.find('\'');
  const std::size_t second = first == std::string_view::npos ? first : value.find('\'', first + 1);
  if (second == std::string_view::npos) return {{}, value};
  return {value.substr(0, first), value.substr(second + 1)};
}

/// "utf-8''name%2Epdf" under the plain name: somebody forgot the star.
bool is_extended_by_mistake(std::string_view value) {
  const auto [label, text] = split_charset(value);
  return label.size() > 3 && text.find('%') != std::string_view::npos && is_known_charset(label);
}

/// The pieces of one parameter, in order of section, as text.
std::string join(const std::vector<const Piece*>& pieces) {
  const bool any_extended = std::any_of(pieces.begin(), pieces.end(), [](const Piece* p) { return p->extended; });
  if (!any_extended) {
    std::string value;
    for (const Piece* piece : pieces) value += piece->value;
    if (!is_extended_by_mistake(value)) return decode_words(value);
  }
  std::string charset;
  std::string bytes;
  for (const Piece* piece : pieces) {
    std::string_view value = piece->value;
    // Only the first piece names the charset; some name it in each, or in the first that is extended. RFC 2231 §4.1
    const auto [label, text] = split_charset(value);
    if (piece == pieces.front() || (piece->extended && is_known_charset(label))) {
      if (charset.empty()) charset = std::string(label);
      value = text;
    }
    bytes += piece->extended || !any_extended ? percent_decoded(value) : std::string(value);
  }
  if (has_encoded_word(bytes)) return decode_words(bytes);
  return one_line(to_utf8(bytes, charset));
}

}  // namespace

std::string_view Parameters::get(std::string_view name) const {
  for (const auto& [key, text] : all) {
    if (key == name) return text;
  }
  return {};
}

std::string raw_parameter(std::string_view field, std::string_view name, std::size_t limit) {
  Reader reader(field);
  reader.value();
  std::vector<Piece> pieces;
  for (std::size_t read = 0; read < limit; ++read) {
    auto piece = reader.next();
    if (!piece) break;
    if (piece->name == name) pieces.push_back(std::move(*piece));
  }
  if (pieces.empty()) return {};
  if (!pieces.front().sectioned) pieces.resize(1);
  std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.section < b.section; });
  std::string value;
  for (const Piece& piece : pieces) {
    value += piece.extended ? percent_decoded(split_charset(piece.value).second) : piece.value;
  }
  return value;
}

Parameters read_parameters(std::string_view field, std::size_t limit) {
  // Raw bytes are read as text first: in East Asian charsets a quote or a backslash may be half of a character.
  std::string text;
  if (!is_valid_utf8(field) || !escape_charset(field).empty()) {
    text = guess_utf8(field);
    field = text;
  }
  Reader reader(field);
  Parameters result{.value = reader.value()};
  std::vector<Piece> pieces;
  while (auto piece = reader.next()) {
    if (pieces.size() == limit) {
      result.truncated = true;
      break;
    }
    pieces.push_back(std::move(*piece));
  }

  // An RFC 2231 form is better than the plain one beside it. RFC 6266 §4.3
  for (const Piece& first : pieces) {
    if (!result.get(first.name).empty()) continue;
    std::vector<const Piece*> same;
    for (const Piece& piece : pieces) {
      if (piece.name == first.name && (piece.sectioned || piece.extended)) same.push_back(&piece);
    }
    if (same.empty()) same.push_back(&first);
    std::stable_sort(same.begin(), same.end(), [](const Piece* a, const Piece* b) { return a->section < b->section; });
    if (!same.front()->sectioned) same.resize(1);
    result.all.emplace_back(first.name, join(same));
  }
  return result;
}

}  // namespace leadmail::mail::message
