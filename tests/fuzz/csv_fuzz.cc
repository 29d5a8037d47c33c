// Tables and JSON that others wrote, and the leads in them as we write them.
//
// Also: core/leads/{exchange_read,import,value_label}.cc
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/leads/csv.h"
#include "core/leads/exchange.h"
#include "tests/fuzz/round_trip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace leadmail::leads;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  CsvReader reader(input);
  while (const auto record = reader.next()) {
    if (record->cells.size() > kMostCells) std::abort();
    if (!record->wrong.empty()) continue;
    // What was read is written so that it is read again as it was.
    const auto line = csv_record(record->cells);
    CsvReader again(line);
    const auto same = again.next();
    if (record->cells.size() > 1 && (!same || same->cells != record->cells)) std::abort();
  }
  const auto now = leadmail::from_unix(1'800'000'000);
  read_again(read_import(input, ImportFormat::csv, {}, company(), now));
  read_again(read_import(input, guess_format(input), {{"Firma", "company"}, {"x", ""}}, company(), now));
  return 0;
}
