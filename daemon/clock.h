// The one place where the daemon reads the time of day. Everything that decides is told the time.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>

#include "core/base/time.h"

namespace leadmail::daemon {

class Clock {
 public:
  /// The system's clock, or, for `--once --now`, always the given instant.
  explicit Clock(std::optional<Time> fixed = std::nullopt) : fixed_(fixed) {}

  [[nodiscard]] Time now() const {
    return fixed_ ? *fixed_ : std::chrono::floor<seconds>(std::chrono::system_clock::now());
  }

 private:
  std::optional<Time> fixed_;
};

}  // namespace leadmail::daemon
