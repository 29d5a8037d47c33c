#include "core/store/figures.h"

#include <algorithm>

#include "core/store/sqlite.h"

namespace leadmail::store {
namespace {

const Sql kLedgerFigures{"SELECT mailbox, outcome, sightings, last_seen FROM ledger_count"};
const Sql kFilingFigures{"SELECT mailbox, count(*) FROM filing GROUP BY mailbox"};
const Sql kLeadFigures{"SELECT status, sum(leads), sum(iif(owner = '', leads, 0)) FROM lead_count GROUP BY status"};
const Sql kOwedFigure{"SELECT count(*) FROM lead INDEXED BY lead_owed WHERE owed = 1"};
const Sql kRecipientFigures{
    "SELECT state, count(*) FROM recipient WHERE state NOT IN ('delivered', 'cancelled') GROUP BY state"};
// Numbers of the outbox rise with time, and its index of open recipients is in their order: one look a state.
const Sql kOldestFigure{
    "SELECT min(due) FROM outbox WHERE id IN"
    " ((SELECT min(outbox) FROM recipient WHERE state NOT IN ('delivered', 'cancelled') AND state = 'waiting'),"
    " (SELECT min(outbox) FROM recipient WHERE state NOT IN ('delivered', 'cancelled') AND state = 'sending'),"
    " (SELECT min(outbox) FROM recipient WHERE state NOT IN ('delivered', 'cancelled') AND state = 'deferred'))"};
const Sql kContactsDue{"SELECT count(*) FROM lead WHERE next_at <= :now"};
const Sql kContactsPlanned{"SELECT count(*) FROM lead WHERE next_at > :now"};
const Sql kWakeFigure{"SELECT min(wake) FROM reminder WHERE state = 'waiting'"};
const Sql kLateFigures{
    "SELECT coalesce(sum(instr(late, char(10) || 'acknowledge' || char(10)) > 0), 0),"
    " coalesce(sum(instr(late, char(10) || 'first_answer' || char(10)) > 0), 0),"
    " coalesce(sum(instr(late, char(10) || 'answer' || char(10)) > 0), 0) FROM"
    " (SELECT char(10) || json_extract(fields, '$.\"sla.late\"') || char(10) AS late FROM lead WHERE owed = 1"
    " AND instr(fields, '\"sla.late\"') > 0) WHERE late IS NOT NULL"};

/// A lead that is neither won, lost nor closed: somebody should have it.
bool is_in_progress(std::string_view status) {
  return status != "lost-quotation" && status != "converted" && status != "do-not-contact";
}

template <typename Take>
Result<void> each_row(Query query, const Take& take) {
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return {};
    take(query);
  }
}

Result<void> read_mail(Connection& db, BookFigures& figures) {
  auto done = each_row(db.query(kLedgerFigures), [&](const Query& row) {
    figures.ledger[{row.text(0), row.text(1)}] = row.integer(2);
    auto& last = figures.last_seen[row.text(0)];
    last = std::max(last, row.time(3));
  });
  if (!done) return done;
  done = each_row(db.query(kFilingFigures), [&](const Query& row) { figures.filing[row.text(0)] = row.integer(1); });
  if (!done) return done;
  done = each_row(db.query(kRecipientFigures),
                  [&](const Query& row) { figures.recipients[row.text(0)] = row.integer(1); });
  if (!done) return done;
  return each_row(db.query(kOldestFigure), [&](const Query& row) {
    if (!row.is_null(0)) figures.oldest_due = row.time(0);
  });
}

Result<void> read_leads(Connection& db, BookFigures& figures, Time now) {
  auto done = each_row(db.query(kLeadFigures), [&](const Query& row) {
    figures.leads[row.text(0)] = row.integer(1);
    if (is_in_progress(row.view(0))) figures.without_owner += row.integer(2);
  });
  if (!done) return done;
  done = each_row(db.query(kOwedFigure), [&](const Query& row) { figures.owed = row.integer(0); });
  if (!done) return done;
  auto due = db.query(kContactsDue);
  due.bind(":now", now);
  done = each_row(std::move(due), [&](const Query& row) { figures.contacts_due = row.integer(0); });
  if (!done) return done;
  auto planned = db.query(kContactsPlanned);
  planned.bind(":now", now);
  done = each_row(std::move(planned), [&](const Query& row) { figures.contacts_planned = row.integer(0); });
  if (!done) return done;
  return each_row(db.query(kWakeFigure), [&](const Query& row) {
    if (!row.is_null(0)) figures.oldest_wake = row.time(0);
  });
}

}  // namespace

Result<BookFigures> read_figures(const std::string& path, Time now) {
  auto db = Connection::open(path, Connection::Mode::read);
  if (!db) return std::move(db.error());
  BookFigures figures;
  auto done = read_mail(**db, figures);
  if (done) done = read_leads(**db, figures, now);
  if (!done) return std::move(done.error()).in("figures of the book");
  return figures;
}

Result<std::map<std::string, std::int64_t>> read_late_leads(const std::string& path) {
  auto db = Connection::open(path, Connection::Mode::read);
  if (!db) return std::move(db.error());
  std::map<std::string, std::int64_t> late;
  auto done = each_row((*db)->query(kLateFigures), [&](const Query& row) {
    late = {{"acknowledge", row.integer(0)}, {"first_answer", row.integer(1)}, {"answer", row.integer(2)}};
  });
  if (!done) return std::move(done.error()).in("late leads");
  return late;
}

}  // namespace leadmail::store
