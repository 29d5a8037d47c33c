#include "mail/imap/command.h"

#include <gtest/gtest.h>

namespace leadmail::mail::imap {
namespace {

TEST(Command, AStringIsQuotedOrRefused) {
  EXPECT_EQ(quoted("a \"b\" \\c"), "\"a \\\"b\\\" \\\\c\"");
  EXPECT_FALSE(quoted("a\r\nL2 DELETE x"));
  EXPECT_FALSE(quoted(std::string_view("a\0b", 3)));
  EXPECT_FALSE(quoted("\xC3\xA9"));
}

// RFC 3501 §5.1.3
TEST(Command, FolderNamesTravelInModifiedUtf7BothWays) {
  const std::pair<const char*, const char*> names[] = {{"INBOX", "INBOX"},
                                                       {"A&B", "A&-B"},
                                                       {"Entwürfe", "Entw&APw-rfe"},
                                                       {"~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"},
                                                       {"Đã gửi", "&ARAA4w- g&Hu0-i"},
                                                       {"😀", "&2D3eAA-"},
                                                       {"", ""},
                                                       {"a&-b", "a&--b"}};
  for (const auto& [utf8, wire] : names) {
    EXPECT_EQ(to_modified_utf7(utf8), wire);
    EXPECT_EQ(from_modified_utf7(wire), utf8);
  }
}

TEST(Command, WhatIsNoModifiedUtf7IsKept) {
  EXPECT_EQ(from_modified_utf7("Entwürfe"), "Entwürfe");
  EXPECT_EQ(from_modified_utf7("R&D"), "R&D");
  EXPECT_EQ(from_modified_utf7("a &!!- b"), "a &!!- b");
  EXPECT_EQ(from_modified_utf7("&2D0-"), "&2D0-");  // half a pair
  EXPECT_EQ(from_modified_utf7("a\xFF"), "a\xEF\xBF\xBD");
}

// I09
TEST(Command, AFolderNameThatCouldEndTheCommandIsNoArgument) {
  EXPECT_EQ(folder_argument("../../etc/`x`"), "\"../../etc/`x`\"");
  EXPECT_FALSE(folder_argument("a\r\nb"));
  EXPECT_FALSE(folder_argument(std::string_view("a\0b", 3)));
  EXPECT_FALSE(folder_argument(""));
  EXPECT_FALSE(folder_argument(std::string(501, 'x')));
}

TEST(Command, UidSetsAreShortAndNameEachUidOnce) {
  const std::vector<std::uint32_t> some{3, 7, 8, 9, 12};
  EXPECT_EQ(uid_sets(some, 900), std::vector<std::string>{"3,7:9,12"});
  EXPECT_TRUE(uid_sets({}, 900).empty());

  std::vector<std::uint32_t> many;
  for (std::uint32_t uid = 4'000'000'000; uid < 4'000'002'000; uid += 2) many.push_back(uid);
  const auto sets = uid_sets(many, 900);
  std::size_t commas = 0;
  for (const std::string& set : sets) {
    EXPECT_LE(set.size(), 900U);
    commas += static_cast<std::size_t>(std::count(set.begin(), set.end(), ','));
  }
  EXPECT_EQ(commas + sets.size(), many.size());
}

}  // namespace
}  // namespace leadmail::mail::imap
