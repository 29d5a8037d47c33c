// One line of log: to the journal with fields when systemd listens, else to stderr. What comes from mail is escaped: no
// line break, control character or bidi override reaches the log. No secrets, no mail text. Personal data only where
// the config asks for it: addresses are masked in whatever is logged, and what may hold a name or a subject is given
// apart. log_table.h says what each id means.
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

/// Writes one record at the level that the table has for `id`. `personal` is added where personal data may stand in the
/// log. A field MESSAGE is a Message-ID: elsewhere its hash.
void log(std::string_view id, std::string_view message, std::initializer_list<LogField> fields = {},
         std::string_view personal = {});

/// The same at a level of its own.
void log(Level level, std::string_view id, std::string_view message, std::initializer_list<LogField> fields = {});

/// Records above this level are dropped. Default info.
void set_log_level(Level level);

/// Whether addresses, Message-IDs and `personal` stand in the log. Default: no.
void set_log_personal(bool allowed);

/// "550 <maria@x.example>: no such user" with "(address)" in its place. What is shorter than a@b is no address.
std::string mask_addresses(std::string_view text);

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
