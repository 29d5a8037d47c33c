#include "core/store/deeds.h"

#include "core/leads/zone.h"
#include "core/store/mail_row.h"
#include "core/store/outbox.h"
#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

const Sql kKeep{"INSERT INTO deed (id, at, by, verbs, repair) VALUES (:id, :now, :by, :verbs, :repair)"};
const Sql kEnd{"UPDATE deed SET undone = :now WHERE id = :id AND undone IS NULL"};
const Sql kEndAbsence{"DELETE FROM absence WHERE deed = :id"};
const Sql kAddEvent{"INSERT INTO deed_event (event, deed) VALUES (:event, :deed)"};
const Sql kAddMail{"INSERT INTO deed_mail (outbox, deed) VALUES (:outbox, :deed)"};
const Sql kCancel{
    "UPDATE recipient SET state = 'cancelled', reply = 'taken back', changed = :now"
    " WHERE outbox = :outbox AND state IN ('waiting', 'deferred')"};
const Sql kStandAgain{"UPDATE absence SET ended_by = NULL WHERE ended_by = :id"};
const Sql kReplaceAway{
    "UPDATE absence SET ended_by = :deed WHERE user = :user AND ended_by IS NULL"
    " AND first_day <= :last_day AND last_day >= :first_day"};
const Sql kForgetAway{
    "DELETE FROM absence WHERE user = :user AND ended_by IS NULL"
    " AND first_day <= :last_day AND last_day >= :first_day"};
const Sql kAway{"INSERT INTO absence (user, first_day, last_day, deed) VALUES (:user, :first_day, :last_day, :deed)"};
const Sql kAbsences{
    "SELECT user, first_day, last_day FROM absence WHERE last_day >= :day AND ended_by IS NULL ORDER BY id"};
const Sql kAwait{
    "INSERT INTO awaited (mark, ledger, user, asked, state) VALUES (:mark, :ledger, :user, :now, 'waiting')"};
const Sql kConfirm{"UPDATE awaited SET state = 'confirmed' WHERE mark = :mark AND user = :user AND state = 'waiting'"};
const Sql kConfirmed{"SELECT ledger FROM awaited WHERE state = 'confirmed' ORDER BY ledger"};
const Sql kDone{"UPDATE awaited SET state = 'done' WHERE ledger = :ledger AND state = 'confirmed'"};
const Sql kBytes{
    "SELECT ledger.mailbox, folder, uid_validity, uid, file, received, partial, mail FROM awaited"
    " JOIN ledger ON ledger.id = awaited.ledger JOIN message ON message.id = ledger.mail"
    " WHERE awaited.ledger = :ledger AND state = 'confirmed'"};

std::string place_of(std::int64_t deed) { return "deed " + std::to_string(deed); }

/// "2026-12-03" back into a day.
std::chrono::year_month_day day_of_text(std::string_view text) {
  const auto midnight = parse_rfc3339(std::string(text) + "T00:00:00Z");
  return std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(midnight.value_or(Time{}))};
}

}  // namespace

Result<void> keep_deed(Connection& db, const leads::KeepDeed& deed, Time now) {
  std::optional<std::int64_t> repair;
  if (deed.repair != 0) repair = deed.repair;
  auto done = db.query(kKeep)
                  .bind(":id", deed.number)
                  .bind(":now", now)
                  .bind(":by", deed.by)
                  .bind(":verbs", deed.verbs)
                  .bind(":repair", repair)
                  .run();
  if (!done) return std::move(done.error()).in(place_of(deed.number));
  return {};
}

Result<void> end_deed(Connection& db, std::int64_t number, Time now) {
  auto done = db.query(kEnd).bind(":id", number).bind(":now", now).run();
  if (done && db.changes() != 1) done = Error{Next::give_up, "it does not stand any more"};
  if (done) done = db.query(kEndAbsence).bind(":id", number).run();
  if (done) done = db.query(kStandAgain).bind(":id", number).run();
  if (!done) return std::move(done.error()).in(place_of(number));
  return {};
}

Result<void> add_deed_event(Connection& db, std::int64_t deed, std::int64_t event) {
  return db.query(kAddEvent).bind(":event", event).bind(":deed", deed).run();
}

Result<void> add_deed_mail(Connection& db, std::int64_t deed, OutboxId mail) {
  return db.query(kAddMail).bind(":outbox", mail).bind(":deed", deed).run();
}

Result<void> cancel_mail(Connection& db, OutboxId mail, Time now) {
  auto done = db.query(kCancel).bind(":outbox", mail).bind(":now", now).run();
  if (done) done = refresh_next_try(db, mail);
  return done;
}

/// Ends his absences that have a day in common with these.
Result<void> end_absences(Connection& db, const std::string& user, std::string_view first, std::string_view last,
                          std::optional<std::int64_t> deed) {
  auto query = db.query(deed ? kReplaceAway : kForgetAway);
  query.bind(":user", user).bind(":first_day", first).bind(":last_day", last);
  if (deed) query.bind(":deed", *deed);
  return query.run();
}

// Who is back is so from the absence that runs; where none does, it is those to come that he takes back.
Result<void> mark_away(Connection& db, const leads::MarkAway& away, std::optional<std::int64_t> deed) {
  const auto first = leads::to_text(away.from);
  const auto last = leads::to_text(away.until.value_or(away.from));
  auto done = end_absences(db, away.user, first, last, deed);
  if (done && !away.until && db.changes() == 0) done = end_absences(db, away.user, "0000", "9999", deed);
  if (!done || !away.until) return done;
  return db.query(kAway)
      .bind(":user", away.user)
      .bind(":first_day", first)
      .bind(":last_day", last)
      .bind(":deed", deed)
      .run();
}

Result<leads::Absences> read_absences(Connection& db, Time now) {
  // Some zone is a day behind UTC.
  const auto day = to_rfc3339(now - std::chrono::days{1}).substr(0, 10);
  leads::Absences absences;
  auto query = db.query(kAbsences);
  query.bind(":day", day);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("absences");
    if (!*row) return absences;
    absences.emplace_back(query.text(0),
                          leads::Absence{.from = day_of_text(query.view(1)), .until = day_of_text(query.view(2))});
  }
}

Result<leads::Absences> BookTransaction::absences(Time now) { return read_absences(db(), now); }

Result<void> add_awaited(Connection& db, LedgerId ledger, const leads::AwaitConfirmation& awaited, Time now) {
  auto done = db.query(kAwait)
                  .bind(":mark", awaited.mark)
                  .bind(":ledger", ledger)
                  .bind(":user", awaited.user)
                  .bind(":now", now)
                  .run();
  if (!done) return std::move(done.error()).in("a mail that waits for its writer");
  return {};
}

Result<void> confirm_awaited(Connection& db, const leads::Confirm& confirmed) {
  auto done = db.query(kConfirm).bind(":mark", confirmed.mark).bind(":user", confirmed.user).run();
  if (done && db.changes() != 1) done = Error{Next::give_up, "it does not wait any more"};
  if (!done) return std::move(done.error()).in("a mail that waits for its writer");
  return {};
}

Result<std::vector<LedgerId>> BookTransaction::confirmed() {
  std::vector<LedgerId> rows;
  auto query = db().query(kConfirmed);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("confirmed mails");
    if (!*row) return rows;
    rows.emplace_back(LedgerId{query.integer(0)});
  }
}

Result<std::optional<HeldBytes>> BookTransaction::confirmed_bytes(LedgerId id) {
  HeldBytes found{.ledger = id, .state = leads::HeldMail::State::accepting};
  std::optional<MailId> mail;
  {
    auto query = db().query(kBytes);
    auto row = query.bind(":ledger", id).step();
    if (!row) return std::move(row.error()).in("a confirmed mail");
    if (!*row) return std::optional<HeldBytes>{};
    found.place = {.mailbox = query.text(0),
                   .folder = query.text(1),
                   .uid_validity = static_cast<std::uint32_t>(query.integer(2)),
                   .uid = static_cast<std::uint32_t>(query.integer(3)),
                   .file = query.text(4)};
    found.received = query.time(5);
    found.partial = query.integer(6) != 0;
    mail = query.id<MailId>(7);
  }
  if (!mail) return std::optional(std::move(found));
  auto raw = read_raw(db(), desk_.packer, *mail);
  if (!raw) return std::move(raw.error()).in("a confirmed mail");
  if (*raw) found.raw = std::move(**raw);
  return std::optional(std::move(found));
}

Result<void> BookTransaction::confirmed_done(LedgerId id) {
  auto done = db().query(kDone).bind(":ledger", id).run();
  if (!done) return std::move(done.error()).in("a confirmed mail");
  return {};
}

}  // namespace leadmail::store
