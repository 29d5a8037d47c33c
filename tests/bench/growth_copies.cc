#include "tests/bench/growth_copies.h"

#include <array>
#include <map>
#include <string>
#include <vector>

#include "core/store/lead_row.h"
#include "tests/bench/growth_mails.h"

namespace leadmail::bench {
namespace {

/// Which rows of a table belong to the leads that are copied, and what becomes of their columns; LEAD is the column
/// with the lead's number, and a column that is not named stays as it is.
struct Copied {
  const char* table;
  const char* lead;
  const char* rows;
  std::map<std::string, std::string> columns;
};

const std::string kLater = "@ + :time";

const std::vector<Copied>& copied() {
  static const std::vector<Copied> tables = {
      {"lead",
       "id",
       "id <= :leads",
       {{"id", "@ + :lead"},
        {"created", kLater},
        {"changed", kLater},
        {"next_at", kLater},
        {"term_at", kLater},
        {"acted", kLater},
        {"answered", kLater},
        {"fields", "RENAMED"}}},
      {"lead_tag", "lead", "lead <= :leads", {{"lead", "@ + :lead"}}},
      {"deal", "lead", "lead <= :leads", {{"lead", "@ + :lead"}, {"since", kLater}}},
      {"contact_address", "lead", "lead <= :leads", {{"lead", "@ + :lead"}, {"address", "RENAMED"}}},
      {"event",
       "lead",
       "lead <= :leads",
       {{"id", "@ + :event"},
        {"lead", "@ + :lead"},
        {"at", kLater},
        {"cause", "RENAMED"},
        {"text", "RENAMED"},
        {"message_id", "RENAMED"},
        {"changes", "RENAMED"}}},
      {"outbox",
       "lead",
       "lead <= :leads",
       {{"id", "@ + :outbox"},
        {"lead", "@ + :lead"},
        {"cause", ":lead || ':' || @"},
        {"message_id", "OTHER_ID"},
        {"created", kLater},
        {"due", kLater},
        {"expires", kLater}}},
      {"recipient",
       "0",
       "outbox IN (SELECT id FROM outbox WHERE lead <= :leads)",
       {{"outbox", "@ + :outbox"}, {"next_try", kLater}, {"changed", kLater}, {"created", kLater}}},
      {"message",
       "lead",
       "lead <= :leads",
       {{"id", "@ + :message"},
        {"lead", "@ + :lead"},
        {"fingerprint", ":lead || '.' || @"},
        {"message_id", "OTHER_ID"},
        {"received", kLater},
        {"date", kLater},
        {"from_address", "RENAMED"},
        {"subject", "RENAMED"},
        {"subject_key", "RENAMED"},
        {"reply", "RENAMED"},
        {"text", "RENAMED"}}},
      {"raw", "0", "mail IN (SELECT id FROM message WHERE lead <= :leads)", {{"id", "NULL"}, {"mail", "@ + :message"}}},
      {"ledger",
       "lead",
       "lead <= :leads",
       {{"id", "@ + :ledger"},
        {"lead", "@ + :lead"},
        {"mail", "@ + :message"},
        {"folder", "'Archive'"},
        {"uid", "id + :ledger"},
        {"seen", kLater},
        {"evidence", "RENAMED"}}},
      {"message_id",
       "lead",
       "lead <= :leads",
       {{"id", "OTHER_ID"}, {"lead", "@ + :lead"}, {"mail", "@ + :message"}, {"outbox", "@ + :outbox"}}},
      // Nobody waits for what was to be done years ago.
      {"reminder",
       "lead",
       "lead <= :leads",
       {{"lead", "@ + :lead"}, {"due", kLater}, {"wake", kLater}, {"state", "'done'"}}},
  };
  return tables;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

/// What the copy has in that column.
std::string expression(const Copied& table, const std::string& column) {
  const auto found = table.columns.find(column);
  if (found == table.columns.end()) return column;
  const std::string lead = table.lead;
  const auto number = "printf('%08d', " + lead + ")";
  const auto renamed = "replace(@, " + number + ", printf('%08d', " + lead + " + :lead))";
  const auto other_id = "iif(instr(@, " + number + ") > 0, " + renamed + ", :lead || ':' || @)";
  return replaced(replaced(replaced(found->second, "RENAMED", renamed), "OTHER_ID", other_id), "@", column);
}

using Numbers = std::map<std::string, std::int64_t>;

Result<void> run(store::Connection& db, const std::string& sql, const Numbers& numbers) {
  auto query = db.query(sql);
  for (const auto& [name, number] : numbers) {
    if (sql.find(name + ' ') != std::string::npos || sql.find(name + ')') != std::string::npos || sql.ends_with(name)) {
      query.bind(name.c_str(), number);
    }
  }
  return query.run();
}

Result<void> copy(store::Connection& db, const Copied& table, const Numbers& numbers) {
  std::string names;
  std::string values;
  {
    auto query = db.query("SELECT name FROM pragma_table_info('" + std::string(table.table) + "')");
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) break;
      const auto* const comma = names.empty() ? "" : ", ";
      names += comma + query.text(0);
      values += comma + expression(table, query.text(0)) + " ";
    }
  }
  const auto sql = "INSERT INTO " + std::string(table.table) + " (" + names + ") SELECT " + values + "FROM " +
                   table.table + " WHERE " + table.rows;
  auto done = run(db, sql, numbers);
  return done ? Result<void>{} : Result<void>{std::move(done.error()).in(table.table)};
}

constexpr std::array<const char*, 2> kSums = {
    "INSERT INTO lead_count (owner, status, leads) SELECT owner, status, count(*) FROM lead WHERE id > :lead "
    "GROUP BY owner, status ON CONFLICT DO UPDATE SET leads = leads + excluded.leads",
    "INSERT INTO ledger_count (mailbox, outcome, sightings, mails, last_seen)"
    " SELECT mailbox, outcome, count(*), count(*), max(seen) FROM ledger WHERE id > :ledger GROUP BY mailbox, outcome"
    " ON CONFLICT DO UPDATE SET sightings = sightings + excluded.sightings, mails = mails + excluded.mails,"
    " last_seen = excluded.last_seen"};

/// The index has no texts that could be copied.
Result<void> index_mails(store::Desk& desk, std::int64_t after) {
  auto query = desk.db->query(
      std::string("SELECT id, subject, from_name, from_address, reply, signature FROM message WHERE id > :after"));
  query.bind(":after", after);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return {};
    std::string text;
    for (int column = 1; column <= 5; ++column) text.append(query.view(column)).append("\n");
    desk.words.add(store::search_row_of_mail(MailId{query.integer(0)}), text);
  }
}

Result<void> index_events(store::Desk& desk, std::int64_t after) {
  auto query = desk.db->query(std::string("SELECT id, type, text, changes, files FROM event WHERE id > :after"));
  query.bind(":after", after);
  while (true) {
    auto row = query.step();
    if (!row) return std::move(row.error());
    if (!*row) return {};
    leads::Event event{.type = leads::event_type_named(query.view(1)).value_or(leads::EventType::fields),
                       .text = query.text(2),
                       .changes = leads::changes_from_json(query.view(3)).value_or(std::vector<leads::Change>{}),
                       .files = leads::files_from_json(query.view(4)).value_or(std::vector<leads::Attachment>{})};
    desk.words.add(store::search_row_of_event(query.integer(0)), store::searched_text(event));
  }
}

}  // namespace

Result<void> add_copies(store::Desk& desk, std::uint64_t leads) {
  auto& db = *desk.db;
  Numbers numbers{{":leads", static_cast<std::int64_t>(leads)}};
  for (const std::string table : {"lead", "event", "outbox", "message", "ledger"}) {
    auto most = db.number(("SELECT coalesce(max(id), 0) FROM " + table).c_str());
    if (!most) return std::move(most.error());
    numbers[":" + table] = *most;
  }
  const auto first = static_cast<std::uint64_t>(numbers[":lead"]);
  numbers[":time"] = to_unix(time_of(first)) - to_unix(time_of(0));
  for (const auto& table : copied()) {
    if (auto done = copy(db, table, numbers); !done) return done;
  }
  for (const auto* const sum : kSums) {
    if (auto done = run(db, sum, numbers); !done) return done;
  }
  if (auto done = index_mails(desk, numbers[":message"]); !done) return done;
  if (auto done = index_events(desk, numbers[":event"]); !done) return done;
  return desk.words.write(db);
}

}  // namespace leadmail::bench
