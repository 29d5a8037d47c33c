// What came of trying to connect, as trouble that says when to come back.
#pragma once

#include "mail/imap/trouble.h"
#include "mail/net/connection.h"

namespace leadmail::mail::imap {

/// Of an attempt that failed.
Diagnosis diagnose(const net::Attempt& attempt);

}  // namespace leadmail::mail::imap
