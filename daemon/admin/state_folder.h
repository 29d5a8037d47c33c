// The folder of the book, for what has to be kept before the daemon has ever run.
#pragma once

#include <sys/types.h>
#include <optional>

#include "core/base/result.h"
#include "daemon/config.h"

namespace leadmail::daemon::admin {

struct Owner {
  uid_t user = 0;
  gid_t group = 0;
};

/// Whom the daemon runs as, when we are root and it is installed.
std::optional<Owner> service_owner();

/// Makes it (0700, the daemon's) when it is not there, as systemd would at the first start; and sees that we can write
/// into the folder of keys in it. Error (give_up): we can't, and what to do about it.
Result<void> prepare_state_folder(const Config& config);

}  // namespace leadmail::daemon::admin
