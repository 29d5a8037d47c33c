#include "daemon/watcher.h"

#include <sys/stat.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <functional>
#include <random>
#include <tuple>
#include <utility>

#include "daemon/filing.h"
#include "daemon/log.h"
#include "daemon/login_source.h"
#include "daemon/mailbox_change.h"
#include "daemon/mailbox_intake.h"
#include "mail/net/curl_connection.h"
#include "mail/net/unwaited.h"

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

/// What tells one state of a file from another.
std::tuple<ino_t, off_t, std::int64_t, std::int64_t> stamp_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

/// Looks at the file that the password is in, or at whether somebody logged in anew; at first, whether that changed
/// since now.
imap::LoginChanged login_changed(Engine& engine, const std::string& name) {
  const auto look = [&engine, name] {
    const auto settings = engine.settings();
    const MailboxConfig* current = settings->config.mailbox(name);
    const auto stamp = current == nullptr ? decltype(stamp_of(name)){} : stamp_of(login_file(*current));
    return std::pair(stamp, engine.logins().changes(name));
  };
  return [look, known = look()]() mutable {
    auto seen = look();
    return std::exchange(known, seen) != seen;
  };
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

/// Tells one password from another, so that a file with a new one in it is noticed. Not the password itself: this is
/// kept as long as the mailbox is watched.
std::size_t secret_of(const MailboxConfig& mailbox) {
  const auto login = read_login(mailbox);
  return login ? std::hash<std::string>{}(login->secret) : 0;
}

}  // namespace

struct Watchers::Watched {
  Watched(asio::io_context& loop, Engine& engine, daemon::Intake& intake, WatchBoard& board,
          mail::net::LoopClock& clock, const Config& whole, const MailboxConfig& mailbox)
      : name(mailbox.name),
        config(mailbox),
        max_message(whole.limits.max_message),
        secret(secret_of(mailbox)),
        connector(loop.get_executor()),
        adapter(loop, engine, intake, board, mailbox.name),
        watcher(watch_options(whole, mailbox), login_source(engine, mailbox.name), connector, clock, chance(), adapter,
                login_changed(engine, mailbox.name)),
        chores(engine, board, mailbox.name),
        filer(filer_options(whole, mailbox), login_source(engine, mailbox.name), connector, clock, chance(), chores) {
    adapter.on_committed([this, &engine] {
      if (files_mail(engine, name)) filer.ring();
    });
    adapter.on_failed([this](const std::string& folder, const Error& why) { watcher.not_kept(folder, why); });
  }

  [[nodiscard]] bool serves(const Config& whole, const MailboxConfig& mailbox) const {
    return watches_alike(config, mailbox) && max_message == whole.limits.max_message && secret == secret_of(mailbox);
  }

  void stop() {
    connector.give_up();
    watcher.stop();
    filer.stop();
  }

  std::string name;
  MailboxConfig config;
  std::uint64_t max_message;
  std::size_t secret;
  mail::net::CurlConnector connector;
  MailboxIntake adapter;
  imap::MailboxWatcher watcher;
  MailboxChores chores;
  imap::Filer filer;
  bool is_watching = false;
  bool is_filing = false;
};

Watchers::Watchers(asio::io_context& loop, Engine& engine, Intake& intake, WatchBoard& board)
    : loop_(loop), engine_(engine), intake_(intake), board_(board), clock_(loop.get_executor()) {
  const auto settings = engine.settings();
  for (const auto& mailbox : settings->config.mailboxes) {
    watched_.push_back(std::make_shared<Watched>(loop, engine, intake, board, clock_, settings->config, mailbox));
  }
}

Watchers::~Watchers() = default;

void Watchers::start() {
  for (const auto& watched : watched_) begin(watched);
}

/// Until it is stopped and nothing of it is on its way any more.
awaitable<void> Watchers::watch(std::shared_ptr<Watched> watched) {
  co_await watched->watcher.run();
  static_cast<void>(co_await watched->adapter.flush());  // what failed is fetched again by whoever comes next
  watched->is_watching = false;
}

void Watchers::begin(const std::shared_ptr<Watched>& watched) {
  const auto ended = [this, watched](const std::exception_ptr& failure) {
    mail::net::or_end(failure);
    if (!watched->is_watching && !watched->is_filing) end(watched);
  };
  watched->is_watching = watched->is_filing = true;
  asio::co_spawn(loop_, watch(watched), ended);
  asio::co_spawn(loop_, watched->filer.run(), [watched, ended](const std::exception_ptr& failure) {
    if (!failure) watched->is_filing = false;
    ended(failure);
  });
}

void Watchers::end(const std::shared_ptr<Watched>& watched) {
  std::erase(ending_, watched);
  if (stopping_) return;
  board_.forget(watched->name);  // also a folder that who comes next does not watch
  add_missing();
}

void Watchers::adopt() {
  if (stopping_) return;
  const auto settings = engine_.settings();
  const auto goes_on = [&](const std::shared_ptr<Watched>& watched) {
    const auto* const mailbox = settings->config.mailbox(watched->name);
    return mailbox != nullptr && watched->serves(settings->config, *mailbox);
  };
  const auto first_ending = std::stable_partition(watched_.begin(), watched_.end(), goes_on);
  for (auto watched = first_ending; watched != watched_.end(); ++watched) {
    const bool is_gone = settings->config.mailbox((*watched)->name) == nullptr;
    log(is_gone ? "mailbox-removed" : "mailbox-changed", is_gone ? "watched no more" : "begins anew",
        {{"MAILBOX", (*watched)->name}});
    (*watched)->stop();
    ending_.push_back(*watched);
  }
  watched_.erase(first_ending, watched_.end());
  add_missing();
}

/// One that is still ending comes when it has ended: two would fetch the same mail.
void Watchers::add_missing() {
  const auto settings = engine_.settings();
  for (const auto& mailbox : settings->config.mailboxes) {
    const auto is_it = [&](const std::shared_ptr<Watched>& watched) { return watched->name == mailbox.name; };
    if (std::ranges::any_of(watched_, is_it) || std::ranges::any_of(ending_, is_it)) continue;
    watched_.push_back(std::make_shared<Watched>(loop_, engine_, intake_, board_, clock_, settings->config, mailbox));
    begin(watched_.back());
  }
}

void Watchers::try_now() {
  for (auto& watched : watched_) watched->watcher.try_now();
}

void Watchers::stop() {
  stopping_ = true;
  for (const auto* all : {&watched_, &ending_}) {
    for (const auto& watched : *all) watched->stop();
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
