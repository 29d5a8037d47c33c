#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "mail/message/ascii.h"
#include "mail/message/auto_reply_words.h"
#include "mail/message/dsn_json.h"
#include "mail/message/parse.h"
#include "mail/message/receipt_words.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

struct Verdict {
  Kind kind = Kind::person;
  std::string reason;  // empty: this sign is not there
  explicit operator bool() const { return !reason.empty(); }
};

std::string field(string_view name, string_view value) {
  constexpr std::size_t kShown = 100;
  std::string text(name);
  text += ": ";
  for (const char c : value.substr(0, kShown)) text += ascii::is_control(c) || ascii::is_8bit(c) ? '?' : c;
  return text;
}

// The first word of a structured value, without its parameters and comments.
std::string keyword(string_view value) {
  value = ascii::trim(value);
  return ascii::lower(ascii::trim(value.substr(0, value.find_first_of(";( \t"))));
}

bool is_answer(const Identity& identity) { return !identity.in_reply_to.empty() || !identity.references.empty(); }

string_view sender(const Message& message) {
  return message.identity.from.empty() ? string_view{} : string_view(message.identity.from.front().address);
}

bool local_part_is(string_view address, std::initializer_list<string_view> names) {
  const auto local = address.substr(0, address.find('@'));
  return std::any_of(names.begin(), names.end(), [&](string_view name) { return ascii::same(local, name); });
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
    if (method == "REPLY" || method == "COUNTER" || method == "DECLINECOUNTER")
      return {Kind::calendar, "a calendar answer, METHOD:" + method};
  }
  return {};
}

// Fields by which an answering machine names itself. X-Auto-Response-Suppress is not one of them: it asks others not to
// answer by machine, and Outlook sets it on what people write.
Verdict by_answering_machine(const Header& header) {
  if (const auto value = header.first("Auto-Submitted"); value && keyword(*value) == "auto-replied")
    return {Kind::auto_reply, field("Auto-Submitted", *value)};

  constexpr auto kMarks = std::to_array<string_view>({
      "X-Autoreply",         "X-Auto-Reply",         "X-AutoReply-From",       "X-Autorespond",
      "X-Auto-Respond",      "X-Autoresponse",       "X-Autoresponder",        "X-Mail-Autoreply",
      "X-Mail-Autoresponse", "X-Autoresponder-Loop", "X-Auto-Reply-From",      "X-Away-Message",
      "X-Vacation",          "Vacation-Reply",       "X-Zimbra-Auto-Reply",    "X-MS-Exchange-OOF",
      "X-Cyrus-Vacation",    "X-Facebook-Auto",      "X-Amazon-Auto-Reply",    "X-Help-Desk-Autoreply",
      "X-Auto-Responded",    "X-OTRS-Loop",          "X-FreeScout-Auto-Reply",
  });
  for (const auto name : kMarks) {
    const auto value = header.first(name);
    if (value && keyword(*value) != "no" && keyword(*value) != "false" && keyword(*value) != "0")
      return {Kind::auto_reply, field(name, *value)};
  }
  for (const auto name : {string_view("Precedence"), string_view("X-Precedence")}) {
    if (const auto value = header.first(name);
        value && (keyword(*value) == "auto_reply" || keyword(*value) == "auto-reply"))
      return {Kind::auto_reply, field(name, *value)};
  }
  if (const auto value = header.first("X-POST-MessageClass"); value && ascii::contains(*value, "autoresponder"))
    return {Kind::auto_reply, field("X-POST-MessageClass", *value)};
  if (const auto value = header.first("Delivered-To"); value && keyword(*value) == "autoresponder")
    return {Kind::auto_reply, field("Delivered-To", *value)};
  return {};
}

Verdict by_automatic_sender(const Message& message) {
  const auto& header = message.identity.header;
  if (const auto value = header.first("Auto-Submitted"); value && !keyword(*value).empty() && keyword(*value) != "no")
    return {Kind::auto_reply, field("Auto-Submitted", *value)};
  for (const auto name : {string_view("X-Autogenerated"), string_view("X-Auto-Generated"), string_view("X-Cron-Env"),
                          string_view("X-FC-MachineGenerated")}) {
    if (const auto value = header.first(name); value && keyword(*value) != "no" && keyword(*value) != "false")
      return {Kind::auto_reply, field(name, *value)};
  }
  if (message.identity.return_path == "<>") return {Kind::auto_reply, "Return-Path: <> (RFC 5321 §4.5.5)"};
  if (local_part_is(sender(message), {"mailer-daemon", "postmaster", "mail-daemon"}) && !is_answer(message.identity))
    return {Kind::auto_reply, "From: a mail system"};
  return {};
}

// A subject of answering machines. One that people might write too needs a second sign.
Verdict by_subject(const Message& message) {
  const auto& identity = message.identity;
  const auto sure = auto_subject(identity.subject);
  if (sure == AutoSubject::none) return {};
  const std::string reason = "Subject: words of an automatic reply";
  if (sure == AutoSubject::strong) return {Kind::auto_reply, reason};
  const bool suppresses = identity.header.has("X-Auto-Response-Suppress");
  if ((is_answer(identity) || suppresses) && says_away(message.content.text))
    return {Kind::auto_reply, reason + ", and the text says so"};
  return {};
}

// A group address of one's own domain that hands mail on to a shared mailbox looks like a list, but people write to it.
bool is_group_of_ours(const Header& header) {
  const auto post = header.first("List-Post");
  return header.has("X-Google-Group-Id") && !(post && ascii::contains(*post, "googlegroups.com"));
}

Verdict by_bulk_fields(const Message& message) {
  const auto& header = message.identity.header;
  if (is_group_of_ours(header)) return {};
  for (const auto name : {string_view("Precedence"), string_view("X-Precedence")}) {
    if (const auto value = header.first(name);
        value && (keyword(*value) == "bulk" || keyword(*value) == "junk" || keyword(*value) == "list"))
      return {Kind::bulk, field(name, *value)};
  }
  for (const auto name : {string_view("List-Id"), string_view("List-Post"), string_view("X-Mailing-List"),
                          string_view("Mailing-List"), string_view("X-BeenThere"), string_view("X-Mailman-Version"),
                          string_view("X-Campaign-Id"), string_view("X-CampaignId"), string_view("X-Mailgun-Tag"),
                          string_view("X-MC-User"), string_view("X-Newsletter")}) {
    if (const auto value = header.first(name); value && (name != "X-Mailgun-Tag" || header.has("List-Unsubscribe")))
      return {Kind::bulk, field(name, *value)};
  }
  // Sales tools put List-Unsubscribe on what a person writes in a running conversation.
  if (const auto value = header.first("List-Unsubscribe"); value && !is_answer(message.identity))
    return {Kind::bulk, field("List-Unsubscribe", *value)};
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
  if (!verdict) verdict = {Kind::person, "no sign of a machine"};
  message.kind = verdict.kind;
  message.kind_reason = verdict.reason;
}

}  // namespace leadmail::mail::message
