// Every text of the book, whatever table it stands in, and each of them changed. By the schema as it is: a table that
// is added later is walked through too. Internal to core/store.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

/// Where a text stands.
struct TextPlace {
  std::string table{};
  std::string column{};
  bool is_json = false;  ///< an object or list, whose strings are the texts
  bool is_name = false;  ///< by which the row is known: no two may be the same
  std::int64_t row = 0;  ///< its number, where the table has one
};

/// Calls `each` for every text that is not empty.
Result<void> each_text(Connection& db, const std::function<Result<void>(const TextPlace&, std::string_view)>& each);

/// The same, and puts what `change` answers in its place. Nothing: it stays. Answers how many were changed.
using ChangeText = std::function<std::optional<std::string>(const TextPlace&, std::string_view)>;
Result<std::int64_t> change_texts(Connection& db, const ChangeText& change);

}  // namespace leadmail::store
