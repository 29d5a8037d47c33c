#include "daemon/template_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "daemon/options.h"
#include "mail/message/charset.h"

namespace leadmail::daemon {
namespace {

constexpr std::string_view kSubject = "Subject:";
constexpr std::string_view kLayout = "Layout:";
constexpr std::string_view kNeeds = "Needs:";

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view next_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

/// One file that is looked through, and what was found.
class Inspection {
 public:
  Inspection(const std::string& file, std::string_view bytes, std::vector<ConfigError>& errors)
      : file_(file), errors_(errors) {
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
    text_.reserve(bytes.size());
    for (const char c : bytes) {
      if (c != '\r') text_ += c;
    }
  }

  [[nodiscard]] const std::string& text() const { return text_; }

  void fault(std::size_t at, std::string message, std::string suggestion = {}) {
    const auto [line, column] = place(at);
    errors_.push_back({file_, line, column, std::move(message), std::move(suggestion)});
  }

  /// False: these bytes are no text, and nothing else is said about them.
  bool check_bytes() {
    const auto control = std::ranges::find_if(text_, [](const char c) {
      const auto byte = static_cast<unsigned char>(c);
      return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
    });
    if (control != text_.end()) {
      fault(static_cast<std::size_t>(control - text_.begin()), "a control character", "save it as plain text in UTF-8");
      return false;
    }
    if (mail::message::is_valid_utf8(text_)) return true;
    errors_.push_back({file_, 0, 0, "the file is not in UTF-8", "save it as UTF-8"});
    return false;
  }

  /// The tags in [from, to), whose sections have to end there.
  void read_tags(std::size_t from, std::size_t to, bool may_be_raw, std::vector<Tag>& tags) {
    std::vector<std::pair<std::string, std::size_t>> open;
    for (auto at = text_.find("{{", from); at < to; at = text_.find("{{", at)) {
      const bool is_raw = text_.compare(at, 3, "{{{") == 0;
      const std::string_view closing = is_raw ? "}}}" : "}}";
      const auto begin = at + closing.size();
      const auto end = text_.find(closing, begin);
      if (end >= to || text_.find('\n', begin) < end) {
        fault(at, "{{ without }} on its line");
        return;
      }
      read_tag(std::string_view(text_).substr(begin, end - begin), at, is_raw, may_be_raw, open, tags);
      at = end + closing.size();
    }
    for (const auto& [name, where] : open) fault(where, "section {{#" + name + "}} has no end", "{{/" + name + "}}");
  }

 private:
  [[nodiscard]] std::pair<int, int> place(std::size_t at) const {
    const auto before = std::string_view(text_).substr(0, at);
    const auto line_begin = before.rfind('\n');
    const auto column = line_begin == std::string_view::npos ? before.size() : before.size() - line_begin - 1;
    return {static_cast<int>(std::ranges::count(before, '\n')) + 1, static_cast<int>(column) + 1};
  }

  static std::optional<Tag::Kind> kind_of(char sign) {
    switch (sign) {
      case '#': return Tag::Kind::section;
      case '^': return Tag::Kind::inverted;
      case '/': return Tag::Kind::end;
      default: return std::nullopt;
    }
  }

  void read_tag(std::string_view content, std::size_t at, bool is_raw, bool may_be_raw,
                std::vector<std::pair<std::string, std::size_t>>& open, std::vector<Tag>& tags) {
    content = trim(content);
    if (!is_raw && content.starts_with('!')) return;  // a comment
    Tag tag;
    if (is_raw || content.starts_with('&')) {
      tag.kind = Tag::Kind::raw;
    } else if (const auto kind = content.empty() ? std::nullopt : kind_of(content.front())) {
      tag.kind = *kind;
    }
    if (tag.kind != Tag::Kind::value && !is_raw) content.remove_prefix(1);
    tag.name = trim(content);
    if (tag.name.empty() ||
        tag.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-.") != std::string::npos) {
      fault(at, "'" + tag.name + "' is no name of a value", "names are written in small letters");
      return;
    }
    if (tag.kind == Tag::Kind::raw && !(may_be_raw && is_raw && tag.name == "content")) {
      fault(at, "a value without escaping", "write {{" + tag.name + "}}");
      return;
    }
    if (tag.kind == Tag::Kind::end && (open.empty() || open.back().first != tag.name)) {
      fault(at, "{{/" + tag.name + "}} ends no section",
            open.empty() ? std::string() : "{{#" + open.back().first + "}} is open");
      return;
    }
    if (tag.kind == Tag::Kind::end) open.pop_back();
    std::tie(tag.line, tag.column) = place(at);
    for (const auto& [name, where] : open) tag.within.push_back(name);
    if (tag.kind == Tag::Kind::section || tag.kind == Tag::Kind::inverted) open.emplace_back(tag.name, at);
    tags.push_back(std::move(tag));
  }

  std::string file_;
  std::vector<ConfigError>& errors_;
  std::string text_{};
};

std::vector<std::string> words_between_commas(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = text.find(',');
    if (const auto word = trim(text.substr(0, end)); !word.empty()) words.emplace_back(word);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

/// The lines above the first empty one.
void read_head(std::string_view head, Inspection& inspection, TextTemplate& read) {
  std::size_t at = 0;
  while (!head.empty()) {
    const auto line = next_line(head);
    const auto is = [&](std::string_view key) { return line.starts_with(key) && line.size() > key.size(); };
    if (at == 0) {
      if (!is(kSubject)) inspection.fault(0, "the first line is no \"Subject: …\"");
      read.subject = is(kSubject) ? trim(line.substr(kSubject.size())) : std::string_view();
    } else if (is(kLayout)) {
      read.layout = trim(line.substr(kLayout.size()));
      if (read.layout != "frame" && read.layout != "plain")
        inspection.fault(at, "there is no layout '" + read.layout + "'", "frame or plain");
    } else if (is(kNeeds)) {
      read.needs = words_between_commas(line.substr(kNeeds.size()));
    } else {
      inspection.fault(at, "an empty line has to stand between the subject and the text");
      return;
    }
    at += line.size() + 1;
  }
}

/// What a page may not hold, and why.
struct Forbidden {
  std::string_view text;
  std::string_view why;
};
constexpr std::string_view kRemote = "is fetched from outside, which mail programs hide or tell others of";
constexpr std::string_view kActive = "no mail program runs it, and spam filters refuse it";
constexpr auto kForbidden = std::to_array<Forbidden>({{"src=", kRemote},
                                                      {"srcset=", kRemote},
                                                      {"background=", kRemote},
                                                      {"poster=", kRemote},
                                                      {"url(", kRemote},
                                                      {"@import", kRemote},
                                                      {"<link", kRemote},
                                                      {"<base", kRemote},
                                                      {"<script", kActive},
                                                      {"<iframe", kActive},
                                                      {"<object", kActive},
                                                      {"<embed", kActive},
                                                      {"<form", kActive},
                                                      {"<svg", kActive},
                                                      {"http-equiv", kActive},
                                                      {"javascript:", kActive}});

std::string to_ascii_lower(std::string_view text) {
  std::string small(text);
  for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return small;
}

/// Attributes like onclick: "on", letters, and "=", after a space.
void check_handlers(const std::string& small, Inspection& inspection) {
  for (auto at = small.find("on"); at != std::string::npos; at = small.find("on", at + 1)) {
    if (at == 0 || std::string_view(" \n\t\"'/").find(small[at - 1]) == std::string_view::npos) continue;
    const auto end = small.find_first_not_of("abcdefghijklmnopqrstuvwxyz", at);
    if (end == std::string::npos || end < at + 4 || small[end] != '=') continue;
    inspection.fault(at, "'" + small.substr(at, end - at) + "' " + std::string(kActive));
  }
}

/// Links lead to our own addresses or to the company's pages, never to where a value says.
void check_links(const std::string& small, Inspection& inspection) {
  static constexpr std::array<std::string_view, 4> kGood{"https://", "mailto:", "tel:", "{{link}}"};
  for (auto at = small.find("href"); at != std::string::npos; at = small.find("href", at + 1)) {
    auto rest = std::string_view(small).substr(at + 4);
    rest.remove_prefix(std::min(rest.size(), rest.find_first_not_of(" =\"'\n\t")));
    const bool good = std::ranges::any_of(kGood, [&](std::string_view begin) { return rest.starts_with(begin); });
    if (!good) inspection.fault(at, "a link to nowhere safe", "https://, mailto: or tel:, or {{link}} of {{#buttons}}");
  }
}

}  // namespace

TextTemplate read_text_template(const std::string& file, std::string_view bytes, std::vector<ConfigError>& errors) {
  Inspection inspection(file, bytes, errors);
  TextTemplate read;
  if (!inspection.check_bytes()) return read;
  const std::string& text = inspection.text();
  const auto gap = text.find("\n\n");
  const auto body_begin = gap == std::string::npos ? text.size() : gap + 2;
  read_head(std::string_view(text).substr(0, std::min(gap, text.size())), inspection, read);
  read.body = text.substr(body_begin);

  const auto subject_end = std::min(text.find('\n'), text.size());
  inspection.read_tags(0, subject_end, false, read.tags);
  inspection.read_tags(body_begin, text.size(), false, read.tags);
  for (auto at = body_begin; at < text.size(); at = std::min(text.find('\n', at), text.size() - 1) + 1) {
    if (text[at] == '#')
      inspection.fault(at, "a line that begins with '#' is a command to us", "write [label] #command, or other words");
  }
  return read;
}

HtmlTemplate read_html_template(const std::string& file, std::string_view bytes, std::vector<ConfigError>& errors) {
  Inspection inspection(file, bytes, errors);
  HtmlTemplate read;
  if (!inspection.check_bytes()) return read;
  read.page = inspection.text();
  inspection.read_tags(0, read.page.size(), true, read.tags);
  const auto small = to_ascii_lower(read.page);
  for (const auto& forbidden : kForbidden) {
    for (auto at = small.find(forbidden.text); at != std::string::npos; at = small.find(forbidden.text, at + 1))
      inspection.fault(at, "'" + std::string(forbidden.text) + "' " + std::string(forbidden.why));
  }
  check_handlers(small, inspection);
  check_links(small, inspection);
  return read;
}

void check_names(const std::string& file, const std::vector<Tag>& tags, const TemplateNames& known,
                 std::vector<ConfigError>& errors) {
  for (const auto& tag : tags) {
    std::vector<std::string> near(known.values.begin(), known.values.end());
    for (const auto& [list, entries] : known.lists) near.push_back(list);
    bool is_known = known.values.contains(tag.name) || known.lists.contains(tag.name);
    for (const auto& section : tag.within) {
      const auto list = known.lists.find(section);
      if (list == known.lists.end()) continue;
      is_known = is_known || list->second.contains(tag.name);
      near.insert(near.end(), list->second.begin(), list->second.end());
    }
    if (is_known || tag.kind == Tag::Kind::end) continue;
    const auto meant = nearest(tag.name, near);
    errors.push_back({file, tag.line, tag.column, "nothing here is called {{" + tag.name + "}}",
                      meant.empty() ? std::string() : "did you mean {{" + meant + "}}?"});
  }
}

void check_needs(const std::string& file, const std::vector<Tag>& tags, const std::vector<std::string>& needs,
                 std::vector<ConfigError>& errors) {
  for (const auto& name : needs) {
    if (std::ranges::none_of(tags, [&](const Tag& tag) { return tag.name == name; }))
      errors.push_back({file, 1, 1, "{{" + name + "}} is missing: this mail can't do without it", ""});
  }
}

}  // namespace leadmail::daemon
