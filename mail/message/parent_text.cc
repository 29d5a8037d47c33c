#include "mail/message/parent_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <random>
#include <string>

#include "mail/message/ascii.h"
#include "mail/message/reply_patterns.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kWindow = 16;  // so many bytes in the same order are no chance once a whole line has them
constexpr std::size_t kMostBytes = std::size_t{256} * 1024;
constexpr std::size_t kLeastFound = 40;  // or half of a shorter parent

// Appends the words of a line without what clients change: white space, quote marks, case, drawn marks, links in
// brackets. At most kMostBytes in all.
void squeeze(string_view line, std::string& bytes) {
  static constexpr ascii::Set kChanged(" \t>|*_-[]()\"'.,;:<\xC2");
  std::size_t close = 0;  // the bracket that ends the next link
  auto end = bytes.size();
  bytes.resize(std::min(kMostBytes, end + line.size()));
  for (std::size_t i = 0; i < line.size() && end < bytes.size(); ++i) {
    if (!kChanged.has(line[i])) {
      bytes[end++] = ascii::lower(line[i]);
    } else if (line[i] == '<') {
      if (!starts_with_fold(line.substr(i), "<http")) continue;
      if (close <= i) close = line.find('>', i);
      if (close != string_view::npos) i = close;
    } else if (line[i] == '\xC2') {
      const auto sign = line.substr(i, 2);
      if (sign == "\u00a0" || sign == "»") {
        ++i;
      } else {
        bytes[end++] = line[i];
      }
    }
  }
  bytes.resize(end);
}

// Where each run of kWindow bytes begins first in a text. A hash table of places in it; nobody who writes the text
// knows the numbers that it hashes with, or he could fill one corner of it.
class Windows {
 public:
  explicit Windows(string_view bytes) : bytes_(bytes) {
    if (bytes.size() < kWindow) return;
    const auto count = bytes.size() - kWindow + 1;
    slots_.resize(std::bit_ceil(count * 2));
    first_.resize(count);
    for (std::size_t at = 0; at < count; ++at) {
      auto& slot = slots_[slot_of(bytes.data() + at)];
      if (slot == 0) slot = static_cast<std::uint32_t>(at + 1);
      first_[at] = slot - 1;
    }
  }

  /// The first place of the kWindow bytes at `window`; nothing when they stand nowhere. Most stand behind `before`,
  /// where the window one byte before was found.
  [[nodiscard]] std::optional<std::size_t> find(const char* window, std::optional<std::size_t> before) const {
    if (slots_.empty()) return {};
    if (before && *before + 1 < first_.size() && bytes_[*before + kWindow] == window[kWindow - 1])
      return first_[*before + 1];
    const auto slot = slots_[slot_of(window)];
    return slot == 0 ? std::nullopt : std::optional<std::size_t>(slot - 1);
  }

 private:
  // The slot that holds these bytes, or the empty one that would.
  [[nodiscard]] std::size_t slot_of(const char* window) const {
    static const std::array<std::uint64_t, 2> kSecret = [] {
      std::random_device random;
      const auto draw = [&] { return std::uint64_t{random()} << 32U | random(); };
      return std::array{draw(), draw()};
    }();
    std::array<std::uint64_t, 2> halves{};
    static_assert(sizeof halves == kWindow);
    std::memcpy(halves.data(), window, kWindow);
    __extension__ using Wide = unsigned __int128;
    const auto product = static_cast<Wide>(halves[0] ^ kSecret[0]) * (halves[1] ^ kSecret[1]);
    const auto mask = slots_.size() - 1;
    auto slot = static_cast<std::size_t>(product ^ product >> 64U) & mask;
    while (slots_[slot] != 0 && std::memcmp(bytes_.data() + (slots_[slot] - 1U), window, kWindow) != 0)
      slot = (slot + 1) & mask;
    return slot;
  }

  string_view bytes_;
  std::vector<std::uint32_t> slots_{};  // a place and one; 0: empty
  std::vector<std::uint32_t> first_{};  // of the window that begins there
};

// How much of each line the parent has too, and where there the line begins.
struct Coverage {
  std::vector<std::size_t> all{}, same{}, place{};

  [[nodiscard]] bool is_quoted(std::size_t line) const { return all[line] > 0 && same[line] * 5 >= all[line] * 4; }
  [[nodiscard]] bool is_own(std::size_t line) const { return all[line] > 2 && same[line] == 0; }
};

// `line_of` says on which line each of the child's bytes stands.
Coverage compare(string_view parent, string_view child, std::span<const std::uint32_t> line_of, std::size_t lines) {
  const Windows known(parent);
  Coverage coverage{std::vector<std::size_t>(lines), std::vector<std::size_t>(lines),
                    std::vector<std::size_t>(lines, parent.size())};
  for (const auto line : line_of) ++coverage.all[line];
  std::size_t covered_to = 0;
  std::optional<std::size_t> found;
  for (std::size_t at = 0; at + kWindow <= child.size(); ++at) {
    found = known.find(child.data() + at, found);
    if (!found) continue;
    for (auto i = std::max(at, covered_to); i < at + kWindow; ++i) {
      const auto line = line_of[i];
      ++coverage.same[line];
      coverage.place[line] = std::min(coverage.place[line], *found + (i - at));
    }
    covered_to = at + kWindow;
  }
  return coverage;
}

// The author's own words between the parent's, and not what a client made of the parent.
bool is_answered(const Coverage& coverage, std::span<const Line> lines, std::size_t first, std::size_t last) {
  std::size_t quoted = 0, changed = 0, own = 0;
  for (auto i = first; i <= last; ++i) {
    if (lines[i].blank) continue;
    if (coverage.is_quoted(i)) {
      ++quoted;  // our notice marks what the prospect wrote, whatever the client made of the notice
    } else if (lines[i].quoted) {
      continue;
    } else if (coverage.is_own(i) && !has_address(lines[i].body) && !header_label(lines[i].body) &&
               !lines[i].body.starts_with('[') && !lines[i].body.starts_with('<')) {
      ++own;
    } else {
      ++changed;
    }
  }
  constexpr std::size_t kMostChanged = 8;  // one line in so many
  return own > 0 && quoted > 0 && changed * kMostChanged <= quoted;
}

}  // namespace

ParentLines find_parent(string_view parent, std::span<const Line> lines) {
  std::string theirs, ours;
  while (!parent.empty() && theirs.size() < kMostBytes) {
    const auto line = parent.substr(0, parent.find('\n'));
    squeeze(line, theirs);
    parent.remove_prefix(std::min(parent.size(), line.size() + 1));
  }
  std::vector<std::uint32_t> line_of;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    squeeze(lines[i].body, ours);
    line_of.resize(ours.size(), static_cast<std::uint32_t>(i));
  }
  const auto coverage = compare(theirs, ours, line_of, lines.size());

  ParentLines found{std::vector<bool>(lines.size()), std::vector<bool>(lines.size()), lines.size(), false};
  for (std::size_t i = 0; i < lines.size(); ++i)
    found.strange[i] = !theirs.empty() && coverage.all[i] > 0 && coverage.same[i] == 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (coverage.is_quoted(i) && (found.first == lines.size() || coverage.place[i] < coverage.place[found.first]))
      found.first = i;
  }
  std::size_t total = 0, last = found.first, left = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i >= found.first && coverage.is_quoted(i)) {
      found.quoted[i] = true;
      total += coverage.same[i];
      last = i;
    }
    left += !lines[i].blank && !lines[i].quoted && !found.quoted[i];
  }
  if (left == 0 || total < std::min(kLeastFound, theirs.size() / 2 + 1)) {
    found.quoted.assign(lines.size(), false);
    found.first = lines.size();
    return found;
  }
  found.answered = found.first < lines.size() && is_answered(coverage, lines, found.first, last);
  return found;
}

}  // namespace leadmail::mail::message
