#include "daemon/alarm_loop.h"

#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/leads/decide.h"
#include "core/leads/token.h"
#include "core/leads/zone.h"
#include "daemon/letters.h"
#include "daemon/log.h"
#include "daemon/whole_file.h"
#include "mail/message/compose.h"
#include "mail/smtp/session.h"

namespace leadmail::daemon {
namespace {

namespace smtp = mail::smtp;
namespace net = mail::net;

constexpr std::chrono::seconds kLongestWait{60};
constexpr mode_t kMode = 0600;

std::string hour_of(Time time) {
  return std::to_string(std::chrono::floor<std::chrono::hours>(time).time_since_epoch().count());
}

std::string host_name() {
  std::array<char, 256> host{};
  return gethostname(host.data(), host.size() - 1) == 0 ? host.data() : "localhost";
}

/// One way out that needs no book.
struct Route {
  std::string name{};
  std::string from{};
  net::Server server{};
  std::function<Result<net::Login>()> login{};
};

Route second_route(const Config& config) {
  const auto& alarm = config.alarm;
  return {"alert_smtp", alarm.from, *alarm.smtp, [alarm]() -> Result<net::Login> {
            if (alarm.user.empty()) return net::Login{};
            MailboxConfig account;
            account.name = "alert_smtp";
            account.user = alarm.user;
            account.password_file = alarm.password_file;
            return read_login(account);
          }};
}

/// The accounts of the mailboxes; that of `last`, which may be the trouble, after the others.
std::vector<Route> own_routes(Engine& engine, const Config& config, const std::string& last) {
  std::vector<Route> routes;
  for (const auto& mailbox : config.mailboxes) {
    const auto* const rules = config.rules.mailbox(mailbox.name);
    if (rules == nullptr) continue;
    routes.push_back({mailbox.name, rules->address, mailbox.smtp,
                      [&engine, name = mailbox.name] { return engine.logins().get(name); }});
  }
  std::ranges::stable_partition(routes, [&](const Route& route) { return route.name != last; });
  return routes;
}

Result<std::string> write_mail(const Settings& settings, const Route& route, const AlarmText& words,
                               const std::string& cause, Time now) {
  const auto& rules = settings.config.rules;
  mail::message::Draft draft;
  draft.from = {"Leadmail", route.from};
  for (const auto& address : rules.admins) draft.to.push_back({"", address});
  draft.subject = "Leadmail: " + words.title;
  draft.date = now;
  draft.date_offset = leads::offset_at(now, rules.timezone);
  if (!rules.mailboxes.empty()) {
    draft.message_id = leads::make_message_id("alarm", cause, rules.mailboxes.front(), rules.tokens);
  }
  draft.extra = {{"Auto-Submitted", "auto-generated"}};
  draft.text = words.text + "\n";
  return mail::message::compose(draft);
}

/// False: it surely did not go this way. What nobody knows counts as gone: nobody is told twice.
bool send_directly(const Settings& settings, const Route& route, const std::string& bytes,
                   const std::stop_token& stop) {
  smtp::Account account;
  account.server = route.server;
  account.ehlo_name = host_name();
  account.login = route.login;
  account.patience.connect = std::chrono::seconds{30};
  account.patience.reply = std::chrono::minutes{2};
  smtp::Session session(std::move(account));
  const auto sent = session.send(
      {route.from, settings.config.rules.admins}, bytes, [] { return true; }, stop);
  session.hang_up();
  if (!sent) {
    log("alarm-route", sent.error().what, {{"ROUTE", route.name}});
    return false;
  }
  const bool gone = std::ranges::any_of(sent->recipients, [](const smtp::RecipientResult& result) {
    return result.outcome == smtp::Outcome::delivered || result.outcome == smtp::Outcome::unknown;
  });
  const auto& first = sent->recipients.front().reply.text;
  if (!gone) log("alarm-route", first.empty() ? sent->trouble : first, {{"ROUTE", route.name}});
  return gone;
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string cause_of(const Alarm& alarm, Time now) {
  return (alarm.is_over ? "over:" : "alarm:") + alarm.fault.key() + ":" + hour_of(now);
}

}  // namespace

Result<void> tell_admins(Engine& engine, const std::string& mailbox, const std::string& cause, const AlarmText& words) {
  const auto settings = engine.settings();
  const auto& rules = settings->config.rules;
  if (rules.admins.empty()) return {};
  const Time now = engine.now();
  leads::Letter letter{
      .kind = leads::LetterKind::alert, .mailbox = mailbox, .text = words.text, .subject = words.title};
  letter.cause = cause;
  letter.language = rules.language;
  const auto other =
      std::ranges::find_if(rules.mailboxes, [&](const leads::Mailbox& one) { return one.name != mailbox; });
  if (other != rules.mailboxes.end()) letter.mailbox = other->name;
  leads::Decision decision;
  decision.effects.emplace_back(leads::SendLetter{std::move(letter)});
  auto told = engine.write([&](store::Transaction& transaction) -> Result<void> {
    LetterWriter letters(*settings, now);
    auto applied = transaction.apply(decision, now, letters);
    if (!applied) return std::move(applied.error()).in("an alert");
    return {};
  });
  if (told) engine.tell_news();
  return told;
}

AlarmLoop::AlarmLoop(Engine& engine, const WatchBoard& board, const SenderBoard& senders)
    : engine_(engine), board_(board), senders_(senders), started_(engine.now()) {
  const std::filesystem::path store = engine.settings()->config.store_path;
  memory_path_ = (store.parent_path() / "alarms.json").string();
  told_ = read_told(content_of(memory_path_));
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

AlarmLoop::~AlarmLoop() {
  thread_.request_stop();
  news_.notify_all();
}

void AlarmLoop::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  news_.notify_all();
}

void AlarmLoop::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto wait = std::min(kLongestWait, engine_.settings()->config.alarm.silent_after / 2);
    {
      std::unique_lock lock(mutex_);
      news_.wait_for(lock, stop, wait, [this] { return woken_; });
      woken_ = false;
    }
    if (!stop.stop_requested()) look(stop);
  }
}

std::vector<Fault> AlarmLoop::faults() const {
  return find_faults(facts(), engine_.settings()->config.alarm.silent_after, engine_.now());
}

Facts AlarmLoop::facts() const {
  const auto settings = engine_.settings();
  Facts facts;
  facts.folders = board_.rows();
  facts.filing = board_.filings();
  facts.senders = senders_.rows();
  facts.logins = engine_.logins().states();
  for (const auto& mailbox : settings->config.mailboxes) facts.inboxes[mailbox.name] = mailbox.inbox;
  // Of a mailbox that is not in the config any more there is nothing to tell.
  std::erase_if(facts.folders, [&](const auto& row) { return !facts.inboxes.contains(row.state.mailbox); });
  std::erase_if(facts.filing, [&](const auto& entry) { return !facts.inboxes.contains(entry.first); });
  std::erase_if(facts.senders, [&](const auto& row) { return !facts.inboxes.contains(row.mailbox); });
  std::erase_if(facts.logins, [&](const auto& login) { return !facts.inboxes.contains(login.mailbox); });
  facts.store_folder = std::filesystem::path(settings->config.store_path).parent_path().string();
  struct statvfs disk {};
  if (::statvfs(facts.store_folder.c_str(), &disk) == 0) facts.disk_free = disk.f_bavail * disk.f_frsize;
  facts.started = started_;
  return facts;
}

void AlarmLoop::look(const std::stop_token& stop) {
  const Time now = engine_.now();
  const auto found = find_faults(facts(), engine_.settings()->config.alarm.silent_after, now);
  std::vector<Alarm> told;
  for (const auto& alarm : due_alarms(found, told_, now)) {
    const auto words = alarm_text(alarm, "en", "UTC");
    log(alarm.is_over ? "alarm-over" : "alarm", words.title + ": " + words.text,
        {{"FAULT", alarm.fault.name}, {"SUBJECT", alarm.fault.subject}});
    if (auto done = tell(alarm, stop); !done) {
      log("alarm-untold", done.error().what, {{"FAULT", alarm.fault.name}});
      continue;  // again in a minute
    }
    told.push_back(alarm);
  }
  auto memory = after_telling(found, told, told_, now);
  if (memory == told_) return;
  told_ = std::move(memory);
  if (auto kept = write_whole_file(memory_path_, write_told(told_), kMode); !kept) {
    log("alarm-memory", kept.error().what);
  }
}

Result<void> AlarmLoop::tell(const Alarm& alarm, const std::stop_token& stop) {
  const auto settings = engine_.settings();
  const auto& config = settings->config;
  if (config.rules.admins.empty()) return {};
  const Time now = engine_.now();
  const auto words = alarm_text(alarm, config.rules.language, config.rules.timezone);
  const auto cause = cause_of(alarm, now);
  const auto directly = [&](const Route& route) {
    const auto bytes = write_mail(*settings, route, words, cause, now);
    return bytes && send_directly(*settings, route, *bytes, stop);
  };
  const auto by_an_account_of_ours = [&] {
    return std::ranges::any_of(own_routes(engine_, config, alarm.fault.subject),
                               [&](const Route& route) { return !stop.stop_requested() && directly(route); });
  };
  if (config.alarm.smtp && directly(second_route(config))) return {};
  // What the outbox takes now it could not send any more once the disk is full: each attempt is written down first.
  const bool outbox_last = alarm.fault.name == "disk-low" && !alarm.is_over;
  if (outbox_last && by_an_account_of_ours()) return {};
  auto queued = tell_admins(engine_, alarm.fault.subject, cause, words);
  if (!queued && !outbox_last && by_an_account_of_ours()) return {};
  return queued;
}

}  // namespace leadmail::daemon
