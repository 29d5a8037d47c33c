// One folder on one connection: opens it, takes what is new, waits for more. What it must remember from one connection
// to the next is its Memory; when to connect again is not its business.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mail/imap/intake.h"
#include "mail/imap/session.h"
#include "mail/imap/watch.h"
#include "mail/imap/watcher.h"

namespace leadmail::mail::imap {

/// A message that did not come when it was asked for.
struct Suspect {
  int refusals = 0;  ///< answers without a body
  int cuts = 0;      ///< connections that broke when it was next
};

/// What is known of a folder while the daemon runs.
struct Memory {
  std::string folder{};     ///< as configured
  bool may_search = false;  ///< look for the folder of sent mail when it does not exist
  Opened opened{};
  Cursor cursor{};
  bool seen = false;      ///< `cursor` is that of an epoch
  int epoch_changes = 0;  ///< in a row
  std::map<std::uint32_t, Suspect> suspects{};
  std::optional<net::Instant> next_count{};  ///< of the whole folder; nothing: not planned yet
  std::optional<FolderCount> count{};        ///< what the last one came to
  bool pipelines = true;                     ///< DONE and FETCH in one packet worked, or was not tried yet
};

class FolderWatch {
 public:
  /// Called after each look at the folder that took all there was.
  using Looked = std::function<void()>;

  FolderWatch(const WatchOptions& options, Session& session, net::Clock& clock, net::Alarm& alarm, Intake& intake,
              Memory& memory, const bool& stopping, Looked looked);

  /// EXAMINE; asks the intake where to go on. False: there is no such folder.
  awaitable<Result<bool>> open();

  /// Lists and takes all that is wanted; with `sweep` also what may have appeared late below the cursor.
  awaitable<Result<void>> look(bool sweep);

  /// Opens, looks and watches until the connection is lost (an Error) or we are asked to stop.
  awaitable<Result<void>> run();

 private:
  struct Pass;
  awaitable<Result<void>> take_listed(std::vector<Listed> listed, Tell told, std::size_t& taken);
  awaitable<Result<void>> count_all();
  [[nodiscard]] bool count_is_due();
  awaitable<Event> act(Say say);
  awaitable<Event> look_when_due();
  awaitable<Event> listen();
  awaitable<Event> fetch_few();
  awaitable<Result<void>> fetch_all(std::vector<Wanted> wanted);
  awaitable<Result<std::vector<Wanted>>> fetch_once(std::vector<Wanted> wanted, Pass& pass);
  awaitable<Result<void>> give_up_on(std::vector<Wanted> lacking, Pass& pass);
  awaitable<Result<void>> take(Fetched fetched);
  Wanted wanted(const Listed& listed) const;
  Event lost(Error error);
  std::vector<std::uint32_t> suspects() const;

  const WatchOptions& options_;
  Session& session_;
  net::Clock& clock_;
  net::Alarm& alarm_;
  Intake& intake_;
  Memory& memory_;
  const bool& stopping_;
  Looked looked_;
  Error error_{};
  net::Instant next_sweep_{};
  net::Instant idle_until_{};
  bool polls_ = false;
  bool asked_ = false;  ///< the intake was asked where to go on, on this connection
  Time bell_{};         ///< what `Arrival::exists_at` will be
  net::Instant bell_instant_{};
};

}  // namespace leadmail::mail::imap
