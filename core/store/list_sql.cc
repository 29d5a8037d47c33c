#include "core/store/list_sql.h"

#include <vector>

#include "core/leads/lead.h"

namespace leadmail::store {
namespace {

using leads::Status;

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

std::string looked_up(const ListBy& by, const std::string& condition, const ListBy& others) {
  return "SELECT id, created, fields FROM lead WHERE " + condition + checks(others) + order(by);
}

/// One look into the index for each status, each in the order of numbers, merged as they are read.
std::string by_each_status(const ListBy& by) {
  ListBy others = by;
  others.owner = others.in_progress = false;
  std::vector<std::string> looks;
  for (const auto& status : statuses(by.in_progress)) {
    looks.push_back(std::string("SELECT id, created, fields FROM lead WHERE ") +
                    (by.owner ? "owner = :owner AND " : "") + "status = " + status + checks(others));
  }
  return joined(looks, " UNION ALL ") + order(by);
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

}  // namespace leadmail::store
