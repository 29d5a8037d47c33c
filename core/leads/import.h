// A row of an imported file as a new lead.
#pragma once

#include "core/leads/decide.h"
#include "core/leads/exchange.h"

namespace leadmail::leads {

struct ImportWish {
  std::string by{};      ///< user id or "admin"
  std::string file{};    ///< for the cause of its event
  bool assigns = false;  ///< an owner is chosen for rows without one, and told
};

/// Opens the lead with exactly these values, silently: nobody is told and nothing is sent unless the wish says so. Of
/// its next contact somebody is reminded in its time, of one that is past at once: who is to make it, else the owner,
/// who then stands there, else the lead of the team. `related`: the lead that the value "related" names in
/// this book, if there is one.
Decision decide_import(const ImportRow& row, const ImportWish& wish, std::optional<LeadId> related, const Rules& rules,
                       Time now, const Snapshot& known = {});

}  // namespace leadmail::leads
