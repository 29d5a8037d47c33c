#include "mail/message/fold_case.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <span>

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

}  // namespace

std::string_view fold_case(std::string_view text, std::string& room) {
  if (std::none_of(text.begin(), text.end(), ascii::is_8bit)) return text;
  room.assign(text);
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const auto start = at;
    UChar32 letter = 0;
    U8_NEXT(text.data(), at, size, letter);
    if (letter < 0x80) {
      if (letter >= 0) room[static_cast<std::size_t>(start)] = ascii::lower(static_cast<char>(letter));
      continue;
    }
    const UChar32 small = u_tolower(letter);
    if (small == letter || U8_LENGTH(small) != at - start) continue;
    put(small, std::span(room).subspan(static_cast<std::size_t>(start), static_cast<std::size_t>(at - start)));
  }
  return room;
}

}  // namespace leadmail::mail::message
