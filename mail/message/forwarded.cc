#include "mail/message/forwarded.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/free_mail.h"
#include "mail/message/address.h"
#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/subject.h"
#include "mail/message/text_lines.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kBlockLines = 30;

// How deep a line is quoted: "> " once, ">> " twice.
std::size_t level_of(string_view text) {
  std::size_t level = 0;
  for (const char c : trim_blank(text)) {
    if (c == '>') ++level;
    if (c != '>' && c != ' ') break;
  }
  return level;
}

// A line without so many levels of "> ", or without all of them.
string_view unquoted(string_view text, std::size_t levels = string_view::npos) {
  for (; levels > 0; --levels) {
    const auto body = trim_blank(text);
    if (!body.starts_with('>')) break;
    text = body.substr(1);
    if (text.starts_with(' ')) text.remove_prefix(1);
  }
  return text;
}

// "| 发件人 | Ann<ann@example.com> |" is a row of a table that was a header block.
std::optional<LabelledLine> label_of(string_view line, std::string& room) {
  line = trim_blank(line);
  if (!line.starts_with('|')) {
    auto label = header_label(line);
    // A table's second column.
    while (label && label->value.starts_with('|')) label->value = trim_blank(label->value.substr(1));
    return label;
  }
  auto cells = trim_blank(line.substr(1));
  const auto bar = cells.find('|');
  if (bar == string_view::npos) return std::nullopt;
  auto value = trim_blank(cells.substr(bar + 1));
  if (value.ends_with('|')) value = trim_blank(value.substr(0, value.size() - 1));
  const auto word = trim_blank(cells.substr(0, bar));
  (room = word) += ':';
  auto label = header_label(room);
  if (label) label->value = value;
  return label;
}

std::optional<LabelledLine> label_of(string_view line) {
  std::string room;
  return label_of(line, room);
}

struct Block {
  std::string from, date, subject;
  std::size_t labels = 0;
  std::size_t end = 0;    // the first line below
  std::size_t level = 0;  // the block stands behind so many ">"

  // The first of two lines with one label counts.
  void take(const LabelledLine& line) {
    auto* const target = target_of(line.label);
    if (target != nullptr && target->empty()) *target = line.value;
    ++labels;
  }
  std::string* target_of(HeaderLabel label) {
    return label == HeaderLabel::from      ? &from
           : label == HeaderLabel::date    ? &date
           : label == HeaderLabel::subject ? &subject
                                           : nullptr;
  }
};

// Reads "From: … Date: … Subject: …" from `first` on, blank lines above it skipped; values may go on in the next line.
Block read_block(const std::vector<Line>& lines, std::size_t first) {
  Block block;
  block.end = first;
  std::string ignored, room;
  std::string* last = nullptr;
  std::size_t loose = 0, blanks = 0;
  for (auto i = first; i < lines.size() && i < first + kBlockLines; ++i) {
    const auto body = trim_blank(unquoted(lines[i].text));
    if (body.empty()) {
      // Some clients leave blank lines between the fields; text begins where no field follows.
      const bool more = i + 1 < lines.size() && label_of(unquoted(lines[i + 1].text));
      if (block.labels > 0 && (!more || ++blanks > 4)) break;
      continue;
    }
    const auto label = label_of(body, room);
    if (!label) {
      if (block.labels == 0 || last == nullptr || ++loose > 2) break;
      // Outlook for the Mac leaves no line between the header and the text.
      if (last == &block.subject || last == &ignored) break;
      (*last += ' ') += body;
      block.end = i + 1;
      continue;
    }
    if (block.labels == 0) block.level = level_of(lines[i].text);
    loose = 0;
    auto* const target = block.target_of(label->label);
    last = target == nullptr || !target->empty() ? &ignored : target;
    block.take(*label);
    block.end = i + 1;
  }
  return block;
}

// "Ann Example [mailto:ann@example.com]", "Ann<mailto:ann@example.com>", "ann@example.com<mailto:ann@example.com>" as a
// plain field value.
Address read_sender(string_view written) {
  std::string value(written);
  const auto replace = [&](string_view what, string_view by) {
    for (auto at = value.find(what); at != std::string::npos; at = value.find(what, at + by.size()))
      value.replace(at, what.size(), by);
  };
  replace("[mailto:", "<");
  replace("[MAILTO:", "<");
  replace("<mailto:", " <");
  replace("]", ">");
  replace("[", "<");
  replace(">>", ">");
  replace("*", "");
  // "Bob <bob@example.com <bob@example.com>": the link only repeats the address.
  if (const auto first = value.find('<'); first != std::string::npos) {
    const auto close = value.find('>', first);
    const auto second = value.find('<', first + 1);
    if (second != std::string::npos && (close == std::string::npos || second < close)) {
      value.erase(second,
                  value.find('>', second) == std::string::npos ? std::string::npos : value.find('>', second) - second);
    } else if (close != std::string::npos) {
      value.erase(close + 1);
    }
  }
  const auto list = read_addresses(value, 2);
  for (const auto& address : list.addresses) {
    if (address.address.find('@') == std::string::npos) continue;
    auto name = address.name == address.address ? std::string{} : address.name;
    return {std::move(name), address.address};
  }
  return {std::string(trim_blank(utf8_prefix(written, 200))), ""};
}

std::string read_moment(string_view written, const DateContext& context) {
  constexpr std::size_t kLongest = 200;
  if (auto moment = read_written_date(written, context)) return *moment;
  return std::string(trim_blank(utf8_prefix(written, kLongest)));
}

Line without_indent(string_view text, std::size_t indent) {
  text.remove_prefix(std::min(indent, text.size()));
  const auto body = trim_blank(text);
  return {text, body, body.empty(), false};
}

// "-------- Конец пересылаемого сообщения --------": what closes a forward.
bool closes_forward(string_view body) {
  return body.starts_with("---") &&
         (body.find("Конец") != string_view::npos || contains_fold(body, "end of forwarded"));
}

// The text of the forward: to the end, or as far as it is quoted; without the marks that all of it carries.
std::string read_text(const std::vector<Line>& lines, const Block& block) {
  std::vector<Line> chosen;
  auto first = block.end;
  while (first < lines.size() && lines[first].blank) ++first;
  if (first < lines.size() && is_forward_marker(lines[first].body)) ++first;  // Zoho draws the line twice
  std::size_t quoted = 0, indented = 0, filled = 0;
  for (auto i = first; i < lines.size(); ++i) {
    filled += !lines[i].blank;
    quoted += lines[i].quoted && trim_blank(lines[i].text).starts_with('>');
    indented += !lines[i].blank && lines[i].text.starts_with("    ");
  }
  const bool all_quoted = filled > 0 && quoted >= filled;
  // Gmail's HTML sets off the header alone.
  const bool only_header = quoted == 0;
  const bool all_indented = filled > 0 && indented == filled;
  for (auto i = first; i < lines.size(); ++i) {
    if (closes_forward(lines[i].body)) break;
    if ((block.level == 0 || only_header) && !all_quoted) {
      chosen.push_back(all_indented ? without_indent(lines[i].text, 4) : lines[i]);
      continue;
    }
    if (!lines[i].blank && !lines[i].quoted) break;
    chosen.push_back(without_indent(unquoted(lines[i].text, std::max<std::size_t>(block.level, 1)), 0));
  }
  return join_lines(chosen);
}

// Yahoo: "----- Forwarded Message ----- From: Ann <ann@example.com>To: "Bob" <bob@…>Sent: …Subject: Pumps", all of it
// in one line.
std::optional<Block> read_glued(string_view line) {
  constexpr std::size_t kLongest = 1500;
  line = utf8_prefix(trim_blank(line), kLongest);
  const auto dashes = line.find_first_not_of('-');
  if (!line.starts_with("---") || dashes == string_view::npos) return std::nullopt;
  const auto close = line.find("---", dashes);
  if (close == string_view::npos) return std::nullopt;
  const auto start = line.find_first_not_of('-', close);
  if (start == string_view::npos || !is_forward_marker(line.substr(0, start))) return std::nullopt;

  Block block;
  auto rest = trim_blank(line.substr(start));
  std::optional<LabelledLine> open;
  // A label may follow anything but the middle of a word in small letters.
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const bool letter = ascii::is_alpha(rest[i]) || (ascii::is_8bit(rest[i]) && (rest[i] & 0x40) != 0);
    const bool small = rest[i] >= 'a' && rest[i] <= 'z';
    const bool inside = i > 0 && small && rest[i - 1] != '>';
    if (!letter || inside || rest.substr(i, 60).find(':') == string_view::npos) continue;
    const auto label = header_label(rest.substr(i));
    if (!label || label->label == HeaderLabel::other) continue;
    if (open) block.take({open->label, trim_blank(open->value.substr(0, open->value.size() - (rest.size() - i)))});
    open = label;
    i = rest.size() - label->value.size() - 1;
  }
  if (open) block.take(*open);
  return block.labels >= 3 ? std::optional(block) : std::nullopt;
}

// Where an address stands in a line, with the brackets around it: "<ann@example.com>", "(<ann@example.com>)".
struct Span {
  std::size_t begin = 0, end = 0;
  string_view address{};
};

std::optional<Span> find_address(string_view line) {
  constexpr string_view kEnds = " \t<>[]()\"";
  const auto at = line.find('@');
  if (at == string_view::npos || at == 0) return std::nullopt;
  const auto before = line.find_last_of(kEnds, at);
  const auto begin = before == string_view::npos ? 0 : before + 1;
  auto end = std::min(line.find_first_of(kEnds, at), line.size());
  while (end > at && (line[end - 1] == ':' || line[end - 1] == ',')) --end;
  Span span{begin, end, line.substr(begin, end - begin)};
  if (span.address.starts_with("mailto:")) span.address.remove_prefix(7);
  while (span.begin > 0 && string_view("<[(").find(line[span.begin - 1]) != string_view::npos) --span.begin;
  while (span.end < line.size() && string_view(">])").find(line[span.end]) != string_view::npos) ++span.end;
  return span;
}

string_view without_quotes(string_view name) {
  name = trim_blank(name);
  for (const auto mark :
       {string_view("\""), string_view("«"), string_view("»"), string_view("„"), string_view("”"), string_view("“")}) {
    if (name.starts_with(mark)) name.remove_prefix(mark.size());
    if (name.ends_with(mark)) name.remove_suffix(mark.size());
  }
  return trim_blank(name);
}

// Where the name begins in what stands before the address: a quotation mark, a comma or a verb tells, or the end of the
// date; words in small letters behind a date belong to the sentence.
std::size_t name_in(string_view before) {
  for (const auto& [left, right] :
       {std::pair<string_view, string_view>{"\"", "\""}, {"«", "»"}, {"„", "”"}, {"“", "”"}}) {
    if (!before.ends_with(right) || before.size() <= right.size()) continue;
    const auto found = before.rfind(left, before.size() - right.size() - 1);
    if (found != string_view::npos) return found;
  }
  const auto digit = before.find_last_of("0123456789");
  if (digit == string_view::npos) return 0;
  const auto comma = before.rfind(',');
  const auto verb = find_quote_verb(before);
  auto at = comma == string_view::npos ? 0 : comma + 1;
  if (verb) at = std::max(at, verb->at + verb->length);
  if (at > digit) return at;
  at = std::min(before.find(' ', digit), before.size());
  while (at < before.size()) {
    const auto word = before.substr(at, before.find(' ', at + 1) - at);
    const auto bare = trim_blank(word);
    const auto folded = fold_case(bare);
    if (!bare.empty() && (folded != bare || bare.front() == '"')) break;
    at += word.size();
  }
  return at;
}

// "On 09/03/2026, 14:30, "Ann" <ann@example.com> wrote:", which Outlook for the Mac writes above a forward, and Yandex
// without the verb. The date stands on either side of the writer.
std::optional<Block> read_attribution(string_view line) {
  constexpr std::size_t kLongest = 400;
  line = trim_blank(line);
  if (line.size() > kLongest || !line.ends_with(':') || !has_address(line) || !has_date(line)) return std::nullopt;
  const auto span = find_address(line);
  if (!span) return std::nullopt;
  const auto before = trim_blank(line.substr(0, span->begin));
  const auto behind = line.substr(span->end);
  const auto at = name_in(before);
  Block block;
  block.from = std::string(without_quotes(before.substr(at))) + " <" + std::string(span->address) + '>';
  block.date = before.find_first_of("0123456789") < at ? before.substr(0, at) : behind;
  block.labels = 2;
  return block;
}

string_view domain_of(string_view address) {
  const auto at = address.rfind('@');
  return at == string_view::npos ? string_view{} : address.substr(at + 1);
}

bool are_colleagues(string_view one, string_view other) {
  if (one.empty() || other.empty()) return false;
  if (ascii::same(one, other)) return true;
  return ascii::same(domain_of(one), domain_of(other)) && !is_free_mail_domain(ascii::lower(domain_of(one)));
}

Forwarded made_of(const Block& block, const std::vector<Line>& lines, const DateContext& when) {
  return {read_sender(block.from), read_moment(block.date, when), block.subject, read_text(lines, block)};
}

// The first forward in the text, whoever wrote it.
std::optional<Forwarded> read_outermost(string_view text, bool announced, const DateContext& when) {
  const auto lines = read_lines(text);
  constexpr std::size_t kTried = 50;  // header blocks that turn out to be none
  bool quote_above = false;
  std::size_t tried = 0;
  for (std::size_t i = 0; i < lines.size() && tried < kTried; ++i) {
    if (lines[i].blank) continue;
    const auto body = trim_blank(unquoted(lines[i].text));
    const bool marked = is_forward_marker(body) && !quote_above;
    const bool free = !quote_above;
    quote_above = quote_above || lines[i].quoted;
    if (free && body.starts_with("---") && !marked) {
      if (auto glued = read_glued(body); glued && !glued->from.empty()) {
        glued->end = i + 1;
        return made_of(*glued, lines, when);
      }
    }
    const bool labelled = (announced || marked) && label_of(body).has_value();
    const bool attributed = announced && free && body.ends_with(':') && !labelled && has_address(body);
    const bool may_be = announced && free && (is_original_marker(body) || labelled);
    if (!marked && !may_be && !attributed) continue;

    ++tried;
    auto first = labelled || attributed ? i : i + 1;
    auto block = attributed ? Block{} : read_block(lines, first);
    if (block.labels == 0) {
      while (first < lines.size() && lines[first].blank) ++first;
      if (first >= lines.size()) break;
      if (auto named = read_attribution(unquoted(lines[first].text))) {
        named->end = first + 1;
        named->level = level_of(lines[first].text);
        block = std::move(*named);
        if (attributed) return made_of(block, lines, when);
      }
    }
    const bool complete =
        !block.from.empty() && block.labels >= 2 && (marked || block.labels >= 3 || has_address(block.from));
    if (complete) return made_of(block, lines, when);
  }
  return std::nullopt;
}

// From a colleague's forward on to what he forwarded.
Forwarded beyond_colleagues(Forwarded found, const ForwardedIn& outer) {
  constexpr int kLevels = 5;
  for (int level = 0; level < kLevels && are_colleagues(found.from.address, outer.address); ++level) {
    auto inner = read_outermost(found.text, true, outer.when);
    if (!inner) break;
    found = std::move(*inner);
  }
  return found;
}

// What stands above the header of a further mail.
std::string before_next_mail(string_view text) {
  const auto lines = read_lines(text);
  const auto begins_mail = [](const Line& line) {
    const auto body = trim_blank(line.body);
    const auto label = label_of(body);
    return is_original_marker(body) || is_forward_marker(body) ||
           (label && label->label == HeaderLabel::from && has_address(label->value));
  };
  const auto end = std::ranges::find_if(lines, begins_mail);
  return join_lines(std::span(lines).first(static_cast<std::size_t>(end - lines.begin())));
}

// "VS:" is a reply of a Finn and a forward of a Dane or Norwegian, whose header block begins with "Fra:".
bool is_danish_forward(string_view subject, string_view text) {
  return starts_with_fold(trim_blank(subject), "vs:") &&
         (starts_with_fold(text, "Fra:") || contains_fold(text, "\nFra:"));
}

// "From" before the colon at `colon`, at whatever word it begins; `text` is one line.
bool names_sender(string_view text, std::size_t colon, string_view mark) {
  constexpr std::size_t kLongestLabel = 48;
  for (auto at = colon > kLongestLabel ? colon - kLongestLabel : 0; at < colon; ++at) {
    const bool inside = at > 0 && ascii::is_alpha(text[at]) && ascii::is_alpha(text[at - 1]);
    const bool begins = !inside && !ascii::is_space(text[at]) && (text[at] & 0xC0) != 0x80;
    if (!begins) continue;
    const auto label = header_label(text.substr(at, colon + mark.size() - at));
    if (label && label->label == HeaderLabel::from) return true;
  }
  return false;
}

}  // namespace

bool may_hold_forward(string_view text) {
  constexpr std::size_t kColons = 100;
  if (text.find_first_of("@|") != string_view::npos) return true;  // an attribution, or a table
  std::string line(text);
  std::ranges::replace(line, '\n', ' ');
  std::size_t colons = 0;
  for (const string_view mark : {":", "："}) {
    for (auto at = line.find(mark); at != std::string::npos; at = line.find(mark, at + mark.size()))
      if (++colons > kColons || names_sender(line, at, mark)) return true;
  }
  return false;
}

std::optional<Forwarded> read_forwarded(const ForwardedIn& outer, string_view text) {
  const bool announced = read_subject(outer.subject).is_forward || is_danish_forward(outer.subject, text);
  auto found = read_outermost(text, announced, outer.when);
  if (!found) return std::nullopt;
  return beyond_colleagues(std::move(*found), outer);
}

std::optional<Forwarded> read_first_quoted(string_view quoted) {
  constexpr std::size_t kLookedAt = 64 * 1024;  // octets
  quoted = utf8_prefix(quoted, kLookedAt);
  const auto lines = read_lines(quoted);
  const auto first = std::ranges::find_if(lines, [](const Line& line) { return !line.blank; });
  if (first == lines.end()) return std::nullopt;
  const auto body = trim_blank(first->body);
  if (first->quoted || !(is_original_marker(body) || is_forward_marker(body) || is_rule(body) || label_of(body)))
    return std::nullopt;
  auto found = read_outermost(quoted, true, {});
  if (!found || found->from.address.empty()) return std::nullopt;
  found->text = before_next_mail(found->text);
  return found;
}

std::optional<Forwarded> read_forwarded(const ForwardedIn& outer, const Identity& attached, string_view text) {
  if (attached.from.empty() && attached.subject.empty() && trim_blank(text).empty()) return std::nullopt;
  Forwarded forwarded;
  if (!attached.from.empty()) forwarded.from = attached.from.front();
  if (attached.date) forwarded.date = to_rfc3339(*attached.date, std::chrono::minutes(attached.date_offset));
  forwarded.subject = attached.subject;
  forwarded.text = text;
  return beyond_colleagues(std::move(forwarded), outer);
}

}  // namespace leadmail::mail::message
