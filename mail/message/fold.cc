#include "mail/message/fold.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>
#include <cstdint>

#include "core/base/normal_form.h"
#include "mail/message/ascii.h"

namespace leadmail::mail::message {
namespace {

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

std::string fold_by_icu(std::string_view text) {
  const auto alike = normalized(unicode_of(text), NormalForm::nfkc_casefold);
  const auto apart = alike ? normalized(*alike, NormalForm::nfkd) : std::nullopt;
  if (!apart) return std::string(text);
  icu::UnicodeString plain;
  for (std::int32_t i = 0; i < apart->length(); i = apart->moveIndex32(i, 1)) {
    const UChar32 c = apart->char32At(i);
    if (u_charType(c) != U_NON_SPACING_MARK) plain.append(plain_letter(c));
  }
  return utf8_of(plain);
}

/// Latin, Greek and Cyrillic letters, accents and punctuation: what each becomes, whatever stands beside it. None of
/// them is a mark that stays and could change places with its neighbours.
class Known {
 public:
  Known() {
    for (std::size_t i = 0; i < letters_.size(); ++i) {
      std::string one;
      icu::UnicodeString(static_cast<UChar32>(code_of(i))).toUTF8String(one);
      const auto folded = fold_by_icu(one);
      Letter& letter = letters_[i];
      if (folded.size() > letter.bytes.size()) continue;
      letter.size = static_cast<std::uint8_t>(folded.size());
      folded.copy(letter.bytes.data(), folded.size());
    }
  }

  /// Appends `text`, which holds no ASCII, if it knows every letter of it.
  bool append(std::string_view text, std::string& folded) const {
    const auto before = folded.size();
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
      UChar32 c = 0;
      U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), at, size, c);
      const auto place = place_of(c);
      if (place >= letters_.size() || letters_[place].size == kUnknown) {
        folded.resize(before);
        return false;
      }
      folded.append(letters_[place].bytes.data(), letters_[place].size);
    }
    return true;
  }

 private:
  static constexpr std::uint8_t kUnknown = 0xff;
  static constexpr std::size_t kFirst = 0x80, kFirstEnd = 0x530;       // Latin-1 to Cyrillic
  static constexpr std::size_t kSecond = 0x1E00, kSecondEnd = 0x2070;  // Vietnamese, Greek with marks, punctuation

  struct Letter {
    std::uint8_t size = kUnknown;
    std::array<char, 15> bytes{};
  };

  static std::size_t code_of(std::size_t place) {
    return place < kFirstEnd - kFirst ? kFirst + place : kSecond + (place - (kFirstEnd - kFirst));
  }
  static std::size_t place_of(UChar32 letter) {
    const auto code = static_cast<std::size_t>(letter);  // damaged bytes are -1, beyond every end
    if (code >= kFirst && code < kFirstEnd) return code - kFirst;
    return code >= kSecond && code < kSecondEnd ? code - kSecond + (kFirstEnd - kFirst) : SIZE_MAX;
  }

  std::array<Letter, kFirstEnd - kFirst + kSecondEnd - kSecond> letters_{};
};

}  // namespace

// ASCII begins a new character whatever stands around it, so what stands between can be folded by itself.
std::string fold_plain(std::string_view text) {
  static const Known known;
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    const auto plain = ascii::run(text);
    for (const char c : text.substr(0, plain)) folded += ascii::lower(c);
    text.remove_prefix(plain);
    std::size_t other = 0;
    while (other < text.size() && ascii::is_8bit(text[other])) ++other;
    if (!known.append(text.substr(0, other), folded)) folded += fold_by_icu(text.substr(0, other));
    text.remove_prefix(other);
  }
  return folded;
}

}  // namespace leadmail::mail::message
