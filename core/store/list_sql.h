// The statement that lists leads: which filters are set decides what it says. Internal to core/store.
#pragma once

#include <string>
#include <vector>

#include "core/store/sqlite.h"

namespace leadmail::store {

struct ListBy {
  bool status = false;
  bool owner = false;
  bool due_by = false;
  bool owed = false;
  bool tag = false;
  bool visible = false;      ///< only what these owners have: a JSON array
  bool in_progress = false;  ///< only in a status in which a lead's story is not over
  /// With `owed` alone: all who owe an answer, as SQL writes texts; empty where nobody has asked for them.
  std::vector<std::string> owners{};
};

/// Newest first; with `due_by` what is due first comes first. Parameters :status, :owner, :due_by, :tag, :visible, as
/// set. The filter that leaves fewest is looked up by its index, the others are checked row by row. Rows come in their
/// order, without being sorted: whoever wants fifty of a hundred thousand reads hardly more than these.
std::string list_sql(const ListBy& by);

/// That statement for this book, its parameters not yet bound. Whose leads are owed is looked up first: the index of
/// those has them owner by owner, and to put them in order would take reading all of them.
Result<Query> list_query(Connection& db, ListBy by);

}  // namespace leadmail::store
