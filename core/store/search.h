// The full-text index: which row has which words. Internal to core/store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

/// Rows of `search` are numbered so that nothing else need be kept: even for mails, odd for events.
constexpr std::int64_t search_row_of_mail(MailId mail) { return 2 * mail.value; }
constexpr std::int64_t search_row_of_event(std::int64_t event) { return 2 * event + 1; }
constexpr bool is_row_of_mail(std::int64_t row) { return row % 2 == 0; }
constexpr std::int64_t id_of_row(std::int64_t row) { return row / 2; }

/// Lets this connection ask which words the index has, for search_expression(); once is enough.
Result<void> open_words(Connection& db);

/// What FTS5 is asked for a text that a person typed: every word must occur, the beginning of a word is enough. Empty
/// when no word is in it. A beginning is written out as the words that begin so, where they are not too many: their
/// rows come one by one, newest first, while for a beginning FTS5 collects all its rows before it tells the first.
Result<std::string> search_expression(Connection& db, std::string_view text);

/// Takes the words of this text out of a row of the index: of the text that was added, or of a part of it.
Result<void> forget_words(Connection& db, std::int64_t row, std::string_view text);

/// Takes out of the index what no text accounts for any more: words of rows that are gone, and of these rows all but
/// the words given, folded, with blanks between them. Merges the rest into one segment, so that nothing else stays in
/// the file. Reads the whole index; not for a moment when somebody waits.
Result<void> sweep_index(Connection& db, const std::unordered_map<std::int64_t, std::string>& words_of_rows);

/// Words that the transaction adds to the index when it commits. FTS5 writes down what it has at every savepoint, which
/// would make a segment of its own, to be merged later, for each message of a batch.
class PendingWords {
 public:
  /// Folds the text; one without words adds nothing.
  void add(std::int64_t row, std::string_view text);
  /// The same for words that are folded already.
  void add_folded(std::int64_t row, std::string words);
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  /// Forgets what was added since there were `size` rows.
  void cut(std::size_t size) { rows_.resize(size); }
  /// Writes all of them to the index and forgets them.
  Result<void> write(Connection& db);

 private:
  struct Row {
    std::int64_t id = 0;
    std::string words{};
  };
  std::vector<Row> rows_{};
};

}  // namespace leadmail::store
