#include "daemon/admin/simulation.h"

#include <algorithm>

#include "daemon/letters.h"
#include "daemon/translate.h"
#include "mail/message/parse.h"

namespace leadmail::daemon::admin {
namespace {

constexpr int kMailsACommit = 500;

std::vector<std::string> mails_of(const leads::Decision& decision) {
  std::vector<std::string> mails;
  for (const auto& effect : decision.effects) {
    const auto* const send = std::get_if<leads::SendLetter>(&effect);
    if (send == nullptr) continue;
    std::string to = send->letter.to_user;
    for (const auto& person : send->letter.to) to += (to.empty() ? "" : ", ") + person.address;
    mails.push_back(std::string(leads::name(send->letter.kind)) + (to.empty() ? "" : " to " + to));
  }
  return mails;
}

std::string value_after(const leads::Event& event, std::string_view field) {
  const auto found = std::ranges::find(event.changes, field, &leads::Change::field);
  return found == event.changes.end() ? std::string{} : found->after;
}

std::optional<FateOfLead> assignment_in(const leads::Decision& decision) {
  for (const auto& effect : decision.effects) {
    const auto* const record = std::get_if<leads::Record>(&effect);
    if (record == nullptr || record->event.type != leads::EventType::assigned || record->event.by != "rule") continue;
    return FateOfLead{.user = value_after(record->event, "owner"),
                      .offered = value_after(record->event, "offered"),
                      .cause = record->event.cause,
                      .reason = record->event.text};
  }
  return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<Simulation>> Simulation::open(Config config, const std::string& folder) {
  auto wording = Wording::load(config.templates_path, template_fields(config.rules.record));
  if (!wording) return std::move(wording.error()).in("templates");
  std::unique_ptr<Simulation> simulation(new Simulation(Settings{std::move(config), std::move(*wording)}));
  auto book = store::Book::open(folder + "/replay.db");
  if (!book) return std::move(book.error());
  simulation->book_ = std::move(*book);
  return simulation;
}

Result<void> Simulation::commit() {
  if (!transaction_) return {};
  auto done = transaction_->commit();
  transaction_.reset();
  uncommitted_ = 0;
  return done;
}

/// Tokens of past mail carry the numbers of the real book.
void Simulation::translate_leads(leads::Query& query) const {
  std::vector<LeadId> known;
  for (const auto lead : query.leads) {
    const auto here = here_.find(lead);
    if (here != here_.end()) known.push_back(here->second);
  }
  query.leads = std::move(known);
}

std::string Simulation::label(LeadId lead) const {
  const auto found = labels_.find(lead);
  return found == labels_.end() ? to_string(lead) : found->second;
}

Result<Fate> Simulation::take(const PastMail& mail) {
  if (!transaction_) {
    auto transaction = book_->begin();
    if (!transaction) return std::move(transaction.error());
    transaction_ = std::move(*transaction);
  }
  Fate fate;
  const auto done = transaction_->savepoint([&]() -> Result<void> {
    auto decided = decide(mail);
    if (!decided) return std::move(decided.error());
    fate = std::move(*decided);
    return {};
  });
  // What can't be decided is set aside, there as here, and the next one comes.
  if (!done && done.error().next != Next::give_up && done.error().next != Next::quarantine) return done.error();
  if (!done) fate = Fate{.outcome = std::string(leads::name(leads::Outcome::quarantined))};
  if (++uncommitted_ >= kMailsACommit) {
    if (auto committed = commit(); !committed) return std::move(committed.error());
  }
  return fate;
}

Result<Fate> Simulation::decide(const PastMail& mail) {
  const auto& config = settings_.config;
  const auto& rules = config.rules;
  const Sighting sighting{mail.place.mailbox, mail.in_sent_folder, mail.is_history, mail.received};
  auto inquiry = to_inquiry(mail.message, mail.raw, sighting, config);
  inquiry.unreadable = !mail.unreadable.empty();
  inquiry.unreadable_reason = mail.unreadable;

  auto query = leads::query(inquiry, rules, mail.taken);
  const auto named = query.leads;
  translate_leads(query);
  auto known = transaction_->snapshot(query, mail.taken);
  if (!known) return std::move(known.error());
  for (const auto lead : named) {
    const auto here = here_.find(lead);
    known->merged[lead] = here == here_.end() ? LeadId{} : here->second;
  }
  auto content = mail.message.content;
  const bool goes_out = rules.user_with_address(inquiry.from.address) != nullptr;
  if (mail::message::reread_reply(content, known->parent_text, goes_out)) {
    auto message = mail.message;
    message.content = content;
    inquiry = to_inquiry(message, mail.raw, sighting, config);
  }
  const auto decision = leads::decide(inquiry, *known, rules, mail.taken);
  LetterWriter letters(settings_, mail.taken, &inquiry, &content);
  const store::Incoming incoming{.place = mail.place, .seen = mail.taken, .inquiry = &inquiry, .raw = {}};
  auto applied = transaction_->apply(decision, incoming, letters);
  if (!applied) return std::move(applied.error());

  Fate fate{.outcome = std::string(leads::name(decision.outcome)),
            .mails = mails_of(decision),
            .assignment = assignment_in(decision)};
  if (!applied->lead) return fate;
  if (decision.lead && !decision.lead->id) {
    labels_[*applied->lead] = mail.opened ? to_string(*mail.opened) : "new: " + inquiry.message_id;
  }
  if (mail.opened) here_.try_emplace(*mail.opened, *applied->lead);
  auto lead = transaction_->lead(*applied->lead);
  if (!lead) return std::move(lead.error());
  fate.lead = label(*applied->lead);
  if (*lead) {
    fate.owner = (*lead)->owner();
    fate.status = leads::name((*lead)->status());
  }
  return fate;
}

}  // namespace leadmail::daemon::admin
