#include "daemon/log.h"

#include <fmt/format.h>
// Otherwise each line carried the place of this file; log ids say where a line comes from.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-journal.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <vector>

#include "daemon/log_table.h"
#include "mail/message/sha256.h"

namespace leadmail::daemon {
namespace {

constexpr std::size_t kLongest = 1000;
constexpr std::size_t kMostLooked = 4 * kLongest;  ///< what is behind can't be shown, however much is masked

std::atomic<Level> threshold{Level::info};
std::atomic<bool> is_personal_allowed = false;

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

void to_journal(const LogRecord& record) {
  auto entries = journal_fields(record);
  std::vector<iovec> parts;
  parts.reserve(entries.size());
  for (auto& entry : entries) parts.push_back({entry.data(), entry.size()});
  sd_journal_sendv(parts.data(), static_cast<int>(parts.size()));
}

void to_stderr(const LogRecord& record) {
  std::string line = fmt::format("<{}>{}: {}", static_cast<int>(record.level), record.id, record.text);
  for (const auto& [name, value] : record.fields) {
    if (!value.empty()) line += fmt::format(" {}={}", name, value);
  }
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);  // one write, so that lines of several threads stay whole
}

/// Who has the mail finds its lines by this; nobody learns from it whose it is.
std::string hash_of(std::string_view message_id) {
  return message_id.empty() ? std::string{} : mail::message::sha256_hex(message_id).substr(0, 16);
}

void write(Level level, std::string_view id, std::string_view message, std::initializer_list<LogField> fields,
           std::string_view personal) {
  if (level <= Level::warning) count(level, id);
  if (level > threshold.load(std::memory_order_relaxed)) return;
  const bool tells_all = is_personal_allowed.load(std::memory_order_relaxed);
  LogRecord record{.level = level, .id = id};
  std::string text(message.substr(0, kMostLooked));
  if (tells_all && personal.starts_with(text)) text.clear();  // the whole of what is shortened else
  if (tells_all && !personal.empty()) text.append(text.empty() ? "" : ": ").append(personal);
  record.text = escape_for_log(tells_all ? text : mask_addresses(text));
  for (const auto& [name, value] : fields) {
    const auto shown = tells_all           ? value
                       : name == "MESSAGE" ? hash_of(value)
                                           : mask_addresses(std::string_view(value).substr(0, kMostLooked));
    record.fields.emplace_back(name, escape_for_log(shown));
  }
  journal_listens() ? to_journal(record) : to_stderr(record);
}

/// Characters of an address that are told from the text around it. RFC 5322 §3.2.3; what is above ASCII belongs to it,
/// too. RFC 6531 §3.3
bool is_of_address(char c) {
  static constexpr std::string_view kAtoms = "!#$%&'*+-/=?^_`{|}~.";
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         kAtoms.find(c) != std::string_view::npos;
}

/// Where a quoted local part begins that ends with the quote at `end`; `end` + 1 when it has no beginning.
std::size_t before_quoted(std::string_view text, std::size_t end, std::size_t least) {
  for (auto i = end; i > least; --i) {
    if (text[i - 1] == '"' && (i - 1 == least || text[i - 2] != '\\')) return i - 1;
  }
  return end + 1;
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
void set_log_personal(bool allowed) { is_personal_allowed = allowed; }

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

void log(std::string_view id, std::string_view message, std::initializer_list<LogField> fields,
         std::string_view personal) {
  const auto* known = find_log_message(id);
  write(known == nullptr ? Level::error : known->level, id, message, fields, personal);
}

void log(Level level, std::string_view id, std::string_view message, std::initializer_list<LogField> fields) {
  write(level, id, message, fields, {});
}

std::string mask_addresses(std::string_view text) {
  std::string masked;
  std::size_t copied = 0;
  for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    auto first = at;
    while (first > copied && is_of_address(text[first - 1])) --first;
    if (first > copied && text[first - 1] == '"') first = before_quoted(text, first - 1, copied);
    auto end = at + 1;
    while (end < text.size() &&
           (is_of_address(text[end]) || text[end] == '[' || text[end] == ']' || text[end] == ':')) {
      ++end;
    }
    if (first == at || end == at + 1) continue;
    masked.append(text.substr(copied, first - copied)).append("(address)");
    copied = end;
    at = end - 1;
  }
  return masked.append(text.substr(copied));
}

}  // namespace leadmail::daemon
