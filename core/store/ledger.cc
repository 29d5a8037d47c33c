// The accounting: which message was seen where, with what outcome, and how far each folder has been read.
#include "core/store/ledger.h"

#include <algorithm>

#include "core/leads/json_text.h"
#include "core/store/mail_row.h"
#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

const Sql kSeenUid{
    "SELECT 1 FROM ledger WHERE mailbox = :mailbox AND folder = :folder AND uid_validity = :uid_validity"
    " AND uid = :uid AND file = ''"};
const Sql kSeenFile{"SELECT 1 FROM ledger WHERE mailbox = :mailbox AND file = :file AND file <> ''"};
const Sql kAdd{
    "INSERT INTO ledger (mailbox, folder, uid_validity, uid, file, seen, kind, outcome, reason, lead, mail, evidence)"
    " VALUES (:mailbox, :folder, :uid_validity, :uid, :file, :seen, :kind, :outcome, :reason, :lead, :mail, "
    ":evidence)"};
const Sql kFreePlaces{
    "UPDATE ledger SET file = 'gone from ' || folder || ', ' || uid_validity || '/' || uid || ' #' || id"
    " WHERE mailbox = :mailbox AND folder = :folder AND uid_validity = :uid_validity AND uid >= :first AND file = ''"};
const Sql kFreeFilings{
    "DELETE FROM filing WHERE mailbox = :mailbox AND folder = :folder AND uid_validity = :uid_validity"
    " AND uid >= :first"};
const Sql kCount{
    "INSERT INTO ledger_count (mailbox, outcome, sightings, mails, last_seen)"
    " VALUES (:mailbox, :outcome, :sightings, :mails, :seen)"
    " ON CONFLICT DO UPDATE SET sightings = sightings + excluded.sightings, mails = mails + excluded.mails,"
    " last_seen = max(last_seen, excluded.last_seen)"};
const Sql kAllQuarantined{"SELECT id FROM ledger WHERE outcome = 'quarantined' ORDER BY id"};
const Sql kOpen{
    "SELECT mailbox, folder, uid_validity, uid, file, outcome, seen, lead, mail FROM ledger"
    " WHERE id = :id AND outcome IN ('quarantined', 'held')"};
const Sql kOutcome{"UPDATE ledger SET outcome = :outcome, reason = :reason WHERE id = :id AND outcome = :before"};
const Sql kMailboxOf{"SELECT mailbox, mail IS NOT NULL, seen FROM ledger WHERE id = :id"};
const Sql kSumsOf{
    "SELECT mailbox, outcome, mail IS NOT NULL AND outcome <> 'duplicate', seen FROM ledger WHERE id = :id"};
const Sql kSetAside{"UPDATE ledger SET outcome = 'ignored', reason = :reason WHERE id = :id"};
const Sql kSettle{
    "UPDATE ledger SET kind = :kind, outcome = :outcome, reason = :reason, lead = :lead, mail = :mail,"
    " evidence = :evidence WHERE id = :id"};
const Sql kCursor{
    "SELECT uid_validity, last_uid, baseline_uid, first_epoch, began, contact FROM cursor"
    " WHERE mailbox = :mailbox AND folder = :folder"};
const Sql kSetCursor{
    "INSERT INTO cursor (mailbox, folder, uid_validity, last_uid, baseline_uid, first_epoch, began, contact)"
    " VALUES (:mailbox, :folder, :uid_validity, :last_uid, :baseline_uid, :first_epoch, :began, :contact)"
    " ON CONFLICT DO UPDATE SET uid_validity = excluded.uid_validity, last_uid = excluded.last_uid,"
    " baseline_uid = excluded.baseline_uid, first_epoch = excluded.first_epoch, contact = excluded.contact"};

Result<void> count(Connection& db, std::string_view mailbox, std::string_view outcome, int sightings, int mails,
                   Time seen) {
  return db.query(kCount)
      .bind(":mailbox", mailbox)
      .bind(":outcome", outcome)
      .bind(":sightings", sightings)
      .bind(":mails", mails)
      .bind(":seen", seen)
      .run();
}

std::string to_json(const std::vector<leads::Evidence>& evidence) {
  std::string list;
  for (const auto& seen : evidence) {
    list += list.empty() ? "[[" : ",[";
    leads::append_json(list, seen.step);
    list += ',';
    leads::append_json(list, seen.found);
    list += seen.decisive ? ",true]" : ",false]";
  }
  return list.empty() ? "[]" : list + "]";
}

}  // namespace

Result<LedgerId> add_ledger_row(Connection& db, const LedgerRow& row) {
  const auto outcome = leads::name(row.outcome);
  auto done = db.query(kAdd)
                  .bind(":mailbox", row.place.mailbox)
                  .bind(":folder", row.place.folder)
                  .bind(":uid_validity", row.place.uid_validity)
                  .bind(":uid", row.place.uid)
                  .bind(":file", row.place.file)
                  .bind(":seen", row.seen)
                  .bind(":kind", row.kind)
                  .bind(":outcome", outcome)
                  .bind(":reason", row.reason)
                  .bind(":lead", row.lead)
                  .bind(":mail", row.mail)
                  .bind(":evidence", to_json(row.evidence))
                  .run();
  if (!done) return std::move(done.error()).in("a ledger row");
  const LedgerId id{db.last_insert_id()};

  done = count(db, row.place.mailbox, outcome, 1, row.brings_mail ? 1 : 0, row.seen);
  if (!done) return std::move(done.error()).in("the ledger's sums");
  return id;
}

Result<std::optional<OpenRow>> open_row(Connection& db, LedgerId id) {
  auto query = db.query(kOpen);
  auto row = query.bind(":id", id).step();
  if (!row) return std::move(row.error()).in("reading the ledger");
  if (!*row) return std::optional<OpenRow>{};
  return std::optional(OpenRow{.place = {.mailbox = query.text(0),
                                         .folder = query.text(1),
                                         .uid_validity = static_cast<std::uint32_t>(query.integer(2)),
                                         .uid = static_cast<std::uint32_t>(query.integer(3)),
                                         .file = query.text(4)},
                               .outcome = leads::outcome_named(query.view(5)).value_or(leads::Outcome::quarantined),
                               .seen = query.time(6),
                               .lead = query.id<LeadId>(7),
                               .mail = query.id<MailId>(8)});
}

Result<void> settle_row(Connection& db, LedgerId id, const OpenRow& before, const LedgerRow& row) {
  const auto outcome = leads::name(row.outcome);
  auto done = db.query(kSettle)
                  .bind(":id", id)
                  .bind(":kind", row.kind)
                  .bind(":outcome", outcome)
                  .bind(":reason", row.reason)
                  .bind(":lead", row.lead)
                  .bind(":mail", row.mail)
                  .bind(":evidence", to_json(row.evidence))
                  .run();
  if (done) done = count(db, row.place.mailbox, leads::name(before.outcome), -1, before.mail ? -1 : 0, row.seen);
  if (done) done = count(db, row.place.mailbox, outcome, 1, row.mail ? 1 : 0, row.seen);
  if (!done) return std::move(done.error()).in("ledger row " + std::to_string(id.value));
  return {};
}

Result<void> change_outcome(Connection& db, LedgerId id, leads::Outcome before, leads::Outcome after,
                            std::string_view reason) {
  const auto place = "ledger row " + std::to_string(id.value);
  auto done = db.query(kOutcome)
                  .bind(":id", id)
                  .bind(":before", leads::name(before))
                  .bind(":outcome", leads::name(after))
                  .bind(":reason", reason)
                  .run();
  if (!done) return std::move(done.error()).in(place);
  if (db.changes() == 0) return Error{Next::give_up, place + " is not " + std::string(leads::name(before))};
  auto query = db.query(kMailboxOf);
  auto row = query.bind(":id", id).step();
  if (!row) return std::move(row.error()).in(place);
  const auto mailbox = query.text(0);
  const int mails = query.integer(1) != 0 ? 1 : 0;
  const auto seen = query.time(2);
  done = count(db, mailbox, leads::name(before), -1, -mails, seen);
  if (done) done = count(db, mailbox, leads::name(after), 1, mails, seen);
  if (!done) return std::move(done.error()).in(place);
  return {};
}

Result<void> set_aside_row(Connection& db, LedgerId id, std::string_view reason) {
  std::string mailbox;
  std::string before;
  int mails = 0;
  Time seen{};
  {
    auto query = db.query(kSumsOf);
    auto row = query.bind(":id", id).step();
    if (!row) return std::move(row.error());
    if (!*row) return {};
    mailbox = query.text(0);
    before = query.text(1);
    mails = query.integer(2) != 0 ? 1 : 0;
    seen = query.time(3);
  }
  auto done = db.query(kSetAside).bind(":id", id).bind(":reason", reason).run();
  if (done) done = count(db, mailbox, before, -1, -mails, seen);
  if (done) done = count(db, mailbox, leads::name(leads::Outcome::ignored), 1, 0, seen);
  return done;
}

Result<bool> BookTransaction::is_in_ledger(const Place& place) {
  if (!place.file.empty()) {
    return db().query(kSeenFile).bind(":mailbox", place.mailbox).bind(":file", place.file).step();
  }
  return db()
      .query(kSeenUid)
      .bind(":mailbox", place.mailbox)
      .bind(":folder", place.folder)
      .bind(":uid_validity", place.uid_validity)
      .bind(":uid", place.uid)
      .step();
}

Result<std::vector<std::uint32_t>> BookTransaction::without_ledger_row(const std::string& mailbox,
                                                                       const std::string& folder,
                                                                       std::uint32_t uid_validity,
                                                                       std::vector<std::uint32_t> uids) {
  std::ranges::sort(uids);
  uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
  std::vector<std::uint32_t> missing;
  Place place{.mailbox = mailbox, .folder = folder, .uid_validity = uid_validity};
  for (const auto uid : uids) {
    place.uid = uid;
    auto seen = is_in_ledger(place);
    if (!seen) return std::move(seen.error()).in("reading the ledger");
    if (!*seen) missing.push_back(uid);
  }
  return missing;
}

Result<int> BookTransaction::free_places(const std::string& mailbox, const std::string& folder,
                                         std::uint32_t uid_validity, std::uint32_t first) {
  int freed = 0;
  for (const auto* sql : {&kFreeFilings, &kFreePlaces}) {
    auto done = db().query(*sql)
                    .bind(":mailbox", mailbox)
                    .bind(":folder", folder)
                    .bind(":uid_validity", uid_validity)
                    .bind(":first", first)
                    .run();
    if (!done) return std::move(done.error()).in("freeing places of " + folder);
    freed = db().changes();
  }
  return freed;
}

Result<void> BookTransaction::note(const Place& place, Time seen, leads::Outcome outcome, std::string_view reason) {
  auto row = add_ledger_row(db(), {.place = place, .seen = seen, .outcome = outcome, .reason = reason});
  if (!row) return std::move(row.error());
  return {};
}

Result<std::vector<LedgerId>> BookTransaction::quarantined() {
  std::vector<LedgerId> ids;
  auto query = db().query(kAllQuarantined);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("quarantined messages");
    if (!*row) return ids;
    ids.emplace_back(LedgerId{query.integer(0)});
  }
}

Result<std::optional<Quarantined>> BookTransaction::quarantined(LedgerId id) {
  auto row = open_row(db(), id);
  if (!row) return std::move(row.error());
  if (!*row || (*row)->outcome != leads::Outcome::quarantined) return std::optional<Quarantined>{};
  Quarantined found{.place = (*row)->place, .lead = (*row)->lead, .received = (*row)->seen};
  if (!(*row)->mail) return std::optional(std::move(found));

  auto received = received_of(db(), *(*row)->mail);
  if (!received) return std::move(received.error()).in("quarantined messages");
  found.received = *received;
  auto raw = read_raw(db(), desk_.packer, *(*row)->mail);
  if (!raw) return std::move(raw.error()).in("ledger row " + std::to_string(id.value));
  if (*raw) found.raw = std::move(**raw);
  return std::optional(std::move(found));
}

Result<std::optional<FolderCursor>> BookTransaction::cursor(const std::string& mailbox, const std::string& folder) {
  auto query = db().query(kCursor);
  auto row = query.bind(":mailbox", mailbox).bind(":folder", folder).step();
  if (!row) return std::move(row.error()).in("reading a cursor");
  if (!*row) return std::optional<FolderCursor>{};
  return std::optional(FolderCursor{.uid_validity = static_cast<std::uint32_t>(query.integer(0)),
                                    .last_uid = static_cast<std::uint32_t>(query.integer(1)),
                                    .baseline_uid = static_cast<std::uint32_t>(query.integer(2)),
                                    .began = query.time(4),
                                    .first_epoch = query.integer(3) != 0,
                                    .contact = query.time(5)});
}

Result<void> BookTransaction::set_cursor(const std::string& mailbox, const std::string& folder,
                                         const FolderCursor& cursor) {
  auto done = db().query(kSetCursor)
                  .bind(":mailbox", mailbox)
                  .bind(":folder", folder)
                  .bind(":uid_validity", cursor.uid_validity)
                  .bind(":last_uid", cursor.last_uid)
                  .bind(":baseline_uid", cursor.baseline_uid)
                  .bind(":first_epoch", cursor.first_epoch)
                  .bind(":began", cursor.began)
                  .bind(":contact", cursor.contact)
                  .run();
  if (!done) return std::move(done.error()).in("setting a cursor");
  return {};
}

}  // namespace leadmail::store
