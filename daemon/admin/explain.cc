#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "core/leads/decide.h"
#include "daemon/admin/commands.h"
#include "daemon/admin/mail_source.h"
#include "daemon/keys.h"
#include "daemon/translate.h"
#include "mail/message/form.h"
#include "mail/message/parse.h"
#include "mail/worker/pool.h"

namespace leadmail::daemon::admin {
namespace {

namespace message = mail::message;

/// A message with everything that led to a decision about it.
struct Explained {
  message::Message mail{};
  leads::Inquiry inquiry{};
  leads::Decision decision{};
  std::optional<store::LedgerEntry> recorded{};  ///< what was decided when it came
  std::vector<store::RepairRow> repairs{};       ///< what a person put right on its lead
};

/// The file of that name, or else the message of that id in the book.
Result<std::string> raw_of(Desk& desk, const std::string& what) {
  struct stat status {};
  if (what == "-" || ::stat(what.c_str(), &status) == 0) return read_mail_file(what, desk.config().limits.max_message);
  std::string_view id = what;
  if (id.starts_with('<') && id.ends_with('>')) id = id.substr(1, id.size() - 2);
  auto raw = desk.book().raw_by_message_id(id);
  if (!raw) return std::move(raw.error());
  if (!*raw) return Error{Next::give_up, "no file and no message in the book: " + what};
  return std::move(**raw);
}

message::Message understand(const Config& config, std::string_view raw, leads::Inquiry& inquiry,
                            const Sighting& sighting) {
  mail::worker::Pool pool({.workers = 1, .deadline = config.limits.parse_time});
  message::Message mail;
  mail.identity = message::read_identity(raw);
  auto content = pool.parse({.raw = raw, .fresh = true});
  if (content) mail.content = std::move(*content);
  message::classify(mail);
  message::apply_form_rules(mail, config.forms);
  inquiry = to_inquiry(mail, raw, sighting, config);
  if (!content) {
    inquiry.unreadable = true;
    inquiry.unreadable_reason = content.error().what;
  }
  return mail;
}

/// The row of that message in the ledger, the first one if it was seen several times.
Result<std::optional<store::LedgerEntry>> recorded(Desk& desk, const std::string& message_id) {
  std::optional<store::LedgerEntry> found;
  if (message_id.empty()) return found;
  auto rows = desk.book().ledger_of_message(message_id);
  if (!rows) return std::move(rows.error());
  if (!rows->empty()) found = std::move(rows->front());
  return found;
}

/// [[step, found, decisive], …] as the book keeps it, as explain tells it.
Json evidence_json(const std::string& kept) {
  Json list = Json::array();
  const auto steps = Json::parse(kept, nullptr, false);
  if (!steps.is_array()) return list;
  for (const auto& step : steps) {
    if (step.is_array() && step.size() == 3) {
      list.push_back(Json{{"step", step[0]}, {"found", step[1]}, {"decisive", step[2]}});
    }
  }
  return list;
}

Json recorded_json(const store::LedgerEntry& entry) {
  auto json = ledger_json(entry);
  json["evidence"] = evidence_json(entry.evidence);
  return json;
}

Json repair_json(const store::RepairRow& repair) {
  return Json{{"repair", repair.number},
              {"at", time_json(repair.at)},
              {"by", repair.by},
              {"verb", std::string{leads::name(repair.verb)}},
              {"from", to_string(repair.source)},
              {"to", to_string(repair.target)},
              {"undone_at", repair.undone ? time_json(*repair.undone) : Json(nullptr)}};
}

std::string repair_text(const store::RepairRow& repair, const Place& place) {
  return "repair " + std::to_string(repair.number) + "  " + time_text(repair.at, place) + "  " + repair.by + ": " +
         std::string{leads::name(repair.verb)} + " from " + to_string(repair.source) + " to " +
         to_string(repair.target) + (repair.undone ? ", taken back" : "");
}

Table evidence_table(const Json& evidence) {
  Table table({"", "LOOKED AT", "SAW"});
  for (const auto& step : evidence) {
    table.add({{step.value("decisive", false) ? "*" : "", Colour::green},
               {step.value("step", ""), Colour::none},
               {step.value("found", ""), Colour::none}});
  }
  return table;
}

/// A lead: every message of it with the evidence that brought it there, and what a person put right.
int explain_lead(Desk& desk, LeadId id) {
  auto rows = desk.book().ledger_of_lead(id);
  if (!rows) return desk.fail(rows.error());
  auto repairs = desk.book().repairs(id);
  if (!repairs) return desk.fail(repairs.error());
  const auto known = desk.book().lead(id);
  if (!known) return desk.fail(known.error());
  if (!*known) return desk.fail("no such lead: " + to_string(id));
  if (desk.is_json()) {
    Json messages = Json::array();
    for (const auto& row : *rows) messages.push_back(recorded_json(row));
    Json list = Json::array();
    for (const auto& repair : *repairs) list.push_back(repair_json(repair));
    desk.print_json(Json{{"lead", to_string(id)}, {"messages", std::move(messages)}, {"repairs", std::move(list)}});
    return fine;
  }
  for (const auto& row : *rows) {
    desk.print(time_text(row.at, desk.place()) + "  " + shown(row.message_id) + "  " + row.outcome + ": " +
               shown(row.reason) + "\n");
    desk.print(evidence_table(evidence_json(row.evidence)).text(desk.terminal()));
  }
  for (const auto& repair : *repairs) desk.print(shown(repair_text(repair, desk.place())) + "\n");
  return fine;
}

/// A message that opened a lead would otherwise be explained by that lead.
void forget_what_it_made(const store::LedgerEntry& entry, leads::Snapshot& known) {
  if (!entry.lead || entry.outcome != leads::name(leads::Outcome::lead)) return;
  const auto is_its = [&](const leads::Lead& lead) { return lead.id == *entry.lead; };
  std::erase_if(known.by_subject, is_its);
  std::erase_if(known.by_conversation, is_its);
  std::erase_if(known.by_address, is_its);
  std::erase_if(known.by_message_id, [&](const leads::Match& match) { return is_its(match.lead); });
}

Result<Explained> explain(Desk& desk, const std::string& raw, const std::string& mailbox) {
  Config config = desk.config();
  struct stat status {};
  if (::stat(config.keys_path.c_str(), &status) == 0) {
    // Without the keys no token can be believed; who may not read them gets the decision of a stranger's mail.
    if (auto keys = load_keys(config.keys_path)) config.rules.tokens = std::move(*keys);
  }
  Explained explained;
  const Sighting sighting{.mailbox = mailbox, .received = desk.now()};
  explained.mail = understand(config, raw, explained.inquiry, sighting);
  auto entry = recorded(desk, explained.mail.identity.message_id);
  if (!entry) return std::move(entry.error());
  explained.recorded = std::move(*entry);
  if (explained.recorded && explained.recorded->lead) {
    auto repairs = desk.book().repairs(*explained.recorded->lead);
    if (!repairs) return std::move(repairs.error());
    explained.repairs = std::move(*repairs);
  }

  auto known = desk.book().snapshot(leads::query(explained.inquiry, config.rules, desk.now()), desk.now());
  if (!known) return std::move(known.error());
  const bool goes_out = config.rules.user_with_address(explained.inquiry.from.address) != nullptr;
  if (message::reread_reply(explained.mail.content, known->parent_text, goes_out)) {
    explained.inquiry = to_inquiry(explained.mail, raw, sighting, config);  // it was read: nothing was unreadable
  }
  known->seen_before.reset();  // that it is a duplicate of itself explains nothing
  std::erase_if(known->by_message_id,
                [&](const leads::Match& match) { return match.message_id == explained.inquiry.message_id; });
  if (explained.recorded) forget_what_it_made(*explained.recorded, *known);
  auto rules = config.rules;
  rules.explains = true;
  explained.decision = leads::decide(explained.inquiry, *known, rules, desk.now());
  return explained;
}

Json fields_json(const leads::Inquiry& inquiry) {
  Json fields = Json::array();
  for (const auto& finding : inquiry.findings) {
    fields.push_back(Json{{"field", finding.field},
                          {"value", finding.value},
                          {"confidence", finding.confidence},
                          {"source", finding.source},
                          {"normal", finding.normal}});
  }
  return fields;
}

Json repairs_json(const Explained& explained) {
  Json list = Json::array();
  for (const auto& repair : explained.repairs) list.push_back(repair_json(repair));
  return list;
}

Json to_json(const Explained& explained) {
  const auto& [mail, inquiry, decision, entry, repairs] = explained;
  Json evidence = Json::array();
  for (const auto& step : decision.evidence) {
    evidence.push_back(Json{{"step", step.step}, {"found", step.found}, {"decisive", step.decisive}});
  }
  const bool names_lead = decision.lead && decision.lead->id;
  return Json{{"message_id", mail.identity.message_id},
              {"kind", std::string{message::name(mail.kind)}},
              {"kind_reason", mail.kind_reason},
              {"authenticated", inquiry.authenticated},
              {"authentication", inquiry.authentication},
              {"outcome", std::string{leads::name(decision.outcome)}},
              {"reason", decision.reason},
              {"lead", names_lead ? Json(to_string(*decision.lead->id)) : Json(nullptr)},
              {"evidence", std::move(evidence)},
              {"fields", fields_json(inquiry)},
              {"effects", leads::describe(decision)},
              {"recorded", entry ? recorded_json(*entry) : Json(nullptr)},
              {"repairs", repairs_json(explained)}};
}

void print_explained(const Desk& desk, const Explained& explained) {
  const auto& [mail, inquiry, decision, entry, repairs] = explained;
  const auto& terminal = desk.terminal();
  desk.print("kind     " + shown(std::string{message::name(mail.kind)} + ": " + mail.kind_reason) + "\n");
  desk.print("sender   " + shown((inquiry.authenticated ? "proved: " : "not proved: ") + inquiry.authentication) +
             "\n");
  desk.print("outcome  " + coloured(shown(leads::name(decision.outcome)), Colour::bold, terminal) + ": " +
             shown(decision.reason) + "\n");
  Table evidence({"", "LOOKED AT", "SAW"});
  for (const auto& step : decision.evidence) {
    evidence.add({{step.decisive ? "*" : "", Colour::green}, {step.step, Colour::none}, {step.found, Colour::none}});
  }
  if (!evidence.empty()) desk.print(evidence.text(terminal));
  Table fields({"FIELD", "FROM", "SURE", "VALUE"});
  for (const auto& finding : inquiry.findings) {
    fields.add({{finding.field, Colour::none},
                {finding.source, Colour::dim},
                {std::to_string(finding.confidence) + "%", Colour::none},
                {finding.value, Colour::none}});
  }
  if (!fields.empty()) desk.print(fields.text(terminal));
  desk.print("effects  " + shown(leads::describe(decision)) + "\n");
  if (entry) {
    desk.print("when it came: " + shown(entry->outcome + ", " + entry->reason) +
               (entry->lead ? ", " + to_string(*entry->lead) : "") + "\n");
    desk.print(evidence_table(evidence_json(entry->evidence)).text(terminal));
  }
  for (const auto& repair : repairs) desk.print(shown(repair_text(repair, desk.place())) + "\n");
}

}  // namespace

int run_explain(Desk& desk, const ExplainArguments& arguments) {
  if (!desk.open_book()) return desk.status();
  const auto& config = desk.config();
  const auto mailbox = arguments.mailbox.empty() ? config.mailboxes.front().name : arguments.mailbox;
  if (config.mailbox(mailbox) == nullptr) return desk.fail("there is no mailbox '" + mailbox + "'");
  struct stat status {};
  const auto lead = lead_named(arguments.what);
  if (lead && ::stat(arguments.what.c_str(), &status) != 0) return explain_lead(desk, *lead);
  const auto raw = raw_of(desk, arguments.what);
  if (!raw) return desk.fail(raw.error());
  const auto explained = explain(desk, *raw, mailbox);
  if (!explained) return desk.fail(explained.error());
  if (desk.is_json()) {
    desk.print_json(to_json(*explained));
  } else {
    print_explained(desk, *explained);
  }
  return fine;
}

}  // namespace leadmail::daemon::admin
