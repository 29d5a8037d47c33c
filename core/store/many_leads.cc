// What import, newsletters and the clock ask about many leads.
#include <algorithm>

#include "core/leads/address.h"
#include "core/leads/service_level.h"
#include "core/store/lead_row.h"
#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

const Sql kWithAddress{"SELECT lead FROM contact_address WHERE address = :address"};
const Sql kImported{"SELECT lead FROM imported WHERE key = :key"};
const Sql kKeepImported{"INSERT INTO imported (key, lead) VALUES (:key, :lead) ON CONFLICT DO NOTHING"};
const Sql kAfter{"SELECT id, created, fields FROM lead WHERE id > :after ORDER BY id LIMIT :limit"};
const Sql kLate{
    "SELECT id, created, fields FROM lead WHERE term_at IS NOT NULL AND term_at <= :now ORDER BY term_at, id LIMIT "
    ":limit"};
const Sql kNextTerm{"SELECT min(term_at) FROM lead WHERE term_at IS NOT NULL"};
const Sql kSilent{
    "SELECT id, created, fields FROM lead WHERE status = 'replied' AND changed < :before AND next_at IS NULL ORDER BY "
    "changed LIMIT :limit"};

const Sql kLastInquiry{
    "SELECT mailbox, kind, received, from_name, from_address, subject, reply, coalesce(text, reply), message_id,"
    " coalesce((SELECT files FROM event WHERE event.lead = message.lead AND direction = 'in'"
    "           AND event.message_id = message.message_id ORDER BY event.id LIMIT 1), '')"
    " FROM message WHERE lead = :lead AND direction = 'in' ORDER BY id DESC LIMIT 1"};

Result<std::vector<leads::Lead>> all_of(Query& query) {
  std::vector<leads::Lead> found;
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return found;
    auto lead = lead_of(query);
    if (!lead) return std::move(lead.error());
    found.push_back(std::move(*lead));
  }
}

}  // namespace

Result<std::vector<LeadId>> BookTransaction::leads_with(const std::vector<std::string>& addresses) {
  std::vector<LeadId> found;
  for (const auto& address : addresses) {
    const auto wanted = leads::to_lower(address);
    auto query = db().query(kWithAddress);
    query.bind(":address", wanted);
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error()).in("leads of an address");
      if (!*row) break;
      found.push_back(LeadId{query.integer(0)});
    }
  }
  std::ranges::sort(found);
  const auto doubles = std::ranges::unique(found);
  found.erase(doubles.begin(), doubles.end());
  return found;
}

Result<std::optional<LeadId>> BookTransaction::imported(std::string_view key) {
  auto query = db().query(kImported);
  auto row = query.bind(":key", key).step();
  if (!row) return std::move(row.error()).in("an imported row");
  if (!*row) return std::optional<LeadId>{};
  return std::optional(LeadId{query.integer(0)});
}

Result<void> BookTransaction::keep_imported(std::string_view key, LeadId lead) {
  return db().query(kKeepImported).bind(":key", key).bind(":lead", lead).run();
}

Result<std::vector<leads::Lead>> BookTransaction::leads_after(LeadId after, int limit) {
  auto query = db().query(kAfter);
  query.bind(":after", after).bind(":limit", limit);
  return all_of(query);
}

Result<std::vector<leads::Lead>> BookTransaction::silent_leads(Time before, int limit) {
  auto query = db().query(kSilent);
  query.bind(":before", before).bind(":limit", limit);
  return all_of(query);
}

Result<std::vector<leads::Lead>> BookTransaction::late_leads(Time now, int limit) {
  auto query = db().query(kLate);
  query.bind(":now", now).bind(":limit", limit);
  return all_of(query);
}

Result<std::optional<leads::Inquiry>> BookTransaction::last_inquiry(const leads::Lead& lead) {
  auto query = db().query(kLastInquiry);
  auto row = query.bind(":lead", lead.id).step();
  if (!row) return std::move(row.error()).in("the last mail of " + to_string(lead.id));
  if (!*row) return std::optional<leads::Inquiry>{};
  auto mail = leads::remembered_mail(lead);
  mail.mailbox = query.text(0);
  mail.nature = leads::nature_named(query.view(1)).value_or(leads::Nature::personal);
  mail.received = query.time(2);
  mail.from = {query.text(3), query.text(4)};
  mail.subject = query.text(5);
  mail.reply = query.text(6);
  mail.text = query.text(7);
  mail.message_id = query.text(8);
  if (auto files = leads::files_from_json(query.view(9))) mail.attachments = std::move(*files);
  return std::optional(std::move(mail));
}

Result<std::optional<Time>> BookTransaction::next_term() {
  auto query = db().query(kNextTerm);
  auto row = query.step();
  if (!row) return std::move(row.error()).in("the next term");
  if (!*row || query.is_null(0)) return std::optional<Time>{};
  return std::optional(query.time(0));
}

}  // namespace leadmail::store
