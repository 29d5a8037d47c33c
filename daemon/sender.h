// What is due in the outbox -> SMTP, on threads of its own, one for each mailbox. Notes each attempt durably before it
// is made, and `sending-final` before the final dot can leave; records one outcome for each recipient. Decides nothing
// about leads.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/base/result.h"
#include "core/store/book.h"
#include "daemon/engine.h"
#include "daemon/sender_board.h"
#include "mail/smtp/session.h"
#include "mail/smtp/throttle.h"

namespace leadmail::daemon {

/// The queue of one mailbox. Used by one thread.
class MailboxSender {
 public:
  /// `board`, if there is one, outlives it.
  MailboxSender(Engine& engine, std::string mailbox, SenderBoard* board = nullptr);

  /// Sends what is due now, mail by mail. Returns when nothing is due any more, the account is in trouble, or on a stop
  /// request; answers how many mails were tried. Error (stop): the book can't be written.
  Result<int> flush(const std::stop_token& stop);

  /// When to look again: the next due mail, or the end of a pause after trouble with the account; at most a minute
  /// away.
  Time next_look();

 private:
  Result<void> resolve_unknown();
  Result<std::vector<store::Claim>> claim();
  Result<bool> send_one(const store::Claim& claim, const std::stop_token& stop);
  Result<bool> may_go(const store::Claim& claim, const std::stop_token& stop);
  Result<void> put_back(const store::Claim& claim, const std::string& why, std::optional<Time> until);
  Result<void> note_account(const mail::smtp::Sent& sent);
  Result<void> record(const store::Claim& claim, const mail::smtp::Sent& sent);
  Result<void> record(const store::Claim& claim, const std::vector<store::AttemptResult>& results);
  Result<void> record_refused(const store::Claim& claim, const std::string& why);
  store::AttemptResult judge(const store::Claim& claim, const mail::smtp::RecipientResult& result,
                             const mail::smtp::Sent& sent);
  bool await_rate(const std::stop_token& stop);
  Result<void> adopt_rates();
  void show();
  double chance();

  Engine& engine_;
  const std::string mailbox_;
  SenderBoard* board_;
  mail::smtp::Session session_;
  mail::smtp::Throttle throttle_;
  bool knows_the_past_ = false;
  std::minstd_rand random_;
  std::uint64_t login_changes_ = 0;  ///< of Logins, when it was looked at last
  int troubles_ = 0;
  std::string trouble_{};
  Time trouble_since_{};
  Time pause_until_{};
};

/// All mailboxes' senders, running until destroyed or stopped.
class Senders {
 public:
  Senders(Engine& engine, SenderBoard& board);
  ~Senders();

  /// New mail may be due: look now.
  void wake();
  /// Follows a config that has just come into force: new mailboxes get a sender, those whose server or login changed
  /// begin anew, those that are gone end when their mail under way is done. What waits there waits on.
  void adopt();
  /// Asks all to end; a send that waits for its final reply is cut and stays `sending-final`.
  void stop();

 private:
  /// One mailbox's thread.
  struct Line {
    bool ended = false;  ///< its mailbox is gone; under mutex_
    std::jthread thread{};
  };
  void begin(const std::string& mailbox);
  void run(const std::string& mailbox, Line& line, const std::stop_token& stop);
  bool leaves(const std::string& mailbox, Line& line);
  void tell_what_waits(const std::string& mailbox);

  Engine& engine_;
  SenderBoard& board_;
  std::mutex mutex_{};
  std::condition_variable_any news_{};
  std::uint64_t wakes_ = 0;
  std::map<std::string, Line> lines_{};
};

}  // namespace leadmail::daemon
