#include "mail/message/relay.h"

#include <gtest/gtest.h>

#include "mail/message/form.h"
#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

Identity with(std::string_view fields) {
  return read_identity("To: sales@acme.example\r\nSubject: Pumps\r\n" + std::string(fields) + "\r\n\r\nHello\r\n");
}

TEST(Relay, GroupNamesWhoWroteAndWhereHeIsReached) {
  const auto author = read_relay(with("From: 'Jane Doe' via Sales <sales@acme.example>\r\nReply-To: jane@x.example"));
  ASSERT_TRUE(author);
  EXPECT_EQ(author->name, "Jane Doe");
  EXPECT_EQ(author->address, "jane@x.example");
}

TEST(Relay, SiteThatWritesAsItselfHandsOnItsVisitor) {
  const auto author = read_relay(with("From: Acme <sales@acme.example>\r\nReply-To: Jane Doe <jane@x.example>"));
  ASSERT_TRUE(author);
  EXPECT_EQ(author->address, "jane@x.example");
}

TEST(Relay, NameOfASiteIsNotTheVisitors) {
  const auto author = read_relay(with("From: WordPress <wordpress@acme.example>\r\nReply-To: jane@x.example"));
  ASSERT_TRUE(author);
  EXPECT_EQ(author->name, "");
}

TEST(Relay, PersonWithAnotherReplyToIsTheAuthorHimself) {
  EXPECT_FALSE(read_relay(with("From: Jane Doe <jane@x.example>\r\nReply-To: Jane Doe <jane.private@y.example>")));
  EXPECT_FALSE(read_relay(with("From: Jane Doe <jane@x.example>\r\nReply-To: sales@acme.example")));
  EXPECT_FALSE(read_relay(with("From: Jane Doe <jane@x.example>, Bob <bob@x.example>")));
}

TEST(FormData, PairsOfLabelAndValueAreFields) {
  const auto fields = form_values(read_form(
      R"({"form": {"name": "Contact"}, "fields": [{"label": "Full name", "value": "Jane"}, {"label": "Email", "value": "j@x.example"}]})"));
  ASSERT_EQ(fields.size(), 2u);
  EXPECT_EQ(fields.front(), (std::pair<std::string, std::string>("name", "Jane")));
}

TEST(FormData, DealerLeadIsReadWithoutTheDealer) {
  const auto fields = form_values(read_form(
      "<?xml version=\"1.0\"?><adf><prospect><customer><contact><name "
      "part=\"full\">Jane</name><email>j@x.example</email>"
      "<phone>020 7946 0000</phone></contact><comments><![CDATA[12 < 13]]></comments></customer><vendor><contact>"
      "<email>us@acme.example</email></contact></vendor></prospect></adf>"));
  ASSERT_EQ(fields.size(), 4u);
  EXPECT_EQ(fields.at(1).second, "j@x.example");
  EXPECT_EQ(fields.at(3).second, "12 < 13");
}

TEST(FormData, BrokenOrDeepXmlIsNoForm) {
  EXPECT_TRUE(read_form("<?xml version=\"1.0\"?><adf><email>").empty());
  std::string deep = "<?xml version=\"1.0\"?>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_TRUE(read_form(deep).empty());
}

TEST(FormReader, RowOfTheMessageStandsUnlikeTheRowsAboveIt) {
  const auto fields =
      form_values(read_form("Name\tJane\nEmail\tj@x.example\nPhone\t020 7946 0000\nMessage\tHello,\nCity: Leeds\n"));
  ASSERT_EQ(fields.size(), 4u);
  EXPECT_EQ(fields.back().second, "Hello,\nCity: Leeds");
}

}  // namespace
}  // namespace leadmail::mail::message
