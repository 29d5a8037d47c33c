// What is old enough to go. Internal to core/store.
#pragma once

#include "core/base/result.h"
#include "core/store/retention.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

/// All that would go; reads only.
Result<Pruned> prunable(Connection& db, Kept what, Time before);

}  // namespace leadmail::store
