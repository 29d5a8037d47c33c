// What a new config means for the mailboxes of one that is in force: which go on untouched, which begin anew, and what
// can't be done without harm. Pure.
#pragma once

#include "core/base/result.h"
#include "daemon/config.h"

namespace leadmail::daemon {

/// A connection that was made by `before` serves `after` too: same servers, folders, login and pace.
bool watches_alike(const MailboxConfig& before, const MailboxConfig& after);

/// The same of sending.
bool sends_alike(const MailboxConfig& before, const MailboxConfig& after);

/// Error (give_up), with what to do instead: another file for the book; a mailbox under another name, for the book
/// knows its mail and its place in each folder by the name; an address that is gone, for answers to it would be
/// strangers' mail.
Result<void> may_follow(const Config& before, const Config& after);

}  // namespace leadmail::daemon
