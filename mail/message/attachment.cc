#include "mail/message/attachment.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

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
constexpr std::size_t kMostReadings = 3;  // of each byte of the message: messages stand in messages

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

/// An invitation, or what becomes of one, and no answer to one: its reader puts it into his calendar. RFC 6047 §2.4
bool is_invitation(const Part& part) {
  static constexpr std::array<std::string_view, 4> kMethods{"request", "publish", "add", "cancel"};
  return part.is("text/calendar") &&
         std::find(kMethods.begin(), kMethods.end(), ascii::lower(part.type.get("method"))) != kMethods.end();
}

bool is_attached(const Part& part, bool shown) {
  if (part.is_multipart() || (part.is_smime() && !part.children.empty())) return false;
  const bool named = !declared_name(part).empty();
  if (part.is_attachment() || named || is_invitation(part)) return true;
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

/// Parts that are nested too deep, and all around them: whoever gets them from us shall not have to read them either.
std::vector<bool> beyond_limits(const Structure& structure) {
  std::vector<bool> beyond(structure.parts.size());
  for (std::size_t i = 0; i < structure.parts.size(); ++i) {
    if (!structure.parts[i].flat) continue;
    for (std::size_t around = i; !beyond[around]; around = structure.parts[around].parent) beyond[around] = true;
  }
  return beyond;
}

bool is_related(const Structure& structure, const Part& part) {
  return part.depth > 0 && structure.parts[part.parent].is("multipart/related");
}

Attachment read_attachment(const Part& part, const ParseOptions& options) {
  Attachment attachment{.filename = safe_filename(declared_name(part)), .content_type = part.type.value};
  if (attachment.filename.empty() && is_invitation(part)) attachment.filename = "invite.ics";
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

/// What the HTML shows by "cid:" stands in the text. RFC 2392
void mark_cited(std::string_view html, std::vector<Attachment>& attachments) {
  std::unordered_multimap<std::string_view, Attachment*> named;
  for (Attachment& attachment : attachments) {
    if (!attachment.content_id.empty()) named.emplace(attachment.content_id, &attachment);
  }
  if (named.empty()) return;
  for (std::size_t at = html.find("cid:"); at != std::string_view::npos; at = html.find("cid:", at)) {
    at += 4;
    const auto id = html.substr(at, std::min(html.find_first_of("\"'<>() \t\r\n", at), html.size()) - at);
    const auto [first, last] = named.equal_range(id);
    for (auto cited = first; cited != last; ++cited) cited->second->is_inline = true;
    named.erase(first, last);
    at += id.size();
  }
}

// Google sends an invitation twice: to be shown, and as a file for programs that do not.
void drop_copies_of_files(std::vector<Attachment>& attachments) {
  std::unordered_set<std::string> files;
  for (const Attachment& attachment : attachments) {
    if (attachment.content_type == "application/ics") files.insert(attachment.sha256);
  }
  std::erase_if(attachments, [&](const Attachment& shown) {
    return shown.content_type == "text/calendar" && files.contains(shown.sha256);
  });
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

bool Attachments::add(Attachment attachment, const Limits& limits) {
  left_out = left_out || all.size() >= limits.parts;
  if (left_out) return false;
  all.push_back(std::move(attachment));
  return true;
}

Attachments read_attachments(const Structure& structure, const Body& body, const ParseOptions& options) {
  Attachments found;
  const auto opaque = beyond_limits(structure);
  std::size_t left = kMostReadings * structure.parts.front().raw.size();
  for (std::size_t i = 0; i < structure.parts.size(); ++i) {
    const Part& part = structure.parts[i];
    if (!is_attached(part, is_shown(body, i)) || is_inside_file(structure, i)) continue;
    if (part.body.size() > left) {
      found.left_out = true;
      continue;
    }
    left -= part.body.size();
    if (!found.add(read_attachment(part, options), options.limits)) break;
    Attachment& attachment = found.all.back();
    if (opaque[i]) attachment.content_type = "application/octet-stream";
    attachment.is_inline = part.disposition.value == "inline" ||
                           (is_related(structure, part) && !part.is_attachment() && !attachment.content_id.empty());
  }
  drop_copies_of_files(found.all);
  mark_cited(body.html, found.all);
  return found;
}

}  // namespace leadmail::mail::message
