#include "mail/message/html_guard.h"

#include <algorithm>
#include <array>
#include <vector>

#include "mail/message/ascii.h"

namespace leadmail::mail::message {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Elements whose content nobody sees. HTML §13.2.5: the first ones hold no tags at all.
bool is_dropped(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kNames{"script",   "style",  "title",   "noscript",
                                                           "template", "iframe", "noembed", "noframes",
                                                           "xmp",      "svg",    "math",    "object"};
  return is_one_of(name, kNames);
}

bool is_void(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kNames{"br",   "img",  "hr",  "input", "meta",  "link",
                                                           "base", "area", "wbr", "col",   "embed", "param"};
  return is_one_of(name, kNames);
}

/// Elements that the parser opens again in every paragraph until they are closed. HTML §13.2.4.3
bool is_formatting(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kNames{
      "a", "b", "big", "code", "em", "font", "i", "nobr", "small", "s", "span", "strike", "strong", "tt", "u"};
  return is_one_of(name, kNames);
}

/// Elements that end when their like begins: they do not nest without a container in between, so they are not counted.
bool ends_by_itself(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kNames{"p",      "li",       "td",      "th",    "tr",
                                                           "dd",     "dt",       "tbody",   "thead", "tfoot",
                                                           "option", "colgroup", "caption", "html",  "body"};
  return is_one_of(name, kNames);
}

/// Containers without which those are not understood; kept in any case where depth allows.
bool is_read(std::string_view attribute) {
  static constexpr std::array<std::string_view, 12> kNames{"class", "id",     "style", "href", "type",        "alt",
                                                           "start", "hidden", "cite",  "dir",  "data-marker", "name"};
  return is_one_of(attribute, kNames);
}

class Guard {
 public:
  Guard(std::string_view html, const HtmlLimits& limits) : rest_(html.substr(0, limits.bytes)), limits_(limits) {}

  std::string tame() {
    out_.reserve(std::min<std::size_t>(rest_.size(), std::size_t{256} * 1024));
    while (!rest_.empty()) {
      const std::size_t mark = std::min(rest_.find('<'), rest_.size());
      out_ += rest_.substr(0, mark);
      rest_.remove_prefix(mark);
      if (!rest_.empty()) markup();
    }
    close_down_to(0);
    return std::move(out_);
  }

 private:
  void markup() {
    const char next = rest_.size() > 1 ? rest_[1] : '\0';
    if (ascii::is_alpha(next)) return open_tag();
    if (next == '/' && rest_.size() > 2 && ascii::is_alpha(rest_[2])) return close_tag();
    if (rest_.starts_with("<!--")) return comment();
    if (next == '!' || next == '?' || next == '/') return skip_to_end();
    out_ += "&lt;";
    rest_.remove_prefix(1);
  }

  void comment() {
    const std::size_t end = no_more_comments_ ? std::string_view::npos : rest_.find("-->", 2);
    if (end != std::string_view::npos) {
      rest_.remove_prefix(end + 3);
      return;
    }
    no_more_comments_ = true;  // never closed: it ends with its tag, so that no text is lost
    skip_to_end();
  }

  void skip_to_end() {
    const std::size_t end = rest_.find('>');
    if (end == std::string_view::npos) {
      rest_ = {};
    } else {
      rest_.remove_prefix(end + 1);
    }
  }

  std::string name() {
    std::size_t end = 0;
    // "o:p" and other names with a colon are Word's.
    while (end < rest_.size() && !ascii::is_space(rest_[end]) && rest_[end] != '>' && rest_[end] != '/') ++end;
    auto result = ascii::lower(rest_.substr(0, std::min<std::size_t>(end, 40)));
    std::erase_if(result, [](char c) { return ascii::is_control(c) || c == '<' || c == '&' || c == '"'; });
    rest_.remove_prefix(end);
    return result;
  }

  void open_tag() {
    rest_.remove_prefix(1);
    const std::string tag = name();
    std::string text = "<" + tag;
    const bool self_closed = attributes(text);
    if (is_dropped(tag)) {
      if (!self_closed) drop_content(tag);
      return;
    }
    // <head> and <meta> say nothing that is seen; a body inside an unclosed head still is.
    if (tag == "head" || tag == "meta" || tag == "link" || tag == "base" || tag == "html" || tag == "body") return;
    if (++tags_ > limits_.tags) {
      out_.push_back(' ');
      return;
    }
    text.push_back('>');
    if (is_void(tag) || ends_by_itself(tag)) {
      out_ += text;
      return;
    }
    const bool formatting = is_formatting(tag);
    if (stack_.size() >= limits_.depth || (formatting && formatting_ >= limits_.formatting)) return;
    formatting_ += formatting ? 1 : 0;
    stack_.push_back(tag);
    out_ += text;
  }

  void close_tag() {
    rest_.remove_prefix(2);
    const std::string tag = name();
    skip_to_end();
    if (tag == "head" || tag == "html" || tag == "body" || is_dropped(tag) || ++tags_ > limits_.tags) return;
    if (ends_by_itself(tag)) {
      out_ += "</" + tag + ">";
      return;
    }
    const auto found = std::find(stack_.rbegin(), stack_.rend(), tag);
    if (found == stack_.rend()) return;
    // </b> does not end a table around it.
    if (is_formatting(tag) && std::find(stack_.rbegin(), found, "table") != found) return;
    close_down_to(static_cast<std::size_t>(stack_.rend() - found) - 1);
  }

  void close_down_to(std::size_t depth) {
    while (stack_.size() > depth) {
      out_ += "</" + stack_.back() + ">";
      formatting_ -= is_formatting(stack_.back()) ? 1 : 0;
      stack_.pop_back();
    }
  }

  /// Copies the attributes that are read, up to and with ">". True for "/>".
  bool attributes(std::string& text) {
    bool slash = false;
    std::size_t count = 0;
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (c == '>') {
        rest_.remove_prefix(1);
        return slash;
      }
      // "<b <i": a tag that was never closed.
      if (c == '<') return slash;
      slash = c == '/';
      if (slash || ascii::is_space(c)) {
        rest_.remove_prefix(1);
        continue;
      }
      attribute(text, ++count <= 64);
    }
    return slash;
  }

  void attribute(std::string& text, bool wanted) {
    std::size_t end = 0;
    while (end < rest_.size() && !ascii::is_space(rest_[end]) && rest_[end] != '=' && rest_[end] != '>' &&
           rest_[end] != '/')
      ++end;
    if (end == 0) end = 1;
    const auto key = ascii::lower(rest_.substr(0, std::min<std::size_t>(end, 40)));
    rest_.remove_prefix(end);
    std::size_t blanks = 0;
    while (blanks < rest_.size() && ascii::is_space(rest_[blanks])) ++blanks;
    std::string_view value;
    if (blanks < rest_.size() && rest_[blanks] == '=') {
      rest_.remove_prefix(blanks + 1);
      value = attribute_value();
    }
    if (!wanted || !is_read(key)) return;
    text += " " + key + "=\"";
    for (const char c : value.substr(0, limits_.attribute)) {
      if (c == '"') {
        text += "&quot;";
      } else if (c != '\0') {
        text.push_back(c);
      }
    }
    text.push_back('"');
  }

  std::string_view attribute_value() {
    while (!rest_.empty() && ascii::is_space(rest_.front())) rest_.remove_prefix(1);
    if (rest_.empty()) return {};
    const char quote = rest_.front();
    if (quote == '"' || quote == '\'') {
      const bool gone = quote == '"' ? no_more_double_ : no_more_single_;
      const std::size_t end = gone ? std::string_view::npos : rest_.find(quote, 1);
      if (end != std::string_view::npos) {
        const auto value = rest_.substr(1, end - 1);
        rest_.remove_prefix(end + 1);
        return value;
      }
      (quote == '"' ? no_more_double_ : no_more_single_) = true;
      rest_.remove_prefix(1);
    }
    std::size_t end = 0;
    while (end < rest_.size() && !ascii::is_space(rest_[end]) && rest_[end] != '>') ++end;
    const auto value = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return value;
  }

  void drop_content(const std::string& tag) {
    if (std::find(never_closed_.begin(), never_closed_.end(), tag) != never_closed_.end()) return;
    for (std::size_t at = rest_.find("</"); at != std::string_view::npos; at = rest_.find("</", at + 2)) {
      if (ascii::starts_with(rest_.substr(at + 2), tag)) {
        rest_.remove_prefix(at);
        skip_to_end();
        return;
      }
    }
    never_closed_.push_back(tag);  // and then what follows is text after all
  }

  std::string_view rest_;
  const HtmlLimits& limits_;
  std::string out_{};
  std::vector<std::string> stack_{};
  std::vector<std::string> never_closed_{};
  std::size_t formatting_ = 0;
  std::size_t tags_ = 0;
  bool no_more_comments_ = false;
  bool no_more_double_ = false;
  bool no_more_single_ = false;
};

}  // namespace

std::string tame_html(std::string_view html, const HtmlLimits& limits) { return Guard(html, limits).tame(); }

}  // namespace leadmail::mail::message
