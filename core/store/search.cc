#include "core/store/search.h"

#include "core/store/fold.h"

namespace leadmail::store {
namespace {

const Sql kIndex{"INSERT INTO search (rowid, text) VALUES (:row, :text)"};

}  // namespace

void PendingWords::add(std::int64_t row, std::string_view text) {
  auto words = fold_for_search(text);
  if (!words.empty()) rows_.push_back({row, std::move(words)});
}

Result<void> PendingWords::write(Connection& db) {
  for (const auto& row : rows_) {
    if (auto done = db.query(kIndex).bind(":row", row.id).bind(":text", row.words).run(); !done) return done;
  }
  rows_.clear();
  return {};
}

}  // namespace leadmail::store
