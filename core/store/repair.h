// What a person put right about threading, as rows. Internal to core/store.
#pragma once

#include <functional>

#include "core/store/book.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

Result<void> keep_repair(Connection& db, const leads::KeepRepair& repair, LeadId target, Time now);
Result<void> end_repair(Connection& db, std::int64_t number, Time now);
/// The mail, its sightings, its Message-ID and what we sent because of it.
Result<void> move_mail(Connection& db, const leads::MoveMail& move, LeadId to);
Result<void> learn(Connection& db, const leads::Learn& lesson, LeadId to);
/// Repairs from or to a lead, oldest first.
Result<void> read_repairs(Connection& db, LeadId lead, const std::function<bool(const RepairRow&)>& each);

}  // namespace leadmail::store
