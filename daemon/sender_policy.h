// What the sender does with an outcome: when a mail is tried again, when it is dead, and what becomes of one whose fate
// nobody knows. Pure: the caller brings the time, the chance and what the book says, and writes what comes out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/leads/rules.h"
#include "core/store/book.h"
#include "mail/smtp/session.h"
#include "mail/smtp/throttle.h"

namespace leadmail::daemon {

/// One recipient's place in the queue when an attempt has ended.
struct Standing {
  int attempts = 1;  ///< this one included
  Time now{};
  Time expires{};      ///< of the mail
  Time pause_until{};  ///< of the account, when it is in trouble
  double chance = 0;   ///< in [0, 1)
};

/// What is written for one recipient after an attempt that `sent` tells of. Deferred: the next try by the schedule, or
/// failed when the mail expires before it. An attempt that never spoke of the mail (no connection, no login) leaves it
/// `waiting` until the account's pause ends, and does not count. RFC 5321 §4.5.4.1
store::AttemptResult after_attempt(const mail::smtp::RecipientResult& result, const mail::smtp::Sent& sent,
                                   const Standing& standing);

/// What to do about a mail that may or may not have arrived. RFC 1047
enum class Fate {
  look_again,   ///< its copy may still turn up in a watched folder
  delivered,    ///< it did
  send_again,   ///< with the same bytes: a second copy is a nuisance, a missing one a lost customer
  ask_the_rep,  ///< a person wrote it, so a person decides
  leave,        ///< it stays unknown, and is shown
};

/// `kind` as in the outbox; `since` when it became unknown; `seen`: its Message-ID was met in the Sent folder or as our
/// own copy; `times_unknown` how often its fate was unknown, this time included: nothing is sent again twice.
Fate fate_of_unknown(std::string_view kind, Time since, Time now, Time expires, bool seen, int times_unknown);

/// The domain to ask the circuit breaker about, in lower case; nothing for mail that a person wrote or that goes to our
/// own users, and for free-mail providers, whose customers share nothing but the domain.
std::optional<std::string> guarded_domain(std::string_view kind, std::string_view rcpt_to);

/// What the throttle is asked for a mail of that kind: its domains outside, each once.
mail::smtp::Throttle::Question question_for(std::string_view kind, const std::vector<std::string>& rcpt_to,
                                            const leads::Rules& rules);

/// Back to the queue until then, untouched and not counted; failed when the mail expires before.
store::AttemptResult not_tried(const std::string& rcpt_to, std::string_view why, Time until, Time expires);

/// Whether a person has to know: five failures of the account in a row, and five minutes since the first.
bool is_lasting(int failures, seconds since_first);

}  // namespace leadmail::daemon
