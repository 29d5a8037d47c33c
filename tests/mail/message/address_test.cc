#include "mail/message/address.h"

#include <gtest/gtest.h>

#include <string>

namespace leadmail::mail::message {
namespace {

/// "Name <address>; Name <address>" and what had to be said about it.
std::string describe(std::string_view value) {
  const auto list = read_addresses(value);
  std::string text;
  for (const auto& address : list.addresses) {
    if (!text.empty()) text += "; ";
    text += address.name + "<" + address.address + ">";
  }
  if (list.has_group) text += " group";
  if (list.has_encoded_address) text += " encoded";
  if (list.is_damaged) text += " damaged";
  if (list.is_truncated) text += " truncated";
  return text;
}

TEST(Address, TheDotAtTheEndOfADomainIsNoPartOfIt) {
  EXPECT_EQ(normal_address("Ann@Far.Example."), "Ann@far.example");
  EXPECT_EQ(read_addresses("Ann <ann@far.example.>").addresses.at(0).address, "ann@far.example");
  for (const auto* const odd : {"ann@far.example..", "ann@.", "ann."}) EXPECT_EQ(normal_address(odd), odd);
}

TEST(Address, IsReadInAllItsOrdinarySpellings) {
  EXPECT_EQ(describe("a@b.example"), "<a@b.example>");
  EXPECT_EQ(describe("<a@B.Example>"), "<a@b.example>");
  EXPECT_EQ(describe("Ann Lee <Ann@b.example>"), "Ann Lee<Ann@b.example>");
  EXPECT_EQ(describe("\"Lee, Ann\" <a@b.example>, Bob <b@b.example>"), "Lee, Ann<a@b.example>; Bob<b@b.example>");
  EXPECT_EQ(describe("a@b.example (Ann Lee)"), "Ann Lee<a@b.example>");
  EXPECT_EQ(describe("=?utf-8?Q?Andr=C3=A9?= <a@b.example>"), "André<a@b.example>");
  EXPECT_EQ(describe("\"=?utf-8?Q?Andr=C3=A9?=\" <a@b.example>"), "André<a@b.example>");
  EXPECT_EQ(describe("\"john doe\"@b.example"), "<\"john doe\"@b.example>");
  EXPECT_EQ(describe("Ann <@relay.example,@other.example:a@b.example>"), "Ann<a@b.example>");
  EXPECT_EQ(describe("ann@bücher.example"), "<ann@bücher.example>");
}

TEST(Address, OfAGroupCountsAndTheGroupIsToldApart) {
  EXPECT_EQ(describe("undisclosed-recipients:;"), " group");
  EXPECT_EQ(describe("undisclosed-recipients:"), " group");
  EXPECT_EQ(describe("g:"), " group");
  EXPECT_EQ(describe(": :"), " group");
  EXPECT_EQ(describe("a@b.example, g:"), "<a@b.example> group");
  EXPECT_EQ(describe("g: a@b.example"), "<a@b.example> group");
  EXPECT_EQ(describe("Team: Ann <a@b.example>, b@b.example;, c@c.example"),
            "Ann<a@b.example>; <b@b.example>; <c@c.example> group");
}

TEST(Address, SurvivesWhatProgramsGetWrong) {
  EXPECT_EQ(describe("Lee, Ann <a@b.example>"), "Lee, Ann<a@b.example>");
  EXPECT_EQ(describe("'a@b.example' <a@b.example>"), "a@b.example<a@b.example>");
  EXPECT_EQ(describe("Ann <a@b.example"), "Ann<a@b.example> damaged");
  EXPECT_EQ(describe("Ann <a@b.example, Bob <b@b.example>"), "Ann<a@b.example>; Bob<b@b.example> damaged");
  EXPECT_EQ(describe("\"Ann <a@b.example>"), "Ann<a@b.example> damaged");
  EXPECT_EQ(describe("Ann Lee a@b.example"), "Ann Lee<a@b.example> damaged");
  EXPECT_EQ(describe("a@b.example; c@d.example"), "<a@b.example>; <c@d.example>");
  EXPECT_EQ(describe("a@b.example c@d.example"), "<a@b.example>; <c@d.example> damaged");
  EXPECT_EQ(describe("Dr. A. Lee, Jr. <a@b.example>"), "Dr. A. Lee, Jr.<a@b.example>");
  EXPECT_EQ(describe("<mailto:a@b.example>"), "<a@b.example>");
  EXPECT_EQ(describe("MAILER-DAEMON <>"), "MAILER-DAEMON<> damaged");
  EXPECT_EQ(describe("jdoe@test   . example"), "<jdoe@test.example>");
}

TEST(Address, ThatHidesInAnEncodedWordIsReadButNeverTaken) {
  EXPECT_EQ(describe("=?utf-8?Q?Ann_=3Ca=40b.example=3E?="), "Ann<a@b.example> encoded");
  EXPECT_EQ(describe("<=?utf-8?Q?rep?=@b.example>"), "<rep@b.example> encoded");
  EXPECT_EQ(describe("\"rep@us.example\" <evil@x.example>"), "rep@us.example<evil@x.example>");
  EXPECT_EQ(describe("<rep@us.example>evil@x.example"), "<rep@us.example>; <evil@x.example> damaged");
}

TEST(Address, ListsAreBoundedAndTakeNoTime) {
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "u" + std::to_string(i) + "@x.example,";
  const auto list = read_addresses(many, 1000);
  EXPECT_EQ(list.addresses.size(), 1000U);
  EXPECT_TRUE(list.is_truncated);

  std::string open;
  for (int i = 0; i < 20000; ++i) open += "a(((\"<@b, ";
  EXPECT_LE(read_addresses(open).addresses.size(), 1000U);
}

}  // namespace
}  // namespace leadmail::mail::message
