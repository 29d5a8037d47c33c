#include "mail/imap/folder_watch.h"

#include <algorithm>
#include <utility>

#include "mail/imap/sent_folder.h"

namespace leadmail::mail::imap {
namespace {

/// Tries within one look; a server that answers without a body often means it.
constexpr int kTries = 3;
/// A message that no connection survived so often is asked for by its head only, and then no more.
constexpr int kCutsUntilHead = 3;
constexpr int kCutsUntilMissing = 6;
/// Looks in which only this message was refused.
constexpr int kRefusalsUntilMissing = 9;
/// The keeper answers for so many at a time, and does other work in between.
constexpr std::size_t kCountedAtOnce = 5000;

}  // namespace

FolderWatch::FolderWatch(const WatchOptions& options, Session& session, net::Clock& clock, net::Alarm& alarm,
                         Intake& intake, Memory& memory, const bool& stopping, Looked looked)
    : options_(options),
      session_(session),
      clock_(clock),
      alarm_(alarm),
      intake_(intake),
      memory_(memory),
      stopping_(stopping),
      looked_(std::move(looked)) {}

awaitable<Result<bool>> FolderWatch::open() {
  const std::string& known = memory_.opened.folder.empty() ? memory_.folder : memory_.opened.folder;
  auto opened = co_await session_.examine(known);
  if (!opened) co_return std::move(opened.error()).in("opening " + known);
  if (!*opened && memory_.may_search) {
    auto folders = co_await session_.folders();
    if (!folders) co_return std::move(folders.error());
    const auto sent = find_sent(*folders);
    if (!sent) co_return false;
    opened = co_await session_.examine(*sent);
    if (!opened) co_return std::move(opened.error()).in("opening " + *sent);
  }
  if (!*opened) {
    memory_.opened.folder.clear();
    co_return false;
  }
  const bool told = (*opened)->uid_validity != 0;
  const bool same_epoch = told && memory_.seen && (*opened)->uid_validity == memory_.cursor.uid_validity &&
                          (*opened)->folder == memory_.opened.folder;
  memory_.epoch_changes = !told || !memory_.seen || same_epoch ? 0 : memory_.epoch_changes + 1;
  memory_.opened = **std::move(opened);
  // Numbers that we have passed are to be given out again: whoever keeps the mail has to know.
  const bool goes_back = memory_.opened.uid_next > 0 && memory_.opened.uid_next <= memory_.cursor.last_uid;
  if (same_epoch && asked_ && !goes_back) co_return true;

  // On each connection anew: what failed on the last one may not be kept, so that only the keeper knows where to go on.
  if (!same_epoch) memory_.suspects.clear();
  memory_.seen = false;
  auto cursor = co_await intake_.opened(memory_.opened);
  if (!cursor) co_return std::move(cursor.error());
  memory_.cursor = {memory_.opened.uid_validity, cursor->last_uid};
  memory_.seen = true;
  asked_ = true;
  co_return true;
}

std::vector<std::uint32_t> FolderWatch::suspects() const {
  std::vector<std::uint32_t> uids;
  uids.reserve(memory_.suspects.size());
  for (const auto& [uid, suspect] : memory_.suspects) uids.push_back(uid);
  return uids;
}

Wanted FolderWatch::wanted(const Listed& listed) const {
  const auto suspect = memory_.suspects.find(listed.uid);
  const bool breaks_us = suspect != memory_.suspects.end() && suspect->second.cuts >= kCutsUntilHead;
  return {listed, breaks_us || listed.size > options_.session.max_message};
}

awaitable<Result<void>> FolderWatch::look(bool sweep) {
  bell_ = session_.exists_changed() ? session_.rung_at() : clock_.now();
  bell_instant_ = session_.exists_changed() ? session_.rung_instant() : clock_.instant();
  std::uint32_t from = memory_.cursor.last_uid;
  // A server that was restored from a backup may give out numbers again that we have passed.
  if (sweep && memory_.opened.uid_next > 0) from = std::min(from, memory_.opened.uid_next - 1);
  if (sweep) from -= std::min(from, options_.look_back);
  if (sweep) next_sweep_ = clock_.instant() + options_.sweep;
  // Of what was passed mostly all is known, and nobody asks for its size.
  const auto tell = sweep && memory_.cursor.last_uid > 0 ? Tell::dates : Tell::sizes;
  for (bool more = from < UINT32_MAX; more;) {
    auto listing = co_await session_.list(from + 1, suspects(), tell);
    if (!listing) co_return std::move(listing.error());
    more = listing->more;
    std::uint32_t last = from;
    const auto& messages = listing->messages;  // ascending
    if (!messages.empty()) last = std::max(last, messages.back().uid);
    std::erase_if(memory_.suspects, [&](const auto& suspect) {
      return !std::ranges::binary_search(messages, suspect.first, {}, &Listed::uid);
    });
    std::size_t taken = 0;
    auto done = co_await take_listed(std::move(listing->messages), tell, taken);
    if (!done) co_return done;
    memory_.cursor.last_uid = std::max(memory_.cursor.last_uid, last);
    from = last;
  }
  if (sweep && count_is_due()) {
    auto counted = co_await count_all();
    if (!counted) co_return counted;
  }
  looked_();
  co_return Result<void>{};
}

/// Fetches those that are wanted, the sizes of which are asked for where they were not told; adds how many that were.
awaitable<Result<void>> FolderWatch::take_listed(std::vector<Listed> listed, Tell told, std::size_t& taken) {
  std::map<std::uint32_t, Listed> by_uid;
  for (const Listed& one : listed) by_uid.emplace(one.uid, one);
  auto uids = co_await intake_.wanted(memory_.opened, std::move(listed));
  if (!uids) co_return std::move(uids.error());
  if (told == Tell::dates && !uids->empty()) {
    auto sized = co_await session_.list(0, *uids);
    if (!sized) co_return std::move(sized.error());
    for (const Listed& one : sized->messages) {
      if (const auto found = by_uid.find(one.uid); found != by_uid.end()) found->second.size = one.size;
    }
  }
  std::vector<Wanted> all;
  for (const std::uint32_t uid : *uids) {
    if (const auto found = by_uid.find(uid); found != by_uid.end()) all.push_back(wanted(found->second));
  }
  std::erase_if(memory_.suspects, [&](const auto& suspect) {
    return by_uid.contains(suspect.first) && !std::binary_search(uids->begin(), uids->end(), suspect.first);
  });
  taken += all.size();
  co_return co_await fetch_all(std::move(all));
}

bool FolderWatch::count_is_due() {
  if (options_.count.count() == 0) return false;
  if (!memory_.next_count) memory_.next_count = clock_.instant() + options_.first_count;
  return clock_.instant() >= *memory_.next_count;
}

/// Servers forget to tell, and cursors go wrong: once a day everything that stands in the folder is compared with what
/// is known. What was missed is taken like any other mail.
awaitable<Result<void>> FolderWatch::count_all() {
  // Planned anew before it begins: a folder that can't be listed whole is watched all the same.
  memory_.next_count = clock_.instant() + options_.count;
  auto flushed = co_await intake_.flush();
  if (!flushed) co_return flushed;
  FolderCount count{.at = clock_.now()};
  const std::uint32_t end = memory_.cursor.last_uid;  // what is above has not been passed, so it can't be missed
  for (std::uint32_t from = 1; from != 0 && from <= end;) {
    auto listing = co_await session_.list(from, {}, Tell::dates);
    if (!listing) co_return std::move(listing.error());
    auto& messages = listing->messages;
    from = listing->more && !messages.empty() ? messages.back().uid + 1 : 0;
    std::erase_if(messages, [end](const Listed& one) { return one.uid > end; });
    count.on_server += messages.size();
    for (auto begin = messages.begin(); begin != messages.end();) {
      const auto left = static_cast<std::size_t>(messages.end() - begin);
      const auto slice = begin + static_cast<std::ptrdiff_t>(std::min(left, kCountedAtOnce));
      auto taken = co_await take_listed({begin, slice}, Tell::dates, count.missed);
      if (!taken) co_return taken;
      begin = slice;
    }
  }
  memory_.count = count;
  co_return Result<void>{};
}

/// One fetch of many messages, with the repeats of those that did not come.
struct FolderWatch::Pass {
  bool any_came = false;
  bool any_refused = false;  ///< with NO or BAD, not with an OK that holds nothing
  std::map<std::uint32_t, std::string> why{};
};

awaitable<Result<void>> FolderWatch::fetch_all(std::vector<Wanted> wanted) {
  Pass pass;
  std::vector<Wanted> hopeless;
  std::erase_if(wanted, [&](const Wanted& one) {
    const auto suspect = memory_.suspects.find(one.listed.uid);
    const bool breaks_us = suspect != memory_.suspects.end() && suspect->second.cuts >= kCutsUntilMissing;
    if (!breaks_us) return false;
    pass.why[one.listed.uid] = "the connection broke each time it was fetched";
    hopeless.push_back(one);
    return true;
  });
  for (int tries = 0; tries < kTries && !wanted.empty(); ++tries) {
    auto lacking = co_await fetch_once(std::move(wanted), pass);
    if (!lacking) co_return std::move(lacking.error());
    wanted = *std::move(lacking);
  }
  const bool still_hope =
      !pass.any_came && pass.any_refused && std::all_of(wanted.begin(), wanted.end(), [&](const Wanted& one) {
        return memory_.suspects[one.listed.uid].refusals < kRefusalsUntilMissing;
      });
  if (!wanted.empty() && still_hope) {
    // Nothing at all is given out: that is the server's trouble, not the messages'.
    co_return Error{Next::retry, "UID FETCH: " + pass.why[wanted.front().listed.uid]};
  }
  wanted.insert(wanted.end(), hopeless.begin(), hopeless.end());
  co_return co_await give_up_on(std::move(wanted), pass);
}

// Fetches all of `wanted` and returns those that still exist and came without a body.
awaitable<Result<std::vector<Wanted>>> FolderWatch::fetch_once(std::vector<Wanted> wanted, Pass& pass) {
  std::vector<std::uint32_t> lacking;
  const Session::Taker taker = [&](Fetched fetched) -> awaitable<Result<void>> {
    if (stopping_) co_return Error{Next::retry, "stopping"};
    if (fetched.raw) {
      pass.any_came = true;
      memory_.suspects.erase(fetched.uid);
      co_return co_await take(std::move(fetched));
    }
    ++memory_.suspects[fetched.uid].refusals;
    lacking.push_back(fetched.uid);
    pass.any_refused = pass.any_refused || !fetched.why.starts_with("OK");
    pass.why[fetched.uid] = std::move(fetched.why);
    co_return Result<void>{};
  };
  auto fetched = co_await session_.fetch(wanted, taker);
  if (!fetched) {
    if (session_.broken_at() && !stopping_) ++memory_.suspects[*session_.broken_at()].cuts;
    co_return std::move(fetched.error());
  }
  if (lacking.empty()) co_return std::vector<Wanted>{};

  // Somebody may have moved them away meanwhile.
  auto listing = co_await session_.list(0, lacking);
  if (!listing) co_return std::move(listing.error());
  std::vector<Wanted> left;
  for (const Listed& listed : listing->messages) left.push_back(this->wanted(listed));
  for (const std::uint32_t uid : lacking) {
    const bool exists = std::any_of(left.begin(), left.end(), [&](const Wanted& one) { return one.listed.uid == uid; });
    if (!exists) memory_.suspects.erase(uid);
  }
  co_return left;
}

awaitable<Result<void>> FolderWatch::give_up_on(std::vector<Wanted> lacking, Pass& pass) {
  for (const Wanted& one : lacking) {
    Arrival arrival{.folder = memory_.opened.folder,
                    .uid_validity = memory_.opened.uid_validity,
                    .uid = one.listed.uid,
                    .internal_date = one.listed.internal_date,
                    .size = one.listed.size,
                    .body = Body::missing,
                    .why = "the server does not give it out: " + pass.why[one.listed.uid],
                    .exists_at = bell_,
                    .exists_instant = bell_instant_};
    auto taken = co_await intake_.take(std::move(arrival));
    if (!taken) co_return std::move(taken.error());
    memory_.suspects.erase(one.listed.uid);
  }
  co_return Result<void>{};
}

awaitable<Result<void>> FolderWatch::take(Fetched fetched) {
  const std::uint32_t uid = fetched.uid;
  Arrival arrival{
      .folder = memory_.opened.folder,
      .uid_validity = memory_.opened.uid_validity,
      .uid = uid,
      .internal_date = fetched.internal_date.value_or(Time{}),
      .size = fetched.size.value_or(fetched.raw->size()),
      .raw = *std::move(fetched.raw),
      .body = fetched.head_only ? Body::head : Body::whole,
      .why = fetched.head_only ? "only its head came: it is too large, or the connection broke with the whole" : "",
      .exists_at = bell_,
      .exists_instant = bell_instant_};
  co_return co_await intake_.take(std::move(arrival));
}

awaitable<Result<void>> FolderWatch::run() {
  State state = State::looking;
  Say say = Say::look;
  auto opened = co_await open();
  if (!opened) co_return std::move(opened.error());
  if (!*opened) co_return Error{Next::give_up, "no folder " + memory_.folder};
  auto looked = co_await look(true);
  Event event = looked ? (session_.exists_changed() ? Event::changed : Event::done) : lost(std::move(looked.error()));
  for (;;) {
    if (stopping_ && event != Event::lost) event = Event::stop;
    const Move move = step(state, event, session_.can("IDLE") && !polls_);
    state = move.next;
    say = move.say;
    if (state == State::over) break;
    event = co_await act(say);
  }
  if (say == Say::hang_up) co_return std::move(error_);
  co_await session_.logout();
  co_return Result<void>{};
}

Event FolderWatch::lost(Error error) {
  error_ = std::move(error);
  return Event::lost;
}

awaitable<Event> FolderWatch::act(Say say) {
  switch (say) {
    case Say::look: co_return co_await look_when_due();
    case Say::idle: {
      auto entered = co_await session_.enter_idle();
      if (!entered) co_return lost(std::move(entered.error()));
      polls_ = !*entered;
      idle_until_ = clock_.instant() + options_.idle_time;
      if (!*entered) co_return Event::refused;
      co_return session_.exists_changed() ? Event::changed : Event::done;
    }
    case Say::listen: co_return co_await listen();
    case Say::done: {
      auto left = co_await session_.leave_idle();
      co_return left ? Event::done : lost(std::move(left.error()));
    }
    case Say::done_and_fetch: co_return co_await fetch_few();
    case Say::wait: {
      const net::Instant until = clock_.instant() + options_.poll;
      co_await alarm_.wait_until(until);
      co_return Event::timer;
    }
    case Say::hang_up:
    case Say::log_out: break;  // run() does these
  }
  co_return lost({Next::retry, "nothing to say"});
}

awaitable<Event> FolderWatch::look_when_due() {
  const bool sweep = clock_.instant() >= next_sweep_;
  if (sweep || polls_ || !session_.can("IDLE")) {
    auto opened = co_await open();
    if (!opened) co_return lost(std::move(opened.error()));
    if (!*opened) co_return lost({Next::give_up, "no folder " + memory_.folder + " any more"});
  }
  auto looked = co_await look(sweep);
  if (!looked) co_return lost(std::move(looked.error()));
  co_return session_.exists_changed() ? Event::changed : Event::done;
}

awaitable<Event> FolderWatch::listen() {
  const net::Instant until = std::min(idle_until_, next_sweep_);
  auto heard = co_await session_.listen(until);
  if (!heard) co_return lost(std::move(heard.error()));
  switch (*heard) {
    case Session::Heard::exists: co_return Event::changed;
    case Session::Heard::deadline: co_return Event::timer;
    case Session::Heard::woken: break;
  }
  if (!stopping_) co_return lost({Next::retry, "what was taken could not be kept"});
  co_return Event::stop;
}

// One packet and one answer between EXISTS and the mail, where few are expected.
awaitable<Event> FolderWatch::fetch_few() {
  const std::uint32_t cursor = memory_.cursor.last_uid;
  const std::uint32_t expected = session_.expected_new();
  if (!memory_.pipelines || expected == 0 || expected > options_.session.window_messages || cursor == UINT32_MAX ||
      !memory_.suspects.empty()) {
    auto left = co_await session_.leave_idle();
    co_return left ? Event::changed : lost(std::move(left.error()));
  }
  bell_ = session_.rung_at();
  bell_instant_ = session_.rung_instant();
  const Session::Taker taker = [&](Fetched fetched) -> awaitable<Result<void>> {
    const std::uint32_t uid = fetched.uid;
    auto taken = co_await take(std::move(fetched));
    if (taken) memory_.cursor.last_uid = std::max(memory_.cursor.last_uid, uid);
    co_return taken;
  };
  auto complete = co_await session_.leave_idle_and_fetch(cursor, taker);
  if (!complete) {
    memory_.pipelines = false;
    co_return lost(std::move(complete.error()));
  }
  if (*complete) {
    looked_();
    co_return Event::done;
  }
  // One may have been left out between two that came, so the next look begins where this one did.
  memory_.cursor.last_uid = cursor;
  co_return Event::changed;
}

}  // namespace leadmail::mail::imap
