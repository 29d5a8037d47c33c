// One line of log: to the journal with fields when systemd listens, else to stderr. What comes from mail is escaped: no
// line break, control character or bidi override reaches the log. No secrets, no mail text; personal data only at
// debug.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace leadmail::daemon {

enum class Level { error = 3, warning = 4, info = 6, debug = 7 };  ///< syslog's numbers. RFC 5424 §6.2.1

std::string_view name(Level level);

/// Name and value of a journal field, LEADMAIL_<NAME>; names are upper case.
using LogField = std::pair<std::string_view, std::string>;

/// Writes one record. `id` is stable and explained in docs/messages.md: "intake-committed".
void log(Level level, std::string_view id, std::string_view message, std::initializer_list<LogField> fields = {});

/// Records above this level are dropped. Default info.
void set_log_level(Level level);

/// Warnings and errors since the start, by id; also those that the level left out.
struct LogCount {
  Level level = Level::warning;
  std::uint64_t records = 0;
};
std::map<std::string, LogCount> log_counts();

/// `text` on one line: control characters and bidi overrides as \xNN or \u{NNNN}, invalid UTF-8 as \xNN; at most 1000
/// bytes.
std::string escape_for_log(std::string_view text);

}  // namespace leadmail::daemon
