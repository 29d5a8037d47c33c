// What users' commands ask of the book. Lists are cut off, and what is read is bounded, however large the book is.
#include <algorithm>
#include <set>

#include "core/leads/address.h"
#include "core/leads/json_text.h"
#include "core/store/deeds.h"
#include "core/store/fold.h"
#include "core/store/lead_row.h"
#include "core/store/list_sql.h"
#include "core/store/search.h"
#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

constexpr int kMostHits = 5000;  ///< of the full-text index, that one #find looks at
constexpr std::size_t kMostSame = 5;

const Sql kNextDeed{"SELECT coalesce(max(id), 0) + 1 FROM deed"};
const Sql kNextRepair{"SELECT coalesce(max(id), 0) + 1 FROM repair"};
const Sql kSamePeople{"SELECT lead FROM contact_address WHERE address = :address ORDER BY lead DESC LIMIT 20"};
const Sql kAwaited{"SELECT mark, user, state, asked FROM awaited WHERE mark = :mark"};
const Sql kFind{"SELECT rowid FROM search WHERE search MATCH :words ORDER BY rowid DESC"};
const Sql kLeadOfMail{"SELECT lead FROM message WHERE id = :id AND lead IS NOT NULL"};
const Sql kLeadOfEvent{"SELECT lead FROM event WHERE id = :id"};
const Sql kDeedOfAnswer{
    "SELECT deed FROM message_id JOIN deed_mail ON deed_mail.outbox = message_id.outbox WHERE message_id.id = :id"};
const Sql kLastDeedOnLead{
    "SELECT deed_event.deed FROM event JOIN deed_event ON deed_event.event = event.id"
    " JOIN deed ON deed.id = deed_event.deed WHERE event.lead = :lead AND undone IS NULL"
    " AND (:user = '' OR deed.by = :user) ORDER BY deed_event.deed DESC LIMIT 1"};
const Sql kLastDeed{"SELECT id FROM deed WHERE by = :user AND undone IS NULL ORDER BY id DESC LIMIT 1"};
const Sql kDeed{"SELECT at, by, verbs, coalesce(repair, 0), undone FROM deed WHERE id = :id"};
const Sql kDeedEvents{
    "SELECT lead, at, type, event.by, cause, text, message_id, direction, changes, event.id FROM deed_event"
    " JOIN event ON event.id = deed_event.event WHERE deed_event.deed = :id ORDER BY event.id"};
const Sql kLaterEvents{
    "SELECT lead, at, type, event.by, cause, text, message_id, direction, changes, event.id FROM event"
    " WHERE lead = :lead AND event.id > :after AND NOT EXISTS"
    " (SELECT 1 FROM deed_event WHERE deed_event.event = event.id AND deed_event.deed = :deed)"
    // What was taken back meanwhile depends on nothing.
    " AND type <> 'undone' AND NOT EXISTS (SELECT 1 FROM deed_event JOIN deed ON deed.id = deed_event.deed"
    " WHERE deed_event.event = event.id AND undone IS NOT NULL) ORDER BY event.id"};
const Sql kDeedMails{
    "SELECT outbox.id, kind, (SELECT group_concat(rcpt_to, ', ') FROM recipient WHERE outbox = outbox.id),"
    " NOT EXISTS (SELECT 1 FROM recipient WHERE recipient.outbox = outbox.id AND state NOT IN ('waiting', 'deferred',"
    " 'cancelled'))"
    " FROM deed_mail JOIN outbox ON outbox.id = deed_mail.outbox WHERE deed_mail.deed = :id ORDER BY outbox.id"};

std::string as_json_list(const std::vector<std::string>& words) {
  std::string list = "[";
  for (const auto& word : words) {
    if (list.size() > 1) list += ',';
    leads::append_json(list, word);
  }
  return list + "]";
}

bool is_shown(const leads::Lead& lead) { return lead.value("merged").empty() && lead.value("withdrawn").empty(); }

class Answering {
 public:
  Answering(Connection& db, const leads::Ask& ask) : db_(db), ask_(ask) {}

  Result<leads::Answered> run() {
    answered_.is_read = true;
    for (const auto part : {&Answering::numbers, &Answering::stories, &Answering::lists, &Answering::same_people,
                            &Answering::awaited, &Answering::deed}) {
      if (auto done = (this->*part)(); !done) return std::move(done.error()).in("answering commands");
    }
    return std::move(answered_);
  }

 private:
  Result<void> numbers() {
    auto deed = one_number(db_.query(kNextDeed));
    if (!deed) return std::move(deed.error());
    auto repair = one_number(db_.query(kNextRepair));
    if (!repair) return std::move(repair.error());
    answered_.next_deed = deed->value_or(1);
    answered_.next_repair = repair->value_or(1);
    return {};
  }

  static Result<std::optional<std::int64_t>> one_number(Query query) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return std::optional<std::int64_t>{};
    return std::optional(query.integer(0));
  }

  Result<void> stories() {
    for (const auto id : ask_.stories) {
      auto lead = read_lead(db_, id);
      if (!lead) return std::move(lead.error());
      if (!*lead || !is_shown(**lead)) continue;
      auto events = read_events(db_, id, std::nullopt);
      if (!events) return std::move(events.error());
      answered_.stories.emplace(id, leads::LeadStory{std::move(**lead), std::move(*events)});
    }
    return {};
  }

  Result<void> lists() {
    for (const auto& wish : ask_.lists) {
      auto found = wish.text.empty() ? list(wish) : find(wish);
      if (!found) return std::move(found.error());
      answered_.lists.push_back(std::move(*found));
    }
    return {};
  }

  /// False: there is no room for it.
  static bool add(leads::ListedLeads& found, leads::Lead lead) {
    found.more = found.leads.size() == leads::kMostListed;
    if (!found.more) found.leads.push_back(std::move(lead));
    return !found.more;
  }

  Result<leads::ListedLeads> list(const leads::ListWish& wish) {
    const auto visible = as_json_list(wish.visible);
    const auto tag = fold_for_search(wish.tag);
    auto made = list_query(db_, {.status = wish.status.has_value(),
                                 .owner = wish.owner.has_value(),
                                 .due_by = wish.due,
                                 .owed = wish.owed,
                                 .tag = !wish.tag.empty(),
                                 .visible = !wish.visible.empty(),
                                 .in_progress = !wish.all && !wish.status});
    if (!made) return std::move(made.error());
    auto& query = *made;
    if (!wish.tag.empty()) query.bind(":tag", tag);
    if (!wish.visible.empty()) query.bind(":visible", visible);
    if (wish.owner) query.bind(":owner", *wish.owner);
    if (wish.status) query.bind(":status", leads::name(*wish.status));
    if (wish.due) query.bind(":due_by", ask_.now);
    leads::ListedLeads found;
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) return found;
      auto lead = lead_of(query);
      if (!lead) return std::move(lead.error());
      if (!is_shown(*lead) || !ask_.sees(*lead)) continue;
      if (!add(found, std::move(*lead))) return found;
    }
  }

  Result<leads::ListedLeads> find(const leads::ListWish& wish) {
    leads::ListedLeads found;
    if (auto opened = open_words(db_); !opened) return std::move(opened.error());
    const auto words = search_expression(db_, wish.text);
    if (!words) return words.error();
    if (words->empty()) return found;
    std::set<std::int64_t> told;
    auto query = db_.query(kFind);
    query.bind(":words", *words);
    for (int hits = 0; hits < kMostHits; ++hits) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) return found;
      const auto number = query.integer(0);
      auto hit = db_.query(is_row_of_mail(number) ? kLeadOfMail : kLeadOfEvent);
      auto is_there = hit.bind(":id", id_of_row(number)).step();
      if (!is_there) return std::move(is_there.error());
      if (!*is_there || !told.insert(hit.integer(0)).second) continue;
      auto lead = read_lead(db_, LeadId{hit.integer(0)});
      if (!lead) return std::move(lead.error());
      if (!*lead || !is_shown(**lead) || !ask_.sees(**lead)) continue;
      if (!add(found, std::move(**lead))) return found;
    }
    found.more = true;
    return found;
  }

  Result<void> same_people() {
    for (const auto& address : ask_.addresses) {
      const auto key = leads::to_lower(address);
      auto query = db_.query(kSamePeople);
      query.bind(":address", key);
      while (answered_.same_people.size() < kMostSame) {
        auto row = query.step();
        if (!row) return std::move(row.error());
        if (!*row) break;
        auto lead = read_lead(db_, LeadId{query.integer(0)});
        if (!lead) return std::move(lead.error());
        if (*lead && is_shown(**lead)) answered_.same_people.push_back(std::move(**lead));
      }
    }
    return {};
  }

  Result<void> awaited() {
    for (const auto& mark : ask_.nonce_marks) {
      auto query = db_.query(kAwaited);
      auto row = query.bind(":mark", mark).step();
      if (!row) return std::move(row.error());
      if (!*row) continue;
      answered_.awaited =
          leads::Awaited{.mark = query.text(0), .user = query.text(1), .state = query.text(2), .asked = query.time(3)};
      return {};
    }
    return {};
  }

  /// The deed that is named, else the one whose answer is answered, else the last of this user on this lead.
  Result<std::optional<std::int64_t>> meant_deed() {
    if (ask_.deed != 0) return std::optional(ask_.deed);
    for (const auto& id : ask_.answered) {
      auto query = db_.query(kDeedOfAnswer);
      query.bind(":id", id);
      auto deed = one_number(std::move(query));
      if (!deed || *deed) return deed;
    }
    const auto user = ask_.of_anybody ? std::string{} : ask_.user;
    auto query = db_.query(ask_.lead ? kLastDeedOnLead : kLastDeed);
    if (ask_.lead) {
      query.bind(":lead", ask_.lead).bind(":user", user);
    } else {
      query.bind(":user", ask_.user);
    }
    return one_number(std::move(query));
  }

  Result<void> deed() {
    if (!ask_.undo) return {};
    auto number = meant_deed();
    if (!number) return std::move(number.error());
    if (!*number) return {};
    leads::Deed deed{.number = **number};
    {
      auto query = db_.query(kDeed);
      auto row = query.bind(":id", deed.number).step();
      if (!row) return std::move(row.error());
      if (!*row) return {};
      deed.at = query.time(0);
      deed.by = query.text(1);
      deed.verbs = query.text(2);
      deed.repair_number = query.integer(3);
      if (!query.is_null(4)) deed.undone = query.time(4);
    }
    std::int64_t last = 0;
    auto events = db_.query(kDeedEvents);
    events.bind(":id", deed.number);
    if (auto done = read_done(events, deed.done, last); !done) return done;
    for (const auto& done : deed.done) {
      if (deed.leads.contains(done.lead)) continue;
      auto lead = read_lead(db_, done.lead);
      if (!lead) return std::move(lead.error());
      if (*lead) deed.leads.emplace(done.lead, std::move(**lead));
    }
    for (const auto& [id, lead] : deed.leads) {
      auto later = db_.query(kLaterEvents);
      later.bind(":lead", id).bind(":after", first_).bind(":deed", deed.number);
      if (auto done = read_done(later, deed.later, last); !done) return done;
    }
    if (auto done = mails(deed); !done) return done;
    answered_.deed = std::move(deed);
    return {};
  }

  Result<void> mails(leads::Deed& deed) {
    auto query = db_.query(kDeedMails);
    query.bind(":id", deed.number);
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) return {};
      deed.mails.push_back({.id = OutboxId{query.integer(0)},
                            .kind = query.text(1),
                            .to = query.text(2),
                            .waits = query.integer(3) != 0});
    }
  }

  Result<void> read_done(Query& query, std::vector<leads::Deed::Done>& list, std::int64_t& last) {
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) return {};
      const auto type = leads::event_type_named(query.view(2));
      auto changes = leads::changes_from_json(query.view(8));
      if (!type || !changes) return Error{Next::stop, "an event is damaged"};
      list.push_back({.lead = LeadId{query.integer(0)},
                      .event = {.at = query.time(1),
                                .type = *type,
                                .by = query.text(3),
                                .cause = query.text(4),
                                .text = query.text(5),
                                .message_id = query.text(6),
                                .direction = query.text(7),
                                .changes = std::move(*changes)}});
      last = query.integer(9);
      if (first_ == 0) first_ = last;
    }
  }

  Connection& db_;
  const leads::Ask& ask_;
  leads::Answered answered_{};
  std::int64_t first_ = 0;  ///< event of the deed
};

}  // namespace

Result<leads::Answered> BookTransaction::answer(const leads::Ask& ask) { return Answering(db(), ask).run(); }

}  // namespace leadmail::store
