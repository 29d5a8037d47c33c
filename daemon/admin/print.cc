#include "daemon/admin/print.h"

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace leadmail::daemon::admin {
namespace {

constexpr UChar32 kReplacement = 0xFFFD;
constexpr std::string_view kGap = "  ";

/// The next character of the text; negative for bytes that are none.
UChar32 next_character(std::string_view text, std::size_t& at) {
  UChar32 character = 0;
  auto index = static_cast<std::int32_t>(at);
  const auto length = static_cast<std::int32_t>(std::min<std::size_t>(text.size(), INT32_MAX));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  U8_NEXT(bytes, index, length, character);
  at = static_cast<std::size_t>(index);
  return character;
}

void append(std::string& text, UChar32 character) {
  char bytes[U8_MAX_LENGTH];
  std::int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, character);
  text.append(bytes, static_cast<std::size_t>(size));
}

std::size_t width_of_character(UChar32 character) {
  switch (u_charType(character)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR: return 0;
    default: break;
  }
  // Vowels and finals of Korean written in parts stand in the syllable that their first letter opens.
  const auto syllable = u_getIntPropertyValue(character, UCHAR_HANGUL_SYLLABLE_TYPE);
  if (syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO) return 0;
  const auto east_asian = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

/// What could move the cursor, change the terminal, or turn the order of what is read round.
bool is_dangerous(UChar32 character) {
  if (character < 0x20 || (character >= 0x7F && character < 0xA0)) return true;
  if (character == 0x2028 || character == 0x2029) return true;
  return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069) ||
         character == 0x200E || character == 0x200F || character == 0x061C;
}

std::string cleaned(std::string_view text, bool keeps_lines) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto character = next_character(text, at);
    if (character == '\n' && keeps_lines) {
      out += '\n';
    } else if (character == '\n' || character == '\t') {
      out += ' ';
    } else if (character != '\r') {
      append(out, character < 0 || is_dangerous(character) ? kReplacement : character);
    }
  }
  return out;
}

std::string_view code_of(Colour colour) {
  switch (colour) {
    case Colour::none: return "";
    case Colour::bold: return "\033[1m";
    case Colour::dim: return "\033[2m";
    case Colour::red: return "\033[31m";
    case Colour::green: return "\033[32m";
    case Colour::yellow: return "\033[33m";
  }
  return "";
}

}  // namespace

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto character = next_character(text, at);
    width += character < 0 ? 1 : width_of_character(character);
  }
  return width;
}

std::string shown(std::string_view text) { return cleaned(text, false); }
std::string shown_lines(std::string_view text) { return cleaned(text, true); }

std::string cut(std::string_view text, std::size_t width) {
  if (width_of(text) <= width) return std::string{text};
  if (width == 0) return {};
  std::size_t used = 0;
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto character = next_character(text, at);
    used += character < 0 ? 1 : width_of_character(character);
    if (used > width - 1) break;
    end = at;
  }
  return std::string{text.substr(0, end)} + "…";
}

std::string wrapped(std::string_view text, std::size_t indent, const Terminal& terminal) {
  constexpr std::size_t kLeastRoom = 20;
  if (terminal.width < indent + kLeastRoom) return std::string{text};
  const auto room = terminal.width - indent;
  std::string out;
  std::size_t used = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto width = width_of(word);
    if (used > 0 && used + 1 + width > room) {
      out.append("\n").append(indent, ' ');
      used = 0;
    } else if (used > 0) {
      out += ' ';
      ++used;
    }
    out += word;
    used += width;
  }
  return out;
}

Terminal terminal_of(std::FILE* stream) {
  const int descriptor = ::fileno(stream);
  if (::isatty(descriptor) != 1) return {};
  // NOLINTBEGIN(concurrency-mt-unsafe): the tool has one thread, and nobody sets the environment
  const char* term = std::getenv("TERM");
  const char* no_colour = std::getenv("NO_COLOR");
  // NOLINTEND(concurrency-mt-unsafe)
  Terminal terminal{
      .colours = term != nullptr && std::string_view{term} != "dumb" && (no_colour == nullptr || *no_colour == '\0'),
      .width = 80};
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) terminal.width = size.ws_col;
  return terminal;
}

std::string coloured(std::string_view text, Colour colour, const Terminal& terminal) {
  if (!terminal.colours || colour == Colour::none || text.empty()) return std::string{text};
  return std::string{code_of(colour)} + std::string{text} + "\033[0m";
}

void Table::add(std::vector<Cell> row) {
  for (auto& cell : row) cell.text = shown(cell.text);
  rows_.push_back(std::move(row));
}

namespace {

/// "12", "1 234", "10%", "3.5", "–": what people compare by its last digit.
bool is_figure(std::string_view text) {
  if (text == "–") return true;
  bool has_digit = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto character = next_character(text, at);
    if (character >= '0' && character <= '9') {
      has_digit = true;
    } else if (character != 0x202F && character != 0xA0 && character != '.' && character != ',' && character != '%' &&
               character != '-') {
      return false;
    }
  }
  return has_digit;
}

constexpr std::size_t kNarrowest = 6;  // of a column that gives way

}  // namespace

std::vector<Table::Column> Table::columns(std::size_t terminal_width) const {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < head_.size(); ++i) {
    Column column{.index = i, .is_figures = true};
    for (const auto& row : rows_) {
      if (i >= row.size() || row[i].text.empty()) continue;
      column.width = std::max(column.width, width_of(row[i].text));
      column.is_figures = column.is_figures && is_figure(row[i].text);
    }
    if (column.width == 0) continue;
    column.width = std::max(column.width, width_of(head_[i]));
    columns.push_back(column);
  }
  if (terminal_width == 0 || columns.empty()) return columns;
  std::size_t used = kGap.size() * (columns.size() - 1);
  for (const auto& column : columns) used += column.width;
  while (used > terminal_width) {
    const auto room = [&](const Column& column) {
      const auto least = std::max(kNarrowest, width_of(head_[column.index]));
      return column.is_figures || column.width <= least ? std::size_t{0} : column.width;
    };
    auto& widest = *std::ranges::max_element(columns, {}, room);
    if (room(widest) == 0) break;  // a line that wraps is better than one that says nothing
    --widest.width;
    --used;
  }
  return columns;
}

std::string Table::text(const Terminal& terminal) const {
  const auto laid_out = columns(terminal.width);
  const auto line = [&](const auto& cell_of) {
    std::string out;
    for (const auto& column : laid_out) {
      const Cell cell = cell_of(column.index);
      const auto text = cut(cell.text, column.width);
      const auto padding = column.width - std::min(width_of(text), column.width);
      if (column.is_figures) out.append(padding, ' ');
      out += coloured(text, cell.colour, terminal);
      if (!column.is_figures) out.append(padding, ' ');
      if (&column != &laid_out.back()) out += kGap;
    }
    while (out.ends_with(' ')) out.pop_back();
    return out + "\n";
  };

  std::string out = line([&](std::size_t i) { return Cell{head_[i], Colour::dim}; });
  for (const auto& row : rows_) {
    out += line([&](std::size_t i) { return i < row.size() ? row[i] : Cell{}; });
  }
  return out;
}

}  // namespace leadmail::daemon::admin
