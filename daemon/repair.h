// An administrator puts threading right: split, move, merge, and taking one of them back. One request, one transaction;
// only calendars are told, of an entry that no longer stands or stands again.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <memory>

#include "core/leads/asked.h"
#include "daemon/engine.h"

namespace leadmail::daemon {

/// {"do":"split","message":ID} | {"do":"move","message":ID,"lead":N} | {"do":"merge","lead":N,"from":N} |
/// {"do":"undo","repair":N}; "as": who does it. Answers {"ok":true,"repair":N,"lead":"L-…","moved":N,"results":[],
/// "notes":[]} or why not; of a merge the last two are what came over, and what could not.
nlohmann::json repair_threads(Engine& engine, const nlohmann::json& request);

/// Lines of an answer: field, before, after.
nlohmann::json results_of(const std::vector<leads::ResultLine>& lines);

/// What commands ask, read in the transaction in which they will be decided.
Result<std::shared_ptr<const leads::Answered>> look_up(store::Transaction& transaction, const leads::Ask& ask);

}  // namespace leadmail::daemon
