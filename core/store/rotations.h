// What rules have given by turns. Internal to core/store.
#pragma once

#include <memory>

#include "core/base/result.h"
#include "core/leads/decide.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

struct Desk;

/// As the rows say.
Result<leads::Rotations> read_rotations(Connection& db);

/// The same from memory, where the one writing connection has read them before.
Result<std::shared_ptr<leads::Rotations>> known_rotations(Desk& desk);

/// One rule gives one lead.
Result<void> rotate(Desk& desk, const leads::Rotate& rotate);

}  // namespace leadmail::store
