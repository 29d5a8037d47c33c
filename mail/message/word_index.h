// Tables of words by their first byte (or last), so that a text is compared with the few that may match it and not with
// hundreds; and WordTable, for a word that is looked up whole. The compiler builds both; the table itself stays in the
// order in which people read it.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "mail/message/ascii.h"

namespace leadmail::mail::message {

/// The first of the words parted by "|", or by what is given instead; taken off `words`.
constexpr std::string_view next_word(std::string_view& words, char between = '|') {
  const auto bar = words.find(between);
  const auto word = words.substr(0, bar);
  words.remove_prefix(bar == std::string_view::npos ? words.size() : bar + 1);
  return word;
}

constexpr std::size_t count_words_of(std::string_view words, char between = '|') {
  std::size_t count = 0;
  while (!words.empty()) count += next_word(words, between).empty() ? 0 : 1;
  return count;
}

/// The words of all rows of a table such as {{"en", "wrote|writes"}, …}.
template <const auto& kRows>
consteval auto split_rows() {
  constexpr auto kCount = [] {
    std::size_t count = 0;
    for (const auto& row : kRows) count += count_words_of(row.words);
    return count;
  }();
  std::array<std::string_view, kCount> all{};
  std::size_t next = 0;
  for (const auto& row : kRows)
    for (auto words = row.words; !words.empty();) all[next++] = next_word(words);
  return all;
}
template <const auto& kRows>
inline constexpr auto kWordsOf = split_rows<kRows>();

/// Places in a table of N words, sorted by one byte of the word (ASCII letters without case), else in table order.
template <std::size_t N>
struct WordIndex {
  std::array<std::uint16_t, N> places{};
  std::array<std::uint16_t, 257> start{};  ///< where in `places` the words of a byte begin

  [[nodiscard]] constexpr std::span<const std::uint16_t> at(char c) const {
    const auto byte = static_cast<unsigned char>(ascii::lower(c));
    return std::span(places).subspan(start[byte], std::size_t{start[byte + 1U]} - start[byte]);
  }
};

/// The index of `table` by the byte that `byte_of` takes from an entry.
template <typename Entry, std::size_t N, typename ByteOf>
consteval WordIndex<N> index_words(const std::array<Entry, N>& table, ByteOf byte_of) {
  static_assert(N < 65536);
  WordIndex<N> index;
  const auto byte = [&](const Entry& entry) { return static_cast<unsigned char>(ascii::lower(byte_of(entry))); };
  for (const Entry& entry : table) ++index.start[byte(entry) + 1U];
  for (std::size_t i = 1; i < index.start.size(); ++i)
    index.start[i] = static_cast<std::uint16_t>(index.start[i] + index.start[i - 1]);
  auto next = index.start;
  for (std::size_t i = 0; i < N; ++i) index.places[next[byte(table[i])]++] = static_cast<std::uint16_t>(i);
  return index;
}

template <const auto& kTable>
inline constexpr auto kByFirst = index_words(kTable, [](std::string_view word) { return word.front(); });
template <const auto& kTable>
inline constexpr auto kByLast = index_words(kTable, [](std::string_view word) { return word.back(); });

/// Does `text` begin with a word of the table? ASCII letters compare without case, here and below.
template <const auto& kTable>
bool begins_with_one_of(std::string_view text) {
  if (text.empty()) return false;
  for (const auto place : kByFirst<kTable>.at(text.front()))
    if (ascii::starts_with(text, kTable[place])) return true;
  return false;
}

template <const auto& kTable>
bool ends_with_one_of(std::string_view text) {
  if (text.empty()) return false;
  for (const auto place : kByLast<kTable>.at(text.back())) {
    const std::string_view word = kTable[place];
    if (text.size() >= word.size() && ascii::same(text.substr(text.size() - word.size()), word)) return true;
  }
  return false;
}

template <const auto& kTable>
bool is_one_of(std::string_view text) {
  if (text.empty()) return false;
  for (const auto place : kByFirst<kTable>.at(text.front()))
    if (ascii::same(text, kTable[place])) return true;
  return false;
}

template <const auto& kTable>
bool contains_one_of(std::string_view text) {
  for (; !text.empty(); text.remove_prefix(1))
    if (begins_with_one_of<kTable>(text)) return true;
  return false;
}

/// Words that are looked up whole, byte for byte: a hash table of N places, each word with the number of the row it
/// stands in. Where a word stands in several rows, the first counts. Looking up looks at twelve bytes of the word and
/// then at the few entries that share its slot; the table is fixed, so no text makes that more.
template <std::size_t N>
class WordTable {
 public:
  struct Entry {
    std::string_view word{};
    std::uint16_t row = 0;
  };

  consteval explicit WordTable(const std::array<Entry, N>& entries) : entries_(entries) {
    for (std::size_t i = 0; i < N; ++i) {
      auto slot = slot_of(entries[i].word);
      while (slots_[slot] != 0 && entries_[slots_[slot] - 1U].word != entries[i].word) slot = (slot + 1) % kSlots;
      if (slots_[slot] == 0) slots_[slot] = static_cast<std::uint16_t>(i + 1);
    }
  }

  [[nodiscard]] constexpr std::optional<std::uint16_t> row_of(std::string_view word) const {
    if (word.empty()) return {};
    for (auto slot = slot_of(word); slots_[slot] != 0; slot = (slot + 1) % kSlots)
      if (const Entry& entry = entries_[slots_[slot] - 1U]; entry.word == word) return entry.row;
    return {};
  }
  [[nodiscard]] constexpr bool has(std::string_view word) const { return row_of(word).has_value(); }

 private:
  static_assert(N < 65535);
  static constexpr std::size_t kSlots = std::bit_ceil(N * 4);

  /// Of four bytes at the beginning, the middle and the end, and of the length.
  static constexpr std::size_t slot_of(std::string_view word) {
    constexpr std::size_t kTaken = 4;
    const auto take = [&](std::size_t from) {
      std::uint64_t bytes = 0;
      for (std::size_t i = from; i < std::min(from + kTaken, word.size()); ++i)
        bytes = bytes << 8U | static_cast<unsigned char>(word[i]);
      return bytes;
    };
    const auto last = word.size() > kTaken ? word.size() - kTaken : 0;
    auto hash = (take(0) << 32U | take(last)) * 0x9E3779B97F4A7C15ULL;
    hash = (hash ^ hash >> 29U ^ take(last / 2) ^ std::uint64_t{word.size()} << 40U) * 0xBF58476D1CE4E5B9ULL;
    return static_cast<std::size_t>(hash >> 40U) % kSlots;
  }

  std::array<Entry, N> entries_{};
  std::array<std::uint16_t, kSlots> slots_{};
};

/// The table of words that stand in rows of text, parted by `kBetween`. `text_of` takes the text from a row.
template <const auto& kRows, char kBetween, typename TextOf>
consteval auto table_of_words(TextOf text_of) {
  constexpr auto kCount = [] {
    std::size_t count = 0;
    for (const auto& row : kRows) count += count_words_of(TextOf{}(row), kBetween);
    return count;
  }();
  std::array<typename WordTable<kCount>::Entry, kCount> entries{};
  std::size_t next = 0;
  for (std::size_t row = 0; row < kRows.size(); ++row) {
    for (std::string_view words = text_of(kRows[row]); !words.empty();) {
      const auto word = next_word(words, kBetween);
      if (!word.empty()) entries[next++] = {word, static_cast<std::uint16_t>(row)};
    }
  }
  return WordTable<kCount>(entries);
}

/// The table of a list whose entries are one word or phrase each.
template <const auto& kRows, typename TextOf>
consteval auto table_of_phrases(TextOf text_of) {
  std::array<typename WordTable<kRows.size()>::Entry, kRows.size()> entries{};
  for (std::size_t row = 0; row < kRows.size(); ++row)
    entries[row] = {text_of(kRows[row]), static_cast<std::uint16_t>(row)};
  return WordTable<kRows.size()>(entries);
}
template <const auto& kList>
inline constexpr auto kTableOf = table_of_phrases<kList>([](std::string_view word) { return word; });

}  // namespace leadmail::mail::message
