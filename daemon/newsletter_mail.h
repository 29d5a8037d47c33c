// What a newsletter has that no other mail of ours has: its way out. RFC 2369, RFC 8058
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/leads/rules.h"
#include "mail/message/compose.h"

namespace leadmail::daemon {

/// "mailto:sales+<token>@acme.example?subject=unsubscribe": mail to it ends newsletters. Where the mailbox has no
/// plus-addressing the token stands in the subject.
std::string newsletter_unsubscribe(const leads::Mailbox& mailbox, LeadId lead, std::string_view token);

/// The page with that link, where it stands as text, as one to tap on; what is shown of it is `shown`. One that the
/// company's own HTML has put into an attribute stays as it is.
std::string with_tappable(std::string html, std::string_view link, std::string_view shown);

/// List-Unsubscribe with that link and, when the company has an https address for it, one-click unsubscription: the
/// address gets the token as "u" and has to mail it on, for we serve no web. Precedence keeps other machines from
/// answering.
std::vector<mail::message::Field> newsletter_headers(std::string_view link, std::string_view url,
                                                     std::string_view token);

}  // namespace leadmail::daemon
