// Rows that go, with all that hangs on them: for pruning and for erasing. Internal to core/store.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/store/transaction.h"

namespace leadmail::store {

/// What stands where something was taken out.
inline constexpr std::string_view kErasedAddress = "erased@erased.invalid";

/// The bytes of a mail as they came; answers how many there were, as stored.
Result<std::int64_t> remove_raw(Connection& db, MailId mail);
/// All that the mail says: what stays is its row with the fingerprint, by which it is known when it comes again.
/// Answers the bytes that went; 0: there was nothing left of it.
Result<std::int64_t> empty_mail(Connection& db, MailId mail);
/// The mail as if it had never come; its ledger rows stay, `ignored` for that reason, and name neither mail nor lead.
Result<void> remove_mail(Connection& db, MailId mail, std::string_view reason);
/// The texts of a mail of the outbox; answers how many bytes went.
Result<std::int64_t> empty_letter(Connection& db, OutboxId id);

/// The mails of a lead, those of leads that were merged into it too.
Result<std::vector<MailId>> mails_of_lead(Connection& db, LeadId lead);
/// The lead with its events, what we wrote because of it, what waits for it. Its mails have to be gone, or emptied:
/// those that are left belong to no lead then.
Result<void> remove_lead(Connection& db, LeadId lead);
/// Leads that were merged into this one, and still are.
Result<std::vector<LeadId>> merged_into(Connection& db, LeadId lead);

/// Each row of the ledger that names this mail or lead: its outcome becomes `ignored`, for that reason, and the sums
/// follow.
Result<void> ignore_rows_of_mail(Connection& db, MailId mail, std::string_view reason);

}  // namespace leadmail::store
