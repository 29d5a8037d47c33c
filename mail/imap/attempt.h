// Getting in: the login that is right now, the connection, and what came of it as trouble that says when to come back.
#pragma once

#include <functional>

#include "core/base/result.h"
#include "mail/imap/trouble.h"
#include "mail/net/connection.h"

namespace leadmail::mail::imap {

using net::awaitable;

/// The login to use now; asked before each connection. `refused`: the last one was, so a token should be fetched
/// afresh. Error: retry; or a person has to do something, and then the words say what.
using LoginSource = std::function<awaitable<Result<net::Login>>(bool refused)>;

/// Of an attempt that failed.
Diagnosis diagnose(const net::Attempt& attempt);

/// Of a login that could not be had.
Diagnosis diagnose_login(const Error& error);

/// What came of trying to get in.
struct Entry {
  net::Attempt attempt{};
  Diagnosis diagnosis{};  ///< of an attempt that failed
};

/// Asks for the login and connects. A token that the server refuses is fetched afresh once, and tried once more, before
/// it is anybody's trouble. `refused` remembers for the next time whether this one was. All references outlive it.
awaitable<Entry> get_in(net::Connector& connector, const net::Server& server, const LoginSource& login, bool& refused);

}  // namespace leadmail::mail::imap
