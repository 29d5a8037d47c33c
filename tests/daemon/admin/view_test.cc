#include "daemon/admin/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace leadmail::daemon::admin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

leads::Lead a_lead() {
  leads::Lead lead{.id = LeadId{7}, .created = from_unix(1796292000)};
  lead.values = {{"status", "open"},
                 {"owed", "yes"},
                 {"owner", "ana"},
                 {"name", "María Pérez"},
                 {"company", "Acme"},
                 {"contact.1.name", "María Pérez"},
                 {"contact.1.emails", "maria@x.example"},
                 {"phones", "+52 55 1\n+52 55 2"},
                 {"first_contact_at", "1796292000"},
                 {"next.at", "1796295600"},
                 {"next.by", "ana"},
                 {"tags", "vip\npumps"},
                 {"budget", "5000 EUR"},
                 {"domain", "x.example"}};
  return lead;
}

TEST(LeadJson, HasEveryKeyOfTheContractWhateverIsKnown) {
  const auto json = lead_json(leads::Lead{.id = LeadId{1}}, {}, {});
  for (const auto* key : {"lead",
                          "status",
                          "owed",
                          "owner",
                          "type",
                          "salutation",
                          "gender",
                          "name",
                          "company",
                          "title",
                          "emails",
                          "phones",
                          "website",
                          "language",
                          "timezone",
                          "source",
                          "campaign",
                          "medium",
                          "country",
                          "region",
                          "postal_code",
                          "lead_type",
                          "market_segment",
                          "industry",
                          "product",
                          "employees",
                          "size",
                          "branches",
                          "first_contact_at",
                          "first_contact_place",
                          "potential",
                          "contacts",
                          "addresses",
                          "qualification",
                          "evaluation",
                          "steps",
                          "opportunities",
                          "quotations",
                          "customer",
                          "customer_since",
                          "lost_reason",
                          "orders",
                          "events",
                          "next_contact",
                          "custom",
                          "tags",
                          "attachments",
                          "timeline"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json["lead"], "L-1");
  EXPECT_EQ(json["owed"], false);
  EXPECT_TRUE(json["next_contact"].is_null());
  EXPECT_TRUE(json["emails"].is_array());
}

TEST(LeadJson, TellsWhatTheLeadHolds) {
  leads::Event event{
      .at = from_unix(1796292000), .type = leads::EventType::status, .by = "ana", .cause = "command #status"};
  event.changes = {{"status", "lead", "open"}};
  const auto json = lead_json(a_lead(), {event}, {});
  EXPECT_EQ(json["phones"].dump(), R"(["+52 55 1","+52 55 2"])");
  EXPECT_EQ(json["emails"].dump(), R"(["maria@x.example"])");
  EXPECT_EQ(json["first_contact_at"], "2026-12-03T10:00:00Z");
  EXPECT_EQ(json["next_contact"].dump(), R"({"at":"2026-12-03T11:00:00Z","by":"ana","note":null})");
  EXPECT_EQ(json["custom"].dump(), R"({"budget":"5000 EUR"})") << "only fields of the company's own";
  EXPECT_EQ(json["timeline"][0]["type"], "status");
  EXPECT_EQ(json["timeline"][0]["changes"].dump(), R"([{"field":"status","before":"lead","after":"open"}])");
}

TEST(LeadJson, TellsLinesMeetingsAndWhyItWasLost) {
  auto lead = a_lead();
  lead.values["quotation.1.state"] = "lost";
  lead.values["quotation.1.lines"] = "3 400.5 Pump\n1 80 Freight";
  lead.values["lost.reason"] = "price";
  lead.values["by_hand"] = "juan@x.example";
  lead.values["event.2.kind"] = "call";
  lead.values["event.2.at"] = "1796292000";
  lead.values["event.2.length"] = "30";
  const auto json = lead_json(lead, {}, {});
  EXPECT_EQ(json["quotations"][0]["lines"].dump(),
            R"([{"quantity":3,"text":"Pump","price":400.5},{"quantity":1,"text":"Freight","price":80}])");
  EXPECT_EQ(json["lost_reason"], "price");
  EXPECT_EQ(json["events"][0]["at"], "2026-12-03T10:00:00Z");
  EXPECT_EQ(json["events"][0]["minutes"], 30);
  EXPECT_FALSE(json["custom"].contains("by_hand")) << "that is our own";
}

TEST(Line, IsOneLineOfValidUtf8WhateverStandsInTheBook) {
  auto lead = a_lead();
  lead.values["name"] = "a\nb\xff";
  EXPECT_THAT(line_of(lead_line_json(lead)), HasSubstr(R"("name":"a\nb)"
                                                       "\uFFFD"
                                                       R"(")"));
}

TEST(LedgerJson, HasUidsForFoldersAndAFileForIngest) {
  store::LedgerEntry seen{.id = LedgerId{3},
                          .message_id = "m@x",
                          .mailbox = "sales",
                          .folder = "INBOX",
                          .uid_validity = 9,
                          .uid = 4,
                          .at = from_unix(1796292000),
                          .kind = "person",
                          .outcome = "lead",
                          .lead = LeadId{7},
                          .reason = "new"};
  EXPECT_EQ(line_of(ledger_json(seen)),
            R"({"id":3,"message_id":"m@x","mailbox":"sales","folder":"INBOX","uidvalidity":9,"uid":4,"file":null,)"
            R"("at":"2026-12-03T10:00:00Z","kind":"person","outcome":"lead","lead":"L-7","reason":"new"})");
  store::LedgerEntry taken{.mailbox = "sales", .file = "/x.eml", .outcome = "list"};
  EXPECT_TRUE(ledger_json(taken)["uid"].is_null());
  EXPECT_TRUE(ledger_json(taken)["lead"].is_null());
  EXPECT_EQ(ledger_json(taken)["file"], "/x.eml");
}

TEST(LeadText, ShowsTimesInTheCompanysZoneAndNoControlCharacters) {
  auto lead = a_lead();
  lead.values["company"] = "Acme\033[2J";
  leads::Event event{
      .at = from_unix(1796292000), .type = leads::EventType::mail_in, .by = "prospect", .text = "Hi\033]0;x"};
  event.changes = {{"last.in.id", "", "m@x"}};
  const auto text = lead_text(lead, {event}, {.zone = "America/Mexico_City", .language = "en"}, {});
  EXPECT_THAT(text, Not(HasSubstr("\033")));
  EXPECT_THAT(text, HasSubstr("L-7  María Pérez, Acme"));
  EXPECT_THAT(text, HasSubstr("2026-12-03 04:00  mail-in by prospect: Hi"));
  EXPECT_THAT(text, HasSubstr("2026-12-03 05:00 by ana"));
  EXPECT_THAT(text, Not(HasSubstr("last.in.id"))) << "the daemon's bookkeeping";
}

TEST(OutboxState, IsOneWordWhenAllRecipientsAgree) {
  store::OutboxEntry entry;
  entry.recipients = {{.rcpt_to = "a@x", .state = "delivered"}, {.rcpt_to = "b@x", .state = "delivered"}};
  EXPECT_EQ(state_of(entry), "delivered");
  entry.recipients.back().state = "failed";
  EXPECT_EQ(state_of(entry), "delivered, failed");
}

}  // namespace
}  // namespace leadmail::daemon::admin
