// A body as lines, each with what its first characters say: blank, quoted, a drawn rule. Only looks; decides nothing.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail::mail::message {

/// One line of a text, which must outlive it.
struct Line {
  std::string_view text{};  ///< as it stands, without its line end
  std::string_view body{};  ///< without white space at both ends
  bool blank = true;
  bool quoted = false;  ///< "> …", "| …" or "AB> …"
};

/// The lines of `text` (LF, CRLF or CR), quotes marked. A line that a client broke off a long quoted one counts as
/// quoted.
/// Beyond `most` lines the rest is one line more, line breaks and all.
std::vector<Line> read_lines(std::string_view text, std::size_t most = 50'000);

/// The lines as text, LF between them; no blank lines at either end.
std::string join_lines(std::span<const Line> lines);

/// Nothing but dashes, underscores, stars and the like: two of them at least, or one long dash.
bool is_rule(std::string_view body);

std::size_t word_count(std::string_view text);

}  // namespace leadmail::mail::message
