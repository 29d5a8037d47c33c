#include <gtest/gtest.h>

#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

struct ManyLeadsTest : testing::Test {
  LeadId open_lead(int n, std::vector<leads::Change> changes, Time now = kNow) {
    auto transaction = begin(*book);
    changes.push_back({"contact.1.emails", "", "p" + std::to_string(n) + "@x.example"});
    auto applied = transaction->apply(
        only({leads::OpenLead{"sales"}, leads::Record{{}, an_event(leads::EventType::captured, std::move(changes))}}),
        now, composer);
    EXPECT_TRUE(applied && transaction->commit());
    return LeadId{n};
  }

  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
  PlainComposer composer{};
};

TEST_F(ManyLeadsTest, SilentOnesAreThoseInRepliedThatRestWithoutANextContact) {
  open_lead(1, {{"status", "", "replied"}}, kNow);
  open_lead(2, {{"status", "", "open"}}, kNow);
  open_lead(3, {{"status", "", "replied"}}, kNow + std::chrono::hours{24});
  open_lead(4, {{"status", "", "replied"}, {"next.at", "", "1900000000"}}, kNow);
  const auto transaction = begin(*book);
  const auto silent = *transaction->silent_leads(kNow + seconds{1}, 10);
  ASSERT_EQ(silent.size(), 1U);
  EXPECT_EQ(silent[0].id, LeadId{1});
  EXPECT_EQ(transaction->silent_leads(kNow + std::chrono::hours{48}, 10)->size(), 2U);
}

TEST_F(ManyLeadsTest, AreWalkedThroughByTheirNumbers) {
  for (int n = 1; n <= 5; ++n) open_lead(n, {{"status", "", "lead"}});
  const auto transaction = begin(*book);
  EXPECT_EQ(transaction->leads_after(LeadId{0}, 3)->back().id, LeadId{3});
  EXPECT_EQ(transaction->leads_after(LeadId{3}, 3)->size(), 2U);
  EXPECT_TRUE(transaction->leads_after(LeadId{5}, 3)->empty());
}

TEST_F(ManyLeadsTest, AnImportedRowIsKnownAgainAndAnAddressInAnyCase) {
  const auto id = open_lead(1, {{"status", "", "lead"}});
  const auto transaction = begin(*book);
  EXPECT_EQ(*transaction->imported("key"), std::nullopt);
  ASSERT_TRUE(transaction->keep_imported("key", id));
  ASSERT_TRUE(transaction->keep_imported("key", id)) << "twice is once";
  EXPECT_EQ(*transaction->imported("key"), id);
  EXPECT_EQ(*transaction->leads_with({"P1@x.example", "p1@x.example", "p2@x.example"}), std::vector{id});
}

TEST_F(ManyLeadsTest, WhoMustNotBeWrittenToIsSaidWithTheReason) {
  const auto id = open_lead(1, {{"status", "", "do-not-contact"}});
  const auto transaction = begin(*book);
  EXPECT_EQ(*transaction->why_not_write(leads::LetterKind::newsletter, id, "p1@x.example"), "do not contact");
  EXPECT_EQ(*transaction->why_not_write(leads::LetterKind::newsletter, LeadId{}, "p1@x.example"), "do not contact");
  EXPECT_EQ(*transaction->why_not_write(leads::LetterKind::newsletter, LeadId{}, "p2@x.example"), "");
  EXPECT_FALSE(*transaction->has_cause("newsletter:spring:p1@x.example"));
}

TEST(LastInquiry, IsTheProspectsLastMailAsItIsKept) {
  TemporaryFolder folder;
  auto book = open_book(folder / "leadmail.db");
  auto first = an_inquiry(1);
  const auto lead = *take(*book, a_new_lead(first), first, 1).lead;
  auto second = an_inquiry(2);
  second.subject = "Ten pumps";
  second.text = "Ten pumps, please.\n> quoted";
  second.reply = "Ten pumps, please.";
  take(*book, threaded(second, lead), second, 2);
  const auto transaction = begin(*book);
  const auto mail = *transaction->last_inquiry(**transaction->lead(lead));
  ASSERT_TRUE(mail);
  EXPECT_EQ(mail->subject, "Ten pumps");
  EXPECT_EQ(mail->text, second.text);
  EXPECT_EQ(mail->from.address, "maria@x.example");
  EXPECT_EQ(mail->received, second.received);
  EXPECT_FALSE(*transaction->last_inquiry(leads::Lead{.id = LeadId{77}}));
}

}  // namespace
}  // namespace leadmail::store::tests
