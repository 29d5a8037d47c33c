// Forms that tell by their layout alone what is a label and what was typed: bold and plain, grey and black, left cell
// and right cell, a card for each field. The builders differ in all of it, but each writes its labels alike.
#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/form_reader.h"
#include "mail/message/html_marks.h"
#include "mail/message/html_tree.h"
#include "mail/message/reply_patterns.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
using Look = std::uint64_t;  // of a place in the page: its elements and what of their style is seen in letters

constexpr std::size_t kRuns = 3000;
constexpr std::size_t kRunBytes = 64 * 1024;
constexpr std::size_t kLeastRows = 3;
constexpr std::size_t kLabelWords = 14;

// FNV-1a, 64 bits
constexpr Look mix(Look look, string_view text) {
  for (const char c : text) look = (look ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return (look ^ 0xffU) * 0x100000001b3ULL;
}

// Letters that belong together: one element's, on one line.
struct Run {
  std::string text{};
  std::vector<Look> path{};  // of the elements around it, outermost first
  std::size_t breaks = 0;    // before it; 0: it goes on with the line
  bool below_rule = false;
  bool is_link = false;  // that leads to a page
  [[nodiscard]] Look look() const { return path.back(); }
  [[nodiscard]] bool is_inside(Look look) const { return std::find(path.begin(), path.end(), look) != path.end(); }
};

// What of a style is seen in the letters; a row's background is not.
std::string visible_style(const GumboElement& element) {
  constexpr auto kSeen =
      std::to_array<string_view>({"font-weight:", "font-style:", "font-size:", "color:", "text-transform:"});
  const auto style = squeezed_style(element);
  std::string seen;
  for (auto rest = string_view(style); !rest.empty();) {
    const auto end = std::min(rest.find(';'), rest.size());
    const auto rule = rest.substr(0, end);
    if (std::any_of(kSeen.begin(), kSeen.end(), [&](string_view name) { return rule.starts_with(name); })) seen += rule;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return seen;
}

// "field-label" tells rows apart; "odd" and "row-7" only count them.
bool tells_apart(string_view name) {
  constexpr auto kCounts =
      std::to_array<string_view>({"odd", "even", "alt", "first", "last", "alternate", "striped", "highlight"});
  return std::none_of(name.begin(), name.end(), ascii::is_digit) &&
         std::none_of(kCounts.begin(), kCounts.end(), [&](string_view count) { return ascii::same(name, count); });
}

std::string telling_classes(const GumboElement& element) {
  std::string told;
  for (auto rest = ascii::trim(attribute(element, "class")); !rest.empty(); rest = ascii::trim(rest)) {
    const auto name = rest.substr(0, rest.find_first_of(" \t\r\n"));
    if (tells_apart(name)) told += std::string(name) + ' ';
    rest.remove_prefix(name.size());
  }
  return told;
}

class Collector {
 public:
  std::vector<Run> collect(const GumboNode& root) {
    path_.push_back(0xcbf29ce484222325ULL);
    walk(root);
    return quotes_ ? std::vector<Run>{} : std::move(runs_);
  }

 private:
  void walk(const GumboNode& node) {
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA) return text(node.v.text.text);
    if (node.type == GUMBO_NODE_WHITESPACE) gap_ = true;
    if (node.type == GUMBO_NODE_ELEMENT) element(node);
  }

  void element(const GumboNode& node) {
    const auto& tag = node.v.element;
    if (is_hidden(tag) || tag.tag == GUMBO_TAG_TITLE) return;
    quotes_ = quotes_ || is_quote(tag) || is_gmail_quote(tag) || begins_quote(tag);
    if (tag.tag == GUMBO_TAG_BR) {
      ++breaks_;
      return;
    }
    if (tag.tag == GUMBO_TAG_HR) below_rule_ = true;
    const bool cell = tag.tag == GUMBO_TAG_TD || tag.tag == GUMBO_TAG_TH;
    const auto around = cell ? std::size_t{1} : breaks_around(tag);
    breaks_ = std::max(breaks_, around);
    const auto depth = path_.size();
    if (const auto look = look_of(node); look != path_.back()) path_.push_back(look);
    const bool outer = preformatted_, around_link = link_;
    link_ = link_ || (tag.tag == GUMBO_TAG_A && ascii::starts_with(ascii::trim(attribute(tag, "href")), "http"));
    preformatted_ =
        outer || tag.tag == GUMBO_TAG_PRE || squeezed_style(tag).find("white-space:pre") != std::string::npos;
    for (unsigned i = 0; i < tag.children.length; ++i) walk(*static_cast<const GumboNode*>(tag.children.data[i]));
    preformatted_ = outer;
    link_ = around_link;
    path_.resize(depth);
    breaks_ = std::max(breaks_, around);
  }

  // The same as that of the element around it where nothing is to be seen of this one.
  [[nodiscard]] Look look_of(const GumboNode& node) const {
    const auto& tag = node.v.element;
    switch (tag.tag) {
      case GUMBO_TAG_A:
      case GUMBO_TAG_TBODY:
      case GUMBO_TAG_TR: return path_.back();
      case GUMBO_TAG_SPAN:
      case GUMBO_TAG_FONT: {
        const auto seen = visible_style(tag) + telling_classes(tag) + std::string(attribute(tag, "color"));
        return seen.empty() ? path_.back() : mix(path_.back(), seen);
      }
      default: break;
    }
    auto look = mix(path_.back(), gumbo_normalized_tagname(tag.tag));
    if (tag.tag == GUMBO_TAG_TD || tag.tag == GUMBO_TAG_TH) look = mix(look, std::to_string(column_of(node)));
    return mix(mix(look, visible_style(tag)), telling_classes(tag));
  }

  // Blanks and comments between the cells don't count.
  static std::size_t column_of(const GumboNode& cell) {
    const auto& row = cell.parent->v.element.children;
    const auto end = std::min<unsigned>(static_cast<unsigned>(cell.index_within_parent), row.length);
    std::size_t column = 0;
    for (unsigned i = 0; i < end; ++i) column += static_cast<const GumboNode*>(row.data[i])->type == GUMBO_NODE_ELEMENT;
    return column;
  }

  void text(string_view piece) {
    while (!piece.empty()) {
      const auto end = preformatted_ ? std::min(piece.find('\n'), piece.size()) : piece.size();
      line(piece.substr(0, end));
      if (end < piece.size()) ++breaks_;
      piece.remove_prefix(std::min(end + 1, piece.size()));
    }
  }

  void line(string_view piece) {
    std::string words;
    for (std::size_t at = 0; at < piece.size(); ++at) {
      const bool no_break = piece.substr(at).starts_with("\xC2\xA0");
      if (no_break || ascii::is_space(piece[at])) {
        gap_ = true;
        at += no_break ? 1 : 0;
        continue;
      }
      if (gap_ && (!words.empty() || goes_on())) words += ' ';
      gap_ = false;
      words += piece[at];
    }
    if (words.empty()) return;
    if (goes_on() && runs_.back().look() == path_.back()) {
      if (runs_.back().text.size() + words.size() <= kRunBytes) runs_.back().text += words;
      return;
    }
    if (runs_.size() < kRuns)
      runs_.push_back({std::move(words), path_, runs_.empty() ? 1 : breaks_, std::exchange(below_rule_, false), link_});
    breaks_ = 0;
  }

  [[nodiscard]] bool goes_on() const { return breaks_ == 0 && !runs_.empty(); }

  std::vector<Run> runs_{};
  std::vector<Look> path_{};
  std::size_t breaks_ = 0;
  bool gap_ = false, quotes_ = false, preformatted_ = false, below_rule_ = false, link_ = false;
};

bool may_be_label(const Run& run) {
  return run.breaks > 0 && run.text.size() <= 2 * kFormLabelBytes && word_count(run.text) <= kLabelWords &&
         !has_address(run.text) && run.text.find("://") == std::string::npos;
}

// The red star behind a label.
bool is_required_mark(string_view text) {
  text = trim_blank(text);
  return !text.empty() && text.find_first_not_of("*:") == string_view::npos;
}

// Where the values stand: what most labels are followed by.
Look look_of_values(const std::vector<Run>& runs, Look label) {
  std::map<Look, std::size_t> count;
  for (std::size_t at = 0; at + 1 < runs.size(); ++at) {
    if (runs[at].look() != label) continue;
    const auto next = at + 1 + (is_required_mark(runs[at + 1].text) && at + 2 < runs.size() ? 1 : 0);
    if (runs[next].look() != label) ++count[runs[next].look()];
  }
  const auto most =
      std::max_element(count.begin(), count.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == count.end() ? 0 : most->first;
}

void add(std::string& value, const Run& run) {
  if (value.size() + run.text.size() > kRunBytes) return;
  if (!value.empty()) value.append(std::min<std::size_t>(run.breaks, 2), '\n');
  value += value.empty() ? ascii::trim(run.text) : string_view(run.text);
}

// "View all results": words that lead to a page, on a line of their own.
bool is_button(const Run& run) {
  return run.is_link && run.breaks > 0 && !has_address(run.text) && run.text.find("://") == std::string::npos &&
         run.text.find('.') == std::string::npos;
}

// "<b>Name</b>: Bob", "<b>Name</b> — Bob": a sign between label and value that all of them have.
void take_off_marks(FormFields& fields) {
  constexpr auto kMarks = std::to_array<string_view>({":", "—", "–", "-", "=>", "=", "→", "»", "|"});
  for (const auto mark : kMarks) {
    const auto has_mark = [&](const auto& field) { return field.second.empty() || field.second.starts_with(mark); };
    if (mark != ":" && !std::all_of(fields.begin(), fields.end(), has_mark)) continue;
    for (auto& [label, value] : fields)
      if (value.starts_with(mark)) value = ascii::trim(string_view(value).substr(mark.size()));
  }
}

// What the page says when texts of that look are its labels.
FormFields fields_with(const std::vector<Run>& runs, Look label) {
  const auto values = look_of_values(runs, label);
  FormFields fields;
  bool open = false;
  for (std::size_t at = 0; at < runs.size() && fields.size() < kFormFields; ++at) {
    const auto& run = runs[at];
    if (run.look() == label && may_be_label(run)) {
      const auto words = bare_form_label(run.text);
      open = !words.empty();
      if (open) fields.emplace_back(std::string(utf8_prefix(words, kFormLabelBytes)), "");
      continue;
    }
    const auto below = at + 1 < runs.size() ? string_view(runs[at + 1].text) : string_view{};
    const bool ends = run.below_rule || is_rule(run.text) || run.text == "--" || is_button(run);
    open = open && !ends && (run.breaks == 0 || (run.is_inside(values) && !is_form_footer(run.text, below)));
    if (!open || is_required_mark(run.text)) continue;
    auto& value = fields.back().second;
    add(value, run);
  }
  take_off_marks(fields);
  // Headings and buttons look like labels and have nothing behind them.
  std::erase_if(fields, [](const auto& field) { return field.second.empty() && form_key(field.first).empty(); });
  return fields;
}

bool convinces(const FormFields& fields) {
  FormEvidence evidence;
  for (const auto& [label, value] : fields) evidence.see(label, value);
  return fields.size() >= kLeastRows && evidence.convinces();
}

}  // namespace

FormFields read_form_page(string_view html) {
  const auto tree = parse_html(html);
  if (tree == nullptr) return {};
  const auto runs = Collector().collect(*tree->root);
  std::map<Look, std::size_t> beginnings;
  for (const auto& run : runs)
    if (may_be_label(run)) ++beginnings[run.look()];
  // More looks than this, and it is no form but a newsletter.
  constexpr std::size_t kLooks = 40;
  if (beginnings.size() > kLooks) return {};
  FormFields best;
  std::size_t told = 0;
  for (const auto& [look, count] : beginnings) {
    if (count < kLeastRows) continue;
    auto fields = fields_with(runs, look);
    const auto tells = form_values(fields).size();
    if (tells <= told || !convinces(fields)) continue;
    told = tells;
    best = std::move(fields);
  }
  return best;
}

}  // namespace leadmail::mail::message
