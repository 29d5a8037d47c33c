#include "core/store/search.h"

#include "core/store/fold.h"

namespace leadmail::store {
namespace {

const Sql kIndex{"INSERT INTO search (rowid, text) VALUES (:row, :text)"};

Result<void> index(Connection& db, std::int64_t row, std::string_view text) {
  const auto words = fold_for_search(text);
  if (words.empty()) return {};
  return db.query(kIndex).bind(":row", row).bind(":text", words).run();
}

}  // namespace

Result<void> index_mail(Connection& db, MailId mail, std::string_view text) {
  return index(db, search_row_of_mail(mail.value), text);
}

Result<void> index_event(Connection& db, std::int64_t event, std::string_view text) {
  return index(db, search_row_of_event(event), text);
}

}  // namespace leadmail::store
