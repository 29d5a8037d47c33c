// One small page by https, for what providers publish about themselves. Knows nothing of what it means. Refuses http,
// certificates that do not fit, redirects away from https, and pages that are large or slow.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "core/base/result.h"

namespace leadmail::mail::net {

struct PageLimits {
  std::chrono::milliseconds time{8'000};  ///< for all of it
  std::size_t bytes = 256UL * 1024;
};

/// The body of a 200; anything else is an Error that says why. Blocks. No cookies, no login, no cache.
Result<std::string> read_page(const std::string& url, const PageLimits& limits = {});

}  // namespace leadmail::mail::net
