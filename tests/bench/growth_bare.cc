#include "tests/bench/growth_bare.h"

#include <array>
#include <deque>
#include <map>
#include <variant>

#include "tests/bench/growth_book.h"

namespace leadmail::bench {
namespace {

/// As core/store/book.cc sets them for the one connection that writes.
constexpr const char* kWriter =
    "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -8000; PRAGMA journal_size_limit = 33554432;";

const store::Sql kBegin{"BEGIN IMMEDIATE"};
const store::Sql kCommit{"COMMIT"};

/// Rows with larger numbers than these are new.
using Numbers = std::map<std::string, std::int64_t>;
constexpr std::array<const char*, 5> kNumbered = {"lead", "event", "outbox", "message", "ledger"};

struct Kind {
  const char* table;
  const char* is_new;
};
/// In the order in which they refer to each other.
constexpr std::array<Kind, 10> kKinds = {{
    {"lead", "id IN (SELECT lead FROM event WHERE id > :event)"},
    {"contact_address", "lead > :lead"},
    {"event", "id > :event"},
    {"outbox", "id > :outbox"},
    {"recipient", "outbox > :outbox"},
    {"message", "id > :message"},
    {"raw", "mail > :message"},
    {"ledger", "id > :ledger"},
    {"message_id", "mail > :message OR outbox > :outbox"},
    {"reminder", "lead > :lead"},
}};

struct Column {
  std::string name{};
  std::string parameter{};  ///< ":name"
  std::string type{};       ///< INTEGER, TEXT or BLOB: the tables are strict
};

struct Table {
  std::string name{};
  std::vector<Column> columns{};
  std::string select{};
  std::string insert_text{};
  std::unique_ptr<store::Sql> insert{};
};

using Value = std::variant<std::nullptr_t, std::int64_t, std::string>;

Result<Table> table_of(store::Connection& db, const Kind& kind) {
  Table table{.name = kind.table};
  auto query = db.query("SELECT name, type FROM pragma_table_info('" + table.name + "')");
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) break;
    table.columns.push_back({query.text(0), ":" + query.text(0), query.text(1)});
  }
  std::string names;
  std::string parameters;
  std::string replaced;
  for (const auto& column : table.columns) {
    const auto* const comma = names.empty() ? "" : ", ";
    names += comma + column.name;
    parameters += comma + column.parameter;
    replaced += comma + column.name + " = excluded." + column.name;
  }
  table.select = "SELECT " + names + " FROM " + table.name + " WHERE " + kind.is_new;
  // A mail changes the row of a lead that is there already.
  table.insert_text = "INSERT INTO " + table.name + " (" + names + ") VALUES (" + parameters + ") ON CONFLICT " +
                      (table.name == "lead" ? "(id) DO UPDATE SET " + replaced : "DO NOTHING");
  table.insert = std::make_unique<store::Sql>(table.insert_text.c_str());
  return table;
}

/// Read once; a statement lives as long as the program.
Result<const std::deque<Table>*> tables(store::Connection& db) {
  static std::deque<Table> tables;
  if (tables.empty()) {
    for (const auto& kind : kKinds) {
      auto table = table_of(db, kind);
      if (!table) return std::move(table.error());
      tables.push_back(std::move(*table));
      tables.back().insert = std::make_unique<store::Sql>(tables.back().insert_text.c_str());
    }
  }
  return &tables;
}

Value value_of(const store::Query& query, int place, const Column& column) {
  if (query.is_null(place)) return nullptr;
  if (column.type == "INTEGER") return query.integer(place);
  return query.text(place);
}

}  // namespace

struct BareInserts::Rows {
  const Table* table = nullptr;
  std::vector<std::vector<Value>> values{};
};

namespace {

Result<std::vector<std::vector<Value>>> read_new(store::Connection& db, const Table& table, const Numbers& numbers) {
  std::vector<std::vector<Value>> rows;
  auto query = db.query(table.select);
  for (const auto& [name, number] : numbers) {
    if (table.select.find(name) != std::string::npos) query.bind(name.c_str(), number);
  }
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in(table.name);
    if (!*row) return rows;
    auto& values = rows.emplace_back();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      values.push_back(value_of(query, static_cast<int>(i), table.columns[i]));
    }
  }
}

void bind(store::Query& query, const Column& column, const Value& value) {
  const auto* const name = column.parameter.c_str();
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    query.bind(name, *number);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    column.type == "BLOB" ? query.bind(name, store::Blob{*text}) : query.bind(name, *text);
  } else {
    query.bind(name, nullptr);
  }
}

}  // namespace

BareInserts::BareInserts() = default;
BareInserts::~BareInserts() = default;

Result<std::unique_ptr<BareInserts>> BareInserts::open(const std::string& path) {
  auto db = store::Connection::open(path, store::Connection::Mode::write);
  if (!db) return std::move(db.error());
  if (auto done = (*db)->run(kWriter); !done) return std::move(done.error());
  (*db)->watch_log();
  std::unique_ptr<BareInserts> bare(new BareInserts());
  bare->desk_.db = std::move(*db);
  return bare;
}

Result<void> BareInserts::learn(const daemon::Settings& settings, const std::vector<GrowthMail>& mails,
                                const ComposerOf& composer_of) {
  auto& db = *desk_.db;
  auto known = tables(db);
  if (!known) return std::move(known.error());
  Numbers numbers;
  for (const auto* const name : kNumbered) {
    auto number = db.number(("SELECT coalesce(max(id), 0) FROM " + std::string(name)).c_str());
    if (!number) return std::move(number.error());
    numbers[":" + std::string(name)] = *number;
  }
  auto transaction = store::BookTransaction::begin(desk_);
  if (!transaction) return std::move(transaction.error());
  for (const auto& mail : mails) {
    if (auto done = take(**transaction, settings, mail, *composer_of(mail)); !done) return done;
  }
  rows_.clear();
  for (const auto& table : **known) {
    auto values = read_new(db, table, numbers);
    if (!values) return std::move(values.error());
    rows_.push_back({&table, std::move(*values)});
  }
  words_ = std::exchange(desk_.words, {});
  return {};  // the transaction ends without a commit
}

Result<void> BareInserts::insert() {
  auto& db = *desk_.db;
  if (auto done = db.query(kBegin).run(); !done) return done;
  for (const auto& [table, rows] : rows_) {
    for (const auto& values : rows) {
      auto query = db.query(*table->insert);
      for (std::size_t i = 0; i < values.size(); ++i) bind(query, table->columns[i], values[i]);
      if (auto done = query.run(); !done) return std::move(done.error()).in(table->name);
    }
  }
  if (auto done = words_.write(db); !done) return done;
  return db.query(kCommit).run();
}

std::size_t BareInserts::rows() const {
  std::size_t count = 0;
  for (const auto& rows : rows_) count += rows.values.size();
  return count;
}

}  // namespace leadmail::bench
