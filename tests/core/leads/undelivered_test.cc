// Mail of ours that never left: what the lead says of it afterwards.
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

/// Lead 7 after Ana's answer to María was put into the outbox, and the cause of that letter.
struct Answered {
  Lead lead{};
  std::string letter{};
};

Answered answered(const Lead& before) {
  const auto decision = decide(answer_of_ana("400 each."), knowing(before), rules(), now());
  return {after(before, decision), letter(decision, LetterKind::answer).cause};
}

Withheld withheld(const std::string& letter, const std::string& address = "maria@x.example") {
  return {"answer", OutboxId{17}, letter, "sales", "ana", {address}};
}

Undelivered given_up(const std::string& letter, const std::string& state = "failed") {
  return {"answer", "outbox 17 maria@x.example", "sales", "maria@x.example", "554 not here", state, "400 each.",
          letter};
}

std::string standing(const Lead& lead) {
  return std::string(name(lead.status())) + (lead.owed() ? ", an answer is owed" : "");
}

TEST(AnswerThatNeverLeft, LeavesTheLeadAsItStoodBefore) {
  const auto answer = answered(lead());
  EXPECT_EQ(standing(answer.lead), "replied");
  const auto decision = decide_withheld(withheld(answer.letter), &answer.lead, rules(), now());
  EXPECT_EQ(standing(after(answer.lead, decision)), "open, an answer is owed");
  EXPECT_EQ(letter(decision, LetterKind::bounced).to_user, "ana");
  EXPECT_EQ(standing(after(answer.lead, decide_undelivered(given_up(answer.letter), &answer.lead, rules(), now()))),
            "open, an answer is owed");
}

TEST(AnswerThatNeverLeft, IsNoStepBackForADealNorForALeadThatNobodyHadWrittenTo) {
  const auto deal = answered(lead(7, Status::quotation));
  EXPECT_EQ(standing(after(deal.lead, decide_withheld(withheld(deal.letter), &deal.lead, rules(), now()))),
            "quotation, an answer is owed");
  auto fresh = lead(7, Status::lead);
  fresh.values.erase("owed");
  const auto first = answered(fresh);
  EXPECT_EQ(standing(first.lead), "replied");
  EXPECT_EQ(standing(after(first.lead, decide_withheld(withheld(first.letter), &first.lead, rules(), now()))), "lead");
}

TEST(AnswerThatNeverLeft, ChangesNothingWhereAnotherOneDidOrNobodyKnows) {
  const auto answer = answered(lead());
  const auto stays = [&](const Decision& decision) { return standing(after(answer.lead, decision)); };
  EXPECT_EQ(stays(decide_withheld(withheld("answer:another"), &answer.lead, rules(), now())), "replied");
  EXPECT_EQ(stays(decide_withheld(withheld(answer.letter, "copy@x.example"), &answer.lead, rules(), now())), "replied")
      << "it reached the prospect, if not all in copy";
  EXPECT_EQ(stays(decide_undelivered(given_up(answer.letter, "unknown"), &answer.lead, rules(), now())), "replied");

  auto seen = answer_of_ana("400 each.");
  seen.fingerprint = "f3";
  seen.to = {{"", "maria@x.example"}};
  seen.cc = {{"", "sales@acme.example"}};
  const auto herself = after(answer.lead, decide(seen, knowing(answer.lead), rules(), now()));
  EXPECT_EQ(standing(after(herself, decide_withheld(withheld(answer.letter), &herself, rules(), now()))), "replied")
      << "she wrote to him from her own program meanwhile";
}

}  // namespace
}  // namespace leadmail::leads
