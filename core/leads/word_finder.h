// Which of many words stand in a text, in one pass over it (Aho, Corasick 1975). Bytes are compared as they are.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace leadmail::leads {

class WordFinder {
 public:
  WordFinder();

  /// Answers the word's number, the same for the same word. An empty one is in no text.
  std::size_t add(std::string_view word);
  /// After the last word, before the first text.
  void finish();

  [[nodiscard]] std::size_t size() const { return words_; }
  /// Adds the numbers of the words that `text` holds to `found`, each at most once while `seen` (one entry for each
  /// word, false at first) is kept. Linear in the text, whatever the words are.
  void find(std::string_view text, std::vector<char>& seen, std::vector<std::size_t>& found) const;

 private:
  struct Node {
    std::vector<std::pair<unsigned char, std::uint32_t>> next{};  ///< sorted once finished
    std::uint32_t otherwise = 0;  ///< the longest word's beginning that ends as this one does
    std::uint32_t shorter = 0;    ///< the next node on that way that ends a word; 0: none
    std::int64_t word = -1;
  };
  [[nodiscard]] std::uint32_t child(std::uint32_t node, unsigned char byte) const;

  std::vector<Node> nodes_{};
  std::array<std::uint32_t, 256> first_{};  ///< the root's children
  std::size_t words_ = 0;
};

}  // namespace leadmail::leads
