#include "mail/imap/filer.h"

#include <algorithm>
#include <utility>

#include "mail/imap/pace.h"

namespace leadmail::mail::imap {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr const char* kCannotMove =
    "the server can neither MOVE nor UID EXPUNGE: mail is marked as read instead of moved";
constexpr const char* kCannotExpunge =
    "the server refuses UID EXPUNGE: mail is copied, and marked as deleted where it was";

bool is_alike(const Chore& one, const Chore& other) {
  return one.folder == other.folder && one.uid_validity == other.uid_validity && one.target == other.target;
}

std::vector<std::uint32_t> uids_of(const std::vector<Chore>& chores) {
  std::vector<std::uint32_t> uids;
  uids.reserve(chores.size());
  for (const Chore& chore : chores) uids.push_back(chore.uid);
  std::ranges::sort(uids);
  return uids;
}

}  // namespace

/// Chores of one folder with one target, on an open connection.
struct Filer::Round {
  Session& session;
  Chores& chores;
  std::vector<Chore> all{};
  std::string note{};  ///< how it was done otherwise

  /// False: the folder is not there, or its UIDs are not those any more; there is nothing to do then.
  awaitable<Result<bool>> select() {
    const Chore& first = all.front();
    auto opened = co_await session.select(first.folder);
    if (!opened) co_return std::move(opened.error());
    co_return opened->has_value() && (*opened)->uid_validity == first.uid_validity;
  }

  awaitable<Result<void>> run() {
    auto there = co_await select();
    if (!there) co_return std::move(there.error());
    if (!*there) co_return co_await chores.done(all);
    const std::string target = all.front().target;
    if (!target.empty() && !session.can("MOVE") && session.can("UIDPLUS")) co_return co_await copy_each();

    Result<void> done;
    if (!target.empty() && session.can("MOVE")) {
      done = co_await transfer(Session::Transfer::move, uids_of(all), target);
    } else {
      if (!target.empty()) note = kCannotMove;
      done = co_await session.add_flag(uids_of(all), "\\Seen");
    }
    if (!done) co_return done;
    co_return co_await chores.done(all);
  }

  /// Makes the target when the server says that it is missing. RFC 3501 §6.4.7
  awaitable<Result<void>> transfer(Session::Transfer how, std::vector<std::uint32_t> uids, std::string target) {
    auto moved = co_await session.transfer(how, uids, target);
    if (!moved) co_return std::move(moved.error());
    if (*moved) co_return Result<void>{};
    auto made = co_await session.create(target);
    if (!made) co_return made;
    moved = co_await session.transfer(how, std::move(uids), target);
    if (!moved) co_return std::move(moved.error());
    if (!*moved) co_return Error{Next::retry, "there is no folder " + target + ", and none can be made"};
    co_return Result<void>{};
  }

  /// COPY, \Deleted, UID EXPUNGE of that one message. RFC 4315 §2.1
  awaitable<Result<void>> copy_each() {
    const auto mine = all;
    for (const Chore& chore : mine) {
      const std::vector<std::uint32_t> its_uid(1, chore.uid);  // GCC 12 can't make one inside a co_await expression
      const std::vector<Chore> itself(1, chore);
      auto stands = co_await is_copied(chore);
      if (!stands) co_return std::move(stands.error());
      if (!*stands) {
        auto noted = co_await chores.step(chore, Chore::Step::copying);
        if (!noted) co_return noted;
        auto copied = co_await transfer(Session::Transfer::copy, its_uid, chore.target);
        if (!copied) co_return copied;
      }
      auto noted = co_await chores.step(chore, Chore::Step::copied);
      if (!noted) co_return noted;
      auto marked = co_await session.add_flag(its_uid, "\\Deleted");
      if (!marked) co_return marked;
      auto gone = co_await session.expunge_one(chore.uid);
      if (!gone) co_return std::move(gone.error());
      if (!*gone) note = kCannotExpunge;
      auto done = co_await chores.done(itself);
      if (!done) co_return done;
    }
    co_return Result<void>{};
  }

  /// A copy that was begun and not known to have ended is looked for before another one is made.
  awaitable<Result<bool>> is_copied(Chore chore) {
    if (chore.step != Chore::Step::copying || chore.message_id.empty()) co_return chore.step == Chore::Step::copied;
    auto opened = co_await session.examine(chore.target);
    if (!opened) co_return std::move(opened.error());
    std::vector<std::uint32_t> found;
    if (*opened) {
      auto uids = co_await session.search_message_id("<" + chore.message_id + ">");
      if (!uids && uids.error().next != Next::give_up) co_return std::move(uids.error());
      if (uids) found = *std::move(uids);
    }
    auto there = co_await select();
    if (!there) co_return std::move(there.error());
    if (!*there) co_return Error{Next::retry, "the folder changed meanwhile"};
    co_return !found.empty();
  }
};

Filer::Filer(FilerOptions options, LoginSource login, net::Connector& connector, net::Clock& clock,
             std::function<double()> random, Chores& chores)
    : options_(std::move(options)),
      login_(std::move(login)),
      connector_(connector),
      clock_(clock),
      random_(std::move(random)),
      chores_(chores),
      alarm_(clock.alarm()) {}

Filer::~Filer() = default;

void Filer::ring() { alarm_->ring(); }

void Filer::stop() {
  stopping_ = true;
  alarm_->ring();
  if (session_ != nullptr) session_->wake();
}

awaitable<Result<void>> Filer::work(Session& session) {
  std::string note;
  while (!stopping_) {
    auto chores = co_await chores_.next();
    if (!chores) co_return std::move(chores.error());
    if (chores->empty()) break;
    for (auto from = chores->begin(); from != chores->end() && !stopping_;) {
      const auto to = std::find_if(from, chores->end(), [&](const Chore& chore) { return !is_alike(*from, chore); });
      Round round{session, chores_, std::vector<Chore>(from, to)};
      auto done = co_await round.run();
      if (!done) co_return done;
      if (!round.note.empty()) note = round.note;
      from = to;
    }
  }
  chores_.report(note);
  co_return Result<void>{};
}

awaitable<Result<void>> Filer::visit() {
  Entry entry = co_await get_in(connector_, options_.server, login_, refused_);
  if (entry.attempt.stage != net::Attempt::Stage::connected) {
    diagnosis_ = entry.diagnosis;
    co_return std::move(entry.attempt.error);
  }
  Session session(std::move(entry.attempt.connection), clock_, options_.session);
  session_ = &session;
  if (stopping_) session.wake();
  auto done = co_await session.start();
  if (done) done = co_await work(session);
  if (done) co_await session.logout();
  session_ = nullptr;
  diagnosis_ = session.diagnosis();
  co_return done;
}

awaitable<Result<void>> Filer::once() {
  auto chores = co_await chores_.next();
  if (!chores) co_return std::move(chores.error());
  if (chores->empty()) co_return Result<void>{};
  auto done = co_await visit();
  if (!done) chores_.report(printable(done.error().what));
  co_return done;
}

awaitable<void> Filer::run() {
  Pace pace;
  while (!stopping_) {
    auto chores = co_await chores_.next();
    milliseconds pause = options_.poll;
    if (chores && !chores->empty()) {
      const net::Instant together = clock_.instant() + options_.gather;
      while (!stopping_ && clock_.instant() < together) co_await alarm_->wait_until(together);
      if (stopping_) break;
      const net::Instant since = clock_.instant();
      auto done = co_await visit();
      if (done) {
        pace.recovered();
        continue;
      }
      if (stopping_) break;
      chores_.report(printable(done.error().what));
      pause = pace.after(diagnosis_, duration_cast<milliseconds>(clock_.instant() - since), random_());
    }
    const net::Instant until = clock_.instant() + pause;
    const bool rings_count = !chores || chores->empty();  // after trouble its wait is kept
    do {
      co_await alarm_->wait_until(until);
    } while (!stopping_ && !rings_count && clock_.instant() < until);
  }
}

}  // namespace leadmail::mail::imap
