// Message -> bytes, ready for SMTP: strict CRLF, 7-bit, lines of at most 76 (text) and never more than 998 octets.
// Pure: date, Message-ID and boundary are given or derived from the Message-ID, so the same draft always gives the same
// bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/time.h"
#include "mail/message/message.h"

namespace leadmail::mail::message {

struct Draft {
  Address from{};
  std::vector<Address> to{};
  std::vector<Address> cc{};
  std::vector<Address> reply_to{};
  std::string subject{};
  std::string message_id{};  ///< without <>
  std::vector<std::string> in_reply_to{};
  std::vector<std::string> references{};  ///< oldest first; compose keeps the first 4 and the last 6
  Time date{};
  std::chrono::minutes date_offset{0};
  std::vector<Field> extra{};     ///< X-Leadmail-Lead, Auto-Submitted …: ASCII or encoded as unstructured text
  std::string text{};             ///< UTF-8, \n
  std::string html{};             ///< optional; makes multipart/alternative
  std::string calendar{};         ///< iCalendar object; adds text/calendar to the alternative, and invite.ics
  std::string calendar_method{};  ///< REQUEST, CANCEL …
  /// With content; is_inline && content_id make multipart/related. A message/rfc822 whose bytes may stand in a mail as
  /// they are stays one, so that a mail program can open it. RFC 2046 §5.2.1
  std::vector<Attachment> attachments{};
};

/// The bytes of the draft. Control characters, line breaks and bidi overrides never reach a header; a name or subject
/// that holds them is cleaned. A recipient's address that no field may hold is left out of it: who that is says the
/// envelope. Error (give_up): no recipient at all, one without an address, or a sender's that is no addr-spec. RFC
/// 5322, 2045-2047, 2231, 6047
Result<std::string> compose(const Draft& draft);

/// The text of a mail that compose() made, as the draft had it; "" of any other bytes. Only of our own bytes: whatever
/// comes from outside is for the confined worker.
std::string text_of_composed(std::string_view bytes);

/// One meeting or next contact, for an invitation. RFC 5545 §3.6.1, RFC 5546 §3.2
struct Invitation {
  std::string method{"REQUEST"};  ///< or CANCEL, or DECLINECOUNTER of a proposed `start`
  std::string uid{};              ///< stable over moves
  std::int64_t sequence = 0;      ///< rises with every change
  Time stamp{};
  Time start{};
  std::chrono::seconds length{1800};
  std::string zone{};  ///< IANA name; its VTIMEZONE is included
  std::string summary{};
  std::string description{};
  std::string location{};
  Address organizer{};  ///< the From of the mail
  Address attendee{};
};

/// The iCalendar object (CRLF, folded at 75 octets) that Gmail, Outlook, Apple and Thunderbird accept.
std::string to_icalendar(const Invitation& invitation);

/// A calendar to subscribe to, by that name: all of these, in UTC; nobody is named or asked for an answer.
/// RFC 5545 §3.4
std::string to_icalendar(const std::string& name, const std::vector<Invitation>& entries);

}  // namespace leadmail::mail::message
