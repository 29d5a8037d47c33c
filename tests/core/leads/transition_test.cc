#include "core/leads/transition.h"

#include <array>

#include "core/leads/silence.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

constexpr std::array kAll{Status::lead,           Status::open,        Status::replied,
                          Status::interested,     Status::opportunity, Status::quotation,
                          Status::lost_quotation, Status::converted,   Status::do_not_contact};

/// "open, replied"
std::string list(const std::vector<Status>& statuses) {
  std::string text;
  for (const auto status : statuses) text += (text.empty() ? "" : ", ") + std::string(name(status));
  return text;
}

struct Row {
  Status from;
  std::string_view mail, clock, hand, deal;
};

// The table once more, as people would say it.
const std::array kRows{
    Row{Status::lead, "open, replied", "open",
        "open, replied, interested, opportunity, quotation, converted, do-not-contact",
        "opportunity, quotation, lost-quotation, converted"},
    Row{Status::open, "replied", "", "lead, replied, interested, opportunity, quotation, converted, do-not-contact",
        "opportunity, quotation, lost-quotation, converted"},
    Row{Status::replied, "open", "open", "lead, open, interested, opportunity, quotation, converted, do-not-contact",
        "opportunity, quotation, lost-quotation, converted"},
    Row{Status::interested, "", "", "lead, open, replied, opportunity, quotation, converted, do-not-contact",
        "opportunity, quotation, lost-quotation, converted"},
    Row{Status::opportunity, "", "", "open, replied, interested, quotation, lost-quotation, converted, do-not-contact",
        "quotation, lost-quotation, converted"},
    Row{Status::quotation, "", "", "open, replied, interested, opportunity, lost-quotation, converted, do-not-contact",
        "lost-quotation, converted"},
    Row{Status::lost_quotation, "", "", "open, replied, interested, opportunity, quotation, converted, do-not-contact",
        "opportunity, quotation, converted"},
    Row{Status::converted, "", "", "interested, opportunity, quotation, do-not-contact", ""},
    Row{Status::do_not_contact, "", "", "lead, open, replied, interested", ""},
};

TEST(Transition, TheTableSaysWhatMailClockHandAndDealsMayBring) {
  ASSERT_EQ(kRows.size(), kAll.size());
  for (const auto& row : kRows) {
    SCOPED_TRACE(name(row.from));
    EXPECT_EQ(list(reachable(row.from, Mover::mail)), row.mail);
    EXPECT_EQ(list(reachable(row.from, Mover::clock)), row.clock);
    EXPECT_EQ(list(reachable(row.from, Mover::hand)), row.hand);
    EXPECT_EQ(list(reachable(row.from, Mover::deal)), row.deal);
    EXPECT_TRUE(may_move(row.from, row.from, Mover::mail));
  }
}

TEST(Transition, ByHandIsRefusedWhereTheTableSaysSoAndAnsweredWithWhatIsAllowed) {
  for (const auto from : kAll) {
    for (const auto to : kAll) {
      SCOPED_TRACE(std::string(name(from)) + " -> " + std::string(name(to)));
      CommandAnswer answer;
      const auto decision =
          decide_commands(lead(7, from), "ana", "#status " + std::string(name(to)), rules(), now(), "c", answer);
      EXPECT_EQ(answer.refused.empty(), may_move(from, to, Mover::hand)) << answer.refused;
      EXPECT_EQ(after(lead(7, from), decision).status(), answer.refused.empty() ? to : from);
    }
  }
  CommandAnswer answer;
  decide_commands(lead(7, Status::converted), "luis", "#estado abierto", rules(), now(), "c", answer);
  EXPECT_NE(answer.refused.find("Interesado, Oportunidad, Cotización, No contactar"), std::string::npos)
      << answer.refused;
  decide_commands(lead(7, Status::open), "ana", "#status lost quotation", rules(), now(), "c", answer);
  EXPECT_NE(answer.refused.find("Lost Quotation comes by #lost"), std::string::npos) << answer.refused;
}

TEST(Transition, MailOfTheProspectNeverLowersWhatWasReached) {
  for (const auto from : kAll) {
    SCOPED_TRACE(name(from));
    auto mail = inquiry();
    mail.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
    const auto decision = decide(mail, knowing(lead(7, from)), rules(), now());
    const auto left = after(lead(7, from), decision);
    const bool moves = from == Status::lead || from == Status::open || from == Status::replied;
    EXPECT_EQ(left.status(), moves ? Status::open : from);
    EXPECT_TRUE(left.owed()) << "what is owed is kept beside the status";
  }
}

TEST(Transition, AnAnswerMakesRepliedOnlyWhereMailMay) {
  for (const auto from : kAll) {
    SCOPED_TRACE(name(from));
    if (from == Status::do_not_contact) continue;  // nobody may answer there
    const auto decision = decide(answer_of_ana("Dear María, 400 each."), knowing(lead(7, from)), rules(), now());
    const auto left = after(lead(7, from), decision);
    const bool moves = from == Status::lead || from == Status::open || from == Status::replied;
    EXPECT_EQ(left.status(), moves ? Status::replied : from);
    EXPECT_FALSE(left.owed());
  }
}

TEST(Transition, ANextContactThatIsDueOpensOnlyWhatMailMayOpen) {
  for (const auto from : kAll) {
    SCOPED_TRACE(name(from));
    auto waiting = lead(7, from);
    waiting.values["next.at"] = std::to_string(to_unix(now()));
    waiting.values["next.by"] = "ana";
    const auto left = after(waiting, decide_due(waiting, now(), "ana", rules(), now()));
    const bool moves = from == Status::lead || from == Status::open || from == Status::replied;
    EXPECT_EQ(left.status(), moves ? Status::open : from);
  }
}

TEST(Silence, ALeadInRepliedThatRestsIsProposedToBeClosed) {
  auto company = rules();
  const auto rests = lead(7, Status::replied);
  const auto decision = decide_silent(rests, company, now());
  const auto asked = letter(decision, LetterKind::proposal);
  EXPECT_EQ(asked.to_user, "ana");
  EXPECT_EQ(world::commands_of(asked), "#lost no answer; #next in 7 days");
  EXPECT_EQ(after(rests, decision).status(), Status::replied) << "a person decides";
  CommandAnswer answer;
  const auto closed = decide_commands(rests, "ana", asked.actions.front().command, company, now(), "c", answer);
  EXPECT_EQ(answer.refused, "");
  EXPECT_EQ(after(rests, closed).status(), Status::lost_quotation);

  company.record.lists["lost_reason"] = {"price", "time"};
  EXPECT_EQ(letter(decide_silent(rests, company, now()), LetterKind::proposal).actions.front().command, "#lost price");
  EXPECT_EQ(*silent_since(company, now()), now() - 24h * 30);
  company.close_after = std::chrono::days{0};
  EXPECT_FALSE(silent_since(company, now()));
}

TEST(Silence, NobodyIsAskedAboutALeadThatSomebodyComesBackTo) {
  auto planned = lead(7, Status::replied);
  planned.values["next.at"] = std::to_string(to_unix(now() + 24h));
  planned.values["next.by"] = "ana";
  EXPECT_TRUE(decide_silent(planned, rules(), now()).effects.empty());
  EXPECT_TRUE(decide_silent(lead(7, Status::open), rules(), now()).effects.empty());
  auto merged = lead(7, Status::replied);
  merged.values["merged"] = "L-3";
  EXPECT_TRUE(decide_silent(merged, rules(), now()).effects.empty());
}

Rules with_departments() {
  auto company = rules();
  company.record.departments = {{.id = "billing", .addresses = {"billing@acme.example"}, .on = {"converted"}},
                                {.id = "stock", .addresses = {"stock@acme.example"}, .on = {"quotation", "converted"}}};
  return company;
}

TEST(Departments, HearOfTheStatusesTheyAskedForOnceAndOfNoOther) {
  CommandAnswer answer;
  auto quoted = decide_commands(lead(), "ana", "#quote 12000 EUR", with_departments(), now(), "c1", answer);
  ASSERT_EQ(letters(quoted).size(), 1U);
  EXPECT_EQ(letter(quoted, LetterKind::conversion).to.front().address, "stock@acme.example");
  const auto customer =
      decide_commands(after(lead(), quoted), "ana", "#order 4711", with_departments(), now(), "c2", answer);
  std::vector<std::string> told;
  for (const auto& one : letters(customer)) told.push_back(one.to.front().address);
  EXPECT_EQ(told, (std::vector<std::string>{"billing@acme.example", "stock@acme.example"}));
  const auto once_more = decide_commands(after(after(lead(), quoted), customer), "ana", "#note fine",
                                         with_departments(), now(), "c3", answer);
  EXPECT_TRUE(letters(once_more).empty());
}

TEST(Departments, HearWhatTheLeadIsInTheEnd) {
  CommandAnswer answer;
  const auto both =
      decide_commands(lead(), "ana", "#quote 12000 EUR\n#order 4711", with_departments(), now(), "c", answer);
  for (const auto& one : letters(both)) EXPECT_NE(one.cause.find(":converted:"), std::string::npos) << one.cause;
  const auto refused =
      decide_commands(lead(), "ana", "#quote 12000 EUR\n#lost", with_departments(), now(), "c", answer);
  EXPECT_TRUE(letters(refused).empty());
}

TEST(History, ANewInquiryOfACustomerSaysSo) {
  Snapshot known;
  auto old = lead(12, Status::converted);
  old.values["customer"] = "yes";
  known.by_address = {old};
  const auto decision = decide(inquiry(), known, rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::lead);
  const auto fresh = after({}, decision);
  EXPECT_EQ(fresh.value("qualification.was_customer.answer"), "yes");
  EXPECT_EQ(fresh.value("qualification.was_customer.note"), "L-12");
  known.by_address = {lead(12, Status::lost_quotation)};
  EXPECT_EQ(after({}, decide(inquiry(), known, rules(), now())).value("qualification.was_customer.answer"), "");
}

TEST(Steps, ArePlannedFromTheFirstContactOn) {
  auto company = rules();
  company.record.steps = {{.id = "demo", .after = std::chrono::hours{72}}, {.id = "visit"}};
  const auto by_mail = after({}, decide(inquiry(), {}, company, now()));
  EXPECT_EQ(by_mail.value("step.demo.planned"), "2026-11-27");
  EXPECT_EQ(by_mail.value("step.visit.planned"), "");
  const auto by_hand = decide_new({.name = "María"}, "", company, now());
  ASSERT_TRUE(by_hand);
  EXPECT_EQ(after({}, *by_hand).value("step.demo.planned"), "2026-11-27");
}

TEST(History, ALeadOfACustomerThatIsMadeByHandSaysSoToo) {
  Snapshot known;
  known.by_address = {lead(12, Status::converted)};
  const auto decision = decide_new({.email = "maria@x.example"}, "", rules(), now(), known);
  ASSERT_TRUE(decision);
  EXPECT_EQ(after({}, *decision).value("qualification.was_customer.note"), "L-12");
}

}  // namespace
}  // namespace leadmail::leads
