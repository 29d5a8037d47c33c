#include "core/leads/word_finder.h"

#include <algorithm>

namespace leadmail::leads {

WordFinder::WordFinder() : nodes_(1) {}

std::size_t WordFinder::add(std::string_view word) {
  std::uint32_t at = 0;
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    auto next = child(at, byte);
    if (next == 0) {
      next = static_cast<std::uint32_t>(nodes_.size());
      nodes_.emplace_back();
      if (at == 0) {
        first_.at(byte) = next;
      } else {
        nodes_[at].next.emplace_back(byte, next);
      }
    }
    at = next;
  }
  if (nodes_[at].word < 0) nodes_[at].word = static_cast<std::int64_t>(words_++);
  return static_cast<std::size_t>(nodes_[at].word);
}

std::uint32_t WordFinder::child(std::uint32_t node, unsigned char byte) const {
  if (node == 0) return first_.at(byte);
  const auto& next = nodes_[node].next;
  const auto found = std::ranges::find(next, byte, &std::pair<unsigned char, std::uint32_t>::first);
  return found == next.end() ? 0 : found->second;
}

void WordFinder::finish() {
  std::vector<std::uint32_t> waiting;
  for (const auto node : first_) {
    if (node != 0) waiting.push_back(node);
  }
  // Breadth first: the way out of a node leads to one that is nearer to the root.
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    const auto at = waiting[i];
    for (const auto& [byte, next] : nodes_[at].next) {
      auto out = nodes_[at].otherwise;
      while (out != 0 && child(out, byte) == 0) out = nodes_[out].otherwise;
      out = child(out, byte);
      nodes_[next].otherwise = out;
      nodes_[next].shorter = nodes_[out].word >= 0 ? out : nodes_[out].shorter;
      waiting.push_back(next);
    }
  }
}

void WordFinder::find(std::string_view text, std::vector<char>& seen, std::vector<std::size_t>& found) const {
  seen.resize(words_);
  std::uint32_t at = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    auto next = child(at, byte);
    while (next == 0 && at != 0) {
      at = nodes_[at].otherwise;
      next = child(at, byte);
    }
    at = next;
    for (auto end = nodes_[at].word >= 0 && at != 0 ? at : nodes_[at].shorter; end != 0; end = nodes_[end].shorter) {
      const auto word = static_cast<std::size_t>(nodes_[end].word);
      if (seen[word] != 0) break;  // then all shorter ones are known too
      seen[word] = 1;
      found.push_back(word);
    }
  }
}

}  // namespace leadmail::leads
