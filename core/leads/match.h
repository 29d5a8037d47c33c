// Which lead a message belongs to: ordered evidence, the strongest first. What names a thread never makes a stranger a
// contact.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/leads/decide.h"
#include "core/leads/token.h"

namespace leadmail::leads {

/// A token of the message that we signed, and for whom.
struct VerifiedToken {
  Token token{};
  std::string where{};
};

/// The tokens of the message that hold for this user ("": a prospect), strongest place first. Those for prospects hold
/// in everybody's mail.
std::vector<VerifiedToken> verified_tokens(const Inquiry& inquiry, std::string_view user, const Rules& rules, Time now);

/// The lead, and why it is this one.
struct Found {
  const Lead* lead = nullptr;
  std::string step{};                ///< "thread: token", "thread: message-id", "thread: subject tag", …
  std::string what{};                ///< what was seen
  bool by_thread = false;            ///< our token, a Message-ID of a mail that we have, or a person's word
  bool by_sender_only = false;       ///< nothing but the address of the writer
  std::vector<LeadId> candidates{};  ///< several fit as well: the owner is asked
};

/// What all evidence together says. Every kind is looked at, though the strongest decides.
struct Weighed {
  std::optional<Found> found{};       ///< nothing: a new lead
  std::vector<Evidence> looked_at{};  ///< what else was there, and why it did not decide
};

/// By a person's correction, token and Message-ID alone: for mail of users and mail systems.
std::optional<Found> match_thread(const Inquiry& inquiry, std::string_view user, const Snapshot& known,
                                  const Rules& rules, Time now);

/// By all evidence, for mail by `writer` outside.
Weighed match(const Inquiry& inquiry, const Person& writer, const Snapshot& known, const Rules& rules, Time now);

/// It answers something, as its program or its subject says.
bool is_answer(const Inquiry& inquiry);

/// A mailbox of ours stands in To or Cc.
bool is_addressed_to_us(const Inquiry& inquiry, const Rules& rules);

/// The address of `writer` says nothing of who he is: a site's program, a portal, a group that hands on, or whoever of
/// our own company writes from there in others' names. Two mails from it are not by one person.
bool speaks_for_many(const Inquiry& inquiry, const Person& writer, const Rules& rules);

/// Converted, Lost Quotation: a story that is over.
bool is_over(const Lead& lead);

/// The newest lead of `known.by_address` whose story is over, when there is no open one: a new lead continues it.
const Lead* predecessor(const Snapshot& known);

}  // namespace leadmail::leads
