#include "mail/message/message_ids.h"

#include <algorithm>
#include <deque>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/encoded_word.h"

namespace leadmail::mail::message {
namespace {

constexpr std::size_t kLongestId = 998;  // no line of a mail may be longer. RFC 5322 §2.1.1

std::string without_blanks(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (!ascii::is_space(c) && !ascii::is_control(c)) result.push_back(c);
  }
  return is_valid_utf8(result) ? result : guess_utf8(result);
}

/// Where an id that began before `from` ends: at ">", or, when that is missing, before the next "<".
std::size_t id_end(std::string_view value, std::size_t from) {
  static constexpr ascii::Set kEnds{"<>"};
  return kEnds.first_in(value, from);
}

}  // namespace

std::vector<std::string> read_message_ids(std::string_view value, std::size_t limit) {
  std::string decoded;
  if (has_encoded_word(value)) {
    decoded = decode_words(value);
    value = decoded;
  }
  std::deque<std::string> ids;
  const auto add = [&](std::string_view text) {
    auto id = without_blanks(text);
    if (id.empty() || id.size() > kLongestId) return;
    ids.push_back(std::move(id));
    if (ids.size() > limit) ids.pop_front();
  };

  bool bracketed = false;
  for (std::size_t at = value.find('<'); at != std::string_view::npos;) {
    const std::size_t end = id_end(value, at + 1);
    add(value.substr(at + 1, end - at - 1));
    bracketed = true;
    at = value.find('<', end);
  }
  if (bracketed) return {std::make_move_iterator(ids.begin()), std::make_move_iterator(ids.end())};

  for (std::size_t at = 0; at < value.size();) {
    static constexpr ascii::Set kEnds{" \t\r\n,;\""};
    const std::size_t end = kEnds.first_in(value, at);
    const auto word = value.substr(at, end - at);
    if (word.find('@') != std::string_view::npos) add(word);
    at = end + 1;
  }
  return {std::make_move_iterator(ids.begin()), std::make_move_iterator(ids.end())};
}

std::string read_message_id(std::string_view value) {
  auto ids = read_message_ids(value.substr(0, 4 * kLongestId), 4 * kLongestId);
  if (!ids.empty()) return std::move(ids.front());
  const auto word = ascii::trim(value);
  if (word.find('<') != std::string_view::npos) return {};
  auto id = without_blanks(word.substr(0, word.find_first_of(" \t")));
  return id.size() > kLongestId ? std::string{} : id;
}

}  // namespace leadmail::mail::message
