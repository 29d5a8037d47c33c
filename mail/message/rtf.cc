#include "mail/message/rtf.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"

namespace leadmail::mail::message {
namespace {

constexpr std::size_t kDictionary = 4096;
constexpr std::size_t kDeepest = 200;  // groups within groups; deeper ones are read as if they were not there

// What both sides know before the first byte. MS-OXRTFCP §2.1.2.1
constexpr std::string_view kPreset =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS "
    "Sans "
    "SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
static_assert(kPreset.size() == 207);

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

/// Runs of eight items, each a byte or a reference into the last 4096 bytes.
std::string expand(std::string_view bytes, std::size_t limit) {
  std::array<char, kDictionary> dictionary{};
  kPreset.copy(dictionary.data(), kPreset.size());
  std::size_t write = kPreset.size();
  std::string result;
  const auto put = [&](char c) {
    result.push_back(c);
    dictionary[write] = c;
    write = (write + 1) % kDictionary;
  };
  for (std::size_t at = 0; at < bytes.size();) {
    const auto control = static_cast<unsigned char>(bytes[at++]);
    for (unsigned bit = 0; bit < 8 && at < bytes.size(); ++bit) {
      if (result.size() >= limit) return result;
      if ((control >> bit & 1U) == 0) {
        put(bytes[at++]);
        continue;
      }
      if (at + 2 > bytes.size()) return result;
      const unsigned token = static_cast<unsigned>(static_cast<unsigned char>(bytes[at])) << 8U |
                             static_cast<unsigned char>(bytes[at + 1]);
      at += 2;
      std::size_t read = token >> 4U;
      if (read == write) return result;  // the end
      for (std::size_t length = (token & 15U) + 2; length > 0 && result.size() < limit; --length) {
        put(dictionary[read]);
        read = (read + 1) % kDictionary;
      }
    }
  }
  return result;
}

void append_utf8(std::string& text, std::uint32_t code) {
  if (code < 0x80) {
    text.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    text.push_back(static_cast<char>(0xC0U | code >> 6U));
    text.push_back(static_cast<char>(0x80U | (code & 63U)));
  } else if (code < 0x10000) {
    text.push_back(static_cast<char>(0xE0U | code >> 12U));
    text.push_back(static_cast<char>(0x80U | (code >> 6U & 63U)));
    text.push_back(static_cast<char>(0x80U | (code & 63U)));
  } else {
    text.push_back(static_cast<char>(0xF0U | code >> 18U));
    text.push_back(static_cast<char>(0x80U | (code >> 12U & 63U)));
    text.push_back(static_cast<char>(0x80U | (code >> 6U & 63U)));
    text.push_back(static_cast<char>(0x80U | (code & 63U)));
  }
}

bool is_skipped_group(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kWords{"fonttbl",   "colortbl",  "stylesheet", "info",
                                                           "pict",      "object",    "header",     "footer",
                                                           "listtable", "themedata", "generator",  "xmlnstbl"};
  for (const auto known : kWords) {
    if (word == known) return true;
  }
  return false;
}

/// State of a group, restored at its end.
struct Group {
  bool skipped = false;
  bool tag = false;       ///< {\*\htmltag …}: HTML as it was. MS-OXRTFEX §2.1.3.1
  bool rtf_only = false;  ///< \htmlrtf: text that the HTML has already. MS-OXRTFEX §2.1.3.1.4
  int fallback = 1;       ///< \ucN: characters that stand in for a \u
};

class Reader {
 public:
  explicit Reader(std::string_view rtf) : rest_(rtf) {}

  RtfText read() {
    while (!rest_.empty()) {
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '{') {
        open();
      } else if (c == '}') {
        close();
      } else if (c == '\\') {
        control();
      } else if (c != '\r' && c != '\n') {
        put(c);
      }
    }
    flush();
    return {std::move(text_), is_html_};
  }

 private:
  void open() {
    flush();
    if (stack_.size() < kDeepest) {
      stack_.push_back(group_);
    } else {
      ++unstacked_;
    }
    begins_ = true;
  }

  void close() {
    flush();
    if (unstacked_ > 0) {
      --unstacked_;
    } else if (!stack_.empty()) {
      group_ = stack_.back();
      stack_.pop_back();
    }
    begins_ = false;
  }

  void control() {
    if (rest_.empty()) return;
    const char c = rest_.front();
    if (!ascii::is_alpha(c)) {
      rest_.remove_prefix(1);
      return symbol(c);
    }
    std::size_t end = 0;
    while (end < rest_.size() && end < 32 && ascii::is_alpha(rest_[end])) ++end;
    const auto word = rest_.substr(0, end);
    rest_.remove_prefix(end);
    int value = 0;
    const auto [stop, error] =
        std::from_chars(rest_.data(), rest_.data() + std::min<std::size_t>(rest_.size(), 11), value);
    const bool has_value = error == std::errc{};
    if (has_value) rest_.remove_prefix(static_cast<std::size_t>(stop - rest_.data()));
    if (rest_.starts_with(' ')) rest_.remove_prefix(1);
    apply(word, has_value, value);
    begins_ = false;
  }

  void symbol(char c) {
    if (c == '\'' && rest_.size() >= 2) {
      const int high = ascii::hex_value(rest_[0]);
      const int low = ascii::hex_value(rest_[1]);
      rest_.remove_prefix(2);
      if (high >= 0 && low >= 0) put(static_cast<char>(high * 16 + low));
    } else if (c == '*') {
      // A destination that we do not know is skipped; its word follows.
      group_.tag = rest_.starts_with("\\htmltag");
      group_.skipped = group_.skipped || !group_.tag;
    } else if (c == '~') {
      put(' ');
    } else if (c == '{' || c == '}' || c == '\\') {
      put(c);
    } else if (c == '\n' || c == '\r') {
      line_break();
    }
  }

  void apply(std::string_view word, bool has_value, int value) {
    if (word == "par" || word == "line" || word == "row" || word == "sect" || word == "page") return line_break();
    if (word == "tab" || word == "cell") return put('\t');
    if (word == "u" && has_value) return unicode(value);
    if (word == "uc" && has_value) group_.fallback = std::min(std::max(value, 0), 8);
    if (word == "ansicpg" && has_value && value > 0) codepage_ = "windows-" + std::to_string(value);
    if (word == "fromhtml") is_html_ = !has_value || value != 0;
    if (word == "htmlrtf") group_.rtf_only = !has_value || value != 0;
    if (begins_ && is_skipped_group(word)) group_.skipped = true;
    if (word == "lquote" || word == "rquote") put('\'');
    if (word == "ldblquote" || word == "rdblquote") put('"');
    if (word == "emdash" || word == "endash") put('-');
    if (word == "bullet") put('*');
    if (word == "bin" && has_value && value > 0)
      rest_.remove_prefix(std::min(rest_.size(), static_cast<std::size_t>(value)));
  }

  [[nodiscard]] bool is_silent() const { return group_.skipped || (is_html_ && group_.rtf_only); }

  void put(char c) {
    if (skip_ > 0) {
      --skip_;
      return;
    }
    begins_ = false;
    if (is_silent()) return;
    // Text between tags is text: it may hold "<" of its own.
    if (is_html_ && !group_.tag && (c == '<' || c == '>' || c == '&')) {
      flush();
      text_ += c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;";
      return;
    }
    pending_.push_back(c);
  }

  void line_break() {
    if (is_silent()) return;
    flush();
    text_.push_back('\n');
  }

  void unicode(int value) {
    flush();
    skip_ = group_.fallback;
    if (is_silent()) return;
    const auto unit = static_cast<std::uint32_t>(value < 0 ? value + 65536 : value);
    if (unit >= 0xD800 && unit < 0xDC00) {
      surrogate_ = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000) {
      if (surrogate_ != 0) append_utf8(text_, 0x10000 + ((surrogate_ - 0xD800) << 10U) + (unit - 0xDC00));
      surrogate_ = 0;
    } else if (unit > 0 && unit < 0x10000) {
      append_utf8(text_, unit);
    }
  }

  void flush() {
    if (!pending_.empty()) text_ += to_utf8(pending_, codepage_);
    pending_.clear();
  }

  std::string_view rest_;
  std::string text_{};
  std::string pending_{};  ///< bytes in the document's code page
  std::string codepage_{"windows-1252"};
  std::vector<Group> stack_{};
  Group group_{};
  std::size_t unstacked_ = 0;
  std::uint32_t surrogate_ = 0;
  int skip_ = 0;
  bool begins_ = false;  ///< nothing of this group was read yet
  bool is_html_ = false;
};

}  // namespace

std::optional<std::string> decompress_rtf(std::string_view bytes, std::size_t limit) {
  if (bytes.size() < 16) return {};
  const std::uint32_t kind = number_at(bytes, 8);
  const std::size_t size = std::min<std::size_t>(number_at(bytes, 4), limit);
  if (kind == 0x414C454D) return std::string(bytes.substr(16, size));  // "MELA": as it is
  if (kind != 0x75465A4C) return {};                                   // "LZFu"
  return expand(bytes.substr(16), size);
}

RtfText read_rtf(std::string_view rtf) {
  if (!rtf.starts_with("{\\rtf")) return {};
  return Reader(rtf).read();
}

}  // namespace leadmail::mail::message
