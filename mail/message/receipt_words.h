// Receipts and complaints that carry no report part: what Exchange makes of a receipt on its way, and what abuse desks
// write by hand of a machine. Data, and one question each.
#pragma once

#include <string_view>

namespace leadmail::mail::message {

/// "Read: …", "Gelesen: …", "Not read: …" with the sentence that Outlook puts below it; the subject alone is a
/// person's.
bool is_receipt_text(std::string_view subject, std::string_view text);

/// "complaint about message from 192.0.2.1" and the like, or the fields of RFC 5965 in plain text.
bool is_complaint_text(std::string_view subject, std::string_view text);

}  // namespace leadmail::mail::message
