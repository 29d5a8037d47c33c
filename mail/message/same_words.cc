#include "mail/message/same_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mail/message/ascii.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr string_view kNoBreakSpace = "\u00A0";

// Their content is not shown; of all others with rules of their own we are in doubt.
constexpr auto kUnseen = std::to_array<string_view>({"style", "script", "title"});
constexpr auto kPeculiar = std::to_array<string_view>({"textarea", "xmp", "plaintext", "noscript", "noframes", "iframe",
                                                       "noembed", "template", "select", "svg", "math", "frameset"});

constexpr auto kReferences = std::to_array<std::pair<string_view, string_view>>({{"nbsp;", " "},
                                                                                 {"amp;", "&"},
                                                                                 {"lt;", "<"},
                                                                                 {"gt;", ">"},
                                                                                 {"quot;", "\""},
                                                                                 {"apos;", "'"},
                                                                                 {"#39;", "'"},
                                                                                 {"#160;", " "}});

// What is left of a text, past everything that is not compared.
class Rest {
 public:
  explicit Rest(string_view text) : text_(text) { skip(); }
  [[nodiscard]] bool empty() const { return text_.empty(); }

  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    skip();
    return true;
  }

 private:
  void skip() {
    while (!text_.empty()) {
      if (ascii::is_space(text_.front()) || text_.front() == '>') {
        text_.remove_prefix(1);
      } else if (text_.starts_with(kNoBreakSpace)) {
        text_.remove_prefix(kNoBreakSpace.size());
      } else {
        return;
      }
    }
  }

  string_view text_;
};

class Page {
 public:
  explicit Page(string_view html) : html_(html) {}

  bool says(string_view text) {
    Rest rest(text);
    while (!html_.empty()) {
      const char c = html_.front();
      if (c == '<') {
        if (!skip_tag()) return false;
        continue;
      }
      if (c == '&') {
        const auto said = read_reference();
        if (said.empty() || (said != " " && said != ">" && !rest.take(said.front()))) return false;
        continue;
      }
      const bool blank = html_.starts_with(kNoBreakSpace);
      html_.remove_prefix(blank ? kNoBreakSpace.size() : 1);
      if (!blank && !ascii::is_space(c) && c != '>' && !rest.take(c)) return false;
    }
    return rest.empty();
  }

 private:
  // What the reference at the beginning stands for; "" for one that is not known here.
  string_view read_reference() {
    html_.remove_prefix(1);
    for (const auto& [name, said] : kReferences) {
      if (!html_.starts_with(name)) continue;
      html_.remove_prefix(name.size());
      return said;
    }
    return {};
  }

  bool skip_behind(string_view end) {
    const auto found = html_.find(end);
    if (found == string_view::npos) return false;
    html_.remove_prefix(found + end.size());
    return true;
  }

  bool skip_tag() {
    if (html_.starts_with("<!--")) return !html_.starts_with("<!-->") && skip_behind("-->");
    html_.remove_prefix(1);
    const bool closes = html_.starts_with('/');
    const bool declares = html_.starts_with('!') || html_.starts_with('?');
    if (closes || declares) html_.remove_prefix(1);
    std::size_t size = 0;
    while (size < html_.size() && (ascii::is_alnum(html_[size]) || html_[size] == ':')) ++size;
    const auto name = html_.substr(0, size);
    if (!declares && name.empty()) return false;
    const auto is_name = [&](string_view other) { return ascii::same(name, other); };
    if (std::ranges::any_of(kPeculiar, is_name) || !skip_attributes()) return false;
    const auto* const unseen = std::ranges::find_if(kUnseen, is_name);
    return closes || unseen == kUnseen.end() || skip_content(*unseen);
  }

  bool skip_attributes() {
    bool behind_equals = false;
    while (!html_.empty()) {
      const char c = html_.front();
      html_.remove_prefix(1);
      if (c == '>') return true;
      if (behind_equals && (c == '"' || c == '\'') && !skip_behind(string_view(&c, 1))) return false;
      if (!ascii::is_space(c)) behind_equals = c == '=';
    }
    return false;
  }

  bool skip_content(string_view name) {
    while (skip_behind("</")) {
      if (ascii::starts_with(html_, name)) return skip_attributes();
    }
    return false;
  }

  string_view html_;
};

}  // namespace

bool says_the_same(string_view html, string_view text) { return Page(html).says(text); }

}  // namespace leadmail::mail::message
