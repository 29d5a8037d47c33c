// Has the figures told as the config wants it: at an address, in a file each minute, or both. Trouble with either is
// told in the log and tried again; the mail goes on.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>

#include "core/base/result.h"
#include "daemon/engine.h"
#include "daemon/sender_board.h"
#include "daemon/watch_board.h"

namespace leadmail::daemon {

class Metrics {
 public:
  /// Begins as the config says; all of them outlive it.
  Metrics(boost::asio::io_context& loop, Engine& engine, const WatchBoard& board, const SenderBoard& senders);
  ~Metrics();

  /// The config may have changed; from any thread.
  void adopt();
  /// Closes the address and takes the file away, so that nobody takes old figures for new ones. The event loop can run
  /// out of work.
  void stop();

 private:
  struct Teller;
  std::shared_ptr<Teller> teller_;
};

}  // namespace leadmail::daemon
