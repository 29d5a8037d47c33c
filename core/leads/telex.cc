#include "core/leads/telex.h"

#include <algorithm>
#include <vector>

#include "core/base/normal_form.h"
#include "core/leads/address.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

constexpr char16_t kCircumflex = 0x0302;
constexpr char16_t kBreve = 0x0306;
constexpr char16_t kHorn = 0x031B;

bool is_vowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

/// The mark that a key puts on the syllable; 0: none.
char16_t tone_of(char key) {
  switch (key) {
    case 's': return 0x0301;
    case 'f': return 0x0300;
    case 'r': return 0x0309;
    case 'x': return 0x0303;
    case 'j': return 0x0323;
    default: return 0;
  }
}

/// One letter of the syllable and the mark that it carries beside the tone.
struct Letter {
  char base = 0;
  char16_t mark = 0;
};

struct Syllable {
  std::vector<Letter> letters{};
  char16_t tone = 0;
  bool is_typed = false;  ///< keys made something of it
};

/// "uo" with a horn on the one has it on both: "dduowcj" is "được".
void put_horn(Syllable& syllable) {
  auto& letters = syllable.letters;
  for (auto letter = letters.rbegin(); letter != letters.rend(); ++letter) {
    if (letter->base == 'a') {
      letter->mark = kBreve;
      return;
    }
    if (letter->base != 'o' && letter->base != 'u') continue;
    letter->mark = kHorn;
    const auto before = std::next(letter);
    if (letter->base == 'o' && before != letters.rend() && before->base == 'u') before->mark = kHorn;
    return;
  }
}

/// A second a, e or o: the first carries a circumflex. False: this key stands for itself.
bool put_circumflex(Syllable& syllable, char key) {
  if (key != 'a' && key != 'e' && key != 'o') return false;
  for (auto letter = syllable.letters.rbegin(); letter != syllable.letters.rend(); ++letter) {
    if (letter->base != key || letter->mark != 0) continue;
    letter->mark = kCircumflex;
    return true;
  }
  return false;
}

Syllable read_keys(std::string_view keys) {
  Syllable syllable;
  bool has_vowel = false;
  for (const char key : keys) {
    const bool is_first_d = syllable.letters.size() == 1 && syllable.letters.front().base == 'd';
    if (key == 'd' && (is_first_d || has_vowel) && syllable.letters.front().base == 'd') {
      syllable.letters.front().mark = 'd';
      syllable.is_typed = true;
    } else if (has_vowel && tone_of(key) != 0) {
      syllable.tone = tone_of(key);
      syllable.is_typed = true;
    } else if (has_vowel && key == 'w') {
      put_horn(syllable);
      syllable.is_typed = true;
    } else if (has_vowel && put_circumflex(syllable, key)) {
      syllable.is_typed = true;
    } else {
      syllable.letters.push_back({.base = key});
      has_vowel = has_vowel || is_vowel(key);
    }
  }
  return syllable;
}

/// Where the tone is written: on a vowel with a mark, the last of them; else on the last vowel before a consonant, or
/// the last but one where the word ends in vowels.
std::size_t place_of_tone(const std::vector<Letter>& letters) {
  std::size_t place = 0;
  std::size_t last = 0;
  std::size_t vowels = 0;
  bool is_marked = false;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (!is_vowel(letters[i].base)) continue;
    // The u of "qu" and the i of "gi" belong to what stands before them.
    const bool is_glide =
        i == 1 && i + 1 < letters.size() && is_vowel(letters[2].base) &&
        ((letters[0].base == 'q' && letters[1].base == 'u') || (letters[0].base == 'g' && letters[1].base == 'i'));
    if (is_glide) continue;
    ++vowels;
    if (letters[i].mark != 0 || !is_marked) {
      place = last = i;
      is_marked = is_marked || letters[i].mark != 0;
    }
  }
  const bool ends_open = last + 1 == letters.size();
  return !is_marked && ends_open && vowels > 1 ? last - 1 : place;
}

std::string spelled(const Syllable& syllable) {
  icu::UnicodeString text;
  const auto place = place_of_tone(syllable.letters);
  for (std::size_t i = 0; i < syllable.letters.size(); ++i) {
    const auto& letter = syllable.letters[i];
    text.append(letter.mark == 'd' ? char16_t{0x0111} : static_cast<char16_t>(letter.base));
    if (letter.mark != 0 && letter.mark != 'd') text.append(letter.mark);
    if (i == place && syllable.tone != 0) text.append(syllable.tone);
  }
  const auto word = normalized(text, NormalForm::nfc);
  return word ? utf8_of(*word) : std::string();
}

std::string read_word(std::string_view word) {
  constexpr std::size_t kLongest = 12;  // "nghieengs" and its like
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (word.size() > kLongest || !std::ranges::all_of(word, is_letter)) return std::string(word);
  const auto syllable = read_keys(to_lower(word));
  auto text = syllable.is_typed ? spelled(syllable) : std::string();
  return text.empty() ? std::string(word) : text;
}

}  // namespace

std::string telex_read(std::string_view text) {
  std::string read;
  for (auto rest = trim(text); !rest.empty();) read += (read.empty() ? "" : " ") + read_word(take_word(rest));
  return read;
}

}  // namespace leadmail::leads
