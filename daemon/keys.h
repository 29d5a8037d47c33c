// The keys that sign our tokens: files in a folder beside the store, never in the store, a backup, a log or an
// argument. A lost key voids the tokens it signed and nothing else.
#pragma once

#include <cstddef>
#include <string>

#include "core/base/result.h"
#include "core/leads/rules.h"

namespace leadmail::daemon {

/// So many keys are valid at a time: the newest signs, the one before it is still believed.
inline constexpr std::size_t kValidKeys = 2;

/// Reads the newest keys of `folder`, newest first, at most kValidKeys. Makes the folder (0700) and a first key (0600)
/// when there is none. Error (stop): a key file that others can read, or that is damaged: it is named, and never
/// replaced.
Result<leads::TokenKeys> load_keys(const std::string& folder);

/// Adds a key and removes those that are not valid any more. After a crash at any point all keys are whole.
Result<leads::TokenKeys> rotate_keys(const std::string& folder);

/// The key under which erased people are remembered; made when there is none, and never another one: with it goes all
/// memory of them. Error (stop): as for load_keys().
Result<std::string> load_erasure_key(const std::string& folder);

}  // namespace leadmail::daemon
