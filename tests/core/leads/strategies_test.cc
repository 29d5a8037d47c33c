// How rules pick among their people: shares, quotas, territories, and who is passed over.
#include <random>

#include "core/leads/assign.h"
#include "core/leads/choose.h"
#include "core/leads/zone.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;
using namespace std::chrono;
using Strategy = AssignRule::Strategy;
using WhenAway = AssignRule::WhenAway;

User user(std::string id, int weight = 1) {
  auto address = id + "@acme.example";
  return User{
      .id = std::move(id), .addresses = {std::move(address)}, .timezone = "America/Mexico_City", .weight = weight};
}

/// A company with people of these weights and one rule; remembers what was given.
class Company {
 public:
  Company(Strategy strategy, std::vector<User> users) {
    rules.users = std::move(users);
    rules.teams = {Team{.id = "mx"}};
    AssignRule rule{.name = "the rule", .strategy = strategy, .team = "mx"};
    for (const auto& one : rules.users) {
      rule.users.push_back(one.id);
      rules.teams.front().members.push_back(one.id);
    }
    rules.assign = {std::move(rule)};
    rules.mailboxes.front().team.clear();  // nobody catches what no rule gives
  }

  Assignment give() {
    Fields fields(mail, about);
    evidence.clear();
    auto chosen = assign({.fields = &fields,
                          .mailbox = &rules.mailboxes.front(),
                          .rotations = &rotations,
                          .open_leads = &open,
                          .earlier = earlier,
                          .now = now_,
                          .absences = &said},
                         rules, evidence);
    if (chosen.turn) leads::give(rotations[chosen.turn->rule], chosen.user, chosen.turn->period, chosen.turn->month);
    return chosen;
  }
  AssignRule& rule() { return rules.assign.front(); }

  Rules rules = world::rules();
  Rotations rotations{};
  std::map<std::string, int> open{};
  std::vector<EarlierOwner> earlier{};
  Absences said{};
  Inquiry mail = inquiry();
  Lead about = lead();
  Time now_ = now();
  std::vector<Evidence> evidence{};
};

Absence on(year_month_day day, std::string deputy = {}) { return {day, day, std::move(deputy)}; }
constexpr auto kToday = 2026y / 11 / 24;

// quality: |assigned - weight x N| <= 1 among those who are there, as long as the same ones are there
TEST(Weighted, IsFairAtEveryMomentOverJoinsLeavesAndAbsences) {
  std::mt19937 random(5);  // NOLINT: the same year every time
  for (int round = 0; round < 20; ++round) {
    std::vector<User> people;
    const auto count = 2 + random() % 6;
    for (unsigned i = 0; i < count; ++i)
      people.push_back(user("u" + std::to_string(i), 1 + static_cast<int>(random() % 9)));
    Company company(Strategy::weighted, std::move(people));
    std::string there;
    std::map<std::string, int> given;
    int leads = 0;
    for (int n = 0; n < 600; ++n) {
      if (random() % 40 == 0) {
        auto& one = company.rules.users[random() % company.rules.users.size()];
        one.away = one.away.empty() ? std::vector<Absence>{on(kToday)} : std::vector<Absence>{};
      }
      if (random() % 53 == 0) {
        // By mail.
        const auto id = company.rules.users[random() % company.rules.users.size()].id;
        if (std::erase_if(company.said, [&](const auto& absence) { return absence.first == id; }) == 0)
          company.said.emplace_back(id, on(kToday));
      }
      if (random() % 97 == 0) company.rules.users[random() % company.rules.users.size()].takes_leads ^= true;
      const auto has_said = [&](const User& one) {
        return std::ranges::any_of(company.said, [&](const auto& absence) { return absence.first == one.id; });
      };
      std::string now_there;
      int weights = 0;
      for (const auto& one : company.rules.users) {
        if (!one.away.empty() || !one.takes_leads || has_said(one)) continue;
        now_there += one.id + " ";
        weights += one.weight;
      }
      if (now_there != there) {
        there = now_there;
        given.clear();
        leads = 0;
      }
      const auto chosen = company.give();
      if (weights == 0) {
        EXPECT_TRUE(chosen.user.empty() || chosen.is_last_resort) << chosen.user;
        continue;
      }
      ++leads;
      ++given[chosen.user];
      EXPECT_NE(there.find(chosen.user + " "), std::string::npos) << chosen.user << " is away or takes none";
      for (const auto& one : company.rules.users) {
        if (there.find(one.id + " ") == std::string::npos) continue;
        const double exact = static_cast<double>(one.weight) * leads / weights;
        EXPECT_LE(std::abs(given[one.id] - exact), 1.0) << one.id << " after " << leads;
      }
    }
  }
}

TEST(Weighted, WhoComesBackIsNotBuriedInLeads) {
  Company company(Strategy::weighted, {user("ana"), user("luis")});
  company.rules.users[1].away = {on(kToday)};
  for (int i = 0; i < 50; ++i) EXPECT_EQ(company.give().user, "ana");
  company.rules.users[1].away.clear();
  std::map<std::string, int> given;
  for (int i = 0; i < 10; ++i) ++given[company.give().user];
  EXPECT_EQ(given["luis"], 5);
}

TEST(Weighted, OfWeightZeroGetsNothingAndOwnWeightsOfTheRuleCount) {
  Company company(Strategy::weighted, {user("ana", 0), user("luis")});
  for (int i = 0; i < 5; ++i) EXPECT_EQ(company.give().user, "luis");
  company.rule().shares = {{"ana", 3}, {"luis", 1}};
  std::map<std::string, int> given;
  for (int i = 0; i < 8; ++i) ++given[company.give().user];
  EXPECT_EQ(given["ana"], 6);
}

TEST(Weighted, SurvivesARestart) {
  Company company(Strategy::weighted, {user("ana", 2), user("luis")});
  for (int i = 0; i < 4; ++i) company.give();
  const auto& had = company.rotations["the rule"];
  EXPECT_EQ(rotation_from_json(rotation_to_json(had)), had);
  EXPECT_FALSE(rotation_from_json("{\"last\":1}"));
  EXPECT_FALSE(rotation_from_json("\xff"));
}

TEST(Assign, TheSameMailAndConfigGiveTheSameAssignments) {
  std::vector<std::string> first;
  for (int run = 0; run < 2; ++run) {
    std::mt19937 random(9);  // NOLINT: the same mails every time
    Company company(Strategy::weighted, {user("ana", 3), user("luis", 2), user("eva")});
    std::vector<std::string> got;
    for (int i = 0; i < 200; ++i) {
      company.mail.subject = std::to_string(random());
      got.push_back(company.give().user);
    }
    if (run == 0) first = got;
    EXPECT_EQ(got, first);
  }
}

TEST(LeastOpen, GoesToWhoHasLeastAndTiesTakeTurns) {
  Company company(Strategy::least_open, {user("ana"), user("luis"), user("eva")});
  company.open = {{"ana", 3}, {"luis", 1}, {"eva", 2}};
  EXPECT_EQ(company.give().user, "luis");
  company.open = {};
  std::map<std::string, int> given;
  for (int i = 0; i < 6; ++i) ++given[company.give().user];
  EXPECT_EQ(given, (std::map<std::string, int>{{"ana", 2}, {"luis", 2}, {"eva", 2}}));
}

TEST(Quota, IsOfAMonthAndThenTheNextRuleIsAsked) {
  Company company(Strategy::quota, {user("ana"), user("luis")});
  company.rule().shares = {{"ana", 2}, {"luis", 1}};
  std::map<std::string, int> given;
  for (int i = 0; i < 3; ++i) ++given[company.give().user];
  EXPECT_EQ(given, (std::map<std::string, int>{{"ana", 2}, {"luis", 1}}));
  EXPECT_EQ(company.give().user, "");
  EXPECT_NE(company.evidence.front().found.find("has had his 2 of the month"), std::string::npos);
  company.now_ = *parse_rfc3339("2026-12-01T15:00:00Z");
  EXPECT_EQ(company.give().user, "luis") << "a new month; he waits longer";
}

TEST(Field, NamesTheUserByIdNameOrAddress) {
  Company company(Strategy::field, {user("ana"), user("luis")});
  company.rule().field = "form.agent";
  company.rules.users[1].name = "Luis Ortega";
  for (const auto* const written : {"luis", "LUIS", "Luis Ortega", "luis@acme.example"}) {
    company.mail.form = {{"Agent", written}};
    EXPECT_EQ(company.give().user, "luis") << written;
  }
  company.mail.form = {{"Agent", "whoever"}};
  EXPECT_EQ(company.give().user, "");
}

TEST(Branch, TakesTheMostExactTerritoryThenTheNearest) {
  Company company(Strategy::branch, {user("ana"), user("luis"), user("eva")});
  auto& rules = company.rules;
  rules.teams = {Team{.id = "a", .members = {"ana"}}, Team{.id = "l", .members = {"luis"}},
                 Team{.id = "e", .members = {"eva"}}};
  rules.branches = {Branch{.id = "mexico", .team = "a", .country = "MX"},
                    Branch{.id = "cdmx", .team = "l", .country = "MX", .postal_prefixes = {"01", "02"}},
                    Branch{.id = "madrid", .team = "e", .country = "ES", .at = Coordinates{40.4, -3.7}}};
  const auto goes_to = [&](std::map<std::string, std::string> values) {
    for (const auto* const field : {"country", "postal_code", "latitude", "longitude"})
      company.about.values.erase(field);
    for (auto& [field, value] : values) company.about.values[field] = value;
    return company.give().user;
  };
  EXPECT_EQ(goes_to({{"country", "mx"}}), "ana");
  EXPECT_EQ(goes_to({{"country", "México"}}), "ana");
  EXPECT_EQ(goes_to({{"country", "Spain"}}), "eva");
  EXPECT_EQ(goes_to({{"country", "MX"}, {"postal_code", "01-230"}}), "luis");
  EXPECT_EQ(goes_to({{"country", "Mexico"}, {"postal_code", "01-230"}}), "luis");
  EXPECT_EQ(goes_to({{"country", "MX"}, {"postal_code", "64000"}}), "ana");
  EXPECT_EQ(goes_to({{"country", "FR"}, {"latitude", "43.6"}, {"longitude", "1.44"}}), "eva") << "Toulouse";
  EXPECT_EQ(goes_to({{"country", "FR"}}), "");
  EXPECT_NEAR(distance_km({40.4168, -3.7038}, {48.8566, 2.3522}), 1054, 5) << "Madrid to Paris";
}

TEST(Sticky, ByPersonBeforeOrganisationAndForCustomersAlone) {
  Company company(Strategy::sticky, {user("ana"), user("luis")});
  company.earlier = {{"ana", false, true}, {"luis", true, false}};
  EXPECT_EQ(company.give().user, "luis") << "who had this very person";
  company.rule().same_as = AssignRule::SameAs::organisation;
  EXPECT_EQ(company.give().user, "ana");
  company.rule().same_as = AssignRule::SameAs::customer;
  EXPECT_EQ(company.give().user, "ana");
  company.rule().same_as = AssignRule::SameAs::person;
  company.earlier.pop_back();
  EXPECT_EQ(company.give().user, "");
}

TEST(Offer, GoesToThoseOfTheTeamWhoAreThere) {
  Company company(Strategy::offer, {user("ana"), user("luis"), user("eva")});
  company.rules.users[2].away = {on(kToday)};
  const auto chosen = company.give();
  EXPECT_EQ(chosen.team, "mx");
  EXPECT_EQ(chosen.user, "");
  company.rules.users[0].away = company.rules.users[1].away = {on(kToday)};
  EXPECT_TRUE(company.give().team.empty()) << "nobody could claim it";
  EXPECT_TRUE(company.give().is_last_resort);
}

TEST(Assign, NobodyAboveHisCapacityAndNobodyWhoTakesNone) {
  Company company(Strategy::round_robin, {user("ana"), user("luis"), user("eva")});
  company.rules.users[0].capacity = 3;
  company.open = {{"ana", 3}};
  company.rules.users[2].takes_leads = false;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(company.give().user, "luis");
  EXPECT_NE(company.evidence.front().found.find("ana has 3 open leads, his most"), std::string::npos);
  EXPECT_NE(company.evidence.front().found.find("eva takes no leads"), std::string::npos);
}

TEST(Assign, WhoKnowsTheDomainComesFirstAndKeepsHisTurn) {
  Company company(Strategy::round_robin, {user("ana"), user("luis")});
  company.rules.users[1].domains = {"x.example"};
  EXPECT_EQ(company.give().user, "luis");
  EXPECT_EQ(company.give().user, "luis");
  company.mail.from.address = "maria@elsewhere.example";
  EXPECT_EQ(company.give().user, "ana") << "the turns are as they were";
  EXPECT_EQ(company.give().user, "luis");
}

TEST(Assign, WhoWorksAtThisHourComesFirstOrAlone) {
  Company company(Strategy::round_robin, {user("ana"), user("linh")});
  company.rules.users[1].timezone = "Asia/Ho_Chi_Minh";
  company.now_ = *parse_rfc3339("2026-11-25T03:00:00Z");  // 10:00 in Vietnam, night in Mexico
  EXPECT_EQ(company.give().user, "linh");
  EXPECT_EQ(company.give().user, "linh");
  company.rules.users[1].away = {on(2026y / 11 / 25)};
  EXPECT_EQ(company.give().user, "ana") << "she sees it in the morning";
  company.rule().hours = AssignRule::Hours::only;
  EXPECT_TRUE(company.give().is_last_resort);
}

TEST(WhenAway, ADeputyStandsInOrTheLeadWaitsOrOthersGetIt) {
  Company company(Strategy::user, {user("ana"), user("luis")});
  company.rule().users = {"ana"};
  company.rules.users[0].away = {on(kToday, "luis")};
  EXPECT_TRUE(company.give().is_last_resort) << "the next rule is asked";
  company.rule().when_away = WhenAway::deputy;
  const auto deputy = company.give();
  EXPECT_EQ(deputy.user, "luis");
  EXPECT_EQ(deputy.reason, "rule the rule: luis is the deputy of ana (ana away until 2026-11-24)");
  company.rule().when_away = WhenAway::wait;
  const auto waits = company.give();
  EXPECT_EQ(waits.waits_for, "ana");
  EXPECT_EQ(to_rfc3339(*waits.until), "2026-11-25T15:00:00Z");
}

TEST(Explain, ShowsEveryRuleAlsoThoseBehindTheOneThatDecided) {
  Company company(Strategy::user, {user("ana"), user("luis")});
  company.rules.assign = {
      {.name = "first", .when = {.op = Condition::Op::is, .field = "mailbox", .values = {"other"}}, .users = {"ana"}},
      {.name = "second", .users = {"luis"}},
      {.name = "third", .users = {"ana"}},
      {.name = "fourth", .when = {.op = Condition::Op::is, .field = "mailbox", .values = {"other"}}, .users = {"ana"}}};
  company.give();
  EXPECT_EQ(company.evidence.size(), 2U);
  company.rules.explains = true;
  EXPECT_EQ(company.give().user, "luis");
  ASSERT_EQ(company.evidence.size(), 4U);
  EXPECT_EQ(company.evidence[0].found, "mailbox is other: saw \"sales\", no");
  EXPECT_TRUE(company.evidence[1].decisive);
  EXPECT_EQ(company.evidence[2].found, "fits; not asked, rule second decided");
  EXPECT_EQ(company.evidence[3].found, "mailbox is other: saw \"sales\", no: not asked, rule second decided");
}

}  // namespace
}  // namespace leadmail::leads
