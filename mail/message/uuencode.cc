#include "mail/message/uuencode.h"

#include <algorithm>
#include <optional>

#include "mail/message/ascii.h"

namespace leadmail::mail::message {
namespace {

constexpr std::size_t kLongestLine = 63;  // bytes that a line can hold
constexpr std::size_t kLost = 128;        // bytes that blanks lost from a short file may have held

std::string_view line_at(std::string_view text, std::size_t at) {
  auto line = text.substr(at, text.find('\n', at) - at);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t next_line(std::string_view text, std::size_t at) {
  const std::size_t lf = text.find('\n', at);
  return lf == std::string_view::npos ? text.size() : lf + 1;
}

/// The name in "begin 644 name"; nothing when the line is none.
std::optional<std::string_view> begun(std::string_view line) {
  if (!line.starts_with("begin ")) return {};
  line.remove_prefix(6);
  const std::size_t digits = std::min(line.find_first_not_of("01234567"), line.size());
  if (digits < 3 || digits > 4 || digits == line.size() || line[digits] != ' ') return {};
  return ascii::trim(line.substr(digits));
}

unsigned six_bits(char c) { return (static_cast<unsigned char>(c) - 32U) & 63U; }

/// Appends the bytes of one line; false when it cannot be one. Blanks at its end may have been lost on the way.
bool decode_line(std::string_view line, std::string& content) {
  if (line.empty()) return false;
  if (std::any_of(line.begin(), line.end(), [](char c) { return c < ' ' || c > '`'; })) return false;
  const std::size_t count = six_bits(line.front());
  line.remove_prefix(1);
  const std::size_t letters = (count + 2) / 3 * 4;
  if (line.size() > letters + 2 || (line.size() + 8 < letters && count > 6)) return false;
  const auto bits = [&](std::size_t at) { return at < line.size() ? six_bits(line[at]) : 0U; };
  for (std::size_t i = 0, left = count; left > 0; i += 4, left -= std::min<std::size_t>(left, 3)) {
    const unsigned group = bits(i) << 18U | bits(i + 1) << 12U | bits(i + 2) << 6U | bits(i + 3);
    for (unsigned byte = 0; byte < std::min<std::size_t>(left, 3); ++byte) {
      content.push_back(static_cast<char>(group >> (16U - 8U * byte) & 255U));
    }
  }
  return true;
}

/// Reads lines from `at` on into the file; where they end. Lines that lost their blanks say more than they hold, and a
/// file of such lines alone is none: it ends where it would be larger than the text.
std::size_t read_lines(std::string_view text, std::size_t at, UuFile& file) {
  while (at < text.size() && file.content.size() + kLongestLine <= text.size() + kLost) {
    const auto line = line_at(text, at);
    const std::size_t next = next_line(text, at);
    if (ascii::trim(line) == "end") {
      file.ended = true;
      return next;
    }
    // The last line holds nothing: "`" or a blank, which may be gone.
    const bool last = line.empty() && ascii::trim(line_at(text, next)) == "end";
    if (!last && !decode_line(line, file.content)) return at;
    at = next;
  }
  return at;
}

}  // namespace

std::vector<UuFile> take_uuencoded(std::string& text, std::size_t limit) {
  std::vector<UuFile> files;
  std::string rest;
  std::size_t kept = 0;
  for (std::size_t at = text.find("begin "); at != std::string::npos && files.size() < limit;
       at = text.find("begin ", at)) {
    const auto name = at == 0 || text[at - 1] == '\n' ? begun(line_at(text, at)) : std::nullopt;
    UuFile file;
    const std::size_t first = next_line(text, at);
    const std::size_t end = name ? read_lines(text, first, file) : first;
    if (!name || end == first || (!file.ended && file.content.size() < 45)) {
      at = std::max(end, at + 1);
      continue;
    }
    file.name = std::string(*name);
    files.push_back(std::move(file));
    rest.append(text, kept, at - kept);
    kept = at = end;
  }
  if (!files.empty()) text = rest.append(text, kept, std::string::npos);
  return files;
}

std::string decode_uuencoded(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); at = next_line(bytes, at)) {
    if (!begun(line_at(bytes, at))) continue;
    UuFile file;
    read_lines(bytes, next_line(bytes, at), file);
    return std::move(file.content);
  }
  UuFile file;
  std::size_t at = 0;
  while (at < bytes.size() && ascii::trim(line_at(bytes, at)).empty()) at = next_line(bytes, at);
  read_lines(bytes, at, file);
  return std::move(file.content);
}

}  // namespace leadmail::mail::message
