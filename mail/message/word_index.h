// Tables of words by their first byte (or last), so that a text is compared with the few that may match it and not with
// hundreds. The compiler builds the index; the table itself stays in the order in which people read it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "mail/message/ascii.h"

namespace leadmail::mail::message {

/// The first of the words parted by "|", taken off `words`.
constexpr std::string_view next_word(std::string_view& words) {
  const auto bar = words.find('|');
  const auto word = words.substr(0, bar);
  words.remove_prefix(bar == std::string_view::npos ? words.size() : bar + 1);
  return word;
}

constexpr std::size_t count_words_of(std::string_view words) {
  std::size_t count = 0;
  while (!words.empty()) count += next_word(words).empty() ? 0 : 1;
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

}  // namespace leadmail::mail::message
