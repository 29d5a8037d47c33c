// How the login of a mailbox by token is doing: for status, doctor and metrics. Plain values; no secret is among them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace leadmail::daemon {

struct LoginState {
  enum class Standing {
    unknown,        ///< nobody has asked for a token yet
    good,           ///< there is a token
    waiting,        ///< the token server is in trouble; asked again
    missing,        ///< nobody has logged in yet: `leadmail login`
    revoked,        ///< the provider does not let us in any more: `leadmail login`
    misconfigured,  ///< the client, its secret or the scope is wrong
  };
  std::string mailbox{};
  Standing standing = Standing::unknown;
  std::string trouble{};              ///< what the token server said, and what to do; "" when all is well
  Time since{};                       ///< of this standing
  std::optional<Time> fetched{};      ///< when the last token came
  std::optional<Time> token_ends{};   ///< and until when it is good
  std::optional<Time> login_ends{};   ///< a person has to log in again before; where the provider says so
  std::optional<Time> secret_ends{};  ///< of the client's secret (`secret_expires`) or certificate
  std::uint64_t tokens = 0;           ///< fetched since the start
  std::uint64_t failures = 0;         ///< attempts that brought none, since the start
};

/// "good", "revoked", …: for JSON and metrics.
constexpr std::string_view name(LoginState::Standing standing) {
  using Standing = LoginState::Standing;
  switch (standing) {
    case Standing::unknown: return "unknown";
    case Standing::good: return "good";
    case Standing::waiting: return "waiting";
    case Standing::missing: return "missing";
    case Standing::revoked: return "revoked";
    case Standing::misconfigured: return "misconfigured";
  }
  return "unknown";
}

/// A person has to do something; waiting does not help.
constexpr bool needs_person(LoginState::Standing standing) {
  using Standing = LoginState::Standing;
  return standing == Standing::missing || standing == Standing::revoked || standing == Standing::misconfigured;
}

}  // namespace leadmail::daemon
