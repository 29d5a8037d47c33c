// What is remembered of somebody who was erased: a keyed hash, from which without the key nobody learns whom it is
// about.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::leads {

/// 64 hexadecimal digits for a fingerprint or an address; an address in lower case and without its +tag. HMAC-SHA-256
std::string tombstone(std::string_view key, std::string_view what);

}  // namespace leadmail::leads
