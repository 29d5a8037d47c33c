// How one rule picks among its people. Internal to the assigning files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/leads/assign.h"

namespace leadmail::leads {

/// What one rule makes of one lead: a person, a team or somebody to wait for; or nobody.
struct Choice {
  const User* user = nullptr;
  std::string team{};
  const User* waits_for = nullptr;
  std::string why{};  ///< for people: how it was chosen, or why nobody was; with who was passed over
  std::optional<Rotate> turn{};

  [[nodiscard]] bool is_made() const { return user != nullptr || !team.empty() || waits_for != nullptr; }
};

Choice choose(const AssignRule& rule, const AssignInput& input, const Rules& rules);

/// Why this user can't get a lead now, as the rule sees it; empty: he can.
std::string obstacle(const User& user, const AssignInput& input);

/// The branch whose territory the lead lies in, the most exact one first; where it lies in none, the nearest one within
/// reach of its coordinates (fields "latitude" and "longitude"). nullptr: none. `why` receives the words for it.
const Branch* nearest_branch(const std::vector<std::string>& among, Fields& fields, const Rules& rules,
                             std::string& why);

/// Along the surface of the earth, in kilometres.
double distance_km(Coordinates a, Coordinates b);

}  // namespace leadmail::leads
