#include "daemon/daemon.h"

#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <nlohmann/json.hpp>

#include "daemon/actions.h"
#include "daemon/alarm_loop.h"
#include "daemon/calendar_files.h"
#include "daemon/control.h"
#include "daemon/digests.h"
#include "daemon/footprint.h"
#include "daemon/holding.h"
#include "daemon/intake.h"
#include "daemon/late_leads.h"
#include "daemon/log.h"
#include "daemon/login_ends.h"
#include "daemon/metrics.h"
#include "daemon/metrics_page.h"
#include "daemon/reminder_loop.h"
#include "daemon/retention.h"
#include "daemon/sender.h"
#include "daemon/sent_copies.h"
#include "daemon/watcher.h"
#include "mail/net/unwaited.h"

namespace leadmail::daemon {
namespace {

namespace asio = boost::asio;
using nlohmann::json;

/// After this long a stop is no longer waited for. At most 30 s: docs/operations.md.
constexpr unsigned kStopPatience = 28;

void apply_log_level(const Config& config) {
  set_log_personal(config.log_personal || config.log_level == LogLevel::debug);
  switch (config.log_level) {
    case LogLevel::debug: return set_log_level(Level::debug);
    case LogLevel::info: return set_log_level(Level::info);
    case LogLevel::warning: return set_log_level(Level::warning);
    case LogLevel::error: return set_log_level(Level::error);
  }
}

/// Sends from the last run that were cut: nothing has left, or nobody knows.
void recover(Engine& engine) {
  int unknown = 0;
  const auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
    auto count = transaction.recover_interrupted(engine.now());
    if (!count) return std::move(count.error());
    unknown = *count;
    return {};
  });
  if (!done) log("recover-failed", done.error().what);
  if (unknown > 0) {
    log("sends-interrupted", std::to_string(unknown) + " mails may or may not have left before the last stop");
  }
}

/// Reads the config again; the answer for the control socket. Errors keep the old config in force.
json try_reload(Engine& engine, const std::string& path) {
  auto loaded = load_config(path);
  json errors = json::array();
  for (const auto& error : loaded.errors) {
    log(error.warning ? "config-warning" : "config-error", to_string(error));
    errors.push_back({{"file", error.file},
                      {"line", error.line},
                      {"column", error.column},
                      {"message", error.message},
                      {"warning", error.warning}});
  }
  if (!loaded.config) {
    log("reload-refused", "the new config has errors; the old one stays in force");
    return {{"ok", false}, {"error", "the new config has errors; the old one stays in force"}, {"errors", errors}};
  }
  apply_log_level(*loaded.config);
  if (auto done = engine.reload(std::move(*loaded.config)); !done) {
    log("reload-refused", done.error().what);
    return {{"ok", false}, {"error", done.error().what}};
  }
  log("reloaded", "the new config is in force");
  return {{"ok", true}, {"errors", errors}};
}

std::string reload(Engine& engine, const std::string& path) {
  const auto answer = try_reload(engine, path);
  engine.meters().reload(answer.at("ok").get<bool>(), engine.now());
  return answer.dump();
}

/// For a daemon that is run by cron: there is nobody to be asked afterwards.
void leave_figures(Engine& engine, const WatchBoard& board) {
  const auto settings = engine.settings();
  const auto& file = settings->config.metrics.file;
  if (file.empty()) return;
  const SenderBoard nobody;
  MetricsPage page(engine, board, nobody);
  if (auto written = write_metrics_file(file, page.text()); !written) {
    log("metrics-file", written.error().what);
  }
}

/// Tells systemd that the loop turns, twice within each watchdog period. sd_watchdog_enabled(3)
class Watchdog {
 public:
  explicit Watchdog(asio::io_context& loop) : timer_(loop) {
    std::uint64_t microseconds = 0;
    if (sd_watchdog_enabled(0, &microseconds) <= 0) return;
    period_ = std::chrono::microseconds(microseconds / 2);
    ping();
  }
  void stop() { timer_.cancel(); }

 private:
  void ping() {
    sd_notify(0, "WATCHDOG=1");
    timer_.expires_after(period_);
    timer_.async_wait([this](const boost::system::error_code& error) {
      if (!error) ping();
    });
  }

  asio::steady_timer timer_;
  std::chrono::microseconds period_{};
};

/// However the loop ends, the engine is the last to go: it must not speak to what is gone by then.
class ListenersEnd {
 public:
  explicit ListenersEnd(Engine& engine) : engine_(engine) {}
  ListenersEnd(const ListenersEnd&) = delete;
  ListenersEnd& operator=(const ListenersEnd&) = delete;
  ~ListenersEnd() {
    engine_.logins().stop();
    engine_.logins().join();
    engine_.on_news({});
    engine_.on_fatal({});
  }

 private:
  Engine& engine_;
};

}  // namespace

int run_daemon(Engine& engine, const std::string& config_path) {
  const auto settings = engine.settings();
  apply_log_level(settings->config);
  asio::io_context loop(1);
  WatchBoard board;
  Intake intake(engine);
  recover(engine);

  SenderBoard sender_board;
  AlarmLoop alarms(engine, board, sender_board);
  board.on_change([&] { alarms.wake(); });
  sender_board.on_change([&] { alarms.wake(); });
  Senders senders(engine, sender_board);
  SentCopies sent_copies(engine);
  ReminderLoop reminders(engine);
  engine.on_news([&] {
    senders.wake();
    reminders.wake();
  });
  const ListenersEnd nobody_listens(engine);

  Metrics metrics(loop, engine, board, sender_board);
  Running running;
  running.board = &board;
  running.senders = &sender_board;
  running.faults = [&] { return alarms.faults(); };
  std::function<void()> watch_anew;
  const auto read_config_again = [&] {
    auto answer = reload(engine, config_path);
    metrics.adopt();
    asio::post(loop, [&] {
      senders.adopt();
      if (watch_anew) watch_anew();
    });
    return answer;
  };
  running.reload = read_config_again;
  running.flush = [&] { senders.wake(); };
  auto control = Control::open(loop, settings->config.control_path, engine, intake, running);
  if (!control) {
    log("control-failed", control.error().what);
    return 1;
  }
  Watchers watchers(loop, engine, intake, board);
  watch_anew = [&] { watchers.adopt(); };
  Watchdog watchdog(loop);

  int status = 0;
  // Never taken down: its destructor would give SIGTERM back to the kernel, and a second one would kill us on the way
  // out.
  static asio::signal_set* kept = nullptr;
  kept = new asio::signal_set(loop, SIGTERM, SIGINT, SIGHUP);
  asio::signal_set& signals = *kept;
  const auto stop = [&] {
    sd_notify(0, "STOPPING=1");
    log("stopping", "on request");
    boost::system::error_code ignored;
    signals.cancel(ignored);
    watchdog.stop();
    (*control)->stop();
    metrics.stop();
    watchers.stop();
    senders.stop();
    engine.logins().stop();
    sent_copies.stop();
    // Something that never answers must not keep us: what is not committed is fetched again, what was sent is marked.
    std::signal(SIGALRM, [](int) { _exit(0); });
    alarm(kStopPatience);
  };
  std::function<void(const boost::system::error_code&, int)> on_signal = [&](const boost::system::error_code& error,
                                                                             int number) {
    if (error) return;
    if (number != SIGHUP) return stop();
    sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%lld",
               static_cast<long long>(std::chrono::duration_cast<std::chrono::microseconds>(
                                          std::chrono::steady_clock::now().time_since_epoch())
                                          .count()));
    read_config_again();
    watchers.try_now();  // what was in the way may be what was changed
    sd_notify(0, "READY=1");
    signals.async_wait(on_signal);
  };
  signals.async_wait(on_signal);
  engine.on_fatal([&](const Error&) {
    asio::post(loop, [&] {
      status = 1;
      stop();
    });
  });

  watchers.start();
  engine.logins().start(
      [&](const std::string&) {
        senders.wake();
        asio::post(loop, [&] { watchers.try_now(); });
      },
      [&] { tell_login_ends(engine); });
  intake.accept_later();
  sd_notify(0, "READY=1");
  log("started", "leadmaild " LEADMAIL_VERSION ", " + std::to_string(settings->config.mailboxes.size()) + " mailboxes");
  let_go_of_start();
  loop.run();
  return status;
}

int run_once(Engine& engine) {
  const auto settings = engine.settings();
  apply_log_level(settings->config);
  recover(engine);
  int status = 0;
  WatchBoard board;
  {
    asio::io_context loop(1);
    Intake intake(engine);
    Watchers watchers(loop, engine, intake, board);
    asio::co_spawn(loop, watchers.once(), [&](const std::exception_ptr& failure, const Result<void>& done) {
      mail::net::or_end(failure);
      if (!done) status = 1;
    });
    loop.run();
    intake.accept_all();
  }
  if (auto listed = send_holding_list(engine); !listed) {
    log("held-list-failed", listed.error().what);
    status = 1;
  }
  if (auto planned = plan_reminders_anew(engine); !planned) {
    log("reminder-failed", planned.error().what);
    status = 1;
  }
  if (auto made = remind(engine); !made) {
    log("reminder-failed", made.error().what);
    status = 1;
  }
  if (auto seen = see_to_late_leads(engine); !seen) {
    log("late-failed", seen.error().what);
    status = 1;
  }
  if (auto sent = send_digests(engine); !sent) {
    log("digest-failed", sent.error().what);
    status = 1;
  }
  CalendarNews calendars;
  if (auto written = write_calendars(engine, calendars); !written) {
    log("calendar-failed", written.error().what);
    status = 1;
  }
  if (auto asked = ask_about_silence(engine); !asked) {
    log("silence-failed", asked.error().what);
    status = 1;
  }
  DailyPruning pruning(engine);
  for (auto more = pruning.go_on(); !more || *more; more = pruning.go_on()) {
    if (more) continue;
    log("prune-failed", more.error().what);
    status = 1;
    break;
  }
  for (const auto& mailbox : settings->config.mailboxes) {
    MailboxSender sender(engine, mailbox.name);
    if (auto sent = sender.flush({}); !sent) {
      log("sender-failed", sent.error().what, {{"MAILBOX", mailbox.name}});
      status = 1;
    }
    if (auto copied = put_sent_copies(engine, mailbox.name, {}); !copied) {
      log("sent-copy-failed", copied.error().what, {{"MAILBOX", mailbox.name}});
    }
  }
  leave_figures(engine, board);
  return status;
}

}  // namespace leadmail::daemon
