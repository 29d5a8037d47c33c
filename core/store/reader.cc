#include "core/store/reader.h"

#include <unordered_set>
#include <vector>

#include "core/leads/deals.h"
#include "core/store/fold.h"
#include "core/store/held.h"
#include "core/store/lead_row.h"
#include "core/store/list_sql.h"
#include "core/store/mail_row.h"
#include "core/store/prune.h"
#include "core/store/repair.h"
#include "core/store/report.h"
#include "core/store/schema.h"
#include "core/store/search.h"
#include "core/store/snapshot.h"

namespace leadmail::store {
namespace {

const Sql kFind{"SELECT rowid FROM search WHERE search MATCH :words ORDER BY rowid DESC"};
const Sql kLeadOfMail{"SELECT lead FROM message WHERE id = :id AND lead IS NOT NULL"};
const Sql kLeadOfEvent{"SELECT lead FROM event WHERE id = :id"};
const Sql kLedger{
    "SELECT ledger.id, coalesce(message_id, ''), ledger.mailbox, folder, uid_validity, uid, file, seen, ledger.kind,"
    " outcome, ledger.lead, reason FROM ledger LEFT JOIN message ON message.id = mail"
    " WHERE (:mailbox = '' OR ledger.mailbox = :mailbox) ORDER BY ledger.id"};
const Sql kLedgerOfOutcome{
    "SELECT ledger.id, coalesce(message_id, ''), ledger.mailbox, folder, uid_validity, uid, file, seen, ledger.kind,"
    " outcome, ledger.lead, reason FROM ledger LEFT JOIN message ON message.id = mail"
    " WHERE outcome = :outcome AND (:mailbox = '' OR ledger.mailbox = :mailbox) ORDER BY ledger.id"};
const Sql kLedgerOfMessage{
    "SELECT ledger.id, coalesce(message_id, ''), ledger.mailbox, folder, uid_validity, uid, file, seen, ledger.kind,"
    " outcome, ledger.lead, reason, evidence FROM message_id AS known JOIN ledger ON ledger.mail = known.mail"
    " JOIN message ON message.id = ledger.mail WHERE known.id = :id ORDER BY ledger.id"};
const Sql kLedgerOfLead{
    "SELECT ledger.id, coalesce(message_id, ''), ledger.mailbox, folder, uid_validity, uid, file, seen, ledger.kind,"
    " outcome, ledger.lead, reason, evidence FROM ledger LEFT JOIN message ON message.id = mail"
    " WHERE ledger.lead = :lead AND ledger.lead IS NOT NULL ORDER BY ledger.id"};
const Sql kTaken{
    "SELECT ledger.id, coalesce(message_id, ''), ledger.mailbox, folder, uid_validity, uid, file, seen, ledger.kind,"
    " outcome, ledger.lead, reason, mail, received FROM ledger JOIN message ON message.id = mail ORDER BY ledger.id"};
const Sql kOutbox{"SELECT id, kind, cause, mailbox, message_id, lead, due, expires FROM outbox ORDER BY id"};
const Sql kOutboxFailed{
    "SELECT id, kind, cause, mailbox, message_id, lead, due, expires FROM outbox WHERE id IN"
    " (SELECT outbox FROM recipient WHERE state NOT IN ('delivered', 'cancelled') AND state = 'failed') ORDER BY id"};
const Sql kRecipients{
    "SELECT rcpt_to, state, attempts, next_try, reply, unknowns FROM recipient WHERE outbox = :outbox ORDER BY "
    "rcpt_to"};
const Sql kOutboxBytes{"SELECT content FROM outbox WHERE id = :id"};
const Sql kMailOfMessageId{"SELECT mail FROM message_id WHERE id = :id AND mail IS NOT NULL"};
const Sql kMailOfLedger{"SELECT mail FROM ledger WHERE id = :id AND mail IS NOT NULL"};
const Sql kCountLeads{"SELECT coalesce(sum(leads), 0) FROM lead_count"};
const Sql kCountMessages{"SELECT coalesce(sum(mails), 0) FROM ledger_count"};
const Sql kCountRecipients{
    "SELECT state, count(*) FROM recipient WHERE state NOT IN ('delivered', 'cancelled') GROUP BY state"};
const Sql kCountReminders{
    "SELECT count(*), coalesce(sum(due <= :now), 0) FROM reminder WHERE state = 'waiting' AND step = 'remind'"};
// What is late is owed: the prospect waits, or nobody has acted on what he wrote.
const Sql kCountLate{
    "SELECT count(*), coalesce(sum(instr(late, char(10) || 'acknowledge' || char(10)) > 0), 0),"
    " coalesce(sum(instr(late, char(10) || 'first_answer' || char(10)) > 0), 0),"
    " coalesce(sum(instr(late, char(10) || 'answer' || char(10)) > 0), 0) FROM"
    " (SELECT char(10) || json_extract(fields, '$.\"sla.late\"') || char(10) AS late FROM lead WHERE owed = 1"
    " AND instr(fields, '\"sla.late\"') > 0) WHERE late IS NOT NULL"};
const Sql kCountMailboxes{
    "SELECT mailbox, sum(sightings), max(last_seen), sum(iif(outcome = 'quarantined', sightings, 0)),"
    " sum(iif(outcome = 'held', sightings, 0)), sum(iif(outcome = 'baseline', sightings, 0))"
    " FROM ledger_count GROUP BY mailbox ORDER BY mailbox"};
const Sql kCountFiling{"SELECT count(*) FROM filing WHERE mailbox = :mailbox"};
const Sql kCountWaiting{"SELECT mailbox, count(*) FROM outbox WHERE next_try IS NOT NULL GROUP BY mailbox"};
const Sql kHeldNumbers{"SELECT number, ledger FROM held WHERE state = 'waiting' ORDER BY number"};
const Sql kLedgerRow{
    "SELECT ledger.id, coalesce(message_id, ''), ledger.mailbox, folder, uid_validity, uid, file, seen, ledger.kind,"
    " outcome, ledger.lead, reason FROM ledger LEFT JOIN message ON message.id = mail WHERE ledger.id = :id"};

LedgerEntry entry_of(const Query& query) {
  return {.id = LedgerId{query.integer(0)},
          .message_id = query.text(1),
          .mailbox = query.text(2),
          .folder = query.text(3),
          .uid_validity = static_cast<std::uint32_t>(query.integer(4)),
          .uid = static_cast<std::uint32_t>(query.integer(5)),
          .file = query.text(6),
          .at = query.time(7),
          .kind = query.text(8),
          .outcome = query.text(9),
          .lead = query.id<LeadId>(10),
          .reason = query.text(11)};
}

/// Ends the transaction of a reader, whose statements see the same moment.
class Moment {
 public:
  explicit Moment(Connection& db) : db_(db) {}
  Moment(const Moment&) = delete;
  Moment& operator=(const Moment&) = delete;
  ~Moment() { (void)db_.run("COMMIT"); }

 private:
  Connection& db_;
};

class SqliteReader final : public Reader {
 public:
  explicit SqliteReader(std::unique_ptr<Connection> db) : db_(std::move(db)) {}

  Result<std::optional<leads::Lead>> lead(LeadId id) override { return read_lead(*db_, id); }
  Result<std::optional<leads::Lead>> lead_at(LeadId id, Time at) override;
  Result<std::vector<leads::Event>> timeline(LeadId id) override { return read_events(*db_, id, std::nullopt); }
  Result<void> list(const ListFilter& filter, const std::function<bool(const leads::Lead&)>& each) override;
  Result<void> find(std::string_view text, const std::function<bool(const leads::Lead&)>& each) override;
  Result<void> ledger(const std::string& mailbox, const std::string& outcome,
                      const std::function<bool(const LedgerEntry&)>& each) override;
  Result<std::vector<LedgerEntry>> ledger_of_message(std::string_view message_id) override;
  Result<std::vector<LedgerEntry>> ledger_of_lead(LeadId lead) override;
  Result<std::vector<RepairRow>> repairs(LeadId lead) override;
  Result<void> taken(const std::function<Result<bool>(const PastEntry&)>& each) override;
  Result<std::optional<std::string>> raw(MailId mail) override { return read_raw(*db_, packer_, mail); }
  Result<void> held(const std::function<bool(const HeldEntry&)>& each) override;
  Result<void> outbox(bool failed_only, const std::function<bool(const OutboxEntry&)>& each) override;
  Result<std::string> outbox_bytes(OutboxId id) override;
  Result<std::optional<std::string>> raw_by_message_id(std::string_view message_id) override;
  Result<std::optional<std::string>> raw_by_ledger(LedgerId id) override;
  Result<Counts> counts(Time now) override;
  Result<leads::ReportFacts> report(const leads::ReportAsk& ask) override { return read_report(*db_, ask); }
  Result<Pruned> prunable(Kept what, Time before) override { return store::prunable(*db_, what, before); }
  Result<leads::Snapshot> snapshot(const leads::Query& query, Time now) override {
    return read_snapshot(*db_, query, now);
  }

 private:
  Result<std::optional<LeadId>> lead_of_row(std::int64_t row);
  Result<std::vector<OutboxEntry::Recipient>> recipients(OutboxId id);
  Result<std::optional<std::string>> raw_of(Query query);
  static Result<std::vector<LedgerEntry>> entries(Query query);

  std::unique_ptr<Connection> db_;
  Packer packer_{};
};

Result<std::optional<leads::Lead>> SqliteReader::lead_at(LeadId id, Time at) {
  auto events = read_events(*db_, id, at);
  if (!events) return std::move(events.error());
  if (events->empty()) return std::optional<leads::Lead>{};
  leads::Lead lead{.id = id};
  for (const auto& event : *events) leads::fold(lead, event);
  return std::optional(std::move(lead));
}

Result<void> SqliteReader::list(const ListFilter& filter, const std::function<bool(const leads::Lead&)>& each) {
  // Who owes and what is owed are asked one after the other, of the same moment.
  if (auto begun = db_->run("BEGIN"); !begun) return std::move(begun.error()).in("listing leads");
  const Moment moment(*db_);
  const auto tag = fold_for_search(filter.tag);
  const auto status = filter.status ? leads::name(*filter.status) : std::string_view{};
  auto made = list_query(*db_, {.status = filter.status.has_value(),
                                .owner = filter.owner.has_value(),
                                .due_by = filter.due_by.has_value(),
                                .owed = filter.owed,
                                .tag = !filter.tag.empty()});
  if (!made) return std::move(made.error()).in("listing leads");
  auto& query = *made;
  if (filter.status) query.bind(":status", status);
  if (filter.owner) query.bind(":owner", *filter.owner);
  if (filter.due_by) query.bind(":due_by", *filter.due_by);
  if (!filter.tag.empty()) query.bind(":tag", tag);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("listing leads");
    if (!*row) return {};
    auto lead = lead_of(query);
    if (!lead) return std::move(lead.error());
    if (leads::is_gone(*lead)) continue;
    if (!each(*lead)) return {};
  }
}

Result<std::optional<LeadId>> SqliteReader::lead_of_row(std::int64_t row) {
  auto query = db_->query(is_row_of_mail(row) ? kLeadOfMail : kLeadOfEvent);
  auto found = query.bind(":id", id_of_row(row)).step();
  if (!found) return std::move(found.error());
  if (!*found) return std::optional<LeadId>{};
  return std::optional(LeadId{query.integer(0)});
}

Result<void> SqliteReader::find(std::string_view text, const std::function<bool(const leads::Lead&)>& each) {
  const auto words = search_expression(*db_, text);
  if (!words) return Error{words.error()}.in("searching");
  if (words->empty()) return {};
  std::unordered_set<std::int64_t> told;
  auto query = db_->query(kFind);
  query.bind(":words", *words);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("searching");
    if (!*row) return {};
    auto id = lead_of_row(query.integer(0));
    if (!id) return std::move(id.error()).in("searching");
    if (!*id || !told.insert((*id)->value).second) continue;
    auto lead = read_lead(*db_, **id);
    if (!lead) return std::move(lead.error());
    if (*lead && !leads::is_gone(**lead) && !each(**lead)) return {};
  }
}

Result<void> SqliteReader::ledger(const std::string& mailbox, const std::string& outcome,
                                  const std::function<bool(const LedgerEntry&)>& each) {
  auto query = db_->query(outcome.empty() ? kLedger : kLedgerOfOutcome);
  query.bind(":mailbox", mailbox);
  if (!outcome.empty()) query.bind(":outcome", outcome);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("reading the ledger");
    if (!*row || !each(entry_of(query))) return {};
  }
}

Result<std::vector<LedgerEntry>> SqliteReader::entries(Query query) {
  std::vector<LedgerEntry> found;
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("reading the ledger");
    if (!*row) return found;
    found.push_back(entry_of(query));
    found.back().evidence = query.text(12);
  }
}

Result<std::vector<LedgerEntry>> SqliteReader::ledger_of_message(std::string_view message_id) {
  auto query = db_->query(kLedgerOfMessage);
  query.bind(":id", message_id);
  return entries(std::move(query));
}

Result<std::vector<LedgerEntry>> SqliteReader::ledger_of_lead(LeadId lead) {
  auto query = db_->query(kLedgerOfLead);
  query.bind(":lead", lead);
  return entries(std::move(query));
}

Result<std::vector<RepairRow>> SqliteReader::repairs(LeadId lead) {
  std::vector<RepairRow> found;
  const auto done = read_repairs(*db_, lead, [&](const RepairRow& row) {
    found.push_back(row);
    return true;
  });
  if (!done) return done.error();
  return found;
}

Result<void> SqliteReader::taken(const std::function<Result<bool>(const PastEntry&)>& each) {
  auto query = db_->query(kTaken);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("reading the ledger");
    if (!*row) return {};
    auto go_on = each({.entry = entry_of(query), .mail = MailId{query.integer(12)}, .received = query.time(13)});
    if (!go_on) return std::move(go_on.error());
    if (!*go_on) return {};
  }
}

Result<void> SqliteReader::held(const std::function<bool(const HeldEntry&)>& each) {
  auto query = db_->query(kHeldNumbers);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("the holding list");
    if (!*row) return {};
    auto mail = read_held(*db_, query.integer(0));
    if (!mail) return std::move(mail.error());
    auto found = db_->query(kLedgerRow);
    auto entry = found.bind(":id", query.integer(1)).step();
    if (!entry) return std::move(entry.error()).in("the holding list");
    if (*mail && *entry && !each({std::move(**mail), entry_of(found)})) return {};
  }
}

Result<std::vector<OutboxEntry::Recipient>> SqliteReader::recipients(OutboxId id) {
  std::vector<OutboxEntry::Recipient> recipients;
  auto query = db_->query(kRecipients);
  query.bind(":outbox", id);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return recipients;
    recipients.push_back({.rcpt_to = query.text(0),
                          .state = query.text(1),
                          .attempts = static_cast<int>(query.integer(2)),
                          .next_try = query.time(3),
                          .reply = query.text(4),
                          .times_unknown = static_cast<int>(query.integer(5))});
  }
}

Result<void> SqliteReader::outbox(bool failed_only, const std::function<bool(const OutboxEntry&)>& each) {
  auto query = db_->query(failed_only ? kOutboxFailed : kOutbox);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("reading the outbox");
    if (!*row) return {};
    OutboxEntry entry{.id = OutboxId{query.integer(0)},
                      .kind = query.text(1),
                      .cause = query.text(2),
                      .mailbox = query.text(3),
                      .message_id = query.text(4),
                      .lead = query.id<LeadId>(5),
                      .due = query.time(6),
                      .expires = query.time(7)};
    auto found = recipients(entry.id);
    if (!found) return std::move(found.error()).in("reading the outbox");
    entry.recipients = std::move(*found);
    if (!each(entry)) return {};
  }
}

Result<std::string> SqliteReader::outbox_bytes(OutboxId id) {
  auto query = db_->query(kOutboxBytes);
  auto row = query.bind(":id", id).step();
  if (!row) return std::move(row.error()).in("reading the outbox");
  if (!*row) return Error{Next::give_up, "no such mail in the outbox"};
  std::string bytes;
  if (query.view(0).empty()) return Error{Next::give_up, "its text is not kept any more"};
  if (auto done = packer_.unpack(query.view(0), bytes); !done) return std::move(done.error()).in("reading the outbox");
  return bytes;
}

Result<std::optional<std::string>> SqliteReader::raw_of(Query query) {
  auto row = query.step();
  if (!row) return std::move(row.error()).in("reading a mail");
  if (!*row) return std::optional<std::string>{};
  return read_raw(*db_, packer_, MailId{query.integer(0)});
}

Result<std::optional<std::string>> SqliteReader::raw_by_message_id(std::string_view message_id) {
  auto query = db_->query(kMailOfMessageId);
  query.bind(":id", message_id);
  return raw_of(std::move(query));
}

Result<std::optional<std::string>> SqliteReader::raw_by_ledger(LedgerId id) {
  auto query = db_->query(kMailOfLedger);
  query.bind(":id", id);
  return raw_of(std::move(query));
}

Result<Counts> SqliteReader::counts(Time now) {
  Counts counts;
  const auto each_row = [&](Query query, const auto& take) -> Result<void> {
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error()).in("counting");
      if (!*row) return {};
      take(query);
    }
  };
  auto done = each_row(db_->query(kCountLeads), [&](const Query& row) { counts.leads = row.integer(0); });
  if (done) done = each_row(db_->query(kCountMessages), [&](const Query& row) { counts.messages = row.integer(0); });
  if (done) {
    done = each_row(db_->query(kCountRecipients), [&](const Query& row) {
      auto& count = row.view(0) == "failed"    ? counts.outbox_failed
                    : row.view(0) == "unknown" ? counts.outbox_unknown
                                               : counts.outbox_waiting;
      count += row.integer(1);
    });
  }
  if (done) {
    auto query = db_->query(kCountReminders);
    query.bind(":now", now);
    done = each_row(std::move(query), [&](const Query& row) {
      counts.reminders_waiting = row.integer(0);
      counts.reminders_due = row.integer(1);
    });
  }
  if (done) {
    done = each_row(db_->query(kCountLate), [&](const Query& row) {
      counts.late_leads = row.integer(0);
      counts.late_acknowledge = row.integer(1);
      counts.late_first_answer = row.integer(2);
      counts.late_answer = row.integer(3);
    });
  }
  if (done) {
    done = each_row(db_->query(kCountMailboxes), [&](const Query& row) {
      counts.mailboxes.push_back({.mailbox = row.text(0),
                                  .ledger = row.integer(1),
                                  .last_seen = row.time(2),
                                  .quarantined = row.integer(3),
                                  .held = row.integer(4),
                                  .baseline = row.integer(5)});
    });
  }
  for (auto& mailbox : counts.mailboxes) {
    if (!done) break;
    auto query = db_->query(kCountFiling);
    query.bind(":mailbox", mailbox.mailbox);
    done = each_row(std::move(query), [&](const Query& row) { mailbox.filing = row.integer(0); });
  }
  if (done) {
    done = each_row(db_->query(kCountWaiting),
                    [&](const Query& row) { counts.waiting_from[row.text(0)] = row.integer(1); });
  }
  if (!done) return std::move(done.error());
  return counts;
}

/// Another version's file is neither read nor changed.
Result<void> expect_current(Connection& db, const std::string& path) {
  auto application = db.number("PRAGMA application_id");
  auto version = db.number("PRAGMA user_version");
  if (!application) return std::move(application.error()).in(path);
  if (!version) return std::move(version.error()).in(path);
  if (*application != kApplicationId) return Error{Next::give_up, path + " is no book of ours"};
  if (*version == kSchemaVersion) return {};
  return Error{Next::give_up, path + " has schema " + std::to_string(*version) + "; this program reads " +
                                  std::to_string(kSchemaVersion)};
}

}  // namespace

Result<std::unique_ptr<Reader>> Reader::open(const std::string& path) {
  const auto give_up = [](Error error) { return Error{Next::give_up, std::move(error.what)}; };
  auto db = Connection::open(path, Connection::Mode::read);
  if (!db) return give_up(std::move(db.error()));
  if (auto done = expect_current(**db, path); !done) return give_up(std::move(done.error()));
  auto done = (*db)->run("PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;");
  if (done) done = open_words(**db);
  if (done) done = (*db)->run("PRAGMA query_only = ON");
  if (!done) return give_up(std::move(done.error()).in(path));
  return std::unique_ptr<Reader>(std::make_unique<SqliteReader>(std::move(*db)));
}

}  // namespace leadmail::store
