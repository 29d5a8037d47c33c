// The sums of a report, read by index. Internal to core/store.
#pragma once

#include "core/base/result.h"
#include "core/leads/report.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

Result<leads::ReportFacts> read_report(Connection& db, const leads::ReportAsk& ask);

}  // namespace leadmail::store
