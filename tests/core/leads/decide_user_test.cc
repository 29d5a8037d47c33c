// Mail by our own people, and by those who would like to be taken for them.
#include "core/leads/decide.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

TEST(DecideUser, TheAnswerToANoticeGoesToTheProspect) {
  const auto decision = decide(answer_of_ana("They are 20 EUR each.\n\nAna"), knowing(lead()), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::rep_answer);
  EXPECT_EQ(describe(decision), "send answer to maria@x.example; log answer on L-7; status replied");
  const auto answer = letter(decision, LetterKind::answer);
  EXPECT_EQ(answer.on_behalf_of, "ana");
  EXPECT_EQ(answer.text, "They are 20 EUR each.\n\nAna");
  EXPECT_EQ(answer.in_reply_to, std::vector<std::string>{"first@x.example"});
  EXPECT_EQ(answer.references, std::vector<std::string>{"first@x.example"});
  EXPECT_EQ(answer.subject, "Question about pumps");
  EXPECT_FALSE(after(lead(), decision).owed());
}

TEST(DecideUser, TheProspectSeesWhoSignsTheAnswer) {
  auto mail = answer_of_ana("They are 20 EUR each.");
  mail.signature = "Saludos\nAna López\n+52 55 1234 5678";
  EXPECT_EQ(letter(decide(mail, knowing(lead()), rules(), now()), LetterKind::answer).text,
            "They are 20 EUR each.\n\nSaludos\nAna López\n+52 55 1234 5678");
  mail.signature = "Ana\n#note he must not read this";
  EXPECT_EQ(letter(decide(mail, knowing(lead()), rules(), now()), LetterKind::answer).text, "They are 20 EUR each.");
}

TEST(DecideUser, CommandsAreTakenOutBeforeTheTextGoesOn) {
  const auto decision = decide(answer_of_ana("#status interested\n\n#next tomorrow 10:00 call\n\nDear María\n"),
                               knowing(lead()), rules(), now());
  EXPECT_EQ(letter(decision, LetterKind::answer).text, "Dear María");
  EXPECT_EQ(after(lead(), decision).status(), Status::interested);
  EXPECT_EQ(letter(decision, LetterKind::result).to_user, "ana");
  EXPECT_NE(letter(decision, LetterKind::result).text.find("maria@x.example"), std::string::npos)
      << "she sees that something goes out, and to whom";
  EXPECT_EQ(letter(decision, LetterKind::invitation).to_user, "ana");
}

TEST(DecideUser, HisNameBelowHisCommandsIsNoAnswer) {
  for (const auto* const name : {"Ana", "Ana López", "- ana", "*Ana Lopez*", "Ana\nLópez."}) {
    const auto decision =
        decide(answer_of_ana(std::string("#status interested\n\n") + name), knowing(lead()), rules(), now());
    EXPECT_FALSE(sends(decision, LetterKind::answer)) << name;
    EXPECT_EQ(after(lead(), decision).status(), Status::interested);
  }
  for (const auto* const text : {"Ana is on holiday.", "Hola Ana", "María"}) {
    const auto decision =
        decide(answer_of_ana(std::string("#status interested\n\n") + text), knowing(lead()), rules(), now());
    EXPECT_EQ(letter(decision, LetterKind::answer).text, text);
  }
}

TEST(DecideUser, WordsBelowTheQuotationThatDoNotGoAlongAreToldToTheRep) {
  auto mail = answer_of_ana("They are 20 EUR each.");
  mail.below_quote = "And yes, we ship\nto Puebla.\nMark as Interested<mailto:x>\nMark as Interested";
  auto known = knowing(lead());
  known.conversations[LeadId{7}].our_words = "Mark as Interested: #status interested";
  const auto decision = decide(mail, known, rules(), now());
  EXPECT_EQ(letter(decision, LetterKind::answer).text, "They are 20 EUR each.");
  const auto told = letter(decision, LetterKind::result);
  EXPECT_EQ(told.to_user, "ana");
  EXPECT_NE(told.text.find(": And yes, we ship to Puebla."), std::string::npos) << told.text;
  EXPECT_NE(told.text.find("maria@x.example"), std::string::npos) << "what did go along, and where";

  auto commands = answer_of_ana("#status interested");
  commands.below_quote = mail.below_quote;
  EXPECT_EQ(letter(decide(commands, knowing(lead()), rules(), now()), LetterKind::result).text.find("Puebla"),
            std::string::npos)
      << "nothing was to be sent";
}

TEST(DecideUser, ASuppliersMailBelowHisTextDoesNotGoAlongAndHeIsTold) {
  auto mail = answer_of_ana("Dear María, see what our supplier wrote.");
  mail.quoted_from = {"Max", "max@supplier.example"};
  mail.quoted_mail = "\nWe deliver twenty\nin May.\n\nMax";
  const auto decision = decide(mail, knowing(lead()), rules(), now());
  EXPECT_EQ(letter(decision, LetterKind::answer).text, "Dear María, see what our supplier wrote.");
  const auto told = letter(decision, LetterKind::result).text;
  EXPECT_NE(told.find(": max@supplier.example: We deliver twenty in May. Max"), std::string::npos) << told;
  EXPECT_NE(told.find("maria@x.example"), std::string::npos) << "what did go along, and where";
  // That both greet is not enough to go along.
  mail.reply = mail.text = mail.command_text = "Hello,\n\nsee what our supplier wrote.";
  mail.quoted_mail = "Hello,\n\nWe deliver in May.\n";
  EXPECT_TRUE(sends(decide(mail, knowing(lead()), rules(), now()), LetterKind::result));
  // What everybody has already, or what goes along, is no news; what is ours is nobody's to copy.
  for (const auto* const known :
       {"maria@x.example", "sales@acme.example", "luis@acme.example", "MARIA@x.example", "boss@acme.example"}) {
    mail.quoted_from.address = known;
    EXPECT_FALSE(sends(decide(mail, knowing(lead()), rules(), now()), LetterKind::result)) << known;
  }
  mail.quoted_from.address = "max@supplier.example";
  mail.reply = mail.text = mail.command_text = "See below.\n\n> Hello,\n>\n> We deliver\n> in May.";
  EXPECT_FALSE(sends(decide(mail, knowing(lead()), rules(), now()), LetterKind::result));
}

TEST(DecideUser, OtherParticipantsStayInTheConversation) {
  auto known = lead();
  known.values["last.in.cc"] = "jorge@x.example Jorge Díaz\nana@acme.example Ana";
  const auto answer = letter(decide(answer_of_ana("Yes."), knowing(known), rules(), now()), LetterKind::answer);
  EXPECT_EQ(answer.cc, (std::vector<Person>{{"Jorge Díaz", "jorge@x.example"}}));
}

// docs/security.md, A09
TEST(DecideUser, AReplyToTwoHundredPeopleIsNoConversation) {
  auto mail = inquiry();
  for (int i = 0; i < 200; ++i) mail.cc.push_back({"", "p" + std::to_string(i) + "@y.example"});
  EXPECT_EQ(after({}, decide(mail, {}, rules(), now())).value("last.in.cc"), "");
}

TEST(DecideUser, WhatARobotOfTheRepSaysAgainAndAgainIsSentTwiceAndNoMore) {
  auto known = lead();
  const auto say_away = [&] {
    const auto decision = decide(answer_of_ana("I am at the fair\nuntil Monday."), knowing(known), rules(), now());
    known = after(known, decision);
    return decision;
  };
  EXPECT_EQ(say_away().outcome, Outcome::rep_answer);
  EXPECT_EQ(say_away().outcome, Outcome::rep_answer);
  for (int i = 0; i < 3; ++i) {
    const auto decision = say_away();
    EXPECT_EQ(decision.outcome, Outcome::ignored);
    EXPECT_EQ(describe(decision), "send result to ana") << "once in five minutes: its cause says so";
  }
  auto with_file = answer_of_ana("I am at the fair until Monday.");
  with_file.attachments = {{.name = "map.pdf"}};
  EXPECT_EQ(decide(with_file, knowing(known), rules(), now()).outcome, Outcome::rep_answer);
  const auto commanding = answer_of_ana("#note at the fair\n\nI am at the fair until Monday.");
  EXPECT_EQ(decide(commanding, knowing(known), rules(), now()).outcome, Outcome::rep_answer) << "no robot";
  known = after(known, decide(answer_of_ana("They are 20 EUR."), knowing(known), rules(), now()));
  EXPECT_EQ(say_away().outcome, Outcome::rep_answer) << "he said something else in between";
}

TEST(DecideUser, AnEmptyAnswerIsAnsweredWithWhatToDo) {
  const auto decision = decide(answer_of_ana(""), knowing(lead()), rules(), now());
  EXPECT_EQ(describe(decision), "send result to ana");
  EXPECT_TRUE(letter(decision, LetterKind::result).is_refusal);
}

TEST(DecideUser, WhatCannotBeDoneStopsTheWholeMail) {
  for (const auto* const text : {"#status interested\n#next yesterday\n\nDear María", "#stauts open\n\nDear María",
                                 "#status interested\n#won\n\nDear María", "#assign nobody\n\nDear María"}) {
    const auto decision = decide(answer_of_ana(text), knowing(lead()), rules(), now());
    EXPECT_EQ(describe(decision), "send result to ana") << text;
    EXPECT_EQ(decision.outcome, Outcome::command);
  }
}

TEST(DecideUser, ACommandBelowTheTextIsNotSentToTheCustomer) {
  const auto decision = decide(answer_of_ana("Dear María\n#note she is difficult\n"), knowing(lead()), rules(), now());
  EXPECT_EQ(describe(decision), "send result to ana");
}

TEST(DecideUser, ABareNoteKeepsEverythingInside) {
  const auto decision = decide(answer_of_ana("#note\nShe is difficult,\nbe careful."), knowing(lead()), rules(), now());
  EXPECT_EQ(describe(decision), "note on L-7; send result to ana");
}

TEST(DecideUser, CommandsInHtmlAloneAreNeitherExecutedNorSentOn) {
  auto mail = answer_of_ana("#note inside\n\nDear María");
  mail.command_text.clear();
  EXPECT_EQ(describe(decide(mail, knowing(lead()), rules(), now())), "send result to ana");
}

// docs/security.md, M11
TEST(DecideUser, WhatTheHtmlSaysOtherwiseIsNoCommand) {
  auto mail = answer_of_ana("Fine.");
  mail.reply = "#status converted\nFine.";
  const auto decision = decide(mail, knowing(lead()), rules(), now());
  EXPECT_EQ(after(lead(), decision).status(), Status::replied);
}

TEST(DecideUser, CopiesOfARepsOwnMailAreLoggedNotSentAgain) {
  auto mail = answer_of_ana("They are 20 EUR.");
  mail.to = {{"María", "maria@x.example"}};
  mail.cc = {{"", "sales@acme.example"}};
  mail.in_reply_to.clear();
  Snapshot known;
  known.by_address = {lead()};
  const auto decision = decide(mail, known, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::rep_answer);
  EXPECT_EQ(describe(decision), "log answer on L-7; status replied");
}

TEST(DecideUser, WritingToSomebodyNewWithUsInCopyMakesALeadOfTheRep) {
  auto mail = answer_of_ana("Hello, we met at the fair.");
  mail.to = {{"Nora", "nora@new.example"}};
  mail.cc = {{"", "sales@acme.example"}};
  mail.in_reply_to.clear();
  const auto decision = decide(mail, {}, rules(), now());
  const auto opened = after({}, decision);
  EXPECT_EQ(decision.outcome, Outcome::lead);
  EXPECT_EQ(opened.owner(), "ana");
  EXPECT_EQ(opened.status(), Status::replied);
  EXPECT_TRUE(letters(decision).empty());
  mail.to = {{"Accounting", "accounts@acme.example"}};
  EXPECT_EQ(decide(mail, {}, rules(), now()).outcome, Outcome::ignored) << "our own company is no prospect";
}

TEST(DecideUser, AForwardedInquiryIsThatOfItsWriter) {
  auto mail = answer_of_ana("");
  mail.to = {{"", "sales@acme.example"}};
  mail.in_reply_to.clear();
  mail.forwarded_from = Person{"Nora New", "nora@new.example"};
  mail.forwarded_subject = "Offer for valves";
  mail.forwarded_text = "Do you sell valves?";
  EXPECT_EQ(query(mail, rules(), now()).addresses, std::vector<std::string>{"nora@new.example"});
  const auto decision = decide(mail, {}, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::lead);
  EXPECT_EQ(after({}, decision).value("contact.1.emails"), "nora@new.example");
  EXPECT_FALSE(sends(decision, LetterKind::ack)) << "she did not write to us";
  EXPECT_EQ(letter(decision, LetterKind::notice).text, "Do you sell valves?");

  auto forged = mail;
  forged.authenticated = false;
  EXPECT_EQ(decide(forged, {}, rules(), now()).outcome, Outcome::unverified);
}

TEST(DecideUser, WhatARepWritesAboveAForwardIsANoteAndItsOwnerReadsIt) {
  auto mail = answer_of_ana("Budget 1 million, hot.");
  mail.to = {{"", "sales@acme.example"}};
  mail.in_reply_to.clear();
  mail.forwarded_from = Person{"Nora New", "nora@new.example"};
  mail.forwarded_text = "Do you sell valves?";
  const auto decision = decide(mail, {}, rules(), now());
  EXPECT_EQ(letter(decision, LetterKind::notice).text,
            "Ana López:\nBudget 1 million, hot.\n\nNora New:\nDo you sell valves?\n\n");
  EXPECT_NE(describe(decision).find("note on"), std::string::npos) << describe(decision);
  EXPECT_FALSE(sends(decision, LetterKind::ack));
}

TEST(DecideUser, MailsThatAForwardEnclosesBesideAreNotPassedOverInSilence) {
  auto mail = answer_of_ana("");
  mail.to = {{"", "sales@acme.example"}};
  mail.in_reply_to.clear();
  mail.forwarded_from = Person{"Nora New", "nora@new.example"};
  mail.forwarded_text = "Do you sell valves?";
  mail.forwarded_beside = {"Carl <carl@far.example>: Pumps", "dora@far.example: Pipes"};
  const auto decision = decide(mail, {}, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::lead);
  const std::string both = "Carl <carl@far.example>: Pumps; dora@far.example: Pipes";
  EXPECT_NE(letter(decision, LetterKind::result).text.find(both), std::string::npos) << "to her who can mend it";
  EXPECT_NE(letter(decision, LetterKind::notice).warning.find(both), std::string::npos) << "to whoever has the lead";
  EXPECT_TRUE(std::ranges::any_of(decision.effects, [&](const Effect& effect) {
    const auto* const record = std::get_if<Record>(&effect);
    return record != nullptr && record->event.text == "passed on with more mails: " + both;
  }));

  auto with_command = mail;
  with_command.text = with_command.reply = with_command.command_text = "#next tomorrow 10:00";
  const auto result = letter(decide(with_command, {}, rules(), now()), LetterKind::result);
  EXPECT_NE(result.text.find(both), std::string::npos);
  EXPECT_FALSE(result.results.empty());

  auto from_outside = mail;
  from_outside.from = {"María Pérez", "maria@x.example"};
  EXPECT_EQ(letter(decide(from_outside, {}, rules(), now()), LetterKind::notice).warning, "")
      << "it is her inquiry, with files";
  auto old = mail;
  old.is_history = true;
  EXPECT_TRUE(letters(decide(old, {}, rules(), now())).empty());
}

TEST(DecideUser, CommandsAboveAForwardAreAboutTheLeadItMakes) {
  auto mail = answer_of_ana("#next tomorrow 10:00\n#note met him at the fair");
  mail.to = {{"", "sales@acme.example"}};
  mail.in_reply_to.clear();
  mail.forwarded_from = Person{"Nora New", "nora@new.example"};
  mail.forwarded_text = "Do you sell valves?";
  const auto decision = decide(mail, {}, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::lead);
  const auto opened = after({}, decision);
  EXPECT_EQ(opened.value("contact.1.emails"), "nora@new.example");
  EXPECT_EQ(opened.next()->by, "ana");
  EXPECT_TRUE(letter(decision, LetterKind::invitation).about_new_lead);
  mail.text = mail.reply = mail.command_text = "#next yesterday";
  EXPECT_EQ(describe(decide(mail, {}, rules(), now())), "send result to ana") << "all or none";
  mail.text = mail.reply = mail.command_text = "#assign luis";
  EXPECT_EQ(decide(mail, {}, rules(), now()).outcome, Outcome::unverified) << "needs a token";
}

TEST(DecideUser, OurTagInTheSubjectNamesTheThreadButGivesNoRight) {
  auto mail = answer_of_ana("#note she called");
  mail.to = {{"", "sales@acme.example"}};
  mail.in_reply_to.clear();
  mail.subject = "Re: " + subject_tag(LeadId{7}, rules().tokens) + " pumps";
  EXPECT_EQ(describe(decide(mail, knowing(lead()), rules(), now())), "note on L-7; send result to ana");
  mail.text = mail.reply = mail.command_text = "Dear María";
  EXPECT_EQ(decide(mail, knowing(lead()), rules(), now()).outcome, Outcome::unverified);
}

TEST(DecideUser, AnActionLinkWithoutPlusAddressingCarriesItsTokenInTheSubject) {
  auto mail = answer_of_ana("#status interested");
  mail.to = {{"", "sales@acme.example"}};
  mail.in_reply_to.clear();
  mail.subject = action_tag(LeadId{7}, token_for("ana"));
  EXPECT_EQ(query(mail, rules(), now()).leads, std::vector{LeadId{7}});
  EXPECT_EQ(describe(decide(mail, knowing(lead()), rules(), now())), "status interested; send result to ana");
}

TEST(DecideUser, AMailAboutNothingKnownIsAnsweredWithWhatToDo) {
  auto mail = answer_of_ana("Can you send the brochure?");
  mail.to = {{"", "sales@acme.example"}};
  mail.in_reply_to.clear();
  const auto decision = decide(mail, {}, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::ignored);
  EXPECT_EQ(describe(decision), "send result to ana");
}

TEST(DecideUser, HelpNeedsNoLead) {
  auto mail = answer_of_ana("#help");
  mail.to = {{"", "sales@acme.example"}};
  mail.in_reply_to.clear();
  const auto result = letter(decide(mail, {}, rules(), now()), LetterKind::result);
  EXPECT_NE(result.text.find("#next tomorrow 10:00"), std::string::npos);
  EXPECT_FALSE(result.is_refusal);
}

TEST(DecideUser, TheSentFolderIsProofOfItsOwn) {
  auto mail = inquiry();
  mail.in_sent_folder = true;
  mail.from = {"Acme", "sales@acme.example"};
  mail.to = {{"", "maria@x.example"}};
  mail.message_id = "sent@acme.example";
  Snapshot known;
  known.by_address = {lead()};
  const auto decision = decide(mail, known, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::rep_answer);
  EXPECT_EQ(describe(decision), "log answer on L-7; status replied");
  mail.to = {{"", "supplier@z.example"}};
  EXPECT_EQ(decide(mail, known, rules(), now()).outcome, Outcome::ignored);
}

TEST(DecideUser, AnAnswerStopsOnlyWhatHadComeDue) {
  auto overdue = lead();
  overdue.values["next.at"] = std::to_string(to_unix(now() - 1h));
  overdue.values["next.by"] = "ana";
  const auto decision = decide(answer_of_ana("Here it is."), knowing(overdue), rules(), now());
  EXPECT_NE(describe(decision).find("cancel reminders of L-7; clear next contact"), std::string::npos);
  auto planned = overdue;
  planned.values["next.at"] = std::to_string(to_unix(now() + 240h));
  EXPECT_EQ(describe(decide(answer_of_ana("Here it is."), knowing(planned), rules(), now())).find("cancel"),
            std::string::npos);
}

TEST(DecideUser, TextForAProspectWhoMustNotBeContactedStays) {
  const auto decision = decide(answer_of_ana("Hello again"), knowing(lead(7, Status::do_not_contact)), rules(), now());
  EXPECT_EQ(describe(decision), "send result to ana");
}

TEST(DecideUser, AnAnswerGoesToALivingAddress) {
  auto known = lead();
  known.values["dead"] = "maria@x.example";
  EXPECT_EQ(describe(decide(answer_of_ana("Hello"), knowing(known), rules(), now())), "send result to ana");
  known.values["contact.1.emails"] = "maria@x.example\nmaria@home.example";
  EXPECT_EQ(
      letter(decide(answer_of_ana("Hello"), knowing(known), rules(), now()), LetterKind::answer).to.front().address,
      "maria@home.example");
}

// --- Who may command: docs/overview.md, and the A rows of docs/security.md ---

class Forged : public testing::Test {
 protected:
  static constexpr const char* kText = "#status converted\n#assign luis\n\nDear María, we stop.";

  /// Nothing is executed or relayed; the lead keeps status, owner and next contact; Ana hears of it at her own address.
  static void expect_nothing_happens(const Inquiry& mail, const Snapshot& known = knowing(lead())) {
    const auto decision = decide(mail, known, rules(), now());
    const auto changed = after(lead(), decision);
    EXPECT_EQ(changed.status(), Status::open) << describe(decision);
    EXPECT_EQ(changed.owner(), "ana");
    EXPECT_FALSE(changed.next());
    EXPECT_TRUE(is_quiet_outside(decision)) << describe(decision);
    EXPECT_EQ(decision.outcome, Outcome::unverified);
  }
};

TEST_F(Forged, A01WithoutEvidenceNothingIsExecutedAndTheRepIsWarned) {
  auto mail = answer_of_ana(kText);
  mail.authenticated = false;
  expect_nothing_happens(mail);
  const auto warning = letter(decide(mail, knowing(lead()), rules(), now()), LetterKind::result);
  EXPECT_EQ(warning.to_user, "ana");
  EXPECT_TRUE(warning.to.empty()) << "never to an address of the mail";
  EXPECT_TRUE(warning.is_unbelieved);
}

TEST_F(Forged, TheRepIsWarnedAtMostOnceAnHour) {
  auto mail = answer_of_ana(kText);
  mail.authenticated = false;
  auto known = knowing(lead());
  const auto first = letter(decide(mail, known, rules(), now()), LetterKind::result);
  mail.fingerprint = "f3";
  EXPECT_EQ(letter(decide(mail, known, rules(), now() + 60s), LetterKind::result).cause, first.cause);
  known.refusals_to_writer_this_hour = 1;
  EXPECT_TRUE(letters(decide(mail, known, rules(), now())).empty());
}

TEST(DecideUser, WhatIsProvenToBeHisAndLacksTheTokenHeIsToldOfEachTime) {
  auto mail = answer_of_ana("390 each.");
  mail.to = {{"", "sales@acme.example"}};
  mail.in_reply_to.clear();
  mail.subject = subject_tag(LeadId{7}, rules().tokens) + " pumps";
  auto known = knowing(lead());
  known.refusals_to_writer_this_hour = 5;
  const auto first = decide(mail, known, rules(), now());
  EXPECT_EQ(first.outcome, Outcome::unverified);
  const auto told = letter(first, LetterKind::result);
  EXPECT_FALSE(told.is_unbelieved);
  mail.fingerprint = "f3";
  EXPECT_NE(letter(decide(mail, known, rules(), now()), LetterKind::result).cause, told.cause);
}

TEST(DecideUser, WhatAProgramWritesInHisNameGoesToNobody) {
  for (const auto what : {&Inquiry::says_only_who, &Inquiry::is_reaction, &Inquiry::is_encrypted}) {
    auto mail = answer_of_ana("Ana López\nKey Account Manager");
    mail.*what = true;
    const auto decision = decide(mail, knowing(lead()), rules(), now());
    EXPECT_FALSE(sends(decision, LetterKind::answer)) << describe(decision);
    EXPECT_TRUE(sends(decision, LetterKind::result)) << "and she is told";
  }
  auto mail = answer_of_ana("#next tomorrow 10:00\n\nAna López\nKey Account Manager");
  mail.says_only_who = true;
  const auto decision = decide(mail, knowing(lead()), rules(), now());
  EXPECT_FALSE(sends(decision, LetterKind::answer)) << describe(decision);
  EXPECT_TRUE(after(lead(), decision).next());
}

TEST_F(Forged, A05ATokenOfAnotherRepIsWorthNothing) {
  auto mail = answer_of_ana(kText);
  mail.from = {"Luis", "luis@acme.example"};
  mail.to = {{"", "sales+" + token_for("ana") + "@acme.example"}};
  auto known = Snapshot{};
  known.by_message_id = {Match{lead(), "x@y"}};
  expect_nothing_happens(mail, known);
}

TEST_F(Forged, A05ATokenOfARepInACustomersMailIsWorthNothing) {
  auto mail = inquiry();
  mail.text = mail.reply = mail.command_text = kText;
  mail.to = {{"", "sales+" + token_for("ana") + "@acme.example"}};
  mail.in_reply_to = {token_for("ana") + ".0123456789abcdef@acme.example"};
  EXPECT_TRUE(query(mail, rules(), now()).leads.empty());
  auto known = Snapshot{};
  known.by_message_id = {Match{lead(), mail.in_reply_to.front()}};
  const auto decision = decide(mail, known, rules(), now());
  EXPECT_EQ(after(lead(), decision).status(), Status::open);
  EXPECT_EQ(after(lead(), decision).owner(), "ana");
}

TEST_F(Forged, ATokenForAProspectGivesAUserNoRight) {
  auto mail = answer_of_ana(kText);
  mail.to = {{"", "sales+" + token_for("") + "@acme.example"}};
  mail.in_reply_to.clear();
  expect_nothing_happens(mail);
}

TEST_F(Forged, ATokenOfAnotherMailboxGivesNoRight) {
  auto mail = answer_of_ana(kText);
  const auto token = token_for("ana", 7, "support");
  mail.to = {{"", "sales+" + token + "@acme.example"}};
  mail.in_reply_to = {"first@x.example"};
  auto known = Snapshot{};
  known.by_message_id = {Match{lead(), "first@x.example"}};
  expect_nothing_happens(mail, known);
}

TEST_F(Forged, A07OnlyFromGivesIdentity) {
  auto mail = inquiry();
  mail.text = mail.reply = mail.command_text = kText;
  mail.reply_to = {{"Ana", "ana@acme.example"}};
  mail.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  const auto decision = decide(mail, knowing(lead()), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::threaded);
  EXPECT_EQ(describe(decision), "append to L-7; send copy to ana");
}

TEST_F(Forged, TwoAuthorsOrAnEncodedAddressAreNobody) {
  auto mail = answer_of_ana(kText);
  mail.from_is_plain = false;
  expect_nothing_happens(mail);
}

TEST_F(Forged, A11AReplayOfAnOldMailExecutesNothing) {
  auto mail = answer_of_ana(kText);
  mail.date = now() - 24h * 8;
  expect_nothing_happens(mail);
  mail.date = now() + 2h;
  expect_nothing_happens(mail);
  mail.date.reset();
  expect_nothing_happens(mail);

  auto known = knowing(lead());
  known.seen_before = Snapshot::Sighting{MailId{1}, LeadId{7}, "command", "sales"};
  EXPECT_TRUE(decide(answer_of_ana(kText), known, rules(), now()).effects.empty());
}

TEST_F(Forged, AnOldTokenNoLongerCommands) {
  auto mail = answer_of_ana(kText);
  const auto old = make_token({Purpose::reply, LeadId{7}, "ana", "sales"}, rules().tokens, now() - 24h * 91);
  mail.to = {{"", "sales+" + old + "@acme.example"}};
  mail.in_reply_to = {"first@x.example"};
  auto known = Snapshot{};
  known.by_message_id = {Match{lead(), "first@x.example"}};
  expect_nothing_happens(mail, known);
}

TEST_F(Forged, SimpleCommandsNeedNoTokenButEvidence) {
  auto mail = answer_of_ana("#next tomorrow 10:00\n#note call her");
  mail.to = {{"", "sales@acme.example"}};
  mail.in_reply_to = {"first@x.example"};
  auto known = Snapshot{};
  known.by_message_id = {Match{lead(), "first@x.example"}};
  EXPECT_EQ(decide(mail, known, rules(), now()).outcome, Outcome::command);
  mail.authenticated = false;
  expect_nothing_happens(mail, known);
}

TEST_F(Forged, WhereTheProviderIsSilentTheTokenStandsInForEverything) {
  auto silent = rules();
  silent.mailboxes[0].transport_auth_required = false;
  auto mail = answer_of_ana("#note inside");
  mail.authenticated = false;
  EXPECT_EQ(decide(mail, knowing(lead()), silent, now()).outcome, Outcome::command);
  mail.to = {{"", "sales@acme.example"}};
  mail.in_reply_to = {"first@x.example"};
  auto known = Snapshot{};
  known.by_message_id = {Match{lead(), "first@x.example"}};
  EXPECT_EQ(decide(mail, known, silent, now()).outcome, Outcome::unverified);
}

TEST_F(Forged, AutomaticMailOfAUserCommandsNothing) {
  auto mail = answer_of_ana(kText);
  mail.nature = Nature::auto_reply;
  const auto decision = decide(mail, knowing(lead()), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::automatic);
  EXPECT_TRUE(letters(decision).empty());
  EXPECT_EQ(after(lead(), decision).status(), Status::open);
}

// docs/security.md, A12: own headers of others never get this far; an unsigned mark is no mark.
TEST_F(Forged, A12AnInstanceMarkThatWeDidNotMakeCountsForNothing) {
  const auto mark = make_instance_mark("other@acme.example", rules().tokens);
  EXPECT_FALSE(verify_instance_mark(mark, "first@x.example", rules().tokens));
  EXPECT_TRUE(verify_instance_mark(mark, "other@acme.example", rules().tokens));
}

}  // namespace
}  // namespace leadmail::leads
