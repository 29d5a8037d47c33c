#include "mail/imap/watcher.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "mail/imap/folder_watch.h"
#include "mail/imap/pace.h"
#include "mail/net/unwaited.h"

namespace leadmail::mail::imap {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using Health = MailboxState::Health;
using Stage = net::Attempt::Stage;

/// A server may rebuild a folder once or twice; one that does so at every visit needs a person.
constexpr int kMostEpochChanges = 5;
constexpr std::chrono::seconds kLookAtLogin{30};
constexpr milliseconds kNoFolderPause = std::chrono::minutes(10);

/// What went wrong on one visit, and for how long it had gone well.
struct Failure {
  Error error{};
  Diagnosis diagnosis{};
  milliseconds lived{0};
};

}  // namespace

struct MailboxWatcher::Watch {
  /// One folder with its connection.
  struct Line {
    Memory memory{};
    Pace pace{};
    MailboxState state{};
    std::unique_ptr<net::Alarm> alarm{};
    Session* session = nullptr;  ///< while there is one
    bool refused = false;        ///< the last login was
    bool try_now = false;        ///< somebody thinks that it works again
    bool up = false;             ///< looked at since it was connected
    bool running = false;
    std::optional<Error> not_kept{};  ///< why what came on this connection is not in the book
  };

  Watch(WatchOptions wanted, LoginSource source, net::Connector& by, net::Clock& time, std::function<double()> chance,
        Intake& to, LoginChanged changed)
      : options(std::move(wanted)),
        login(std::move(source)),
        login_changed(std::move(changed)),
        connector(by),
        clock(time),
        random(std::move(chance)),
        intake(to) {
    inbox.memory.folder = options.inbox;
    sent.memory.folder = options.sent;
    sent.memory.may_search = true;
    for (Line* line : {&inbox, &sent}) {
      line->alarm = clock.alarm();
      line->state.mailbox = options.mailbox;
      line->state.folder = line->memory.folder;
    }
  }

  awaitable<Result<std::unique_ptr<Session>>> connect(Line& line, Failure& failure);
  awaitable<Failure> visit(Line& line);
  awaitable<void> keep(Line& line);
  awaitable<void> wait_after(Line& line, const Failure& failure);
  awaitable<Result<void>> take_once(Session& session, Line& line);
  void looked(Line& line);
  void report_trouble(Line& line, const Failure& failure, Health health);
  void stop();

  WatchOptions options;
  LoginSource login;
  LoginChanged login_changed;
  net::Connector& connector;
  net::Clock& clock;
  std::function<double()> random;
  Intake& intake;
  Line inbox{};
  Line sent{};
  bool stopping = false;
};

MailboxWatcher::MailboxWatcher(WatchOptions options, LoginSource login, net::Connector& connector, net::Clock& clock,
                               std::function<double()> random, Intake& intake, LoginChanged changed)
    : watch_(std::make_unique<Watch>(std::move(options), std::move(login), connector, clock, std::move(random), intake,
                                     std::move(changed))) {}

MailboxWatcher::~MailboxWatcher() = default;

void MailboxWatcher::stop() { watch_->stop(); }

void MailboxWatcher::try_now() {
  for (auto* line : {&watch_->inbox, &watch_->sent}) {
    line->try_now = true;
    line->alarm->ring();
  }
}

void MailboxWatcher::not_kept(const std::string& folder, const Error& why) {
  for (auto* line : {&watch_->inbox, &watch_->sent}) {
    if (line->session == nullptr || line->memory.opened.folder != folder) continue;
    line->not_kept = why;
    line->session->wake();
  }
}

void MailboxWatcher::Watch::stop() {
  stopping = true;
  for (Line* line : {&inbox, &sent}) {
    line->alarm->ring();
    if (line->session != nullptr) line->session->wake();
  }
}

awaitable<Result<std::unique_ptr<Session>>> MailboxWatcher::Watch::connect(Line& line, Failure& failure) {
  Entry entry = co_await get_in(connector, options.server, login, line.refused);
  if (entry.attempt.stage != Stage::connected) {
    failure.diagnosis = entry.diagnosis;
    co_return std::move(entry.attempt.error);
  }
  auto session = std::make_unique<Session>(std::move(entry.attempt.connection), clock, options.session);
  line.session = session.get();
  if (stopping) session->wake();
  auto started = co_await session->start();
  line.session = nullptr;
  if (!started) {
    failure.diagnosis = session->diagnosis();
    co_return std::move(started.error());
  }
  co_return session;
}

// From connecting to whatever ends it; without an error in the failure when we were asked to stop.
awaitable<Failure> MailboxWatcher::Watch::visit(Line& line) {
  Failure failure;
  line.not_kept.reset();
  auto session = co_await connect(line, failure);
  if (!session) {
    failure.error = std::move(session.error());
    co_return failure;
  }
  const net::Instant since = clock.instant();
  line.session = session->get();
  if (stopping) line.session->wake();
  FolderWatch folder(options, **session, clock, *line.alarm, intake, line.memory, stopping, [&] { looked(line); });
  auto ended = co_await folder.run();
  line.session = nullptr;
  failure.lived = duration_cast<milliseconds>(clock.instant() - since);
  if (ended) co_return failure;
  failure.diagnosis = (*session)->diagnosis();
  // Without a folder there is nothing to watch, and nothing to be gained by asking often.
  if (ended.error().next == Next::give_up) failure.diagnosis = {Trouble::transient, kNoFolderPause};
  failure.error = line.not_kept ? *line.not_kept : std::move(ended.error());
  co_return failure;
}

void MailboxWatcher::Watch::looked(Line& line) {
  const bool restless = line.memory.epoch_changes > kMostEpochChanges;
  line.state.folder = line.memory.opened.folder;
  line.state.health = restless ? Health::needs_admin : Health::ok;
  line.state.alert = restless;
  line.state.trouble = restless ? std::optional(Trouble::admin) : std::nullopt;
  line.state.trouble_text = restless ? "UIDVALIDITY is another one each time the folder is opened" : "";
  line.state.last_look = clock.now();
  line.state.retry_at.reset();
  line.state.failures = 0;
  line.state.last_uid = line.memory.cursor.last_uid;
  line.state.count = line.memory.count;
  intake.report(line.state);
  line.up = true;
  // The second connection waits for the first: where one is not welcome, two are less so.
  if (&line == &inbox) sent.alarm->ring();
}

void MailboxWatcher::Watch::report_trouble(Line& line, const Failure& failure, Health health) {
  line.state.health = health;
  line.state.alert = line.pace.alert();
  line.state.trouble = failure.diagnosis.trouble;
  line.state.trouble_text = printable(failure.error.what, 600);
  line.state.failures = line.pace.failures();
  intake.report(line.state);
}

awaitable<void> MailboxWatcher::Watch::wait_after(Line& line, const Failure& failure) {
  line.up = false;
  const milliseconds pause = line.pace.after(failure.diagnosis, failure.lived, random());
  line.state.retry_at = clock.now() + std::chrono::ceil<std::chrono::seconds>(pause);
  Health health = Health::back_off;
  if (failure.diagnosis.trouble == Trouble::admin) health = Health::needs_admin;
  if (failure.diagnosis.trouble == Trouble::credentials && line.pace.alert()) health = Health::auth_failed;
  if (failure.diagnosis.trouble == Trouble::revoked) health = Health::auth_failed;
  report_trouble(line, failure, health);
  // Make room: INBOX needs a connection more than Sent does.
  if (&line == &inbox && failure.diagnosis.trouble == Trouble::capacity && sent.session != nullptr) {
    sent.session->abort();
  }
  const net::Instant until = clock.instant() + pause;
  line.try_now = false;
  while (!stopping && !line.try_now && clock.instant() < until) {
    // Whoever puts a new password in its place should not have to wait for an hour.
    const bool may_change = line.refused && login_changed;
    co_await line.alarm->wait_until(may_change ? std::min(until, clock.instant() + kLookAtLogin) : until);
    line.try_now = line.try_now || (may_change && login_changed());
  }
}

awaitable<void> MailboxWatcher::Watch::keep(Line& line) {
  line.running = true;
  while (!stopping) {
    while (!stopping && &line == &sent && !inbox.up) {
      const net::Instant until = clock.instant() + std::chrono::minutes(10);
      co_await line.alarm->wait_until(until);
    }
    if (stopping) break;
    const Failure failure = co_await visit(line);
    if (!stopping) co_await wait_after(line, failure);
  }
  line.state.health = Health::stopped;
  line.state.retry_at.reset();
  intake.report(line.state);
  line.running = false;
  inbox.alarm->ring();
}

awaitable<Result<void>> MailboxWatcher::Watch::take_once(Session& session, Line& line) {
  FolderWatch folder(options, session, clock, *line.alarm, intake, line.memory, stopping, [&] { looked(line); });
  auto opened = co_await folder.open();
  if (!opened) co_return std::move(opened.error());
  if (!*opened && &line == &sent) co_return Result<void>{};  // nothing was sent yet, or it is kept elsewhere
  if (!*opened) co_return Error{Next::give_up, "no folder " + line.memory.folder};
  co_return co_await folder.look(true);
}

awaitable<void> MailboxWatcher::run() {
  Watch& watch = *watch_;
  const bool both = !watch.options.sent.empty();
  if (both) {
    const auto executor = co_await boost::asio::this_coro::executor;
    watch.sent.running = true;
    boost::asio::co_spawn(executor, watch.keep(watch.sent), net::or_end);
  }
  co_await watch.keep(watch.inbox);
  // It rings the alarm of INBOX when it ends.
  while (watch.sent.running) co_await watch.inbox.alarm->wait_until(net::Instant::max());
}

awaitable<Result<void>> MailboxWatcher::once() {
  Watch& watch = *watch_;
  Failure failure;
  auto session = co_await watch.connect(watch.inbox, failure);
  Result<void> done;
  if (session) {
    done = co_await watch.take_once(**session, watch.inbox);
    if (done && !watch.options.sent.empty()) done = co_await watch.take_once(**session, watch.sent);
    failure.diagnosis = (*session)->diagnosis();
    // What came before the trouble is kept whatever the trouble was.
    auto flushed = co_await watch.intake.flush();
    if (done) done = std::move(flushed);
    if (done) co_await (*session)->logout();
  } else {
    done = std::move(session.error());
  }
  if (done) co_return done;
  failure.error = done.error();
  watch.report_trouble(watch.inbox, failure, Health::back_off);
  co_return std::move(done.error()).in(watch.options.mailbox);
}

}  // namespace leadmail::mail::imap
