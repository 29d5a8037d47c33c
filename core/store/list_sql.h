// The statement that lists leads: which filters are set decides what it says. Internal to core/store.
#pragma once

#include <string>

namespace leadmail::store {

struct ListBy {
  bool status = false;
  bool owner = false;
  bool due_by = false;
  bool owed = false;
  bool tag = false;
  bool visible = false;      ///< only what these owners have: a JSON array
  bool in_progress = false;  ///< only in a status in which a lead's story is not over
};

/// Newest first; with `due_by` what is due first comes first. Parameters :status, :owner, :due_by, :tag, :visible, as
/// set. The filter that leaves fewest is looked up by its index, the others are checked row by row. Rows come in their
/// order, without being sorted: whoever wants fifty of a hundred thousand reads hardly more than these.
std::string list_sql(const ListBy& by);

}  // namespace leadmail::store
