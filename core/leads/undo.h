// Taking back what commands did. Pure: the deed is read with what happened since; what others have built on is left
// alone, and then nothing is taken back.
#pragma once

#include <string>
#include <vector>

#include "core/leads/asked.h"
#include "core/leads/plan.h"

namespace leadmail::leads {

struct Undone {
  std::vector<ResultLine> results{};  ///< value by value, as it was before the undo and as it is now
  std::string text{};                 ///< what can't be taken back: mail that has left
  std::string refused{};              ///< what depends on it; then nothing is to be done
};

/// Takes the deed back on every lead it touched: values as before, mail that still waits cancelled, invitations
/// cancelled or moved back, reminders planned anew. Refused when one of its values was changed since, or a lead that it
/// made has a story by now.
Undone undo(Plan& plan, const Deed& deed, const User& user);

}  // namespace leadmail::leads
