#include "core/store/figures.h"

#include <gtest/gtest.h>

#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

TEST(Figures, OfAnEmptyBookAreNothing) {
  TemporaryFolder folder;
  const auto book = open_book(folder / "leadmail.db");
  const auto figures = read_figures(folder / "leadmail.db", kNow);
  ASSERT_TRUE(figures) << figures.error().what;
  EXPECT_TRUE(figures->ledger.empty());
  EXPECT_EQ(figures->owed, 0);
  EXPECT_FALSE(figures->oldest_due);
  EXPECT_FALSE(figures->oldest_wake);
}

TEST(Figures, CountWhatStandsInTheBook) {
  TemporaryFolder folder;
  const auto path = folder / "leadmail.db";
  const auto book = open_book(path);
  const auto first = an_inquiry(1);
  const auto lead = *take(*book, a_new_lead(first), first, 1).lead;
  const auto second = an_inquiry(2);
  take(*book, threaded(second, lead), second, 2);
  const auto figures = read_figures(path, kNow + std::chrono::hours{1});
  ASSERT_TRUE(figures) << figures.error().what;
  std::int64_t rows = 0;
  for (const auto& [words, count] : figures->ledger) rows += count;
  EXPECT_EQ(rows, 2);
  EXPECT_EQ(figures->ledger.at({place_of(1).mailbox, "lead"}), 1);
  EXPECT_EQ(figures->last_seen.at(place_of(1).mailbox), kNow);
  std::int64_t leads = 0;
  for (const auto& [status, count] : figures->leads) leads += count;
  EXPECT_EQ(leads, 1);
  EXPECT_EQ(figures->recipients.at("waiting"), 1) << "ana is told";
  EXPECT_EQ(figures->oldest_due, kNow);
}

TEST(Figures, AMailThatIsSentNoLongerWaits) {
  TemporaryFolder folder;
  const auto path = folder / "leadmail.db";
  const auto book = open_book(path);
  const auto first = an_inquiry(1);
  take(*book, a_new_lead(first), first, 1);
  {
    auto transaction = begin(*book);
    const auto claims = *transaction->claim_due(place_of(1).mailbox, kNow, 10);
    ASSERT_EQ(claims.size(), 1U);
    ASSERT_TRUE(transaction->record_attempt(claims[0].id, kNow,
                                            {{claims[0].recipients[0].rcpt_to, "delivered", "250 ok", kNow}}));
    ASSERT_TRUE(transaction->commit());
  }
  const auto figures = read_figures(path, kNow);
  ASSERT_TRUE(figures) << figures.error().what;
  EXPECT_TRUE(figures->recipients.empty());
  EXPECT_FALSE(figures->oldest_due);
}

TEST(Figures, OfAFileThatIsNotThereAreAnError) {
  TemporaryFolder folder;
  EXPECT_FALSE(read_figures(folder / "none.db", kNow));
}

}  // namespace
}  // namespace leadmail::store::tests
