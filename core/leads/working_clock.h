// A ruler of somebody's working time, for reports that measure thousands of waits: the days of a period are laid out
// once, each measurement is a search. The same figures as working_time_between().
#pragma once

#include <chrono>
#include <vector>

#include "core/base/time.h"
#include "core/leads/rules.h"

namespace leadmail::leads {

class WorkingClock {
 public:
  /// Good for instants in [from, until]; ten years at most.
  WorkingClock(const User& user, Time from, Time until);
  /// None when `until` is not behind `from`; what lies outside the period does not count.
  [[nodiscard]] std::chrono::seconds between(Time from, Time until) const;

 private:
  struct Stretch {
    Time begin{};
    Time end{};
    std::chrono::seconds before{};  ///< of all stretches before it
  };
  [[nodiscard]] std::chrono::seconds passed_at(Time time) const;
  std::vector<Stretch> stretches_{};
};

}  // namespace leadmail::leads
