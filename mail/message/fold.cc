#include "mail/message/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace leadmail::mail::message {
namespace {

icu::UnicodeString to_unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

/// What a letter is written as where it can't be typed; the letter itself for most.
UChar32 plain_letter(UChar32 c) {
  switch (c) {
    case 0x111: return 'd';   // đ
    case 0x131: return 'i';   // ı
    case 0x142: return 'l';   // ł
    case 0x2018:              // ‘
    case 0x2019:              // ’
    case 0x2BC: return '\'';  // ʼ
    case 0x201C:              // “
    case 0x201D:              // ”
    case 0x201E:              // „
    case 0xAB:                // «
    case 0xBB: return '"';    // »
    case 0x2010:              // ‐
    case 0x2011:              // non-breaking hyphen
    case 0x2013:              // –
    case 0x2014:              // —
    case 0x2212: return '-';  // −
    case 0x3000: return ' ';
    default: return c;
  }
}

}  // namespace

std::string fold_plain(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* const case_folded = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto* const decomposed = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status) != 0) return std::string(text);
  const auto apart = decomposed->normalize(case_folded->normalize(to_unicode(text), status), status);
  icu::UnicodeString plain;
  for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    const UChar32 c = apart.char32At(i);
    if (u_charType(c) != U_NON_SPACING_MARK) plain.append(plain_letter(c));
  }
  std::string folded;
  plain.toUTF8String(folded);
  return folded;
}

}  // namespace leadmail::mail::message
