// Small things about text that people read: lines, words, lengths. UTF-8 stays whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leadmail::leads {

/// Without white space at both ends.
std::string_view trim(std::string_view text);

/// The text on one line: white space and control characters become one space each, cut to at most `longest` bytes at a
/// character's end, with "…" where something is missing.
std::string one_line(std::string_view text, std::size_t longest = 200);

/// The words of the text, split at ASCII and no-break spaces.
std::vector<std::string_view> words_of(std::string_view text);

/// Takes the first word off the front of `rest`, with the spaces around it.
std::string_view take_word(std::string_view& rest);

/// The parts in order, `between` each two of them.
std::string join(const std::vector<std::string>& parts, std::string_view between);

/// How many letters must change to make one from the other, at most `limit` + 1. For near misses; both short.
std::size_t distance(std::string_view left, std::string_view right, std::size_t limit);

}  // namespace leadmail::leads
