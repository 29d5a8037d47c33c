// What users' commands did and ask: deeds that can be taken back, days on which a user is away, mails that wait for
// their writer's word. Internal to core/store.
#pragma once

#include <cstdint>
#include <optional>

#include "core/leads/asked.h"
#include "core/leads/decide.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

Result<void> keep_deed(Connection& db, const leads::KeepDeed& deed, Time now);
/// Error give_up: there is no such deed, or it was taken back already. What it said of absences ends.
Result<void> end_deed(Connection& db, std::int64_t number, Time now);
Result<void> add_deed_event(Connection& db, std::int64_t deed, std::int64_t event);
Result<void> add_deed_mail(Connection& db, std::int64_t deed, OutboxId mail);
/// Recipients that nobody has spoken to yet get nothing.
Result<void> cancel_mail(Connection& db, OutboxId mail, Time now);

/// A user says when he is away; what he said before no longer counts.
Result<void> mark_away(Connection& db, const leads::MarkAway& away, std::optional<std::int64_t> deed);
/// Absences that are not over yet anywhere.
Result<leads::Absences> read_absences(Connection& db, Time now);

Result<void> add_awaited(Connection& db, LedgerId ledger, const leads::AwaitConfirmation& awaited, Time now);
/// Error give_up: it does not wait.
Result<void> confirm_awaited(Connection& db, const leads::Confirm& confirmed);

}  // namespace leadmail::store
