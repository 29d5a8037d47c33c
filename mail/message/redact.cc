#include "mail/message/redact.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/encode_body.h"
#include "mail/message/encode_header.h"
#include "mail/message/encoded_word.h"
#include "mail/message/prepass.h"
#include "mail/message/sha256.h"
#include "mail/message/transfer.h"

namespace leadmail::mail::message {
namespace {

constexpr std::string_view kErased = "[erased]";
constexpr int kMostNested = 5;  ///< mails in transfer encodings inside each other

/// Bytes of the mail that are replaced.
struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string instead{};
};

bool is_inside(std::string_view whole, std::string_view part) {
  return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

std::string lower_name(std::string_view field) {
  auto name = field.substr(0, field.find(':'));
  while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
  std::string lower;
  for (const char c : name) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return lower;
}

/// Header lines with those that continue them, as they stand.
std::vector<std::string_view> fields_of(std::string_view header) {
  std::vector<std::string_view> fields;
  while (!header.empty()) {
    auto end = header.find('\n');
    end = end == std::string_view::npos ? header.size() : end + 1;
    while (end < header.size() && (header[end] == ' ' || header[end] == '\t')) {
      const auto next = header.find('\n', end);
      end = next == std::string_view::npos ? header.size() : next + 1;
    }
    fields.push_back(header.substr(0, end));
    header.remove_prefix(end);
  }
  return fields;
}

bool is_blank(std::string_view line) { return line.find_first_not_of("\r\n") == std::string_view::npos; }

/// Where the next run of encoded words begins and ends: words with nothing but blanks between them are one text.
std::pair<std::size_t, std::size_t> next_words(std::string_view text, std::size_t from) {
  const auto one = [&](std::size_t at) -> std::size_t {
    const auto charset = text.find('?', at + 2);
    const auto encoding = charset == std::string_view::npos ? charset : text.find('?', charset + 1);
    const auto end = encoding == std::string_view::npos ? encoding : text.find("?=", encoding + 1);
    return end == std::string_view::npos || end - at > 2000 ? 0 : end + 2;
  };
  for (auto at = text.find("=?", from); at != std::string_view::npos; at = text.find("=?", at + 2)) {
    auto end = one(at);
    if (end == 0) continue;
    while (true) {
      const auto next = text.find_first_not_of(" \t\r\n", end);
      if (next == std::string_view::npos || text.substr(next, 2) != "=?") break;
      const auto more = one(next);
      if (more == 0) break;
      end = more;
    }
    return {at, end};
  }
  return {std::string_view::npos, std::string_view::npos};
}

/// The field without him; nothing when he is not in it.
std::optional<std::string> redact_field(std::string_view field, const FindCuts& find) {
  auto text = std::string(field);
  bool changed = false;
  if (auto cut = without(text, find)) {
    text = std::move(*cut);
    changed = true;
  }
  std::string kept;
  std::size_t at = 0;
  while (true) {
    const auto [begin, end] = next_words(text, at);
    if (begin == std::string_view::npos) break;
    const auto words = decode_words(std::string_view(text).substr(begin, end - begin));
    const bool is_his = !find(words).empty();
    changed = changed || is_his;
    kept.append(text, at, begin - at).append(is_his ? "erased" : text.substr(begin, end - begin));
    at = end;
  }
  kept.append(text, at);
  // A name may be written half in encoded words and half beside them.
  const auto colon = kept.find(':');
  if (colon != std::string::npos && !find(decode_words(std::string_view(kept).substr(colon + 1))).empty()) {
    const bool has_address = kept.find('@', colon) != std::string::npos;
    return kept.substr(0, colon) + (has_address ? ": erased@erased.invalid\r\n" : ": [erased]\r\n");
  }
  if (!changed) return std::nullopt;
  return kept;
}

/// What a part's header has to say of its new content.
struct NewContent {
  std::string type{};      ///< "text/plain; charset=utf-8"
  std::string encoding{};  ///< "base64"
};

/// The header of a part, up to and with the blank line; nothing when it stays.
std::optional<std::string> redact_header(std::string_view header, const FindCuts& find,
                                         const std::optional<NewContent>& content, bool is_top) {
  std::string fresh;
  bool changed = false;
  bool has_version = false;
  std::string blank;
  for (const auto field : fields_of(header)) {
    if (is_blank(field)) {
      blank = field;
      continue;
    }
    const auto name = lower_name(field);
    has_version = has_version || name == "mime-version";
    if (content && (name == "content-type" || name == "content-transfer-encoding")) continue;
    auto redacted = redact_field(field, find);
    // A file's name may be written in pieces, and in several ways beside each other.
    if (name.starts_with("content-") && field.find(':') != std::string_view::npos) {
      const auto left = redacted ? std::string_view(*redacted) : field;
      const auto parameters = read_parameters(left.substr(std::min(left.find(':') + 1, left.size())));
      const bool is_his =
          std::ranges::any_of(parameters.all, [&](const auto& one) { return !find(one.second).empty(); });
      if (is_his && name != "content-type")
        redacted = std::string(field.substr(0, field.find(':'))) + ": attachment\r\n";
      if (is_his && name == "content-type") {
        const auto boundary = parameters.get("boundary");
        const bool is_multipart =
            parameters.value.starts_with("multipart/") && boundary.find_first_of("\"\\\r\n") == std::string_view::npos;
        redacted = std::string(field.substr(0, field.find(':'))) + ": " + parameters.value +
                   (is_multipart ? "; boundary=\"" + std::string(boundary) + "\"" : "") + "\r\n";
      }
    }
    changed = changed || redacted.has_value();
    fresh += redacted ? *redacted : std::string(field);
  }
  if (!content) return changed ? std::optional(fresh + blank) : std::nullopt;
  if (!fresh.empty() && !fresh.ends_with('\n')) fresh += "\r\n";
  if (is_top && !has_version) fresh += "MIME-Version: 1.0\r\n";
  fresh += "Content-Type: " + content->type + "\r\nContent-Transfer-Encoding: " + content->encoding + "\r\n\r\n";
  return fresh;
}

struct Rewritten {
  std::string body{};
  NewContent content{};
};

class Redactor {
 public:
  Redactor(std::string_view raw, const Redaction& redaction, int depth)
      : raw_(raw), redaction_(redaction), depth_(depth), structure_(read_structure(raw)) {}

  std::optional<std::string> run() {
    for (std::size_t i = 0; i < structure_.parts.size(); ++i) {
      if (is_inside(raw_, structure_.parts[i].raw)) look_at(i);
    }
    if (edits_.empty()) return std::nullopt;
    return apply();
  }

 private:
  void look_at(std::size_t index) {
    const auto& part = structure_.parts[index];
    if (is_under_erased(index)) return;
    std::optional<Rewritten> fresh;
    const bool has_children_here = std::ranges::any_of(
        part.children, [&](std::size_t child) { return is_inside(raw_, structure_.parts[child].raw); });
    if (part.is_message() && is_from_him(part)) {
      fresh = Rewritten{std::string(kErased) + "\r\n", {"text/plain; charset=utf-8", "7bit"}};
      erased_.push_back(index);
    } else if (!has_children_here) {
      fresh = rewrite(part);
    } else {
      look_between(part);
    }
    const auto header = part.raw.substr(0, static_cast<std::size_t>(part.body.data() - part.raw.data()));
    std::optional<NewContent> content;
    if (fresh) content = fresh->content;
    if (auto changed = redact_header(header, redaction_.find, content, index == 0)) add(header, std::move(*changed));
    if (fresh) add(part.body, std::move(fresh->body));
  }

  [[nodiscard]] bool is_under_erased(std::size_t index) const {
    for (auto at = index; at != structure_.parts[at].parent; at = structure_.parts[at].parent) {
      if (std::ranges::find(erased_, structure_.parts[at].parent) != erased_.end()) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_from_him(const Part& part) const {
    if (part.children.empty()) return false;
    const auto& inner = structure_.parts[part.children.front()];
    const auto from = inner.header.first("From");
    return from && !redaction_.find(decode_words(*from)).empty();
  }

  std::optional<Rewritten> rewrite(const Part& part) const {
    if (part.is_text() || part.type.value == "message/delivery-status") return rewrite_text(part);
    auto bytes = decode(part.body, part.encoding);
    if (part.is_message() && depth_ < kMostNested) {
      auto inner = Redactor(bytes, redaction_, depth_ + 1).run();
      if (!inner) return std::nullopt;
      return Rewritten{encode_base64(*inner), {"message/rfc822", "base64"}};
    }
    const bool is_his = (redaction_.is_his_file && redaction_.is_his_file(sha256_hex(bytes))) ||
                        !redaction_.find(bytes).empty() || !redaction_.find(part.body).empty();
    if (!is_his) return std::nullopt;
    return Rewritten{std::string(kErased) + "\r\n", {"text/plain; charset=utf-8", "7bit"}};
  }

  std::optional<Rewritten> rewrite_text(const Part& part) const {
    const auto bytes = decode(part.body, part.encoding);
    const auto charset = part.type.get("charset");
    const auto text = encodable(to_utf8(bytes, charset));  // "mari\x01a" is her name, too
    const bool is_html = part.type.value == "text/html";
    auto cuts = is_html ? find_in_html(text, redaction_.find) : redaction_.find(text);
    std::string fresh;
    if (cuts.empty()) {
      // Nothing that is read; but something may stand in what is not.
      const bool hides = !redaction_.find(part.body).empty() || (is_html && !redaction_.find(text).empty());
      if (!hides) return std::nullopt;
      fresh = std::string(kErased) + "\r\n";
    } else {
      fresh = apply_cuts(text, cuts);
      const auto& find = redaction_.find;
      if (!(is_html ? find_in_html(fresh, find) : find(fresh)).empty()) fresh = std::string(kErased) + "\r\n";
    }
    const auto encoded = encode_text(fresh);
    auto type = part.type.value + "; charset=utf-8";
    if (const auto method = part.type.get("method"); !method.empty()) type += parameter("method", method);
    return Rewritten{encoded.bytes, {std::move(type), encoded.encoding}};
  }

  /// What stands before, between and behind the parts of a multipart.
  void look_between(const Part& part) {
    const char* at = part.body.data();
    const auto look = [&](const char* end) {
      if (end <= at) return;
      const std::string_view between(at, static_cast<std::size_t>(end - at));
      if (auto cut = without(between, redaction_.find)) add(between, std::move(*cut));
    };
    for (const auto child : part.children) {
      const auto raw = structure_.parts[child].raw;
      if (!is_inside(part.body, raw)) continue;
      look(raw.data());
      at = std::max(at, raw.data() + raw.size());
    }
    look(part.body.data() + part.body.size());
  }

  void add(std::string_view bytes, std::string instead) {
    const auto begin = static_cast<std::size_t>(bytes.data() - raw_.data());
    edits_.push_back({begin, begin + bytes.size(), std::move(instead)});
  }

  std::string apply() {
    std::ranges::stable_sort(edits_, {}, &Edit::begin);
    std::string out;
    std::size_t at = 0;
    for (const auto& edit : edits_) {
      if (edit.begin < at) continue;  // inside one that is replaced as a whole
      out.append(raw_.substr(at, edit.begin - at)).append(edit.instead);
      at = edit.end;
    }
    return out.append(raw_.substr(at));
  }

  std::string_view raw_;
  const Redaction& redaction_;
  int depth_;
  Structure structure_;
  std::vector<Edit> edits_{};
  std::vector<std::size_t> erased_{};  ///< parts that hold a mail of his
};

std::optional<std::string> redact_once(std::string_view raw, const Redaction& redaction) {
  auto redacted = Redactor(raw, redaction, 0).run();
  // What the limits have left unread, and what no header declares, is still searched as bytes.
  const std::string_view left = redacted ? std::string_view(*redacted) : raw;
  if (auto cut = without(left, redaction.find)) return cut;
  return redacted;
}

}  // namespace

std::optional<std::string> redact(std::string_view raw, const Redaction& redaction) {
  // What is written anew has other line ends and may have other parts: it is read as whoever gets it will read it.
  constexpr int kMostTimes = 8;
  auto fresh = redact_once(raw, redaction);
  for (int i = 0; fresh && i < kMostTimes; ++i) {
    auto again = redact_once(*fresh, redaction);
    if (!again) break;
    fresh = std::move(again);
  }
  return fresh;
}

}  // namespace leadmail::mail::message
