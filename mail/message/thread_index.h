// Outlook's Thread-Index: which conversation a mail belongs to, where servers lose References. MS-OXOMSG §2.2.1.3 gives
// 22 bytes for the conversation, then five for each answer. Nothing is invented: what is damaged names no thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace leadmail::mail::message {

/// The conversation that a Thread-Index value names: its 16 bytes of GUID as hex, the same in every answer. Nothing for
/// a value that is damaged, too long (more than 200 answers), or whose GUID is all one byte.
std::optional<std::string> conversation_of(std::string_view thread_index);

/// The value for an answer to the mail that bore `thread_index`: its bytes with one child block for `now` behind them,
/// in base64. The same for the same input; `salt` stands in for the block's random bits. "" when there is nothing to
/// extend, or no room left.
std::string extend_thread_index(std::string_view thread_index, Time now, std::uint8_t salt);

}  // namespace leadmail::mail::message
