// The parts of decide(), one file per kind of writer. Internal to core/leads.
#pragma once

#include "core/leads/command.h"
#include "core/leads/decide.h"
#include "core/leads/match.h"
#include "core/leads/opt_out.h"
#include "core/leads/phrases.h"
#include "core/leads/plan.h"

namespace leadmail::leads {

/// What every part looks at.
struct Scene {
  const Inquiry& inquiry;
  const Snapshot& known;
  const Rules& rules;
  Time now{};
};

/// A plan for this message: its time, its cause, its mailbox.
Plan plan_for(const Scene& scene);

/// The decision with what was looked at besides, behind the message's kind.
Decision with_evidence(Decision decision, const std::vector<Evidence>& looked_at);

/// Who really wrote: From, or for a form, a robot's mail and a list's whom it is by. Never a user of ours, nor a
/// mailbox.
Person writer_of(const Inquiry& inquiry, const Rules& rules);

/// The name a thing of mail is told by in one line: its subject, else the beginning of its text.
std::string headline(const Inquiry& inquiry);

/// A new lead for `writer`, or for a forward for whom it is about.
Decision decide_capture(const Scene& scene, const Person& writer);

/// A mail of the prospect's side on a known lead.
Decision decide_reply(const Scene& scene, const Person& writer, const Found& found);

/// Auto-replies, bounces, complaints, receipts, lists, calendar parts: recorded, never answered, no status changed.
Decision decide_automatic(const Scene& scene);

/// The answer of a calendar program to an invitation of ours: noted, and where it proposes another time or asks for the
/// invitation, answered. Nothing when it names none of ours.
std::optional<Decision> decide_calendar(const Scene& scene);

/// What a person wrote beside a calendar's answer to an invitation that is none of ours: onto his lead, whose owner
/// reads it and whose status stays, else it is held.
/// Nothing: there are no words beside it.
std::optional<Decision> decide_calendar_words(const Scene& scene);

/// A mail that shows the address of a user: relayed, executed, logged, or refused.
Decision decide_user(const Scene& scene, const User& user);

/// Mail to the address of List-Unsubscribe: newsletters end at once. Nothing when it is no such mail, or when somebody
/// wrote more than that into it, which a person has to read.
std::optional<Decision> decide_unsubscribe(const Scene& scene);

/// The words of this mail's writer that ask to be left alone; nothing on a lead that is.
std::optional<OptOut> opt_out_of(const Scene& scene, const Lead& lead);

/// Newsletters end; the rest is proposed to the owner, who decides.
void record_opt_out(Plan& plan, const OptOut& wish);
/// Who acts at the tool: a user, or for "" and "admin" the administrator who is no user of the config.
std::optional<User> user_at_tool(const std::string& name, const Rules& rules);

/// The lead that a user's mail is about: by token and Message-ID; else by our tag in the subject, for it is the tag
/// that stands in all our mails to him.
std::optional<Found> match_user_thread(const Scene& scene, const User& user);

/// A mail in the Sent folder: written with the mailbox's own login.
Decision decide_sent(const Scene& scene);

/// A mail that only commands about held mail: of an administrator, be he a user or not.
bool is_about_held(const CommandText& read);
Decision decide_held_commands(const Scene& scene, const User& administrator, const CommandText& read);

/// A mail from an administrator's address that is no user's. Nothing: it is not about held mail, and is taken as
/// anybody's.
std::optional<Decision> decide_administrator(const Scene& scene);

/// Onto the holding list, for this reason.
Decision hold(const Scene& scene, const Person& writer, const std::string& why);

/// Mail of a sender who is blocked.
Decision ignore_blocked(const Scene& scene);

/// Takes out of the decision what would tell somebody outside that his mail has arrived.
void erase_acknowledgements(Decision& decision);

/// Bytes that nothing but the header could be read of: kept, and on a lead unless it is automatic.
Decision decide_unreadable(const Scene& scene);

// Steps that several of them take.

/// The lead's value "last.participants" with these people in it, as far as they are outside and no contacts.
std::string with_participants(const Lead& lead, const std::vector<Person>& people, const Rules& rules);

/// mail_in with what is known of the last mail of the prospect (last.*). Returns nothing; status is left alone.
void record_mail_in(Plan& plan, const Scene& scene, const Person& writer);

/// The values that signature and form of `writer` tell, each only where the lead has none.
void record_findings(Plan& plan, const Scene& scene, const Person& writer);

/// Chooses an owner, tells him (notice), those it is offered to (offer), or the administrators that there is nobody.
void assign_owner(Plan& plan, const Scene& scene);

/// The owner who gets this copy is away: his rule says who acts meanwhile. Nothing when he is there.
void see_to_absence(Plan& plan, const Scene& scene, const User& owner, Letter copy);

/// What its owner reads of a mail. Of an answer what is new. A mail that answers nothing is shown whole: what looks
/// like a quotation or a signature in it may be what is asked for. Of a forward the words of whoever passed it on as
/// well, each under his name.
std::string text_to_show(const Inquiry& inquiry);

/// The mails that somebody of ours passed on beside the one that is read: "Ann <ann@a.example>: Pumps; …"; mostly "".
std::string enclosed_beside(const Inquiry& inquiry, const Rules& rules);

/// The inquiry as its reader gets it, with what it makes likely.
Letter letter_about(LetterKind kind, const Scene& scene, const Plan& plan, const std::string& user);

/// The warning beside those that the letter has.
void add_warning(Letter& letter, const std::string& warning);

/// The timeline of a new lead names the open leads of the same organisation. Its notice does too, as far as its reader
/// may see them: two reps are not to quote to one company unknowingly.
void record_colleagues(Plan& plan, const Scene& scene);

void tell_administrators(Plan& plan, Phrase why, std::initializer_list<std::string_view> arguments);

/// A user's own program says that he is not there and when he will be: these days he gets nothing. Nothing else follows
/// from it, and nothing at all without proof that it is his. docs/overview.md, "Who may command"
std::optional<Decision> decide_out_of_office(const Scene& scene);

/// Whether this address has written to us, or stood on the lead before anybody put it there by a command: mail to any
/// other one needs a confirming reply. docs/overview.md, "Who may command"
bool is_proven(const Lead& lead, std::string_view address);

/// The rep answered: Replied where it may be, nothing owed, no reminder of what has come due.
void record_answer(Plan& plan, const Event& event, Values more = {});

}  // namespace leadmail::leads
