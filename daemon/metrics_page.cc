#include "daemon/metrics_page.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/leads/lead.h"
#include "daemon/descriptor.h"
#include "daemon/exposition.h"
#include "daemon/log.h"

namespace leadmail::daemon {
namespace {

using std::chrono::steady_clock;
using Health = mail::imap::MailboxState::Health;

double number(std::uint64_t value) { return static_cast<double>(value); }
double number(std::int64_t value) { return static_cast<double>(value); }
double seconds_of(Time time) { return number(to_unix(time)); }

void add_mailboxes(Exposition& page, const WatchBoard& board) {
  for (const auto& row : board.rows()) {
    const auto& state = row.state;
    const std::initializer_list<MetricLabel> labels = {{"mailbox", state.mailbox}, {"folder", state.folder}};
    page.add("leadmail_mailbox_up", labels, state.health == Health::ok ? 1 : 0);
    if (state.last_look) {
      page.add("leadmail_mailbox_last_poll_timestamp_seconds", labels, seconds_of(*state.last_look));
    }
    page.add("leadmail_mailbox_lag_messages", labels, number(row.lag));
    page.add("leadmail_mailbox_failures", labels, state.failures);
  }
}

void add_senders(Exposition& page, const SenderBoard& senders, Time now) {
  for (const auto& row : senders.rows()) {
    const std::initializer_list<MetricLabel> labels = {{"mailbox", row.mailbox}};
    const auto open = [now](const auto& times) {
      return number(
          std::int64_t{std::ranges::count_if(times, [now](const auto& entry) { return entry.second > now; })});
    };
    page.add("leadmail_smtp_up", labels, row.alert || row.paused_until > now ? 0 : 1);
    page.add("leadmail_smtp_failures", labels, row.failures);
    page.add("leadmail_smtp_slow_domains", labels, open(row.slow));
    page.add("leadmail_smtp_stopped_domains", labels, open(row.storms));
  }
}

void add_logins(Exposition& page, const std::vector<LoginState>& logins) {
  for (const auto& login : logins) {
    const auto add_time = [&](const char* family, const std::optional<Time>& time) {
      if (time) page.add(family, {{"mailbox", login.mailbox}}, seconds_of(*time));
    };
    page.add("leadmail_login_needs_person", {{"mailbox", login.mailbox}}, needs_person(login.standing) ? 1 : 0);
    add_time("leadmail_login_token_expiry_timestamp_seconds", login.token_ends);
    add_time("leadmail_login_expiry_timestamp_seconds", login.login_ends);
    add_time("leadmail_login_secret_expiry_timestamp_seconds", login.secret_ends);
    page.add("leadmail_login_tokens_total", {{"mailbox", login.mailbox}, {"result", "fetched"}}, number(login.tokens));
    page.add("leadmail_login_tokens_total", {{"mailbox", login.mailbox}, {"result", "failed"}}, number(login.failures));
  }
}

void add_meters(Exposition& page, Meters& meters) {
  for (const auto& [words, count] : meters.messages()) {
    const auto& [mailbox, outcome, kind] = words;
    page.add("leadmail_messages_total", {{"mailbox", mailbox}, {"outcome", outcome}, {"kind", kind}}, number(count));
  }
  for (const auto& [words, count] : meters.sends()) {
    const auto& [mailbox, kind, state] = words;
    page.add("leadmail_sends_total", {{"mailbox", mailbox}, {"kind", kind}, {"state", state}}, number(count));
  }
  page.add("leadmail_intake_seconds", meters.intake().figures());
  const auto reloads = meters.reloads();
  page.add("leadmail_config_reloads_total", {{"result", "accepted"}}, number(reloads.accepted));
  page.add("leadmail_config_reloads_total", {{"result", "refused"}}, number(reloads.refused));
  page.add("leadmail_config_last_reload_successful", reloads.last_accepted ? 1 : 0);
}

void add_engine(Exposition& page, Engine& engine) {
  const auto parsers = engine.parsers().figures();
  page.add("leadmail_parse_seconds", parsers.parsed);
  page.add("leadmail_parser_starts_total", number(parsers.started));
  page.add("leadmail_parser_deaths_total", {{"cause", "died"}}, number(parsers.died));
  page.add("leadmail_parser_deaths_total", {{"cause", "deadline"}}, number(parsers.too_slow));
  page.add("leadmail_store_commit_seconds", engine.writer().commits());
  page.add("leadmail_store_queued_jobs", number(std::uint64_t{engine.writer().queued_jobs()}));
  page.add("leadmail_store_queued_bytes", number(std::uint64_t{engine.writer().queued_bytes()}));
}

/// What of the ledger may still change is told under names of its own.
void add_mail_figures(Exposition& page, const store::BookFigures& book) {
  for (const auto& [words, count] : book.ledger) {
    const auto& [mailbox, outcome] = words;
    page.add("leadmail_ledger_messages", {{"mailbox", mailbox}, {"outcome", outcome}}, number(count));
  }
  for (const auto& [mailbox, last] : book.last_seen) {
    const auto count = [&](const char* outcome) {
      const auto found = book.ledger.find({mailbox, outcome});
      return found == book.ledger.end() ? 0.0 : number(found->second);
    };
    const auto filing = book.filing.find(mailbox);
    page.add("leadmail_quarantined_messages", {{"mailbox", mailbox}}, count("quarantined"));
    page.add("leadmail_held_messages", {{"mailbox", mailbox}}, count("held"));
    page.add("leadmail_mailbox_filing_messages", {{"mailbox", mailbox}},
             filing == book.filing.end() ? 0.0 : number(filing->second));
    page.add("leadmail_mailbox_last_message_timestamp_seconds", {{"mailbox", mailbox}}, seconds_of(last));
  }
}

constexpr std::array kStatuses{
    leads::Status::lead,           leads::Status::open,        leads::Status::replied,
    leads::Status::interested,     leads::Status::opportunity, leads::Status::quotation,
    leads::Status::lost_quotation, leads::Status::converted,   leads::Status::do_not_contact};

void add_book(Exposition& page, const store::BookFigures& book, Time now) {
  add_mail_figures(page, book);
  const auto since = [now](const std::optional<Time>& time) {
    return time && *time < now ? number(std::int64_t{(now - *time).count()}) : 0.0;
  };
  // Every word of the vocabulary, so that an alarm finds a 0 where there is nothing yet.
  for (const auto status : kStatuses) {
    const auto found = book.leads.find(std::string(leads::name(status)));
    page.add("leadmail_leads", {{"status", leads::name(status)}},
             found == book.leads.end() ? 0.0 : number(found->second));
  }
  page.add("leadmail_leads_without_owner", number(book.without_owner));
  page.add("leadmail_leads_owed", number(book.owed));
  page.add("leadmail_next_contacts_planned", number(book.contacts_planned));
  page.add("leadmail_next_contacts_due", number(book.contacts_due));
  page.add("leadmail_reminders_late_seconds", since(book.oldest_wake));
  for (const char* state : {"waiting", "sending", "sending-final", "deferred", "failed", "unknown"}) {
    const auto found = book.recipients.find(state);
    page.add("leadmail_outbox_recipients", {{"state", state}},
             found == book.recipients.end() ? 0.0 : number(found->second));
  }
  page.add("leadmail_outbox_oldest_waiting_seconds", since(book.oldest_due));
}

void add_files(Exposition& page, const std::string& path) {
  const auto add_size = [&](const char* family, const std::string& file) {
    struct stat found {};
    if (::stat(file.c_str(), &found) == 0) page.add(family, number(std::int64_t{found.st_size}));
  };
  add_size("leadmail_store_database_bytes", path);
  add_size("leadmail_store_wal_bytes", path + "-wal");
  struct statvfs disk {};
  if (::statvfs(path.c_str(), &disk) == 0) {
    page.add("leadmail_store_disk_free_bytes", number(std::uint64_t{disk.f_bavail} * disk.f_frsize));
  }
}

/// proc(5): the second number of statm is what is in memory, in pages.
std::optional<double> resident_memory() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  if (!(statm >> all >> resident)) return std::nullopt;
  return number(resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)));
}

std::optional<double> open_descriptors() {
  DIR* folder = ::opendir("/proc/self/fd");
  if (folder == nullptr) return std::nullopt;
  int count = 0;
  while (const dirent* entry = ::readdir(folder))
    count += entry->d_name[0] == '.' ? 0 : 1;  // NOLINT(concurrency-mt-unsafe)
  ::closedir(folder);
  return count - 1;  // but for the one by which we look
}

void add_process(Exposition& page) {
  rusage used{};
  if (::getrusage(RUSAGE_SELF, &used) == 0) {
    const auto seconds = [](const timeval& time) {
      return number(std::int64_t{time.tv_sec}) + 1e-6 * number(std::int64_t{time.tv_usec});
    };
    page.add("leadmail_process_cpu_seconds_total", seconds(used.ru_utime) + seconds(used.ru_stime));
  }
  if (const auto memory = resident_memory()) page.add("leadmail_process_resident_memory_bytes", *memory);
  if (const auto count = open_descriptors()) page.add("leadmail_process_open_fds", *count);
}

Error failed(const std::string& path) {
  return {Next::retry, path + ": " + std::strerror(errno)};
}  // NOLINT(concurrency-mt-unsafe)

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

MetricsPage::MetricsPage(Engine& engine, const WatchBoard& board, const SenderBoard& senders)
    : engine_(engine), board_(board), senders_(senders), began_(engine.now()) {}

std::string MetricsPage::text() {
  const std::lock_guard lock(mutex_);
  const auto settings = engine_.settings();
  const Time now = engine_.now();
  Exposition page;
  page.add("leadmail_build_info", {{"version", LEADMAIL_VERSION}}, 1);
  page.add("leadmail_start_time_seconds", seconds_of(began_));
  add_mailboxes(page, board_);
  add_senders(page, senders_, now);
  add_logins(page, engine_.logins().states());
  add_meters(page, engine_.meters());
  page.add("leadmail_config_last_reload_success_timestamp_seconds",
           seconds_of(engine_.meters().reloads().at.value_or(began_)));
  add_engine(page, engine_);
  for (const auto& [id, count] : log_counts()) {
    page.add("leadmail_log_records_total", {{"level", name(count.level)}, {"id", id}}, number(count.records));
  }
  read_book(settings->config.store_path);
  page.add("leadmail_store_readable", figures_ ? 1 : 0);
  if (figures_) add_book(page, *figures_, now);
  for (const auto& [term, count] : late_) page.add("leadmail_leads_late", {{"term", term}}, number(count));
  add_files(page, settings->config.store_path);
  add_process(page);
  page.add("leadmail_figures_seconds", std::chrono::duration<double>(cost_).count());
  page.add("leadmail_figures_timestamp_seconds", seconds_of(now));
  return page.text();
}

void MetricsPage::read_book(const std::string& path) {
  read_late(path);
  constexpr int kShare = 100;
  constexpr std::chrono::seconds kLeast{1};
  const auto began = steady_clock::now();
  if (read_at_ && began - *read_at_ < std::max<steady_clock::duration>(kLeast, cost_ * kShare)) return;
  auto figures = store::read_figures(path, engine_.now());
  read_at_ = steady_clock::now();
  cost_ = *read_at_ - began;
  if (figures) {
    figures_ = std::move(*figures);
  } else {
    figures_.reset();
    log("metrics-book", figures.error().what);
  }
}

void MetricsPage::read_late(const std::string& path) {
  constexpr std::chrono::minutes kOften{1};
  const auto now = steady_clock::now();
  if (late_read_at_ && now - *late_read_at_ < kOften) return;
  late_read_at_ = now;
  auto late = store::read_late_leads(path);
  late_ = late ? std::move(*late) : std::map<std::string, std::int64_t>{};
}

Result<void> write_metrics_file(const std::string& path, const std::string& page) {
  // The node exporter reads *.prom: half a page must not be called so.
  const std::string fresh = path + ".new";
  ::unlink(fresh.c_str());
  const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (file.get() < 0) return failed(fresh);
  const bool is_written = write_all(file.get(), page) && ::fchmod(file.get(), 0644) == 0;
  if (is_written && ::rename(fresh.c_str(), path.c_str()) == 0) return {};
  auto error = failed(path);
  ::unlink(fresh.c_str());
  return error;
}

}  // namespace leadmail::daemon
