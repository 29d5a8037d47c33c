// Leads made by hand, and mails of ours that were given up.
#include "core/leads/decide.h"

#include <algorithm>

#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

TEST(DecideNew, NeedsSomethingToKnowTheLeadBy) {
  EXPECT_FALSE(decide_new({}, "", rules(), now()));
  EXPECT_FALSE(decide_new({.email = "no address"}, "", rules(), now()));
  EXPECT_FALSE(decide_new({.phone = "abc"}, "", rules(), now())) << "nobody can call that";
  EXPECT_FALSE(decide_new({.phone = "12", .name = "María"}, "", rules(), now()));
  EXPECT_TRUE(decide_new({.phone = "55 1234"}, "", rules(), now()));
  EXPECT_FALSE(decide_new({.email = "ana@acme.example"}, "", rules(), now())) << "one of our own people is no lead";
}

TEST(DecideNew, DoesNotLetAFieldBeSetThatHasRulesOfItsOwn) {
  for (const auto* const field : {"status", "owed", "next.at", "contact.1.emails", "last.in.from"}) {
    EXPECT_FALSE(decide_new({.name = "María", .fields = {{field, "x"}}}, "", rules(), now())) << field;
  }
}

TEST(DecideNew, OpensALeadWithWhatWasGiven) {
  const auto decision = decide_new({.email = "Maria@X.EXAMPLE", .name = "María Pérez"}, "", rules(), now());
  ASSERT_TRUE(decision) << decision.error().what;
  EXPECT_EQ(decision->outcome, Outcome::lead);
  const auto made = after({}, *decision);
  EXPECT_EQ(made.value("name"), "María Pérez");
  EXPECT_TRUE(made.is_contact("Maria@x.example"));
}

TEST(DecideNew, KeepsEachValueInTheFormOfItsType) {
  auto company = rules();
  company.record.currency = "MXN";
  company.record.fields = {{.name = "budget", .type = FieldType::money, .custom = true},
                           {.name = "grade", .type = FieldType::choice, .choices = {"gold", "silver"}, .custom = true}};
  const auto made = [&](const std::map<std::string, std::string>& fields) {
    return decide_new({.name = "María", .fields = fields}, "", company, now());
  };
  const auto decision = made({{"budget", "5k"},
                              {"grade", "GOLD"},
                              {"employees", "1,200"},
                              {"tags", "vip, trade fair"},
                              {"type", "organization"},
                              {"company", "Bombas SA"},
                              {"first_contact_at", "2026-11-03"}});
  ASSERT_TRUE(decision) << decision.error().what;
  const auto lead = after({}, *decision);
  EXPECT_EQ(lead.value("budget"), "5000 MXN");
  EXPECT_EQ(lead.value("grade"), "gold");
  EXPECT_EQ(lead.value("employees"), "1200");
  EXPECT_EQ(lead.value("tags"), "vip\ntrade fair");
  EXPECT_EQ(lead.value("first_contact_at"), std::to_string(to_unix(*parse_rfc3339("2026-11-03T15:00:00Z"))));
  EXPECT_FALSE(made({{"employees", "many"}}));
  EXPECT_FALSE(made({{"grade", "bronze"}}));
  EXPECT_FALSE(made({{"shoe_size", "43"}})) << "nobody keeps that";
  EXPECT_FALSE(made({{"type", "organization"}})) << "it has no name";
}

TEST(DecideUndelivered, AnAddressThatDoesNotExistIsMarkedDead) {
  const auto known = lead();
  const auto marks = [&](const std::string& reply) {
    const auto decision =
        decide_undelivered({"answer", "outbox 1", "sales", "maria@x.example", reply}, &known, rules(), now());
    return std::ranges::any_of(decision.effects,
                               [](const Effect& e) { return std::holds_alternative<MarkAddress>(e); });
  };
  EXPECT_TRUE(marks("550 5.1.1 no such user"));
  EXPECT_FALSE(marks("552 5.2.2 mailbox full"));
}

TEST(DecideUndelivered, NobodyIsToldThatATellingFailed) {
  const auto known = lead();
  for (const auto* const kind : {"bounced", "alert"}) {
    EXPECT_TRUE(decide_undelivered({kind, "outbox 1", "sales", "ana@acme.example", "550 no"}, &known, rules(), now())
                    .effects.empty());
  }
}

TEST(DecideRetry, WhatNoLeadStandsForBecomesOneAndNobodyOutsideIsAnsweredSoLate) {
  auto company = rules();
  company.mailboxes.front().acknowledge = true;
  const auto decision = decide_retry(inquiry(), nullptr, {}, company, now());
  EXPECT_EQ(decision.outcome, Outcome::lead);
  EXPECT_TRUE(sends(decision, LetterKind::notice));
  EXPECT_TRUE(sends(decide(inquiry(), {}, company, now()), LetterKind::ack));
  EXPECT_FALSE(sends(decision, LetterKind::ack));
}

TEST(DecideRetry, NothingIsCarriedOutThatAUserOrAnAdministratorWrote) {
  for (const auto* const address : {"ana@acme.example", "it@acme.example"}) {
    auto mail = inquiry();
    mail.from = {"", address};
    mail.text = mail.reply = mail.command_text = "#accept 3";
    const auto decision = decide_retry(mail, nullptr, {}, rules(), now());
    EXPECT_EQ(decision.outcome, Outcome::ignored) << address;
    EXPECT_TRUE(decision.effects.empty()) << address;
  }
}

}  // namespace
}  // namespace leadmail::leads
