#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "core/base/machine_address.h"
#include "mail/message/answering_machine.h"
#include "mail/message/ascii.h"
#include "mail/message/auto_reply_words.h"
#include "mail/message/dsn_json.h"
#include "mail/message/parse.h"
#include "mail/message/receipt_words.h"
#include "mail/message/relay.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

struct Verdict {
  Kind kind = Kind::person;
  std::string reason;  // empty: this sign is not there
  bool is_sure = true;
  explicit operator bool() const { return !reason.empty(); }
};

bool is_answer(const Identity& identity) { return !identity.in_reply_to.empty() || !identity.references.empty(); }

string_view sender(const Message& message) {
  return message.identity.from.empty() ? string_view{} : string_view(message.identity.from.front().address);
}

bool local_part_is(string_view address, std::initializer_list<string_view> names) {
  const auto local = address.substr(0, address.find('@'));
  return std::any_of(names.begin(), names.end(), [&](string_view name) { return ascii::same(local, name); });
}

// An address that no person writes from.
bool is_robot(string_view address) {
  const auto local = ascii::lower(address.substr(0, address.find('@')));
  constexpr auto kWords = std::to_array<string_view>({"alert", "daemon", "root", "system", "automat", "bounce", "news",
                                                      "support", "notif", "monitor", "cron", "jira"});
  return is_machine_address(address) || std::any_of(kWords.begin(), kWords.end(), [&](string_view word) {
           return local.find(word) != std::string::npos;
         });
}

// What the structure of the body says: reports about our own mail, and answers to our invitations.
Verdict by_structure(const Message& message) {
  const auto& content = message.content;
  if (content.is_feedback_report) return {Kind::complaint, "a feedback report (ARF)"};
  // Outlook.com's older complaints, and those that a desk writes, carry no report part.
  if (is_complaint_text(message.identity.subject, content.text))
    return {Kind::complaint, "an abuse complaint without a report part"};
  if (read_service_notice(content.text).event == ServiceEvent::complaint)
    return {Kind::complaint, "a sending service's notice of a complaint"};
  if (content.is_receipt && !content.bounce) return {Kind::receipt, "a disposition notification (MDN)"};
  if (!content.bounce && is_receipt_text(message.identity.subject, content.text))
    return {Kind::receipt, "Subject and text of a receipt"};
  if (content.bounce) {
    const auto& told = content.bounce->recipients;
    const bool arrived = !told.empty() && std::all_of(told.begin(), told.end(), [](const Bounce::Recipient& recipient) {
      return recipient.action == "delivered" || recipient.action == "relayed" || recipient.action == "expanded" ||
             recipient.status.starts_with("2.");
    });
    if (arrived) return {Kind::receipt, "a delivery status notification: " + told.front().action};
    const auto first = told.empty() ? Bounce::Recipient{} : told.front();
    return {Kind::bounce, "a delivery status notification: " + (first.action.empty() ? "failed" : first.action) +
                              (first.status.empty() ? "" : ' ' + first.status)};
  }
  if (content.calendar) {
    const auto& method = content.calendar->method;
    if (method == "REPLY" || method == "COUNTER" || method == "DECLINECOUNTER" || method == "REFRESH")
      return {Kind::calendar, "a calendar answer, METHOD:" + method};
  }
  return {};
}

Verdict by_answering_machine(const Header& header) { return {Kind::auto_reply, answering_machine(header)}; }

/// A form's script says "auto-generated" too, and names its visitor in Reply-To.
bool names_somebody_else(const Identity& identity) {
  const auto from = identity.from.empty() ? string_view{} : string_view(identity.from.front().address);
  return std::any_of(identity.reply_to.begin(), identity.reply_to.end(),
                     [&](const Address& person) { return !ascii::same(person.address, from); });
}

/// A purchasing system sends inquiries in its user's name and says "auto-generated"; a robot's own news come from an
/// address that nobody reads, or to many.
bool may_be_in_somebodys_name(const Message& message) {
  const auto& identity = message.identity;
  const auto from = sender(message);
  return !is_answer(identity) && identity.return_path != "<>" && auto_subject(identity.subject) == AutoSubject::none &&
         message.content.returns.empty() && !says_away(message.content.text) && !is_robot(from) &&
         !identity.header.has("Precedence") && !identity.header.has("List-Unsubscribe") &&
         !identity.header.has("List-Id");
}

Verdict by_automatic_sender(const Message& message) {
  const auto& header = message.identity.header;
  if (const auto value = header.first("Auto-Submitted"); value && !keyword(*value).empty() && keyword(*value) != "no") {
    const bool generated = ascii::same(keyword(*value), "auto-generated") && may_be_in_somebodys_name(message);
    return {Kind::auto_reply, shown_field("Auto-Submitted", *value),
            !generated && !names_somebody_else(message.identity)};
  }
  for (const auto name : {string_view("X-Autogenerated"), string_view("X-Auto-Generated"), string_view("X-Cron-Env"),
                          string_view("X-FC-MachineGenerated")}) {
    if (const auto value = header.first(name); value && keyword(*value) != "no" && keyword(*value) != "false")
      return {Kind::auto_reply, shown_field(name, *value)};
  }
  // Scripts of web forms, and programs that were set up badly, give no return path either.
  if (message.identity.return_path == "<>") return {Kind::auto_reply, "Return-Path: <> (RFC 5321 §4.5.5)", false};
  if (local_part_is(sender(message), {"mailer-daemon", "postmaster", "mail-daemon"}) && !is_answer(message.identity))
    return {Kind::auto_reply, "From: a mail system", !local_part_is(sender(message), {"postmaster"})};
  return {};
}

// A subject of answering machines. One that people might write too needs a second sign.
Verdict by_subject(const Message& message) {
  const auto& identity = message.identity;
  const auto sure = auto_subject(identity.subject);
  if (sure == AutoSubject::none) return {};
  const std::string reason = "Subject: words of an automatic reply";
  // Without any other sign somebody may have forwarded such a subject, or may mean it.
  const bool is_answered = is_answer(identity) || identity.header.has("X-Auto-Response-Suppress");
  if (sure == AutoSubject::strong) return {Kind::auto_reply, reason, is_answered};
  const bool suppresses = identity.header.has("X-Auto-Response-Suppress");
  const bool away = says_away(message.content.text) || !message.content.returns.empty();
  if ((is_answer(identity) || suppresses) && away) return {Kind::auto_reply, reason + ", and the text says so"};
  return {};
}

// A group address of one's own domain that hands mail on to a shared mailbox looks like a list, but people write to it.
bool is_group_of_ours(const Header& header) {
  const auto post = header.first("List-Post");
  return header.has("X-Google-Group-Id") && !(post && ascii::contains(*post, "googlegroups.com"));
}

// One sign of a mailing alone: sales tools put List-Unsubscribe on a person's first mail, old web scripts Precedence.
// Whoever has to offer one click (RFC 8058) writes to many.
bool is_surely_bulk(const Header& header) {
  if (header.has("List-Unsubscribe-Post")) return true;
  int signs = 0;
  for (const auto name :
       {string_view("Precedence"), string_view("List-Id"), string_view("List-Post"), string_view("List-Unsubscribe"),
        string_view("X-Mailing-List"), string_view("X-BeenThere"), string_view("X-Mailman-Version"),
        string_view("X-Campaign-Id"), string_view("X-CampaignId"), string_view("X-Campaign"), string_view("X-MC-User"),
        string_view("X-Newsletter"), string_view("X-Mailgun-Tag"), string_view("Feedback-ID"),
        string_view("X-CSA-Complaints"), string_view("X-SG-EID"), string_view("X-Report-Abuse")}) {
    signs += header.has(name) ? 1 : 0;
  }
  return signs > 1;
}

Verdict by_bulk_fields(const Message& message) {
  const auto& header = message.identity.header;
  if (is_group_of_ours(header)) return {};
  for (const auto name : {string_view("Precedence"), string_view("X-Precedence")}) {
    if (const auto value = header.first(name);
        value && (keyword(*value) == "bulk" || keyword(*value) == "junk" || keyword(*value) == "list"))
      return {Kind::bulk, shown_field(name, *value)};
  }
  for (const auto name : {string_view("List-Id"), string_view("List-Post"), string_view("X-Mailing-List"),
                          string_view("Mailing-List"), string_view("X-BeenThere"), string_view("X-Mailman-Version"),
                          string_view("X-Campaign-Id"), string_view("X-CampaignId"), string_view("X-Mailgun-Tag"),
                          string_view("X-MC-User"), string_view("X-Newsletter")}) {
    if (const auto value = header.first(name); value && (name != "X-Mailgun-Tag" || header.has("List-Unsubscribe")))
      return {Kind::bulk, shown_field(name, *value)};
  }
  // Sales tools put List-Unsubscribe on what a person writes in a running conversation, portals on what they pass on.
  const bool personal = is_answer(message.identity) || (read_relay(message.identity) && !is_surely_bulk(header));
  if (const auto value = header.first("List-Unsubscribe"); value && !personal)
    return {Kind::bulk, shown_field("List-Unsubscribe", *value)};
  return {};
}

// Written by the receiving side, or by a sender who harms nobody but himself.
std::string spam_sign(const Header& header) {
  for (const auto name : {string_view("X-Spam-Flag"), string_view("X-Spam-Status"), string_view("X-Spam")}) {
    if (const auto value = header.first(name);
        value && ascii::same(keyword(*value).substr(0, keyword(*value).find(',')), "yes")) {
      return shown_field(name, *value);
    }
  }
  return {};
}

Verdict by_form(const Message& message) {
  const auto fields = message.content.form.size();
  if (fields == 0) return {};
  return {Kind::form, "a form notification of " + std::to_string(fields) + " fields"};
}

}  // namespace

string_view name(Kind kind) {
  switch (kind) {
    case Kind::person: return "person";
    case Kind::auto_reply: return "auto-reply";
    case Kind::bounce: return "bounce";
    case Kind::complaint: return "complaint";
    case Kind::receipt: return "receipt";
    case Kind::bulk: return "bulk";
    case Kind::calendar: return "calendar";
    case Kind::form: return "form";
  }
  return "person";
}

void classify(Message& message) {
  const auto& header = message.identity.header;
  // Strongest first: what only a machine can have written, then what a machine may have passed on for a person.
  auto verdict = by_structure(message);
  if (!verdict) verdict = by_answering_machine(header);
  if (!verdict) verdict = by_subject(message);
  if (!verdict) verdict = by_form(message);
  if (!verdict) verdict = by_automatic_sender(message);
  if (!verdict) verdict = by_bulk_fields(message);
  if (!verdict) verdict = {Kind::person, "no sign of a machine", true};
  message.kind = verdict.kind;
  message.kind_reason = verdict.reason;
  message.kind_is_sure = verdict.kind == Kind::bulk ? is_surely_bulk(header) : verdict.is_sure;
  message.spam = spam_sign(header);
}

}  // namespace leadmail::mail::message
