// Leads as they leave for other programs and come back: as rows of named values (CSV, JSON) and as address cards. What
// we write we read again without any loss; what others wrote is read as far as we know what its columns mean.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/leads/lead.h"
#include "core/leads/rules.h"

namespace leadmail::leads {

inline constexpr std::size_t kMostImportBytes = 64UL * 1024 * 1024;
inline constexpr std::size_t kMostImportRows = 50'000;

/// The values of a lead by their names in Lead::values, instants as RFC 3339; beside them "lead" and "created_at".
using ExportRow = std::map<std::string, std::string, std::less<>>;

ExportRow export_row(const Lead& lead);

/// Columns in the order in which people look for them; those of `names` that are not among the usual ones follow.
std::vector<std::string> export_columns(const std::vector<std::string>& names);

/// One card for the lead: what other programs understand, and every value beside it, so that none is lost.
std::string export_card(const Lead& lead);

/// People of a lead, one row each: lead, number, company, name, role, title, emails, phones; lists as lines.
std::vector<ExportRow> contact_rows(const Lead& lead);
/// The same as cards.
std::string contact_cards(const Lead& lead);

enum class ImportFormat { csv, json, vcard };

/// What the content is: cards begin with BEGIN:VCARD, JSON with a brace, all else is a table.
ImportFormat guess_format(std::string_view bytes);

/// Which column means what, beyond the names and labels that we know: "Firma" -> "company"; "" leaves it out.
using ColumnMap = std::map<std::string, std::string, std::less<>>;

struct ImportRow {
  std::size_t line = 0;    ///< where it begins, from 1
  ExportRow values{};      ///< checked, as the lead is to have them: instants as decimal seconds
  std::string old_lead{};  ///< "L-12", as the file calls it
  Time created{};          ///< {}: not told
};

struct BadRow {
  std::size_t line = 0;
  std::string reason{};
};

struct ReadImport {
  std::vector<ImportRow> rows{};
  std::vector<BadRow> bad{};
  std::vector<std::string> unknown_columns{};  ///< neither known nor in the map; their cells are left out
};

/// Reads and checks all rows. Bounded: kMostImportBytes, kMostImportRows. A row needs an e-mail address, a phone number
/// or a name; its values must be of the type that the config says; owner, mailbox and status must exist.
ReadImport read_import(std::string_view bytes, ImportFormat format, const ColumnMap& columns, const Rules& rules,
                       Time now);

}  // namespace leadmail::leads
