#include "core/leads/newsletter.h"

#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

bool selects(std::string_view query, const Lead& lead) {
  const auto selection = read_selection(query, rules());
  EXPECT_TRUE(selection) << query << ": " << (selection ? "" : selection.error().what);
  return selection && is_selected(lead, *selection);
}

TEST(Selection, AllTermsMustHold) {
  auto theirs = lead(7, Status::interested);
  theirs.values["tags"] = "trade fair\nVIP";
  theirs.values["country"] = "México";
  theirs.values["domain"] = "x.example";
  theirs.values["company"] = "Acme SA";
  for (const auto* yes : {"all", "status=interested", "status=open,Interested", "tag=\"Trade Fair\"",
                          "tag=vip country=mexico", "country=MX", "domain=@x.example", "-country=US", "company~acme",
                          "email~@x.example", "country", "-status=converted owner=ana"}) {
    EXPECT_TRUE(selects(yes, theirs)) << yes;
  }
  for (const auto* no : {"status=open", "tag=trade", "tag=vip country=US", "-tag=vip", "website", "owner=luis"}) {
    EXPECT_FALSE(selects(no, theirs)) << no;
  }
  for (const auto* wrong : {"", "  ", "shoe=42", "status=", "=x"})
    EXPECT_FALSE(read_selection(wrong, rules())) << wrong;
}

TEST(Newsletter, GoesToTheFirstLivingAddressAndToNobodyWhoMustNotGetIt) {
  auto theirs = lead(7, Status::replied);
  theirs.values["contact.1.emails"] = "old@x.example\nmaria@x.example";
  theirs.values["dead"] = "old@x.example";
  EXPECT_EQ(newsletter_recipient(theirs).address, "maria@x.example");
  EXPECT_EQ(why_no_newsletter(theirs), "");
  theirs.values["newsletter"] = "no";
  EXPECT_EQ(why_no_newsletter(theirs), "wants no newsletters");
  EXPECT_EQ(why_no_newsletter(lead(7, Status::do_not_contact)), "do not contact");
  auto dead = lead();
  dead.values["dead"] = "maria@x.example";
  EXPECT_EQ(why_no_newsletter(dead), "no living address");
}

TEST(Newsletter, IsOnTheTimelineAndChangesNeitherStatusNorWhatIsOwed) {
  const auto before = lead(7, Status::quotation);
  const Newsletter spring{.template_name = "spring", .campaign = "spring-2027", .by = "ana"};
  const auto decision = decide_newsletter(before, newsletter_recipient(before), spring, now() + 60s, rules(), now());
  const auto mail = letter(decision, LetterKind::newsletter);
  EXPECT_EQ(mail.cause, "newsletter:spring-2027:maria@x.example");
  EXPECT_EQ(mail.due, now() + 60s);
  EXPECT_EQ(mail.language, "en");
  const auto left = after(before, decision);
  EXPECT_EQ(left.status(), Status::quotation);
  EXPECT_TRUE(left.owed());
  EXPECT_EQ(left.value("newsletter.last"), "spring-2027");
}

TEST(Newsletter, AnAnswerToItNamesItsCampaignAsWhatBroughtIt) {
  auto before = lead(7, Status::replied);
  before.values["newsletter.last"] = "spring-2027";
  const auto circular = make_token({Purpose::circular, LeadId{7}, {}, "sales"}, rules().tokens, now());
  auto mail = inquiry();
  mail.in_reply_to = {circular + ".0123456789abcdef@acme.example"};
  const auto left = after(before, decide(mail, knowing(before), rules(), now()));
  EXPECT_EQ(left.value("campaign"), "spring-2027");
  EXPECT_EQ(left.status(), Status::open);
  auto plain = inquiry();
  plain.in_reply_to = {token_for("") + ".0123456789abcdef@acme.example"};
  EXPECT_EQ(after(before, decide(plain, knowing(before), rules(), now())).value("campaign"), "");
}

TEST(Newsletter, WhoWantsToLeaveMayDoSoAfterYears) {
  const auto token = make_token({Purpose::unsubscribe, LeadId{7}, {}, "sales"}, rules().tokens, now() - 24h * 700);
  EXPECT_TRUE(verify_token(token, "", "sales", rules().tokens, now()));
  const auto old = make_token({Purpose::circular, LeadId{7}, {}, "sales"}, rules().tokens, now() - 24h * 700);
  EXPECT_FALSE(verify_token(old, "", "sales", rules().tokens, now()));
}

}  // namespace
}  // namespace leadmail::leads
