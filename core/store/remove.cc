#include "core/store/remove.h"

#include <algorithm>
#include <array>

#include "core/store/lead_row.h"
#include "core/store/ledger.h"
#include "core/store/mail_row.h"
#include "core/store/search.h"

namespace leadmail::store {
namespace {

const Sql kSizeOfRaw{"SELECT coalesce(sum(length(bytes)), 0) FROM raw WHERE mail = :mail"};
const Sql kDropRaw{"DELETE FROM raw WHERE mail = :mail"};
const Sql kTexts{"SELECT subject, from_name, from_address, reply, signature, text, lead FROM message WHERE id = :mail"};
const Sql kEmpty{
    "UPDATE message SET lead = NULL, from_name = '', from_address = '', subject = '', subject_key = '',"
    " conversation = '', reply = '', signature = '', text = NULL WHERE id = :mail"};
const Sql kDropMail{"DELETE FROM message WHERE id = :mail"};
const Sql kDropRepairedMail{"DELETE FROM repaired_mail WHERE mail = :mail"};
const Sql kDropIdsOfMail{"DELETE FROM message_id WHERE mail = :mail AND outbox IS NULL"};
const Sql kFreeIdsOfMail{"UPDATE message_id SET mail = NULL WHERE mail = :mail"};
const Sql kRowsOfMail{"SELECT id FROM ledger WHERE mail = :mail AND mail IS NOT NULL"};
const Sql kForgetMail{"UPDATE ledger SET lead = NULL, mail = NULL, kind = '', evidence = '[]' WHERE id = :id"};
// A block of a whole domain outlives the mail for which it was said.
const Sql kDropHeld{"DELETE FROM held WHERE ledger = :id AND state IN ('waiting', 'accepting')"};
const Sql kForgetSender{"UPDATE held SET sender = '' WHERE ledger = :id"};
const Sql kDropAwaited{"DELETE FROM awaited WHERE ledger = :id"};
const Sql kSizeOfLetter{"SELECT length(content) + length(words) FROM outbox WHERE id = :id AND content <> x''"};
const Sql kEmptyLetter{"UPDATE outbox SET content = x'', words = '' WHERE id = :id"};

const Sql kMailsOfLead{"SELECT id FROM message WHERE lead = :lead AND lead IS NOT NULL ORDER BY id"};
const Sql kMergedInto{
    "SELECT source FROM repair WHERE target = :lead AND verb = 'merge' AND undone IS NULL AND source <> :lead"};
const Sql kEventsOfLead{"SELECT id FROM event WHERE lead = :lead ORDER BY id"};
const Sql kDropDeedEvent{"DELETE FROM deed_event WHERE event = :event"};
const Sql kDropEvents{"DELETE FROM event WHERE lead = :lead"};
// Its number would be given again, and a digest that has got further would pass over what bears it.
const Sql kTurnBackDigests{"UPDATE digest SET event = min(event, (SELECT coalesce(max(id), 0) FROM event))"};
const Sql kLettersOfLead{"SELECT id FROM outbox WHERE lead = :lead AND lead IS NOT NULL ORDER BY id"};
const Sql kLastLetter{"SELECT max(id) FROM outbox"};
const Sql kDropRecipients{"DELETE FROM recipient WHERE outbox = :id"};
const Sql kDropDeedMail{"DELETE FROM deed_mail WHERE outbox = :id"};
const Sql kDropIdsOfLetter{"DELETE FROM message_id WHERE outbox = :id"};
const Sql kDropLetter{"DELETE FROM outbox WHERE id = :id"};
const Sql kStubLetter{
    "UPDATE outbox SET lead = NULL, content = x'', words = '', refused = '', held = 0, sent_copy = '', next_try = NULL"
    " WHERE id = :id"};
const Sql kStubRecipient{
    "INSERT INTO recipient (outbox, rcpt_to, state, next_try, changed, automatic, created)"
    " SELECT id, :address, 'cancelled', created, created, 0, created FROM outbox WHERE id = :id"};
const Sql kRepairsOfLead{"SELECT id FROM repair WHERE source = :lead OR target = :lead"};
const Sql kDropMoved{"DELETE FROM repaired_mail WHERE repair = :repair"};
const Sql kUnpin{"UPDATE message_id SET repair = NULL WHERE repair = :repair AND repair IS NOT NULL"};
const Sql kUnlearn{"DELETE FROM correction WHERE repair = :repair"};
const Sql kFreeDeeds{"UPDATE deed SET repair = NULL WHERE repair = :repair AND repair IS NOT NULL"};
const Sql kDropRepair{"DELETE FROM repair WHERE id = :repair"};
const Sql kCount{
    "INSERT INTO lead_count (owner, status, leads) SELECT owner, status, -1 FROM lead WHERE id = :lead"
    " ON CONFLICT DO UPDATE SET leads = leads + excluded.leads"};
const Sql kDropCorrections{"DELETE FROM correction WHERE source = :lead OR target = :lead"};
const Sql kDropReferred{
    "DELETE FROM message_id WHERE lead = :lead AND lead IS NOT NULL AND mail IS NULL AND outbox IS NULL"};
const Sql kFreeIds{"UPDATE message_id SET lead = NULL WHERE lead = :lead AND lead IS NOT NULL"};
const Sql kFreeRows{"UPDATE ledger SET lead = NULL WHERE lead = :lead AND lead IS NOT NULL"};
const Sql kFreeMails{"UPDATE message SET lead = NULL WHERE lead = :lead AND lead IS NOT NULL"};
const Sql kDropReminders{"DELETE FROM reminder WHERE lead = :lead"};
const Sql kDropTags{"DELETE FROM lead_tag WHERE lead = :lead"};
const Sql kDropAddresses{"DELETE FROM contact_address WHERE lead = :lead"};
const Sql kDropImported{"DELETE FROM imported WHERE lead = :lead"};
const Sql kDropLead{"DELETE FROM lead WHERE id = :lead"};

/// Each number that a statement answers, read before anything of it is changed.
template <typename Id>
Result<std::vector<Id>> numbers_of(Query query) {
  std::vector<Id> numbers;
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return numbers;
    numbers.push_back(Id{query.integer(0)});
  }
}

template <std::size_t N>
Result<void> run_each(Connection& db, const std::array<const Sql*, N>& all, const char* name, std::int64_t value) {
  for (const auto* sql : all) {
    if (auto done = db.query(*sql).bind(name, value).run(); !done) return done;
  }
  return {};
}

Result<void> remove_letter(Connection& db, OutboxId id, std::int64_t last) {
  static constexpr std::array kParts{&kDropRecipients, &kDropDeedMail, &kDropIdsOfLetter};
  if (auto done = run_each(db, kParts, ":id", id.value); !done) return done;
  if (id.value != last) return db.query(kDropLetter).bind(":id", id).run();
  // The last number would be given once more, and what was ever said of it would be said of another mail.
  if (auto done = db.query(kStubLetter).bind(":id", id).run(); !done) return done;
  return db.query(kStubRecipient).bind(":id", id).bind(":address", kErasedAddress).run();
}

Result<void> remove_letters(Connection& db, LeadId lead) {
  auto query = db.query(kLettersOfLead);
  query.bind(":lead", lead);
  auto letters = numbers_of<OutboxId>(std::move(query));
  if (!letters) return std::move(letters.error());
  auto last = numbers_of<OutboxId>(db.query(kLastLetter));
  if (!last) return std::move(last.error());
  for (const auto letter : *letters) {
    if (auto done = remove_letter(db, letter, last->front().value); !done) return done;
  }
  return {};
}

Result<void> remove_repairs(Connection& db, LeadId lead) {
  auto query = db.query(kRepairsOfLead);
  query.bind(":lead", lead);
  auto repairs = numbers_of<LedgerId>(std::move(query));
  if (!repairs) return std::move(repairs.error());
  static constexpr std::array kParts{&kDropMoved, &kUnpin, &kUnlearn, &kFreeDeeds, &kDropRepair};
  for (const auto repair : *repairs) {
    if (auto done = run_each(db, kParts, ":repair", repair.value); !done) return done;
  }
  return {};
}

/// With their words.
Result<void> remove_events(Connection& db, LeadId lead) {
  auto query = db.query(kEventsOfLead);
  query.bind(":lead", lead);
  auto ids = numbers_of<LedgerId>(std::move(query));
  if (!ids) return std::move(ids.error());
  auto events = read_events(db, lead, std::nullopt);
  if (!events) return std::move(events.error());
  if (events->size() != ids->size()) return Error{Next::stop, "events of " + to_string(lead) + " are damaged"};
  for (std::size_t i = 0; i < ids->size(); ++i) {
    auto done = forget_words(db, search_row_of_event((*ids)[i].value), searched_text((*events)[i]));
    if (done) done = db.query(kDropDeedEvent).bind(":event", (*ids)[i]).run();
    if (!done) return done;
  }
  if (auto done = db.query(kDropEvents).bind(":lead", lead).run(); !done) return done;
  return db.query(kTurnBackDigests).run();
}

/// The words of a mail, as far as its row still tells them; what a forward or a file's name added goes with the next
/// erasure.
Result<std::int64_t> forget_words_of(Connection& db, MailId mail) {
  auto query = db.query(kTexts);
  auto row = query.bind(":mail", mail).step();
  if (!row) return std::move(row.error());
  if (!*row) return 0;
  std::int64_t size = 0;
  for (int column = 0; column < 6; ++column) size += static_cast<std::int64_t>(query.view(column).size());
  if (query.is_null(6) || size == 0) return size;
  auto text = query.text(0) + "\n" + query.text(1) + "\n" + query.text(2) + "\n";
  text += query.view(3).empty() ? query.text(5) : query.text(3) + "\n" + query.text(4);
  if (auto done = forget_words(db, search_row_of_mail(mail), text); !done) return std::move(done.error());
  return size;
}

}  // namespace

Result<std::int64_t> remove_raw(Connection& db, MailId mail) {
  std::int64_t size = 0;
  {
    auto query = db.query(kSizeOfRaw);
    auto row = query.bind(":mail", mail).step();
    if (!row) return std::move(row.error()).in("bytes of a mail");
    size = query.integer(0);
  }
  if (size == 0) return 0;
  if (auto done = db.query(kDropRaw).bind(":mail", mail).run(); !done) return std::move(done.error());
  return size;
}

Result<std::int64_t> empty_mail(Connection& db, MailId mail) {
  auto raw = remove_raw(db, mail);
  if (!raw) return raw;
  auto texts = forget_words_of(db, mail);
  if (!texts) return texts;
  if (*texts > 0) {
    if (auto done = db.query(kEmpty).bind(":mail", mail).run(); !done) return std::move(done.error());
  }
  return *raw + *texts;
}

Result<void> ignore_rows_of_mail(Connection& db, MailId mail, std::string_view reason) {
  auto query = db.query(kRowsOfMail);
  query.bind(":mail", mail);
  auto rows = numbers_of<LedgerId>(std::move(query));
  if (!rows) return std::move(rows.error());
  static constexpr std::array kParts{&kDropHeld, &kForgetSender, &kDropAwaited};
  for (const auto row : *rows) {
    auto done = set_aside_row(db, row, reason);
    if (done) done = run_each(db, kParts, ":id", row.value);
    if (done) done = db.query(kForgetMail).bind(":id", row).run();
    if (!done) return std::move(done.error()).in("ledger row " + std::to_string(row.value));
  }
  return {};
}

Result<void> remove_mail(Connection& db, MailId mail, std::string_view reason) {
  if (auto texts = forget_words_of(db, mail); !texts) return std::move(texts.error());
  if (auto done = ignore_rows_of_mail(db, mail, reason); !done) return done;
  static constexpr std::array kParts{&kDropRaw, &kDropRepairedMail, &kDropIdsOfMail, &kFreeIdsOfMail, &kDropMail};
  return run_each(db, kParts, ":mail", mail.value);
}

Result<std::int64_t> empty_letter(Connection& db, OutboxId id) {
  std::int64_t size = 0;
  {
    auto query = db.query(kSizeOfLetter);
    auto row = query.bind(":id", id).step();
    if (!row) return std::move(row.error());
    if (!*row) return 0;
    size = query.integer(0);
  }
  if (auto done = db.query(kEmptyLetter).bind(":id", id).run(); !done) return std::move(done.error());
  return size;
}

Result<std::vector<MailId>> mails_of_lead(Connection& db, LeadId lead) {
  auto query = db.query(kMailsOfLead);
  query.bind(":lead", lead);
  return numbers_of<MailId>(std::move(query));
}

Result<std::vector<LeadId>> merged_into(Connection& db, LeadId lead) {
  auto query = db.query(kMergedInto);
  query.bind(":lead", lead);
  return numbers_of<LeadId>(std::move(query));
}

Result<void> remove_lead(Connection& db, LeadId lead) {
  auto done = remove_events(db, lead);
  if (done) done = remove_letters(db, lead);
  if (done) done = remove_repairs(db, lead);
  static constexpr std::array kParts{&kDropCorrections, &kDropReferred,  &kFreeIds,  &kFreeRows,
                                     &kFreeMails,       &kDropReminders, &kDropTags, &kDropAddresses,
                                     &kDropImported,    &kCount,         &kDropLead};
  if (done) done = run_each(db, kParts, ":lead", lead.value);
  if (!done) return std::move(done.error()).in("removing " + to_string(lead));
  return {};
}

}  // namespace leadmail::store
