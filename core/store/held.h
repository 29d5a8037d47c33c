// The holding list and the senders that were blocked from it. Internal to core/store.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/leads/decide.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

/// A new mail of the list; it waits.
Result<void> add_held(Connection& db, LedgerId ledger, std::string_view sender, Time now);
Result<std::optional<leads::HeldMail>> read_held(Connection& db, std::int64_t number);

/// Marks it to be taken once more, lifts the block that it caused and makes its ledger row `held` again until then.
/// Error give_up: it has been accepted already.
Result<void> accept_held(Connection& db, const leads::AcceptHeld& accepted, Time now);
/// Ignores it and its sender from now on. Error give_up: it does not wait.
Result<void> block_held(Connection& db, const leads::BlockHeld& blocked, Time now);

/// The pattern under which mail of this address is blocked; empty when it is not.
Result<std::string> blocking_pattern(Connection& db, std::string_view address);

}  // namespace leadmail::store
