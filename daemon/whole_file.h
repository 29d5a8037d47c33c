// Files that others read while we write them: who opens one sees all of the old one or all of the new one.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace leadmail::daemon {

/// Puts `bytes` in the place of the file at `path`, with exactly that mode, whatever the umask says. Error (retry): it
/// can't be written; the old one is as it was.
Result<void> write_whole_file(const std::string& path, std::string_view bytes, mode_t mode);

}  // namespace leadmail::daemon
