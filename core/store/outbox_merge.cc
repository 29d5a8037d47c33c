// Mail to one reader above a rate: it waits a little and becomes one mail. The mail that holds it and the end of what
// it holds are one transaction, so a crash leaves all of it waiting or none.
#include <algorithm>

#include "core/leads/letter.h"
#include "core/store/outbox.h"

namespace leadmail::store {
namespace {

constexpr std::chrono::hours kHour{1};
constexpr std::chrono::minutes kGather{10};  ///< how long the first of them waits for others
constexpr std::chrono::hours kLife{3 * 24};
constexpr std::int64_t kMostMails = 100;              // in one
constexpr std::size_t kMostBytes = 10 * 1024 * 1024;  // of what they hold

// What was merged counts once, as the mail that holds it.
const Sql kThisHour{
    "SELECT count(*) FROM outbox WHERE reader = :reader AND reader <> '' AND created > :since AND held = 0"
    " AND NOT EXISTS (SELECT 1 FROM recipient WHERE outbox = outbox.id AND state = 'cancelled')"};
const Sql kGathering{
    "SELECT min(next_try) FROM outbox WHERE mailbox = :mailbox AND reader = :reader AND held = 1"
    " AND next_try IS NOT NULL"};
const Sql kReaders{
    "SELECT DISTINCT reader FROM outbox WHERE mailbox = :mailbox AND held = 1 AND next_try <= :now ORDER BY reader"};
const Sql kHeld{
    "SELECT id, length(content) FROM outbox WHERE mailbox = :mailbox AND reader = :reader AND held = 1"
    " AND next_try IS NOT NULL ORDER BY id LIMIT :limit"};
const Sql kRecipients{"SELECT rcpt_to FROM recipient WHERE outbox = :outbox ORDER BY rcpt_to"};
const Sql kLetGo{"UPDATE outbox SET held = 0 WHERE id = :outbox"};
const Sql kIsIn{
    "UPDATE recipient SET state = 'cancelled', reply = :why, changed = :now WHERE outbox = :outbox"
    " AND state IN ('waiting', 'deferred')"};

Result<std::vector<std::string>> readers_due(Connection& db, const std::string& mailbox, Time now) {
  std::vector<std::string> readers;
  auto query = db.query(kReaders);
  query.bind(":mailbox", mailbox).bind(":now", now);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return readers;
    readers.push_back(query.text(0));
  }
}

/// As many of the oldest as fit into one mail; at least one.
Result<std::vector<OutboxId>> held_for(Connection& db, const std::string& mailbox, const std::string& reader) {
  std::vector<OutboxId> ids;
  std::size_t bytes = 0;
  auto query = db.query(kHeld);
  query.bind(":mailbox", mailbox).bind(":reader", reader).bind(":limit", kMostMails);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return ids;
    bytes += static_cast<std::size_t>(query.integer(1));
    if (!ids.empty() && bytes > kMostBytes) return ids;
    ids.push_back(OutboxId{query.integer(0)});
  }
}

Result<std::vector<Claim>> read_all(Desk& desk, const std::vector<OutboxId>& ids) {
  std::vector<Claim> mails;
  for (const auto id : ids) {
    auto mail = read_mail(desk, id);
    if (!mail) return std::move(mail.error());
    auto query = desk.db->query(kRecipients);
    query.bind(":outbox", id);
    for (auto row = query.step();; row = query.step()) {
      if (!row) return std::move(row.error());
      if (!*row) break;
      mail->recipients.push_back({.rcpt_to = query.text(0)});
    }
    mails.push_back(std::move(*mail));
  }
  return mails;
}

Result<void> let_go(Connection& db, const std::vector<OutboxId>& ids) {
  for (const auto id : ids) {
    if (auto done = db.query(kLetGo).bind(":outbox", id).run(); !done) return done;
  }
  return {};
}

Result<OutboxId> add_merged(Desk& desk, const std::string& mailbox, const Outgoing& mail,
                            const std::vector<OutboxId>& ids, Time now) {
  const auto cause = "merged:" + std::to_string(ids.front().value) + ":" + std::to_string(ids.back().value);
  return add_outbox_row(desk,
                        {.mail = &mail,
                         .kind = leads::name(leads::LetterKind::merged),
                         .cause = cause,
                         .mailbox = mailbox,
                         .due = now,
                         .expires = now + kLife},
                        now);
}

Result<void> end_merged(Connection& db, const std::vector<OutboxId>& ids, OutboxId into, Time now) {
  const auto why = "merged into outbox " + std::to_string(into.value);
  for (const auto id : ids) {
    auto done = db.query(kIsIn).bind(":outbox", id).bind(":why", why).bind(":now", now).run();
    if (done) done = refresh_next_try(db, id);
    if (!done) return done;
  }
  return let_go(db, ids);
}

}  // namespace

Result<Outgoing> Composer::merge(const std::string&, const std::vector<Claim>&) {
  return Error{Next::give_up, "this composer merges nothing"};
}

Result<Release> release_for(Connection& db, const Outgoing& mail, std::string_view mailbox, Time due, Time now) {
  if (mail.reader.empty() || mail.merge_above <= 0) return Release{due, false};
  auto gathering = db.query(kGathering);
  auto row = gathering.bind(":mailbox", mailbox).bind(":reader", mail.reader).step();
  if (!row) return std::move(row.error());
  if (*row && !gathering.is_null(0)) return Release{std::max(due, gathering.time(0)), true};

  auto counted = db.query(kThisHour);
  row = counted.bind(":reader", mail.reader).bind(":since", now - kHour).step();
  if (!row) return std::move(row.error());
  if (counted.integer(0) < mail.merge_above) return Release{due, false};
  return Release{std::max(due, now + kGather), true};
}

Result<int> BookTransaction::merge_held(const std::string& mailbox, Time now, Composer& composer) {
  auto readers = readers_due(db(), mailbox, now);
  if (!readers) return std::move(readers.error()).in("merging mail");
  int made = 0;
  for (const auto& reader : *readers) {
    for (auto ids = held_for(db(), mailbox, reader);; ids = held_for(db(), mailbox, reader)) {
      if (!ids) return std::move(ids.error()).in("merging mail");
      if (ids->empty()) break;
      auto mails = read_all(desk_, *ids);
      if (!mails) return std::move(mails.error()).in("merging mail");
      std::optional<Outgoing> merged;
      if (ids->size() > 1) {
        if (auto mail = composer.merge(reader, *mails)) merged = std::move(*mail);
      }
      // One alone needs no other mail around it; and what can't be merged is not lost for that.
      auto done = Result<void>{};
      if (merged) {
        auto into = add_merged(desk_, mailbox, *merged, *ids, now);
        done = into ? end_merged(db(), *ids, *into, now) : Result<void>(std::move(into.error()));
        ++made;
      } else {
        done = let_go(db(), *ids);
      }
      if (!done) return std::move(done.error()).in("merging mail");
    }
  }
  return made;
}

}  // namespace leadmail::store
