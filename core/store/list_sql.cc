#include "core/store/list_sql.h"

namespace leadmail::store {

std::string list_sql(const ListBy& by) {
  std::string sql = "SELECT id, created, fields FROM lead WHERE 1";
  // A unary plus keeps an index from being used: the first filter that is set keeps its own.
  bool is_first = true;
  const auto add = [&](bool is_set, const std::string& column, const std::string& condition) {
    if (!is_set) return;
    sql += " AND " + std::string(is_first ? "" : "+") + column + condition;
    is_first = false;
  };
  add(by.tag, "id", " IN (SELECT lead FROM lead_tag WHERE tag = :tag)");
  add(by.due_by, "next_at", " <= :due_by");
  add(by.owed, "owed", " = 1");
  if (by.owner && by.status && is_first) {
    sql += " AND owner = :owner AND status = :status";
  } else {
    add(by.owner, "owner", " = :owner");
    add(by.status, "status", " = :status");
  }
  return sql + (by.due_by ? " ORDER BY next_at, id" : " ORDER BY id DESC");
}

}  // namespace leadmail::store
