#include "daemon/admin/setup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/daemon/folder.h"

namespace leadmail::daemon::admin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Setup a_setup() {
  Setup setup;
  setup.answers.company = "Acme \"Pumps\" \\ Sons";
  setup.answers.timezone = "America/Mexico_City";
  setup.answers.language = "es";
  setup.answers.address = "sales@acme.example";
  setup.answers.imap = "imaps://imap.acme.example";
  setup.answers.smtp = "smtp://smtp.acme.example:587";
  setup.answers.admins = {"it@acme.example"};
  setup.answers.team = {{"ana", "Ana López", "ana@acme.example"}, {"luis", "", "luis@acme.example"}};
  setup.password_file = "/etc/leadmail/sales.pw";
  setup.trial.sent = "Gesendete Objekte";
  setup.trial.plus_addressing = true;
  setup.trial.testimony.trusted = {"mx.acme.example"};
  return setup;
}

Config read(const Setup& setup) {
  auto loaded = read_config(config_text(setup), "/etc/leadmail/leadmail.toml");
  std::string errors;
  for (const auto& error : loaded.errors) {
    if (error.message.find("sales.pw") == std::string::npos) errors += to_string(error) + "\n";
  }
  EXPECT_EQ(errors, "") << config_text(setup);
  return loaded.config.value_or(Config{});
}

TEST(Setup, TheWrittenConfigSaysWhatWasAnsweredAndFound) {
  const auto config = read(a_setup());
  ASSERT_EQ(config.mailboxes.size(), 1U);
  const auto& box = config.mailboxes.front();
  EXPECT_EQ(box.name, "sales");
  EXPECT_EQ(box.imap.host, "imap.acme.example");
  EXPECT_EQ(box.smtp.port, 587);
  EXPECT_EQ(box.user, "sales@acme.example");
  EXPECT_EQ(box.sent, "Gesendete Objekte");
  EXPECT_EQ(box.sent_copy, MailboxConfig::SentCopy::automatic);
  EXPECT_EQ(box.trusted_authserv, std::vector<std::string>{"mx.acme.example"});
  EXPECT_EQ(config.rules.users.size(), 2U);
  EXPECT_EQ(config.rules.timezone, "America/Mexico_City");
  EXPECT_TRUE(config.rules.mailboxes.front().plus_addressing);
  EXPECT_TRUE(config.rules.mailboxes.front().transport_auth_required);
}

TEST(Setup, WhatTheServerCannotDoIsSaid) {
  auto setup = a_setup();
  setup.trial.sent = "";
  setup.trial.plus_addressing = false;
  setup.trial.keeps_sent = true;
  setup.trial.testimony.trusted.clear();
  const auto config = read(setup);
  EXPECT_EQ(config.mailboxes.front().sent, "");
  EXPECT_EQ(config.mailboxes.front().sent_copy, MailboxConfig::SentCopy::never);
  EXPECT_FALSE(config.rules.mailboxes.front().plus_addressing);
  EXPECT_FALSE(config.rules.mailboxes.front().transport_auth_required);
}

TEST(Setup, WithoutATrialOnlyTheAnswersAreSaid) {
  auto setup = a_setup();
  setup.trial = {};
  setup.tried = false;
  setup.known_authserv = "mx.google.com";
  EXPECT_THAT(config_text(setup), HasSubstr("Nothing was tried"));
  const auto config = read(setup);
  EXPECT_EQ(config.mailboxes.front().sent, "Sent");
  EXPECT_EQ(config.mailboxes.front().trusted_authserv, std::vector<std::string>{"mx.google.com"});
}

TEST(Setup, OneColleagueGetsEverything) {
  auto setup = a_setup();
  setup.answers.team.pop_back();
  EXPECT_THAT(config_text(setup), HasSubstr("to = { user = \"ana\" }"));
  read(setup);
}

TEST(Setup, NoAnswerBecomesAKeyOfItsOwn) {
  auto setup = a_setup();
  setup.answers.company = "x\"\n[admin]\naddresses = [\"evil@example.com\"]\n# ";
  EXPECT_THAT(config_text(setup), HasSubstr("\\u000A[admin]\\u000A"));
  const auto loaded = read_config(config_text(setup), "/etc/leadmail/leadmail.toml");
  ASSERT_FALSE(loaded.errors.empty());  // a name has one line
  EXPECT_THAT(to_string(loaded.errors.front()), HasSubstr("name must be a text"));
}

TEST(Setup, TheTextOfTheConfigHoldsNoPassword) {
  auto setup = a_setup();
  setup.answers.password = "correct horse";
  EXPECT_THAT(config_text(setup), Not(HasSubstr("horse")));
}

TEST(Setup, AMailboxIsNamedAfterItsAddress) {
  EXPECT_EQ(mailbox_name("Sales-EU@acme.example"), "sales-eu");
  EXPECT_EQ(mailbox_name("../../x@acme.example"), "x");
  EXPECT_EQ(mailbox_name("+@acme.example"), "mailbox");
}

unsigned mode_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777U;
}

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(NewFiles, AreCompleteWithTheirModes) {
  const tests::Folder folder;
  const auto secret = folder.path("new/sales.pw");
  const auto config = folder.path("new/leadmail.toml");
  ASSERT_TRUE(write_new_files({{secret, "x\n", 0600, true}, {config, "# c\n", 0640, false}}));
  EXPECT_EQ(mode_of(secret), 0600U);
  EXPECT_EQ(mode_of(config), 0640U);
  EXPECT_EQ(content_of(config), "# c\n");
}

TEST(NewFiles, WhatIsThereIsNeverTouchedAndThenNothingIsWritten) {
  const tests::Folder folder;
  folder.write("leadmail.toml", "mine");
  const auto done =
      write_new_files({{folder.path("sales.pw"), "x", 0600, true}, {folder.path("leadmail.toml"), "new", 0640, false}});
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().what, HasSubstr("exists"));
  EXPECT_EQ(content_of(folder.path("leadmail.toml")), "mine");
  EXPECT_FALSE(std::filesystem::exists(folder.path("sales.pw")));
  EXPECT_EQ(
      std::distance(std::filesystem::directory_iterator(std::filesystem::path(folder.path("x")).parent_path()), {}), 1);
}

TEST(NewFiles, ALinkThatPointsNowhereIsNoRoomForAFile) {
  const tests::Folder folder;
  std::filesystem::create_symlink(folder.path("elsewhere"), folder.path("leadmail.toml"));
  EXPECT_FALSE(write_new_files({{folder.path("leadmail.toml"), "new", 0640, false}}));
  EXPECT_FALSE(std::filesystem::exists(folder.path("elsewhere")));
}

}  // namespace
}  // namespace leadmail::daemon::admin
