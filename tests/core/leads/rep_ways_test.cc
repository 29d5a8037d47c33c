// Every way in which a rep writes becomes his answer or a capture, and never makes him a lead.
#include <gtest/gtest.h>

#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

/// A mail by Ana from her own program, with proof but without a token of ours.
Inquiry mail_of_ana(std::vector<Person> to, std::vector<Person> cc = {}) {
  auto mail = answer_of_ana("Ten cost 900.");
  mail.to = std::move(to);
  mail.cc = std::move(cc);
  mail.in_reply_to.clear();
  return mail;
}

const Person kMaria{"María Pérez", "maria@x.example"};
const Person kShared{"", "sales@acme.example"};

Snapshot knowing_by_address(const Lead& lead) {
  Snapshot known;
  known.by_address = {lead};
  return known;
}

/// Due a minute ago: an answer stops it.
Lead lead_that_is_due() {
  auto due = lead(7);
  due.values["next.at"] = std::to_string(to_unix(now() - 60s));
  due.values["next.by"] = "ana";
  return due;
}

/// Logged as the rep's answer: nothing is sent, what was owed and due is done.
void expect_logged(const Decision& decision) {
  EXPECT_EQ(decision.outcome, Outcome::rep_answer) << describe(decision);
  EXPECT_TRUE(letters(decision).empty()) << describe(decision);
  const auto changed = after(lead_that_is_due(), decision);
  EXPECT_EQ(changed.status(), Status::replied);
  EXPECT_FALSE(changed.owed());
  EXPECT_FALSE(changed.next());
  EXPECT_NE(describe(decision).find("cancel reminders"), std::string::npos);
  EXPECT_FALSE(changed.is_contact("ana@acme.example"));
}

TEST(RepWays, AReplyToOurNoticeGoesToTheProspect) {
  const auto decision = decide(answer_of_ana("Ten cost 900."), knowing(lead_that_is_due()), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::rep_answer);
  EXPECT_EQ(letter(decision, LetterKind::answer).to.front().address, "maria@x.example");
  EXPECT_FALSE(after(lead_that_is_due(), decision).next());
}

TEST(RepWays, AReplyToAllThatTheProspectHasAlreadyIsOnlyLogged) {
  auto mail = answer_of_ana("Ten cost 900.");
  mail.cc = {kMaria};
  expect_logged(decide(mail, knowing(lead_that_is_due()), rules(), now()));
}

TEST(RepWays, AReplyToOurNoticeWithAColleagueOfTheProspectInCopyStillGoesToTheProspect) {
  auto lead = lead_that_is_due();
  lead.values["domain"] = "x.example";
  lead.values["last.in.cc"] = "boss@x.example Boss\ntech@x.example Tech";
  auto mail = answer_of_ana("Ten cost 900.");
  mail.cc = {{"Boss", "Boss@x.example"}, {"New", "new@x.example"}};
  const auto decision = decide(mail, knowing(lead), rules(), now());
  const auto answer = letter(decision, LetterKind::answer);
  EXPECT_EQ(answer.to.front().address, "maria@x.example");
  // Who has it from the rep himself does not get it once more.
  ASSERT_EQ(answer.cc.size(), 1U);
  EXPECT_EQ(answer.cc.front().address, "tech@x.example");

  // Written to the colleague, with us in copy: his own mail, whatever it refers to.
  mail.to = {{"Boss", "boss@x.example"}};
  mail.cc = {kShared};
  EXPECT_FALSE(sends(decide(mail, knowing(lead), rules(), now()), LetterKind::answer));
}

TEST(RepWays, HisAddressSpelledOtherwiseMakesHimNoLeadAndHeIsTold) {
  for (const auto* spelled : {"Ana@acme.example", "ana+crm@acme.example"}) {
    auto mail = answer_of_ana("Ten cost 900.");
    mail.from.address = spelled;
    const auto decision = decide(mail, knowing(lead()), rules(), now());
    EXPECT_EQ(decision.outcome, Outcome::unverified) << describe(decision);
    EXPECT_EQ(letter(decision, LetterKind::result).to_user, "ana");
    EXPECT_TRUE(is_quiet_outside(decision));
    mail.in_reply_to.clear();
    mail.to = {kShared};
    EXPECT_EQ(decide(mail, {}, rules(), now()).outcome, Outcome::unverified);
  }
}

TEST(RepWays, FromHisOwnProgramWithUsInToCcOrBcc) {
  expect_logged(decide(mail_of_ana({kMaria, kShared}), knowing_by_address(lead_that_is_due()), rules(), now()));
  expect_logged(decide(mail_of_ana({kMaria}, {kShared}), knowing_by_address(lead_that_is_due()), rules(), now()));
  auto blind = mail_of_ana({kMaria});
  blind.delivered_to = {"sales@acme.example"};
  expect_logged(decide(blind, knowing_by_address(lead_that_is_due()), rules(), now()));
}

TEST(RepWays, FromHisOwnProgramToANewAddressInAKnownConversation) {
  auto mail = mail_of_ana({{"María", "maria@home.example"}}, {kShared});
  mail.in_reply_to = {"first@x.example"};
  Snapshot known;
  known.by_message_id = {Match{lead_that_is_due(), "first@x.example"}};
  const auto decision = decide(mail, known, rules(), now());
  expect_logged(decision);
  EXPECT_EQ(after(lead_that_is_due(), decision).value("last.participants"), "maria@home.example");
}

TEST(RepWays, FromTheSharedMailboxItself) {
  auto mail = mail_of_ana({kMaria});
  mail.from = {"Acme", "sales@acme.example"};
  mail.in_sent_folder = true;
  expect_logged(decide(mail, knowing_by_address(lead_that_is_due()), rules(), now()));
}

TEST(RepWays, FromTheSharedMailboxWithItselfInCopyItIsKnownByTheCopyInSent) {
  auto mail = mail_of_ana({kMaria}, {kShared});
  mail.from = {"Acme", "sales@acme.example"};
  auto known = knowing_by_address(lead_that_is_due());
  EXPECT_EQ(decide(mail, known, rules(), now()).outcome, Outcome::own);
  known.seen_before = Snapshot::Sighting{.outcome = "own", .mailbox = "sales"};
  EXPECT_EQ(decide(mail, known, rules(), now()).outcome, Outcome::duplicate);
  mail.in_sent_folder = true;
  expect_logged(decide(mail, known, rules(), now()));
  known.seen_before = Snapshot::Sighting{.outcome = "rep-answer", .mailbox = "sales"};
  EXPECT_EQ(decide(mail, known, rules(), now()).outcome, Outcome::duplicate);
}

TEST(RepWays, OneMailToPeopleOfSeveralLeadsAnswersEachAndNamesNone) {
  auto other = lead_that_is_due();
  other.id = LeadId{9};
  other.values["contact.1.emails"] = "pedro@y.example";
  auto known = knowing_by_address(lead_that_is_due());
  known.by_address.push_back(other);
  auto mail = mail_of_ana({kMaria, {"Pedro", "pedro@y.example"}});
  mail.from = {"Acme", "sales@acme.example"};
  mail.in_sent_folder = true;
  const auto decision = decide(mail, known, rules(), now());
  EXPECT_FALSE(decision.is_of_one_lead);
  const auto text = describe(decision);
  EXPECT_NE(text.find("log answer on L-7"), std::string::npos) << text;
  EXPECT_NE(text.find("log answer on L-9"), std::string::npos) << text;
}

TEST(RepWays, ForwardingAnInquiryFromHisInboxMakesALeadOfItsWriter) {
  auto mail = mail_of_ana({kShared});
  mail.subject = "Fwd: pumps";
  mail.forwarded_from = Person{"Pedro Ruiz", "pedro@y.example"};
  mail.forwarded_subject = "pumps";
  mail.forwarded_text = "How much?";
  mail.text = mail.reply = mail.command_text = "";
  const auto decision = decide(mail, {}, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::lead);
  const auto opened = after({}, decision);
  EXPECT_TRUE(opened.is_contact("pedro@y.example"));
  EXPECT_FALSE(opened.is_contact("ana@acme.example"));
}

TEST(RepWays, ForwardingWhatAProspectWroteToHimAloneContinuesTheConversation) {
  auto mail = mail_of_ana({kShared});
  mail.subject = "Fwd: Re: pumps";
  mail.references = {"first@x.example"};
  mail.forwarded_from = kMaria;
  mail.forwarded_text = "Fine, I take ten.";
  mail.text = mail.reply = mail.command_text = "";
  Snapshot known;
  known.by_message_id = {Match{lead(7, Status::replied), "first@x.example"}};
  const auto decision = decide(mail, known, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::threaded) << describe(decision);
  EXPECT_EQ(after(lead(7, Status::replied), decision).status(), Status::open);
}

TEST(RepWays, ANewMailToALeadsAddressIsItsAnswer) {
  auto mail = mail_of_ana({kMaria}, {kShared});
  mail.subject = "Our new prices";
  mail.subject_key = "our new prices";
  expect_logged(decide(mail, knowing_by_address(lead_that_is_due()), rules(), now()));
}

TEST(RepWays, ANewMailToSomebodyUnknownMakesALeadOfHim) {
  const auto decision = decide(mail_of_ana({{"Pedro", "pedro@y.example"}}, {kShared}), {}, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::lead);
  EXPECT_EQ(after({}, decision).owner(), "ana");
  EXPECT_TRUE(letters(decision).empty());
}

TEST(RepWays, WhatCanNotBeRelayedIsAnsweredWithWhatToDo) {
  auto forged = answer_of_ana("Ten cost 900.");
  forged.authenticated = false;
  const auto nowhere = mail_of_ana({kShared});
  const auto empty = answer_of_ana("");
  for (const auto& [mail, known] :
       {std::pair{forged, knowing(lead())}, std::pair{nowhere, Snapshot{}}, std::pair{empty, knowing(lead())}}) {
    const auto decision = decide(mail, known, rules(), now());
    const auto told = letter(decision, LetterKind::result);
    EXPECT_EQ(told.to_user, "ana") << "at the configured address";
    EXPECT_TRUE(told.to.empty());
    EXPECT_TRUE(told.is_refusal);
    EXPECT_NE(decision.outcome, Outcome::lead);
    EXPECT_TRUE(is_quiet_outside(decision));
  }
}

TEST(RepWays, ARobotOfHisThatAnswersWhatWeAnswerIsNotAnsweredForEver) {
  // The same cause never makes a second mail.
  const auto cause = [](const Inquiry& mail, Time when) {
    return letter(decide(mail, {}, rules(), when), LetterKind::result).cause;
  };
  auto second = mail_of_ana({kShared});
  second.fingerprint = "f3";
  EXPECT_EQ(cause(mail_of_ana({kShared}), now()), cause(second, now() + 1s));
  EXPECT_NE(cause(mail_of_ana({kShared}), now()), cause(second, now() + 5min));
  // A command is always answered.
  auto command = second;
  command.text = command.reply = command.command_text = "#statsu lost";
  EXPECT_NE(cause(command, now()), cause(second, now()));
}

}  // namespace
}  // namespace leadmail::leads
