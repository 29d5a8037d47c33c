#include "core/leads/match.h"

#include <gtest/gtest.h>

#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

/// A mail by somebody of that address that answers nothing we know.
Inquiry mail_of(const std::string& address) {
  auto mail = inquiry();
  mail.fingerprint = "f9";
  mail.from = {"", address};
  mail.message_id = "fresh@elsewhere.example";
  mail.subject = "Something else";
  mail.subject_key = "something else";
  return mail;
}

Weighed weigh(const Inquiry& mail, const Snapshot& known) { return match(mail, mail.from, known, rules(), now()); }

std::string looked_at(const Weighed& weighed) {
  std::string text;
  for (const auto& line : weighed.looked_at) text += line.step + ": " + line.found + "\n";
  return text;
}

TEST(Match, EveryKindOfEvidenceIsLookedAtThoughTheStrongestDecides) {
  auto mail = mail_of("maria@x.example");
  mail.subject = "Re: Question about pumps " + subject_tag(LeadId{8}, rules().tokens);
  mail.in_reply_to = {"first@x.example"};
  auto known = knowing(lead(8));
  known.by_message_id = {Match{lead(7), "first@x.example"}};
  known.by_address = {lead(9)};
  const auto weighed = weigh(mail, known);
  ASSERT_TRUE(weighed.found);
  EXPECT_EQ(weighed.found->lead->id, LeadId{7});
  EXPECT_NE(looked_at(weighed).find("thread: subject tag: L-8, of maria@x.example -> L-8"), std::string::npos);
  EXPECT_NE(looked_at(weighed).find("known sender: maria@x.example is a contact -> L-9"), std::string::npos);
}

TEST(Match, ATagInAStrangersSubjectOpensNothing) {
  auto mail = mail_of("thief@elsewhere.example");
  mail.subject = "Re: pumps " + subject_tag(LeadId{7}, rules().tokens);
  const auto weighed = weigh(mail, knowing(lead(7)));
  EXPECT_FALSE(weighed.found);
  EXPECT_NE(looked_at(weighed).find("L-7, but thief@elsewhere.example is no participant"), std::string::npos);
}

TEST(Match, OutlooksConversationIsEnoughForWhoTakesPartInItAndForNobodyElse) {
  Snapshot known;
  known.by_conversation = {lead(7)};
  auto mail = mail_of("maria@x.example");
  mail.conversation = "30313233343536373839616263646566";
  EXPECT_EQ(weigh(mail, known).found->step, "thread: thread-index");
  mail.from.address = "stranger@elsewhere.example";
  EXPECT_FALSE(weigh(mail, known).found);
}

TEST(Match, WhoAnswersTheSameCircularIsNoCompany) {
  Snapshot known;
  known.by_message_id = {Match{.lead = lead(7), .message_id = "circular@acme.example", .only_referred = true}};
  auto mail = mail_of("somebody@elsewhere.example");
  mail.in_reply_to = {"circular@acme.example"};
  EXPECT_FALSE(weigh(mail, known).found);
  mail.from.address = "jorge@x.example";  // of María's company
  EXPECT_EQ(weigh(mail, known).found->lead->id, LeadId{7});
}

TEST(Match, AnAnswerToAMailOfTwoLeadsGoesWhereItsWriterIsKnown) {
  auto other = lead(9);
  other.values["contact.1.emails"] = "pedro@y.example";
  Snapshot known;
  known.by_message_id = {Match{lead(7), "to-both@acme.example"}};
  known.by_address = {other};
  auto mail = mail_of("pedro@y.example");
  mail.in_reply_to = {"to-both@acme.example"};
  EXPECT_EQ(weigh(mail, known).found->lead->id, LeadId{9});
  known.by_address.clear();
  EXPECT_EQ(weigh(mail, known).found->lead->id, LeadId{7});
}

TEST(Match, WhoWasInCopyTakesPart) {
  auto mail = inquiry();
  mail.cc = {{"Pedro", "pedro@gmail.example"}, {"", "ana@acme.example"}};
  const auto opened = after(Lead{.id = LeadId{7}}, decide(mail, {}, rules(), now()));
  EXPECT_EQ(opened.value("last.participants"), "pedro@gmail.example");

  Snapshot known;
  known.by_subject = {opened};
  auto answer = mail_of("pedro@gmail.example");
  answer.subject_key = mail.subject_key;
  answer.subject_is_reply = true;
  EXPECT_EQ(weigh(answer, known).found->step, "thread: subject");
}

TEST(Match, AUsualSubjectJoinsNoColleagues) {
  Snapshot known;
  known.by_subject = {lead(7)};
  auto mail = mail_of("jorge@x.example");
  mail.subject_key = "question about pumps";
  EXPECT_FALSE(weigh(mail, known).found);
  mail.subject_is_reply = true;
  EXPECT_TRUE(weigh(mail, known).found);
}

TEST(Match, TheSameMailThatCameAnotherWayJoinsItsTwin) {
  Snapshot known;
  known.by_message_id = {Match{lead(7), "fresh@elsewhere.example"}};
  EXPECT_EQ(weigh(mail_of("maria@x.example"), known).found->lead->id, LeadId{7});
  EXPECT_FALSE(weigh(mail_of("else@elsewhere.example"), known).found) << "an id that a program uses for all its mail";
}

TEST(Match, WhatAPersonPutRightOutranksATokenAndAMessageId) {
  auto mail = mail_of("maria@x.example");
  mail.references = {token_for("") + ".0123456789abcdef@acme.example"};
  mail.in_reply_to = {"moved@x.example"};
  auto known = knowing(lead(7));
  known.by_message_id = {Match{.lead = lead(9), .message_id = "moved@x.example", .is_pinned = true}};
  EXPECT_EQ(weigh(mail, known).found->lead->id, LeadId{9});
  EXPECT_EQ(weigh(mail, known).found->step, "thread: correction");
}

TEST(Match, TheSameMistakeIsNotMadeTwice) {
  const auto mail = mail_of("maria@x.example");
  Snapshot known;
  known.by_address = {lead(7)};
  known.corrections = {{.from = LeadId{7}, .to = lead(9), .repair = 3}};
  EXPECT_EQ(weigh(mail, known).found->lead->id, LeadId{9});

  auto answer = mail;
  answer.in_reply_to = {"first@x.example"};
  known.by_message_id = {Match{lead(7), "first@x.example"}};
  EXPECT_EQ(weigh(answer, known).found->lead->id, LeadId{7}) << "the subject is also that of the thread";
  known.corrections.front().over_thread = true;
  EXPECT_EQ(weigh(answer, known).found->lead->id, LeadId{9});
}

TEST(Match, ALeadThatWasMergedIsFoundUnderItsOldNumber) {
  auto mail = mail_of("maria@x.example");
  mail.references = {token_for("", 5) + ".0123456789abcdef@acme.example"};
  auto known = knowing(lead(7));
  known.merged = {{LeadId{5}, LeadId{7}}};
  EXPECT_EQ(weigh(mail, known).found->lead->id, LeadId{7});
}

TEST(Match, AnAnswerInAClosedStoryStaysInItButANewMailDoesNot) {
  Snapshot known;
  known.by_subject = {lead(7, Status::converted)};
  auto mail = mail_of("maria@x.example");
  mail.subject_key = "question about pumps";
  EXPECT_FALSE(weigh(mail, known).found);
  mail.subject_is_reply = true;
  EXPECT_TRUE(weigh(mail, known).found);
}

TEST(Decide, AListThatPassesOnAnAnswerTakesPartInTheConversation) {
  auto mail = inquiry();
  mail.fingerprint = "f3";
  mail.message_id = "listed@x.example";
  mail.nature = Nature::bulk;
  mail.is_from_list = true;
  mail.from = {"Jorge Díaz via Compras", "compras@lists.example"};
  mail.list_author = Person{"Jorge Díaz", "jorge@x.example"};
  mail.in_reply_to = {"ours@acme.example"};
  Snapshot known;
  known.by_message_id = {Match{lead(7), "ours@acme.example"}};
  const auto decision = decide(mail, known, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::threaded);
  EXPECT_EQ(after(lead(7), decision).value("last.in.from"), "jorge@x.example");

  mail.in_reply_to.clear();
  known = {};
  known.by_address = {lead(7)};
  EXPECT_EQ(decide(mail, known, rules(), now()).outcome, Outcome::list) << "that it is a list's is all we know of it";
}

TEST(Decide, AnAnswerOnOutlooksConversationGoesOnWithIt) {
  auto about = lead(7);
  about.values["last.in.index"] = "AQHdW7Lp";
  const auto decision = decide(answer_of_ana("Ten cost 900."), knowing(about), rules(), now());
  EXPECT_EQ(letter(decision, LetterKind::answer).thread_index, "AQHdW7Lp");
}

}  // namespace
}  // namespace leadmail::leads
