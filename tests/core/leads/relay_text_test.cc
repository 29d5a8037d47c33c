#include "core/leads/relay_text.h"

#include <ctime>

#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using world::rules;

const std::string kWords =
    "[L-7-abcd] Question about pumps\nAna López, this lead is yours: L-7.\nName: María Pérez\n"
    "Reply to this mail and your text goes to María Pérez from sales@acme.example.\nInterested\n";

std::string kept(std::string_view text) { return without_our_words(text, kWords, rules()); }

TEST(RelayText, WhatTheRepWroteIsLeftAsItIs) {
  const std::string text = "Hello María Pérez,\n\n  ten pumps are 100 EUR.\n\n- one\n- two\n\nAna López";
  EXPECT_EQ(kept(text), text);
}

TEST(RelayText, OurOwnLinesAreTakenOutHoweverAProgramQuotesOrWrapsThem) {
  EXPECT_EQ(kept("Yes.\n> Name: María Pérez\n> Interested\nNo."), "Yes.\nNo.");
  EXPECT_EQ(kept("Yes.\n> Reply to this mail and your text goes to María\n> Pérez from sales@acme.example."), "Yes.");
  EXPECT_EQ(kept("Yes.\nReply to this mail and your text goes to María Pérez\nNo."), "Yes.\nNo.");
  EXPECT_EQ(kept("Yes.\nReply to this mail and your text goes to\nMaría Pérez from\nsales@acme.example."), "Yes.");
  EXPECT_EQ(kept("sales@acme.example.\nis where to write."), "sales@acme.example.\nis where to write.");
}

TEST(RelayText, WhatTheProspectWroteStaysBetweenTheRepsWords) {
  EXPECT_EQ(kept("> Name: María Pérez\n> > How much are ten pumps?\n100 EUR."),
            "> > How much are ten pumps?\n100 EUR.");
}

TEST(RelayText, LinesWithOurSignedAddressesAndTagsAreTakenOut) {
  const auto token = world::token_for("ana");
  EXPECT_EQ(kept("Yes.\nOn Tuesday María <sales+" + token + "@acme.example> wrote:"), "Yes.");
  EXPECT_EQ(kept("Yes.\nSubject: " + subject_tag(LeadId{7}, rules().tokens) + " pumps"), "Yes.");
}

TEST(RelayText, AnAddressOfOursWithAWordOfTheRepsOwnStays) {
  EXPECT_EQ(kept("Write to sales+fair@acme.example,\nplease."), "Write to sales+fair@acme.example,\nplease.");
}

TEST(RelayText, NothingIsLeftOfAMailThatIsOnlyOurs) { EXPECT_EQ(kept("> Name: María Pérez\n\n> Interested\n"), ""); }

TEST(RelayText, ALongTextTakesNoLongerThanItMust) {
  std::string words;
  for (int i = 0; i < 2'000; ++i) words += "our line number " + std::to_string(i) + " of the notice\n";
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "> the rep's line number " + std::to_string(i) + "\n";
  const auto begin = std::clock();  // of the processor: how busy the machine is does not count
  EXPECT_GT(without_our_words(text, words, rules()).size(), 100'000U);
  EXPECT_LT(std::clock() - begin, 20 * CLOCKS_PER_SEC);
}

}  // namespace
}  // namespace leadmail::leads
