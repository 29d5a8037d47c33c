#include <gtest/gtest.h>

#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

using leads::LetterKind;
using std::chrono::hours;
using std::chrono::minutes;

/// Counts what goes to ana; a merged mail names what it holds.
class CountingComposer : public PlainComposer {
 public:
  Result<Outgoing> compose(const leads::Letter& letter, const leads::Lead* lead) override {
    auto mail = PlainComposer::compose(letter, lead);
    if (!mail) return mail;
    mail->reader = letter.to_user;
    mail->merge_above = 3;
    return mail;
  }
  Result<Outgoing> merge(const std::string& reader, const std::vector<Claim>& mails) override {
    if (broken) return Error{Next::give_up, "no template"};
    Outgoing mail;
    mail.message_id = "merged-" + mails.front().message_id;
    mail.mail_from = "sales@acme.example";
    mail.rcpt_to = mails.front().recipients.empty() ? std::vector<std::string>{}
                                                    : std::vector<std::string>{mails.front().recipients[0].rcpt_to};
    mail.bytes = reader;
    for (const auto& one : mails) mail.bytes += " " + one.message_id;
    return mail;
  }
  bool broken = false;
};

struct OutboxMergeTest : testing::Test {
  OutboxId queue(int number, Time now = kNow, LetterKind kind = LetterKind::copy, const std::string& to = "ana") {
    auto transaction = begin(*book);
    const auto letter = a_letter(kind, "mail:" + std::to_string(number), LeadId{}, to);
    auto unbound = letter;
    unbound.lead.reset();
    auto applied = transaction->apply(only({leads::SendLetter{unbound}}), now, composer);
    EXPECT_TRUE(applied) << (applied ? "" : applied.error().what);
    EXPECT_TRUE(transaction->commit());
    return applied && !applied->outbox.empty() ? applied->outbox[0] : OutboxId{};
  }

  /// What leaves at that time: merged first, as the sender does it.
  std::vector<std::string> leaves(Time now) {
    auto transaction = begin(*book);
    EXPECT_TRUE(transaction->merge_held("sales", now, composer));
    auto claims = transaction->claim_due("sales", now, 100);
    EXPECT_TRUE(claims);
    std::vector<std::string> bytes;
    for (const auto& mail : *claims) {
      bytes.push_back(mail.kind == "merged" ? mail.bytes : mail.message_id);
      EXPECT_TRUE(transaction->record_attempt(mail.id, now, {{mail.recipients[0].rcpt_to, "delivered"}}));
    }
    EXPECT_TRUE(transaction->commit());
    return bytes;
  }

  using Mails = std::vector<std::string>;
  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
  CountingComposer composer{};
};

TEST_F(OutboxMergeTest, MailAboveTheRateWaitsTenMinutesAndBecomesOne) {
  for (int i = 1; i <= 6; ++i) queue(i);
  EXPECT_EQ(leaves(kNow), (Mails{"mail:1@acme.example", "mail:2@acme.example", "mail:3@acme.example"}));
  EXPECT_EQ(leaves(kNow + minutes{9}), Mails{});
  EXPECT_EQ(leaves(kNow + minutes{10}), Mails{"ana mail:4@acme.example mail:5@acme.example mail:6@acme.example"});
  EXPECT_EQ(leaves(kNow + hours{2}), Mails{}) << "each of them has arrived once";
  EXPECT_EQ(ask(path, "SELECT DISTINCT reply FROM recipient WHERE state = 'cancelled'"), "merged into outbox 7");
}

TEST_F(OutboxMergeTest, WhatComesWhileOthersGatherJoinsThem) {
  for (int i = 1; i <= 4; ++i) queue(i);
  leaves(kNow);
  queue(5, kNow + minutes{9});
  EXPECT_EQ(leaves(kNow + minutes{10}), Mails{"ana mail:4@acme.example mail:5@acme.example"});
}

TEST_F(OutboxMergeTest, OneThatWaitedAloneGoesAsItIs) {
  for (int i = 1; i <= 4; ++i) queue(i);
  leaves(kNow);
  EXPECT_EQ(leaves(kNow + minutes{10}), Mails{"mail:4@acme.example"});
}

TEST_F(OutboxMergeTest, AnHourLaterMailComesOneByOneAgain) {
  for (int i = 1; i <= 3; ++i) queue(i);
  leaves(kNow);
  queue(4, kNow + minutes{61});
  EXPECT_EQ(leaves(kNow + minutes{61}), Mails{"mail:4@acme.example"});
}

TEST_F(OutboxMergeTest, MailToOthersIsNotKeptWaiting) {
  for (int i = 1; i <= 5; ++i) queue(i);
  queue(6, kNow, LetterKind::copy, "luis");
  queue(7, kNow, LetterKind::ack, "maria@x.example");
  const auto mails = leaves(kNow);
  EXPECT_EQ(mails.size(), 5U);
  EXPECT_EQ(mails.back(), "mail:7@acme.example");
}

TEST_F(OutboxMergeTest, WhatCanNotBeMergedGoesOneByOne) {
  composer.broken = true;
  for (int i = 1; i <= 5; ++i) queue(i);
  leaves(kNow);
  EXPECT_EQ(leaves(kNow + minutes{10}), (Mails{"mail:4@acme.example", "mail:5@acme.example"}));
}

TEST_F(OutboxMergeTest, ACrashBeforeTheCommitLeavesAllOfThemWaiting) {
  for (int i = 1; i <= 5; ++i) queue(i);
  leaves(kNow);
  {
    auto lost = begin(*book);
    ASSERT_TRUE(lost->merge_held("sales", kNow + minutes{10}, composer));
  }
  EXPECT_EQ(ask(path, "SELECT count(*) FROM outbox WHERE kind = 'merged'"), "0");
  EXPECT_EQ(leaves(kNow + minutes{11}), Mails{"ana mail:4@acme.example mail:5@acme.example"});
}

TEST_F(OutboxMergeTest, TheNextLookIsWhenTheyHaveGathered) {
  for (int i = 1; i <= 4; ++i) queue(i);
  leaves(kNow);
  EXPECT_EQ(*begin(*book)->next_due_send("sales"), kNow + minutes{10});
}

}  // namespace
}  // namespace leadmail::store::tests
