#include <gtest/gtest.h>

#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

struct SnapshotTest : testing::Test {
  LeadId add(int n) { return add(an_inquiry(n), n); }
  LeadId add(const leads::Inquiry& inquiry, int n) { return take(*book, a_new_lead(inquiry), inquiry, n).lead.value(); }

  leads::Snapshot snapshot(const leads::Query& query, Time now = kNow) {
    auto read = begin(*book)->snapshot(query, now);
    EXPECT_TRUE(read) << (read ? "" : read.error().what);
    return read ? *read : leads::Snapshot{};
  }

  void apply(std::vector<leads::Effect> effects, Time now = kNow) {
    auto transaction = begin(*book);
    auto applied = transaction->apply(only(std::move(effects)), now, composer);
    EXPECT_TRUE(applied) << (applied ? "" : applied.error().what);
    EXPECT_TRUE(transaction->commit());
  }

  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
  PlainComposer composer{};
};

std::string ids(const std::vector<leads::Lead>& leads) {
  std::string text;
  for (const auto& lead : leads) text += to_string(lead.id) + " ";
  return text;
}

TEST_F(SnapshotTest, AnEmptyBookKnowsNothing) {
  const auto known = snapshot({.leads = {LeadId{4}},
                               .message_ids = {"m1@x.example"},
                               .addresses = {"maria@x.example"},
                               .subject_key = "precio",
                               .fingerprint = "f",
                               .needs_rotations = true});
  EXPECT_FALSE(known.seen_before);
  EXPECT_TRUE(known.by_token.empty() && known.by_message_id.empty() && known.by_subject.empty());
  EXPECT_TRUE(known.by_address.empty() && known.rotations->empty() && known.open_leads.empty());
}

TEST_F(SnapshotTest, AMailIsKnownByItsFingerprintWhereverItLies) {
  const auto lead = add(1);
  const auto known = snapshot({.fingerprint = "fingerprint-1"});
  ASSERT_TRUE(known.seen_before);
  EXPECT_EQ(known.seen_before->lead, lead);
  EXPECT_EQ(known.seen_before->outcome, "lead");
  EXPECT_EQ(known.seen_before->mailbox, "sales");
  EXPECT_FALSE(snapshot({.fingerprint = "fingerprint-2"}).seen_before);
  EXPECT_FALSE(snapshot({.fingerprint = ""}).seen_before);
}

TEST_F(SnapshotTest, MessageIdsNameLeadsInTheOrderAskedAndEachOnce) {
  const auto first = add(1);
  const auto second = add(2);
  const auto known = snapshot(
      {.message_ids = {"m2@x.example", "stranger@x.example", "notice:fingerprint-2@acme.example", "m1@x.example"}});
  ASSERT_EQ(known.by_message_id.size(), 2U);
  EXPECT_EQ(known.by_message_id[0].lead.id, second);
  EXPECT_EQ(known.by_message_id[0].message_id, "m2@x.example");
  EXPECT_EQ(known.by_message_id[1].lead.id, first);
}

TEST_F(SnapshotTest, OurOwnMailsNameTheirLead) {
  const auto lead = add(1);
  const auto known = snapshot({.message_ids = {"notice:fingerprint-1@acme.example"}});
  ASSERT_EQ(known.by_message_id.size(), 1U);
  EXPECT_EQ(known.by_message_id[0].lead.id, lead);
}

TEST_F(SnapshotTest, TheMailThatIsAnsweredIsAtHand) {
  auto inquiry = an_inquiry(1);
  inquiry.text = "We need forty pumps.\n\nBob";
  inquiry.reply = "We need forty pumps.";
  inquiry.from.address = "bob@x.example";
  add(inquiry, 1);
  EXPECT_EQ(snapshot({.message_ids = {"m1@x.example"}}).parent_text, "We need forty pumps.\n\nBob");
  EXPECT_EQ(snapshot({.message_ids = {"stranger@x.example"}}).parent_text, "");

  // Our notice passes on what the prospect wrote; he himself was sent no such text by us.
  const std::string notice = "notice:fingerprint-1@acme.example";
  EXPECT_EQ(snapshot({.message_ids = {notice}, .writer = "rep@acme.example"}).parent_text,
            "We need forty pumps.\n\nBob");
  EXPECT_EQ(snapshot({.message_ids = {notice}, .writer = "Bob@x.example"}).parent_text, "");
}

TEST_F(SnapshotTest, TwoAnswersToAMailThatNeverCameMeet) {
  auto inquiry = an_inquiry(1);
  inquiry.in_reply_to = {"lost@x.example"};
  inquiry.references = {"older@x.example", "lost@x.example"};
  const auto lead = add(inquiry, 1);
  EXPECT_EQ(snapshot({.message_ids = {"lost@x.example"}}).by_message_id.at(0).lead.id, lead);
  EXPECT_EQ(snapshot({.message_ids = {"older@x.example"}}).by_message_id.at(0).lead.id, lead);

  // When the lost one comes at last and makes a lead of its own, the earlier claim stands, and its bytes are found.
  auto lost = an_inquiry(2);
  lost.message_id = "lost@x.example";
  add(lost, 2);
  EXPECT_EQ(snapshot({.message_ids = {"lost@x.example"}}).by_message_id.at(0).lead.id, lead);
  EXPECT_TRUE(*open_reader(path)->raw_by_message_id("lost@x.example"));
}

TEST_F(SnapshotTest, WhoRefersToAKnownMailDoesNotTakeItsId) {
  const auto first = add(1);
  auto inquiry = an_inquiry(2);
  inquiry.references = {"m1@x.example"};
  add(inquiry, 2);
  EXPECT_EQ(snapshot({.message_ids = {"m1@x.example"}}).by_message_id.at(0).lead.id, first);
}

TEST_F(SnapshotTest, AMailOfNoLeadNamesNone) {
  const auto inquiry = an_inquiry(1);
  take(*book, {.outcome = leads::Outcome::list, .reason = "a newsletter"}, inquiry, 1);
  EXPECT_TRUE(snapshot({.message_ids = {"m1@x.example"}}).by_message_id.empty());
  EXPECT_TRUE(*open_reader(path)->raw_by_message_id("m1@x.example"));
}

TEST_F(SnapshotTest, TheSubjectNamesTheNewestLeadsInWhichTheWriterTakesPartWithinTheWindow) {
  for (int n = 1; n <= 12; ++n) {
    auto inquiry = an_inquiry(n);
    inquiry.subject_key = "precio";
    inquiry.received = kNow + std::chrono::hours{n};
    add(inquiry, n);
  }
  const auto named = [&](const leads::Query& query) { return ids(snapshot(query).by_subject); };
  const std::string colleague = "jose@x.example";
  EXPECT_EQ(named({.writer = colleague, .subject_key = "precio"}), "L-12 L-11 L-10 L-9 L-8 L-7 L-6 L-5 L-4 L-3 ");
  EXPECT_EQ(named({.addresses = {colleague}, .subject_key = "precio"}), "L-12 L-11 L-10 L-9 L-8 L-7 L-6 L-5 L-4 L-3 ");
  EXPECT_EQ(named({.addresses = {"maria@x.example"}, .subject_key = "precio", .is_answer = true}),
            "L-12 L-11 L-10 L-9 L-8 L-7 L-6 L-5 L-4 L-3 L-2 L-1 ");
  EXPECT_EQ(named({.writer = colleague, .subject_key = "precio", .subject_since = kNow + std::chrono::hours{11}}),
            "L-12 L-11 ");
  EXPECT_EQ(named({.writer = "stranger@far.example", .subject_key = "precio", .is_answer = true}), "");
  EXPECT_EQ(named({.writer = colleague, .subject_key = ""}), "");
}

TEST_F(SnapshotTest, AnAddressNamesTheLeadsThatHaveItNowInAnyCase) {
  const auto first = add(1);
  const auto second = add(2);
  EXPECT_EQ(ids(snapshot({.addresses = {"Maria@x.example"}}).by_address), "L-2 L-1 ");
  apply({leads::Record{{second}, an_event(leads::EventType::contact, {{"contact.1.emails", "", "Luis@y.example"}})}});
  EXPECT_EQ(ids(snapshot({.addresses = {"maria@x.example"}}).by_address), "L-1 ");
  EXPECT_EQ(ids(snapshot({.addresses = {"luis@y.example"}}).by_address), "L-2 ");
  apply({leads::Record{
      {first}, an_event(leads::EventType::contact, {{"contact.2.emails", "", "a@x.example\nluis@y.example"}})}});
  EXPECT_EQ(ids(snapshot({.addresses = {"luis@y.example", "maria@x.example"}}).by_address), "L-2 L-1 ");
}

TEST_F(SnapshotTest, WhatRulesHaveGivenIsRemembered) {
  EXPECT_EQ(snapshot({}).rotations, nullptr) << "nobody asked";
  EXPECT_TRUE(snapshot({.needs_rotations = true}).rotations->empty());
  add(1);
  apply({leads::Rotate{"everybody", "luis", "ana:1 luis:1", "2026-11"}, leads::Rotate{"night", "eva", "", "2026-11"},
         leads::Rotate{"everybody", "ana", "ana:1 luis:1", "2026-11"}});
  const auto known = snapshot({.needs_rotations = true});
  const auto& everybody = known.rotations->at("everybody");
  EXPECT_EQ(everybody.last, "ana");
  EXPECT_EQ(everybody.leads, 3) << "the lead above was given by it too";
  EXPECT_EQ(everybody.shares.at("luis"), (leads::Rotation::Share{1, 2, "2026-11", 1}));
  EXPECT_EQ(known.rotations->at("night").last, "eva");
}

TEST_F(SnapshotTest, OpenLeadsAreCountedAsTheyChangeHands) {
  const auto first = add(1);
  add(2);
  EXPECT_EQ(snapshot({}).open_leads, (std::map<std::string, int>{{"ana", 2}}));
  apply({leads::Record{{first}, an_event(leads::EventType::assigned, {{"owner", "ana", "luis"}})}});
  EXPECT_EQ(snapshot({}).open_leads, (std::map<std::string, int>{{"ana", 1}, {"luis", 1}}));
  apply({leads::Record{{first}, an_event(leads::EventType::status, {{"status", "lead", "converted"}})}});
  EXPECT_EQ(snapshot({}).open_leads, (std::map<std::string, int>{{"ana", 1}}));
}

TEST_F(SnapshotTest, AcknowledgementsOfADayAreCountedByAddressAndInAll) {
  const auto lead = add(1);
  const auto ack = [&](int n, const std::string& to) {
    return leads::SendLetter{a_letter(leads::LetterKind::ack, "ack:" + std::to_string(n), lead, to)};
  };
  apply({ack(1, "Maria@x.example"), ack(2, "luis@y.example")});
  apply({ack(3, "maria@x.example")}, kNow - std::chrono::hours{25});
  auto known = snapshot({.addresses = {"maria@x.example"}});
  EXPECT_EQ(known.acks_to_writer_today, 1);
  EXPECT_EQ(known.automatic_mails_today, 2);
  known = snapshot({.addresses = {"maria@x.example"}}, kNow + std::chrono::hours{25});
  EXPECT_EQ(known.acks_to_writer_today, 0);
  EXPECT_EQ(known.automatic_mails_today, 0);
}

TEST_F(SnapshotTest, ARepsAnswerIsNotAutomaticAndNorIsMailToUsers) {
  const auto lead = add(1);
  apply({leads::SendLetter{a_letter(leads::LetterKind::answer, "answer:1", lead, "maria@x.example")},
         leads::SendLetter{a_letter(leads::LetterKind::reminder, "reminder:1", lead, "ana")}});
  EXPECT_EQ(snapshot({.addresses = {"maria@x.example"}}).automatic_mails_today, 0);
}

TEST_F(SnapshotTest, RefusalsOfAnHourAreCountedByWhoseMailWasRefused) {
  const auto lead = add(1);
  auto inquiry = an_inquiry(2);
  inquiry.from.address = "Ana.Forged@acme.example";
  auto refusal = a_letter(leads::LetterKind::result, "refusal:2", lead, "ana");
  refusal.is_unbelieved = true;
  auto result = a_letter(leads::LetterKind::result, "result:2", lead, "ana");
  result.results = {{"status", "lead", "open"}};
  take(*book, only({leads::SendLetter{refusal}, leads::SendLetter{result}}), inquiry, 2);
  EXPECT_EQ(snapshot({.writer = "ana.forged@acme.example"}).refusals_to_writer_this_hour, 1);
  EXPECT_EQ(snapshot({.writer = "ana@acme.example"}).refusals_to_writer_this_hour, 0);
  EXPECT_EQ(
      snapshot({.writer = "ana.forged@acme.example"}, kNow + std::chrono::minutes{61}).refusals_to_writer_this_hour, 0);
}

TEST_F(SnapshotTest, EachLeadHasItsOwnThreadOldestFirst) {
  const auto first = add(1);
  const auto second = add(2);
  const auto answer = an_inquiry(3);
  take(*book, threaded(answer, first), answer, 3);
  auto from_rep = an_inquiry(4);
  take(*book, {.outcome = leads::Outcome::rep_answer, .reason = "r", .lead = leads::LeadRef{first}}, from_rep, 4);
  auto forwarded = an_inquiry(5);  // by a rep: the prospect has never seen it
  forwarded.from.address = "ana@acme.example";
  take(*book, threaded(forwarded, first), forwarded, 5);
  auto known = snapshot({.leads = {first}, .message_ids = {"m2@x.example"}, .needs_thread_ids = true});
  EXPECT_EQ(known.thread_ids[first], (std::vector<std::string>{"m1@x.example", "m3@x.example"}));
  EXPECT_EQ(known.thread_ids[second], std::vector<std::string>{"m2@x.example"});
  EXPECT_TRUE(snapshot({.leads = {first}}).thread_ids.empty());
}

TEST_F(SnapshotTest, OpenLeadsOfAnOrganisationAreNamedForMailThatGoesOnWithNone) {
  const auto with_domain = [&](int n, const char* status) {
    const auto lead = add(n);
    apply({leads::Record{
        {lead}, an_event(leads::EventType::fields, {{"domain", "", "farpumps.example"}, {"status", "", status}})}});
    return lead;
  };
  const auto open = with_domain(41, "open");
  with_domain(42, "converted");
  leads::Query query{.organisation = "farpumps.example", .names_colleagues = true};
  EXPECT_EQ(ids(snapshot(query).colleagues), to_string(open) + " ");
  query.leads = {open};
  EXPECT_TRUE(snapshot(query).colleagues.empty()) << "a thread names one";
  query.leads.clear();
  query.names_colleagues = false;
  EXPECT_TRUE(snapshot(query).colleagues.empty());
}

}  // namespace
}  // namespace leadmail::store::tests
