#include "core/store/fold.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <vector>

#include "core/leads/fold.h"

namespace leadmail::store {
namespace {

constexpr std::size_t kLongestWord = 64;  ///< bytes; the rest of a longer one is dropped
constexpr std::size_t kMostQueryWords = 32;

bool is_written_without_spaces(UChar32 c) {
  if (c < 0x0e00) return false;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR: return true;
    default: return c == 0x30fc;  // the long-vowel mark, of no single script
  }
}

bool is_word_letter(UChar32 c) {
  if (u_isalnum(c)) return true;
  const auto category = u_charType(c);
  return category == U_NON_SPACING_MARK || category == U_COMBINING_SPACING_MARK;
}

/// What ends up in the index or in a query: a word, and whether its beginning is enough.
struct Word {
  std::string text{};
  bool is_pair = false;  ///< two letters of a script without spaces
};

/// Collects words letter by letter.
class Folder {
 public:
  explicit Folder(bool for_query) : for_query_(for_query) {}

  void add(UChar32 c) {
    if (is_written_without_spaces(c)) return add_to_run(c);
    if (!is_word_letter(c)) return separate();
    end_run();
    if (word_.size() < kLongestWord) append(word_, c);
  }

  void add_ascii(char c) {
    if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) return separate();
    end_run();
    if (word_.size() < kLongestWord) word_ += c;
  }

  void separate() {
    end_run();
    end_word();
  }

  std::vector<Word> take() {
    separate();
    return std::move(words_);
  }

 private:
  void add_to_run(UChar32 c) {
    end_word();
    std::string before = std::move(letter_);
    letter_.clear();
    append(letter_, c);
    if (before.empty()) return;
    if (!earlier_.empty()) words_.push_back({earlier_ + before, true});
    earlier_ = std::move(before);
  }

  /// The last letter of a run stands in the index by itself too, so that one letter finds it wherever it stood.
  void end_run() {
    if (letter_.empty()) return;
    const bool alone = earlier_.empty();
    if (!alone) words_.push_back({earlier_ + letter_, true});
    if (alone || !for_query_) words_.push_back({letter_, false});
    earlier_.clear();
    letter_.clear();
  }

  void end_word() {
    if (!word_.empty()) words_.push_back({std::move(word_), false});
    word_.clear();
  }

  static void append(std::string& text, UChar32 c) {
    const auto bits = static_cast<unsigned>(c);
    const auto tail = [bits](int shift) { return static_cast<char>(0x80 | (bits >> shift & 0x3f)); };
    if (bits < 0x800) {
      text += {static_cast<char>(0xc0 | bits >> 6), tail(0)};
    } else if (bits < 0x10000) {
      text += {static_cast<char>(0xe0 | bits >> 12), tail(6), tail(0)};
    } else {
      text += {static_cast<char>(0xf0 | bits >> 18), tail(12), tail(6), tail(0)};
    }
  }

  bool for_query_;
  std::string word_{};
  std::string earlier_{};  ///< last but one letter of the run
  std::string letter_{};   ///< last letter of the run
  std::vector<Word> words_{};
};

/// The letter at the front of `text`, taken off; 0 for a byte that begins none.
UChar32 take_letter(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t size = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
  if (size == 0 || size > text.size()) {
    text.remove_prefix(1);
    return 0;
  }
  UChar32 letter = size == 1 ? first : first & (0x7f >> size);
  for (std::size_t i = 1; i < size; ++i) letter = letter << 6 | (text[i] & 0x3f);
  text.remove_prefix(size);
  return letter;
}

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

bool is_ascii_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/// Most of what people write is ASCII, and needs no ICU.
std::vector<Word> words_of(std::string_view text, bool for_query) {
  Folder folder(for_query);
  const auto ends_piece = [](char c) { return is_ascii(c) && !is_ascii_alnum(c); };
  while (!text.empty()) {
    const auto piece = text.substr(0, static_cast<std::size_t>(std::ranges::find_if(text, ends_piece) - text.begin()));
    text.remove_prefix(std::min(piece.size() + 1, text.size()));
    if (std::ranges::all_of(piece, is_ascii)) {
      for (const char c : piece) folder.add_ascii(c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c);
    } else {
      const std::string folded = leads::fold(piece);
      for (std::string_view rest = folded; !rest.empty();) {
        const UChar32 letter = take_letter(rest);
        letter < 0x80 ? folder.add_ascii(static_cast<char>(letter)) : folder.add(letter);
      }
    }
    folder.separate();
  }
  return folder.take();
}

}  // namespace

std::string fold_for_search(std::string_view text, std::size_t limit) {
  std::string folded;
  folded.reserve(std::min(text.size(), limit));
  for (const auto& word : words_of(text.substr(0, limit), false)) {
    if (!folded.empty()) folded += ' ';
    folded += word.text;
  }
  return folded;
}

std::vector<AskedWord> asked_words(std::string_view text) {
  std::vector<AskedWord> asked;
  for (auto& word : words_of(text.substr(0, 4096), true)) {
    if (asked.size() == kMostQueryWords) break;
    const bool is_whole = word.is_pair || word.text.size() == 1;
    asked.push_back({std::move(word.text), is_whole});
  }
  return asked;
}

}  // namespace leadmail::store
