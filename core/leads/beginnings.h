// What stands on a lead from its first moment, however it came: what earlier leads say, and the steps that are planned.
#pragma once

#include <vector>

#include "core/leads/plan.h"

namespace leadmail::leads {

/// Adds to `values` of a new lead that he was a customer, with the leads on which he became one: "L-12, L-3". Nothing
/// where he became none.
void add_history(Values& values, const std::vector<Lead>& earlier);

/// Adds the day of each step that is planned so long after the first contact; days of the company's zone.
void add_planned_steps(Values& values, const Rules& rules, Time first_contact);

}  // namespace leadmail::leads
