// ICU says that it had no memory in ways that are easily missed: by an error code like any other, and by strings that
// look empty (isBogus). A text must never be taken for another one because of that, so these throw std::bad_alloc.
// Only for source files that use ICU anyway.
#pragma once

#include <unicode/unistr.h>

#include <cstdint>
#include <new>
#include <string>
#include <string_view>

namespace leadmail {

/// Did it work? Throws std::bad_alloc when there was no memory for it.
inline bool worked(UErrorCode code) {
  if (code == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  return U_SUCCESS(code) != 0;
}

/// The same string. Throws std::bad_alloc when there was no memory for it.
inline const icu::UnicodeString& whole(const icu::UnicodeString& text) {
  if (text.isBogus() != 0) throw std::bad_alloc();
  return text;
}

/// Bytes that are no UTF-8 become U+FFFD. At most 2^31 bytes.
inline icu::UnicodeString unicode_of(std::string_view utf8) {
  return whole(icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size()))));
}

inline std::string utf8_of(const icu::UnicodeString& text) {
  std::string utf8;
  whole(text).toUTF8String(utf8);
  return utf8;
}

}  // namespace leadmail
