// Which of our mails still have to stand in the Sent folder.
#include "core/store/outbox.h"

namespace leadmail::store {
namespace {

constexpr std::chrono::days kWorthwhile{7};

const Sql kWanted{
    "SELECT id FROM outbox WHERE mailbox = :mailbox AND sent_copy = 'wanted' AND created > :since AND next_try IS NULL"
    " AND EXISTS (SELECT 1 FROM recipient WHERE outbox = outbox.id AND state = 'delivered')"
    " AND NOT EXISTS (SELECT 1 FROM recipient WHERE outbox = outbox.id"
    "  AND (state IN ('sending', 'sending-final') OR changed > :before))"
    " ORDER BY id LIMIT :limit"};
const Sql kThere{"UPDATE outbox SET sent_copy = 'there' WHERE id = :outbox AND sent_copy = 'wanted'"};

}  // namespace

Result<std::vector<Claim>> BookTransaction::wanted_sent_copies(const std::string& mailbox, Time before, int limit) {
  std::vector<OutboxId> ids;
  {
    auto query = db().query(kWanted);
    query.bind(":mailbox", mailbox).bind(":since", before - kWorthwhile).bind(":before", before).bind(":limit", limit);
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error()).in("copies for the Sent folder");
      if (!*row) break;
      ids.push_back(OutboxId{query.integer(0)});
    }
  }
  std::vector<Claim> mails;
  for (const auto id : ids) {
    auto mail = read_mail(desk_, id);
    if (!mail) return std::move(mail.error()).in("copies for the Sent folder");
    mails.push_back(std::move(*mail));
  }
  return mails;
}

Result<void> BookTransaction::sent_copy_is_there(OutboxId id) { return db().query(kThere).bind(":outbox", id).run(); }

}  // namespace leadmail::store
