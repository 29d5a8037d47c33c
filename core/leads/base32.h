// Base 32 in lower case: survives servers that fold the case of local parts. RFC 4648 §6
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail::leads {

/// Without padding; a last group of fewer than five bits is filled with zeros.
std::string to_base32(std::span<const std::uint8_t> bytes);

/// The bytes, in any case; nothing for a foreign character, a length no encoder makes, or bits left over.
std::optional<std::vector<std::uint8_t>> from_base32(std::string_view text);

/// Whether the character, in any case, can stand in base 32.
constexpr bool is_base32(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'); }

}  // namespace leadmail::leads
