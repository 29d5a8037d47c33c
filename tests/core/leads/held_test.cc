// What is held, and what administrators decide about it.
#include "core/leads/held.h"

#include "core/leads/decide.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

Inquiry doubtful(Nature nature, bool sure = false) {
  auto mail = inquiry();
  mail.nature = nature;
  mail.nature_is_sure = sure;
  mail.nature_reason = "List-Unsubscribe: <mailto:x@x.example>";
  return mail;
}

/// An administrator answers the holding list from an address that is no user's.
Inquiry from_admin(const std::string& text) {
  auto mail = inquiry();
  mail.fingerprint = "a1";
  mail.from = {"IT", "it@acme.example"};
  mail.message_id = "verdict@acme.example";
  mail.authenticated = true;
  mail.authentication = "auth=pass smtp.auth=it@acme.example";
  mail.text = mail.reply = mail.command_text = text;
  return mail;
}

HeldMail held(std::int64_t number, HeldMail::State state = HeldMail::State::waiting) {
  return {.number = number,
          .state = state,
          .mailbox = "sales",
          .sender = "maria" + std::to_string(number) + "@x.example",
          .subject = "Pumps"};
}

Snapshot holding(std::vector<HeldMail> mails) {
  Snapshot known;
  known.held = std::move(mails);
  return known;
}

TEST(Held, DoubtHoldsAFirstMailAndDoesNothingElse) {
  for (const auto nature : {Nature::auto_reply, Nature::bulk}) {
    const auto decision = decide(doubtful(nature), {}, rules(), now());
    EXPECT_EQ(decision.outcome, Outcome::held);
    EXPECT_EQ(describe(decision), "hold, of maria@x.example");
    EXPECT_NE(decision.reason.find("List-Unsubscribe"), std::string::npos);
  }
}

TEST(Held, WhatIsSurelyAutomaticIsNotHeld) {
  EXPECT_EQ(decide(doubtful(Nature::auto_reply, true), {}, rules(), now()).outcome, Outcome::automatic);
  EXPECT_EQ(decide(doubtful(Nature::bulk, true), {}, rules(), now()).outcome, Outcome::list);
  auto robot = doubtful(Nature::bulk);
  robot.from.address = "no-reply@x.example";
  EXPECT_EQ(decide(robot, {}, rules(), now()).outcome, Outcome::list);
  auto undisclosed = doubtful(Nature::bulk);
  undisclosed.to.clear();
  EXPECT_EQ(decide(undisclosed, {}, rules(), now()).outcome, Outcome::list);
}

TEST(Held, AMailingThatSaysHowToLeaveItIsOne) {
  for (const auto* words :
       {"Click here to UNSUBSCRIBE.", "Para darse de baja…", "Se désinscrire", "Hủy đăng ký", "退订"}) {
    auto mail = doubtful(Nature::bulk);
    mail.text = std::string("Ten pumps for the price of nine!\n") + words;
    EXPECT_EQ(decide(mail, {}, rules(), now()).outcome, Outcome::list) << words;
  }
}

TEST(Held, AListThatSomebodyPutIntoCopyIsDoubted) {
  auto mail = doubtful(Nature::bulk, true);
  EXPECT_EQ(decide(mail, {}, rules(), now()).outcome, Outcome::list);
  mail.cc = {{"", "buyers@lists.x.example"}};
  EXPECT_EQ(decide(mail, {}, rules(), now()).outcome, Outcome::held);
}

TEST(Held, SpamOfAStrangerIsHeldAndNotAcknowledgedButAKnownContactWrites) {
  auto mail = inquiry();
  mail.spam = "X-Spam-Flag: YES";
  EXPECT_EQ(decide(mail, {}, rules(), now()).outcome, Outcome::held);
  EXPECT_TRUE(letters(decide(mail, {}, rules(), now())).empty());
  Snapshot known;
  known.by_address = {lead()};
  EXPECT_EQ(decide(mail, known, rules(), now()).outcome, Outcome::threaded);
}

TEST(Held, HistoryIsNeverAskedAbout) {
  auto mail = doubtful(Nature::bulk);
  mail.is_history = true;
  EXPECT_EQ(decide(mail, {}, rules(), now()).outcome, Outcome::list);
  auto spam = inquiry();
  spam.spam = "X-Spam-Flag: YES";
  spam.is_history = true;
  EXPECT_EQ(decide(spam, {}, rules(), now()).outcome, Outcome::lead);
}

TEST(Held, WhatWasAcceptedIsALeadWithoutAnAcknowledgement) {
  auto mail = inquiry();
  mail.was_held = true;
  mail.spam = "X-Spam-Flag: YES";
  const auto decision = decide(mail, {}, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::lead);
  EXPECT_TRUE(sends(decision, LetterKind::notice));
  EXPECT_FALSE(sends(decision, LetterKind::ack));
}

TEST(Held, ABlockedSenderIsIgnoredButNotOutOfAConversationThatWeHave) {
  Snapshot known;
  known.blocked = "@x.example";
  for (const auto& mail : {inquiry(), doubtful(Nature::bulk), doubtful(Nature::auto_reply, true)}) {
    const auto decision = decide(mail, known, rules(), now());
    EXPECT_EQ(decision.outcome, Outcome::ignored);
    EXPECT_NE(decision.reason.find("@x.example"), std::string::npos);
    EXPECT_TRUE(decision.effects.empty());
  }
  auto answer = inquiry();
  answer.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  auto thread = knowing(lead());
  thread.blocked = "@x.example";
  EXPECT_EQ(decide(answer, thread, rules(), now()).outcome, Outcome::threaded);
}

// --- what administrators write ---

TEST(HeldWish, IsNumbersAndRangesAndNothingElse) {
  for (const auto* text : {"", "x", "3x", "-3", "0", "7-3", "1-99999999", "99999999999999999999", "3 - 7", "domain"}) {
    EXPECT_FALSE(read_held_wish(text)) << text;
  }
  EXPECT_EQ(read_held_wish("3-7 9, #11")->numbers, (std::vector<std::int64_t>{3, 4, 5, 6, 7, 9, 11}));
  EXPECT_EQ(read_held_wish("3,3 2-3")->numbers, (std::vector<std::int64_t>{3, 2}));
  EXPECT_TRUE(read_held_wish("domain 7")->whole_domain);
  EXPECT_TRUE(read_held_wish("7 Dominio")->whole_domain);
}

TEST(HeldVerdicts, AnAdministratorWhoIsNoUserDecidesAndIsTold) {
  const auto mail = from_admin("#accept 3,5\n#block 7\n\nthanks");
  EXPECT_EQ(query(mail, rules(), now()).held, (std::vector<std::int64_t>{3, 5, 7}));
  const auto decision = decide(mail, holding({held(3), held(5), held(7)}), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::command);
  EXPECT_EQ(describe(decision),
            "accept held 3; accept held 5; block maria7@x.example for held 7; send alert to it@acme.example");
}

TEST(HeldVerdicts, OneThatCannotBeDoneStopsAllOfThem) {
  for (const auto* text :
       {"#accept 3,9", "#accept 3\n#accept 3", "#accept 3\n#note hello", "#accept", "#accept 3 domain"}) {
    const auto decision = decide(from_admin(text), holding({held(3)}), rules(), now());
    EXPECT_EQ(decision.outcome, Outcome::command) << text;
    EXPECT_EQ(describe(decision), "send alert to it@acme.example") << text;
  }
  const auto twice = decide(from_admin("#accept 3"), holding({held(3, HeldMail::State::accepted)}), rules(), now());
  EXPECT_EQ(describe(twice), "send alert to it@acme.example");
}

TEST(HeldVerdicts, AcceptingTakesABlockBackAndNothingBlocksWhatWasAccepted) {
  EXPECT_EQ(describe(decide(from_admin("#accept 3"), holding({held(3, HeldMail::State::blocked)}), rules(), now())),
            "accept held 3; send alert to it@acme.example");
  EXPECT_EQ(describe(decide(from_admin("#block 3"), holding({held(3, HeldMail::State::accepted)}), rules(), now())),
            "send alert to it@acme.example");
}

TEST(HeldVerdicts, AWholeDomainButNoneThatManyShareAndNotOurs) {
  auto mail = held(3);
  mail.sender = "maria@mail.shop.example";
  EXPECT_NE(
      describe(decide(from_admin("#block 3 domain"), holding({mail}), rules(), now())).find("block @shop.example"),
      std::string::npos);
  for (const auto* shared : {"maria@gmail.com", "somebody@acme.example"}) {
    mail.sender = shared;
    EXPECT_EQ(describe(decide(from_admin("#block domain 3"), holding({mail}), rules(), now())),
              "send alert to it@acme.example")
        << shared;
  }
}

// docs/overview.md, "Who may command"
TEST(HeldVerdicts, NobodyElseDecides) {
  auto forged = from_admin("#accept 3");
  forged.authenticated = false;
  const auto refused = decide(forged, holding({held(3)}), rules(), now());
  EXPECT_EQ(refused.outcome, Outcome::unverified);
  EXPECT_EQ(describe(refused), "send alert to it@acme.example");
  Snapshot again = holding({held(3)});
  again.refusals_to_writer_this_hour = 1;
  EXPECT_TRUE(letters(decide(forged, again, rules(), now())).empty());

  auto two_authors = from_admin("#accept 3");
  two_authors.from_is_plain = false;
  EXPECT_EQ(decide(two_authors, holding({held(3)}), rules(), now()).outcome, Outcome::unverified);

  auto stranger = from_admin("#accept 3");
  stranger.from.address = "it@x.example";
  EXPECT_TRUE(query(stranger, rules(), now()).held.empty());
  EXPECT_EQ(describe(decide(stranger, holding({held(3)}), rules(), now())).find("accept held"), std::string::npos);

  auto rep = answer_of_ana("#accept 3");
  EXPECT_TRUE(query(rep, rules(), now()).held.empty());
  EXPECT_EQ(describe(decide(rep, holding({held(3)}), rules(), now())).find("accept held"), std::string::npos);
}

TEST(HeldVerdicts, AUserWhoseRoleIsAdminDecidesToo) {
  auto config = rules();
  config.users[0].role = Role::admin;
  const auto decision = decide(answer_of_ana("#accept 3"), holding({held(3)}), config, now());
  EXPECT_EQ(describe(decision), "accept held 3; send result to ana");
}

TEST(HeldVerdicts, WhereTheProviderSaysNothingTheListHasToBeAnswered) {
  auto config = rules();
  config.mailboxes[0].transport_auth_required = false;
  auto mail = from_admin("#accept 3");
  mail.authenticated = false;
  EXPECT_EQ(decide(mail, holding({held(3)}), config, now()).outcome, Outcome::unverified);
  const auto token = make_token({Purpose::reply, LeadId{}, "admin", "sales"}, config.tokens, now() - 1h);
  mail.to = {{"", "sales+" + token + "@acme.example"}};
  EXPECT_EQ(decide(mail, holding({held(3)}), config, now()).outcome, Outcome::command);
}

TEST(HeldVerdicts, OneInHtmlAloneIsNotGuessedAtAndHeIsToldWhatToDo) {
  auto mail = from_admin("#accept 3");
  mail.command_text.clear();
  auto decision = decide(mail, holding({held(3)}), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::command) << describe(decision);
  EXPECT_TRUE(letter(decision, LetterKind::alert).is_refusal);
  // A forger does not make us write as often as he likes.
  for (const auto* text : {"#accept 3", "#accept 3\n\nand below\n#note x"}) {
    auto forged = from_admin(text);
    forged.authenticated = false;
    auto known = holding({held(3)});
    known.refusals_to_writer_this_hour = 1;
    decision = decide(forged, known, rules(), now());
    EXPECT_EQ(decision.outcome, Outcome::unverified) << text;
    EXPECT_TRUE(letters(decision).empty()) << text;
  }
}

TEST(HeldVerdicts, AnAnswerToTheListThatDecidesNothingMakesTheAdministratorNoLead) {
  auto mail = from_admin("Thanks, I'll look at it tomorrow.");
  mail.in_reply_to = {make_token({Purpose::reply, LeadId{}, "admin", "sales"}, rules().tokens, now() - 1h) +
                      ".0123456789abcdef@acme.example"};
  const auto decision = decide(mail, {}, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::ignored);
  EXPECT_TRUE(decision.effects.empty());
  auto rules_with_silence = from_admin("Automatic reply");
  rules_with_silence.nature = Nature::auto_reply;
  EXPECT_TRUE(letters(decide(rules_with_silence, {}, rules(), now())).empty());
}

// --- the daily mail ---

TEST(HeldVerdicts, AnAnswerToAnAlertMakesTheAdministratorNoLeadAndNoStrangerInOne) {
  for (const std::int64_t about : {0, 7}) {
    auto mail = from_admin("Thanks, I'll look at it tomorrow.");
    mail.in_reply_to = {token_for("", about) + ".0123456789abcdef@acme.example"};
    const auto decision = decide(mail, knowing(lead()), rules(), now());
    EXPECT_EQ(decision.outcome, Outcome::ignored) << describe(decision);
    EXPECT_TRUE(decision.effects.empty());
  }
  // Who tries the product out as a prospect is one.
  auto own = lead();
  own.values["contact.1.emails"] = "it@acme.example";
  auto mail = from_admin("And the freight?");
  mail.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  EXPECT_EQ(decide(mail, knowing(own), rules(), now()).outcome, Outcome::threaded);
}

TEST(HoldingList, IsOneMailADayAndNoneAboutNothing) {
  EXPECT_TRUE(letters(decide_holding_list({}, 0, rules(), now(), now())).empty());
  const auto decision = decide_holding_list({held(3), held(5)}, 7, rules(), now() - 1h, now());
  const auto list = letter(decision, LetterKind::held);
  EXPECT_EQ(list.cause, "held:2026-11-24");
  EXPECT_EQ(list.held.size(), 2U);
  auto nobody = rules();
  nobody.admins.clear();
  EXPECT_TRUE(letters(decide_holding_list({held(3)}, 1, nobody, now(), now())).empty());
}

TEST(HeldTool, DecidesOneOrSaysWhyNot) {
  const auto accepted = decide_held(HeldVerdict::accept, held(3), "ana", rules(), now());
  ASSERT_TRUE(accepted);
  EXPECT_EQ(describe(*accepted), "accept held 3");
  EXPECT_FALSE(decide_held(HeldVerdict::block, held(3, HeldMail::State::blocked), "", rules(), now()));
  EXPECT_FALSE(decide_held(HeldVerdict::accept, held(3, HeldMail::State::accepting), "", rules(), now()));
}

}  // namespace
}  // namespace leadmail::leads
