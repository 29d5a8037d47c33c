#include "daemon/sender_policy.h"

#include <algorithm>
#include <array>

#include "core/leads/address.h"
#include "core/leads/organisation.h"
#include "daemon/log.h"
#include "mail/smtp/schedule.h"

namespace leadmail::daemon {
namespace {

namespace smtp = mail::smtp;

/// Servers save a submitted mail in Sent, and our own copy comes back, within minutes or never.
constexpr std::chrono::minutes kLookFor{15};

template <std::size_t size>
bool is_one_of(std::string_view kind, const std::array<std::string_view, size>& kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

constexpr int kAlertAfter = 5;
constexpr std::chrono::minutes kAlertNotBefore{5};

/// Mail that people who are not users get by the machine's will.
constexpr std::array<std::string_view, 2> kAutomaticOutside{"ack", "newsletter"};
/// Mail that is worth less than the annoyance of its double.
constexpr std::array<std::string_view, 3> kNeverTwice{"ack", "digest", "newsletter"};

}  // namespace

store::AttemptResult after_attempt(const smtp::RecipientResult& result, const smtp::Sent& sent,
                                   const Standing& standing) {
  store::AttemptResult written;
  written.rcpt_to = result.rcpt_to;
  written.state = smtp::name(result.outcome);
  written.reply =
      escape_for_log(result.reply.code != 0 || sent.trouble.empty() ? describe(result.reply) : sent.trouble);
  if (result.outcome != smtp::Outcome::deferred) return written;

  const bool untouched = sent.account_trouble && !sent.counts;
  if (untouched) written.state = "waiting";
  written.keeps_place = untouched;
  const auto scheduled = standing.now + smtp::retry_delay(standing.attempts, standing.chance);
  written.next_try = std::max(standing.pause_until, untouched ? standing.now : scheduled);
  if (written.next_try >= standing.expires) written.state = "failed";
  return written;
}

Fate fate_of_unknown(std::string_view kind, Time since, Time now, Time expires, bool seen, int times_unknown) {
  if (seen) return Fate::delivered;
  if (now - since < kLookFor) return Fate::look_again;
  if (kind == "answer") return Fate::ask_the_rep;
  if (is_one_of(kind, kNeverTwice) || times_unknown > 1 || now >= expires) return Fate::leave;
  return Fate::send_again;
}

std::optional<std::string> guarded_domain(std::string_view kind, std::string_view rcpt_to) {
  if (!is_one_of(kind, kAutomaticOutside) || leads::is_free_mail(rcpt_to)) return std::nullopt;
  return leads::domain_of(rcpt_to);
}

smtp::Throttle::Question question_for(std::string_view kind, const std::vector<std::string>& rcpt_to,
                                      const leads::Rules& rules) {
  smtp::Throttle::Question question;
  for (const auto& address : rcpt_to) {
    if (rules.user_with_address(address) != nullptr) continue;
    const auto domain = leads::domain_of(address);
    const auto& known = question.domains;
    if (std::find(known.begin(), known.end(), domain) == known.end()) question.domains.push_back(domain);
    if (!question.guarded) question.guarded = guarded_domain(kind, address);
  }
  return question;
}

bool is_lasting(int failures, seconds since_first) { return failures >= kAlertAfter && since_first >= kAlertNotBefore; }

store::AttemptResult not_tried(const std::string& rcpt_to, std::string_view why, Time until, Time expires) {
  store::AttemptResult written;
  written.rcpt_to = rcpt_to;
  written.state = until >= expires ? "failed" : "waiting";
  written.reply = escape_for_log(why);
  written.next_try = until;
  return written;
}

}  // namespace leadmail::daemon
