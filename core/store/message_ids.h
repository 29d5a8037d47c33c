// Which Message-ID names which lead. Internal to core/store.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

/// A mail that came. An id that names a lead already keeps it: whoever was first owns it.
Result<void> add_message_id(Connection& db, std::string_view id, std::optional<LeadId> lead, MailId mail);
/// A mail of ours that goes out.
Result<void> add_our_message_id(Connection& db, std::string_view id, std::optional<LeadId> lead, OutboxId outbox);
/// A mail that a mail of the lead refers to; nothing happens when it is known.
Result<void> add_referred_id(Connection& db, std::string_view id, LeadId lead);

/// `alias` is what a server calls our mail `id`: it names the same lead and the same mail of the outbox. Nothing when
/// we know no mail of ours by `id`.
Result<void> add_alias(Connection& db, std::string_view id, std::string_view alias);

}  // namespace leadmail::store
