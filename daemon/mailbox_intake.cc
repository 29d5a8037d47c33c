#include "daemon/mailbox_intake.h"

#include <algorithm>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/log.h"

namespace leadmail::daemon {

namespace asio = boost::asio;
namespace imap = mail::imap;
using asio::awaitable;

namespace {

/// So much may wait between fetching and committing; beyond it fetching waits. Each byte costs some more while it is
/// understood; the store commits no more than this at once anyway.
constexpr std::uint64_t kPendingLimit = 8ULL << 20;
/// Mail may be on its way, and clocks may be wrong, for so long.
constexpr std::chrono::days kSlowMail{2};

using Work = std::function<Result<void>(store::Transaction&)>;

}  // namespace

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
  FolderOnTheWay& folder = folders_[opened.folder];
  while (folder.under_way > 0) co_await progress();  // of an earlier connection
  const bool all_is_new = baseline().from == Baseline::From::off;
  auto cursor = std::make_shared<store::FolderCursor>();
  Work work = [this, opened, cursor, all_is_new](store::Transaction& transaction) -> Result<void> {
    auto known = transaction.cursor(mailbox_, opened.folder);
    if (!known) return std::move(known.error());
    if (*known && (*known)->uid_validity == opened.uid_validity) {
      *cursor = **known;
      if (cursor->baseline_uid == store::kNextUid) {
        cursor->baseline_uid = opened.uid_next;
        if (auto set = transaction.set_cursor(mailbox_, opened.folder, *cursor); !set) return set;
      }
      return take_back(transaction, opened, *cursor);
    }
    // First sight of this folder, or a new epoch of it: all that stands in it now has to be looked at once more.
    const bool first = !*known;
    const Time now = engine_.now();
    *cursor = {.uid_validity = opened.uid_validity,
               .last_uid = 0,
               .baseline_uid = first && all_is_new ? 0 : opened.uid_next,
               .began = first ? now : (*known)->began,
               .first_epoch = first,
               .contact = first ? now : (*known)->contact};
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

/// A folder restored from a backup may give out numbers again that we have passed, in the same epoch: who had them does
/// not stand there any more, and who gets them is new. RFC 3501 §2.3.1.1 forbids it; it happens.
Result<void> MailboxIntake::take_back(store::Transaction& transaction, const imap::Opened& opened,
                                      store::FolderCursor& cursor) {
  if (opened.uid_next == 0 || opened.uid_next > cursor.last_uid) return {};
  auto freed = transaction.free_places(mailbox_, opened.folder, opened.uid_validity, opened.uid_next);
  if (!freed) return std::move(freed.error());
  log("imap-restored",
      "UIDNEXT went back to " + std::to_string(opened.uid_next) + ": " + std::to_string(*freed) +
          " messages that we know are not there any more",
      {{"MAILBOX", mailbox_}, {"FOLDER", opened.folder}});
  cursor.last_uid = opened.uid_next - 1;
  cursor.baseline_uid = std::min(cursor.baseline_uid, opened.uid_next);
  return transaction.set_cursor(mailbox_, opened.folder, cursor);
}

/// Of what has no ledger row yet, history gets its row here, unfetched; the rest is to be fetched.
awaitable<Result<std::vector<std::uint32_t>>> MailboxIntake::wanted(const imap::Opened& opened,
                                                                    std::vector<imap::Listed> listed) {
  const FolderOnTheWay& folder = folders_[opened.folder];
  const auto rule = baseline();
  const auto history_below = folder.cursor.baseline_uid;
  // What is older than our beginning stays unread in every epoch.
  const Time began = folder.cursor.first_epoch ? Time::max() : folder.cursor.began;
  auto fetch = std::make_shared<std::vector<std::uint32_t>>();
  const auto all = std::make_shared<std::vector<imap::Listed>>(std::move(listed));
  Work work = [this, opened, rule, history_below, began, fetch, all](store::Transaction& transaction) -> Result<void> {
    fetch->clear();
    std::vector<std::uint32_t> uids;
    uids.reserve(all->size());
    for (const auto& one : *all) uids.push_back(one.uid);
    auto missing = transaction.without_ledger_row(mailbox_, opened.folder, opened.uid_validity, std::move(uids));
    if (!missing) return std::move(missing.error());
    std::map<std::uint32_t, Time> dates;
    for (const auto& one : *all) dates.emplace(one.uid, one.internal_date);
    for (const std::uint32_t uid : *missing) {
      const Time date = dates[uid];
      const bool is_told = date != Time{} || (began == Time::max() && rule.from == Baseline::From::now);
      const bool is_old = uid < history_below && is_told &&
                          ((rule.from == Baseline::From::now && date < began) ||
                           (rule.from == Baseline::From::date && date < rule.date));
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
  FolderOnTheWay& folder = folders_[arrival.folder];
  if (folder.look_again) co_return *std::exchange(folder.look_again, std::nullopt);
  while (intake_.pending_bytes() > kPendingLimit && !folder.failed) co_await progress();
  if (folder.failed) co_return *folder.failed;
  Arrived arrived;
  arrived.place = {mailbox_, arrival.folder, arrival.uid_validity, arrival.uid, ""};
  arrived.received = arrival.internal_date;
  arrived.raw = std::move(arrival.raw);
  arrived.partial = arrival.body == imap::Body::head;
  arrived.in_sent_folder = !is_inbox(arrival.folder);
  // In a new epoch the same mail comes again under new UIDs; only what came after our last contact can be news. Where
  // mail was copied from elsewhere the server's dates are all of today, so that its own date counts too.
  const bool stood_there = arrival.uid < folder.cursor.baseline_uid;
  arrived.is_history = stood_there && (folder.cursor.first_epoch || arrival.internal_date <= folder.cursor.contact);
  if (stood_there && !folder.cursor.first_epoch) arrived.news_since = folder.cursor.contact - kSlowMail;
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
  FolderOnTheWay& folder = folders_[name];
  --folder.under_way;
  board_.add_lag(mailbox_, name, -1);
  if (!result) {
    const bool is_first = !folder.failed;
    folder.failed = std::move(result.error());
    if (is_first && failed_) failed_(name, *folder.failed);
  } else if (!result->was_known) {
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - exists);
    engine_.meters().intake().note(took);
    log("intake-latency", "EXISTS to commit", {{"MICROSECONDS", std::to_string(took.count())}});
  }
  progress_.cancel();  // whoever waits looks again
  if (committed_) committed_();
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
  if (state.count && state.count->missed > 0 &&
      std::exchange(counted_[state.folder], state.count->at) != state.count->at) {
    log("imap-missed", std::to_string(state.count->missed) + " of " + std::to_string(state.count->on_server),
        {{"MAILBOX", state.mailbox}, {"FOLDER", state.folder}});
  }
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
  log(state.alert ? "imap-alert" : (fine ? "imap-state" : "imap-trouble"), words,
      {{"MAILBOX", state.mailbox}, {"FOLDER", state.folder}});
}

}  // namespace leadmail::daemon
