#include "core/leads/relay_text.h"

#include <algorithm>
#include <set>
#include <vector>

#include "core/leads/address.h"
#include "core/leads/base32.h"
#include "core/leads/token.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kSurelyOurs = 25;  // bytes of a piece of a line that nobody writes by chance
constexpr std::size_t kQuotedPiece = 8;  // the same where the line is quoted anyhow
constexpr std::size_t kWholeLine = 3;

/// Without quote marks, and without white space, so that neither a program's wrapping nor its indenting matters.
std::string bare(std::string_view line) {
  std::string text;
  for (const char c : line) {
    const bool is_space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!is_space && !(c == '>' && text.empty())) text += c;
  }
  return text;
}

std::string_view next_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

/// One of our addresses with a tag that a key of ours may have made, though a program broke it in two. Who writes
/// "sales+fair@…" means it.
bool holds_our_address(std::string_view line, const Rules& rules) {
  constexpr std::size_t kSurelyAToken = 16;
  const auto small = to_lower(line);
  return std::ranges::any_of(rules.mailboxes, [&](const Mailbox& mailbox) {
    const auto begin = to_lower(local_part_of(mailbox.address)) + "+";
    for (auto at = small.find(begin); at != std::string::npos; at = small.find(begin, at + 1)) {
      const auto tag = std::string_view(small).substr(at + begin.size());
      const auto end = std::ranges::find_if_not(tag, is_base32);
      if (static_cast<std::size_t>(end - tag.begin()) >= kSurelyAToken) return true;
    }
    return false;
  });
}

/// A word that one of our keys may have signed, or our tag: it says nothing to the prospect and much to a forger.
bool holds_our_mark(std::string_view line, const Rules& rules) {
  return holds_our_address(line, rules) || lead_in_subject(line, rules.tokens).has_value() ||
         (token_in(line).has_value() && line.find('@') != std::string_view::npos);
}

class OurWords {
 public:
  explicit OurWords(std::string_view words) {
    while (!words.empty()) {
      auto line = bare(next_line(words));
      if (line.size() < kWholeLine) continue;
      all_ += line;
      lines_.insert(std::move(line));
    }
  }

  /// A program that quotes wraps our lines, and may join them.
  [[nodiscard]] bool hold(std::string_view line) const {
    const auto text = bare(line);
    if (text.empty()) return false;
    const bool is_quoted = line.substr(line.find_first_not_of(" \t")).starts_with('>');
    if (lines_.contains(text) && (is_quoted || text.size() >= kQuotedPiece)) return true;
    return text.size() >= (is_quoted ? kQuotedPiece : kSurelyOurs) && all_.find(text) != std::string::npos;
  }

  /// What is left of a line of ours whose beginning, `before`, stands right above: a program broke it there.
  [[nodiscard]] bool go_on(std::string_view before, std::string_view line) const {
    const auto begun = bare(before);
    const auto rest = bare(line);
    return !rest.empty() && begun.size() >= kQuotedPiece && all_.find(begun + rest) != std::string::npos;
  }

 private:
  std::string all_{};
  std::set<std::string, std::less<>> lines_{};
};

}  // namespace

std::string without_our_words(std::string_view text, std::string_view words, const Rules& rules) {
  const OurWords ours(words);
  std::string kept;
  bool gap = false;
  bool removed = false;
  std::string_view last_removed;  // the line above, when it was ours
  while (!text.empty()) {
    const auto line = next_line(text);
    if (holds_our_mark(line, rules) || ours.hold(line) || ours.go_on(last_removed, line)) {
      removed = true;
      last_removed = line;
      continue;
    }
    last_removed = {};
    const bool is_empty = bare(line).empty();
    if (removed && is_empty) {
      gap = true;
      continue;
    }
    if (gap && !kept.empty()) kept += '\n';
    gap = removed = false;
    kept.append(line);
    if (!text.empty()) kept += '\n';
  }
  while (kept.ends_with('\n') || kept.ends_with(' ')) kept.pop_back();
  return kept;
}

}  // namespace leadmail::leads
