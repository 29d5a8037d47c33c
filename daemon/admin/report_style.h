// How a report page looks. Constants only.
#pragma once

#include <string_view>

namespace leadmail::daemon::admin {

extern const std::string_view kReportStyle;

}  // namespace leadmail::daemon::admin
