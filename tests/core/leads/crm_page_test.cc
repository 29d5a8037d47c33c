// docs/crm.md says what is true: its table of statuses is the data, and its examples are carried out.
#include <fstream>
#include <sstream>

#include "core/leads/command.h"
#include "core/leads/execute.h"
#include "core/leads/transition.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

std::string page() {
  std::ifstream file("docs/crm.md");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// One row for each status now, one column for each status then.
std::string table_of_moves() {
  std::string head = "| from \\ to |";
  std::string rule = "|---|";
  std::string rows;
  for (const auto& to : statuses()) {
    head += " " + std::string(to.en) + " |";
    rule += "---|";
  }
  for (const auto& from : statuses()) {
    rows += "| **" + std::string(from.en) + "** |";
    for (const auto& to : statuses()) {
      std::string by;
      for (const auto& [mover, word] :
           {std::pair{Mover::mail, "mail"}, {Mover::clock, "clock"}, {Mover::hand, "hand"}, {Mover::deal, "deal"}}) {
        if (from.status != to.status && may_move(from.status, to.status, mover))
          by += (by.empty() ? "" : ", ") + std::string(word);
      }
      rows += " " + by + " |";
    }
    rows += "\n";
  }
  return head + "\n" + rule + "\n" + rows;
}

TEST(CrmPage, HasTheTableOfStatusesAsItIs) {
  EXPECT_NE(page().find(table_of_moves()), std::string::npos) << table_of_moves();
}

Rules company() {
  auto rules = world::rules();
  rules.record.currency = "EUR";
  rules.record.steps = {StepSpec{.id = "demo"}};
  return rules;
}

TEST(CrmPage, ItsExamplesAreCarriedOutOneAfterTheOther) {
  auto lead = world::lead();
  std::istringstream lines(page());
  std::string line;
  int carried_out = 0;
  bool is_code = false;
  while (std::getline(lines, line)) {
    if (line.starts_with("```")) is_code = !is_code;
    if (!is_code || !line.starts_with("#")) continue;
    CommandAnswer answer;
    const auto decision = decide_commands(lead, "ana", line, company(), now(), "tool 1", answer);
    EXPECT_EQ(answer.refused, "") << line;
    EXPECT_FALSE(answer.results.empty()) << line;
    lead = after(lead, decision);
    ++carried_out;
  }
  EXPECT_GE(carried_out, 20);
  EXPECT_EQ(lead.value("quotation.1.total"), "12000");
  EXPECT_EQ(lead.value("order.1.value"), "12000");
  EXPECT_EQ(lead.status(), Status::converted);
}

}  // namespace
}  // namespace leadmail::leads
