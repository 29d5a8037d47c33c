// Keeps one mailbox's access token: fetched before it ends, by one thread at a time whoever asks, and a refresh token
// that the provider exchanged is durable before the new access token is used. Access tokens stand in memory only.
// Decides nothing about when a refused login is tried again: see mail/imap/pace.h and the sender's back-off.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "daemon/config.h"
#include "daemon/login_state.h"
#include "daemon/token_fetch.h"
#include "daemon/token_file.h"
#include "mail/net/account.h"

namespace leadmail::daemon {

/// What a keeper has of the world.
struct KeeperWorld {
  Post post{};
  std::function<Time()> now{};
  std::function<double()> chance{};    ///< from 0 up to 1
  std::function<bool()> is_stopped{};  ///< a fetch that is going on is given up
};

class TokenKeeper {
 public:
  TokenKeeper(std::string mailbox, std::string keys_folder, KeeperWorld world);

  /// The login now, if it is there already: never blocks for a server.
  std::optional<mail::net::Login> ready(const MailboxConfig& mailbox, bool refused) const;

  /// The login; fetched where there is none that is usable, which blocks for half a minute at most. `refused`: the mail
  /// server refused the last one, so one is fetched afresh, at most once a minute. Error (retry): the token server is
  /// in trouble; (give_up): a person has to do something, and the words say what: "invalid_grant" among them where a
  /// login is to be done.
  Result<mail::net::Login> login(const MailboxConfig& mailbox, bool refused);

  /// To be called now and then: fetches the next token before the last one ends, and looks whether somebody has logged
  /// in. True: what was in the way is gone, or may be.
  bool tend(const MailboxConfig& mailbox);

  [[nodiscard]] LoginState state() const;

 private:
  struct Held {
    std::string access{};
    Time usable_until{};
    Time refresh_at{};
  };
  struct Failure {
    Error error{};
    Time until{};  ///< the same is answered without asking, until then
  };

  Result<mail::net::Login> fetch(const MailboxConfig& mailbox);
  Result<StoredLogin> stored_for(const OAuth2Config& oauth2);
  Result<void> keep_exchanged(StoredLogin login, const mail::net::Token& token);
  Result<mail::net::Login> take(const MailboxConfig& mailbox, const mail::net::Token& token);
  Error fail(LoginState::Standing standing, Error error, std::chrono::seconds pause);
  Error refused_by_server(const mail::net::TokenRefusal& refusal);
  std::optional<mail::net::Login> held_login(const MailboxConfig& mailbox, bool refused) const;
  void stand(LoginState::Standing standing, std::string trouble);
  void look_at_secret(const MailboxConfig& mailbox);
  void forget_when_changed(const MailboxConfig& mailbox);

  const std::string mailbox_;
  const std::string keys_folder_;
  const KeeperWorld world_;

  std::mutex fetching_{};                  ///< held while a server is asked
  std::optional<StoredLogin> unstored_{};  ///< exchanged by the provider, and not on the disk yet
  std::string exchanged_{};                ///< the refresh token that it stands for
  OAuth2Config config_{};                  ///< of the last fetch

  mutable std::mutex mutex_{};  ///< of what follows; never held while anything is waited for
  Held held_{};
  std::optional<Failure> failure_{};
  std::string stamp_{};  ///< of the file when it was read last
  bool recovered_ = false;
  Time secret_looked_at_{};
  Time forced_at_{};  ///< when a token was fetched because a mail server refused the last one
  LoginState state_{};
};

}  // namespace leadmail::daemon
