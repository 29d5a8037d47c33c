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

struct Terminal;

/// A line of words on as many lines as the terminal needs, all but the first indented by so many columns; the first one
/// begins there. As it is where nothing has to fit. Words that are too long stay whole.
std::string wrapped(std::string_view text, std::size_t indent, const Terminal& terminal);

enum class Colour { none, bold, dim, red, green, yellow };

/// What the output can bear.
struct Terminal {
  bool colours = false;
  std::size_t width = 0;  ///< columns; 0: no terminal, nothing is cut
};

/// Of this stream: a terminal, NO_COLOR, TERM=dumb, COLUMNS.
Terminal terminal_of(std::FILE* stream);

std::string coloured(std::string_view text, Colour colour, const Terminal& terminal);

/// Rows in columns, figures to the right. On a terminal that is too narrow the widest columns give way first, down to
/// where their heads still stand; what is cut ends in "…". Without a terminal nothing is cut.
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
  struct Column {
    std::size_t index = 0;
    std::size_t width = 0;
    bool is_figures = false;
  };
  [[nodiscard]] std::vector<Column> columns(std::size_t terminal_width) const;

  std::vector<std::string> head_;
  std::vector<std::vector<Cell>> rows_{};
};

}  // namespace leadmail::daemon::admin
