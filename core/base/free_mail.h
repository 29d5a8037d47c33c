// Mail providers whose customers share nothing but the domain: a table, for the mail and the leads alike.
#pragma once

#include <string_view>

namespace leadmail {

/// `domain` (lower case, as somebody registered it or below that: "gmail.com", "correo.yahoo.es") belongs to a provider
/// of mailboxes for anybody.
bool is_free_mail_domain(std::string_view domain);

}  // namespace leadmail
