// What two leads are as one: whatever the lead that stays does not have comes over from the other one, and what can't
// is named. Pure; internal to repairing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/leads/lead.h"
#include "core/leads/letter.h"
#include "core/leads/plan.h"
#include "core/leads/repair.h"

namespace leadmail::leads {

/// What of the other lead comes over.
enum class Brings {
  everything,
  what_was_done,  ///< next contact, events, deals, people, status; not what it is called and where it came from
};

struct Union {
  Lead kept{};                                 ///< as it is to be
  std::optional<NextContact> moved{};          ///< the other lead's next contact, which is the kept one's now
  std::optional<NextContact> own_dropped{};    ///< the kept lead's, which does not stand any more
  std::optional<NextContact> other_dropped{};  ///< the other lead's
  std::vector<std::string> told{};             ///< sentences for the reader: what was dropped, doubled, left behind
};

/// Which status two leads have as one. Do Not Contact before all, then the furthest; one that was lost comes after
/// everything that somebody works on.
Status status_of_both(const Lead& one, const Lead& other);

/// `reader` hears of it in his language and by his clock.
Union unite(const Lead& kept, const Lead& other, Brings brings, const Rules& rules, const User& reader, Time now);

/// Values that differ, as they are on `after`.
Values difference(const Lead& before, const Lead& after);

/// Those of them that people know, as lines of an answer.
std::vector<ResultLine> lines_of_change(const Lead& before, const Lead& after, const User& reader, const Rules& rules);

/// "2026-12-03 10:00 America/Mexico_City, Luis: call about the offer"
std::string next_words(const NextContact& next, const User& reader, const Rules& rules);

}  // namespace leadmail::leads
