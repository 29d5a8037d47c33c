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
constexpr std::size_t kWidestColumn = 40;  // of all but the last
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

std::string Table::text(const Terminal& terminal) const {
  std::vector<std::size_t> widths(head_.size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < std::min(row.size(), widths.size()); ++i) {
      widths[i] = std::max(widths[i], std::min(width_of(row[i].text), kWidestColumn));
    }
  }
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < head_.size(); ++i) {
    if (widths[i] == 0) continue;
    widths[i] = std::max(widths[i], width_of(head_[i]));
    columns.push_back(i);
  }

  const auto line = [&](const auto& cell_of) {
    std::string out;
    std::size_t used = 0;
    for (const auto i : columns) {
      const Cell cell = cell_of(i);
      const bool is_last = i == columns.back();
      std::size_t room = is_last ? SIZE_MAX : kWidestColumn;
      if (is_last && terminal.width > 0) room = terminal.width > used + 10 ? terminal.width - used : 10;
      const auto text = cut(cell.text, room);
      out += coloured(text, cell.colour, terminal);
      if (is_last) break;
      const auto padding = widths[i] - std::min(width_of(text), widths[i]);
      out.append(padding, ' ').append(kGap);
      used += widths[i] + kGap.size();
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
