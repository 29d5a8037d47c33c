// A token for a mailbox, by whatever its grant needs: the words for the person who has to log in, and what comes of it.
// Used by `login` and by `init`. Stores nothing.
#pragma once

#include "core/base/result.h"
#include "daemon/admin/desk.h"
#include "daemon/config.h"
#include "daemon/token_file.h"
#include "mail/net/token_answer.h"

namespace leadmail::daemon::admin {

/// Blocks until the person has logged in. Error: see login_flow.h; also when the provider gave no refresh token, for
/// then the login would end within the hour.
Result<mail::net::Token> get_token(const Desk& desk, const OAuth2Config& oauth2, const std::string& user);

/// What is to be kept of it, where a person had to log in.
StoredLogin stored_login(const OAuth2Config& oauth2, const mail::net::Token& token);

}  // namespace leadmail::daemon::admin
