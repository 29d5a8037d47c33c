// What a server's words of refusal mean for when we come back. A pure table; the words decide, not an error number.
#pragma once

#include <chrono>
#include <string_view>

namespace leadmail::mail::imap {

enum class Trouble {
  transient,    ///< network or server busy: back-off with jitter
  unreached,    ///< not a word came from the server: nobody was asked for a login, so we may soon try again
  capacity,     ///< too many connections: fewer of ours, and at least five minutes
  throttle,     ///< asked to wait, often for a stated time
  credentials,  ///< our login is refused: few tries, then an alert and one try an hour
  revoked,      ///< the provider has ended our login, no server need be asked: an alert at once, one try an hour
  admin,        ///< a person must act at the provider: alert with the words
  bug,          ///< our command was not understood: the connection is given up, the words are logged
};

/// "transient", "capacity", …: for logs and tests.
std::string_view name(Trouble trouble);

struct Diagnosis {
  Trouble trouble = Trouble::transient;
  std::chrono::milliseconds at_least{0};  ///< don't come back earlier

  bool operator==(const Diagnosis&) const = default;
};

/// Where the words were said: a refusal without a code means another thing at login than later.
enum class Moment { connecting, logging_in, in_session };

/// Sorts `words` (one line of a server or of libcurl, response code included) by response code first (RFC 5530 §3),
/// then by the phrases that large providers use. Anything unknown is transient, except at login: then it is
/// credentials.
Diagnosis diagnose(std::string_view words, Moment moment);

}  // namespace leadmail::mail::imap
