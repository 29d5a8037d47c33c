// Queueing a letter as an effect asks for it. Internal to core/store.
#pragma once

#include <optional>
#include <string_view>

#include "core/store/book.h"
#include "core/store/transaction.h"

namespace leadmail::store {

/// Does it go to people who are not users?
bool goes_outside(const leads::Letter& letter);

/// Composes the letter and queues it; nothing when its cause has a mail already. `lead` is as it stands now and
/// written; `writer` is the address whose message caused it, or "". Recipients who must not be written to are cancelled
/// at once.
Result<std::optional<OutboxId>> queue_letter(Desk& desk, const leads::Letter& letter, const leads::Lead* lead,
                                             Composer& composer, Time now, std::string_view writer);

}  // namespace leadmail::store
