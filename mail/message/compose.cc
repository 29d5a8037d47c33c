#include "mail/message/compose.h"

#include <algorithm>
#include <array>
#include <span>

#include "mail/message/ascii.h"
#include "mail/message/encode_body.h"
#include "mail/message/encode_header.h"
#include "mail/message/sha256.h"
#include "mail/message/transfer.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

// A part with its header: everything that stands between two boundaries. `prefix` is the header, ends with CRLF.
struct Part {
  std::string fields;
  std::string body;  // ends with CRLF

  [[nodiscard]] std::string bytes() const { return fields + "\r\n" + body; }
};

Part text_part(string_view type, string_view text, string_view parameters = {}) {
  auto [encoding, bytes] = encode_text(text);
  return {"Content-Type: " + std::string(type) + "; charset=utf-8" + std::string(parameters) +
              "\r\nContent-Transfer-Encoding: " + encoding + "\r\n",
          std::move(bytes)};
}

bool is_token(string_view text) {
  return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
    return c > 0x20 && c < 0x7f && string_view("()<>@,;:\\\"/[]?=").find(c) == string_view::npos;
  });
}

// The type as the caller names it, unless it is none, or one that base64 is forbidden for. RFC 2046 §5.1, §5.2
std::string safe_type(string_view type) {
  const auto slash = type.find('/');
  const bool whole = slash != string_view::npos && is_token(type.substr(0, slash)) && is_token(type.substr(slash + 1));
  if (!whole || ascii::starts_with(type, "multipart/") || ascii::starts_with(type, "message/"))
    return "application/octet-stream";
  return ascii::lower(type);
}

/// Lines of at most 998 octets of ASCII, each ended by CRLF. RFC 2045 §2.7
bool is_7bit(string_view bytes) {
  constexpr std::size_t kLongestLine = 998;
  while (!bytes.empty()) {
    const auto end = bytes.find("\r\n");
    if (end > kLongestLine) return false;  // or there is none
    const auto line = bytes.substr(0, end);
    if (!std::all_of(line.begin(), line.end(), [](char c) { return c > 0 && c != '\r' && c != '\n'; })) return false;
    bytes.remove_prefix(end + 2);
  }
  return true;
}

/// A whole mail, as it is. RFC 2046 §5.2.1
Part mail_part(const Attachment& attachment) {
  const auto name = clean_text(attachment.filename);
  Part part;
  part.fields = "Content-Type: message/rfc822\r\nContent-Disposition: attachment" +
                (name.empty() ? "" : parameter("filename", name)) + "\r\n";
  part.body = attachment.content;
  return part;
}

Part attachment_part(const Attachment& attachment, bool related) {
  if (ascii::same(attachment.content_type, "message/rfc822") && !attachment.content.empty() &&
      is_7bit(attachment.content))
    return mail_part(attachment);
  const auto name = clean_text(attachment.filename);
  Part part;
  part.fields =
      "Content-Type: " + safe_type(attachment.content_type) + (name.empty() ? "" : parameter("name", name)) + "\r\n";
  part.fields += "Content-Transfer-Encoding: base64\r\n";
  part.fields += std::string("Content-Disposition: ") + (related ? "inline" : "attachment") +
                 (name.empty() ? "" : parameter("filename", name)) + "\r\n";
  if (related) part.fields += id_field("Content-ID", std::array{attachment.content_id});
  part.body = encode_base64(attachment.content);
  return part;
}

// Derived from the Message-ID, so that every attempt has the same bytes. "=_" occurs neither in base64 nor in
// quoted-printable; plain text could hold anything, so it is looked at.
std::string boundary_for(string_view message_id, string_view kind, std::span<const Part> parts) {
  constexpr std::size_t kHexDigits = 32;
  for (int attempt = 0;; ++attempt) {
    const auto boundary =
        "=_" + sha256_hex(std::string(message_id) + ' ' + std::string(kind) + ' ' + std::to_string(attempt))
                   .substr(0, kHexDigits);
    const bool occurs = std::any_of(parts.begin(), parts.end(),
                                    [&](const Part& part) { return part.body.find(boundary) != std::string::npos; });
    if (!occurs) return boundary;
  }
}

Part multipart(string_view subtype, string_view message_id, std::span<const Part> parts, string_view parameters = {}) {
  const auto boundary = boundary_for(message_id, subtype, parts);
  Part whole;
  whole.fields = "Content-Type: multipart/" + std::string(subtype) + std::string(parameters) + ";\r\n boundary=\"" +
                 boundary + "\"\r\n";
  for (const auto& part : parts) whole.body += "--" + boundary + "\r\n" + part.bytes();
  whole.body += "--" + boundary + "--\r\n";
  return whole;
}

bool is_related(const Attachment& attachment) { return attachment.is_inline && !attachment.content_id.empty(); }

// mixed{ alternative{ plain, related{ html, images }, calendar }, attachments, invite.ics }: only as much of it as is
// needed. RFC 6047 §2.4
Part content(const Draft& draft) {
  const auto method = is_token(draft.calendar_method) ? draft.calendar_method : std::string("REQUEST");
  std::vector<Part> readings{text_part("text/plain", draft.text)};
  if (!draft.html.empty()) {
    std::vector<Part> page{text_part("text/html", draft.html)};
    for (const auto& attachment : draft.attachments)
      if (is_related(attachment)) page.push_back(attachment_part(attachment, true));
    readings.push_back(page.size() == 1 ? page.front()
                                        : multipart("related", draft.message_id, page, "; type=\"text/html\""));
  }
  if (!draft.calendar.empty()) readings.push_back(text_part("text/calendar", draft.calendar, "; method=" + method));

  std::vector<Part> all{readings.size() == 1 ? readings.front() : multipart("alternative", draft.message_id, readings)};
  for (const auto& attachment : draft.attachments)
    if (draft.html.empty() || !is_related(attachment)) all.push_back(attachment_part(attachment, false));
  if (!draft.calendar.empty()) {
    Attachment invite;
    invite.filename = "invite.ics";
    invite.content_type = "application/ics";
    invite.content = draft.calendar;
    all.push_back(attachment_part(invite, false));
  }
  return all.size() == 1 ? all.front() : multipart("mixed", draft.message_id, all);
}

std::string date_text(Time time, std::chrono::minutes offset) {
  using namespace std::chrono;
  constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto local = time + offset;
  const auto day = floor<days>(local);
  const year_month_day date(day);
  const hh_mm_ss clock(local - day);
  const auto two = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const auto east = offset.count() < 0 ? -offset.count() : offset.count();
  return std::string(kDays[weekday(day).c_encoding()]) + ", " + two(static_cast<unsigned>(date.day())) + ' ' +
         kMonths[static_cast<unsigned>(date.month()) - 1] + ' ' + std::to_string(static_cast<int>(date.year())) + ' ' +
         two(clock.hours().count()) + ':' + two(clock.minutes().count()) + ':' + two(clock.seconds().count()) +
         (offset.count() < 0 ? " -" : " +") + two(east / 60) + two(east % 60);
}

// The oldest four say what the conversation began with, the last six where it stands; between them nobody looks.
std::vector<std::string> shortened(const std::vector<std::string>& references) {
  constexpr std::ptrdiff_t kFirst = 4, kLast = 6;
  if (std::ssize(references) <= kFirst + kLast) return references;
  std::vector<std::string> kept(references.begin(), references.begin() + kFirst);
  kept.insert(kept.end(), references.end() - kLast, references.end());
  return kept;
}

// A field of the caller's; not one that compose writes itself, and none whose name is no name. RFC 5322 §2.2
bool is_extra(string_view name) {
  constexpr auto kOurs = std::to_array<string_view>(
      {"Date", "From", "Sender", "To", "Cc", "Bcc", "Reply-To", "Subject", "Message-ID", "In-Reply-To", "References",
       "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID"});
  const bool spelled = !name.empty() && name.size() <= 70 &&
                       std::all_of(name.begin(), name.end(), [](char c) { return c > 0x20 && c < 0x7f && c != ':'; });
  return spelled && std::none_of(kOurs.begin(), kOurs.end(), [&](string_view ours) { return ascii::same(ours, name); });
}

}  // namespace

Result<std::string> compose(const Draft& draft) {
  if (draft.from.address.empty()) return Error{Next::give_up, "a mail without From"};
  const auto is_nowhere = [](const Address& address) { return address.address.empty(); };
  if (draft.to.empty() && draft.cc.empty()) return Error{Next::give_up, "a mail without recipient"};
  if (std::ranges::any_of(draft.to, is_nowhere) || std::ranges::any_of(draft.cc, is_nowhere))
    return Error{Next::give_up, "a recipient without an address"};

  std::string mail = "Date: " + date_text(draft.date, draft.date_offset) + "\r\n";
  auto from = address_field("From", std::span(&draft.from, 1));
  if (!from) return std::move(from.error());
  mail += *from;
  if (!draft.to.empty()) mail += recipients_field("To", draft.to);
  if (!draft.cc.empty()) mail += recipients_field("Cc", draft.cc);
  if (!draft.reply_to.empty()) {
    auto reply_to = address_field("Reply-To", draft.reply_to);
    if (!reply_to) return std::move(reply_to.error());
    mail += *reply_to;
  }
  mail += text_field("Subject", draft.subject);
  mail += id_field("Message-ID", std::array{draft.message_id});
  mail += id_field("In-Reply-To", draft.in_reply_to);
  mail += id_field("References", shortened(draft.references));
  for (const auto& [name, value] : draft.extra)
    if (is_extra(name)) mail += text_field(name, value);
  mail += "MIME-Version: 1.0\r\n";
  return mail + content(draft).bytes();
}

std::string text_of_composed(string_view bytes) {
  constexpr string_view kType = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ";
  constexpr string_view kBoundary = "boundary=\"";
  const auto type = bytes.find(kType);
  const auto begin = type == string_view::npos ? type : bytes.find("\r\n\r\n", type);
  if (begin == string_view::npos) return {};
  const auto encoding =
      bytes.substr(type + kType.size(), bytes.find("\r\n", type + kType.size()) - type - kType.size());

  auto body = bytes.substr(begin + 4);
  // The text is the first part of the innermost multipart, if it is a part at all.
  if (const auto named = bytes.substr(0, type).rfind(kBoundary); named != string_view::npos) {
    const auto name = bytes.substr(named + kBoundary.size());
    const auto end = body.find("\r\n--" + std::string(name.substr(0, name.find('"'))));
    if (end == string_view::npos) return {};
    body = body.substr(0, end + 2);
  }
  auto text = decode(body, read_encoding(encoding));
  std::erase(text, '\r');
  return text;
}

}  // namespace leadmail::mail::message
