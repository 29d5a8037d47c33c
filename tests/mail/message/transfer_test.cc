#include "mail/message/transfer.h"

#include <gtest/gtest.h>

#include "mail/message/encode_body.h"

namespace leadmail::mail::message {
namespace {

TEST(Transfer, Base64IsReadWithEverythingThatGetsIntoIt) {
  EXPECT_EQ(decode("aGVsbG8=", Encoding::base64), "hello");
  EXPECT_EQ(decode("aGVs\r\nbG8=\r\n", Encoding::base64), "hello");
  EXPECT_EQ(decode("aGVsbG8", Encoding::base64), "hello") << "padding left out";
  EXPECT_EQ(decode("aGVs{bG8=", Encoding::base64), "hello") << "mimetic's table ends before this sign";
  EXPECT_EQ(decode("aGVsbG8=aGVsbG8=", Encoding::base64), "hellohello") << "two encoded pieces in a row";
  EXPECT_EQ(decode("aGVsbG8====", Encoding::base64), "hello");
  EXPECT_EQ(decode("a", Encoding::base64), "");
  EXPECT_EQ(decode("", Encoding::base64), "");
}

TEST(Transfer, WordsBehindBase64AreNoBase64) {
  std::string text;
  const auto decoded = decode("aGVsbG8=\n-- \nThe list's footer, in plain text\n", Encoding::base64,
                              [&](std::string_view piece) { text += piece; });
  EXPECT_EQ(text, "hello");
  EXPECT_FALSE(decoded.clean);
  EXPECT_EQ(decoded.trailing, 9U);
  EXPECT_EQ(decode("aGVsbG8= ignored", Encoding::base64), "hello");
}

TEST(Transfer, QuotedPrintableIsReadWithEverythingThatGetsIntoIt) {
  EXPECT_EQ(decode("caf=C3=A9", Encoding::quoted_printable), "caf\xC3\xA9");
  EXPECT_EQ(decode("caf=c3=a9=\r\n au lait", Encoding::quoted_printable), "caf\xC3\xA9 au lait");
  EXPECT_EQ(decode("soft =  \r\nbreak", Encoding::quoted_printable), "soft break") << "blanks behind a soft break";
  EXPECT_EQ(decode("blanks   \r\nend", Encoding::quoted_printable), "blanks\r\nend");
  EXPECT_EQ(decode("1+1=2 =ZZ =", Encoding::quoted_printable), "1+1=2 =ZZ ");
  EXPECT_EQ(decode("\x01\x02", Encoding::quoted_printable), "\x01\x02");
}

TEST(Transfer, SizesAreExactWhereverAPieceEnds) {
  for (const std::size_t size : {0U, 1U, 2U, 3U, 36863U, 36864U, 36865U, 100000U, 147456U}) {
    std::string encoded;
    for (std::size_t i = 0; i + 3 <= size; i += 3) {
      encoded += "QUJD";
      if (i % 57 == 54) encoded += "\r\n";
    }
    if (size % 3 == 1) encoded += "QQ==";
    if (size % 3 == 2) encoded += "QUI=";
    std::size_t seen = 0;
    decode(encoded, Encoding::base64, [&](std::string_view piece) { seen += piece.size(); });
    EXPECT_EQ(seen, size);
  }
}

TEST(Transfer, Base64SaysTheSameHoweverItsLinesAreBroken) {
  std::string bytes;
  for (std::size_t i = 0; i < 20'000; ++i) bytes += static_cast<char>(i * 2654435761U >> 13U);
  const auto letters = encode_base64(bytes);
  for (const std::size_t width : {1U, 2U, 3U, 4U, 61U, 64U, 75U, 76U, 77U, 998U, 4095U, 4096U, 4097U, 30'000U}) {
    for (const std::string_view end : {"\r\n", "\n", " \r\n", "\r\n\r\n", "\r\n\t"}) {
      std::string text;
      for (std::size_t at = 0; at < letters.size(); at += width) (text += letters.substr(at, width)) += end;
      ASSERT_EQ(decode(text, Encoding::base64), bytes) << "lines of " << width;
    }
  }
}

TEST(Transfer, UuencodedLinesThatSayMoreThanTheyHoldDoNotGrow) {
  const auto file = [](std::size_t lines) {
    std::string text = "begin 644 zero.bin\n";
    for (std::size_t i = 0; i < lines; ++i) text += "&\n";
    return text;
  };
  EXPECT_EQ(decode(file(3), Encoding::uuencode), std::string(18, '\0')) << "blanks lost at the end of lines";
  EXPECT_LE(decode(file(100'000), Encoding::uuencode).size(), 200'200U);
}

TEST(Transfer, LimitEndsTheWorkEarly) {
  std::string huge;
  huge.resize(10'000'000, 'a');
  EXPECT_EQ(decode(huge, Encoding::quoted_printable, 1000).size(), 1000U);
  EXPECT_EQ(decode(huge, Encoding::base64, 1000).size(), 1000U);
  EXPECT_EQ(decode(huge, Encoding::identity, 1000).size(), 1000U);
}

TEST(Transfer, EncodingIsNamedInManyWays) {
  EXPECT_EQ(read_encoding("BASE64"), Encoding::base64);
  EXPECT_EQ(read_encoding(" \"base64\";"), Encoding::base64);
  EXPECT_EQ(read_encoding("Quoted-Printable (really)"), Encoding::quoted_printable);
  EXPECT_EQ(read_encoding("8bit"), Encoding::identity);
  EXPECT_EQ(read_encoding("(comment) quoted-printable"), Encoding::quoted_printable);
  EXPECT_EQ(read_encoding("X-UUEncode"), Encoding::uuencode);
  EXPECT_FALSE(is_known_encoding("x-yencode"));
}

}  // namespace
}  // namespace leadmail::mail::message
