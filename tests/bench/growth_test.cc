// What script/bench growth measures is a book as the store itself would have made it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/store/reader.h"
#include "tests/bench/growth_bare.h"
#include "tests/bench/growth_book.h"
#include "tests/bench/growth_copies.h"
#include "tests/core/store/fixtures/book.h"

namespace leadmail::bench {
namespace {

using store::tests::ask;

constexpr std::uint64_t kLeads = 60;

/// A company as the bench's config describes one, and its book of sixty leads.
struct GrowthTest : testing::Test {
  GrowthTest() {
    leads::AssignRule rule{.name = "in turn", .strategy = leads::AssignRule::Strategy::round_robin};
    auto& rules = settings.config.rules;
    for (int i = 1; i <= kUsers; ++i) {
      const auto id = std::string("rep") + (i < 10 ? "0" : "") + std::to_string(i);
      rules.users.push_back({.id = id, .name = id, .addresses = {id + "@acme.example"}});
      rule.users.push_back(id);
    }
    rules.mailboxes = {{.name = "sales", .address = "sales@acme.example"}};
    rules.assign = {rule};
    settings.config.store_path = path;
    const auto made = grow(settings, kLeads, [](std::uint64_t) {});
    EXPECT_TRUE(made) << (made ? "" : made.error().what);
  }

  [[nodiscard]] std::set<std::int64_t> found(const std::string& words) const {
    std::set<std::int64_t> numbers;
    const auto reader = store::tests::open_reader(path);
    const auto done =
        reader->find(words, [&](const leads::Lead& lead) { return numbers.insert(lead.id.value).second; });
    EXPECT_TRUE(done);
    return numbers;
  }

  [[nodiscard]] std::string damage() const {
    return ask(path,
               "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'"
               " UNION ALL SELECT \"table\" || ' refers to nothing' FROM pragma_foreign_key_check"
               " UNION ALL SELECT 'leads are not counted' WHERE (SELECT sum(leads) FROM lead_count) <>"
               " (SELECT count(*) FROM lead)"
               " UNION ALL SELECT 'sightings are not counted' WHERE (SELECT sum(sightings) FROM ledger_count) <>"
               " (SELECT count(*) FROM ledger)"
               " UNION ALL SELECT 'mail without bytes or row' FROM message WHERE"
               " NOT EXISTS (SELECT 1 FROM raw WHERE mail = message.id)"
               " OR NOT EXISTS (SELECT 1 FROM ledger WHERE mail = message.id)"
               " OR NOT EXISTS (SELECT 1 FROM message_id WHERE mail = message.id)");
  }

  store::tests::TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  daemon::Settings settings{};
};

TEST_F(GrowthTest, EachLeadHasItsFiveMailsAndIsFoundByThem) {
  EXPECT_EQ(damage(), "");
  EXPECT_EQ(ask(path, "SELECT count(*) FROM message"), std::to_string(kLeads * kMailsOfLead));
  EXPECT_EQ(ask(path, "SELECT lead FROM message GROUP BY lead HAVING count(*) <> 5"), "");
  EXPECT_EQ(ask(path, "SELECT outcome || ' ' || count(*) FROM ledger GROUP BY outcome"),
            "lead 60; rep-answer 118; threaded 122");
  for (const std::uint64_t lead : {1U, 33U, 60U}) {
    EXPECT_THAT(found(rare_word(lead)), testing::ElementsAre(static_cast<std::int64_t>(lead)));
  }
  EXPECT_GT(found("pump").size(), kLeads / 2);
}

TEST_F(GrowthTest, CopiesAreLeadsOfTheirOwn) {
  auto db = store::Connection::open(path, store::Connection::Mode::write);
  ASSERT_TRUE(db);
  store::Desk desk;
  desk.db = std::move(*db);
  ASSERT_TRUE(desk.db->run("PRAGMA foreign_keys = OFF"));
  {
    auto transaction = store::BookTransaction::begin(desk);
    ASSERT_TRUE(transaction);
    const auto copied = add_copies(desk, 20);
    ASSERT_TRUE(copied) << copied.error().what;
    ASSERT_TRUE((*transaction)->commit());
  }
  EXPECT_EQ(damage(), "");
  EXPECT_EQ(ask(path, "SELECT count(*) FROM message"), "400");
  EXPECT_THAT(found(rare_word(67)), testing::ElementsAre(67));  // the copy of the seventh
  EXPECT_THAT(found(rare_word(7)), testing::ElementsAre(7));
  EXPECT_EQ(ask(path, "SELECT address FROM contact_address WHERE lead IN (7, 67) ORDER BY lead"),
            "p00000007@vefe0.example; p00000067@vefe0.example");
}

TEST_F(GrowthTest, BareInsertsWriteTheRowsOfTheStore) {
  const auto mail = mail_of(kLeads + 1, 0, time_of(kLeads + 1));
  std::string rows =
      "SELECT count(*) FROM lead UNION ALL SELECT count(*) FROM event UNION ALL SELECT count(*) FROM message";
  rows +=
      " UNION ALL SELECT count(*) FROM raw UNION ALL SELECT count(*) FROM ledger UNION ALL SELECT count(*) FROM outbox";
  const auto before = ask(path, rows);
  auto bare = BareInserts::open(path);
  ASSERT_TRUE(bare);
  ShortComposer letters;
  const auto learnt = (*bare)->learn(settings, {mail}, [&](const GrowthMail&) { return &letters; });
  ASSERT_TRUE(learnt) << learnt.error().what;
  EXPECT_EQ(ask(path, rows), before);
  const auto inserted = (*bare)->insert();
  ASSERT_TRUE(inserted) << inserted.error().what;
  EXPECT_EQ(ask(path, "SELECT count(*) FROM message"), "301");
  EXPECT_THAT(found(rare_word(kLeads + 1)), testing::ElementsAre(static_cast<std::int64_t>(kLeads + 1)));
  EXPECT_EQ(ask(path, "SELECT kind FROM outbox WHERE lead = 61"), "notice");
  EXPECT_EQ(ask(path, "SELECT \"table\" FROM pragma_foreign_key_check"), "");
}

}  // namespace
}  // namespace leadmail::bench
