#include "core/store/held.h"

#include "core/leads/address.h"
#include "core/store/ledger.h"
#include "core/store/mail_row.h"
#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

using State = leads::HeldMail::State;

constexpr const char* kSlot = "held_list";

const Sql kAdd{"INSERT INTO held (ledger, sender, state, by, changed) VALUES (:ledger, :sender, 'waiting', '', :now)"};
const Sql kRead{
    "SELECT number, state, ledger.mailbox, sender, from_name, from_address, subject,"
    " substr(iif(reply = '', coalesce(text, ''), reply), 1, 2000), reason, received, ledger.lead"
    " FROM held JOIN ledger ON ledger.id = held.ledger JOIN message ON message.id = ledger.mail"
    " WHERE number = :number"};
const Sql kWaiting{"SELECT number FROM held WHERE state = 'waiting' ORDER BY number LIMIT :limit"};
const Sql kCountWaiting{"SELECT count(*) FROM held WHERE state = 'waiting'"};
const Sql kAccepting{"SELECT number FROM held WHERE state = 'accepting' ORDER BY number"};
const Sql kState{"SELECT ledger, state FROM held WHERE number = :number"};
const Sql kSetState{"UPDATE held SET state = :state, by = :by, changed = :now WHERE number = :number"};
const Sql kTaken{"UPDATE held SET state = 'accepted', changed = :now WHERE number = :number AND state = 'accepting'"};
const Sql kBytes{
    "SELECT ledger.id, ledger.mailbox, folder, uid_validity, uid, file, state, received, partial, mail"
    " FROM held JOIN ledger ON ledger.id = held.ledger JOIN message ON message.id = ledger.mail"
    " WHERE number = :number"};
const Sql kBlock{
    "INSERT INTO blocked_sender (pattern, held, by, at) VALUES (:pattern, :held, :by, :now)"
    " ON CONFLICT DO NOTHING"};
const Sql kUnblock{"DELETE FROM blocked_sender WHERE held = :held"};
const Sql kIsBlocked{"SELECT pattern FROM blocked_sender WHERE pattern = :pattern"};
const Sql kMeta{"SELECT value FROM meta WHERE name = :name"};
const Sql kSetMeta{
    "INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT DO UPDATE SET value = excluded.value"};

std::string place_of(std::int64_t number) { return "held mail " + std::to_string(number); }

State state_of(std::string_view name) { return leads::held_state_named(name).value_or(State::waiting); }

struct Standing {
  LedgerId ledger{};
  State state{};
};

Result<Standing> standing_of(Connection& db, std::int64_t number) {
  auto query = db.query(kState);
  auto row = query.bind(":number", number).step();
  if (!row) return std::move(row.error()).in(place_of(number));
  if (!*row) return Error{Next::give_up, "there is no " + place_of(number)};
  return Standing{LedgerId{query.integer(0)}, state_of(query.view(1))};
}

Result<void> set_state(Connection& db, std::int64_t number, State state, const std::string& by, Time now) {
  auto done = db.query(kSetState)
                  .bind(":number", number)
                  .bind(":state", leads::name(state))
                  .bind(":by", by)
                  .bind(":now", now)
                  .run();
  if (!done) return std::move(done.error()).in(place_of(number));
  return {};
}

Result<std::vector<std::int64_t>> numbers_of(Query query) {
  std::vector<std::int64_t> numbers;
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("the holding list");
    if (!*row) return numbers;
    numbers.push_back(query.integer(0));
  }
}

}  // namespace

Result<void> add_held(Connection& db, LedgerId ledger, std::string_view sender, Time now) {
  const auto lower = leads::to_lower(sender);
  auto done = db.query(kAdd).bind(":ledger", ledger).bind(":sender", lower).bind(":now", now).run();
  if (!done) return std::move(done.error()).in("the holding list");
  return {};
}

Result<std::optional<leads::HeldMail>> read_held(Connection& db, std::int64_t number) {
  auto query = db.query(kRead);
  auto row = query.bind(":number", number).step();
  if (!row) return std::move(row.error()).in(place_of(number));
  if (!*row) return std::optional<leads::HeldMail>{};
  return std::optional(leads::HeldMail{.number = query.integer(0),
                                       .state = state_of(query.view(1)),
                                       .mailbox = query.text(2),
                                       .sender = query.text(3),
                                       .from_name = query.text(4),
                                       .from_address = query.text(5),
                                       .subject = query.text(6),
                                       .text = query.text(7),
                                       .reason = query.text(8),
                                       .received = query.time(9),
                                       .lead = query.id<LeadId>(10)});
}

Result<void> accept_held(Connection& db, const leads::AcceptHeld& accepted, Time now) {
  auto standing = standing_of(db, accepted.number);
  if (!standing) return std::move(standing.error());
  if (standing->state != State::waiting && standing->state != State::blocked) {
    return Error{Next::give_up, place_of(accepted.number) + " is accepted already"};
  }
  if (standing->state == State::blocked) {
    if (auto done = db.query(kUnblock).bind(":held", accepted.number).run(); !done) return done;
    auto done = change_outcome(db, standing->ledger, leads::Outcome::ignored, leads::Outcome::held,
                               "was blocked, accepted by " + accepted.by);
    if (!done) return done;
  }
  return set_state(db, accepted.number, State::accepting, accepted.by, now);
}

Result<void> block_held(Connection& db, const leads::BlockHeld& blocked, Time now) {
  auto standing = standing_of(db, blocked.number);
  if (!standing) return std::move(standing.error());
  if (standing->state != State::waiting) {
    return Error{Next::give_up, place_of(blocked.number) + " is decided already"};
  }
  auto done = db.query(kBlock)
                  .bind(":pattern", blocked.pattern)
                  .bind(":held", blocked.number)
                  .bind(":by", blocked.by)
                  .bind(":now", now)
                  .run();
  if (!done) return std::move(done.error()).in(place_of(blocked.number));
  done = change_outcome(db, standing->ledger, leads::Outcome::held, leads::Outcome::ignored,
                        "blocked by " + blocked.by + ": " + blocked.pattern);
  if (!done) return done;
  return set_state(db, blocked.number, State::blocked, blocked.by, now);
}

Result<std::string> blocking_pattern(Connection& db, std::string_view address) {
  for (const auto& pattern : leads::patterns_of(address)) {
    auto query = db.query(kIsBlocked);
    auto row = query.bind(":pattern", pattern).step();
    if (!row) return std::move(row.error()).in("blocked senders");
    if (*row) return pattern;
  }
  return std::string{};
}

Result<std::vector<leads::HeldMail>> BookTransaction::held_waiting(int limit) {
  auto query = db().query(kWaiting);
  query.bind(":limit", limit);
  auto numbers = numbers_of(std::move(query));
  if (!numbers) return std::move(numbers.error());
  std::vector<leads::HeldMail> mails;
  for (const auto number : *numbers) {
    auto mail = read_held(db(), number);
    if (!mail) return std::move(mail.error());
    if (*mail) mails.push_back(std::move(**mail));
  }
  return mails;
}

Result<int> BookTransaction::count_held_waiting() {
  auto query = db().query(kCountWaiting);
  auto row = query.step();
  if (!row) return std::move(row.error()).in("the holding list");
  return static_cast<int>(query.integer(0));
}

Result<std::optional<leads::HeldMail>> BookTransaction::held_mail(std::int64_t number) {
  return read_held(db(), number);
}

Result<std::vector<std::int64_t>> BookTransaction::held_accepting() { return numbers_of(db().query(kAccepting)); }

Result<std::optional<HeldBytes>> BookTransaction::held_bytes(std::int64_t number) {
  HeldBytes found;
  std::optional<MailId> mail;
  {
    auto query = db().query(kBytes);
    auto row = query.bind(":number", number).step();
    if (!row) return std::move(row.error()).in(place_of(number));
    if (!*row) return std::optional<HeldBytes>{};
    found.ledger = LedgerId{query.integer(0)};
    found.place = {.mailbox = query.text(1),
                   .folder = query.text(2),
                   .uid_validity = static_cast<std::uint32_t>(query.integer(3)),
                   .uid = static_cast<std::uint32_t>(query.integer(4)),
                   .file = query.text(5)};
    found.state = state_of(query.view(6));
    found.received = query.time(7);
    found.partial = query.integer(8) != 0;
    mail = query.id<MailId>(9);
  }
  if (!mail) return std::optional(std::move(found));
  auto raw = read_raw(db(), desk_.packer, *mail);
  if (!raw) return std::move(raw.error()).in(place_of(number));
  if (*raw) found.raw = std::move(**raw);
  return std::optional(std::move(found));
}

Result<void> BookTransaction::held_taken(std::int64_t number, Time now) {
  auto done = db().query(kTaken).bind(":number", number).bind(":now", now).run();
  if (!done) return std::move(done.error()).in(place_of(number));
  return {};
}

Result<std::optional<Time>> BookTransaction::held_list_slot() {
  auto query = db().query(kMeta);
  auto row = query.bind(":name", kSlot).step();
  if (!row) return std::move(row.error()).in("the holding list");
  if (!*row) return std::optional<Time>{};
  return parse_rfc3339(query.view(0));
}

Result<void> BookTransaction::set_held_list_slot(Time slot) {
  const auto text = to_rfc3339(slot);
  auto done = db().query(kSetMeta).bind(":name", kSlot).bind(":value", text).run();
  if (!done) return std::move(done.error()).in("the holding list");
  return {};
}

}  // namespace leadmail::store
