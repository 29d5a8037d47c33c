// What a person's login left behind: the refresh token of one mailbox, a file in keys/, never in the book, a backup or
// a log. Written by `leadmail login` and, where the provider exchanges tokens, by the daemon; neither ever undoes what
// the other has just written.
#pragma once

#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/base/time.h"

namespace leadmail::daemon {

struct StoredLogin {
  std::string refresh_token{};
  std::string client_id{};  ///< whom it was given to; it is of no use to another one
  std::string token_endpoint{};
  Time logged_in{};            ///< when the person did
  std::optional<Time> ends{};  ///< where the provider says; a person has to log in before
  bool operator==(const StoredLogin&) const = default;
};

/// Its file: "oauth2-sales" in the folder of keys.
std::string token_path(const std::string& keys_folder, const std::string& mailbox);

/// Nothing: nobody has logged in yet. Error (stop): others can read it, or it is damaged; it names the file.
Result<std::optional<StoredLogin>> read_login_token(const std::string& keys_folder, const std::string& mailbox);

/// Puts it there, whatever was there; durable when this returns.
Result<void> store_login_token(const std::string& keys_folder, const std::string& mailbox, const StoredLogin& login);

/// The same, only while `before` still is what stands there. False: somebody has logged in anew meanwhile.
Result<bool> exchange_login_token(const std::string& keys_folder, const std::string& mailbox, const std::string& before,
                                  const StoredLogin& login);

}  // namespace leadmail::daemon
