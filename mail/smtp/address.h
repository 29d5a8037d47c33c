// Which addresses may stand in MAIL FROM and RCPT TO, and how they are written there. Pure. Refuses whatever could be
// read as more than one address or as a command.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace leadmail::mail::smtp {

/// Whether `address` is a local part (at most 64 octets), `@` and a domain or address literal (at most 255), with no
/// control character, space, `<`, `>` or second `@`; quotes balanced; UTF-8 allowed. RFC 5321 §4.1.2, RFC 6531 §3.3
bool is_addr_spec(std::string_view address);

/// The address as a server gets it: the domain in ASCII (RFC 5891 §4.4), so that only a local part can need SMTPUTF8.
/// Nothing when it is no address, or its domain cannot be written so.
std::optional<std::string> wire_address(std::string_view address);

}  // namespace leadmail::mail::smtp
