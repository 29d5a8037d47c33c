// Reading what one inquiry can touch: inside a transaction to decide, or from outside it to explain a decision.
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/leads/decide.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

/// The part of the book that `query` names, as it stands on this connection.
Result<leads::Snapshot> read_snapshot(Connection& db, const leads::Query& query, Time now);

}  // namespace leadmail::store
