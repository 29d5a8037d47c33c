#include "mail/message/charset.h"

#include <gtest/gtest.h>

#include <string>

namespace leadmail::mail::message {
namespace {

TEST(Charset, OfEveryLabelThatPeopleWriteIsKnown) {
  struct Case {
    const char* label;
    const char* bytes;
    const char* text;
  };
  for (const auto& [label, bytes, text] : {
           Case{"iso-8859-1", "caf\xE9 \x80", "café €"},  // windows-1252 in truth
           Case{"windows1252", "\x93x\x94", "“x”"},
           Case{"cp-1251", "\xCF\xF0\xE8", "При"},
           Case{"koi8-r", "\xF0\xD2\xC9", "При"},
           Case{"gb2312", "\xC4\xE3\xBA\xC3", "你好"},
           Case{"ks_c_5601-1987", "\xBE\xC8", "안"},
           Case{"shift_jis", "\x82\xA0", "あ"},
           Case{"big5", "\xA7\x41", "你"},
           Case{"euc-jp", "\xA4\xA2", "あ"},
           Case{"iso-2022-jp", "\x1b$B$\"\x1b(B", "あ"},
           Case{"utf-7", "+AOk-", "é"},
           Case{"iso-8859-8-i", "\xF9", "ש"},
           Case{"tis-620", "\xA1", "ก"},
           Case{"\"utf-8\"", "\xC3\xA9", "é"},
           Case{"UTF8", "\xC3\xA9", "é"},
           Case{"unknown-8bit", "caf\xE9", "café"},
           Case{"x-user-defined", "\xC3\xA9", "é"},
           Case{"", "\xE9", "é"},
           Case{"utf-8", "caf\xE9", "café"},  // not one good character: the label is wrong
       }) {
    EXPECT_EQ(to_utf8(bytes, label), text) << label;
  }
}

TEST(Charset, IsDoubtedWhenTheTextIsValidUtf8) {
  EXPECT_EQ(to_utf8("caf\xC3\xA9", "us-ascii"), "café");
  EXPECT_EQ(to_utf8("caf\xC3\xA9", "iso-8859-1"), "café");
  EXPECT_EQ(to_utf8("\xC4\xE3", "gbk"), "你") << "but not where two bytes may be either";
}

TEST(Charset, JapaneseOfEightBitsIsNotWhatItsSevenBitLabelSays) {
  EXPECT_EQ(to_utf8("\xBC\xA1\xA4\xCE\xA4\xA2 (s)", "iso-2022-jp"), "次のあ (s)");
  EXPECT_EQ(to_utf8("\x8E\x9F\x82\xCC\x82\xA0 (s)", "iso-2022-jp"), "次のあ (s)");
  EXPECT_EQ(to_utf8("次のあ", "iso-2022-jp"), "次のあ");
}

TEST(Charset, OutputIsValidWhateverComesIn) {
  EXPECT_EQ(to_utf8("gut \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 b\xFFse", "utf-8"), "gut ééééé b\xEF\xBF\xBDse");
  EXPECT_FALSE(is_valid_utf8("\xC0\x80")) << "overlong";
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80")) << "surrogate";
  EXPECT_FALSE(is_valid_utf8("\xF4\x90\x80\x80")) << "beyond Unicode";
  EXPECT_EQ(repair_utf8(std::string_view("a\0b", 3)), "ab");
  std::string all;
  for (int i = 0; i < 65536; ++i) all.push_back(static_cast<char>(i * 7 + i / 256));
  for (const char* label :
       {"utf-8", "utf-16", "utf-16le", "utf-32", "gb18030", "big5", "shift_jis", "iso-2022-jp", "iso-2022-kr",
        "hz-gb-2312", "utf-7", "euc-kr", "nonsense", "cp1252", "ibm-1047", "scsu", ""}) {
    EXPECT_TRUE(is_valid_utf8(to_utf8(all, label))) << label;
  }
}

TEST(Charset, CutsTextBetweenCharacters) {
  EXPECT_EQ(utf8_prefix("aéb", 2), "a");
  EXPECT_EQ(utf8_prefix("aéb", 3), "aé");
  EXPECT_EQ(utf8_prefix("ab", 9), "ab");
}

}  // namespace
}  // namespace leadmail::mail::message
