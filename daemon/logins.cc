#include "daemon/logins.h"

#include <optional>
#include <random>
#include <system_error>
#include <utility>
#include <vector>

#include "daemon/engine.h"
#include "daemon/log.h"

namespace leadmail::daemon {
namespace {

constexpr std::chrono::seconds kTending{2};
constexpr std::chrono::seconds kNothingToTend{30};

double chance() {
  thread_local std::minstd_rand random(std::random_device{}());
  return std::uniform_real_distribution<double>(0, 1)(random);
}

/// Tokens live by the true time, whatever time the book is told.
Time true_now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

std::vector<std::optional<Time>> ends_of(const std::vector<LoginState>& states) {
  std::vector<std::optional<Time>> ends;
  for (const auto& state : states) ends.insert(ends.end(), {state.secret_ends, state.login_ends});
  return ends;
}

Error not_in_config(const std::string& mailbox) {
  return {Next::retry, "mailbox " + mailbox + " is not in the config any more"};
}

}  // namespace

Logins::Logins(SettingsSource settings) : settings_(std::move(settings)) {}

Logins::~Logins() {
  stop();
  join();
  for (auto& running : running_) running.thread.join();
}

TokenKeeper& Logins::keeper(const std::string& mailbox, const std::string& keys_folder) {
  const std::lock_guard lock(mutex_);
  auto& place = keepers_[mailbox];
  if (!place) {
    place = std::make_unique<TokenKeeper>(
        mailbox, keys_folder, KeeperWorld{mail::net::post_form, true_now, chance, [this] { return stopped_.load(); }});
  }
  return *place;
}

Result<mail::net::Login> Logins::get(const std::string& mailbox, bool refused) {
  const auto settings = settings_();
  const MailboxConfig* current = settings->config.mailbox(mailbox);
  if (current == nullptr) return not_in_config(mailbox);
  if (!current->oauth2) return read_login(*current);
  return keeper(mailbox, settings->config.keys_path).login(*current, refused);
}

void Logins::get_later(const std::string& mailbox, bool refused,
                       const std::function<void(Result<mail::net::Login>)>& answer) {
  const auto settings = settings_();
  const MailboxConfig* current = settings->config.mailbox(mailbox);
  if (current == nullptr) return answer(not_in_config(mailbox));
  if (!current->oauth2) return answer(read_login(*current));
  if (auto login = keeper(mailbox, settings->config.keys_path).ready(*current, refused)) {
    return answer(std::move(*login));
  }
  if (stopped_) return answer(Error{Next::retry, "given up"});
  join_finished();
  std::unique_lock lock(mutex_);
  auto& running = running_.emplace_back();
  try {
    running.thread = std::thread([this, mailbox, refused, answer, &running] {
      answer(get(mailbox, refused));
      running.over = true;
    });
  } catch (const std::system_error& none) {
    running_.pop_back();
    lock.unlock();
    answer(Error{Next::retry, std::string("no thread to fetch a token on: ") + none.what()});
  }
}

void Logins::join_finished() {
  const std::lock_guard lock(mutex_);
  running_.remove_if([](auto& running) {
    if (running.over) running.thread.join();
    return running.over.load();
  });
}

std::uint64_t Logins::changes(const std::string& mailbox) const {
  const std::lock_guard lock(mutex_);
  const auto found = changes_.find(mailbox);
  return found == changes_.end() ? 0 : found->second;
}

void Logins::start(std::function<void(const std::string&)> on_change, std::function<void()> hourly) {
  on_change_ = std::move(on_change);
  hourly_ = std::move(hourly);
  tender_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Logins::stop() {
  stopped_ = true;
  tender_.request_stop();
}

void Logins::join() {
  if (tender_.joinable()) tender_.join();
}

void Logins::run(const std::stop_token& stop) {
  std::optional<std::chrono::steady_clock::time_point> told;
  std::vector<std::optional<Time>> told_ends;
  while (!stop.stop_requested()) {
    const bool has_tokens = tend_all();
    const auto now = std::chrono::steady_clock::now();
    // When a login ends may be known only after its first token: that is told at once, too.
    auto ends = ends_of(states());
    if (has_tokens && hourly_ && (!told || now - *told >= std::chrono::hours{1} || ends != told_ends)) {
      told = now;
      told_ends = std::move(ends);
      hourly_();
    }
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, has_tokens ? kTending : kNothingToTend, [] { return false; });
  }
}

/// False: no mailbox logs in by token.
bool Logins::tend_all() {
  const auto settings = settings_();
  bool has_tokens = false;
  for (const auto& mailbox : settings->config.mailboxes) {
    if (stopped_) break;
    if (!mailbox.oauth2) continue;
    has_tokens = true;
    auto& tended = keeper(mailbox.name, settings->config.keys_path);
    const auto before = tended.state();
    const bool changed = tended.tend(mailbox);
    const auto after = tended.state();
    if (after.failures != before.failures) {
      log("login-token", after.trouble, {{"MAILBOX", mailbox.name}});
    }
    if (!changed) continue;
    log("login-changed", "the login may work again", {{"MAILBOX", mailbox.name}});
    {
      const std::lock_guard lock(mutex_);
      ++changes_[mailbox.name];
    }
    if (on_change_) on_change_(mailbox.name);
  }
  return has_tokens;
}

std::vector<LoginState> Logins::states() const {
  const auto settings = settings_();
  std::vector<LoginState> states;
  const std::lock_guard lock(mutex_);
  for (const auto& mailbox : settings->config.mailboxes) {
    const auto found = keepers_.find(mailbox.name);
    if (mailbox.oauth2 && found != keepers_.end()) states.push_back(found->second->state());
  }
  return states;
}

}  // namespace leadmail::daemon
