#include "mail/message/address.h"

#include <algorithm>
#include <utility>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/charset_guess.h"
#include "mail/message/encoded_word.h"

namespace leadmail::mail::message {
namespace {

constexpr std::size_t kLongestAddress = 998;

/// A word or a quoted string of the value, blanks and comments left out.
struct Token {
  std::string text{};
  bool quoted = false;
  bool glued = false;  ///< no blank before it
};

bool has_at(const Token& token) { return token.text.find('@') != std::string::npos; }

/// How many characters there are on which the reading of an address rests.
std::size_t signs_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return std::string_view{"@<>(),;:\"\\"}.find(c) != std::string_view::npos;
  }));
}

bool is_encoded(std::string_view text) { return text.find("=?") != std::string_view::npos && has_encoded_word(text); }

class Parser {
 public:
  Parser(std::string_view value, std::size_t limit) : value_(value), limit_(limit) {}

  AddressList read() {
    while (at_ < value_.size() && !result_.is_truncated) step();
    end_mailbox();
    flush_prefix();
    return std::move(result_);
  }

 private:
  void step() {
    const char c = value_[at_];
    if (ascii::is_space(c) || ascii::is_control(c)) {
      gap_ = true;
      ++at_;
      return;
    }
    switch (c) {
      case '"': return quoted();
      case '(': return comment();
      case '<': return angle();
      case ',': return separator(false);
      case ';': return separator(true);
      case ':': return colon();
      case '>':
      case ')':
        result_.is_damaged = true;
        ++at_;
        return;
      default: return word();
    }
  }

  void add(std::string text, bool is_quoted) {
    // An address that goes on behind what looked like its end ("<a@b>c"): two mailboxes, never one.
    tokens_.push_back({std::move(text), is_quoted, !gap_ && !tokens_.empty()});
    has_bare_at_ = has_bare_at_ || (!is_quoted && has_at(tokens_.back()));
    gap_ = false;
  }

  void word() {
    static constexpr ascii::Set kEnds{" \t\r\n\"(<>,;:)"};
    std::size_t end = kEnds.first_in(value_, at_);
    // An encoded word may hold any of these by mistake, and a comma is common: =?utf-8?Q?Doe,_John?=
    if (value_.substr(at_).starts_with("=?")) {
      // Not looked for further than a name is long: else many that never end cost the whole list each.
      const auto ahead = value_.substr(at_, 4 * kLongestAddress);
      const std::size_t charset = ahead.find('?', 2);
      if (charset < 64 && charset + 2 < ahead.size() && ahead[charset + 2] == '?') {
        const std::size_t close = ahead.find("?=", charset + 3);
        if (close != std::string_view::npos && ahead.substr(0, close).find_first_of("<>\"") == std::string_view::npos)
          end = at_ + close + 2;
      }
    }
    if (end == at_) ++end;
    add(std::string(value_.substr(at_, end - at_)), false);
    at_ = end;
  }

  void quoted() {
    std::string text;
    std::size_t i = at_ + 1;
    if (!no_more_quotes_) {
      for (; i < value_.size() && value_[i] != '"'; ++i) {
        if (value_[i] == '\\' && i + 1 < value_.size()) ++i;
        text.push_back(value_[i]);
      }
    }
    if (no_more_quotes_ || i >= value_.size()) {
      no_more_quotes_ = true;  // so that many open quotes cost no more than one
      result_.is_damaged = true;
      ++at_;
      return;
    }
    at_ = i + 1;
    add(std::move(text), true);
  }

  void comment() {
    if (!no_more_comments_) {
      std::size_t depth = 0;
      std::string text;
      for (std::size_t i = at_; i < value_.size(); ++i) {
        const char c = value_[i];
        if (c == '\\' && i + 1 < value_.size()) {
          text.push_back(value_[++i]);
          continue;
        }
        if (c == '(' && ++depth == 1) continue;
        if (c == ')' && --depth == 0) {
          if (comment_.empty()) comment_ = ascii::trim(text);
          at_ = i + 1;
          gap_ = true;
          return;
        }
        text.push_back(c);
      }
      no_more_comments_ = true;
    }
    result_.is_damaged = true;
    gap_ = true;
    ++at_;
  }

  void angle() {
    if (has_angle_) end_mailbox();
    std::size_t end = at_ + 1;
    bool in_quotes = false;
    for (; end < value_.size() &&
           (in_quotes || (value_[end] != '>' && value_[end] != '<' && value_[end] != ',' && value_[end] != ';')) &&
           end - at_ <= 4 * kLongestAddress;
         ++end) {
      if (in_quotes && value_[end] == '\\' && end + 1 < value_.size()) {
        ++end;
      } else if (value_[end] == '"') {
        in_quotes = !in_quotes;
      } else if (value_[end] == ',' || value_[end] == ';') {
        break;
      }
      // A source route has commas and a colon before the address. RFC 5322 §4.4
      if (value_[end] == '@' && end == at_ + 1) {
        const std::size_t colon = value_.substr(0, at_ + 4 * kLongestAddress).find_first_of(":<>", end);
        if (colon != std::string_view::npos && value_[colon] == ':') end = colon;
      }
    }
    end = std::min(end, value_.size());
    const bool closed = end < value_.size() && value_[end] == '>';
    if (!closed) result_.is_damaged = true;

    // "<<a@b>>" and "< <a@b> >": the inner one is meant.
    const auto inside = value_.substr(at_ + 1, end - at_ - 1);
    at_ = closed ? end + 1 : end;
    if (!closed && ascii::trim(inside).empty()) return;
    spec_ = addr_spec(inside);
    has_angle_ = true;
    name_end_ = tokens_.size();
    gap_ = true;
  }

  /// The address inside <>: comments, blanks and a route left out.
  std::string addr_spec(std::string_view inside) {
    inside = ascii::trim(inside);
    if (inside.starts_with('@')) {
      const std::size_t colon = inside.find(':');
      if (colon != std::string_view::npos) inside.remove_prefix(colon + 1);
    }
    if (ascii::starts_with(inside, "mailto:")) inside.remove_prefix(7);
    std::string text;
    std::size_t depth = 0;
    bool in_quotes = false;
    for (std::size_t i = 0; i < inside.size(); ++i) {
      const char c = inside[i];
      if (depth == 0 && c == '"') in_quotes = !in_quotes;
      if (in_quotes) {
        text.push_back(c);
        if (c == '\\' && i + 1 < inside.size()) text.push_back(inside[++i]);
        continue;
      }
      if (c == '(') ++depth;
      if (depth == 0 && !ascii::is_space(c) && !ascii::is_control(c)) text.push_back(c);
      if (c == ')' && depth > 0) --depth;
    }
    if (is_encoded(text)) {
      result_.has_encoded_address = true;
      text = decode_words(text);
    }
    // "<John Doe a@b>": blanks made one word of it; the address is the last one that was written.
    if (inside.find(' ') != std::string_view::npos && inside.find('@') != std::string_view::npos && !in_quotes &&
        depth == 0 && inside.find('"') == std::string_view::npos && inside.find('(') == std::string_view::npos) {
      const auto last = inside.substr(inside.rfind(' ') + 1);
      if (last.find('@') != std::string_view::npos && last.front() != '@' &&
          inside.find('@') >= inside.size() - last.size()) {
        result_.is_damaged = true;
        text = std::string(last);
      }
    }
    return text;
  }

  void separator(bool semicolon) {
    ++at_;
    end_mailbox();
    if (semicolon) in_group_ = false;
    gap_ = true;
  }

  void colon() {
    const bool url = value_.substr(at_).starts_with("://");
    const bool mailto = !tokens_.empty() && ascii::same(tokens_.back().text, "mailto");
    if (mailto) {
      tokens_.pop_back();
      ++at_;
    } else if (in_group_ && tokens_.empty()) {
      ++at_;
    } else if (url || in_group_ || has_angle_ || has_bare_at_) {
      add(":", false);
      ++at_;
    } else {
      result_.has_group = true;
      in_group_ = true;
      tokens_.clear();
      has_bare_at_ = false;
      prefix_.clear();
      comment_.clear();
      ++at_;
    }
    gap_ = true;
  }

  void emit(std::string_view name, std::string_view address) {
    if (address.size() > kLongestAddress) {
      result_.is_damaged = true;
      return;
    }
    if (result_.addresses.size() == limit_) {
      result_.is_truncated = true;
      return;
    }
    auto decoded = decode_words(name);
    // Outlook writes 'a@b' <a@b>.
    if (decoded.size() > 2 && decoded.front() == '\'' && decoded.back() == '\'')
      decoded = decoded.substr(1, decoded.size() - 2);
    if (decoded.size() > 2 && decoded.front() == '"' && decoded.back() == '"')
      decoded = decoded.substr(1, decoded.size() - 2);
    auto spec = normal_address(address);
    if (spec.empty()) result_.is_damaged = true;
    if (!spec.empty() || !decoded.empty())
      result_.addresses.push_back({std::string(ascii::trim(decoded)), std::move(spec)});
  }

  std::string words(std::size_t begin, std::size_t end) const {
    std::string text;
    for (std::size_t i = begin; i < end; ++i) {
      if (!text.empty() && !tokens_[i].glued) text.push_back(' ');
      text += tokens_[i].text;
    }
    return text;
  }

  void end_mailbox() {
    if (has_angle_) {
      named_address();
    } else if (!tokens_.empty()) {
      bare_address();
    }
    tokens_.clear();
    comment_.clear();
    spec_.clear();
    has_bare_at_ = false;
    has_angle_ = false;
    name_end_ = 0;
  }

  void named_address() {
    std::string name = words(0, name_end_);
    // "Doe, John <a@b>": the comma was part of the name.
    if (!prefix_.empty()) name = name.empty() ? prefix_ : prefix_ + ", " + name;
    prefix_.clear();
    // "John a@b <>": the address is what stands before.
    if (spec_.empty() && name.find('@') != std::string::npos) {
      tokens_.resize(name_end_);
      result_.is_damaged = true;
      bare_address();
      return;
    }
    emit(name.empty() && !ascii::same(comment_, spec_) ? comment_ : name, spec_);
    for (std::size_t i = name_end_; i < tokens_.size(); ++i) {
      result_.is_damaged = true;
      if (has_at(tokens_[i]) && !tokens_[i].quoted) emit({}, tokens_[i].text);
    }
  }

  /// No <>: the words with an "@" are addresses, the others the name.
  void bare_address() {
    join_at_signs();
    std::size_t found = 0;
    std::size_t first = tokens_.size();
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!has_at(tokens_[i])) continue;
      if (found++ == 0) first = i;
    }
    if (found == 0) return no_address();
    flush_prefix();
    if (tokens_.size() > 1) result_.is_damaged = true;
    const std::string name = words(0, first);
    for (std::size_t i = first; i < tokens_.size(); ++i) {
      if (!has_at(tokens_[i])) continue;
      if (is_encoded(tokens_[i].text)) result_.has_encoded_address = true;
      const bool spare = name.empty() && i == first && !ascii::same(comment_, tokens_[i].text);
      emit(i == first ? (spare ? comment_ : name) : std::string{}, tokens_[i].text);
    }
  }

  /// "john . doe @ x . y" is one address (RFC 5322 §4.4), and so is "john doe"@x.y.
  void join_at_signs() {
    std::vector<Token> joined;
    bool dotted = false;  // a full stop that stood alone joins what comes next
    for (Token& token : tokens_) {
      if (joined.empty() || !attaches(joined.back(), token, dotted)) {
        joined.push_back(std::move(token));
        dotted = false;
        continue;
      }
      if (joined.back().quoted) joined.back().text = '"' + joined.back().text + '"';
      joined.back().quoted = false;
      joined.back().text += token.text;
      dotted = token.text == ".";
    }
    tokens_ = std::move(joined);
  }

  static bool attaches(const Token& last, const Token& token, bool dotted) {
    if (last.text.empty() || token.text.empty()) return false;
    if (!token.quoted && token.text.front() == '@') return !has_at(last) || last.quoted;
    if (last.quoted) return false;
    if (last.text.back() == '@') return !has_at(token);
    return has_at(last) && !has_at(token) && !token.quoted && (token.text.front() == '.' || dotted);
  }

  void no_address() {
    const std::string text = words(0, tokens_.size());
    // "" (Mail Delivery System): a name in a comment, and nothing else.
    if (text.empty()) return emit(comment_, {});
    // A client that encodes the whole field, address and all. RFC 2047 §5 (3) forbids it, and it happens.
    if (is_encoded(text) && !nested_) {
      const std::string decoded = decode_words(text);
      if (decoded.find('@') != std::string::npos) {
        Parser inner(decoded, limit_ - std::min(limit_, result_.addresses.size()));
        inner.nested_ = true;
        auto found = inner.read();
        flush_prefix();
        result_.has_encoded_address = true;
        for (auto& address : found.addresses) result_.addresses.push_back(std::move(address));
        return;
      }
    }
    if (prefix_.size() + text.size() > kLongestAddress) {
      prefix_.clear();
      return;
    }
    prefix_ = prefix_.empty() ? text : prefix_ + ", " + text;
    prefix_words_ += tokens_.size();
  }

  /// A word that no address followed: a local mailbox ("root"), or a name without address.
  void flush_prefix() {
    if (prefix_.empty()) return;
    result_.is_damaged = true;
    if (prefix_words_ == 1 && prefix_.find("=?") == std::string::npos) {
      emit({}, prefix_);
    }
    prefix_.clear();
    prefix_words_ = 0;
  }

  std::string_view value_;
  std::size_t limit_;
  std::size_t at_ = 0;
  AddressList result_{};
  std::vector<Token> tokens_{};
  std::string comment_{};
  std::string spec_{};    ///< what stood in <>
  std::string prefix_{};  ///< words before a comma that may belong to the next name
  std::size_t prefix_words_ = 0;
  std::size_t name_end_ = 0;  ///< tokens before "<"
  bool has_bare_at_ = false;  ///< a word of the mailbox that is being read has an "@"
  bool has_angle_ = false;
  bool in_group_ = false;
  bool gap_ = true;
  bool no_more_quotes_ = false;
  bool no_more_comments_ = false;
  bool nested_ = false;
};

}  // namespace

AddressList read_addresses(std::string_view value, std::size_t limit, std::string_view hint) {
  if (is_valid_utf8(value) && escape_charset(value).empty()) return Parser(value, limit).read();
  // Raw bytes become text first: in East Asian charsets "@" and "(" may be half of a character. Where they were, what
  // the bytes say and what they are read as differ, and no identity rests on that.
  const std::string text = raw_text(value, hint);
  auto list = Parser(text, limit).read();
  list.is_damaged = list.is_damaged || signs_in(text) != signs_in(value);
  return list;
}

std::string normal_address(std::string_view addr_spec) {
  std::string text = one_line(is_valid_utf8(addr_spec) ? std::string(addr_spec) : guess_utf8(addr_spec));
  if (text.size() > 1 && text.front() == '\'' && text.back() == '\'') text = text.substr(1, text.size() - 2);
  const std::size_t at = text.rfind('@');
  if (at == std::string::npos) return text;
  for (std::size_t i = at; i < text.size(); ++i) text[i] = ascii::lower(text[i]);
  // The root's own dot, as DNS has it: no server takes it in an address.
  if (text.ends_with('.') && text.size() > at + 2 && text[text.size() - 2] != '.') text.pop_back();
  return text;
}

}  // namespace leadmail::mail::message
