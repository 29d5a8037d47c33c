#include "core/store/texts.h"

#include <algorithm>
#include <optional>
#include <variant>
#include <vector>

namespace leadmail::store {
namespace {

constexpr const char* kTables =
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE "
    "'\\' ORDER BY name";
constexpr const char* kColumns = "SELECT name, type, pk FROM pragma_table_info(:table) ORDER BY cid";
constexpr const char* kIsJson =
    "SELECT :column IN ('fields', 'changes', 'files', 'evidence', 'had') AND :table IN ('lead', 'event', 'ledger', "
    "'rotation')";
constexpr const char* kIsUnique =
    "SELECT 1 FROM pragma_index_list(:table) i, pragma_index_info(i.name) c WHERE i.\"unique\" AND c.name = :column";

struct Table {
  std::string name{};
  std::vector<std::string> key{};  ///< columns of the primary key
  bool has_number = false;         ///< which is one integer
  struct Column {
    TextPlace place{};
  };
  std::vector<TextPlace> texts{};
};

std::string quoted(const std::string& name) { return "\"" + name + "\""; }

Result<bool> answers(Connection& db, const char* sql, const std::string& table, const std::string& column) {
  auto query = db.query(std::string(sql));
  auto row = query.bind(":table", table).bind(":column", column).step();
  if (!row) return std::move(row.error());
  return *row && query.integer(0) != 0;
}

Result<std::vector<std::string>> names_of_tables(Connection& db) {
  std::vector<std::string> names;
  auto query = db.query(std::string(kTables));
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return names;
    names.push_back(query.text(0));
  }
}

Result<Table> read_table(Connection& db, const std::string& name) {
  Table table{.name = name};
  int integers_in_key = 0;
  {
    auto query = db.query(std::string(kColumns));
    query.bind(":table", name);
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) break;
      if (query.integer(2) != 0) table.key.push_back(query.text(0));
      if (query.integer(2) != 0 && query.view(1) == "INTEGER") ++integers_in_key;
      if (query.view(1) == "TEXT") {
        table.texts.push_back({.table = name, .column = query.text(0), .is_name = query.integer(2) != 0});
      }
    }
  }
  table.has_number = table.key.size() == 1 && integers_in_key == 1;
  for (auto& text : table.texts) {
    auto is_json = answers(db, kIsJson, name, text.column);
    auto is_unique = answers(db, kIsUnique, name, text.column);
    if (!is_json || !is_unique) return std::move(is_json ? is_unique.error() : is_json.error());
    text.is_json = *is_json;
    text.is_name = text.is_name || *is_unique;
  }
  return table;
}

/// Tables without a text, and those of the full-text index, which keeps none, are not among them.
Result<std::vector<Table>> tables_with_text(Connection& db) {
  auto names = names_of_tables(db);
  if (!names) return std::move(names.error());
  std::vector<Table> tables;
  for (const auto& name : *names) {
    if (name.starts_with("search")) continue;
    auto table = read_table(db, name);
    if (!table) return std::move(table.error());
    if (!table->texts.empty() && !table->key.empty()) tables.push_back(std::move(*table));
  }
  return tables;
}

std::string select_of(const Table& table) {
  std::string sql = "SELECT ";
  for (const auto& key : table.key) sql += quoted(key) + ", ";
  for (std::size_t i = 0; i < table.texts.size(); ++i) {
    sql += (i == 0 ? "" : ", ") + quoted(table.texts[i].column);
  }
  return sql + " FROM " + quoted(table.name);
}

using Key = std::vector<std::variant<std::int64_t, std::string>>;

Key key_of(const Query& row, const Table& table) {
  Key key;
  for (std::size_t i = 0; i < table.key.size(); ++i) {
    const auto column = static_cast<int>(i);
    const bool is_text =
        std::ranges::any_of(table.texts, [&](const TextPlace& text) { return text.column == table.key[i]; });
    if (is_text) {
      key.emplace_back(row.text(column));
    } else {
      key.emplace_back(row.integer(column));
    }
  }
  return key;
}

struct Change {
  Key key{};
  std::size_t column = 0;
  std::string text{};
};

/// One row's text. A name that is taken already gets a number behind it.
Result<void> write(Connection& db, const Table& table, const Change& change) {
  std::string sql =
      "UPDATE " + quoted(table.name) + " SET " + quoted(table.texts[change.column].column) + " = :text WHERE ";
  for (std::size_t i = 0; i < table.key.size(); ++i) {
    sql += (i == 0 ? "" : " AND ") + quoted(table.key[i]) + " = :k" + std::to_string(i);
  }
  constexpr int kMostTries = 10'000;
  for (int number = 1;; ++number) {
    const auto text = number == 1 ? change.text : change.text + " #" + std::to_string(number);
    auto query = db.query(sql);
    query.bind(":text", text);
    for (std::size_t i = 0; i < change.key.size(); ++i) {
      const auto name = ":k" + std::to_string(i);
      std::visit([&](const auto& value) { query.bind(name.c_str(), value); }, change.key[i]);
    }
    auto done = query.run();
    if (done || !table.texts[change.column].is_name || done.error().next != Next::give_up || number == kMostTries) {
      return done;
    }
  }
}

Result<void> walk(
    Connection& db, const Table& table,
    const std::function<Result<void>(const Query&, std::size_t, const TextPlace&, std::string_view)>& each) {
  auto query = db.query(select_of(table));
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("texts of " + table.name);
    if (!*row) return {};
    for (std::size_t i = 0; i < table.texts.size(); ++i) {
      const auto text = query.view(static_cast<int>(table.key.size() + i));
      if (text.empty()) continue;
      auto place = table.texts[i];
      if (table.has_number) place.row = query.integer(0);
      if (auto done = each(query, i, place, text); !done) return done;
    }
  }
}

}  // namespace

Result<void> each_text(Connection& db, const std::function<Result<void>(const TextPlace&, std::string_view)>& each) {
  auto tables = tables_with_text(db);
  if (!tables) return std::move(tables.error());
  for (const auto& table : *tables) {
    auto done = walk(db, table, [&](const Query&, std::size_t, const TextPlace& place, std::string_view text) {
      return each(place, text);
    });
    if (!done) return done;
  }
  return {};
}

Result<std::int64_t> change_texts(Connection& db, const ChangeText& change) {
  auto tables = tables_with_text(db);
  if (!tables) return std::move(tables.error());
  std::int64_t changed = 0;
  for (const auto& table : *tables) {
    std::vector<Change> changes;
    auto done =
        walk(db, table, [&](const Query& row, std::size_t column, const TextPlace& place, std::string_view text) {
          if (auto fresh = change(place, text)) changes.push_back({key_of(row, table), column, std::move(*fresh)});
          return Result<void>{};
        });
    if (!done) return std::move(done.error());
    // A key that changes goes last: the others find their row by it.
    std::ranges::stable_sort(changes, {}, [&](const Change& one) {
      return std::ranges::find(table.key, table.texts[one.column].column) != table.key.end();
    });
    for (const auto& one : changes) {
      if (auto written = write(db, table, one); !written)
        return std::move(written.error()).in("changing " + table.name);
      ++changed;
    }
  }
  return changed;
}

}  // namespace leadmail::store
