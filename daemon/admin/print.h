// How the tool writes: columns that line up for every script, never a control character of a stranger, colours on a
// terminal only.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail::daemon::admin {

/// Columns that a terminal uses for this UTF-8 text: 2 for wide East Asian characters, 0 for combining ones. UAX #11
std::size_t width_of(std::string_view text);

/// The text on one line, as it may be shown on a terminal: line breaks as blanks; control and bidi characters and
/// broken UTF-8 as U+FFFD.
std::string shown(std::string_view text);

/// The same with its line breaks kept and tabs as blanks: for whole texts.
std::string shown_lines(std::string_view text);

/// `text` cut to at most `width` columns, with "…" at the end if something was cut.
std::string cut(std::string_view text, std::size_t width);

enum class Colour { none, bold, dim, red, green, yellow };

/// What the output can bear.
struct Terminal {
  bool colours = false;
  std::size_t width = 0;  ///< columns; 0: no terminal, nothing is cut
};

/// Of this stream: a terminal, NO_COLOR, TERM=dumb, COLUMNS.
Terminal terminal_of(std::FILE* stream);

std::string coloured(std::string_view text, Colour colour, const Terminal& terminal);

/// Rows in columns. The last column takes what is left of the terminal's width.
class Table {
 public:
  struct Cell {
    std::string text{};
    Colour colour = Colour::none;
  };
  explicit Table(std::vector<std::string> head) : head_(std::move(head)) {}
  void add(std::vector<Cell> row);
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  /// All rows, each with its line end; the head first. Columns in which nothing stands are left out.
  [[nodiscard]] std::string text(const Terminal& terminal) const;

 private:
  std::vector<std::string> head_;
  std::vector<std::vector<Cell>> rows_{};
};

}  // namespace leadmail::daemon::admin
