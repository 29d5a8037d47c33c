// What token servers say (RFC 6749 §5, RFC 8628 §3), read with limits and sorted by what the caller does next. Pure:
// the bytes are somebody else's. Refuses anything that could not be a token, and never puts one into an Error.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace leadmail::mail::net {

/// An answer as it came over HTTP.
struct HttpAnswer {
  int status = 0;
  std::string body{};                                 ///< at most kLongestAnswer
  std::optional<std::chrono::seconds> retry_after{};  ///< RFC 9110 §10.2.3; at most an hour
};

inline constexpr std::size_t kLongestAnswer = 64UL * 1024;
inline constexpr std::size_t kLongestToken = 16UL * 1024;

/// What an answer without a token means for when to ask again.
enum class TokenTrouble {
  pending,        ///< authorization_pending: the person has not answered yet. RFC 8628 §3.5
  slow_down,      ///< the same, and we ask too often
  declined,       ///< access_denied: the person said no
  expired,        ///< expired_token: nobody answered in time
  revoked,        ///< invalid_grant and its like: somebody has to log in again
  misconfigured,  ///< the client, its secret or the scope is wrong: a person has to change something
  busy,           ///< the server or the way to it: try again with back-off
};

/// "pending", "revoked", …: for logs and tests.
std::string_view name(TokenTrouble trouble);

/// Why there is no token, in words without secrets.
struct TokenRefusal {
  TokenTrouble trouble = TokenTrouble::busy;
  std::string words{};   ///< "invalid_grant: AADSTS70043 …": printable ASCII, at most 400 octets
  std::string advice{};  ///< what to do about it, where the words are known; may be empty
  std::optional<std::chrono::seconds> retry_after{};
};

struct Token {
  std::string access{};
  std::string refresh{};                               ///< empty: the one that was used stays valid
  std::chrono::seconds life{0};                        ///< of `access`; an hour where the server does not say
  std::optional<std::chrono::seconds> refresh_life{};  ///< of `refresh`, where the server says
  std::string scope{};                                 ///< what was granted; empty: what was asked for
};

/// One of the two.
struct TokenAnswer {
  std::optional<Token> token{};
  TokenRefusal refusal{};
};

/// The answer of a token endpoint. Members of the wrong type, tokens with spaces, controls or more than kLongestToken
/// octets, and a token_type other than Bearer make it an answer that is none (busy).
TokenAnswer read_token_answer(const HttpAnswer& answer);

/// What a person has to do on another device. RFC 8628 §3.2
struct DeviceCode {
  std::string device_code{};
  std::string user_code{};         ///< printable ASCII
  std::string verification_uri{};  ///< https, or http on loopback
  std::string complete_uri{};      ///< with the code in it; may be empty
  std::chrono::seconds life{0};
  std::chrono::seconds interval{5};
};

struct DeviceAnswer {
  std::optional<DeviceCode> code{};
  TokenRefusal refusal{};
};

/// The answer of a device authorization endpoint.
DeviceAnswer read_device_answer(const HttpAnswer& answer);

/// When to fetch the next one, counted from when this one came: at 80 % of its life, up to a twentieth of it earlier.
/// `chance` from 0 up to 1.
std::chrono::seconds refresh_after(std::chrono::seconds life, double chance);

/// Until when a token may be used for a new connection: not in its last minute, nor in its last fifth.
std::chrono::seconds usable_for(std::chrono::seconds life);

}  // namespace leadmail::mail::net
