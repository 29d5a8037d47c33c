#include "daemon/repair.h"

#include <nlohmann/json.hpp>

#include "core/leads/repair.h"
#include "daemon/letters.h"
#include "mail/message/parse.h"

namespace leadmail::daemon {
namespace {

using nlohmann::json;

std::string text_of(const json& request, const char* key) {
  const auto found = request.find(key);
  return found != request.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number_of(const json& request, const char* key) {
  const auto found = request.find(key);
  return found != request.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

/// What only the header tells: whom the mail went to, and what it answers.
leads::KeptMail with_header(store::MailOfLead&& kept) {
  const auto identity = mail::message::read_identity(kept.head);
  auto mail = std::move(kept.mail);
  for (const auto* list : {&identity.to, &identity.cc}) {
    for (const auto& person : *list) mail.recipients.push_back({person.name, person.address});
  }
  mail.refers_to = identity.references;
  mail.refers_to.insert(mail.refers_to.end(), identity.in_reply_to.begin(), identity.in_reply_to.end());
  return mail;
}

Result<leads::Lead> known_lead(store::Transaction& transaction, LeadId id) {
  auto lead = transaction.lead(id);
  if (!lead) return std::move(lead.error());
  if (!*lead) return Error{Next::give_up, "no such lead: " + to_string(id)};
  return std::move(**lead);
}

Result<leads::LeadWithMails> lead_with_mails(store::Transaction& transaction, LeadId id) {
  auto lead = known_lead(transaction, id);
  if (!lead) return std::move(lead.error());
  auto mails = transaction.mails_of(id);
  if (!mails) return std::move(mails.error());
  leads::LeadWithMails whole{.lead = std::move(*lead)};
  for (auto& kept : *mails) whole.mails.push_back(with_header(std::move(kept)));
  return whole;
}

/// The events that the repair made on a lead.
Result<std::vector<leads::Event>> events_of(store::Transaction& transaction, LeadId lead, std::int64_t repair) {
  auto events = transaction.events(lead);
  if (!events) return std::move(events.error());
  const auto cause = "repair " + std::to_string(repair);
  std::erase_if(*events, [&](const leads::Event& event) { return event.cause != cause; });
  return std::move(*events);
}

/// A repair that can be taken back. Error (give_up): why it can't.
Result<leads::StandingRepair> standing_repair(store::Transaction& transaction, std::int64_t number) {
  auto row = transaction.repair(number);
  if (!row) return std::move(row.error());
  if (!*row) return Error{Next::give_up, "no such repair: " + std::to_string(number)};
  if ((*row)->undone) return Error{Next::give_up, "repair " + std::to_string(number) + " is taken back already"};
  if ((*row)->later != 0) {
    return Error{Next::give_up, "repair " + std::to_string((*row)->later) + " came later: take that one back first"};
  }
  auto source = known_lead(transaction, (*row)->source);
  if (!source) return std::move(source.error());
  auto target = lead_with_mails(transaction, (*row)->target);
  if (!target) return std::move(target.error());
  auto source_events = events_of(transaction, (*row)->source, number);
  if (!source_events) return std::move(source_events.error());
  auto target_events = events_of(transaction, (*row)->target, number);
  if (!target_events) return std::move(target_events.error());
  leads::StandingRepair repair;
  repair.number = number;
  repair.verb = (*row)->verb;
  repair.source = std::move(*source);
  repair.target = std::move(*target);
  repair.moved = std::move((*row)->moved);
  repair.source_events = std::move(*source_events);
  repair.target_events = std::move(*target_events);
  return repair;
}

Result<leads::Decision> decide_repair(store::Transaction& transaction, const leads::RepairScene& scene,
                                      const json& request, leads::MergeTold& told) {
  const auto what = text_of(request, "do");
  const LeadId named{number_of(request, "lead")};
  if (what == "undo") {
    auto repair = standing_repair(transaction, number_of(request, "repair"));
    if (!repair) return std::move(repair.error());
    return leads::decide_unrepair(scene, *repair);
  }
  if (what == "merge") {
    auto into = known_lead(transaction, named);
    if (!into) return std::move(into.error());
    auto from = lead_with_mails(transaction, LeadId{number_of(request, "from")});
    if (!from) return std::move(from.error());
    return leads::decide_merge(scene, *into, *from, &told);
  }
  if (what != "split" && what != "move") return Error{Next::give_up, "repair: do is split, move, merge or undo"};
  const auto message_id = text_of(request, "message");
  auto mail = transaction.mail_named(message_id);
  if (!mail) return std::move(mail.error());
  if (!*mail) return Error{Next::give_up, "no message of a lead has the Message-ID " + message_id};
  auto from = lead_with_mails(transaction, (*mail)->second);
  if (!from) return std::move(from.error());
  if (what == "split") return leads::decide_split(scene, *from, (*mail)->first);
  auto to = known_lead(transaction, named);
  if (!to) return std::move(to.error());
  return leads::decide_move(scene, *from, (*mail)->first, *to);
}

std::int64_t mails_moved(const leads::Decision& decision) {
  return std::count_if(decision.effects.begin(), decision.effects.end(),
                       [](const leads::Effect& effect) { return std::holds_alternative<leads::MoveMail>(effect); });
}

}  // namespace

Result<std::shared_ptr<const leads::Answered>> look_up(store::Transaction& transaction, const leads::Ask& ask) {
  if (!ask.is_needed) return std::shared_ptr<const leads::Answered>{};
  auto found = transaction.answer(ask);
  if (!found) return std::move(found.error());
  auto answered = std::make_shared<leads::Answered>(std::move(*found));
  for (const auto id : ask.mails) {
    auto lead = lead_with_mails(transaction, id);
    if (!lead && lead.error().next != Next::give_up) return std::move(lead.error());
    if (lead) answered->mails.emplace(id, std::move(*lead));
  }
  if (answered->deed && answered->deed->repair_number != 0) {
    auto repair = standing_repair(transaction, answered->deed->repair_number);
    if (!repair && repair.error().next != Next::give_up) return std::move(repair.error());
    if (repair) {
      answered->deed->repair = std::move(*repair);
    } else {
      answered->deed->obstacle = repair.error().what;
    }
  }
  return std::shared_ptr<const leads::Answered>(std::move(answered));
}

json results_of(const std::vector<leads::ResultLine>& lines) {
  json results = json::array();
  for (const auto& line : lines)
    results.push_back({{"field", line.field}, {"before", line.before}, {"after", line.after}});
  return results;
}

json repair_threads(Engine& engine, const json& request) {
  const auto settings = engine.settings();
  const auto& rules = settings->config.rules;
  auto by = text_of(request, "as");
  if (by.empty()) by = "admin";
  if (by != "admin" && rules.user(by) == nullptr) return {{"ok", false}, {"error", "no such user: " + by}};
  json answer;
  const auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
    auto number = transaction.next_repair();
    if (!number) return std::move(number.error());
    const leads::RepairScene scene{.number = *number, .by = by, .rules = rules, .now = engine.now()};
    leads::MergeTold told;
    auto decision = decide_repair(transaction, scene, request, told);
    if (!decision) return std::move(decision.error());
    LetterWriter letters(*settings, engine.now());
    auto applied = transaction.apply(*decision, engine.now(), letters);
    if (!applied) return std::move(applied.error());
    const bool is_new = text_of(request, "do") != "undo";
    answer = {{"ok", true},
              {"repair", is_new ? *number : number_of(request, "repair")},
              {"lead", to_string(applied->lead.value_or(LeadId{}))},
              {"moved", mails_moved(*decision)},
              {"results", results_of(told.results)},
              {"notes", told.sentences}};
    return {};
  });
  if (!done) return {{"ok", false}, {"error", done.error().what}};
  return answer;
}

}  // namespace leadmail::daemon
