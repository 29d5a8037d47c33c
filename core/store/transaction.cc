#include "core/store/transaction.h"

#include "core/store/rotations.h"

namespace leadmail::store {
namespace {

const Sql kBegin{"BEGIN IMMEDIATE"};
const Sql kCommit{"COMMIT"};
const Sql kRollback{"ROLLBACK"};
const Sql kSavepoint{"SAVEPOINT job"};
const Sql kRelease{"RELEASE job"};
const Sql kRollbackTo{"ROLLBACK TO job"};

}  // namespace

Result<std::unique_ptr<Transaction>> BookTransaction::begin(Desk& desk) {
  if (auto done = desk.db->query(kBegin).run(); !done) return std::move(done.error()).in("beginning a transaction");
  desk.db->require_transaction(true);
  return std::unique_ptr<Transaction>(std::make_unique<BookTransaction>(desk));
}

BookTransaction::~BookTransaction() {
  // Also where SQLite has rolled back by itself, as after a full disk.
  if (!committed_) desk_.step_back();
  // A rollback that fails leaves nothing behind either: what was not committed does not count when the file is opened.
  if (db().in_transaction()) static_cast<void>(db().query(kRollback).run());
  db().require_transaction(false);
  desk_.words.cut(0);
}

Result<void> BookTransaction::savepoint(const std::function<Result<void>()>& work) {
  if (auto done = db().query(kSavepoint).run(); !done) return std::move(done.error()).in("savepoint");
  const auto words = desk_.words.size();
  auto result = work();
  if (!result) {
    desk_.words.cut(words);
    desk_.step_back();
    // After a full disk SQLite may have rolled back everything; then there is nothing to go back to.
    if (!db().in_transaction()) return result;
    if (auto undone = db().query(kRollbackTo).run(); !undone) return std::move(undone.error()).in("rolling back");
  }
  if (auto done = db().query(kRelease).run(); !done) return std::move(done.error()).in("savepoint");
  return result;
}

Result<void> BookTransaction::commit() {
  auto done = desk_.words.write(db());
  if (!done) return std::move(done.error()).in("the full-text index");
  done = db().query(kCommit).run();
  db().require_transaction(false);
  committed_ = static_cast<bool>(done);
  if (!done) return std::move(done.error()).in("committing");
  return {};
}

Result<std::optional<leads::Lead>> BookTransaction::lead(LeadId id) {
  auto lead = desk_.leads.read(db(), id);
  if (!lead) return std::move(lead.error());
  return *lead ? std::optional(**lead) : std::nullopt;
}

}  // namespace leadmail::store
