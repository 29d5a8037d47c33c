// A mail that has been decided upon: to whom, why and about what. Its wording and bytes are made by the daemon, in the
// same transaction, from the lead as it stands then.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/leads/event.h"
#include "core/leads/held.h"
#include "core/leads/inquiry.h"
#include "core/leads/lead.h"

namespace leadmail::leads {

struct Digest;

enum class LetterKind {
  ack,         ///< to the prospect: we have it. Echoes nothing of what he wrote
  notice,      ///< to the new owner: assigned, with the inquiry
  copy,        ///< to the owner: the prospect's reply
  answer,      ///< the rep's text to the prospect, from the shared address
  result,      ///< to a user: what his command changed, or why it was refused
  reminder,    ///< to next.by: it is due
  invitation,  ///< to next.by: iCalendar REQUEST or CANCEL
  bounced,     ///< to the owner: an address is dead, or a mail was given up
  alert,       ///< to the administrators
  merged,      ///< to a user or the administrators: many of the above in one. Made by the outbox alone
  held,        ///< to the administrators: the holding list
  proposal,    ///< to the owner: nobody has heard of the lead for long; close it?
  conversion,  ///< to a department: a lead has reached a status that it wants to hear of
  newsletter,  ///< to a person of a selection; its text is a template of the company's
  show,        ///< to a user: a lead with its timeline, because he asked
  list,        ///< to a user: leads, because he asked
  meeting,     ///< to a user or a guest: iCalendar REQUEST, CANCEL or DECLINECOUNTER of an event
  offer,       ///< to each of a team: nobody has this lead, the first #claim wins
  overdue,     ///< to the owner or the team's lead: a service level was missed
  rsvp,        ///< to a user: what somebody's calendar answered, and what he may do about it
  catchup,     ///< to a user: reminders that could not come in time, all in one
  escalation,  ///< to a team's lead: somebody's reminder was left alone
  digest,      ///< to a user: what waits for him, or for his team
};

std::string_view name(LetterKind kind);

/// One line of a command's result: "status: Lead -> Interested".
struct ResultLine {
  std::string field{};
  std::string before{};
  std::string after{};
};

/// A meeting, call or visit of a lead.
struct Meeting {
  int number = 0;      ///< of the lead
  std::string kind{};  ///< "meeting", "call", "visit"
  Time at{};
  std::chrono::minutes length{};
  std::string place{};
  std::string by{};           ///< user id
  std::int64_t sequence = 0;  ///< rises with every change. RFC 5546 §2.1.4
  std::string uid{};          ///< the same for all of them. RFC 5545 §3.8.4.7
};

/// One tap for the reader.
struct Tap {
  std::string label{};    ///< "": as the command is called in the reader's language
  std::string command{};  ///< "#next tomorrow 10:00"
};

struct Letter {
  LetterKind kind = LetterKind::notice;
  std::string cause{};       ///< unique: the same cause never makes a second mail ("notice:<fingerprint>")
  std::string mailbox{};     ///< which account sends it
  std::string to_user{};     ///< user id; his first configured address
  std::vector<Person> to{};  ///< or people outside
  std::vector<Person> cc{};
  std::string language{};        ///< en, es, vi
  std::optional<LeadId> lead{};  ///< nothing: about no lead, or about the one opened by the same decision
  bool about_new_lead = false;   ///< the lead opened by the same decision
  std::string on_behalf_of{};    ///< user id whose name stands in From of an answer
  std::string text{};            ///< answer: the rep's words; result of a refusal: why
  std::string subject{};         ///< base subject of the thread, when it continues one
  std::vector<std::string> in_reply_to{};
  std::vector<std::string> references{};
  std::string thread_index{};        ///< Outlook's of the mail that is answered
  bool carries_attachments = false;  ///< attach what the inquiry brought
  std::vector<ResultLine> results{};
  std::optional<NextContact> next{};  ///< invitation, reminder
  bool cancels = false;               ///< invitation: CANCEL instead of REQUEST
  bool is_refusal = false;            ///< result: nothing was done, the text says why
  bool is_unbelieved = false;         ///< a refusal of a mail that may not be his; counted per hour
  std::string quoted{};               ///< answer: the mail that it answers; bounced: what could not be delivered
  Person quoted_from{};               ///< answer: who wrote that; copy: who writes; bounced: whom it did not reach
  Time quoted_at{};                   ///< and when
  bool as_html = false;               ///< answer: the rep's program writes HTML
  bool is_question = false;           ///< bounced: nobody knows whether it arrived
  std::vector<HeldMail> held{};       ///< of the holding list
  std::string warning{};              ///< notice, copy: what the owner should look at
  Time due{};                         ///< not before; {} is at once
  Time expires{};                     ///< a stale reminder is worse than none; {} is the default of its kind
  std::string template_name{};        ///< newsletter: which template
  std::optional<Meeting> meeting{};   ///< of kind meeting
  std::vector<Event> timeline{};      ///< show: the newest entries, oldest first
  std::vector<Lead> leads{};          ///< list; overdue: of several at once
  bool is_escalation = false;         ///< overdue: to somebody above the owner
  bool is_early = false;              ///< overdue: a term is about to run out
  bool more = false;                  ///< list: there are more than these
  std::int64_t deed = 0;              ///< result: what to name to take it back; 0: nothing
  std::vector<Tap> actions{};         ///< what is likely now, one tap each
  std::optional<Time> counter{};      ///< a time that a calendar proposed: told by rsvp, declined by the others
  std::shared_ptr<const Digest> digest{};
};

}  // namespace leadmail::leads
