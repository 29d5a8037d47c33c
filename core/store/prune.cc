#include "core/store/prune.h"

#include <charconv>
#include <vector>

#include "core/store/ledger.h"
#include "core/store/remove.h"
#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

// One transaction: it is to hold up nobody for longer than a fifth of a second, on a slow disk too.
constexpr int kMostRows = 200;
constexpr std::int64_t kMostBytes = std::int64_t{2} << 20;

// Where rows are numbered in the order of their age, each is looked at once: `meta` has how far that got.
const Sql kRaw{
    "SELECT id, seen, mail, (SELECT coalesce(sum(length(bytes)), 0) FROM raw WHERE raw.mail = ledger.mail),"
    " outcome NOT IN ('held', 'quarantined') FROM ledger"
    " WHERE id > :after ORDER BY id LIMIT :limit"};
const Sql kAutomatic{
    "SELECT id, seen, mail, (SELECT length(subject) + length(reply) + length(from_address) + coalesce(length(text), 0)"
    " FROM message WHERE message.id = ledger.mail AND message.lead IS NULL)"
    " + (SELECT coalesce(sum(length(bytes)), 0) FROM raw WHERE raw.mail = ledger.mail),"
    " lead IS NULL AND outcome NOT IN ('held', 'quarantined')"
    " AND EXISTS (SELECT 1 FROM message WHERE message.id = ledger.mail AND message.lead IS NULL) FROM ledger"
    " WHERE id > :after ORDER BY id LIMIT :limit"};
const Sql kOutbox{
    "SELECT id, created, NULL, length(content) + length(words), NOT EXISTS (SELECT 1 FROM recipient"
    " WHERE recipient.outbox = outbox.id AND state NOT IN ('delivered', 'failed', 'cancelled', 'unknown')) FROM outbox"
    " WHERE id > :after ORDER BY id LIMIT :limit"};
const Sql kEvidence{
    "SELECT id, seen, NULL, length(evidence) - 2, 1 FROM ledger WHERE id > :after ORDER BY id LIMIT :limit"};
// The others are few at a time, and found by what they are.
const Sql kQuarantine{
    "SELECT id, seen, mail, (SELECT sum(length(bytes)) FROM raw WHERE raw.mail = ledger.mail),"
    " EXISTS (SELECT 1 FROM raw WHERE raw.mail = ledger.mail) FROM ledger"
    " WHERE outcome = 'quarantined' AND id > :after ORDER BY id LIMIT :limit"};
const Sql kHeld{
    "SELECT number, changed, mail, 1 + (SELECT coalesce(sum(length(bytes)), 0) FROM raw WHERE raw.mail = ledger.mail),"
    " ledger.lead IS NULL AND (state = 'waiting' OR state = 'blocked' AND EXISTS (SELECT 1 FROM raw WHERE raw.mail = "
    "ledger.mail)) FROM held JOIN ledger ON ledger.id = held.ledger"
    " WHERE number > :after ORDER BY number LIMIT :limit"};
const Sql kLeads{
    "SELECT id, changed, NULL, length(fields), owed = 0 AND next_at IS NULL AND NOT EXISTS (SELECT 1 FROM outbox"
    " JOIN recipient ON recipient.outbox = outbox.id WHERE outbox.lead = lead.id AND outbox.lead IS NOT NULL"
    " AND state NOT IN ('delivered', 'failed', 'cancelled', 'unknown')) FROM lead"
    " WHERE status = :status AND id > :after ORDER BY id LIMIT :limit"};
const Sql kLedger{
    "SELECT ledger.id, seen, mail, length(reason) + length(evidence) + 100,"
    " file = '' AND outcome IN ('baseline', 'duplicate') AND ledger.uid_validity <> cursor.uid_validity FROM ledger"
    " LEFT JOIN cursor ON cursor.mailbox = ledger.mailbox AND cursor.folder = ledger.folder"
    " WHERE ledger.id > :after ORDER BY ledger.id LIMIT :limit"};
const Sql kEpochs{
    "SELECT coalesce(group_concat(mailbox || ' ' || folder || ' ' || uid_validity, char(10)), '') FROM"
    " (SELECT mailbox, folder, uid_validity FROM cursor ORDER BY mailbox, folder)"};

const Sql kMeta{"SELECT value FROM meta WHERE name = :name"};
const Sql kSetMeta{
    "INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT DO UPDATE SET value = excluded.value"};
const Sql kDropEvidence{"UPDATE ledger SET evidence = '[]' WHERE id = :id AND evidence <> '[]'"};
const Sql kHeldRow{"SELECT ledger, state FROM held WHERE number = :number"};
const Sql kDropHeld{"DELETE FROM held WHERE number = :number"};
const Sql kDropRow{"DELETE FROM ledger WHERE id = :id"};
const Sql kUncount{
    "UPDATE ledger_count SET sightings = sightings - 1 FROM ledger WHERE ledger.id = :id"
    " AND ledger_count.mailbox = ledger.mailbox AND ledger_count.outcome = ledger.outcome"};
constexpr std::string_view kSlot = "pruned";
constexpr std::string_view kEpochsMark = "pruned.epochs";
/// Closed leads are walked through one status after the other; behind this are those of the second one.
constexpr std::int64_t kSecondStatus = std::int64_t{1} << 61;

/// One row that a walk meets.
struct Found {
  std::int64_t id = 0;
  std::optional<MailId> mail{};
  std::int64_t bytes = 0;
  bool may_go = false;
};

struct Page {
  std::vector<Found> rows{};
  std::int64_t after = 0;  ///< the last one that was looked at
  bool more = false;       ///< there are older ones than `before` behind it
};

const Sql& walk_of(Kept what) {
  switch (what) {
    case Kept::automatic: return kAutomatic;
    case Kept::quarantine: return kQuarantine;
    case Kept::held: return kHeld;
    case Kept::raw: return kRaw;
    case Kept::outbox: return kOutbox;
    case Kept::leads: return kLeads;
    case Kept::ledger: return kLedger;
    case Kept::audit: return kEvidence;
  }
  return kRaw;
}

/// Do its numbers rise with time, so that a walk can stop at the first one that is too young, and go on from there?
constexpr bool is_in_order(Kept what) { return what != Kept::quarantine && what != Kept::held && what != Kept::leads; }

Result<Page> read_page(Connection& db, Kept what, Time before, std::int64_t after) {
  Page page{.after = after};
  auto query = db.query(walk_of(what));
  query.bind(":after", after % kSecondStatus).bind(":limit", kMostRows);
  if (what == Kept::leads) query.bind(":status", after < kSecondStatus ? "lost-quotation" : "converted");
  std::int64_t bytes = 0;
  for (int seen = 0; seen < kMostRows; ++seen) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("what is old");
    if (!*row) {
      page.more = what == Kept::leads && after < kSecondStatus;
      if (page.more) page.after = kSecondStatus;
      return page;
    }
    const bool is_old = query.time(1) < before;
    if (!is_old && is_in_order(what)) return page;
    Found found{.id = query.integer(0),
                .mail = query.id<MailId>(2),
                .bytes = query.integer(3),
                .may_go = is_old && query.integer(4) != 0};
    // A letter that is still to go waits for its end, and so do those behind it.
    if (what == Kept::outbox && !found.may_go) return page;
    page.after = after - after % kSecondStatus + found.id;
    if (found.may_go && found.bytes > 0) {
      bytes += found.bytes;
      page.rows.push_back(found);
    }
    if (bytes >= kMostBytes) break;
  }
  page.more = true;
  return page;
}

std::string mark_of(Kept what) { return "pruned." + std::string(name(what)); }

Result<std::string> meta(Connection& db, std::string_view name) {
  auto query = db.query(kMeta);
  auto row = query.bind(":name", name).step();
  if (!row) return std::move(row.error());
  return *row ? query.text(0) : std::string{};
}

Result<void> set_meta(Connection& db, std::string_view name, std::string_view value) {
  return db.query(kSetMeta).bind(":name", name).bind(":value", value).run();
}

Result<std::string> epochs_of(Connection& db) {
  auto query = db.query(kEpochs);
  auto row = query.step();
  if (!row) return std::move(row.error());
  return query.text(0);
}

/// Nobody decided about it in time, or its sender is blocked.
Result<void> end_held(Connection& db, const Found& found) {
  LedgerId row_id{};
  bool waits = false;
  {
    auto query = db.query(kHeldRow);
    auto row = query.bind(":number", found.id).step();
    if (!row) return std::move(row.error());
    if (!*row) return {};
    row_id = LedgerId{query.integer(0)};
    waits = query.view(1) == "waiting";
  }
  if (waits) {
    auto done = change_outcome(db, row_id, leads::Outcome::held, leads::Outcome::ignored, "nobody decided about it");
    if (done) done = db.query(kDropHeld).bind(":number", found.id).run();
    if (!done) return done;
  }
  if (!found.mail) return {};
  auto emptied = empty_mail(db, *found.mail);
  return emptied ? Result<void>{} : Result<void>(std::move(emptied.error()));
}

/// The oldest mails of the lead, as many as may go at a time; the lead itself once none is left. True: it is gone.
Result<bool> end_lead(Connection& db, LeadId lead, Pruned& pruned) {
  auto mails = mails_of_lead(db, lead);
  if (!mails) return std::move(mails.error());
  for (const auto mail : *mails) {
    if (pruned.bytes >= kMostBytes) return false;
    auto emptied = empty_mail(db, mail);
    if (!emptied) return std::move(emptied.error());
    pruned.bytes += *emptied;
  }
  auto merged = merged_into(db, lead);
  if (!merged) return std::move(merged.error());
  for (const auto other : *merged) {
    auto gone = end_lead(db, other, pruned);
    if (!gone || !*gone) return gone;
  }
  if (auto done = remove_lead(db, lead); !done) return std::move(done.error());
  return true;
}

Result<void> take_out(Connection& db, Kept what, const Found& found) {
  const auto done_with = [](Result<std::int64_t> size) {
    return size ? Result<void>{} : Result<void>(std::move(size.error()));
  };
  switch (what) {
    case Kept::automatic: return found.mail ? done_with(empty_mail(db, *found.mail)) : Result<void>{};
    case Kept::quarantine:
    case Kept::raw: return found.mail ? done_with(remove_raw(db, *found.mail)) : Result<void>{};
    case Kept::held: return end_held(db, found);
    case Kept::outbox: return done_with(empty_letter(db, OutboxId{found.id}));
    case Kept::audit: return db.query(kDropEvidence).bind(":id", found.id).run();
    case Kept::ledger: {
      auto done = db.query(kUncount).bind(":id", found.id).run();
      return done ? db.query(kDropRow).bind(":id", found.id).run() : done;
    }
    case Kept::leads: break;  // one at a time: see prune()
  }
  return {};
}

/// How far the walk has got. A folder that is counted anew makes older rows superfluous, so that it begins once more.
Result<std::int64_t> walked(Connection& db, Kept what) {
  auto mark = meta(db, mark_of(what));
  if (!mark) return std::move(mark.error());
  std::int64_t after = 0;
  std::from_chars(mark->data(), mark->data() + mark->size(), after);
  if (what != Kept::ledger) return after;
  auto known = meta(db, kEpochsMark);
  auto epochs = epochs_of(db);
  if (!known || !epochs) return std::move(known ? epochs.error() : known.error());
  return *known == *epochs ? after : 0;
}

Result<void> set_walked(Connection& db, Kept what, std::int64_t after) {
  if (what == Kept::ledger) {
    auto epochs = epochs_of(db);
    if (!epochs) return std::move(epochs.error());
    if (auto done = set_meta(db, kEpochsMark, *epochs); !done) return done;
  }
  return set_meta(db, mark_of(what), std::to_string(after));
}

}  // namespace

Result<Pruned> prunable(Connection& db, Kept what, Time before) {
  Pruned all;
  auto after = walked(db, what);
  if (!after) return std::move(after.error());
  for (bool more = true; more;) {
    auto page = read_page(db, what, before, *after);
    if (!page) return std::move(page.error());
    for (const auto& found : page->rows) {
      ++all.rows;
      all.bytes += found.bytes;
    }
    *after = page->after;
    more = page->more;
  }
  return all;
}

Result<Pruned> BookTransaction::prune(Kept what, Time before) {
  auto after = walked(db(), what);
  if (!after) return std::move(after.error()).in("pruning");
  auto page = read_page(db(), what, before, *after);
  if (!page) return std::move(page.error()).in("pruning");
  Pruned pruned{.more = page->more};
  // A walk by what rows are begins anew each time: what is too young today is in front of what is old enough.
  auto next = is_in_order(what) || page->more ? page->after : 0;
  for (const auto& found : page->rows) {
    if (what == Kept::leads) {
      auto gone = end_lead(db(), LeadId{found.id}, pruned);
      if (!gone) return std::move(gone.error()).in("pruning");
      pruned.rows += *gone ? 1 : 0;
      if (*gone && pruned.bytes < kMostBytes / 4) continue;
      next = *after;  // the rest of this page, or of this lead, comes with the next transaction
      pruned.more = true;
      break;
    }
    if (auto done = take_out(db(), what, found); !done) return std::move(done.error()).in("pruning");
    ++pruned.rows;
    pruned.bytes += found.bytes;
  }
  if (auto done = set_walked(db(), what, next); !done) return std::move(done.error()).in("pruning");
  return pruned;
}

Result<std::optional<Time>> BookTransaction::prune_slot() {
  auto slot = meta(db(), kSlot);
  if (!slot) return std::move(slot.error()).in("pruning");
  return parse_rfc3339(*slot);
}

Result<void> BookTransaction::set_prune_slot(Time slot) { return set_meta(db(), kSlot, to_rfc3339(slot)); }

}  // namespace leadmail::store
