#include "mail/message/fold.h"

#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <random>
#include <string>

namespace leadmail::mail::message {
namespace {

/// The definition: the whole text through ICU, marks left out; letters that can't be typed are told apart below.
std::string folded_whole(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* const case_folded = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto* const decomposed = icu::Normalizer2::getNFKDInstance(status);
  const auto apart = decomposed->normalize(case_folded->normalize(text, status), status);
  icu::UnicodeString plain;
  for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1))
    if (u_charType(apart.char32At(i)) != U_NON_SPACING_MARK) plain.append(apart.char32At(i));
  constexpr auto kFrom = std::to_array<UChar>({0x111, 0x131, 0x142, 0x2018, 0x2019, 0x2BC, 0x201C, 0x201D, 0x201E, 0xAB,
                                               0xBB, 0x2010, 0x2011, 0x2013, 0x2014, 0x2212, 0x3000});
  constexpr std::u16string_view kTo = u"dil'''\"\"\"\"\"----- ";
  for (std::size_t i = 0; i < kFrom.size(); ++i) plain.findAndReplace(kFrom[i], icu::UnicodeString(kTo[i]));
  std::string folded;
  plain.toUTF8String(folded);
  return folded;
}

std::string utf8(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

TEST(FoldPlain, SpellsAsTheTablesOfWordsDo) {
  EXPECT_EQ(fold_plain("Réponse, Straße: ĐẾN włącznie"), "reponse, strasse: den wlacznie");
  EXPECT_EQ(fold_plain("“l’équipe” – ①…"), "\"l'equipe\" - 1...");
  EXPECT_EQ(fold_plain(""), "");
  EXPECT_EQ(fold_plain("a\xff\xc3z"), "a\uFFFD\uFFFDz");
}

// Most letters come from a table; whatever stands beside them, it must be what the whole text would give.
TEST(FoldPlain, AnyTwoLettersAreFoldedAsIcuFoldsThemTogether) {
  for (UChar32 letter = 1; letter < 0x3100; ++letter) {
    if (U_IS_SURROGATE(letter)) continue;
    for (const UChar32 other : {0x61, 0x49, 0x301, 0x345, 0x3a3, 0x1B44, 0x302E, 0x1100}) {
      for (const bool first : {false, true}) {
        icu::UnicodeString text;
        text.append(first ? letter : other).append(first ? other : letter);
        ASSERT_EQ(fold_plain(utf8(text)), folded_whole(text)) << letter << ' ' << other;
      }
    }
  }
}

TEST(FoldPlain, ARandomTextIsFoldedAsIcuFoldsItWhole) {
  std::mt19937 random(3);
  const auto below = [&](std::uint32_t limit) { return static_cast<UChar32>(random() % limit); };
  for (int round = 0; round < 20'000; ++round) {
    icu::UnicodeString text;
    for (auto left = below(12); left > 0; --left) {
      switch (below(6)) {
        case 0: text.append(below(0x80)); break;
        case 1: text.append(0x300 + below(0x70)); break;
        case 2: text.append(0x80 + below(0x4B0)); break;
        case 3: text.append(0x1E00 + below(0x270)); break;
        case 4: text.append(0x500 + below(0x2F00)); break;
        default: text.append(0xA000 + below(0x3000)); break;
      }
    }
    ASSERT_EQ(fold_plain(utf8(text)), folded_whole(text)) << utf8(text);
  }
}

}  // namespace
}  // namespace leadmail::mail::message
