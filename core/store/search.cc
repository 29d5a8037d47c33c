#include "core/store/search.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "core/store/fold.h"

namespace leadmail::store {
namespace {

const Sql kIndex{"INSERT INTO search (rowid, text) VALUES (:row, :text)"};
// https://www.sqlite.org/fts5.html#the_delete_command
const Sql kForget{"INSERT INTO search (search, rowid, text) VALUES ('delete', :row, :text)"};

}  // namespace

Result<void> forget_words(Connection& db, std::int64_t row, std::string_view text) {
  const auto words = fold_for_search(text);
  if (words.empty()) return {};
  return db.query(kForget).bind(":row", row).bind(":text", words).run();
}

namespace {

// https://www.sqlite.org/fts5.html#the_fts5vocab_virtual_table_module
constexpr const char* kOpenWords =
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, search, instance)";
constexpr const char* kNextWord = "SELECT term FROM temp.words WHERE term >= :from LIMIT 1";
constexpr std::size_t kMostEndings = 1024;  ///< of one beginning: each costs two looks into the index, 0.1 ms

/// The words of the index that begin so; nothing when they are too many.
Result<std::optional<std::vector<std::string>>> words_that_begin(Connection& db, const std::string& beginning) {
  std::vector<std::string> words;
  for (std::string from = beginning;; from = words.back() + '\x01') {  // behind the word, before any longer one
    auto query = db.query(std::string(kNextWord));
    auto row = query.bind(":from", from).step();
    if (!row) return std::move(row.error());
    if (!*row || !query.view(0).starts_with(beginning)) return std::optional(std::move(words));
    if (words.size() == kMostEndings) return std::optional<std::vector<std::string>>{};
    words.push_back(query.text(0));
  }
}

/// Words hold letters, digits and marks alone: nothing of FTS5's own.
std::string any_of(const std::vector<std::string>& words) {
  std::string expression;
  for (const auto& word : words) {
    expression.append(expression.empty() ? "(" : " OR ").append("\"").append(word).append("\"");
  }
  return expression + ")";
}

}  // namespace

Result<void> open_words(Connection& db) { return db.run(kOpenWords); }

Result<std::string> search_expression(Connection& db, std::string_view text) {
  std::string expression;
  for (const auto& word : asked_words(text)) {
    std::optional<std::vector<std::string>> endings;
    if (!word.is_whole) {
      auto found = words_that_begin(db, word.text);
      if (!found) return std::move(found.error());
      endings = std::move(*found);
    }
    if (!expression.empty()) expression += " AND ";
    if (endings && !endings->empty()) {
      expression += any_of(*endings);
    } else {
      expression += '"' + word.text + (word.is_whole ? "\"" : "\"*");
    }
  }
  return expression;
}

namespace {

constexpr const char* kWords = "SELECT doc, term FROM temp.words";
constexpr const char* kOptimise = "INSERT INTO search (search) VALUES ('optimize')";

/// Which numbers a table has.
Result<std::vector<bool>> numbers_of(Connection& db, const std::string& table) {
  std::vector<bool> there;
  auto query = db.query("SELECT id FROM " + table + " ORDER BY id");
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return there;
    const auto id = static_cast<std::size_t>(query.integer(0));
    if (there.size() <= id) there.resize(id + 1);
    there[id] = true;
  }
}

std::unordered_set<std::string> set_of(std::string_view words) {
  std::unordered_set<std::string> set;
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    if (end > 0) set.emplace(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return set;
}

}  // namespace

Result<void> sweep_index(Connection& db, const std::unordered_map<std::int64_t, std::string>& words_of_rows) {
  auto mails = numbers_of(db, "message");
  auto events = numbers_of(db, "event");
  if (!mails || !events) return std::move(mails ? events.error() : mails.error());
  std::unordered_map<std::int64_t, std::unordered_set<std::string>> stay;
  for (const auto& [row, words] : words_of_rows) stay.emplace(row, set_of(words));
  std::unordered_map<std::int64_t, std::string> go;
  if (auto opened = open_words(db); !opened) return opened;
  {
    auto query = db.query(std::string(kWords));
    while (true) {
      auto found = query.step();
      if (!found) return std::move(found.error());
      if (!*found) break;
      const auto row = query.integer(0);
      const auto& there = is_row_of_mail(row) ? *mails : *events;
      const auto id = static_cast<std::size_t>(id_of_row(row));
      const auto known = stay.find(row);
      const bool stays =
          id < there.size() && there[id] && (known == stay.end() || known->second.contains(std::string(query.view(1))));
      if (!stays) go[row].append(query.view(1)).append(" ");
    }
  }
  for (const auto& [row, words] : go) {
    if (auto done = db.query(kForget).bind(":row", row).bind(":text", words).run(); !done) return done;
  }
  return db.run(kOptimise);
}

void PendingWords::add(std::int64_t row, std::string_view text) { add_folded(row, fold_for_search(text)); }

void PendingWords::add_folded(std::int64_t row, std::string words) {
  if (!words.empty()) rows_.push_back({row, std::move(words)});
}

Result<void> PendingWords::write(Connection& db) {
  for (const auto& row : rows_) {
    if (auto done = db.query(kIndex).bind(":row", row.id).bind(":text", row.words).run(); !done) return done;
  }
  rows_.clear();
  return {};
}

}  // namespace leadmail::store
