#include "core/store/list_sql.h"

#include <utility>
#include <vector>

#include "core/leads/lead.h"

namespace leadmail::store {
namespace {

using leads::Status;

/// Of a statement of many parts SQLite takes five hundred at most. https://sqlite.org/limits.html
constexpr std::size_t kMostOwners = 100;

/// The next owner by name of a lead that is owed, and the same as SQL writes a text.
const Sql kNextOwner{"SELECT owner, quote(owner) FROM lead WHERE owed = 1 AND owner > :owner ORDER BY owner LIMIT 1"};

bool is_over(Status status) {
  return status == Status::lost_quotation || status == Status::converted || status == Status::do_not_contact;
}

/// Every status, or those in which something may still be done, as SQL writes texts.
std::vector<std::string> statuses(bool in_progress) {
  std::vector<std::string> names;
  for (int i = 0; i <= static_cast<int>(Status::do_not_contact); ++i) {
    const auto status = static_cast<Status>(i);
    if (!in_progress || !is_over(status)) names.push_back("'" + std::string(leads::name(status)) + "'");
  }
  return names;
}

std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

/// What is checked row by row. A unary plus keeps an index from being used.
std::string checks(const ListBy& by) {
  std::string sql;
  const auto add = [&sql](bool is_set, const std::string& condition) {
    if (is_set) sql += " AND +" + condition;
  };
  add(by.due_by, "next_at <= :due_by");
  add(by.owed, "owed = 1");
  add(by.owner, "owner = :owner");
  add(by.status, "status = :status");
  add(by.visible, "owner IN (SELECT value FROM json_each(:visible))");
  add(by.in_progress, "status IN (" + joined(statuses(true), ", ") + ")");
  return sql;
}

std::string order(const ListBy& by) { return by.due_by ? " ORDER BY next_at, id" : " ORDER BY id DESC"; }

std::string rows_where(const std::string& condition, const ListBy& others) {
  return "SELECT id, created, fields FROM lead WHERE " + condition + checks(others);
}

std::string looked_up(const ListBy& by, const std::string& condition, const ListBy& others) {
  return rows_where(condition, others) + order(by);
}

/// One look into the index for each owner, each in the order of numbers, merged as they are read.
std::string by_each_owner(const ListBy& by, const ListBy& others) {
  std::vector<std::string> looks;
  looks.reserve(by.owners.size());
  for (const auto& owner : by.owners) looks.push_back(rows_where("owed = 1 AND owner = " + owner, others));
  return joined(looks, " UNION ALL ") + order(by);
}

/// The same for each status.
std::string by_each_status(const ListBy& by) {
  ListBy others = by;
  others.owner = others.in_progress = false;
  std::vector<std::string> looks;
  for (const auto& status : statuses(by.in_progress)) {
    looks.push_back(rows_where((by.owner ? "owner = :owner AND status = " : "status = ") + status, others));
  }
  return joined(looks, " UNION ALL ") + order(by);
}

/// Who owes somebody an answer, and '' for what nobody has; none where there are too many for one statement.
Result<std::vector<std::string>> owners_who_owe(Connection& db) {
  std::vector<std::string> owners{"''"};
  std::string last;
  while (true) {
    auto next = db.query(kNextOwner);
    auto is_there = next.bind(":owner", last).step();
    if (!is_there) return std::move(is_there.error());
    if (!*is_there) return owners;
    if (owners.size() == kMostOwners) return std::vector<std::string>{};
    last = next.text(0);
    owners.push_back(next.text(1));
  }
}

}  // namespace

std::string list_sql(const ListBy& by) {
  ListBy others = by;
  if (by.tag) {
    return "SELECT id, created, fields FROM lead_tag CROSS JOIN lead ON lead.id = lead_tag.lead WHERE tag = :tag" +
           checks(others) + (by.due_by ? order(by) : " ORDER BY lead_tag.lead DESC");
  }
  if (by.due_by) {
    others.due_by = false;
    return looked_up(by, "next_at <= :due_by", others);
  }
  if (by.owed) {
    others.owed = others.owner = false;
    if (by.owner) return looked_up(by, "owed = 1 AND owner = :owner", others);
    if (!by.owners.empty()) return by_each_owner(by, others);
    return looked_up(by, "id IN (SELECT id FROM lead WHERE owed = 1)", others);
  }
  if (by.status) {
    others.status = others.owner = others.in_progress = false;
    return looked_up(by, by.owner ? "owner = :owner AND status = :status" : "status = :status", others);
  }
  if (by.owner || (by.in_progress && !by.visible)) return by_each_status(by);
  if (by.visible) {
    others.visible = others.in_progress = false;
    const auto in_progress = by.in_progress ? " AND status IN (" + joined(statuses(true), ", ") + ")" : "";
    return looked_up(
        by, "id IN (SELECT id FROM lead WHERE owner IN (SELECT value FROM json_each(:visible))" + in_progress + ")",
        others);
  }
  return looked_up(by, "1", others);
}

Result<Query> list_query(Connection& db, ListBy by) {
  if (by.owed && !by.owner && !by.tag && !by.due_by) {
    auto owners = owners_who_owe(db);
    if (!owners) return std::move(owners.error());
    by.owners = std::move(*owners);
  }
  return db.query(list_sql(by));
}

}  // namespace leadmail::store
