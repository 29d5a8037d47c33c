#include "daemon/sent_copies.h"

#include <algorithm>
#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <map>
#include <vector>

#include "daemon/log.h"
#include "mail/imap/sent_folder.h"
#include "mail/imap/session.h"
#include "mail/net/clock.h"
#include "mail/net/curl_connection.h"
#include "mail/net/unwaited.h"

namespace leadmail::daemon {
namespace {

namespace asio = boost::asio;
namespace imap = mail::imap;
using asio::awaitable;

constexpr std::chrono::minutes kPass{1};
constexpr std::chrono::minutes kServersTime{1};  ///< so long a server may take to keep what it has sent
constexpr std::chrono::minutes kAfterTrouble{15};
constexpr int kMostAtOnce = 20;

/// Providers that keep every mail that is submitted to them, some under another Message-ID.
constexpr auto kKeepers = std::to_array<std::string_view>(
    {"gmail.com", "googlemail.com", "google.com", "office365.com", "outlook.com", "hotmail.com", "live.com"});

bool keeps_what_it_sends(std::string_view host) {
  return std::any_of(kKeepers.begin(), kKeepers.end(), [&](std::string_view keeper) {
    return host.ends_with(keeper) && (host.size() == keeper.size() || host[host.size() - keeper.size() - 1] == '.');
  });
}

/// Those that a watched folder has shown already are done without asking the server.
Result<std::vector<store::Claim>> missing_copies(Engine& engine, const std::string& mailbox) {
  std::vector<store::Claim> missing;
  auto read = engine.write([&](store::Transaction& transaction) -> Result<void> {
    missing.clear();
    auto wanted = transaction.wanted_sent_copies(mailbox, engine.now() - kServersTime, kMostAtOnce);
    if (!wanted) return std::move(wanted.error());
    for (auto& mail : *wanted) {
      auto met = transaction.was_met(mail.message_id);
      if (!met) return std::move(met.error());
      if (!*met) {
        missing.push_back(std::move(mail));
      } else if (auto done = transaction.sent_copy_is_there(mail.id); !done) {
        return done;
      }
    }
    return {};
  });
  if (!read) return std::move(read.error());
  return missing;
}

/// What one connection does.
struct Errand {
  const MailboxConfig& mailbox;
  const std::vector<store::Claim>& mails;
  std::vector<OutboxId> there{};  ///< found or appended
  int made = 0;
};

awaitable<Result<std::string>> open_sent(imap::Session& session, std::string folder) {
  auto opened = co_await session.examine(folder);
  if (!opened) co_return std::move(opened.error());
  if (*opened) co_return folder;
  auto folders = co_await session.folders();
  if (!folders) co_return std::move(folders.error());
  const auto found = imap::find_sent(*folders);
  if (!found) co_return Error{Next::give_up, "there is no folder of sent mail"};
  opened = co_await session.examine(*found);
  if (!opened) co_return std::move(opened.error());
  if (!*opened) co_return Error{Next::give_up, "the folder of sent mail can't be opened"};
  co_return *found;
}

awaitable<Result<void>> run_errand(imap::Session& session, Errand& errand) {
  auto started = co_await session.start();
  if (!started) co_return std::move(started.error());
  auto folder = co_await open_sent(session, errand.mailbox.sent);
  if (!folder) co_return std::move(folder.error());
  for (const auto& mail : errand.mails) {
    auto found = co_await session.search_message_id("<" + mail.message_id + ">");
    if (!found) co_return std::move(found.error());
    if (found->empty()) {
      auto appended = co_await session.append(*folder, mail.bytes);
      if (!appended) co_return std::move(appended.error());
      ++errand.made;
    }
    errand.there.push_back(mail.id);
  }
  co_await session.logout();
  co_return Result<void>{};
}

/// Connects, does the errand and hangs up; blocks. A stop request cuts it short.
Result<void> visit(Logins& logins, Errand& errand, const std::stop_token& stop) {
  auto login = logins.get(errand.mailbox.name);
  if (!login) return std::move(login.error());
  asio::io_context loop(1);
  mail::net::LoopClock clock(loop.get_executor());
  mail::net::CurlConnector connector(loop.get_executor());
  imap::Session* current = nullptr;
  const std::stop_callback cut(stop, [&] {
    asio::post(loop, [&] {
      connector.give_up();
      if (current != nullptr) current->abort();
    });
  });
  auto work = [&]() -> awaitable<Result<void>> {
    auto attempt = co_await connector.connect(errand.mailbox.imap, *std::move(login));
    if (attempt.stage != mail::net::Attempt::Stage::connected) co_return std::move(attempt.error);
    imap::Session session(std::move(attempt.connection), clock);
    current = &session;
    auto done = co_await run_errand(session, errand);
    current = nullptr;
    co_return done;
  };
  Result<void> result = Error{Next::retry, "not done"};
  asio::co_spawn(loop, work, [&](const std::exception_ptr& failure, Result<void> done) {
    mail::net::or_leave(failure);
    result = failure ? Result<void>(Error{Next::retry, "an exception"}) : std::move(done);
  });
  loop.run();
  return result;
}

}  // namespace

bool wants_sent_copies(const MailboxConfig& mailbox) {
  if (mailbox.sent.empty() || mailbox.sent_copy == MailboxConfig::SentCopy::never) return false;
  if (mailbox.sent_copy == MailboxConfig::SentCopy::always) return true;
  return !keeps_what_it_sends(mailbox.smtp.host) && !keeps_what_it_sends(mailbox.imap.host);
}

Result<int> put_sent_copies(Engine& engine, const std::string& mailbox, const std::stop_token& stop) {
  const auto settings = engine.settings();
  const MailboxConfig* config = settings->config.mailbox(mailbox);
  if (config == nullptr || config->sent.empty()) return 0;
  auto missing = missing_copies(engine, mailbox);
  if (!missing) return std::move(missing.error()).in("copies for the Sent folder of " + mailbox);
  if (missing->empty()) return 0;

  Errand errand{*config, *missing};
  auto done = visit(engine.logins(), errand, stop);
  auto noted = engine.write([&](store::Transaction& transaction) -> Result<void> {
    for (const auto id : errand.there) {
      if (auto there = transaction.sent_copy_is_there(id); !there) return there;
    }
    return {};
  });
  if (done && !noted) done = std::move(noted);
  if (errand.made > 0) {
    log("sent-copies", std::to_string(errand.made) + " copies put into the Sent folder", {{"MAILBOX", mailbox}});
  }
  if (!done) return std::move(done.error()).in("copies for the Sent folder of " + mailbox);
  return errand.made;
}

SentCopies::SentCopies(Engine& engine) : engine_(engine), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void SentCopies::run(const std::stop_token& stop) {
  std::map<std::string, Time> not_before;
  while (!stop.stop_requested()) {
    const auto settings = engine_.settings();
    for (const auto& mailbox : settings->config.mailboxes) {
      if (stop.stop_requested() || engine_.now() < not_before[mailbox.name]) continue;
      const auto made = put_sent_copies(engine_, mailbox.name, stop);
      if (made || stop.stop_requested()) continue;
      log("sent-copy-failed", made.error().what, {{"MAILBOX", mailbox.name}});
      not_before[mailbox.name] = engine_.now() + kAfterTrouble;
    }
    std::unique_lock lock(mutex_);
    never_.wait_for(lock, stop, kPass, [] { return false; });
  }
}

}  // namespace leadmail::daemon
