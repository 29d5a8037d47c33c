// What digests and calendars are made of, read from the book; and how far each reader's digests got.
#include <algorithm>
#include <set>

#include "core/leads/meeting.h"
#include "core/store/lead_row.h"
#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

const Sql kMark{"SELECT slot, event FROM digest WHERE reader = :reader"};
const Sql kSetMark{
    "INSERT INTO digest (reader, slot, event) VALUES (:reader, :slot, :event)"
    " ON CONFLICT DO UPDATE SET slot = excluded.slot, event = excluded.event"};
const Sql kNewest{"SELECT coalesce(max(id), 0) FROM event"};
const Sql kOwed{"SELECT id, created, fields FROM lead WHERE owed = 1 AND owner = :user LIMIT :limit"};
const Sql kDue{
    "SELECT id, created, fields FROM lead WHERE next_at <= :until AND next_at IS NOT NULL"
    " AND json_extract(fields, '$.\"next.by\"') = :user ORDER BY next_at LIMIT :limit"};
const Sql kDeals{
    "SELECT id, created, fields FROM lead WHERE owner = :user AND status IN ('opportunity', 'quotation') LIMIT :limit"};
const Sql kSilent{
    "SELECT id, created, fields FROM lead WHERE owner = :user AND status = 'replied' AND next_at IS NULL"
    " AND CAST(json_extract(fields, '$.\"last.at\"') AS INTEGER) < :since ORDER BY changed LIMIT :limit"};
const Sql kOwnerless{
    "SELECT id, created, fields FROM lead WHERE owner = '' AND status IN ('lead', 'open') ORDER BY id DESC LIMIT 50"};
const Sql kEvents{
    "SELECT event.lead, at, type, by, cause, text, message_id, direction, changes FROM event CROSS JOIN lead ON "
    "lead.id "
    "= event.lead"
    " WHERE event.id > :since AND type IN ('captured', 'assigned', 'status', 'deal', 'undone', 'fields')"
    " AND lead.owner = :user ORDER BY event.id LIMIT :limit"};
const Sql kUnreadable{"SELECT count(*) FROM ledger WHERE outcome = 'quarantined'"};
const Sql kNextOf{
    "SELECT id, created, fields FROM lead WHERE next_at IS NOT NULL AND json_extract(fields, '$.\"next.by\"') = :user"
    " ORDER BY next_at LIMIT :limit"};
const Sql kMeetings{
    "SELECT id, created, fields FROM lead WHERE instr(fields, '\"event.') > 0 AND instr(fields, :user) > 0"
    " ORDER BY id DESC LIMIT :limit"};

/// Adds the leads that the query answers, each once.
Result<void> gather(Query& query, std::set<LeadId>& known, std::vector<leads::Lead>& leads) {
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return {};
    if (!known.insert(LeadId{query.integer(0)}).second) continue;
    auto lead = lead_of(query);
    if (!lead) return std::move(lead.error());
    leads.push_back(std::move(*lead));
  }
}

Result<void> gather_events(Connection& db, const std::string& user, const leads::DigestAsk& ask,
                           std::vector<std::pair<leads::Lead, leads::Event>>& events) {
  auto query = db.query(kEvents);
  query.bind(":since", ask.since_event).bind(":user", user).bind(":limit", ask.limit);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return {};
    auto lead = read_lead(db, LeadId{query.integer(0)});
    if (!lead) return std::move(lead.error());
    const auto type = leads::event_type_named(query.view(2));
    auto changes = leads::changes_from_json(query.view(8));
    if (!*lead || !type || !changes) continue;
    events.emplace_back(std::move(**lead), leads::Event{.at = query.time(1),
                                                        .type = *type,
                                                        .by = query.text(3),
                                                        .cause = query.text(4),
                                                        .text = query.text(5),
                                                        .message_id = query.text(6),
                                                        .direction = query.text(7),
                                                        .changes = std::move(*changes)});
  }
}

}  // namespace

Result<std::optional<DigestMark>> BookTransaction::digest_mark(std::string_view reader) {
  auto query = db().query(kMark);
  auto row = query.bind(":reader", reader).step();
  if (!row) return std::move(row.error()).in("the digest of " + std::string(reader));
  if (!*row) return std::optional<DigestMark>{};
  return std::optional(DigestMark{.slot = query.time(0), .event = query.integer(1)});
}

Result<void> BookTransaction::set_digest_mark(std::string_view reader, const DigestMark& mark) {
  return db().query(kSetMark).bind(":reader", reader).bind(":slot", mark.slot).bind(":event", mark.event).run();
}

Result<std::int64_t> BookTransaction::newest_event() {
  auto query = db().query(kNewest);
  auto row = query.step();
  if (!row) return std::move(row.error()).in("the newest event");
  return query.integer(0);
}

Result<leads::DigestFacts> BookTransaction::digest_facts(const leads::DigestAsk& ask) {
  leads::DigestFacts facts;
  std::set<LeadId> known;
  for (const auto& user : ask.users) {
    for (const auto* sql : {&kOwed, &kDue, &kDeals, &kSilent}) {
      if (sql == &kSilent && !ask.silent_since) continue;
      auto query = db().query(*sql);
      query.bind(":user", user).bind(":limit", ask.limit);
      if (sql == &kDue) query.bind(":until", ask.due_until);
      if (sql == &kSilent) query.bind(":since", *ask.silent_since);
      if (auto done = gather(query, known, facts.leads); !done) return std::move(done.error()).in("a digest's leads");
    }
    if (auto done = gather_events(db(), user, ask, facts.events); !done) {
      return std::move(done.error()).in("a digest's events");
    }
  }
  auto ownerless = db().query(kOwnerless);
  if (auto done = gather(ownerless, known, facts.ownerless); !done) {
    return std::move(done.error()).in("leads of nobody");
  }
  auto held = count_held_waiting();
  if (!held) return std::move(held.error());
  facts.held = *held;
  auto unreadable = db().query(kUnreadable);
  auto row = unreadable.step();
  if (!row) return std::move(row.error()).in("what could not be read");
  facts.unreadable = static_cast<int>(unreadable.integer(0));
  return facts;
}

Result<std::vector<leads::Lead>> BookTransaction::leads_in_calendar(const std::string& user, Time since, int limit) {
  std::vector<leads::Lead> leads;
  std::set<LeadId> known;
  auto next = db().query(kNextOf);
  next.bind(":user", user).bind(":limit", limit);
  if (auto done = gather(next, known, leads); !done) return std::move(done.error()).in("the calendar of " + user);
  const auto quoted = "\"" + user + "\"";
  auto meetings = db().query(kMeetings);
  meetings.bind(":user", quoted).bind(":limit", limit);
  if (auto done = gather(meetings, known, leads); !done) return std::move(done.error()).in("the calendar of " + user);
  std::erase_if(leads, [&](const leads::Lead& lead) {
    const auto next_of_his = lead.next() && lead.next()->by == user;
    return !next_of_his && !leads::has_meeting_of(lead, user, since);
  });
  return leads;
}

}  // namespace leadmail::store
