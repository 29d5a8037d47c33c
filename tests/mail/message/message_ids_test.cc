#include "mail/message/message_ids.h"

#include <gtest/gtest.h>

namespace leadmail::mail::message {
namespace {

using Ids = std::vector<std::string>;

TEST(MessageIds, AreReadInOrder) {
  EXPECT_EQ(read_message_ids("<a@x> <b@x>\t<c@x>"), (Ids{"a@x", "b@x", "c@x"}));
  EXPECT_EQ(read_message_ids("<a@x><b@x>,<c@x>"), (Ids{"a@x", "b@x", "c@x"}));
  EXPECT_EQ(read_message_ids("Your message of Monday <a@x> (Ann)"), (Ids{"a@x"}));
  EXPECT_EQ(read_message_ids("a@x, b@x"), (Ids{"a@x", "b@x"}));
  EXPECT_EQ(read_message_ids(""), Ids{});
}

TEST(MessageIds, SurviveFoldingAndForgottenBrackets) {
  EXPECT_EQ(read_message_ids("<a\r\n b@x>"), (Ids{"ab@x"}));
  EXPECT_EQ(read_message_ids("<a@x <b@x>"), (Ids{"a@x", "b@x"}));
  EXPECT_EQ(read_message_ids("=?utf-8?Q?=3Ca=40x=3E?="), (Ids{"a@x"}));
}

TEST(MessageIds, AreBoundedAndTheLastOnesAreKept) {
  std::string many;
  for (int i = 0; i < 100000; ++i) many += "<" + std::to_string(i) + "@x>";
  const auto ids = read_message_ids(many, 1000);
  ASSERT_EQ(ids.size(), 1000U);
  EXPECT_EQ(ids.back(), "99999@x");
  EXPECT_TRUE(read_message_ids("<" + std::string(5000, 'a') + "@x>").empty()) << "no line of a mail is that long";
}

TEST(MessageIds, OfAMessageIsNeverInvented) {
  EXPECT_EQ(read_message_id("<a@x>"), "a@x");
  EXPECT_EQ(read_message_id("a@x"), "a@x");
  EXPECT_EQ(read_message_id("no-at-sign"), "no-at-sign");
  EXPECT_EQ(read_message_id("<>"), "");
  EXPECT_EQ(read_message_id(""), "");
}

}  // namespace
}  // namespace leadmail::mail::message
