#include "core/leads/traces.h"

#include <algorithm>

#include "core/leads/address.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kRun = 6;            ///< words that nobody else puts together so by chance
constexpr std::size_t kLine = 4;           ///< words of a line that is told by itself
constexpr std::size_t kPhoneEnd = 7;       ///< digits that make a phone number
constexpr std::size_t kLongestPhone = 15;  // ITU-T E.164 §6
constexpr std::size_t kMostGroups = 8;
constexpr std::size_t kLongestPhrase = 16;

struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint64_t hash = 0;
  std::size_t line = 0;
};

/// Words of a text, and for each line whether it is quoted.
struct Words {
  std::vector<Word> all{};
  std::vector<bool> is_quoted{};
};

bool is_letter(unsigned char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte >= 0x80;
}

unsigned char lower(unsigned char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<unsigned char>(byte + 32) : byte;
}

/// Bytes of a sign beyond ASCII that parts words and is no letter: blanks, dashes, quotation marks, the byte order
/// mark.
std::size_t parting_sign(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  if (byte(at) == 0xC2 && byte(at + 1) >= 0xA0 && byte(at + 1) <= 0xBF) return 2;
  if (byte(at) == 0xE2 && (byte(at + 1) == 0x80 || byte(at + 1) == 0x81)) return 3;
  if (byte(at) == 0xEF && byte(at + 1) == 0xBB && byte(at + 2) == 0xBF) return 3;
  return 0;
}

constexpr std::uint64_t kOffset = 0xcbf29ce484222325ULL;  // FNV-1a
constexpr std::uint64_t kPrime = 0x100000001b3ULL;

std::uint64_t mix(std::uint64_t sum, std::uint64_t word) {
  sum ^= word + 0x9e3779b97f4a7c15ULL + (sum << 6U) + (sum >> 2U);
  return sum * kPrime;
}

Words words_of(std::string_view text) {
  Words words;
  words.is_quoted.push_back(false);
  bool line_has_begun = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '\n') {
      words.is_quoted.push_back(false);
      line_has_begun = false;
    }
    if (!line_has_begun && (byte == '>' || byte == '|')) words.is_quoted.back() = true;
    const auto parting = parting_sign(text, at);
    if (!is_letter(byte) || parting > 0) {
      at += std::max<std::size_t>(parting, 1);
      continue;
    }
    line_has_begun = true;
    Word word{.begin = at, .end = at, .hash = kOffset, .line = words.is_quoted.size() - 1};
    while (word.end < text.size() && is_letter(static_cast<unsigned char>(text[word.end])) &&
           parting_sign(text, word.end) == 0) {
      word.hash = (word.hash ^ lower(static_cast<unsigned char>(text[word.end++]))) * kPrime;
    }
    at = word.end;
    words.all.push_back(word);
  }
  return words;
}

std::uint64_t hash_of(const std::vector<Word>& words, std::size_t from, std::size_t count) {
  std::uint64_t sum = count;
  for (std::size_t i = from; i < from + count; ++i) sum = mix(sum, words[i].hash);
  return sum;
}

/// Where each line begins and ends among the words.
struct Line {
  std::size_t from = 0;
  std::size_t count = 0;
  std::size_t number = 0;
};

std::vector<Line> lines_of_words(const std::vector<Word>& words) {
  std::vector<Line> lines;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (lines.empty() || lines.back().number != words[i].line) lines.push_back({i, 0, words[i].line});
    ++lines.back().count;
  }
  return lines;
}

bool is_in_address(char c) {
  return is_letter(static_cast<unsigned char>(c)) ||
         std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos;
}
bool is_in_domain(char c) { return is_letter(static_cast<unsigned char>(c)) || c == '.' || c == '-'; }
bool is_in_id(char c) {
  return static_cast<unsigned char>(c) > ' ' && std::string_view("<>\"(),;@").find(c) == std::string_view::npos;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (is_digit(c)) digits += c;
  }
  return digits;
}

/// One ends as the other does; a leading 0 is dialled inside the country only.
bool is_same_phone(std::string_view a, std::string_view b) {
  while (a.starts_with('0')) a.remove_prefix(1);
  while (b.starts_with('0')) b.remove_prefix(1);
  if (a.size() > b.size()) std::swap(a, b);
  return a.size() >= kPhoneEnd && b.ends_with(a);
}

/// Sorted, and those that touch or overlap made one.
std::vector<Cut> joined(std::vector<Cut> cuts) {
  std::ranges::sort(cuts, {}, [](const Cut& cut) { return std::pair(cut.begin, ~cut.end); });
  std::vector<Cut> all;
  for (const auto& cut : cuts) {
    if (all.empty() || cut.begin >= all.back().end) {
      all.push_back(cut);
      continue;
    }
    if (cut.end <= all.back().end) continue;
    all.back().end = cut.end;
    all.back().instead = kErasedText;
  }
  return all;
}

}  // namespace

void Traces::add_address(std::string_view address) {
  auto wanted = to_lower(address);
  const auto at = wanted.rfind('@');
  if (at == std::string::npos || at == 0 || at + 1 == wanted.size()) return;
  domains_.insert(wanted.substr(at + 1));
  addresses_.insert(std::move(wanted));
}

void Traces::add_phone(std::string_view phone) {
  auto digits = digits_of(phone);
  if (digits.size() < kPhoneEnd || digits.size() > kLongestPhone) return;
  phone_ends_.insert(digits.substr(digits.size() - kPhoneEnd));
  if (std::ranges::find(phones_, digits) == phones_.end()) phones_.push_back(std::move(digits));
}

void Traces::add_phrase(std::string_view phrase) {
  const auto words = words_of(phrase);
  if (words.all.size() < 2 || words.all.size() > kLongestPhrase) return;
  phrases_[words.all.size()].insert(hash_of(words.all, 0, words.all.size()));
}

void Traces::add_message_id(std::string_view id) {
  if (id.find('@') != std::string_view::npos) ids_.insert(to_lower(id));
}

void Traces::add_text(std::string_view text) {
  const auto words = words_of(text);
  for (std::size_t i = 0; i + kRun <= words.all.size(); ++i) runs_.insert(hash_of(words.all, i, kRun));
  for (const auto& line : lines_of_words(words.all)) {
    (line.count >= kLine ? lines_ : short_lines_).insert(hash_of(words.all, line.from, line.count));
  }
}

namespace {

/// What is found in one text.
class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  void cover(std::size_t from, std::size_t count) {
    std::fill_n(covered_.begin() + static_cast<std::ptrdiff_t>(from), count, true);
  }

  void find_words(const std::unordered_set<std::uint64_t>& runs, const std::unordered_set<std::uint64_t>& lines,
                  const std::unordered_set<std::uint64_t>& short_lines,
                  const std::unordered_map<std::size_t, std::unordered_set<std::uint64_t>>& names) {
    words_ = words_of(text_);
    covered_.assign(words_.all.size(), false);
    const auto& all = words_.all;
    if (!runs.empty()) {
      for (std::size_t i = 0; i + kRun <= all.size(); ++i) {
        if (runs.contains(hash_of(all, i, kRun))) cover(i, kRun);
      }
    }
    find_lines(lines, short_lines);
    for (const auto& [count, hashes] : names) {
      for (std::size_t i = 0; i + count <= all.size(); ++i) {
        if (hashes.contains(hash_of(all, i, count))) cover(i, count);
      }
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!covered_[i]) continue;
      const auto from = i;
      while (i + 1 < all.size() && covered_[i + 1]) ++i;
      cuts.push_back({all[from].begin, all[i].end, kErasedText});
    }
  }

  std::vector<Cut> cuts{};

 private:
  /// Short lines are anybody's, but beside his own, or quoted, they are his.
  void find_lines(const std::unordered_set<std::uint64_t>& lines,
                  const std::unordered_set<std::uint64_t>& short_lines) {
    if (lines.empty() && short_lines.empty()) return;
    const auto& all = words_.all;
    const auto found = lines_of_words(all);
    std::vector<bool> his(found.size());
    std::vector<bool> is_short(found.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      const auto& line = found[i];
      const auto hash = hash_of(all, line.from, line.count);
      const auto first = covered_.begin() + static_cast<std::ptrdiff_t>(line.from);
      const bool covers =
          std::all_of(first, first + static_cast<std::ptrdiff_t>(line.count), [](bool one) { return one; });
      his[i] = covers || lines.contains(hash);
      is_short[i] = short_lines.contains(hash);
      his[i] = his[i] || (is_short[i] && words_.is_quoted[line.number]);
    }
    for (std::size_t i = 1; i < found.size(); ++i) his[i] = his[i] || (is_short[i] && his[i - 1]);
    for (std::size_t i = found.size(); i-- > 1;) his[i - 1] = his[i - 1] || (is_short[i - 1] && his[i]);
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (his[i]) cover(found[i].from, found[i].count);
    }
  }

  std::string_view text_;
  Words words_{};
  std::vector<bool> covered_{};
};

}  // namespace

std::vector<Cut> Traces::find(std::string_view text) const {
  Finder finder(text);
  finder.find_words(runs_, lines_, short_lines_, phrases_);
  find_addresses(text, finder.cuts);
  find_phones(text, finder.cuts);
  return joined(std::move(finder.cuts));
}

void Traces::find_addresses(std::string_view text, std::vector<Cut>& cuts) const {
  if (addresses_.empty() && ids_.empty()) return;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '@' && text[i] != '%' && text[i] != '=') continue;
    const std::size_t width = text[i] == '%' ? 3 : 1;
    if (text[i] == '%' && text.substr(i, 3) != "%40") continue;
    auto end = i + width;
    while (end < text.size() && end - i < 256 && is_in_domain(text[end])) ++end;
    while (end > i + width && !is_letter(static_cast<unsigned char>(text[end - 1]))) --end;
    auto begin = i;
    if (const auto domain = to_lower(text.substr(i + width, end - i - width)); domains_.contains(domain)) {
      while (begin > 0 && i - begin < 64 && is_in_address(text[begin - 1])) --begin;
      if (const auto from = his_local_part(text.substr(begin, i - begin), domain)) {
        cuts.push_back({begin + *from, end, kErasedAddress});
        continue;
      }
    }
    if (text[i] != '@' || ids_.empty()) continue;
    begin = i;
    while (begin > 0 && i - begin < 512 && is_in_id(text[begin - 1])) --begin;
    end = i + 1;
    while (end < text.size() && end - i < 512 && is_in_id(text[end])) ++end;
    if (ids_.contains(to_lower(text.substr(begin, end - begin)))) cuts.push_back({begin, end, kErasedAddress});
  }
}

/// Where in `local` a local part of his begins that ends where it ends.
std::optional<std::size_t> Traces::his_local_part(std::string_view local, const std::string& domain) const {
  for (std::size_t from = 0; from < local.size(); ++from) {
    const bool begins = from == 0 || !is_letter(static_cast<unsigned char>(local[from - 1]));
    if (!begins) continue;
    const auto part = to_lower(local.substr(from));
    if (addresses_.contains(part + "@" + domain)) return from;
    const auto tag = part.find('+');
    if (tag != std::string::npos && addresses_.contains(part.substr(0, tag) + "@" + domain)) return from;
  }
  return std::nullopt;
}

void Traces::find_phones(std::string_view text, std::vector<Cut>& cuts) const {
  if (phones_.empty()) return;
  constexpr std::string_view kParting = " -.()/\t";
  struct Group {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  std::vector<Group> groups;  // of digits, parted by no more than three signs
  const auto look = [&] {
    for (std::size_t first = 0; first < groups.size(); ++first) {
      std::string digits;
      for (auto last = first; last < groups.size() && last < first + kMostGroups; ++last) {
        digits += text.substr(groups[last].begin, groups[last].end - groups[last].begin);
        if (digits.size() > kLongestPhone) break;
        if (digits.size() < kPhoneEnd || !phone_ends_.contains(digits.substr(digits.size() - kPhoneEnd))) continue;
        const bool his = std::ranges::any_of(phones_, [&](const auto& one) { return is_same_phone(one, digits); });
        if (his) cuts.push_back({groups[first].begin, groups[last].end, kErasedText});
      }
    }
    groups.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    auto end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    const auto between = groups.empty() ? std::string_view() : text.substr(groups.back().end, i - groups.back().end);
    if (between.size() > 3 || between.find_first_not_of(kParting) != std::string_view::npos) look();
    groups.push_back({i, end});
    if (groups.size() > 64) look();
    i = end;
  }
  look();
}

std::string Traces::without_him(std::string_view value) const {
  const auto whole = leadmail::without(value, [this](std::string_view text) { return find(text); });
  if (!whole) return std::string(value);
  std::string kept;
  std::string_view rest = *whole;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    auto line = std::string(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    auto bare = line;
    bool was_cut = false;
    for (const auto mark : {kErasedText, kErasedAddress}) {
      for (auto at = bare.find(mark); at != std::string::npos; at = bare.find(mark)) {
        bare.erase(at, mark.size());
        was_cut = true;
      }
    }
    const bool is_his = was_cut && words_of(bare).all.empty();
    if (is_his) continue;
    if (!kept.empty()) kept += '\n';
    kept += line;
  }
  return kept;
}

}  // namespace leadmail::leads
