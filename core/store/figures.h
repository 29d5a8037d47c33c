// The book in figures, for an operator's graphs and alarms. Counts what is counted already, or what an index of open
// things holds, so that asking again and again costs little; names nobody.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/base/result.h"
#include "core/base/time.h"

namespace leadmail::store {

struct BookFigures {
  std::map<std::pair<std::string, std::string>, std::int64_t> ledger{};  ///< rows by mailbox and outcome
  std::map<std::string, Time> last_seen{};                               ///< newest row by mailbox
  std::map<std::string, std::int64_t> filing{};      ///< mails still to be marked or moved, by mailbox
  std::map<std::string, std::int64_t> leads{};       ///< by status
  std::map<std::string, std::int64_t> recipients{};  ///< of mails in the outbox that have not ended well, by state
  std::int64_t without_owner = 0;                    ///< leads in progress that nobody has
  std::int64_t owed = 0;                             ///< leads that wait for an answer of ours
  std::int64_t contacts_planned = 0;                 ///< leads whose next contact is still to come
  std::int64_t contacts_due = 0;                     ///< leads whose next contact has come
  std::optional<Time> oldest_wake{};  ///< when the clock should have looked at the one that waits the longest
  std::optional<Time> oldest_due{};   ///< since when the oldest mail in the outbox could have left
};

/// Leads that are late, by the term that ran out, as in the lead's `sla.late`. Has to look into every lead that waits
/// for an answer: not for every second.
Result<std::map<std::string, std::int64_t>> read_late_leads(const std::string& path);

/// Opens the book for reading, beside whoever writes it, and closes it again. Error: it can't be read now.
Result<BookFigures> read_figures(const std::string& path, Time now);

}  // namespace leadmail::store
