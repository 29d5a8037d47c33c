// What the control socket and the tool ask for the book itself: pruning, compacting, remembering a copy.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "daemon/engine.h"

namespace leadmail::daemon {

/// A second of pruning of what `what` names in the request: {rows, bytes, more}.
nlohmann::json prune_some(Engine& engine, const nlohmann::json& request);
/// Writes the file anew, without what was deleted; holds up all writing meanwhile.
nlohmann::json compact_book(Engine& engine);
/// Remembers that a copy was made at the absolute path `file`.
nlohmann::json note_backup(Engine& engine, const nlohmann::json& request);

}  // namespace leadmail::daemon
