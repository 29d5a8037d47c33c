#include "daemon/letters.h"

#include <algorithm>

#include "core/leads/address.h"
#include "core/leads/meeting.h"
#include "core/leads/reach.h"
#include "core/leads/token.h"
#include "core/leads/zone.h"
#include "daemon/amounts.h"
#include "daemon/answer.h"
#include "daemon/deal_words.h"
#include "daemon/holding.h"
#include "daemon/invitations.h"
#include "daemon/labels.h"
#include "daemon/looks.h"
#include "daemon/newsletter_mail.h"
#include "daemon/sent_copies.h"
#include "daemon/summaries.h"
#include "daemon/wording.h"
#include "mail/message/charset.h"
#include "mail/message/parse.h"
#include "mail/message/subject.h"
#include "mail/message/thread_index.h"

namespace leadmail::daemon {
namespace {

namespace message = mail::message;
using leads::Letter;
using leads::LetterKind;

/// Who reads it, where he is, and how he is spoken to.
struct Reader {
  const leads::User* user = nullptr;  ///< nothing: somebody outside
  std::string language{};
  std::string zone{};
};

/// Everything one letter needs while it is written.
struct Desk {
  const Settings& settings;
  const Letter& letter;
  const leads::Lead* lead;
  const leads::Inquiry* inquiry;
  const leads::Mailbox& mailbox;
  Reader reader;
  std::string token{};
  Time now;

  [[nodiscard]] const leads::Rules& rules() const { return settings.config.rules; }
};

Reader reader_of(const Letter& letter, const leads::Rules& rules) {
  const leads::User* user = letter.to_user.empty() ? nullptr : rules.user(letter.to_user);
  if (user != nullptr) return {user, user->language, user->timezone};
  return {nullptr, letter.language.empty() ? rules.language : letter.language, rules.timezone};
}

std::string prospect_name(const leads::Lead* lead) {
  if (lead == nullptr) return {};
  if (!lead->value("name").empty()) return std::string(lead->value("name"));
  if (!lead->value("company").empty()) return std::string(lead->value("company"));
  const auto emails = lead->emails();
  return emails.empty() ? to_string(lead->id) : emails.front();
}

std::string shown_name(const leads::Person& person) { return person.name.empty() ? person.address : person.name; }

/// Whose words a copy shows: a colleague's of the prospect, or a stranger's, who may call himself what he likes.
std::string writer_name(const Desk& desk, bool with_address) {
  const auto& writer = desk.letter.quoted_from;
  if (desk.letter.kind != LetterKind::copy || writer.address.empty()) return prospect_name(desk.lead);
  const bool is_known = desk.lead != nullptr && desk.lead->is_contact(writer.address);
  const bool is_named = !writer.name.empty() && writer.name != writer.address;
  if (is_known && !is_named) return prospect_name(desk.lead);
  return with_address && !is_known && is_named ? writer.name + " <" + writer.address + ">" : shown_name(writer);
}

/// Who gets the reader's answer.
std::string answered_name(const leads::Lead* lead) {
  const auto person = lead == nullptr ? leads::Person{} : leads::answer_to(*lead);
  return person.name.empty() ? prospect_name(lead) : person.name;
}

std::string user_name(const leads::Rules& rules, std::string_view id) {
  const leads::User* user = rules.user(id);
  return user == nullptr ? std::string(id) : user->name;
}

std::string first_email(const leads::Lead* lead) {
  if (lead == nullptr) return {};
  const auto emails = lead->emails();
  return emails.empty() ? std::string() : emails.front();
}

/// What a new owner finds planned: the next contact, and events that are still to come, each with who makes it.
void add_planned(const Desk& desk, std::vector<Words::Entry>& entries) {
  const auto& language = desk.reader.language;
  const auto& zone = desk.reader.zone;
  const auto add = [&](const std::string& label, Time at, const std::string& by, const std::string& what) {
    auto value = spell_time(at, zone, language);
    if (!by.empty()) value += ", " + user_name(desk.rules(), by);
    if (!what.empty()) value += ": " + what;
    entries.push_back({{"label", label}, {"value", std::move(value)}});
  };
  if (const auto next = desk.lead->next())
    add(label_of("next.at", language, desk.rules().record), next->at, next->by, next->note);
  for (const auto& meeting : leads::meetings_of(*desk.lead)) {
    if (meeting.at + meeting.length < desk.now) continue;
    add(spell_value("event.1.kind", meeting.kind, language, zone), meeting.at, meeting.by, meeting.place);
  }
}

/// What is known of the prospect, line by line, in the reader's language.
std::vector<Words::Entry> facts(const Desk& desk) {
  std::vector<Words::Entry> entries;
  const auto add = [&](std::string_view field, const std::string& value) {
    if (!value.empty())
      entries.push_back({{"label", label_of(field, desk.reader.language, desk.rules().record)}, {"value", value}});
  };
  if (desk.lead == nullptr) return entries;
  add("name", std::string(desk.lead->value("name")));
  add("email", first_email(desk.lead));
  for (const std::string_view field :
       {"phones", "company", "title", "website", "product", "country", "source", "campaign"}) {
    std::string value(desk.lead->value(field));
    std::replace(value.begin(), value.end(), '\n', ',');
    add(field, value);
  }
  for (const auto& field : desk.rules().record.fields) {
    const auto value = desk.lead->value(field.name);
    if (!value.empty())
      add(field.name, spell_value(field.name, value, desk.reader.language, desk.reader.zone, &desk.rules().record));
  }
  add("status", label_of(desk.lead->status(), desk.reader.language));
  if (desk.lead->value("qualification.was_customer.answer") == "yes") {
    const auto note = std::string(desk.lead->value("qualification.was_customer.note"));
    const auto yes = spell_value("", "yes", desk.reader.language, desk.reader.zone);
    add("qualification.was_customer.answer", note.empty() ? yes : yes + ", " + note);
  }
  if (desk.letter.kind == LetterKind::notice) add_planned(desk, entries);
  const bool brings_mail = desk.letter.kind == LetterKind::notice || desk.letter.kind == LetterKind::copy;
  if (brings_mail && desk.inquiry != nullptr && !desk.inquiry->attachments.empty()) {
    add("attachments", leads::names_of(desk.inquiry->attachments));
  }
  return entries;
}

/// A value as the reader knows it: users by their names.
std::string spelled(const Desk& desk, std::string_view field, const std::string& value) {
  const bool is_user = (field == "owner" || field == "next.by") && !value.empty();
  if (is_user) return user_name(desk.rules(), value);
  return spell_value(field, value, desk.reader.language, desk.reader.zone, &desk.rules().record);
}

void add_results(const Desk& desk, Words& words) {
  auto& list = words.lists["results"];
  auto results = desk.letter.results;
  join_amounts(results, desk.lead, desk.reader.language);
  for (const auto& line : results) {
    list.push_back({{"field", label_of(line.field, desk.reader.language, desk.rules().record)},
                    {"before", spelled(desk, line.field, line.before)},
                    {"after", spelled(desk, line.field, line.after)}});
  }
}

/// The list goes to all administrators, and any of them may answer it: their token names none of them.
constexpr std::string_view kAdministrator = "admin";

void add_held(const Desk& desk, Words& words) {
  auto& list = words.lists["held"];
  for (const auto& mail : desk.letter.held) {
    list.push_back(held_words(mail, desk.reader.zone, desk.reader.language));
  }
  for (const auto& [label, command] : held_actions(desk.letter.held, desk.reader.language))
    words.lists["actions"].push_back({{"label", label}, {"command", command}});
  const auto of = std::stoull("0" + desk.letter.subject);
  if (of > desk.letter.held.size()) words.values["more"] = std::to_string(of - desk.letter.held.size());
}

std::string title_of(const Desk& desk) {
  // Of a mail that one tap made, the subject is only the token that says who may send it.
  const bool is_token = leads::token_in(desk.letter.subject).has_value();
  if (!desk.letter.subject.empty() && !is_token) return desk.letter.subject;
  if (is_token) return prospect_name(desk.lead);
  if (desk.inquiry != nullptr && !desk.inquiry->subject.empty()) return desk.inquiry->subject;
  return prospect_name(desk.lead);
}

/// The prospect's words as our own mail shows them.
std::string quoted_words(const Desk& desk) {
  return desk.inquiry == nullptr ? std::string{} : excerpt(desk.letter.text);
}

constexpr std::size_t kMostOfUndelivered = 4000;

/// Whom a mail did not reach, by his name where he is known; of several their addresses.
std::string unreached(const Desk& desk) {
  const auto& address = desk.letter.quoted_from.address;
  if (address.empty()) return prospect_name(desk.lead);
  const auto meant = desk.lead == nullptr ? leads::Person{} : leads::answer_to(*desk.lead);
  const bool is_he = leads::to_lower(meant.address) == leads::to_lower(address) && !meant.name.empty();
  return is_he ? meant.name + " (" + address + ")" : address;
}

/// Where else the prospect of a mail that could not be delivered may be reached. Nothing where it was somebody in copy
/// whom it did not reach: the prospect has it.
std::string other_addresses(const Desk& desk) {
  std::string list;
  if (desk.lead == nullptr) return list;
  const auto& failed = desk.letter.quoted_from.address;
  if (!failed.empty() && leads::to_lower(leads::answer_to(*desk.lead).address) != leads::to_lower(failed)) return list;
  if (desk.lead->status() == leads::Status::do_not_contact) return list;
  const auto dead = leads::lines_of(desk.lead->value("dead"));
  for (const auto& address : desk.lead->emails()) {
    if (std::find(dead.begin(), dead.end(), address) != dead.end()) continue;
    if (desk.letter.text.find(address) == std::string::npos) list += (list.empty() ? "" : ", ") + address;
  }
  return list;
}

/// What of the lead a company's own template may insert.
void add_fields(const Desk& desk, Words& words) {
  for (const auto& field : template_fields(desk.rules().record)) {
    auto value = field == "email" ? first_email(desk.lead) : std::string(desk.lead->value(field));
    std::replace(value.begin(), value.end(), '\n', ',');
    if (value.empty()) continue;
    words.values["field." + field] =
        spell_value(field, value, desk.reader.language, desk.reader.zone, &desk.rules().record);
  }
}

/// What is said to somebody whose address may be a forged one: nothing that he, or whoever wrote in his name, has told
/// us, whatever the template asks for.
Words words_for_stranger(const Desk& desk) {
  Words words;
  words.values = {{"company", desk.rules().company}, {"shared", desk.mailbox.address}};
  return words;
}

Words words_for(const Desk& desk) {
  if (desk.letter.kind == LetterKind::ack) return words_for_stranger(desk);
  Words words;
  const auto& lead = desk.lead;
  words.values = {{"company", desk.rules().company}, {"shared", desk.mailbox.address},
                  {"title", title_of(desk)},         {"text", desk.letter.text},
                  {"name", writer_name(desk, true)}, {"to_name", answered_name(lead)}};
  if (lead != nullptr) {
    words.values["lead"] = to_string(lead->id);
    words.values["tag"] = leads::subject_tag(lead->id, desk.rules().tokens);
    words.values["status"] = label_of(lead->status(), desk.reader.language);
    words.values["owner_name"] = user_name(desk.rules(), lead->owner());
    add_fields(desk, words);
  }
  if (desk.reader.user != nullptr) words.values["user_name"] = desk.reader.user->name;
  if (desk.letter.kind == LetterKind::notice || desk.letter.kind == LetterKind::copy ||
      desk.letter.kind == LetterKind::offer)
    words.values["quoted"] = quoted_words(desk);
  if (desk.letter.is_early) words.values["early"] = "yes";
  if (desk.letter.is_escalation) words.values["escalated"] = "yes";
  if (desk.letter.next) {
    words.values["next_at"] = spell_time(desk.letter.next->at, desk.reader.zone, desk.reader.language);
    words.values["note"] = desk.letter.next->note;
  }
  if (desk.letter.cancels) words.values["cancels"] = "yes";
  if (desk.letter.is_refusal) words.values["refused"] = "yes";
  if (desk.letter.is_question) words.values["unknown"] = "yes";
  if (desk.letter.kind == LetterKind::bounced) {
    words.values["failed"] = unreached(desk);
    words.values["others"] = other_addresses(desk);
    words.values["quoted"] = excerpt(desk.letter.quoted, kMostOfUndelivered);
  }
  if (!desk.letter.warning.empty()) words.values["warning"] = desk.letter.warning;
  if (desk.letter.kind == LetterKind::held) add_held(desk, words);
  words.lists["facts"] = facts(desk);
  if (desk.letter.kind == LetterKind::conversion && lead != nullptr) {
    words.lists["deal"] = deal_words(*lead, desk.rules().record, desk.reader.language, desk.reader.zone);
  }
  add_results(desk, words);
  add_look(words, desk.letter, desk.lead, desk.rules(), desk.reader.language, desk.reader.zone);
  add_summary(words, desk.letter, desk.rules(), desk.reader.language, desk.reader.zone);
  return words;
}

/// One tap for what its reader may do next: the command is written into the mail, and the token in the address says who
/// may send it. Nothing where nobody may answer.
LinkMaker link_maker(const Desk& desk) {
  const bool is_about_lead = desk.reader.user != nullptr && desk.lead != nullptr;
  const bool lists_leads = desk.letter.kind == LetterKind::list || desk.letter.kind == LetterKind::overdue ||
                           desk.letter.kind == LetterKind::catchup || desk.letter.kind == LetterKind::digest;
  const bool is_of_list = desk.reader.user != nullptr && lists_leads;
  if (!is_about_lead && !is_of_list && desk.letter.kind != LetterKind::held) return {};
  const auto address = leads::reply_address(desk.mailbox, desk.token);
  const auto subject = leads::action_tag(desk.lead == nullptr ? LeadId{} : desk.lead->id, desk.token);
  return [address, subject](std::string_view command) { return mailto(address, subject, std::string(command) + "\n"); };
}

message::Address to_address(const leads::Person& person) { return {person.name, person.address}; }

/// From is always the shared address, so that signatures of the domain hold; the name says whose words they are.
message::Address sender_of(const Desk& desk) {
  const std::string company = desk.rules().company.empty() ? desk.mailbox.address : desk.rules().company;
  switch (desk.letter.kind) {
    case LetterKind::answer: return {user_name(desk.rules(), desk.letter.on_behalf_of), desk.mailbox.address};
    case LetterKind::notice:
    case LetterKind::offer:
    case LetterKind::copy: return {writer_name(desk, false) + " (" + company + ")", desk.mailbox.address};
    default: return {company, desk.mailbox.address};
  }
}

void add_recipients(const Desk& desk, message::Draft& draft) {
  if (desk.reader.user != nullptr) {
    draft.to.push_back({desk.reader.user->name, desk.reader.user->addresses.front()});
  } else if (desk.letter.to.empty() &&
             (desk.letter.kind == LetterKind::alert || desk.letter.kind == LetterKind::merged ||
              desk.letter.kind == LetterKind::held)) {
    for (const auto& address : desk.rules().admins) draft.to.push_back({"", address});
  } else {
    for (const auto& person : desk.letter.to) draft.to.push_back(to_address(person));
    for (const auto& person : desk.letter.cc) draft.cc.push_back(to_address(person));
  }
}

/// RFC 3834 §5; who wrote an answer is a person. Internal numbers stay inside.
void add_marks(const Desk& desk, message::Draft& draft) {
  if (desk.letter.kind != LetterKind::answer) {
    const bool replies = desk.letter.kind == LetterKind::ack || desk.letter.kind == LetterKind::result;
    draft.extra.push_back({"Auto-Submitted", replies ? "auto-replied" : "auto-generated"});
    draft.extra.push_back({"X-Auto-Response-Suppress", "All"});
  }
  if (desk.reader.user != nullptr && desk.lead != nullptr)
    draft.extra.push_back({"X-Leadmail-Lead", to_string(desk.lead->id)});
  const auto mark = leads::make_instance_mark(draft.message_id, desk.rules().tokens);
  // A server that gives our mail another Message-ID keeps this field, so that we know it again in the Sent folder.
  if (!mark.empty()) draft.extra.push_back({"X-Leadmail-Instance", mark + " " + draft.message_id});
}

/// Mails about one lead stay together in the rep's program: they refer to what the prospect wrote.
void add_thread(const Desk& desk, message::Draft& draft) {
  draft.in_reply_to = desk.letter.in_reply_to;
  draft.references = desk.letter.references;
  const auto salt = static_cast<std::uint8_t>(draft.message_id.empty() ? 0 : draft.message_id.front());
  const auto index = message::extend_thread_index(desk.letter.thread_index, desk.now, salt);
  if (!index.empty()) draft.extra.push_back({"Thread-Index", index});
  const bool tells_of_mail = desk.letter.kind == LetterKind::notice || desk.letter.kind == LetterKind::copy ||
                             desk.letter.kind == LetterKind::offer;
  if (!tells_of_mail || desk.inquiry == nullptr || !draft.references.empty()) return;
  draft.references = desk.inquiry->references;
  if (!desk.inquiry->message_id.empty()) draft.references.push_back(desk.inquiry->message_id);
}

/// For the calendar; answers what it is called there.
std::string add_invitation(const Desk& desk, message::Draft& draft) {
  auto object = calendar_object(desk.letter, desk.lead, draft, desk.reader.zone, desk.now);
  draft.calendar_method = std::move(object.method);
  draft.calendar = std::move(object.text);
  return std::move(object.uid);
}

/// What came with the mail, as far as we hold its bytes; the rest is named in the text.
void add_attachments(const Desk& desk, const message::Content* brought, message::Draft& draft) {
  if (!desk.letter.carries_attachments || brought == nullptr) return;
  std::copy_if(brought->attachments.begin(), brought->attachments.end(), std::back_inserter(draft.attachments),
               [](const message::Attachment& attachment) { return attachment.content.size() == attachment.size; });
}

/// A draft, and everything in it that is ours: when that comes back in a rep's answer it stays inside.
struct Written {
  message::Draft draft{};
  std::string own_words{};
};

/// The company's own words to one of many, with its way out.
Written write_newsletter(const Desk& desk) {
  auto words = words_for(desk);
  const auto token = leads::make_token({leads::Purpose::unsubscribe, desk.lead->id, {}, desk.mailbox.name},
                                       desk.rules().tokens, desk.now);
  const auto link = newsletter_unsubscribe(desk.mailbox, desk.lead->id, token);
  words.values["unsubscribe"] = link;
  words.values["organization"] = std::string(desk.lead->value("company"));
  words.values["product"] = std::string(desk.lead->value("product"));
  auto rendered = desk.settings.wording.render("newsletter-" + desk.letter.template_name, desk.reader.language, words);
  Written written;
  written.draft.subject = std::move(rendered.subject);
  written.draft.text = std::move(rendered.text);
  written.draft.html = with_tappable(std::move(rendered.html), link, desk.mailbox.address);
  written.draft.extra = newsletter_headers(link, desk.rules().unsubscribe_url, token);
  return written;
}

Written write_from_template(const Desk& desk, const Words& words) {
  auto rendered =
      desk.settings.wording.render(leads::name(desk.letter.kind), desk.reader.language, words, link_maker(desk));
  Written written;
  written.own_words = rendered.subject + "\n" + rendered.own_words;
  written.draft.subject = std::move(rendered.subject);
  written.draft.text = std::move(rendered.text);
  written.draft.html = std::move(rendered.html);
  return written;
}

/// Users' mail that is counted together; the administrators' too.
constexpr std::string_view kAdmins = "@admin";

/// Whose mail is counted, and merged above a rate. What a user has just asked for comes at once, and an invitation has
/// to stay one for his calendar.
std::string counted_for(const Letter& letter) {
  switch (letter.kind) {
    case LetterKind::notice:
    case LetterKind::copy:
    case LetterKind::reminder:
    case LetterKind::proposal:
    case LetterKind::offer:
    case LetterKind::overdue:
    case LetterKind::rsvp:
    case LetterKind::escalation:
    case LetterKind::bounced: return letter.to_user;
    case LetterKind::alert: return std::string(kAdmins);
    case LetterKind::ack:
    case LetterKind::answer:
    case LetterKind::result:
    case LetterKind::show:
    case LetterKind::list:
    case LetterKind::meeting:
    case LetterKind::invitation:
    case LetterKind::catchup:
    case LetterKind::digest:
    case LetterKind::held:
    case LetterKind::conversion:
    case LetterKind::newsletter:
    case LetterKind::merged: break;
  }
  return {};
}

/// People, date, ids and marks, and the bytes.
Result<store::Outgoing> finish(const Desk& desk, Written written) {
  auto& draft = written.draft;
  const bool to_user = desk.reader.user != nullptr;
  draft.from = sender_of(desk);
  add_recipients(desk, draft);
  draft.date = desk.now;
  draft.date_offset = leads::offset_at(desk.now, desk.reader.zone);
  draft.message_id = leads::make_message_id(desk.token, desk.letter.cause, desk.mailbox, desk.rules().tokens);
  const bool may_answer = desk.letter.kind == LetterKind::held || desk.letter.kind == LetterKind::newsletter;
  if ((to_user && desk.lead != nullptr) || may_answer)
    draft.reply_to.push_back({draft.from.name, leads::reply_address(desk.mailbox, desk.token)});
  add_marks(desk, draft);
  auto calendar_uid = add_invitation(desk, draft);

  auto bytes = message::compose(draft);
  if (!bytes) return std::move(bytes.error()).in("composing " + std::string(leads::name(desk.letter.kind)));
  store::Outgoing outgoing;
  outgoing.message_id = draft.message_id;
  outgoing.mail_from = desk.mailbox.address;
  for (const auto& address : draft.to) outgoing.rcpt_to.push_back(address.address);
  for (const auto& address : draft.cc) outgoing.rcpt_to.push_back(address.address);
  outgoing.bytes = std::move(*bytes);
  outgoing.calendar_uid = std::move(calendar_uid);
  if (to_user) outgoing.words = std::move(written.own_words);
  const MailboxConfig* wires = desk.settings.config.mailbox(desk.mailbox.name);
  outgoing.belongs_in_sent = desk.letter.kind == LetterKind::answer && wires != nullptr && wants_sent_copies(*wires);
  return outgoing;
}

/// As a file name says it: no separators.
std::string file_name(std::size_t number, std::string_view subject) {
  std::string name = std::to_string(number) + " " + std::string(message::utf8_prefix(subject, 60));
  for (char& c : name) c = c == '/' || c == '\\' || c == ':' || c == '"' ? '_' : c;
  return name + ".eml";
}

}  // namespace

Result<store::Outgoing> LetterWriter::merge(const std::string& reader, const std::vector<store::Claim>& mails) {
  const auto& rules = settings_.config.rules;
  if (mails.empty()) return Error{Next::give_up, "nothing to merge"};
  const leads::Mailbox* mailbox = rules.mailbox(mails.front().mailbox);
  const leads::User* user = rules.user(reader);
  if (mailbox == nullptr || (user == nullptr && (reader != kAdmins || rules.admins.empty())))
    return Error{Next::give_up, "mail for " + reader + ", who is nobody any more"};

  Letter letter{.kind = LetterKind::merged, .mailbox = mailbox->name, .language = rules.language};
  letter.cause = "merged:" + mails.front().message_id + ":" + mails.back().message_id;
  if (user != nullptr) letter.to_user = user->id;
  Desk desk{settings_, letter, nullptr, nullptr, *mailbox, reader_of(letter, rules), "", now_};
  desk.token = leads::make_token({leads::Purpose::reply, LeadId{}, user == nullptr ? "" : user->id, mailbox->name},
                                 rules.tokens, now_);

  auto words = words_for(desk);
  words.values["count"] = std::to_string(mails.size());
  words.values["limit"] = std::to_string(settings_.config.limits.notices_an_hour);
  std::vector<message::Attachment> wholes;
  for (const auto& mail : mails) {
    const auto subject = message::read_identity(mail.bytes).subject;
    const auto number = words.lists["mails"].size() + 1;
    if (number == 1) words.values["first"] = subject;
    words.lists["mails"].push_back(
        {{"number", std::to_string(number)}, {"subject", subject}, {"body", message::text_of_composed(mail.bytes)}});
    message::Attachment whole;
    whole.filename = file_name(number, subject);
    whole.content_type = "message/rfc822";
    whole.size = mail.bytes.size();
    whole.content = mail.bytes;
    wholes.push_back(std::move(whole));
  }
  auto written = write_from_template(desk, words);
  written.draft.attachments = std::move(wholes);
  return finish(desk, std::move(written));
}

Result<store::Outgoing> LetterWriter::compose(const Letter& letter, const leads::Lead* lead) {
  const auto& rules = settings_.config.rules;
  const leads::Mailbox* mailbox = rules.mailbox(letter.mailbox);
  if (mailbox == nullptr)
    return Error{Next::give_up, "letter from mailbox " + letter.mailbox + ", which is not in the config"};
  Desk desk{settings_, letter, lead, inquiry_, *mailbox, reader_of(letter, rules), "", now_};
  if (!letter.to_user.empty() && desk.reader.user == nullptr)
    return Error{Next::give_up, "letter to " + letter.to_user + ", who is no user"};
  const bool to_user = desk.reader.user != nullptr;
  const bool to_admins = letter.kind == LetterKind::held;
  if (letter.kind == LetterKind::newsletter && lead == nullptr)
    return Error{Next::give_up, "a newsletter to nobody that we know"};
  const auto outside = letter.kind == LetterKind::newsletter ? leads::Purpose::circular : leads::Purpose::conversation;
  desk.token =
      leads::make_token({to_user || to_admins ? leads::Purpose::reply : outside, lead == nullptr ? LeadId{} : lead->id,
                         to_user     ? desk.reader.user->id
                         : to_admins ? std::string(kAdministrator)
                                     : std::string{},
                         mailbox->name},
                        rules.tokens, now_);

  Written written;
  auto& draft = written.draft;
  if (letter.kind == LetterKind::answer) {
    draft = write_answer(letter, desk.reader.language, desk.reader.zone, brought_);
  } else if (letter.kind == LetterKind::newsletter) {
    written = write_newsletter(desk);
  } else {
    written = write_from_template(desk, words_for(desk));
    add_attachments(desk, brought_, draft);
  }
  draft.message_id = leads::make_message_id(desk.token, letter.cause, *mailbox, rules.tokens);
  add_thread(desk, draft);
  auto outgoing = finish(desk, std::move(written));
  if (!outgoing) return outgoing;
  outgoing->reader = counted_for(letter);
  outgoing->merge_above = settings_.config.limits.notices_an_hour;
  return outgoing;
}

namespace {

Result<std::optional<leads::Lead>> lead_of(store::Transaction& transaction, const store::Claim& claim) {
  if (!claim.lead) return std::optional<leads::Lead>{};
  return transaction.lead(*claim.lead);
}

}  // namespace

Result<void> tell_withheld(store::Transaction& transaction, const Settings& settings, const store::Claim& claim,
                           Time now) {
  auto found = lead_of(transaction, claim);
  if (!found) return std::move(found.error());
  const auto& lead = *found;
  const leads::Withheld mail{claim.kind, claim.id, claim.cause, claim.mailbox, claim.author, claim.withheld};
  const auto decision = leads::decide_withheld(mail, lead ? &*lead : nullptr, settings.config.rules, now);
  LetterWriter letters(settings, now);
  auto applied = transaction.apply(decision, now, letters);
  if (!applied) return std::move(applied.error());
  return {};
}

Result<bool> tell_undelivered(store::Transaction& transaction, const Settings& settings, const store::Claim& claim,
                              const store::AttemptResult& result, Time now) {
  auto found = lead_of(transaction, claim);
  if (!found) return std::move(found.error());
  const auto& lead = *found;
  leads::Undelivered mail{claim.kind,    "outbox " + std::to_string(claim.id.value) + " " + result.rcpt_to,
                          claim.mailbox, result.rcpt_to,
                          result.reply,  result.state,
                          std::string(), claim.cause};
  if (claim.kind == leads::name(LetterKind::answer)) mail.text = message::text_of_composed(claim.bytes);
  const auto decision = leads::decide_undelivered(mail, lead ? &*lead : nullptr, settings.config.rules, now);
  LetterWriter letters(settings, now);
  auto applied = transaction.apply(decision, now, letters);
  if (!applied) return std::move(applied.error());
  return !applied->outbox.empty();
}

}  // namespace leadmail::daemon
