// Leads by the hundred thousand: the rows of those that were made from mail, copied by SQL under other numbers.
#pragma once

#include <cstdint>

#include "core/base/result.h"
#include "core/store/transaction.h"

namespace leadmail::bench {

/// Adds a copy of the leads 1 to `leads` and of everything that hangs on them, behind the last lead, that much later in
/// time. Their numbers of eight digits change wherever they stand in a text: addresses, Message-IDs, subjects. Foreign
/// keys are to be off; runs in the caller's transaction.
Result<void> add_copies(store::Desk& desk, std::uint64_t leads);

}  // namespace leadmail::bench
