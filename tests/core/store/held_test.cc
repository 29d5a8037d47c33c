// The holding list and what is to be done on the server, as the book keeps them.
#include <gtest/gtest.h>

#include "core/leads/held.h"
#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

using State = leads::HeldMail::State;

leads::Decision held_decision(const std::string& sender) {
  auto decision = only({leads::Hold{sender}});
  decision.outcome = leads::Outcome::held;
  decision.reason = "may be no mailing after all";
  return decision;
}

struct HeldTest : testing::Test {
  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);

  /// Holds the n-th mail; its number is n when they come in order.
  void hold(int n) { take(*book, held_decision("Maria@X.example"), an_inquiry(n), n); }

  Result<void> decide(leads::Effect effect) {
    PlainComposer composer;
    auto transaction = begin(*book);
    auto applied = transaction->apply(only({std::move(effect)}), kNow, composer);
    if (!applied) return std::move(applied.error());
    return transaction->commit();
  }

  leads::HeldMail mail(std::int64_t number) {
    auto found = begin(*book)->held_mail(number);
    EXPECT_TRUE(found && *found);
    return found && *found ? **found : leads::HeldMail{};
  }

  std::string blocked(const std::string& address) {
    auto known = begin(*book)->snapshot({.writer = address}, kNow);
    return known ? known->blocked : known.error().what;
  }
};

TEST_F(HeldTest, AHeldMailWaitsWithItsBytesAndItsRow) {
  hold(1);
  hold(2);
  auto transaction = begin(*book);
  EXPECT_EQ(transaction->held_waiting(10)->size(), 2U);
  EXPECT_EQ(*transaction->count_held_waiting(), 2);
  const auto bytes = transaction->held_bytes(1);
  ASSERT_TRUE(bytes && *bytes);
  EXPECT_NE((*bytes)->raw.find("Hello"), std::string::npos);
  EXPECT_EQ((*bytes)->state, State::waiting);
  transaction.reset();
  EXPECT_EQ(mail(1).sender, "maria@x.example");
  EXPECT_EQ(mail(1).reason, "may be no mailing after all");
  EXPECT_FALSE(*begin(*book)->held_mail(3));
}

TEST_F(HeldTest, AnAcceptedMailIsTakenOnceWhateverIsSaidTwice) {
  hold(1);
  ASSERT_TRUE(decide(leads::AcceptHeld{1, "admin"}));
  EXPECT_FALSE(decide(leads::AcceptHeld{1, "admin"}));
  EXPECT_EQ(*begin(*book)->held_accepting(), (std::vector<std::int64_t>{1}));
  EXPECT_EQ(begin(*book)->held_waiting(10)->size(), 0U);

  const auto inquiry = an_inquiry(1);
  PlainComposer composer;
  auto transaction = begin(*book);
  const auto row = (*transaction->held_bytes(1))->ledger;
  auto applied = transaction->apply_again(row, a_new_lead(inquiry), incoming(inquiry, 1), composer);
  ASSERT_TRUE(applied) << applied.error().what;
  ASSERT_TRUE(transaction->held_taken(1, kNow));
  ASSERT_TRUE(transaction->commit());
  transaction.reset();

  EXPECT_EQ(mail(1).state, State::accepted);
  EXPECT_EQ(mail(1).lead, applied->lead);
  EXPECT_TRUE(begin(*book)->held_accepting()->empty());
  transaction = begin(*book);
  EXPECT_FALSE(transaction->apply_again(row, a_new_lead(inquiry), incoming(inquiry, 1), composer));
  transaction.reset();
  book.reset();
  EXPECT_EQ(ask(path, "SELECT outcome || ' ' || sightings || ' ' || mails FROM ledger_count WHERE sightings > 0"),
            "lead 1 1");
}

TEST_F(HeldTest, AMailThatIsCutOffBetweenVerdictAndReadingIsKnownAfterTheRestart) {
  hold(1);
  ASSERT_TRUE(decide(leads::AcceptHeld{1, "admin"}));
  book.reset();
  book = open_book(path);
  EXPECT_EQ(*begin(*book)->held_accepting(), (std::vector<std::int64_t>{1}));
}

TEST_F(HeldTest, ABlockKeepsTheSenderOutUntilItsMailIsAccepted) {
  hold(1);
  hold(2);
  ASSERT_TRUE(decide(leads::BlockHeld{1, "maria@x.example", "admin"}));
  ASSERT_TRUE(decide(leads::BlockHeld{2, "@shop.example", "admin"}));
  EXPECT_EQ(blocked("MARIA@x.example"), "maria@x.example");
  EXPECT_EQ(blocked("somebody@mail.shop.example"), "@shop.example");
  EXPECT_EQ(blocked("somebody@x.example"), "");
  EXPECT_EQ(mail(1).state, State::blocked);
  EXPECT_FALSE(decide(leads::BlockHeld{1, "maria@x.example", "admin"}));

  ASSERT_TRUE(decide(leads::AcceptHeld{1, "admin"}));
  EXPECT_EQ(blocked("maria@x.example"), "");
  EXPECT_EQ(mail(1).state, State::accepting);
  book.reset();
  EXPECT_EQ(ask(path, "SELECT outcome || ' ' || sightings FROM ledger_count WHERE sightings > 0 ORDER BY outcome"),
            "held 1; ignored 1");
}

TEST_F(HeldTest, AVerdictAboutNothingIsAnError) {
  EXPECT_FALSE(decide(leads::AcceptHeld{7, "admin"}));
  EXPECT_FALSE(decide(leads::BlockHeld{7, "x@x.example", "admin"}));
}

TEST_F(HeldTest, TheListRemembersItsDay) {
  auto transaction = begin(*book);
  EXPECT_FALSE(*transaction->held_list_slot());
  ASSERT_TRUE(transaction->set_held_list_slot(kNow));
  ASSERT_TRUE(transaction->commit());
  transaction.reset();
  EXPECT_EQ(*begin(*book)->held_list_slot(), kNow);
}

TEST_F(HeldTest, WhatIsToBeFiledIsToldInOrderUntilItIsDone) {
  const Filing first{.folder = "INBOX", .uid_validity = 7, .uid = 3, .target = "Done", .message_id = "m3@x.example"};
  const Filing second{.folder = "INBOX", .uid_validity = 7, .uid = 12};
  auto transaction = begin(*book);
  ASSERT_TRUE(transaction->plan_filing("sales", second));
  ASSERT_TRUE(transaction->plan_filing("sales", first));
  ASSERT_TRUE(transaction->plan_filing("sales", first));
  ASSERT_TRUE(transaction->filing_step("sales", first, Filing::Step::copying));
  auto left = transaction->filings("sales", 10);
  ASSERT_EQ(left->size(), 2U);
  EXPECT_EQ(left->front().uid, 3U);
  EXPECT_EQ(left->front().step, Filing::Step::copying);
  EXPECT_EQ(left->front().message_id, "m3@x.example");
  EXPECT_TRUE(transaction->filings("other", 10)->empty());
  ASSERT_TRUE(transaction->filing_done("sales", first));
  EXPECT_EQ(transaction->filings("sales", 10)->size(), 1U);
}

// I06: a restored server gives the same numbers to other mail.
TEST_F(HeldTest, PlacesThatAreGivenOutAgainAreFreedAndTheirRowsKept) {
  for (int n = 1; n <= 3; ++n) take(*book, a_new_lead(an_inquiry(n)), an_inquiry(n), n);
  const auto place = place_of(2);
  auto transaction = begin(*book);
  EXPECT_EQ(*transaction->free_places(place.mailbox, place.folder, place.uid_validity, 2), 2);
  EXPECT_TRUE(*transaction->is_in_ledger(place_of(1)));
  EXPECT_FALSE(*transaction->is_in_ledger(place_of(2)));
  ASSERT_TRUE(transaction->commit());
  transaction.reset();
  take(*book, a_new_lead(an_inquiry(4)), an_inquiry(4), 2);
  EXPECT_EQ(*begin(*book)->free_places(place.mailbox, place.folder, place.uid_validity, 2), 1) << "and again";
  book.reset();
  EXPECT_EQ(ask(path, "SELECT count(*) FROM ledger"), "4");
}

}  // namespace
}  // namespace leadmail::store::tests
