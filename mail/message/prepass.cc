#include "mail/message/prepass.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "mail/message/ascii.h"
#include "mail/message/header_block.h"
#include "mail/message/parse.h"
#include "mail/message/signed_data.h"

namespace leadmail::mail::message {
namespace {

constexpr std::size_t kLongestBoundary =
    250;  // RFC 2046 §5.1.1 says 70; some write more, and a comparison costs little
constexpr std::size_t kInferenceWindow = std::size_t{64} * 1024;
constexpr std::size_t kMostDoubts = 100;
constexpr std::string_view kTooMuchOpened = "more encoded messages than we read";

/// A multipart whose delimiters we wait for.
struct Open {
  std::size_t part = 0;
  std::string boundary{};
  bool closed = false;  ///< its close delimiter was seen: what follows is epilogue, unless it opens another part
};

/// Does a line of `body` begin with this delimiter?
bool has_delimiter(std::string_view body, std::string_view boundary) {
  for (std::size_t at = 0; at < body.size();) {
    const auto line = body.substr(at);
    if (line.starts_with("--") && line.substr(2).starts_with(boundary)) return true;
    const std::size_t lf = body.find('\n', at);
    if (lf == std::string_view::npos) break;
    at = lf + 1;
  }
  return false;
}

/// Whether that many more bytes may be opened; counts them when they may.
bool may_own(Structure& structure, const Limits& limits, std::size_t bytes) {
  const auto most = std::max(limits.opened, structure.parts.front().raw.size());
  if (bytes > most - std::min(most, structure.used.opened)) return false;
  structure.used.opened += bytes;
  return true;
}

void note_once(Structure& structure, std::string_view what) {
  auto& defects = structure.defects;
  if (std::find(defects.begin(), defects.end(), what) == defects.end()) defects.emplace_back(what);
}

struct Hit {
  std::size_t level = 0;  ///< index into the stack
  bool close = false;
};

std::string normal_type(std::string_view value) {
  // "text/plain/foo" and "text" occur; so does "/plain". RFC 2045 §5.2: what cannot be read is text/plain.
  const std::size_t slash = value.find('/');
  if (slash == std::string_view::npos || slash + 1 == value.size()) {
    value = value.substr(0, slash);
    return value == "text"        ? "text/plain"
           : value == "html"      ? "text/html"
           : value == "multipart" ? "multipart/mixed"
                                  : "";
  }
  if (slash == 0) return {};
  value = value.substr(0, value.find_first_of("/;,\\", slash + 1));
  if (value == "plain/text" || value == "text/text" || value == "text/txt" || value == "text/ascii")
    return "text/plain";
  if (value == "html/text" || value == "text/htm" || value == "text/xhtml") return "text/html";
  return std::string(value);
}

class Scanner {
 public:
  Scanner(Structure& structure, const Limits& limits, std::string_view bytes)
      : structure_(structure), limits_(limits), bytes_(bytes) {}

  /// Reads the entity that begins at `at` and all below it; `forced` is a boundary that was inferred for it.
  void scan(std::size_t part, std::size_t at) {
    root_ = part;
    begin_entity(part, at);
    run();
  }

  /// Goes on with a multipart whose header is known, by a boundary that it did not declare.
  void scan_inferred(std::size_t part, std::string boundary) {
    root_ = part;
    root_is_known_ = true;
    push(part, std::move(boundary));
    run();
  }

 private:
  Part& part(std::size_t index) { return structure_.parts[index]; }

  void note_once(std::string_view what) { message::note_once(structure_, what); }

  /// The innermost open multipart that this line delimits. Blanks behind the boundary are padding. RFC 2046 §5.1.1
  /// A multipart that was closed already takes no more, unless nobody else knows the boundary and a header follows:
  /// some composers close too early, others use one boundary for all levels.
  [[nodiscard]] std::optional<Hit> delimiter(std::string_view line) const {
    while (!line.empty() && ascii::is_space(line.back())) line.remove_suffix(1);
    line.remove_prefix(std::min<std::size_t>(line.size(), 2));
    if (!may_delimit(line)) return {};
    std::optional<Hit> again;
    for (std::size_t level = stack_.size(); level-- > 0;) {
      const std::string& boundary = stack_[level].boundary;
      const bool opens = line == boundary;
      const bool closes = line.size() == boundary.size() + 2 && line.ends_with("--") && line.starts_with(boundary);
      if (!opens && !closes) continue;
      if (!stack_[level].closed) return Hit{level, closes};
      if (opens && !again) again = Hit{level, false};
    }
    return again;
  }

  /// Cheap to ask of every line: most delimit nothing, however many multiparts are open.
  [[nodiscard]] bool may_delimit(std::string_view line) const {
    const auto knows = [&](std::string_view boundary) {
      return std::find(hashes_.begin(), hashes_.end(), std::hash<std::string_view>{}(boundary)) != hashes_.end();
    };
    return knows(line) || (line.ends_with("--") && knows(line.substr(0, line.size() - 2)));
  }

  void push(std::size_t index, std::string boundary) {
    hashes_.push_back(std::hash<std::string_view>{}(boundary));
    stack_.push_back({index, std::move(boundary), false});
  }

  void pop() {
    hashes_.pop_back();
    stack_.pop_back();
  }

  void run() {
    for (;;) {
      const std::size_t start = next_dashes();
      if (start == std::string_view::npos) break;
      const std::size_t lf = bytes_.find('\n', start);
      const auto line = bytes_.substr(start, lf == std::string_view::npos ? lf : lf - start);
      const std::size_t next = lf == std::string_view::npos ? bytes_.size() : lf + 1;
      const auto hit = line.size() <= kLongestBoundary + 200 ? delimiter(line) : std::nullopt;
      at_ = next;
      if (!hit || (stack_[hit->level].closed && !ascii::starts_with(bytes_.substr(next, 8), "content-"))) continue;
      take(*hit, start, next);
    }
    finish_down_to(0, bytes_.size());
    if (leaf_) end_entity(*leaf_, bytes_.size());
  }

  /// Where the next line begins that starts with "--", from at_ (the start of a line) on.
  std::size_t next_dashes() const {
    if (stack_.empty()) return std::string_view::npos;
    // Dashes are looked for and not line breaks: base64, the most of what mails are, has none.
    for (std::size_t at = at_; at < bytes_.size();) {
      const std::size_t dash = bytes_.find('-', at);
      if (dash == std::string_view::npos) break;
      if ((dash == at || bytes_[dash - 1] == '\n') && bytes_.substr(dash).starts_with("--")) return dash;
      const std::size_t lf = bytes_.find('\n', dash);
      if (lf == std::string_view::npos) break;
      at = lf + 1;
    }
    return std::string_view::npos;
  }

  void take(const Hit& hit, std::size_t start, std::size_t next) {
    finish_down_to(hit.level + 1, start);
    Open& open = stack_[hit.level];
    if (leaf_) end_entity(*leaf_, start);
    leaf_.reset();
    if (hit.close) {
      open.closed = true;
      return;
    }
    if (open.closed) note_once("a part behind the end of its multipart");
    open.closed = false;
    const auto child = add_part(open.part);
    if (child) begin_entity(*child, next);
  }

  /// The multiparts above `level` end at `end`, whether they were closed or not.
  void finish_down_to(std::size_t level, std::size_t end) {
    while (stack_.size() > level) {
      if (leaf_) end_entity(*leaf_, end);
      leaf_.reset();
      if (!stack_.back().closed) note_once("a multipart that does not end");
      end_entity(stack_.back().part, end);
      pop();
    }
  }

  std::optional<std::size_t> add_part(std::size_t parent) {
    if (structure_.parts.size() >= limits_.parts) {
      note_once("more parts than we read");
      return {};
    }
    const std::size_t index = structure_.parts.size();
    structure_.parts.push_back({.parent = parent, .depth = part(parent).depth + 1});
    part(parent).children.push_back(index);
    return index;
  }

  /// Reads header after header: a message/rfc822 begins the next entity at once.
  void begin_entity(std::size_t index, std::size_t at) {
    for (;;) {
      read_entity_header(index, at);
      at = static_cast<std::size_t>(part(index).body.data() - bytes_.data());
      at_ = at;
      if (part(index).is_multipart() && part(index).depth >= limits_.depth) {
        part(index).flat = true;
        note_once("nested deeper than we read");
      }
      if (part(index).is_multipart()) {
        const auto boundary = usable_boundary(part(index));
        if (!boundary.empty()) {
          push(index, boundary);
          leaf_.reset();
          return;
        }
        note_once("a multipart without boundary");
      }
      if (!part(index).is_message() || part(index).encoding != Encoding::identity || part(index).flat) break;
      if (part(index).depth >= limits_.depth) {
        part(index).flat = true;
        note_once("nested deeper than we read");
        break;
      }
      const auto child = add_part(index);
      if (!child) break;
      index = *child;
    }
    leaf_ = index;
  }

  /// The first Content-Type, unless it is a later one whose boundary stands in the body.
  std::optional<std::string_view> content_type(const Header& header, std::string_view body) {
    const auto types = header.all("Content-Type");
    if (types.empty()) return {};
    if (types.size() == 1) return types.front();
    note_once("more than one Content-Type");
    if (++structure_.used.doubts > kMostDoubts) return types.front();
    body = body.substr(0, kInferenceWindow);
    for (std::size_t i = 0; i < std::min<std::size_t>(types.size(), 10); ++i) {
      const auto boundary = raw_parameter(types[i], "boundary", limits_.parameters);
      if (!boundary.empty() && has_delimiter(body, boundary)) return types[i];
    }
    return types.front();
  }

  std::string usable_boundary(const Part& multipart) {
    // Delimiters are compared as bytes: nothing is decoded.
    const auto type = content_type(multipart.header, multipart.body);
    std::string boundary = type ? raw_parameter(*type, "boundary", limits_.parameters) : std::string{};
    while (!boundary.empty() && ascii::is_space(boundary.back())) boundary.pop_back();
    if (boundary.size() > 70) note_once("a boundary longer than allowed");
    return boundary.size() > kLongestBoundary ? std::string{} : boundary;
  }

  /// Every part has its share of header, and all of them together have one too.
  Header read_block(std::string_view bytes) {
    const IsDelimiter is_delimiter = [this](std::string_view line) { return delimiter(line).has_value(); };
    Used& used = structure_.used;
    const bool spent = used.header_bytes >= limits_.all_headers || used.header_fields >= limits_.all_fields;
    if (spent) note_once("more header in the parts than we read");
    Header header =
        spent ? read_part_content_fields(bytes, limits_, is_delimiter) : read_part_header(bytes, limits_, is_delimiter);
    used.header_fields += header.fields.size();
    for (const Field& field : header.fields) used.header_bytes += field.name.size() + field.value.size();
    for (const auto& defect : header.defects) note_once(defect);
    return header;
  }

  void read_entity_header(std::size_t index, std::size_t at) {
    const bool message = index == 0 || part(part(index).parent).is_message();
    const std::size_t skipped = message ? leading_junk(bytes_.substr(at)) : 0;
    Header header = read_block(bytes_.substr(at + skipped));
    Part& entity = part(index);
    entity.raw = bytes_.substr(at);
    entity.body = bytes_.substr(at + skipped + header.body_offset);
    if (const auto type = content_type(header, entity.body)) entity.type = read_parameters(*type, limits_.parameters);
    if (const auto value = header.first("Content-Disposition"))
      entity.disposition = read_parameters(*value, limits_.parameters);
    if (const auto value = header.first("Content-Transfer-Encoding")) {
      entity.encoding = read_encoding(*value);
      if (!is_known_encoding(*value)) note_once("an unknown transfer encoding");
    }
    if (entity.type.truncated || entity.disposition.truncated) note_once("more parameters than we read");
    entity.type.value = normal_type(entity.type.value);
    entity.declared_type = !entity.type.value.empty();
    if (entity.type.value.empty()) {
      const bool digest = index != 0 && part(part(index).parent).is("multipart/digest");
      entity.type.value = digest ? "message/rfc822" : "text/plain";
      if (header.has("Content-Type")) note_once("a Content-Type that is none");
    }
    // RFC 2045 §6.4 forbids it, many do it: the encoding then means the leaves, which say so themselves.
    if (entity.is_multipart()) entity.encoding = Encoding::identity;
    entity.header = std::move(header);
  }

  /// The entity and all messages around it (they end together) end before the line break at `end`.
  void end_entity(std::size_t index, std::size_t end) {
    while (index != root_ || !root_is_known_) {
      Part& entity = part(index);
      const auto begin = static_cast<std::size_t>(entity.raw.data() - bytes_.data());
      const auto body = static_cast<std::size_t>(entity.body.data() - bytes_.data());
      std::size_t stop = end;
      // The line break before a delimiter belongs to the delimiter. RFC 2046 §5.1.1
      if (stop < bytes_.size() && stop > body && bytes_[stop - 1] == '\n') --stop;
      if (stop < end && stop > body && bytes_[stop - 1] == '\r') --stop;
      stop = std::max(stop, body);
      entity.raw = bytes_.substr(begin, stop - begin);
      entity.body = bytes_.substr(body, stop - body);
      if (index == root_ || !part(entity.parent).is_message()) return;
      index = entity.parent;
    }
  }

  Structure& structure_;
  const Limits& limits_;
  std::string_view bytes_;
  std::size_t at_ = 0;
  std::size_t root_ = 0;        ///< the entity that these bytes are
  bool root_is_known_ = false;  ///< its header lies outside of these bytes, its end is theirs
  std::vector<Open> stack_{};
  std::vector<std::size_t> hashes_{};  ///< of the boundaries in stack_
  std::optional<std::size_t> leaf_{};  ///< the entity whose body the next lines are; none in a preamble or epilogue
};

/// The first line that looks like a delimiter: "--" and a word, and then the header of a part.
std::string inferred_boundary(std::string_view body) {
  body = body.substr(0, kInferenceWindow);
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t lf = std::min(body.find('\n', at), body.size());
    const auto line = ascii::trim(body.substr(at, lf - at));
    at = lf + 1;
    if (!line.starts_with("--") || line.size() < 5 || line.size() > kLongestBoundary) continue;
    if (line.find_first_of(" \t") != std::string_view::npos || line.find_first_not_of('-') == std::string_view::npos)
      continue;
    const auto next = at < body.size() ? body.substr(at, 10) : std::string_view{};
    if (ascii::starts_with(next, "content-") || next.starts_with("\n") || next.starts_with("\r\n"))
      return std::string(line.substr(2));
  }
  return {};
}

/// A multipart that was encoded as a whole, although RFC 2045 §6.4 forbids it.
void open_encoded_multipart(Structure& structure, const Limits& limits, std::size_t index) {
  const Part& part = structure.parts[index];
  const auto value = part.header.first("Content-Transfer-Encoding");
  const auto encoding = value ? read_encoding(*value) : Encoding::identity;
  const auto type = part.header.first("Content-Type");
  auto boundary = type ? raw_parameter(*type, "boundary", limits.parameters) : std::string{};
  if (encoding == Encoding::identity || boundary.empty() || boundary.size() > kLongestBoundary) return;
  if (!has_delimiter(decode(part.body, encoding, kInferenceWindow), boundary)) return;
  auto bytes = decode(part.body, encoding);
  if (!may_own(structure, limits, bytes.size())) return note_once(structure, kTooMuchOpened);
  structure.owned.push_back(std::move(bytes));
  structure.parts[index].inferred = true;
  structure.defects.emplace_back("an encoded multipart");
  Scanner(structure, limits, structure.owned.back()).scan_inferred(index, std::move(boundary));
}

/// Multiparts that have no part: by a boundary that stands there, or else as the text that they are.
void infer_boundaries(Structure& structure, const Limits& limits) {
  std::size_t budget = limits.depth;
  for (std::size_t i = 0; i < structure.parts.size(); ++i) {
    if (!structure.parts[i].is_multipart() || !structure.parts[i].children.empty() || structure.parts[i].flat) continue;
    if (budget > 0) open_encoded_multipart(structure, limits, i);
    if (!structure.parts[i].children.empty()) {
      --budget;
      continue;
    }
    auto boundary = budget > 0 ? inferred_boundary(structure.parts[i].body) : std::string{};
    if (!boundary.empty()) {
      --budget;
      structure.parts[i].inferred = true;
      structure.defects.emplace_back("a boundary that was not declared");
      Scanner(structure, limits, structure.parts[i].body).scan_inferred(i, std::move(boundary));
    }
    if (structure.parts[i].children.empty()) {
      structure.parts[i].inferred = true;
      structure.parts[i].type.value = "text/plain";
      structure.defects.emplace_back("a multipart without parts");
    }
  }
}

/// Reads what was inside an encoded message or a signature as an entity of its own.
void open_inner(Structure& structure, const Limits& limits, std::size_t outer, std::string bytes) {
  structure.owned.push_back(std::move(bytes));
  const std::size_t child = structure.parts.size();
  structure.parts.push_back({.parent = outer, .depth = structure.parts[outer].depth + 1});
  structure.parts[outer].children.push_back(child);
  Scanner(structure, limits, structure.owned.back()).scan(child, 0);
}

bool may_open(const Structure& structure, const Limits& limits, const Part& part) {
  return part.depth < limits.depth && structure.parts.size() < limits.parts && structure.owned.size() < limits.depth;
}

/// Messages that somebody encoded, although RFC 2046 §5.2.1 forbids it.
void open_encoded_messages(Structure& structure, const Limits& limits) {
  for (std::size_t i = 0; i < structure.parts.size(); ++i) {
    const Part& outer = structure.parts[i];
    if (!outer.is_message() || outer.flat || outer.encoding == Encoding::identity) continue;
    // No encoding makes more of a byte than one.
    const bool room = may_open(structure, limits, outer) && may_own(structure, limits, outer.body.size());
    if (room) {
      open_inner(structure, limits, i, decode(outer.body, outer.encoding));
    } else {
      structure.parts[i].flat = true;
      note_once(structure, kTooMuchOpened);
    }
  }
}

/// What stands within an S/MIME signature is the message; what is encrypted cannot be read.
void open_signed_data(Structure& structure, const Limits& limits) {
  for (std::size_t i = 0; i < structure.parts.size(); ++i) {
    const Part& outer = structure.parts[i];
    if (outer.flat || !outer.is_smime() || !outer.children.empty() || !may_open(structure, limits, outer)) continue;
    const auto kind = ascii::lower(outer.type.get("smime-type"));
    if (!may_own(structure, limits, outer.body.size())) {
      note_once(structure, kTooMuchOpened);
      continue;
    }
    std::string decoded;
    if (outer.encoding != Encoding::identity) decoded = decode(outer.body, outer.encoding);
    const auto bytes = outer.encoding == Encoding::identity ? outer.body : std::string_view(decoded);
    if (auto content = signed_content(bytes, bytes.size())) {
      open_inner(structure, limits, i, std::move(*content));
    } else if (kind != "certs-only") {
      structure.defects.emplace_back("an encrypted body, or a signature that cannot be read");
    }
  }
}

}  // namespace

Structure read_structure(std::string_view raw, const Limits& limits) {
  Structure structure;
  // Line ends of CR alone: an old Macintosh, or a broken gateway.
  const std::string_view head = raw.substr(0, kInferenceWindow);
  if (head.find('\n') == std::string_view::npos && head.find('\r') != std::string_view::npos &&
      raw.find('\n') == std::string_view::npos) {
    structure.owned.emplace_back(raw);
    std::replace(structure.owned.back().begin(), structure.owned.back().end(), '\r', '\n');
    structure.used.opened = raw.size();
    structure.defects.emplace_back("lines end in CR alone");
    raw = structure.owned.back();
  }
  if (head.find('\0') != std::string_view::npos) structure.defects.emplace_back("NUL bytes");

  structure.parts.reserve(8);
  structure.parts.emplace_back();
  Scanner(structure, limits, raw).scan(0, 0);
  infer_boundaries(structure, limits);
  open_encoded_messages(structure, limits);
  open_signed_data(structure, limits);
  infer_boundaries(structure, limits);
  if (std::any_of(structure.parts.begin(), structure.parts.end(),
                  [](const Part& part) { return part.is("multipart/encrypted"); })) {
    structure.defects.emplace_back("an encrypted body");
  }
  return structure;
}

std::string_view declared_name(const Part& part) {
  if (const auto name = part.disposition.get("filename"); !name.empty()) return name;
  if (const auto name = part.disposition.get("name"); !name.empty()) return name;
  if (const auto name = part.type.get("name"); !name.empty()) return name;
  return part.type.get("filename");
}

}  // namespace leadmail::mail::message
