// When a mail is tried again, and how fast and how often we send at all. Values and pure functions: the caller brings
// the time and the chance. Nothing here sends, or remembers anything across a restart by itself.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace leadmail::mail::smtp {

/// An instant fine enough for rates. A `Time` converts to it.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// How long to wait after the `attempts`-th failed one (1 is the first): 1, 5, 15, 30 minutes, 1, 2, 4 hours, then 8
/// for ever. `chance` in [0, 1) spreads that by up to a quarter more, so that a thousand mails do not come back
/// together. RFC 5321 §4.5.4.1
seconds retry_delay(int attempts, double chance);

/// The next attempt after `now`, or nothing when that would be at or after `expires`: the mail is dead.
std::optional<Time> next_try(int attempts, Time now, Time expires, double chance);

/// How long the whole queue of an account waits after the `failures`-th account trouble in a row: 30 s, doubled up to
/// 15 minutes, and up to a quarter more by `chance`. At most a minute where the server was not even `reached`: nobody
/// was asked for anything, and when the network is back reps are waiting.
seconds account_delay(int failures, double chance, bool reached = true);

/// So many mails a minute, and a burst after a rest. A clock that is set back costs nothing and wins nothing.
class TokenBucket {
 public:
  /// Full at the start. A rate of 0 or less never says no. Rates above 1,000,000 and bursts below 1 are clamped.
  TokenBucket(std::int64_t per_minute, std::int64_t burst);
  /// True: one mail may leave now, and it is counted.
  bool take(Instant now);
  /// When the next `take` will say yes; `now` if it would already.
  Instant ready(Instant now) const;
  [[nodiscard]] bool is_full(Instant now) const { return per_minute_ <= 0 || level_at(now) >= capacity_; }

 private:
  std::int64_t level_at(Instant now) const;

  std::int64_t per_minute_;
  std::int64_t capacity_;  // in 1/60,000 of a mail: per_minute_ of them come in each millisecond
  std::int64_t level_;
  std::optional<Instant> last_{};
};

/// Ends a storm of automatic mail to one domain: the last line of defence against two robots that answer each other.
/// Trips at the mail after the `limit`-th within `window`, and says no for `rest` from then on. A limit of 0 never
/// trips.
class CircuitBreaker {
 public:
  explicit CircuitBreaker(std::size_t limit = 20, seconds window = std::chrono::minutes{10},
                          seconds rest = std::chrono::hours{1});
  enum class Answer {
    go,       ///< counted
    tripped,  ///< refused, for the first time: tell the operator
    open,     ///< refused, as before
  };
  /// `domain` in lower case.
  Answer ask(std::string_view domain, Instant now);
  /// Counts a mail that has left already; trips nothing.
  void remember(std::string_view domain, Instant at);
  /// Which domains get nothing at this moment, and until when.
  [[nodiscard]] std::map<std::string, Instant, std::less<>> open(Instant now) const;
  /// The operator has looked at it.
  void reset(std::string_view domain);

 private:
  struct Domain {
    std::deque<Instant> mails{};
    std::optional<Instant> tripped{};
  };
  /// What is known of `domain`, without the mails that are older than the window.
  Domain& at(std::string_view domain, Instant now);
  void forget_the_quiet(Instant now);

  std::size_t limit_;
  std::chrono::milliseconds window_, rest_;
  std::map<std::string, Domain, std::less<>> domains_{};
};

}  // namespace leadmail::mail::smtp
