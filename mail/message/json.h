// A message as text for people and tools (`leadmail parse --json`), and its content as bytes for the worker's socket.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "mail/message/message.h"

namespace leadmail::mail::message {

/// One JSON object with the keys of docs/json.md, on one line. `file` is the name the user gave.
std::string to_json(const Message& message, std::string_view file);

/// The content as bytes, for a process of the same build.
std::string serialise(const Content& content);

/// The same back. Error (quarantine): bytes that serialise did not write, or trailing ones. No length in it is believed
/// before it is held against what is there.
Result<Content> deserialise(std::string_view bytes);

}  // namespace leadmail::mail::message
