// The mailboxes under watch: IMAP sessions on the event loop on one side, the intake on the other.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <vector>

#include "daemon/engine.h"
#include "daemon/intake.h"
#include "daemon/watch_board.h"
#include "mail/imap/watcher.h"
#include "mail/net/clock.h"

namespace leadmail::daemon {

class Watchers {
 public:
  Watchers(boost::asio::io_context& loop, Engine& engine, Intake& intake, WatchBoard& board);
  ~Watchers();

  /// Watches all mailboxes until stop().
  void start();
  /// Follows a config that has just come into force: a mailbox that is in it no more, or has another server, login or
  /// folder, ends; what is new or has ended so begins; every other one keeps its connections. On the event loop.
  void adopt();
  /// Ends every wait after trouble. On the event loop.
  void try_now();
  /// Logs out everywhere; the event loop runs out of work when that is done.
  void stop();
  /// One pass over all mailboxes. The Error names those that could not be read; the others were.
  boost::asio::awaitable<Result<void>> once();

 private:
  struct Watched;
  void begin(const std::shared_ptr<Watched>& watched);
  void end(const std::shared_ptr<Watched>& watched);
  void add_missing();
  boost::asio::awaitable<void> watch(std::shared_ptr<Watched> watched);

  boost::asio::io_context& loop_;
  Engine& engine_;
  Intake& intake_;
  WatchBoard& board_;
  mail::net::LoopClock clock_;
  std::vector<std::shared_ptr<Watched>> watched_{};
  std::vector<std::shared_ptr<Watched>> ending_{};  ///< until what they had taken is committed
  bool stopping_ = false;
};

}  // namespace leadmail::daemon
