// Everything that one config needs to take mail and to change the book: the store's writer, the parser workers, the
// keys, the words, the logins. Used by leadmaild, and by leadmail for changes when no daemon runs. Opens no socket, but
// the logins do when a token is asked for.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/store/writer.h"
#include "daemon/clock.h"
#include "daemon/config.h"
#include "daemon/logins.h"
#include "daemon/meters.h"
#include "daemon/wording.h"
#include "mail/worker/pool.h"

namespace leadmail::daemon {

/// What may be replaced by a reload, as one immutable value.
struct Settings {
  Config config{};  ///< rules.tokens filled from the keys
  Wording wording{};
  std::string erasure_key{};  ///< of the tombstones of erased people
};

class Engine {
 public:
  /// Takes the book's lock, migrates, loads keys and templates. `fixed` stops the clock at that time. Error: `stop`
  /// when the database can't be opened or another process holds it, `retry` when that may pass (a full disk).
  static Result<std::unique_ptr<Engine>> open(Config config, std::optional<Time> fixed = std::nullopt);
  ~Engine();

  [[nodiscard]] std::shared_ptr<const Settings> settings() const;
  /// Swaps in a new config as a whole, or keeps the old one and says why not (mailbox_change.h). Who has connections
  /// adopts it afterwards.
  Result<void> reload(Config config);

  /// The same settings as a new value: whoever keeps something made of the book makes it anew.
  void renew_settings();

  [[nodiscard]] Time now() const { return clock_.now(); }
  store::Writer& writer() { return *writer_; }
  mail::worker::Pool& parsers() { return *parsers_; }
  Meters& meters() { return meters_; }
  /// How each mailbox logs in now.
  Logins& logins() { return *logins_; }

  /// Runs `work` in the writer's transaction and waits for its commit. Never call it on the event loop.
  Result<void> write(std::function<Result<void>(store::Transaction&)> work);

  /// Runs upkeep of the file, which can't be part of a transaction, in its turn, and waits for it. Never call it on the
  /// event loop.
  Result<void> upkeep(std::function<Result<void>(store::Book&)> work);

  /// Called after each commit that put mail into the outbox or planned a reminder, one call at a time; mostly on the
  /// writer's thread. Once another listener is set, the one before is not called any more.
  void on_news(std::function<void()> listener);
  void tell_news();

  /// Called once when the book can't be trusted any more (fsync failed); the process must end.
  void on_fatal(std::function<void(const Error&)> listener);

  /// Writes what was submitted and closes the book, when nobody writes any more. Error: it can't be trusted any more.
  Result<void> close();

 private:
  Engine() = default;

  Clock clock_{};
  Meters meters_{};
  mutable std::mutex mutex_{};
  std::shared_ptr<const Settings> settings_{};
  std::mutex news_mutex_{};
  std::function<void()> news_{};
  std::mutex fatal_mutex_{};
  std::function<void(const Error&)> fatal_{};
  std::unique_ptr<mail::worker::Pool> parsers_{};
  std::unique_ptr<store::Writer> writer_{};
  std::unique_ptr<Logins> logins_{};
};

}  // namespace leadmail::daemon
