#include "daemon/engine.h"

#include <gtest/gtest.h>

#include "tests/daemon/folder.h"

namespace leadmail::daemon {
namespace {

using tests::Folder;

Config a_config(const Folder& folder) {
  Config config;
  config.store_path = folder.path("leadmail.db");
  config.keys_path = folder.path("keys");
  config.rules.company = "Acme";
  MailboxConfig sales;
  sales.name = "sales";
  sales.imap = {"imap.acme.example", 993, mail::net::Security::implicit_tls, ""};
  config.mailboxes.push_back(sales);
  return config;
}

TEST(Engine, AReloadChangesRulesAndKeepsTheKeys) {
  const Folder folder;
  auto engine = Engine::open(a_config(folder));
  ASSERT_TRUE(engine) << engine.error().what;
  const auto keys = (*engine)->settings()->config.rules.tokens.keys.front().secret;
  auto next = a_config(folder);
  next.rules.company = "Acme Dos";
  ASSERT_TRUE((*engine)->reload(next));
  EXPECT_EQ((*engine)->settings()->config.rules.company, "Acme Dos");
  EXPECT_EQ((*engine)->settings()->config.rules.tokens.keys.front().secret, keys);
}

TEST(Engine, AReloadMayMoveAMailboxButNotCallItOtherwise) {
  const Folder folder;
  auto engine = Engine::open(a_config(folder));
  ASSERT_TRUE(engine) << engine.error().what;
  auto moved = a_config(folder);
  moved.mailboxes.front().imap.host = "elsewhere.example";
  ASSERT_TRUE((*engine)->reload(moved));
  EXPECT_EQ((*engine)->settings()->config.mailboxes.front().imap.host, "elsewhere.example");
  auto renamed = moved;
  renamed.mailboxes.front().name = "info";
  ASSERT_FALSE((*engine)->reload(renamed));
  auto elsewhere = moved;
  elsewhere.store_path = folder.path("other.db");
  const auto refused = (*engine)->reload(elsewhere);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("restart"), std::string::npos);
  EXPECT_EQ((*engine)->settings()->config.mailboxes.front().name, a_config(folder).mailboxes.front().name);
}

TEST(Engine, AReloadTakesUpNewWordsOrKeepsTheOldOnes) {
  const Folder folder;
  auto config = a_config(folder);
  config.templates_path = folder.path("templates");
  auto engine = Engine::open(config);
  ASSERT_TRUE(engine) << engine.error().what;
  const auto subject = [&] { return (*engine)->settings()->wording.render("ack", "en", {}).subject; };
  const auto built_in = subject();
  folder.write("templates/en/ack.txt", "Subject: Thanks\n\nFrom {{company}}\n");
  ASSERT_TRUE((*engine)->reload(config));
  EXPECT_EQ(subject(), "Thanks");
  folder.write("templates/en/ack.txt", "Subject: {{nmae}}\n\nFrom {{company}}\n");
  const auto refused = (*engine)->reload(config);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("en/ack.txt:1:10"), std::string::npos) << refused.error().what;
  EXPECT_EQ(subject(), "Thanks");
  std::filesystem::remove(folder.path("templates/en/ack.txt"));
  ASSERT_TRUE((*engine)->reload(config));
  EXPECT_EQ(subject(), built_in);
}

TEST(Engine, ABookIsOpenInOneProcessAtATime) {
  const Folder folder;
  auto one = Engine::open(a_config(folder));
  ASSERT_TRUE(one) << one.error().what;
  const auto two = Engine::open(a_config(folder));
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().next, Next::stop);
}

}  // namespace
}  // namespace leadmail::daemon
