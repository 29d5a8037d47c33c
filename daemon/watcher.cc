#include "daemon/watcher.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <random>

#include "daemon/filing.h"
#include "daemon/log.h"
#include "daemon/login_source.h"
#include "daemon/mailbox_intake.h"

namespace leadmail::daemon {
namespace {

namespace asio = boost::asio;
namespace imap = mail::imap;
using asio::awaitable;

imap::WatchOptions watch_options(const Config& config, const MailboxConfig& mailbox) {
  imap::WatchOptions options;
  options.mailbox = mailbox.name;
  options.server = mailbox.imap;
  options.inbox = mailbox.inbox;
  options.sent = mailbox.sent;
  options.idle_time = mailbox.idle_time;
  options.sweep = mailbox.sweep_time;
  options.poll = mailbox.poll_time;
  options.session.max_message = config.limits.max_message;
  return options;
}

imap::FilerOptions filer_options(const Config& config, const MailboxConfig& mailbox) {
  imap::FilerOptions options;
  options.server = mailbox.imap;
  options.session.max_message = config.limits.max_message;
  return options;
}

std::function<double()> chance() {
  return [random = std::minstd_rand(std::random_device{}())]() mutable {
    return std::uniform_real_distribution<double>(0, 1)(random);
  };
}

bool files_mail(const Engine& engine, const std::string& name) {
  const auto settings = engine.settings();
  const MailboxConfig* current = settings->config.mailbox(name);
  return current != nullptr && current->processed.then != Processed::Then::keep;
}

}  // namespace

struct Watchers::Watched {
  Watched(asio::io_context& loop, Engine& engine, daemon::Intake& intake, WatchBoard& board,
          mail::net::LoopClock& clock, mail::net::CurlConnector& connector, const Config& config,
          const MailboxConfig& mailbox)
      : name(mailbox.name),
        adapter(loop, engine, intake, board, mailbox.name),
        watcher(watch_options(config, mailbox), login_source(engine, mailbox.name), connector, clock, chance(),
                adapter),
        chores(engine, board, mailbox.name),
        filer(filer_options(config, mailbox), login_source(engine, mailbox.name), connector, clock, chance(), chores) {
    adapter.on_committed([this, &engine] {
      if (files_mail(engine, name)) filer.ring();
    });
    adapter.on_failed([this](const std::string& folder, const Error& why) { watcher.not_kept(folder, why); });
  }

  std::string name;
  MailboxIntake adapter;
  imap::MailboxWatcher watcher;
  MailboxChores chores;
  imap::Filer filer;
};

Watchers::Watchers(asio::io_context& loop, Engine& engine, Intake& intake, WatchBoard& board)
    : loop_(loop),
      clock_(loop.get_executor()),
      connector_(std::make_unique<mail::net::CurlConnector>(loop.get_executor())) {
  const auto settings = engine.settings();
  for (const auto& mailbox : settings->config.mailboxes) {
    watched_.push_back(
        std::make_unique<Watched>(loop, engine, intake, board, clock_, *connector_, settings->config, mailbox));
  }
}

Watchers::~Watchers() = default;

void Watchers::start() {
  for (auto& watched : watched_) {
    asio::co_spawn(loop_, watched->watcher.run(), asio::detached);
    asio::co_spawn(loop_, watched->filer.run(), asio::detached);
  }
}

void Watchers::stop() {
  connector_->give_up();
  for (auto& watched : watched_) {
    watched->watcher.stop();
    watched->filer.stop();
  }
}

awaitable<Result<void>> Watchers::once() {
  std::string unread;
  for (auto& watched : watched_) {
    auto done = co_await watched->watcher.once();
    if (done) done = co_await watched->filer.once();
    if (done) continue;
    log("mailbox-unread", done.error().what, {{"MAILBOX", watched->name}});
    unread += (unread.empty() ? "" : ", ") + watched->name + " (" + done.error().what + ")";
  }
  if (!unread.empty()) co_return Error{Next::retry, "could not be read: " + unread};
  co_return Result<void>{};
}

}  // namespace leadmail::daemon
