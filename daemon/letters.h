// Letter -> bytes: the words from the templates, the lead as it stands inside the transaction, our signed addresses and
// ids. Pure but for nothing: time, lead and attachments are given, so the same cause always gives the same mail.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/leads/letter.h"
#include "core/store/book.h"
#include "daemon/engine.h"
#include "mail/message/compose.h"

namespace leadmail::daemon {

class LetterWriter : public store::Composer {
 public:
  /// All references outlive it. `inquiry`: the message that causes the letters, if one does; `brought`: what was in it,
  /// attachments with their content.
  LetterWriter(const Settings& settings, Time now, const leads::Inquiry* inquiry = nullptr,
               const mail::message::Content* brought = nullptr)
      : settings_(settings), now_(now), inquiry_(inquiry), brought_(brought) {}

  /// Error (give_up): a mailbox or a user that is not in the config, nobody to write to, or an address that is none.
  Result<store::Outgoing> compose(const leads::Letter& letter, const leads::Lead* lead) override;
  /// The text of each under its subject, and each as it is attached, so that it can be opened and answered.
  Result<store::Outgoing> merge(const std::string& reader, const std::vector<store::Claim>& mails) override;

 private:
  const Settings& settings_;
  Time now_;
  const leads::Inquiry* inquiry_;
  const mail::message::Content* brought_;
};

/// One recipient of one mail was given up: records it and tells whom it concerns, in the same transaction. True: a mail
/// was made.
Result<bool> tell_undelivered(store::Transaction& transaction, const Settings& settings, const store::Claim& claim,
                              const store::AttemptResult& result, Time now);

/// Recipients who must not be contacted: its author is told, in the same transaction.
Result<void> tell_withheld(store::Transaction& transaction, const Settings& settings, const store::Claim& claim,
                           Time now);

}  // namespace leadmail::daemon
