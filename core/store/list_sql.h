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
};

/// Newest first; with `due_by` what is due first comes first. Parameters :status, :owner, :due_by, :tag, as set. The
/// filter that leaves fewest is looked up by its index, the others are checked row by row.
std::string list_sql(const ListBy& by);

}  // namespace leadmail::store
