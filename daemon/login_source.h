// The logins as the IMAP side asks for them: on the event loop, without ever blocking it.
#pragma once

#include <string>

#include "daemon/engine.h"
#include "mail/imap/attempt.h"

namespace leadmail::daemon {

/// Both outlive it. While a token is fetched the event loop stays at work.
mail::imap::LoginSource login_source(Engine& engine, std::string mailbox);

}  // namespace leadmail::daemon
