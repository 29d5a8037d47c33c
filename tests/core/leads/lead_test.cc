#include "core/leads/lead.h"

#include <random>

#include "core/leads/address.h"
#include "core/leads/event.h"
#include "core/leads/organisation.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

TEST(Lead, IsTheSumOfItsEvents) {
  Lead lead;
  fold(lead, {.at = world::now(),
              .type = EventType::captured,
              .changes = {{"name", "", "María"}, {"status", "", "open"}, {"phones", "", "1\n2"}}});
  EXPECT_EQ(lead.created, world::now());
  fold(lead, {.type = EventType::fields, .changes = {{"name", "María", "María Pérez"}, {"phones", "1\n2", ""}}});
  EXPECT_EQ(lead.value("name"), "María Pérez");
  EXPECT_FALSE(lead.values.contains("phones"));
  EXPECT_EQ(lead.status(), Status::open);
  EXPECT_EQ(change(lead, "name", "M"), (Change{"name", "María Pérez", "M"}));
}

TEST(Lead, HasItsContactsInOrderOfTheirNumbers) {
  Lead lead;
  lead.values = {
      {"contact.10.name", "Ten"}, {"contact.2.name", "Two"},           {"contact.2.emails", "b@x.example\nc@x.example"},
      {"contact.1.name", "One"},  {"contact.1.emails", "b@x.example"}, {"contact.x.name", "damaged"},
      {"contact.", "damaged"}};
  const auto contacts = lead.contacts();
  ASSERT_EQ(contacts.size(), 3U);
  EXPECT_EQ(contacts[0].name + contacts[1].name + contacts[2].name, "OneTwoTen");
  EXPECT_EQ(lead.emails(), (std::vector<std::string>{"b@x.example", "c@x.example"}));
  EXPECT_TRUE(lead.is_contact("B@X.example"));
  EXPECT_FALSE(lead.is_contact(""));
}

TEST(Lead, ANextContactIsThereOrNot) {
  Lead lead;
  EXPECT_FALSE(lead.next());
  lead.values = {{"next.at", "1795622400"}, {"next.by", "ana"}, {"next.sequence", "damaged"}};
  EXPECT_EQ(lead.next()->at, from_unix(1795622400));
  EXPECT_EQ(lead.next()->sequence, 0);
  lead.values["next.at"] = "soon";
  EXPECT_FALSE(lead.next());
}

TEST(Names, GoThereAndBack) {
  for (int i = 0; i <= static_cast<int>(Status::do_not_contact); ++i) {
    EXPECT_EQ(status_named(name(static_cast<Status>(i))), static_cast<Status>(i));
  }
  for (int i = 0; i <= static_cast<int>(EventType::flagged); ++i) {
    EXPECT_EQ(event_type_named(name(static_cast<EventType>(i))), static_cast<EventType>(i));
  }
  for (int i = 0; i <= static_cast<int>(Nature::form); ++i) {
    EXPECT_EQ(nature_named(name(static_cast<Nature>(i))), static_cast<Nature>(i));
  }
  for (int i = 0; i <= static_cast<int>(Outcome::unverified); ++i) {
    EXPECT_EQ(outcome_named(name(static_cast<Outcome>(i))), static_cast<Outcome>(i));
  }
  EXPECT_FALSE(status_named("Lead"));
  EXPECT_FALSE(outcome_named(""));
}

TEST(Changes, SurviveJsonAndDamageIsRefused) {
  const std::vector<Change> changes{{"name", "", "María \"P\"\n"}, {"phones", "1", ""}};
  EXPECT_EQ(changes_from_json(changes_to_json(changes)), changes);
  EXPECT_EQ(changes_from_json("[]"), std::vector<Change>{});
  for (const auto* const damage : {"", "{}", "[1]", "[{}]", "[{\"field\":1}]", "[{\"field\":\"a\",\"x\":\"\"}]", "[",
                                   "null", "[{\"field\":\"\"}]"}) {
    EXPECT_FALSE(changes_from_json(damage)) << damage;
  }
  EXPECT_NO_THROW(changes_to_json({{"name", "", "\xff"}}));
}

TEST(Rules, UsersAreKnownHoweverTheirAddressesAreSpelled) {
  const auto rules = world::rules();
  EXPECT_EQ(rules.user("ANA")->id, "ana");
  EXPECT_EQ(rules.user_with_address("ana@ACME.example")->id, "ana");
  EXPECT_EQ(rules.user_with_address("Ana@acme.example")->id, "ana") << "no prospect; what he may do is another matter";
  EXPECT_EQ(rules.user_with_address("ana+crm@acme.example")->id, "ana");
  EXPECT_EQ(rules.user_with_address("ana+crm@evil.example"), nullptr);
  EXPECT_EQ(rules.user_with_address("ana@acme.example.evil.example"), nullptr);
  EXPECT_EQ(rules.user_with_address(""), nullptr);
  EXPECT_EQ(rules.mailbox_with_address("Sales+abc@ACME.example")->name, "sales");
  EXPECT_EQ(rules.mailbox_with_address("info@acme.example")->name, "sales");
  EXPECT_EQ(rules.mailbox_with_address("other@acme.example"), nullptr);
}

TEST(Organisation, IsWhatSomebodyRegistered) {
  EXPECT_EQ(organisation_domain("a@mail.acme.co.uk"), "acme.co.uk");
  EXPECT_EQ(organisation_domain("a@co.uk"), "");
  EXPECT_EQ(organisation_domain("nobody"), "");
  for (const auto* const free : {"a@gmail.com", "a@yahoo.com.mx", "a@hotmail.es", "a@GMX.de", "a@qq.com"}) {
    EXPECT_TRUE(is_free_mail(free)) << free;
  }
  EXPECT_FALSE(is_free_mail("a@acme.example"));
}

TEST(Organisation, ColleaguesShareADomainThatIsTheirs) {
  EXPECT_EQ(colleagues_domain("a@mail.acme.co.uk"), "acme.co.uk");
  for (const auto* const alone : {"a@gmail.com", "a@co.uk", "a@printer", "nobody", ""})
    EXPECT_EQ(colleagues_domain(alone), "") << alone;
}

// As it reads, without any look ahead.
bool takes_part(const Lead& lead, std::string_view address) {
  if (lead.is_contact(address)) return true;
  const auto others = lines_of(lead.value("last.participants"));
  if (std::ranges::find(others, to_lower(address)) != others.end()) return true;
  const auto organisation = organisation_domain(address);
  if (organisation.empty() || is_free_mail(address)) return false;
  return std::ranges::any_of(lead.emails(),
                             [&](const std::string& email) { return organisation_domain(email) == organisation; });
}

TEST(Participant, IsAContactSomebodyInTheConversationOrAColleague) {
  constexpr const char* kAddresses[] = {"a@acme.example",
                                        "A@Acme.Example",
                                        "b@mail.acme.example",
                                        "b@sub.mail.ACME.example",
                                        "c@acme.co.uk",
                                        "d@co.uk",
                                        "e@gmail.com",
                                        "E@GMAIL.com",
                                        "f@gmail.com",
                                        "nobody",
                                        "",
                                        "@",
                                        "x@",
                                        "ana@m\xc3\xbcnchen.example",
                                        "luis@M\xc3\xbcnchen.example",
                                        "o'hara@notacme.example"};
  std::mt19937 random(3);
  const auto any = [&] { return std::string(kAddresses[random() % std::size(kAddresses)]); };
  int part = 0;
  for (int round = 0; round < 20'000; ++round) {
    Lead lead{.id = LeadId{1}};
    for (auto n = random() % 3; n > 0; --n) {
      lead.values["contact." + std::to_string(n) + ".emails"] = random() % 2 == 0 ? any() : any() + "\n" + any();
    }
    if (random() % 2 == 0) lead.values["last.participants"] = to_lower(any()) + "\n" + to_lower(any());
    lead.values["company"] = "Acme";
    const auto address = any();
    const bool expected = takes_part(lead, address);
    part += expected ? 1 : 0;
    ASSERT_EQ(Participant(address).takes_part_in(lead), expected)
        << address << " in " << lead.value("contact.1.emails");
  }
  EXPECT_GT(part, 2000);
}

}  // namespace
}  // namespace leadmail::leads
