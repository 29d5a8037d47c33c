// What [retention] says is old goes: once a day by itself, at night, in steps that hold up nobody.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/leads/rules.h"
#include "core/store/retention.h"
#include "daemon/engine.h"

namespace leadmail::daemon {

/// The night to which `now` belongs: three in the morning by the company's clock, the last one that has passed.
Time prune_slot(const leads::Rules& rules, Time now);

/// Before when what is kept of that kind is too old; nothing: it is kept for ever.
std::optional<Time> prune_before(const store::Retention& retention, store::Kept what, Time now);

/// Prunes for so long, at least one step of one transaction. `more`: it is not all done.
Result<store::Pruned> prune_for(Engine& engine, store::Kept what, std::chrono::milliseconds patience);

/// The daily pruning, a little at a time; of one thread.
class DailyPruning {
 public:
  explicit DailyPruning(Engine& engine) : engine_(engine) {}
  /// Does a little of what is still to be done of tonight's. True: there is more.
  Result<bool> go_on();

 private:
  Result<void> finish(Time slot);

  Engine& engine_;
  std::optional<Time> done_{};  ///< the latest night that is done
  std::optional<Time> under_way_{};
  std::size_t next_ = 0;  ///< of store::kAllKept
  std::string told_{};    ///< what went so far, in words
};

}  // namespace leadmail::daemon
