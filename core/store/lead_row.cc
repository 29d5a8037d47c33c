#include "core/store/lead_row.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/leads/address.h"
#include "core/leads/deals.h"
#include "core/leads/json_text.h"
#include "core/leads/service_level.h"
#include "core/store/deals.h"
#include "core/store/fold.h"

namespace leadmail::store {
namespace {

const Sql kReadLead{"SELECT id, created, fields FROM lead WHERE id = :id"};
const Sql kAddLead{
    "INSERT INTO lead (created, changed, status, owner, owed, domain, fields)"
    " VALUES (:now, :now, 'lead', '', 0, '', '{}')"};
const Sql kWriteLead{
    "UPDATE lead SET created = :created, changed = :now, status = :status, owner = :owner, owed = :owed,"
    " next_at = :next_at, next_by = :next_by, term_at = :term_at, domain = :domain, source = :source,"
    " campaign = :campaign, gone = :gone, fields = :fields WHERE id = :id"};
const Sql kCount{
    "INSERT INTO lead_count (owner, status, leads) VALUES (:owner, :status, :by)"
    " ON CONFLICT DO UPDATE SET leads = leads + excluded.leads"};
const Sql kAddAddress{"INSERT INTO contact_address (address, lead) VALUES (:address, :lead) ON CONFLICT DO NOTHING"};
const Sql kDropAddress{"DELETE FROM contact_address WHERE address = :address AND lead = :lead"};
const Sql kAddTag{"INSERT INTO lead_tag (tag, lead) VALUES (:tag, :lead) ON CONFLICT DO NOTHING"};
const Sql kDropTag{"DELETE FROM lead_tag WHERE tag = :tag AND lead = :lead"};
const Sql kAddEvent{
    "INSERT INTO event (lead, at, type, by, cause, text, message_id, direction, changes, files)"
    " VALUES (:lead, :at, :type, :by, :cause, :text, :message_id, :direction, :changes, :files)"};
const Sql kReadEvents{
    "SELECT at, type, by, cause, text, message_id, direction, changes, files FROM event"
    " WHERE lead = :lead AND at <= :until ORDER BY id"};

using Values = decltype(leads::Lead::values);

std::string to_json(const Values& values) {
  std::string object = "{";
  for (const auto& [field, value] : values) {
    if (object.size() > 1) object += ',';
    leads::append_json(object, field);
    object += ':';
    leads::append_json(object, value);
  }
  return object + "}";
}

/// Takes one object of strings apart as it is read, without building a document first. Anything else is damage.
class ValuesReader final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit ValuesReader(Values& values) : values_(values) {}

  bool start_object(std::size_t) override { return !std::exchange(begun_, true); }
  bool end_object() override { return true; }
  bool key(string_t& field) override {
    field_ = std::move(field);
    return true;
  }
  bool string(string_t& value) override {
    if (begun_) values_.insert_or_assign(values_.end(), std::move(field_), std::move(value));
    return begun_;
  }

  bool null() override { return false; }
  bool boolean(bool) override { return false; }
  bool number_integer(number_integer_t) override { return false; }
  bool number_unsigned(number_unsigned_t) override { return false; }
  bool number_float(number_float_t, const string_t&) override { return false; }
  bool binary(binary_t&) override { return false; }
  bool start_array(std::size_t) override { return false; }
  bool end_array() override { return false; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override { return false; }

 private:
  Values& values_;
  std::string field_{};
  bool begun_ = false;
};

std::optional<Values> values_from_json(std::string_view text) {
  Values values;
  ValuesReader reader(values);
  if (!nlohmann::json::sax_parse(text, &reader)) return std::nullopt;
  return values;
}

std::vector<std::string> sorted(std::vector<std::string> list) {
  std::ranges::sort(list);
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

std::vector<std::string> addresses_of(const leads::Lead& lead) {
  std::vector<std::string> addresses;
  for (const auto& email : lead.emails()) addresses.push_back(leads::to_lower(email));
  return sorted(std::move(addresses));
}

std::vector<std::string> tags_of(const leads::Lead& lead) {
  std::vector<std::string> tags;
  for (const auto& tag : leads::lines_of(lead.value("tags"))) tags.push_back(fold_for_search(tag));
  return sorted(std::move(tags));
}

/// Adds what is new and drops what is gone; `name` is the parameter that takes one entry.
Result<void> follow(Connection& db, LeadId lead, const Sql& add, const Sql& drop, const char* name,
                    const std::vector<std::string>& before, const std::vector<std::string>& after) {
  for (const auto& entry : before) {
    if (std::ranges::binary_search(after, entry)) continue;
    if (auto done = db.query(drop).bind(name, entry).bind(":lead", lead).run(); !done) return done;
  }
  for (const auto& entry : after) {
    if (std::ranges::binary_search(before, entry)) continue;
    if (auto done = db.query(add).bind(name, entry).bind(":lead", lead).run(); !done) return done;
  }
  return {};
}

Result<void> count(Connection& db, const leads::Lead& lead, int by) {
  return db.query(kCount)
      .bind(":owner", lead.owner())
      .bind(":status", leads::name(lead.status()))
      .bind(":by", by)
      .run();
}

Result<void> recount(Connection& db, const leads::Lead* before, const leads::Lead& after) {
  const bool was_counted = before && !leads::is_gone(*before);
  const bool is_counted = !leads::is_gone(after);
  if (was_counted && is_counted && before->owner() == after.owner() && before->status() == after.status()) return {};
  if (was_counted) {
    if (auto done = count(db, *before, -1); !done) return done;
  }
  return is_counted ? count(db, after, 1) : Result<void>{};
}

/// Values that people look for by their words. What stays out says how the lead stands, not who it is.
bool is_searched(std::string_view field) {
  constexpr std::string_view kNot[] = {"status",  "owed",    "owner",         "mailbox",  "type",
                                       "next.at", "next.by", "next.sequence", "language", "first_contact_at"};
  return !field.starts_with("sla.") && !field.ends_with(".uid") && std::ranges::find(kNot, field) == std::end(kNot);
}

}  // namespace

std::string searched_text(const leads::Event& event) {
  std::string text;
  if (event.type != leads::EventType::mail_in) text = event.text;
  for (const auto& file : event.files) text.append("\n").append(file.name);
  for (const auto& change : event.changes) {
    if (!change.after.empty() && is_searched(change.field)) text.append("\n").append(change.after);
  }
  return text;
}

Result<leads::Lead> lead_of(const Query& row) {
  leads::Lead lead{.id = LeadId{row.integer(0)}, .created = row.time(1)};
  auto values = values_from_json(row.view(2));
  if (!values) return Error{Next::stop, "the row of " + to_string(lead.id) + " is damaged"};
  lead.values = std::move(*values);
  return lead;
}

Result<std::optional<leads::Lead>> read_lead(Connection& db, LeadId id) {
  auto query = db.query(kReadLead);
  auto row = query.bind(":id", id).step();
  if (!row) return std::move(row.error()).in("reading " + to_string(id));
  if (!*row) return std::optional<leads::Lead>{};
  auto lead = lead_of(query);
  if (!lead) return std::move(lead.error());
  return std::optional(std::move(*lead));
}

Result<LeadId> add_lead(Connection& db, Time now) {
  if (auto done = db.query(kAddLead).bind(":now", now).run(); !done) return std::move(done.error()).in("a new lead");
  return LeadId{db.last_insert_id()};
}

Result<void> write_lead(Connection& db, const leads::Lead* before, const leads::Lead& after, Time now) {
  const auto next = after.next();
  auto done = db.query(kWriteLead)
                  .bind(":id", after.id)
                  .bind(":created", after.created)
                  .bind(":now", now)
                  .bind(":status", leads::name(after.status()))
                  .bind(":owner", after.owner())
                  .bind(":owed", after.owed())
                  .bind(":next_at", next ? std::optional(next->at) : std::nullopt)
                  .bind(":next_by", next ? std::string_view(next->by) : std::string_view())
                  .bind(":term_at", leads::next_term(after))
                  .bind(":domain", after.value("domain"))
                  .bind(":source", after.value("source"))
                  .bind(":campaign", after.value("campaign"))
                  .bind(":gone", leads::is_gone(after))
                  .bind(":fields", to_json(after.values))
                  .run();
  if (done) {
    const auto old = before ? addresses_of(*before) : std::vector<std::string>{};
    done = follow(db, after.id, kAddAddress, kDropAddress, ":address", old, addresses_of(after));
  }
  if (done) {
    const auto old = before ? tags_of(*before) : std::vector<std::string>{};
    done = follow(db, after.id, kAddTag, kDropTag, ":tag", old, tags_of(after));
  }
  if (done) done = follow_deals(db, before, after, now);
  if (done) done = recount(db, before, after);
  if (!done) return std::move(done.error()).in("writing " + to_string(after.id));
  return {};
}

Result<void> add_event(Connection& db, PendingWords& words, LeadId lead, const leads::Event& event) {
  const auto changes = leads::changes_to_json(event.changes);
  auto done = db.query(kAddEvent)
                  .bind(":lead", lead)
                  .bind(":at", event.at)
                  .bind(":type", leads::name(event.type))
                  .bind(":by", event.by)
                  .bind(":cause", event.cause)
                  .bind(":text", event.text)
                  .bind(":message_id", event.message_id)
                  .bind(":direction", event.direction)
                  .bind(":changes", changes)
                  .bind(":files", leads::files_to_json(event.files))
                  .run();
  if (!done) return std::move(done.error()).in("an event of " + to_string(lead));
  words.add(search_row_of_event(db.last_insert_id()), searched_text(event));
  return {};
}

Result<std::vector<leads::Event>> read_events(Connection& db, LeadId lead, std::optional<Time> until) {
  std::vector<leads::Event> events;
  auto query = db.query(kReadEvents);
  query.bind(":lead", lead).bind(":until", until.value_or(Time::max()));
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error()).in("events of " + to_string(lead));
    if (!*row) return events;
    auto type = leads::event_type_named(query.view(1));
    auto changes = leads::changes_from_json(query.view(7));
    auto files = leads::files_from_json(query.view(8));
    if (!type || !changes || !files) return Error{Next::stop, "an event of " + to_string(lead) + " is damaged"};
    events.push_back({.at = query.time(0),
                      .type = *type,
                      .by = query.text(2),
                      .cause = query.text(3),
                      .text = query.text(4),
                      .message_id = query.text(5),
                      .direction = query.text(6),
                      .changes = std::move(*changes),
                      .files = std::move(*files)});
  }
}

}  // namespace leadmail::store
