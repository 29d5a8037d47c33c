#include <gtest/gtest.h>

#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

using leads::EndRepair;
using leads::KeepRepair;
using leads::Learn;
using leads::MoveMail;
using leads::RepairVerb;

struct RepairTest : testing::Test {
  Applied add(int n) {
    const auto inquiry = an_inquiry(n);
    return take(*book, a_new_lead(inquiry), inquiry, n);
  }

  void apply(std::vector<leads::Effect> effects) {
    auto transaction = begin(*book);
    auto applied = transaction->apply(only(std::move(effects)), kNow, composer);
    EXPECT_TRUE(applied) << (applied ? "" : applied.error().what);
    EXPECT_TRUE(transaction->commit());
  }

  leads::Snapshot snapshot(const leads::Query& query) { return *begin(*book)->snapshot(query, kNow); }

  /// The second mail goes to the first one's lead.
  void move_second() {
    apply({KeepRepair{1, RepairVerb::move, "admin", second.lead.value(), {first.lead}},
           MoveMail{second.mail, {first.lead}, 1, true},
           Learn{"maria@x.example", "valves", second.lead.value(), {first.lead}, true, 1}});
  }

  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
  PlainComposer composer{};
  Applied first = add(1);
  Applied second = add(2);
};

TEST_F(RepairTest, AMovedMailIsFoundOnItsNewLeadWithWhatWeSentBecauseOfIt) {
  move_second();
  const auto known = snapshot({.message_ids = {"m2@x.example", "notice:fingerprint-2@acme.example"}});
  ASSERT_EQ(known.by_message_id.size(), 1U);
  EXPECT_EQ(known.by_message_id[0].lead.id, *first.lead);
  EXPECT_TRUE(known.by_message_id[0].is_pinned);
  EXPECT_EQ(ask(path, "SELECT lead FROM ledger WHERE mail = " + std::to_string(second.mail.value)), "1");
  EXPECT_EQ(ask(path, "SELECT lead FROM message"), "1; 1");
}

TEST_F(RepairTest, WhatWasLearnedIsReadForThatWriterAndSubject) {
  move_second();
  const auto known = snapshot({.addresses = {"Maria@x.example"}, .subject_key = "valves"});
  ASSERT_EQ(known.corrections.size(), 1U);
  EXPECT_EQ(known.corrections[0].from, *second.lead);
  EXPECT_EQ(known.corrections[0].to.id, *first.lead);
  EXPECT_TRUE(known.corrections[0].over_thread);
  EXPECT_TRUE(snapshot({.addresses = {"maria@x.example"}, .subject_key = "pumps"}).corrections.empty());
  EXPECT_TRUE(snapshot({.addresses = {"jorge@x.example"}, .subject_key = "valves"}).corrections.empty());
}

TEST_F(RepairTest, TakenBackNothingOfItIsLeftButItsRow) {
  move_second();
  apply({EndRepair{1}, MoveMail{second.mail, {second.lead}}});
  const auto known =
      snapshot({.message_ids = {"m2@x.example"}, .addresses = {"maria@x.example"}, .subject_key = "valves"});
  ASSERT_EQ(known.by_message_id.size(), 1U);
  EXPECT_EQ(known.by_message_id[0].lead.id, *second.lead);
  EXPECT_FALSE(known.by_message_id[0].is_pinned);
  EXPECT_TRUE(known.corrections.empty());
  const auto row = *begin(*book)->repair(1);
  ASSERT_TRUE(row);
  EXPECT_TRUE(row->undone);
}

TEST_F(RepairTest, ALeadThatIsPartOfAnotherIsFoundAsThatOne) {
  apply({leads::Record{{second.lead}, an_event(leads::EventType::repaired, {{"merged", "", to_string(*first.lead)}})}});
  const auto known =
      snapshot({.leads = {*second.lead}, .message_ids = {"m2@x.example"}, .addresses = {"maria@x.example"}});
  ASSERT_EQ(known.by_token.size(), 1U);
  EXPECT_EQ(known.by_token[0].id, *first.lead);
  ASSERT_NE(known.named(*second.lead), nullptr);
  EXPECT_EQ(known.named(*second.lead)->id, *first.lead);
  EXPECT_EQ(known.by_message_id.at(0).lead.id, *first.lead);
  EXPECT_EQ(known.by_address.size(), 1U);
  int listed = 0;
  EXPECT_TRUE(open_reader(path)->list({}, [&](const leads::Lead&) { return ++listed > 0; }));
  EXPECT_EQ(listed, 1);
}

TEST_F(RepairTest, ALaterRepairOfTheSameLeadsIsNamed) {
  move_second();
  apply({KeepRepair{2, RepairVerb::merge, "ana", second.lead.value(), {first.lead}}});
  const auto row = *begin(*book)->repair(1);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->later, 2);
  EXPECT_EQ(row->moved, std::vector<MailId>{second.mail});
  EXPECT_EQ(*begin(*book)->next_repair(), 3);
  EXPECT_FALSE(*begin(*book)->repair(9));
}

TEST_F(RepairTest, TheMailsOfALeadComeWithTheirHeaderAndWhatTheyMadeUsSend) {
  const auto mails = *begin(*book)->mails_of(*first.lead);
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].mail.message_id, "m1@x.example");
  EXPECT_EQ(mails[0].mail.direction, "in");
  EXPECT_EQ(mails[0].mail.caused_ids, std::vector<std::string>{"notice:fingerprint-1@acme.example"});
  EXPECT_TRUE(mails[0].head.starts_with("From: maria@x.example"));
  EXPECT_EQ((*begin(*book)->mail_named("m1@x.example"))->second, *first.lead);
  EXPECT_FALSE(*begin(*book)->mail_named("m9@x.example"));
}

}  // namespace
}  // namespace leadmail::store::tests
