// When to come back after trouble: a pure schedule, so that a table can test hours of it.
#pragma once

#include <chrono>
#include <optional>

#include "mail/imap/trouble.h"

namespace leadmail::mail::imap {

/// Of one connection. Back-off of 5 s, doubled up to 10 minutes, of which a random part of up to a half is left out: so
/// a server that lets us in and drops us at once sees at most 20 logins an hour. Only a connection that lived for two
/// minutes starts the row afresh; a login that worked is no proof. Where the server was not even reached, 30 s are the
/// most: it costs nobody anything, and when the network is back leads are waiting.
class Pace {
 public:
  using Milliseconds = std::chrono::milliseconds;

  /// How long to wait after trouble. `lived`: how long the connection was of use; `random` from 0 up to 1.
  Milliseconds after(const Diagnosis& diagnosis, Milliseconds lived, double random);

  /// Trouble in a row.
  int failures() const { return failures_; }

  /// A person should know: the third refused login, whatever asks for an administrator, or 15 minutes without success.
  bool alert() const { return refusals_ >= 3 || needs_person_ || troubled_for_ >= std::chrono::minutes(15); }

  /// Everything is well, and has been for two minutes.
  void recovered() { *this = Pace{}; }

 private:
  int failures_ = 0;
  int refusals_ = 0;
  bool needs_person_ = false;
  Milliseconds troubled_for_{0};  ///< waits and short lives since the last that was well
};

}  // namespace leadmail::mail::imap
