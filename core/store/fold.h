// How text becomes words for searching: the same for what is indexed and for what is asked. Case, accents, width and
// compatibility forms vanish as in leads::fold, a word is what stands between anything that is no letter or digit, and
// scripts without spaces (Han, Kana, Thai …) are cut into overlapping pairs of letters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail::store {

/// Rises when fold_for_search() answers differently than before, for then the index has to be built anew.
constexpr int kFoldVersion = 1;

/// So many bytes of a text count.
constexpr std::size_t kMostFolded = std::size_t{256} * 1024;

/// The words of a text, folded, with one space between them. Damaged UTF-8 separates words. Linear; of a text longer
/// than `limit` bytes only the beginning counts.
std::string fold_for_search(std::string_view text, std::size_t limit = kMostFolded);

/// A word that a person looks for.
struct AskedWord {
  std::string text{};     ///< folded
  bool is_whole = false;  ///< false: what begins so is meant, too
};

/// The words of a text that a person typed, at most 32. A single letter or digit is meant as it stands: thousands of
/// words begin with it, and to collect their rows would hold up whoever waits for it.
std::vector<AskedWord> asked_words(std::string_view text);

}  // namespace leadmail::store
