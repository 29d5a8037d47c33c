#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/store/backup.h"
#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

using ::testing::IsEmpty;

constexpr auto kLater = kNow + std::chrono::hours{24 * 100};

struct PruneTest : testing::Test {
  /// All of it, in as many transactions as it takes.
  Pruned prune(Kept what, Time before = kLater) {
    Pruned all{.more = true};
    for (int turn = 0; all.more && turn < 10'000; ++turn) {
      auto transaction = begin(*book);
      auto some = transaction->prune(what, before);
      EXPECT_TRUE(some) << (some ? "" : some.error().what);
      EXPECT_TRUE(transaction->commit());
      if (!some) break;
      all = {all.rows + some->rows, all.bytes + some->bytes, some->more};
    }
    EXPECT_FALSE(all.more);
    return all;
  }

  [[nodiscard]] std::int64_t would_go(Kept what, Time before = kLater) const {
    const auto found = open_reader(path)->prunable(what, before);
    EXPECT_TRUE(found) << (found ? "" : found.error().what);
    return found ? found->rows : -1;
  }

  [[nodiscard]] std::string sql(const std::string& text) const { return ask(path, text); }

  leads::Decision set_aside(leads::Outcome outcome) const {
    return {.outcome = outcome, .reason = "a robot wrote it", .evidence = {{"kind", "robot", true}}};
  }

  void close(LeadId id) {
    PlainComposer composer;
    auto transaction = begin(*book);
    const auto event = an_event(leads::EventType::status, {{"status", "lead", "converted"}, {"owed", "yes", ""}});
    ASSERT_TRUE(transaction->apply(only({leads::Record{{id}, event}}), kNow, composer));
    ASSERT_TRUE(transaction->commit());
  }

  /// Nothing waits in the outbox any more.
  void deliver_all() {
    auto transaction = begin(*book);
    while (true) {
      auto due = transaction->claim_due("sales", kNow, 100);
      ASSERT_TRUE(due);
      if (due->empty()) break;
      for (const auto& mail : *due) {
        for (const auto& to : mail.recipients) {
          ASSERT_TRUE(transaction->record_attempt(mail.id, kNow, {{to.rcpt_to, "delivered", "250 ok"}}));
        }
      }
    }
    ASSERT_TRUE(transaction->commit());
  }

  void TearDown() override {
    const auto faults = verify(path, [](std::int64_t, std::int64_t) {});
    ASSERT_TRUE(faults);
    EXPECT_THAT(*faults, IsEmpty());
  }

  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
};

TEST_F(PruneTest, BytesGoAndTheTextStays) {
  const auto inquiry = an_inquiry(1);
  take(*book, a_new_lead(inquiry), inquiry, 1);
  EXPECT_EQ(would_go(Kept::raw), 1);
  const auto pruned = prune(Kept::raw);
  EXPECT_EQ(pruned.rows, 1);
  EXPECT_GT(pruned.bytes, 20);
  EXPECT_EQ(sql("SELECT count(*) FROM raw"), "0");
  EXPECT_EQ(sql("SELECT reply FROM message"), inquiry.reply);
  EXPECT_EQ(would_go(Kept::raw), 0);
}

TEST_F(PruneTest, WhatIsTooYoungStays) {
  const auto inquiry = an_inquiry(1);
  take(*book, a_new_lead(inquiry), inquiry, 1);
  for (const auto what : kAllKept) {
    EXPECT_EQ(would_go(what, kNow), 0) << name(what);
    EXPECT_EQ(prune(what, kNow).rows, 0) << name(what);
  }
  EXPECT_EQ(sql("SELECT count(*) FROM raw"), "1");
  EXPECT_EQ(prune(Kept::raw, kNow + std::chrono::seconds{1}).rows, 1);
}

// It may come again under another number, and is known then.
TEST_F(PruneTest, MailOfNoLeadIsForgottenAndStillKnown) {
  const auto robot = an_inquiry(1);
  take(*book, set_aside(leads::Outcome::automatic), robot, 1);
  const auto person = an_inquiry(2);
  take(*book, a_new_lead(person), person, 2);
  EXPECT_EQ(prune(Kept::automatic).rows, 1);
  EXPECT_EQ(sql("SELECT from_address || subject || reply || coalesce(text, '') FROM message WHERE id = 1"), "");
  EXPECT_EQ(sql("SELECT count(*) FROM raw"), "1");
  EXPECT_EQ(sql("SELECT outcome || ' ' || reason FROM ledger WHERE uid = 1"), "automatic a robot wrote it");
  EXPECT_EQ(sql("SELECT subject FROM message WHERE id = 2"), person.subject);

  auto transaction = begin(*book);
  EXPECT_TRUE(*transaction->is_in_ledger(place_of(1)));
  const auto known = transaction->snapshot({.fingerprint = robot.fingerprint}, kNow);
  ASSERT_TRUE(known);
  ASSERT_TRUE(known->seen_before);
  EXPECT_EQ(known->seen_before->outcome, "automatic");
}

TEST_F(PruneTest, ALeadThatRestsGoesWithAllThatBelongsToIt) {
  const auto first = an_inquiry(1);
  const auto gone = take(*book, a_new_lead(first), first, 1);
  const auto answer = an_inquiry(2);
  take(*book, threaded(answer, *gone.lead), answer, 2);
  const auto other = an_inquiry(3);
  const auto kept = take(*book, a_new_lead(other), other, 3);
  close(*gone.lead);
  EXPECT_EQ(would_go(Kept::leads), 0) << "its notice is still to be sent";
  deliver_all();
  EXPECT_EQ(would_go(Kept::leads), 1);
  EXPECT_EQ(prune(Kept::leads).rows, 1);
  EXPECT_EQ(sql("SELECT id FROM lead"), std::to_string(kept.lead->value));
  EXPECT_EQ(sql("SELECT count(*) FROM event WHERE lead = 1"), "0");
  EXPECT_EQ(sql("SELECT count(*) FROM ledger"), "3");
  EXPECT_EQ(sql("SELECT group_concat(subject, '|') FROM message"), "||Precio de la máquina 3");
  EXPECT_EQ(sql("SELECT count(*) FROM contact_address"), "1");
  EXPECT_EQ(sql("SELECT count(*) FROM outbox WHERE lead IS NOT NULL"), "1");
  EXPECT_EQ(sql("SELECT sum(leads) FROM lead_count"), "1");
  int found = 0;
  ASSERT_TRUE(open_reader(path)->find("máquina", [&](const leads::Lead&) { return ++found > 0; }));
  EXPECT_EQ(found, 1);
  // The number is not given again.
  const auto next = an_inquiry(4);
  EXPECT_EQ(take(*book, a_new_lead(next), next, 4).lead->value, 3);
}

TEST_F(PruneTest, ALeadThatIsNotClosedStays) {
  const auto inquiry = an_inquiry(1);
  take(*book, a_new_lead(inquiry), inquiry, 1);
  deliver_all();
  EXPECT_EQ(prune(Kept::leads).rows, 0);
  EXPECT_EQ(sql("SELECT count(*) FROM lead"), "1");
}

TEST_F(PruneTest, TextsOfSentMailGoAndTheMailIsNotMadeAgain) {
  const auto inquiry = an_inquiry(1);
  take(*book, a_new_lead(inquiry), inquiry, 1);
  EXPECT_EQ(prune(Kept::outbox).rows, 0) << "it has not left yet";
  deliver_all();
  EXPECT_EQ(prune(Kept::outbox).rows, 1);
  EXPECT_EQ(sql("SELECT length(content) || cause FROM outbox"), "0notice:fingerprint-1");
  EXPECT_FALSE(open_reader(path)->outbox_bytes(OutboxId{1}));
  auto transaction = begin(*book);
  EXPECT_TRUE(*transaction->has_cause("notice:fingerprint-1"));
  EXPECT_EQ(*transaction->retry_outbox(OutboxId{1}, kNow), 0);
}

TEST_F(PruneTest, UndecidedMailBecomesIgnored) {
  const auto doubtful = an_inquiry(1);
  auto held = set_aside(leads::Outcome::held);
  held.effects.emplace_back(leads::Hold{doubtful.from.address});
  take(*book, held, doubtful, 1);
  EXPECT_EQ(prune(Kept::held).rows, 1);
  EXPECT_EQ(sql("SELECT outcome || ': ' || reason FROM ledger"), "ignored: nobody decided about it");
  EXPECT_EQ(sql("SELECT count(*) FROM held"), "0");
  EXPECT_EQ(sql("SELECT count(*) FROM raw"), "0");
  EXPECT_EQ(sql("SELECT group_concat(outcome || sightings) FROM ledger_count WHERE sightings > 0"), "ignored1");
}

TEST_F(PruneTest, UnreadableMailLosesItsBytes) {
  const auto damaged = an_inquiry(1);
  take(*book, set_aside(leads::Outcome::quarantined), damaged, 1);
  EXPECT_EQ(prune(Kept::raw).rows, 0) << "it has a time of its own";
  EXPECT_EQ(prune(Kept::quarantine).rows, 1);
  EXPECT_EQ(sql("SELECT count(*) FROM raw"), "0");
  EXPECT_EQ(sql("SELECT outcome FROM ledger"), "quarantined");
}

// What a folder once numbered otherwise can't be asked for under that number any more.
TEST_F(PruneTest, RowsOfAPastCountGoAndThoseOfThisOneStay) {
  auto transaction = begin(*book);
  for (std::uint32_t uid = 1; uid <= 500; ++uid) {
    const Place place{.mailbox = "sales", .folder = "INBOX", .uid_validity = 7, .uid = uid};
    ASSERT_TRUE(transaction->note(place, kNow, leads::Outcome::baseline, "from before"));
  }
  ASSERT_TRUE(transaction->set_cursor("sales", "INBOX", {.uid_validity = 7, .last_uid = 500}));
  ASSERT_TRUE(transaction->commit());
  transaction.reset();
  EXPECT_EQ(prune(Kept::ledger).rows, 0);
  transaction = begin(*book);
  ASSERT_TRUE(transaction->set_cursor("sales", "INBOX", {.uid_validity = 8, .last_uid = 0}));
  ASSERT_TRUE(transaction->commit());
  transaction.reset();
  EXPECT_EQ(would_go(Kept::ledger), 500);
  EXPECT_EQ(prune(Kept::ledger).rows, 500);
  EXPECT_EQ(sql("SELECT count(*) FROM ledger"), "0");
}

TEST_F(PruneTest, EvidenceGoesAndTheReasonStays) {
  const auto inquiry = an_inquiry(1);
  take(*book, a_new_lead(inquiry), inquiry, 1);
  EXPECT_EQ(prune(Kept::audit).rows, 1);
  EXPECT_EQ(sql("SELECT evidence || reason FROM ledger"), "[]a first message");
}

// Each transaction is small, however much is old: whoever has mail to store does not wait for it.
TEST_F(PruneTest, MuchIsPrunedInSmallSteps) {
  PlainComposer composer;
  std::string large(300'000, 'x');
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>('!' + (i * i * 7919 + i / 91) % 90);
  auto transaction = begin(*book);
  for (int n = 1; n <= 1500; ++n) {
    const auto robot = an_inquiry(n);
    const auto in = incoming(robot, n, n % 10 == 0 ? std::string_view(large) : std::string_view("From: a\r\n\r\nb"));
    ASSERT_TRUE(transaction->apply(set_aside(leads::Outcome::automatic), in, composer));
  }
  ASSERT_TRUE(transaction->commit());
  transaction.reset();
  int steps = 0;
  bool more = true;
  while (more) {
    auto step = begin(*book);
    const auto pruned = step->prune(Kept::automatic, kLater);
    ASSERT_TRUE(pruned);
    EXPECT_LE(pruned->rows, 200);
    EXPECT_LE(pruned->bytes, 3'000'000);
    more = pruned->more;
    ASSERT_TRUE(step->commit());
    ++steps;
  }
  EXPECT_GE(steps, 7);
  EXPECT_EQ(sql("SELECT count(*) FROM raw"), "0");
}

}  // namespace
}  // namespace leadmail::store::tests
