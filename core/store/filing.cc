// What is still to be done on the server, after the commit: a queue that a crash does not lose.
#include <array>

#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

constexpr std::array<std::string_view, 3> kSteps{"waiting", "copying", "copied"};

const Sql kPlan{
    "INSERT INTO filing (mailbox, folder, uid_validity, uid, target, message_id, step)"
    " VALUES (:mailbox, :folder, :uid_validity, :uid, :target, :message_id, 'waiting') ON CONFLICT DO NOTHING"};
const Sql kNext{
    "SELECT folder, uid_validity, uid, target, message_id, step FROM filing WHERE mailbox = :mailbox"
    " ORDER BY folder, uid_validity, uid LIMIT :limit"};
const Sql kStep{
    "UPDATE filing SET step = :step WHERE mailbox = :mailbox AND folder = :folder AND uid_validity = :uid_validity"
    " AND uid = :uid"};
const Sql kDone{
    "DELETE FROM filing WHERE mailbox = :mailbox AND folder = :folder AND uid_validity = :uid_validity"
    " AND uid = :uid"};

Filing::Step step_named(std::string_view name) {
  if (name == kSteps[1]) return Filing::Step::copying;
  return name == kSteps[2] ? Filing::Step::copied : Filing::Step::waiting;
}

/// Names the row.
Query bind_place(Query query, const std::string& mailbox, const Filing& filing) {
  query.bind(":mailbox", mailbox)
      .bind(":folder", filing.folder)
      .bind(":uid_validity", filing.uid_validity)
      .bind(":uid", filing.uid);
  return query;
}

Result<void> run(Query query) {
  auto done = query.run();
  if (!done) return std::move(done.error()).in("filing");
  return {};
}

}  // namespace

Result<void> BookTransaction::plan_filing(const std::string& mailbox, const Filing& filing) {
  auto query = bind_place(db().query(kPlan), mailbox, filing);
  query.bind(":target", filing.target).bind(":message_id", filing.message_id);
  return run(std::move(query));
}

Result<std::vector<Filing>> BookTransaction::filings(const std::string& mailbox, int limit) {
  std::vector<Filing> filings;
  auto query = db().query(kNext);
  query.bind(":mailbox", mailbox).bind(":limit", limit);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("filing");
    if (!*row) return filings;
    filings.push_back({.folder = query.text(0),
                       .uid_validity = static_cast<std::uint32_t>(query.integer(1)),
                       .uid = static_cast<std::uint32_t>(query.integer(2)),
                       .target = query.text(3),
                       .message_id = query.text(4),
                       .step = step_named(query.view(5))});
  }
}

Result<void> BookTransaction::filing_step(const std::string& mailbox, const Filing& filing, Filing::Step step) {
  auto query = bind_place(db().query(kStep), mailbox, filing);
  query.bind(":step", kSteps.at(static_cast<std::size_t>(step)));
  return run(std::move(query));
}

Result<void> BookTransaction::filing_done(const std::string& mailbox, const Filing& filing) {
  return run(bind_place(db().query(kDone), mailbox, filing));
}

}  // namespace leadmail::store
