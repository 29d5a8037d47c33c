// Puts mail away that has been taken: marks it as read or moves it, on a connection of its own beside those that watch.
// Knows nothing of what became of it. Whatever it does may be cut short and done again: nothing is lost by that,
// nothing is left in two places, and no message that it was not told of is touched.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "mail/imap/intake.h"
#include "mail/imap/session.h"
#include "mail/imap/watcher.h"
#include "mail/net/connection.h"

namespace leadmail::mail::imap {

/// One message to be put away.
struct Chore {
  enum class Step {
    waiting,
    copying,  ///< a copy was begun; whether it was made is to be seen in the target
    copied,   ///< it stands in the target, and is still to go from here
  };
  std::string folder{};
  std::uint32_t uid_validity = 0;
  std::uint32_t uid = 0;
  std::string target{};      ///< folder to move it to (UTF-8); empty: mark it as read
  std::string message_id{};  ///< without <>; empty when it has none
  Step step = Step::waiting;
};

/// Whoever knows what is to be done, and keeps what is done. Called on the event loop only. An Error of any of them
/// ends the connection.
class Chores {
 public:
  virtual ~Chores() = default;
  /// Some of them, by folder and UID; empty: nothing is to be done.
  virtual awaitable<Result<std::vector<Chore>>> next() = 0;
  /// Kept before the command that makes it true, or after the answer.
  virtual awaitable<Result<void>> step(Chore chore, Chore::Step step) = 0;
  virtual awaitable<Result<void>> done(std::vector<Chore> chores) = 0;
  /// What keeps mail from being put away, or how it is put away otherwise; empty: nothing.
  virtual void report(const std::string& trouble) = 0;
};

struct FilerOptions {
  net::Server server{};
  std::chrono::milliseconds gather{1000};  ///< after the first message of a burst, for others to come
  std::chrono::seconds poll{60};           ///< look for chores that nobody rang for
  SessionOptions session{};
};

class Filer {
 public:
  /// All references outlive it. `random` gives numbers from 0 up to but not including 1.
  Filer(FilerOptions options, LoginSource login, net::Connector& connector, net::Clock& clock,
        std::function<double()> random, Chores& chores);
  ~Filer();
  Filer(const Filer&) = delete;
  Filer& operator=(const Filer&) = delete;

  /// Does what is to be done, as long as stop() is not called; connected only while there is something.
  awaitable<void> run();
  /// Does all that is to be done now, and returns.
  awaitable<Result<void>> once();
  /// There may be something to do. On the event loop.
  void ring();
  /// Makes run() return, within 2 s of the command under way. On the event loop.
  void stop();

 private:
  struct Round;
  awaitable<Result<void>> visit();
  awaitable<Result<void>> work(Session& session);

  FilerOptions options_;
  LoginSource login_;
  net::Connector& connector_;
  net::Clock& clock_;
  std::function<double()> random_;
  Chores& chores_;
  std::unique_ptr<net::Alarm> alarm_;
  Session* session_ = nullptr;  ///< while there is one
  Diagnosis diagnosis_{};       ///< of the last failure
  bool refused_ = false;        ///< the last login was
  bool stopping_ = false;
};

}  // namespace leadmail::mail::imap
