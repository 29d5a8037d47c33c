// The header fields by which answering machines name themselves: vacation responders, shared mailboxes, help desks.
#pragma once

#include <string>
#include <string_view>

#include "mail/message/message.h"

namespace leadmail::mail::message {

/// The field that says that a machine answered, for people to read: "Auto-Submitted: auto-replied"; "" when there is
/// none. RFC 3834 §5, and the fields of older and other systems. X-Auto-Response-Suppress is not one of them: it asks
/// others not to answer by machine, and Outlook sets it on what people write.
std::string answering_machine(const Header& header);

/// The first word of a structured value, small letters, without its parameters and comments.
std::string keyword(std::string_view value);

/// "Name: value" for people: printable ASCII, at most 100 bytes of the value.
std::string shown_field(std::string_view name, std::string_view value);

}  // namespace leadmail::mail::message
