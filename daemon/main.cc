// leadmaild: wires the parts together and decides nothing. See docs/overview.md for the way of a message.
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <systemd/sd-daemon.h>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <cstdio>
#include <optional>
#include <stdexcept>

#include "core/leads/zone.h"
#include "daemon/config.h"
#include "daemon/daemon.h"
#include "daemon/wording.h"
#include "mail/worker/pool.h"

namespace {

using namespace leadmail;
using namespace leadmail::daemon;

enum Exit { fine = 0, failed = 1, usage = 2, bad_config = 3, no_database = 4 };

struct Arguments {
  std::string config = "/etc/leadmail/leadmail.toml";
  bool check = false;
  bool once = false;
  std::string now{};
};

void add_options(CLI::App& app, Arguments& arguments) {
  app.add_option("--config", arguments.config, "the config file")->capture_default_str();
  app.add_flag("--check", arguments.check, "read the config, print every error, exit");
  auto* once =
      app.add_flag("--once", arguments.once, "take what is in the mailboxes, run what is due, flush the outbox, exit");
  app.add_option("--now", arguments.now, "with --once: run as if it were that time (RFC 3339)")->needs(once);
  app.set_version_flag("--version", "leadmaild " LEADMAIL_VERSION);
}

/// What stands in memory, passwords and keys among it, is left to no crash report.
void leave_no_core() {
  const rlimit none{.rlim_cur = 0, .rlim_max = 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/// A daemon of some threads that now and then holds a large mail: few pools, and what is large goes back at once.
/// mallopt(3)
void hold_little_memory() {
  ::mallopt(M_ARENA_MAX, 2);
  ::mallopt(M_MMAP_THRESHOLD, 128 * 1024);
  ::mallopt(M_TRIM_THRESHOLD, 512 * 1024);
}

int run(const Arguments& arguments) {
  std::optional<Time> fixed;
  if (!arguments.now.empty()) {
    fixed = parse_rfc3339(arguments.now);
    if (!fixed) {
      std::fputs("leadmaild: --now needs a time like 2026-12-03T10:00:00Z\n", stderr);
      return usage;
    }
  }
  auto loaded = with_templates_checked(load_config(arguments.config));
  for (const auto& error : loaded.errors) std::fputs((to_string(error) + "\n").c_str(), stderr);
  if (!loaded.config) return bad_config;
  if (arguments.check) return fine;
  auto engine = Engine::open(std::move(*loaded.config), fixed);
  if (!engine) {
    std::fputs(("leadmaild: " + engine.error().what + "\n").c_str(), stderr);
    // A disk that is full now may have room later: systemd starts us again after 1, and not after 4.
    return engine.error().next == Next::retry ? failed : no_database;
  }
  const int status = arguments.once ? run_once(**engine) : run_daemon(**engine, arguments.config);
  return (*engine)->close() ? status : failed;
}

/// run(); a machine that has no thread or descriptor left for us, or cannot read its time zones, is no bug of ours:
/// systemd starts us again after 1.
int run_or_tell(const Arguments& arguments) {
  try {
    return run(arguments);
  } catch (const std::runtime_error& trouble) {
    std::fputs(("leadmaild: trouble of this machine: " + std::string(trouble.what()) + "\n").c_str(), stderr);
    return failed;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (mail::worker::is_worker(argc, argv)) return mail::worker::worker_main();
  leave_no_core();
  hold_little_memory();
  std::signal(SIGPIPE, SIG_IGN);
  Arguments arguments;
  CLI::App app{"leadmaild turns a shared mailbox into a CRM"};
  add_options(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? fine : usage;
  }
  return run_or_tell(arguments);
}
