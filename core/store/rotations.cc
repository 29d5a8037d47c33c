#include "core/store/rotations.h"

#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

const Sql kRead{"SELECT rule, had FROM rotation"};
const Sql kWrite{"INSERT INTO rotation (rule, had) VALUES (:rule, :had) ON CONFLICT DO UPDATE SET had = excluded.had"};

}  // namespace

Result<leads::Rotations> read_rotations(Connection& db) {
  leads::Rotations rotations;
  auto query = db.query(kRead);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("rotations");
    if (!*row) return rotations;
    auto rotation = leads::rotation_from_json(query.view(1));
    if (!rotation) return Error{Next::stop, "the rotation of rule " + query.text(0) + " is damaged"};
    rotations[query.text(0)] = std::move(*rotation);
  }
}

Result<std::shared_ptr<leads::Rotations>> known_rotations(Desk& desk) {
  if (!desk.rotations) {
    auto rotations = read_rotations(*desk.db);
    if (!rotations) return std::move(rotations.error());
    desk.rotations = std::make_shared<leads::Rotations>(std::move(*rotations));
  }
  return desk.rotations;
}

Result<void> rotate(Desk& desk, const leads::Rotate& rotate) {
  auto rotations = known_rotations(desk);
  if (!rotations) return std::move(rotations.error());
  auto& rotation = (**rotations)[rotate.rule];
  leads::give(rotation, rotate.user, rotate.period, rotate.month);
  auto done = desk.db->query(kWrite).bind(":rule", rotate.rule).bind(":had", leads::rotation_to_json(rotation)).run();
  if (!done) return std::move(done.error()).in("the rotation of rule " + rotate.rule);
  return {};
}

}  // namespace leadmail::store
