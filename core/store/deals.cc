#include "core/store/deals.h"

#include <algorithm>

#include "core/leads/deals.h"

namespace leadmail::store {
namespace {

const Sql kPutDeal{
    "INSERT INTO deal (lead, kind, number, state, since, currency, cents, percent, day)"
    " VALUES (:lead, :kind, :number, :state, :now, :currency, :cents, :percent, :day)"
    " ON CONFLICT DO UPDATE SET since = iif(state = excluded.state, since, excluded.since), state = excluded.state,"
    " currency = excluded.currency, cents = excluded.cents, percent = excluded.percent, day = excluded.day"};
const Sql kDropDeal{"DELETE FROM deal WHERE lead = :lead AND kind = :kind AND number = :number"};
const Sql kAsked{"UPDATE lead SET asked = 1 WHERE id = :lead"};
const Sql kActed{"UPDATE lead SET acted = :at WHERE id = :lead AND asked = 1 AND acted IS NULL"};
const Sql kAnswered{"UPDATE lead SET answered = :at WHERE id = :lead AND asked = 1 AND answered IS NULL"};

bool has(const std::vector<leads::Deal>& deals, const leads::Deal& wanted) {
  return std::ranges::any_of(
      deals, [&](const leads::Deal& deal) { return deal.kind == wanted.kind && deal.number == wanted.number; });
}

/// A person of the team, not the machine, the administrator's tool, or the other side.
bool is_user(std::string_view by) {
  return !by.empty() && by != "prospect" && by != "rule" && by != "clock" && by != "admin";
}

}  // namespace

Result<void> follow_deals(Connection& db, const leads::Lead* before, const leads::Lead& after, Time now) {
  const auto old = before ? leads::deals_of(*before) : std::vector<leads::Deal>{};
  const auto fresh = leads::deals_of(after);
  for (const auto& deal : old) {
    if (has(fresh, deal)) continue;
    auto drop = db.query(kDropDeal);
    drop.bind(":lead", after.id).bind(":kind", leads::name(deal.kind)).bind(":number", deal.number);
    if (auto done = drop.run(); !done) return done;
  }
  for (const auto& deal : fresh) {
    if (std::ranges::find(old, deal) != old.end()) continue;
    auto put = db.query(kPutDeal);
    put.bind(":lead", after.id).bind(":kind", leads::name(deal.kind)).bind(":number", deal.number);
    put.bind(":state", deal.state).bind(":now", now).bind(":currency", deal.currency).bind(":cents", deal.cents);
    if (auto done = put.bind(":percent", deal.percent).bind(":day", deal.day).run(); !done) return done;
  }
  return {};
}

Result<void> follow_times(Connection& db, const leads::Lead& lead, const leads::Event& event) {
  if (event.type == leads::EventType::captured && event.by == "prospect") {
    return db.query(kAsked).bind(":lead", lead.id).run();
  }
  if (!is_user(event.by) || event.cause.starts_with("newsletter ")) return {};
  // An answer is something done about it, whoever gives it.
  const bool is_answer = event.type == leads::EventType::mail_out && event.direction == "out";
  if (is_answer) {
    auto done = db.query(kAnswered).bind(":lead", lead.id).bind(":at", event.at).run();
    if (!done) return done;
  }
  if (!is_answer && lead.owner() != event.by) return {};
  return db.query(kActed).bind(":lead", lead.id).bind(":at", event.at).run();
}

}  // namespace leadmail::store
