#include "mail/imap/response.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "mail/imap/response_items.h"

namespace leadmail::mail::imap {
namespace {

/// More literals than any answer to our commands holds.
constexpr std::size_t kMostLiterals = 10'000;

struct Announced {
  bool is_literal = false;
  bool readable = false;
  std::uint64_t size = 0;
  std::size_t from = 0;  ///< where the announcement begins
};

/// "{25}", "{25+}" or "~{25}" at the end of `line`. RFC 3501 §4.3, RFC 7888, RFC 3516 §4.4
Announced announced_literal(std::string_view line) {
  Announced found;
  if (line.empty() || line.back() != '}') return found;
  found.from = line.rfind('{');
  if (found.from == std::string_view::npos) return found;
  std::string_view digits = line.substr(found.from + 1, line.size() - found.from - 2);
  if (found.from > 0 && line[found.from - 1] == '~') --found.from;
  if (found.from > 0 && line[found.from - 1] != ' ' && line[found.from - 1] != '(') return found;

  found.is_literal = true;
  if (!digits.empty() && digits.back() == '+') digits.remove_suffix(1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), found.size);
  found.readable =
      !digits.empty() && digits.front() != '-' && error == std::errc{} && end == digits.data() + digits.size();
  return found;
}

/// The length of the well-formed UTF-8 sequence at the front of `text`, and its code point; 0 when there is none.
std::size_t utf8_sequence(std::string_view text, char32_t& code) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t size = first < 0x80                    ? 1
                           : first >= 0xC2 && first < 0xE0 ? 2
                           : (first & 0xF0U) == 0xE0       ? 3
                           : first >= 0xF0 && first < 0xF5 ? 4
                                                           : 0;
  if (size == 0 || text.size() < size) return 0;
  code = size == 1 ? first : first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80) return 0;
    code = (code << 6U) | (next & 0x3FU);
  }
  const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  return overlong || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? 0 : size;
}

/// Characters that could forge a line of a log or turn its direction.
bool is_dangerous(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C || code == 0x200E || code == 0x200F ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

}  // namespace

std::string printable(std::string_view text, std::size_t most) {
  std::string clean;
  while (!text.empty()) {
    char32_t code = 0;
    const std::size_t size = utf8_sequence(text, code);
    const bool plain = size > 0 && !is_dangerous(code);
    if (clean.size() + (plain ? size : 1) > most) break;
    if (plain) {
      clean += text.substr(0, size);
    } else {
      clean += size == 1 && code < 0x20 ? ' ' : '?';
    }
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return clean;
}

std::string Status::words() const {
  constexpr std::array<std::string_view, 5> kNames{"OK", "NO", "BAD", "BYE", "PREAUTH"};
  std::string all(kNames[static_cast<std::size_t>(kind)]);
  if (!code.empty()) all += " [" + code + (arguments.empty() ? "" : " ") + arguments.substr(0, 200) + "]";
  if (!text.empty()) all += " " + text.substr(0, 1000);
  return printable(all);
}

Error ResponseReader::broken(std::string what) {
  broken_ = Error{Next::retry, "IMAP: " + std::move(what)};
  buffer_ = {};
  taken_ = 0;
  literals_ = {};
  return *broken_;
}

void ResponseReader::take_literal(std::string_view& bytes) {
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(missing_, bytes.size()));
  literals_.back().append(bytes.substr(0, size));
  missing_ -= size;
  bytes.remove_prefix(size);
}

void ResponseReader::feed(std::string_view bytes) {
  if (broken_) return;
  if (taken_ == buffer_.size()) {
    buffer_.clear();
    taken_ = 0;
    // Straight into its place: a large body is copied only once.
    if (missing_ > 0) take_literal(bytes);
  }
  buffer_.append(bytes);
}

Result<std::optional<Response>> ResponseReader::next() {
  for (;;) {
    if (broken_) return *broken_;
    if (missing_ > 0) {
      std::string_view rest = std::string_view(buffer_).substr(taken_);
      take_literal(rest);
      taken_ = buffer_.size() - rest.size();
      if (missing_ > 0) return std::optional<Response>{};
    }
    auto line_ended = take_line();
    if (!line_ended) return std::move(line_ended.error());
    if (!*line_ended) return std::optional<Response>{};
    auto goes_on = open_literal();
    if (!goes_on) return std::move(goes_on.error());
    if (*goes_on || text_.empty()) continue;
    auto response = complete();
    if (!response) return std::move(response.error());
    return std::optional<Response>(*std::move(response));
  }
}

// Moves what is there of a line into text_; true when its LF was there.
Result<bool> ResponseReader::take_line() {
  const std::string_view rest = std::string_view(buffer_).substr(taken_);
  const auto end = rest.find('\n');
  const std::string_view part = rest.substr(0, end);
  if (part.size() > limits_.line - std::min(limits_.line, text_.size())) return broken("a line that is too long");
  text_ += part;
  taken_ += end == std::string_view::npos ? part.size() : part.size() + 1;
  if (end == std::string_view::npos) return false;
  if (text_.size() > line_start_ && text_.back() == '\r') text_.pop_back();
  return true;
}

// True when the line that has just ended announces a literal: the response goes on behind it.
Result<bool> ResponseReader::open_literal() {
  if (literals_.empty() && is_for_people(text_)) return false;
  const Announced literal = announced_literal(std::string_view(text_).substr(line_start_));
  if (!literal.is_literal) return false;
  if (!literal.readable) return broken("a literal of unreadable size");
  if (literal.size > limits_.literals - std::min(limits_.literals, literal_octets_)) {
    return broken("a literal of " + std::to_string(literal.size) + " octets, more than the " +
                  std::to_string(limits_.literals) + " allowed here");
  }
  if (literals_.size() == kMostLiterals) return broken("too many literals in one response");
  text_.resize(line_start_ + literal.from);
  text_ += "{}";
  line_start_ = text_.size();
  literal_octets_ += literal.size;
  missing_ = literal.size;
  literals_.emplace_back().reserve(static_cast<std::size_t>(literal.size));
  return true;
}

Result<Response> ResponseReader::complete() {
  auto response = parse_response(text_, literals_, limits_.nesting);
  text_.clear();
  if (text_.capacity() > (64U << 10U)) text_ = {};
  line_start_ = 0;
  literals_.clear();
  literal_octets_ = 0;
  if (!response) return broken(std::move(response.error().what));
  return response;
}

}  // namespace leadmail::mail::imap
