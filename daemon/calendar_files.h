// A calendar to subscribe to for each user, as files in a folder that somebody else may serve: read by nobody but the
// daemon's user and group, replaced at once, written only when something in them has changed.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "core/base/result.h"
#include "daemon/engine.h"

namespace leadmail::daemon {

/// Up to what the files are true.
struct CalendarNews {
  std::int64_t event = -1;
  std::chrono::sys_days day{};
  std::shared_ptr<const Settings> settings{};
};

/// Writes USER.ics for each user into [calendar] folder; nothing without one. Files of people who are no users any more
/// are taken away. `seen`: what the last call knew; without news nothing is done.
/// Error (retry): the folder can't be written.
Result<void> write_calendars(Engine& engine, CalendarNews& seen);

}  // namespace leadmail::daemon
