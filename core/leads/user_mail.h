// A mail of our own people while it is decided upon, and the steps that answering, commanding and logging share.
// Internal to the deciding files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/leads/authority.h"
#include "core/leads/deciding.h"
#include "core/leads/execute.h"

namespace leadmail::leads {

/// Everything that the parts need to know about a mail by a user.
struct UserMail {
  const Scene& scene;
  const User& user;
  Facts facts{};
  std::optional<Found> thread{};
};

/// Neither a user nor a mailbox of ours.
bool is_outside(const Person& person, const Rules& rules);
/// Those in To and Cc who are.
std::vector<Person> outside_recipients(const Scene& scene);
bool holds_address(const std::vector<Person>& people, std::string_view address);

Letter result_letter(const User& user);
/// Tells the user at his configured address, at most once an hour, and leaves a trace on the lead. Nothing else.
Decision refuse(const UserMail& mail, AuthorityRule rule);
/// The user is who he says; something in his mail can't be done. He is told what to do; nothing of it is executed.
Decision answer_with(const UserMail& mail, Outcome outcome, const std::string& why);
/// Nothing is done before the writer has said once more that he means this address.
Decision ask_to_confirm(const UserMail& mail, const std::string& address);

/// What commands and text together need; nothing when they have it.
std::optional<AuthorityRule> forbidden(const UserMail& mail, const CommandText& read, bool relays);
/// What the commands look at, and what came with them.
Circumstances around(const UserMail& mail);
/// What the commands changed, to their writer.
void send_result(Plan& plan, const UserMail& mail, Executed executed);

std::vector<std::string> thread_ids(const Snapshot& known, LeadId lead);
const Conversation& conversation(const Snapshot& known, LeadId lead);

// relay.cc: what goes to the prospect.

/// Whether something of the mail is for the prospect: text below the commands that no bare #note or #new keeps, or
/// files without a word.
bool would_relay(const UserMail& mail, const CommandText& read);
/// He answers a mail of ours and has put others in copy, but not the one whom he answers: that is left to us.
bool is_left_to_us(const UserMail& mail, const std::vector<Person>& outside);
/// A mail to us: commands, and what is for the prospect.
Decision carry_out(const UserMail& mail, const CommandText& read);

// log_answer.cc: what a rep wrote to a prospect himself.

bool goes_to(const Lead& lead, const std::vector<Person>& people);
/// All leads that are written to, the newest open one of each person: a mail may go to people of several.
std::vector<const Lead*> leads_of_contacts(const std::vector<Person>& people, const Snapshot& known);
/// With the shared address in copy: logged, never sent again.
Decision log_answer(const UserMail& mail, const std::vector<const Lead*>& leads, const CommandText& read);
/// To somebody new, with the shared address in copy: a lead of his, answered already.
Decision capture_recipient(const UserMail& mail, const Person& person);

}  // namespace leadmail::leads
