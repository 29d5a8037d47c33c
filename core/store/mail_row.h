// A mail that we keep: what was understood, its ids, its words, its bytes. Internal to core/store.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/store/transaction.h"

namespace leadmail::store {

/// What the decision says of a mail.
struct MailFate {
  std::string_view direction{};
  std::optional<LeadId> lead{};
  bool is_of_one_lead = true;  ///< false: its Message-ID names no lead
  bool was_read = true;        ///< false: quarantined; what little is known of it stays out of the full-text index
};

/// Adds the mail with its bytes, its Message-IDs and, when it belongs to a lead, its words to the full-text index.
Result<MailId> add_mail(Desk& desk, const Incoming& incoming, const MailFate& fate);
/// A mail that could be read at last: its texts, ids and words take the place of the little that was known.
Result<void> complete_mail(Desk& desk, MailId mail, const Incoming& incoming, const MailFate& fate);
/// Other bytes take the place of those that are kept of a mail.
Result<void> replace_raw(Desk& desk, MailId mail, std::string_view raw);
Result<Time> received_of(Connection& db, MailId mail);
/// The first mail with this fingerprint.
Result<std::optional<MailId>> first_mail(Connection& db, std::string_view fingerprint);
/// The bytes as they came; nothing when none are kept.
Result<std::optional<std::string>> read_raw(Connection& db, Packer& packer, MailId mail);

}  // namespace leadmail::store
