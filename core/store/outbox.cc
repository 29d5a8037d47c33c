// Mail we promised to send: queued with its cause, claimed by a sender, each recipient's fate kept by itself.
#include "core/store/outbox.h"

#include <algorithm>

#include "core/leads/address.h"
#include "core/store/message_ids.h"

namespace leadmail::store {
namespace {

const Sql kHasCause{"SELECT 1 FROM outbox WHERE cause = :cause"};
const Sql kAdd{
    "INSERT INTO outbox (lead, kind, cause, mailbox, message_id, mail_from, outside, author, refused, reader, held,"
    " words, sent_copy, content, created, due, expires, next_try)"
    " VALUES (:lead, :kind, :cause, :mailbox, :message_id, :mail_from, :outside, :author, :refused, :reader, :held,"
    " :words, iif(:belongs_in_sent, 'wanted', ''), :content, :now, :due, :expires, :due)"};
const Sql kAddRecipient{
    "INSERT INTO recipient (outbox, rcpt_to, state, next_try, changed, automatic, created)"
    " VALUES (:outbox, :rcpt_to, 'waiting', :due, :now, :automatic, :now) ON CONFLICT DO NOTHING"};
const Sql kWhyNot{
    "SELECT CASE"
    " WHEN EXISTS (SELECT 1 FROM lead WHERE id = :lead AND status = 'do-not-contact') THEN 'do not contact'"
    " WHEN EXISTS (SELECT 1 FROM contact_address JOIN lead ON lead.id = contact_address.lead"
    "              WHERE address = :address AND status = 'do-not-contact') THEN 'do not contact'"
    " WHEN :kind = 'answer' THEN NULL"
    " WHEN :kind = 'newsletter' AND EXISTS (SELECT 1 FROM contact_address JOIN lead ON lead.id = contact_address.lead"
    "              WHERE address = :address AND json_extract(fields, '$.newsletter') = 'no') THEN 'wants no "
    "newsletters'"
    " ELSE (SELECT 'dead address: ' || why FROM address_state WHERE address = :address AND dead = 1) END"};
const Sql kOutside{"SELECT lead, kind FROM outbox WHERE id = :outbox AND outside = 1"};
const Sql kCancelRecipient{
    "UPDATE recipient SET state = 'cancelled', reply = :why, changed = :now WHERE outbox = :outbox AND rcpt_to = "
    ":rcpt_to"};
const Sql kRefreshNextTry{
    "UPDATE outbox SET next_try = (SELECT min(next_try) FROM recipient WHERE outbox = :outbox"
    " AND state IN ('waiting', 'deferred')) WHERE id = :outbox"};
const Sql kDue{
    "SELECT id, lead, kind, outside FROM outbox WHERE mailbox = :mailbox AND next_try <= :now AND held = 0"
    " ORDER BY next_try, id LIMIT :limit"};
const Sql kDueRecipients{
    "SELECT rcpt_to, attempts FROM recipient WHERE outbox = :outbox AND state IN ('waiting', 'deferred')"
    " AND next_try <= :now"};
const Sql kSend{
    "UPDATE recipient SET state = 'sending', attempts = attempts + 1, changed = :now WHERE outbox = :outbox"
    " AND state IN ('waiting', 'deferred') AND next_try <= :now"};
const Sql kMail{
    "SELECT kind, mailbox, lead, message_id, mail_from, content, expires, author, cause FROM outbox WHERE id = "
    ":outbox"};
const Sql kFinal{
    "UPDATE recipient SET state = 'sending-final' WHERE outbox = :outbox AND rcpt_to = :rcpt_to AND state = 'sending'"};
// What is settled stays settled.
// Back to `waiting` means that it was not tried after all, so the attempt that claim_due() counted is none.
const Sql kRecord{
    "UPDATE recipient SET state = :state, reply = :reply, next_try = iif(:keeps_place, created, :next_try),"
    " changed = :now,"
    " attempts = max(0, attempts - (:state = 'waiting' AND state <> 'unknown')), unknowns = unknowns + (:state = "
    "'unknown'), settled = 0"
    " WHERE outbox = :outbox AND rcpt_to = :rcpt_to AND state NOT IN ('delivered', 'failed', 'cancelled')"};
const Sql kInterrupted{
    "SELECT DISTINCT outbox FROM recipient WHERE state NOT IN ('delivered', 'cancelled')"
    " AND state IN ('sending', 'sending-final')"};
const Sql kRecoverSending{
    "UPDATE recipient SET state = 'waiting', next_try = :now, changed = :now"
    " WHERE outbox = :outbox AND state = 'sending'"};
const Sql kRecoverFinal{
    "UPDATE recipient SET state = 'unknown', reply = 'cut off before the answer came', changed = :now,"
    " unknowns = unknowns + 1, settled = 0"
    " WHERE outbox = :outbox AND state = 'sending-final'"};
const Sql kRecent{
    "SELECT outbox.id, outbox.kind, recipient.rcpt_to, recipient.changed FROM recipient JOIN outbox ON outbox.id = "
    "recipient.outbox"
    " WHERE recipient.attempts > 0 AND recipient.changed >= :since AND mailbox = :mailbox"
    " AND recipient.state IN ('delivered', 'deferred', 'failed', 'unknown', 'sending-final')"
    " ORDER BY recipient.changed DESC, outbox.id LIMIT :limit"};
const Sql kUnknown{
    "SELECT outbox, rcpt_to, attempts, changed, unknowns FROM recipient JOIN outbox ON outbox.id = recipient.outbox"
    " WHERE state NOT IN ('delivered', 'cancelled') AND state = 'unknown' AND settled = 0 AND mailbox = :mailbox"
    " ORDER BY outbox, rcpt_to"};
const Sql kSettle{
    "UPDATE recipient SET settled = 1, reply = :why WHERE outbox = :outbox AND rcpt_to = :rcpt_to AND state = "
    "'unknown'"};
const Sql kMet{
    "SELECT 1 FROM message_id JOIN ledger ON ledger.mail = message_id.mail"
    " WHERE message_id.id = :id AND ledger.outcome = 'own'"
    " UNION ALL"
    " SELECT 1 FROM message_id AS ours JOIN message_id AS named ON named.outbox = ours.outbox"
    " JOIN ledger ON ledger.mail = named.mail"
    " WHERE ours.id = :id AND ours.outbox IS NOT NULL AND named.outbox IS NOT NULL AND ledger.outcome = 'own' LIMIT 1"};
const Sql kNextDue{"SELECT min(next_try) FROM outbox WHERE mailbox = :mailbox AND next_try IS NOT NULL"};
const Sql kRetry{
    "UPDATE recipient SET state = 'waiting', next_try = :now, changed = :now WHERE outbox = :outbox"
    " AND state IN ('deferred', 'failed', 'unknown') AND EXISTS (SELECT 1 FROM outbox WHERE id = :outbox AND content "
    "<> "
    "x'')"};
// Who asks again has read the mail's age: it gets another day.
const Sql kExtend{"UPDATE outbox SET expires = max(expires, :now + 86400) WHERE id = :outbox"};
const Sql kCancel{
    "UPDATE recipient SET state = 'cancelled', reply = 'cancelled by an administrator', changed = :now"
    " WHERE outbox = :outbox AND state IN ('waiting', 'deferred', 'failed', 'unknown')"};

/// How long a letter is worth sending when nobody said.
constexpr std::chrono::hours life_of(leads::LetterKind kind) {
  using leads::LetterKind;
  switch (kind) {
    case LetterKind::ack:
    case LetterKind::result:
    case LetterKind::show:
    case LetterKind::list:
    case LetterKind::digest:
    case LetterKind::reminder:
    case LetterKind::catchup: return std::chrono::hours{24};
    case LetterKind::proposal:
    case LetterKind::conversion:
    case LetterKind::newsletter:
    case LetterKind::notice:
    case LetterKind::offer:
    case LetterKind::overdue:
    case LetterKind::copy:
    case LetterKind::invitation:
    case LetterKind::meeting:
    case LetterKind::rsvp:
    case LetterKind::escalation:
    case LetterKind::merged:
    case LetterKind::held:
    case LetterKind::alert: return std::chrono::hours{3 * 24};
    case LetterKind::answer:
    case LetterKind::bounced: return std::chrono::hours{5 * 24};
  }
  return std::chrono::hours{24};
}

constexpr std::string_view kDoNotContact = "do not contact";

/// Do Not Contact and dead addresses are enforced here, for every path: when a mail is queued and again when it is
/// claimed, for much may happen between. A rep's own answer still goes to an address that bounced once. Returns those
/// who must not be contacted.
Result<std::vector<std::string>> cancel_forbidden(Connection& db, OutboxId id, std::optional<LeadId> lead,
                                                  std::string_view kind, const std::vector<std::string>& rcpt_to,
                                                  Time now) {
  std::vector<std::string> not_contacted;
  for (const auto& recipient : rcpt_to) {
    const auto address = leads::to_lower(recipient);
    auto query = db.query(kWhyNot);
    auto row = query.bind(":lead", lead).bind(":kind", kind).bind(":address", address).step();
    if (!row) return std::move(row.error());
    if (query.is_null(0)) continue;
    const auto why = query.text(0);
    auto done = db.query(kCancelRecipient)
                    .bind(":outbox", id)
                    .bind(":rcpt_to", recipient)
                    .bind(":why", why)
                    .bind(":now", now)
                    .run();
    if (!done) return std::move(done.error());
    if (why == kDoNotContact) not_contacted.push_back(recipient);
  }
  if (auto done = refresh_next_try(db, id); !done) return std::move(done.error());
  return not_contacted;
}

/// The same question of one mail, asked once more before the server is told to take it; empty: it may go.
Result<std::string> why_forbidden(Connection& db, OutboxId id, std::string_view recipient) {
  auto mail = db.query(kOutside);
  auto row = mail.bind(":outbox", id).step();
  if (!row) return std::move(row.error());
  if (!*row) return std::string{};
  auto query = db.query(kWhyNot);
  auto answer = query.bind(":lead", mail.id<LeadId>(0))
                    .bind(":kind", mail.text(1))
                    .bind(":address", leads::to_lower(recipient))
                    .step();
  if (!answer) return std::move(answer.error());
  return query.is_null(0) ? std::string{} : query.text(0);
}

Result<std::vector<Claim::Recipient>> due_recipients(Connection& db, OutboxId id, Time now) {
  std::vector<Claim::Recipient> recipients;
  auto query = db.query(kDueRecipients);
  query.bind(":outbox", id).bind(":now", now);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return recipients;
    recipients.push_back({.rcpt_to = query.text(0), .attempts = static_cast<int>(query.integer(1))});
  }
}

struct DueMail {
  OutboxId id{};
  std::optional<LeadId> lead{};
  std::string kind{};
  bool outside = false;
};

Result<std::vector<DueMail>> due_mails(Connection& db, const std::string& mailbox, Time now, int limit) {
  std::vector<DueMail> due;
  auto query = db.query(kDue);
  query.bind(":mailbox", mailbox).bind(":now", now).bind(":limit", limit);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return due;
    due.push_back({.id = OutboxId{query.integer(0)},
                   .lead = query.id<LeadId>(1),
                   .kind = query.text(2),
                   .outside = query.integer(3) != 0});
  }
}

/// The mail with its due recipients, now `sending`; nothing when none of them may be written to and nobody is to be
/// told.
Result<std::optional<Claim>> claim(Desk& desk, const DueMail& mail, Time now) {
  auto& db = *desk.db;
  std::vector<std::string> withheld;
  auto recipients = due_recipients(db, mail.id, now);
  if (recipients && mail.outside) {
    std::vector<std::string> rcpt_to;
    for (const auto& recipient : *recipients) rcpt_to.push_back(recipient.rcpt_to);
    auto cancelled = cancel_forbidden(db, mail.id, mail.lead, mail.kind, rcpt_to, now);
    if (!cancelled) return std::move(cancelled.error());
    withheld = std::move(*cancelled);
    recipients = due_recipients(db, mail.id, now);
  }
  if (!recipients) return std::move(recipients.error());
  auto sending = db.query(kSend).bind(":outbox", mail.id).bind(":now", now).run();
  if (sending) sending = refresh_next_try(db, mail.id);
  if (!sending) return std::move(sending.error());
  if (recipients->empty() && withheld.empty()) return std::optional<Claim>{};

  auto claimed = read_mail(desk, mail.id);
  if (!claimed) return std::move(claimed.error());
  if (!claimed->author.empty()) claimed->withheld = std::move(withheld);
  if (recipients->empty() && claimed->withheld.empty()) return std::optional<Claim>{};
  claimed->since = now;
  claimed->recipients = std::move(*recipients);
  for (auto& recipient : claimed->recipients) ++recipient.attempts;
  return std::optional(std::move(*claimed));
}

bool is_state(std::string_view state) {
  constexpr std::string_view kStates[] = {"waiting", "deferred", "delivered", "failed", "unknown", "cancelled"};
  return std::ranges::find(kStates, state) != std::end(kStates);
}

Result<std::optional<Time>> one_time(Query& query) {
  auto row = query.step();
  if (!row) return std::move(row.error());
  if (!*row || query.is_null(0)) return std::optional<Time>{};
  return std::optional(query.time(0));
}

}  // namespace

Result<void> refresh_next_try(Connection& db, OutboxId id) {
  return db.query(kRefreshNextTry).bind(":outbox", id).run();
}

Result<Claim> read_mail(Desk& desk, OutboxId id) {
  auto query = desk.db->query(kMail);
  auto row = query.bind(":outbox", id).step();
  if (!row) return std::move(row.error());
  if (!*row) return Error{Next::give_up, "no such mail in the outbox"};
  Claim claim{.id = id,
              .kind = query.text(0),
              .cause = query.text(8),
              .mailbox = query.text(1),
              .lead = query.id<LeadId>(2),
              .message_id = query.text(3),
              .mail_from = query.text(4),
              .author = query.text(7),
              .expires = query.time(6)};
  if (auto done = desk.packer.unpack(query.view(5), claim.bytes); !done) return std::move(done.error());
  return claim;
}

Result<OutboxId> add_outbox_row(Desk& desk, const OutboxRow& row, Time now) {
  auto& db = *desk.db;
  auto content = desk.packer.pack(row.mail->bytes);
  if (!content) return std::move(content.error());
  auto done = db.query(kAdd)
                  .bind(":lead", row.lead)
                  .bind(":kind", row.kind)
                  .bind(":cause", row.cause)
                  .bind(":mailbox", row.mailbox)
                  .bind(":message_id", row.mail->message_id)
                  .bind(":mail_from", row.mail->mail_from)
                  .bind(":outside", row.outside)
                  .bind(":author", row.author)
                  .bind(":refused", row.refused)
                  .bind(":reader", row.mail->reader)
                  .bind(":held", row.held)
                  .bind(":words", row.mail->words)
                  .bind(":belongs_in_sent", row.mail->belongs_in_sent)
                  .bind(":content", Blob{*content})
                  .bind(":now", now)
                  .bind(":due", row.due)
                  .bind(":expires", row.expires)
                  .run();
  if (!done) return std::move(done.error());
  const OutboxId id{db.last_insert_id()};
  for (const auto& recipient : row.mail->rcpt_to) {
    done = db.query(kAddRecipient)
               .bind(":outbox", id)
               .bind(":rcpt_to", recipient)
               .bind(":due", row.due)
               .bind(":now", now)
               .bind(":automatic", row.automatic)
               .run();
    if (!done) return std::move(done.error());
  }
  if (done = add_our_message_id(db, row.mail->message_id, row.lead, id); !done) return std::move(done.error());
  if (row.lead && !row.mail->calendar_uid.empty()) {
    if (done = add_referred_id(db, row.mail->calendar_uid, *row.lead); !done) return std::move(done.error());
  }
  return id;
}

bool goes_outside(const leads::Letter& letter) {
  using leads::LetterKind;
  return letter.to_user.empty() && letter.kind != LetterKind::alert && letter.kind != LetterKind::held &&
         letter.kind != LetterKind::conversion;
}

namespace {

/// Whose mail it is, as far as it is a person's.
std::string_view author_of(const leads::Letter& letter) {
  return letter.on_behalf_of.empty() && letter.meeting ? std::string_view(letter.meeting->by)
                                                       : std::string_view(letter.on_behalf_of);
}

}  // namespace

Result<std::optional<OutboxId>> queue_letter(Desk& desk, const leads::Letter& letter, const leads::Lead* lead,
                                             Composer& composer, Time now, std::string_view writer) {
  auto& db = *desk.db;
  auto known = db.query(kHasCause).bind(":cause", letter.cause).step();
  if (!known) return std::move(known.error());
  if (*known) return std::optional<OutboxId>{};

  auto mail = composer.compose(letter, lead);
  if (!mail) return std::move(mail.error()).in("composing");
  if (mail->rcpt_to.empty()) return Error{Next::give_up, "a letter to nobody"};

  const bool outside = goes_outside(letter);
  const Time wanted = letter.due == Time{} ? now : letter.due;
  auto release = release_for(db, *mail, letter.mailbox, wanted, now);
  if (!release) return std::move(release.error());
  std::optional<LeadId> lead_id;
  if (lead) lead_id = lead->id;
  const OutboxRow row{
      .mail = &*mail,
      .kind = leads::name(letter.kind),
      .cause = letter.cause,
      .mailbox = letter.mailbox,
      .author = outside ? author_of(letter) : std::string_view{},
      .refused = letter.is_unbelieved ? writer : std::string_view{},
      .lead = lead_id,
      .outside = outside,
      .automatic = outside && letter.kind != leads::LetterKind::answer && letter.kind != leads::LetterKind::newsletter,
      .held = release->held,
      .due = release->due,
      .expires = letter.expires == Time{} ? release->due + life_of(letter.kind) : letter.expires};
  auto id = add_outbox_row(desk, row, now);
  if (!id) return std::move(id.error());
  if (outside && row.author.empty()) {
    auto cancelled = cancel_forbidden(db, *id, lead_id, row.kind, mail->rcpt_to, now);
    if (!cancelled) return std::move(cancelled.error());
  }
  return std::optional(*id);
}

Result<std::string> BookTransaction::why_not_write(leads::LetterKind kind, LeadId lead, std::string_view address) {
  const auto wanted = leads::to_lower(address);
  auto query = db().query(kWhyNot);
  auto row = query.bind(":lead", lead).bind(":kind", leads::name(kind)).bind(":address", wanted).step();
  if (!row) return std::move(row.error()).in("asking whether to write");
  return query.is_null(0) ? std::string{} : query.text(0);
}

Result<bool> BookTransaction::has_cause(std::string_view cause) {
  return db().query(kHasCause).bind(":cause", cause).step();
}

Result<std::vector<Claim>> BookTransaction::claim_due(const std::string& mailbox, Time now, int limit) {
  std::vector<Claim> claims;
  // Mails that turn out to be forbidden make room for others; each round settles at least one mail.
  while (static_cast<int>(claims.size()) < limit) {
    auto due = due_mails(db(), mailbox, now, limit - static_cast<int>(claims.size()));
    if (!due) return std::move(due.error()).in("claiming mail");
    if (due->empty()) break;
    for (const auto& mail : *due) {
      auto claimed = claim(desk_, mail, now);
      if (!claimed) return std::move(claimed.error()).in("claiming outbox row " + std::to_string(mail.id.value));
      if (*claimed) claims.push_back(std::move(**claimed));
    }
  }
  return claims;
}

Result<void> BookTransaction::mark_sending_final(OutboxId id, const std::vector<std::string>& rcpt_to) {
  for (const auto& recipient : rcpt_to) {
    auto why = why_forbidden(db(), id, recipient);
    if (why && !why->empty()) why = Error{Next::give_up, *why};
    if (!why) return std::move(why.error()).in("outbox row " + std::to_string(id.value));
  }
  for (const auto& recipient : rcpt_to) {
    auto done = db().query(kFinal).bind(":outbox", id).bind(":rcpt_to", recipient).run();
    if (done && db().changes() != 1) done = Error{Next::give_up, "a recipient is not being spoken to"};
    if (!done) return std::move(done.error()).in("outbox row " + std::to_string(id.value));
  }
  return {};
}

Result<void> BookTransaction::record_attempt(OutboxId id, Time now, const std::vector<AttemptResult>& results) {
  for (const auto& result : results) {
    if (!is_state(result.state)) return Error{Next::give_up, "no such state of a recipient: " + result.state};
    auto done = db().query(kRecord)
                    .bind(":outbox", id)
                    .bind(":rcpt_to", result.rcpt_to)
                    .bind(":state", result.state)
                    .bind(":reply", result.reply)
                    .bind(":next_try", std::max(result.next_try, now))
                    .bind(":keeps_place", result.keeps_place && result.state == "waiting")
                    .bind(":now", now)
                    .run();
    if (!done) return std::move(done.error()).in("outbox row " + std::to_string(id.value));
  }
  return refresh_next_try(db(), id);
}

Result<int> BookTransaction::recover_interrupted(Time now) {
  std::vector<OutboxId> interrupted;
  {
    auto query = db().query(kInterrupted);
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error()).in("interrupted sends");
      if (!*row) break;
      interrupted.emplace_back(OutboxId{query.integer(0)});
    }
  }
  int unknown = 0;
  for (const auto id : interrupted) {
    auto done = db().query(kRecoverSending).bind(":outbox", id).bind(":now", now).run();
    if (done) done = db().query(kRecoverFinal).bind(":outbox", id).bind(":now", now).run();
    if (done) unknown += db().changes();
    if (done) done = refresh_next_try(db(), id);
    if (!done) return std::move(done.error()).in("outbox row " + std::to_string(id.value));
  }
  return unknown;
}

Result<std::vector<Claim>> BookTransaction::unknown_sends(const std::string& mailbox) {
  std::vector<Claim> claims;
  auto query = db().query(kUnknown);
  query.bind(":mailbox", mailbox);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("unknown sends");
    if (!*row) return claims;
    const OutboxId id{query.integer(0)};
    if (claims.empty() || claims.back().id != id) {
      auto mail = read_mail(desk_, id);
      if (!mail) return std::move(mail.error()).in("outbox row " + std::to_string(id.value));
      mail->since = query.time(3);
      claims.push_back(std::move(*mail));
    }
    claims.back().recipients.push_back({.rcpt_to = query.text(1),
                                        .attempts = static_cast<int>(query.integer(2)),
                                        .times_unknown = static_cast<int>(query.integer(4))});
  }
}

Result<std::vector<PastSend>> BookTransaction::recent_sends(const std::string& mailbox, Time since, int limit) {
  std::vector<PastSend> sends;
  auto query = db().query(kRecent);
  query.bind(":mailbox", mailbox).bind(":since", since).bind(":limit", limit);
  std::int64_t last = 0;
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("what left lately");
    if (!*row) break;
    const Time at = query.time(3);
    if (sends.empty() || query.integer(0) != last || sends.back().at != at) sends.push_back({query.text(1), {}, at});
    last = query.integer(0);
    sends.back().rcpt_to.push_back(query.text(2));
  }
  std::ranges::reverse(sends);
  return sends;
}

Result<void> BookTransaction::settle_unknown(OutboxId id, const std::string& rcpt_to, std::string_view why) {
  return db().query(kSettle).bind(":outbox", id).bind(":rcpt_to", rcpt_to).bind(":why", why).run();
}

Result<bool> BookTransaction::was_met(std::string_view message_id) {
  return db().query(kMet).bind(":id", message_id).step();
}

Result<std::optional<Time>> BookTransaction::next_due_send(const std::string& mailbox) {
  auto query = db().query(kNextDue);
  query.bind(":mailbox", mailbox);
  return one_time(query);
}

Result<int> BookTransaction::retry_outbox(OutboxId id, Time now) {
  auto done = db().query(kRetry).bind(":outbox", id).bind(":now", now).run();
  const int changed = done ? db().changes() : 0;
  if (changed > 0) done = db().query(kExtend).bind(":outbox", id).bind(":now", now).run();
  if (done) done = refresh_next_try(db(), id);
  if (!done) return std::move(done.error()).in("outbox row " + std::to_string(id.value));
  return changed;
}

Result<int> BookTransaction::cancel_outbox(OutboxId id, Time now) {
  auto done = db().query(kCancel).bind(":outbox", id).bind(":now", now).run();
  const int changed = done ? db().changes() : 0;
  if (done) done = refresh_next_try(db(), id);
  if (!done) return std::move(done.error()).in("outbox row " + std::to_string(id.value));
  return changed;
}

}  // namespace leadmail::store
