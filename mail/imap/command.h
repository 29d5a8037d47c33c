// How we write what goes to an IMAP server: strings, folder names and sets of UIDs. Pure; refuses what could end a
// command early.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail::mail::imap {

/// `text` as a quoted string; nothing when it holds CR, LF, NUL or 8-bit octets, which need a literal. RFC 3501 §9
std::optional<std::string> quoted(std::string_view text);

/// UTF-8 to the modified UTF-7 of folder names; damaged UTF-8 becomes U+FFFD. RFC 3501 §5.1.3
std::string to_modified_utf7(std::string_view utf8);

/// And back. What is no modified UTF-7 (8-bit names, a lone &) is kept as it is, as far as it is UTF-8.
std::string from_modified_utf7(std::string_view name);

/// A folder name (UTF-8) as an argument of a command; nothing when it is empty, longer than 500 octets, or holds
/// control characters.
std::optional<std::string> folder_argument(std::string_view utf8);

/// Sets like "3,7:9,12" that together name exactly `uids` (ascending), each at most `octets` long: some servers take
/// command lines of 1,000 octets only.
std::vector<std::string> uid_sets(std::span<const std::uint32_t> uids, std::size_t octets);

}  // namespace leadmail::mail::imap
