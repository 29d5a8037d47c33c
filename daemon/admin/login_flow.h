// A person's login at the provider: by a code on any device (RFC 8628), or by a browser that comes back to this machine
// (RFC 8252, RFC 7636). Says what is to be done, waits for it, and answers with the tokens. Stores nothing.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "core/base/result.h"
#include "daemon/config.h"
#include "daemon/token_fetch.h"
#include "mail/net/token_answer.h"

namespace leadmail::daemon::admin {

/// What the person has to do now.
struct LoginTask {
  std::string url{};           ///< to be opened in a browser
  std::string code{};          ///< to be typed there; "" for a browser that comes back
  std::string complete_url{};  ///< the same with the code in it; may be empty
  std::uint16_t port = 0;      ///< where the browser comes back
  std::chrono::seconds life{0};
};

struct LoginWorld {
  Post post{};
  std::function<void(const LoginTask&)> tell{};
  std::function<void(std::chrono::milliseconds)> wait{};  ///< between questions
  std::function<Time()> now{};
  bool from_input = true;  ///< the address that the browser came to may be typed
};

/// Blocks until the person has logged in or not. Error (retry): trouble, or nobody did in time; (give_up): it was
/// declined, or the config is not right; with what to do where that is known.
Result<mail::net::Token> log_in_by_device(const OAuth2Config& oauth2, const LoginWorld& world);
Result<mail::net::Token> log_in_by_browser(const OAuth2Config& oauth2, const std::string& user,
                                           const LoginWorld& world);

}  // namespace leadmail::daemon::admin
