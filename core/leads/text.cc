#include "core/leads/text.h"

#include <algorithm>
#include <numeric>

namespace leadmail::leads {
namespace {

constexpr std::string_view kSpaces = " \t\r\n\f\v";
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::string_view kNarrowSpace = "\xE2\x80\xAF";  ///< what some programs put before "AM" and "€"

/// The bytes of the no-break space at the front; 0: there is none.
std::size_t wide_space_at(std::string_view text) {
  if (text.starts_with(kNoBreakSpace)) return kNoBreakSpace.size();
  return text.starts_with(kNarrowSpace) ? kNarrowSpace.size() : 0;
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

std::string_view trim(std::string_view text) {
  for (;;) {
    if (!text.empty() && kSpaces.find(text.front()) != std::string_view::npos) {
      text.remove_prefix(1);
    } else if (const auto wide = wide_space_at(text); wide != 0) {
      text.remove_prefix(wide);
    } else {
      break;
    }
  }
  for (;;) {
    if (!text.empty() && kSpaces.find(text.back()) != std::string_view::npos) {
      text.remove_suffix(1);
    } else if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(kNoBreakSpace.size());
    } else if (text.ends_with(kNarrowSpace)) {
      text.remove_suffix(kNarrowSpace.size());
    } else {
      break;
    }
  }
  return text;
}

std::string one_line(std::string_view text, std::size_t longest) {
  std::string line;
  for (const char c : trim(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte != 0x7F) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
    if (line.size() > longest) break;
  }
  if (line.size() <= longest) return line;
  auto end = longest;
  while (end > 0 && is_continuation(line[end])) --end;
  return line.substr(0, end) + "…";
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (auto rest = text; !(rest = trim(rest)).empty();) words.push_back(take_word(rest));
  return words;
}

std::string_view take_word(std::string_view& rest) {
  rest = trim(rest);
  auto end = std::min(rest.find_first_of(kSpaces), rest.size());
  for (const auto space : {kNoBreakSpace, kNarrowSpace}) end = std::min(end, rest.substr(0, end).find(space));
  const auto word = rest.substr(0, end);
  rest = trim(rest.substr(end));
  return word;
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const auto& part : parts) {
    if (&part != &parts.front()) text += between;
    text += part;
  }
  return text;
}

std::size_t distance(std::string_view left, std::string_view right, std::size_t limit) {
  const auto gap = left.size() > right.size() ? left.size() - right.size() : right.size() - left.size();
  if (gap > limit) return limit + 1;
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= left.size(); ++i) {
    auto diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const auto above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return std::min(row[right.size()], limit + 1);
}

}  // namespace leadmail::leads
