// The daemon's two ways of running: for ever, and once. Both wire watchers, reminders and senders, which meet in the
// book.
#pragma once

#include <string>

#include "daemon/engine.h"

namespace leadmail::daemon {

/// Until SIGTERM or SIGINT; SIGHUP reads the config again or keeps the old one. Answers the exit status: 0, or 1 when
/// the book can't be trusted any more.
int run_daemon(Engine& engine, const std::string& config_path);

/// Takes what is in the mailboxes, runs what is due, flushes the outbox once. 0, or 1 when a mailbox could not be
/// reached or a mail could not be tried.
int run_once(Engine& engine);

}  // namespace leadmail::daemon
