// Mail that no person wrote, and the loops it would make.
#include "core/leads/decide.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

// docs/security.md, L01
TEST(Automatic, NoneOfItIsAnsweredOrChangesAStatus) {
  for (const auto nature :
       {Nature::auto_reply, Nature::bounce, Nature::complaint, Nature::receipt, Nature::bulk, Nature::calendar}) {
    for (const auto status : {Status::lead, Status::replied, Status::do_not_contact}) {
      auto mail = inquiry();
      mail.nature = nature;
      if (nature == Nature::calendar) mail.reply.clear();  // words beside it are a person's: calendar_test.cc
      mail.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
      const auto before = lead(7, status);
      const auto decision = decide(mail, knowing(before), rules(), now());
      EXPECT_TRUE(letters(decision).empty()) << describe(decision);
      EXPECT_EQ(after(before, decision).values, before.values) << "recorded, but nothing is changed by it";
      EXPECT_TRUE(decide(mail, {}, rules(), now()).effects.empty()) << "and it never makes a lead";
    }
  }
}

TEST(Automatic, AnOutOfOfficeAnswerStandsOnItsThread) {
  auto mail = inquiry();
  mail.nature = Nature::auto_reply;
  mail.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  EXPECT_EQ(describe(decide(mail, knowing(lead()), rules(), now())), "append to L-7");
  EXPECT_EQ(decide(mail, knowing(lead()), rules(), now()).outcome, Outcome::automatic);
}

class Bounce : public testing::Test {
 protected:
  static Inquiry of(const std::string& message_id, const std::string& status = "5.1.1") {
    auto mail = inquiry();
    mail.nature = Nature::bounce;
    mail.from = {"", "mailer-daemon@mx.example"};
    mail.null_return_path = true;
    mail.failed_message_id = message_id;
    mail.failed = {{"maria@x.example", "failed", status, "no such user"}};
    return mail;
  }
  static Snapshot book(const std::string& message_id) {
    Snapshot known;
    known.by_message_id = {Match{lead(), message_id}};
    known.recipients_of_failed = {"Maria@x.example"};
    return known;
  }
};

TEST_F(Bounce, OfOurMailMarksTheAddressDeadAndTellsTheOwner) {
  const auto id = token_for("") + ".0123456789abcdef@acme.example";
  const auto decision = decide(of(id), book(id), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::bounce);
  EXPECT_EQ(describe(decision), "append to L-7; contact dead; mark maria@x.example dead; send bounced to ana");
  EXPECT_EQ(after(lead(), decision).status(), Status::open);
}

TEST_F(Bounce, AFullMailboxIsNotDead) {
  const auto id = token_for("") + ".0123456789abcdef@acme.example";
  const auto decision = decide(of(id, "5.2.2"), book(id), rules(), now());
  EXPECT_EQ(describe(decision).find("dead"), std::string::npos);
  EXPECT_TRUE(sends(decision, LetterKind::bounced));
  auto delayed = of(id);
  delayed.failed[0].action = "delayed";
  EXPECT_EQ(describe(decide(delayed, book(id), rules(), now())), "append to L-7");
}

TEST_F(Bounce, OneMailThatIsReportedAgainAndAgainHasFailedOnce) {
  const auto id = token_for("") + ".0123456789abcdef@acme.example";
  auto known = book(id);
  auto current = lead();
  for (int report = 0; report < 6; ++report) {
    const auto decision = decide(of(id, "5.2.2"), known, rules(), now());
    EXPECT_EQ(sends(decision, LetterKind::bounced), report == 0);
    current = after(current, decision);
    known.by_message_id = {Match{current, id}};
  }
  EXPECT_EQ(current.value("dead"), "");
  // That it does not exist is news.
  EXPECT_TRUE(sends(decide(of(id, "5.1.1"), known, rules(), now()), LetterKind::bounced));
}

TEST_F(Bounce, OfMailToOurselvesNeverMakesMoreOfItself) {
  const auto id = token_for("ana") + ".0123456789abcdef@acme.example";
  auto mail = of(id);
  mail.failed[0].address = "ana@acme.example";
  const auto decision = decide(mail, book(id), rules(), now());
  EXPECT_FALSE(sends(decision, LetterKind::bounced)) << "her mailbox is the one that is gone";
  EXPECT_TRUE(sends(decision, LetterKind::alert));
  mail.failed[0].address = "it@acme.example";
  EXPECT_TRUE(letters(decide(mail, book(id), rules(), now())).empty());
}

TEST_F(Bounce, AnAddressThatTheMailDidNotGoToIsNeverDead) {
  const auto id = token_for("") + ".0123456789abcdef@acme.example";
  auto known = book(id);
  known.recipients_of_failed = {"boss@x.example"};
  const auto decision = decide(of(id), known, rules(), now());
  EXPECT_EQ(describe(decision).find("dead"), std::string::npos) << describe(decision);
}

TEST_F(Bounce, AComplaintAboutOurMailEndsAutomaticMailAndTellsTheOwner) {
  const auto id = token_for("") + ".0123456789abcdef@acme.example";
  auto mail = of(id);
  mail.nature = Nature::complaint;
  mail.failed.clear();
  const auto decision = decide(mail, book(id), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::automatic);
  EXPECT_NE(describe(decision).find("mark Maria@x.example dead"), std::string::npos) << describe(decision);
  EXPECT_TRUE(sends(decision, LetterKind::bounced));
  mail.failed_message_id = "made.up@acme.example";
  EXPECT_TRUE(decide(mail, book(id), rules(), now()).effects.empty()) << "forged";
}

TEST_F(Bounce, AForgedOneDoesNothing) {
  // Known to the book, but not signed by us: the prospect's own Message-ID.
  EXPECT_TRUE(decide(of("first@x.example"), book("first@x.example"), rules(), now()).effects.empty());
  // Of our shape, but signed by nobody.
  const auto id = std::string(32, 'a') + ".0123456789abcdef@acme.example";
  EXPECT_TRUE(decide(of(id), book(id), rules(), now()).effects.empty());
}

TEST_F(Bounce, ARealMailFromTheAddressRevivesIt) {
  auto known = lead();
  known.values["dead"] = "maria@x.example";
  auto mail = inquiry();
  mail.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  const auto decision = decide(mail, knowing(known), rules(), now());
  EXPECT_NE(describe(decision).find("mark maria@x.example alive"), std::string::npos);
  EXPECT_EQ(after(known, decision).value("dead"), "");
}

// --- Acknowledgements: docs/security.md, L rows ---

bool acknowledges(const Inquiry& mail, const Snapshot& known = {}) {
  return sends(decide(mail, known, rules(), now()), LetterKind::ack);
}

TEST(Acknowledgement, L05GoesOnceADayAndUnderABudget) {
  EXPECT_TRUE(acknowledges(inquiry()));
  Snapshot known;
  known.acks_to_writer_today = 1;
  EXPECT_FALSE(acknowledges(inquiry(), known));
  known = {};
  known.automatic_mails_today = rules().max_acknowledgements_a_day;
  EXPECT_FALSE(acknowledges(inquiry(), known));
}

TEST(Acknowledgement, L06EchoesNothing) {
  auto mail = inquiry();
  mail.from.name = "BUY http://spam.example";
  mail.subject = "BUY http://spam.example";
  mail.text = mail.reply = "BUY http://spam.example";
  const auto ack = letter(decide(mail, {}, rules(), now()), LetterKind::ack);
  EXPECT_EQ(ack.subject + ack.text + ack.to.front().name, "");
}

TEST(Acknowledgement, IsNeverSentToRobotsNullSendersListsOrLoops) {
  const auto with = [](auto change) {
    auto mail = inquiry();
    change(mail);
    return acknowledges(mail);
  };
  EXPECT_FALSE(with([](Inquiry& m) { m.null_return_path = true; }));
  EXPECT_FALSE(with([](Inquiry& m) { m.hops = 51; }));
  EXPECT_FALSE(with([](Inquiry& m) { m.is_history = true; }));
  EXPECT_FALSE(with([](Inquiry& m) { m.received = now() - 25h; }));
  EXPECT_FALSE(with([](Inquiry& m) { m.to = {{"", "everybody@list.example"}}; })) << "RFC 3834 §2";
  for (const auto* const robot :
       {"mailer-daemon", "postmaster", "no-reply", "owner-news", "news-request", "Bounces+x"}) {
    EXPECT_FALSE(with([&](Inquiry& m) { m.from.address = std::string(robot) + "@x.example"; })) << robot;
  }
  EXPECT_TRUE(with([](Inquiry& m) { m.to = {{"", "info@acme.example"}}; })) << "an alias is us";
}

TEST(Acknowledgement, IsWrittenInTheLanguageOfTheWriter) {
  auto mail = inquiry();
  mail.language = "vi";
  EXPECT_EQ(letter(decide(mail, {}, rules(), now()), LetterKind::ack).language, "vi");
  mail.language = "fi";
  EXPECT_EQ(letter(decide(mail, {}, rules(), now()), LetterKind::ack).language, "en");
}

// docs/security.md, L02, L04
TEST(Own, MailThatComesBackIsRecognised) {
  auto marked = inquiry();
  marked.instance = "signed";
  EXPECT_EQ(decide(marked, {}, rules(), now()).outcome, Outcome::own);
  auto ours = inquiry();
  ours.from = {"Acme", "Sales+tag@acme.example"};
  const auto decision = decide(ours, {}, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::own);
  EXPECT_TRUE(decision.effects.empty());
}

TEST(Own, TwoInstancesStopAfterTwoMails) {
  // The other side acknowledges our acknowledgement at most as automatic mail, which is never answered.
  auto theirs = inquiry();
  theirs.nature = Nature::auto_reply;
  theirs.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  EXPECT_TRUE(letters(decide(theirs, knowing(lead()), rules(), now())).empty());
}

}  // namespace
}  // namespace leadmail::leads
