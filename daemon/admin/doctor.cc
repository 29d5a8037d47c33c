// Is everything as it should be? Looks at what the daemon stands on, goes the whole way of a mail with one of our own,
// and says of each thing that is not in order what to do. Changes nothing but that one mail, which it takes away again.
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <sys/types.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/leads/address.h"
#include "daemon/admin/commands.h"
#include "daemon/admin/findings.h"
#include "daemon/admin/trial.h"
#include "daemon/control_protocol.h"
#include "daemon/engine.h"
#include "daemon/health.h"
#include "mail/net/reach.h"
#include "mail/worker/pool.h"

namespace leadmail::daemon::admin {
namespace {

namespace fs = std::filesystem;
namespace net = mail::net;
using Grade = Finding::Grade;
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kAnswerSeconds = 10;
constexpr seconds kReach{20};  // for a server to greet us, or as long as we shall wait for a mail
constexpr days kCertificate{21};
constexpr minutes kClock{5};
constexpr std::uintmax_t kLargeLog = 256ULL << 20U;
constexpr std::string_view kSample{"From: a@example.com\r\nTo: b@example.com\r\nSubject: test\r\n\r\nHello.\r\n"};

std::string_view name_of(net::Reach::Trouble trouble) {
  using Trouble = net::Reach::Trouble;
  switch (trouble) {
    case Trouble::none: return "";
    case Trouble::name: return "name-unknown";
    case Trouble::connection: return "server-unreachable";
    case Trouble::silence: return "server-silent";
    case Trouble::certificate: return "certificate-refused";
    case Trouble::tls: return "tls-missing";
    case Trouble::greeting: break;
  }
  return "server-wrong";
}

const char* name_of(SecretState state) {
  switch (state) {
    case SecretState::missing: return "secret-missing";
    case SecretState::wrong: return "secret-wrong";
    case SecretState::good:  // it came while we looked
    case SecretState::closed: break;
  }
  return "secret-unreadable";
}

std::string words_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// "3 minutes", "2 h": how far clocks are apart.
std::string span_words(seconds span) {
  const auto long_span = span < seconds{0} ? -span : span;
  if (long_span < minutes{120}) return std::to_string(long_span.count() / 60) + " minutes";
  if (long_span < days{3}) return std::to_string(long_span.count() / 3600) + " hours";
  return std::to_string(long_span.count() / 86400) + " days";
}

class Doctor {
 public:
  Doctor(Desk& desk, const DoctorArguments& arguments) : desk_(desk), arguments_(arguments) {}

  int run() {
    if (!desk_.read_config()) {
      tell({Grade::failed, "Config", desk_.config_path(), "", "config-wrong"});
      return desk_.status();
    }
    head("this machine");
    fine("Config", desk_.config_path());
    look_at_clock();
    look_at_disk();
    look_at_book();
    look_at_parser();
    look_at_alarms();
    head("leadmaild");
    look_at_daemon();
    look_at_queues();
    for (const auto& mailbox : desk_.config().mailboxes) look_at_mailbox(mailbox);
    if (!desk_.is_json()) {
      desk_.remark("\n" + std::to_string(failed_) + " failed, " + std::to_string(notes_) + " to note");
    }
    return desk_.status();
  }

 private:
  void head(const std::string& subject) {
    subject_ = subject;
    if (!desk_.is_json()) desk_.print(coloured(subject, Colour::bold, desk_.terminal()) + "\n");
  }

  void tell(Finding finding) {
    if (!finding.name.empty() && finding.advice.empty()) finding.advice = advice_for(finding.name);
    failed_ += finding.grade == Grade::failed ? 1 : 0;
    notes_ += finding.grade == Grade::note ? 1 : 0;
    if (desk_.is_json()) {
      static constexpr std::string_view kGrades[] = {"ok", "note", "failed"};
      desk_.print_json(Json{{"subject", subject_},
                            {"check", finding.what},
                            {"state", kGrades[static_cast<std::size_t>(finding.grade)]},
                            {"name", finding.name.empty() ? Json(nullptr) : Json(finding.name)},
                            {"words", finding.words},
                            {"advice", finding.advice}});
    } else {
      desk_.print(finding_line(finding, desk_.terminal()) + "\n");
    }
    if (finding.grade == Grade::failed) desk_.note_failure();
  }
  void fine(std::string what, std::string words) { tell({Grade::fine, std::move(what), std::move(words)}); }
  void note(std::string name, std::string what, std::string words) {
    tell({Grade::note, std::move(what), std::move(words), "", std::move(name)});
  }
  void fail(std::string name, std::string what, std::string words) {
    tell({Grade::failed, std::move(what), std::move(words), "", std::move(name)});
  }

  [[nodiscard]] seconds patience() const { return std::min(kReach, seconds{arguments_.wait}); }

  // --- this machine ---

  void look_at_clock() {
    struct timex state {};
    const int status = ::adjtimex(&state);
    if (status < 0) return fine("Clock", "whether it is synchronised can't be told here");
    if (status == TIME_ERROR || (state.status & STA_UNSYNC) != 0) {
      return note("clock-unsynchronised", "Clock", "nothing keeps it right");
    }
    fine("Clock", "synchronised");
  }

  void look_at_disk() {
    const auto folder = fs::path(desk_.config().store_path).parent_path();
    struct statvfs disk {};
    if (::statvfs(folder.c_str(), &disk) != 0) {
      return fail("disk-low", "Disk", folder.string() + ": " + std::strerror(errno));
    }
    const std::uint64_t free = disk.f_bavail * disk.f_frsize;
    const auto words = size_words(free) + " free at " + folder.string();
    if (free < kLeastDisk) return fail("disk-low", "Disk", words);
    fine("Disk", words);
  }

  void look_at_book() {
    const auto& path = desk_.config().store_path;
    std::error_code failure;
    if (!fs::exists(path, failure)) return note("daemon-stopped", "Database", path + " does not exist yet");
    auto opened = store::Reader::open(path);
    if (!opened) return fail("database-unreadable", "Database", opened.error().what);
    book_ = std::move(*opened);
    auto counts = book_->counts(desk_.now());
    if (!counts) return fail("database-unreadable", "Database", counts.error().what);
    counts_ = std::move(*counts);
    const auto size = fs::file_size(path, failure);
    fine("Database", path + ", " + size_words(failure ? 0 : size) + ", " + std::to_string(counts_->messages) +
                         " messages, " + std::to_string(counts_->leads) + " leads");
    const auto log = fs::file_size(path + "-wal", failure);
    if (!failure && log > kLargeLog) note("log-unfed", "Its log", size_words(log));
  }

  void look_at_parser() {
    mail::worker::PoolOptions options;
    options.workers = 1;
    mail::worker::Pool pool(options);
    const auto content = pool.parse({.raw = kSample});
    if (!content) return fail("parser-broken", "Parser", content.error().what);
    fine("Parser", "confined, reads mail");
  }

  void look_at_alarms() {
    const auto& config = desk_.config();
    if (config.rules.admins.empty()) return note("alarms-unheard", "Alerts", "nobody is told of trouble by mail");
    std::string to;
    for (const auto& address : config.rules.admins) to += (to.empty() ? "" : ", ") + address;
    if (!config.alarm.smtp) return fine("Alerts", "to " + to);
    const auto route = config.alarm.smtp->host + ":" + std::to_string(config.alarm.smtp->port);
    const auto reached = net::reach(*config.alarm.smtp, net::Service::smtp, patience());
    if (reached.trouble != net::Reach::Trouble::none) {
      return fail(std::string{name_of(reached.trouble)}, "Alerts", route + ": " + reached.words);
    }
    fine("Alerts", "to " + to + " by " + route);
  }

  // --- the daemon ---

  void look_at_daemon() {
    const auto answer = ask_daemon(desk_.config().control_path, R"({"action":"status"})", {}, kAnswerSeconds);
    if (!answer) {
      const bool is_absent = answer.error().next == Next::retry;
      return fail(is_absent ? "daemon-stopped" : "daemon-silent", "leadmaild", answer.error().what);
    }
    auto status = Json::parse(*answer, nullptr, false);
    if (!status.is_object()) return fail("daemon-silent", "leadmaild", "what it answers is none");
    runs_ = true;
    fine("leadmaild", "runs and answers");
    if (status.contains("logins") && status["logins"].is_array()) logins_ = status["logins"];
    if (!status.contains("faults") || !status["faults"].is_array()) return;
    for (const auto& fault : status["faults"]) {
      auto text = words_of(fault, "text");
      tell({Grade::failed, words_of(fault, "title"), text.substr(0, text.find('\n')), "", words_of(fault, "name")});
    }
  }

  void look_at_queues() {
    if (!counts_) return;
    std::int64_t unread = 0;
    std::int64_t held = 0;
    for (const auto& mailbox : counts_->mailboxes) {
      unread += mailbox.quarantined;
      held += mailbox.held;
    }
    const auto look = [&](std::int64_t count, const char* name, const char* what, const char* words) {
      if (count > 0) note(name, what, std::to_string(count) + words);
    };
    look(unread, "mail-unread", "Unread", " mails could not be read");
    look(counts_->outbox_failed, "mail-failed", "Outbox", " mails were given up");
    look(counts_->outbox_unknown, "mail-unsure", "Outbox", " mails may have left or not");
    look(held, "mail-held", "Held", " doubtful mails wait for you");
    fine("Queues", std::to_string(counts_->outbox_waiting) + " mails wait for sending");
  }

  // --- a mailbox ---

  void look_at_mailbox(const MailboxConfig& mailbox) {
    const auto* const rules = desk_.config().rules.mailbox(mailbox.name);
    if (rules == nullptr) return;
    head("mailbox " + mailbox.name + " <" + rules->address + ">");
    auto login = login_of(mailbox);
    const bool reads = reach(mailbox.imap, net::Service::imap, "IMAP server");
    const bool sends = reach(mailbox.smtp, net::Service::smtp, "SMTP server");
    if (!login || !reads || !sends) return;
    if (arguments_.no_probe) return;
    TrialAccount account;
    account.address = rules->address;
    account.imap = mailbox.imap;
    account.smtp = mailbox.smtp;
    account.login = std::move(*login);
    account.inbox = mailbox.inbox;
    TrialLimits limits;
    limits.arrival = limits.taking = seconds{arguments_.wait};
    limits.filing = seconds{0};
    const DaemonHas has = [this](const std::string& message_id) {
      const auto rows = book_->ledger_of_message(message_id);
      return rows && !rows->empty();
    };
    const auto trial = try_mailbox(
        account, limits, [&](const Finding& finding) { pass_on(finding, *rules); }, runs_ && book_ ? has : DaemonHas{});
    judge(trial, mailbox, *rules);
  }

  /// Nothing: there is none, or it is not ours to use. A refresh token that a provider exchanges at every use belongs
  /// to the daemon while it runs.
  std::optional<net::Login> login_of(const MailboxConfig& mailbox) {
    const bool is_token = mailbox.oauth2.has_value();
    if (is_token && mailbox.oauth2->needs_person() && runs_) {
      look_at_token(mailbox.name);
      return std::nullopt;
    }
    const auto settings = std::make_shared<Settings>();
    settings->config = desk_.config();
    Logins logins([settings] { return settings; });
    auto login = logins.get(mailbox.name);
    if (login) return std::move(*login);
    fail(is_token ? "login-refused" : name_of(state_of_secret(mailbox)), "Login", login.error().what);
    return std::nullopt;
  }

  void look_at_token(const std::string& mailbox) {
    for (const auto& entry : logins_) {
      if (words_of(entry, "mailbox") != mailbox) continue;
      const auto standing = words_of(entry, "standing");
      const auto trouble = words_of(entry, "trouble");
      const auto ends = words_of(entry, "login_ends");
      if (standing == "good") return fine("Login", "by token" + (ends.empty() ? "" : ", until " + ends));
      return fail("login-refused", "Login", "token " + standing + (trouble.empty() ? "" : ": " + trouble));
    }
    note("login-refused", "Login", "by token; the daemon has not asked for one yet");
  }

  bool reach(const net::Server& server, net::Service service, const std::string& what) {
    const auto place = server.host + ":" + std::to_string(server.port);
    const auto reached = net::reach(server, service, patience());
    if (reached.trouble != net::Reach::Trouble::none) {
      fail(std::string{name_of(reached.trouble)}, what, place + ": " + reached.words);
      return false;
    }
    const auto& ends = reached.certificate_ends;
    if (ends && *ends - desk_.now() < kCertificate) {
      note("certificate-ending", what, place + ": its certificate ends on " + time_text(*ends, desk_.place()));
    } else {
      fine(what, place + (ends ? ", certificate until " + time_text(*ends, desk_.place()) : ""));
    }
    return true;
  }

  /// What the trial says of a mailbox that has no config yet, seen with one.
  void pass_on(Finding finding, const leads::Mailbox& rules) {
    if (finding.what == "Sent" && finding.grade == Grade::fine) return;  // for a config that is yet to be written
    if (finding.name == "plus-addresses-off") {
      if (!rules.plus_addressing) return;  // known
      finding.grade = Grade::failed;
      finding.advice.clear();
    }
    if (finding.name == "no-authentication-results") {
      if (!rules.transport_auth_required) return;
      finding.advice.clear();
    }
    tell(std::move(finding));
  }

  void judge(const Trial& trial, const MailboxConfig& mailbox, const leads::Mailbox& rules) {
    if (trial.clock_ahead && (*trial.clock_ahead > kClock || *trial.clock_ahead < -kClock)) {
      fail("clock-wrong", "Clock",
           "ours is " + span_words(*trial.clock_ahead) + (*trial.clock_ahead > seconds{0} ? " before" : " behind") +
               " the mail server's");
    }
    for (const auto& folder : {mailbox.inbox, mailbox.processed.folder}) {
      const bool is_there = folder.empty() || trial.folders.empty() ||
                            std::ranges::find(trial.folders, folder) != trial.folders.end() ||
                            leads::to_lower(folder) == "inbox";
      if (!is_there) fail("folder-missing", "Folder", "there is no " + folder);
    }
    if (!rules.transport_auth_required) return;
    std::string unknown;
    bool knows_one = trial.own_names.empty();
    for (const auto& name : trial.own_names) {
      const auto& trusted = mailbox.trusted_authserv;
      const bool is_trusted = std::ranges::find(trusted, leads::to_lower(name)) != trusted.end();
      knows_one = knows_one || is_trusted;
      if (!is_trusted) unknown += (unknown.empty() ? "" : ", ") + name;
    }
    if (!knows_one) fail("authserv-unknown", "Authentication-Results", "written by " + unknown);
  }

  Desk& desk_;
  const DoctorArguments& arguments_;
  std::unique_ptr<store::Reader> book_{};
  std::optional<store::Counts> counts_{};
  std::string subject_{};
  Json logins_ = Json::array();  ///< by token, as the daemon tells
  bool runs_ = false;
  int failed_ = 0;
  int notes_ = 0;
};

}  // namespace

int run_doctor(Desk& desk, const DoctorArguments& arguments) {
  if (!arguments.names) return Doctor(desk, arguments).run();
  for (const auto& remedy : remedies()) {
    if (desk.is_json()) {
      desk.print_json(Json{{"name", remedy.name}, {"advice", remedy.advice}});
    } else {
      desk.print(std::string{remedy.name} + ": " + std::string{remedy.advice} + "\n");
    }
  }
  return fine;
}

}  // namespace leadmail::daemon::admin
