#include "mail/message/tnef.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "mail/message/parse.h"
#include "mail/message/rtf.h"

namespace leadmail::mail::message {
namespace {

std::string number(std::uint64_t value, std::size_t width) {
  std::string bytes;
  for (std::size_t i = 0; i < width; ++i) bytes.push_back(static_cast<char>(value >> (8 * i) & 0xFFU));
  return bytes;
}

std::string attribute(unsigned level, std::uint32_t id, const std::string& value) {
  return number(level, 1) + number(id, 4) + number(value.size(), 4) + value + number(0, 2);
}

std::string property(std::uint16_t type, std::uint16_t id, const std::string& value) {
  return number(type, 2) + number(id, 2) + number(1, 4) + number(value.size(), 4) + value +
         std::string((4 - value.size() % 4) % 4, '\0');
}

std::string tnef(const std::string& attributes) { return number(0x223E9F78, 4) + number(1, 2) + attributes; }

std::string file(const std::string& title, const std::string& content, const std::string& properties = {}) {
  return attribute(2, 0x00069002, std::string(14, '\0')) + attribute(2, 0x00018010, title + '\0') +
         attribute(2, 0x0006800F, content) +
         (properties.empty() ? "" : attribute(2, 0x00069005, number(1, 4) + properties));
}

TEST(Tnef, GivesItsFilesWithTheirLongNames) {
  const std::string utf16("\xE9\0.\0p\0d\0f\0\0\0", 12);
  const std::string bytes = tnef(file("A.TXT", "hello") + file("B~1.PDF", "pdf", property(0x001F, 0x3707, utf16)));
  const auto read = read_tnef(bytes, 1000);
  ASSERT_EQ(read.files.size(), 2U);
  EXPECT_EQ(read.files[0].name, "A.TXT");
  EXPECT_EQ(read.files[0].content, "hello");
  EXPECT_EQ(read.files[1].name, "é.pdf");
  EXPECT_FALSE(read.damaged);
}

TEST(Tnef, GivesItsText) {
  EXPECT_EQ(read_tnef(tnef(attribute(1, 0x0002800C, "caf\xE9")), 1000).text, "café");
  EXPECT_EQ(
      read_tnef(tnef(attribute(1, 0x00069003, number(1, 4) + property(0x001E, 0x1000, std::string("body\0", 5)))), 1000)
          .text,
      "body");
  EXPECT_EQ(read_tnef(tnef(attribute(1, 0x00069003, number(1, 4) + property(0x0102, 0x1013, "<p>html"))), 1000).html,
            "<p>html");
  const std::string rtf = "{\\rtf1\\ansi hello\\par there}";
  const std::string stored =
      number(rtf.size() + 12, 4) + number(rtf.size(), 4) + number(0x414C454D, 4) + number(0, 4) + rtf;
  EXPECT_EQ(read_tnef(tnef(attribute(1, 0x00069003, number(1, 4) + property(0x0102, 0x1009, stored))), 1000).text,
            "hello\nthere");
}

TEST(Tnef, IsTheBodyWhereTheMailHasNoOther) {
  const auto content =
      parse("Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
            tnef(attribute(1, 0x0002800C, "The body.") + file("a.pdf", "x")));
  EXPECT_EQ(content.text, "The body.");
  ASSERT_EQ(content.attachments.size(), 2U);
  EXPECT_EQ(content.attachments[1].filename, "a.pdf");
}

TEST(Tnef, LengthsThatLieEndTheReading) {
  const std::string bytes = tnef(file("A.TXT", "hello") + file("B.TXT", "world", property(0x001E, 0x3707, "x")));
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) (void)read_tnef(std::string_view(bytes).substr(0, cut), 1000);
  for (std::size_t at = 6; at + 4 <= bytes.size(); ++at) {
    std::string broken = bytes;
    broken.replace(at, 4, "\xFF\xFF\xFF\xFF");
    (void)read_tnef(broken, 1000);
  }
  EXPECT_TRUE(read_tnef("no tnef", 1000).damaged);
  EXPECT_TRUE(read_tnef(bytes.substr(0, bytes.size() - 9), 1000).damaged);
}

TEST(Rtf, IsReadAsText) {
  EXPECT_EQ(read_rtf("{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}a\\'e9\\tab\\u8364 ?b\\par c\\{d\\}}").text, "aé\t€b\nc{d}");
  EXPECT_EQ(read_rtf("{\\rtf1\\ansicpg1251 \\'cf\\'f0}").text, "Пр");
  EXPECT_EQ(read_rtf("{\\rtf1{\\*\\generator x;}a}").text, "a");
  EXPECT_EQ(read_rtf("no rtf").text, "");
}

TEST(Rtf, GivesTheHtmlThatItWraps) {
  const auto html = read_rtf(
      "{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 1 < 2\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 "
      "</p>}}");
  EXPECT_TRUE(html.is_html);
  EXPECT_EQ(html.text, "<p>1 &lt; 2</p>");
}

// The example of MS-OXRTFCP §3.1.1.
TEST(Rtf, IsUnpacked) {
  const std::string packed(
      "\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67\x31\x32\x35\x42"
      "\x32\x0a\xf3\x20"
      "\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0",
      49);
  EXPECT_EQ(decompress_rtf(packed, 1000), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
  EXPECT_EQ(decompress_rtf(packed, 5)->size(), 5U);
  for (std::size_t cut = 0; cut < packed.size(); ++cut)
    (void)decompress_rtf(std::string_view(packed).substr(0, cut), 1000);
  EXPECT_FALSE(decompress_rtf("short", 1000));
}

}  // namespace
}  // namespace leadmail::mail::message
