#include "daemon/document.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace leadmail::daemon {
namespace {

// Around a value, and for the line ends in it. clean_text leaves none of them in a value.
constexpr char kBegin = '\x02';
constexpr char kEnd = '\x03';
constexpr char kLineFeed = '\x1f';

struct Mark {
  std::string_view text;
  BlockKind kind;
};
constexpr auto kMarks = std::to_array<Mark>({{"== ", BlockKind::section},
                                             {"= ", BlockKind::heading},
                                             {"! ", BlockKind::warning},
                                             {"> ", BlockKind::quote},
                                             {"~ ", BlockKind::fine},
                                             {"| ", BlockKind::facts},
                                             {"* ", BlockKind::items},
                                             {"% ", BlockKind::bars},
                                             {"[", BlockKind::buttons}});

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

/// The text without the fences.
std::string plain(std::string_view fenced) {
  std::string text;
  for (const char c : fenced) {
    if (c == kBegin || c == kEnd) continue;
    text += c == kLineFeed ? '\n' : c;
  }
  return std::string(trim(text));
}

/// Where `sign` stands outside of values.
std::size_t find_outside(std::string_view text, std::string_view sign, std::size_t from = 0) {
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == kBegin) inside = true;
    if (text[i] == kEnd) inside = false;
    if (!inside && i >= from && text.substr(i).starts_with(sign)) return i;
  }
  return std::string_view::npos;
}

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  while (true) {
    const auto end = find_outside(line, "|");
    cells.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return cells;
    line.remove_prefix(end + 1);
  }
}

std::string_view next_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

/// "[label] #command"; nothing where that is not what it says.
std::optional<std::pair<std::string, std::string>> link_of(std::string_view line) {
  if (!line.starts_with('[')) return std::nullopt;
  const auto end = find_outside(line, "]");
  if (end == std::string_view::npos) return std::nullopt;
  auto command = plain(line.substr(end + 1));
  if (!command.empty() && !command.starts_with('#')) return std::nullopt;
  return std::pair{plain(line.substr(1, end - 1)), std::move(command)};
}

class DocumentReader {
 public:
  void read(std::string_view line) {
    if (trim(line).empty()) {
      open_ = false;
      return;
    }
    if (open_ && last_kind() == BlockKind::items && line.starts_with("  ")) {
      auto& item = document_.back().rows.back();
      if (auto text = plain(line); !text.empty()) item.push_back(std::move(text));
      return;
    }
    for (const auto& mark : kMarks) {
      if (line.starts_with(mark.text) && take(mark.kind, line, line.substr(mark.text.size()))) return;
    }
    add_text(BlockKind::paragraph, line);
  }

  Document take_document() {
    std::erase_if(document_, [](const Block& block) { return block.rows.empty(); });
    return std::move(document_);
  }

 private:
  [[nodiscard]] BlockKind last_kind() const { return document_.empty() ? BlockKind::paragraph : document_.back().kind; }

  /// False: it only looked like one.
  bool take(BlockKind kind, std::string_view line, std::string_view rest) {
    switch (kind) {
      case BlockKind::facts: return take_row(rest);
      case BlockKind::items: {
        auto link = link_of(trim(rest));
        add_row(kind, link ? std::vector{link->first, link->second} : std::vector{plain(rest), std::string()});
        return true;
      }
      case BlockKind::bars: {
        const auto cells = cells_of(rest);
        if (cells.size() != 3) return false;
        add_row(kind, {plain(cells[0]), plain(cells[1]), plain(cells[2])});
        return true;
      }
      case BlockKind::buttons: {
        auto link = link_of(line);
        if (!link) return false;
        if (!link->second.empty()) add_row(kind, {link->first, link->second});
        return true;
      }
      default: add_text(kind, rest); return true;
    }
  }

  bool take_row(std::string_view rest) {
    const auto cells = cells_of(rest);
    if (cells.size() != 2) return false;
    const auto arrow = find_outside(cells[1], "-> ");
    if (arrow != std::string_view::npos) {
      add_row(BlockKind::changes,
              {plain(cells[0]), plain(cells[1].substr(0, arrow)), plain(cells[1].substr(arrow + 3))});
      return true;
    }
    auto value = plain(cells[1]);
    if (!value.empty()) add_row(BlockKind::facts, {plain(cells[0]), std::move(value)});
    return true;
  }

  void add_row(BlockKind kind, std::vector<std::string> cells) {
    if (cells.front().empty()) return;
    if (!open_ || last_kind() != kind) document_.push_back({kind, {}});
    document_.back().rows.push_back(std::move(cells));
    open_ = true;
  }

  void add_text(BlockKind kind, std::string_view line) {
    auto text = plain(line);
    if (text.empty()) return;
    const bool joins = kind != BlockKind::heading && kind != BlockKind::section;
    if (open_ && joins && last_kind() == kind) {
      document_.back().rows.front().front().append("\n").append(text);
    } else {
      document_.push_back({kind, {{std::move(text)}}});
    }
    open_ = true;
  }

  Document document_{};
  bool open_ = false;  ///< no empty line since the last block
};

std::string on_one_line(std::string_view text) {
  std::string line;
  while (!text.empty()) {
    const auto part = trim(next_line(text));
    if (!part.empty()) line.append(line.empty() ? "" : ", ").append(part);
  }
  return line;
}

std::string with_prefix(std::string_view text, std::string_view prefix) {
  std::string out;
  while (!text.empty()) {
    const auto line = next_line(text);
    out.append(line.empty() ? trim(prefix) : prefix).append(line).append("\n");
  }
  return out;
}

constexpr std::size_t kLongestBar = 20;

/// With a space behind it, if there is any.
std::string bar(const std::string& percent) {
  std::size_t share = 0;
  for (const char c : percent) {
    if (c < '0' || c > '9') break;
    share = std::min<std::size_t>(share * 10 + static_cast<std::size_t>(c - '0'), 100);
  }
  std::string cells;
  for (std::size_t i = 0; i < (share * kLongestBar + 99) / 100; ++i) cells += "█";
  return cells.empty() ? cells : cells + " ";
}

std::string item_text(const std::vector<std::string>& item) {
  std::string text = "- " + on_one_line(item[0]) + "\n";
  for (std::size_t i = 2; i < item.size(); ++i) text += with_prefix(item[i], "  ");
  return text;
}

std::string row_text(BlockKind kind, const std::vector<std::string>& row) {
  switch (kind) {
    case BlockKind::section: return "== " + on_one_line(row[0]) + "\n";
    case BlockKind::warning: return with_prefix(row[0], "! ");
    case BlockKind::quote: return with_prefix(row[0], "> ");
    case BlockKind::facts: return on_one_line(row[0]) + ": " + on_one_line(row[1]) + "\n";
    case BlockKind::changes:
      return on_one_line(row[0]) + ": " + on_one_line(row[1]) + " → " + on_one_line(row[2]) + "\n";
    case BlockKind::items: return item_text(row);
    case BlockKind::bars: return on_one_line(row[0]) + ": " + bar(row[1]) + on_one_line(row[2]) + "\n";
    case BlockKind::buttons: return on_one_line(row[0]) + ": " + on_one_line(row[1]) + "\n";
    case BlockKind::heading: return on_one_line(row[0]) + "\n";
    case BlockKind::paragraph:
    case BlockKind::fine: break;
  }
  return row[0] + "\n";
}

bool turns_direction(std::string_view character) {
  // U+202A to U+202E and U+2066 to U+2069
  return (character.starts_with("\xe2\x80") && character[2] >= '\xaa' && character[2] <= '\xae') ||
         (character.starts_with("\xe2\x81") && character[2] >= '\xa6' && character[2] <= '\xa9');
}

}  // namespace

std::string clean_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto rest = text.substr(i);
    if (byte == '\r' && !rest.starts_with("\r\n")) out += '\n';
    if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f) continue;
    if (byte == 0xc2 && rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xa0) {  // U+0080 to U+009F
      ++i;
    } else if (byte == 0xe2 && rest.size() > 2 && turns_direction(rest.substr(0, 3))) {
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string one_line_of(std::string_view text) {
  std::string line;
  for (const char c : text) line += (c == '\n' || c == '\r' || c == '\t') ? ' ' : c;
  return std::string(trim(line));
}

std::string fence_value(std::string_view value) {
  std::string fenced(1, kBegin);
  for (const char c : clean_text(value)) fenced += c == '\n' ? kLineFeed : c;
  return fenced + kEnd;
}

Document read_document(std::string_view rendered) {
  DocumentReader reader;
  while (!rendered.empty()) reader.read(next_line(rendered));
  return reader.take_document();
}

std::string to_text(const Document& document) {
  std::string text;
  for (const auto& block : document) {
    if (!text.empty()) text += '\n';
    for (const auto& row : block.rows) text += row_text(block.kind, row);
  }
  return without_command_lines(text);
}

std::string without_command_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const bool has_end = text.find('\n') != std::string_view::npos;
    const auto line = next_line(text);
    if (trim(line).starts_with('#')) out += "- ";
    out.append(line).append(has_end ? "\n" : "");
  }
  return out;
}

std::string own_words(const Document& document) {
  std::string words;
  const auto add = [&](std::string_view text) {
    while (!text.empty()) {
      const auto line = trim(next_line(text));
      if (!line.empty() && !line.starts_with('>')) words.append(line).append("\n");
    }
  };
  for (const auto& block : document) {
    if (block.kind == BlockKind::quote) continue;
    for (const auto& row : block.rows) {
      add(row_text(block.kind, row));
      for (const auto& cell : row) add(cell);
      // In HTML a label may have its own line.
      const bool has_label = block.kind == BlockKind::facts || block.kind == BlockKind::changes;
      if (has_label) add(row[0] + ":");
      if (block.kind == BlockKind::changes) add(row[1] + " → " + row[2]);
    }
  }
  return words;
}

std::string_view shortened(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (static_cast<unsigned char>(text[max_bytes]) & 0xc0U) == 0x80U) --max_bytes;
  return text.substr(0, max_bytes);
}

}  // namespace leadmail::daemon
