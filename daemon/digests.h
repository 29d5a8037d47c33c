// The clock's summaries: who is due one is told the latest, once; what was slept through is not told again. What they
// say stands in core/leads/digest.h.
#pragma once

#include "core/base/result.h"
#include "daemon/engine.h"

namespace leadmail::daemon {

/// Makes the digests whose time has come, each reader in a transaction of his own. Answers how many mails there are.
/// The first time that a reader is met only notes the time: what happened before is no news.
Result<int> send_digests(Engine& engine);

}  // namespace leadmail::daemon
