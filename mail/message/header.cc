#include <algorithm>
#include <cstring>
#include <optional>

#include "mail/message/ascii.h"
#include "mail/message/header_block.h"
#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

constexpr std::size_t kLongestName = 998;  // RFC 5322 §2.1.1

struct Line {
  std::string_view text{};  ///< without its line break
  std::size_t next = 0;     ///< where the next line begins
};

/// The line at `at`. Ends with LF, CRLF or CR CR LF; a CR alone ends a line only where the bytes know no LF (the caller
/// says).
Line line_at(std::string_view bytes, std::size_t at, char end) {
  const std::size_t found = bytes.find(end, at);
  if (found == std::string_view::npos) return {bytes.substr(at), bytes.size()};
  auto text = bytes.substr(at, found - at);
  while (text.ends_with('\r')) text.remove_suffix(1);
  return {text, found + 1};
}

/// Length of the field name before the colon, blanks before the colon allowed (RFC 5322 §4.5); nothing when this is no
/// field.
std::optional<std::size_t> name_length(std::string_view line) {
  std::size_t i = 0;
  while (i < line.size() && line[i] > 32 && line[i] < 127 && line[i] != ':') ++i;
  const std::size_t length = i;
  while (i < line.size() && ascii::is_blank(line[i])) ++i;
  if (length == 0 || i >= line.size() || line[i] != ':') return {};
  return length;
}

bool is_mbox_from(std::string_view line) {
  return (line.starts_with("From ") || line.starts_with(">From ")) && !name_length(line);
}

class Reader {
 public:
  Reader(std::string_view bytes, const Limits& limits, const IsDelimiter* is_delimiter, std::string_view prefix = {})
      : bytes_(bytes),
        limits_(limits),
        is_delimiter_(is_delimiter),
        prefix_(prefix),
        end_(bytes.find('\n') == std::string_view::npos ? '\r' : '\n') {}

  Header read(std::size_t at) {
    std::optional<std::size_t> doubtful;  // first line after the last field that is no field
    bool blank_seen = false;
    while (at < bytes_.size()) {
      const Line line = line_at(bytes_, at, end_);
      if (line.text.empty() || (ascii::is_blank(line.text[0]) && is_blank(line.text) && !continues(line.next))) {
        at = line.next;
        blank_seen = true;
        break;
      }
      if (is_delimiter_ != nullptr && line.text.starts_with("--") && (*is_delimiter_)(line.text)) break;
      if (ascii::is_blank(line.text[0]) && (open_ || !header_.fields.empty()) && !doubtful) {
        continue_field(line.text);
      } else if (const auto text = first_unindented(line.text); const auto length = name_length(text)) {
        doubtful.reset();
        begin_field(text, *length);
      } else {
        if (!doubtful) doubtful = at;
        open_ = false;
        note_once("a line of the header is no field");
      }
      at = line.next;
    }
    // Lines that are no fields, and no field behind them: the blank line between header and body is missing.
    header_.body_offset = doubtful ? *doubtful : at;
    if (doubtful && blank_seen) note_once("no blank line behind the header");
    finish();
    return std::move(header_);
  }

 private:
  static bool is_blank(std::string_view text) { return ascii::trim(text).empty(); }

  /// A line of blanks inside a folded field is no end when the next line goes on with the field or another one. RFC
  /// 5322 §4.2
  [[nodiscard]] bool continues(std::size_t next) const {
    if (next >= bytes_.size()) return false;
    const Line line = line_at(bytes_, next, end_);
    return open_ && !line.text.empty() && ascii::is_blank(line.text[0]) && !is_blank(line.text);
  }

  /// A blank before the very first field is a slip; nothing could be continued there.
  [[nodiscard]] std::string_view first_unindented(std::string_view line) const {
    return header_.fields.empty() ? ascii::trim(line) : line;
  }

  void begin_field(std::string_view line, std::size_t length) {
    finish();
    open_ = true;
    if (!ascii::starts_with(line, prefix_)) {
      kept_ = false;
      return;
    }
    kept_ = header_.fields.size() < limits_.header_fields && stored_ < limits_.header_block;
    if (!kept_) {
      note_once(header_.fields.size() >= limits_.header_fields ? "more header fields than we read"
                                                               : "the header is longer than we read");
      return;
    }
    if (length > kLongestName) note_once("a header field is longer than we read");
    header_.fields.push_back({std::string(line.substr(0, std::min(length, kLongestName))), {}});
    stored_ += header_.fields.back().name.size();
    append(line.substr(line.find(':', length) + 1));
  }

  void continue_field(std::string_view line) {
    if (kept_) append(line);
  }

  void append(std::string_view text) {
    auto& value = header_.fields.back().value;
    while (value.empty() && !text.empty() && ascii::is_space(text.front())) text.remove_prefix(1);
    const std::size_t room = std::min(limits_.header_field - std::min(limits_.header_field, value.size()),
                                      limits_.header_block - std::min(limits_.header_block, stored_));
    if (text.size() > room) note_once("a header field is longer than we read");
    text = text.substr(0, room);
    stored_ += text.size();
    if (std::memchr(text.data(), '\0', text.size()) == nullptr) {
      value += text;
      return;
    }
    note_once("NUL in the header");
    std::copy_if(text.begin(), text.end(), std::back_inserter(value), [](char c) { return c != '\0'; });
  }

  void finish() {
    if (!kept_ || header_.fields.empty()) return;
    auto& value = header_.fields.back().value;
    while (!value.empty() && ascii::is_space(value.back())) value.pop_back();
  }

  void note_once(std::string_view what) {
    const auto& defects = header_.defects;
    if (std::find(defects.begin(), defects.end(), what) == defects.end()) header_.defects.emplace_back(what);
  }

  std::string_view bytes_;
  const Limits& limits_;
  const IsDelimiter* is_delimiter_;
  std::string_view prefix_;  ///< of the names of the fields that are kept, lower case
  char end_;
  Header header_{};
  bool open_ = false;  ///< a folded line belongs to the last field
  bool kept_ = false;  ///< the last field is within the limits
  std::size_t stored_ = 0;
};

}  // namespace

std::optional<std::string_view> Header::first(std::string_view name) const {
  for (const Field& field : fields) {
    if (ascii::same(field.name, name)) return field.value;
  }
  return {};
}

std::vector<std::string_view> Header::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Field& field : fields) {
    if (ascii::same(field.name, name)) values.emplace_back(field.value);
  }
  return values;
}

std::size_t leading_junk(std::string_view raw) {
  std::size_t at = raw.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const char end = raw.substr(0, std::size_t{64} * 1024).find('\n') == std::string_view::npos ? '\r' : '\n';
  // Blank lines before the first field are a transport's slip, unless no field follows: then the header is empty.
  std::size_t from = at;
  for (int skipped = 0; skipped < 100 && from < raw.size(); ++skipped) {
    const Line line = line_at(raw, from, end);
    if (!ascii::trim(line.text).empty()) {
      if (!is_mbox_from(line.text)) return name_length(ascii::trim(line.text)) ? from : at;
      at = line.next;
    }
    from = line.next;
  }
  return at;
}

Header read_part_header(std::string_view bytes, const Limits& limits, const IsDelimiter& is_delimiter) {
  return Reader(bytes, limits, &is_delimiter).read(0);
}

Header read_part_content_fields(std::string_view bytes, const Limits& limits, const IsDelimiter& is_delimiter) {
  Limits share = limits;
  share.header_block = 2048;
  return Reader(bytes, share, &is_delimiter, "content-").read(0);
}

Header read_header(std::string_view raw, const Limits& limits) {
  return Reader(raw, limits, nullptr).read(leading_junk(raw));
}

}  // namespace leadmail::mail::message
