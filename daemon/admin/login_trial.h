// Whether a token opens the mailbox: both logins and the inbox, without a mail being sent; and what administrators of
// Google and Microsoft most often forget, where it does not.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "daemon/admin/trial.h"
#include "daemon/config.h"

namespace leadmail::daemon::admin {

struct LoginTrial {
  bool works = false;
  bool refused = false;  ///< a server refused the token; else it was only the way there
  std::vector<Finding> findings{};
};

/// Blocks for a minute at most; `tell` hears each finding at once.
LoginTrial try_login(const MailboxConfig& mailbox, const mail::net::Login& login,
                     const std::function<void(const Finding&)>& tell);

enum class Service { imap, smtp };

/// What to do about a refused token, by the provider, the grant and the server's words. Pure.
std::string advice_on_refusal(const OAuth2Config& oauth2, Service service, std::string_view words);

}  // namespace leadmail::daemon::admin
