// Addresses as the book compares them, and what a domain says about its owner. No parsing of header fields: what comes
// here is an addr-spec already.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::leads {

/// ASCII letters in lower case, all else as it is.
std::string to_lower(std::string_view text);

/// What stands behind the last "@", in lower case; "" without one.
std::string domain_of(std::string_view address);

/// What stands before the last "@"; all of it without one.
std::string_view local_part_of(std::string_view address);

/// Domain in lower case, local part as it is: how the book keeps addresses. RFC 5321 §2.4
std::string with_lower_domain(std::string_view address);

/// "sales+x@acme.example" -> "sales@acme.example", all in lower case: for our own addresses only.
std::string without_tag(std::string_view address);

/// The tag of a plus-address as written: "x"; "" when there is none. RFC 5233 §4
std::string_view tag_of(std::string_view address);

}  // namespace leadmail::leads
