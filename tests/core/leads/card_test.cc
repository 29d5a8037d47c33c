// The printed card: nothing on it that does not work, nothing forgotten, and the copy in docs/ is the one we would
// print.
#include "core/leads/card.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>

#include "core/leads/asked.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

constexpr std::array<std::string_view, 3> kAll{"en", "es", "vi"};

TEST(Card, HoldsEveryVerbThatAPersonTypesOnce) {
  for (const auto language : kAll) {
    std::multiset<Verb> on_card;
    for (const auto& line : card_lines(language)) on_card.insert(line.verb);
    for (const auto& row : verbs()) {
      const bool is_typed = row.can_be_done && row.verb != Verb::confirm;  // its word comes with a mail of ours
      EXPECT_EQ(on_card.count(row.verb), is_typed ? 1U : 0U) << row.en;
    }
  }
}

TEST(Card, EachLineIsReadAsTheCommandItStandsFor) {
  for (const auto language : kAll) {
    for (const auto& line : card_lines(language)) {
      const auto read = read_commands(line.command + "\n", language);
      ASSERT_EQ(read.commands.size(), 1U) << line.command << ": " << read.refused;
      EXPECT_EQ(read.commands.front().verb, line.verb) << line.command;
      EXPECT_FALSE(line.meaning.empty()) << line.command;
    }
  }
}

/// Those that change one lead, and need no other one, no list and no earlier deed.
bool is_done_on_one_lead(Verb verb) {
  constexpr std::array kOthers{Verb::create, Verb::merge, Verb::split,  Verb::move,  Verb::show,
                               Verb::list,   Verb::find,  Verb::accept, Verb::block, Verb::undo};
  return std::ranges::find(kOthers, verb) == kOthers.end();
}

/// Two of the deal's commands need an opportunity to speak of.
std::string with_what_it_needs(const CardLine& line) {
  const bool of_a_deal = line.verb == Verb::stage || line.verb == Verb::won;
  return (of_a_deal ? "#opportunity 100 EUR\n" : "") + line.command;
}

TEST(Card, WhatItShowsIsDone) {
  auto rules = world::rules();
  rules.record.steps = {{.id = "demo"}};
  for (const auto language : kAll) {
    for (const auto& line : card_lines(language)) {
      if (!is_done_on_one_lead(line.verb)) continue;
      auto known = knowing(world::lead());
      known.answered = std::make_shared<Answered>(Answered{.is_read = true, .next_deed = 9, .next_repair = 3});
      const auto decision = decide(answer_of_ana(with_what_it_needs(line)), known, rules, now());
      EXPECT_FALSE(letter(decision, LetterKind::result).is_refusal)
          << line.command << ": " << letter(decision, LetterKind::result).text;
    }
  }
}

TEST(Card, TheCopyInTheDocumentsIsWhatTheToolPrints) {
  std::ifstream file("docs/commands-card.md");
  const std::string kept{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(kept, commands_card()) << "leadmail manual commands > docs/commands-card.md";
}

}  // namespace
}  // namespace leadmail::leads
