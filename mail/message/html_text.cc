#include <gumbo.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message/ascii.h"
#include "mail/message/html_marks.h"
#include "mail/message/html_tree.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/reply_text.h"
#include "mail/message/signature_block.h"

namespace leadmail::mail::message {
namespace {

/// Text in lines: white space folded, blank lines at most two, every line of a quote begins with "> ".
class Writer {
 public:
  void text(std::string_view piece, bool preformatted) {
    while (!piece.empty()) {
      if (preformatted && (piece.front() == '\n' || piece.front() == '\r')) {
        if (piece.front() == '\n') line_break();
        piece.remove_prefix(1);
      } else if (!preformatted && ascii::is_space(piece.front())) {
        gap_ = true;
        piece.remove_prefix(1);
      } else {
        const std::size_t end = preformatted ? piece.find_first_of("\r\n") : piece.find_first_of(" \t\r\n\f\v");
        visible(piece.substr(0, end));
        piece.remove_prefix(std::min(end, piece.size()));
      }
    }
  }

  /// A <br>: ends the line, or adds a blank one.
  void line_break() {
    newlines_ = std::min<std::size_t>(newlines_ + 1, 3);
    gap_ = tab_ = false;
  }

  /// The end or begin of a block: at least `count` line breaks stand before what follows.
  void block(std::size_t count) {
    newlines_ = std::max(newlines_, count);
    gap_ = tab_ = false;
    item_.clear();
  }

  void cell() { tab_ = true; }
  void item(std::string mark) { item_ = std::move(mark); }
  void quote(std::size_t depth) { depth_ = std::min<std::size_t>(depth, 20); }
  [[nodiscard]] std::size_t quote() const { return depth_; }
  [[nodiscard]] bool empty() const { return out_.empty(); }
  [[nodiscard]] std::size_t size() const { return out_.size(); }

  std::string take() {
    if (!out_.empty()) out_.push_back('\n');
    return std::move(out_);
  }

 private:
  void visible(std::string_view word) {
    std::string cleaned;
    // No-break spaces are blanks; zero-width ones are what mailings hide behind their first line.
    if (word.find('\xC2') != std::string_view::npos || word.find('\xE2') != std::string_view::npos ||
        word.find('\xEF') != std::string_view::npos || word.find('\xCD') != std::string_view::npos) {
      cleaned = clean(word);
      word = cleaned;
    }
    if (word.empty()) return;
    if (ascii::trim(word).empty()) {
      // Only no-break spaces: a line of its own, but nothing to see.
      if (out_.empty() || newlines_ > 0) {
        held_blank_ = true;
        return;
      }
      gap_ = true;
      return;
    }
    begin();
    out_ += word;
  }

  static std::string clean(std::string_view word) {
    std::string result;
    for (std::size_t i = 0; i < word.size(); ++i) {
      const auto rest = word.substr(i);
      if (rest.starts_with("\xC2\xA0")) {
        result.push_back(' ');
        ++i;
      } else if (rest.starts_with("\xC2\xAD") || rest.starts_with("\xCD\x8F")) {
        ++i;
      } else if (rest.starts_with("\xE2\x80\x8B") || rest.starts_with("\xEF\xBB\xBF")) {
        i += 2;
      } else {
        result.push_back(word[i]);
      }
    }
    return result;
  }

  void begin() {
    if (out_.empty()) {
      newlines_ = 0;
      prefix(depth_);
    } else if (newlines_ > 0) {
      while (out_.ends_with(' ')) out_.pop_back();
      out_.push_back('\n');
      for (std::size_t i = 1; i < newlines_; ++i) {
        out_.append(std::min(depth_, last_depth_), '>');
        out_.push_back('\n');
      }
      prefix(depth_);
    } else if (tab_) {
      out_.push_back('\t');
    } else if (gap_ && !out_.ends_with(' ')) {
      out_.push_back(' ');
    }
    if (newlines_ > 0 || !item_.empty()) {
      out_ += item_;
      item_.clear();
    }
    newlines_ = 0;
    gap_ = tab_ = held_blank_ = false;
    last_depth_ = depth_;
  }

  void prefix(std::size_t depth) {
    if (depth == 0) return;
    out_.append(depth, '>');
    out_.push_back(' ');
  }

  std::string out_{};
  std::string item_{};
  std::size_t newlines_ = 0;
  std::size_t depth_ = 0;
  std::size_t last_depth_ = 0;
  bool gap_ = false;
  bool tab_ = false;
  bool held_blank_ = false;
};

/// Where the numbers of a list begin: <ol start="3">.
std::size_t first_number(const GumboElement& list) {
  const auto text = attribute(list, "start");
  std::size_t number = 1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && number > 0 && number < 1'000'000 ? number : 1;
}

/// Walks the tree, whose depth the guard has limited.
class Walker {
 public:
  void walk(const GumboNode& node, std::size_t depth) {
    switch (node.type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_WHITESPACE:
      case GUMBO_NODE_CDATA:
        if (is_sizeless_) return;
        writer_.quote(depth + rest_);
        writer_.text(node.v.text.text, preformatted_ > 0);
        return;
      case GUMBO_NODE_ELEMENT: return sized_element(node.v.element, depth);
      default: return;
    }
  }

  std::string take() {
    auto text = writer_.take();
    if (signature_end_ > 0 && goes_on(text) && text.substr(signature_start_, 2) == "--")
      text.erase(signature_start_, text.find('\n', signature_start_) + 1 - signature_start_);
    return text;
  }

 private:
  /// font-size:0 hides the text itself, and what is below until that has a size of its own: newsletters are laid out
  /// so.
  void sized_element(const GumboElement& tag, std::size_t depth) {
    const bool outside = is_sizeless_;
    if (ascii::contains(attribute(tag, "style"), "font-size")) {
      const auto style = squeezed_style(tag);
      if (style.find("font-size:") != std::string::npos) is_sizeless_ = is_nothing(style, "font-size:");
    }
    element(tag, depth);
    is_sizeless_ = outside;
  }

  void element(const GumboElement& element, std::size_t depth) {
    if (is_hidden(element)) return;
    if (leaf(element, depth)) return;
    if (rest_ == 0 && !writer_.empty() && (begins_quote(element) || is_outlook_header(element))) rest_ = 1;

    const std::size_t breaks = breaks_around(element);
    if (breaks > 0) writer_.block(breaks);
    if (element.tag == GUMBO_TAG_LI) writer_.item(mark(element));
    if ((element.tag == GUMBO_TAG_TD || element.tag == GUMBO_TAG_TH)) writer_.cell();
    const bool pre =
        element.tag == GUMBO_TAG_PRE || squeezed_style(element).find("white-space:pre") != std::string::npos;
    preformatted_ += pre ? 1 : 0;

    if (is_indented(element)) {
      children(element, depth);
    } else if (element.tag == GUMBO_TAG_BLOCKQUOTE || is_quote(element)) {
      children(element, depth + 1);
    } else if (is_gmail_quote(element)) {
      gmail_quote(element, depth);
    } else if (element.tag == GUMBO_TAG_UL || element.tag == GUMBO_TAG_OL) {
      list(element, depth);
    } else if (element.tag == GUMBO_TAG_A) {
      link(element, depth);
    } else {
      const bool signs = is_signature(element) && begin_signature(depth);
      children(element, depth);
      if (signs) signature_end_ = writer_.size();
    }

    preformatted_ -= pre ? 1 : 0;
    if (breaks > 0) writer_.block(breaks);
  }

  /// Elements without children.
  bool leaf(const GumboElement& element, std::size_t depth) {
    if (element.tag == GUMBO_TAG_BR) {
      writer_.line_break();
      return true;
    }
    if (element.tag == GUMBO_TAG_IMG) {
      // Emoji are often sent as pictures.
      const auto alt = attribute(element, "alt");
      writer_.quote(depth + rest_);
      if (!alt.empty() && alt.size() <= 16 && ascii::is_8bit(alt.front())) writer_.text(alt, false);
      return true;
    }
    return element.tag == GUMBO_TAG_INPUT || element.tag == GUMBO_TAG_SELECT;
  }

  void children(const GumboElement& element, std::size_t depth) {
    for (unsigned i = 0; i < element.children.length; ++i) {
      walk(*static_cast<const GumboNode*>(element.children.data[i]), depth);
    }
  }

  /// Gmail: an attribution, then a blockquote; what is written between the quoted lines stands in here too. A forward
  /// looks the same but for its first words, and is not quoted.
  void gmail_quote(const GumboElement& element, std::size_t depth) {
    if (visible_start(element).starts_with("-----")) return children(element, depth);
    bool before = true;
    const bool any = has_blockquote(element, 0);
    for (unsigned i = 0; i < element.children.length; ++i) {
      const auto& child = *static_cast<const GumboNode*>(element.children.data[i]);
      const bool holds = any && child.type == GUMBO_NODE_ELEMENT &&
                         (child.v.element.tag == GUMBO_TAG_BLOCKQUOTE || has_blockquote(child.v.element, 0));
      if (holds) before = false;
      const bool marked = child.type == GUMBO_NODE_ELEMENT && is_quote(child.v.element);
      walk(child, depth + (before && !marked ? 1 : 0));
    }
  }

  static bool has_blockquote(const GumboElement& element, int level) {
    if (level > 6) return false;
    for (unsigned i = 0; i < std::min(element.children.length, 200U); ++i) {
      const auto& child = *static_cast<const GumboNode*>(element.children.data[i]);
      if (child.type != GUMBO_NODE_ELEMENT) continue;
      if (child.v.element.tag == GUMBO_TAG_BLOCKQUOTE || has_blockquote(child.v.element, level + 1)) return true;
    }
    return false;
  }

  /// The first bytes of text inside, white space skipped.
  static std::string visible_start(const GumboElement& element) {
    std::string text;
    collect(element, text, 0);
    return text;
  }

  static void collect(const GumboElement& element, std::string& text, int level) {
    for (unsigned i = 0; i < element.children.length && text.size() < 80 && level < 12; ++i) {
      const auto& child = *static_cast<const GumboNode*>(element.children.data[i]);
      if (child.type == GUMBO_NODE_ELEMENT) {
        collect(child.v.element, text, level + 1);
      } else if (child.type == GUMBO_NODE_TEXT) {
        text += ascii::trim(std::string_view(child.v.text.text).substr(0, 200));
      }
    }
  }

  /// Outlook's desktop and Windows Mail: a line above, and "From:" (in any language) below it.
  static bool is_outlook_header(const GumboElement& element) {
    if (!has_line_above(element)) return false;
    const auto label = header_label(visible_start(element));
    return label && (label->label == HeaderLabel::from || label->label == HeaderLabel::date);
  }

  /// A link whose words do not say where it leads is followed by its address.
  void link(const GumboElement& element, std::size_t depth) {
    children(element, depth);
    const auto target = ascii::trim(attribute(element, "href"));
    if (target.size() > 200 || (!ascii::starts_with(target, "http://") && !ascii::starts_with(target, "https://")))
      return;
    const auto host = target.substr(target.find("//") + 2);
    const auto words = visible_start(element);
    if (words.empty() || ascii::contains(words, host.substr(0, host.find_first_of("/?#")))) return;
    writer_.quote(depth + rest_);
    writer_.text(" <" + std::string(target) + ">", false);
  }

  void list(const GumboElement& element, std::size_t depth) {
    counters_.push_back(element.tag == GUMBO_TAG_OL ? first_number(element) : 0);
    children(element, depth);
    counters_.pop_back();
  }

  std::string mark(const GumboElement&) {
    const std::size_t indent = counters_.empty() ? 0 : std::min<std::size_t>(counters_.size() - 1, 8) * 2;
    std::string text(indent, ' ');
    if (counters_.empty() || counters_.back() == 0) return text + "- ";
    return text + std::to_string(counters_.back()++) + ". ";
  }

  /// The mark of RFC 3676 §4.3, for those who read the text alone.
  bool begin_signature(std::size_t depth) {
    if (depth + rest_ > 0 || writer_.empty() || signature_end_ > 0) return false;
    writer_.quote(0);
    writer_.block(1);
    signature_start_ = writer_.size() + 1;
    writer_.text("-- ", true);
    writer_.block(1);
    return true;
  }

  /// Somebody went on to write below his signature: then its mark would hide his words.
  [[nodiscard]] bool goes_on(std::string_view text) const {
    auto below = text.substr(std::min(signature_end_, text.size()));
    while (!below.empty()) {
      const auto line = trim_blank(below.substr(0, below.find('\n')));
      below.remove_prefix(std::min(below.size(), below.find('\n') + 1));
      if (line.empty() || line.starts_with('>')) continue;
      return !is_mobile_footer(line) && !opens_disclaimer(line) && !has_contact(line);
    }
    return false;
  }

  Writer writer_{};
  std::vector<std::size_t> counters_{};
  std::size_t rest_ = 0;      ///< 1 once everything that follows is quoted
  bool is_sizeless_ = false;  ///< font-size:0
  std::size_t preformatted_ = 0;
  std::size_t signature_start_ = 0;  ///< in the text written so far, as is its end; 0: none met
  std::size_t signature_end_ = 0;
};

}  // namespace

std::string html_to_text(std::string_view html) {
  const auto tree = parse_html(html);
  if (tree == nullptr) return {};
  Walker walker;
  walker.walk(*tree->root, 0);
  return walker.take();
}

}  // namespace leadmail::mail::message
