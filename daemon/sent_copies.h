// A copy of each rep's answer in the Sent folder, where the server does not put one there by itself. Looks for the
// Message-ID first, so that neither a server that does so after all nor a crash makes two. Reads and appends; changes
// nothing else in the mailbox. On a thread of its own, with a connection of its own.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "core/base/result.h"
#include "daemon/config.h"
#include "daemon/engine.h"

namespace leadmail::daemon {

/// Whether we have to see to it: not where there is no Sent folder, and not at providers that keep what they send.
bool wants_sent_copies(const MailboxConfig& mailbox);

/// One pass over a mailbox: what was delivered a minute ago and has not been met in a watched folder. How many copies
/// were made. Error (retry): the server can't be reached or refuses; what is missing is tried in the next pass.
Result<int> put_sent_copies(Engine& engine, const std::string& mailbox, const std::stop_token& stop);

/// A pass over all mailboxes each minute, until destroyed.
class SentCopies {
 public:
  explicit SentCopies(Engine& engine);
  void stop() { thread_.request_stop(); }

 private:
  void run(const std::stop_token& stop);

  Engine& engine_;
  std::mutex mutex_{};
  std::condition_variable_any never_{};
  std::jthread thread_{};
};

}  // namespace leadmail::daemon
