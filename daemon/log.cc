#include "daemon/log.h"

#include <fmt/format.h>
#include <systemd/sd-journal.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <vector>

namespace leadmail::daemon {
namespace {

constexpr std::size_t kLongest = 1000;

std::atomic<Level> threshold{Level::info};

bool journal_listens() {
  static const bool listens = std::getenv("JOURNAL_STREAM") != nullptr;  // NOLINT(concurrency-mt-unsafe)
  return listens;
}

std::mutex& counts_mutex() {
  static std::mutex mutex;
  return mutex;
}

std::map<std::string, LogCount>& counts() {
  static std::map<std::string, LogCount> counts;
  return counts;
}

void count(Level level, std::string_view id) {
  const std::lock_guard lock(counts_mutex());
  auto& known = counts()[std::string(id)];
  known.level = level;
  ++known.records;
}

/// Characters that would move the cursor, break the line or turn the text around. UAX #9
bool is_unsafe(UChar32 c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

void to_journal(Level level, std::string_view id, std::string_view message, std::initializer_list<LogField> fields) {
  std::vector<std::string> entries{fmt::format("PRIORITY={}", static_cast<int>(level)),
                                   fmt::format("MESSAGE={}", escape_for_log(message)),
                                   fmt::format("LEADMAIL_ID={}", id), "SYSLOG_IDENTIFIER=leadmaild"};
  for (const auto& [name, value] : fields)
    entries.push_back(fmt::format("LEADMAIL_{}={}", name, escape_for_log(value)));
  std::vector<iovec> parts;
  parts.reserve(entries.size());
  for (auto& entry : entries) parts.push_back({entry.data(), entry.size()});
  sd_journal_sendv(parts.data(), static_cast<int>(parts.size()));
}

void to_stderr(Level level, std::string_view id, std::string_view message, std::initializer_list<LogField> fields) {
  std::string line = fmt::format("<{}>{}: {}", static_cast<int>(level), id, escape_for_log(message));
  for (const auto& [name, value] : fields) line += fmt::format(" {}={}", name, escape_for_log(value));
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);  // one write, so that lines of several threads stay whole
}

}  // namespace

std::string escape_for_log(std::string_view text) {
  std::string safe;
  const auto size = static_cast<std::int32_t>(std::min(text.size(), kLongest));
  for (std::int32_t i = 0; i < size;) {
    const std::int32_t start = i;
    UChar32 c = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i, size, c);
    if (c < 0) {
      for (std::int32_t k = start; k < i; ++k)
        safe += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[static_cast<std::size_t>(k)]));
    } else if (is_unsafe(c)) {
      safe += c < 0x80 ? fmt::format("\\x{:02x}", static_cast<unsigned>(c))
                       : fmt::format("\\u{{{:04x}}}", static_cast<unsigned>(c));
    } else {
      safe.append(text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start)));
    }
  }
  if (text.size() > kLongest) safe += "…";
  return safe;
}

void set_log_level(Level level) { threshold = level; }

std::string_view name(Level level) {
  switch (level) {
    case Level::error: return "error";
    case Level::warning: return "warning";
    case Level::info: return "info";
    case Level::debug: return "debug";
  }
  return "error";
}

std::map<std::string, LogCount> log_counts() {
  const std::lock_guard lock(counts_mutex());
  return counts();
}

void log(Level level, std::string_view id, std::string_view message, std::initializer_list<LogField> fields) {
  if (level <= Level::warning) count(level, id);
  if (level > threshold.load(std::memory_order_relaxed)) return;
  if (journal_listens()) {
    to_journal(level, id, message, fields);
  } else {
    to_stderr(level, id, message, fields);
  }
}

}  // namespace leadmail::daemon
