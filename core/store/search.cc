#include "core/store/search.h"

#include <algorithm>
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

constexpr const char* kOpenWords =
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, search, instance)";
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
  if (auto opened = db.run(kOpenWords); !opened) return opened;
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

void PendingWords::add(std::int64_t row, std::string_view text) {
  auto words = fold_for_search(text);
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
