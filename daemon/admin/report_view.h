// A report as JSON with stable keys, and as tables for a terminal.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/leads/report.h"
#include "daemon/admin/view.h"

namespace leadmail::daemon::admin {

/// Amounts are lists of {currency, value}; times are seconds of working time; what is not known is null.
Json report_json(const leads::Report& report, const leads::Rules& rules);

std::string report_text(const leads::Report& report, const leads::Rules& rules, const Terminal& terminal);

}  // namespace leadmail::daemon::admin
