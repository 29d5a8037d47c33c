// Tries a mailbox as the daemon will use it, before there is a config: both logins, IDLE, plus-addresses, who testifies
// about senders, whether the server keeps what it sends. Sends one or two mails to the mailbox itself and takes them
// away again; touches no other mail.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/admin/findings.h"
#include "daemon/admin/testimony.h"
#include "mail/net/account.h"

namespace leadmail::daemon::admin {

struct TrialAccount {
  std::string address{};
  mail::net::Server imap{};
  mail::net::Server smtp{};
  mail::net::Login login{};
  std::string inbox{"INBOX"};
  std::string known_authserv{};  ///< of the provider
  std::string password_hint{};   ///< what the provider wants as a password
  /// What to do about a login that is refused, by the server's words; without it, by the hint.
  std::function<std::string(bool smtp, std::string_view words)> advice{};
};

struct Trial {
  bool usable = false;            ///< both logins worked
  bool password_refused = false;  ///< a login failed by its password, so that another may do
  bool idle = false;
  std::optional<bool> plus_addressing{};  ///< nothing: it could not be told
  std::optional<bool> keeps_sent{};       ///< the server itself files what it sends
  std::string sent{};                     ///< the folder; empty: none was found
  std::vector<std::string> folders{};     ///< all of them, UTF-8
  Testimony testimony{};
  std::vector<std::string> own_names{};               ///< who testified on our own mail
  std::optional<std::chrono::seconds> clock_ahead{};  ///< of ours before the server's, when our mail arrived
  std::vector<Finding> findings{};
};

struct TrialLimits {
  std::chrono::seconds arrival{60};  ///< for a mail of ours to come back
  std::chrono::seconds filing{10};   ///< after that, for its copy in Sent
  std::chrono::seconds taking{60};   ///< and for a daemon to take it
};

/// Whether a running daemon has taken the mail with that Message-ID (without <>); empty where none runs.
using DaemonHas = std::function<bool(const std::string& message_id)>;

/// Blocks until all is tried or in vain; `tell` hears each finding at once.
Trial try_mailbox(const TrialAccount& account, const TrialLimits& limits,
                  const std::function<void(const Finding&)>& tell, const DaemonHas& daemon_has = {});

}  // namespace leadmail::daemon::admin
