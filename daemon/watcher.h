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
#include "mail/net/curl_connection.h"

namespace leadmail::daemon {

class Watchers {
 public:
  Watchers(boost::asio::io_context& loop, Engine& engine, Intake& intake, WatchBoard& board);
  ~Watchers();

  /// Watches all mailboxes until stop().
  void start();
  /// Logs out everywhere; the event loop runs out of work when that is done.
  void stop();
  /// One pass over all mailboxes. The Error names those that could not be read; the others were.
  boost::asio::awaitable<Result<void>> once();

 private:
  struct Watched;
  boost::asio::io_context& loop_;
  mail::net::LoopClock clock_;
  std::unique_ptr<mail::net::CurlConnector> connector_;
  std::vector<std::unique_ptr<Watched>> watched_;
};

}  // namespace leadmail::daemon
