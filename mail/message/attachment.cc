#include "mail/message/attachment.h"

#include <algorithm>
#include <array>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/encoded_word.h"
#include "mail/message/message_ids.h"
#include "mail/message/sha256.h"
#include "mail/message/transfer.h"

namespace leadmail::mail::message {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestEnding = 20;

/// U+200E, U+200F, U+202A-E, U+2066-9, U+061C: they make "exe.gpj" look like "jpg.exe".
std::size_t bidi_length(std::string_view rest) {
  if (rest.size() >= 3 && rest.starts_with("\xE2\x80")) {
    const auto last = static_cast<unsigned char>(rest[2]);
    return last == 0x8E || last == 0x8F || (last >= 0xAA && last <= 0xAE) ? 3 : 0;
  }
  if (rest.size() >= 3 && rest.starts_with("\xE2\x81")) {
    const auto last = static_cast<unsigned char>(rest[2]);
    return last >= 0xA6 && last <= 0xA9 ? 3 : 0;
  }
  return rest.starts_with("\xD8\x9C") ? 2 : 0;
}

bool is_shown(const Body& body, std::size_t index) {
  return std::find(body.shown.begin(), body.shown.end(), index) != body.shown.end();
}

/// The machinery of reports: read elsewhere, and nothing a person attached.
bool is_report_part(const Part& part) {
  static constexpr std::array<std::string_view, 6> kTypes{
      "message/delivery-status", "message/disposition-notification", "message/feedback-report",
      "text/rfc822-headers",     "message/global-delivery-status",   "message/tracking-status"};
  return std::find(kTypes.begin(), kTypes.end(), part.type.value) != kTypes.end();
}

bool is_attached(const Part& part, bool shown) {
  if (part.is_multipart() || (part.is_smime() && !part.children.empty())) return false;
  const bool named = !declared_name(part).empty();
  if (part.is_attachment() || named) return true;
  if (shown || is_report_part(part) || part.is_text()) return false;
  return true;
}

/// A message that is attached as a file of its own keeps what it holds; one that is only enclosed is part of this mail.
bool is_inside_file(const Structure& structure, std::size_t index) {
  while (index != 0) {
    index = structure.parts[index].parent;
    const Part& around = structure.parts[index];
    if (around.is_message() && (around.is_attachment() || !declared_name(around).empty())) return true;
  }
  return false;
}

bool is_related(const Structure& structure, const Part& part) {
  return part.depth > 0 && structure.parts[part.parent].is("multipart/related");
}

Attachment read_attachment(const Part& part, const ParseOptions& options) {
  Attachment attachment{.filename = safe_filename(declared_name(part)), .content_type = part.type.value};
  if (const auto id = part.header.first("Content-ID")) attachment.content_id = read_message_id(*id);
  Sha256 hash;
  decode(part.body, part.encoding, [&](std::string_view piece) {
    attachment.size += piece.size();
    hash.add(piece);
    if (options.attachment_content) attachment.content += piece;
  });
  attachment.sha256 = hash.hex();
  return attachment;
}

}  // namespace

std::string safe_filename(std::string_view name) {
  std::string text = is_valid_utf8(name) ? std::string(name) : guess_utf8(name);
  const std::size_t slash = text.find_last_of("/\\");
  if (slash != std::string::npos && slash + 1 < text.size()) text.erase(0, slash + 1);

  std::string clean;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t bidi = bidi_length(std::string_view(text).substr(i));
    if (bidi == 0 && !ascii::is_control(text[i]) && text[i] != '/' && text[i] != '\\') clean.push_back(text[i]);
    i += std::max<std::size_t>(bidi, 1);
  }
  clean = std::string(ascii::trim(clean));
  if (clean.size() > 2 && clean.front() == '\'' && clean.back() == '\'') clean = clean.substr(1, clean.size() - 2);
  if (clean == "." || clean == "..") return {};
  if (clean.size() <= kLongestName) return clean;

  const std::size_t dot = clean.rfind('.');
  const bool short_ending = dot != std::string::npos && clean.size() - dot <= kLongestEnding;
  const std::string ending = short_ending ? clean.substr(dot) : std::string{};
  return std::string(utf8_prefix(clean, kLongestName - ending.size())) + ending;
}

Attachment attachment_of(std::string_view name, std::string_view content_type, std::string_view bytes,
                         const ParseOptions& options) {
  return {.filename = safe_filename(name),
          .content_type = content_type.empty() ? "application/octet-stream" : std::string(content_type),
          .size = bytes.size(),
          .sha256 = sha256_hex(bytes),
          .content = options.attachment_content ? std::string(bytes) : std::string{}};
}

std::vector<Attachment> read_attachments(const Structure& structure, const Body& body, const ParseOptions& options) {
  std::vector<Attachment> attachments;
  for (std::size_t i = 0; i < structure.parts.size(); ++i) {
    const Part& part = structure.parts[i];
    const bool shown = is_shown(body, i);
    if (!is_attached(part, shown) || is_inside_file(structure, i)) continue;
    auto attachment = read_attachment(part, options);
    const bool cited =
        !attachment.content_id.empty() && body.html.find("cid:" + attachment.content_id) != std::string::npos;
    attachment.is_inline = part.disposition.value == "inline" || cited ||
                           (is_related(structure, part) && !part.is_attachment() && !attachment.content_id.empty());
    attachments.push_back(std::move(attachment));
  }
  return attachments;
}

}  // namespace leadmail::mail::message
