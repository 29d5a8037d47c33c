#include <gtest/gtest.h>

#include <set>

#include "core/store/list_sql.h"
#include "core/store/sqlite.h"
#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

/// The steps of a statement's plan, one a line; "" for statements that have none (BEGIN …).
std::string plan_of(Connection& db, const std::string& sql) {
  auto query = db.query("EXPLAIN QUERY PLAN " + sql);
  std::string plan;
  while (true) {
    auto row = query.step();
    if (!row) return "ERROR " + row.error().what;
    if (!*row) return plan;
    plan += query.text(3) + "\n";
  }
}

/// Walks through a table that grows with every mail, rather than finding its rows.
bool scans_a_big_table(const std::string& plan) {
  for (const char* table : {"lead", "lead_tag", "contact_address", "event", "message", "raw", "ledger", "message_id",
                            "outbox", "recipient", "reminder", "address_state", "deal"}) {
    const auto scan = plan.find("SCAN " + std::string(table) + "\n");
    const auto named_scan = plan.find("SCAN " + std::string(table) + " USING");
    if (scan != std::string::npos || named_scan != std::string::npos) return true;
  }
  return false;
}

struct PlansTest : testing::Test {
  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
  std::unique_ptr<Connection> db = std::move(*Connection::open(path, Connection::Mode::read));
};

// A list of everything walks through everything; the indexes of what is open, and of leads
// with events, hold little.
const std::set<std::string> kMayScan = {"ORDER BY ledger.id",
                                        "FROM outbox ORDER BY id",
                                        "GROUP BY state",
                                        "next_try IS NOT NULL GROUP BY mailbox",
                                        "sum(due <= :now)",
                                        "AND state IN ('sending', 'sending-final')",
                                        "instr(fields, '\"event.') > 0"};

bool may_scan(const std::string& sql) {
  for (const auto& words : kMayScan) {
    if (sql.find(words) != std::string::npos && sql.find("outcome = :outcome") == std::string::npos) return true;
  }
  return false;
}

TEST_F(PlansTest, EveryStatementFindsItsRowsByAnIndex) {
  int count = 0;
  for (const auto* sql = Sql::first(); sql; sql = sql->next(), ++count) {
    const std::string text = sql->text();
    if (text.starts_with("BEGIN") || text.starts_with("COMMIT") || text.starts_with("ROLLBACK") ||
        text.starts_with("SAVEPOINT") || text.starts_with("RELEASE")) {
      continue;
    }
    const auto plan = plan_of(*db, text);
    EXPECT_FALSE(plan.starts_with("ERROR")) << text << "\n" << plan;
    EXPECT_TRUE(may_scan(text) || !scans_a_big_table(plan)) << text << "\n" << plan;
  }
  EXPECT_GT(count, 50);
}

ListBy list_by(unsigned bits) {
  const auto is_set = [bits](unsigned bit) { return (bits >> bit & 1U) != 0; };
  return {is_set(0), is_set(1), is_set(2), is_set(3), is_set(4), is_set(5), is_set(6), {}};
}

TEST_F(PlansTest, EveryFilterOfAListIsLookedUp) {
  for (unsigned bits = 1; bits < 128; ++bits) {
    const auto sql = list_sql(list_by(bits));
    const auto plan = plan_of(*db, sql);
    EXPECT_FALSE(plan.starts_with("ERROR")) << sql << "\n" << plan;
    EXPECT_FALSE(scans_a_big_table(plan)) << sql << "\n" << plan;
  }
}

// Whoever looks at the first page of a hundred thousand leads waits for that page alone.
TEST_F(PlansTest, NoListIsSortedButByDueTime) {
  for (unsigned bits = 0; bits < 128; ++bits) {
    const auto by = list_by(bits);
    const auto sql = list_sql(by);
    const auto plan = plan_of(*db, sql);
    if (by.due_by) continue;
    EXPECT_EQ(plan.find("USE TEMP B-TREE"), std::string::npos) << sql << "\n" << plan;
  }
}

// Half of all leads may be owed an answer: after years of mail were taken in, say.
TEST_F(PlansTest, WhatIsOwedIsReadInItsOrder) {
  for (unsigned bits = 0; bits < 128; ++bits) {
    auto by = list_by(bits | 8U);
    if (by.owner || by.due_by || by.tag) continue;
    by.owners = {"''", "'ana'", "'luis'"};
    const auto plan = plan_of(*db, list_sql(by));
    EXPECT_NE(plan.find("MERGE (UNION ALL)"), std::string::npos) << plan;
    EXPECT_NE(plan.find("USING INDEX lead_owed (owed=? AND owner=?)"), std::string::npos) << plan;
    EXPECT_EQ(plan.find("USE TEMP B-TREE"), std::string::npos) << plan;
    EXPECT_EQ(plan.find("SEARCH lead USING INDEX lead_by"), std::string::npos) << plan;
  }
}

TEST_F(PlansTest, AScanIsSeen) {
  EXPECT_TRUE(scans_a_big_table(plan_of(*db, "SELECT count(*) FROM event WHERE by = 'ana'")));
  EXPECT_TRUE(scans_a_big_table(plan_of(*db, "SELECT count(*) FROM lead")));
}

// Rows that refer to a row are looked for when that one goes: without an index each erasure would walk through a table.
TEST_F(PlansTest, EveryReferenceHasAnIndex) {
  const auto references =
      ask(path,
          "SELECT m.name || '.' || f.\"from\" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f"
          " WHERE m.type = 'table' AND NOT EXISTS (SELECT 1 FROM pragma_index_list(m.name) i,"
          " pragma_index_info(i.name) c WHERE c.seqno = 0 AND c.name = f.\"from\")"
          " AND NOT EXISTS (SELECT 1 FROM pragma_table_info(m.name) t"  // the row's own number needs none
          " WHERE t.name = f.\"from\" AND t.pk = 1 AND t.type = 'INTEGER')");
  EXPECT_EQ(references, "");
}

}  // namespace
}  // namespace leadmail::store::tests
