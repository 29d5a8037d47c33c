// What commands did and ask, as the book keeps it: deeds, absences, mails that wait for their writer's word.
#include <gtest/gtest.h>

#include "core/leads/asked.h"
#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

using namespace std::chrono_literals;

struct DeedsTest : testing::Test {
  TemporaryFolder folder{};
  std::unique_ptr<Book> book = open_book(folder / "leadmail.db");

  Result<Applied> apply(std::vector<leads::Effect> effects) {
    PlainComposer composer;
    auto transaction = begin(*book);
    auto applied = transaction->apply(only(std::move(effects)), kNow, composer);
    if (applied) {
      if (auto done = transaction->commit(); !done) return std::move(done.error());
    }
    return applied;
  }

  LeadId new_lead(const std::string& owner, const std::string& name) {
    auto applied = apply({leads::OpenLead{"sales"}, event({}, {{"owner", "", owner},
                                                               {"status", "", "open"},
                                                               {"name", "", name},
                                                               {"contact.1.emails", "", name + "@x.example"}})});
    EXPECT_TRUE(applied) << (applied ? "" : applied.error().what);
    const auto listed = answer({.is_needed = true, .addresses = {name + "@x.example"}});
    return listed.same_people.empty() ? LeadId{} : listed.same_people.front().id;
  }

  static leads::Effect event(leads::LeadRef lead, std::vector<leads::Change> changes) {
    return leads::Record{lead, leads::Event{.at = kNow,
                                            .type = leads::EventType::fields,
                                            .by = "ana",
                                            .cause = "command #set in x",
                                            .changes = std::move(changes)}};
  }

  leads::Answered answer(leads::Ask ask) {
    ask.is_needed = true;
    if (!ask.sees) ask.sees = [](const leads::Lead&) { return true; };
    ask.now = kNow;
    auto answered = begin(*book)->answer(ask);
    EXPECT_TRUE(answered) << (answered ? "" : answered.error().what);
    return answered ? std::move(*answered) : leads::Answered{};
  }
};

TEST_F(DeedsTest, ADeedKnowsItsEventsAndWhatCameLater) {
  const auto lead = new_lead("ana", "maria");
  ASSERT_TRUE(apply({leads::KeepDeed{1, "ana", "#set", 0}, event({lead}, {{"company", "", "Acme"}})}));
  ASSERT_TRUE(apply({event({lead}, {{"company", "Acme", "Acme SA"}})}));
  for (const auto& ask :
       {leads::Ask{.user = "ana", .lead = lead, .undo = true}, leads::Ask{.user = "x", .undo = true, .deed = 1},
        leads::Ask{.user = "luis", .of_anybody = true, .lead = lead, .undo = true}}) {
    const auto deed = answer(ask).deed;
    ASSERT_TRUE(deed);
    EXPECT_EQ(deed->number, 1);
    EXPECT_EQ(deed->by, "ana");
    EXPECT_EQ(deed->verbs, "#set");
    ASSERT_EQ(deed->done.size(), 1U);
    EXPECT_EQ(deed->done[0].event.changes[0].after, "Acme");
    ASSERT_EQ(deed->later.size(), 1U);
    EXPECT_EQ(deed->leads.at(lead).value("company"), "Acme SA");
    EXPECT_FALSE(deed->undone);
  }
  EXPECT_EQ(answer({}).next_deed, 2);
  EXPECT_FALSE(answer({.user = "luis", .lead = lead, .undo = true}).deed) << "it was none of his";
}

TEST_F(DeedsTest, ItIsTakenBackOnce) {
  const auto lead = new_lead("ana", "maria");
  ASSERT_TRUE(apply({leads::KeepDeed{1, "ana", "#set", 0}, event({lead}, {{"company", "", "Acme"}})}));
  ASSERT_TRUE(apply({leads::EndDeed{1}}));
  EXPECT_FALSE(apply({leads::EndDeed{1}}));
  EXPECT_EQ(answer({.user = "ana", .undo = true, .deed = 1}).deed->undone, kNow);
  EXPECT_FALSE(answer({.user = "ana", .lead = lead, .undo = true}).deed) << "the last one that stands";
}

TEST_F(DeedsTest, MailThatWaitsIsCancelledAndOtherMailIsNot) {
  const auto lead = new_lead("ana", "maria");
  leads::Letter letter{
      .kind = leads::LetterKind::notice, .cause = "n", .mailbox = "sales", .to_user = "luis", .lead = lead};
  auto applied = apply(
      {leads::KeepDeed{1, "ana", "#assign", 0}, event({lead}, {{"owner", "ana", "luis"}}), leads::SendLetter{letter}});
  ASSERT_TRUE(applied) << applied.error().what;
  const auto mail = applied->outbox.at(0);
  auto deed = answer({.user = "ana", .undo = true, .deed = 1}).deed;
  ASSERT_EQ(deed->mails.size(), 1U);
  EXPECT_TRUE(deed->mails[0].waits);
  ASSERT_TRUE(apply({leads::CancelMail{mail}}));
  auto transaction = begin(*book);
  EXPECT_TRUE(transaction->claim_due("sales", kNow + 24h, 10)->empty());
}

TEST_F(DeedsTest, ListsShowOnlyWhatHeMaySeeAndWhatStands) {
  const auto hers = new_lead("ana", "maria");
  const auto others = new_lead("mei", "nora");
  const auto gone = new_lead("ana", "olga");
  ASSERT_TRUE(apply({event({gone}, {{"withdrawn", "", "yes"}})}));
  const auto found =
      answer({.lists = {{.visible = {"ana", "luis", ""}}, {.all = true}, {.owner = "mei", .visible = {"ana"}}}});
  ASSERT_EQ(found.lists[0].leads.size(), 1U);
  EXPECT_EQ(found.lists[0].leads[0].id, hers);
  EXPECT_EQ(found.lists[1].leads.size(), 2U) << "a manager";
  EXPECT_TRUE(found.lists[2].leads.empty());
  leads::Ask ask{.sees = [&](const leads::Lead& lead) { return lead.id != others; },
                 .lists = {{.text = "nora"}, {.text = "mar"}}};
  const auto searched = answer(ask);
  EXPECT_TRUE(searched.lists[0].leads.empty());
  EXPECT_EQ(searched.lists[1].leads.size(), 1U);
}

TEST_F(DeedsTest, AListEndsAndSaysSo) {
  for (int i = 0; i < 52; ++i) new_lead("ana", "p" + std::to_string(i));
  const auto found = answer({.lists = {{.owner = "ana"}}});
  EXPECT_EQ(found.lists[0].leads.size(), leads::kMostListed);
  EXPECT_TRUE(found.lists[0].more);
}

TEST_F(DeedsTest, WhatHeSaysOfHisAbsenceLastReplacesTheRestUntilItIsTakenBack) {
  using namespace std::chrono;
  const auto until = [](unsigned d) { return year_month_day{2030y / January / d}; };
  ASSERT_TRUE(apply({leads::KeepDeed{1, "ana", "#away", 0}, leads::MarkAway{"ana", 2020y / 1 / 1, until(3)}}));
  ASSERT_TRUE(apply({leads::KeepDeed{2, "ana", "#away", 0}, leads::MarkAway{"ana", 2020y / 1 / 1, until(9)}}));
  const auto absences = [&] { return begin(*book)->snapshot({}, kNow)->absences; };
  ASSERT_EQ(absences().size(), 1U);
  EXPECT_EQ(absences()[0].second.until, until(9));
  ASSERT_TRUE(apply({leads::EndDeed{2}}));
  ASSERT_EQ(absences().size(), 1U);
  EXPECT_EQ(absences()[0].second.until, until(3));
  ASSERT_TRUE(apply({leads::MarkAway{"ana", 2020y / 1 / 1, {}}}));
  EXPECT_TRUE(absences().empty());
}

TEST_F(DeedsTest, AnAbsenceOfOtherDaysStandsBesideANewOne) {
  using namespace std::chrono;
  const auto day = [](unsigned d) { return year_month_day{2030y / January / d}; };
  ASSERT_TRUE(apply({leads::KeepDeed{1, "ana", "#away", 0}, leads::MarkAway{"ana", day(20), day(26)}}));
  ASSERT_TRUE(apply({leads::KeepDeed{2, "ana", "#away", 0}, leads::MarkAway{"ana", day(5), day(9)}}));
  const auto absences = [&] { return begin(*book)->snapshot({}, kNow)->absences; };
  ASSERT_EQ(absences().size(), 2U);
  ASSERT_TRUE(apply({leads::KeepDeed{3, "ana", "#away", 0}, leads::MarkAway{"ana", day(9), day(11)}}));
  ASSERT_EQ(absences().size(), 2U) << "they share a day, so one takes the place of the other";
  ASSERT_TRUE(apply({leads::EndDeed{3}}));
  ASSERT_EQ(absences().size(), 2U);
  ASSERT_TRUE(apply({leads::MarkAway{"ana", day(7), {}}}));
  ASSERT_EQ(absences().size(), 1U) << "who is back early is away all the same when he said so for later";
  EXPECT_EQ(absences()[0].second.from, day(20));
  ASSERT_TRUE(apply({leads::MarkAway{"ana", day(8), {}}}));
  EXPECT_TRUE(absences().empty()) << "where none runs, those to come are taken back";
}

TEST_F(DeedsTest, AConfirmedMailIsThereWithItsBytesUntilItIsDone) {
  auto decision = only({leads::AwaitConfirmation{"mark", "ana"}});
  decision.outcome = leads::Outcome::held;
  take(*book, decision, an_inquiry(1), 1);
  auto awaited = answer({.nonce_marks = {"other", "mark"}}).awaited;
  ASSERT_TRUE(awaited);
  EXPECT_EQ(awaited->state, "waiting");
  EXPECT_EQ(awaited->user, "ana");
  EXPECT_TRUE(begin(*book)->confirmed()->empty());
  EXPECT_FALSE(apply({leads::Confirm{"mark", "luis"}})) << "not his";
  ASSERT_TRUE(apply({leads::Confirm{"mark", "ana"}}));
  EXPECT_FALSE(apply({leads::Confirm{"mark", "ana"}})) << "once";
  auto transaction = begin(*book);
  const auto rows = *transaction->confirmed();
  ASSERT_EQ(rows.size(), 1U);
  const auto bytes = transaction->confirmed_bytes(rows[0]);
  ASSERT_TRUE(bytes && *bytes);
  EXPECT_NE((*bytes)->raw.find("Hello"), std::string::npos);
  ASSERT_TRUE(transaction->confirmed_done(rows[0]));
  EXPECT_TRUE(transaction->confirmed()->empty());
}

}  // namespace
}  // namespace leadmail::store::tests
