// Which folder holds what the reps sent, when the config names one that is not there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mail/imap/session.h"

namespace leadmail::mail::imap {

/// The folder with the attribute \Sent (RFC 6154 §2), or else one with a name that mail programs and servers give it in
/// their languages, the shortest path first. Folders that cannot be opened are passed over.
std::optional<std::string> find_sent(const std::vector<Folder>& folders);

}  // namespace leadmail::mail::imap
