// Header fields as bytes that every server passes on unchanged: 7-bit, folded at 76 columns, one field whatever the
// text holds. RFC 5322 §2.2.3, RFC 2047, RFC 2231
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "mail/message/message.h"

namespace leadmail::mail::message {

/// Valid UTF-8 on one line: control characters and line breaks become a blank, bidi controls and zero-width characters
/// are dropped.
std::string clean_text(std::string_view text);

/// "Subject: …\r\n": `text` as unstructured text, cleaned; encoded words where it isn't plain ASCII, never cut inside a
/// character.
std::string text_field(std::string_view name, std::string_view text);

/// "To: …\r\n". Error (give_up): an address that is no addr-spec. Domains beyond ASCII are written in punycode. RFC
/// 5890
Result<std::string> address_field(std::string_view name, std::span<const Address> addresses);

/// The same for To and Cc, where people wrote the addresses themselves: one that no field may hold (a local part beyond
/// ASCII, RFC 6531) is named as a group without members, so that the mail stands and the server says of that recipient
/// what is wrong with him. RFC 5322 §3.4
std::string recipients_field(std::string_view name, std::span<const Address> addresses);

/// "References: <a> <b>\r\n", one id a line where they don't fit. Ids with blanks, controls, "<" or ">" are left out;
/// "" when none is left.
std::string id_field(std::string_view name, std::span<const std::string> ids);

/// `; name="value"`, or `; name*0*=UTF-8''…` pieces, each on its own folded line. RFC 2231 §3, §4
std::string parameter(std::string_view name, std::string_view value);

/// Is it "local@domain" as SMTP takes it without SMTPUTF8? RFC 5321 §4.1.2; at most 254 bytes.
bool is_addr_spec(std::string_view address);

}  // namespace leadmail::mail::message
