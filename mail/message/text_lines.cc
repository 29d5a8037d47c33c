#include "mail/message/text_lines.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "mail/message/ascii.h"
#include "mail/message/reply_patterns.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

Line to_line(string_view text) {
  const auto body = trim_blank(text);
  return {text, body, body.empty(), body.starts_with('>')};
}

// "AB> text", as some clients mark a quote with the writer's initials; the length of the mark.
std::size_t initials_mark(string_view body) {
  constexpr std::size_t kInitials = 3;
  std::size_t i = 0;
  while (i < body.size() && i <= kInitials && is_letter(body[i])) ++i;
  return i > 0 && i <= kInitials && i < body.size() && body[i] == '>' ? i + 1 : 0;
}

// A run of lines that begin with the same mark, which alone would prove little.
template <typename MarkOf>
void mark_runs(std::vector<Line>& lines, std::size_t least, MarkOf mark_of) {
  for (std::size_t i = 0; i < lines.size();) {
    const string_view mark = mark_of(lines[i].body);
    auto j = i + 1;
    if (!mark.empty()) {
      while (j < lines.size() && mark_of(lines[j].body) == mark) ++j;
      if (j - i >= least)
        for (auto k = i; k < j; ++k) lines[k].quoted = true;
    }
    i = j;
  }
}

// "AB> …" here and there: answers may stand between, so two of the same initials are enough.
void mark_initials(std::vector<Line>& lines) {
  std::map<string_view, std::vector<std::size_t>> marked;
  constexpr std::size_t kWriters = 20;
  for (std::size_t i = 0; i < lines.size() && marked.size() < kWriters; ++i) {
    const auto body = lines[i].body;
    if (const auto width = initials_mark(body)) marked[body.substr(0, width)].push_back(i);
  }
  for (const auto& [mark, at] : marked) {
    if (at.size() < 2) continue;
    for (const auto i : at) lines[i].quoted = true;
  }
}

// A line by itself inside a quote, tight at both sides: either an answer, or the end of the line above that a client
// broke off.
bool is_enclosed(const std::vector<Line>& lines, std::size_t i) {
  return i > 0 && i + 1 < lines.size() && !lines[i].blank && !lines[i].quoted && lines[i - 1].quoted &&
         lines[i + 1].quoted;
}

// Old clients wrap at 76 after quoting, so the end of a quoted line stands unmarked on the next.
bool is_broken_off(string_view above, string_view body) {
  constexpr std::size_t kWrapped = 60;
  const bool sentence_ended =
      above.ends_with('.') || above.ends_with('?') || above.ends_with('!') || above.ends_with(':');
  const bool one_word = body.find(' ') == string_view::npos && body.size() > 10;
  return !sentence_ended && ((above.size() >= kWrapped && body.size() < kWrapped) || one_word);
}

// Who broke one line of a quote broke others too; in such a quote a line that begins small is no answer.
void mark_broken_off(std::vector<Line>& lines) {
  bool broke = false;
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    if (lines[i].blank) broke = false;
    if (!is_enclosed(lines, i)) continue;
    const char first = lines[i].body.front();
    const bool breaks = is_broken_off(lines[i - 1].body, lines[i].body);
    if (breaks || (broke && first >= 'a' && first <= 'z')) lines[i].quoted = true;
    broke = broke || breaks;
  }
}

// The end of "… <ann@example.com\n> wrote:", which only looks like a quote.
bool ends_attribution(const Line& above, const Line& line) {
  constexpr std::size_t kLongest = 40;
  if (above.quoted || above.blank || line.body.size() > kLongest || !has_address(above.body)) return false;
  if (above.body.ends_with(':')) return false;  // it has ended already: "> Ann wrote:" is the first quoted line
  const auto rest = trim_blank(line.body.substr(1));
  return rest == ":" || (rest.ends_with(':') && find_quote_verb(rest));
}

// Yahoo sometimes puts its "--- On Wed, Ann wrote:" behind the last word of the answer.
std::size_t glued_attribution(string_view text) {
  const auto at = text.find("--- On ");
  if (at == string_view::npos || at == 0 || !trim_blank(text).ends_with(':') || !has_date(text.substr(at))) return 0;
  return trim_blank(text.substr(0, at)).empty() ? 0 : at;
}

// The next line end, LF or CR, from a place that only grows: each byte is looked at once for each of them.
class LineEnds {
 public:
  explicit LineEnds(string_view text) : text_(text), lf_(text.find('\n')), cr_(text.find('\r')) {}

  std::size_t from(std::size_t at) {
    if (lf_ < at) lf_ = text_.find('\n', at);
    if (cr_ < at) cr_ = text_.find('\r', at);
    return std::min({lf_, cr_, text_.size()});
  }

 private:
  string_view text_;
  std::size_t lf_;
  std::size_t cr_;
};

}  // namespace

std::vector<Line> read_lines(string_view text, std::size_t most) {
  constexpr std::size_t kUsualLine = 32;
  std::vector<Line> lines;
  lines.reserve(std::min(most, text.size() / kUsualLine) + 1);
  LineEnds ends(text);
  for (std::size_t at = 0; at < text.size();) {
    if (lines.size() >= most) {
      lines.push_back(to_line(text.substr(at)));
      break;
    }
    const auto end = ends.from(at);
    auto line = text.substr(at, end - at);
    at = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);

    if (const auto glued = glued_attribution(line)) {
      lines.push_back(to_line(line.substr(0, glued)));
      line.remove_prefix(glued);
    }
    lines.push_back(to_line(line));
  }
  mark_runs(lines, 3, [](string_view body) {
    return body.starts_with('|') && !(body.size() > 1 && body.ends_with('|')) ? body.substr(0, 1) : string_view{};
  });
  mark_initials(lines);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].quoted && lines[i].body.starts_with('>') && ends_attribution(lines[i - 1], lines[i]))
      lines[i].quoted = false;
  }
  mark_broken_off(lines);
  return lines;
}

std::string join_lines(std::span<const Line> lines) {
  while (!lines.empty() && lines.front().blank) lines = lines.subspan(1);
  while (!lines.empty() && lines.back().blank) lines = lines.first(lines.size() - 1);
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) text += '\n';
    auto line = lines[i].text;
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    text += line;
  }
  return text;
}

bool is_rule(string_view body) {
  constexpr auto kLong = std::to_array<string_view>({"—", "–", "―", "─", "━", "═", "ᐧ", "•"});
  std::size_t drawn = 0;
  for (auto rest = body; !rest.empty();) {
    if (string_view("-_*=~#+. \t").find(rest.front()) != string_view::npos) {
      drawn += rest.front() != ' ' && rest.front() != '\t';
      rest.remove_prefix(1);
      continue;
    }
    const auto wide = std::find_if(kLong.begin(), kLong.end(), [&](string_view w) { return rest.starts_with(w); });
    if (wide == kLong.end()) return false;
    drawn += 2;
    rest.remove_prefix(wide->size());
  }
  return drawn >= 2 && !body.starts_with("..");
}

std::size_t word_count(string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t') {
      inside = false;
    } else if (!std::exchange(inside, true)) {
      ++words;
    }
  }
  return words;
}

}  // namespace leadmail::mail::message
