// Schemas of releases. tests/core/store/fixtures/schema-N.db.zst is a book as the release with schema N left it. When
// schema.sql changes, so does its number, and core/store/migrations gets the step; the old fixtures stay.
//
// LEADMAIL_MAKE_SCHEMA=FILE writes the fixture of this version, once, with the release.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/store/backup.h"
#include "core/store/pack.h"
#include "core/store/schema.h"
#include "core/store/sqlite.h"
#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

using ::testing::IsEmpty;

std::string fixture(int version) { return "tests/core/store/fixtures/schema-" + std::to_string(version) + ".db.zst"; }

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A book in which something of everything has happened.
void live(const std::string& path) {
  const auto book = open_book(path);
  std::vector<LeadId> leads;
  for (int n = 1; n <= 6; ++n) {
    const auto inquiry = an_inquiry(n);
    leads.push_back(*take(*book, a_new_lead(inquiry), inquiry, n).lead);
  }
  const auto answer = an_inquiry(7);
  take(*book, threaded(answer, leads[0]), answer, 7);
  const auto doubtful = an_inquiry(8);
  leads::Decision held{.outcome = leads::Outcome::held, .reason = "one sign of a machine"};
  held.effects.emplace_back(leads::Hold{doubtful.from.address});
  take(*book, held, doubtful, 8);
  const auto damaged = an_inquiry(9);
  take(*book, {.outcome = leads::Outcome::quarantined, .reason = "could not be read"}, damaged, 9);
  PlainComposer composer;
  auto transaction = begin(*book);
  const auto closed =
      an_event(leads::EventType::status, {{"status", "lead", "converted"}, {"tags", "", "fair\nspring"}});
  ASSERT_TRUE(transaction->apply(
      only({leads::Record{{leads[1]}, closed}, leads::PlanReminder{{leads[2]}, kNow + std::chrono::hours{1}, "ana"},
            leads::MarkAddress{"gone@x.example", true, "550 no such user"}}),
      kNow, composer));
  ASSERT_TRUE(transaction->note(place_of(10), kNow, leads::Outcome::baseline, "from before the first start"));
  ASSERT_TRUE(transaction->set_cursor("sales", "INBOX", {.uid_validity = 7, .last_uid = 10, .baseline_uid = 11}));
  ASSERT_TRUE(transaction->keep_backup("/srv/backup/leadmail.db", kNow));
  ASSERT_TRUE(transaction->commit());
}

/// What a schema says, without comments and blanks.
std::string schema_of(const std::string& path) {
  auto db = Connection::open(path, Connection::Mode::read);
  if (!db) return db.error().what;
  std::string all;
  auto query = (*db)->query(
      std::string("SELECT type || ' ' || name || ' ' || sql FROM sqlite_schema"
                  " WHERE sql IS NOT NULL AND name NOT LIKE 'search\\_%' ESCAPE '\\' ORDER BY type, name"));
  for (auto row = query.step(); row && *row; row = query.step()) {
    bool in_comment = false;
    const auto text = query.view(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text.substr(i, 2) == "--") in_comment = true;
      if (text[i] == '\n') in_comment = false;
      if (!in_comment && static_cast<unsigned char>(text[i]) > ' ') all += text[i];
    }
    all += '\n';
  }
  return all;
}

TEST(Released, EveryBookOfAReleaseIsOpenedAndSound) {
  if (const char* const file = std::getenv("LEADMAIL_MAKE_SCHEMA")) {  // NOLINT(concurrency-mt-unsafe)
    TemporaryFolder folder;
    live(folder / "made.db");
    Packer packer;
    const auto bytes = content(folder / "made.db");
    const auto packed = packer.pack(bytes);
    ASSERT_TRUE(packed);
    std::ofstream(file, std::ios::binary) << *packed;
  }
  for (int version = 1; version <= kSchemaVersion; ++version) {
    const auto packed = content(fixture(version));
    ASSERT_FALSE(packed.empty()) << "no fixture of schema " << version
                                 << "; LEADMAIL_MAKE_SCHEMA=FILE makes this one's";
    TemporaryFolder folder;
    const auto path = folder / "leadmail.db";
    Packer packer;
    std::string bytes;
    ASSERT_TRUE(packer.unpack(packed, bytes));
    std::ofstream(path, std::ios::binary) << bytes;
    ASSERT_EQ(ask(path, "PRAGMA user_version"), std::to_string(version));
    {
      const auto book = open_book(path);
      ASSERT_NE(book, nullptr);
    }
    EXPECT_EQ(std::filesystem::exists(path + ".before-schema-" + std::to_string(kSchemaVersion)),
              version < kSchemaVersion);
    const auto faults = verify(path, [](std::int64_t, std::int64_t) {});
    ASSERT_TRUE(faults) << faults.error().what;
    EXPECT_THAT(*faults, IsEmpty());
    EXPECT_EQ(ask(path,
                  "SELECT group_concat(outcome || sightings, ' ') FROM (SELECT outcome, sightings FROM"
                  " ledger_count WHERE sightings > 0 ORDER BY outcome)"),
              "baseline1 held1 lead6 quarantined1 threaded1");
    EXPECT_EQ((*open_reader(path)->lead(LeadId{2}))->value("status"), "converted");
  }
}

// Somebody's book has the schema of the release. Who changes schema.sql for the next one makes a step that leads there.
TEST(Released, ASchemaIsNeverChangedInPlace) {
  TemporaryFolder folder;
  std::string bytes;
  Packer packer;
  ASSERT_TRUE(packer.unpack(content(fixture(kSchemaVersion)), bytes));
  std::ofstream(folder / "released.db", std::ios::binary) << bytes;
  { const auto made = open_book(folder / "new.db"); }
  EXPECT_EQ(schema_of(folder / "released.db"), schema_of(folder / "new.db"))
      << "schema.sql was changed: it needs a new kSchemaVersion, core/store/migrations/" << kSchemaVersion + 1
      << "_what.sql and, with its release, a fixture of its own";
}

}  // namespace
}  // namespace leadmail::store::tests
