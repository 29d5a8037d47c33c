// What each line of the log means and what to do about it: one table, from which the level of a record, the journal's
// catalog and docs/messages.md come. An id, once released, keeps its meaning.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/log.h"

namespace leadmail::daemon {

struct LogMessage {
  std::string_view id{};
  Level level = Level::error;
  std::string_view title{};  ///< a few words
  std::string_view text{};   ///< what happened, what it means, and what to do
};

std::span<const LogMessage> log_messages();
const LogMessage* find_log_message(std::string_view id);

/// A record as it is written: what it may not show is masked, what is unsafe escaped.
struct LogRecord {
  Level level = Level::error;
  std::string_view id{};
  std::string text{};
  std::vector<std::pair<std::string_view, std::string>> fields{};  ///< without LEADMAIL_; empty ones are left out
};

/// What the journal is told, "NAME=value" each. systemd.journal-fields(7)
std::vector<std::string> journal_fields(const LogRecord& record);

/// 32 hexadecimal digits that name an id for the journal (MESSAGE_ID=), the same in every version: an UUID made of it.
/// systemd.journal-fields(7), RFC 9562 §5.5
std::string journal_id(std::string_view id);

/// docs/messages.md: the table for people.
std::string messages_manual();

/// The same for `journalctl --catalog`. https://systemd.io/CATALOG/
std::string journal_catalog();

}  // namespace leadmail::daemon
