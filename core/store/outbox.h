// Queueing a letter as an effect asks for it. Internal to core/store.
#pragma once

#include <optional>
#include <string_view>

#include "core/store/book.h"
#include "core/store/transaction.h"

namespace leadmail::store {

/// Does it go to people who are not users?
bool goes_outside(const leads::Letter& letter);

/// The mail itself, without its recipients.
Result<Claim> read_mail(Desk& desk, OutboxId id);

/// To be called whenever states of its recipients have changed.
Result<void> refresh_next_try(Connection& db, OutboxId id);

/// A row of the outbox that is about to be written.
struct OutboxRow {
  const Outgoing* mail = nullptr;
  std::string_view kind{};
  std::string_view cause{};
  std::string_view mailbox{};
  std::string_view author{};  ///< user whose words it carries
  std::string_view refused{};
  std::optional<LeadId> lead{};
  bool outside = false;
  bool automatic = false;  ///< the machine wrote it to somebody who is not a user
  bool held = false;
  Time due{};
  Time expires{};
};
/// Adds it with its recipients, all `waiting`.
Result<OutboxId> add_outbox_row(Desk& desk, const OutboxRow& row, Time now);

/// When a mail to this reader may go out, and whether it waits to be merged until then. How many are on their way to
/// him is counted over the last hour.
struct Release {
  Time due{};
  bool held = false;
};
Result<Release> release_for(Connection& db, const Outgoing& mail, std::string_view mailbox, Time due, Time now);

/// Composes the letter and queues it; nothing when its cause has a mail already. `lead` is as it stands now and
/// written; `writer` is the address whose message caused it, or "". Recipients who must not be written to are cancelled
/// at once; of a mail that a user wrote when it is claimed, so that he is told.
Result<std::optional<OutboxId>> queue_letter(Desk& desk, const leads::Letter& letter, const leads::Lead* lead,
                                             Composer& composer, Time now, std::string_view writer);

}  // namespace leadmail::store
