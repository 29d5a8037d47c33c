// Keeps one mailbox under watch for ever: INBOX and Sent, each on a connection of its own, and comes back after every
// trouble, politely. Knows neither ledger nor leads: see Intake. One mailbox's trouble never touches another's.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "mail/imap/attempt.h"
#include "mail/imap/intake.h"
#include "mail/imap/session.h"
#include "mail/net/connection.h"

namespace leadmail::mail::imap {

struct WatchOptions {
  std::string mailbox{};  ///< its name in the config, for reports
  net::Server server{};
  std::string inbox = "INBOX";
  std::string sent = "Sent";            ///< looked for by its special use and its usual names when it does not exist;
                                        ///< empty: not watched
  std::chrono::seconds idle_time{540};  ///< one IDLE. RFC 2177 allows 29 minutes; NATs forget after 5 to 10
  std::chrono::seconds sweep{300};      ///< look afresh whatever IDLE says
  std::chrono::seconds poll{60};        ///< where there is no IDLE
  std::uint32_t look_back = 200;        ///< UIDs below the cursor that a sweep lists again
  std::chrono::seconds count{86400};    ///< compare the whole folder with what is known, so often; 0: never
  std::chrono::seconds first_count{3600};  ///< and so long after the first connection
  SessionOptions session{};
};

/// Whether the login has changed since LoginSource was asked last: then a refused one is tried anew at once. Asked
/// twice a minute while a login is refused; must not block.
using LoginChanged = std::function<bool()>;

class MailboxWatcher {
 public:
  /// All references outlive it. `random` gives numbers from 0 up to but not including 1.
  MailboxWatcher(WatchOptions options, LoginSource login, net::Connector& connector, net::Clock& clock,
                 std::function<double()> random, Intake& intake, LoginChanged changed = {});
  ~MailboxWatcher();
  MailboxWatcher(const MailboxWatcher&) = delete;
  MailboxWatcher& operator=(const MailboxWatcher&) = delete;

  /// Watches until stop(); returns when both connections are closed.
  awaitable<void> run();

  /// Takes all that is there in INBOX and Sent, commits it and returns; the Error says what could not be read.
  awaitable<Result<void>> once();

  /// Ends the wait after trouble, if there is one: what was in the way may be gone. On the event loop.
  void try_now();

  /// Something of this folder that the intake had queued could not be kept after all: ends the connection, with this
  /// for its trouble, and comes back as after any other. On the event loop.
  void not_kept(const std::string& folder, const Error& why);

  /// Makes run() log out and return: at once when idle, otherwise after the message under way; within a second where
  /// the server does not answer. On the event loop. An attempt to connect ends only when its Connector gives it up.
  void stop();

 private:
  struct Watch;
  std::unique_ptr<Watch> watch_;
};

}  // namespace leadmail::mail::imap
