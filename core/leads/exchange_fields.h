// Names of values that both ways of exchange.h agree on. Internal to them.
#pragma once

#include <string_view>

namespace leadmail::leads {

/// Kept as decimal seconds, exchanged as RFC 3339.
bool is_instant(std::string_view field);

}  // namespace leadmail::leads
