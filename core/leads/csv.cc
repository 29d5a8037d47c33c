#include "core/leads/csv.h"

#include <algorithm>
#include <array>

namespace leadmail::leads {
namespace {

/// What a spreadsheet would calculate with, and the apostrophe itself, so that nothing is lost on the way back.
constexpr bool is_risky(char c) {
  return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r' || c == '\'';
}

std::string cell_text(std::string_view value) {
  std::string text;
  if (!value.empty() && is_risky(value.front())) text += '\'';
  text += value;
  // At the beginning of a file a byte order mark would be taken for the file's.
  const bool is_plain = text.find_first_of(",;\t\"\r\n") == std::string::npos && !text.starts_with(' ') &&
                        !text.ends_with(' ') && !text.starts_with("\xEF\xBB\xBF");
  if (is_plain) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

void take_apostrophe_off(std::string& cell) {
  if (cell.size() > 1 && cell[0] == '\'' && is_risky(cell[1])) cell.erase(0, 1);
}

/// The mark that the first line has most of, outside quotes.
char mark_of(std::string_view text) {
  constexpr std::array<char, 3> kMarks{',', ';', '\t'};
  std::array<std::size_t, 3> counts{};
  bool quoted = false;
  for (const char c : text.substr(0, kLongestCell)) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    for (std::size_t i = 0; i < kMarks.size(); ++i) counts.at(i) += c == kMarks.at(i) ? 1 : 0;
  }
  const auto most = std::ranges::max_element(counts);
  return kMarks.at(static_cast<std::size_t>(most - counts.begin()));
}

}  // namespace

std::string csv_record(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i == 0 ? "" : ",") + cell_text(cells[i]);
  if (cells.size() == 1 && cells.front().empty()) line = "\"\"";
  return line + "\r\n";
}

CsvReader::CsvReader(std::string_view text) : rest_(text) {
  if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  mark_ = mark_of(rest_);
}

/// The inside of quotes, up to the closing one. False: there is none.
bool CsvReader::take_quoted(std::string& cell, CsvRecord& record) {
  rest_.remove_prefix(1);
  while (!rest_.empty()) {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    if (c == '"') {
      if (!rest_.starts_with('"')) return true;
      rest_.remove_prefix(1);
    }
    if (c == '\n') ++line_;
    if (cell.size() < kLongestCell) {
      cell += c;
    } else {
      record.wrong = "a cell is longer than 256 KiB";
    }
  }
  record.wrong = "a quotation mark is never closed";
  return false;
}

/// True: another cell follows in this record.
bool CsvReader::take_cell(CsvRecord& record) {
  std::string cell;
  if (rest_.starts_with('"') && !take_quoted(cell, record)) return false;
  bool ends = false;
  bool follows = false;
  while (!rest_.empty() && !ends && !follows) {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    follows = c == mark_;
    ends = c == '\n' || c == '\r';
    if (c == '\r' && rest_.starts_with('\n')) rest_.remove_prefix(1);
    if (ends) ++line_;
    if (follows || ends) continue;
    if (cell.size() >= kLongestCell) record.wrong = "a cell is longer than 256 KiB";
    if (cell.size() < kLongestCell) cell += c;
  }
  take_apostrophe_off(cell);
  if (record.cells.size() < kMostCells) {
    record.cells.push_back(std::move(cell));
  } else {
    record.wrong = "more than 500 cells";
  }
  return follows;
}

std::optional<CsvRecord> CsvReader::next() {
  while (!rest_.empty()) {
    CsvRecord record{.line = line_};
    while (take_cell(record)) {}
    const bool is_empty = record.cells.size() == 1 && record.cells.front().empty();
    if (!is_empty || !record.wrong.empty()) return record;
  }
  return std::nullopt;
}

}  // namespace leadmail::leads
