// A report as one HTML page that needs nothing else: no script, nothing fetched from anywhere, charts as inline SVG. It
// is read on a phone and at a desk, by day and by night, and on paper. What people have typed is text in it, never
// markup.
#pragma once

#include <string>

#include "core/leads/report.h"

namespace leadmail::daemon::admin {

/// In the company's language.
std::string report_page(const leads::Report& report, const leads::Rules& rules);

}  // namespace leadmail::daemon::admin
