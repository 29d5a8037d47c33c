#include "core/store/mail_row.h"

#include <algorithm>

#include "core/leads/address.h"
#include "core/store/fold.h"
#include "core/store/message_ids.h"

namespace leadmail::store {
namespace {

constexpr std::size_t kMostReferences = 32;  ///< the newest of them, as threading reads

const Sql kAdd{
    "INSERT INTO message (fingerprint, message_id, lead, mailbox, direction, kind, received, date, from_name,"
    " from_address, subject, subject_key, conversation, reply, signature, text, raw_size, partial)"
    " VALUES (:fingerprint, :message_id, :lead, :mailbox, :direction, :kind, :received, :date, :from_name,"
    " :from_address, :subject, :subject_key, :conversation, :reply, :signature, :text, :raw_size, :partial)"};
const Sql kComplete{
    "UPDATE message SET fingerprint = :fingerprint, message_id = :message_id, lead = :lead, direction = :direction,"
    " kind = :kind, received = :received, date = :date, from_name = :from_name, from_address = :from_address,"
    " subject = :subject, subject_key = :subject_key, conversation = :conversation, reply = :reply, signature = "
    ":signature, text = :text,"
    " partial = :partial WHERE id = :id"};
const Sql kReceived{"SELECT received FROM message WHERE id = :id"};
const Sql kFirst{"SELECT id FROM message WHERE fingerprint = :fingerprint AND fingerprint <> '' ORDER BY id LIMIT 1"};
const Sql kAddRaw{"INSERT INTO raw (mail, chunk, bytes) VALUES (:mail, :chunk, :bytes)"};
const Sql kDropRaw{"DELETE FROM raw WHERE mail = :mail"};
const Sql kSetSize{"UPDATE message SET raw_size = :size WHERE id = :mail"};
const Sql kReadRaw{"SELECT bytes FROM raw WHERE mail = :mail ORDER BY chunk"};

Result<void> add_chunk(Connection& db, MailId mail, int chunk, std::string_view packed) {
  return db.query(kAddRaw).bind(":mail", mail).bind(":chunk", chunk).bind(":bytes", Blob{packed}).run();
}

Result<void> add_packed(Connection& db, MailId mail, const PackedMail& packed) {
  int chunk = 0;
  for (const auto& bytes : packed) {
    if (auto done = add_chunk(db, mail, chunk++, bytes); !done) return done;
  }
  return {};
}

Result<void> add_raw(Desk& desk, MailId mail, std::string_view raw) {
  for (int chunk = 0; !raw.empty(); raw.remove_prefix(std::min(raw.size(), kChunk))) {
    auto packed = desk.packer.pack(raw.substr(0, kChunk));
    if (!packed) return std::move(packed.error());
    if (auto done = add_chunk(*desk.db, mail, chunk++, *packed); !done) return done;
  }
  return {};
}

/// Its own id, and those it refers to, so that an answer to a mail that we never saw finds this one's lead.
Result<void> add_ids(Connection& db, const leads::Inquiry& inquiry, MailId mail, const MailFate& fate) {
  const auto lead = fate.is_of_one_lead ? fate.lead : std::nullopt;
  if (auto done = add_message_id(db, inquiry.message_id, lead, mail); !done) return done;
  if (!lead) return {};
  std::size_t left = kMostReferences;
  for (const auto& id : inquiry.in_reply_to) {
    if (left-- == 0) return {};
    if (auto done = add_referred_id(db, id, *lead); !done) return done;
  }
  for (auto id = inquiry.references.rbegin(); id != inquiry.references.rend() && left > 0; ++id, --left) {
    if (auto done = add_referred_id(db, *id, *lead); !done) return done;
  }
  return {};
}

/// As much as counts. Quoted text stays out: it stands in the index with the mail it is quoted from.
std::string searched_text(const leads::Inquiry& inquiry) {
  std::string text = inquiry.subject + "\n" + inquiry.from.name + "\n" + inquiry.from.address + "\n";
  text += inquiry.reply.empty() ? inquiry.text : inquiry.reply + "\n" + inquiry.signature;
  if (!inquiry.reply.empty() && inquiry.forwarded_from) text += "\n" + inquiry.forwarded_text;
  for (const auto& attachment : inquiry.attachments) text += "\n" + attachment.name;
  if (text.size() > kMostFolded) text.resize(kMostFolded);
  return text;
}

/// Binds what both adding and completing a mail write.
Query& bind_texts(Query& query, const Incoming& incoming, const MailFate& fate) {
  const auto& inquiry = *incoming.inquiry;
  std::optional<std::string_view> text;
  if (inquiry.text != inquiry.reply) text = inquiry.text;
  return query.bind(":fingerprint", inquiry.fingerprint)
      .bind(":message_id", inquiry.message_id)
      .bind(":lead", fate.lead)
      .bind(":direction", fate.direction)
      .bind(":kind", leads::name(inquiry.nature))
      .bind(":received", inquiry.received)
      .bind(":date", inquiry.date)
      .bind(":from_name", inquiry.from.name)
      .bind(":from_address", inquiry.from.address)
      .bind(":subject", inquiry.subject)
      .bind(":subject_key", inquiry.subject_key)
      .bind(":conversation", inquiry.conversation)
      .bind(":reply", inquiry.reply)
      .bind(":signature", inquiry.signature)
      .bind(":text", text)
      .bind(":partial", incoming.partial);
}

/// By its ids for threading, by its words for people.
Result<void> make_findable(Desk& desk, MailId mail, const Incoming& incoming, const MailFate& fate) {
  auto done = add_ids(*desk.db, *incoming.inquiry, mail, fate);
  if (!done || !fate.lead || !fate.was_read) return done;
  const auto text = searched_text(*incoming.inquiry);
  if (incoming.words != nullptr && incoming.words->text == text) {
    desk.words.add_folded(search_row_of_mail(mail), incoming.words->words);
  } else {
    desk.words.add(search_row_of_mail(mail), text);
  }
  return done;
}

}  // namespace

MailWords fold_words(const leads::Inquiry& inquiry) {
  auto text = searched_text(inquiry);
  auto words = fold_for_search(text);
  return {std::move(text), std::move(words)};
}

Result<MailId> add_mail(Desk& desk, const Incoming& incoming, const MailFate& fate) {
  auto& db = *desk.db;
  auto query = db.query(kAdd);
  query.bind(":mailbox", incoming.inquiry->mailbox).bind(":raw_size", incoming.raw.size());
  if (auto done = bind_texts(query, incoming, fate).run(); !done) return std::move(done.error());
  const MailId mail{db.last_insert_id()};

  const bool is_packed = incoming.packed != nullptr && !incoming.packed->empty();
  auto done = is_packed ? add_packed(db, mail, *incoming.packed) : add_raw(desk, mail, incoming.raw);
  if (done) done = make_findable(desk, mail, incoming, fate);
  if (!done) return std::move(done.error());
  return mail;
}

Result<void> complete_mail(Desk& desk, MailId mail, const Incoming& incoming, const MailFate& fate) {
  auto query = desk.db->query(kComplete);
  if (auto done = bind_texts(query.bind(":id", mail), incoming, fate).run(); !done) return done;
  return make_findable(desk, mail, incoming, fate);
}

Result<void> replace_raw(Desk& desk, MailId mail, std::string_view raw) {
  auto done = desk.db->query(kDropRaw).bind(":mail", mail).run();
  if (done) done = add_raw(desk, mail, raw);
  if (done) done = desk.db->query(kSetSize).bind(":mail", mail).bind(":size", raw.size()).run();
  return done;
}

Result<Time> received_of(Connection& db, MailId mail) {
  auto query = db.query(kReceived);
  auto row = query.bind(":id", mail).step();
  if (!row) return std::move(row.error());
  return *row ? query.time(0) : Time{};
}

Result<std::optional<MailId>> first_mail(Connection& db, std::string_view fingerprint) {
  auto query = db.query(kFirst);
  auto row = query.bind(":fingerprint", fingerprint).step();
  if (!row) return std::move(row.error());
  if (!*row) return std::optional<MailId>{};
  return std::optional(MailId{query.integer(0)});
}

Result<std::optional<std::string>> read_raw(Connection& db, Packer& packer, MailId mail) {
  std::optional<std::string> raw;
  auto query = db.query(kReadRaw);
  query.bind(":mail", mail);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return raw;
    if (!raw) raw.emplace();
    if (auto done = packer.unpack(query.view(0), *raw); !done) return std::move(done.error());
  }
}

}  // namespace leadmail::store
