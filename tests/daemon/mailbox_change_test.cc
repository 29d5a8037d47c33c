#include "daemon/mailbox_change.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace leadmail::daemon {
namespace {

using ::testing::HasSubstr;

MailboxConfig mailbox(std::string name) {
  MailboxConfig config;
  config.name = name;
  config.imap.host = "imap.acme.example";
  config.smtp.host = "smtp.acme.example";
  config.user = name + "@acme.example";
  config.password_file = "/etc/leadmail/" + name + ".pw";
  return config;
}

Config config(std::vector<MailboxConfig> mailboxes) {
  Config all;
  all.store_path = "/var/lib/leadmail/leadmail.db";
  for (const auto& one : mailboxes) all.rules.mailboxes.push_back({.name = one.name, .address = one.user});
  all.mailboxes = std::move(mailboxes);
  return all;
}

std::string why_not(const Config& before, const Config& after) {
  const auto allowed = may_follow(before, after);
  return allowed ? "" : allowed.error().what;
}

TEST(MailboxChange, OfServersFoldersLoginAndPaceBeginsTheWatchAnew) {
  const auto before = mailbox("sales");
  EXPECT_TRUE(watches_alike(before, before));
  using Change = void (*)(MailboxConfig&);
  const Change changes[] = {[](MailboxConfig& to) { to.imap.host = "other.example"; },
                            [](MailboxConfig& to) { to.imap.port = 993; },
                            [](MailboxConfig& to) { to.imap.ca_file = "/etc/ca.pem"; },
                            [](MailboxConfig& to) { to.user = "another"; },
                            [](MailboxConfig& to) { to.password_file = "/etc/other.pw"; },
                            [](MailboxConfig& to) { to.credential = "sales"; },
                            [](MailboxConfig& to) { to.inbox = "Leads"; },
                            [](MailboxConfig& to) { to.sent = ""; },
                            [](MailboxConfig& to) { to.idle_time = std::chrono::minutes{5}; }};
  for (const auto change : changes) {
    auto after = before;
    change(after);
    EXPECT_FALSE(watches_alike(before, after));
  }
}

TEST(MailboxChange, OfWhatIsReadEachTimeTouchesNoConnection) {
  const auto before = mailbox("sales");
  auto after = before;
  after.processed.then = Processed::Then::seen;
  after.trusted_authserv = {"mx.acme.example"};
  after.mails_a_minute = 7;
  EXPECT_TRUE(watches_alike(before, after));
  EXPECT_TRUE(sends_alike(before, after));
}

TEST(MailboxChange, OfOneServerLeavesTheOtherAlone) {
  const auto before = mailbox("sales");
  auto after = before;
  after.smtp.host = "other.example";
  EXPECT_TRUE(watches_alike(before, after));
  EXPECT_FALSE(sends_alike(before, after));
}

TEST(MailboxChange, MailboxesMayComeAndGo) {
  EXPECT_EQ(why_not(config({mailbox("sales")}), config({mailbox("sales"), mailbox("support")})), "");
  EXPECT_EQ(why_not(config({mailbox("sales"), mailbox("support")}), config({mailbox("sales")})), "");
  EXPECT_EQ(why_not(config({mailbox("sales")}), config({mailbox("support")})), "")
      << "another account, another mailbox";
}

TEST(MailboxChange, AMailboxThatIsOnlyCalledOtherwiseIsRefused) {
  auto renamed = mailbox("sales");
  renamed.name = "ventas";
  EXPECT_THAT(why_not(config({mailbox("sales")}), config({renamed})), HasSubstr("sales is called ventas now"));
}

TEST(MailboxChange, AnAddressMayChangeWhenTheOldOneStaysOurs) {
  auto after = config({mailbox("sales")});
  after.rules.mailboxes[0].address = "hello@acme.example";
  EXPECT_THAT(why_not(config({mailbox("sales")}), after), HasSubstr("keep sales@acme.example in its aliases"));
  after.rules.mailboxes[0].aliases = {"sales@acme.example"};
  EXPECT_EQ(why_not(config({mailbox("sales")}), after), "");
}

TEST(MailboxChange, TheBookStaysWhereItIs) {
  auto after = config({mailbox("sales")});
  after.store_path = "/elsewhere/leadmail.db";
  EXPECT_THAT(why_not(config({mailbox("sales")}), after), HasSubstr("restart"));
}

}  // namespace
}  // namespace leadmail::daemon
