#include "mail/message/charset_guess.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "mail/message/ascii.h"

namespace leadmail::mail::message {
namespace {

constexpr std::size_t kSample = std::size_t{8} * 1024;

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

bool is_in(unsigned byte, unsigned low, unsigned high) { return byte >= low && byte <= high; }

/// How high bytes stand among ASCII letters. In Latin languages they are single letters within words, elsewhere they
/// are the words.
struct Shape {
  std::size_t high = 0;
  std::size_t longest = 0;  ///< run of high bytes
  std::size_t pure = 0;     ///< words of high bytes alone, two or more
  std::size_t mixed = 0;    ///< words with both
};

Shape shape_of(std::string_view bytes) {
  Shape shape;
  for (std::size_t i = 0; i < bytes.size();) {
    std::size_t high = 0;
    std::size_t letters = 0;
    std::size_t run = 0;
    for (; i < bytes.size() && (ascii::is_8bit(bytes[i]) || ascii::is_alpha(bytes[i])); ++i) {
      const bool is_high = ascii::is_8bit(bytes[i]);
      ++(is_high ? high : letters);
      run = is_high ? run + 1 : 0;
      shape.longest = std::max(shape.longest, run);
    }
    shape.high += high;
    if (high > 0 && letters > 0) ++shape.mixed;
    if (high > 1 && letters == 0) ++shape.pure;
    if (high + letters == 0) ++i;
  }
  return shape;
}

/// A charset of one byte a letter, and the letters (in lower case) that its languages use most.
struct Alphabet {
  std::string_view charset;
  std::string_view letters;
  std::size_t least;  ///< high bytes below which it is not told from chance
};

// The order within a row is of no matter: о е а и н т с р в л к м д п у ы я and their like.
constexpr std::array<Alphabet, 8> kAlphabets{{
    {"windows-1251", "\xEE\xE5\xE0\xE8\xED\xF2\xF1\xF0\xE2\xEB\xEA\xEC\xE4\xEF\xF3\xFB\xFF", 5},
    {"koi8-r", "\xCF\xC5\xC1\xC9\xCE\xD4\xD3\xD2\xD7\xCC\xCB\xCD\xC4\xD0\xD5\xD9\xD1", 5},
    {"cp866", "\xAE\xA5\xA0\xA8\xAD\xE2\xE1\xE0\xA2\xAB\xAA\xAC\xA4\xAF\xE3\xEB\xEF", 8},
    {"iso-8859-5", "\xDE\xD5\xD0\xD8\xDD\xE2\xE1\xE0\xD2\xDB\xDA\xDC\xD4\xDF\xE3\xEB\xEF", 8},
    {"windows-1253", "\xE1\xEF\xE9\xE5\xF4\xF3\xF2\xED\xE7\xF5\xF1\xF0\xEA\xEB\xEC\xDC\xDD\xDE\xDF\xFC\xF9", 8},
    {"windows-1255", "\xE9\xE5\xE4\xEC\xE0\xF8\xFA\xE1\xF9\xEE\xED\xF0\xE3\xF2", 8},
    {"windows-1256", "\xC7\xE1\xED\xE3\xE4\xE6\xD1\xCA\xC8\xC9\xDA\xCF\xD3\xE5\xDD\xDF\xCD", 10},
    {"windows-874", "\xD2\xB9\xC3\xCD\xA1\xE0\xA7\xC1\xC2\xC5\xC7\xE8\xE9\xD1\xD5\xB7\xCA\xB5\xA4\xE1\xB4", 16},
}};

/// The alphabet whose frequent letters these bytes are, when they are nearly all.
std::string_view alphabet_of(std::string_view bytes, const Shape& shape) {
  if (shape.pure == 0 || shape.mixed * 8 > shape.pure || shape.longest < 3) return {};
  std::array<std::size_t, 256> counts{};
  for (const char c : bytes) ++counts[static_cast<unsigned char>(c)];
  std::string_view best;
  std::size_t most = 0;
  for (const Alphabet& alphabet : kAlphabets) {
    std::size_t seen = 0;
    for (const char letter : alphabet.letters) seen += counts[static_cast<unsigned char>(letter)];
    if (shape.high < alphabet.least || seen * 100 < shape.high * 65 || seen <= most) continue;
    most = seen;
    best = alphabet.charset;
  }
  return best;
}

/// Characters of two bytes, as one charset would read them.
struct Pairs {
  std::size_t all = 0;
  std::size_t frequent = 0;  ///< where the charset keeps what is written daily
  std::size_t kana = 0;
  bool fits = true;  ///< no byte stands where it cannot
};

enum class Family { gb, korean, euc_jp, big5, shift_jis };

bool is_lead(Family family, unsigned byte) {
  switch (family) {
    case Family::shift_jis: return is_in(byte, 0x81, 0x9F) || is_in(byte, 0xE0, 0xEA);
    case Family::big5: return is_in(byte, 0xA1, 0xF9);
    default: return is_in(byte, 0xA1, 0xFE);
  }
}

bool is_trail(Family family, unsigned byte) {
  switch (family) {
    case Family::shift_jis: return is_in(byte, 0x40, 0xFC) && byte != 0x7F;
    case Family::big5: return is_in(byte, 0x40, 0x7E) || is_in(byte, 0xA1, 0xFE);
    default: return is_in(byte, 0xA1, 0xFE);
  }
}

bool is_frequent(Family family, unsigned lead) {
  switch (family) {
    case Family::gb: return is_in(lead, 0xB0, 0xD7);
    case Family::korean: return is_in(lead, 0xB0, 0xC8);
    case Family::euc_jp: return is_in(lead, 0xA4, 0xA5) || is_in(lead, 0xB0, 0xCF);
    case Family::big5: return is_in(lead, 0xA4, 0xC6);
    case Family::shift_jis: return is_in(lead, 0x82, 0x83) || is_in(lead, 0x88, 0x97);
  }
  return false;
}

Pairs pairs_of(std::string_view bytes, Family family) {
  Pairs pairs;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const unsigned lead = byte_at(bytes, i);
    if (lead < 0x80 || (family == Family::shift_jis && is_in(lead, 0xA1, 0xDF))) continue;
    if (i + 1 == bytes.size()) break;  // cut
    const unsigned trail = byte_at(bytes, ++i);
    if (!is_lead(family, lead) || !is_trail(family, trail)) {
      pairs.fits = false;
      return pairs;
    }
    // Punctuation and signs are of no language.
    const bool sign = family == Family::shift_jis ? lead == 0x81 : is_in(lead, 0xA1, 0xA3);
    if (sign) continue;
    ++pairs.all;
    if (is_frequent(family, lead)) ++pairs.frequent;
    if (family == Family::euc_jp && is_in(lead, 0xA4, 0xA5)) ++pairs.kana;
    if (family == Family::shift_jis && is_in(lead, 0x82, 0x83)) ++pairs.kana;
  }
  return pairs;
}

bool is_mostly(std::size_t part, std::size_t whole, std::size_t percent) { return part * 100 >= whole * percent; }

std::string_view east_asian(std::string_view bytes, const Shape& shape) {
  // One character alone ("ção" has two letters side by side) is no evidence.
  if (shape.longest < 4) return {};
  const Pairs japanese = pairs_of(bytes, Family::euc_jp);
  if (japanese.fits && japanese.all >= 2 && is_mostly(japanese.kana, japanese.all, 25) &&
      is_mostly(japanese.frequent, japanese.all, 90)) {
    return "euc-jp";
  }
  const Pairs korean = pairs_of(bytes, Family::korean);
  // Chinese has no blanks, and a few characters may all lie where the Korean ones are.
  const bool is_long = korean.all >= 6 || (korean.all >= 3 && shape.pure >= 2);
  if (korean.fits && is_long && is_mostly(korean.frequent, korean.all, 95)) return "windows-949";
  const Pairs chinese = pairs_of(bytes, Family::gb);
  if (chinese.fits && chinese.all >= 2 && is_mostly(chinese.frequent, chinese.all, 70)) return "gb18030";
  const Pairs shift_jis = pairs_of(bytes, Family::shift_jis);
  if (shift_jis.fits && shift_jis.all >= 3 &&
      (is_mostly(shift_jis.kana, shift_jis.all, 20) || is_mostly(shift_jis.frequent, shift_jis.all, 80)) &&
      is_mostly(shift_jis.frequent, shift_jis.all, 50)) {
    return "windows-31j";
  }
  const Pairs big5 = pairs_of(bytes, Family::big5);
  if (big5.fits && big5.all >= 2 && is_mostly(big5.frequent, big5.all, 70)) return "Big5-HKSCS";
  return {};
}

}  // namespace

std::string_view escape_charset(std::string_view bytes) {
  for (std::size_t at = bytes.find('\x1b'); at != std::string_view::npos; at = bytes.find('\x1b', at + 1)) {
    const auto sequence = bytes.substr(at + 1, 3);
    if (sequence.starts_with("$)C")) return "iso-2022-kr";
    if (sequence.starts_with("$)A") || sequence.starts_with("$)G") || sequence.starts_with("$*H")) return "iso-2022-cn";
    if (sequence.starts_with("$B") || sequence.starts_with("$@") || sequence.starts_with("$(D") ||
        sequence.starts_with("(I")) {
      return "iso-2022-jp";
    }
  }
  return {};
}

std::string_view wide_charset(std::string_view bytes) {
  if (bytes.size() < 4) return {};
  if (bytes.starts_with("\xFF\xFE")) return "utf-16le";
  if (bytes.starts_with("\xFE\xFF")) return "utf-16be";
  bytes = bytes.substr(0, kSample);
  if (bytes.find('\0') == std::string_view::npos) return {};
  std::array<std::size_t, 2> nul{};
  for (std::size_t i = 0; i < bytes.size(); ++i) nul[i % 2] += bytes[i] == '\0' ? 1 : 0;
  const std::size_t characters = bytes.size() / 2;
  if (nul[1] * 3 > characters && nul[0] * 20 < nul[1]) return "utf-16le";
  if (nul[0] * 3 > characters && nul[1] * 20 < nul[0]) return "utf-16be";
  return {};
}

std::string_view guess_charset(std::string_view bytes) {
  bytes = bytes.substr(0, kSample);
  const Shape shape = shape_of(bytes);
  if (const auto found = alphabet_of(bytes, shape); !found.empty()) return found;
  if (const auto found = east_asian(bytes, shape); !found.empty()) return found;
  return "windows-1252";
}

}  // namespace leadmail::mail::message
