// Reading the part of the book that one inquiry can touch: a handful of rows, each found by an index.
#include <algorithm>
#include <functional>
#include <set>
#include <tuple>

#include "core/leads/address.h"
#include "core/leads/held.h"
#include "core/leads/organisation.h"
#include "core/store/deeds.h"
#include "core/store/held.h"
#include "core/store/lead_row.h"
#include "core/store/rotations.h"
#include "core/store/snapshot.h"
#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

constexpr std::size_t kMostBySubject = 10;
constexpr std::size_t kMostBySubjectOfAnswer = 50;
constexpr std::size_t kMostByConversation = 10;
constexpr int kMostMerges = 16;  ///< one after the other
constexpr std::size_t kMostByAddress = 20;
constexpr std::size_t kMostColleagues = 5;
constexpr std::int64_t kMailsOfSubject = 200;  ///< how many of the newest mails of a subject are looked at
constexpr std::int64_t kMostThreadIds = 32;
constexpr std::int64_t kMostWords = 10;  ///< mails to users whose words are kept out of an answer
constexpr std::chrono::hours kDay{24};
constexpr std::chrono::hours kHour{1};

// Few rows, if any: sorting them here would cost each mail a sorter.
const Sql kSighting{
    "SELECT message.id, ledger.lead, ledger.outcome, message.mailbox, ledger.id FROM message"
    " JOIN ledger ON ledger.mail = message.id WHERE fingerprint = :fingerprint AND fingerprint <> ''"};
const Sql kByMessageId{
    "SELECT lead, mail IS NULL AND outbox IS NULL, repair IS NOT NULL FROM message_id WHERE id = :id AND lead IS NOT "
    "NULL"};
const Sql kByConversation{
    "SELECT lead FROM message WHERE conversation = :conversation AND conversation <> '' AND lead IS NOT NULL"
    " ORDER BY id DESC LIMIT :limit"};
const Sql kCorrections{
    "SELECT source, target, over_thread, repair FROM correction WHERE writer = :writer AND subject_key = :subject_key"};
const Sql kBySubject{
    "SELECT lead FROM message WHERE subject_key = :subject_key AND subject_key <> '' AND lead IS NOT NULL"
    " AND received >= :since ORDER BY id DESC LIMIT :limit"};
const Sql kBySubjectAndAddress{
    "SELECT message.lead FROM contact_address JOIN message ON message.lead = contact_address.lead"
    " WHERE address = :address AND subject_key = :subject_key AND received >= :since ORDER BY message.id DESC"};
const Sql kCircular{
    "SELECT 1 FROM message_id JOIN message ON message.id = message_id.mail"
    " WHERE message_id.id = :id AND message_id.lead IS NULL AND direction = 'out'"};
const Sql kByAddress{"SELECT lead FROM contact_address WHERE address = :address ORDER BY lead DESC LIMIT :limit"};
const Sql kByOrganisation{
    "SELECT id FROM lead WHERE domain = :domain AND domain <> '' AND owner <> '' ORDER BY id DESC LIMIT :limit"};
// Of a large organisation only the newest are looked at: no mail costs more than a look-up.
const Sql kColleagues{
    "SELECT id FROM (SELECT id, status, gone FROM lead WHERE domain = :domain AND domain <> '' ORDER BY id DESC LIMIT "
    "50)"
    " WHERE gone = 0 AND status NOT IN ('lost-quotation', 'converted', 'do-not-contact') ORDER BY id DESC LIMIT "
    ":limit"};
const Sql kOpenLeads{
    "SELECT owner, sum(leads) FROM lead_count WHERE owner <> '' AND status IN ('lead', 'open', 'replied', 'interested')"
    " GROUP BY owner HAVING sum(leads) > 0"};
const Sql kAcksTo{
    "SELECT count(*) FROM recipient JOIN outbox ON outbox.id = recipient.outbox"
    " WHERE automatic = 1 AND lower(rcpt_to) = :address AND recipient.created > :since AND state <> 'cancelled'"
    " AND kind = 'ack'"};
// No more rows than the day's budget: the others were cancelled or are newsletters.
const Sql kAcksToDomain{
    "SELECT count(*) FROM recipient WHERE automatic = 1 AND created > :since AND state <> 'cancelled'"
    " AND (substr(lower(rcpt_to), -length(:address) - 1) = '@' || :address"
    "      OR substr(lower(rcpt_to), -length(:address) - 1) = '.' || :address)"};
const Sql kAutomaticMails{
    "SELECT count(*) FROM recipient WHERE automatic = 1 AND created > :since AND state <> 'cancelled'"};
const Sql kRefusalsTo{"SELECT count(*) FROM outbox WHERE refused = :address AND refused <> '' AND created > :since"};
// What a rep forwarded, a form sent or a stranger wrote has no place in a mail to the prospect.
const Sql kThreadIds{
    "SELECT message_id FROM message WHERE lead = :lead AND lead IS NOT NULL AND direction = 'in' AND message_id <> ''"
    " AND EXISTS (SELECT 1 FROM contact_address WHERE contact_address.lead = message.lead"
    "             AND address = lower(from_address))"
    " ORDER BY id DESC LIMIT :limit"};

const Sql kParent{
    "SELECT message_id.lead, outbox IS NOT NULL, substr(coalesce(text, reply || char(10) || signature), 1, :limit)"
    " FROM message_id LEFT JOIN message ON message.id = message_id.mail"
    " WHERE message_id.id = :id AND (mail IS NOT NULL OR outbox IS NOT NULL)"};
const Sql kOthersMails{
    "SELECT substr(coalesce(text, reply || char(10) || signature), 1, :limit) FROM message"
    " WHERE lead = :lead AND lead IS NOT NULL AND lower(from_address) <> :writer ORDER BY id DESC LIMIT 2"};
constexpr std::int64_t kLongestParent = 256 * 1024;  ///< letters; find_parent() looks no further
constexpr std::size_t kParents = 2;                  ///< of the ids that a mail refers to, the newest
const Sql kLastMail{
    "SELECT coalesce(text, reply), coalesce(date, received) FROM message_id JOIN message ON message.id = "
    "message_id.mail"
    " WHERE message_id.id = :id AND message.lead = :lead"};
const Sql kOurWords{
    "SELECT words FROM outbox WHERE lead = :lead AND lead IS NOT NULL AND words <> '' ORDER BY id DESC LIMIT :limit"};
const Sql kRecipientsOf{
    "SELECT rcpt_to FROM message_id JOIN recipient ON recipient.outbox = message_id.outbox WHERE message_id.id = :id"};

using ReadRotations = std::function<Result<std::shared_ptr<const leads::Rotations>>()>;
using LeadRow = std::shared_ptr<const leads::Lead>;
using ReadLead = std::function<Result<LeadRow>(LeadId)>;

/// Fills a Snapshot; the first failure ends it.
class SnapshotReader {
 public:
  SnapshotReader(Connection& db, const leads::Query& query, Time now, const ReadRotations& rotations,
                 const ReadLead& lead)
      : db_(db), query_(query), now_(now), rotations_(rotations), read_lead_(lead) {}

  Result<leads::Snapshot> read() {
    for (const auto part :
         {&SnapshotReader::sighting, &SnapshotReader::tokens, &SnapshotReader::message_ids, &SnapshotReader::parents,
          &SnapshotReader::conversation, &SnapshotReader::subject, &SnapshotReader::addresses,
          &SnapshotReader::corrections, &SnapshotReader::rotations, &SnapshotReader::organisation,
          &SnapshotReader::colleagues, &SnapshotReader::open_leads, &SnapshotReader::budgets,
          &SnapshotReader::thread_ids, &SnapshotReader::recipients_of_failed, &SnapshotReader::blocks,
          &SnapshotReader::held, &SnapshotReader::absences}) {
      if (auto done = (this->*part)(); !done) return std::move(done.error()).in("reading a snapshot");
    }
    return std::move(found_);
  }

 private:
  Result<void> sighting() {
    if (query_.fingerprint.empty()) return {};
    auto query = db_.query(kSighting);
    query.bind(":fingerprint", query_.fingerprint);
    std::optional<std::pair<bool, std::int64_t>> best;
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) return {};
      // What came back says less than its copy in Sent.
      const std::pair rank{query.view(2) == "own", query.integer(4)};
      if (best && *best < rank) continue;
      best = rank;
      found_.seen_before = leads::Snapshot::Sighting{.mail = MailId{query.integer(0)},
                                                     .lead = query.id<LeadId>(1),
                                                     .outcome = query.text(2),
                                                     .mailbox = query.text(3)};
    }
  }

  Result<void> tokens() {
    for (const auto id : query_.leads) {
      auto lead = current_lead(id);
      if (!lead) return std::move(lead.error());
      if (!*lead) continue;
      if ((*lead)->id != id) found_.merged[id] = (*lead)->id;
      if (std::ranges::find(found_.by_token, (*lead)->id, &leads::Lead::id) == found_.by_token.end()) {
        found_.by_token.push_back(**lead);
      }
    }
    return {};
  }

  /// The lead, or the one that it is part of now.
  Result<LeadRow> current_lead(LeadId id) {
    auto lead = read_lead_(id);
    for (int merges = 0; lead && *lead && merges < kMostMerges; ++merges) {
      const auto into = leads::lead_named((*lead)->value("merged"));
      if (!into) break;
      lead = read_lead_(*into);
    }
    return lead;
  }

  /// Several ids of one lead name it once: the strongest counts, for each strength of evidence.
  Result<void> message_ids() {
    std::set<std::tuple<LeadId, bool, bool>> known;
    for (const auto& message_id : query_.message_ids) {
      auto query = db_.query(kByMessageId);
      auto row = query.bind(":id", message_id).step();
      if (!row) return std::move(row.error());
      if (!*row) {
        if (auto done = look_for_circular(message_id); !done) return done;
        continue;
      }
      const LeadId id{query.integer(0)};
      const bool only_referred = query.integer(1) != 0;
      const bool is_pinned = query.integer(2) != 0;
      if (!known.emplace(id, only_referred, is_pinned).second) continue;
      auto lead = current_lead(id);
      if (!lead) return std::move(lead.error());
      if (!*lead) continue;
      found_.by_message_id.push_back(
          {.lead = **lead, .message_id = message_id, .only_referred = only_referred, .is_pinned = is_pinned});
    }
    return {};
  }

  Result<void> parents() {
    if (found_.by_message_id.empty()) return {};
    std::size_t found = 0;
    for (const auto& message_id : query_.message_ids) {
      if (found >= kParents) return {};
      auto query = db_.query(kParent);
      auto row = query.bind(":id", message_id).bind(":limit", kLongestParent).step();
      if (!row) return std::move(row.error());
      if (!*row) continue;
      ++found;
      if (!query.text(2).empty()) {
        add_parent(query.text(2));
      } else if (const auto lead = query.id<LeadId>(0)) {
        if (auto done = mails_of_others(*lead); !done) return done;
      }
    }
    return {};
  }

  /// Our own mails carry what others wrote: a rep's answer, a prospect's inquiry.
  Result<void> mails_of_others(LeadId lead) {
    const auto writer = leads::to_lower(query_.writer);
    auto query = db_.query(kOthersMails);
    query.bind(":lead", lead).bind(":writer", writer).bind(":limit", kLongestParent);
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) return {};
      add_parent(query.text(0));
    }
  }

  void add_parent(std::string_view text) {
    if (!found_.parent_text.empty()) found_.parent_text += "\n\n";
    found_.parent_text += text;
  }

  Result<void> look_for_circular(const std::string& message_id) {
    if (!found_.answered_circular.empty() || !query_.is_answer) return {};
    auto query = db_.query(kCircular);
    auto row = query.bind(":id", message_id).step();
    if (!row) return std::move(row.error());
    if (*row) found_.answered_circular = message_id;
    return {};
  }

  Result<void> conversation() {
    if (query_.conversation.empty()) return {};
    auto query = db_.query(kByConversation);
    query.bind(":conversation", query_.conversation).bind(":limit", kMailsOfSubject);
    return read_leads(query, kMostByConversation, found_.by_conversation);
  }

  Result<void> corrections() {
    if (query_.addresses.empty() || query_.subject_key.empty()) return {};
    const auto writer = leads::to_lower(query_.addresses.front());
    auto query = db_.query(kCorrections);
    query.bind(":writer", writer).bind(":subject_key", query_.subject_key);
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) return {};
      auto target = current_lead(LeadId{query.integer(1)});
      if (!target) return std::move(target.error());
      if (!*target) continue;
      found_.corrections.push_back({.from = LeadId{query.integer(0)},
                                    .to = **target,
                                    .over_thread = query.integer(2) != 0,
                                    .repair = query.integer(3)});
    }
  }

  Result<void> subject() {
    if (query_.subject_key.empty()) return {};
    std::vector<leads::Participant> people{leads::Participant(query_.writer)};
    for (const auto& address : query_.addresses) {
      if (address != query_.writer) people.emplace_back(address);
    }
    const auto takes_part = [&](const leads::Lead& lead) {
      return std::ranges::any_of(people, [&](const auto& person) { return person.takes_part_in(lead); });
    };
    // Thousands write under "Quotation": the writer's own leads first.
    for (const auto& address : query_.addresses) {
      const auto key = leads::to_lower(address);
      auto query = db_.query(kBySubjectAndAddress);
      query.bind(":address", key).bind(":subject_key", query_.subject_key).bind(":since", query_.subject_since);
      if (auto done = read_leads(query, kMostBySubject, found_.by_subject, takes_part); !done) return done;
    }
    auto query = db_.query(kBySubject);
    query.bind(":subject_key", query_.subject_key).bind(":since", query_.subject_since).bind(":limit", kMailsOfSubject);
    const auto most = query_.is_answer ? kMostBySubjectOfAnswer : kMostBySubject;
    return read_leads(query, most, found_.by_subject, takes_part);
  }

  Result<void> addresses() {
    for (const auto& address : query_.addresses) {
      const auto key = leads::to_lower(address);
      auto query = db_.query(kByAddress);
      query.bind(":address", key).bind(":limit", kMostByAddress);
      if (auto done = read_leads(query, kMostByAddress, found_.by_address); !done) return done;
    }
    if (query_.addresses.size() < 2) return {};
    std::ranges::sort(found_.by_address, std::greater{}, &leads::Lead::id);
    if (found_.by_address.size() > kMostByAddress) found_.by_address.resize(kMostByAddress);
    return {};
  }

  static bool every(const leads::Lead&) { return true; }

  /// Looks at the leads whose numbers the query answers, each once, until there are `most`; adds those that are wanted.
  Result<void> read_leads(Query& query, std::size_t most, std::vector<leads::Lead>& found,
                          const std::function<bool(const leads::Lead&)>& is_wanted = every) {
    std::set<LeadId> seen;
    for (const auto& lead : found) seen.insert(lead.id);
    for (std::size_t looked_at = 0; looked_at < most;) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) return {};
      const LeadId id{query.integer(0)};
      if (!seen.insert(id).second) continue;
      auto lead = current_lead(id);
      if (!lead) return std::move(lead.error());
      if (!*lead || ((*lead)->id != id && !seen.insert((*lead)->id).second)) continue;
      ++looked_at;
      if (is_wanted(**lead)) found.push_back(**lead);
    }
    return {};
  }

  /// Thousands of rules have thousands of them: they are read once, not for each mail.
  Result<void> rotations() {
    if (!query_.needs_rotations) return {};
    auto rotations = rotations_();
    if (!rotations) return std::move(rotations.error());
    found_.rotations = std::move(*rotations);
    return {};
  }

  Result<void> organisation() {
    if (!query_.needs_organisation || query_.organisation.empty()) return {};
    auto query = db_.query(kByOrganisation);
    query.bind(":domain", query_.organisation).bind(":limit", kMostByAddress);
    return read_leads(query, kMostByAddress, found_.by_organisation);
  }

  /// Of mail that goes on with a lead nobody asks.
  Result<void> colleagues() {
    const bool goes_on = !found_.by_token.empty() || !found_.by_message_id.empty();
    if (!query_.names_colleagues || query_.organisation.empty() || goes_on) return {};
    auto query = db_.query(kColleagues);
    query.bind(":domain", query_.organisation).bind(":limit", kMostColleagues);
    return read_leads(query, kMostColleagues, found_.colleagues);
  }

  Result<void> open_leads() {
    auto query = db_.query(kOpenLeads);
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) return {};
      found_.open_leads[query.text(0)] = static_cast<int>(query.integer(1));
    }
  }

  Result<void> budgets() {
    for (const auto& address : query_.addresses) {
      const auto key = leads::to_lower(address);
      auto acks = count(kAcksTo, &key, now_ - kDay);
      if (!acks) return std::move(acks.error());
      found_.acks_to_writer_today += *acks;
    }
    const auto writer = leads::to_lower(query_.writer);
    auto refusals = count(kRefusalsTo, &writer, now_ - kHour);
    if (!refusals) return std::move(refusals.error());
    found_.refusals_to_writer_this_hour = *refusals;
    if (!query_.organisation.empty()) {
      auto acks = count(kAcksToDomain, &query_.organisation, now_ - kDay);
      if (!acks) return std::move(acks.error());
      found_.acks_to_domain_today = *acks;
    }
    auto automatic = count(kAutomaticMails, nullptr, now_ - kDay);
    if (!automatic) return std::move(automatic.error());
    found_.automatic_mails_today = *automatic;
    return {};
  }

  Result<int> count(const Sql& sql, const std::string* address, Time since) {
    auto query = db_.query(sql);
    if (address) query.bind(":address", *address);
    auto row = query.bind(":since", since).step();
    if (!row) return std::move(row.error());
    return static_cast<int>(query.integer(0));
  }

  /// Each lead's own: ids of another lead's mails would join their threads.
  Result<void> thread_ids() {
    if (!query_.needs_thread_ids) return {};
    for (const auto& lead : found_.by_token) {
      if (auto done = conversation_of(lead); !done) return done;
    }
    for (const auto& match : found_.by_message_id) {
      if (auto done = conversation_of(match.lead); !done) return done;
    }
    return {};
  }

  Result<void> conversation_of(const leads::Lead& lead) {
    if (found_.thread_ids.contains(lead.id)) return {};
    if (auto done = thread_ids_of(lead.id); !done) return done;
    auto& said = found_.conversations[lead.id];
    if (const auto last = std::string(lead.value("last.in.id")); !last.empty()) {
      auto query = db_.query(kLastMail);
      auto row = query.bind(":id", last).bind(":lead", lead.id).step();
      if (!row) return std::move(row.error());
      if (*row) {
        said.last_text = query.text(0);
        said.last_at = query.time(1);
      }
    }
    auto query = db_.query(kOurWords);
    query.bind(":lead", lead.id).bind(":limit", kMostWords);
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) return {};
      said.our_words += query.text(0);
    }
  }

  Result<void> recipients_of_failed() {
    if (query_.failed_message_id.empty()) return {};
    auto query = db_.query(kRecipientsOf);
    query.bind(":id", query_.failed_message_id);
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) return {};
      found_.recipients_of_failed.push_back(query.text(0));
    }
  }

  Result<void> thread_ids_of(LeadId lead) {
    auto& ids = found_.thread_ids[lead];
    auto query = db_.query(kThreadIds);
    query.bind(":lead", lead).bind(":limit", kMostThreadIds);
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) break;
      ids.push_back(query.text(0));
    }
    std::ranges::reverse(ids);
    return {};
  }

  Result<void> blocks() {
    auto pattern = blocking_pattern(db_, query_.writer);
    for (auto address = query_.addresses.begin(); pattern && pattern->empty() && address != query_.addresses.end();
         ++address) {
      pattern = blocking_pattern(db_, *address);
    }
    if (!pattern) return std::move(pattern.error());
    found_.blocked = std::move(*pattern);
    return {};
  }

  Result<void> absences() {
    auto absences = read_absences(db_, now_);
    if (!absences) return std::move(absences.error());
    found_.absences = std::move(*absences);
    return {};
  }

  Result<void> held() {
    for (const auto number : query_.held) {
      auto mail = read_held(db_, number);
      if (!mail) return std::move(mail.error());
      if (*mail) found_.held.push_back(std::move(**mail));
    }
    return {};
  }

  Connection& db_;
  const leads::Query& query_;
  Time now_;
  const ReadRotations& rotations_;
  const ReadLead& read_lead_;
  leads::Snapshot found_{};
};

Result<LeadRow> lead_row(Connection& db, LeadId id) {
  auto lead = read_lead(db, id);
  if (!lead) return std::move(lead.error());
  return *lead ? std::make_shared<const leads::Lead>(std::move(**lead)) : LeadRow{};
}

}  // namespace

Result<leads::Snapshot> read_snapshot(Connection& db, const leads::Query& query, Time now) {
  const ReadRotations read = [&]() -> Result<std::shared_ptr<const leads::Rotations>> {
    auto rotations = read_rotations(db);
    if (!rotations) return std::move(rotations.error());
    return std::shared_ptr<const leads::Rotations>(std::make_shared<leads::Rotations>(std::move(*rotations)));
  };
  return SnapshotReader(db, query, now, read, [&](LeadId id) { return lead_row(db, id); }).read();
}

Result<leads::Snapshot> BookTransaction::snapshot(const leads::Query& query, Time now) {
  const ReadRotations read = [this]() -> Result<std::shared_ptr<const leads::Rotations>> {
    auto rotations = known_rotations(desk_);
    if (!rotations) return std::move(rotations.error());
    return std::shared_ptr<const leads::Rotations>(std::move(*rotations));
  };
  return SnapshotReader(db(), query, now, read, [this](LeadId id) { return desk_.leads.read(db(), id); }).read();
}

}  // namespace leadmail::store
