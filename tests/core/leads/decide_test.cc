#include "core/leads/decide.h"

#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

TEST(Decide, AnInquiryOpensALeadTellsItsOwnerAndThanksTheWriter) {
  const auto decision = decide(inquiry(), {}, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::lead);
  EXPECT_EQ(
      describe(decision),
      "open lead; capture mailbox, status, type, name, contact.1.name, contact.1.emails, first_contact_at, source, "
      "language, domain; append to the new lead; set owed; assign ana; send notice to ana; send ack to "
      "maria@x.example");
  const auto lead = after({}, decision);
  EXPECT_EQ(lead.status(), Status::lead);
  EXPECT_TRUE(lead.owed());
  EXPECT_EQ(lead.value("name"), "María Pérez");
  EXPECT_EQ(lead.value("domain"), "x.example");
  EXPECT_EQ(lead.value("source"), "mail");
  EXPECT_TRUE(letter(decision, LetterKind::notice).about_new_lead);
}

TEST(Decide, AReplyToOfAPersonIsShownAndAnswersGoToWhoWrote) {
  auto mail = inquiry();
  mail.reply_to = {{"María", "maria.perez@private.example"}};
  const auto decision = decide(mail, {}, rules(), now());
  EXPECT_EQ(after({}, decision).value("contact.1.emails"), "maria@x.example");
  const auto warning = letter(decision, LetterKind::notice).warning;
  EXPECT_NE(warning.find("maria.perez@private.example"), std::string::npos) << warning;
  EXPECT_NE(warning.find("maria@x.example"), std::string::npos) << warning;

  for (const auto* const usual : {"Maria@X.example", "sales@acme.example", ""}) {
    mail.reply_to = {{"", usual}};
    EXPECT_EQ(letter(decide(mail, {}, rules(), now()), LetterKind::notice).warning, "") << usual;
  }
}

TEST(Decide, TheSameMailInTwoMailboxesIsOneLead) {
  Snapshot known;
  known.seen_before = Snapshot::Sighting{MailId{3}, LeadId{7}, "lead", "info"};
  const auto decision = decide(inquiry(), known, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::duplicate);
  EXPECT_TRUE(decision.effects.empty());
  EXPECT_EQ(decision.lead->id, LeadId{7});
}

TEST(Decide, AReplyIsThreadedAndItsOwnerGetsACopy) {
  auto reply = inquiry();
  reply.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  const auto decision = decide(reply, knowing(lead(7, Status::replied)), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::threaded);
  EXPECT_EQ(describe(decision), "append to L-7; status open; send copy to ana");
  EXPECT_TRUE(after(lead(7, Status::replied), decision).owed());
  EXPECT_EQ(letter(decision, LetterKind::copy).text, "How much are ten pumps?");
}

TEST(Decide, TheThreadOutranksTheSenderAddress) {
  Snapshot known;
  known.by_message_id = {Match{lead(7), "first@x.example"}};
  known.by_address = {lead(9)};
  auto reply = inquiry();
  reply.in_reply_to = {"first@x.example"};
  const auto decision = decide(reply, known, rules(), now());
  EXPECT_EQ(decision.lead->id, LeadId{7});
  EXPECT_NE(evidence(decision).find("thread: message-id: first@x.example -> L-7"), std::string::npos);
}

TEST(Decide, ATokenOutranksAMessageId) {
  Snapshot known = knowing(lead(7));
  known.by_message_id = {Match{lead(9), "other@x.example"}};
  auto reply = inquiry();
  reply.in_reply_to = {"other@x.example"};
  reply.references = {token_for("") + ".0123456789abcdef@acme.example"};
  EXPECT_EQ(decide(reply, known, rules(), now()).lead->id, LeadId{7});
}

TEST(Decide, AColleagueOfAContactTakesPartAndBecomesAContact) {
  auto reply = inquiry();
  reply.from = {"Jorge Díaz", "jorge@x.example"};
  reply.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  const auto decision = decide(reply, knowing(lead()), rules(), now());
  const auto changed = after(lead(), decision);
  EXPECT_EQ(changed.value("contact.2.emails"), "jorge@x.example");
  EXPECT_EQ(changed.value("contact.2.name"), "Jorge Díaz");
}

// docs/security.md, A08
TEST(Decide, AStrangerWithAValidTokenIsFlaggedAndReopensNothing) {
  auto mail = inquiry();
  mail.from = {"Mallory", "mallory@evil.example"};
  mail.to = {{"", "sales+" + token_for("") + "@acme.example"}};
  const auto before = lead(7, Status::replied);
  const auto decision = decide(mail, knowing(before), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::threaded);
  const auto changed = after(before, decision);
  EXPECT_EQ(changed.status(), Status::replied);
  EXPECT_EQ(changed.value("last.in.from"), "maria@x.example") << "answers still go to the prospect";
  EXPECT_FALSE(changed.is_contact("mallory@evil.example"));
  EXPECT_TRUE(is_quiet_outside(decision));
  EXPECT_NE(letter(decision, LetterKind::copy).warning, "");
}

TEST(Decide, FreeMailCustomersAreNoColleagues) {
  auto theirs = lead();
  theirs.values["contact.1.emails"] = "maria@gmail.com";
  auto mail = inquiry();
  mail.from = {"Other", "other@gmail.com"};
  mail.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  EXPECT_NE(describe(decide(mail, knowing(theirs), rules(), now())).find("flag"), std::string::npos);
}

TEST(Decide, ATagInTheSubjectCountsOnlyForParticipants) {
  auto mail = inquiry();
  mail.subject = "Re: pumps " + subject_tag(LeadId{7}, rules().tokens);
  EXPECT_EQ(query(mail, rules(), now()).leads, std::vector{LeadId{7}});
  EXPECT_EQ(decide(mail, knowing(lead()), rules(), now()).lead->id, LeadId{7});
  mail.from = {"", "mallory@evil.example"};
  EXPECT_EQ(decide(mail, knowing(lead()), rules(), now()).outcome, Outcome::lead);
}

TEST(Decide, TheSameSubjectWithinTheWindowIsTheSameStoryForAParticipant) {
  Snapshot known;
  known.by_subject = {lead()};
  const auto mail = inquiry();
  EXPECT_EQ(decide(mail, known, rules(), now()).lead->id, LeadId{7});
  known.by_subject[0].values["last.at"] = std::to_string(to_unix(now() - 24h * 31));
  EXPECT_EQ(decide(mail, known, rules(), now()).outcome, Outcome::lead);
}

TEST(Decide, AKnownSenderJoinsOrOpensAsTheMailboxSays) {
  Snapshot known;
  known.by_address = {lead()};
  EXPECT_EQ(decide(inquiry(), known, rules(), now()).lead->id, LeadId{7});
  auto separate = rules();
  separate.mailboxes[0].known_sender = KnownSender::open_new;
  EXPECT_EQ(decide(inquiry(), known, separate, now()).outcome, Outcome::lead);
  auto asking = rules();
  asking.mailboxes[0].known_sender = KnownSender::ask;
  EXPECT_NE(letter(decide(inquiry(), known, asking, now()), LetterKind::copy).warning, "");
}

TEST(Decide, OfSeveralOpenLeadsTheOwnerOfTheNewestIsAsked) {
  Snapshot known;
  known.by_address = {lead(9), lead(7)};
  const auto decision = decide(inquiry(), known, rules(), now());
  EXPECT_EQ(decision.lead->id, LeadId{9});
  EXPECT_NE(letter(decision, LetterKind::copy).warning.find("L-9, L-7"), std::string::npos);
}

TEST(Decide, WhoseStoryIsOverGetsANewLeadWithTheSameOwner) {
  Snapshot known;
  known.by_address = {lead(7, Status::converted)};
  known.by_address[0].values["owner"] = "luis";
  const auto decision = decide(inquiry(), known, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::lead);
  const auto opened = after({}, decision);
  EXPECT_EQ(opened.owner(), "luis");
  EXPECT_EQ(opened.value("related"), "L-7");
}

TEST(Decide, WhoMustNotBeContactedIsHeardAndNotAnswered) {
  Snapshot known;
  known.by_address = {lead(7, Status::do_not_contact)};
  const auto decision = decide(inquiry(), known, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::threaded);
  EXPECT_EQ(after(known.by_address[0], decision).status(), Status::do_not_contact);
  EXPECT_TRUE(sends(decision, LetterKind::copy));
  EXPECT_TRUE(is_quiet_outside(decision));
}

TEST(Decide, MailNeverLowersWhatAPersonReached) {
  for (const auto status : {Status::interested, Status::opportunity, Status::quotation, Status::lost_quotation,
                            Status::converted, Status::do_not_contact}) {
    auto reply = inquiry();
    reply.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
    const auto after_mail = after(lead(7, status), decide(reply, knowing(lead(7, status)), rules(), now()));
    EXPECT_EQ(after_mail.status(), status);
    EXPECT_TRUE(after_mail.owed());
    auto quoted = answer_of_ana("We'll see.");
    EXPECT_EQ(after(lead(7, status), decide(quoted, knowing(lead(7, status)), rules(), now())).status(), status);
    EXPECT_EQ(after(lead(7, status), decide_due(lead(7, status), now(), "ana", rules(), now())).status(), status);
  }
}

TEST(Decide, TheNoticeOfANewLeadNamesOpenLeadsOfItsOrganisation) {
  auto known = Snapshot{};
  auto luis = lead(3);
  luis.values["name"] = "Zed";
  luis.values["owner"] = "luis";
  luis.values["domain"] = "x.example";
  auto strange = lead(4);
  strange.values["owner"] = "mei";
  known.colleagues = {luis, strange};
  EXPECT_TRUE(query(inquiry(), rules(), now()).names_colleagues);
  EXPECT_EQ(query(inquiry(), rules(), now()).organisation, "x.example");
  const auto decision = decide(inquiry(), known, rules(), now());
  const auto notice = letter(decision, LetterKind::notice);
  EXPECT_NE(notice.warning.find("x.example has other open leads: L-3 (Zed, Luis Ortega, Open)."), std::string::npos)
      << notice.warning;
  EXPECT_EQ(notice.warning.find("L-4"), std::string::npos) << "another team's is no business of hers";
  const auto tells = [](const Effect& effect) {
    const auto* const record = std::get_if<Record>(&effect);
    return record != nullptr && record->event.text == "of the same organisation as L-3, L-4 (x.example)";
  };
  EXPECT_TRUE(std::ranges::any_of(decision.effects, tells)) << "on the timeline";
  EXPECT_EQ(letter(decide(inquiry(), {}, rules(), now()), LetterKind::notice).warning, "");
}

TEST(Decide, ALeadThatNobodyCanTakeIsToldToTheAdministrators) {
  auto alone = rules();
  alone.teams.clear();
  const auto decision = decide(inquiry(), {}, alone, now());
  EXPECT_EQ(after({}, decision).owner(), "");
  EXPECT_TRUE(sends(decision, LetterKind::alert));
}

TEST(Decide, AFormFillsTheCompanysOwnFieldsInTheFormOfTheirType) {
  auto company = rules();
  company.record.fields = {{.name = "area", .type = FieldType::number, .custom = true},
                           {.name = "grade", .type = FieldType::choice, .choices = {"gold", "silver"}, .custom = true},
                           {.name = "visit", .type = FieldType::date, .custom = true}};
  auto mail = inquiry();
  mail.findings = {{"area", "1,200", 95, "form"},
                   {"grade", "GOLD", 95, "form"},
                   {"visit", "whenever", 95, "form"},
                   {"address", "Calle 5", 95, "form"},
                   {"shoe_size", "43", 95, "form"}};
  const auto made = after({}, decide(mail, {}, company, now()));
  EXPECT_EQ(made.value("area"), "1200");
  EXPECT_EQ(made.value("grade"), "gold");
  EXPECT_EQ(made.value("visit"), "") << "no date";
  EXPECT_EQ(made.value("addresses"), "Calle 5");
  EXPECT_EQ(made.value("shoe_size"), "") << "nobody keeps that";
}

TEST(Decide, FindingsFillWhatIsEmptyAndNeverOverwrite) {
  auto mail = inquiry();
  mail.findings = {{"phone", "+52 55 1234 5678", 80, "signature"},
                   {"company", "X Bombas", 70, "signature"},
                   {"website", "x.example", 20, "signature"}};
  const auto fresh = after({}, decide(mail, {}, rules(), now()));
  EXPECT_EQ(fresh.value("phones"), "+52 55 1234 5678");
  EXPECT_EQ(fresh.value("company"), "X Bombas");
  EXPECT_EQ(fresh.value("website"), "") << "a guess of 20 is no value";
  auto known = lead();
  known.values["company"] = "Bombas de María";
  mail.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  EXPECT_EQ(after(known, decide(mail, knowing(known), rules(), now())).value("company"), "Bombas de María");
}

TEST(Decide, AFormIsAboutItsVisitorNotItsRobot) {
  auto form = inquiry();
  form.nature = Nature::form;
  form.from = {"Website", "noreply@site.example"};
  form.findings = {{"email", "Visitor@Y.example", 95, "form"}, {"name", "Vera Visitor", 95, "form"}};
  auto opened = after({}, decide(form, {}, rules(), now()));
  EXPECT_EQ(opened.value("contact.1.emails"), "Visitor@y.example");
  EXPECT_EQ(opened.value("name"), "Vera Visitor");
  EXPECT_EQ(opened.value("last.in.id"), "") << "the visitor never saw the robot's Message-ID";

  form.from = {"Acme", "sales@acme.example"};
  EXPECT_EQ(decide(form, {}, rules(), now()).outcome, Outcome::lead) << "many sites send in our own name";
  form.findings.clear();
  form.reply_to = {{"Vera", "vera@y.example"}};
  EXPECT_EQ(after({}, decide(form, {}, rules(), now())).value("contact.1.emails"), "vera@y.example");
}

TEST(Decide, WhoeverGetsALeadOfARobotIsToldThatNobodyReadsAnAnswer) {
  auto mail = inquiry();
  mail.from = {"Portal", "no-reply@portal.example"};
  const auto told = letter(decide(mail, {}, rules(), now()), LetterKind::notice);
  EXPECT_NE(told.warning.find("no-reply@portal.example"), std::string::npos) << told.warning;
  EXPECT_EQ(letter(decide(inquiry(), {}, rules(), now()), LetterKind::notice).warning, "");
}

TEST(Decide, HistoryBuildsTheBookAndIsSilent) {
  auto old = inquiry();
  old.is_history = true;
  old.received = now() - 24h * 100;
  const auto decision = decide(old, {}, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::lead);
  EXPECT_TRUE(letters(decision).empty());
  EXPECT_EQ(after({}, decision).owner(), "");
  EXPECT_EQ(after({}, decision).created, old.received);

  auto answered = answer_of_ana("#next tomorrow 10:00\nDear María");
  answered.is_history = true;
  const auto logged = decide(answered, knowing(lead()), rules(), now());
  EXPECT_EQ(logged.outcome, Outcome::rep_answer);
  EXPECT_EQ(describe(logged), "log answer on L-7; status replied");
}

TEST(Decide, WhatCannotBeReadIsStillALead) {
  auto broken = inquiry();
  broken.unreadable = true;
  broken.unreadable_reason = "the parser died twice";
  const auto decision = decide(broken, {}, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::quarantined);
  EXPECT_EQ(after({}, decision).value("unreadable"), "yes");
  EXPECT_TRUE(sends(decision, LetterKind::notice));
  EXPECT_FALSE(sends(decision, LetterKind::ack));
  broken.nature = Nature::auto_reply;
  EXPECT_EQ(decide(broken, {}, rules(), now()).outcome, Outcome::automatic);
}

TEST(Decide, WhatAGroupHandsOnUnderOurOwnAddressIsItsWritersInquiry) {
  auto mail = inquiry();
  mail.from = {"María Pérez via Sales", "sales@acme.example"};
  mail.list_author = Person{"María Pérez", "maria@x.example"};
  const auto decision = decide(mail, {}, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::lead);

  mail.list_author = Person{"Sales", "sales+abc@acme.example"};
  EXPECT_EQ(decide(mail, {}, rules(), now()).outcome, Outcome::own) << "we ourselves are nobody's inquiry";
  mail.list_author = Person{"Ana", "ana@acme.example"};
  EXPECT_EQ(decide(mail, {}, rules(), now()).outcome, Outcome::own);
}

// docs/security.md, M04
TEST(Decide, AMailWithoutAnAuthorIsKept) {
  auto nobody = inquiry();
  nobody.from = {};
  nobody.from_is_plain = false;
  const auto decision = decide(nobody, {}, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::lead);
  EXPECT_TRUE(is_quiet_outside(decision));
}

TEST(Decide, LettersHaveCausesThatForbidASecondOne) {
  const auto once = letters(decide(inquiry(), {}, rules(), now()));
  const auto twice = letters(decide(inquiry(), {}, rules(), now() + 1s));
  ASSERT_EQ(once.size(), 2U);
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_EQ(once[i].cause, twice[i].cause);
  EXPECT_NE(once[0].cause, once[1].cause);
}

/// What a site's program sent to us in a visitor's name.
Inquiry site_mail(const std::string& from, std::vector<Finding> findings) {
  auto mail = inquiry();
  mail.from = {"WordPress", from};
  mail.to = {{"", "sales@acme.example"}};
  mail.nature = Nature::form;
  mail.findings = std::move(findings);
  return mail;
}

TEST(FromOurOwnAddress, ASitesFormIsALeadThoughItAsksForNoAddress) {
  const std::vector<Finding> said{{"name", "Xaver Eins", 90, "form"}, {"phone", "+49 30 111111", 90, "form"}};
  for (const auto* const from : {"info@acme.example", "sales@acme.example", "wordpress@acme.example"}) {
    const auto decision = decide(site_mail(from, said), {}, rules(), now());
    ASSERT_EQ(decision.outcome, Outcome::lead) << from << ": " << decision.reason;
    const auto lead = after({}, decision);
    EXPECT_EQ(lead.value("name"), "Xaver Eins") << from;
    EXPECT_EQ(lead.value("phones"), "+49 30 111111") << from;
    EXPECT_EQ(lead.value("contact.1.emails"), "") << from;
    EXPECT_FALSE(sends(decision, LetterKind::ack)) << from;
    EXPECT_TRUE(sends(decision, LetterKind::notice)) << from;
  }
}

TEST(FromOurOwnAddress, WhoeverIsToBeAnsweredIsTheOneWhoWrote) {
  for (const auto* const from : {"info@acme.example", "shop@acme.example", "wordpress@acme.example"}) {
    auto mail = inquiry();
    mail.from = {"Website", from};
    mail.to = {{"", "sales@acme.example"}};
    mail.reply_to = {{"Carla", "cust@x1.example"}};
    const auto decision = decide(mail, {}, rules(), now());
    ASSERT_EQ(decision.outcome, Outcome::lead) << from << ": " << decision.reason;
    EXPECT_EQ(after({}, decision).value("contact.1.emails"), "cust@x1.example") << from;
  }
}

TEST(FromOurOwnAddress, AListOfOursThatTakesItForAnAuthorIsNotOurOwnMail) {
  auto mail = inquiry();
  mail.from = {"Kate via Sales", "sales@acme.example"};
  mail.to = {{"", "sales@acme.example"}};
  mail.list_author = Person{"Kate", "kate@two.example"};
  mail.nature = Nature::bulk;
  mail.is_from_list = true;
  EXPECT_NE(decide(mail, {}, rules(), now()).outcome, Outcome::own);
}

TEST(FromOurOwnAddress, AFormsAddressThatIsNoneIsNotWrittenTo) {
  const auto decision = decide(
      site_mail("info@acme.example", {{"name", "Ines Elf", 90, "form"}, {"email", "ines(at)elf.example", 90, "form"}}),
      {}, rules(), now());
  EXPECT_EQ(after({}, decision).value("contact.1.emails"), "");
  EXPECT_FALSE(sends(decision, LetterKind::ack));
}

TEST(FromOurOwnAddress, WhatAPersonSentToACustomerStaysOurs) {
  auto mail = inquiry();
  mail.from = {"Acme", "sales@acme.example"};
  mail.to = {{"", "customer@x1.example"}};
  mail.reply_to = {{"Ana", "ana@home.example"}};
  EXPECT_EQ(decide(mail, {}, rules(), now()).outcome, Outcome::own);
}

TEST(FromOurOwnAddress, AColleagueWhoForwardsIsNotTheOneWhoAsked) {
  auto mail = inquiry();
  mail.from = {"Otto", "otto@acme.example"};
  mail.forwarded_from = Person{"Kurt Gross", "kurt@gross.example"};
  const auto decision = decide(mail, {}, rules(), now());
  ASSERT_EQ(decision.outcome, Outcome::lead);
  EXPECT_EQ(after({}, decision).value("contact.1.emails"), "kurt@gross.example");
  EXPECT_TRUE(sends(decision, LetterKind::notice));
  EXPECT_FALSE(sends(decision, LetterKind::ack));
}

TEST(SpeaksForMany, WhatOneAddressSendsForManyPeopleIsNotOneConversation) {
  struct Case {
    std::string from;
    bool by_portal;
  };
  for (const auto& [from, by_portal] : {Case{"noreply@pbx.example", false}, Case{"leads@portal.example", false},
                                        Case{"otto@acme.example", false}, Case{"contact@europages.example", true}}) {
    auto mail = inquiry();
    mail.from = {"Dirk", from};
    if (by_portal) mail.list_author = mail.from;
    auto first = lead(7);
    first.values["contact.1.emails"] = from;
    Snapshot known;
    known.by_address = {first};
    known.by_subject = {first};
    const auto decision = decide(mail, known, rules(), now());
    EXPECT_EQ(decision.outcome, Outcome::lead) << from << ": " << decision.reason;
    EXPECT_NE(evidence(decision).find("speaks for many"), std::string::npos) << from << "\n" << evidence(decision);

    mail.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
    EXPECT_EQ(decide(mail, knowing(first), rules(), now()).outcome, Outcome::threaded) << from;
  }
}

TEST(Shown, AMailThatAnswersNothingIsShownWhole) {
  auto mail = inquiry();
  mail.text = "please quote:\n--------\nPos 1: 20 pumps\n--------\nDelivery Friday";
  mail.reply = "please quote:";
  EXPECT_EQ(letter(decide(mail, {}, rules(), now()), LetterKind::notice).text, mail.text);

  mail.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  EXPECT_EQ(letter(decide(mail, knowing(lead()), rules(), now()), LetterKind::copy).text, "please quote:");
  mail.reply = "";
  EXPECT_EQ(letter(decide(mail, knowing(lead()), rules(), now()), LetterKind::copy).text, mail.text);
}

TEST(Shown, WhoPassesAMailOnIsReadBesideWhatHePassesOn) {
  auto mail = inquiry();
  mail.text = "I accept 400 EUR.\n\n---- Forwarded message ----\nFrom: Erik <erik@x.example>\n\nFlow 30 m3/h";
  mail.reply = "I accept 400 EUR.";
  mail.forwarded_from = Person{"Erik", "erik@x.example"};
  mail.forwarded_text = "Flow 30 m3/h";
  const std::string both = "María Pérez:\nI accept 400 EUR.\n\nErik:\nFlow 30 m3/h\n\n";
  EXPECT_EQ(letter(decide(mail, {}, rules(), now()), LetterKind::notice).text, both);
  mail.reply = "";
  EXPECT_EQ(letter(decide(mail, {}, rules(), now()), LetterKind::notice).text, "Flow 30 m3/h");
}

TEST(Shown, AnInvitationIsToldInWordsByTheReadersClock) {
  auto mail = inquiry();
  mail.calendar = CalendarAnswer{.method = "REQUEST",
                                 .uid = "u",
                                 .start = "2030-12-01T09:00:00",
                                 .zone = "Europe/Berlin",
                                 .summary = "Visit",
                                 .place = "Plant 7, gate B"};
  const auto words = letter(decide(mail, {}, rules(), now()), LetterKind::notice).warning;
  EXPECT_NE(words.find("2030-12-01 02:00 America/Mexico_City, Plant 7, gate B, Visit"), std::string::npos) << words;
  mail.calendar->method = "CANCEL";
  mail.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  const auto off = letter(decide(mail, knowing(lead()), rules(), now()), LetterKind::copy).warning;
  EXPECT_NE(off.find("They call off: 2030-12-01"), std::string::npos) << off;
}

TEST(Shown, ThatAMailIsEncryptedIsSaid) {
  auto mail = inquiry();
  mail.is_encrypted = true;
  EXPECT_NE(letter(decide(mail, {}, rules(), now()), LetterKind::notice).warning.find("encrypted"), std::string::npos);
}

}  // namespace
}  // namespace leadmail::leads
