#include "core/store/message_ids.h"

namespace leadmail::store {
namespace {

/// RFC 5322 §2.1.1 allows no line beyond 998; a longer id is no id.
constexpr std::size_t kLongestId = 998;

const Sql kAdd{
    "INSERT INTO message_id (id, lead, mail) VALUES (:id, :lead, :mail)"
    " ON CONFLICT DO UPDATE SET lead = coalesce(lead, excluded.lead), mail = coalesce(mail, excluded.mail)"};
const Sql kAddOurs{
    "INSERT INTO message_id (id, lead, outbox) VALUES (:id, :lead, :outbox)"
    " ON CONFLICT DO UPDATE SET lead = coalesce(excluded.lead, lead), outbox = excluded.outbox"};
const Sql kAddReferred{"INSERT INTO message_id (id, lead) VALUES (:id, :lead) ON CONFLICT DO NOTHING"};
const Sql kAddAlias{
    "INSERT INTO message_id (id, lead, outbox) SELECT :alias, lead, outbox FROM message_id"
    " WHERE id = :id AND outbox IS NOT NULL ON CONFLICT DO NOTHING"};

bool is_usable(std::string_view id) { return !id.empty() && id.size() <= kLongestId; }

}  // namespace

Result<void> add_message_id(Connection& db, std::string_view id, std::optional<LeadId> lead, MailId mail) {
  if (!is_usable(id)) return {};
  return db.query(kAdd).bind(":id", id).bind(":lead", lead).bind(":mail", mail).run();
}

Result<void> add_our_message_id(Connection& db, std::string_view id, std::optional<LeadId> lead, OutboxId outbox) {
  if (!is_usable(id)) return {};
  return db.query(kAddOurs).bind(":id", id).bind(":lead", lead).bind(":outbox", outbox).run();
}

Result<void> add_referred_id(Connection& db, std::string_view id, LeadId lead) {
  if (!is_usable(id)) return {};
  return db.query(kAddReferred).bind(":id", id).bind(":lead", lead).run();
}

Result<void> add_alias(Connection& db, std::string_view id, std::string_view alias) {
  if (!is_usable(alias) || alias == id) return {};
  return db.query(kAddAlias).bind(":id", id).bind(":alias", alias).run();
}

}  // namespace leadmail::store
