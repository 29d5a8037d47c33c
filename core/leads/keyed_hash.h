// HMAC-SHA-256, RFC 2104: what nobody can make who does not hold the key.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace leadmail::leads {

using KeyedHash = std::array<std::uint8_t, 32>;

/// The hash of `text` under `key`. Throws std::bad_alloc where there is no memory to make one: a hash that was not made
/// must never be compared, stored or sent.
KeyedHash keyed_hash(std::string_view key, std::string_view text);

}  // namespace leadmail::leads
