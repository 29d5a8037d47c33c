// Message-ID, In-Reply-To and References: ids without <>, in order. Never invented. RFC 5322 §3.6.4
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail::mail::message {

/// The ids of a field: what stands in <>, blanks inside dropped (folding left them); where nothing stands in <>, words
/// with an
/// "@". Of more than `limit` the last ones. An id of more than 998 bytes is none. Linear time.
std::vector<std::string> read_message_ids(std::string_view value, std::size_t limit = 1000);

/// The id of a Message-ID field: its first id, or the word that stands there without <>; "" when there is none.
std::string read_message_id(std::string_view value);

}  // namespace leadmail::mail::message
