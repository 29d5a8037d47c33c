// Phone numbers as people write them, and the one spelling that machines dial: ITU-T E.164. A table of our own, for
// libphonenumber can't be installed beside Boost 1.81 and its metadata would cost every worker megabytes: we only need
// the calling code, the trunk prefix and how long a number is. A number that doesn't fit its region stays as written.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// "+5215512345678": of a number with its calling code ("+52 …", "0052 …", "+44 (0)20 …") alone, or with `region` (ISO
/// 3166, "MX"; "" when it is not known) of one without. "" when the number is none that can be dialled.
std::string to_e164(std::string_view written, std::string_view region = {});

/// A region whose numbers we know, in capitals.
bool is_region(std::string_view name);

/// The region of a country's domain: "MX" of "ana@acme.com.mx"; "" for .com and for those that anybody takes (.co, .io,
/// .tv …).
std::string_view region_of_domain(std::string_view address);

/// The region that the last words of a postal address name: "USA", "España", "Deutschland", "Denver, CO 80202"; "" when
/// they name none.
std::string_view region_of_postal_address(std::string_view line);

}  // namespace leadmail::mail::message
