// Tables as spreadsheets read and write them. RFC 4180. What is written is safe to open: a cell that a spreadsheet
// would take for a formula gets an apostrophe before it, and loses it again when we read it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail::leads {

inline constexpr std::size_t kMostCells = 500;             ///< of one record
inline constexpr std::size_t kLongestCell = 256UL * 1024;  ///< bytes

/// One record, with its line end. Every cell stands in quotes that needs them.
std::string csv_record(const std::vector<std::string>& cells);

struct CsvRecord {
  std::size_t line = 0;  ///< where it begins, from 1
  std::vector<std::string> cells{};
  std::string wrong{};  ///< why it can't be read; empty when it can
};

/// Reads records one after the other; linear time, memory of one record. A byte order mark, line ends of any kind and
/// ',', ';' or tab between cells (as the first line has it most) are fine. Damage spoils its own record alone.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text);
  /// The next record that is not empty; nothing at the end.
  std::optional<CsvRecord> next();

 private:
  bool take_cell(CsvRecord& record);
  bool take_quoted(std::string& cell, CsvRecord& record);

  std::string_view rest_;
  std::size_t line_ = 1;
  char mark_ = ',';
};

}  // namespace leadmail::leads
