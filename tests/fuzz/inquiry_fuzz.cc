// What strangers write, as the lead book reads it: the same words as inquiry, answer, automatic answer, bounce,
// newsletter and calendar, from people outside and from users. Whatever is decided is said in words and changes no lead
// that it does not name.
//
// Also: core/leads/decide*.cc core/leads/{held,log_answer,newsletter,opt_out,opt_out_words,person_words,phrases}.cc
// Also: core/leads/{execute_look,execute_new,execute_repair,relay,relay_text,user_mail}.cc
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/leads/asked.h"
#include "core/leads/decide.h"
#include "core/leads/match.h"
#include "core/leads/token.h"

using namespace leadmail;
using namespace leadmail::leads;

namespace {

const Rules kRules{
    .company = "Acme",
    .users = {{.id = "ana", .name = "Ana López", .addresses = {"ana@acme.example"}, .timezone = "Europe/Madrid"},
              {.id = "luis", .name = "Luis Ortega", .addresses = {"luis@acme.example"}, .language = "es"}},
    .teams = {{.id = "mx", .members = {"ana", "luis"}, .lead = "ana"}},
    .mailboxes = {{.name = "sales", .address = "sales@acme.example", .acknowledge = true, .team = "mx"}},
    .admins = {"it@acme.example"},
    .tokens = {{{1, std::string(32, 'k')}}}};
const auto kNow = from_unix(1795532400);

Lead lead() {
  Lead lead{.id = LeadId{7}, .created = kNow - std::chrono::days{2}};
  lead.values = {{"owner", "ana"},
                 {"mailbox", "sales"},
                 {"status", "open"},
                 {"owed", "yes"},
                 {"name", "María Pérez"},
                 {"contact.1.emails", "maria@x.example"},
                 {"last.in.from", "maria@x.example"},
                 {"last.in.id", "first@x.example"},
                 {"last.in.subject", "Question about pumps"},
                 {"next.at", "1795600000"},
                 {"next.by", "ana"},
                 {"next.sequence", "1"},
                 {"next.uid", "next-abc@acme.example"}};
  return lead;
}

HeldMail held(std::int64_t number) {
  return {.number = number,
          .state = static_cast<HeldMail::State>(number % 4),
          .mailbox = "sales",
          .sender = "maria@x.example",
          .from_address = "maria@x.example",
          .subject = "Offer"};
}

std::string token(std::string_view user) {
  const auto purpose = user.empty() ? Purpose::conversation : Purpose::reply;
  return make_token({purpose, LeadId{7}, std::string(user), "sales"}, kRules.tokens, kNow - std::chrono::hours{9});
}

/// The pieces of the input between octets 0x01.
std::vector<std::string> pieces(std::string_view rest, std::size_t count) {
  std::vector<std::string> found;
  while (found.size() < count) {
    const auto end = rest.find('\x01');
    found.emplace_back(rest.substr(0, end));
    rest = end == rest.npos ? std::string_view{} : rest.substr(end + 1);
  }
  return found;
}

/// Who writes, and how, is said by the bits of octets; what he writes by the pieces.
Inquiry inquiry(unsigned how, unsigned nature, unsigned where, const std::vector<std::string>& said) {
  Inquiry mail;
  const bool is_user = (how & 1U) != 0;
  mail.mailbox = "sales";
  mail.received = kNow - std::chrono::seconds{1};
  mail.fingerprint = "f1";
  mail.date = kNow - std::chrono::minutes{1};
  mail.from = is_user ? Person{"Ana López", "ana@acme.example"} : Person{said[3], "maria@x.example"};
  if ((where & 1U) != 0) mail.from = {"", "it@acme.example"};
  mail.from_is_plain = mail.authenticated = true;
  mail.in_sent_folder = (how & 2U) != 0;
  mail.message_id = "second@x.example";
  mail.to = {{"", (nature & 32U) != 0 ? "jorge@x.example" : "sales@acme.example"}};
  if ((how & 4U) != 0) mail.to = {{"", "sales+" + token(is_user ? "ana" : "") + "@acme.example"}};
  if ((how & 8U) != 0) mail.in_reply_to = {"first@x.example"};
  if ((how & 16U) != 0) mail.cc = {{said[3], "jorge@x.example"}};
  mail.nature = static_cast<Nature>(nature % 8);
  mail.null_return_path = (how & 32U) != 0;
  mail.is_from_list = (how & 64U) != 0;
  mail.is_history = (nature & 64U) != 0;
  mail.unreadable = (nature & 128U) != 0;
  mail.subject = mail.subject_key = said[0];
  if ((where & 2U) != 0) mail.subject += " " + subject_tag(LeadId{7}, kRules.tokens);
  mail.subject_is_reply = said[0].starts_with("Re:");
  mail.text = mail.reply = mail.command_text = said[1];
  mail.signature = said[2];
  mail.language = (how & 128U) != 0 ? "es" : "en";
  mail.forwarded_text = said[4];
  if (!said[4].empty()) mail.forwarded_from = Person{said[3], "jorge@x.example"};
  if (mail.nature == Nature::bounce) {
    mail.failed = {{"maria@x.example", "failed", "5.1.1", said[1]}};
    mail.failed_message_id = token("") + ".0123456789abcdef@acme.example";
  }
  if (mail.nature == Nature::form) mail.form = {{said[3], said[2]}, {"email", "jorge@x.example"}};
  if (mail.nature == Nature::calendar) {
    mail.calendar = CalendarAnswer{"REPLY", "next-abc@acme.example", 0,      "ACCEPTED", "maria@x.example", said[2],
                                   said[3], "Europe/Madrid",         said[0]};
  }
  return mail;
}

void demand(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const auto said = pieces({reinterpret_cast<const char*>(data) + 3, size - 3}, 5);
  const auto mail = inquiry(data[0], data[1], data[2], said);
  Snapshot known;
  if ((data[2] & 4U) != 0) known.seen_before = Snapshot::Sighting{MailId{3}, LeadId{7}, "lead", "sales"};
  if ((data[2] & 8U) != 0) known.by_subject = {lead()};
  if ((data[2] & 16U) != 0) known.corrections = {{LeadId{9}, lead(), true, 1}};
  if ((data[2] & 32U) != 0) known.blocked = "@x.example";
  if ((data[2] & 64U) != 0) known.acks_to_writer_today = 1;
  for (const auto number : query(mail, kRules, kNow).held) known.held.push_back(held(number));
  if (!query(mail, kRules, kNow).leads.empty()) known.by_token = {lead()};
  if (!mail.in_reply_to.empty()) known.by_message_id = {Match{lead(), "first@x.example"}};
  if ((data[1] & 8U) != 0) known.by_address = {lead()};
  if ((data[1] & 16U) != 0) known.parent_text = said[4];
  known.conversations[LeadId{7}] = {said[4], kNow - std::chrono::days{1}, said[2]};
  if (mail.nature == Nature::calendar) known.by_message_id = {Match{lead(), "next-abc@acme.example"}};
  if (mail.nature == Nature::bounce) {
    known.by_message_id.push_back(Match{lead(), mail.failed_message_id});
    known.recipients_of_failed = {"maria@x.example"};
  }
  const auto wish = ask(mail, known, kRules, kNow);
  const auto answered = std::make_shared<Answered>();
  answered->is_read = true;
  for (const LeadId id : wish.stories) answered->stories[id] = {lead(), {}};
  answered->lists.resize(wish.lists.size());
  known.answered = answered;
  const auto decision = decide(mail, known, kRules, kNow);
  demand(!decision.reason.empty() && !decision.evidence.empty());
  bool opens = false;
  for (const auto& effect : decision.effects) {
    opens = opens || std::holds_alternative<OpenLead>(effect);
    const auto* record = std::get_if<Record>(&effect);
    demand(record == nullptr || (record->lead.id ? record->lead.id->value == 7 : opens));
  }
  demand(decision.effects.empty() || !describe(decision).empty());
  return 0;
}
