#include "mail/message/word_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

namespace leadmail::mail::message {
namespace {

using std::string_view;

constexpr auto kRows =
    std::to_array<string_view>({" may mai maj m5", "de la mai", "", "jusqu'au  a aa aaa aaaa aaaaa"});
constexpr auto kWords = table_of_words<kRows, ' '>([](string_view row) { return row; });
static_assert(kWords.row_of("maj") == 0 && kWords.row_of("la") == 1 && !kWords.has("ma"));

TEST(WordTable, FindsEveryWordInTheFirstRowThatHasIt) {
  EXPECT_EQ(kWords.row_of("mai"), 0);
  EXPECT_EQ(kWords.row_of("de"), 1);
  EXPECT_EQ(kWords.row_of("jusqu'au"), 3);
  EXPECT_EQ(kWords.row_of("aaaaa"), 3);
}

TEST(WordTable, FindsNothingElse) {
  for (const string_view word : {"", " ", "ma", "mayo", "Mai", "may mai", "aaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    EXPECT_FALSE(kWords.has(word)) << word;
  const std::string letters = "adelmauij'q5 ";
  std::string word(3, ' ');
  for (const char a : letters) {
    for (const char b : letters) {
      for (const char c : letters) {
        word = {a, b, c};
        EXPECT_EQ(kWords.has(word), word == "may" || word == "mai" || word == "maj" || word == "aaa") << word;
      }
    }
  }
}

}  // namespace
}  // namespace leadmail::mail::message
