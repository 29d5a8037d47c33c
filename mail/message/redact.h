// Taking somebody out of a mail that others wrote: its header, its texts (HTML too), mails inside it, files that speak
// of him. Whatever does not speak of him stays byte for byte. What to look for, the caller says.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/cut.h"

namespace leadmail::mail::message {

struct Redaction {
  FindCuts find{};  ///< in UTF-8 text
  /// Is a file with this SHA-256 one of his? May be empty.
  std::function<bool(const std::string&)> is_his_file{};
};

/// The mail without him; nothing when it does not speak of him. A part that is changed becomes UTF-8; a mail inside it
/// that he wrote, and a file that names him, become one word. A file whose content nobody can read as text (compressed,
/// a picture) is told by its hash alone. Never throws; the limits of the pre-pass hold, and what they leave unread is
/// looked at as bytes.
std::optional<std::string> redact(std::string_view raw, const Redaction& redaction);

/// Cuts of an HTML text: in what is read, with tags between the words and signs written as entities, and inside tags.
std::vector<Cut> find_in_html(std::string_view html, const FindCuts& find);

}  // namespace leadmail::mail::message
