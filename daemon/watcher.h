// The mailboxes under watch: IMAP sessions on the event loop on one side, the intake on the other. Applies `baseline`:
// says what is history, what is taken silently and what is new.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "daemon/engine.h"
#include "daemon/intake.h"
#include "mail/imap/watcher.h"
#include "mail/net/clock.h"
#include "mail/net/curl_connection.h"

namespace leadmail::daemon {

/// How each folder under watch is doing, and how far behind: read by `status`, from any thread.
class WatchBoard {
 public:
  struct Row {
    mail::imap::MailboxState state{};
    std::uint64_t lag = 0;  ///< messages seen in the folder and not committed yet
  };
  void put(const mail::imap::MailboxState& state);
  void add_lag(const std::string& mailbox, const std::string& folder, std::int64_t difference);
  [[nodiscard]] std::vector<Row> rows() const;

 private:
  Row& row(const std::string& mailbox, const std::string& folder);

  mutable std::mutex mutex_{};
  std::map<std::pair<std::string, std::string>, Row> rows_{};
};

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
