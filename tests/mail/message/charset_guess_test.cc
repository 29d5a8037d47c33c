// Text whose label is missing or wrong, and labels that only mail programs know.
#include "mail/message/charset_guess.h"

#include <gtest/gtest.h>

#include "mail/message/charset.h"
#include "mail/message/charset_label.h"

namespace leadmail::mail::message {
namespace {

TEST(CharsetLabel, KnowsWhatMailProgramsWrite) {
  EXPECT_EQ(charset_name("ks_c_5601-1987"), "windows-949");
  EXPECT_EQ(charset_name("x-sjis"), "windows-31j");
  EXPECT_EQ(charset_name("\"utf-8;\""), "utf-8");
  EXPECT_EQ(charset_name("utf8*en"), "utf-8");
  EXPECT_EQ(charset_name("csISO88598I"), "iso-8859-8");
  EXPECT_EQ(charset_name("cp50220"), "iso-2022-jp");
  EXPECT_EQ(charset_name("1251"), "windows-1251");
  EXPECT_EQ(charset_name("microsoft-cp1251"), "windows-1251");
  EXPECT_EQ(charset_name("TCVN5712-1"), "tcvn5712");
  EXPECT_EQ(charset_name("unknown-8bit"), "");
  EXPECT_EQ(charset_name("x-nonsense"), "");
  EXPECT_EQ(charset_name("99999999999999999999"), "");
}

TEST(CharsetGuess, WesternTextStaysWestern) {
  for (const char* text :
       {"Informa\xE7\xF5"
        "es sobre cota\xE7\xF5"
        "es e condi\xE7\xF5"
        "es",
        "Stra\xDF"
        "e der \xD6sterreicher, Gr\xFC\xDF"
        "e",
        "\xBFQu\xE9 a\xF1o?", "na\xEFve caf\xE9", "\xC0 la carte", "\x93quoted\x94 \x96 100 \x80", "\xE9"}) {
    EXPECT_EQ(guess_charset(text), "windows-1252") << text;
  }
}

TEST(CharsetGuess, KnowsPairsAndAlphabets) {
  EXPECT_EQ(to_utf8("\xCD\xF5\xD0\xA1\xC3\xF7", ""), "王小明");
  EXPECT_EQ(to_utf8("\xEE\xCF\xC5\xD4 \xD7 \xCD\xCF\xD3\xCB\xD7\xC5", ""), "Ноет в москве");
  EXPECT_EQ(to_utf8("\xE1\xE3\xE1\xF0\xE7\xF4\xEF\xDF \xF6\xDF\xEB\xEF\xE9", ""), "αγαπητοί φίλοι");
}

TEST(CharsetGuess, LabelsThatLieAreNotBelieved) {
  EXPECT_TRUE(read_charset("\xD0\x9F\xD1\x80\xD0\xB8", "koi8-r").doubted);
  EXPECT_EQ(to_utf8("\xD0\x9F\xD1\x80\xD0\xB8", "koi8-r"), "При");
  EXPECT_EQ(to_utf8(std::string("h\0i\0\n\0", 6), "utf-16"), "hi\n");
  EXPECT_EQ(to_utf8("plain", "utf-16"), "plain");
  EXPECT_EQ(to_utf8("\xEF\xBB\xBFhi", "us-ascii"), "hi");
  EXPECT_EQ(to_utf8("\xED\xA0\xBD\xED\xB8\x80", "utf-8"), "😀");
  EXPECT_FALSE(read_charset("caf\xE9", "iso-8859-1").doubted);
}

TEST(CharsetGuess, VietnameseLettersAreWhole) {
  EXPECT_EQ(to_utf8("Ti\xEA\xECng Vi\xEA\xF2t", "windows-1258"), "Tiếng Việt");
  EXPECT_EQ(to_utf8("Ti\xAAng Vi\xAEt", "viscii"), "Tiếng Việt");
}

}  // namespace
}  // namespace leadmail::mail::message
