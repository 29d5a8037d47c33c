#include "core/leads/opt_out.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/leads/fold.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kMostBytes = 4096;
constexpr std::size_t kMostWords = 400;    // of one part of a sentence
constexpr std::size_t kFewWords = 3;       // a mail that says no more than its bare word and a greeting
constexpr std::size_t kGap = 5;            // words that ".." leaves out
constexpr std::size_t kGapOfLetters = 10;  // where each letter is a word

using Words = std::vector<std::string>;

/// Code points of scripts that are written without spaces: each is a word of its own. Unicode 15 blocks
constexpr bool is_ideograph(std::uint32_t c) {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || c == 0x3005;
}

/// One code point off the front of valid UTF-8; fold() has mended what was not.
std::uint32_t take_code_point(std::string_view& text, std::string_view& bytes) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  bytes = text.substr(0, length);
  text.remove_prefix(bytes.size());
  std::uint32_t c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (const char byte : bytes.substr(1)) c = c << 6 | (static_cast<unsigned char>(byte) & 0x3FU);
  return c;
}

enum class Mark { letter, ideograph, apostrophe, comma, full_stop, blank };

Mark mark_of(std::uint32_t c) {
  if (is_ideograph(c)) return Mark::ideograph;
  switch (c) {
    case '\'':
    case 0x2019:
    case 0x02BC: return Mark::apostrophe;
    case ',':
    case ':':
    case '(':
    case ')':
    case 0x3001:
    case 0x2013:
    case 0x2014: return Mark::comma;
    case '.':
    case '!':
    case '?':
    case ';':
    case '\n':
    case 0x3002:
    case 0x00BF:
    case 0x00A1: return Mark::full_stop;
    default: break;
  }
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? Mark::letter : Mark::blank;
  return c < 0xC0 || (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ? Mark::blank : Mark::letter;
}

/// A sentence in its parts, which commas make.
struct Sentence {
  std::vector<Words> parts{};
  std::string_view said{};  ///< as folded
};

/// Takes folded text apart.
class Splitter {
 public:
  std::vector<Sentence> split(std::string_view text) {
    const auto* begin = text.data();
    while (!text.empty()) {
      std::string_view bytes;
      const auto mark = mark_of(take_code_point(text, bytes));
      if (mark == Mark::letter) word_ += bytes;
      if (mark == Mark::letter || mark == Mark::apostrophe) continue;
      end_word();
      if (mark == Mark::ideograph) add(std::string(bytes));
      if (mark == Mark::comma || mark == Mark::full_stop) end_part();
      if (mark == Mark::full_stop) begin = end_sentence(begin, text.data());
    }
    end_word();
    end_part();
    end_sentence(begin, text.data());
    return std::move(sentences_);
  }

 private:
  void add(std::string word) {
    if (part_.size() < kMostWords) part_.push_back(std::move(word));
  }
  void end_word() {
    if (!word_.empty()) add(std::exchange(word_, {}));
  }
  void end_part() {
    if (!part_.empty()) parts_.push_back(std::exchange(part_, {}));
  }
  const char* end_sentence(const char* begin, const char* end) {
    const std::string_view said(begin, static_cast<std::size_t>(end - begin));
    if (!parts_.empty()) sentences_.push_back({std::exchange(parts_, {}), said});
    return end;
  }

  std::string word_{};
  Words part_{};
  std::vector<Words> parts_{};
  std::vector<Sentence> sentences_{};
};

Words words_in(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '_', ' ');
  auto sentences = Splitter().split(spaced);
  return sentences.empty() ? Words{} : std::move(sentences.front().parts.front());
}

struct Alternative {
  Words words{};
  bool is_beginning = false;  ///< of its last word
  bool is_end = false;        ///< "$"
};

struct Step {
  std::vector<Alternative> alternatives{};
  bool is_optional = false;
  bool is_gap = false;
  bool is_begin = false;
};

std::vector<std::string_view> parts_of(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(mark), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Alternative read_alternative(std::string_view text) {
  if (text == "$") return {.is_end = true};
  const bool is_beginning = text.ends_with('*');
  if (is_beginning) text.remove_suffix(1);
  return {.words = words_in(text), .is_beginning = is_beginning};
}

Step read_step(std::string_view text) {
  if (text == "..") return {.is_gap = true};
  if (text == "^") return {.is_begin = true};
  Step step;
  step.is_optional = text.starts_with('?');
  if (step.is_optional) text.remove_prefix(1);
  for (const auto part : parts_of(text, '|')) step.alternatives.push_back(read_alternative(part));
  return step;
}

using Pattern = std::vector<Step>;

/// A pattern of a language, by their places.
struct Candidate {
  std::size_t language = 0;
  std::size_t pattern = 0;
};

/// The patterns of all languages by the words with which they can begin: few of hundreds are worth a look at any one
/// word, and at most words none.
class Beginnings {
 public:
  void add(const Candidate& candidate, const Pattern& steps) {
    for (const auto& step : steps) {
      if (step.is_begin) continue;
      if (step.is_gap) break;
      for (const auto& alternative : step.alternatives) add(candidate, alternative);
      if (!step.is_optional) return;
    }
    anywhere_.push_back(candidate);
  }

  /// Calls `look` with each pattern that may begin with this word.
  template <typename Look>
  void each(std::string_view word, const Look& look) const {
    std::ranges::for_each(anywhere_, look);
    for (const auto& entry : groups_[group_of(word)]) {
      if (entry.is_whole ? word == entry.word : word.starts_with(entry.word)) {
        std::ranges::for_each(entry.candidates, look);
      }
    }
  }

 private:
  struct Entry {
    std::string word{};
    bool is_whole = true;  ///< otherwise the word has to begin so
    std::vector<Candidate> candidates{};
  };

  /// By its first two bytes; words of one letter have a group for each letter.
  static std::size_t group_of(std::string_view word) {
    const auto first = static_cast<unsigned char>(word.front());
    return word.size() < 2 ? first : (first * 31U + static_cast<unsigned char>(word[1])) % kGroups;
  }

  void add(const Candidate& candidate, const Alternative& alternative) {
    if (alternative.words.empty()) return anywhere_.push_back(candidate);
    const auto& word = alternative.words.front();
    const bool is_whole = alternative.words.size() > 1 || !alternative.is_beginning;
    auto& entries = groups_[group_of(word)];
    auto known = std::ranges::find_if(
        entries, [&](const Entry& entry) { return entry.word == word && entry.is_whole == is_whole; });
    if (known == entries.end()) known = entries.insert(known, Entry{word, is_whole, {}});
    known->candidates.push_back(candidate);
  }

  static constexpr std::size_t kGroups = 1024;

  std::vector<std::vector<Entry>> groups_ = std::vector<std::vector<Entry>>(kGroups);
  std::vector<Candidate> anywhere_{};
};

struct Language {
  std::string name{};
  std::vector<Pattern> patterns{};
  std::vector<Words> alone{};
  std::vector<Alternative> unless{};
  std::size_t gap = kGap;
};

Language read_language(const OptOutWords& words) {
  Language language{.name = std::string(words.language)};
  for (const auto line : parts_of(words.patterns, '\n')) {
    Pattern steps;
    for (const auto part : parts_of(line, ' ')) steps.push_back(read_step(part));
    language.patterns.push_back(std::move(steps));
  }
  for (const auto line : parts_of(words.alone, '\n')) language.alone.push_back(words_in(line));
  for (const auto word : parts_of(words.unless, ' ')) language.unless.push_back(read_alternative(word));
  if (words.language == "zh" || words.language == "ja") language.gap = kGapOfLetters;
  return language;
}

struct Languages {
  std::vector<Language> all{};
  Beginnings beginnings{};
  std::size_t longest_alone = 0;  ///< words
};

const Languages& languages() {
  static const auto kLanguages = [] {
    Languages languages;
    for (const auto& words : opt_out_words()) {
      languages.all.push_back(read_language(words));
      const auto& language = languages.all.back();
      for (std::size_t i = 0; i < language.patterns.size(); ++i) {
        languages.beginnings.add({languages.all.size() - 1, i}, language.patterns[i]);
      }
      for (const auto& bare : language.alone) languages.longest_alone = std::max(languages.longest_alone, bare.size());
    }
    return languages;
  }();
  return kLanguages;
}

/// Whether the alternative stands at `at`; `end` is behind it.
bool stands_at(const Alternative& wanted, const Words& words, std::size_t at, std::size_t& end) {
  end = at + wanted.words.size();
  if (wanted.is_end) return at == words.size();
  if (end > words.size() || wanted.words.empty()) return false;
  for (std::size_t i = 0; i < wanted.words.size(); ++i) {
    const bool is_last = i + 1 == wanted.words.size();
    const auto& word = words[at + i];
    if (is_last && wanted.is_beginning ? !word.starts_with(wanted.words[i]) : word != wanted.words[i]) return false;
  }
  return true;
}

/// Whether the steps from `step` on match at `at`. Patterns are short and gaps few, so looking back costs little.
bool follows(const Pattern& steps, std::size_t step, const Words& words, std::size_t at, std::size_t gap) {
  if (step == steps.size()) return true;
  const auto& wanted = steps[step];
  if (wanted.is_begin) return at == 0 && follows(steps, step + 1, words, at, gap);
  if (wanted.is_gap) {
    for (std::size_t left_out = 0; left_out <= gap && at + left_out <= words.size(); ++left_out) {
      if (follows(steps, step + 1, words, at + left_out, gap)) return true;
    }
    return false;
  }
  for (const auto& alternative : wanted.alternatives) {
    std::size_t end = at;
    if (stands_at(alternative, words, at, end) && follows(steps, step + 1, words, end, gap)) return true;
  }
  return wanted.is_optional && follows(steps, step + 1, words, at, gap);
}

bool is_taken_back(const Language& language, const Sentence& sentence) {
  return std::ranges::any_of(sentence.parts, [&](const Words& part) {
    for (std::size_t at = 0; at < part.size(); ++at) {
      std::size_t end = 0;
      if (std::ranges::any_of(language.unless, [&](const auto& word) { return stands_at(word, part, at, end); }))
        return true;
    }
    return false;
  });
}

/// Which languages say it in this sentence, as a bit each.
std::uint32_t asked_in(const Languages& known, const Sentence& sentence) {
  std::uint32_t said = 0;
  for (const auto& part : sentence.parts) {
    for (std::size_t at = 0; at < part.size(); ++at) {
      known.beginnings.each(part[at], [&](const Candidate& candidate) {
        const auto& language = known.all[candidate.language];
        const auto bit = 1U << candidate.language;
        if ((said & bit) != 0) return;
        if (follows(language.patterns[candidate.pattern], 0, part, at, language.gap)) said |= bit;
      });
    }
  }
  for (std::size_t i = 0; i < known.all.size(); ++i) {
    if ((said >> i & 1U) != 0 && is_taken_back(known.all[i], sentence)) said &= ~(1U << i);
  }
  return said;
}

/// "STOP", and nothing else but a greeting.
bool is_bare_word(const Language& language, const std::vector<Sentence>& sentences) {
  std::size_t others = 0;
  bool found = false;
  for (const auto& sentence : sentences) {
    for (const auto& part : sentence.parts) {
      if (std::ranges::find(language.alone, part) != language.alone.end()) {
        found = true;
      } else {
        others += part.size();
      }
    }
  }
  return found && others <= kFewWords;
}

/// Longer parts than any bare word are others, in each language.
bool may_be_bare(const Languages& known, const std::vector<Sentence>& sentences) {
  std::size_t others = 0;
  for (const auto& sentence : sentences) {
    for (const auto& part : sentence.parts) others += part.size() > known.longest_alone ? part.size() : 0;
  }
  return others <= kFewWords;
}

std::string_view beginning_of(std::string_view text) {
  auto cut = std::min(text.size(), kMostBytes);
  while (cut > 0 && cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  return text.substr(0, cut);
}

}  // namespace

/// Of several languages that say so the first one in our table counts.
std::optional<OptOut> read_opt_out(std::string_view new_text) {
  const auto text = beginning_of(new_text);
  const auto folded = fold(text);
  const auto sentences = Splitter().split(folded);
  const auto& known = languages();
  std::vector<const Sentence*> asking(known.all.size());  // the first of each language
  for (const auto& sentence : sentences) {
    const auto said = asked_in(known, sentence);
    for (std::size_t i = 0; i < asking.size(); ++i) {
      if ((said >> i & 1U) != 0 && asking[i] == nullptr) asking[i] = &sentence;
    }
  }
  const bool may_be = may_be_bare(known, sentences);
  for (std::size_t i = 0; i < asking.size(); ++i) {
    const auto& language = known.all[i];
    if (may_be && is_bare_word(language, sentences)) return OptOut{one_line(text), language.name};
    if (asking[i] != nullptr) return OptOut{one_line(asking[i]->said), language.name};
  }
  return std::nullopt;
}

OptOutReading::OptOutReading(std::string_view new_text)
    : read_(beginning_of(new_text)), found_(read_opt_out(new_text)) {}

std::optional<OptOut> OptOutReading::of(std::string_view new_text) const {
  return beginning_of(new_text) == read_ ? found_ : read_opt_out(new_text);
}

}  // namespace leadmail::leads
