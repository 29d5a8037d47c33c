#include "core/leads/assign.h"

#include <random>

#include "core/leads/zone.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;
using namespace std::chrono;
using Op = Condition::Op;
using Strategy = AssignRule::Strategy;

Condition is(std::string field, std::string value) {
  return {.op = Op::is, .field = std::move(field), .values = {std::move(value)}};
}

Condition with(Op op, std::string field, std::vector<std::string> values) {
  return {.op = op, .field = std::move(field), .values = std::move(values)};
}

bool test(const Condition& condition, const Inquiry& mail = inquiry(), const Lead& about = lead()) {
  Fields fields(mail, about);
  return holds(condition, fields);
}

TEST(Condition, LooksAtTheLeadAndTheMessage) {
  EXPECT_TRUE(test({}));
  EXPECT_TRUE(test(is("email", "MARIA@x.example")));
  EXPECT_TRUE(test(is("name", "maria perez"))) << "case and accents do not matter";
  EXPECT_TRUE(test(with(Op::contains, "subject", {"PUMPS"})));
  EXPECT_TRUE(test(with(Op::in, "mailbox", {"info", "sales"})));
  EXPECT_TRUE(test(with(Op::matches, "text", {"ten (pumps|valves)"})));
  EXPECT_FALSE(test(with(Op::matches, "text", {"^ten"})));
  EXPECT_TRUE(test(with(Op::exists, "owner", {})));
  EXPECT_FALSE(test(with(Op::exists, "country", {})));
  EXPECT_TRUE(test(with(Op::before, "received", {"2026-11-25"})));
  EXPECT_FALSE(test(with(Op::after, "received", {"2026-11-25"})));
}

TEST(Condition, ADomainMeansItsSubdomainsAndNoLookalike) {
  const auto domain = [](const std::string& address, const char* wanted) {
    auto about = lead();
    about.values["contact.1.emails"] = address;
    return test(with(Op::domain, "email", {wanted}), inquiry(), about);
  };
  EXPECT_TRUE(domain("a@acme.example", "acme.example"));
  EXPECT_TRUE(domain("a@mail.Acme.example", "ACME.example"));
  EXPECT_FALSE(domain("a@notacme.example", "acme.example"));
  EXPECT_FALSE(domain("acme.example@evil.example", "acme.example"));
}

TEST(Condition, ACountryFitsHoweverEitherSideIsWritten) {
  for (const auto* written : {"México", "mexico", "MX", "mex"}) {
    auto about = lead();
    about.values["country"] = written;
    for (const auto* wanted : {"MX", "Mexico", "México"}) {
      auto rule = is("country", wanted);
      EXPECT_TRUE(test(rule, inquiry(), about)) << written << " " << wanted;
      EXPECT_TRUE(test(with(Op::in, "country", {"ES", wanted}), inquiry(), about)) << written << " " << wanted;
    }
    EXPECT_FALSE(test(is("country", "US"), inquiry(), about));
  }
  auto about = lead();
  about.values["country"] = "México";
  EXPECT_TRUE(test(with(Op::contains, "country", {"mexi"}), inquiry(), about)) << "part of the word as it stands";
  about.values["country"] = "Atlantis";
  EXPECT_TRUE(test(is("country", "atlantis"), inquiry(), about)) << "a word as any other";

  Fields fields(inquiry(), about);
  about.values["country"] = "México";
  std::string saw;
  EXPECT_TRUE(holds(is("country", "MX"), fields, &saw));
  EXPECT_EQ(saw, "country is MX: saw \"México\", yes");
}

TEST(Condition, AllAnyAndNotNest) {
  const auto yes = is("mailbox", "sales");
  const auto no = is("mailbox", "other");
  EXPECT_TRUE(test({.op = Op::all, .parts = {yes, {.op = Op::none_of, .parts = {no}}}}));
  EXPECT_FALSE(test({.op = Op::all, .parts = {yes, no}}));
  EXPECT_TRUE(test({.op = Op::any, .parts = {no, yes}}));
  EXPECT_FALSE(test({.op = Op::none_of, .parts = {no, yes}}));
}

TEST(Condition, FormLabelsAreFields) {
  auto form = inquiry();
  form.form = {{"País", "México"}};
  EXPECT_TRUE(test(is("form.pais", "mexico"), form));
  EXPECT_TRUE(test(is("País", "México"), form));
}

// docs/security.md, R01
TEST(Condition, APatternThatWouldHangOthersDoesNotHangUs) {
  auto mail = inquiry();
  mail.subject = std::string(1 << 20, 'a') + "!";
  const auto start = steady_clock::now();
  EXPECT_FALSE(test(with(Op::matches, "subject", {"(a+)+$"}), mail));
  EXPECT_LT(steady_clock::now() - start, 2s) << "50 ms when optimised";
  EXPECT_FALSE(test(with(Op::matches, "subject", {"(unclosed"}), mail));
}

Rules with_rule(AssignRule rule) {
  auto changed = rules();
  changed.assign = {std::move(rule)};
  return changed;
}

/// Assigns one inquiry; remembers what was given in `had`.
Assignment give(const Rules& to, Rotations& had, Time at = now(), std::vector<std::string> earlier = {}) {
  const auto mail = inquiry();
  const auto about = lead();
  Fields fields(mail, about);
  std::vector<Evidence> evidence;
  AssignInput input{.fields = &fields, .mailbox = &to.mailboxes.front(), .rotations = &had, .now = at};
  for (auto& owner : earlier) input.earlier.push_back({std::move(owner), true, false});
  const auto chosen = assign(input, to, evidence);
  EXPECT_FALSE(evidence.empty());
  EXPECT_FALSE(chosen.reason.empty());
  if (chosen.turn) leads::give(had[chosen.turn->rule], chosen.user, chosen.turn->period, chosen.turn->month);
  return chosen;
}

TEST(Assign, ThePriorityDecidesThenTheOrder) {
  auto three = rules();
  three.assign = {{.name = "late", .priority = 20, .users = {"ana"}},
                  {.name = "first", .priority = 10, .users = {"luis"}},
                  {.name = "second", .priority = 10, .users = {"ana"}}};
  Rotations last;
  EXPECT_EQ(give(three, last).rule, "first");
  three.assign[1].when = is("mailbox", "other");
  EXPECT_EQ(give(three, last).rule, "second");
}

TEST(Assign, NeverGivesToSomebodyAway) {
  auto away = with_rule({.name = "all", .users = {"luis"}});
  away.users[1].away = {{2026y / 11 / 20, 2026y / 11 / 30, ""}};
  Rotations last;
  EXPECT_EQ(give(away, last).user, "ana") << "the team's lead stands in";
  EXPECT_FALSE(give(away, last).is_last_resort);
}

TEST(Assign, WhereNobodyIsThereWhoeverIsBackFirstHasItForNobodyLooksAtWhatNobodyHas) {
  auto away = with_rule({.name = "all", .users = {"luis"}});
  away.users[0].away = {{2026y / 11 / 20, 2026y / 12 / 15, ""}};
  away.users[1].away = {{2026y / 11 / 20, 2026y / 11 / 30, ""}};
  Rotations last;
  for (const bool has_team : {true, false}) {
    if (!has_team) away.mailboxes.front().team.clear();
    const auto chosen = give(away, last);
    EXPECT_EQ(chosen.user, "luis");
    EXPECT_TRUE(chosen.is_last_resort);
    EXPECT_NE(chosen.reason.find("is back 2026-12-01"), std::string::npos) << chosen.reason;
  }
  away.users[1].takes_leads = false;
  EXPECT_FALSE(give(away, last).is_decided()) << "who takes no leads gets none; the administrators are told";
  away.admins.clear();
  EXPECT_EQ(give(away, last).user, "ana") << "nobody could be told";
}

TEST(Assign, StickyFollowsWhoHadThemBefore) {
  auto sticky = with_rule({.name = "same", .strategy = Strategy::sticky});
  Rotations last;
  EXPECT_EQ(give(sticky, last, now(), {"luis", "ana"}).user, "luis");
  EXPECT_EQ(give(sticky, last, now(), {"gone", "luis"}).user, "luis");
  EXPECT_EQ(give(sticky, last, now(), {}).rule, "") << "nobody had them: the next rule, here the team";
}

// |assigned - N / users| <= 1 while the same people are there.
TEST(RoundRobin, IsFairAtEveryMoment) {
  auto many = rules();
  many.users.clear();
  std::vector<std::string> ids;
  for (int i = 0; i < 7; ++i) {
    ids.push_back("u" + std::to_string(i));
    many.users.push_back(User{.id = ids.back(), .addresses = {ids.back() + "@acme.example"}});
  }
  many.assign = {{.name = "turn", .strategy = Strategy::round_robin, .users = ids}};
  Rotations last;
  std::map<std::string, int> count;
  for (int n = 1; n <= 700; ++n) {
    ++count[give(many, last).user];
    for (const auto& id : ids) EXPECT_LE(std::abs(count[id] - n / 7.0), 1.0);
  }
}

TEST(RoundRobin, PassesOverWhoIsAwayAndKeepsItsTurn) {
  auto two = with_rule({.name = "turn", .strategy = Strategy::round_robin, .users = {"ana", "luis"}});
  two.users[1].away = {{2026y / 11 / 24, 2026y / 11 / 24, ""}};
  Rotations last;
  EXPECT_EQ(give(two, last).user, "ana");
  EXPECT_EQ(give(two, last).user, "ana");
  EXPECT_EQ(give(two, last, now() + 24h).user, "luis");
}

TEST(RoundRobin, NobodyAwayIsEverChosenOverAYearOfAbsences) {
  auto many = rules();
  std::mt19937 random(7);  // NOLINT: the same year every time
  std::vector<std::string> ids;
  many.users.clear();
  for (int i = 0; i < 5; ++i) {
    ids.push_back("u" + std::to_string(i));
    User user{.id = ids.back(), .addresses = {ids.back() + "@acme.example"}, .timezone = "Asia/Ho_Chi_Minh"};
    for (int k = 0; k < 10; ++k) {
      const auto from = sys_days{2027y / 1 / 1} + days{static_cast<int>(random() % 365)};
      user.away.push_back({year_month_day{from}, year_month_day{from + days{static_cast<int>(random() % 14)}}, ""});
    }
    many.users.push_back(std::move(user));
  }
  many.assign = {{.name = "turn", .strategy = Strategy::round_robin, .users = ids}};
  Rotations last;
  for (int hour = 0; hour < 365 * 24; hour += 5) {
    const auto at = sys_days{2027y / 1 / 1} + hours{hour};
    const auto chosen = give(many, last, at);
    const auto is_gone = [&](const User& user) { return is_away(user, day_of(at, user.timezone)); };
    const auto* const user = many.user(chosen.user);
    ASSERT_NE(user, nullptr);
    EXPECT_EQ(is_gone(*user), chosen.is_last_resort);
    EXPECT_EQ(chosen.is_last_resort, std::ranges::all_of(many.users, is_gone));
  }
}

TEST(Assign, DecisionsNameTheRuleAndRememberTheTurn) {
  auto turn = with_rule({.name = "turn", .strategy = Strategy::round_robin, .users = {"ana", "luis"}});
  Snapshot known;
  known.rotations = std::make_shared<Rotations>(Rotations{{"turn", {.last = "ana"}}});
  EXPECT_TRUE(query(inquiry(), turn, now()).needs_rotations);
  const auto decision = decide(inquiry(), known, turn, now());
  EXPECT_NE(describe(decision).find("assign luis; rotate turn to luis; send notice to luis"), std::string::npos);
  EXPECT_NE(evidence(decision).find("rule turn: luis"), std::string::npos);
}

// docs/security.md, R02
TEST(Assign, TenThousandRulesAreQuicklyLookedThrough) {
  auto many = rules();
  for (int i = 0; i < 10000; ++i) {
    many.assign.push_back({.name = "r" + std::to_string(i),
                           .when = i % 2 == 0 ? is("country", "C" + std::to_string(i))
                                              : with(Op::contains, "text", {"word" + std::to_string(i)}),
                           .users = {"luis"}});
  }
  const auto start = steady_clock::now();
  EXPECT_EQ(after({}, decide(inquiry(), {}, many, now())).owner(), "ana");
  EXPECT_LT(steady_clock::now() - start, 2s);
}

}  // namespace
}  // namespace leadmail::leads
