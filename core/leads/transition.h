// Which status follows which, and by what: the whole table in one place. docs/crm.md
#pragma once

#include <vector>

#include "core/leads/lead.h"

namespace leadmail::leads {

/// What moves a lead from one status to another.
enum class Mover {
  mail,   ///< the prospect wrote, or was answered
  clock,  ///< a next contact has come due
  hand,   ///< #status, #dnc, the tool
  deal,   ///< #opportunity, #quote, #won, #lost, #order, #customer
};

/// Staying is always allowed.
bool may_move(Status from, Status to, Mover by);

/// Every other status that `by` may bring from here, in their order.
std::vector<Status> reachable(Status from, Mover by);

/// What a mail of the prospect, an answer or a due date makes of the status: `wanted` where it may, else what it was.
/// Open and Replied come and go between Lead, Open and Replied only.
Status status_after(Status status, Status wanted, Mover by = Mover::mail);

}  // namespace leadmail::leads
