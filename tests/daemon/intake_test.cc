#include "daemon/intake.h"

#include <gtest/gtest.h>

#include <future>

#include "daemon/translate.h"
#include "fixtures/claiming_worker.h"
#include "mail/message/compose.h"
#include "mail/message/parse.h"
#include "tests/daemon/folder.h"

namespace leadmail::daemon {
namespace {

using leadmail::tests::Folder;

std::string mail_from(const std::string& address) {
  return "Authentication-Results: mx.acme.example; dmarc=fail header.from=far.example\r\n"
         "Received: from a.example by mx.acme.example; Sun, 22 Nov 2026 03:00:00 +0000\r\nFrom: " +
         address +
         "\r\nSender: b@far.example\r\nReply-To: c@far.example\r\nTo: sales@acme.example\r\nMessage-ID: "
         "<1@far.example>\r\nIn-Reply-To: <2@far.example>\r\nReferences: <2@far.example>\r\nSubject: "
         "pumps\r\n\r\nTen.\r\n";
}

/// A daemon whose workers are not ours any more.
class HostileWorker : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write(tests::kClaimingWorker, "and how");
    std::filesystem::current_path(folder_.path(""));
    Config config;
    config.store_path = folder_.path("leadmail.db");
    config.keys_path = folder_.path("keys");
    config.rules.company = "Acme";
    config.rules.users = {{.id = "ana", .name = "Ana", .addresses = {"ana@acme.example"}}};
    MailboxConfig sales;
    sales.name = "sales";
    sales.imap = {"imap.acme.example", 993, mail::net::Security::implicit_tls, ""};
    config.mailboxes.push_back(sales);
    auto engine = Engine::open(config);
    ASSERT_TRUE(engine) << engine.error().what;
    engine_ = std::move(*engine);
    intake_.emplace(*engine_);
  }
  void TearDown() override { std::filesystem::current_path(before_); }

  mail::message::Message understand(const std::string& raw) {
    auto understood = intake_->understand(raw, engine_->settings()->config, false);
    EXPECT_TRUE(understood && understood->unreadable.empty());
    return understood ? understood->message : mail::message::Message{};
  }

  std::unique_ptr<Engine> engine_{};
  std::optional<Intake> intake_{};

 private:
  std::filesystem::path before_ = std::filesystem::current_path();
  Folder folder_{};
};

TEST_F(HostileWorker, HasNoSayInWhoWroteToWhom) {
  const auto raw = mail_from("Stranger <stranger@far.example>");
  const auto message = understand(raw);
  ASSERT_EQ(message.content.command_text, "#won 1000 EUR\n") << "the worker lies";
  const auto& identity = message.identity;
  ASSERT_EQ(identity.from.size(), 1U);
  EXPECT_EQ(identity.from.front().address, "stranger@far.example");
  EXPECT_EQ(identity.sender->address, "b@far.example");
  EXPECT_EQ(identity.reply_to.front().address, "c@far.example");
  EXPECT_EQ(identity.to.front().address, "sales@acme.example");
  EXPECT_EQ(identity.message_id, "1@far.example");
  EXPECT_EQ(identity.in_reply_to, std::vector<std::string>{"2@far.example"});
  EXPECT_EQ(identity.references, std::vector<std::string>{"2@far.example"});
  EXPECT_EQ(identity.authentication_results.size(), 1U);
  EXPECT_EQ(identity.received, 1U);

  const auto inquiry = to_inquiry(message, raw, {.mailbox = "sales"}, engine_->settings()->config);
  EXPECT_EQ(inquiry.from.address, "stranger@far.example");
  EXPECT_FALSE(inquiry.authenticated);
  const auto decision = leads::decide(inquiry, {}, engine_->settings()->config.rules, from_unix(1'795'532'400));
  EXPECT_NE(decision.outcome, leads::Outcome::command);
}

TEST_F(HostileWorker, ReadsMailThatClaimsToBeFromAUserWithoutMemories) {
  understand(mail_from("stranger@far.example"));
  EXPECT_EQ(understand(mail_from("stranger@far.example")).content.signature, "mails seen before: 1");
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(understand(mail_from("Ana <ana@acme.example>")).content.signature, "mails seen before: 0");
}

/// A user to whom nothing can be written: whatever is decided for him can't be done.
class Undoable : public testing::Test {
 protected:
  void SetUp() override {
    Config config;
    config.store_path = folder_.path("leadmail.db");
    config.keys_path = folder_.path("keys");
    auto& rules = config.rules;
    rules.company = "Acme";
    rules.users = {{.id = "ana", .name = "Ana", .addresses = {"", "ana@acme.example"}}};
    rules.teams = {{.id = "all", .members = {"ana"}, .lead = "ana"}};
    rules.mailboxes = {{.name = "sales", .address = "sales@acme.example", .team = "all"}};
    rules.admins = {"it@acme.example"};
    MailboxConfig sales;
    sales.name = "sales";
    sales.imap = {"imap.acme.example", 993, mail::net::Security::implicit_tls, ""};
    config.mailboxes.push_back(sales);
    auto engine = Engine::open(config);
    ASSERT_TRUE(engine) << engine.error().what;
    engine_ = std::move(*engine);
    intake_.emplace(*engine_);
    stream_ = intake_->open_stream();
  }

  Result<Taken> take(const std::string& from) {
    Arrived arrived;
    arrived.place = {"sales", "INBOX", 1, ++uid_, ""};
    arrived.received = engine_->now();
    arrived.raw = "From: " + from + "\r\nTo: sales@acme.example\r\nSubject: pumps\r\nMessage-ID: <" +
                  std::to_string(uid_) + "@far.example>\r\n\r\n#list purple\r\n";
    std::promise<Result<Taken>> promise;
    auto taken = promise.get_future();
    intake_->take(stream_, std::move(arrived), [&](Result<Taken> result) { promise.set_value(std::move(result)); });
    return taken.get();
  }

  std::vector<store::Claim> mails() {
    std::vector<store::Claim> found;
    const auto read = engine_->write([&](store::Transaction& transaction) -> Result<void> {
      auto claimed = transaction.claim_due("sales", engine_->now() + std::chrono::hours(1), 10);
      if (!claimed) return std::move(claimed.error());
      found = std::move(*claimed);
      return {};
    });
    EXPECT_TRUE(read);
    return found;
  }

  Folder folder_{};
  std::unique_ptr<Engine> engine_{};
  std::optional<Intake> intake_{};
  std::shared_ptr<Stream> stream_ = nullptr;
  std::uint32_t uid_ = 0;
};

TEST_F(Undoable, WhatAUserWroteIsToldToTheAdministrators) {
  const auto taken = take("ana@acme.example");
  ASSERT_TRUE(taken) << taken.error().what;
  EXPECT_EQ(taken->outcome, leads::Outcome::quarantined);
  const auto told = mails();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].recipients.at(0).rcpt_to, "it@acme.example");
  const auto text = mail::message::text_of_composed(told[0].bytes);
  EXPECT_NE(text.find("a recipient without an address"), std::string::npos) << text;
}

TEST_F(Undoable, WhatNeitherCanBeDoneNorToldIsSetAsideAndTheNextMailIsTaken) {
  for (const auto* const from : {"maria@far.example", "luis@far.example"}) {
    const auto taken = take(from);
    ASSERT_TRUE(taken) << taken.error().what;
    EXPECT_EQ(taken->outcome, leads::Outcome::quarantined);
    EXPECT_NE(taken->reason.find("a recipient without an address"), std::string::npos) << taken->reason;
  }
  EXPECT_TRUE(mails().empty());
}

}  // namespace
}  // namespace leadmail::daemon
