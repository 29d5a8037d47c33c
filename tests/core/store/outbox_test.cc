#include <gtest/gtest.h>

#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

using leads::LetterKind;
using std::chrono::hours;
using std::chrono::minutes;

struct OutboxTest : testing::Test {
  OutboxTest() {
    const auto inquiry = an_inquiry(1);
    lead = take(*book, a_new_lead(inquiry), inquiry, 1).lead.value();
    settle("notice:fingerprint-1");
  }

  /// Queues one letter; `to` is a user, or an address outside.
  OutboxId queue(LetterKind kind, const std::string& cause, const std::string& to, Time now = kNow) {
    return queue(a_letter(kind, cause, lead, to), now);
  }
  OutboxId queue(const leads::Letter& letter, Time now = kNow) {
    auto transaction = begin(*book);
    auto applied = transaction->apply(only({leads::SendLetter{letter}}), now, composer);
    EXPECT_TRUE(applied) << (applied ? "" : applied.error().what);
    EXPECT_TRUE(transaction->commit());
    return applied && !applied->outbox.empty() ? applied->outbox[0] : OutboxId{};
  }

  std::vector<Claim> claim(Time now = kNow, int limit = 10, const std::string& mailbox = "sales") {
    auto transaction = begin(*book);
    auto claims = transaction->claim_due(mailbox, now, limit);
    EXPECT_TRUE(claims) << (claims ? "" : claims.error().what);
    EXPECT_TRUE(transaction->commit());
    return claims ? *claims : std::vector<Claim>{};
  }

  void record(OutboxId id, const std::vector<AttemptResult>& results, Time now = kNow) {
    auto transaction = begin(*book);
    EXPECT_TRUE(transaction->record_attempt(id, now, results));
    EXPECT_TRUE(transaction->commit());
  }

  void settle(const std::string& cause) {
    for (const auto& mail : claim()) {
      if (mail.message_id == cause + "@acme.example") record(mail.id, {{mail.recipients[0].rcpt_to, "delivered"}});
    }
  }

  void apply(std::vector<leads::Effect> effects) {
    auto transaction = begin(*book);
    EXPECT_TRUE(transaction->apply(only(std::move(effects)), kNow, composer));
    EXPECT_TRUE(transaction->commit());
  }

  void forbid_contact() {
    apply({leads::Record{{lead}, an_event(leads::EventType::status, {{"status", "lead", "do-not-contact"}})}});
  }

  void allow_contact() {
    apply({leads::Record{{lead}, an_event(leads::EventType::status, {{"status", "do-not-contact", "lead"}})}});
  }

  std::optional<Time> next_due() { return *begin(*book)->next_due_send("sales"); }

  [[nodiscard]] std::string state(OutboxId id) const {
    return ask(path,
               "SELECT rcpt_to || ' ' || state || iif(reply = '', '', ': ' || reply) FROM recipient WHERE outbox = " +
                   std::to_string(id.value) + " ORDER BY rcpt_to");
  }

  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
  PlainComposer composer{};
  LeadId lead{};
};

TEST_F(OutboxTest, WhatLeftLatelyIsKnownAfterARestartAndWhatWaitsIsNotInIt) {
  const auto old = queue(LetterKind::answer, "answer:1", "maria@x.example");
  claim();
  record(old, {{"maria@x.example", "delivered"}}, kNow - minutes{11});
  const auto put_back = queue(LetterKind::answer, "answer:2", "maria@x.example");
  claim();
  record(put_back, {{"maria@x.example", "waiting", "its rate", kNow + minutes{1}}});
  const auto sent = queue(LetterKind::ack, "ack:1", "li@y.example");
  claim();
  record(sent, {{"li@y.example", "deferred", "451", kNow + minutes{1}}}, kNow - minutes{2});
  const auto last = queue(LetterKind::answer, "answer:3", "maria@x.example");
  claim();
  record(last, {{"maria@x.example", "delivered"}}, kNow - minutes{1});

  const auto recent = *begin(*book)->recent_sends("sales", kNow - minutes{10}, 10);
  ASSERT_EQ(recent.size(), 3U) << "oldest first";
  EXPECT_EQ(recent[0].kind, "ack");
  EXPECT_EQ(recent[0].rcpt_to, std::vector<std::string>{"li@y.example"});
  EXPECT_EQ(recent[0].at, kNow - minutes{2});
  EXPECT_EQ(recent[1].rcpt_to, std::vector<std::string>{"maria@x.example"});
  EXPECT_EQ(recent[2].at, kNow) << "the notice of the lead itself";
  const auto latest = *begin(*book)->recent_sends("sales", kNow - minutes{10}, 1);
  ASSERT_EQ(latest.size(), 1U);
  EXPECT_EQ(latest[0].at, kNow);
  EXPECT_TRUE(begin(*book)->recent_sends("support", kNow - minutes{10}, 10)->empty());
}

TEST_F(OutboxTest, WhatTheAccountCouldNotTakeKeepsItsPlace) {
  const auto first = queue(LetterKind::answer, "answer:1", "maria@x.example");
  const auto second = queue(LetterKind::answer, "answer:2", "maria@x.example", kNow + minutes{1});
  ASSERT_EQ(claim(kNow + minutes{2}, 1).at(0).id, first);
  AttemptResult later{"maria@x.example", "waiting", "the account is in trouble", kNow + minutes{10}};
  later.keeps_place = true;
  record(first, {later}, kNow + minutes{2});
  const auto claims = claim(kNow + minutes{3});
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(claims[0].id, first);
  EXPECT_EQ(claims[1].id, second);
}

TEST_F(OutboxTest, ACopyUnderAnotherNameIsOurMailToo) {
  queue(LetterKind::answer, "answer:1", "maria@x.example");
  apply({leads::NameAlias{"answer:1@acme.example", "renamed@provider.example"},
         leads::NameAlias{"nobody-knows@acme.example", "other@provider.example"}});
  EXPECT_EQ(ask(path, "SELECT group_concat(id) FROM message_id WHERE id LIKE '%provider.example' AND lead IS NOT NULL"),
            "renamed@provider.example");
  EXPECT_FALSE(*begin(*book)->was_met("answer:1@acme.example"));
  auto inquiry = an_inquiry(9);
  inquiry.message_id = "renamed@provider.example";
  leads::Decision own;
  own.outcome = leads::Outcome::own;
  take(*book, own, inquiry, 9);
  EXPECT_TRUE(*begin(*book)->was_met("answer:1@acme.example"));
}

TEST_F(OutboxTest, AnAnswerIsWantedInSentWhenItHasBeenDeliveredForAWhile) {
  class Copying : public PlainComposer {
   public:
    Result<Outgoing> compose(const leads::Letter& letter, const leads::Lead* of) override {
      auto mail = PlainComposer::compose(letter, of);
      if (mail) mail->belongs_in_sent = true;
      return mail;
    }
  } copying;
  auto transaction = begin(*book);
  auto applied = transaction->apply(
      only({leads::SendLetter{a_letter(LetterKind::answer, "answer:1", lead, "maria@x.example")}}), kNow, copying);
  ASSERT_TRUE(applied);
  ASSERT_TRUE(transaction->commit());
  transaction.reset();
  const auto wanted = [&](Time before) { return begin(*book)->wanted_sent_copies("sales", before, 10)->size(); };
  EXPECT_EQ(wanted(kNow + hours{1}), 0U) << "it has not been sent yet";
  claim();
  record(applied->outbox[0], {{"maria@x.example", "delivered"}}, kNow + minutes{5});
  EXPECT_EQ(wanted(kNow + minutes{4}), 0U);
  EXPECT_EQ(wanted(kNow + minutes{6}), 1U);
  transaction = begin(*book);
  ASSERT_TRUE(transaction->sent_copy_is_there(applied->outbox[0]));
  ASSERT_TRUE(transaction->commit());
  transaction.reset();
  EXPECT_EQ(wanted(kNow + minutes{6}), 0U);
}

TEST_F(OutboxTest, AMailIsClaimedOnceWithTheBytesOfItsCause) {
  auto letter = a_letter(LetterKind::answer, "answer:1", lead, "maria@x.example");
  letter.to.push_back({"", "luis@y.example"});
  letter.text = "Cuesta 100";
  const auto id = queue(letter);
  EXPECT_EQ(next_due(), kNow);

  const auto claims = claim();
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].id, id);
  EXPECT_EQ(claims[0].kind, "answer");
  EXPECT_EQ(claims[0].lead, lead);
  EXPECT_EQ(claims[0].mail_from, "sales@acme.example");
  EXPECT_EQ(claims[0].message_id, "answer:1@acme.example");
  EXPECT_EQ(claims[0].bytes, "Subject: answer:1\r\n\r\nCuesta 100\r\n");
  EXPECT_EQ(claims[0].expires, kNow + hours{5 * 24});
  ASSERT_EQ(claims[0].recipients.size(), 2U);
  EXPECT_EQ(claims[0].recipients[0].attempts, 1);
  EXPECT_EQ(state(id), "luis@y.example sending; maria@x.example sending");
  EXPECT_FALSE(next_due());
  EXPECT_TRUE(claim().empty());
}

TEST_F(OutboxTest, NothingIsClaimedBeforeItIsDueNorForAnotherMailbox) {
  auto letter = a_letter(LetterKind::reminder, "reminder:1", lead, "ana");
  letter.due = kNow + hours{1};
  queue(letter);
  EXPECT_EQ(next_due(), kNow + hours{1});
  EXPECT_TRUE(claim().empty());
  EXPECT_TRUE(claim(kNow + hours{2}, 10, "support").empty());
  EXPECT_EQ(claim(kNow + hours{1}).size(), 1U);
}

TEST_F(OutboxTest, TheOldestComesFirstAndTheLimitHolds) {
  for (int n = 1; n <= 5; ++n) queue(LetterKind::copy, "copy:" + std::to_string(n), "ana", kNow - minutes{n});
  const auto claims = claim(kNow, 2);
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(claims[0].message_id, "copy:5@acme.example");
  EXPECT_EQ(claims[1].message_id, "copy:4@acme.example");
  EXPECT_EQ(claim(kNow, 10).size(), 3U);
}

TEST_F(OutboxTest, EachRecipientSucceedsOrFailsByItself) {
  auto letter = a_letter(LetterKind::answer, "answer:1", lead, "a@x.example");
  for (const char* address : {"b@x.example", "c@x.example"}) letter.to.push_back({"", address});
  const auto id = queue(letter);
  claim();
  record(id, {{"a@x.example", "delivered", "250 OK"},
              {"b@x.example", "deferred", "451 later", kNow + minutes{5}},
              {"c@x.example", "failed", "550 no such user"}});
  EXPECT_EQ(state(id),
            "a@x.example delivered: 250 OK; b@x.example deferred: 451 later; c@x.example failed: 550 no such user");
  EXPECT_EQ(next_due(), kNow + minutes{5});

  const auto again = claim(kNow + minutes{5});
  ASSERT_EQ(again.size(), 1U);
  ASSERT_EQ(again[0].recipients.size(), 1U);
  EXPECT_EQ(again[0].recipients[0].rcpt_to, "b@x.example");
  EXPECT_EQ(again[0].recipients[0].attempts, 2);
}

TEST_F(OutboxTest, WhatIsSettledStaysSettled) {
  const auto id = queue(LetterKind::answer, "answer:1", "a@x.example");
  claim();
  record(id, {{"a@x.example", "delivered", "250 OK"}});
  record(id, {{"a@x.example", "deferred", "451 later", kNow}});
  EXPECT_EQ(state(id), "a@x.example delivered: 250 OK");
  EXPECT_FALSE(next_due());
}

TEST_F(OutboxTest, AStateThatDoesNotExistIsRefused) {
  const auto id = queue(LetterKind::answer, "answer:1", "a@x.example");
  auto transaction = begin(*book);
  EXPECT_FALSE(transaction->record_attempt(id, kNow, {{"a@x.example", "sent"}}));
  EXPECT_FALSE(transaction->mark_sending_final(id, {"a@x.example"}));  // it was not claimed
}

TEST_F(OutboxTest, AfterACrashOnlyWhatMayHaveLeftIsUnknown) {
  const auto cut = queue(LetterKind::answer, "answer:1", "a@x.example");
  const auto unsent = queue(LetterKind::answer, "answer:2", "b@x.example");
  claim();
  {
    auto transaction = begin(*book);
    ASSERT_TRUE(transaction->mark_sending_final(cut, {"a@x.example"}));
    ASSERT_TRUE(transaction->commit());
  }
  book.reset();
  book = open_book(path);
  auto transaction = begin(*book);
  EXPECT_EQ(*transaction->recover_interrupted(kNow + minutes{1}), 1);
  EXPECT_EQ(*transaction->recover_interrupted(kNow + minutes{1}), 0);
  ASSERT_TRUE(transaction->commit());
  transaction.reset();
  EXPECT_EQ(state(cut), "a@x.example unknown: cut off before the answer came");
  EXPECT_EQ(state(unsent), "b@x.example waiting");

  const auto unknown = *begin(*book)->unknown_sends("sales");
  ASSERT_EQ(unknown.size(), 1U);
  EXPECT_EQ(unknown[0].id, cut);
  EXPECT_EQ(unknown[0].since, kNow + minutes{1});
  EXPECT_EQ(unknown[0].bytes, "Subject: answer:1\r\n\r\n\r\n");
  EXPECT_TRUE(begin(*book)->unknown_sends("support")->empty());

  record(cut, {{"a@x.example", "waiting", "not found anywhere"}}, kNow + minutes{16});
  const auto again = claim(kNow + minutes{16});
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[1].bytes, "Subject: answer:1\r\n\r\n\r\n");
}

TEST_F(OutboxTest, NobodyMarkedDoNotContactIsWrittenTo) {
  forbid_contact();
  const auto answer = queue(LetterKind::answer, "answer:1", "maria@x.example");
  const auto ack = queue(LetterKind::ack, "ack:1", "maria@x.example");
  const auto notice = queue(LetterKind::notice, "notice:2", "ana");
  EXPECT_EQ(state(answer), "maria@x.example cancelled: do not contact");
  EXPECT_EQ(state(ack), "maria@x.example cancelled: do not contact");
  EXPECT_EQ(state(notice), "ana@acme.example waiting");
  const auto claims = claim();
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].id, notice);
}

TEST_F(OutboxTest, DoNotContactStopsMailThatWaitsAlready) {
  const auto answer = queue(LetterKind::answer, "answer:1", "maria@x.example");
  forbid_contact();
  EXPECT_TRUE(claim().empty());
  EXPECT_EQ(state(answer), "maria@x.example cancelled: do not contact");
  EXPECT_FALSE(next_due());
}

TEST_F(OutboxTest, DoNotContactOfTheSameDecisionCounts) {
  auto transaction = begin(*book);
  auto applied = transaction->apply(
      only({leads::Record{{lead}, an_event(leads::EventType::status, {{"status", "lead", "do-not-contact"}})},
            leads::SendLetter{a_letter(LetterKind::ack, "ack:1", lead, "maria@x.example")}}),
      kNow, composer);
  ASSERT_TRUE(applied && transaction->commit());
  EXPECT_EQ(state(applied->outbox[0]), "maria@x.example cancelled: do not contact");
}

TEST_F(OutboxTest, DoNotContactStopsEveryKindOfMailToAProspectHoweverLateItComes) {
  int n = 0;
  for (const auto kind : {LetterKind::ack, LetterKind::answer, LetterKind::newsletter, LetterKind::invitation}) {
    SCOPED_TRACE(leads::name(kind));
    const auto number = std::to_string(++n);
    const auto early = queue(kind, "early:" + number, "maria@x.example");
    const auto claimed = queue(kind, "claimed:" + number, "maria@x.example");
    forbid_contact();
    const auto late = queue(kind, "late:" + number, "maria@x.example");
    EXPECT_EQ(state(late), "maria@x.example cancelled: do not contact") << "when it is queued";
    EXPECT_TRUE(claim().empty()) << "when it is claimed";
    EXPECT_EQ(state(early), "maria@x.example cancelled: do not contact");
    EXPECT_EQ(state(claimed), "maria@x.example cancelled: do not contact");
    allow_contact();

    const auto spoken = queue(kind, "spoken:" + number, "maria@x.example");
    ASSERT_EQ(claim().size(), 1U);
    forbid_contact();
    EXPECT_FALSE(begin(*book)->mark_sending_final(spoken, {"maria@x.example"})) << "when the server is told to take it";
    record(spoken, {{"maria@x.example", "waiting"}});
    EXPECT_TRUE(claim().empty());
    EXPECT_EQ(state(spoken), "maria@x.example cancelled: do not contact");
    allow_contact();
  }
  forbid_contact();
  EXPECT_EQ(state(queue(LetterKind::notice, "notice:1", "ana")), "ana@acme.example waiting")
      << "users are told all the same";
}

TEST_F(OutboxTest, WhoEndedNewslettersGetsNoneAndAllOtherMail) {
  apply({leads::Record{{lead}, an_event(leads::EventType::fields, {{"newsletter", "", "no"}})}});
  EXPECT_EQ(state(queue(LetterKind::newsletter, "newsletter:1", "maria@x.example")),
            "maria@x.example cancelled: wants no newsletters");
  EXPECT_EQ(state(queue(LetterKind::answer, "answer:1", "maria@x.example")), "maria@x.example waiting");
}

TEST_F(OutboxTest, WhoMustNotBeContactedOnOneLeadIsNotWrittenToFromAnother) {
  forbid_contact();
  const auto other = an_inquiry(2);
  const auto second = take(*book, a_new_lead(other), other, 2).lead.value();
  auto letter = a_letter(LetterKind::ack, "ack:2", second, "MARIA@x.example");
  EXPECT_EQ(state(queue(letter)), "MARIA@x.example cancelled: do not contact");
  letter = a_letter(LetterKind::answer, "answer:2", second, "maria@x.example");
  EXPECT_EQ(state(queue(letter)), "maria@x.example cancelled: do not contact");
}

TEST_F(OutboxTest, OfWhatAUserWroteTheClaimSaysWhoDidNotGetItSoThatHeIsToldOnce) {
  forbid_contact();
  const auto second = take(*book, a_new_lead(an_inquiry(2)), an_inquiry(2), 2).lead.value();
  auto letter = a_letter(LetterKind::answer, "answer:2", second, "maria@x.example");
  letter.on_behalf_of = "ana";
  queue(letter);
  auto claims = claim();
  std::erase_if(claims, [](const Claim& one) { return one.kind != "answer"; });
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].author, "ana");
  EXPECT_EQ(claims[0].withheld, std::vector<std::string>{"maria@x.example"});
  EXPECT_TRUE(claims[0].recipients.empty());
  EXPECT_TRUE(claim().empty());
}

TEST_F(OutboxTest, ADeadAddressGetsNothingButARepsAnswer) {
  apply({leads::MarkAddress{"Maria@x.example", true, "550 no such user"}});
  EXPECT_EQ(state(queue(LetterKind::ack, "ack:1", "maria@x.example")),
            "maria@x.example cancelled: dead address: 550 no such user");
  EXPECT_EQ(state(queue(LetterKind::answer, "answer:1", "maria@x.example")), "maria@x.example waiting");
  apply({leads::MarkAddress{"maria@x.example", false, "wrote again"}});
  EXPECT_EQ(state(queue(LetterKind::ack, "ack:2", "maria@x.example")), "maria@x.example waiting");
}

TEST_F(OutboxTest, AForbiddenMailMakesRoomForTheNextOne) {
  for (int n = 1; n <= 30; ++n) queue(LetterKind::ack, "ack:" + std::to_string(n), "maria@x.example");
  const auto notice = queue(LetterKind::notice, "notice:2", "ana");
  forbid_contact();
  const auto claims = claim(kNow, 2);
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].id, notice);
}

TEST_F(OutboxTest, AnAdministratorRetriesAndCancels) {
  const auto id = queue(LetterKind::answer, "answer:1", "a@x.example");
  claim();
  record(id, {{"a@x.example", "failed", "550 no"}});
  const auto retry = [&](Time now) {
    auto transaction = begin(*book);
    const int changed = *transaction->retry_outbox(id, now);
    EXPECT_TRUE(transaction->commit());
    return changed;
  };
  EXPECT_EQ(retry(kNow + hours{200}), 1);
  const auto claims = claim(kNow + hours{200});
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_GT(claims[0].expires, kNow + hours{200});
  EXPECT_EQ(retry(kNow + hours{200}), 0);  // it is being sent

  record(id, {{"a@x.example", "deferred", "451 later", kNow + hours{201}}}, kNow + hours{200});
  auto transaction = begin(*book);
  EXPECT_EQ(*transaction->cancel_outbox(id, kNow), 1);
  EXPECT_EQ(*transaction->cancel_outbox(id, kNow), 0);
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(state(id), "a@x.example cancelled: cancelled by an administrator");
}

TEST_F(OutboxTest, ALetterToNobodyIsRefused) {
  auto transaction = begin(*book);
  leads::Letter letter{.kind = LetterKind::alert, .cause = "alert:1", .mailbox = "sales"};
  auto applied = transaction->apply(only({leads::SendLetter{letter}}), kNow, composer);
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().next, Next::give_up);
}

TEST_F(OutboxTest, StatusCountsRecipientsByTheirFate) {
  queue(LetterKind::copy, "copy:1", "ana");
  const auto failed = queue(LetterKind::answer, "answer:1", "a@x.example");
  record(failed, {{"a@x.example", "failed", "550 no"}});
  const auto counts = *open_reader(path)->counts(kNow);
  EXPECT_EQ(counts.outbox_waiting, 1);
  EXPECT_EQ(counts.outbox_failed, 1);
  EXPECT_EQ(counts.outbox_unknown, 0);
  EXPECT_EQ(counts.leads, 1);

  std::string listed;
  ASSERT_TRUE(open_reader(path)->outbox(true, [&](const OutboxEntry& entry) {
    listed += entry.cause + " " + entry.recipients.at(0).reply;
    return true;
  }));
  EXPECT_EQ(listed, "answer:1 550 no");
  int all = 0;
  ASSERT_TRUE(open_reader(path)->outbox(false, [&](const OutboxEntry&) { return ++all < 2; }));
  EXPECT_EQ(all, 2);
}

}  // namespace
}  // namespace leadmail::store::tests
