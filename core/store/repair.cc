#include "core/store/repair.h"

#include <algorithm>

#include "core/leads/address.h"
#include "core/store/lead_row.h"
#include "core/store/mail_row.h"
#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

constexpr std::int64_t kMostMails = 2000;
constexpr std::size_t kHead = 256UL * 1024;  ///< no header block is longer

const Sql kNext{"SELECT coalesce(max(id), 0) + 1 FROM repair"};
const Sql kKeep{
    "INSERT INTO repair (id, at, by, verb, source, target) VALUES (:id, :at, :by, :verb, :source, :target)"};
const Sql kEnd{"UPDATE repair SET undone = :now WHERE id = :id"};
const Sql kForget{"DELETE FROM correction WHERE repair = :id"};
const Sql kUnpin{"UPDATE message_id SET repair = NULL WHERE repair = :id"};
const Sql kRepair{"SELECT id, at, by, verb, source, target, undone FROM repair WHERE id = :id"};
const Sql kRepairsOf{
    "SELECT id, at, by, verb, source, target, undone FROM repair WHERE source = :lead OR target = :lead ORDER BY id"};
const Sql kLater{
    "SELECT id FROM repair WHERE id > :id AND undone IS NULL"
    " AND (source IN (:source, :target) OR target IN (:source, :target)) LIMIT 1"};
const Sql kMoved{"SELECT mail FROM repaired_mail WHERE repair = :repair ORDER BY mail"};
const Sql kAddMoved{"INSERT INTO repaired_mail (repair, mail) VALUES (:repair, :mail) ON CONFLICT DO NOTHING"};
const Sql kMailNow{"SELECT lead, fingerprint FROM message WHERE id = :mail"};
const Sql kMoveMail{"UPDATE message SET lead = :lead WHERE id = :mail"};
const Sql kMoveSightings{"UPDATE ledger SET lead = :lead WHERE mail = :mail AND lead IS NOT NULL"};
const Sql kMoveIds{"UPDATE message_id SET lead = :lead, repair = coalesce(:repair, repair) WHERE mail = :mail"};
// The cause of a letter carries the fingerprint of the mail that made us write it.
const Sql kMoveCaused{
    "UPDATE outbox SET lead = :lead WHERE lead = :from AND lead IS NOT NULL AND :fingerprint <> ''"
    " AND instr(cause, :fingerprint) > 0"};
const Sql kMoveCausedIds{
    "UPDATE message_id SET lead = :lead, repair = coalesce(:repair, repair) WHERE outbox IN (SELECT id FROM outbox "
    "WHERE lead = :lead AND"
    " lead IS NOT NULL AND :fingerprint <> '' AND instr(cause, :fingerprint) > 0)"};
const Sql kCausedIds{
    "SELECT message_id FROM outbox WHERE lead = :lead AND lead IS NOT NULL AND instr(cause, :fingerprint) > 0"};
const Sql kLearn{
    "INSERT INTO correction (writer, subject_key, source, target, over_thread, repair)"
    " VALUES (:writer, :subject_key, :source, :target, :over_thread, :repair) ON CONFLICT DO UPDATE SET"
    " target = excluded.target, over_thread = excluded.over_thread, repair = excluded.repair"};
const Sql kMailNamed{
    "SELECT message.id, message.lead FROM message_id JOIN message ON message.id = message_id.mail"
    " WHERE message_id.id = :id AND message.lead IS NOT NULL"};
const Sql kMailsOf{
    "SELECT id, message_id, from_name, from_address, subject, subject_key, direction, received, fingerprint FROM "
    "message"
    " WHERE lead = :lead AND lead IS NOT NULL ORDER BY received, id LIMIT :limit"};
const Sql kHeadOf{"SELECT bytes FROM raw WHERE mail = :mail AND chunk = 0"};

leads::RepairVerb verb_of(std::string_view text) {
  using leads::RepairVerb;
  for (const auto verb : {RepairVerb::split, RepairVerb::move, RepairVerb::merge}) {
    if (leads::name(verb) == text) return verb;
  }
  return RepairVerb::split;
}

RepairRow row_of(const Query& query) {
  return {.number = query.integer(0),
          .at = query.time(1),
          .by = query.text(2),
          .verb = verb_of(query.view(3)),
          .source = LeadId{query.integer(4)},
          .target = LeadId{query.integer(5)},
          .undone = query.integer(6) == 0 ? std::nullopt : std::optional(query.time(6))};
}

Result<std::vector<std::string>> caused_ids(Connection& db, LeadId lead, std::string_view fingerprint) {
  std::vector<std::string> ids;
  if (fingerprint.empty()) return ids;
  auto query = db.query(kCausedIds);
  query.bind(":lead", lead).bind(":fingerprint", fingerprint);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return ids;
    ids.push_back(query.text(0));
  }
}

}  // namespace

Result<void> keep_repair(Connection& db, const leads::KeepRepair& repair, LeadId target, Time now) {
  return db.query(kKeep)
      .bind(":id", repair.number)
      .bind(":at", now)
      .bind(":by", repair.by)
      .bind(":verb", leads::name(repair.verb))
      .bind(":source", repair.source)
      .bind(":target", target)
      .run();
}

Result<void> end_repair(Connection& db, std::int64_t number, Time now) {
  auto done = db.query(kEnd).bind(":id", number).bind(":now", now).run();
  if (done) done = db.query(kForget).bind(":id", number).run();
  if (done) done = db.query(kUnpin).bind(":id", number).run();
  return done;
}

Result<void> move_mail(Connection& db, const leads::MoveMail& move, LeadId to) {
  std::optional<LeadId> from;
  std::string fingerprint;
  {
    auto now = db.query(kMailNow);
    auto row = now.bind(":mail", move.mail).step();
    if (!row) return std::move(row.error());
    if (!*row) return Error{Next::give_up, "no mail " + std::to_string(move.mail.value)};
    from = now.id<LeadId>(0);
    fingerprint = now.text(1);
  }
  std::optional<std::int64_t> pinned_by;
  if (move.is_pinned) pinned_by = move.repair;
  auto done = db.query(kMoveMail).bind(":mail", move.mail).bind(":lead", to).run();
  if (done) done = db.query(kMoveSightings).bind(":mail", move.mail).bind(":lead", to).run();
  if (done) done = db.query(kMoveIds).bind(":mail", move.mail).bind(":lead", to).bind(":repair", pinned_by).run();
  if (done && from) {
    done = db.query(kMoveCaused).bind(":lead", to).bind(":from", *from).bind(":fingerprint", fingerprint).run();
    if (done) {
      done =
          db.query(kMoveCausedIds).bind(":lead", to).bind(":repair", pinned_by).bind(":fingerprint", fingerprint).run();
    }
  }
  if (done && move.repair != 0) {
    done = db.query(kAddMoved).bind(":repair", move.repair).bind(":mail", move.mail).run();
  }
  return done;
}

Result<void> learn(Connection& db, const leads::Learn& lesson, LeadId to) {
  return db.query(kLearn)
      .bind(":writer", leads::to_lower(lesson.writer))
      .bind(":subject_key", lesson.subject_key)
      .bind(":source", lesson.from)
      .bind(":target", to)
      .bind(":over_thread", lesson.over_thread)
      .bind(":repair", lesson.repair)
      .run();
}

Result<void> read_repairs(Connection& db, LeadId lead, const std::function<bool(const RepairRow&)>& each) {
  auto query = db.query(kRepairsOf);
  query.bind(":lead", lead);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("reading repairs");
    if (!*row || !each(row_of(query))) return {};
  }
}

Result<std::vector<leads::Event>> BookTransaction::events(LeadId id) { return read_events(db(), id, std::nullopt); }

Result<std::optional<std::pair<MailId, LeadId>>> BookTransaction::mail_named(std::string_view message_id) {
  auto query = db().query(kMailNamed);
  auto row = query.bind(":id", message_id).step();
  if (!row) return std::move(row.error());
  if (!*row) return std::optional<std::pair<MailId, LeadId>>{};
  return std::optional(std::pair(MailId{query.integer(0)}, LeadId{query.integer(1)}));
}

Result<std::vector<MailOfLead>> BookTransaction::mails_of(LeadId lead) {
  std::vector<MailOfLead> mails;
  auto query = db().query(kMailsOf);
  query.bind(":lead", lead).bind(":limit", kMostMails);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) break;
    MailOfLead kept;
    kept.mail = {.id = MailId{query.integer(0)},
                 .message_id = query.text(1),
                 .from = {query.text(2), query.text(3)},
                 .subject = query.text(4),
                 .subject_key = query.text(5),
                 .direction = query.text(6),
                 .received = query.time(7)};
    auto ids = caused_ids(db(), lead, query.text(8));
    if (!ids) return std::move(ids.error());
    kept.mail.caused_ids = std::move(*ids);
    auto bytes = db().query(kHeadOf);
    auto head = bytes.bind(":mail", kept.mail.id).step();
    if (!head) return std::move(head.error());
    if (*head) {
      if (auto done = desk_.packer.unpack(bytes.view(0), kept.head); !done) return std::move(done.error());
      kept.head.resize(std::min(kept.head.size(), kHead));
    }
    mails.push_back(std::move(kept));
  }
  return mails;
}

Result<std::int64_t> BookTransaction::next_repair() {
  auto query = db().query(kNext);
  auto row = query.step();
  if (!row) return std::move(row.error());
  return query.integer(0);
}

Result<std::optional<RepairRow>> BookTransaction::repair(std::int64_t number) {
  RepairRow found;
  {
    auto query = db().query(kRepair);
    auto row = query.bind(":id", number).step();
    if (!row) return std::move(row.error());
    if (!*row) return std::optional<RepairRow>{};
    found = row_of(query);
  }
  auto later = db().query(kLater);
  auto is_later = later.bind(":id", number).bind(":source", found.source).bind(":target", found.target).step();
  if (!is_later) return std::move(is_later.error());
  if (*is_later) found.later = later.integer(0);
  auto moved = db().query(kMoved);
  moved.bind(":repair", number);
  while (true) {
    auto row = moved.step();
    if (!row) return std::move(row.error());
    if (!*row) return std::optional(std::move(found));
    found.moved.push_back(MailId{moved.integer(0)});
  }
}

}  // namespace leadmail::store
