#include <gtest/gtest.h>

#include "core/store/search.h"
#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

struct TransactionTest : testing::Test {
  /// Rows of the tables that a message writes to.
  [[nodiscard]] std::string rows() const {
    return ask(
        path,
        "SELECT (SELECT count(*) FROM ledger) || ' ledger, ' || (SELECT count(*) FROM message) || ' message, ' ||"
        " (SELECT count(*) FROM raw) || ' raw, ' || (SELECT count(*) FROM lead) || ' lead, ' ||"
        " (SELECT count(*) FROM event) || ' event, ' || (SELECT count(*) FROM outbox) || ' outbox'");
  }

  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
  PlainComposer composer{};
  BrokenComposer broken{};
};

TEST_F(TransactionTest, AMessageLeavesItsLeadLedgerRowBytesAndNotice) {
  const auto inquiry = an_inquiry(1);
  const auto applied = take(*book, a_new_lead(inquiry), inquiry, 5);
  ASSERT_TRUE(applied.lead);
  EXPECT_EQ(to_string(*applied.lead), "L-1");
  EXPECT_EQ(rows(), "1 ledger, 1 message, 1 raw, 1 lead, 3 event, 1 outbox");

  const auto reader = open_reader(path);
  const auto lead = reader->lead(*applied.lead);
  ASSERT_TRUE(lead && *lead);
  EXPECT_EQ((*lead)->owner(), "ana");
  EXPECT_EQ((*lead)->value("name"), "María Pérez");
  EXPECT_EQ((*lead)->created, kNow);
  EXPECT_EQ(ask(path, "SELECT outcome || ' ' || kind || ' L-' || lead || ' ' || reason || ' ' || evidence FROM ledger"),
            "lead person L-1 a first message [[\"kind\",\"person\",true]]");
  EXPECT_EQ(**reader->raw_by_message_id("m1@x.example"), "From: maria@x.example\r\n\r\nHello\r\n");
  EXPECT_EQ(**reader->raw_by_ledger(applied.ledger), "From: maria@x.example\r\n\r\nHello\r\n");
  EXPECT_EQ(*reader->outbox_bytes(applied.outbox.at(0)), "Subject: notice:fingerprint-1\r\n\r\n\r\n");
  EXPECT_EQ(ask(path, "SELECT rcpt_to || ' ' || state FROM recipient"), "ana@acme.example waiting");
}

TEST_F(TransactionTest, WordsFoldedAheadStandInTheIndexUnlessTheTextsAreOthersNow) {
  constexpr auto kTerms =
      "SELECT group_concat(term, ' ') FROM (SELECT DISTINCT term FROM temp.words WHERE doc % 2 = 0 AND term IN"
      " ('grundfos', 'stale', 'fresh') ORDER BY term)";
  auto inquiry = an_inquiry(1);
  inquiry.text = inquiry.reply = "Grundfos";
  auto words = fold_words(inquiry);
  EXPECT_NE((" " + words.words + " ").find(" grundfos "), std::string::npos) << words.words;
  words.words = "stale";  // which nobody folds again
  {
    auto transaction = begin(*book);
    auto mail = incoming(inquiry, 1);
    mail.words = &words;
    ASSERT_TRUE(transaction->apply(a_new_lead(inquiry), mail, composer));
    ASSERT_TRUE(transaction->commit());
  }
  const auto terms = [&] {
    auto db = std::move(*Connection::open(path, Connection::Mode::read));
    EXPECT_TRUE(open_words(*db));
    auto query = db->query(std::string(kTerms));
    const auto row = query.step();
    return row && *row ? query.text(0) : "";
  };
  EXPECT_EQ(terms(), "stale");
  auto reread = an_inquiry(2);
  reread.text = inquiry.text;
  reread.reply = "fresh";
  {
    auto transaction = begin(*book);
    auto mail = incoming(reread, 2);
    mail.words = &words;
    ASSERT_TRUE(transaction->apply(threaded(reread, LeadId{1}), mail, composer));
    ASSERT_TRUE(transaction->commit());
  }
  EXPECT_EQ(terms(), "fresh stale");
}

TEST_F(TransactionTest, TheComposerSeesTheLeadAsItStandsAfterAllChangesSoFar) {
  const auto inquiry = an_inquiry(1);
  auto transaction = begin(*book);
  ASSERT_TRUE(transaction->apply(a_new_lead(inquiry), incoming(inquiry, 1), composer));
  EXPECT_EQ(composer.seen_name, "María Pérez");
}

TEST_F(TransactionTest, WithoutCommitNothingHappened) {
  const auto inquiry = an_inquiry(1);
  {
    auto transaction = begin(*book);
    ASSERT_TRUE(transaction->apply(a_new_lead(inquiry), incoming(inquiry, 1), composer));
    ASSERT_TRUE(transaction->set_cursor("sales", "INBOX", {.uid_validity = 7, .last_uid = 1}));
  }
  EXPECT_EQ(rows(), "0 ledger, 0 message, 0 raw, 0 lead, 0 event, 0 outbox");
  EXPECT_FALSE(**std::make_unique<Result<std::optional<FolderCursor>>>(begin(*book)->cursor("sales", "INBOX")));
}

TEST_F(TransactionTest, AMessageThatFailsIsUndoneAloneAndItsNeighboursStand) {
  auto transaction = begin(*book);
  for (int n = 1; n <= 3; ++n) {
    const auto inquiry = an_inquiry(n);
    Composer& made_by = n == 2 ? static_cast<Composer&>(broken) : composer;
    auto done = transaction->savepoint([&]() -> Result<void> {
      auto applied = transaction->apply(a_new_lead(inquiry), incoming(inquiry, n), made_by);
      if (!applied) return applied.error();
      return {};
    });
    EXPECT_EQ(static_cast<bool>(done), n != 2);
    if (!done) {
      EXPECT_EQ(done.error().what, "applying: a letter of kind notice: composing: no template");
    }
  }
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(rows(), "2 ledger, 2 message, 2 raw, 2 lead, 6 event, 2 outbox");
  EXPECT_EQ(ask(path, "SELECT uid FROM ledger ORDER BY id"), "1; 3");
  EXPECT_EQ(*begin(*book)->without_ledger_row("sales", "INBOX", 7, {3, 2, 1, 2}), std::vector<std::uint32_t>{2});
}

TEST_F(TransactionTest, APlaceHasExactlyOneLedgerRow) {
  const auto inquiry = an_inquiry(1);
  take(*book, a_new_lead(inquiry), inquiry, 1);
  auto transaction = begin(*book);
  auto again = transaction->savepoint([&]() -> Result<void> {
    auto applied = transaction->apply(a_new_lead(an_inquiry(2)), incoming(inquiry, 1), composer);
    if (!applied) return applied.error();
    return {};
  });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().next, Next::give_up);
  EXPECT_FALSE(transaction->note(place_of(1), kNow, leads::Outcome::baseline, "old"));
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(rows(), "1 ledger, 1 message, 1 raw, 1 lead, 3 event, 1 outbox");
  EXPECT_EQ(ask(path, "SELECT sightings || ' ' || mails FROM ledger_count"), "1 1");
}

TEST_F(TransactionTest, AFileHasItsOwnPlace) {
  auto transaction = begin(*book);
  const Place first{.mailbox = "sales", .file = "old.mbox#1"};
  const Place second{.mailbox = "sales", .file = "old.mbox#2"};
  ASSERT_TRUE(transaction->note(first, kNow, leads::Outcome::baseline, "old"));
  EXPECT_TRUE(*transaction->is_in_ledger(first));
  EXPECT_FALSE(*transaction->is_in_ledger(second));
  EXPECT_FALSE(*transaction->is_in_ledger(place_of(0)));
}

TEST_F(TransactionTest, TheSameMailInASecondFolderIsOneMoreSightingOfOneMail) {
  const auto inquiry = an_inquiry(1);
  const auto first = take(*book, a_new_lead(inquiry), inquiry, 1);
  leads::Decision decision{
      .outcome = leads::Outcome::duplicate, .reason = "seen in sales", .lead = leads::LeadRef{first.lead}};
  const auto second = take(*book, decision, inquiry, 2);
  EXPECT_EQ(second.mail, first.mail);
  EXPECT_EQ(second.lead, first.lead);
  EXPECT_EQ(rows(), "2 ledger, 1 message, 1 raw, 1 lead, 3 event, 1 outbox");
  EXPECT_EQ(open_reader(path)->counts(kNow)->messages, 1);
}

TEST_F(TransactionTest, TheSameCauseNeverMakesASecondMail) {
  const auto inquiry = an_inquiry(1);
  const auto lead = *take(*book, a_new_lead(inquiry), inquiry, 1).lead;
  const auto before = composer.composed;
  auto transaction = begin(*book);
  auto again = transaction->apply(
      only({leads::SendLetter{a_letter(leads::LetterKind::notice, "notice:fingerprint-1", lead, "luis")}}), kNow,
      composer);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->outbox.empty());
  EXPECT_EQ(again->not_repeated, std::vector<std::string>{"notice:fingerprint-1"});
  EXPECT_EQ(composer.composed, before);
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(ask(path, "SELECT rcpt_to FROM recipient"), "ana@acme.example");
}

TEST_F(TransactionTest, ABigMailIsKeptInPiecesAndComesBackWhole) {
  std::string raw = "From: maria@x.example\r\n\r\n";
  for (std::int64_t i = 0; raw.size() < 3'500'000; ++i) raw += std::to_string(i * 7919) + "\r\n";
  const auto inquiry = an_inquiry(1);
  auto transaction = begin(*book);
  auto applied = transaction->apply(a_new_lead(inquiry), incoming(inquiry, 1, raw), composer);
  ASSERT_TRUE(applied && transaction->commit());
  EXPECT_EQ(ask(path, "SELECT count(*) || ' ' || max(chunk) FROM raw"), "4 3");
  EXPECT_EQ(**open_reader(path)->raw_by_ledger(applied->ledger), raw);
}

TEST_F(TransactionTest, AMailWithoutBytesHasNone) {
  const auto inquiry = an_inquiry(1);
  auto transaction = begin(*book);
  auto applied = transaction->apply(a_new_lead(inquiry), incoming(inquiry, 1, ""), composer);
  ASSERT_TRUE(applied && transaction->commit());
  EXPECT_FALSE(*open_reader(path)->raw_by_ledger(applied->ledger));
}

TEST_F(TransactionTest, EffectsThatMeanNoLeadAreRefusedWhole) {
  auto transaction = begin(*book);
  const auto event = an_event(leads::EventType::note, {});
  auto nobody = transaction->apply(only({leads::Record{{}, event}}), kNow, composer);
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().what, "applying: an effect means a new lead, but none was opened");
  auto stranger = transaction->apply(only({leads::Record{{LeadId{99}}, event}}), kNow, composer);
  ASSERT_FALSE(stranger);
  EXPECT_EQ(stranger.error().what, "applying: no such lead: L-99");
}

TEST_F(TransactionTest, ACursorKeepsWhatItWasTold) {
  auto transaction = begin(*book);
  EXPECT_FALSE(*transaction->cursor("sales", "INBOX"));
  const FolderCursor first{.uid_validity = 4'000'000'000, .last_uid = 9, .baseline_uid = 4};
  const FolderCursor second{.uid_validity = 7, .last_uid = 1, .baseline_uid = 1, .first_epoch = false, .contact = kNow};
  ASSERT_TRUE(transaction->set_cursor("sales", "INBOX", first));
  EXPECT_EQ((*transaction->cursor("sales", "INBOX"))->uid_validity, 4'000'000'000);
  EXPECT_TRUE((*transaction->cursor("sales", "INBOX"))->first_epoch);
  ASSERT_TRUE(transaction->set_cursor("sales", "INBOX", second));
  const auto read = *transaction->cursor("sales", "INBOX");
  EXPECT_EQ(read->last_uid, 1U);
  EXPECT_EQ(read->contact, kNow);
  EXPECT_FALSE(read->first_epoch);
}

TEST_F(TransactionTest, AQuarantinedMessageIsCompletedInItsOwnRow) {
  auto inquiry = an_inquiry(1);
  auto decision = a_new_lead(inquiry);
  decision.outcome = leads::Outcome::quarantined;
  decision.reason = "the parser died twice";
  inquiry.reply.clear();
  inquiry.text.clear();
  const auto first = take(*book, decision, inquiry, 1);
  EXPECT_EQ(open_reader(path)->counts(kNow)->mailboxes.at(0).quarantined, 1);
  {
    auto transaction = begin(*book);
    EXPECT_EQ(*transaction->quarantined(), std::vector{first.ledger});
    const auto kept = *transaction->quarantined(first.ledger);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->raw, "From: maria@x.example\r\n\r\nHello\r\n");
    EXPECT_EQ(kept->lead, first.lead);
    EXPECT_EQ(kept->place.uid, 1U);

    auto readable = an_inquiry(1);
    readable.reply = readable.text = "Necesitamos diez";
    const auto again =
        transaction->apply_again(first.ledger, threaded(readable, *first.lead), incoming(readable, 1), composer);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->mail, first.mail);
    EXPECT_TRUE(transaction->quarantined()->empty());
    EXPECT_FALSE(
        transaction->apply_again(first.ledger, threaded(readable, *first.lead), incoming(readable, 1), composer));
    ASSERT_TRUE(transaction->commit());
  }
  EXPECT_EQ(rows(), "1 ledger, 1 message, 1 raw, 1 lead, 4 event, 1 outbox");
  EXPECT_EQ(ask(path, "SELECT outcome || ' ' || reason FROM ledger"), "threaded refers to a known mail");
  EXPECT_EQ(ask(path, "SELECT reply FROM message"), "Necesitamos diez");
  int found = 0;
  ASSERT_TRUE(open_reader(path)->find("diez", [&](const leads::Lead&) { return ++found < 10; }));
  EXPECT_EQ(found, 1);
  const auto counts = *open_reader(path)->counts(kNow);
  EXPECT_EQ(counts.mailboxes.at(0).quarantined, 0);
  EXPECT_EQ(counts.mailboxes.at(0).ledger, 1);
  EXPECT_EQ(counts.messages, 1);
}

TEST_F(TransactionTest, AMessageThatTheServerNeverGaveOutIsFetchedLater) {
  auto transaction = begin(*book);
  ASSERT_TRUE(transaction->note(place_of(3), kNow, leads::Outcome::quarantined, "the server does not give it out"));
  const auto id = transaction->quarantined()->at(0);
  EXPECT_TRUE((*transaction->quarantined(id))->raw.empty());
  const auto inquiry = an_inquiry(3);
  ASSERT_TRUE(transaction->apply_again(id, a_new_lead(inquiry), incoming(inquiry, 3), composer));
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(rows(), "1 ledger, 1 message, 1 raw, 1 lead, 3 event, 1 outbox");
  EXPECT_EQ(open_reader(path)->counts(kNow)->messages, 1);
}

}  // namespace
}  // namespace leadmail::store::tests
