// Instants as whole seconds of UTC, and their one spelling (RFC 3339). Nobody here reads a clock: times are passed in.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadmail {

/// An instant, in seconds of UTC since 1970.
using Time = std::chrono::sys_seconds;
using std::chrono::seconds;

constexpr std::int64_t to_unix(Time time) { return time.time_since_epoch().count(); }
constexpr Time from_unix(std::int64_t value) { return Time{seconds{value}}; }

/// "2026-12-03T10:00:00Z", or with `offset` "2026-12-03T04:00:00-06:00". Years outside 0..9999 are clamped. RFC 3339
/// §5.6
std::string to_rfc3339(Time time, std::chrono::minutes offset = std::chrono::minutes{0});

/// The instant that an RFC 3339 date-time names; nothing for anything else (also a date without time or zone).
/// Fractions of a second are dropped; second 60 counts as 59.
std::optional<Time> parse_rfc3339(std::string_view text);

}  // namespace leadmail
