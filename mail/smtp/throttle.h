// How much an account may send now: to all together, to one domain, and automatic mail to one domain in a storm. Values
// and pure functions. After a restart the caller tells what has left lately (remember()), so that a daemon that is
// restarted again and again sends no more than one that runs on; only the rest of an hour's pause after a storm is
// forgotten, and the first mail above the limit begins it anew.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/smtp/schedule.h"

namespace leadmail::mail::smtp {

/// So many mails a minute, 0 is no limit; and how many automatic mails to one domain within ten minutes are a storm.
struct Rates {
  int account = 30;
  int domain = 20;
  int storm = 20;
  bool operator==(const Rates&) const = default;
};

class Throttle {
 public:
  explicit Throttle(Rates rates);

  /// What a mail is to be asked for.
  struct Question {
    std::vector<std::string> domains{};    ///< of its recipients outside, in lower case
    std::optional<std::string> guarded{};  ///< the one that the storm is counted for: of automatic mail
  };
  struct Answer {
    bool go = false;
    Instant again{};           ///< when to ask again; meanwhile other mail may go
    std::string why{};         ///< in words, for people
    bool storm_began = false;  ///< tell the operator
  };
  /// For one domain: whether the mail may leave as far as its recipients go, and counts it if so. What the account as a
  /// whole may send is asked by take_account().
  Answer ask(const Question& question, Instant now);

  /// Counts a mail that left (or may have left) at `at`, before this object was made. Oldest first.
  void remember(const Question& question, Instant at);

  bool take_account(Instant now) { return account_.take(now); }
  [[nodiscard]] Instant account_ready(Instant now) const { return account_.ready(now); }
  /// Domains that get no automatic mail for a while, and until when.
  [[nodiscard]] std::map<std::string, Instant, std::less<>> storms(Instant now) const { return breaker_.open(now); }
  /// Domains that must wait for their rate, and until when.
  [[nodiscard]] std::map<std::string, Instant, std::less<>> slow(Instant now) const;
  [[nodiscard]] const Rates& rates() const { return rates_; }

 private:
  void count(const Question& question, Instant at);
  void forget_the_full(Instant now);

  Rates rates_;
  TokenBucket account_;
  std::map<std::string, TokenBucket, std::less<>> domains_{};
  CircuitBreaker breaker_;
};

}  // namespace leadmail::mail::smtp
