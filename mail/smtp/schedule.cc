#include "mail/smtp/schedule.h"

#include <algorithm>
#include <array>

namespace leadmail::mail::smtp {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<seconds, 8> kDelays{minutes{1}, minutes{5}, minutes{15}, minutes{30},
                                         hours{1},   hours{2},   hours{4},    hours{8}};
constexpr seconds kFirstAccountDelay{30};
constexpr seconds kLongestAccountDelay = minutes{15};
constexpr seconds kLongestUnreached = minutes{1};
constexpr std::int64_t kOneMail = 60'000;  // of a bucket's level: milliseconds in a minute
constexpr std::int64_t kMostPerMinute = 1'000'000;
constexpr std::size_t kTidyAbove = 1000;  // domains

seconds spread(seconds delay, double chance) {
  const double share = std::clamp(chance, 0.0, 1.0) / 4;
  return delay + seconds{static_cast<std::int64_t>(static_cast<double>(delay.count()) * share)};
}

}  // namespace

seconds retry_delay(int attempts, double chance) {
  const auto step = static_cast<std::size_t>(std::clamp(attempts, 1, static_cast<int>(kDelays.size())) - 1);
  return spread(kDelays[step], chance);
}

std::optional<Time> next_try(int attempts, Time now, Time expires, double chance) {
  const Time next = now + retry_delay(attempts, chance);
  if (next >= expires) return std::nullopt;
  return next;
}

seconds account_delay(int failures, double chance, bool reached) {
  const int doublings = std::clamp(failures, 1, 10) - 1;
  const seconds longest = reached ? kLongestAccountDelay : kLongestUnreached;
  return spread(std::min(kFirstAccountDelay * (1 << doublings), longest), chance);
}

TokenBucket::TokenBucket(std::int64_t per_minute, std::int64_t burst)
    : per_minute_(std::min(per_minute, kMostPerMinute)),
      capacity_(std::clamp<std::int64_t>(burst, 1, kMostPerMinute) * kOneMail),
      level_(capacity_) {}

std::int64_t TokenBucket::level_at(Instant now) const {
  if (!last_ || now <= *last_) return level_;
  // Long enough to be full is long enough; multiplied out, a year would overflow.
  const std::int64_t missing = capacity_ - level_;
  const std::int64_t passed = (now - *last_).count();
  return passed > missing / per_minute_ ? capacity_ : level_ + passed * per_minute_;
}

bool TokenBucket::take(Instant now) {
  if (per_minute_ <= 0) return true;
  level_ = level_at(now);
  last_ = now;
  if (level_ < kOneMail) return false;
  level_ -= kOneMail;
  return true;
}

Instant TokenBucket::ready(Instant now) const {
  if (per_minute_ <= 0) return now;
  const std::int64_t missing = kOneMail - level_at(now);
  if (missing <= 0) return now;
  return now + std::chrono::milliseconds{(missing + per_minute_ - 1) / per_minute_};
}

CircuitBreaker::CircuitBreaker(std::size_t limit, seconds window, seconds rest)
    : limit_(limit), window_(window), rest_(rest) {}

CircuitBreaker::Answer CircuitBreaker::ask(std::string_view domain, Instant now) {
  if (limit_ == 0) return Answer::go;
  Domain& known = at(domain, now);
  if (known.tripped) return Answer::open;
  if (known.mails.size() >= limit_) {
    known.tripped = now;
    return Answer::tripped;
  }
  known.mails.push_back(now);
  return Answer::go;
}

void CircuitBreaker::remember(std::string_view domain, Instant at) {
  if (limit_ == 0) return;
  Domain& known = this->at(domain, at);
  if (known.mails.size() == limit_) known.mails.pop_front();
  known.mails.push_back(at);
}

CircuitBreaker::Domain& CircuitBreaker::at(std::string_view domain, Instant now) {
  if (domains_.size() > kTidyAbove) forget_the_quiet(now);
  Domain& known = domains_.try_emplace(std::string(domain)).first->second;
  if (known.tripped && now - *known.tripped >= rest_) known = {};
  while (!known.mails.empty() && now - known.mails.front() >= window_) known.mails.pop_front();
  return known;
}

std::map<std::string, Instant, std::less<>> CircuitBreaker::open(Instant now) const {
  std::map<std::string, Instant, std::less<>> all;
  for (const auto& [name, domain] : domains_) {
    if (domain.tripped && now - *domain.tripped < rest_) all.emplace(name, *domain.tripped + rest_);
  }
  return all;
}

void CircuitBreaker::reset(std::string_view domain) {
  if (const auto known = domains_.find(domain); known != domains_.end()) domains_.erase(known);
}

void CircuitBreaker::forget_the_quiet(Instant now) {
  std::erase_if(domains_, [&](const auto& entry) {
    const Domain& domain = entry.second;
    const bool resting = domain.tripped && now - *domain.tripped < rest_;
    return !resting && (domain.mails.empty() || now - domain.mails.back() >= window_);
  });
}

}  // namespace leadmail::mail::smtp
