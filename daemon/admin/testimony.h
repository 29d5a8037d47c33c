// Whose Authentication-Results stand on the mail of a mailbox, judged from mail that is there. Pure. Careful: anybody
// may send a mail with such a field in it, but a server that writes one puts it above all that came with the mail, and
// on nearly every mail. RFC 8601 §4, §5
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message/message.h"

namespace leadmail::daemon::admin {

struct Testimony {
  std::vector<std::string> trusted{};  ///< for trusted_authserv; empty: commands by mail could not be believed
  std::size_t from_outside = 0;        ///< mails of other domains that were looked at
  std::size_t signed_by_it = 0;        ///< those whose topmost field is of one that is trusted
  std::size_t confirmed = 0;           ///< those whose sender it confirms
  std::string why_none{};              ///< when `trusted` is empty
};

/// `recent` are identities of mail in the inbox, `own_domain` the mailbox's, `known` what is known of the provider.
/// Names are believed when the topmost fields of at least four in five mails from three other domains or more belong to
/// one organisation; at most eight of them, the most frequent first.
Testimony who_testifies(std::span<const mail::message::Identity> recent, std::string_view own_domain,
                        std::string_view known);

/// The names on a mail that we sent ourselves, with a Message-ID that nobody could know: all of them are the
/// provider's.
std::vector<std::string> testified_on(const mail::message::Identity& own);

}  // namespace leadmail::daemon::admin
