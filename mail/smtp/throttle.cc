#include "mail/smtp/throttle.h"

#include <algorithm>

namespace leadmail::mail::smtp {
namespace {

constexpr std::size_t kTidyAbove = 1000;  // domains

std::size_t not_negative(int number) { return number > 0 ? static_cast<std::size_t>(number) : 0; }

}  // namespace

Throttle::Throttle(Rates rates)
    : rates_(rates), account_(rates.account, rates.account), breaker_(not_negative(rates.storm)) {}

Throttle::Answer Throttle::ask(const Question& question, Instant now) {
  if (domains_.size() > kTidyAbove) forget_the_full(now);
  for (const auto& domain : question.domains) {
    const auto known = domains_.find(domain);
    if (known == domains_.end() || known->second.ready(now) <= now) continue;
    return {.again = known->second.ready(now), .why = "so many mails a minute to " + domain + " are enough"};
  }
  if (question.guarded) {
    const auto answer = breaker_.ask(*question.guarded, now);
    if (answer != CircuitBreaker::Answer::go) {
      return {.again = breaker_.open(now).find(*question.guarded)->second,
              .why = "a storm of automatic mail to " + *question.guarded,
              .storm_began = answer == CircuitBreaker::Answer::tripped};
    }
  }
  count(question, now);
  return {.go = true, .again = now};
}

void Throttle::remember(const Question& question, Instant at) {
  if (domains_.size() > kTidyAbove) forget_the_full(at);
  account_.take(at);
  if (question.guarded) breaker_.remember(*question.guarded, at);
  count(question, at);
}

void Throttle::count(const Question& question, Instant at) {
  for (const auto& domain : question.domains) {
    domains_.try_emplace(domain, rates_.domain, rates_.domain).first->second.take(at);
  }
}

std::map<std::string, Instant, std::less<>> Throttle::slow(Instant now) const {
  std::map<std::string, Instant, std::less<>> all;
  for (const auto& [domain, bucket] : domains_) {
    if (bucket.ready(now) > now) all.emplace(domain, bucket.ready(now));
  }
  return all;
}

/// Who has not been written to for a while may be forgotten: a new bucket is full too.
void Throttle::forget_the_full(Instant now) {
  std::erase_if(domains_, [&](const auto& entry) { return entry.second.is_full(now); });
}

}  // namespace leadmail::mail::smtp
