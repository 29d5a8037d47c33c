#include "daemon/retention.h"

#include "core/leads/zone.h"
#include "daemon/log.h"

namespace leadmail::daemon {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::hours kNight{3};  ///< of the day: nobody waits for anything then
constexpr std::chrono::milliseconds kAtATime{500};

}  // namespace

Time prune_slot(const leads::Rules& rules, Time now) {
  const auto local = leads::to_local(now, rules.timezone);
  const auto night = std::chrono::floor<std::chrono::days>(local) + kNight;
  const auto slot = leads::to_utc(night, rules.timezone);
  return slot <= now ? slot : leads::to_utc(night - std::chrono::days{1}, rules.timezone);
}

std::optional<Time> prune_before(const store::Retention& retention, store::Kept what, Time now) {
  const auto life = retention.at(static_cast<std::size_t>(what));
  if (life == std::chrono::seconds{0}) return std::nullopt;
  return now - life;
}

Result<store::Pruned> prune_for(Engine& engine, store::Kept what, std::chrono::milliseconds patience) {
  store::Pruned all;
  const auto before = prune_before(engine.settings()->config.retention, what, engine.now());
  if (!before) return all;
  const auto until = steady_clock::now() + patience;
  do {
    store::Pruned step;
    auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
      auto pruned = transaction.prune(what, *before);
      if (!pruned) return std::move(pruned.error());
      step = *pruned;
      return {};
    });
    if (!done) return std::move(done.error()).in("pruning " + std::string(store::name(what)));
    all = {all.rows + step.rows, all.bytes + step.bytes, step.more};
  } while (all.more && steady_clock::now() < until);
  return all;
}

Result<bool> DailyPruning::go_on() {
  const auto slot = prune_slot(engine_.settings()->config.rules, engine_.now());
  if (done_ && *done_ >= slot) return false;
  if (!under_way_) {
    auto known = engine_.write([&](store::Transaction& transaction) -> Result<void> {
      auto last = transaction.prune_slot();
      if (!last) return std::move(last.error());
      done_ = *last;
      return {};
    });
    if (!known) return std::move(known.error());
    if (done_ && *done_ >= slot) return false;
    under_way_ = slot;
    next_ = 0;
  }
  const auto end = steady_clock::now() + kAtATime;
  while (next_ < store::kAllKept.size() && steady_clock::now() < end) {
    const auto what = store::kAllKept.at(next_);
    auto pruned = prune_for(engine_, what, kAtATime);
    if (!pruned) return std::move(pruned.error());
    if (pruned->rows > 0) told_ += " " + std::string(store::name(what)) + " " + std::to_string(pruned->rows);
    if (!pruned->more) ++next_;
  }
  if (next_ < store::kAllKept.size()) return true;
  if (auto done = finish(*under_way_); !done) return std::move(done.error());
  return false;
}

Result<void> DailyPruning::finish(Time slot) {
  auto done = engine_.write([&](store::Transaction& transaction) { return transaction.set_prune_slot(slot); });
  if (!done) return done;
  done_ = slot;
  under_way_.reset();
  if (!told_.empty()) log("pruned", "what was too old is gone:" + told_);
  told_.clear();
  return {};
}

}  // namespace leadmail::daemon
