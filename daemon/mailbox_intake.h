// One mailbox's mail between IMAP and the book: says what of a folder is wanted, queues what comes, and applies the
// baseline: what is history, what is taken silently and what is new, also when the UIDs of a folder begin anew.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/engine.h"
#include "daemon/intake.h"
#include "daemon/watch_board.h"
#include "mail/imap/intake.h"

namespace leadmail::daemon {

/// What is on its way from one folder into the book, and who waits for it. Touched on the event loop only.
struct FolderOnTheWay {
  std::shared_ptr<Stream> stream{};
  store::FolderCursor cursor{};
  std::size_t under_way = 0;
  std::optional<Error> failed{};      ///< of a message that is on its way or was just now
  std::optional<Error> look_again{};  ///< told to this folder's watcher once, so that it comes back
};

/// One mailbox's side of mail::imap::Intake.
class MailboxIntake : public mail::imap::Intake {
 public:
  MailboxIntake(boost::asio::io_context& loop, Engine& engine, daemon::Intake& intake, WatchBoard& board,
                std::string mailbox)
      : loop_(loop), engine_(engine), intake_(intake), board_(board), mailbox_(std::move(mailbox)), progress_(loop) {
    progress_.expires_at(boost::asio::steady_timer::time_point::max());
  }

  /// Called after each commit of a message: there may be something to do to it on the server.
  void on_committed(std::function<void()> listener) { committed_ = std::move(listener); }

  /// Called with the folder and the reason when a message that was taken could not be committed; it has to be fetched
  /// again.
  void on_failed(std::function<void(const std::string&, const Error&)> listener) { failed_ = std::move(listener); }

  boost::asio::awaitable<Result<mail::imap::Cursor>> opened(const mail::imap::Opened& opened) override;
  boost::asio::awaitable<Result<std::vector<std::uint32_t>>> wanted(const mail::imap::Opened& opened,
                                                                    std::vector<mail::imap::Listed> listed) override;
  boost::asio::awaitable<Result<void>> take(mail::imap::Arrival arrival) override;
  boost::asio::awaitable<Result<void>> flush() override;
  void report(const mail::imap::MailboxState& state) override;

 private:
  [[nodiscard]] Baseline baseline() const;
  [[nodiscard]] bool is_inbox(const std::string& folder) const;
  Result<void> take_back(store::Transaction& transaction, const mail::imap::Opened& opened,
                         store::FolderCursor& cursor);
  boost::asio::awaitable<void> progress();
  void finished(const std::string& folder, Result<Taken> result, mail::net::Instant exists);

  boost::asio::io_context& loop_;
  Engine& engine_;
  daemon::Intake& intake_;
  WatchBoard& board_;
  const std::string mailbox_;
  std::map<std::string, FolderOnTheWay> folders_{};
  boost::asio::steady_timer progress_;
  std::function<void()> committed_{};
  std::function<void(const std::string&, const Error&)> failed_{};
  std::map<std::string, mail::imap::MailboxState::Health> told_{};
  std::map<std::string, Time> counted_{};  ///< whose result was logged, by folder
};

/// Runs `work` in the writer's transaction; the event loop goes on meanwhile. Callers give their work a name first: GCC
/// 12 destroys the captures of a lambda twice that is written inside a co_await expression.
boost::asio::awaitable<Result<void>> commit(Engine& engine, std::function<Result<void>(store::Transaction&)> work);

}  // namespace leadmail::daemon
