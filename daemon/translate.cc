#include "daemon/translate.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/leads/command.h"
#include "core/leads/organisation.h"
#include "core/leads/text.h"
#include "core/leads/token.h"
#include "daemon/answer.h"
#include "mail/message/address.h"
#include "mail/message/authentication_results.h"
#include "mail/message/charset.h"
#include "mail/message/form.h"
#include "mail/message/forwarded.h"
#include "mail/message/only_signature.h"
#include "mail/message/parse.h"
#include "mail/message/phone_number.h"
#include "mail/message/relay.h"
#include "mail/message/signature.h"
#include "mail/message/subject.h"
#include "mail/message/thread_index.h"

namespace leadmail::daemon {
namespace {

constexpr std::size_t kShownOfQuoted = 4096;  ///< octets, of which a line is shown

namespace message = mail::message;

/// What is no address ("From: Al Nine") is at most a name: nothing may be sent there.
leads::Person to_person(const message::Address& address) {
  if (address.address.find('@') != std::string::npos) return {address.name, address.address};
  return {address.name.empty() ? address.address : address.name, {}};
}

std::vector<leads::Person> to_people(const std::vector<message::Address>& addresses) {
  std::vector<leads::Person> people;
  people.reserve(addresses.size());
  std::transform(addresses.begin(), addresses.end(), std::back_inserter(people), to_person);
  return people;
}

leads::Nature to_nature(message::Kind kind) {
  switch (kind) {
    case message::Kind::person: return leads::Nature::personal;
    case message::Kind::auto_reply: return leads::Nature::auto_reply;
    case message::Kind::bounce: return leads::Nature::bounce;
    case message::Kind::complaint: return leads::Nature::complaint;
    case message::Kind::receipt: return leads::Nature::receipt;
    case message::Kind::bulk: return leads::Nature::bulk;
    case message::Kind::calendar: return leads::Nature::calendar;
    case message::Kind::form: return leads::Nature::form;
  }
  return leads::Nature::personal;
}

int percent(double confidence) { return static_cast<int>(std::lround(std::clamp(confidence, 0.0, 1.0) * 100)); }

void add_guess(std::vector<leads::Finding>& findings, const char* field, const message::Guess& guess) {
  if (!guess.value.empty()) findings.push_back({field, guess.value, percent(guess.confidence), "signature"});
}

/// The writer's phones, faxes left out; of numbers without a calling code the mailbox knows the country at last.
void add_signature(std::vector<leads::Finding>& findings, const message::Message& message, std::string_view region) {
  if (message.content.signature.empty() || message.identity.from.empty()) return;
  const auto signature = message::read_signature(message.content.signature, message.identity.from.front(), region);
  add_guess(findings, "name", signature.name);
  add_guess(findings, "title", signature.title);
  add_guess(findings, "company", signature.company);
  add_guess(findings, "website", signature.website);
  add_guess(findings, "address", signature.address);
  for (const auto& phone : signature.phones) {
    if (phone.kind != "fax") findings.push_back({"phone", phone.written, 80, "signature", phone.e164});
  }
}

/// What a website's form told, under the names that the book knows; the form's own name where the config gives it one.
void add_form(std::vector<leads::Finding>& findings, const message::Message& message, const Config& config,
              std::string_view region) {
  if (message.content.form.empty()) return;
  const auto* const rule = message::form_rule_for(config.forms, message.identity);
  const auto values =
      rule == nullptr ? message::form_values(message.content.form) : message::form_values(message.content.form, *rule);
  for (const auto& [key, value] : values) {
    findings.push_back({key, value, 95, "form", key == "phone" ? message::to_e164(value, region) : std::string{}});
  }
  if (rule != nullptr) findings.push_back({"source", rule->name, 90, "form"});
  // A label that is called like a field of the company's own is that field.
  for (const auto& [label, value] : message.content.form) {
    const auto named = leads::read_field(label, config.rules.record);
    const bool is_own =
        named && named->field.custom && leads::trim(std::string_view(label).substr(named->used)).empty();
    if (is_own && !value.empty()) findings.push_back({named->field.name, value, 95, "form"});
  }
}

/// "2026-03-16"
std::optional<std::chrono::year_month_day> to_day(const std::string& iso) {
  const auto time = parse_rfc3339(iso + "T00:00:00Z");
  if (!time) return std::nullopt;
  return std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(*time)};
}

void add_bounce(leads::Inquiry& inquiry, const message::Content& content) {
  if (!content.bounce) return;
  inquiry.failed_message_id = content.bounce->original_message_id;
  for (const auto& recipient : content.bounce->recipients) {
    // A contact is known by the address that we write to, whatever stands behind it.
    const auto& address = recipient.written_to.empty() ? recipient.address : recipient.written_to;
    inquiry.failed.push_back({address, recipient.action, recipient.status, recipient.diagnostic});
  }
}

/// A calendar answer as the leads see it: addresses spelled as theirs.
void add_calendar(leads::Inquiry& inquiry, const message::Content& content) {
  if (!content.calendar) return;
  const auto& part = *content.calendar;
  inquiry.calendar = leads::CalendarAnswer{.method = part.method,
                                           .uid = part.uid,
                                           .sequence = part.sequence,
                                           .partstat = part.partstat,
                                           .attendee = part.attendee,
                                           .start = part.start,
                                           .end = part.end,
                                           .zone = part.zone,
                                           .comment = part.comment,
                                           .summary = part.summary,
                                           .place = part.place};
}

void add_forward(leads::Inquiry& inquiry, const message::Content& content) {
  if (!content.forwarded || content.forwarded->from.address.empty()) return;
  inquiry.forwarded_from = to_person(content.forwarded->from);
  inquiry.forwarded_subject = content.forwarded->subject;
  inquiry.forwarded_text = content.forwarded->text;
  for (const auto& [from, subject] : content.forwarded->others) {
    const auto by =
        from.name.empty() || from.address.empty() ? from.name + from.address : from.name + " <" + from.address + ">";
    inquiry.forwarded_beside.push_back(leads::one_line(by, 120) + ": " + leads::one_line(subject, 120));
  }
}

/// In the Sent folder the login of the mailbox is the proof; elsewhere the transport has to testify.
void weigh_authentication(leads::Inquiry& inquiry, const message::Identity& identity, const Config& config) {
  const MailboxConfig* mailbox = config.mailbox(inquiry.mailbox);
  if (inquiry.in_sent_folder) {
    inquiry.authenticated = true;
    inquiry.authentication = "in the Sent folder: written with the mailbox's own login";
    return;
  }
  if (mailbox == nullptr) return;
  const auto evidence = message::authenticate(identity, mailbox->trusted_authserv);
  inquiry.authenticated = evidence.pass;
  inquiry.authentication = evidence.how;
}

/// A list or a portal that may not show the writer's domain in From puts its own address there: "María via Compras".
void add_relay(leads::Inquiry& inquiry, const message::Identity& identity) {
  const auto& header = identity.header;
  inquiry.is_from_list = header.has("List-Id") || header.has("List-Post") || header.has("X-Google-Group-Id");
  if (const auto author = message::read_relay(identity)) inquiry.list_author = to_person(*author);
}

/// A list of our own domain: "sales.acme.example" for sales@acme.example. Strangers write to us through it.
bool is_list_of_ours(const message::Identity& identity, std::string_view our_address) {
  const auto id = identity.header.first("List-Id");
  if (!id || our_address.empty()) return false;
  const auto open = id->rfind('<');
  auto name = open == std::string_view::npos ? *id : id->substr(open + 1);
  name = name.substr(0, name.find('>'));
  const auto ours = leads::colleagues_domain(our_address);
  return !ours.empty() && leads::organisation_domain("list@" + std::string(name)) == ours;
}

/// Who wrote it, for what is decided of it. Of several authors none is believed; but when one of them is a user, it is
/// his doubtful mail and he is told of it, never a prospect's.
leads::Person author_of(const message::Identity& identity, const leads::Rules& rules) {
  if (identity.from_fields == 1 && identity.from.size() == 1) return to_person(identity.from.front());
  for (const auto& author : identity.from) {
    if (rules.user_with_address(author.address) != nullptr) return to_person(author);
  }
  return {};
}

void add_identity(leads::Inquiry& inquiry, const message::Identity& identity, const leads::Rules& rules) {
  inquiry.from = author_of(identity, rules);
  inquiry.from_is_plain = identity.from_is_plain;
  inquiry.reply_to = to_people(identity.reply_to);
  inquiry.to = to_people(identity.to);
  inquiry.cc = to_people(identity.cc);
  inquiry.delivered_to = identity.delivered_to;
  inquiry.subject = identity.subject;
  const auto subject = message::read_subject(identity.subject);
  inquiry.subject_key = subject.key;
  inquiry.subject_is_reply = subject.is_reply;
  inquiry.date = identity.date;
  inquiry.message_id = identity.message_id;
  inquiry.in_reply_to = identity.in_reply_to;
  inquiry.references = identity.references;
  if (const auto index = identity.header.first("Thread-Index")) {
    const auto conversation = message::conversation_of(*index);
    inquiry.conversation = conversation.value_or("");
    inquiry.thread_index = conversation ? std::string(*index) : "";
  }
  inquiry.hops = identity.received;
  inquiry.null_return_path = identity.return_path == "<>";
}

/// Our mark is signed for one Message-ID, which stands behind it. In the Sent folder that may be what the mail was
/// called before the server gave it another one; what comes from outside is ours under its own name only.
void read_mark(leads::Inquiry& inquiry, const message::Identity& identity, const leads::TokenKeys& keys) {
  const auto field = identity.header.first("X-Leadmail-Instance");
  if (!field) return;
  const auto mark = field->substr(0, field->find(' '));
  if (leads::verify_instance_mark(mark, inquiry.message_id, keys)) {
    inquiry.instance = std::string(mark);
    return;
  }
  const auto original = mark.size() == field->size() ? std::string_view() : field->substr(mark.size() + 1);
  if (!inquiry.in_sent_folder || !leads::verify_instance_mark(mark, original, keys)) return;
  inquiry.instance = std::string(mark);
  inquiry.original_id = std::string(original);
}

/// What his program puts below every mail is no answer, whether or not commands stand above it.
bool says_only_who(const leads::Inquiry& inquiry, const leads::User& user, std::string_view company) {
  const auto below = leads::read_commands(inquiry.reply, user.language).rest;
  const auto names = std::to_array<std::string_view>({user.name, user.id, inquiry.from.name, company});
  return message::is_only_signature(below, names);
}

/// Of a user's mail his own words go out, and he is told of the others.
void hold_back_quoted(leads::Inquiry& inquiry, const message::Content& content, const leads::Rules& rules) {
  if (rules.user_with_address(inquiry.from.address) == nullptr) return;
  if (!content.own_words.empty()) {  // nobody can say which of the lines below are his
    inquiry.reply = content.own_words;
    inquiry.below_quote = message::utf8_prefix(content.quoted, kShownOfQuoted);
  }
  auto quoted = message::read_first_quoted(content.quoted);
  if (!quoted) return;
  inquiry.quoted_from = to_person(quoted->from);
  inquiry.quoted_mail = std::move(quoted->text);
}

void add_attachments(leads::Inquiry& inquiry, const message::Content& content) {
  const auto uses = uses_of(content);
  for (std::size_t i = 0; i < uses.size(); ++i) {
    const auto& file = content.attachments[i];
    inquiry.attachments.push_back({file.filename, file.content_type, file.size, file.sha256, uses[i]});
  }
}

}  // namespace

leads::Inquiry to_inquiry(const message::Message& message, std::string_view raw, const Sighting& sighting,
                          const Config& config) {
  leads::Inquiry inquiry;
  inquiry.mailbox = sighting.mailbox;
  inquiry.in_sent_folder = sighting.in_sent_folder;
  inquiry.is_history = sighting.is_history;
  inquiry.received = sighting.received;
  inquiry.fingerprint = message::fingerprint(message.identity, raw);
  add_identity(inquiry, message.identity, config.rules);
  add_relay(inquiry, message.identity);
  weigh_authentication(inquiry, message.identity, config);
  read_mark(inquiry, message.identity, config.rules.tokens);

  const auto& content = message.content;
  inquiry.nature = to_nature(message.kind);
  inquiry.nature_reason = message.kind_reason;
  inquiry.nature_is_sure = message.kind_is_sure;
  inquiry.spam = message.spam;
  inquiry.text = content.text;
  inquiry.reply = content.reply;
  if (inquiry.nature == leads::Nature::personal) inquiry.opt_out = leads::OptOutReading(inquiry.reply);
  inquiry.command_text = content.command_text;
  inquiry.below_quote = content.below_quote;
  hold_back_quoted(inquiry, content, config.rules);
  inquiry.signature = content.signature;
  inquiry.language = content.language;
  const MailboxConfig* const mailbox = config.mailbox(sighting.mailbox);
  const auto* const ours = config.rules.mailbox(sighting.mailbox);
  if (ours != nullptr && is_list_of_ours(message.identity, ours->address)) inquiry.nature_is_sure = false;
  const auto region = mailbox == nullptr ? std::string_view{} : std::string_view(mailbox->region);
  add_form(inquiry.findings, message, config, region);
  add_signature(inquiry.findings, message, region);
  if (message.kind == message::Kind::auto_reply) inquiry.returns = to_day(content.returns);
  inquiry.form = content.form;
  add_forward(inquiry, content);
  add_bounce(inquiry, content);
  add_calendar(inquiry, content);
  inquiry.has_html = !content.html.empty();
  inquiry.is_encrypted = content.is_encrypted;
  inquiry.is_reaction = !content.reaction.empty() || !content.recalled.empty();
  if (const auto* const user = config.rules.user_with_address(inquiry.from.address))
    inquiry.says_only_who = says_only_who(inquiry, *user, config.rules.company);
  add_attachments(inquiry, content);
  return inquiry;
}

}  // namespace leadmail::daemon
