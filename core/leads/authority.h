// Who may do what by mail: the policy as a table. The first rule that fails names itself; what then happens is the
// caller's affair.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "core/leads/inquiry.h"
#include "core/leads/rules.h"

namespace leadmail::leads {

/// In the order in which they are looked at. The rule on the form of commands (at most 10, of at most 500 bytes, at the
/// top of plain text) is the command reader's.
enum class AuthorityRule {
  one_author,   ///< 1: one From field, one mailbox, nothing encoded in the address
  by_a_person,  ///< 2: not automatic, not list, not a report
  known_user,   ///< 3: From is an address of a user
  transport,    ///< 4: the receiving server testifies for From; in Sent the login does
  reply_token,  ///< 5: our token, made for this user
  fresh,        ///< 7: dated within 7 days before and 1 hour after it was received
};

enum class Action {
  simple_command,   ///< #note, #next, #snooze on a known thread; #help; what is answered only to the configured address
  other_command,    ///< everything else that changes something
  relay,            ///< text to a prospect
  log_own_mail,     ///< a rep's own mail as an answer; #accept and #block of an administrator
  calendar_answer,  ///< and a rep's out-of-office
};

/// What is known about a mail's right to act.
struct Facts {
  bool one_author = false;
  bool by_a_person = false;
  bool known_user = false;
  bool transport = false;
  bool transport_is_silent = false;  ///< the provider writes no evidence: the token stands in for it
  bool reply_token = false;
  bool fresh = false;
};

Facts facts_of(const Inquiry& inquiry, const User* user, bool has_token, const Mailbox* mailbox);

/// The first rule that forbids the action; nothing when it is allowed.
std::optional<AuthorityRule> first_failure(Action action, const Facts& facts);

/// What failed, for the user.
std::string reason(AuthorityRule rule, const Inquiry& inquiry, std::string_view language);

std::string_view name(AuthorityRule rule);

}  // namespace leadmail::leads
