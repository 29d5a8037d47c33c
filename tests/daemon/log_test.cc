#include "daemon/log.h"

#include <gtest/gtest.h>

namespace leadmail::daemon {
namespace {

TEST(Log, NoLineOfAMailBecomesALineOfTheLog) {
  EXPECT_EQ(escape_for_log("hello\n<6>leadmaild: forged"), "hello\\x0a<6>leadmaild: forged");
  EXPECT_EQ(escape_for_log("\x1b[31mred\x1b[0m"), "\\x1b[31mred\\x1b[0m");
}

TEST(Log, TextThatTurnsAroundIsShownAsItIs) { EXPECT_EQ(escape_for_log("a\u202Egpj.exe"), "a\\u{202e}gpj.exe"); }

TEST(Log, DamagedUtf8StaysReadable) {
  EXPECT_EQ(escape_for_log("caf\xe9 m\xc3\xa1s"), "caf\\xe9 más");
  EXPECT_EQ(escape_for_log(std::string("a\0b", 3)), "a\\x00b");
}

TEST(Log, ALongTextIsCut) { EXPECT_LE(escape_for_log(std::string(100'000, 'x')).size(), 1010U); }

}  // namespace
}  // namespace leadmail::daemon
