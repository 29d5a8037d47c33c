#include "core/leads/opt_out.h"

#include <fstream>
#include <map>

#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

struct Labelled {
  std::string language{};
  bool asks = false;
  std::string text{};
};

/// "\n" as people type it into the file -> a line feed.
std::string unescaped(std::string text) {
  for (auto at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at)) text.replace(at, 2, "\n");
  return text;
}

std::vector<Labelled> labelled() {
  std::ifstream file("tests/core/leads/fixtures/opt_out.txt");
  std::vector<Labelled> all;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("#") || line.size() < 6) continue;
    all.push_back({line.substr(0, 2), line[3] == '+', unescaped(line.substr(5))});
  }
  return all;
}

TEST(OptOut, IsUnderstoodInTwelveLanguagesAndHardlyEverSeenWhereThereIsNone) {
  std::map<std::string, int> sets;
  int wrong = 0;
  const auto all = labelled();
  for (const auto& one : all) {
    const auto found = read_opt_out(one.text);
    ++sets[one.language + (one.asks ? "+" : "-")];
    if (found.has_value() == one.asks) continue;
    ++wrong;
    ADD_FAILURE() << one.language << (one.asks ? " missed: " : " false alarm: ") << one.text;
  }
  EXPECT_EQ(sets.size(), 24U) << "twelve languages, for and against";
  for (const auto& [name, count] : sets) EXPECT_GE(count, 15) << name;
  RecordProperty("sentences", static_cast<int>(all.size()));
  RecordProperty("wrong", wrong);
}

TEST(OptOut, TellsTheSentenceAndItsLanguage) {
  const auto found = read_opt_out("Thank you for the offer. Please stop emailing me! Bye.");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sentence, "please stop emailing me!");
  EXPECT_EQ(found->language, "en");
}

TEST(OptOut, ABareWordCountsOnlyAlone) {
  EXPECT_TRUE(read_opt_out("STOP"));
  EXPECT_TRUE(read_opt_out("Stop.\n\nJohn Smith"));
  EXPECT_FALSE(read_opt_out("The pump does not start. Stop. Then it starts again, and after an hour it gets hot."));
}

TEST(OptOut, NothingIsReadIntoDamageOrHugeText) {
  EXPECT_FALSE(read_opt_out(""));
  EXPECT_FALSE(read_opt_out("\xff\xfe\x80 \xe3\x81"));
  EXPECT_FALSE(read_opt_out(std::string(1 << 20, 'x')));
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "stop ";
  EXPECT_FALSE(read_opt_out(many));
}

Inquiry reply(std::string text) {
  auto mail = world::inquiry();
  mail.in_reply_to = {world::token_for("") + ".0123456789abcdef@acme.example"};
  mail.text = mail.reply = std::move(text);
  return mail;
}

TEST(OptOut, ProposesDoNotContactToTheOwnerWithOneTapAndEndsNewslettersAtOnce) {
  const auto before = world::lead(7, Status::interested);
  const auto decision = decide(reply("Please stop emailing me."), world::knowing(before), world::rules(), world::now());
  const auto copy = world::letter(decision, LetterKind::copy);
  EXPECT_EQ(copy.to_user, "ana");
  EXPECT_EQ(world::commands_of(copy), "#dnc");
  EXPECT_NE(copy.warning.find("please stop emailing me."), std::string::npos);
  EXPECT_EQ(world::letters(decision).size(), 1U) << "one mail says it all";
  const auto left = world::after(before, decision);
  EXPECT_EQ(left.status(), Status::interested) << "a person decides";
  EXPECT_EQ(left.value("newsletter"), "no");
}

TEST(OptOut, OfAStrangerMakesALeadThatNobodyThanks) {
  auto mail = world::inquiry();
  mail.text = mail.reply = "Unsubscribe me please";
  const auto decision = decide(mail, {}, world::rules(), world::now());
  EXPECT_FALSE(world::sends(decision, LetterKind::ack));
  EXPECT_EQ(world::commands_of(world::letter(decision, LetterKind::notice)), "#dnc");
}

TEST(OptOut, WhatIsQuotedFormsAndForwardsAreNotHisWords) {
  auto mail = reply("Yes, send me the offer.");
  mail.text = mail.reply + "\n\n> To unsubscribe me from this list: stop emailing me\n";
  const auto none = [](const Decision& decision) { return world::letter(decision, LetterKind::copy).actions.empty(); };
  const auto known = world::knowing(world::lead());
  EXPECT_TRUE(none(decide(mail, known, world::rules(), world::now())));
  mail.reply = "Stop emailing me.";
  mail.nature = Nature::form;
  EXPECT_TRUE(none(decide(mail, known, world::rules(), world::now())));
}

TEST(OptOut, WhatWasReadAheadSpeaksForThatTextAlone) {
  const OptOutReading ahead("Stop emailing me.");
  ASSERT_TRUE(ahead.of("Stop emailing me."));
  EXPECT_EQ(ahead.of("Stop emailing me.")->language, "en");
  EXPECT_FALSE(ahead.of("Yes, send me the offer."));
  EXPECT_TRUE(OptOutReading("Yes, send me the offer.").of("Stop emailing me."));
  EXPECT_TRUE(OptOutReading().of("Stop emailing me."));
  EXPECT_FALSE(OptOutReading().of(""));
  // The mail that it answers has shown that the wish is quoted; or that it is the new text.
  const auto known = world::knowing(world::lead());
  auto mail = reply("Yes, send me the offer.");
  mail.opt_out = ahead;
  EXPECT_TRUE(world::letter(decide(mail, known, world::rules(), world::now()), LetterKind::copy).actions.empty());
  mail = reply("Stop emailing me.");
  mail.opt_out = OptOutReading("Yes, send me the offer.");
  EXPECT_FALSE(world::letter(decide(mail, known, world::rules(), world::now()), LetterKind::copy).actions.empty());
}

TEST(OptOut, IsNotProposedWhereItStandsAlready) {
  const auto known = world::knowing(world::lead(7, Status::do_not_contact));
  const auto decision = decide(reply("Stop emailing me."), known, world::rules(), world::now());
  EXPECT_TRUE(world::letter(decision, LetterKind::copy).actions.empty());
}

Inquiry to_unsubscribe_address(std::string text) {
  auto mail = world::inquiry();
  const Token token{Purpose::unsubscribe, LeadId{7}, {}, "sales"};
  mail.to = {{"", reply_address(world::rules().mailboxes[0], make_token(token, world::rules().tokens, world::now()))}};
  mail.subject = "unsubscribe";
  mail.text = mail.reply = std::move(text);
  return mail;
}

TEST(OptOut, MailToTheUnsubscribeAddressEndsNewslettersAndNothingElse) {
  const auto before = world::lead(7, Status::quotation);
  for (const auto nature : {Nature::personal, Nature::auto_reply, Nature::bulk}) {
    auto mail = to_unsubscribe_address("unsubscribe");
    mail.nature = nature;
    mail.from = {"", "somebody.else@x.example"};
    const auto decision = decide(mail, world::knowing(before), world::rules(), world::now());
    EXPECT_EQ(decision.outcome, Outcome::threaded);
    const auto left = world::after(before, decision);
    EXPECT_EQ(left.value("newsletter"), "no");
    EXPECT_EQ(left.status(), Status::quotation);
    EXPECT_EQ(left.value("owed"), "yes");
    EXPECT_TRUE(world::letters(decision).empty()) << "nobody is disturbed, nobody is answered";
  }
}

TEST(OptOut, ALetterToTheUnsubscribeAddressIsReadByAPerson) {
  const auto mail = to_unsubscribe_address(
      "I do not want your letters, but I would like to know what ten pumps cost and when they could be here.");
  const auto decision = decide(mail, world::knowing(world::lead()), world::rules(), world::now());
  EXPECT_TRUE(world::sends(decision, LetterKind::copy));
}

TEST(OptOut, AForgedUnsubscribeAddressDoesNothing) {
  auto mail = to_unsubscribe_address("unsubscribe");
  mail.to = {{"", "sales+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@acme.example"}};
  const auto decision = decide(mail, world::knowing(world::lead()), world::rules(), world::now());
  EXPECT_NE(decision.reason, "ends newsletters to L-7");
}

}  // namespace
}  // namespace leadmail::leads
