// What a conversation came to: from the replies that were given to an outcome for each recipient, and to the question
// whose trouble it was. Pure.
#pragma once

#include <string>
#include <vector>

#include "mail/smtp/reply.h"
#include "mail/smtp/session.h"

namespace leadmail::mail::smtp {

/// How the conversation ended, as far as the transcript does not know it.
struct Ending {
  bool final_dot_may_have_left = false;  ///< everything was handed over: without a final reply nobody knows
  std::string reason{};                  ///< what broke off, for people; empty: nothing did
};

/// One result for each of `rcpt_to`, whose RCPT commands were sent in this order.
Sent judge(const std::vector<std::string>& rcpt_to, const Transcript& said, const Ending& ending);

/// Everybody has the same outcome, decided here and not by the server.
Sent everybody(const std::vector<std::string>& rcpt_to, Outcome outcome, std::string reason);

}  // namespace leadmail::mail::smtp
