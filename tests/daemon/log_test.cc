#include "daemon/log.h"

#include <gmock/gmock.h>
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

TEST(MaskAddresses, TakesOutWhoIsNamedAndLeavesTheRest) {
  EXPECT_EQ(mask_addresses("550 5.1.1 <maria@x.example>: no such user"), "550 5.1.1 <(address)>: no such user");
  EXPECT_EQ(mask_addresses("a@b and c.d+e@f.g"), "(address) and (address)");
  EXPECT_EQ(mask_addresses("\"María Pérez\"@x.example gone"), "(address) gone");
  EXPECT_EQ(mask_addresses("jürgen@bücher.example, x"), "(address), x");
  EXPECT_EQ(mask_addresses("to=user@[192.0.2.1]"), "(address)");
  EXPECT_EQ(mask_addresses("id <20261122.7@host.example>"), "id <(address)>");
}

TEST(MaskAddresses, LeavesWhatIsNone) {
  for (const char* text : {"", "@", "a @ b", "@home", "user@", "450 4.2.1 try later", "\"@", "no at sign"}) {
    EXPECT_EQ(mask_addresses(text), text);
  }
}

TEST(MaskAddresses, IsQuickOnWhatIsMadeToBeSlow) {
  const std::string quotes(200'000, '"');
  std::string signs;
  for (int i = 0; i < 100'000; ++i) signs += "\"@";
  EXPECT_EQ(mask_addresses(quotes), quotes);
  EXPECT_FALSE(mask_addresses(signs).empty());
  EXPECT_FALSE(mask_addresses(std::string(200'000, '@')).empty());
}

struct LogRecord : testing::Test {
  ~LogRecord() override {
    set_log_personal(false);
    set_log_level(Level::info);
  }
  template <typename Write>
  static std::string told(const Write& write) {
    testing::internal::CaptureStderr();
    write();
    return testing::internal::GetCapturedStderr();
  }
  static std::string of_a_mail() {
    return told([] {
      log("intake-committed", "lead L-7", {{"LEAD", "L-7"}, {"UID", ""}, {"MESSAGE", "q1@far.example"}},
          "subject Bombas of maria@far.example");
    });
  }
};

TEST_F(LogRecord, HasTheLevelOfItsIdAndTellsOfNobody) {
  EXPECT_EQ(of_a_mail(), "<6>intake-committed: lead L-7 LEAD=L-7 MESSAGE=81b946ac9fa3e8ac\n");
}

TEST_F(LogRecord, TellsAllWhereThatIsAllowed) {
  set_log_personal(true);
  EXPECT_EQ(of_a_mail(),
            "<6>intake-committed: lead L-7: subject Bombas of maria@far.example LEAD=L-7 MESSAGE=q1@far.example\n");
}

TEST_F(LogRecord, SaysNothingTwice) {
  set_log_personal(true);
  EXPECT_EQ(told([] { log("smtp-delivered", "250 2.0.0", {}, "250 2.0.0 queued as 7"); }),
            "<6>smtp-delivered: 250 2.0.0 queued as 7\n");
}

TEST_F(LogRecord, OfAnUnknownIdIsAnErrorAndNeverLost) {
  set_log_level(Level::error);
  EXPECT_EQ(told([] { log("no-such-id", "something"); }), "<3>no-such-id: something\n");
  EXPECT_EQ(told([] { log("imap-trouble", "below the level"); }), "");
}

TEST_F(LogRecord, AboveInfoIsCountedByItsIdEvenWhereItIsNotWritten) {
  set_log_level(Level::error);
  const auto before = log_counts()["imap-trouble"].records;
  told([] { log("imap-trouble", "cut off"); });
  told([] { log("imap-state", "watching"); });
  EXPECT_EQ(log_counts()["imap-trouble"].records, before + 1);
  EXPECT_FALSE(log_counts().contains("imap-state"));
}

}  // namespace
}  // namespace leadmail::daemon
