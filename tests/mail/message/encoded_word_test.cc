#include "mail/message/encoded_word.h"

#include <gtest/gtest.h>

#include "mail/message/charset.h"

namespace leadmail::mail::message {
namespace {

TEST(EncodedWord, IsDecodedAsRfc2047Says) {
  EXPECT_EQ(decode_words("=?ISO-8859-1?Q?a?= b"), "a b");
  EXPECT_EQ(decode_words("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?="), "ab");
  EXPECT_EQ(decode_words("=?ISO-8859-1?Q?a_b?="), "a b");
  EXPECT_EQ(decode_words("=?utf-8?B?w6TDtsO8?="), "äöü");
  EXPECT_EQ(decode_words("=?utf-8*en?q?caf=C3=A9?="), "café");
  EXPECT_EQ(decode_words("no words here"), "no words here");
}

TEST(EncodedWord, SplitInsideACharacterIsJoinedBeforeItIsConverted) {
  EXPECT_EQ(decode_words("=?utf-8?Q?caf=C3?= =?UTF-8?Q?=A9?="), "café");
  EXPECT_EQ(decode_words("=?utf-8?B?w6TD?=\t=?utf-8?B?tg==?="), "äö");
}

TEST(EncodedWord, InAStatefulCharsetBeginsAnewEachTime) {
  EXPECT_EQ(decode_words("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?= =?ISO-2022-JP?B?GyRCOGwbKEI=?="), "日本語");
}

TEST(EncodedWord, IsReadHoweverItIsBroken) {
  EXPECT_EQ(decode_words("=?q?a=2C_b?="), "=?q?a=2C_b?=") << "no charset, no encoding: no word";
  EXPECT_EQ(decode_words("\"=?utf-8?q?a=2C_b?=\""), "\"a, b\"");
  EXPECT_EQ(decode_words("Re:=?utf-8?q?caf=C3=A9?=!"), "Re:café!");
  EXPECT_EQ(decode_words("=?utf-8?q?blanks in it?="), "blanks in it");
  EXPECT_EQ(decode_words("=?utf-8?Q?never =C3=A9 closed"), "never é closed");
  EXPECT_EQ(decode_words("=?utf8?b?w6k?="), "é") << "padding left out, charset misspelt";
  EXPECT_EQ(decode_words("=?utf-8?Q?what=3F?="), "what?");
  EXPECT_EQ(decode_words("=?x-unknown?Q?caf=E9?="), "café");
  EXPECT_EQ(decode_words("=?us-ascii?Q?caf=C3=A9?="), "café") << "valid UTF-8 is UTF-8 whatever the label";
  EXPECT_EQ(decode_words("caf\xC3\xA9"), "café");
  EXPECT_EQ(decode_words("caf\xE9"), "café") << "raw windows-1252";
}

TEST(EncodedWord, NeverBringsALineBreakIntoAHeader) {
  EXPECT_EQ(decode_words("=?utf-8?Q?a=0D=0ABcc:_evil@x.example?="), "a Bcc: evil@x.example");
  EXPECT_EQ(decode_words("=?utf-8?B?YQ0KQmNjOiBldmls?="), "a Bcc: evil");
  EXPECT_EQ(decode_words("a\r\n b\tc"), "a b c");
}

TEST(EncodedWord, IsAlwaysValidUtf8AndLinear) {
  EXPECT_TRUE(is_valid_utf8(decode_words("=?utf-8?Q?=C3?= x =?big5?Q?=FF=FF?= \xFF\xFE")));
  std::string many;
  for (int i = 0; i < 30000; ++i) many += "=?a?q?";
  EXPECT_FALSE(decode_words(many).empty());
  std::string open;
  for (int i = 0; i < 30000; ++i) open += "=?";
  EXPECT_EQ(decode_words(open), open);
}

}  // namespace
}  // namespace leadmail::mail::message
