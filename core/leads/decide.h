// What one incoming message means for the lead book. Pure functions: no clock, no database, no log. The caller asks
// query() what to read, reads a Snapshot and writes the effects in one transaction.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/leads/event.h"
#include "core/leads/held.h"
#include "core/leads/inquiry.h"
#include "core/leads/lead.h"
#include "core/leads/letter.h"
#include "core/leads/rotation.h"
#include "core/leads/rules.h"

namespace leadmail::leads {

struct Answered;

/// What an answer to a lead has to know of the conversation.
struct Conversation {
  std::string last_text{};  ///< the prospect's last mail, all of it; "" when it is not kept
  Time last_at{};           ///< when he wrote it, as it says
  std::string our_words{};  ///< our own words in the mails that users got of this lead lately
};

/// What of the book this inquiry can touch: the only rows that are read for it.
struct Query {
  std::vector<LeadId> leads{};             ///< named by verified tokens, strongest first
  std::vector<std::string> message_ids{};  ///< In-Reply-To, then References newest first; at most 32, then the bounced
                                           ///< id and its own
  std::string conversation{};              ///< Inquiry::conversation
  bool needs_thread_ids = false;           ///< a user wrote it: he may answer a prospect
  std::vector<std::string> addresses{};  ///< of the writer: From, or for a form or a forward whom it is about; of mail
                                         ///< that we wrote, those it went to outside
  std::string organisation{};            ///< registered domain of the first of them; "" for free-mail providers
  std::string failed_message_id{};       ///< of the mail of ours that a report is about
  std::string writer{};                  ///< address in From: whose refusals of this hour are counted
  std::string subject_key{};
  bool is_answer = false;  ///< then more leads of that subject are looked at: a colleague may answer
  Time subject_since{};    ///< by_subject: only leads with such a mail received since then (Rules::subject_window)
  std::string fingerprint{};
  bool needs_rotations = false;      ///< some rule gives by turns
  bool needs_organisation = false;   ///< some rule looks at who has the organisation
  bool names_colleagues = false;     ///< it may become a lead: who else of its organisation has one is asked
  std::vector<std::int64_t> held{};  ///< mails of the holding list that an administrator names
};

/// A lead that the evidence points to.
struct Match {
  Lead lead{};
  std::string message_id{};    ///< which known Message-ID named it
  bool only_referred = false;  ///< nobody has seen that mail: mails of the lead refer to it
  bool is_pinned = false;      ///< a person said that this mail belongs there
};

/// What a person corrected: mail of that writer under that subject belongs to another lead than the evidence says.
struct Correction {
  LeadId from{};
  Lead to{};
  bool over_thread = false;  ///< also when a token or Message-ID names `from`: that subject is not of its thread
  std::int64_t repair = 0;   ///< number of the repair
};

/// The part of the book that one inquiry can touch, read before deciding.
struct Snapshot {
  struct Sighting {
    MailId mail{};
    std::optional<LeadId> lead{};
    std::string outcome{};
    std::string mailbox{};
  };
  std::optional<Sighting> seen_before{};  ///< the same fingerprint is in the book already
  std::vector<Lead> by_token{};           ///< leads of Query::leads, same order, as merges left them
  std::map<LeadId, LeadId> merged{};      ///< leads of Query::leads that are part of another one now
  std::vector<Match> by_message_id{};     ///< leads that own a Message-ID of Query::message_ids, same order
  std::vector<Lead> by_conversation{};    ///< leads with a mail of that Outlook conversation, newest first, at most 10
  /// Of the leads with a mail of that subject key those in which Query::writer or one of Query::addresses takes part:
  /// first those of which they are contacts, then among the newest 10 of others, or 50 for an answer.
  std::vector<Lead> by_subject{};
  std::vector<Lead> by_address{};       ///< leads of which an address is a contact, newest first, at most 20
  std::vector<Lead> by_organisation{};  ///< owned leads of Query::organisation, newest first, at most 20
  /// Open leads of Query::organisation, newest first, at most 5; not when a thread names a lead already.
  std::vector<Lead> colleagues{};
  /// What rules have given; nothing read: nothing yet. Goes on with the transaction that it was read in.
  std::shared_ptr<const Rotations> rotations{};
  std::map<std::string, int> open_leads{};  ///< user -> leads in Lead, Open, Replied, Interested
  int acks_to_writer_today = 0;             ///< to any of Query::addresses, in the last 24 hours
  int acks_to_domain_today = 0;             ///< automatic mails to Query::organisation
  int automatic_mails_today = 0;            ///< to people who are not users, in the last 24 hours
  int refusals_to_writer_this_hour = 0;
  std::string answered_circular{};  ///< a mail that we sent to people of several leads, and that this one answers
  std::string blocked{};            ///< under what pattern the writer is blocked; empty: he is not
  std::vector<HeldMail> held{};     ///< those of Query::held that exist
  std::vector<Correction> corrections{};
  /// Message-IDs of the prospect's mails of each lead of by_token and by_message_id, oldest first, for References of a
  /// relay. Only when Query::needs_thread_ids.
  std::map<LeadId, std::vector<std::string>> thread_ids{};
  std::map<LeadId, Conversation> conversations{};   ///< of the same leads
  std::vector<std::string> recipients_of_failed{};  ///< whom the mail Query::failed_message_id went to
  Absences absences{};                              ///< that users said by mail
  std::shared_ptr<const Answered> answered{};       ///< what its commands asked (asked.h)
  /// Whole texts of the mails that this one may quote: the newest two of Query::message_ids; for a mail of our own,
  /// which passes on what others wrote, the newest two of its lead that Query::writer did not write. Each at most 256
  /// KiB.
  std::string parent_text{};

  /// The lead of that number, or the one that it was merged into, among by_token.
  [[nodiscard]] const Lead* named(LeadId id) const;
};

/// Which lead an effect means: a known one, or the one that this decision opens.
struct LeadRef {
  std::optional<LeadId> id{};  ///< nothing: the one opened here
};

struct OpenLead {
  std::string mailbox{};
};  ///< first of all; its values come by Record
struct Record {
  LeadRef lead{};
  Event event{};
};
/// The second one of a reminder that was left alone goes to somebody else.
enum class ReminderStep { remind, escalate };

struct PlanReminder {
  LeadRef lead{};
  Time due{};  ///< the next contact that it is about
  std::string user{};
  Time wake{};  ///< when to look at it, in his working hours; {}: when it is due
  ReminderStep step = ReminderStep::remind;
};
struct CancelReminders {
  LeadRef lead{};
};  ///< all that still wait
/// Those of one next contact that still wait go with it to another lead, as far as they are.
struct MoveReminders {
  LeadId from{};
  LeadRef to{};
  Time due{};
  std::string user{};
};
struct Rotate {
  std::string rule{};
  std::string user{};
  std::string period{};  ///< who was there, for shares
  std::string month{};   ///< "2026-11", for quotas
};                       ///< who had this one (rotation.h)
struct MarkAddress {
  std::string address{};
  bool dead = false;
  std::string why{};
};
struct SendLetter {
  Letter letter{};
};
/// A server gave our mail another Message-ID: what answers that one answers ours.
struct NameAlias {
  std::string message_id{};  ///< ours
  std::string alias{};
};

/// What commands did, so that they can be taken back: all events and letters behind it belong to it.
struct KeepDeed {
  std::int64_t number = 0;
  std::string by{};
  std::string verbs{};      ///< "#next, #status"
  std::int64_t repair = 0;  ///< the repair that was among them; 0: none
};
struct EndDeed {
  std::int64_t number = 0;
};  ///< taken back
struct CancelMail {
  OutboxId mail{};
};  ///< as far as nobody has got it
struct MarkAway {
  std::string user{};
  std::chrono::year_month_day from{};
  std::optional<std::chrono::year_month_day> until{};  ///< nothing: he is there
};
/// The mail does what it says once its writer has confirmed it with this word.
struct AwaitConfirmation {
  std::string mark{};  ///< of the nonce (token.h)
  std::string user{};
};
struct Confirm {
  std::string mark{};
  std::string user{};
};

// What a person puts right (repair.h).
enum class RepairVerb { split, move, merge };
std::string_view name(RepairVerb verb);

struct KeepRepair {
  std::int64_t number = 0;
  RepairVerb verb = RepairVerb::split;
  std::string by{};
  LeadId source{};
  LeadRef target{};
};  ///< before what it did
struct EndRepair {
  std::int64_t number = 0;
};  ///< taken back: what it taught is forgotten
struct MoveMail {
  MailId mail{};
  LeadRef to{};
  std::int64_t repair = 0;  ///< 0: a repair is taken back
  bool is_pinned = false;   ///< what refers to it belongs there, whatever other evidence says
};                          ///< with its sightings, its Message-ID and what we sent because of it
struct Learn {
  std::string writer{};
  std::string subject_key{};
  LeadId from{};
  LeadRef to{};
  bool over_thread = false;
  std::int64_t repair = 0;
};  ///< Correction

struct Hold {
  std::string sender{};
};  ///< onto the holding list; `sender` is whom a block would be about
struct AcceptHeld {
  std::int64_t number = 0;
  std::string by{};
};  ///< it is taken once more, as an inquiry; what blocked its sender is lifted
struct BlockHeld {
  std::int64_t number = 0;
  std::string pattern{};
  std::string by{};
};

using Effect = std::variant<OpenLead, Record, PlanReminder, CancelReminders, MoveReminders, Rotate, MarkAddress,
                            SendLetter, NameAlias, KeepRepair, EndRepair, MoveMail, Learn, Hold, AcceptHeld, BlockHeld,
                            KeepDeed, EndDeed, CancelMail, MarkAway, AwaitConfirmation, Confirm>;

/// The final outcome of a message, as docs/json.md spells them ("ledger").
enum class Outcome {
  lead,
  threaded,
  rep_answer,
  command,
  bounce,
  automatic,
  calendar,
  list,
  own,
  ignored,
  duplicate,
  held,
  quarantined,
  baseline,
  unverified
};
std::string_view name(Outcome outcome);
std::optional<Outcome> outcome_named(std::string_view name);

/// One thing that was looked at on the way: for `leadmail explain` and the audit.
struct Evidence {
  std::string step{};   ///< "kind", "own", "user", "thread: token", "rule Mexico" …
  std::string found{};  ///< what was seen
  bool decisive = false;
};

struct Decision {
  Outcome outcome = Outcome::ignored;
  std::string reason{};
  std::optional<LeadRef> lead{};
  bool is_of_one_lead = true;     ///< false: it went to people of several leads, so answers to it name none of them
  std::vector<Effect> effects{};  ///< in the order in which they are to be applied
  std::vector<Evidence> evidence{};
};

/// What to read before deciding.
Query query(const Inquiry& inquiry, const Rules& rules, Time now);

/// Always an outcome with its reason; at least the effects that docs/overview.md names for it.
Decision decide(const Inquiry& inquiry, const Snapshot& known, const Rules& rules, Time now);

/// A next contact that has come due: its reminder, status Open where it may be, and nothing when it was moved
/// meanwhile. More of it in reminding.h.
Decision decide_due(const Lead& lead, Time due, const std::string& user, const Rules& rules, Time now);

/// A message that was quarantined and can be read now completes the lead that stands for it: same values as a new lead
/// would have got, where no person has entered any; the mark is taken off, and the owner gets the text. One that no
/// lead stands for is decided about as it would have been when it came, but nobody outside is answered so late. Nothing
/// of what comes in by mail from a user or an administrator is executed by this. `known`: without the message itself.
Decision decide_retry(const Inquiry& inquiry, const Lead* lead, const Snapshot& known, const Rules& rules, Time now);

/// The daily mail to the administrators about what is held; `of` is how many there are, `slot` the time of day it
/// belongs to. Nothing to send without mails or without administrators.
Decision decide_holding_list(std::vector<HeldMail> mails, std::size_t of, const Rules& rules, Time slot, Time now);

/// What an administrator decides with the tool about one held mail. Error (give_up): it is decided already, or its
/// sender can't be blocked.
enum class HeldVerdict { accept, block, block_domain };
Result<Decision> decide_held(HeldVerdict verdict, const HeldMail& mail, const std::string& by, const Rules& rules,
                             Time now);

/// A mail of ours that was given up, for one recipient.
struct Undelivered {
  std::string kind{};   ///< of the outbox row
  std::string cause{};  ///< unique: "outbox 17 ana@acme.example"
  std::string mailbox{};
  std::string rcpt_to{};
  std::string reply{};          ///< what the server said, or why it was not tried any more
  std::string state{"failed"};  ///< or "unknown": the rep who wrote it is asked what to do
  std::string text{};           ///< what the mail said; for an answer
  std::string letter{};         ///< Letter::cause of the mail
};

/// A mail that will never arrive: the owner of the lead is told, or the administrators when it was for a user or about
/// no lead; an address that does not exist is marked dead. An answer that never left has answered nothing: the lead
/// stands as it stood before. Nothing more about a mail that told of that itself.
Decision decide_undelivered(const Undelivered& mail, const Lead* lead, const Rules& rules, Time now);

/// A mail that a user wrote, as far as it was for people who must not be contacted.
struct Withheld {
  std::string kind{};  ///< of the outbox row
  OutboxId number{};
  std::string letter{};  ///< Letter::cause of the mail
  std::string mailbox{};
  std::string author{};                  ///< user id
  std::vector<std::string> addresses{};  ///< to which it was not sent
};

/// Somebody wrote to a person who must not be contacted, on this or another lead: it was not sent, and he is told once.
/// The lead stands as it stood before he answered.
Decision decide_withheld(const Withheld& mail, const Lead* lead, const Rules& rules, Time now);

/// A lead made by hand: an e-mail address, a phone number or a name is needed.
struct NewLead {
  std::string email{};
  std::string phone{};
  std::string name{};
  std::map<std::string, std::string> fields{};  ///< further values of Lead::values
};

/// What to read before a lead is assigned that no mail is at hand of.
Query assignment_query(const Rules& rules);

/// Opens the lead, assigns it by the rules and tells its owner. `known` is what wish_query() asked for. Error
/// (give_up): nothing to know it by, no address where one is given, or a field that is set by other means.
Query wish_query(const NewLead& wish, const Rules& rules);
Result<Decision> decide_new(const NewLead& wish, const std::string& user, const Rules& rules, Time now,
                            const Snapshot& known = {});

/// Commands given through the tool (`leadmail do`) by `user` ("" or "admin": the administrator), already trusted: same
/// language, same effects, same answer lines. `results` receives what changed; Error (give_up) names the command that
/// can't be done, and then nothing is to be applied.
struct CommandAnswer {
  std::vector<ResultLine> results{};
  std::string refused{};  ///< why nothing was done; empty when it was done
  std::int64_t deed = 0;  ///< by which `#undo` takes it back; 0: there is nothing to take back
};
Decision decide_commands(const Lead& lead, const std::string& user, std::string_view commands, const Rules& rules,
                         Time now, std::string_view cause, CommandAnswer& answer, const Answered* answered = nullptr);

/// Why such commands can't be given at the tool without a name: #away and #claim are about who gives them. Empty: they
/// can.
std::string needs_a_name(std::string_view commands, std::string_view language);

/// "open lead; assign ana; send notice to ana": the words of log and audit, and of tests.
std::string describe(const Decision& decision);

}  // namespace leadmail::leads
