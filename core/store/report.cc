#include "core/store/report.h"

#include <algorithm>
#include <cmath>

namespace leadmail::store {
namespace {

// total() instead of sum(): amounts that somebody made up must not overflow.
const Sql kStages{
    "SELECT state, currency, count(*), total(cents), total(cents * percent / 100.0) FROM deal"
    " WHERE kind = 'opportunity' GROUP BY state, currency ORDER BY state, currency"};
const Sql kQuotations{
    "SELECT CASE WHEN day = '' OR day > :soon THEN 'open' WHEN day < :today THEN 'lapsed' ELSE 'soon' END AS state,"
    " currency, count(*), total(cents), 0 FROM deal WHERE kind = 'quotation' AND state = 'open' GROUP BY 1, 2"};
const Sql kEnded{
    "SELECT state, currency, count(*), total(cents), 0 FROM deal"
    " WHERE kind = :kind AND state = :state AND since >= :from AND since < :until GROUP BY currency ORDER BY currency"};
const Sql kCame{"SELECT count(*) FROM lead WHERE created >= :from AND created < :until AND gone = 0"};
const Sql kOrigins{
    "SELECT source, campaign, status, count(*) FROM lead WHERE created >= :from AND created < :until AND gone = 0"
    " GROUP BY source, campaign, status"};
const Sql kHeld{"SELECT owner, status, leads FROM lead_count WHERE leads > 0"};
const Sql kOwed{"SELECT owner, count(*) FROM lead WHERE owed = 1 GROUP BY owner"};
const Sql kLate{"SELECT count(*) FROM lead WHERE owed = 1 AND instr(fields, '\"sla.late\"') > 0"};
const Sql kContacts{
    "SELECT next_by, sum(next_at <= :now), sum(next_at > :now AND next_at < :today_ends), sum(next_at > :now)"
    " FROM lead WHERE next_at IS NOT NULL AND next_at < :week_ends GROUP BY next_by"};
const Sql kWaits{
    "SELECT owner, created, acted, answered FROM lead WHERE created >= :from AND created < :until AND gone = 0"
    " AND asked = 1"};

using leads::DealSum;
using leads::ReportAsk;
using leads::ReportFacts;

/// Runs it to the end, a row at a time.
Result<void> each(Query& query, const auto& take) {
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("a report");
    if (!*row) return {};
    take(query);
  }
}

std::int64_t whole(double cents) {
  constexpr double kMost = 9e18;
  return static_cast<std::int64_t>(std::llround(std::clamp(cents, -kMost, kMost)));
}

DealSum sum_of(const Query& row) {
  return {.state = row.text(0),
          .currency = row.text(1),
          .deals = row.integer(2),
          .cents = whole(row.real(3)),
          .expected = whole(row.real(4))};
}

std::optional<Time> time_at(const Query& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.time(column));
}

Result<void> read_deals(Connection& db, const ReportAsk& ask, ReportFacts& facts) {
  auto stages = db.query(kStages);
  auto done = each(stages, [&](const Query& row) { facts.stages.push_back(sum_of(row)); });
  if (!done) return done;
  auto quotations = db.query(kQuotations);
  quotations.bind(":today", ask.today).bind(":soon", ask.soon);
  return each(quotations, [&](const Query& row) { facts.quotations.push_back(sum_of(row)); });
}

Result<void> read_ended(Connection& db, std::string_view kind, std::string_view state, Time from, Time until,
                        std::vector<DealSum>& sums) {
  auto query = db.query(kEnded);
  query.bind(":kind", kind).bind(":state", state).bind(":from", from).bind(":until", until);
  return each(query, [&](const Query& row) { sums.push_back(sum_of(row)); });
}

Result<void> read_month(Connection& db, const ReportAsk& ask, Time from, Time until, ReportFacts& facts) {
  ReportFacts::Month month;
  {
    auto came = db.query(kCame);
    came.bind(":from", from).bind(":until", until);
    auto done = each(came, [&](const Query& row) { month.leads = row.integer(0); });
    if (!done) return done;
  }
  for (const auto& stage : ask.ended) {
    if (auto done = read_ended(db, "opportunity", stage, from, until, month.ended); !done) return done;
  }
  for (const auto* const end : {"won", "lost"}) {
    if (auto done = read_ended(db, "sale", end, from, until, month.ended); !done) return done;
  }
  facts.months.push_back(std::move(month));
  return {};
}

Result<void> read_origins(Connection& db, const ReportAsk& ask, ReportFacts& facts) {
  auto query = db.query(kOrigins);
  query.bind(":from", ask.since).bind(":until", ask.until);
  return each(query, [&](const Query& row) {
    facts.origins.push_back({.source = row.text(0),
                             .campaign = row.text(1),
                             .status = leads::status_named(row.view(2)).value_or(leads::Status::lead),
                             .leads = row.integer(3)});
  });
}

Result<void> read_workload(Connection& db, const ReportAsk& ask, ReportFacts& facts) {
  auto held = db.query(kHeld);
  auto done = each(held, [&](const Query& row) {
    facts.held.push_back({.owner = row.text(0),
                          .status = leads::status_named(row.view(1)).value_or(leads::Status::lead),
                          .leads = row.integer(2)});
  });
  if (!done) return done;
  auto owed = db.query(kOwed);
  done = each(owed, [&](const Query& row) { facts.owed[row.text(0)] = row.integer(1); });
  if (!done) return done;
  auto late = db.query(kLate);
  done = each(late, [&](const Query& row) { facts.late = row.integer(0); });
  if (!done) return done;
  auto contacts = db.query(kContacts);
  contacts.bind(":now", ask.now).bind(":today_ends", ask.today_ends).bind(":week_ends", ask.week_ends);
  return each(contacts, [&](const Query& row) {
    facts.contacts.push_back(
        {.user = row.text(0), .overdue = row.integer(1), .today = row.integer(2), .week = row.integer(3)});
  });
}

Result<void> read_waits(Connection& db, const ReportAsk& ask, ReportFacts& facts) {
  auto query = db.query(kWaits);
  query.bind(":from", ask.since).bind(":until", ask.until);
  return each(query, [&](const Query& row) {
    facts.waits.push_back(
        {.owner = row.text(0), .asked = row.time(1), .acted = time_at(row, 2), .answered = time_at(row, 3)});
  });
}

Result<ReportFacts> read_all(Connection& db, const ReportAsk& ask) {
  ReportFacts facts;
  auto done = read_deals(db, ask, facts);
  for (std::size_t i = 0; done && i + 1 < ask.months.size(); ++i)
    done = read_month(db, ask, ask.months[i], ask.months[i + 1], facts);
  if (done) done = read_origins(db, ask, facts);
  if (done) done = read_workload(db, ask, facts);
  if (done) done = read_waits(db, ask, facts);
  if (!done) return std::move(done.error());
  return facts;
}

}  // namespace

Result<ReportFacts> read_report(Connection& db, const ReportAsk& ask) {
  // All of it as the book stands at one moment.
  if (auto begun = db.run("BEGIN"); !begun) return std::move(begun.error()).in("a report");
  auto facts = read_all(db, ask);
  if (auto ended = db.run("COMMIT"); !ended && facts) return std::move(ended.error()).in("a report");
  return facts;
}

}  // namespace leadmail::store
