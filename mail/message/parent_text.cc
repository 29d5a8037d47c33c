#include "mail/message/parent_text.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "mail/message/ascii.h"
#include "mail/message/reply_patterns.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kWindow = 16;  // so many bytes in the same order are no chance once a whole line has them
constexpr std::size_t kMostBytes = std::size_t{256} * 1024;
constexpr std::size_t kLeastFound = 40;  // or half of a shorter parent

// The words of lines without what clients change: white space, quote marks, case, drawn marks, links in brackets.
struct Squeezed {
  std::string bytes{};
  std::vector<std::uint32_t> line_of{};

  void add(string_view line, std::size_t number);
};

void Squeezed::add(string_view line, std::size_t number) {
  constexpr string_view kLeftOut = " \t>|*_-[]()\"'.,;:";
  for (std::size_t i = 0; i < line.size() && bytes.size() < kMostBytes; ++i) {
    if (line[i] == '<') {
      const auto link = line.find('>', i);
      if (link != string_view::npos && starts_with_fold(line.substr(i), "<http")) i = link;
      continue;
    }
    if (kLeftOut.find(line[i]) != string_view::npos) continue;
    if (line.substr(i).starts_with("\u00a0") || line.substr(i).starts_with("»")) {
      ++i;
      continue;
    }
    bytes += ascii::lower(line[i]);
    line_of.push_back(static_cast<std::uint32_t>(number));
  }
}

// Calls `visit(place, hash)` for each run of kWindow bytes. Rabin and Karp's rolling hash.
template <typename Visit>
void each_window(string_view bytes, Visit visit) {
  constexpr std::uint64_t kBase = 1099511628211ULL;
  std::uint64_t top = 1, hash = 0;
  for (std::size_t i = 1; i < kWindow; ++i) top *= kBase;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i >= kWindow) hash -= top * static_cast<unsigned char>(bytes[i - kWindow]);
    hash = hash * kBase + static_cast<unsigned char>(bytes[i]);
    if (i + 1 >= kWindow) visit(i + 1 - kWindow, hash);
  }
}

// How much of each line the parent has too, and where there the line begins.
struct Coverage {
  std::vector<std::size_t> all{}, same{}, place{};

  [[nodiscard]] bool is_quoted(std::size_t line) const { return all[line] > 0 && same[line] * 5 >= all[line] * 4; }
  [[nodiscard]] bool is_own(std::size_t line) const { return all[line] > 2 && same[line] == 0; }
};

Coverage compare(const Squeezed& parent, const Squeezed& child, std::size_t lines) {
  std::unordered_map<std::uint64_t, std::uint32_t> known;
  known.reserve(parent.bytes.size());
  each_window(parent.bytes,
              [&](std::size_t at, std::uint64_t hash) { known.emplace(hash, static_cast<std::uint32_t>(at)); });

  Coverage coverage{std::vector<std::size_t>(lines), std::vector<std::size_t>(lines),
                    std::vector<std::size_t>(lines, parent.bytes.size())};
  for (const auto line : child.line_of) ++coverage.all[line];
  std::size_t covered_to = 0;
  each_window(child.bytes, [&](std::size_t at, std::uint64_t hash) {
    const auto found = known.find(hash);
    if (found == known.end()) return;
    for (auto i = std::max(at, covered_to); i < at + kWindow; ++i) {
      const auto line = child.line_of[i];
      ++coverage.same[line];
      coverage.place[line] = std::min<std::size_t>(coverage.place[line], found->second + (i - at));
    }
    covered_to = at + kWindow;
  });
  return coverage;
}

// The author's own words between the parent's, and not what a client made of the parent.
bool is_answered(const Coverage& coverage, std::span<const Line> lines, std::size_t first, std::size_t last) {
  std::size_t quoted = 0, changed = 0, own = 0;
  for (auto i = first; i <= last; ++i) {
    if (lines[i].blank || lines[i].quoted) continue;
    if (coverage.is_quoted(i)) {
      ++quoted;
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
  Squeezed theirs, ours;
  while (!parent.empty() && theirs.bytes.size() < kMostBytes) {
    const auto line = parent.substr(0, parent.find('\n'));
    theirs.add(line, 0);
    parent.remove_prefix(std::min(parent.size(), line.size() + 1));
  }
  for (std::size_t i = 0; i < lines.size(); ++i) ours.add(lines[i].body, i);
  const auto coverage = compare(theirs, ours, lines.size());

  ParentLines found{std::vector<bool>(lines.size()), lines.size(), false};
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
  if (left == 0 || total < std::min(kLeastFound, theirs.bytes.size() / 2 + 1)) {
    found.quoted.assign(lines.size(), false);
    found.first = lines.size();
    return found;
  }
  found.answered = found.first < lines.size() && is_answered(coverage, lines, found.first, last);
  return found;
}

}  // namespace leadmail::mail::message
