// What we write we read again without any loss: leads out of any file, as our own table and cards.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <string>
#include <vector>

#include "core/leads/csv.h"
#include "core/leads/exchange.h"

namespace leadmail::leads {

inline const Rules& company() {
  static const Rules rules{
      .users = {{.id = "ana", .name = "Ana López", .addresses = {"ana@acme.example"}},
                {.id = "luis", .name = "Luis Ortega", .addresses = {"luis@acme.example"}, .language = "es"}},
      .mailboxes = {{.name = "sales", .address = "sales@acme.example", .language = "en"}}};
  return rules;
}

/// Ends the program when a row that was read is another one after it was written and read.
inline void read_again(const ReadImport& read) {
  const Time now = from_unix(1'800'000'000);
  for (std::size_t i = 0; i < std::min<std::size_t>(read.rows.size(), 10); ++i) {
    const ImportRow& row = read.rows[i];
    Lead lead{.id = LeadId{7}, .created = now};
    lead.values = row.values;
    const auto exported = export_row(lead);
    std::vector<std::string> names;
    for (const auto& [name, value] : exported) names.push_back(name);
    const auto columns = export_columns(names);
    std::vector<std::string> cells;
    std::ranges::transform(columns, std::back_inserter(cells), [&](auto& name) { return exported.at(name); });
    const auto table = csv_record(columns) + csv_record(cells);
    const auto same = [&](std::string_view bytes, ImportFormat format) {
      const auto again = read_import(bytes, format, {}, company(), now);
      return again.rows.size() == 1 && again.rows[0].values == row.values && again.rows[0].old_lead == "L-7" &&
             again.rows[0].created == now;
    };
    if (!same(table, ImportFormat::csv) || !same(export_card(lead), ImportFormat::vcard)) std::abort();
  }
}

}  // namespace leadmail::leads
