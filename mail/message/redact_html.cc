// HTML for redaction: what is read, and where in the source each byte of it stands.
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "mail/message/redact.h"

namespace leadmail::mail::message {
namespace {

/// The text as it is read, with its source.
struct View {
  std::string text{};
  std::vector<std::pair<std::size_t, std::size_t>> source{};  ///< of each byte: begin and end
  std::vector<std::pair<std::size_t, std::size_t>> tags{};

  void add(std::string_view bytes, std::size_t begin, std::size_t end) {
    text += bytes;
    source.insert(source.end(), bytes.size(), {begin, end});
  }
};

bool starts_line(std::string_view tag) {
  static constexpr std::array<std::string_view, 18> kLines{"br", "p",  "div", "li",    "tr",         "td",
                                                           "th", "ul", "ol",  "h1",    "h2",         "h3",
                                                           "h4", "hr", "pre", "table", "blockquote", "body"};
  if (tag.starts_with('/')) tag.remove_prefix(1);
  std::string name;
  for (const char c : tag) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!is_letter || name.size() > 10) break;
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return std::ranges::find(kLines, name) != kLines.end();
}

std::string utf8(unsigned long code) {
  std::string out;
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return " ";
  const auto put = [&](unsigned long byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | code >> 6U), put(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0U | code >> 12U), put(0x80U | (code >> 6U & 0x3FU)), put(0x80U | (code & 0x3FU));
  } else {
    put(0xF0U | code >> 18U), put(0x80U | (code >> 12U & 0x3FU)), put(0x80U | (code >> 6U & 0x3FU)),
        put(0x80U | (code & 0x3FU));
  }
  return out;
}

/// Latin-1's letters by name: HTML 4 §24.2; programs write them so. "" for any other name.
std::string named(std::string_view name) {
  static constexpr std::string_view kNames[] = {
      "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",
      "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",
      "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave",
      "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",
      "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",
      "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute",
      "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave",
      "iacute", "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide",
      "oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};
  if (name == "amp") return "&";
  if (name == "lt") return "<";
  if (name == "gt") return ">";
  if (name == "quot") return "\"";
  if (name == "commat") return "@";
  const auto* const found = std::ranges::find(kNames, name);
  return found == std::end(kNames) ? std::string() : utf8(0xA0UL + static_cast<unsigned long>(found - kNames));
}

/// What the entity at `at` stands for, and how long it is; "" when it is none.
std::pair<std::string, std::size_t> entity(std::string_view html, std::size_t at) {
  constexpr std::size_t kLongest = 10;
  const auto end = html.substr(at, kLongest + 2).find(';');
  if (end == std::string_view::npos || end < 2) return {};
  auto name = html.substr(at + 1, end - 1);
  if (!name.starts_with('#')) return {named(name), end + 1};
  name.remove_prefix(1);
  int base = 10;
  if (name.starts_with('x') || name.starts_with('X')) {
    name.remove_prefix(1);
    base = 16;
  }
  unsigned long code = 0;
  const auto [stop, error] = std::from_chars(name.data(), name.data() + name.size(), code, base);
  if (error != std::errc{} || stop != name.data() + name.size()) return {};
  return {utf8(code), end + 1};
}

View view_of(std::string_view html) {
  View view;
  view.text.reserve(html.size());
  view.source.reserve(html.size());
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] == '<') {
      const bool is_comment = html.substr(at, 4) == "<!--";
      const auto close = is_comment ? html.find("-->", at + 4) : html.find('>', at);
      const auto end = close == std::string_view::npos ? html.size() : close + (is_comment ? 3 : 1);
      view.tags.emplace_back(at, end);
      if (starts_line(html.substr(at + 1, end - at - 1))) view.add("\n", at, at);
      at = end;
      continue;
    }
    if (html[at] == '&') {
      if (const auto [text, size] = entity(html, at); !text.empty()) {
        view.add(text, at, at + size);
        at += size;
        continue;
      }
    }
    view.add(html.substr(at, 1), at, at + 1);
    ++at;
  }
  return view;
}

}  // namespace

std::vector<Cut> find_in_html(std::string_view html, const FindCuts& find) {
  constexpr std::size_t kLargest = std::size_t{8} << 20;  // a page beyond it is no letter: it is looked at as bytes
  if (html.size() > kLargest) return find(html);
  const auto view = view_of(html);
  std::vector<Cut> cuts;
  for (const auto& found : find(view.text)) {
    // Tags between his words stay: only what is read goes.
    std::string_view instead = found.instead;
    for (auto i = found.begin; i < found.end; ++i) {
      const auto [begin, end] = view.source[i];
      if (begin == end) continue;
      if (!cuts.empty() && cuts.back().end == begin && instead.empty()) {
        cuts.back().end = end;
      } else if (cuts.empty() || cuts.back().end <= begin) {
        cuts.push_back({begin, end, std::exchange(instead, {})});
      }
    }
  }
  for (const auto& [begin, end] : view.tags) {
    for (const auto& found : find(html.substr(begin, end - begin))) {
      cuts.push_back({begin + found.begin, begin + found.end, found.instead});
    }
  }
  std::ranges::sort(cuts, {}, &Cut::begin);
  return cuts;
}

}  // namespace leadmail::mail::message
