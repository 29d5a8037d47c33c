// An administrator puts threading right: split, move, merge, and taking one of them back. One request, one transaction;
// nothing is sent.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "daemon/engine.h"

namespace leadmail::daemon {

/// {"do":"split","message":ID} | {"do":"move","message":ID,"lead":N} | {"do":"merge","lead":N,"from":N} |
/// {"do":"undo","repair":N}; "as": who does it. Answers {"ok":true,"repair":N,"lead":"L-…","moved":N} or why not.
nlohmann::json repair_threads(Engine& engine, const nlohmann::json& request);

}  // namespace leadmail::daemon
