// The logins of all mailboxes: passwords read afresh from their files, tokens fetched and kept (token_keeper.h). Asked
// from any thread; a fetch blocks nobody but who needs it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/base/result.h"
#include "daemon/config.h"
#include "daemon/login_state.h"
#include "daemon/token_keeper.h"

namespace leadmail::daemon {

struct Settings;

class Logins {
 public:
  using SettingsSource = std::function<std::shared_ptr<const Settings>()>;

  explicit Logins(SettingsSource settings);
  ~Logins();
  Logins(const Logins&) = delete;
  Logins& operator=(const Logins&) = delete;

  /// The login of a mailbox now. May block for half a minute: not for the event loop. Errors: see TokenKeeper::login
  /// and read_login.
  Result<mail::net::Login> get(const std::string& mailbox, bool refused = false);

  /// The same for the event loop: `answer` is called once, here and now or later on another thread.
  void get_later(const std::string& mailbox, bool refused, const std::function<void(Result<mail::net::Login>)>& answer);

  /// Goes up whenever a login that did not work may work again.
  [[nodiscard]] std::uint64_t changes(const std::string& mailbox) const;

  /// From now on tokens are fetched before they end, on a thread of its own. There `on_change` is called when a login
  /// that did not work may work again, and `hourly` at the start, each hour, and when it is learned when a login ends.
  void start(std::function<void(const std::string& mailbox)> on_change, std::function<void()> hourly);

  /// Gives up every fetch that is going on, within a second; each is answered with an Error.
  void stop();
  /// After stop(): waits until `on_change` is surely not called any more.
  void join();

  /// Of mailboxes that log in by token.
  [[nodiscard]] std::vector<LoginState> states() const;

 private:
  struct Running {
    std::atomic<bool> over{false};
    std::thread thread{};
  };

  TokenKeeper& keeper(const std::string& mailbox, const std::string& keys_folder);
  void run(const std::stop_token& stop);
  bool tend_all();
  void join_finished();

  SettingsSource settings_;
  std::atomic<bool> stopped_{false};
  mutable std::mutex mutex_{};
  std::map<std::string, std::unique_ptr<TokenKeeper>, std::less<>> keepers_{};
  std::map<std::string, std::uint64_t, std::less<>> changes_{};
  std::list<Running> running_{};
  std::function<void(const std::string&)> on_change_{};
  std::function<void()> hourly_{};
  std::condition_variable_any wake_{};
  std::jthread tender_{};
};

}  // namespace leadmail::daemon
