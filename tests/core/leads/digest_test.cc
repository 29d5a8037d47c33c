// What a digest says, when it goes out, and when there is none.
#include "core/leads/digest.h"

#include "core/leads/zone.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

Lead numbered(std::int64_t id, std::map<std::string, std::string> more = {}) {
  auto lead = world::lead(id);
  lead.values["owed"] = "";
  for (auto& [field, value] : more) lead.values[field] = value;
  return lead;
}

DigestFacts facts() {
  DigestFacts facts;
  facts.leads = {numbered(1, {{"owed", "yes"}}),
                 numbered(2, {{"next.at", std::to_string(to_unix(now() - 24h))}, {"next.by", "ana"}}),
                 numbered(3, {{"next.at", std::to_string(to_unix(now() + 2h))}, {"next.by", "ana"}}),
                 numbered(4, {{"status", "opportunity"},
                              {"opportunity.1.stage", "proposal"},
                              {"opportunity.1.value", "12000.5"},
                              {"opportunity.1.currency", "EUR"}}),
                 numbered(5, {{"status", "opportunity"},
                              {"opportunity.1.stage", "proposal"},
                              {"opportunity.1.value", "500"},
                              {"opportunity.1.currency", "EUR"},
                              {"opportunity.2.stage", "lost"}})};
  facts.events = {{numbered(6), {.type = EventType::captured}},
                  {numbered(7), {.type = EventType::status, .changes = {{"status", "open", "interested"}}}}};
  facts.held = 3;
  return facts;
}

TEST(Digest, TellsWhatWaitsWhatIsNewAndTheValueOfEachStage) {
  const auto digest = make_digest({.user = "ana"}, facts(), rules(), now());
  ASSERT_TRUE(digest);
  EXPECT_EQ(digest->owed.count, 1U);
  EXPECT_EQ(digest->overdue.count, 1U);
  EXPECT_EQ(digest->overdue.lines.at(0).lead, LeadId{2});
  EXPECT_EQ(digest->due.count, 1U);
  EXPECT_EQ(digest->fresh.count, 1U);
  ASSERT_EQ(digest->pipeline.size(), 1U);
  EXPECT_EQ(digest->pipeline[0].opportunities, 2);
  EXPECT_EQ(digest->pipeline[0].sums.at("EUR"), 1'250'050);
  ASSERT_EQ(digest->reached.size(), 1U);
  EXPECT_EQ(digest->reached[0].first, Status::interested);
  EXPECT_EQ(digest->held, 0) << "a rep decides about no held mail";
}

TEST(Digest, WithNothingToSayIsNone) {
  EXPECT_FALSE(make_digest({.user = "ana"}, {}, rules(), now()));
  DigestFacts deals;
  deals.leads = {facts().leads[3]};
  EXPECT_FALSE(make_digest({.user = "ana"}, deals, rules(), now())) << "a pipeline that stands still is no news";
  EXPECT_TRUE(make_digest({.user = "ana", .weekly = true}, deals, rules(), now()));
  EXPECT_FALSE(make_digest({.user = "nobody"}, facts(), rules(), now()));
}

TEST(Digest, LeavesOutWhatIsOver) {
  auto gone = facts();
  for (auto& lead : gone.leads) lead.values["status"] = "do-not-contact";
  gone.events.clear();
  EXPECT_FALSE(make_digest({.user = "ana"}, gone, rules(), now()));
}

TEST(Digest, OfATeamCountsForEachMember) {
  auto team = facts();
  team.leads[0].values["owner"] = "luis";
  const auto digest = make_digest({.user = "ana", .team = "mx"}, team, rules(), now());
  ASSERT_TRUE(digest);
  ASSERT_EQ(digest->members.size(), 2U);
  EXPECT_EQ(digest->members[1].user, "luis");
  EXPECT_EQ(digest->members[1].owed, 1U);
  EXPECT_EQ(digest->members[0].overdue, 1U);
}

TEST(Digest, TellsWhatIsLateWhatLapsesAndOfWhomNobodyHasHeard) {
  const auto rests = [](std::int64_t id) {
    return numbered(id, {{"status", "replied"}, {"last.at", std::to_string(to_unix(now() - 31 * 24h))}});
  };
  const auto quoted = [](std::int64_t id, const std::string& until) {
    return numbered(id, {{"status", "quotation"},
                         {"quotation.1.state", "open"},
                         {"quotation.1.total", "900"},
                         {"quotation.1.valid_until", until}});
  };
  DigestFacts some;
  some.leads = {rests(1),
                quoted(2, "2026-11-26"),
                quoted(3, "2026-12-30"),
                quoted(4, "2026-11-22"),
                numbered(5, {{"owed", "yes"}, {"sla.late", "acknowledge\nanswer"}}),
                numbered(6, {{"owed", "yes"}})};
  some.leads[0].values.erase("owed");
  some.leads.push_back(rests(7));
  some.leads.back().values["last.at"] = std::to_string(to_unix(now() - 24h));
  some.leads.push_back(quoted(8, "2026-11-26"));
  some.leads.back().values["quotation.1.state"] = "replaced";
  const auto digest = make_digest({.user = "ana"}, some, rules(), now());
  ASSERT_TRUE(digest);
  ASSERT_EQ(digest->silent.count, 1U);
  EXPECT_EQ(digest->silent.lines[0].lead, LeadId{1});
  ASSERT_EQ(digest->lapsing.count, 2U);
  EXPECT_EQ(to_text(*digest->lapsing.lines[0].day), "2026-11-26");
  EXPECT_EQ(digest->lapsing.lines[1].lead, LeadId{4});
  ASSERT_EQ(digest->late.count, 1U);
  EXPECT_EQ(digest->late.lines[0].terms, (std::vector<std::string>{"acknowledge", "answer"}));
  EXPECT_EQ(digest->owed.count, 1U) << "who is late is told once";
  const auto team = make_digest({.user = "ana", .team = "mx"}, some, rules(), now());
  EXPECT_EQ(team->members.at(0).owed, 2U);
  EXPECT_EQ(team->members.at(0).late, 1U);
}

TEST(Digest, OfWhatRestsAloneComesOnceAWeek) {
  DigestFacts some;
  some.leads = {
      numbered(1, {{"status", "replied"}, {"last.at", std::to_string(to_unix(now() - 40 * 24h))}}),
      numbered(2, {{"status", "quotation"}, {"quotation.1.state", "open"}, {"quotation.1.valid_until", "2026-10-01"}})};
  EXPECT_FALSE(make_digest({.user = "ana"}, some, rules(), now()));
  const auto weekly = make_digest({.user = "ana", .weekly = true}, some, rules(), now());
  ASSERT_TRUE(weekly);
  EXPECT_EQ(weekly->silent.count, 1U);
  EXPECT_EQ(weekly->lapsing.count, 1U);
  some.leads[1].values["quotation.1.valid_until"] = "2026-11-25";
  EXPECT_TRUE(make_digest({.user = "ana"}, some, rules(), now())) << "it ends tomorrow";
}

TEST(Digest, OfADeputyTellsWhatWaitsForWhoIsAway) {
  auto with = rules();
  with.users[0].away = {{std::chrono::year{2026} / 11 / 20, std::chrono::year{2026} / 11 / 30, "luis"}};
  EXPECT_EQ(digest_ask({.user = "luis"}, with, 0, now()).users, (std::vector<std::string>{"luis", "ana"}));
  EXPECT_EQ(digest_ask({.user = "luis"}, rules(), 0, now()).users, std::vector<std::string>{"luis"});
  const auto digest = make_digest({.user = "luis"}, facts(), with, now());
  ASSERT_TRUE(digest);
  EXPECT_EQ(digest->stands_in_for, std::vector<std::string>{"ana"});
  EXPECT_EQ(digest->owed.count, 1U);
  EXPECT_EQ(digest->overdue.count, 1U);
  EXPECT_TRUE(digest->pipeline.empty()) << "her figures are not his";
  EXPECT_TRUE(digest->reached.empty());
  EXPECT_EQ(make_digest({.user = "luis"}, facts(), rules(), now())->owed.count, 0U) << "she is there herself";
}

TEST(Digest, WaitsForWhoSaidByMailThatHeIsAway) {
  const Absences said{{"ana", {.from = std::chrono::year{2026} / 11 / 23, .until = std::chrono::year{2026} / 11 / 26}}};
  const auto slot = [&](std::string_view time, bool weekly) {
    return to_rfc3339(*digest_slot({.user = "ana", .weekly = weekly}, rules(), *parse_rfc3339(time), &said));
  };
  EXPECT_EQ(slot("2026-11-26T20:00:00Z", false), "2026-11-20T14:00:00Z") << "nothing while she is away";
  EXPECT_EQ(slot("2026-11-28T20:00:00Z", false), "2026-11-27T14:00:00Z");
  EXPECT_EQ(slot("2026-11-28T20:00:00Z", true), "2026-11-27T14:00:00Z") << "the first day of her week";
  const auto team = make_digest({.user = "luis", .team = "mx"}, facts(), rules(), now(), &said);
  ASSERT_TRUE(team);
  EXPECT_EQ(team->members.at(0).away_until, std::chrono::year{2026} / 11 / 26);
}

TEST(Digest, IsForEachUserAndForWhoLeadsATeam) {
  auto world = rules();
  world.digest.weekly = false;
  world.users.push_back(User{.id = "boss", .name = "Boss", .addresses = {"boss@acme.example"}, .role = Role::manager});
  std::string all;
  for (const auto& reader : digest_readers(world)) all += reader.key() + "; ";
  EXPECT_EQ(all, "daily ana; daily luis; daily boss; daily ana team mx; daily boss team mx; ");
}

TEST(Digest, GoesOutAtItsTimeOnWorkingDaysOfItsReader) {
  const auto slot = [](std::string_view time, bool weekly) {
    return to_rfc3339(*digest_slot({.user = "ana", .weekly = weekly}, rules(), *parse_rfc3339(time)));
  };
  EXPECT_EQ(slot("2026-11-24T13:59:59Z", false), "2026-11-23T14:00:00Z");
  EXPECT_EQ(slot("2026-11-24T14:00:00Z", false), "2026-11-24T14:00:00Z");
  EXPECT_EQ(slot("2026-11-29T20:00:00Z", false), "2026-11-27T14:00:00Z") << "nothing at the weekend";
  EXPECT_EQ(slot("2026-11-27T20:00:00Z", true), "2026-11-23T14:00:00Z");
  auto holiday = rules();
  holiday.users[0].holidays = {std::chrono::year{2026} / 11 / 23};
  EXPECT_EQ(to_rfc3339(*digest_slot({.user = "ana", .weekly = true}, holiday, *parse_rfc3339("2026-11-27T20:00:00Z"))),
            "2026-11-24T14:00:00Z")
      << "the first working day of the week";
  EXPECT_TRUE(is_weekly_slot({.user = "ana"}, rules(), *parse_rfc3339("2026-11-23T14:00:00Z")));
  EXPECT_FALSE(is_weekly_slot({.user = "ana"}, rules(), *parse_rfc3339("2026-11-24T14:00:00Z")));
}

TEST(Digest, EachDayAndReaderHasOneCause) {
  const auto slot = *parse_rfc3339("2026-11-24T14:00:00Z");
  const auto made = [&](const DigestReader& reader) {
    return letter(decide_digest(Digest{.reader = reader}, rules(), slot, now()), LetterKind::digest).cause;
  };
  EXPECT_EQ(made({.user = "ana"}), "digest:daily ana:2026-11-24");
  EXPECT_NE(made({.user = "ana"}), made({.user = "luis"}));
  EXPECT_NE(made({.user = "ana"}), made({.user = "ana", .team = "mx"}));
  EXPECT_NE(made({.user = "ana"}), made({.user = "ana", .weekly = true}));
}

}  // namespace
}  // namespace leadmail::leads
