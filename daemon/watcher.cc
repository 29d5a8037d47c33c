#include "daemon/watcher.h"

#include <algorithm>
#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <random>
#include <set>

#include "daemon/log.h"

namespace leadmail::daemon {
namespace {

namespace asio = boost::asio;
namespace imap = mail::imap;
using asio::awaitable;

/// So much may wait between fetching and committing; beyond it fetching waits.
constexpr std::uint64_t kPendingLimit = 64ULL << 20;

using Work = std::function<Result<void>(store::Transaction&)>;

/// Runs `work` in the writer's transaction; the event loop goes on meanwhile. Callers give their work a name first: GCC
/// 12 destroys the captures of a lambda twice that is written inside a co_await expression.
awaitable<Result<void>> commit(Engine& engine, Work work) {
  using Shared = std::shared_ptr<Result<void>>;
  auto begin = [&engine, work = std::move(work)](auto handler) mutable {
    const auto executor = asio::get_associated_executor(handler);
    const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    engine.writer().submit({std::move(work), [shared, executor](Result<void> done) {
                              asio::post(executor, [shared, done = std::make_shared<Result<void>>(std::move(done))] {
                                std::move (*shared)(done);
                              });
                            }});
  };
  const Shared result =
      co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Shared)>(std::move(begin), asio::use_awaitable);
  co_return std::move(*result);
}

/// What is on its way from one folder into the book, and who waits for it. Touched on the event loop only.
struct Folder {
  std::shared_ptr<Stream> stream{};
  store::FolderCursor cursor{};
  std::size_t under_way = 0;
  std::optional<Error> failed{};      ///< of a message that is on its way or was just now
  std::optional<Error> look_again{};  ///< told to this folder's watcher once, so that it comes back
};

/// One mailbox's side of imap::Intake.
class MailboxIntake : public imap::Intake {
 public:
  MailboxIntake(asio::io_context& loop, Engine& engine, daemon::Intake& intake, WatchBoard& board, std::string mailbox)
      : loop_(loop), engine_(engine), intake_(intake), board_(board), mailbox_(std::move(mailbox)), progress_(loop) {
    progress_.expires_at(asio::steady_timer::time_point::max());
  }

  awaitable<Result<imap::Cursor>> opened(const imap::Opened& opened) override;
  awaitable<Result<std::vector<std::uint32_t>>> wanted(const imap::Opened& opened,
                                                       std::vector<imap::Listed> listed) override;
  awaitable<Result<void>> take(imap::Arrival arrival) override;
  awaitable<Result<void>> flush() override;
  void report(const imap::MailboxState& state) override;

 private:
  [[nodiscard]] Baseline baseline() const;
  [[nodiscard]] bool is_inbox(const std::string& folder) const;
  awaitable<void> progress();
  void finished(const std::string& folder, Result<Taken> result, mail::net::Instant exists);

  asio::io_context& loop_;
  Engine& engine_;
  daemon::Intake& intake_;
  WatchBoard& board_;
  const std::string mailbox_;
  std::map<std::string, Folder> folders_{};
  asio::steady_timer progress_;
  std::map<std::string, imap::MailboxState::Health> told_{};
};

Baseline MailboxIntake::baseline() const {
  const auto settings = engine_.settings();
  const MailboxConfig* config = settings->config.mailbox(mailbox_);
  return config == nullptr ? Baseline{} : config->baseline;
}

bool MailboxIntake::is_inbox(const std::string& folder) const {
  const auto settings = engine_.settings();
  const MailboxConfig* config = settings->config.mailbox(mailbox_);
  return config == nullptr || config->inbox == folder;
}

awaitable<Result<imap::Cursor>> MailboxIntake::opened(const imap::Opened& opened) {
  Folder& folder = folders_[opened.folder];
  while (folder.under_way > 0) co_await progress();  // of an earlier connection
  const bool all_is_new = baseline().from == Baseline::From::off;
  auto cursor = std::make_shared<store::FolderCursor>();
  Work work = [this, opened, cursor, all_is_new](store::Transaction& transaction) -> Result<void> {
    auto known = transaction.cursor(mailbox_, opened.folder);
    if (!known) return std::move(known.error());
    if (*known && (*known)->uid_validity == opened.uid_validity) {
      *cursor = **known;
      return {};
    }
    // First sight of this folder, or a new epoch of it: all that stands in it now has to be looked at once more.
    const bool first = !*known;
    *cursor = {opened.uid_validity, 0, first && all_is_new ? 0 : opened.uid_next, first,
               first ? engine_.now() : (*known)->contact};
    return transaction.set_cursor(mailbox_, opened.folder, *cursor);
  };
  auto committed = co_await commit(engine_, std::move(work));
  if (!committed) co_return std::move(committed.error());
  folder.stream = intake_.open_stream();
  folder.cursor = *cursor;
  folder.failed.reset();
  folder.look_again.reset();
  co_return imap::Cursor{cursor->uid_validity, cursor->last_uid};
}

/// Of what has no ledger row yet, history gets its row here, unfetched; the rest is to be fetched.
awaitable<Result<std::vector<std::uint32_t>>> MailboxIntake::wanted(const imap::Opened& opened,
                                                                    std::vector<imap::Listed> listed) {
  const Folder& folder = folders_[opened.folder];
  const auto rule = baseline();
  const auto history_below = folder.cursor.first_epoch ? folder.cursor.baseline_uid : 0;
  auto fetch = std::make_shared<std::vector<std::uint32_t>>();
  const auto all = std::make_shared<std::vector<imap::Listed>>(std::move(listed));
  Work work = [this, opened, rule, history_below, fetch, all](store::Transaction& transaction) -> Result<void> {
    fetch->clear();
    std::vector<std::uint32_t> uids;
    uids.reserve(all->size());
    for (const auto& one : *all) uids.push_back(one.uid);
    auto missing = transaction.without_ledger_row(mailbox_, opened.folder, opened.uid_validity, std::move(uids));
    if (!missing) return std::move(missing.error());
    std::map<std::uint32_t, Time> dates;
    for (const auto& one : *all) dates.emplace(one.uid, one.internal_date);
    for (const std::uint32_t uid : *missing) {
      const bool is_old = uid < history_below && (rule.from == Baseline::From::now ||
                                                  (rule.from == Baseline::From::date && dates[uid] < rule.date));
      if (!is_old) {
        fetch->push_back(uid);
        continue;
      }
      const store::Place place{mailbox_, opened.folder, opened.uid_validity, uid, ""};
      if (auto noted = transaction.note(place, engine_.now(), leads::Outcome::baseline, "from before the first start");
          !noted)
        return noted;
    }
    return {};
  };
  auto committed = co_await commit(engine_, std::move(work));
  if (!committed) co_return std::move(committed.error());
  co_return std::move(*fetch);
}

awaitable<Result<void>> MailboxIntake::take(imap::Arrival arrival) {
  Folder& folder = folders_[arrival.folder];
  if (folder.look_again) co_return *std::exchange(folder.look_again, std::nullopt);
  while (intake_.pending_bytes() > kPendingLimit && !folder.failed) co_await progress();
  if (folder.failed) co_return *folder.failed;
  Arrived arrived;
  arrived.place = {mailbox_, arrival.folder, arrival.uid_validity, arrival.uid, ""};
  arrived.received = arrival.internal_date;
  arrived.raw = std::move(arrival.raw);
  arrived.partial = arrival.body == imap::Body::head;
  arrived.in_sent_folder = !is_inbox(arrival.folder);
  // In a new epoch the same mail comes again under new UIDs; only what came after our last contact can be news.
  arrived.is_history = arrival.uid < folder.cursor.baseline_uid &&
                       (folder.cursor.first_epoch || arrival.internal_date <= folder.cursor.contact);
  if (arrival.body == imap::Body::missing)
    arrived.missing = arrival.why.empty() ? "the server does not give it out" : arrival.why;
  ++folder.under_way;
  board_.add_lag(mailbox_, arrival.folder, 1);
  intake_.take(
      folder.stream, std::move(arrived),
      [this, loop = &loop_, name = arrival.folder, exists = arrival.exists_instant](Result<Taken> result) {
        // Once the loop has ended nobody runs this any more, and `this` may be gone.
        asio::post(*loop, [this, name, exists, result = std::make_shared<Result<Taken>>(std::move(result))]() mutable {
          finished(name, std::move(*result), exists);
        });
      });
  co_return Result<void>{};
}

void MailboxIntake::finished(const std::string& name, Result<Taken> result, mail::net::Instant exists) {
  Folder& folder = folders_[name];
  --folder.under_way;
  board_.add_lag(mailbox_, name, -1);
  if (!result) {
    folder.failed = std::move(result.error());
  } else if (!result->was_known) {
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - exists);
    log(Level::debug, "intake-latency", "EXISTS to commit", {{"MICROSECONDS", std::to_string(took.count())}});
  }
  progress_.cancel();  // whoever waits looks again
}

awaitable<Result<void>> MailboxIntake::flush() {
  // Both folders' mail: the one that asks waits a little longer than it must.
  const auto busy = [this] {
    return std::any_of(folders_.begin(), folders_.end(), [](const auto& entry) { return entry.second.under_way > 0; });
  };
  while (busy()) co_await progress();
  std::optional<Error> failed;
  for (auto& [name, folder] : folders_) {
    if (!folder.failed) continue;
    failed = std::exchange(folder.failed, std::nullopt);
    // What failed has no ledger row, so the next look finds it again; its folder has to look, whoever asked here.
    folder.stream = intake_.open_stream();
    folder.look_again = failed;
  }
  if (failed) co_return std::move(*failed);
  co_return Result<void>{};
}

awaitable<void> MailboxIntake::progress() {
  boost::system::error_code ignored;
  co_await progress_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

void MailboxIntake::report(const imap::MailboxState& state) {
  board_.put(state);
  auto& told = told_[state.folder];
  if (told == state.health && told_.contains(state.folder) && state.health != imap::MailboxState::Health::back_off)
    return;
  told = state.health;
  using Health = imap::MailboxState::Health;
  const bool fine = state.health == Health::ok || state.health == Health::starting || state.health == Health::stopped;
  static constexpr std::string_view kWords[] = {
      "starting", "watching", "back-off", "login refused", "needs the administrator", "stopped"};
  std::string words(kWords[static_cast<std::size_t>(state.health)]);
  if (!fine) words += ": " + state.trouble_text;
  log(state.alert ? Level::error : (fine ? Level::info : Level::warning), fine ? "imap-state" : "imap-trouble", words,
      {{"MAILBOX", state.mailbox}, {"FOLDER", state.folder}});
}

imap::WatchOptions watch_options(const Config& config, const MailboxConfig& mailbox) {
  imap::WatchOptions options;
  options.mailbox = mailbox.name;
  options.server = mailbox.imap;
  options.inbox = mailbox.inbox;
  options.sent = mailbox.sent;
  options.idle_time = mailbox.idle_time;
  options.sweep = mailbox.sweep_time;
  options.poll = mailbox.poll_time;
  options.session.max_message = config.limits.max_message;
  return options;
}

}  // namespace

void WatchBoard::put(const imap::MailboxState& state) {
  const std::lock_guard lock(mutex_);
  row(state.mailbox, state.folder).state = state;
}

void WatchBoard::add_lag(const std::string& mailbox, const std::string& folder, std::int64_t difference) {
  const std::lock_guard lock(mutex_);
  auto& lag = row(mailbox, folder).lag;
  lag = static_cast<std::uint64_t>(static_cast<std::int64_t>(lag) + difference);
}

std::vector<WatchBoard::Row> WatchBoard::rows() const {
  const std::lock_guard lock(mutex_);
  std::vector<Row> all;
  all.reserve(rows_.size());
  for (const auto& [key, row] : rows_) all.push_back(row);
  return all;
}

WatchBoard::Row& WatchBoard::row(const std::string& mailbox, const std::string& folder) {
  Row& found = rows_[{mailbox, folder}];
  found.state.mailbox = mailbox;
  found.state.folder = folder;
  return found;
}

struct Watchers::Watched {
  Watched(asio::io_context& loop, Engine& engine, daemon::Intake& intake, WatchBoard& board,
          mail::net::LoopClock& clock, mail::net::CurlConnector& connector, const Config& config,
          const MailboxConfig& mailbox)
      : name(mailbox.name),
        adapter(loop, engine, intake, board, mailbox.name),
        watcher(
            watch_options(config, mailbox),
            [&engine, name = mailbox.name](bool) -> awaitable<Result<mail::net::Login>> {
              const auto settings = engine.settings();
              const MailboxConfig* current = settings->config.mailbox(name);
              if (current == nullptr)
                co_return Error{Next::retry, "mailbox " + name + " is not in the config any more"};
              co_return read_login(*current);
            },
            connector, clock,
            [random = std::minstd_rand(std::random_device{}())]() mutable {
              return std::uniform_real_distribution<double>(0, 1)(random);
            },
            adapter) {}

  std::string name;
  MailboxIntake adapter;
  imap::MailboxWatcher watcher;
};

Watchers::Watchers(asio::io_context& loop, Engine& engine, Intake& intake, WatchBoard& board)
    : loop_(loop),
      clock_(loop.get_executor()),
      connector_(std::make_unique<mail::net::CurlConnector>(loop.get_executor())) {
  const auto settings = engine.settings();
  for (const auto& mailbox : settings->config.mailboxes) {
    watched_.push_back(
        std::make_unique<Watched>(loop, engine, intake, board, clock_, *connector_, settings->config, mailbox));
  }
}

Watchers::~Watchers() = default;

void Watchers::start() {
  for (auto& watched : watched_) asio::co_spawn(loop_, watched->watcher.run(), asio::detached);
}

void Watchers::stop() {
  connector_->give_up();
  for (auto& watched : watched_) watched->watcher.stop();
}

awaitable<Result<void>> Watchers::once() {
  std::string unread;
  for (auto& watched : watched_) {
    auto done = co_await watched->watcher.once();
    if (done) continue;
    log(Level::error, "imap-trouble", done.error().what, {{"MAILBOX", watched->name}});
    unread += (unread.empty() ? "" : ", ") + watched->name + " (" + done.error().what + ")";
  }
  if (!unread.empty()) co_return Error{Next::retry, "could not be read: " + unread};
  co_return Result<void>{};
}

}  // namespace leadmail::daemon
