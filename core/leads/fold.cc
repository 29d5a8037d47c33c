#include "core/leads/fold.h"

#include <algorithm>

#include "core/base/normal_form.h"
#include "core/leads/address.h"

namespace leadmail::leads {
namespace {

constexpr bool is_accent(char16_t c) { return c >= 0x0300 && c <= 0x036F; }

/// Letters that Unicode does not take apart although people type them without the stroke.
constexpr char16_t without_stroke(char16_t c) {
  switch (c) {
    case 0x0111: return u'd';  // đ
    case 0x0142: return u'l';  // ł
    case 0x00F8: return u'o';  // ø
    case 0x0131: return u'i';  // ı
    case 0x0127: return u'h';  // ħ
    default: return c;
  }
}

icu::UnicodeString without_accents(const icu::UnicodeString& decomposed) {
  icu::UnicodeString bare(decomposed.length(), 0, 0);
  for (int32_t i = 0; i < decomposed.length(); ++i) {
    const char16_t c = decomposed.charAt(i);
    if (!is_accent(c)) bare.append(without_stroke(c));
  }
  return bare;
}

}  // namespace

std::string fold(std::string_view text) {
  if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return to_lower(text);

  const auto alike = normalized(unicode_of(text), NormalForm::nfkc_casefold);
  const auto apart = alike ? normalized(*alike, NormalForm::nfd) : std::nullopt;
  const auto folded = apart ? normalized(without_accents(*apart), NormalForm::nfc) : std::nullopt;
  return folded ? utf8_of(*folded) : to_lower(text);  // ICU without its data: ASCII still folds
}

}  // namespace leadmail::leads
