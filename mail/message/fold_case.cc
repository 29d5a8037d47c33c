#include "mail/message/fold_case.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include "mail/message/ascii.h"

namespace leadmail::mail::message {
namespace {

// A letter beyond ASCII in place of another of as many bytes.
void put(UChar32 letter, std::span<char> place) {
  auto code = static_cast<std::uint32_t>(letter);
  for (auto byte = place.size(); --byte > 0; code >>= 6U) place[byte] = static_cast<char>(0x80U | (code & 0x3FU));
  const auto lead = place.size() == 2 ? 0xC0U : place.size() == 3 ? 0xE0U : 0xF0U;
  place[0] = static_cast<char>(lead | code);
}

constexpr std::uint32_t kTwoBytesEnd = 0x800;

// The small letters of everything that takes two bytes: Latin, Greek, Cyrillic, Armenian.
UChar32 small_letter(UChar32 letter) {
  static const auto small = [] {
    std::array<std::uint16_t, kTwoBytesEnd> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i)
      table[i] = static_cast<std::uint16_t>(u_tolower(static_cast<UChar32>(i)));
    return table;
  }();
  const auto code = static_cast<std::uint32_t>(letter);
  return code < small.size() ? UChar32{small[code]} : u_tolower(letter);
}

// U+3000 to U+9FFF, kana and ideographs, have no cases.
bool is_ideograph(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte >= 0xE3 && byte <= 0xE9;
}

}  // namespace

std::string_view fold_case(std::string_view text, std::string& room) {
  bool folded = false;
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const auto rest = text.substr(static_cast<std::size_t>(at));
    if (!ascii::is_8bit(rest.front())) {
      at += static_cast<std::int32_t>(ascii::run(rest));
      continue;
    }
    if (is_ideograph(rest.front())) {
      at += 3;
      continue;
    }
    const auto start = at;
    UChar32 letter = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), at, size, letter);
    if (letter < 0) continue;
    const UChar32 small = small_letter(letter);
    if (small == letter || U8_LENGTH(small) != at - start) continue;
    if (!std::exchange(folded, true)) room.assign(text);
    put(small, std::span(room).subspan(static_cast<std::size_t>(start), static_cast<std::size_t>(at - start)));
  }
  return folded ? std::string_view(room) : text;
}

}  // namespace leadmail::mail::message
